//! The whole export of the program onto a stick that is full, locked, pulled out at any step, or gives back other bytes than it
//! took: each is told in a sentence, no half of a file bears a name, what waits for an export still waits, the other folder
//! has its copy, and the next try works.

use std::collections::BTreeSet;
use std::io::{self, Cursor, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use zoufang::app::{Ask, Device, Exported, Keeper, Message, Place, Request, Session};
use zoufang::clock::{Clock, Now};
use zoufang::exchange::{Bundle, Keys};
use zoufang::log::disk::{AppendFile, Disk, Lock, ReadFile};
use zoufang::log::disk_faulty::{Act, Cut, CutBytes, CutNames, FaultyDisk};
use zoufang::text::{Lang, Trouble};

use crate::histories::Chance;
use crate::session::{start, wait};
use crate::slow::{household, laptop, settle};

const STICK: &str = "/media/usb";
const OTHER: &str = "/media/other";

/// A stick and another folder, each of which fails by itself.
#[derive(Clone)]
struct Sticks {
    stick: FaultyDisk,
    other: FaultyDisk,
}

impl Sticks {
    fn new() -> Self {
        let sticks = Self { stick: FaultyDisk::default(), other: FaultyDisk::default() };
        for folder in [STICK, OTHER] {
            sticks.create_dir(Path::new(folder)).unwrap();
        }
        sticks
    }

    fn of(&self, path: &Path) -> &FaultyDisk {
        if path.starts_with(OTHER) { &self.other } else { &self.stick }
    }
}

impl Disk for Sticks {
    fn create_dir(&self, dir: &Path) -> io::Result<()> {
        self.of(dir).create_dir(dir)
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<String>> {
        self.of(dir).list(dir)
    }

    fn read(&self, path: &Path) -> io::Result<Box<dyn ReadFile>> {
        self.of(path).read(path)
    }

    fn length(&self, path: &Path) -> io::Result<u64> {
        self.of(path).length(path)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn AppendFile>> {
        self.of(path).create(path)
    }

    fn append_to(&self, path: &Path) -> io::Result<Box<dyn AppendFile>> {
        self.of(path).append_to(path)
    }

    fn truncate(&self, path: &Path, length: u64) -> io::Result<()> {
        self.of(path).truncate(path, length)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.of(from).rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.of(path).remove(path)
    }

    fn is_dir(&self, dir: &Path) -> bool {
        self.of(dir).is_dir(dir)
    }

    fn remove_all(&self, path: &Path) -> io::Result<()> {
        self.of(path).remove_all(path)
    }

    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        self.of(dir).sync_dir(dir)
    }

    fn lock(&self, path: &Path, words: &[u8]) -> io::Result<Lock> {
        self.of(path).lock(path, words)
    }
}

/// A laptop with so much to export that it takes several writes.
struct Ready {
    _folder: tempfile::TempDir,
    place: Place,
    sticks: Sticks,
}

impl Ready {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let sticks = Sticks::new();
        let place = Place { exports: Arc::new(sticks.clone()), ..laptop(folder.path()).1 };
        let ready = Self { _folder: folder, place, sticks };
        let mut keeper = ready.open();
        let mut chance = Chance::new(3);
        for number in 0..3 {
            let noise: String =
                (0..20_000).map(|_| char::from(b'a' + u8::try_from(chance.below(26)).unwrap())).collect();
            let request = Request::new("household.add").with("head", format!("张{number}")).with("village", "东里东村");
            keeper.run(&request.with("remark", noise)).unwrap();
        }
        keeper.finish().unwrap();
        keeper.close().unwrap();
        drop(keeper);
        ready
    }

    fn open(&self) -> Keeper {
        let mut keeper = self.place.open(Clock::machine()).unwrap().keeper;
        keeper.fill().unwrap();
        keeper
    }
}

fn listed(disk: &FaultyDisk, folder: &str) -> BTreeSet<String> {
    disk.list(Path::new(folder)).unwrap().into_iter().collect()
}

/// Reads a file of a stick back as another laptop does; gives how many operations are in it.
fn whole(disk: &FaultyDisk, path: &Path) -> u64 {
    let file = disk.bytes(path).unwrap_or_else(|| panic!("no {}", path.display()));
    Bundle::read_with(&mut Cursor::new(file), &Keys::default()).unwrap().header().operations
}

/// What has the name of an export is one: at most its name was not safe yet when the stick was pulled out.
fn no_half_bears_a_name(disk: &FaultyDisk, folder: &str) {
    for name in listed(disk, folder).iter().filter(|name| !name.starts_with('.')) {
        assert!(whole(disk, &Path::new(folder).join(name)) > 0, "{name}");
    }
}

fn says(trouble: &Trouble, zh: &[&str], en: &[&str]) {
    for (lang, words) in [(Lang::Zh, zh), (Lang::En, en)] {
        let said = trouble.say(lang);
        assert!(words.iter().all(|word| said.contains(word)), "{words:?}: {said}");
    }
}

/// Tries an export to a stick that fails in some way, and once more when all is well again. Gives what was said; none where
/// the way in which it fails was never reached.
fn fails_and_works_again(ready: &Ready, keeper: &mut Keeper, about: &str) -> Option<Trouble> {
    let stick = &ready.sticks.stick;
    keeper.run(&Request::new("household.add").with("head", "又一户")).unwrap();
    keeper.finish().unwrap();
    let (waiting, device) = (keeper.not_exported(), keeper.device().clone());
    assert!(waiting > 0, "{about}");
    let tried = keeper.export(Path::new(STICK), None);
    let trouble = match tried {
        Ok(exported) => {
            stick.heal();
            assert_eq!((whole(stick, &exported.path), keeper.not_exported()), (exported.operations, 0), "{about}");
            return None;
        }
        Err(trouble) => trouble,
    };
    no_half_bears_a_name(stick, STICK);
    assert_eq!((keeper.not_exported(), keeper.device()), (waiting, &device), "{about}");
    stick.heal();
    let exported = keeper.export(Path::new(STICK), None).unwrap_or_else(|trouble| panic!("{about}: {trouble}"));
    assert_eq!((whole(stick, &exported.path), keeper.not_exported()), (exported.operations, 0), "{about}");
    assert!(listed(stick, STICK).iter().all(|name| !name.starts_with('.')), "{about}: a half is left");
    // It stays when the stick is pulled out right then.
    let cut = stick.power_cut(stick.moments(), Cut { bytes: CutBytes::Synced, names: CutNames::Synced, seed: 1 });
    assert_eq!(whole(&cut, &exported.path), exported.operations, "{about}");
    Some(trouble)
}

#[test]
fn a_stick_pulled_out_at_any_step_of_an_export_is_told_and_nothing_counts_as_exported() {
    let ready = Ready::new();
    let mut keeper = ready.open();
    for times in [1, u64::MAX] {
        let failing = (0..).map_while(|skip| {
            ready.sticks.stick.fail(Act::Any, skip, times);
            let about = format!("step {skip}, {times} times");
            let trouble = fails_and_works_again(&ready, &mut keeper, &about)?;
            assert!(["export-failed", "bundle-not-written"].contains(&trouble.kind), "{about}: {trouble:?}");
            says(&trouble, &["是否插好"], &["stick", "in"]);
            Some(())
        });
        // It is made, written in several pieces, synced, gets its name, and that is synced.
        assert!(failing.count() >= 7);
    }
}

#[test]
fn a_stick_that_fills_up_anywhere_is_told_and_the_next_one_works() {
    let ready = Ready::new();
    let mut keeper = ready.open();
    let length = usize::try_from(keeper.export(Path::new(OTHER), None).unwrap().length).unwrap();
    let mut failed = 0;
    for room in (0..length).step_by(length / 12).chain([length - 1]) {
        let there = listed(&ready.sticks.stick, STICK);
        let bytes = |name: &String| ready.sticks.stick.bytes(&Path::new(STICK).join(name)).unwrap().len();
        ready.sticks.stick.set_room(Some(there.iter().map(bytes).sum::<usize>() + room));
        let trouble = fails_and_works_again(&ready, &mut keeper, &format!("room for {room}")).unwrap();
        assert_eq!(trouble.kind, "bundle-not-written");
        says(
            &trouble,
            &["没有导出: 空间不够", "换一个 U 盘"],
            &["Not exported: there is no room left", "another stick"],
        );
        failed += 1;
    }
    assert!(failed > 12);
}

#[test]
fn a_locked_or_refusing_stick_is_told_by_what_can_be_done_about_it() {
    let ready = Ready::new();
    let mut keeper = ready.open();
    for kind in [ErrorKind::ReadOnlyFilesystem, ErrorKind::PermissionDenied] {
        ready.sticks.stick.refuse(kind);
        let trouble = fails_and_works_again(&ready, &mut keeper, &format!("{kind:?}")).unwrap();
        assert_eq!(trouble.kind, "bundle-not-written");
        says(&trouble, &["没有导出: 这里不能写入", "写保护"], &["cannot be written", "write protection"]);
    }
}

// The file lay whole on the stick, and it was said that nothing was exported: the full disk had not taken the note of it.
#[test]
fn an_export_of_which_only_the_note_is_not_kept_is_whole_and_is_said_to_be() {
    let folder = tempfile::tempdir().unwrap();
    let ((disk, place), sticks) = (laptop(folder.path()), Sticks::new());
    let (mut session, heard) = start(Place { exports: Arc::new(sticks.clone()), ..place.clone() });
    wait(&heard, |message| matches!(message, Message::Filled).then_some(()));
    session.ask(household("张守富"));
    wait(&heard, |message| matches!(message, Message::Answer(..)).then_some(()));
    settle(&mut session, &heard);
    let (waiting, device) = (session.not_exported(), session.device());
    let export = |session: &mut Session| {
        let ticket = session.ask(Ask::Export(STICK.into(), None));
        let exported = wait(&heard, |message| match message {
            Message::Exported(asked, exported) if asked == ticket => Some(*exported),
            _ => None,
        });
        settle(session, &heard);
        exported.unwrap()
    };
    disk.refuse(ErrorKind::StorageFull);
    let exported = export(&mut session);
    assert_eq!(exported.unnoted.as_ref().map(|why| why.kind), Some("disk-full"));
    assert_eq!(whole(&sticks.stick, &exported.path), exported.operations);
    let said = [Lang::Zh, Lang::En].map(|lang| exported.not_noted().say(lang));
    for (said, words) in
        said.iter().zip([["文件完整", "待导出 照旧算", "磁盘已满"], ["is whole", "once more", "is full"]])
    {
        assert!(words.iter().all(|word| said.contains(word)), "{said}");
    }
    // It counts as not exported, and goes along once more.
    assert!(waiting > 0 && session.not_exported() == waiting && session.device() == device);
    disk.heal();
    let again = export(&mut session);
    assert_eq!((again.unnoted.as_ref(), session.not_exported()), (None, 0));
    assert_eq!((again.operations, again.not_noted().say(Lang::Zh).as_str()), (exported.operations, ""));
    drop(session);
    // So it is where one line of command exports.
    let mut keeper = Place { exports: Arc::new(sticks.clone()), ..place }.open(Clock::machine()).unwrap().keeper;
    keeper.fill().unwrap();
    keeper.run(&Request::new("household.add").with("head", "李桂英")).unwrap();
    keeper.finish().unwrap();
    disk.refuse(ErrorKind::StorageFull);
    let exported = keeper.export(Path::new(STICK), None).unwrap();
    assert!(exported.unnoted.is_some() && keeper.not_exported() > 0);
    assert_eq!(whole(&sticks.stick, &exported.path), exported.operations);
}

// On a full disk a backup that lay whole on the stick came to the sentence that the settings cannot be written.
#[test]
fn a_backup_of_which_only_the_note_is_not_kept_is_whole_and_is_said_to_be_and_where() {
    let folder = tempfile::tempdir().unwrap();
    let ((disk, place), sticks) = (laptop(folder.path()), Sticks::new());
    let place = Place { exports: Arc::new(sticks.clone()), ..place };
    let mut keeper = place.open(Clock::machine()).unwrap().keeper;
    keeper.fill().unwrap();
    keeper.run(&Request::new("household.add").with("head", "张守富")).unwrap();
    keeper.finish().unwrap();
    disk.refuse(ErrorKind::StorageFull);
    let done = keeper.back_up().unwrap();
    let file = done.files.first().unwrap();
    assert_eq!(whole(&sticks.stick, &file.path), file.operations);
    let (why, path) = (done.unnoted.unwrap(), file.path.display().to_string());
    assert_eq!(why.kind, "disk-full");
    says(&why, &["文件完整", &path, "再备份", "磁盘已满"], &["is whole", &path, "one more is made", "is full"]);
    drop(keeper);
    // So it is said after the last key, where the backup of the end is made.
    disk.heal();
    let (session, heard) = start(place.clone());
    wait(&heard, |message| matches!(message, Message::Filled).then_some(()));
    disk.refuse(ErrorKind::StorageFull);
    let trouble = session.end(Duration::from_secs(60), |_| ()).trouble.unwrap();
    says(&trouble, &["文件完整", "磁盘已满"], &["is whole", "is full"]);
    disk.heal();
    let mut keeper = place.open(Clock::machine()).unwrap().keeper;
    keeper.fill().unwrap();
    assert!(keeper.backup_due().unwrap().is_some(), "of none a note was kept");
    assert_eq!(keeper.back_up().unwrap().unnoted, None);
    assert!(keeper.backup_due().unwrap().is_none());
}

/// How a stick fails.
type Way = fn(&FaultyDisk);

// What was read back wrong was told in the words of a merge: nothing was merged, copy the file again.
#[test]
fn a_stick_that_gives_back_other_bytes_than_it_took_is_called_broken() {
    let ready = Ready::new();
    let mut keeper = ready.open();
    let ways: [(&str, Way); 2] =
        [("other bytes", FaultyDisk::spoil), ("none", |stick| stick.fail(Act::Read, 0, u64::MAX))];
    for (about, way) in ways {
        way(&ready.sticks.stick);
        let trouble = fails_and_works_again(&ready, &mut keeper, about).unwrap();
        says(&trouble, &["电脑里的记录都在"], &["All records are still on this laptop"]);
        if about == "other bytes" {
            assert_eq!(trouble.kind, "read-back");
            says(
                &trouble,
                &["没有导出", "读回来不一样", "换一个"],
                &["Not exported", "reads back differently", "another"],
            );
        }
    }
}

/// Records something, and exports to the stick.
fn export(keeper: &mut Keeper) -> Result<Exported, Trouble> {
    keeper.run(&Request::new("household.add").with("head", "又一户")).unwrap();
    keeper.finish().unwrap();
    keeper.export(Path::new(STICK), None)
}

/// A laptop whose last export went to the other folder.
fn with_another_folder() -> (Ready, Keeper) {
    let ready = Ready::new();
    let mut keeper = ready.open();
    keeper.export(Path::new(OTHER), None).unwrap();
    (ready, keeper)
}

// The stick was broken, and nothing was written anywhere that evening.
#[test]
fn what_the_stick_does_not_take_is_in_the_other_folder_and_still_waits() {
    let ways: [(&str, Way); 5] = [
        ("cannot be opened", |stick| stick.fail(Act::Open, 0, u64::MAX)),
        ("pulled out", |stick| stick.fail(Act::Any, 3, u64::MAX)),
        ("full", |stick| stick.set_room(Some(30_000))),
        ("locked", |stick| stick.refuse(ErrorKind::ReadOnlyFilesystem)),
        ("worn out", FaultyDisk::spoil),
    ];
    for (about, way) in ways {
        let (ready, mut keeper) = with_another_folder();
        let before = listed(&ready.sticks.other, OTHER);
        way(&ready.sticks.stick);
        let trouble = export(&mut keeper).expect_err(about);
        let there = listed(&ready.sticks.other, OTHER);
        let mut copies: Vec<PathBuf> = there.difference(&before).map(|name| Path::new(OTHER).join(name)).collect();
        let copy = copies.pop().unwrap_or_else(|| panic!("{about}: no copy"));
        assert!(copies.is_empty(), "{about}");
        says(&trouble, &["另一份写好了", copy.to_str().unwrap()], &["Another copy", copy.to_str().unwrap()]);
        assert_eq!(whole(&ready.sticks.other, &copy), keeper.known().count(), "{about}");
        assert!(keeper.not_exported() > 0, "{about}: it is not on the stick");
        // Each try left one more.
        let again = keeper.export(Path::new(STICK), None).expect_err(about);
        says(&again, &["另一份写好了", copy.to_str().unwrap()], &["Another copy", copy.to_str().unwrap()]);
        assert_eq!(listed(&ready.sticks.other, OTHER), there, "{about}: tried again");
        // A damaged one is none, nor is one that lacks what was recorded since.
        let mut bytes = ready.sticks.other.bytes(&copy).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        ready.sticks.other.put(&copy, bytes);
        keeper.export(Path::new(STICK), None).expect_err(about);
        assert_eq!(listed(&ready.sticks.other, OTHER).len(), there.len() + 1, "{about}: damaged");
        export(&mut keeper).expect_err(about);
        assert_eq!(listed(&ready.sticks.other, OTHER).len(), there.len() + 2, "{about}: more was recorded");
        ready.sticks.stick.heal();
        let exported = export(&mut keeper).unwrap();
        assert!(exported.copy.is_some_and(|copy| copy.is_ok()) && keeper.not_exported() == 0, "{about}");
    }
}

#[test]
fn where_the_other_folder_takes_nothing_the_stick_has_it_and_that_is_told() {
    let (ready, mut keeper) = with_another_folder();
    for skip in 0.. {
        ready.sticks.other.fail(Act::Any, skip, u64::MAX);
        let exported = export(&mut keeper).unwrap();
        ready.sticks.other.heal();
        assert_eq!((whole(&ready.sticks.stick, &exported.path), keeper.not_exported()), (exported.operations, 0));
        let second = exported.second();
        if let Ok(copy) = exported.copy.unwrap() {
            assert!(skip >= 7, "{skip}");
            assert_eq!(whole(&ready.sticks.other, &copy), exported.operations);
            break;
        }
        assert!(second.say(Lang::Zh).contains("第二份没有写成"), "{}", second.say(Lang::Zh));
        no_half_bears_a_name(&ready.sticks.other, OTHER);
    }
}

// The laptop's disk was full, and the stick for backups, which had room, got none.
#[test]
fn a_backup_goes_to_the_second_folder_also_where_there_is_no_room_beside_the_data() {
    let ready = Ready::new();
    let device = Device { backup: Some(OTHER.into()), ..ready.place.device().unwrap().unwrap() };
    device.write(&ready.place.disk, &ready.place.home()).unwrap();
    let mut keeper = ready.open();
    let Sticks { stick: beside, other } = &ready.sticks;
    beside.set_room(Some(30_000));
    let done = keeper.back_up().unwrap();
    assert_eq!((done.files.len(), whole(other, &done.files[0].path)), (1, keeper.known().count()));
    says(&done.beside.unwrap(), &["空间不够"], &["no room left"]);
    assert!(keeper.backup_due().unwrap().is_some(), "beside the data there is still none");
    other.set_room(Some(1_000));
    let neither = keeper.back_up().unwrap_err();
    assert_eq!(neither.kind, "bundle-not-written", "neither has one");
    // It said that nothing was exported, and to take another stick.
    says(
        &neither,
        &["没有备份到", "空间不够", "记录都在这台电脑里"],
        &["Not backed up to", "no room left", "All records are on this"],
    );
    assert!(!neither.say(zoufang::text::Lang::Zh).contains("导出"), "{neither:?}");
    beside.heal();
    let done = keeper.back_up().unwrap();
    assert!(done.beside.is_none() && done.missing.is_some() && whole(beside, &done.files[0].path) > 0);
    other.heal();
    assert_eq!(keeper.back_up().unwrap().files.len(), 2);
    assert!(keeper.backup_due().unwrap().is_none());
}

// What a killed export left lay hidden on the stick for ever.
#[test]
fn what_a_killed_export_of_this_laptop_left_goes_with_the_next_one_and_nobody_elses() {
    let ready = Ready::new();
    let stick = &ready.sticks.stick;
    let at = |hours: i64| {
        let wall_ms = 1_622_207_400_000 + hours * 3_600_000;
        let mut keeper = ready.place.open(Clock::standing(Now { wall_ms, boot_ms: 1 })).unwrap().keeper;
        keeper.fill().unwrap();
        keeper
    };
    // Killed in the middle of a block: nothing can be done any more, not even taking it away.
    stick.fail(Act::Write, 1, u64::MAX);
    stick.fail(Act::Remove, 0, u64::MAX);
    assert!(at(0).export(Path::new(STICK), None).is_err());
    stick.heal();
    let left: Vec<String> = listed(stick, STICK).into_iter().collect();
    assert!(left.len() == 1 && left[0].starts_with('.') && left[0].strip_suffix(".part").is_some(), "{left:?}");
    let half = stick.bytes(&Path::new(STICK).join(&left[0])).unwrap();
    // Another laptop's, and something that is none.
    let mut others = half.clone();
    let laptop = 1_u64.to_le_bytes();
    let place = others.windows(8).position(|window| window == laptop).unwrap();
    others[place] = 2;
    let length = u32::from_le_bytes(others[15..19].try_into().unwrap()) as usize;
    let sum = crc32fast::hash(&[&others[..19], &others[23..23 + length]].concat()).to_le_bytes();
    others[19..23].copy_from_slice(&sum);
    stick.put(&Path::new(STICK).join(".二组.zfb.part"), others);
    stick.put(&Path::new(STICK).join(".别的.part"), b"somebody's".to_vec());
    let is_left = || listed(stick, STICK).contains(&left[0]);
    let elsewhere = Path::new(STICK).join("一小时后.zfb");
    at(1).export(&elsewhere, None).unwrap();
    assert!(is_left(), "it may still be under way");
    at(3).export(Path::new(STICK), None).unwrap();
    assert!(!is_left());
    let there = listed(stick, STICK);
    assert!(there.contains(".二组.zfb.part") && there.contains(".别的.part"), "{there:?}");
}

// As the screen asks for it: what is counted in the header waits until an export went well.
#[test]
fn the_count_in_the_header_stays_until_an_export_went_well() {
    let ready = Ready::new();
    let (mut session, heard) = start(ready.place.clone());
    wait(&heard, |message| matches!(message, Message::Filled).then_some(()));
    settle(&mut session, &heard);
    let waiting = session.not_exported();
    let exported = |session: &mut zoufang::app::Session| {
        session.ask(Ask::Export(STICK.into(), None));
        wait(&heard, |message| if let Message::Exported(_, exported) = message { Some(*exported) } else { None })
    };
    ready.sticks.stick.fail(Act::Write, 2, u64::MAX);
    let trouble = exported(&mut session).unwrap_err();
    says(&trouble, &["没有导出"], &["Not exported"]);
    assert!(waiting > 0 && session.not_exported() == waiting);
    ready.sticks.stick.heal();
    let exported = exported(&mut session).unwrap();
    assert_eq!((whole(&ready.sticks.stick, &exported.path), session.not_exported()), (exported.operations, 0));
}
