//! A disk that refuses, a folder that is gone, a second window, a newer program's store: each is said in a sentence, nothing
//! that was acknowledged is lost, typing goes on, and writing resumes when the cause is gone.
//!
//! What a system refuses somebody without rights it grants a test that runs as root: there the disk in memory refuses.

use std::io::ErrorKind;
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use zoufang::app::{Ask, Message, Place, Request, Session};
use zoufang::clock::Clock;
use zoufang::log::Drafts;
use zoufang::text::{Lang, Trouble};

use crate::commands::batch::Talk;
use crate::commands::harness::Laptop;
use crate::session::{start, wait};
use crate::slow::{household, laptop, settle};

fn asked(session: &mut Session, heard: &Receiver<Message>, head: &str) -> Result<(), Trouble> {
    session.ask(household(head));
    wait(heard, |message| match message {
        Message::Answer(_, answer) => Some(answer.map(|_| ())),
        _ => None,
    })
}

/// A sentence names what it is about, says why, what was kept and what to do; in either language.
fn says(trouble: &Trouble, zh: &[&str], en: &[&str]) {
    for (lang, words) in [(Lang::Zh, zh), (Lang::En, en)] {
        let said = trouble.say(lang);
        assert!(words.iter().all(|word| said.contains(word)), "{words:?}: {said}");
    }
}

#[test]
fn a_disk_that_refuses_says_why_typing_goes_on_and_writing_resumes() {
    let whys = [
        (ErrorKind::ReadOnlyFilesystem, "磁盘现在只能读", "the disk is read-only"),
        (ErrorKind::PermissionDenied, "没有写权限", "not permitted"),
        (ErrorKind::StorageFull, "磁盘已满", "the disk is full"),
    ];
    for (kind, zh, en) in whys {
        let folder = tempfile::tempdir().unwrap();
        let (disk, place) = laptop(folder.path());
        let (mut session, heard) = start(place.clone());
        wait(&heard, |message| matches!(message, Message::Filled).then_some(()));
        asked(&mut session, &heard, "张守富").unwrap();
        settle(&mut session, &heard);

        disk.refuse(kind);
        let trouble = asked(&mut session, &heard, "李桂英").unwrap_err();
        says(&trouble, &[zh, "000001.zfj", "已记下的都在"], &[en, "000001.zfj", "what was recorded is kept"]);
        let text = "村文化大院晚上不开门";
        session.ask(Ask::Draft { place: "visit".into(), text: text.into(), cursor: text.len() });
        session.save();
        let trouble = wait(&heard, |message| if let Message::Failed(trouble) = message { Some(trouble) } else { None });
        says(&trouble, &[zh, "drafts.log"], &[en, "drafts.log"]);
        assert_eq!(session.draft("visit"), Some((text.into(), text.len())), "what is typed is at hand");
        assert!(session.unsaved().is_some(), "the header says that nothing is saved");
        assert_eq!(session.house().unwrap().count(), 1, "what was refused is not shown");

        disk.heal();
        asked(&mut session, &heard, "李桂英").unwrap();
        settle(&mut session, &heard);
        assert!(session.unsaved().is_none(), "{kind:?}");
        drop(session);
        let (drafts, _) = Drafts::open(Arc::new(disk), &place.home(), Some("2021-05-28"), &[]);
        assert_eq!(drafts.drafts().map(|(_, draft)| draft.text.as_str()).collect::<Vec<_>>(), [text]);
        let mut keeper = place.open(Clock::machine()).unwrap().keeper;
        keeper.fill().unwrap();
        assert_eq!(keeper.house().count(), 2, "{kind:?}");
    }
}

// A line that the disk had not taken stood in the field again under 已保存, until what was typed could not be kept either.
#[test]
fn what_the_disk_did_not_take_is_known_to_be_refused_until_it_is_saved_or_gone() {
    let folder = tempfile::tempdir().unwrap();
    let (disk, place) = laptop(folder.path());
    let (mut session, heard) = start(place);
    wait(&heard, |message| matches!(message, Message::Filled).then_some(()));
    let types = |session: &mut Session, place: &str, text: &str| {
        session.ask(Ask::Draft { place: place.into(), text: text.into(), cursor: text.len() });
    };
    let records = |session: &mut Session| {
        session.ask(Ask::Do(Request::new("household.add").with("head", "李桂英").consuming("line")));
        wait(&heard, |message| if let Message::Answer(_, answer) = message { Some(answer.map(|_| ())) } else { None })
    };
    // Tells whether the disk takes what is typed.
    let saves = |session: &mut Session| {
        session.save();
        let mut is_saved = true;
        wait(&heard, |message| match message {
            Message::Failed(_) => {
                is_saved = false;
                None
            }
            Message::Settled => Some(is_saved),
            _ => None,
        })
    };
    types(&mut session, "line", "机井坏了");
    assert!(saves(&mut session), "what is taken up at once is not on the disk yet");
    assert!(session.refused("line").is_none(), "nobody wanted it recorded yet");
    disk.refuse(ErrorKind::StorageFull);
    assert_eq!(records(&mut session).unwrap_err().kind, "disk-full");
    assert!(session.unsaved().is_some());
    // Its draft lies on the disk, and where the cursor is now does not.
    session.ask(Ask::Draft { place: "line".into(), text: "机井坏了".into(), cursor: 0 });
    assert!(!saves(&mut session) && session.loss().is_without_words());
    types(&mut session, "other", "三天了");
    assert!(!saves(&mut session) && session.loses("other") && !session.loses("line"));
    disk.heal();
    types(&mut session, "other", "");
    assert!(saves(&mut session) && session.loss().is_without_words());
    // Its words are a draft on a disk that takes what is typed: the line is one as any other.
    assert!(session.unsaved().is_none() && session.refused_anywhere().is_none());
    disk.refuse(ErrorKind::StorageFull);
    records(&mut session).unwrap_err();
    assert_eq!(session.refused("line").map(|why| why.kind), Some("disk-full"));
    // While the disk refuses, it waits elsewhere while another one is typed, and comes back.
    types(&mut session, "kept", "机井坏了");
    types(&mut session, "line", "");
    assert!(session.refused("kept").is_some() && session.refused("line").is_none());
    types(&mut session, "line", "机井坏了三天");
    types(&mut session, "kept", "");
    assert!(!saves(&mut session));
    assert!(session.refused("line").is_some() && session.refused_anywhere().is_some());
    disk.heal();
    records(&mut session).unwrap();
    assert!(session.refused_anywhere().is_none(), "it stands saved");
    types(&mut session, "line", "路灯不亮");
    assert!(session.refused("line").is_none(), "the next one was never refused");
    disk.refuse(ErrorKind::StorageFull);
    records(&mut session).unwrap_err();
    types(&mut session, "line", "");
    types(&mut session, "line", "校车太远");
    assert!(session.refused_anywhere().is_none(), "it was given up");
}

// A view that could not be made anew went on showing what the failed sync had taken back.
#[test]
fn what_a_failed_sync_took_back_is_not_shown_where_no_view_can_be_made_either() {
    let folder = tempfile::tempdir().unwrap();
    let (disk, place) = laptop(folder.path());
    let add = |head: &str| Request::new("household.add").with("head", head);
    let mut keeper = place.open(Clock::machine()).unwrap().keeper;
    keeper.fill().unwrap();
    keeper.run(&add("张守富")).unwrap();
    keeper.sync().unwrap();
    keeper.run(&add("李桂英")).unwrap();
    disk.refuse(ErrorKind::ReadOnlyFilesystem);
    // No folder can be made below a file, whoever asks.
    let elsewhere = folder.path().join("elsewhere");
    std::fs::rename(&place.folder, &elsewhere).unwrap();
    std::fs::write(&place.folder, "x").unwrap();
    assert_eq!(keeper.sync().unwrap_err().kind, "disk-refused");
    assert_eq!(keeper.house().count(), 1, "never acknowledged");
    disk.heal();
    std::fs::remove_file(&place.folder).unwrap();
    std::fs::rename(&elsewhere, &place.folder).unwrap();
    keeper.run(&add("王成友")).unwrap();
    keeper.finish().unwrap();
    assert_eq!(keeper.house().count(), 2);
    drop(keeper);
    let mut keeper = place.open(Clock::machine()).unwrap().keeper;
    keeper.fill().unwrap();
    assert_eq!(keeper.house().count(), 2);
}

// A folder with an empty backup in it was made where the data had been, and an export was spoken of.
#[cfg(unix)]
#[test]
fn a_folder_that_is_gone_at_the_end_is_not_made_anew_and_it_is_said_what_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::new(folder.path().join("data"));
    let device = zoufang::app::Device { laptop: 1, visitors: vec!["陈明".into()], ..Default::default() };
    place.create(&device, &Clock::machine()).unwrap();
    let (mut session, heard) = start(place.clone());
    wait(&heard, |message| matches!(message, Message::Filled).then_some(()));
    asked(&mut session, &heard, "张守富").unwrap();
    let elsewhere = folder.path().join("elsewhere");
    std::fs::rename(&place.folder, &elsewhere).unwrap();
    session.ask(Ask::Draft { place: "visit".into(), text: "接着打".into(), cursor: 3 });
    let parting = session.end(std::time::Duration::from_secs(60), |_| {});
    let trouble = parting.trouble.unwrap();
    assert_eq!(trouble.kind, "folder-gone");
    says(
        &trouble,
        &["没有备份", "1 条", "放回原处", "restore"],
        &["backed up", "The 1 record", "put it back", "restore"],
    );
    assert!(!place.folder.exists(), "nothing is made where nobody looks");
    std::fs::rename(&elsewhere, &place.folder).unwrap();
    let mut keeper = place.open(Clock::machine()).unwrap().keeper;
    keeper.fill().unwrap();
    assert_eq!(keeper.house().count(), 1);
}

// An export with none of its eight records lay on the stick, and the journal was called damaged.
#[cfg(unix)]
#[test]
fn of_a_folder_that_is_gone_nothing_is_exported() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::new(folder.path().join("data"));
    let device = zoufang::app::Device { laptop: 1, visitors: vec!["陈明".into()], ..Default::default() };
    place.create(&device, &Clock::machine()).unwrap();
    let (mut session, heard) = start(place.clone());
    wait(&heard, |message| matches!(message, Message::Filled).then_some(()));
    asked(&mut session, &heard, "张守富").unwrap();
    let (elsewhere, stick) = (folder.path().join("elsewhere"), folder.path().join("usb"));
    std::fs::rename(&place.folder, &elsewhere).unwrap();
    std::fs::create_dir(&stick).unwrap();
    let ticket = session.ask(Ask::Export(stick.clone(), None));
    let trouble = wait(&heard, |message| match message {
        Message::Exported(asked, exported) if asked == ticket => Some(exported.unwrap_err()),
        _ => None,
    });
    assert_eq!(trouble.kind, "folder-gone");
    says(&trouble, &["没有导出", "不见了", "放回原处"], &["Nothing was exported", "is gone", "Put the folder back"]);
    assert_eq!(std::fs::read_dir(&stick).unwrap().count(), 0);
    std::fs::rename(&elsewhere, &place.folder).unwrap();
}

// Windows does not let a folder go while its files are open.
#[cfg(unix)]
#[test]
fn a_folder_that_is_gone_is_said_and_all_goes_on_once_it_is_back() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::new(folder.path().join("data"));
    let device = zoufang::app::Device { laptop: 1, visitors: vec!["陈明".into()], ..Default::default() };
    place.create(&device, &Clock::machine()).unwrap();
    let (mut session, heard) = start(place.clone());
    wait(&heard, |message| matches!(message, Message::Filled).then_some(()));
    asked(&mut session, &heard, "张守富").unwrap();
    let elsewhere = folder.path().join("elsewhere");
    std::fs::rename(&place.folder, &elsewhere).unwrap();
    let trouble = asked(&mut session, &heard, "李桂英").unwrap_err();
    says(&trouble, &["没有记下", "不见了", "放回原处"], &["Not recorded", "is gone", "Put the folder back"]);
    session.ask(Ask::Draft { place: "visit".into(), text: "接着打".into(), cursor: 3 });
    session.save();
    wait(&heard, |message| matches!(&message, Message::Failed(why) if why.kind == "folder-gone").then_some(()));
    assert!(session.unsaved().is_some() && session.draft("visit").is_some());
    assert!(!place.folder.exists(), "nothing is written where nobody looks");
    std::fs::rename(&elsewhere, &place.folder).unwrap();
    asked(&mut session, &heard, "李桂英").unwrap();
    settle(&mut session, &heard);
    assert!(session.unsaved().is_none());
    drop(session);
    let mut keeper = place.open(Clock::machine()).unwrap().keeper;
    keeper.fill().unwrap();
    assert_eq!(keeper.house().count(), 2);
}

/// Runs a command in both languages; gives what it said.
fn both(laptop: &Laptop, args: &[&str]) -> [String; 2] {
    ["zh", "en"].map(|lang| {
        let output =
            laptop.command(args).env("ZOUFANG_LANG", lang).stdin(std::process::Stdio::null()).output().unwrap();
        assert!(!output.status.success(), "{output:?}");
        String::from_utf8(output.stderr).unwrap()
    })
}

#[test]
fn a_data_folder_below_a_file_is_said_in_either_language_and_nothing_is_made() {
    let laptop = Laptop::new(1);
    std::fs::write(laptop.data(), "x").unwrap();
    let [zh, en] = both(&laptop, &["device", "--set", "visitors=陈明"]);
    assert!(zh.contains("数据文件夹") && zh.contains("不能用") && zh.contains("--data"), "{zh}");
    assert!(en.contains("cannot be used") && en.contains("--data"), "{en}");
    assert_eq!(std::fs::read_to_string(laptop.data()).unwrap(), "x");
}

#[test]
fn a_second_window_is_told_where_the_first_is_and_may_read_beside_it() {
    let laptop = Laptop::of(1, "陈明", "一组");
    laptop.household("张守富");
    let mut first = Talk::with(&laptop);
    first.tell(&serde_json::json!({"do": "household.add", "head": "李桂英"}));
    assert_eq!(first.hear()["ok"], true);
    let [zh, en] = both(&laptop, &["batch", "-"]);
    assert!(zh.contains("已在另一个窗口中打开 (进程 ") && zh.contains("回到那个窗口"), "{zh}");
    assert!(en.contains("is open in another window (process ") && en.contains("Go back to that window"), "{en}");
    assert_eq!(laptop.list("households").len(), 2, "reading goes on beside it");
    first.kill();
    laptop.run(&["batch", "-"]).ends(0);
}

fn refused(heard: &Receiver<Message>) -> Trouble {
    wait(heard, |message| if let Message::Failed(trouble) = message { Some(trouble) } else { None })
}

// The window that was refused wrote what was typed in it into the first one's file, and half of a sentence there was lost.
#[test]
fn a_window_that_was_refused_writes_nothing_and_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::new(folder.path().join("data"));
    let device = zoufang::app::Device { laptop: 1, visitors: vec!["陈明".into()], ..Default::default() };
    place.create(&device, &Clock::machine()).unwrap();
    let (mut first, told) = start(place.clone());
    wait(&told, |message| matches!(message, Message::Filled).then_some(()));
    let types = |session: &mut Session, place: &str, text: &str| {
        session.ask(Ask::Draft { place: place.into(), text: text.into(), cursor: text.len() });
        session.save();
    };
    types(&mut first, "visit", "村文化大院晚上");
    settle(&mut first, &told);

    let (mut second, heard) = start(place.clone());
    assert_eq!(refused(&heard).kind, "already-open");
    types(&mut second, "exchange/folder", "/media/usb");
    let trouble = refused(&heard);
    says(&trouble, &["没有存", "另一个窗口"], &["not kept", "another window"]);
    second.ask(Ask::Export(folder.path().to_owned(), None));
    let exported = wait(&heard, |message| match message {
        Message::Exported(_, exported) => Some(exported.unwrap_err()),
        _ => None,
    });
    assert_eq!(exported.kind, "already-open", "{exported}");
    second.ask(Ask::MakeKey { folder: folder.path().to_owned(), again: false });
    let made = wait(&heard, |message| if let Message::KeyMade(_, made) = message { Some(made.err()) } else { None });
    assert_eq!(made.map(|trouble| trouble.kind), Some("already-open"));

    types(&mut first, "visit", "村文化大院晚上不开门, 没有地方跳舞");
    settle(&mut first, &told);
    // As after a kill: what lies on the disk now.
    let (drafts, found) = Drafts::open(Arc::new(zoufang::log::RealDisk), &place.home(), None, &[]);
    assert!(found.is_empty(), "{found:?}");
    let texts: Vec<&str> = drafts.drafts().map(|(_, draft)| draft.text.as_str()).collect();
    assert_eq!(texts, ["村文化大院晚上不开门, 没有地方跳舞"]);
}

// The second of two windows that both stood at the first page wrote its own settings and keys over the first one's.
#[test]
fn of_two_windows_that_begin_the_second_begins_nothing_over_the_first() {
    for passphrase in [None, Some("水井 核桃 三轮车")] {
        let folder = tempfile::tempdir().unwrap();
        let place = Place {
            cost: zoufang::seal::Cost { memory: 16, passes: 1, lanes: 1 },
            ..Place::new(folder.path().join("data"))
        };
        let (mut first, told) = start(place.clone());
        let (mut second, heard) = start(place.clone());
        for heard in [&told, &heard] {
            wait(heard, |message| matches!(message, Message::FirstRun).then_some(()));
        }
        let begins = |who: &str, passphrase: Option<&str>| Ask::SetUp {
            device: Box::new(zoufang::app::Device { visitors: vec![who.into()], ..Default::default() }),
            practice: false,
            passphrase: passphrase.map(|typed| zoufang::app::Secret::new(typed.to_owned())),
        };
        first.ask(begins("陈明", None));
        wait(&told, |message| matches!(message, Message::Filled).then_some(()));
        second.ask(begins("张锦秋", passphrase));
        assert_eq!(refused(&heard).kind, "already-open");
        drop(first);
        second.ask(begins("张锦秋", passphrase));
        let trouble = refused(&heard);
        says(&trouble, &["已有活动数据", "没有动它"], &["campaign", "left as it is"]);
        drop(second);
        assert!(!place.is_locked(), "no key of another window");
        assert_eq!(place.device().unwrap().unwrap().visitors, ["陈明"]);
    }
}

#[test]
fn a_newer_programs_store_is_said_and_left_alone_to_the_byte() {
    let laptop = Laptop::of(1, "陈明", "一组");
    laptop.household("张守富");
    let segment = laptop.data().join("journal/000001.zfj");
    let mut bytes = std::fs::read(&segment).unwrap();
    bytes[8] = 2;
    let sum = crc32fast::hash(&bytes[..24]);
    bytes[24..28].copy_from_slice(&sum.to_le_bytes());
    std::fs::write(&segment, &bytes).unwrap();
    for args in [&["batch", "-"][..], &["list", "households"], &["check"], &["check", "--repair"]] {
        let [zh, en] = both(&laptop, args);
        assert!(zh.contains("更新版本的程序写的") && zh.contains("没有改动它") && zh.contains("换用新版本"), "{zh}");
        assert!(en.contains("written by a newer program") && en.contains("left it alone"), "{en}");
    }
    assert_eq!(std::fs::read(&segment).unwrap(), bytes);
}

// A folder without permission looked like one that is not there, and the first-run page offered to begin anew in it.
#[test]
#[cfg(unix)]
fn a_folder_that_cannot_be_looked_into_is_not_taken_for_one_without_a_campaign() {
    let folder = tempfile::tempdir().unwrap();
    // Root may look into anything but a link that leads to itself.
    let data = folder.path().join("data");
    std::os::unix::fs::symlink(&data, &data).unwrap();
    let place = Place::new(data.clone());
    let (_session, heard) = start(place.clone());
    let trouble = wait(&heard, |message| if let Message::Failed(trouble) = message { Some(trouble) } else { None });
    assert_eq!(trouble.kind, "folder-unreachable");
    says(&trouble, &["不能用", "检查磁盘"], &["cannot be used", "check the disk"]);
    assert_eq!(place.reachable(), Err(trouble));
    assert!(Place::new(folder.path().join("none")).reachable().is_ok(), "where nothing is one may begin");
    let asked = std::process::Command::new(env!("CARGO_BIN_EXE_zoufang"))
        .args(["--lang", "zh", "--data", data.to_str().unwrap(), "list", "households"])
        .output()
        .unwrap();
    let said = String::from_utf8(asked.stderr).unwrap();
    assert!(said.contains("不能用") && !said.contains("还没有活动数据"), "{said}");
}
