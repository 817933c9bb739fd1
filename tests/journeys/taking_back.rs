//! Ctrl-Z: what it takes back, and what it leaves alone.

use zoufang::app::Request;

use super::harness::{Laptop, Press, Terminal};
use super::kitchen::{Kitchen, sit_down};
use super::office::{ask, behind, set_up};
use super::talk::{gather, pass};

/// Discards the visit that runs and begins one of 李桂英: both in this run of the program, so that both could be taken back.
fn begin_another(seed: u64) -> (Kitchen, Terminal) {
    let (kitchen, mut terminal) = sit_down(seed);
    terminal.press(Press::F(8)).press(Press::Ctrl('d')).press(Press::Ctrl('d'));
    terminal.press(Press::F(2)).keys("lgy").press(Press::Enter).keys("1");
    assert!(terminal.line(0).contains("走访 李桂英"), "{}", terminal.screen());
    (kitchen, terminal)
}

/// Looks for sentences above the footer, wherever a row ends.
fn says(terminal: &Terminal, words: &[&str]) {
    let said = terminal.notice().replace(' ', "");
    for word in words {
        assert!(said.contains(&word.replace(' ', "")), "{word}\n{}", terminal.screen());
    }
}

// One Ctrl-Z on the page of the merge, and nine minutes of a visit were gone without a trace on the card.
#[test]
fn a_visit_that_runs_is_taken_back_nowhere_but_on_its_own_page_in_its_first_minute() {
    let (mut kitchen, mut terminal) = begin_another(161);
    kitchen.talk(&mut terminal, 5);
    terminal.press(Press::F(7)).press(Press::Ctrl('z'));
    says(&terminal, &["最后记下的是 开始走访 李桂英 (5秒前), 还在计时, 没有撤.", "Ctrl-O 回到走访, F8, Ctrl-D."]);
    kitchen.talk(&mut terminal, 540);
    // Pressed again it takes nothing older either.
    for page in [Press::F(7), Press::F(4), Press::F(2)] {
        terminal.press(page);
        // The box gives what was looked for first.
        if matches!(page, Press::F(2)) {
            terminal.press(Press::Ctrl('z'));
        }
        for _ in 0..2 {
            terminal.press(Press::Ctrl('z'));
            says(&terminal, &["最后记下的是 开始走访 李桂英 (9分05秒前), 还在计时, 没有撤."]);
        }
        assert!(terminal.line(0).contains("走访中"), "{}", terminal.screen());
    }
    // So on its own pages; the way is the one from there.
    terminal.press(Press::Ctrl('o')).press(Press::Ctrl('z'));
    says(&terminal, &["(9分05秒前), 还在计时, 没有撤. 要作废: F8, Ctrl-D."]);
    terminal.press(Press::Ctrl('t')).press(Press::F(8)).press(Press::Ctrl('z'));
    says(&terminal, &["(9分05秒前), 还没结束, 没有撤. 要作废: Ctrl-D."]);
    // What was written in it goes, wherever one is, and it is said whose it was; on a list, an empty one too, in no words of theirs.
    terminal.press(Press::Esc).press(Press::Ctrl('t')).keys("路灯不亮\r").press(Press::F(4)).press(Press::Ctrl('z'));
    says(&terminal, &["撤回了刚记的一句: 李桂英."]);
    terminal.press(Press::Ctrl('z'));
    says(&terminal, &["最后记下的是 开始走访 李桂英"]);
    terminal.press(Press::Ctrl('o'));
    assert!(terminal.screen().contains("09:05") && !terminal.screen().contains("路灯不亮"), "{}", terminal.screen());
}

#[test]
fn a_visit_begun_by_mistake_a_moment_ago_is_taken_back_on_its_page() {
    let (mut kitchen, mut terminal) = begin_another(162);
    kitchen.talk(&mut terminal, 59);
    terminal.press(Press::Ctrl('z'));
    says(&terminal, &["这次走访没有开始"]);
    assert!(!terminal.line(0).contains("走访中") && terminal.screen().contains("1 开始走访"), "{}", terminal.screen());
}

// Twice Ctrl-Z on another page, and neither the household nor the talk was there.
#[test]
fn a_talk_that_runs_is_taken_back_nowhere_but_on_its_own_page_in_its_first_minute() {
    let (mut laptop, mut terminal) = gather(163);
    pass(&mut laptop, &mut terminal, 9);
    terminal.press(Press::F(7));
    for _ in 0..2 {
        terminal.press(Press::Ctrl('z'));
        says(&terminal, &["最后记下的是 李桂英 到场 (9分00秒前), 还在计时, 没有撤.", "Ctrl-O 回到夜话, 上下键指着"]);
    }
    terminal.press(Press::Ctrl('o')).press(Press::Ctrl('z'));
    assert!(terminal.line(0).contains("到场 2 户"), "{}", terminal.screen());
    // Whoever came a moment ago is taken back; the talk is not.
    terminal.keys("@wcy\r").press(Press::Esc).press(Press::Ctrl('z'));
    says(&terminal, &["撤回了刚到场的户: 王成友."]);
    // As long as nothing else was recorded since, the talk itself is what was recorded last.
    terminal.press(Press::F(8)).press(Press::Ctrl('d')).press(Press::Ctrl('d'));
    terminal.press(Press::F(5)).press(Press::Enter).keys("文化广场").press(Press::F(8));
    pass(&mut laptop, &mut terminal, 61);
    terminal.press(Press::F(2)).press(Press::Ctrl('z'));
    says(
        &terminal,
        &["最后记下的是 开始夜话 东里东村 (1小时01分前), 还在计时, 没有撤.", "Ctrl-O 回到夜话, F8, Ctrl-D."],
    );
    terminal.press(Press::F(5));
    assert!(terminal.line(0).contains("夜话  东里东村 文化广场"), "{}", terminal.screen());
}

// The box still held what had been looked for: Ctrl-Z emptied it, and the end that it was offered for stood.
#[test]
fn what_a_message_offers_ctrl_z_for_is_taken_back_also_where_the_line_has_text() {
    let (mut laptop, mut terminal) = gather(164);
    pass(&mut laptop, &mut terminal, 16);
    let end = |terminal: &mut Terminal| {
        terminal.press(Press::F(2)).keys("zsf").press(Press::F(5)).press(Press::F(8)).press(Press::Enter);
        says(terminal, &["散场: 2 户各记一次走访", "Ctrl-Z 撤回."]);
        assert!(terminal.line(1).contains("zsf"), "{}", terminal.screen());
    };
    end(&mut terminal);
    terminal.press(Press::Ctrl('z'));
    says(&terminal, &["撤回了结束"]);
    assert!(terminal.line(1).contains("zsf"), "{}", terminal.screen());
    // Behind any other key it is the line's again.
    terminal.press(Press::Ctrl('o')).press(Press::F(2)).press(Press::Ctrl('u'));
    end(&mut terminal);
    terminal.press(Press::Down).press(Press::Ctrl('z'));
    assert!(!terminal.line(1).contains("zsf") && !terminal.notice().contains("撤回了"), "{}", terminal.screen());
}

#[test]
fn the_end_of_the_last_visit_of_a_group_is_taken_back_over_what_was_looked_for() {
    let laptop = Laptop::new(165);
    set_up(&laptop, "一组", "陈明");
    behind(&laptop, |keeper| ask(keeper, &Request::new("household.add").with("head", "张守富")));
    let mut kitchen = Kitchen { laptop, visit: zoufang::domain::Name::new(0, 0) };
    let mut terminal = kitchen.open();
    terminal.keys("zsf").press(Press::Enter).keys("1");
    kitchen.talk(&mut terminal, 16 * 60);
    terminal.press(Press::F(8)).press(Press::Enter);
    says(&terminal, &["16 分, 计入", "Ctrl-Z 撤回."]);
    assert!(terminal.line(1).contains("zsf"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('z'));
    says(&terminal, &["撤回了结束: 张守富"]);
}

// In a form with nothing to take back a step behind it went, and the form could only be refused.
#[test]
fn in_a_form_its_own_last_change_is_taken_back_and_nothing_behind_it() {
    let laptop = Laptop::new(166);
    set_up(&laptop, "一组", "陈明");
    behind(&laptop, |keeper| {
        let request = Request::new("household.add").with("head", "张守富").with("town", "东里镇");
        let home = ask(keeper, &request.with("village", "东里东村")).name().unwrap();
        let issue = Request::new("issue.record").with_name("household", home).with("text", "机井坏了");
        ask(keeper, &issue.with("field", "agriculture").with("class", "larger"));
    });
    let mut terminal = laptop.start((80, 24), &[], &[]);
    terminal.press(Press::F(4)).press(Press::Enter).keys("1").keys("镇水利站").press(Press::F(8));
    says(&terminal, &["记下了: 受理. Ctrl-Z 撤回."]);
    terminal.keys("1").keys("换泵").press(Press::Down).press(Press::Ctrl('z'));
    assert!(!terminal.screen().contains("换泵"), "{}", terminal.screen());
    for _ in 0..2 {
        terminal.press(Press::Ctrl('z'));
        says(&terminal, &["这张表里没有可撤的."]);
    }
    terminal.press(Press::Esc);
    assert!(terminal.screen().contains("待方案") && terminal.screen().contains("镇水利站"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('z'));
    says(&terminal, &["撤回了上一步改动: 张守富"]);
    // A choice comes back too, in a form for which nothing was recorded yet.
    terminal.press(Press::F(2)).press(Press::Ctrl('n')).keys("李秋生");
    for _ in 0..6 {
        terminal.press(Press::Down);
    }
    let chosen = |terminal: &Terminal, name: &str| {
        let row = terminal.screen().lines().find(|row| row.contains("户类别")).unwrap().to_owned();
        row.split("户类别").nth(1).unwrap().trim_start().starts_with(name)
    };
    terminal.keys("2").press(Press::Up).keys("3");
    assert!(chosen(&terminal, "个体工商户"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('z'));
    assert!(chosen(&terminal, "\"双报到\"社区") || chosen(&terminal, "社区"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('z')).press(Press::Ctrl('z'));
    assert!(!terminal.screen().contains("李秋生"), "{}", terminal.screen());
}
