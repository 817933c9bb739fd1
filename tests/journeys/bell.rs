//! The bell at the minimum: it can be turned off, on this laptop, and what is seen of the minimum stays.

use super::harness::{Press, Terminal};
use super::kitchen::{Kitchen, sit_down};
use super::talk::{gather, pass};

const SIZE: (u16, u16) = (80, 24);

/// Chooses what the palette finds first.
fn command(terminal: &mut Terminal, words: &str) {
    terminal.press(Press::Ctrl('p')).keys(words).press(Press::Enter);
}

// 静音 was promised and there was no such thing: it rang in a house with a sleeping child.
#[test]
fn once_it_is_off_no_visit_rings_after_a_restart_either_and_the_bar_and_its_word_change() {
    let (mut kitchen, mut terminal) = sit_down(11);
    terminal.press(Press::Ctrl('p')).keys("静音");
    assert!(
        terminal.screen().contains("> 铃声: 关") && !terminal.screen().contains("铃声: 开"),
        "{}",
        terminal.screen()
    );
    terminal.press(Press::Enter);
    assert!(terminal.notice().contains("铃声关了"), "{}", terminal.screen());
    Kitchen::flat(&mut terminal);
    let mut terminal = kitchen.open();
    terminal.press(Press::Enter);
    kitchen.talk(&mut terminal, 899);
    assert!(terminal.line(2).contains("还差 00:01"), "{}", terminal.screen());
    kitchen.talk(&mut terminal, 1);
    assert!(terminal.line(2).contains("15:00") && terminal.line(2).contains("已满"), "{}", terminal.screen());
    // The sentence is the one of always, and the footer has its keys.
    assert!(terminal.notice().contains("已满15分钟") && !terminal.is_reversed(79, 22), "{}", terminal.screen());
    terminal.keys("好");
    assert!(!terminal.line_from_below(0).contains("已满"), "{}", terminal.screen());
    kitchen.talk(&mut terminal, 120);
    assert_eq!(terminal.bells(), 0);
    // The menu says what it would do now.
    terminal.press(Press::Ctrl('u')).press(Press::Esc);
    let screen = terminal.screen();
    assert!(screen.contains("060  铃声: 开") && !screen.contains("铃声: 关"), "{screen}");
    terminal.keys("060");
    assert!(terminal.notice().contains("铃声开了"), "{}", terminal.screen());
    // The next household hears it.
    terminal.press(Press::F(8)).press(Press::Enter).press(Press::Enter).keys("1");
    assert_eq!(terminal.bells(), 0);
    kitchen.talk(&mut terminal, 900);
    assert_eq!(terminal.bells(), 1, "{}", terminal.screen());
}

#[test]
fn off_and_on_hold_for_a_talk_too_and_where_the_terminal_is_tried_it_rings_all_the_same() {
    let (mut laptop, mut terminal) = gather(51);
    command(&mut terminal, "铃声");
    assert!(terminal.notice().contains("铃声关了"), "{}", terminal.screen());
    pass(&mut laptop, &mut terminal, 15);
    assert!(terminal.line(1).contains("2 户已满"), "{}", terminal.screen());
    assert!(terminal.notice().contains("在场的都已满15分钟"), "{}", terminal.screen());
    assert_eq!(terminal.bells(), 0);
    command(&mut terminal, "试试");
    terminal.press(Press::Enter).press(Press::Enter).press(Press::Enter).press(Press::Enter);
    assert!(terminal.screen().contains("听见了吗") && terminal.bells() == 1, "{}", terminal.screen());
    terminal.press(Press::Esc).kill9();
    let mut terminal = laptop.start(SIZE, &[("ZOUFANG_LANG", "en")], &[]);
    terminal.press(Press::Enter);
    command(&mut terminal, "bell");
    assert!(terminal.notice().contains("The bell is on"), "{}", terminal.screen());
    terminal.keys("@wcy\r").press(Press::Esc);
    pass(&mut laptop, &mut terminal, 15);
    assert_eq!(terminal.bells(), 1, "{}", terminal.screen());
}
