//! Gaps of hours: how they are told, and declared in the words in which people say how long something took.

use super::harness::Press;
use super::kitchen::{Kitchen, sit_down};
use super::talk::{gather, pass};

// 1小时 停电 was one minute and the reason 小时 停电, 1.5 停电 one minute and 40-50 停电 forty.
#[test]
fn a_gap_is_declared_in_hours_and_what_may_mean_two_things_is_refused() {
    let (mut kitchen, mut terminal) = sit_down(81);
    kitchen.talk(&mut terminal, 60);
    Kitchen::flat(&mut terminal);
    kitchen.laptop.clock.pass(2 * 3_600);
    let mut terminal = kitchen.open();
    assert!(terminal.screen().contains("之后没有计时: 2小时 (程序关闭过)"), "{}", terminal.screen());
    terminal.keys("1").press(Press::F(8)).press(Press::Down).press(Press::Down);
    assert!(terminal.screen().contains("19:43 起 2小时 (程序关闭过)  没有计入"), "{}", terminal.screen());
    for (words, said) in [
        ("40-50 停电", "“40-50” 不止一个数"),
        ("1.5 停电", "“1.5” 是小时还是分钟"),
        ("5分半 停电", "“5分半” 不是整分钟"),
        ("停电", "写上多久和原因"),
    ] {
        terminal.keys(words).press(Press::Enter);
        assert!(terminal.notice().contains(said), "{}", terminal.screen());
        assert!(terminal.screen().contains("没有计入"), "{}", terminal.screen());
        terminal.press(Press::Ctrl('u'));
    }
    for (words, declared) in [
        ("1小时 停电\r", "自述 1小时: 停电"),
        ("半小时 停电\r", "自述 30:00: 停电"),
        ("一个半小时, 停电\r", "自述 1小时30分: 停电"),
        ("1 hour power cut\r", "自述 1小时: power cut"),
    ] {
        terminal.keys(words);
        assert!(terminal.screen().contains(declared), "{}", terminal.screen());
        terminal.press(Press::Up);
    }
}

#[test]
fn a_gap_of_a_talk_is_declared_in_hours() {
    let (mut laptop, mut terminal) = gather(82);
    pass(&mut laptop, &mut terminal, 2);
    laptop.clock.pass(2 * 3_600);
    terminal.settle();
    assert!(terminal.notice().contains("中断了 2小时"), "{}", terminal.screen());
    terminal.press(Press::F(8)).keys("1").keys("40-50 停电\r");
    assert!(terminal.notice().contains("“40-50” 不止一个数"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('u')).keys("1小时 停电\r");
    assert!(terminal.notice().contains("已记为自述 1小时"), "{}", terminal.screen());
    assert!(terminal.screen().contains("自述 1小时: 停电"), "{}", terminal.screen());
}

// A visit of days before said `21:48 起`, with no date.
#[test]
fn a_gap_that_began_on_another_day_says_which() {
    let (mut kitchen, mut terminal) = sit_down(83);
    kitchen.talk(&mut terminal, 60);
    Kitchen::flat(&mut terminal);
    kitchen.laptop.clock.pass(17 * 3_600 + 46 * 60);
    let mut terminal = kitchen.open();
    assert!(terminal.screen().contains("之后没有计时: 17小时46分"), "{}", terminal.screen());
    terminal.keys("1").press(Press::F(8));
    assert!(terminal.screen().contains("5-18 19:43 起 17小时46分"), "{}", terminal.screen());
}

// In a visit the palette said `自述中断 先结束走访`, and gaps are declared before it ends.
#[test]
fn the_palette_leads_to_where_a_gap_of_the_visit_is_declared() {
    let (mut kitchen, mut terminal) = sit_down(84);
    kitchen.talk(&mut terminal, 60);
    kitchen.laptop.clock.pass(600);
    terminal.settle();
    for looked in ["自述", "中断", "gap", "declare"] {
        terminal.press(Press::Ctrl('p')).keys(looked);
        let screen = terminal.screen();
        let row = |words: &str| screen.lines().find(|line| line.contains(words)).map(str::to_owned);
        assert!(row("自述中断").is_some_and(|line| line.contains("先按 F8")), "{looked}\n{screen}");
        assert!(row("自述夜话中断").is_some_and(|line| line.contains("先结束走访")), "{looked}\n{screen}");
        assert!(screen.find("自述中断") < screen.find("自述夜话中断"), "{looked}\n{screen}");
        terminal.press(Press::Esc);
    }
    terminal.press(Press::F(8)).press(Press::Ctrl('p')).keys("自述\r");
    let at = terminal.screen().lines().find(|line| line.starts_with('>')).map(str::to_owned);
    assert!(at.is_some_and(|line| line.contains("中断  19:43 起 10:00")), "{}", terminal.screen());
    terminal.keys("6 停电\r");
    assert!(terminal.screen().contains("自述 06:00: 停电"), "{}", terminal.screen());
}
