//! The battery was flat in the middle of a sentence: everything is there again, and nothing counts that was not seen.

use zoufang::app::Request;

use super::harness::{Laptop, Press};
use super::kitchen::{Kitchen, sit_down};
use super::office;

#[test]
fn a_killed_visit_goes_on_with_its_minutes_its_words_and_its_cursor() {
    let (mut kitchen, mut terminal) = sit_down(31);
    kitchen.talk(&mut terminal, 450);
    terminal.keys("6 想要个小广场\r").keys("村里没有地方").press(Press::Left).press(Press::Left);
    let cursor = terminal.cursor();
    Kitchen::flat(&mut terminal);
    kitchen.laptop.clock.pass(720);
    let mut terminal = kitchen.open();
    let screen = terminal.screen();
    assert!(
        screen.contains("张守富") && screen.contains("已计 07:30") && screen.contains("12:00 (程序关闭过)"),
        "{screen}"
    );
    assert!(screen.contains("记下了 1 条"), "{screen}");
    terminal.keys("１");
    let screen = terminal.screen();
    assert!(terminal.line(2).contains("07:30") && terminal.line(2).contains("有中断"), "{screen}");
    assert!(screen.contains("文体生活 一般  想要个小广场") && screen.contains("> 村里没有地方"), "{screen}");
    assert_eq!(terminal.cursor(), cursor);
    kitchen.talk(&mut terminal, 450);
    assert_eq!(terminal.bells(), 1);
}

#[test]
fn it_can_end_where_it_was_last_seen() {
    let (mut kitchen, mut terminal) = sit_down(32);
    kitchen.talk(&mut terminal, 960);
    Kitchen::flat(&mut terminal);
    kitchen.laptop.clock.pass(3_600);
    let mut terminal = kitchen.open();
    terminal.keys("2");
    assert!(terminal.screen().contains("16:00"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.line_from_below(1).contains("16 分, 计入"), "{}", terminal.screen());
    terminal.leave();
    terminal.wait_exit();
    let (visit, _) = kitchen.recorded();
    assert_eq!((visit.proven_ms, visit.ended.unwrap() - visit.started), (960_000, 960_000));
}

#[test]
fn what_stood_in_the_line_is_put_down_where_it_ends_at_once() {
    let (mut kitchen, mut terminal) = sit_down(36);
    kitchen.talk(&mut terminal, 960);
    terminal.keys("村小学校车只到村");
    Kitchen::flat(&mut terminal);
    let mut terminal = kitchen.open();
    terminal.keys("2").press(Press::Enter);
    assert!(terminal.line_from_below(1).contains("16 分, 计入"), "{}", terminal.screen());
    assert_eq!(kitchen.written(&mut terminal), ["note 村小学校车只到村"]);
}

#[test]
fn what_stood_in_the_line_is_kept_where_the_visit_is_discarded() {
    let (mut kitchen, mut terminal) = sit_down(38);
    kitchen.talk(&mut terminal, 60);
    terminal.keys("6+ 村小学校车只到村");
    Kitchen::flat(&mut terminal);
    let mut terminal = kitchen.open();
    terminal.keys("33");
    assert!(terminal.line_from_below(1).contains("已作废. 记下的话, 连没按 Enter 的那一句"), "{}", terminal.screen());
    assert_eq!(kitchen.written(&mut terminal), ["culture larger problem 村小学校车只到村"]);
    assert_eq!(kitchen.recorded().0.outcome, "discarded");
}

#[test]
fn it_can_wait_and_is_still_there_after_another_kill() {
    let (mut kitchen, mut terminal) = sit_down(33);
    kitchen.talk(&mut terminal, 60);
    Kitchen::flat(&mut terminal);
    let mut terminal = kitchen.open();
    terminal.press(Press::Esc);
    kitchen.talk(&mut terminal, 60);
    assert!(!terminal.line(0).contains("走访中"), "nothing counts before somebody chooses:\n{}", terminal.screen());
    Kitchen::flat(&mut terminal);
    let mut terminal = kitchen.open();
    assert!(terminal.screen().contains("已计 01:00"), "{}", terminal.screen());
    terminal.press(Press::Esc).press(Press::Ctrl('o')).keys("33");
    assert!(terminal.line_from_below(1).contains("已作废"), "{}", terminal.screen());
    Kitchen::flat(&mut terminal);
    let terminal = kitchen.open();
    assert!(!terminal.screen().contains("没有结束"), "{}", terminal.screen());
}

#[test]
fn a_change_of_the_last_line_survives_a_kill_and_makes_no_second_line() {
    let (kitchen, mut terminal) = sit_down(34);
    terminal.keys("路灯不亮\r").press(Press::Up).keys(", 三个月了");
    Kitchen::flat(&mut terminal);
    let mut terminal = kitchen.open();
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("> 路灯不亮, 三个月了"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert_eq!(kitchen.written(&mut terminal), ["note 路灯不亮, 三个月了"]);
}

#[test]
fn the_answer_to_how_survives_a_kill_with_its_sentence() {
    let (kitchen, mut terminal) = sit_down(35);
    terminal.keys("两家为滴水吵架").press(Press::Tab).keys("5!").press(Press::Enter).keys("两家说");
    Kitchen::flat(&mut terminal);
    let mut terminal = kitchen.open();
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("5! 两家为滴水吵架"), "{}", terminal.screen());
    assert!(terminal.screen().contains("> 两家说"), "one goes on where one was:\n{}", terminal.screen());
    terminal.keys("开了\r");
    terminal.leave();
    terminal.wait_exit();
    let (_, lines) = kitchen.recorded();
    assert_eq!(lines[0].1.as_ref().unwrap().done, "两家说开了");
}

/// The answer was kept with the sentence as it had been: one word more there and it was gone.
#[test]
fn half_an_answer_follows_its_sentence_while_that_is_reworded() {
    let (kitchen, mut terminal) = sit_down(39);
    terminal.keys("5! 两家吵架\r").keys("两家说").press(Press::Esc).keys(", 为滴水");
    Kitchen::flat(&mut terminal);
    let mut terminal = kitchen.open();
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("> 两家说"), "{}", terminal.screen());
    terminal.press(Press::Esc).keys(", 三年了\r");
    assert!(terminal.screen().contains("> 两家说"), "{}", terminal.screen());
    terminal.keys("开了\r");
    terminal.leave();
    terminal.wait_exit();
    let (_, lines) = kitchen.recorded();
    assert_eq!(lines[0].0.text, "两家吵架, 为滴水, 三年了");
    assert_eq!(lines[0].1.as_ref().unwrap().done, "两家说开了");
}

/// Half a form lay in the drafts and nobody said so after the start: only whoever happened to go there found it.
#[test]
fn what_was_half_written_outside_a_visit_is_said_after_the_start() {
    let laptop = Laptop::new(58);
    office::set_up(&laptop, "一组", "陈明");
    office::behind(&laptop, |keeper| {
        let add = Request::new("household.add").with("head", "张守富").with("village", "东里东村");
        office::ask(keeper, &add);
    });
    let mut terminal = laptop.start((80, 24), &[], &[]);
    // A form that was only looked through is nothing half written.
    terminal.keys("zsf").press(Press::Enter).keys("4").press(Press::Down).press(Press::Down).press(Press::Esc);
    Kitchen::flat(&mut terminal);
    let mut terminal = laptop.start((80, 24), &[], &[]);
    assert!(!terminal.screen().contains("没写完"), "{}", terminal.screen());
    terminal.keys("zsf").press(Press::Enter).keys("3明晚");
    terminal.press(Press::F(2)).press(Press::F(5)).press(Press::Enter).keys("广场");
    Kitchen::flat(&mut terminal);
    let mut terminal = laptop.start((80, 24), &[], &[]);
    assert!(terminal.notice().contains("上次没写完的还留着: "), "{}", terminal.screen());
    assert!(terminal.notice().contains("张守富 预约"), "{}", terminal.screen());
    assert!(terminal.notice().contains("开始夜话 (F5)"), "{}", terminal.screen());
    terminal.press(Press::F(5));
    assert!(terminal.screen().contains("广场"), "{}", terminal.screen());
}
