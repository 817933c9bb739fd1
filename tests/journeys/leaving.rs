//! Leaving: what whoever leaves is asked first, and what is said once the screens are gone.

use zoufang::app::Request;

use super::harness::{Laptop, Press, Terminal};
use super::kitchen::sit_down;
use super::office::{ask, behind, set_up};

const SIZE: (u16, u16) = (80, 24);
const BEFORE: &str = "退出以前";

/// A laptop that knows one household, of which no export tells.
fn laptop(seed: u64) -> Laptop {
    let laptop = Laptop::new(seed);
    set_up(&laptop, "一组", "陈明");
    behind(&laptop, |keeper| ask(keeper, &Request::new("household.add").with("head", "张守富")));
    laptop
}

/// Records one more household.
fn record(terminal: &mut Terminal, head: &str) {
    terminal.press(Press::F(2)).press(Press::Ctrl('n')).keys(head).press(Press::F(8));
    assert!(!terminal.screen().contains("没存上"), "{}", terminal.screen());
}

// What is printed once the screens are gone nobody reads whose window closes with them.
#[test]
fn who_leaves_with_records_that_no_export_holds_is_asked() {
    let laptop = laptop(1);
    let stick = tempfile::tempdir().unwrap();
    let sticks = stick.path().to_string_lossy().into_owned();
    let start = || laptop.start(SIZE, &[("ZOUFANG_STICKS", &sticks)], &[]);
    let asks = |terminal: &Terminal| terminal.screen().contains("还有 1 条没有导出到U盘");
    // Esc stays, and is no answer: the next time it is asked again.
    let mut terminal = start();
    terminal.press(Press::Ctrl('q'));
    assert!(asks(&terminal), "{}", terminal.screen());
    // Whoever does not know what to answer is told, and asked again.
    terminal.press(Press::F(1));
    assert!(terminal.screen().contains("退出以前该知道的") && !asks(&terminal), "{}", terminal.screen());
    terminal.press(Press::F(1));
    assert!(asks(&terminal), "{}", terminal.screen());
    terminal.press(Press::Esc);
    assert!(!asks(&terminal) && terminal.screen().contains("张守富"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('q'));
    assert!(asks(&terminal), "{}", terminal.screen());
    terminal.send(&[0x11]);
    assert!(terminal.wait_exit().success());
    assert!(!asks(&terminal), "whoever answered knows it\n{}", terminal.screen());
    // Enter leaves, however it was asked.
    let mut terminal = start();
    terminal.press(Press::Ctrl('c')).press(Press::Ctrl('c'));
    assert!(asks(&terminal), "{}", terminal.screen());
    terminal.send(b"\r");
    assert!(terminal.wait_exit().success());
    assert!(!asks(&terminal), "whoever answered knows it\n{}", terminal.screen());
    let mut terminal = start();
    terminal.press(Press::Ctrl('q')).send(&[3]);
    assert!(terminal.wait_exit().success());
    assert!(!asks(&terminal), "{}", terminal.screen());
    // 4 leads to the export; after it nothing waits.
    let mut terminal = start();
    terminal.press(Press::Ctrl('q')).keys("4");
    assert!(terminal.screen().contains("合并   U盘"), "{}", terminal.screen());
    terminal.keys("4").send(&[0x11]);
    assert!(terminal.wait_exit().success());
}

// A paste of several lines lost its question, and was one line.
#[test]
fn whoever_stays_finds_what_lay_open_before_leaving_was_asked_about() {
    let (kitchen, mut terminal) = sit_down(41);
    terminal.paste("第一件\n第二件");
    assert!(terminal.screen().contains("粘贴了几行"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('c')).press(Press::Ctrl('c'));
    assert!(terminal.screen().contains("退出以前"), "{}", terminal.screen());
    terminal.press(Press::Esc).press(Press::Ctrl('s'));
    assert!(terminal.screen().contains("粘贴了几行"), "{}", terminal.screen());
    terminal.keys("2");
    assert_eq!(kitchen.written(&mut terminal), ["note 第一件", "note 第二件"]);
}

// Whoever was not asked before is reminded after leaving; an export silences it, and days without one stand in the header.
#[test]
fn what_no_stick_has_is_said_after_leaving_and_with_its_days_in_the_header() {
    let mut laptop = laptop(1);
    let stick = tempfile::tempdir().unwrap();
    let leave = |mut terminal: Terminal| {
        terminal.signal("TERM");
        terminal.wait_exit();
        terminal.screen()
    };
    let said = leave(laptop.start(SIZE, &[], &[]));
    assert!(said.contains("还有 1 条没有导出到U盘"), "{said}");
    laptop.clock.pass(3 * 86_400);
    let sticks = stick.path().to_string_lossy().into_owned();
    let mut terminal = laptop.start(SIZE, &[("ZOUFANG_STICKS", &sticks)], &[]);
    assert!(terminal.line(0).contains("待导出 1 (3天)"), "{}", terminal.screen());
    terminal.press(Press::F(7)).keys("4");
    assert!(!terminal.line(0).contains("待导出"), "{}", terminal.screen());
    let said = leave(terminal);
    assert!(!said.contains("没有导出"), "{said}");
}

// It was asked about once in a run, whatever was recorded after that, and whoever had stayed left with the next key.
#[test]
fn what_was_recorded_since_the_last_answer_is_asked_about_again_after_an_export_too() {
    let laptop = laptop(2);
    let stick = tempfile::tempdir().unwrap();
    let sticks = stick.path().to_string_lossy().into_owned();
    let mut terminal = laptop.start(SIZE, &[("ZOUFANG_STICKS", &sticks)], &[]);
    for head in ["李桂英", "王成友"] {
        record(&mut terminal, head);
        terminal.press(Press::Ctrl('q'));
        assert!(terminal.screen().contains(BEFORE), "{head}\n{}", terminal.screen());
        terminal.press(Press::Esc);
    }
    // As few as before, but none of them is in the export.
    terminal.press(Press::F(7)).keys("4");
    record(&mut terminal, "刘玉珍");
    terminal.press(Press::Ctrl('q'));
    assert!(terminal.screen().contains("还有 1 条没有导出"), "{}", terminal.screen());
    terminal.leave();
    assert!(terminal.wait_exit().success());
}

#[test]
fn whoever_leaves_a_visit_is_told_that_it_goes_on_and_it_does() {
    let (kitchen, mut terminal) = sit_down(42);
    terminal.press(Press::Ctrl('q'));
    let read = terminal.read_columns(18, 44);
    assert!(read.contains("走访还在计时,退出不结束它:下次打开接着"), "{read}\n{}", terminal.screen());
    terminal.press(Press::Esc).press(Press::Ctrl('t')).press(Press::Ctrl('q'));
    let read = terminal.read_columns(18, 44);
    assert!(read.contains("走访暂停着,退出不结束它"), "{read}\n{}", terminal.screen());
    terminal.send(&[0x11]);
    assert!(terminal.wait_exit().success());
    let mut terminal = kitchen.open();
    assert!(terminal.screen().contains("上次有一次走访没有结束"), "{}", terminal.screen());
    terminal.press(Press::Enter).press(Press::Ctrl('q'));
    assert!(terminal.screen().contains("下次打开接着"), "{}", terminal.screen());
    terminal.send(b"\r");
    assert!(terminal.wait_exit().success());
}

// It said that words are kept, and nothing of the minutes.
#[test]
fn the_first_ctrl_c_says_that_the_timer_goes_on_where_one_runs() {
    let (_kitchen, mut terminal) = sit_down(43);
    terminal.press(Press::Ctrl('c'));
    assert!(terminal.notice().contains("打的字都在. 走访还在计时, 退出不结束它."), "{}", terminal.screen());
    terminal.press(Press::Ctrl('t')).press(Press::Ctrl('c'));
    assert!(terminal.notice().contains("走访暂停着, 退出不结束它."), "{}", terminal.screen());
    terminal.press(Press::F(8)).press(Press::Ctrl('d')).press(Press::Ctrl('d')).press(Press::Ctrl('c'));
    let said = terminal.notice();
    assert!(said.contains("再按一次 Ctrl-C 退出") && !said.contains("不结束"), "{}", terminal.screen());
}

// What was not saved was not spoken of, and was gone.
#[test]
fn what_is_not_saved_is_asked_about_each_time_and_only_its_own_key_leaves() {
    for size in [SIZE, (40, 12)] {
        let laptop = laptop(3);
        let elsewhere = laptop.data().with_file_name("elsewhere");
        let mut terminal = laptop.start(size, &[], &[]);
        terminal.press(Press::Ctrl('n')).keys("李秋");
        std::fs::rename(laptop.data(), &elsewhere).unwrap();
        terminal.keys("生").press(Press::Ctrl('s'));
        assert!(terminal.line(0).ends_with("没存上!"), "{}", terminal.screen());
        for _ in 0..2 {
            terminal.press(Press::Ctrl('q'));
            let screen = terminal.screen();
            assert!(screen.contains("没存上: ") && screen.contains("退出就没了: 李秋生"), "{screen}");
            for key in [Press::Ctrl('q'), Press::Ctrl('c'), Press::Ctrl('c')] {
                terminal.press(key);
                assert!(terminal.screen().contains(BEFORE), "{key:?}\n{}", terminal.screen());
            }
            terminal.press(Press::Enter);
            assert!(!terminal.screen().contains(BEFORE), "{}", terminal.screen());
        }
        terminal.press(Press::Ctrl('c')).press(Press::Ctrl('c')).send(b"9");
        terminal.wait_exit();
        std::fs::rename(&elsewhere, laptop.data()).unwrap();
        // Once it is saved nothing of it is asked.
        let mut terminal = laptop.start(size, &[], &[]);
        terminal.press(Press::Ctrl('q'));
        assert!(!terminal.screen().contains("没存上"), "{}", terminal.screen());
        terminal.send(b"\r");
        assert!(terminal.wait_exit().success());
    }
}
