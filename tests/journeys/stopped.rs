//! What takes long is stopped by its own key while it is under way, and nothing was changed.

use std::path::Path;

use super::exchange::{export, group, long_roster, office};
use super::harness::{Laptop, Press, Terminal};
use super::office::behind;
use crate::rebuild::copy;

const SIZE: (u16, u16) = (80, 24);
/// Households enough for a person, and a test, to be quicker.
const LONG: usize = 20_000;
/// The same for an import that is taken back, which a program built for use does in no time.
const LONGEST: usize = if cfg!(debug_assertions) { LONG } else { 100_000 };
/// What takes long is offered to be stopped nearly at once, and not only after a fifth of a second, in which a quick machine is done.
const SOON: (&str, &str) = ("ZOUFANG_SOON", "1");
/// How often something is begun until it is stopped in time.
const TRIES: usize = 20;
const STOP: &str = "Esc 停下";
const MENU: &str = "数字 直接选";
const NOTHING_CHANGED: &str = "停下了, 什么都没有改";
const PASSPHRASE: &str = "水井核桃三轮车";

/// Begins something long and stops it as soon as the key for that is offered, which only `said` says. Where it was quicker than
/// the key, `again` has all as it was, and it is begun once more: every second time with the key right behind, as somebody
/// presses it who begins by mistake, which no machine is too quick for. An Enter would be part of a paste there.
pub fn stopped(terminal: &mut Terminal, begin: &str, said: &str, again: impl Fn(&mut Terminal)) -> String {
    for round in 0..TRIES {
        if round % 2 == 1 && !begin.contains('\r') {
            terminal.send(format!("{begin}\x1b[27u").as_bytes());
            terminal.settle();
        } else {
            terminal.send(begin.as_bytes());
            terminal.wait_for_glimpse(STOP).press(Press::Esc);
        }
        let screen = terminal.screen();
        assert!(!screen.contains(STOP), "{screen}");
        if screen.contains(said) {
            return screen;
        }
        // There was nothing to stop any more.
        if screen.contains(MENU) {
            terminal.press(Press::Esc);
        }
        again(terminal);
    }
    panic!("never in time\n{}", terminal.screen());
}

/// Begins and stops what writes into a folder, and leaves nothing there.
fn nothing_written(terminal: &mut Terminal, begin: &str, folder: &Path) {
    stopped(terminal, begin, NOTHING_CHANGED, |_| {
        for file in files(folder) {
            std::fs::remove_file(folder.join(file)).unwrap();
        }
    });
    assert_eq!(files(folder), [""; 0], "not even half of it");
}

/// Begins and stops something done with a whole list.
fn list_stopped(terminal: &mut Terminal, begin: &str, again: impl Fn(&mut Terminal)) -> String {
    stopped(terminal, begin, "停下了, 名册还是原来的样子", again)
}

/// Stops the sealing of a laptop, and gives the laptop: another one each time, since nothing has one that is sealed as it was.
fn sealing_stopped(laptop: &Laptop) -> Laptop {
    for _ in 0..TRIES {
        let laptop = laptop.as_it_lies(copy);
        let mut terminal = laptop.start(SIZE, &[SOON], &[]);
        terminal.press(Press::Ctrl('p')).keys("口令\r").keys(PASSPHRASE).press(Press::Enter).keys(PASSPHRASE);
        terminal.send(b"\r");
        terminal.wait_for_glimpse(STOP).press(Press::Esc);
        if !terminal.screen().contains("恢复码") {
            leave(terminal);
            return laptop;
        }
    }
    panic!("never in time");
}

fn at_the_exchange(laptop: &Laptop, stick: &Path) -> Terminal {
    let mut terminal = laptop.start(SIZE, &[SOON, ("ZOUFANG_STICKS", &stick.to_string_lossy())], &[]);
    terminal.press(Press::F(7));
    terminal
}

fn leave(mut terminal: Terminal) {
    terminal.leave();
    terminal.wait_exit();
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
    let mut terminal = at_the_exchange(&laptop, stick.path());
    nothing_written(&mut terminal, "4", stick.path());
    terminal.press(Press::F(2));
    nothing_written(&mut terminal, "\x10mchg\r", stick.path());
    leave(terminal);
    assert_eq!(known(&laptop), before);
    let laptop = sealing_stopped(&laptop);
    assert!(!laptop.data().join("sealed").exists() && laptop.data().join("journal/000001.zfj").is_file());
    assert_eq!(known(&laptop), before);
}

#[test]
fn an_import_that_is_being_taken_back_stays_where_that_is_stopped() {
    let lists = tempfile::tempdir().unwrap();
    let laptop = group(13, "一组", "陈明", &long_roster(lists.path(), LONGEST), "12号");
    let before = known(&laptop).0;
    let mut terminal = laptop.start(SIZE, &[SOON], &[]);
    terminal.press(Press::Ctrl('p')).keys("drgd\r");
    let screen = list_stopped(&mut terminal, "2", |terminal| {
        terminal.keys("1");
    });
    assert!(screen.contains("在用"), "{screen}");
    leave(terminal);
    assert_eq!(known(&laptop).0, before);
}

#[test]
fn the_undo_of_a_roster_stops_on_any_page_and_is_pressed_again() {
    let lists = tempfile::tempdir().unwrap();
    let laptop = group(13, "一组", "陈明", &long_roster(lists.path(), LONG), "12号");
    let before = known(&laptop).0;
    let mut terminal = laptop.start(SIZE, &[SOON], &[]);
    terminal.press(Press::Ctrl('p')).keys("drgd\r").keys("2");
    let is_gone = |terminal: &Terminal| terminal.screen().contains("已撤销");
    assert!(is_gone(&terminal), "{}", terminal.screen());
    // Ctrl-Z has it again, from the lookup too; stopped, it is taken back as it was.
    terminal.press(Press::F(2));
    list_stopped(&mut terminal, "\x1a", |terminal| {
        terminal.press(Press::Ctrl('p')).keys("drgd\r").keys("2").press(Press::F(2));
    });
    terminal.press(Press::Ctrl('p')).keys("drgd\r");
    assert!(is_gone(&terminal), "{}", terminal.screen());
    // Now the last thing recorded is that it is gone: not stopped, it comes again.
    terminal.press(Press::Ctrl('z'));
    assert!(!is_gone(&terminal) && terminal.notice().contains("又在用了"), "{}", terminal.screen());
    leave(terminal);
    assert_eq!(known(&laptop).0, before);
}

#[test]
fn the_verifying_before_a_laptop_is_emptied_stops_and_empties_nothing() {
    let (stick, lists) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let laptop = group(13, "一组", "陈明", &long_roster(lists.path(), LONG), "12号");
    export(&laptop, stick.path());
    let office = office(21);
    let mut terminal = at_the_exchange(&office, stick.path());
    terminal.press(Press::Ctrl('a')).keys("4");
    assert!(terminal.screen().contains("已读回核对"), "{}", terminal.screen());
    drop(terminal);
    let before = known(&laptop);
    let mut terminal = laptop.start(SIZE, &[("ZOUFANG_STICKS", &stick.path().to_string_lossy())], &[]);
    terminal.press(Press::Ctrl('p')).keys("hdjs\r");
    // Where it was verified, Esc kept what is here.
    let screen = stopped(&mut terminal, "\r", NOTHING_CHANGED, |_| {});
    assert!(screen.contains("办公室-王主任"), "{screen}");
    leave(terminal);
    assert_eq!(known(&laptop), before);
}
