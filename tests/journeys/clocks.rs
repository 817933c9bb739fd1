//! Clocks of laptops on the exchange page: nobody is accused by a clock that is itself wrong, and nothing is recorded of a clock that
//! nobody read.

use zoufang::app::Request;

use super::exchange::{export, open};
use super::harness::{Laptop, Press, Terminal};
use super::office::{ask, behind, set_up};

/// A laptop whose clock says so, with a household and an export of it.
fn group(seed: u64, name: &str, person: &str, at: &str, stick: &std::path::Path) -> Laptop {
    let mut laptop = Laptop::new(seed);
    laptop.clock.set_wall(at);
    set_up(&laptop, name, person);
    behind(&laptop, |keeper| ask(keeper, &Request::new("household.add").with("head", "张守富")));
    export(&laptop, stick);
    laptop
}

fn office(seed: u64, at: &str) -> Laptop {
    let mut office = Laptop::new(seed);
    office.clock.set_wall(at);
    set_up(&office, "办公室", "李光军");
    office
}

/// Tells how many clocks were corrected.
fn corrected(laptop: &Laptop, terminal: Terminal) -> usize {
    drop(terminal);
    behind(laptop, |keeper| {
        let house = keeper.house();
        house.shelf(|shelf, _| {
            let laptops: std::collections::BTreeSet<u64> =
                shelf.writers().into_values().map(|writer| writer.laptop).collect();
            laptops.into_iter().filter(|laptop| shelf.clocks().of(*laptop).is_some()).count()
        })
    })
}

/// What stands on the screen, without blanks: a sentence that is longer than a line is broken anywhere.
fn said(terminal: &Terminal) -> String {
    terminal.screen().split_whitespace().collect()
}

// It called its own 1970 that of another laptop, and F8 recorded a correction of a right one.
#[test]
fn a_laptop_at_1970_names_its_own_clock_and_corrects_no_other() {
    let stick = tempfile::tempdir().unwrap();
    let _one = group(41, "一组", "陈明", "2021-05-18T19:42:00+08:00", stick.path());
    let mut five = office(45, "1970-01-01T08:05:00+08:00");
    let mut terminal = open(&five, stick.path());
    assert!(terminal.line(0).contains("1970年1月1日 周四 08:05  时间对吗?"), "{}", terminal.screen());
    for merged in [false, true] {
        if merged {
            terminal.press(Press::Ctrl('a'));
        }
        assert!(terminal.line(2).contains("本机的时间是 1970 年: 先把它调对"), "{}", terminal.screen());
        assert!(!terminal.screen().contains("那台电脑的时间"), "{}", terminal.screen());
        terminal.keys("7");
        assert!(terminal.notice().contains("本机的时间是 1970 年"), "{}", terminal.screen());
        terminal.press(Press::F(8));
    }
    // No word makes 1970 right.
    terminal.press(Press::Ctrl('p')).keys("dnsjmc\r");
    assert!(terminal.notice().contains("本机的时间是 1970 年"), "{}", terminal.screen());
    assert!(terminal.line(0).contains("时间对吗?"), "{}", terminal.screen());
    assert_eq!(corrected(&five, terminal), 0);
    let refused = behind(&five, |keeper| {
        let laptop = format!("{:016x}", 41);
        keeper.run(&Request::new("clock.correct").with("laptop", laptop).with("ahead_minutes", 60)).unwrap_err()
    });
    assert_eq!(refused.kind, "own-clock", "{refused:?}");
    // Set right and said to be right, it looks at others as any laptop does.
    five.clock.set_wall("2021-05-18T20:00:00+08:00");
    let mut terminal = open(&five, stick.path());
    terminal.keys("7");
    assert!(terminal.notice().contains("先把本机的钟调对"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('p')).keys("dnsjmc\r").press(Press::F(7)).keys("7");
    assert!(terminal.screen().contains("它的钟显示"), "{}", terminal.screen());
}

// The reading of an export a minute or a week old stood there as what the clock shows now.
#[test]
fn seven_and_f8_record_nothing_of_a_clock_that_nobody_read() {
    let stick = tempfile::tempdir().unwrap();
    let _right = group(51, "一组", "陈明", "2021-05-18T19:42:00+08:00", stick.path());
    let office = office(52, "2021-05-20T19:42:00+08:00");
    let mut terminal = open(&office, stick.path());
    terminal.keys("7").press(Press::F(8));
    assert!(terminal.notice().contains("先写它的钟显示几点"), "{}", terminal.screen());
    // What stands in the file is no reading of today.
    terminal.keys("2021-05-18 19:42").press(Press::F(8));
    assert!(terminal.notice().contains("这是导出时的时间"), "{}", terminal.screen());
    assert_eq!(corrected(&office, terminal), 0);
}

// Of a stick that lay about for four days the error was taken short by four days.
#[test]
fn the_reading_of_an_export_is_held_against_the_day_of_the_export_and_taken_back_on_the_page() {
    let stick = tempfile::tempdir().unwrap();
    let _four = group(54, "四组", "王秀兰", "2031-05-18T19:42:00+08:00", stick.path());
    let office = office(52, "2021-05-22T20:00:00+08:00");
    let mut terminal = open(&office, stick.path());
    terminal.press(Press::Ctrl('a')).keys("7");
    assert!(said(&terminal).contains("导出时它显示2031-05-1819:42"), "{}", terminal.screen());
    terminal.keys("2031-05-18 19:42").press(Press::F(8));
    assert!(terminal.notice().contains("这是导出时的时间"), "{}", terminal.screen());
    terminal.press(Press::Tab).keys("2021-05-18 19:42");
    assert!(terminal.screen().contains("快 3652 天"), "{}", terminal.screen());
    terminal.press(Press::F(8));
    assert!(!terminal.screen().contains("按 7 更正"), "{}", terminal.screen());
    let at = "已更正: 快 3652 天";
    terminal.keys("7");
    assert!(terminal.screen().contains(at), "{}", terminal.screen());
    terminal.press(Press::Ctrl('d'));
    assert!(terminal.line(2).contains("四组 王秀兰: 那台电脑的时间快"), "{}", terminal.screen());
    assert_eq!(corrected(&office, terminal), 0);
}

// It was called six days ahead though it had been set right, and the true answer was refused.
#[test]
fn a_clock_that_was_ahead_and_set_back_is_corrected_by_what_it_was_then() {
    let stick = tempfile::tempdir().unwrap();
    let mut six = Laptop::new(56);
    six.clock.set_wall("2021-05-25T19:40:00+08:00");
    set_up(&six, "六组", "赵建国");
    behind(&six, |keeper| ask(keeper, &Request::new("household.add").with("head", "张守富")));
    six.clock.set_wall("2021-05-18T19:50:00+08:00");
    behind(&six, |keeper| ask(keeper, &Request::new("household.add").with("head", "李秋生")));
    export(&six, stick.path());
    let office = office(52, "2021-05-18T21:00:00+08:00");
    let mut terminal = open(&office, stick.path());
    terminal.press(Press::Ctrl('a'));
    assert!(terminal.line(2).contains("六组 赵建国: 那台电脑的时间往回走了 6 天"), "{}", terminal.screen());
    terminal.keys("7");
    let screen = said(&terminal);
    assert!(screen.contains("它写过2021-05-2519:40,后来又写2021-05-1819:50"), "{}", terminal.screen());
    terminal.press(Press::F(8));
    assert!(terminal.notice().contains("先写它的钟显示几点"), "{}", terminal.screen());
    terminal.keys("2021-05-25 19:40").press(Press::Tab).keys("2021-05-18 19:40");
    assert!(terminal.screen().contains("快 7 天, 它的 2021-05-25 到 2021-05-25"), "{}", terminal.screen());
    terminal.press(Press::F(8));
    assert!(!terminal.screen().contains("按 7 更正"), "{}", terminal.screen());
    assert_eq!(corrected(&office, terminal), 1);
}

// 已更正 was said of it, and the laptop was named as before.
#[test]
fn a_correction_that_touches_no_record_says_so_and_leads_to_the_day() {
    let stick = tempfile::tempdir().unwrap();
    let _seven = group(57, "七组", "孙传宝", "2021-05-20T09:00:00+08:00", stick.path());
    let office = office(52, "2021-05-19T20:00:00+08:00");
    let mut terminal = open(&office, stick.path());
    terminal.press(Press::Ctrl('a')).keys("7").keys("2021-05-21 20:30").press(Press::F(8));
    let refused = said(&terminal);
    assert!(refused.contains("一条也没有更正") && refused.contains("先合并再来"), "{}", terminal.screen());
    // The cursor stands where the day is written.
    terminal.keys("2021-05-20").press(Press::F(8));
    assert!(terminal.notice().contains("已更正"), "{}", terminal.screen());
    assert_eq!(corrected(&office, terminal), 1);
}

// It was named for thirty days whatever somebody said who stood before it.
#[test]
fn a_clock_that_was_off_by_hours_is_said_to_be_right_and_that_is_taken_back_on_the_page() {
    let stick = tempfile::tempdir().unwrap();
    let mut six = Laptop::new(56);
    six.clock.set_wall("2021-05-18T19:40:00+08:00");
    set_up(&six, "六组", "赵建国");
    behind(&six, |keeper| ask(keeper, &Request::new("household.add").with("head", "张守富")));
    six.clock.set_wall("2021-05-18T15:40:00+08:00");
    behind(&six, |keeper| ask(keeper, &Request::new("household.add").with("head", "李秋生")));
    export(&six, stick.path());
    let office = office(52, "2021-05-18T21:00:00+08:00");
    let mut terminal = open(&office, stick.path());
    let named = |terminal: &Terminal| terminal.screen().contains("六组 赵建国: 那台电脑的时间往回走了 4 小时");
    terminal.press(Press::Ctrl('a'));
    assert!(named(&terminal), "{}", terminal.screen());
    terminal.keys("7");
    assert!(said(&terminal).contains("按Ctrl-T,以后不再提"), "{}", terminal.screen());
    // What was written before that was gone.
    terminal.keys("2021-05-18 15:50").press(Press::Ctrl('t'));
    assert!(!named(&terminal), "{}", terminal.screen());
    terminal.press(Press::Ctrl('z'));
    assert!(named(&terminal), "{}", terminal.screen());
    terminal.keys("7");
    assert!(
        terminal.screen().contains("> ") && terminal.screen().contains("2021-05-18 15:50"),
        "{}",
        terminal.screen()
    );
    terminal.press(Press::Ctrl('u')).press(Press::Esc).press(Press::Esc).press(Press::F(7));
    terminal.keys("7").press(Press::Ctrl('t')).keys("7");
    assert!(said(&terminal).contains("说过它现在没错"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('d'));
    assert!(named(&terminal), "{}", terminal.screen());
}

// The page named it by its file, and Ctrl-T said that nothing shows.
#[test]
fn a_clock_whose_file_is_ahead_is_not_said_to_be_right_before_or_after_the_merge() {
    let stick = tempfile::tempdir().unwrap();
    let _four = group(54, "四组", "王秀兰", "2021-05-18T23:00:00+08:00", stick.path());
    let office = office(52, "2021-05-18T20:00:00+08:00");
    let mut terminal = open(&office, stick.path());
    for merged in [false, true] {
        if merged {
            terminal.press(Press::F(7)).press(Press::Ctrl('a'));
        }
        assert!(terminal.line(2).contains("四组 王秀兰: 那台电脑的时间快 3 小时"), "{}", terminal.screen());
        terminal.keys("7").press(Press::Ctrl('t'));
        assert!(terminal.notice().contains("还没调对, 不能说没错"), "{}", terminal.screen());
    }
}

// It went back without a word, and Ctrl-Z took the household back that was added before.
#[test]
fn what_is_noted_of_the_own_clock_on_the_page_is_said_and_taken_back_alone() {
    let stick = tempfile::tempdir().unwrap();
    let mut own = office(52, "2021-05-18T20:00:00+08:00");
    behind(&own, |keeper| ask(keeper, &Request::new("household.add").with("head", "张守富")));
    own.clock.set_wall("2021-05-15T20:00:00+08:00");
    let mut terminal = open(&own, stick.path());
    terminal.press(Press::Ctrl('p')).keys("dnsjmc\r");
    assert!(terminal.notice().contains("记下了: 现在的时间是对的"), "{}", terminal.screen());
    assert!(!terminal.line(0).contains("时间对吗?"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('z'));
    assert!(terminal.notice().contains("撤回了 电脑时间没错"), "{}", terminal.screen());
    assert!(terminal.line(0).contains("时间对吗?"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('p')).keys("dnsjmc\r").keys("7").press(Press::Ctrl('t'));
    assert!(terminal.notice().contains("差了 3 天"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('d'));
    assert!(terminal.line(0).contains("时间对吗?"), "{}", terminal.screen());
}

// It recorded nothing and said that it had: a true doubt of the next month was silent.
#[test]
fn that_the_own_clock_is_right_is_noted_only_where_something_is_doubted() {
    let stick = tempfile::tempdir().unwrap();
    let _one = group(51, "一组", "陈明", "2021-05-18T19:42:00+08:00", stick.path());
    let office = office(52, "2021-05-18T20:00:00+08:00");
    let mut terminal = open(&office, stick.path());
    terminal.press(Press::Ctrl('p')).keys("dnsjmc\r");
    assert!(terminal.notice().contains("没有可疑的地方"), "{}", terminal.screen());
}

// The files alone tell of it before anything is merged.
#[test]
fn a_doubt_that_only_files_tell_of_is_answered_on_the_page() {
    let stick = tempfile::tempdir().unwrap();
    let _one = group(51, "一组", "陈明", "2021-05-18T19:42:00+08:00", stick.path());
    let _two = group(53, "二组", "张文彬", "2021-05-18T19:45:00+08:00", stick.path());
    let office = office(52, "2020-06-01T08:00:00+08:00");
    let mut terminal = open(&office, stick.path());
    assert!(terminal.line(2).contains("先把本机的钟调对"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('p')).keys("dnsjmc\r");
    assert!(terminal.notice().contains("记下了: 现在的时间是对的"), "{}", terminal.screen());
    assert!(!terminal.screen().contains("先把本机的钟调对"), "{}", terminal.screen());
    assert!(terminal.line(2).contains("那台电脑的时间快 351 天"), "{}", terminal.screen());
}

// It was promised and held for no reading at all.
#[test]
fn a_correction_that_begins_after_what_the_clock_shows_is_refused() {
    let stick = tempfile::tempdir().unwrap();
    let _one = group(51, "一组", "陈明", "2021-05-18T19:42:00+08:00", stick.path());
    let office = office(52, "2021-05-18T20:00:00+08:00");
    let mut terminal = open(&office, stick.path());
    terminal.keys("7").keys("2021-05-21 08:00").press(Press::Tab).press(Press::Tab).keys("2021-05-25");
    assert!(terminal.screen().contains("比它的钟显示的还晚"), "{}", terminal.screen());
    terminal.press(Press::F(8));
    assert!(terminal.notice().contains("比它的钟显示的还晚"), "{}", terminal.screen());
    assert_eq!(corrected(&office, terminal), 0);
}

// 23:10 was taken for yesterday's: 慢 21 小时 stood there and was recorded.
#[test]
fn a_clock_that_is_hours_ahead_is_read_the_short_way_too() {
    let stick = tempfile::tempdir().unwrap();
    let _two = group(57, "二组", "张文彬", "2021-05-18T22:50:00+08:00", stick.path());
    let office = office(52, "2021-05-18T20:10:00+08:00");
    let mut terminal = open(&office, stick.path());
    terminal.press(Press::Ctrl('a')).keys("7").keys("23:10");
    assert!(terminal.screen().contains("快 3 小时"), "{}", terminal.screen());
    terminal.press(Press::F(8));
    assert!(terminal.notice().contains("二组 张文彬的钟快 3 小时"), "{}", terminal.screen());
    assert_eq!(corrected(&office, terminal), 1);
}

// The banner named one laptop and 7 opened another, of which the reading was recorded without a word.
#[test]
fn seven_opens_the_laptop_that_the_banner_names_and_page_down_each_of_the_others() {
    let stick = tempfile::tempdir().unwrap();
    let _three = group(53, "三组", "苗兴英", "2031-05-18T19:42:00+08:00", stick.path());
    let _four = group(54, "四组", "王秀兰", "1970-01-02T08:00:00+08:00", stick.path());
    let _eight = group(58, "八组", "赵建国", "2021-05-18T19:42:00+08:00", stick.path());
    let office = office(52, "2021-05-18T20:00:00+08:00");
    let mut terminal = open(&office, stick.path());
    terminal.press(Press::Ctrl('a'));
    let banner = |terminal: &Terminal| terminal.line(2).split(':').next().unwrap().trim().to_owned();
    let mut named = std::collections::BTreeSet::new();
    for _ in 0..3 {
        let who = banner(&terminal);
        terminal.keys("7");
        assert!(terminal.line(2).trim().starts_with(&format!("{who} (1/3): ")), "{who}: {}", terminal.screen());
        terminal.press(Press::Esc).keys("00").press(Press::Down);
        named.insert(who);
    }
    assert_eq!(named.len(), 2, "{named:?}");
    // The wrong ones come first, and what nothing is said of is reached as well.
    let first = banner(&terminal);
    terminal.keys("7");
    let mut turn = vec![first];
    for _ in 0..3 {
        terminal.press(Press::PageDown);
        turn.push(terminal.line(2).split(" (").next().unwrap().trim().to_owned());
    }
    assert!(turn[0] == turn[3] && turn[0] != turn[1] && turn[2] == "八组 赵建国", "{turn:?}");
    // One is corrected, and the banner goes on to the other, with 7.
    while !terminal.line(2).contains("三组") {
        terminal.press(Press::PageDown);
    }
    terminal.keys("2031-05-18 19:42").press(Press::Tab).keys("2021-05-18 19:42").press(Press::F(8));
    assert_eq!(banner(&terminal), "四组 王秀兰");
    terminal.keys("7");
    assert!(terminal.line(2).contains("四组 王秀兰"), "{}", terminal.screen());
}
