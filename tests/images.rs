//! A merge as a kill would leave it: after each thing it asks of the disk, in the middle of each write, and after each turn of
//! applying it, the whole folder is copied as it stands, sled's files and all. Each copy opens, holds all of the bundle or
//! nothing of it, and the same merge once more gives the state it always gives.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use zoufang::app::{Digests, Keeper, Ours, Parcel, Place, Progress};
use zoufang::clock::Clock;
use zoufang::domain::Writer;
use zoufang::exchange::{Manifest, write};
use zoufang::log::disk::{AppendFile, Disk, Lock, ReadFile};
use zoufang::log::{RealDisk, SealedDisk, bytes};
use zoufang::seal::{Cost, Seal};

use crate::histories::records;
use crate::merging::{LONG, laptop_with, merge, open, operations, set_aside};

const PASSPHRASE: &str = "水井 核桃 三轮车";

/// The real disk; after each change it copies the folder to the next of the images.
#[derive(Clone)]
struct Imaged {
    folder: PathBuf,
    images: PathBuf,
    taken: Arc<AtomicUsize>,
}

impl Imaged {
    fn look(&self) {
        let number = self.taken.fetch_add(1, Ordering::SeqCst);
        copy_live(&self.folder, &self.images.join(number.to_string()));
    }

    fn after<T>(&self, done: io::Result<T>) -> io::Result<T> {
        self.look();
        done
    }

    fn open(&self, file: io::Result<Box<dyn AppendFile>>) -> io::Result<Box<dyn AppendFile>> {
        self.look();
        Ok(Box::new(ImagedFile { disk: self.clone(), file: file? }))
    }
}

/// Copies a folder in which sled is at work: a file of it may go while it is looked at.
pub fn copy_live(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).into_iter().flatten().flatten() {
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy_live(&path, &target);
        } else if let Err(error) = std::fs::copy(&path, &target) {
            assert_eq!(error.kind(), io::ErrorKind::NotFound, "{}", path.display());
        }
    }
}

struct ImagedFile {
    disk: Imaged,
    file: Box<dyn AppendFile>,
}

impl AppendFile for ImagedFile {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        let (half, rest) = bytes.split_at(bytes.len() / 2);
        self.file.append(half)?;
        self.disk.look();
        let done = self.file.append(rest);
        self.disk.after(done)
    }

    fn sync(&mut self) -> io::Result<()> {
        let done = self.file.sync();
        self.disk.after(done)
    }
}

impl Disk for Imaged {
    fn create_dir(&self, dir: &Path) -> io::Result<()> {
        self.after(RealDisk.create_dir(dir))
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<String>> {
        RealDisk.list(dir)
    }

    fn read(&self, path: &Path) -> io::Result<Box<dyn ReadFile>> {
        RealDisk.read(path)
    }

    fn length(&self, path: &Path) -> io::Result<u64> {
        RealDisk.length(path)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn AppendFile>> {
        self.open(RealDisk.create(path))
    }

    fn append_to(&self, path: &Path) -> io::Result<Box<dyn AppendFile>> {
        self.open(RealDisk.append_to(path))
    }

    fn truncate(&self, path: &Path, length: u64) -> io::Result<()> {
        self.after(RealDisk.truncate(path, length))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.after(RealDisk.rename(from, to))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.after(RealDisk.remove(path))
    }

    fn is_dir(&self, dir: &Path) -> bool {
        RealDisk.is_dir(dir)
    }

    fn remove_all(&self, path: &Path) -> io::Result<()> {
        self.after(RealDisk.remove_all(path))
    }

    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        self.after(RealDisk.sync_dir(dir))
    }

    fn lock(&self, path: &Path, words: &[u8]) -> io::Result<Lock> {
        RealDisk.lock(path, words)
    }
}

/// The same folder elsewhere, under the key it is sealed with.
fn at(folder: PathBuf, disk: Arc<dyn Disk>, seal: &Seal) -> Place {
    let place = Place::new(folder);
    let is_sealed = seal.id().is_some();
    Place { disk: if is_sealed { Arc::new(SealedDisk::new(disk, seal.clone())) } else { disk }, ..place }
}

/// Merges as the screens do, with a look after each turn. Gives how many operations were new.
fn merge_looking(keeper: &mut Keeper, file: &Path, campaign: &str, disk: &Imaged) -> u64 {
    let (ours, progress) = (Ours::of(campaign), Progress::default());
    let mut parcel = Parcel::open(file, &ours, &keeper.known(), &keeper.reader(), &Digests::default()).unwrap();
    parcel.prepare(keeper.parcel_place(), &progress).unwrap();
    let merged = keeper.merge(parcel).unwrap();
    while keeper.work().unwrap() {
        disk.look();
    }
    keeper.sync().unwrap();
    disk.look();
    keeper.close().unwrap();
    merged.fresh
}

#[test]
fn a_merge_killed_after_any_write_is_there_whole_or_not_at_all_and_comes_out_the_same_when_run_again() {
    // In a frame of the file that is open, and in a file of its own; in the clear, and under a passphrase.
    for (remark, sealed) in [(1, false), (LONG, false), (1, true), (LONG, true)] {
        let memory = Path::new("/dev/shm");
        let home = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap();
        let mut office = laptop_with(&home.path().join("office"), 1, 3, 1);
        if sealed {
            office.cost = Cost { memory: 16, passes: 1, lanes: 1 };
            office = office.seal_up(PASSPHRASE, &Clock::machine(), &mut |_| true).unwrap().place;
        }
        let seal = office.disk.seal().clone();
        let mut sent = operations(&laptop_with(&home.path().join("group"), 2, 40, remark));
        // One of the office's own comes back under its name with other bytes.
        let mut altered = operations(&office)[1].operation.clone();
        altered.actor = "别人".into();
        let altered = bytes::keep(altered).unwrap();
        sent.push(Arc::clone(&altered));
        sent.sort_by_key(|kept| kept.operation.name);
        let campaign = office.campaign_id(false);
        let from = Writer { laptop: 2, group: "二组".into(), ..Writer::default() };
        let mut bundle = Vec::new();
        let manifest = Manifest { campaign: campaign.clone(), from, ..Manifest::default() };
        write(&manifest, || sent.iter().map(|kept| Ok(&kept.bytes)), &mut bundle).unwrap();
        let file = home.path().join("二组.zfb");
        std::fs::write(&file, bundle).unwrap();

        let disk = Imaged {
            folder: office.folder.clone(),
            images: home.path().join("images"),
            taken: Arc::new(AtomicUsize::new(0)),
        };
        let mut keeper = open(&at(office.folder.clone(), Arc::new(disk.clone()), &seal));
        let known = keeper.known().count();
        let opening = disk.taken.load(Ordering::SeqCst);
        let fresh = merge_looking(&mut keeper, &file, &campaign, &disk);
        drop(keeper);
        let expected = records(&office.read_only().unwrap().0);
        let count = disk.taken.load(Ordering::SeqCst);
        let (mut nothing, mut all) = (0, 0);
        for number in 0..count {
            let about = format!("image {number} of {count}, remarks of {remark}, sealed {sealed}");
            let image = at(disk.images.join(number.to_string()), Arc::new(RealDisk), &seal);
            let mut keeper = open(&image);
            let there = keeper.known().count() - known;
            assert!(there == 0 || there == fresh, "{about}: {there} of {fresh}");
            (nothing, all) = (nothing + usize::from(there == 0), all + usize::from(there == fresh));
            merge(&mut keeper, &file, &campaign).unwrap();
            assert_eq!(records(keeper.house().view().as_ref()), expected, "{about}: what is shown");
            keeper.close().unwrap();
            drop(keeper);
            assert_eq!(records(&image.read_only().unwrap().0), expected, "{about}: what the journal says");
            if !sealed {
                assert_eq!(set_aside(&image.home()), [altered.bytes.to_vec()], "{about}");
            }
            std::fs::remove_dir_all(&image.folder).unwrap();
        }
        assert!(nothing > opening + 5 && all > 5, "{nothing} before, {all} after, {opening} while it was opened");
    }
}
