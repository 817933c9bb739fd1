//! First creation, sealing later and another passphrase, cut short at each of their steps: there is a campaign or none, never
//! half of one, and whoever has the passphrase gets in.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use zoufang::app::{Device, Keeper, Place, Request};
use zoufang::clock::Clock;
use zoufang::log::Disk;
use zoufang::log::disk_faulty::{Chance, Cut, CutBytes, CutNames, FaultyDisk};

use super::views::CHEAP;
use crate::histories::records;

const OLD: &str = "水井 核桃 三轮车";
const NEW: &str = "石榴 铁锅 向日葵";
const HEAD: &str = "呼延灼然";

/// A data folder on a disk in memory; its view lies on the real one.
struct Laptop {
    folder: tempfile::TempDir,
    disk: FaultyDisk,
}

impl Laptop {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), disk: FaultyDisk::default() }
    }

    fn place(&self) -> Place {
        self.with(self.disk.clone())
    }

    fn with(&self, disk: FaultyDisk) -> Place {
        Place { disk: Arc::new(disk), cost: CHEAP, ..Place::new(self.folder.path().join("data")) }
    }

    /// Gives each image that a power cut or a kill can leave between two moments, without any view.
    fn each_image(&self, from: usize, mut check: impl FnMut(usize, &str, FaultyDisk)) -> usize {
        let mut chance = Chance(11);
        let ways = [CutBytes::Synced, CutBytes::All, CutBytes::Prefix, CutBytes::Zeros, CutBytes::Garbage];
        let mut images = 0;
        for moment in from..=self.disk.moments() {
            let cuts = ways
                .into_iter()
                .flat_map(|bytes| [CutNames::Synced, CutNames::All, CutNames::Some].map(|names| (bytes, names)));
            let cuts = cuts.map(|(bytes, names)| Some(Cut { bytes, names, seed: chance.below(1 << 30) as u64 }));
            for cut in cuts.chain([None]).collect::<Vec<_>>() {
                let image = cut.map_or_else(|| self.disk.kill(moment), |cut| self.disk.power_cut(moment, cut));
                let _ = fs::remove_dir_all(self.folder.path().join("data"));
                check(moment, &format!("moment {moment} of {}, {cut:?}", self.disk.moments()), image);
                images += 1;
            }
        }
        images
    }
}

fn device() -> Device {
    Device { laptop: 1, group: "一组".into(), visitors: vec!["陈明".into()], ..Device::default() }
}

fn open(place: &Place, about: &str) -> Keeper {
    let opened = place.open(Clock::machine());
    let mut keeper = opened.unwrap_or_else(|trouble| panic!("{about}: {trouble}")).keeper;
    keeper.fill().unwrap();
    keeper
}

fn add(keeper: &mut Keeper) {
    keeper.run(&Request::new("household.add").with("head", HEAD)).unwrap();
    keeper.sync().unwrap();
}

/// Opens what is locked with one of the passphrases.
fn unlocked(place: &Place, passphrases: &[&str], about: &str) -> Place {
    if !place.is_locked() {
        return place.clone();
    }
    let opened = passphrases.iter().find_map(|passphrase| place.unlock(passphrase).ok());
    opened.unwrap_or_else(|| panic!("{about}: no passphrase opens it"))
}

/// Names the files below a folder in which something can be read.
fn readable(disk: &FaultyDisk, folder: &Path, planted: &str) -> Vec<String> {
    let mut found = Vec::new();
    for name in disk.list(folder).unwrap_or_default() {
        let path = folder.join(name);
        found.extend(readable(disk, &path, planted));
        let bytes = disk.bytes(&path).unwrap_or_default();
        if bytes.windows(planted.len()).any(|window| window == planted.as_bytes()) {
            found.push(path.display().to_string());
        }
    }
    found
}

fn first_creation(sealed: bool) -> usize {
    let laptop = Laptop::new();
    let mut place = laptop.place();
    if sealed {
        place = place.create_sealed(&device(), &Clock::machine(), OLD).unwrap().0;
    } else {
        place.create(&device(), &Clock::machine()).unwrap();
    }
    let made = laptop.disk.moments();
    let mut keeper = open(&place, "as it was made");
    add(&mut keeper);
    let acknowledged = laptop.disk.moments();
    drop(keeper);
    laptop.each_image(0, |moment, about, image| {
        let place = laptop.with(image.clone());
        assert!(place.exists() || moment < made, "{about}: it was made and is gone");
        let place = if place.exists() {
            assert!(place.is_locked() == sealed, "{about}: it is under another lock");
            unlocked(&place, &[OLD], about)
        } else if moment.is_multiple_of(2) {
            // Who was cut short begins again, with a passphrase or without.
            place.create(&device(), &Clock::machine()).unwrap_or_else(|trouble| panic!("{about}: {trouble}"));
            place
        } else {
            let made = place.create_sealed(&device(), &Clock::machine(), NEW);
            made.unwrap_or_else(|trouble| panic!("{about}: {trouble}")).0
        };
        let device = place.device().unwrap().unwrap_or_else(|| panic!("{about}: nobody knows whose laptop it is"));
        assert_eq!(device.visitors, ["陈明"], "{about}");
        let mut keeper = open(&place, about);
        let before = keeper.house().count();
        assert!(before == 1 || moment < acknowledged, "{about}: what was acknowledged is gone");
        add(&mut keeper);
        drop(keeper);
        // What is there now is there for good.
        let last = Cut { bytes: CutBytes::Synced, names: CutNames::Synced, seed: 0 };
        let place = unlocked(&laptop.with(image.power_cut(image.moments(), last)), &[OLD, NEW], about);
        assert_eq!(open(&place, about).house().count(), before + 1, "{about}");
    })
}

#[test]
fn the_first_creation_is_there_or_not_whenever_the_power_goes() {
    let images = first_creation(false);
    println!("{images} images");
    assert!(images > 300, "{images} images");
}

#[test]
fn a_sealed_first_creation_is_there_or_not_whenever_the_power_goes() {
    let images = first_creation(true);
    println!("{images} images");
    assert!(images > 500, "{images} images");
}

/// A laptop in the clear with two households and something typed.
fn clear() -> Laptop {
    let laptop = Laptop::new();
    let place = laptop.place();
    place.create(&device(), &Clock::machine()).unwrap();
    let mut keeper = open(&place, "in the clear");
    add(&mut keeper);
    add(&mut keeper);
    keeper.close().unwrap();
    drop(keeper);
    let (mut first, _) = place.first_drafts(&Clock::machine()).unwrap();
    let slate = &mut first.slate;
    slate.put("visit", "还没有记下的半句话", 0, Clock::machine().now());
    slate.save_now(Clock::machine().now()).unwrap();
    laptop
}

#[test]
fn sealing_later_keeps_all_and_leaves_nothing_clear_whenever_the_power_goes() {
    let laptop = clear();
    let begun = laptop.disk.moments();
    let truth = records(&laptop.place().read_only().unwrap().0);
    assert!(
        !readable(&laptop.disk, laptop.place().folder.as_path(), HEAD).is_empty(),
        "the search finds what is clear"
    );
    laptop.place().seal_up(OLD, &Clock::machine(), &mut |_| true).unwrap();
    let sealed = laptop.disk.moments();
    let mut both = [0, 0];
    let images = laptop.each_image(begun, |moment, about, image| {
        let place = laptop.with(image.clone());
        assert!(place.is_locked() || moment < sealed, "{about}: it was sealed");
        let place = unlocked(&place, &[OLD], about);
        let is_sealed = place.disk.seal().id().is_some();
        both[usize::from(is_sealed)] += 1;
        let keeper = open(&place, about);
        assert_eq!(records(keeper.house().view().as_ref()), truth, "{about}");
        assert_eq!(place.device().unwrap().unwrap().visitors, ["陈明"], "{about}");
        drop(keeper);
        let slate = zoufang::app::Slate::open(Arc::clone(&place.disk), &place.home(), super::DAY, &[]).0;
        assert_eq!(slate.all().len(), 1, "{about}: what was typed is gone");
        // Opened once, nothing lies about that anybody could read, nor comes back with the next cut.
        let last = Cut { bytes: CutBytes::All, names: CutNames::Synced, seed: 0 };
        let left = image.power_cut(image.moments(), last);
        if is_sealed {
            for word in [HEAD, "还没有记下的半句话", "陈明"] {
                assert_eq!(readable(&left, &place.folder, word), [""; 0], "{about}");
            }
        }
    });
    println!("{images} images");
    assert!(images > 500 && both.iter().all(|count| *count > 100), "{images} images, {both:?}");
}

#[test]
fn the_old_passphrase_or_the_new_one_opens_whenever_the_power_goes() {
    let laptop = Laptop::new();
    let (place, code) = laptop.place().create_sealed(&device(), &Clock::machine(), OLD).unwrap();
    let mut keeper = open(&place, "sealed");
    add(&mut keeper);
    drop(keeper);
    let begun = laptop.disk.moments();
    laptop.place().change_passphrase(OLD, NEW).unwrap();
    let changed = laptop.disk.moments();
    let images = laptop.each_image(begun, |moment, about, image| {
        let place = laptop.with(image);
        let passphrases: &[&str] = if moment < changed { &[OLD, NEW] } else { &[NEW] };
        assert_eq!(open(&unlocked(&place, passphrases, about), about).house().count(), 1, "{about}");
        assert!(place.unlock(&code.groups().join(" ")).is_ok(), "{about}: the recovery code opens nothing");
    });
    println!("{images} images");
    assert!(images > 100, "{images} images");
}
