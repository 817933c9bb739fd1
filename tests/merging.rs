//! A merge on a disk that fails: at each thing it asks of the disk the program dies, or that one thing goes wrong. What is
//! there afterwards is all of the bundle or nothing of it, and the same merge again gives the state it always gives.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use zoufang::app::{Device, Digests, Keeper, Merged, Ours, Parcel, Place, Progress, Request};
use zoufang::clock::Clock;
use zoufang::domain::{Kept, Writer};
use zoufang::exchange::{Manifest, write};
use zoufang::log::disk::{AppendFile, Disk, Lock, ReadFile};
use zoufang::log::{Position, RealDisk, bytes};
use zoufang::text::{Lang, Trouble};

use crate::histories::records;
use crate::rebuild::copy;

/// How a disk fails.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fails {
    /// From some moment on everything does: for the folder the same as a program that was killed then.
    ForGood,
    /// Once: the program goes on and has to tell.
    Once,
}

/// The real disk, on which changes fail from a chosen one on.
#[derive(Clone)]
pub struct Failing {
    /// Changes that still succeed.
    pub left: Arc<AtomicI64>,
    pub fails: Fails,
}

/// A file on it.
pub struct FailingFile {
    disk: Failing,
    file: Box<dyn AppendFile>,
}

impl Failing {
    fn change(&self) -> io::Result<()> {
        let left = self.left.fetch_sub(1, Ordering::SeqCst);
        let fine = left > 0 || (self.fails == Fails::Once && left < 0);
        if fine { Ok(()) } else { Err(io::Error::other("injected")) }
    }

    fn open(&self, file: io::Result<Box<dyn AppendFile>>) -> io::Result<Box<dyn AppendFile>> {
        Ok(Box::new(FailingFile { disk: self.clone(), file: file? }))
    }
}

impl AppendFile for FailingFile {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self.disk.change() {
            Ok(()) => self.file.append(bytes),
            // Half of it arrives.
            Err(error) => self.file.append(&bytes[..bytes.len() / 2]).and(Err(error)),
        }
    }

    fn sync(&mut self) -> io::Result<()> {
        self.disk.change()?;
        self.file.sync()
    }
}

impl Disk for Failing {
    fn create_dir(&self, dir: &Path) -> io::Result<()> {
        self.change()?;
        RealDisk.create_dir(dir)
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
        self.change()?;
        self.open(RealDisk.create(path))
    }

    fn append_to(&self, path: &Path) -> io::Result<Box<dyn AppendFile>> {
        self.change()?;
        self.open(RealDisk.append_to(path))
    }

    fn truncate(&self, path: &Path, length: u64) -> io::Result<()> {
        self.change()?;
        RealDisk.truncate(path, length)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.change()?;
        RealDisk.rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.change()?;
        RealDisk.remove(path)
    }

    fn is_dir(&self, dir: &Path) -> bool {
        RealDisk.is_dir(dir)
    }

    fn remove_all(&self, path: &Path) -> io::Result<()> {
        self.change()?;
        RealDisk.remove_all(path)
    }

    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        self.change()?;
        RealDisk.sync_dir(dir)
    }

    fn lock(&self, path: &Path, words: &[u8]) -> io::Result<Lock> {
        RealDisk.lock(path, words)
    }
}

/// Remarks that make a bundle of forty households large enough for a file of its own.
pub const LONG: usize = 3_000;

fn laptop(folder: &Path, laptop: u64, households: usize) -> Place {
    laptop_with(folder, laptop, households, 1)
}

/// As [`laptop`], with remarks of so many characters.
pub fn laptop_with(folder: &Path, laptop: u64, households: usize, remark: usize) -> Place {
    let place = Place::new(folder.to_owned());
    let device = Device { laptop, group: "一组".into(), visitors: vec!["陈明".into()], ..Device::default() };
    place.create(&device, &Clock::machine()).unwrap();
    let mut keeper = open(&place);
    for number in 0..households {
        let head = format!("张{laptop}号{number}");
        let request = Request::new("household.add").with("head", head).with("village", "东里东村");
        keeper.run(&request.with("remark", "长".repeat(remark))).unwrap();
    }
    keeper.sync().unwrap();
    place
}

pub fn open(place: &Place) -> Keeper {
    let mut keeper = place.open(Clock::machine()).unwrap().keeper;
    keeper.fill().unwrap();
    keeper
}

pub fn operations(place: &Place) -> Vec<Arc<Kept>> {
    let mut all = Vec::new();
    open(place)
        .reader()
        .read_from(Position::START, &mut |frame| {
            all.extend(bytes::decode_all(frame.operations).unwrap());
            Ok(())
        })
        .unwrap();
    all
}

pub fn merge(keeper: &mut Keeper, file: &Path, campaign: &str) -> Result<Merged, Trouble> {
    let mut parcel = Parcel::open(file, &Ours::of(campaign), &keeper.known(), &keeper.reader(), &Digests::default())?;
    parcel.prepare(keeper.parcel_place(), &Progress::default())?;
    let merged = keeper.merge(parcel)?;
    while keeper.work()? {}
    keeper.sync()?;
    Ok(merged)
}

pub fn set_aside(folder: &Path) -> Vec<Vec<u8>> {
    let Ok(files) = std::fs::read_dir(folder.join("quarantine")) else { return Vec::new() };
    let whole =
        files.map(|file| file.unwrap().path()).filter(|path| path.extension().is_some_and(|e| e == "operations"));
    whole.map(|path| std::fs::read(path).unwrap()).collect()
}

#[test]
fn a_merge_on_a_disk_that_fails_at_any_step_is_there_whole_or_not_at_all() {
    // In a frame of the file that is open, and in a file of its own.
    for remark in [1, LONG] {
        merge_on_a_failing_disk(remark);
    }
}

fn merge_on_a_failing_disk(remark: usize) {
    let home = tempfile::tempdir().unwrap();
    let before = laptop(&home.path().join("office"), 1, 3);
    let mut sent = operations(&laptop_with(&home.path().join("group"), 2, 40, remark));
    let fresh = sent.len() as u64;
    // One of the office's own comes back under its name with other bytes.
    let mut altered = operations(&before)[1].operation.clone();
    altered.actor = "别人".into();
    let altered = bytes::keep(altered).unwrap();
    sent.push(Arc::clone(&altered));
    sent.sort_by_key(|kept| kept.operation.name);
    let campaign = before.campaign_id(false);
    let from = Writer { laptop: 2, group: "二组".into(), ..Writer::default() };
    let manifest = Manifest { campaign: campaign.clone(), from, ..Manifest::default() };
    let mut bundle = Vec::new();
    write(&manifest, || sent.iter().map(|kept| Ok(&kept.bytes)), &mut bundle).unwrap();
    let file = home.path().join("二组.zfb");
    std::fs::write(&file, bundle).unwrap();

    let one_file = remark < LONG;
    let mut reference = None;
    for fails in [Fails::ForGood, Fails::Once] {
        let (mut nothing, mut all, mut told) = (0, 0, 0);
        for step in 0.. {
            let folder = home.path().join(format!("{fails:?}-{step}"));
            copy(&before.folder, &folder);
            let real = Place::new(folder.clone());
            let left = Arc::new(AtomicI64::new(i64::MAX));
            let disk = Failing { left: Arc::clone(&left), fails };
            let mut keeper = open(&Place { disk: Arc::new(disk), ..real.clone() });
            let known = keeper.known().count();
            left.store(step, Ordering::SeqCst);
            let merged = merge(&mut keeper, &file, &campaign);
            let unharmed = left.swap(if fails == Fails::Once { i64::MAX } else { 0 }, Ordering::SeqCst) > 0;
            drop(keeper);

            let mut keeper = open(&real);
            let there = keeper.known().count() - known;
            assert!(there == 0 || there == fresh, "step {step}: {there} of {fresh}");
            assert!(there == fresh || merged.is_err(), "step {step}: said to be merged, and it is not there");
            assert!(set_aside(&folder).iter().all(|aside| aside[..] == altered.bytes[..]), "step {step}");
            (nothing, all) = (nothing + u64::from(there == 0), all + u64::from(there == fresh));
            told += u64::from(merged.is_err());
            merge(&mut keeper, &file, &campaign).unwrap();
            drop(keeper);
            assert!(!unharmed || segments(&real) == if one_file { 1 } else { 2 }, "step {step}");
            assert_eq!(set_aside(&folder), [altered.bytes.to_vec()], "step {step}");
            let state = records(&real.read_only().unwrap().0);
            assert_eq!(&state, reference.get_or_insert_with(|| state.clone()), "step {step}");
            std::fs::remove_dir_all(&folder).unwrap();
            if unharmed {
                break;
            }
        }
        let least = if one_file { (2, 1) } else { (5, 2) };
        assert!(nothing >= least.0 && all >= least.1 && told >= least.0, "{fails:?}: {nothing}, {all}, {told} told");
    }
}

/// Every file below a folder but sled's own, which it writes at each opening.
fn files(folder: &Path) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            found.push((path.clone(), std::fs::read(&path).unwrap()));
        } else if !path.ends_with("view") {
            found.extend(files(&path));
        }
    }
    found.sort();
    found
}

#[test]
fn a_known_bundle_merged_again_writes_nothing_and_an_altered_journal_still_shows() {
    let home = tempfile::tempdir().unwrap();
    let office = laptop(&home.path().join("office"), 1, 3);
    let group = laptop(&home.path().join("group"), 2, 40);
    let file = open(&group).export(home.path(), None).unwrap().path;
    let fresh = operations(&group).len() as u64;
    let mut keeper = open(&office);
    let campaign = office.campaign_id(false);
    assert_eq!(merge(&mut keeper, &file, &campaign).unwrap().fresh, fresh);
    let before = files(&office.folder);
    for _ in 0..3 {
        let parcel = keeper.open_parcel(&file).unwrap();
        assert_eq!(keeper.merge(parcel).unwrap(), Merged { repeated: fresh, ..Merged::default() });
    }
    assert!(files(&office.folder) == before, "something was written");

    // The same names with another person's word: the file is whole, and its header alone says that it differs.
    let mut sent = operations(&group);
    sent.sort_by_key(|kept| kept.operation.name);
    let mut altered = sent[5].operation.clone();
    altered.actor = "别人".into();
    sent[5] = bytes::keep(altered).unwrap();
    let from = Writer { laptop: 2, group: "二组".into(), ..Writer::default() };
    let mut bundle = Vec::new();
    let manifest = Manifest { campaign, from, ..Manifest::default() };
    write(&manifest, || sent.iter().map(|kept| Ok(&kept.bytes)), &mut bundle).unwrap();
    let other = home.path().join("other.zfb");
    std::fs::write(&other, bundle).unwrap();
    let parcel = keeper.open_parcel(&other).unwrap();
    assert_eq!((parcel.plan.repeated, parcel.plan.quarantined.count()), (fresh - 1, 1));
}

/// Counts the files of the journal, those under a temporary name among them.
fn segments(place: &Place) -> usize {
    std::fs::read_dir(place.journal_folder()).unwrap().count()
}

// What a long bundle brings lies written beside the journal before the writer takes it in: that costs it a name.
#[test]
fn a_parcel_that_was_written_beforehand_comes_in_without_being_unpacked_again_or_leaves_nothing() {
    let home = tempfile::tempdir().unwrap();
    let office = laptop(&home.path().join("office"), 1, 3);
    let group = laptop_with(&home.path().join("group"), 2, 40, LONG);
    let (first, second) = (home.path().join("first"), home.path().join("second"));
    for folder in [&first, &second] {
        std::fs::create_dir(folder).unwrap();
    }
    let early = open(&group).export(&first, None).unwrap().path;
    {
        let mut keeper = open(&group);
        keeper.run(&Request::new("household.add").with("head", "后来的").with("village", "东里东村")).unwrap();
        keeper.sync().unwrap();
    }
    let late = open(&group).export(&second, None).unwrap().path;
    let mut keeper = open(&office);
    let before = segments(&office);
    let prepared = |keeper: &mut Keeper, file: &Path| {
        let mut parcel = keeper.open_parcel(file).unwrap();
        parcel.prepare(keeper.parcel_place(), &Progress::default()).unwrap();
        parcel
    };
    // Nobody takes it: nothing of it stays.
    let parcel = prepared(&mut keeper, &early);
    assert_eq!(segments(&office), before + 1);
    drop(parcel);
    assert_eq!(segments(&office), before);
    // Stopped on the way likewise.
    let stopped = Progress::default();
    stopped.stop();
    let mut parcel = keeper.open_parcel(&early).unwrap();
    assert_eq!(parcel.prepare(keeper.parcel_place(), &stopped).unwrap_err().kind, "stopped");
    assert_eq!(segments(&office), before);
    // The file is not needed any more, and what another bundle brought meanwhile comes in once.
    let (parcel, other) = (prepared(&mut keeper, &early), prepared(&mut keeper, &late));
    let fresh = (parcel.plan.fresh.count(), other.plan.fresh.count());
    assert_eq!(keeper.merge(parcel).unwrap().fresh, fresh.0);
    assert_eq!(keeper.merge(other).unwrap().fresh, fresh.1 - fresh.0);
    while keeper.work().unwrap() {}
    keeper.sync().unwrap();
    assert_eq!(segments(&office), before + 2);
    assert_eq!(keeper.house().count(), 3 + 41);
}

// Each merge was a file of the journal: a thousand of them after eight months, each looked at whenever it is opened.
#[test]
fn evening_after_evening_of_small_bundles_fills_one_file_and_the_laptop_stays_who_it_is() {
    let home = tempfile::tempdir().unwrap();
    let office = laptop(&home.path().join("office"), 1, 3);
    let groups = [2, 3].map(|number| laptop(&home.path().join(number.to_string()), number, 1));
    for evening in 0..12 {
        for group in &groups {
            let file = {
                let mut keeper = open(group);
                let head = format!("第{evening}晚");
                keeper.run(&Request::new("household.add").with("head", head).with("village", "东里东村")).unwrap();
                keeper.sync().unwrap();
                keeper.export(home.path(), None).unwrap().path
            };
            let mut keeper = open(&office);
            merge(&mut keeper, &file, &office.campaign_id(false)).unwrap();
            // What was typed meanwhile lies behind it in the same file.
            let head = format!("办公室第{evening}晚");
            keeper.run(&Request::new("household.add").with("head", head).with("village", "东里东村")).unwrap();
            keeper.close().unwrap();
        }
    }
    assert_eq!(segments(&office), 1);
    let mut keeper = open(&office);
    assert_eq!(keeper.house().count(), 3 + 24 + 2 * 13);
    // Whose laptop it is, is said by what was recorded here, also where others' words lie in the same file.
    let last = {
        let mut keeper = open(&groups[1]);
        keeper.run(&Request::new("household.add").with("head", "最后一户").with("village", "东里东村")).unwrap();
        keeper.sync().unwrap();
        keeper.export(home.path(), None).unwrap().path
    };
    merge(&mut keeper, &last, &office.campaign_id(false)).unwrap();
    drop(keeper);
    for settings in ["device.toml", "device-copy.toml"] {
        std::fs::remove_file(office.home().join(settings)).unwrap();
    }
    std::fs::remove_dir_all(office.home().join("view")).unwrap();
    let keeper = open(&office);
    assert_eq!(office.device().unwrap().unwrap().laptop, 1);
    assert_eq!(keeper.house().count(), 4 + 24 + 2 * 13);
}

// Bytes written into a file that was deleted while open seem to be there, and are gone with it.
#[cfg(unix)]
#[test]
fn a_merge_into_a_folder_that_is_gone_is_refused_and_comes_in_once_it_is_back() {
    let home = tempfile::tempdir().unwrap();
    let office = laptop(&home.path().join("office"), 1, 3);
    let file = open(&laptop(&home.path().join("group"), 2, 4)).export(home.path(), None).unwrap().path;
    let mut keeper = open(&office);
    let parcel = keeper.open_parcel(&file).unwrap();
    let elsewhere = home.path().join("elsewhere");
    std::fs::rename(&office.folder, &elsewhere).unwrap();
    assert_eq!(keeper.merge(parcel).unwrap_err().kind, "file-missing");
    assert_eq!(keeper.house().count(), 3);
    std::fs::rename(&elsewhere, &office.folder).unwrap();
    let campaign = office.campaign_id(false);
    assert!(merge(&mut keeper, &file, &campaign).unwrap().fresh > 0);
    drop(keeper);
    assert_eq!(open(&office).house().count(), 7);
}

// A sync that fails makes the view anew from the journal. Where that was damaged, the view held the last copy.
#[test]
fn a_failing_sync_does_not_cost_what_a_damaged_journal_had_left_in_the_view() {
    let home = tempfile::tempdir().unwrap();
    let place = laptop(&home.path().join("office"), 1, 5);
    // A sector goes bad under the third of five households.
    let damaged =
        std::fs::read_dir(place.journal_folder()).unwrap().map(|entry| entry.unwrap().path()).find_map(|path| {
            let mut bytes = std::fs::read(&path).unwrap();
            let head = "张1号2".as_bytes();
            let at = bytes.windows(head.len()).position(|window| window == head)?;
            bytes[at] ^= 1;
            std::fs::write(&path, bytes).unwrap();
            Some(())
        });
    assert!(damaged.is_some());
    let left = Arc::new(AtomicI64::new(i64::MAX));
    let disk = Failing { left: Arc::clone(&left), fails: Fails::Once };
    let mut keeper = open(&Place { disk: Arc::new(disk), ..place.clone() });
    assert_eq!(keeper.house().count(), 5, "the view still has it");
    keeper.run(&Request::new("household.add").with("head", "没存成").with("village", "东里东村")).unwrap();
    left.store(0, Ordering::SeqCst);
    assert!(keeper.sync().is_err());
    left.store(i64::MAX, Ordering::SeqCst);
    assert_eq!(keeper.house().count(), 5, "what was refused is not shown");
    drop(keeper);
    let heads: Vec<String> = operations(&place).iter().map(|kept| format!("{:?}", kept.operation.body)).collect();
    assert!(heads.iter().any(|body| body.contains("张1号2")), "it is in the journal again");
    assert!(!heads.iter().any(|body| body.contains("没存成")));
}

/// A laptop of a group, open, and where it lies.
fn group(folder: &Path, laptop: u64, group: &str, visitor: &str) -> (Keeper, Place) {
    let place = Place::new(folder.join(group));
    let device = Device { laptop, group: group.into(), visitors: vec![visitor.into()], ..Device::default() };
    place.create(&device, &Clock::machine()).unwrap();
    (open(&place), place)
}

#[test]
fn what_is_missing_is_asked_for_by_its_numbers_and_its_arrival_ends_the_asking() {
    let home = tempfile::tempdir().unwrap();
    let (mut two, place) = group(home.path(), 2, "二组", "张文彬");
    let (mut office, _) = group(home.path(), 9, "办公室", "李光军");
    let (mut three, third) = group(home.path(), 3, "三组", "苗兴英");
    let campaign = place.campaign_id(false);
    // Number 1 says who writes.
    let write = |keeper: &mut Keeper, count: usize| {
        for _ in 0..count {
            keeper.run(&Request::new("household.add").with("head", "张守富").with("village", "东里东村")).unwrap();
        }
        keeper.sync().unwrap();
    };
    let out = |name: &str| home.path().join(name);
    let bring = |keeper: &mut Keeper, file: &Path| merge(keeper, file, &campaign).unwrap();
    let said = |keeper: &Keeper| -> Vec<String> {
        keeper.house().missing(&third.peers()).iter().map(|one| one.said().say(Lang::Zh)).collect()
    };
    write(&mut two, 39);
    let first = two.export(&out("1.zfb"), None).unwrap().path;
    bring(&mut office, &first);
    bring(&mut three, &first);
    write(&mut two, 40);
    let second = two.export(&out("2.zfb"), None).unwrap().path;
    bring(&mut office, &second);
    bring(&mut two, &office.export(&out("3.zfb"), None).unwrap().path);
    write(&mut two, 3);
    let addressed = two.export(&out("4.zfb"), Some(9)).unwrap().path;

    // The stick for the office is taken to the third group by mistake.
    let merged = bring(&mut three, &addressed);
    assert_eq!((merged.fresh, three.house().count()), (3, 42), "what came counts at once");
    assert_eq!(said(&three), ["缺 二组 张文彬 40 条 (第 41-80 条), 请原来那台电脑再导出一次"]);
    // Somebody else is known to have them once anything of theirs was merged.
    write(&mut office, 1);
    bring(&mut three, &office.export(&out("5.zfb"), Some(2)).unwrap().path);
    assert_eq!(said(&three), ["缺 二组 张文彬 40 条 (第 41-80 条), 办公室 李光军 那里有, 请再导出一次"]);
    bring(&mut three, &office.export(&out("6.zfb"), None).unwrap().path);
    assert_eq!((said(&three), three.house().count()), (vec![], 83));
}

// It said that nobody knows whose they are: what says so is the first of them.
#[test]
fn whose_the_missing_are_is_known_also_where_their_own_introduction_is_among_them() {
    let home = tempfile::tempdir().unwrap();
    let (mut two, _) = group(home.path(), 2, "二组", "张文彬");
    let (mut office, _) = group(home.path(), 9, "办公室", "李光军");
    let (mut three, third) = group(home.path(), 3, "三组", "苗兴英");
    let (mut four, fourth) = group(home.path(), 4, "四组", "刘静");
    let campaign = third.campaign_id(false);
    let write = |keeper: &mut Keeper| {
        keeper.run(&Request::new("household.add").with("head", "张守富").with("village", "东里东村")).unwrap();
        keeper.sync().unwrap();
    };
    let out = |name: &str| home.path().join(name);
    let bring = |keeper: &mut Keeper, file: &Path| merge(keeper, file, &campaign).unwrap();
    let said = |keeper: &Keeper, place: &Place| -> Vec<String> {
        keeper.house().missing(&place.peers()).iter().map(|one| one.said().say(Lang::Zh)).collect()
    };
    write(&mut office);
    write(&mut three);
    bring(&mut office, &three.export(&out("1.zfb"), None).unwrap().path);
    bring(&mut three, &office.export(&out("2.zfb"), None).unwrap().path);
    write(&mut two);
    let of_two = two.export(&out("3.zfb"), None).unwrap().path;
    bring(&mut office, &of_two);
    // It holds only what the second group lacks, and says that it knows of the second group's.
    let aside = office.export(&out("4.zfb"), Some(2)).unwrap().path;
    let (parcel, plan) = {
        let parcel = three.open_parcel(&aside).unwrap();
        (parcel.introductions(), parcel.plan)
    };
    assert_eq!((plan.fresh.count(), plan.missing.count(), parcel.iter().count()), (0, 2, 1), "before it is merged");
    bring(&mut three, &aside);
    let want = ["缺 二组 张文彬 2 条 (第 1-2 条), 办公室 李光军 那里有, 请再导出一次"];
    assert_eq!(said(&three, &third), want);
    // The third group passes on what it was told.
    write(&mut three);
    bring(&mut four, &office.export(&out("5.zfb"), Some(2)).unwrap().path);
    assert_eq!(said(&four, &fourth)[0], want[0]);
    drop(three);
    let mut three = open(&third);
    assert_eq!(said(&three, &third), want, "also when the program was closed");
    bring(&mut three, &of_two);
    assert!(said(&three, &third).is_empty());
    three.export(&out("6.zfb"), None).unwrap();
}
