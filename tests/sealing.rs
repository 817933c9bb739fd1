//! A laptop that can be lost: under a passphrase nothing anybody wrote is readable in any file of the data folder, and
//! sealing what was there loses nothing, whatever fails.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use zoufang::app::{Device, Keeper, Keys, Ours, Place, Request, Slate, backup_ring, bundle_from};
use zoufang::clock::Clock;
use zoufang::domain::Record;
use zoufang::seal::Cost;
use zoufang::text::Lang;

use crate::histories::records;
use crate::merging::{Failing, Fails};
use crate::rebuild::copy;

const PASSPHRASE: &str = "水井 核桃 三轮车";
const CHEAP: Cost = Cost { memory: 16, passes: 1, lanes: 1 };

/// What is planted: a name, a phone, a sentence, something typed and not recorded, who works here.
const PLANTED: [&str; 5] = ["呼延灼然", "13853309876", "机井的电机烧了没人修", "还没有记下的半句话", "尉迟敬之"];

fn place(folder: &Path) -> Place {
    Place { cost: CHEAP, ..Place::new(folder.to_owned()) }
}

fn device() -> Device {
    Device { laptop: 1, group: "一组".into(), visitors: vec![PLANTED[4].into()], ..Device::default() }
}

fn open(place: &Place) -> Keeper {
    let mut keeper = place.open(Clock::machine()).unwrap().keeper;
    keeper.fill().unwrap();
    keeper
}

/// Records a household with a phone and a visit with a line, and types something.
fn work(place: &Place) {
    let mut keeper = open(place);
    let added = keeper.run(&Request::new("household.add").with("head", PLANTED[0])).unwrap().name().unwrap();
    let set = Request::new("household.set").with_name("household", added).with("phone", PLANTED[1]);
    keeper.run(&set).unwrap();
    let start = Request::new("visit.start").with_name("household", added).with("kind", "home");
    keeper.run(&start).unwrap();
    keeper.run(&Request::new("issue.record").with("text", PLANTED[2]).with("field", "culture")).unwrap();
    keeper.run(&Request::new("visit.finish").with("short_why", "示例")).unwrap();
    keeper.finish().unwrap();
    keeper.close().unwrap();
    drop(keeper);
    let mut slate = slate(place);
    slate.put("visit", PLANTED[3], 0, Clock::machine().now());
    slate.save_now(Clock::machine().now()).unwrap();
}

fn slate(place: &Place) -> Slate {
    Slate::open(Arc::clone(&place.disk), &place.home(), "2021-05-28", &[]).0
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

/// Names the files in which something planted can be read, as UTF-8 or UTF-16.
fn readable(folder: &Path) -> Vec<(PathBuf, &'static str)> {
    readable_of(folder, &PLANTED)
}

/// As [`readable`], for other words.
pub fn readable_of<'a>(folder: &Path, all: &[&'a str]) -> Vec<(PathBuf, &'a str)> {
    let mut found = Vec::new();
    for file in files(folder) {
        let bytes = fs::read(&file).unwrap();
        for planted in all.iter().copied() {
            let utf16: Vec<u8> = planted.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let holds = |wanted: &[u8]| bytes.windows(wanted.len()).any(|window| window == wanted);
            if holds(planted.as_bytes()) || holds(&utf16) || file.to_string_lossy().contains(planted) {
                found.push((file.clone(), planted));
            }
        }
    }
    found
}

fn state(place: &Place) -> Vec<Arc<Record>> {
    records(&place.read_only().unwrap().0)
}

#[test]
fn no_word_is_readable_in_any_file_of_a_sealed_folder() {
    let home = tempfile::tempdir().unwrap();
    let clear = place(&home.path().join("clear"));
    clear.create(&device(), &Clock::machine()).unwrap();
    work(&clear);
    let found: Vec<&str> = readable(&clear.folder).into_iter().map(|(_, planted)| planted).collect();
    assert!(PLANTED.iter().all(|planted| found.contains(planted)), "the search finds what is in the clear: {found:?}");

    let (sealed, _) =
        place(&home.path().join("sealed")).create_sealed(&device(), &Clock::machine(), PASSPHRASE).unwrap();
    work(&sealed);
    assert_eq!(readable(&sealed.folder), []);
    assert_eq!(state(&sealed).len(), state(&clear).len());
    // While it is open, too.
    let keeper = open(&sealed);
    assert_eq!(readable(&sealed.folder), []);
    drop(keeper);
}

#[test]
fn sealing_later_seals_all_that_is_there_and_keeps_it() {
    let home = tempfile::tempdir().unwrap();
    let clear = place(&home.path().join("data"));
    clear.create(&device(), &Clock::machine()).unwrap();
    work(&clear);
    let mut keeper = open(&clear);
    keeper.back_up().unwrap();
    keeper.close().unwrap();
    drop(keeper);
    fs::write(clear.folder.join("shapes.toml"), "# 呼延灼然").unwrap();
    let before = (state(&clear), slate(&clear).all());
    let mut heard = Vec::new();
    let made = clear.seal_up(PASSPHRASE, &Clock::machine(), &mut |far| {
        heard.push(far);
        true
    });
    let made = made.unwrap();
    assert!(heard.is_sorted() && heard.last() == Some(&1_000), "{heard:?}");
    assert_eq!(readable(&clear.folder), []);
    assert!(clear.is_locked() && clear.exists());
    assert_eq!(clear.open(Clock::machine()).err().unwrap().kind, "locked");
    assert_eq!(clear.read_only().err().unwrap().kind, "locked");
    for typed in [PASSPHRASE, "  水井　核桃 三轮车 ", &made.code.groups().join(" ")] {
        let opened = clear.unlock(typed).unwrap();
        assert_eq!((state(&opened), slate(&opened).all()), before, "{typed}");
    }
    assert_eq!(clear.unlock("水井 核桃").err().unwrap().kind, "wrong-passphrase");
    assert_eq!(clear.seal_up(PASSPHRASE, &Clock::machine(), &mut |_| true).err().unwrap().kind, "already-sealed");
    work(&made.place);
    assert_eq!(readable(&clear.folder), []);
}

#[test]
fn drafts_that_are_damaged_when_they_are_sealed_are_said_and_kept_aside_under_the_seal() {
    let home = tempfile::tempdir().unwrap();
    let clear = place(&home.path().join("data"));
    clear.create(&device(), &Clock::machine()).unwrap();
    work(&clear);
    fs::write(clear.folder.join("drafts.log.damaged-2021-05-02-1"), "以前另存的 呼延灼然").unwrap();
    let drafts = clear.folder.join("drafts.log");
    let mut bytes = fs::read(&drafts).unwrap();
    bytes[40] ^= 0x40;
    fs::write(&drafts, bytes).unwrap();
    let made = clear.seal_up(PASSPHRASE, &Clock::machine(), &mut |_| true).unwrap();
    let said: Vec<String> = made.findings.iter().map(|said| said.say(Lang::Zh)).collect();
    assert!(said.iter().any(|said| said.contains("drafts.log 有损坏")), "{said:?}");
    let names = made.place.disk.list(&made.place.home()).unwrap();
    let aside = names.iter().filter(|name| name.starts_with("drafts.log.damaged-")).count();
    assert_eq!(aside, 2, "{names:?}");
    assert_eq!(readable(&clear.folder), []);
}

#[test]
fn sealing_that_fails_or_is_stopped_at_any_step_loses_nothing() {
    let home = tempfile::tempdir().unwrap();
    let before = place(&home.path().join("before"));
    before.create(&device(), &Clock::machine()).unwrap();
    work(&before);
    let expected = state(&before);
    for fails in [Fails::ForGood, Fails::Once] {
        let (mut clear, mut sealed) = (0, 0);
        for step in 0.. {
            let real = place(&home.path().join(format!("{fails:?}-{step}")));
            copy(&before.folder, &real.folder);
            let left = Arc::new(AtomicI64::new(step));
            let disk = Failing { left: Arc::clone(&left), fails };
            let failing = Place { disk: Arc::new(disk), ..real.clone() };
            let done = failing.seal_up(PASSPHRASE, &Clock::machine(), &mut |_| true);
            let unharmed = left.load(Ordering::SeqCst) > 0;
            if real.is_locked() {
                sealed += 1;
                let opened = real.unlock(PASSPHRASE).unwrap();
                drop(open(&opened));
                assert_eq!(state(&opened), expected, "step {step}");
                assert_eq!(readable(&real.folder), [], "step {step}");
            } else {
                clear += 1;
                assert!(done.is_err(), "step {step}: said to be sealed");
                drop(open(&real));
                assert_eq!(state(&real), expected, "step {step}");
                let again = real.seal_up(PASSPHRASE, &Clock::machine(), &mut |_| true).unwrap();
                assert_eq!(state(&again.place), expected, "step {step}");
                assert_eq!(readable(&real.folder), [], "step {step}");
            }
            fs::remove_dir_all(&real.folder).unwrap();
            if unharmed {
                break;
            }
        }
        assert!(clear >= 10 && sealed >= 1, "{fails:?}: {clear} stayed clear, {sealed} were sealed");
    }
    let stopped = before.seal_up(PASSPHRASE, &Clock::machine(), &mut |far| far < 500);
    assert_eq!(stopped.err().unwrap().kind, "stopped");
    assert_eq!((state(&before), before.folder.join("sealed").exists()), (expected, false));
}

#[test]
fn another_passphrase_rewrites_nothing_that_is_sealed() {
    let home = tempfile::tempdir().unwrap();
    let bare = place(home.path());
    let (sealed, code) = bare.create_sealed(&device(), &Clock::machine(), PASSPHRASE).unwrap();
    work(&sealed);
    let bytes =
        |folder: &Path| files(&folder.join("sealed")).iter().map(|file| fs::read(file).unwrap()).collect::<Vec<_>>();
    let before = bytes(home.path());
    assert_eq!(bare.change_passphrase("不是这个", "另一个口令啊").err().unwrap().kind, "wrong-passphrase");
    assert_eq!(bare.change_passphrase(PASSPHRASE, "短").err().unwrap().kind, "weak-passphrase");
    bare.change_passphrase(PASSPHRASE, "另一个口令啊").unwrap();
    assert_eq!(bytes(home.path()), before);
    assert_eq!(bare.unlock(PASSPHRASE).err().unwrap().kind, "wrong-passphrase");
    assert!(bare.unlock("另一个口令啊").is_ok() && bare.unlock(&code.groups().concat()).is_ok());
    let fresh = bare.change_code("另一个口令啊").unwrap();
    assert!(bare.unlock(&code.groups().concat()).is_err() && bare.unlock(&fresh.groups().concat()).is_ok());
}

#[test]
fn a_key_file_that_is_damaged_or_gone_is_replaced_by_its_copy_and_both_gone_are_said() {
    let home = tempfile::tempdir().unwrap();
    let bare = place(home.path());
    let (sealed, _) = bare.create_sealed(&device(), &Clock::machine(), PASSPHRASE).unwrap();
    work(&sealed);
    let (ring, copy) = (home.path().join("keys.zfk"), home.path().join("keys-copy.zfk"));
    let good = fs::read(&ring).unwrap();
    for (harmed, other) in [(&ring, &copy), (&copy, &ring)] {
        for damage in [None, Some(b"ZFKEYS".to_vec()), Some(Vec::new())] {
            match damage {
                Some(bytes) => fs::write(harmed, bytes).unwrap(),
                None => fs::remove_file(harmed).unwrap(),
            }
            drop(open(&bare.unlock(PASSPHRASE).unwrap()));
            assert_eq!((fs::read(harmed).unwrap(), fs::read(other).unwrap()), (good.clone(), good.clone()));
        }
    }
    fs::write(&ring, "x").unwrap();
    fs::write(&copy, "x").unwrap();
    assert_eq!(bare.unlock(PASSPHRASE).err().unwrap().kind, "keys-damaged");
    fs::remove_file(&ring).unwrap();
    fs::remove_file(&copy).unwrap();
    assert!(bare.exists(), "not taken for a first run, which would begin anew");
    assert_eq!(bare.open(Clock::machine()).err().unwrap().kind, "keys-lost");
    fs::write(&copy, good).unwrap();
    assert!(!state(&bare.unlock(PASSPHRASE).unwrap()).is_empty());
}

#[test]
fn what_is_left_in_the_clear_by_an_interrupted_end_goes_at_the_next_opening() {
    let home = tempfile::tempdir().unwrap();
    let clear = place(&home.path().join("data"));
    clear.create(&device(), &Clock::machine()).unwrap();
    work(&clear);
    let kept = home.path().join("kept");
    copy(&clear.folder, &kept);
    let made = clear.seal_up(PASSPHRASE, &Clock::machine(), &mut |_| true).unwrap();
    for name in ["journal", "view", "device.toml", "drafts.log"] {
        let (from, to) = (kept.join(name), clear.folder.join(name));
        if from.is_dir() { copy(&from, &to) } else { assert!(fs::copy(from, to).is_ok()) }
    }
    assert!(!readable(&clear.folder).is_empty());
    assert!(clear.is_locked(), "the sealed files count");
    drop(open(&made.place));
    assert_eq!(readable(&clear.folder), []);
}

#[test]
fn a_sealed_view_that_somebody_tampered_with_is_made_anew() {
    let home = tempfile::tempdir().unwrap();
    let (sealed, _) = place(home.path()).create_sealed(&device(), &Clock::machine(), PASSPHRASE).unwrap();
    work(&sealed);
    let expected = state(&sealed);
    for file in files(&sealed.home().join("view")) {
        let bytes = fs::read(&file).unwrap();
        for at in (0..bytes.len()).step_by(bytes.len() / 5 + 1) {
            let mut altered = bytes.clone();
            altered[at] ^= 0x20;
            fs::write(&file, altered).unwrap();
            let keeper = open(&sealed);
            assert_eq!(records(keeper.house().view().as_ref()), expected);
        }
    }
}

#[test]
fn a_backup_of_a_sealed_folder_is_sealed_and_brings_all_back_by_passphrase_or_code() {
    let home = tempfile::tempdir().unwrap();
    let (sealed, code) =
        place(&home.path().join("data")).create_sealed(&device(), &Clock::machine(), PASSPHRASE).unwrap();
    work(&sealed);
    let stick = home.path().join("stick");
    fs::create_dir(&stick).unwrap();
    let mut keeper = open(&sealed);
    keeper.back_up().unwrap();
    let file = keeper.back_up_to(&stick).unwrap().path;
    assert_eq!(keeper.back_up().unwrap().removed, 0, "its own backups are read for the schedule");
    keeper.close().unwrap();
    drop(keeper);
    assert_eq!(readable(&sealed.folder), []);
    assert_eq!(readable(&stick), []);
    let ring = backup_ring(&file).unwrap().unwrap();
    assert_eq!(Place::open_ring(&ring, "不对不对不对").err().unwrap().kind, "wrong-passphrase");
    for typed in [PASSPHRASE, &code.groups().concat()] {
        let seal = Place::open_ring(&ring, typed).unwrap();
        let new = place(&home.path().join(format!("new-{}", typed.len())));
        let ours = Ours { campaign: new.campaign_id(false), keys: Keys::of([seal.clone()]), ..Ours::default() };
        assert_eq!(bundle_from(&file, &ours).unwrap().visitors, [PLANTED[4]]);
        let new = new.create_with(&ring, seal, &Device { laptop: 9, ..device() }, &Clock::machine()).unwrap();
        let mut keeper = open(&new);
        let parcel = keeper.open_parcel(&file).unwrap();
        keeper.merge(parcel).unwrap();
        keeper.finish().unwrap();
        keeper.close().unwrap();
        drop(keeper);
        assert_eq!(state(&new), state(&sealed));
        assert_eq!(readable(&new.folder), []);
    }
}

#[test]
fn a_hand_over_takes_the_sealed_folder_and_its_keys() {
    let home = tempfile::tempdir().unwrap();
    let (sealed, _) = place(&home.path().join("data")).create_sealed(&device(), &Clock::machine(), PASSPHRASE).unwrap();
    let office = place(&home.path().join("office"));
    office.create(&Device { laptop: 2, ..device() }, &Clock::machine()).unwrap();
    let mut keeper = open(&sealed);
    keeper.run(&Request::new("household.add").with("head", PLANTED[0])).unwrap();
    keeper.finish().unwrap();
    let ours = keeper.export(&home.path().join("ours.zfb"), None).unwrap().path;
    let mut theirs = open(&office);
    let parcel = theirs.open_parcel(&ours).unwrap();
    theirs.merge(parcel).unwrap();
    theirs.finish().unwrap();
    let proof = theirs.export(&home.path().join("proof.zfb"), None).unwrap().path;
    let (_, left) = keeper.remove_all(&proof).unwrap();
    assert_eq!((left, sealed.folder.exists()), (Vec::new(), false));
}
