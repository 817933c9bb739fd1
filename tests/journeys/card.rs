//! The card of a household: what is written there, and what is asked about before it is recorded.

use zoufang::app::Request;
use zoufang::domain::{Household, Name};

use super::harness::{Laptop, Press, Terminal};
use super::office::{ask, behind, set_up};

/// Opens the facts of a household.
fn facts(seed: u64) -> (Laptop, Name, Terminal) {
    let laptop = Laptop::new(seed);
    set_up(&laptop, "一组", "陈明");
    let home = behind(&laptop, |keeper| {
        ask(keeper, &Request::new("household.add").with("head", "张守富").with("village", "东里东村")).name().unwrap()
    });
    let mut terminal = laptop.start((80, 24), &[], &[]);
    terminal.press(Press::Enter).keys("5");
    (laptop, home, terminal)
}

/// Goes to a fact by its name.
fn go_to(terminal: &mut Terminal, fact: &str) {
    let is_there = |line: &str| line.starts_with('>') && line.contains(fact);
    for _ in 0..40 {
        if terminal.screen().lines().any(is_there) {
            return;
        }
        terminal.press(Press::Down);
    }
    panic!("{fact}\n{}", terminal.screen());
}

fn known(laptop: &Laptop, home: Name) -> Household {
    behind(laptop, |keeper| keeper.house().household(home).unwrap())
}

// A slip of a finger made somebody born in 2090, and nobody said anything.
#[test]
fn a_year_of_birth_to_come_is_asked_about_and_recorded_when_it_is_said_again() {
    let (laptop, home, mut terminal) = facts(80);
    go_to(&mut terminal, "出生年");
    terminal.keys("2090\r");
    assert!(terminal.notice().contains("出生年 2090 还没到? Enter 再按一次就这样记"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('u')).keys("1950\r");
    go_to(&mut terminal, "出生年");
    terminal.keys("2091\r\r");
    terminal.send(&[0x11]);
    terminal.wait_exit();
    assert_eq!(known(&laptop, home).birth_year, Some(2091));
}

// Only 2020-10-01 was taken, while every other day may be written as people say it.
#[test]
fn since_when_somebody_is_away_is_written_as_people_say_it() {
    let (_laptop, _, mut terminal) = facts(81);
    go_to(&mut terminal, "在外自");
    terminal.keys("很久了\r");
    assert!(
        terminal.notice().contains("看不懂 “很久了”") && terminal.screen().contains("很久了"),
        "{}",
        terminal.screen()
    );
    terminal.press(Press::Ctrl('u')).keys("去年10月\r");
    assert!(terminal.notice().contains("在外自 记作 2020年10月1日"), "{}", terminal.screen());
    assert!(terminal.screen().contains("在外自  2020-10-01"), "{}", terminal.screen());
    terminal.press(Press::Enter).press(Press::Ctrl('u')).keys("５.１２\r");
    assert!(terminal.screen().contains("在外自  2021-05-12"), "{}", terminal.screen());
    terminal.press(Press::Enter).press(Press::Ctrl('u')).keys("2019\r");
    assert!(terminal.screen().contains("在外自  2019-01-01"), "{}", terminal.screen());
}
