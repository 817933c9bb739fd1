//! Damage in the journal as people at the screens meet it: said, mended from the view, and missed in words where it is not.

use zoufang::app::{Ask, Message, Place, Request};
use zoufang::text::Lang;

use super::harness::{Laptop, Press};
use super::office::{ask, behind, household, import, set_up};
use crate::session::{start, wait};

// A middle byte of an older file of the journal: nothing was said, and F7 exported 89 of 590 records as if they were all.
#[test]
fn damage_in_an_older_file_of_the_journal_is_said_soon_after_opening_and_mended_from_the_view() {
    let laptop = Laptop::new(105);
    set_up(&laptop, "一组", "陈明");
    behind(&laptop, |keeper| {
        import(keeper, "r500.xlsx");
        ask(keeper, &zoufang::app::Request::new("household.add").with("head", "李桂英"));
    });
    let segment = laptop.data().join("journal/000002.zfj");
    let mut bytes = std::fs::read(&segment).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&segment, &bytes).unwrap();
    let stick = tempfile::tempdir().unwrap();
    for opening in 0..2 {
        let mut terminal = laptop.start((80, 24), &[("ZOUFANG_STICKS", &stick.path().to_string_lossy())], &[]);
        let read = terminal.read_columns(0, 80);
        let said = read.contains("000002.zfj") && read.contains("损坏") && read.contains("补回");
        assert_eq!(said, opening == 0, "said once, as it is mended then\n{}", terminal.screen());
        terminal.press(Press::F(7)).keys("4");
        let screen = terminal.screen();
        assert!(screen.contains("已导出 50") && screen.contains("已读回核对"), "{screen}");
        terminal.leave();
        terminal.wait_exit();
    }
}

// What was written over since is in no view: the export says that it lacks it, and so does the backup at the end, beside which
// the one of before stays.
#[test]
fn what_cannot_be_mended_is_missed_in_export_and_backup_and_nothing_counts_as_exported() {
    let laptop = Laptop::new(106);
    set_up(&laptop, "一组", "陈明");
    behind(&laptop, |keeper| {
        import(keeper, "r500.xlsx");
        let home = household(keeper, 7);
        for remark in ["耳背的老人", "去县城了", "回来了"] {
            ask(keeper, &Request::new("household.set").with_name("household", home).with("remark", remark));
        }
        keeper.back_up().unwrap();
        ask(keeper, &Request::new("household.add").with("head", "李桂英"));
    });
    let segment = laptop.data().join("journal/000003.zfj");
    let mut bytes = std::fs::read(&segment).unwrap();
    let at = bytes.windows("耳背".len()).position(|window| window == "耳背".as_bytes()).unwrap();
    bytes[at] ^= 1;
    std::fs::write(&segment, &bytes).unwrap();
    let backups = || std::fs::read_dir(laptop.data().join("backup")).unwrap().count();
    assert_eq!(backups(), 1);
    let stick = tempfile::tempdir().unwrap();
    // A day has passed since: what is new is backed up while the program runs.
    let (mut session, heard) = start(Place::new(laptop.data()));
    let found = wait(&heard, |message| if let Message::Damage(found) = message { Some(found) } else { None });
    let said: String = found.iter().map(|said| said.say(Lang::Zh)).collect();
    assert!(said.contains("1 条补不回来") && said.contains("备份先留着"), "{said}");
    let waiting = session.not_exported();
    session.ask(Ask::Export(stick.path().to_owned(), None));
    let exported =
        wait(&heard, |message| if let Message::Exported(_, done) = message { Some(done.unwrap()) } else { None });
    assert_eq!(exported.missing, 1);
    let lacks = exported.lacks().unwrap();
    assert!(lacks.say(Lang::Zh).contains("少 1 条: 日志有损坏") && lacks.say(Lang::En).contains("lacks 1"), "{lacks}");
    assert_eq!(session.not_exported(), waiting, "it waits for an export that is whole");
    session.ask(Ask::Do(Request::new("household.add").with("head", "王成友")));
    wait(&heard, |message| matches!(message, Message::Answer(..)).then_some(()));
    let parting = session.end(std::time::Duration::from_secs(60), |_| {});
    assert_eq!(parting.trouble.map(|trouble| trouble.kind), Some("journal-damaged"));
    assert_eq!(backups(), 3, "the good one, that of the day and that of the end");
}
