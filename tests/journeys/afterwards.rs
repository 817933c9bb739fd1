//! What a visit leaves behind: who was there, when somebody comes again, how satisfied they were, and whether it counts.

use zoufang::app::Request;
use zoufang::domain::local;

use super::harness::{Laptop, Press, Terminal};
use super::kitchen::{Kitchen, sit_down};
use super::office::{ask, behind, set_up};

/// Gives when somebody is to come to the household of the visit. The program is closed.
fn appointed(kitchen: &Kitchen) -> Option<String> {
    let household = kitchen.recorded().0.household.unwrap();
    let all = behind(&kitchen.laptop, |keeper| keeper.house().shelf(|shelf, _| shelf.standing(household).awaited));
    all.iter().map(|one| local::rfc3339(one.at)).min()
}

fn leave(terminal: &mut Terminal) {
    terminal.leave();
    terminal.wait_exit();
}

// 王芳 stood in the header and on the page of the end, and in no list.
#[test]
fn who_joins_and_writes_something_down_is_one_of_the_visitors() {
    let (mut kitchen, mut terminal) = sit_down(90);
    kitchen.talk(&mut terminal, 16 * 60);
    terminal.press(Press::Ctrl('r')).keys("王芳\r").keys("水费太贵\r").press(Press::Ctrl('z'));
    assert!(terminal.line_from_below(1).contains("撤回了刚记的一句"), "{}", terminal.screen());
    terminal.press(Press::F(8)).press(Press::Enter).press(Press::F(2)).keys("zsf\r");
    assert!(terminal.screen().contains("陈明、王芳"), "{}", terminal.screen());
    leave(&mut terminal);
    assert_eq!(kitchen.recorded().0.visitors, ["陈明", "王芳"]);
}

#[test]
fn who_spoke_by_mistake_and_wrote_nothing_is_none() {
    let (mut kitchen, mut terminal) = sit_down(91);
    kitchen.talk(&mut terminal, 16 * 60);
    terminal.press(Press::Ctrl('r')).keys("王方\r").press(Press::Ctrl('r')).press(Press::Enter);
    assert!(terminal.line(0).contains("陈明") && !terminal.line(0).contains("王方"), "{}", terminal.screen());
    terminal.keys("水费太贵\r").press(Press::F(8)).press(Press::Enter);
    leave(&mut terminal);
    assert_eq!(kitchen.recorded().0.visitors, ["陈明"]);
}

// 另约 5-18 read as appointed for that day, 明天7点 meant another day a week later, and no list had it.
#[test]
fn the_time_of_the_next_contact_is_an_appointment_with_its_date() {
    let (kitchen, mut terminal) = sit_down(92);
    terminal.press(Press::F(8)).keys("4").press(Press::Up).keys("明天7点");
    assert!(terminal.screen().contains("5月19日 周三 07:00, 记成预约"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.line_from_below(1).contains("已结束: 另约. 约明天 07:00."), "{}", terminal.screen());
    terminal.press(Press::F(2)).keys("zsf");
    assert!(terminal.screen().contains("约明天 07:00"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("约明天 07:00"), "{}", terminal.screen());
    terminal.keys("6");
    assert!(terminal.screen().contains("下次: 5-19 07:00"), "{}", terminal.screen());
    leave(&mut terminal);
    assert_eq!(appointed(&kitchen).as_deref(), Some("2021-05-19T07:00:00+08:00"));
}

#[test]
fn a_household_that_is_visited_shows_when_somebody_comes_again_and_an_undo_takes_that_too() {
    for is_undone in [false, true] {
        let (mut kitchen, mut terminal) = sit_down(93);
        kitchen.talk(&mut terminal, 16 * 60);
        terminal.press(Press::F(8)).press(Press::Up).keys("下周三晚上7点半\r");
        assert!(terminal.line_from_below(1).contains("16 分, 计入. 约5-26 19:30."), "{}", terminal.screen());
        if is_undone {
            terminal.press(Press::Ctrl('z'));
            assert!(terminal.notice().contains("撤回了结束"), "{}", terminal.screen());
        }
        terminal.press(Press::F(2)).keys("zsf");
        assert_eq!(terminal.screen().contains("已访 约5-26 19:30"), !is_undone, "{}", terminal.screen());
        leave(&mut terminal);
        assert_eq!(appointed(&kitchen).is_none(), is_undone);
        assert_eq!(kitchen.recorded().0.ended.is_none(), is_undone);
    }
}

// What was chosen at the end stood in no place where anybody looks.
#[test]
fn how_satisfied_they_were_stands_in_the_history_and_on_the_card_where_they_were_not() {
    for (digit, name, on_card) in [("9", "不满意", true), ("7", "满意", false)] {
        let (mut kitchen, mut terminal) = sit_down(94);
        kitchen.talk(&mut terminal, 16 * 60);
        terminal.press(Press::F(8)).keys(digit).press(Press::Enter).press(Press::Enter);
        terminal.press(Press::F(2)).keys("zsf\r");
        let has = |terminal: &Terminal| {
            terminal.screen().lines().any(|line| line.contains("入户 16分") && line.contains(name))
        };
        assert_eq!(has(&terminal), on_card, "{}", terminal.screen());
        terminal.press(Press::Ctrl('b'));
        assert!(!has(&terminal), "{}", terminal.screen());
        terminal.press(Press::Ctrl('b')).keys("6");
        assert!(has(&terminal), "{}", terminal.screen());
        leave(&mut terminal);
    }
}

#[test]
fn where_nobody_was_met_nobody_is_asked_how_satisfied_they_are() {
    let (mut kitchen, mut terminal) = sit_down(95);
    terminal.press(Press::F(8)).keys("7");
    assert!(terminal.screen().contains("7满意*"), "{}", terminal.screen());
    kitchen.talk(&mut terminal, 6);
    terminal.keys("2");
    assert!(!terminal.screen().contains("基本满意"), "{}", terminal.screen());
    terminal.keys("8");
    assert!(terminal.notice().contains("外出: 没有谈到人, 不问满意度"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.notice().contains("外出: 对就再按 Enter"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.line_from_below(1).contains("已结束: 外出"), "{}", terminal.screen());
    leave(&mut terminal);
    let visit = kitchen.recorded().0;
    assert_eq!((visit.outcome.as_str(), visit.satisfaction.as_str()), ("absent", ""));
}

// An evening of typing in paper forms began a visit with every household where Enter was pressed once more.
#[test]
fn one_enter_too_many_behind_a_paper_form_begins_no_visit() {
    let laptop = Laptop::new(96);
    set_up(&laptop, "一组", "陈明");
    behind(&laptop, |keeper| {
        ask(keeper, &Request::new("household.add").with("head", "李传水"));
    });
    let mut terminal = laptop.start((80, 24), &[], &[]);
    terminal.press(Press::Enter).keys("4").keys("昨晚 7点\r21\r").press(Press::F(8));
    // The menu is open unseen: nothing is put down, and the page stays.
    terminal.keys("机井").press(Press::Esc).keys("1 户缺水");
    assert!(terminal.screen().contains("> 机井1 户缺水"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('u')).press(Press::Esc).keys("2户缺水");
    assert!(terminal.screen().contains("> 2户缺水"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('u')).keys("路灯不亮\r").press(Press::Enter).press(Press::Enter);
    assert!(terminal.notice().contains("李传水 的补录写完了"), "{}", terminal.screen());
    assert!(terminal.screen().contains("1 开始走访"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.line(0).contains("走访 李传水"), "{}", terminal.screen());
}
