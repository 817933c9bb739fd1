//! Signals and sizes in the middle of a sentence: a window that is closed, a program that is stopped and goes on, a corner that
//! somebody pulls at, while a visit runs and half a line stands there.

use super::harness::{Press, Terminal};
use super::kitchen::sit_down;
use super::remains::Page;
use super::talk::gather;

const SIZE: (u16, u16) = (80, 24);
const SENTENCE: &str = "6 村里没有地方跳舞, 大家都这么说";

/// Fails unless a screen that was wiped by another program is drawn anew as it stands, cell by cell, its cursor where it is.
fn is_as_drawn_anew(terminal: &mut Terminal) {
    terminal.settle();
    let (screen, cells, cursor) = (terminal.screen(), terminal.cells(), terminal.cursor());
    terminal.signal("STOP");
    terminal.scribble("\x1b[0m\x1b[2J\x1b[H");
    assert_eq!(terminal.screen().trim(), "");
    terminal.signal("CONT");
    terminal.wait_for(&screen).settle();
    assert_eq!((terminal.cells(), terminal.cursor()), (cells, cursor), "{screen}\n\n{}", terminal.screen());
}

// The window of the terminal is closed over half a sentence.
#[test]
fn a_hangup_keeps_half_a_sentence_with_its_cursor() {
    let (mut kitchen, mut terminal) = sit_down(91);
    kitchen.talk(&mut terminal, 120);
    terminal.keys(SENTENCE).press(Press::Left).press(Press::Left);
    let page = Page::of(&terminal);
    for away in [None, Some(Press::F(2))] {
        // Also from the lookup, where what is only looked for is no draft.
        if let Some(key) = away {
            terminal.press(key).keys("lgy");
        }
        terminal.signal("HUP");
        assert_eq!(terminal.wait_exit().exit_code(), 129);
        terminal.assert_clean();
        terminal = kitchen.open();
        terminal.press(Press::Enter);
        assert!(terminal.screen().contains(&format!("> {SENTENCE}")), "{}", terminal.screen());
        assert_eq!(Page::of(&terminal), page, "{}", terminal.screen());
    }
}

#[test]
fn a_hangup_keeps_whom_one_looked_for_at_a_talk_with_its_cursor() {
    let (laptop, mut terminal) = gather(92);
    terminal.keys("@王成").press(Press::Left);
    let page = Page::of(&terminal);
    terminal.signal("HUP");
    assert_eq!(terminal.wait_exit().exit_code(), 129);
    terminal.assert_clean();
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("> @王成"), "{}", terminal.screen());
    assert_eq!(Page::of(&terminal), page, "{}", terminal.screen());
}

// Stopped from another terminal while a visit runs: what nobody saw is a gap, as sleep is.
#[test]
fn a_visit_that_is_stopped_gives_the_terminal_back_and_goes_on_where_it_was() {
    let (mut kitchen, mut terminal) = sit_down(93);
    kitchen.talk(&mut terminal, 60);
    terminal.keys(SENTENCE).press(Press::Left);
    let cursor = terminal.cursor();
    terminal.signal("TSTP");
    terminal.wait_until_stopped();
    terminal.assert_clean();
    terminal.scribble("$ \r\n");
    kitchen.laptop.clock.pass(370);
    terminal.signal("CONT");
    terminal.wait_until_taken();
    terminal.settle();
    let screen = terminal.screen();
    assert!(terminal.line_from_below(1).contains("中断了 06:10"), "{screen}");
    assert!(terminal.line(2).contains("01:00"), "the gap is not counted\n{screen}");
    assert!(screen.contains(&format!("> {SENTENCE}")), "{screen}");
    assert_eq!(terminal.cursor(), cursor, "{screen}");
    is_as_drawn_anew(&mut terminal);
    kitchen.talk(&mut terminal, 60);
    assert!(terminal.line(2).contains("02:00") && terminal.line(2).contains("有中断"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert_eq!(kitchen.written(&mut terminal), ["culture general problem 村里没有地方跳舞, 大家都这么说"]);
    terminal.assert_clean();
    assert_eq!(kitchen.recorded().0.proven_ms, 0, "it still runs");
}

#[test]
fn a_storm_of_sizes_in_a_visit_loses_nothing_and_draws_as_if_anew() {
    let (mut kitchen, mut terminal) = sit_down(94);
    kitchen.talk(&mut terminal, 60);
    terminal.keys(SENTENCE).press(Press::Left).press(Press::Left);
    let mut typed = SENTENCE.to_owned();
    let end = typed.len() - "么说".len();
    for round in 0..30_u16 {
        terminal.resize(if round == 29 { (200, 60) } else { (40 + round * 37 % 161, 12 + round * 13 % 49) });
        if round % 5 == 4 {
            terminal.keys("好");
            typed.insert(end, '好');
            is_as_drawn_anew(&mut terminal);
        }
    }
    terminal.resize((40, 12));
    is_as_drawn_anew(&mut terminal);
    terminal.resize(SIZE);
    is_as_drawn_anew(&mut terminal);
    assert!(terminal.screen().contains(&format!("> {typed}")), "{}", terminal.screen());
    assert!(terminal.line(2).contains("01:00"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    let said = typed.trim_start_matches("6 ");
    assert_eq!(kitchen.written(&mut terminal), [format!("culture general problem {said}")]);
    terminal.assert_clean();
}
