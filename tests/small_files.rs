//! The small files beside the journal: cut anywhere, also between two lines, or changed in any byte, they are never taken for
//! what somebody said; what a person changed by hand is used and said.

use std::path::Path;
use std::sync::Arc;

use zoufang::app::{Device, Opened, Place, Request};
use zoufang::clock::Clock;
use zoufang::log::disk_faulty::FaultyDisk;
use zoufang::log::{Disk, settings};
use zoufang::text::Lang;

use crate::commands::harness::Laptop;
use crate::power::both_ways;

const PATH: &str = "data/device.toml";

fn device() -> Device {
    let visitors = vec!["陈明".into(), "张锦秋".into()];
    let exported = [("7".to_owned(), 12), ("8".to_owned(), 3)].into();
    let (group, phones) = ("一组".into(), [("陈明".to_owned(), "13853301234".to_owned())].into());
    Device { laptop: 0x1234_5678_9abc, group, visitors, phones, exported, backed_up: 99, ..Device::default() }
}

#[test]
fn settings_cut_or_changed_anywhere_are_refused_or_said_or_mean_the_same() {
    for seal in both_ways() {
        let disk = FaultyDisk::sealed(seal);
        let shared: Arc<dyn Disk> = Arc::new(disk.clone());
        device().write(&shared, Path::new("data")).unwrap();
        let (path, whole) = (Path::new(PATH), disk.bytes(Path::new(PATH)).unwrap());
        let holds = |bytes: Vec<u8>, about: &str| {
            disk.put(path, bytes);
            let Ok(Some(found)) = settings::find_text(&disk, path) else { return };
            let Ok(read) = Device::read(&disk, Path::new("data")) else { return };
            assert!(found.is_changed || read == Some(device()), "{about}: {read:?}");
        };
        for length in 0..whole.len() {
            holds(whole[..length].to_vec(), &format!("cut to {length}"));
        }
        for at in 0..whole.len() {
            for flip in [0x01, 0x20, 0xff] {
                let mut bytes = whole.clone();
                bytes[at] ^= flip;
                holds(bytes, &format!("byte {at} ^ {flip}"));
            }
            let mut bytes = whole.clone();
            bytes[at..].fill(0);
            holds(bytes, &format!("zeros from {at}"));
        }
    }
}

/// A laptop with each of the small files.
fn laptop() -> Laptop {
    let (laptop, other) = (Laptop::of(1, "陈明", "一组"), Laptop::of(2, "张文彬", "二组"));
    other.household("李桂英");
    let file = other.path("二组.zfb");
    other.run(&["export", "--out", file.to_str().unwrap()]).ends(0);
    laptop.run(&["merge", file.to_str().unwrap()]).ends(0);
    laptop.run(&["import", "r500.xlsx", "--column", "1=none"]).ends(0);
    laptop.run(&["key", "--new", laptop.path("活动密钥.zfkey").to_str().unwrap()]).ends(0);
    laptop
}

#[test]
fn a_small_file_cut_between_two_lines_is_said_set_aside_and_made_up_for() {
    let laptop = laptop();
    for name in ["device.toml", "peers.toml", "shapes.toml", "campaign-keys.toml"] {
        let file = laptop.data().join(name);
        let whole = std::fs::read_to_string(&file).unwrap();
        let ends: Vec<usize> = whole.match_indices('\n').map(|(at, _)| at + 1).collect();
        assert!(ends.len() >= 3, "{whole}");
        let before_last = &ends[..ends.len() - 1];
        for at in [0].iter().chain(before_last).step_by(if before_last.len() > 8 { 4 } else { 1 }) {
            std::fs::write(&file, &whole[..*at]).unwrap();
            let told = laptop.run(&["check"]).ends(1);
            assert!(told.out.contains(name) && told.out.contains("会另存坏的"), "{name} cut to {at}: {told:?}");
            let mended = laptop.run(&["check", "--repair"]).ends(0);
            let aside = |entry: std::fs::DirEntry| {
                let path = entry.path();
                path.to_string_lossy().contains(&format!("{name}.damaged-")).then_some(path)
            };
            let aside: Vec<_> =
                std::fs::read_dir(laptop.data()).unwrap().filter_map(|entry| aside(entry.unwrap())).collect();
            assert_eq!(aside.len(), 1, "{name} cut to {at}: {mended:?}");
            assert_eq!(std::fs::read_to_string(&aside[0]).unwrap(), whole[..*at]);
            std::fs::remove_file(&aside[0]).unwrap();
            let who = laptop.run(&["device", "--json"]).ends(0).json().remove(0);
            assert_eq!((&who["group"], &who["visitors"][0]), (&"一组".into(), &"陈明".into()));
        }
        std::fs::write(&file, &whole).unwrap();
        laptop.run(&["check"]).ends(0);
    }
}

// It said that there is no campaign yet, though all records were there.
#[test]
fn a_laptop_whose_settings_are_lost_still_says_whose_it_is() {
    let laptop = Laptop::of(1, "陈明", "一组");
    laptop.household("李桂英");
    for name in ["device.toml", "device-copy.toml"] {
        let _ = std::fs::remove_file(laptop.data().join(name));
    }
    let said = laptop.run(&["device"]).ends(0);
    assert!(said.out.contains("陈明") && said.out.contains("一组"), "{said:?}");
}

#[test]
fn what_a_person_changed_by_hand_counts_and_is_said_once() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::new(folder.path().join("data"));
    place.create(&device(), &Clock::machine()).unwrap();
    let file = place.home().join("device.toml");
    let changed = std::fs::read_to_string(&file).unwrap().replace("张锦秋", "张锦春");
    std::fs::write(&file, format!("{changed}\n# 我改的\n")).unwrap();
    let open = || {
        let Opened { keeper, findings, .. } = place.open(Clock::machine()).unwrap();
        let said: Vec<String> = findings.iter().map(|said| said.say(Lang::Zh)).collect();
        (keeper.device().visitors.clone(), said)
    };
    let (visitors, said) = open();
    assert_eq!(visitors, ["陈明", "张锦春"]);
    assert!(said.iter().any(|said| said.contains("device.toml") && said.contains("手改过")), "{said:?}");
    assert_eq!(open().1, Vec::<String>::new(), "said once");
    assert!(std::fs::read_to_string(&file).unwrap().contains("# 我改的"), "and nothing of theirs is thrown away");
}

#[test]
fn settings_that_are_lost_come_back_from_their_copy_and_else_from_the_journal_with_practice_as_it_was() {
    for practice in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::new(folder.path().join("data"));
        place.create(&Device { practice, ..device() }, &Clock::machine()).unwrap();
        let open = || {
            let Opened { mut keeper, findings, .. } = place.open(Clock::machine()).unwrap();
            keeper.fill().unwrap();
            (keeper, findings.iter().map(|said| said.say(Lang::Zh)).collect::<String>())
        };
        let (mut keeper, said) = open();
        assert_eq!(said, "");
        keeper.run(&Request::new("household.add").with("head", "张守富")).unwrap();
        keeper.run(&Request::new("undo")).unwrap();
        keeper.finish().unwrap();
        let whole = keeper.device().clone();
        drop(keeper);
        std::fs::remove_file(place.home().join("device.toml")).unwrap();
        let (keeper, said) = open();
        assert!(said.contains("用上了副本"), "{said}");
        assert_eq!(keeper.device(), &whole, "nothing is lost, not the key that signs either");
        drop(keeper);
        for name in ["device.toml", "device-copy.toml"] {
            std::fs::remove_file(place.home().join(name)).unwrap();
        }
        let (keeper, said) = open();
        let back = keeper.device();
        assert_eq!((back.laptop, &back.group, &back.visitors), (whole.laptop, &whole.group, &whole.visitors));
        assert_eq!(back.practice, practice, "no undo takes that away");
        assert_eq!(keeper.campaign_id().ends_with("练习"), practice);
        let number = back.signer().unwrap().public().fingerprint();
        assert!(said.contains("签名换了新的") && said.contains(&number) && said.contains("按 9 认可"), "{said}");
        assert_ne!(back.signing, whole.signing);
    }
}
