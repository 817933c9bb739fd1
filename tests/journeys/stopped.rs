//! What takes long is stopped by its own key while it is under way, and nothing was changed.

use std::path::Path;

use super::exchange::{export, group, long_roster, office, open};
use super::harness::{Laptop, Press, Terminal};
use super::office::behind;

/// Households enough for a person, and a test, to be quicker.
const LONG: usize = 20_000;
const STOP: &str = "Esc 停下";
const PASSPHRASE: &str = "水井核桃三轮车";

/// Sends keys that begin something long, and stops it as soon as the key for that is offered.
fn stopped(terminal: &mut Terminal, begin: &str) -> String {
    terminal.send(begin.as_bytes());
    terminal.wait_for(STOP);
    stop(terminal)
}

fn stop(terminal: &mut Terminal) -> String {
    terminal.press(Press::Esc);
    let screen = terminal.screen();
    assert!(!screen.contains(STOP), "{screen}");
    screen
}

/// Begins and stops until the stop was in time: on a quick machine it may be done before the key is heard, and says so then.
fn stopped_in_time(terminal: &mut Terminal, begin: &str, folder: &Path) {
    for _ in 0..20 {
        if stopped(terminal, begin).contains("停下了") {
            return;
        }
        for file in files(folder) {
            std::fs::remove_file(folder.join(file)).unwrap();
        }
    }
    panic!("never in time\n{}", terminal.screen());
}

/// Begins something done with a whole list and stops it. Where it was quicker, and its key perhaps offered in no frame that was
/// seen, `again` has all as it was.
fn list_stopped(terminal: &mut Terminal, begin: &str, done: &str, again: impl Fn(&mut Terminal)) -> String {
    for _ in 0..20 {
        terminal.send(begin.as_bytes());
        if terminal.wait_for_first(&[STOP, done]) {
            let screen = stop(terminal);
            if screen.contains("停下了, 名册还是原来的样子") {
                return screen;
            }
            // Esc came too late and opened the menu.
            terminal.press(Press::Esc);
        }
        again(terminal);
    }
    panic!("never in time\n{}", terminal.screen());
}

fn files(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
}

/// What a laptop knows of its households: how many there are, and every operation.
fn known(laptop: &Laptop) -> (usize, String) {
    behind(laptop, |keeper| (keeper.house().count(), format!("{:?}", keeper.known())))
}

#[test]
fn a_roster_given_back_an_export_and_sealing_stop_and_change_nothing() {
    let (stick, lists) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let laptop = group(13, "一组", "陈明", &long_roster(lists.path(), LONG), "12号");
    let before = known(&laptop);
    let mut terminal = open(&laptop, stick.path());
    stopped_in_time(&mut terminal, "4", stick.path());
    assert_eq!(files(stick.path()), [""; 0], "no export, and no half of one");
    terminal.press(Press::F(2));
    stopped_in_time(&mut terminal, "\x10mchg\r", stick.path());
    assert_eq!(files(stick.path()), [""; 0], "no list either");
    terminal.press(Press::Ctrl('p')).keys("口令\r").keys(PASSPHRASE).press(Press::Enter).keys(PASSPHRASE);
    stopped(&mut terminal, "\r");
    terminal.press(Press::Esc);
    assert!(!laptop.data().join("sealed").exists() && laptop.data().join("journal/000001.zfj").is_file());
    terminal.send(&[0x11]);
    terminal.wait_exit();
    assert_eq!(known(&laptop), before);
}

#[test]
fn an_import_that_is_being_taken_back_stays_where_that_is_stopped() {
    let lists = tempfile::tempdir().unwrap();
    let laptop = group(13, "一组", "陈明", &long_roster(lists.path(), LONG), "12号");
    let before = known(&laptop).0;
    let mut terminal = laptop.start((80, 24), &[], &[]);
    terminal.press(Press::Ctrl('p')).keys("drgd\r");
    let screen = list_stopped(&mut terminal, "2", "已撤销", |terminal| {
        terminal.keys("1");
    });
    assert!(screen.contains("在用"), "{screen}");
    terminal.send(&[0x11]);
    terminal.wait_exit();
    assert_eq!(known(&laptop).0, before);
}

#[test]
fn the_undo_of_a_roster_stops_on_any_page_and_is_pressed_again() {
    let lists = tempfile::tempdir().unwrap();
    let laptop = group(13, "一组", "陈明", &long_roster(lists.path(), LONG), "12号");
    let before = known(&laptop).0;
    let mut terminal = laptop.start((80, 24), &[], &[]);
    terminal.press(Press::Ctrl('p')).keys("drgd\r").keys("2");
    let is_gone = |terminal: &Terminal| terminal.screen().contains("已撤销");
    assert!(is_gone(&terminal), "{}", terminal.screen());
    // Ctrl-Z has it again, from the lookup too; stopped, it is taken back as it was.
    terminal.press(Press::F(2));
    list_stopped(&mut terminal, "\x1a", "又在用了", |terminal| {
        terminal.press(Press::Ctrl('p')).keys("drgd\r").keys("2").press(Press::F(2));
    });
    terminal.press(Press::Ctrl('p')).keys("drgd\r");
    assert!(is_gone(&terminal), "{}", terminal.screen());
    // Now the last thing recorded is that it is gone: not stopped, it comes again.
    terminal.press(Press::Ctrl('z'));
    assert!(!is_gone(&terminal) && terminal.notice().contains("又在用了"), "{}", terminal.screen());
    terminal.send(&[0x11]);
    terminal.wait_exit();
    assert_eq!(known(&laptop).0, before);
}

#[test]
fn the_verifying_before_a_laptop_is_emptied_stops_and_empties_nothing() {
    let (stick, lists) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let laptop = group(13, "一组", "陈明", &long_roster(lists.path(), LONG), "12号");
    export(&laptop, stick.path());
    let office = office(21);
    let mut terminal = open(&office, stick.path());
    terminal.press(Press::Ctrl('a')).keys("4");
    assert!(terminal.screen().contains("已读回核对"), "{}", terminal.screen());
    drop(terminal);
    let before = known(&laptop);
    let mut terminal = laptop.start((80, 24), &[("ZOUFANG_STICKS", &stick.path().to_string_lossy())], &[]);
    terminal.press(Press::Ctrl('p')).keys("hdjs\r");
    let screen = stopped(&mut terminal, "\r");
    assert!(screen.contains("停下了, 什么都没有改") && screen.contains("办公室-王主任"), "{screen}");
    terminal.send(&[0x11]);
    terminal.wait_exit();
    assert_eq!(known(&laptop), before);
}
