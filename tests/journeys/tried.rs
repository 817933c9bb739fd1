//! A terminal that is tried: what it cannot do is kept with the laptop, and has its other way from then on.

use zoufang::app::Request;

use super::harness::{Laptop, Press};
use super::kitchen::{Kitchen, sit_down};
use super::office;

const SIZE: (u16, u16) = (80, 24);

// A minute with an invented household; what does not work has another way from then on, on this laptop.
#[test]
fn the_first_minute_tries_the_terminal_and_what_does_not_work_gets_its_other_way() {
    let laptop = Laptop::new(1);
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.keys("陈明\r1").press(Press::F(8)).press(Press::Enter);
    assert!(terminal.screen().contains("假设来到 张三 家"), "{}", terminal.screen());
    for key in ["F8", "F1", "F10"] {
        assert!(terminal.screen().contains(&format!("按 {key}")), "{key}\n{}", terminal.screen());
        terminal.press(Press::Enter);
    }
    terminal.keys("张三\r");
    assert!(terminal.bells() == 1 && terminal.screen().contains("铃声: 关"), "{}", terminal.screen());
    terminal.keys("3");
    assert_eq!(terminal.bells(), 2);
    terminal.keys("１").keys("1");
    assert!(terminal.screen().contains("看得清") && terminal.has_colour(), "{}", terminal.screen());
    terminal.keys("2");
    let screen = terminal.screen();
    assert!(screen.contains("F1-F10 没反应: 下面一行改写别的, 如 Esc 4.") && screen.contains("只用粗细"), "{screen}");
    assert!(screen.lines().any(|line| line.contains("中文输入法") && line.contains("好用")), "{screen}");
    // What was a colour here is a word, and the footer says so wherever one would have warned.
    assert!(terminal.line_from_below(0).contains("不用颜色, 看字"), "{screen}");
    terminal.press(Press::Enter).press(Press::F(2)).press(Press::Ctrl('n')).keys("李秋生");
    let footer = terminal.line_from_below(0);
    assert!(footer.contains("Esc 2 记下") && !footer.contains("F8"), "{footer}");
    assert!(!footer.contains("没有输入法") && !footer.contains("看字"), "{footer}");
    assert!(!terminal.has_colour());
    // The footer is true.
    terminal.press(Press::Esc).keys("2");
    assert!(terminal.screen().contains("李秋生") && terminal.screen().contains("开始走访"), "{}", terminal.screen());
    terminal.kill9();
    let mut terminal = laptop.start(SIZE, &[], &[]);
    assert!(!terminal.has_colour(), "remembered");
    // Tried again, with another keyboard.
    terminal
        .press(Press::Ctrl('p'))
        .keys("sszg\r")
        .press(Press::F(8))
        .press(Press::F(1))
        .press(Press::F(10))
        .press(Press::Enter)
        .keys("111")
        .press(Press::Enter);
    terminal.press(Press::Ctrl('n'));
    assert!(terminal.line_from_below(0).contains("F8 "), "{}", terminal.screen());
    // This time no Chinese came: wherever one types, the footer says what else there is.
    assert!(terminal.line_from_below(0).contains("没有输入法: 打拼音"), "{}", terminal.screen());
}

// Two of the four are answered no: nobody heard it, and the marks do not end where they should.
#[test]
fn a_bell_nobody_hears_and_wide_marks_get_their_other_way_from_the_first_minute_on() {
    let laptop = Laptop::new(1);
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.keys("陈明\r1").press(Press::F(8)).press(Press::Enter);
    for key in [8, 1, 10] {
        terminal.press(Press::F(key));
    }
    terminal.keys("张三\r");
    terminal.keys("2").keys("２").keys("1");
    let screen = terminal.screen();
    terminal.press(Press::Enter).kill9();
    let device = zoufang::app::Place::new(laptop.data()).device().unwrap().unwrap();
    let (no_f1, no_f10) = (Some(false), Some(false));
    let known = zoufang::app::Terminal { no_bell: true, wide: true, no_f1, no_f10, ..Default::default() };
    assert_eq!(device.terminal, known, "{screen}");
    // Only these two have another way; what works is said to.
    for (name, words) in [("铃声", "听不见"), ("字符宽度", "不齐"), ("颜色", "好用"), ("F 键", "好用")]
    {
        assert!(screen.lines().any(|row| row.contains(name) && row.contains(words)), "{name}\n{screen}");
    }
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.press(Press::Ctrl('n')).keys("李①“三”");
    assert!(terminal.line_from_below(0).contains("引号等照原样记"), "{}", terminal.screen());
    assert!(terminal.screen().contains("李1\"三\""), "{}", terminal.screen());
}

// The help of the terminal came up with F1 and its menu with F10, and the footer named both.
#[test]
fn f1_and_f10_are_tried_alone_and_only_what_does_nothing_has_another_name() {
    for (presses, dead, footer, own) in [
        ([Press::F(8), Press::Enter, Press::F(10)], "F1 没反应", "Esc 01 帮助", "F10 菜单   Ctrl-P 命令"),
        ([Press::F(8), Press::F(1), Press::Enter], "F10 没反应", "F1 帮助", "Ctrl-P 命令   F1 帮助"),
    ] {
        let laptop = Laptop::new(1);
        let mut terminal = laptop.start(SIZE, &[], &[]);
        terminal.keys("陈明\r1").press(Press::F(8)).press(Press::Enter);
        for key in presses {
            terminal.press(key);
        }
        terminal.keys("张三\r111");
        let screen = terminal.screen();
        let works = screen.lines().filter(|line| line.contains("好用")).count();
        assert!(screen.contains(dead) && works == 4, "{screen}");
        terminal.press(Press::Enter).kill9();
        let mut terminal = laptop.start(SIZE, &[], &[]);
        assert!(terminal.line_from_below(0).contains(footer), "{}", terminal.screen());
        // On a page with its own Esc too.
        terminal.press(Press::Ctrl('p')).keys("本机").press(Press::Enter);
        let last = terminal.line_from_below(0);
        assert!(last.contains(&format!("F8 记下   Esc 不改了   {own}")), "{}", terminal.screen());
        // It leads where it says.
        terminal.press(Press::Ctrl('p')).press(Press::Ctrl('p'));
        let screen = terminal.screen();
        let help = screen.lines().find(|line| line.contains(" 01  帮助")).unwrap();
        assert_eq!(help.contains("F1"), dead.starts_with("F10"), "{screen}");
        terminal.press(Press::Esc).press(Press::F(10)).keys("01");
        assert!(terminal.line(1).contains("本机"), "{}", terminal.screen());
    }
}

#[test]
fn without_a_bell_fifteen_minutes_stand_in_a_bar_and_wide_marks_have_a_stand_in() {
    let (mut kitchen, mut terminal) = sit_down(91);
    Kitchen::flat(&mut terminal);
    let known = Request::new("device.terminal").with("no_bell", true).with("wide", true).with("no_colours", true);
    office::behind(&kitchen.laptop, |keeper| office::ask(keeper, &known));
    let mut terminal = kitchen.open();
    terminal.press(Press::Enter);
    assert!(!terminal.has_colour());
    terminal.keys("他说“①条路”\r");
    assert!(terminal.screen().contains("他说\"1条路\""), "{}", terminal.screen());
    // The keys of the visit come first: what they leave no room for stands above them.
    assert!(terminal.line_from_below(0).contains("F8 结束   "), "{}", terminal.screen());
    assert!(terminal.line_from_below(1).contains("引号等照原样记"), "{}", terminal.screen());
    assert!(!terminal.line_from_below(0).contains("已满"), "{}", terminal.screen());
    kitchen.talk(&mut terminal, 900);
    assert!(terminal.line_from_below(1).contains("已满15分钟"), "{}", terminal.screen());
    assert!(terminal.is_reversed(79, 22), "{}", terminal.screen());
    terminal.keys("好");
    assert!(!terminal.is_reversed(79, 22), "{}", terminal.screen());
    // Whoever typed on when it would have rung sees it all the same, on every page, until the visit ends.
    assert!(terminal.line_from_below(0).starts_with(" 已满15分钟"), "{}", terminal.screen());
    assert!(terminal.is_reversed(1, 23) && !terminal.is_reversed(14, 23), "{}", terminal.screen());
    terminal.press(Press::F(4));
    assert!(terminal.line_from_below(0).starts_with(" 已满15分钟"), "{}", terminal.screen());
    assert!(!terminal.line_from_below(0).contains("引号"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('o'));
    // Tried again with another terminal, everything works: colours too, at once.
    terminal.press(Press::Ctrl('p')).keys("试试").press(Press::Enter);
    terminal.press(Press::F(8)).press(Press::F(1)).press(Press::F(10)).keys("张三\r111");
    terminal.press(Press::Enter);
    assert!(terminal.has_colour() && terminal.screen().contains("他说“①条路”"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('u'));
    assert_eq!(kitchen.written(&mut terminal), ["note 他说“①条路”"], "kept as typed");
}
