//! The passphrase at the kitchen table: set at the first run or later, asked for at each start, and after a while
//! without a key.

use zoufang::app::Request;

use super::day::Day;
use super::first_run::name_and_group;
use super::harness::{Laptop, Press, Terminal};
use super::kitchen::sit_down;
use super::office::{ask, behind, set_up};
use crate::sealing::readable_of;

const SIZE: (u16, u16) = (80, 24);
const FIRST: &str = "水井核桃三轮车";

/// The recovery code as the screen shows it.
fn code(terminal: &Terminal) -> String {
    let groups: Vec<String> = terminal
        .screen()
        .lines()
        .flat_map(str::split_whitespace)
        .filter(|word| word.len() == 6 && word.bytes().all(|byte| byte.is_ascii_digit()))
        .map(str::to_owned)
        .collect();
    assert_eq!(groups.len(), 8, "{}", terminal.screen());
    groups.join(" ")
}

#[test]
fn a_passphrase_at_the_first_run_is_asked_for_at_the_next_start_and_its_code_opens_too() {
    let laptop = Laptop::new(1);
    let mut terminal = laptop.start(SIZE, &[], &[]);
    name_and_group(&mut terminal);
    assert!(terminal.screen().contains("建议加一个口令"), "{}", terminal.screen());
    terminal.keys("短").press(Press::Enter);
    assert!(terminal.screen().contains("口令太短"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('u')).keys(FIRST);
    assert!(terminal.screen().contains("*******") && !terminal.screen().contains("水井核"), "{}", terminal.screen());
    terminal.press(Press::Tab);
    assert!(terminal.screen().contains(FIRST), "{}", terminal.screen());
    terminal.press(Press::Enter).keys("水井核桃").press(Press::Enter);
    assert!(terminal.screen().contains("两次不一样"), "{}", terminal.screen());
    terminal.keys(FIRST).press(Press::Enter).keys(FIRST).press(Press::Enter);
    let code = code(&terminal);
    // It is on no disk: no way leads away from it but that it is written down.
    for away in [Press::F(2), Press::F(7), Press::Ctrl('o'), Press::Ctrl('q')] {
        terminal.press(away);
        assert!(terminal.screen().contains(&code[..6]), "{away:?}\n{}", terminal.screen());
        assert!(terminal.line_from_below(1).contains("先把恢复码抄在纸上"), "{away:?}\n{}", terminal.screen());
    }
    terminal.press(Press::Esc).keys("02");
    assert!(terminal.screen().contains(&code[..6]), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("试试这个终端"), "{}", terminal.screen());
    terminal.press(Press::Esc).press(Press::Ctrl('n')).keys("尉迟敬之").press(Press::F(8));
    terminal.keys("半句没写完的");
    assert!(!terminal.kill9().success());
    assert_eq!(readable_of(&laptop.data(), &["尉迟敬之", "陈明", "半句没写完的"]), []);

    let mut terminal = laptop.start(SIZE, &[], &[]);
    assert!(terminal.screen().contains("有口令") && !terminal.screen().contains("陈明"), "{}", terminal.screen());
    terminal.keys("水井核桃三轮\r");
    assert!(terminal.screen().contains("口令不对"), "{}", terminal.screen());
    // What was wrong is gone: unseen it would stand before what is typed next.
    terminal.keys("水井核桃三轮车\r");
    assert!(terminal.line(0).contains("走访  一组  陈明"), "{}", terminal.screen());
    assert!(!terminal.kill9().success());
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.keys(&code).press(Press::Enter);
    assert!(terminal.line(0).contains("走访  一组  陈明"), "{}", terminal.screen());
}

#[test]
fn sealing_later_changing_and_coming_back_after_a_while_cost_no_visit_and_no_word() {
    let (mut kitchen, mut terminal) = sit_down(2);
    // Not while a visit runs.
    set(&mut terminal, FIRST);
    assert!(terminal.screen().contains("还有一次走访没结束"), "{}", terminal.screen());
    terminal.press(Press::Esc).press(Press::Ctrl('o'));
    kitchen.talk(&mut terminal, 16 * 60);
    terminal.press(Press::F(8)).press(Press::Enter);
    set(&mut terminal, FIRST);
    let first_code = code(&terminal);
    terminal.press(Press::Enter);
    terminal.press(Press::F(2)).keys("zsf");
    assert!(terminal.screen().contains("张守富"), "{}", terminal.screen());

    // A visit goes on behind the cover, which comes by itself after ten minutes without a key.
    terminal.press(Press::Enter).keys("1").keys("机井又坏了");
    kitchen.talk(&mut terminal, 9 * 60);
    assert!(terminal.screen().contains("机井又坏了"), "{}", terminal.screen());
    kitchen.talk(&mut terminal, 61);
    assert!(
        !terminal.screen().contains("机井又坏了") && !terminal.screen().contains("张守富"),
        "{}",
        terminal.screen()
    );
    terminal.press(Press::Enter).keys("猜一下\r");
    assert!(terminal.screen().contains("口令不对"), "{}", terminal.screen());
    terminal.keys(FIRST).press(Press::Enter);
    assert!(terminal.screen().contains("机井又坏了"), "{}", terminal.screen());
    assert!(terminal.screen().contains("10:01"), "the visit went on\n{}", terminal.screen());

    // Changed: the old one opens nothing, the code still does.
    open_page(&mut terminal);
    terminal
        .keys(FIRST)
        .press(Press::Enter)
        .keys("石榴老戏台灯")
        .press(Press::Enter)
        .keys("石榴老戏台灯")
        .press(Press::Enter);
    assert!(terminal.line_from_below(1).contains("口令换好了"), "{}", terminal.screen());
    // The sheet with the code was lost: another one, the passphrase as it is.
    open_page(&mut terminal);
    terminal.keys("石榴老戏台灯").press(Press::Enter).press(Press::Ctrl('n'));
    let code = code(&terminal);
    assert_ne!(code, first_code);
    assert!(!terminal.kill9().success());
    let mut terminal = kitchen.open();
    terminal.keys(FIRST).press(Press::Enter);
    assert!(terminal.screen().contains("口令不对"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('u')).keys(&first_code).press(Press::Enter);
    assert!(terminal.screen().contains("口令不对"), "the lost code\n{}", terminal.screen());
    terminal.press(Press::Ctrl('u')).keys(&code).press(Press::Enter);
    assert!(terminal.screen().contains("没有结束"), "the visit that was running\n{}", terminal.screen());
}

// Whoever found it locked came in with Ctrl-C twice: the popup about what waits took the place of the lock, and Esc of the popup.
#[test]
fn nothing_leads_out_of_a_locked_screen_but_the_passphrase_and_leaving() {
    for sealed in [true, false] {
        let laptop = Laptop::new(3);
        set_up(&laptop, "一组", "陈明");
        behind(&laptop, |keeper| ask(keeper, &Request::new("household.add").with("head", "张守富")));
        let mut terminal = laptop.start(SIZE, &[], &[]);
        if sealed {
            set(&mut terminal, FIRST);
            terminal.press(Press::Enter).press(Press::F(2));
        }
        assert!(terminal.screen().contains("张守富"), "{}", terminal.screen());
        terminal.press(Press::Ctrl('l'));
        for key in [Press::Esc, Press::F(1), Press::F(10), Press::Ctrl('p'), Press::Ctrl('q'), Press::Ctrl('c')] {
            terminal.press(key);
            assert!(terminal.screen().contains("屏幕已遮住"), "{key:?}\n{}", terminal.screen());
        }
        terminal.paste("第一件\n第二件").resize((200, 60)).resize(SIZE).press(Press::Ctrl('c'));
        assert!(terminal.screen().contains("屏幕已遮住"), "{}", terminal.screen());
        terminal.send(&[3]);
        assert!(terminal.wait_exit().success());
        // Nobody was asked, so what waits is said now.
        let screen = terminal.screen();
        assert!(screen.contains("没有导出到U盘") && !screen.contains("张守富"), "{screen}");
    }
}

// Locked while it was being set, the screen asked for none: Enter showed the recovery code to anybody.
#[test]
fn a_passphrase_that_was_set_while_the_screen_was_locked_is_asked_for() {
    let laptop = Laptop::new(4);
    set_up(&laptop, "一组", "陈明");
    let mut terminal = laptop.start(SIZE, &[], &[]);
    open_page(&mut terminal);
    terminal.keys(FIRST).press(Press::Enter).keys(FIRST).send(b"\r");
    terminal.wait_for_glimpse("正在加口令").press(Press::Ctrl('l'));
    for key in [Press::Enter, Press::Enter] {
        let screen = terminal.screen();
        assert!(screen.contains("屏幕已遮住") && screen.contains("口令:"), "{screen}");
        terminal.press(key);
    }
    terminal.keys(FIRST).press(Press::Enter);
    code(&terminal);
}

fn open_page(terminal: &mut Terminal) {
    terminal.press(Press::Ctrl('p')).keys("口令").press(Press::Enter);
}

fn set(terminal: &mut Terminal, passphrase: &str) {
    open_page(terminal);
    terminal.keys(passphrase).press(Press::Enter).keys(passphrase).press(Press::Enter);
}

#[test]
fn what_matters_is_there_at_any_size() {
    for size in [(40, 12), (80, 24), (200, 60)] {
        let mut seen = Vec::new();
        Day { size, ..Day::default() }.walk_sealed(&mut |sight| {
            let matters: &[&str] = match sight.zh {
                "口令" => &["建议加一个口令", "新口令: *******", "Enter "],
                "恢复码" => &["忘了口令", "48 位数字", "Enter 抄好了"],
                "锁屏, 有口令" => &["屏幕已遮住", "口令:", "Enter 回来"],
                "输入口令" => &["口令:", "恢复码", "Enter 打开"],
                "第一次使用: 怎么开始" => &["陈明", "怎么开始", "Enter 开始"],
                _ => &["新口令:", "Enter 下一步"],
            };
            let screen = sight.terminal.screen();
            assert!(matters.iter().all(|words| screen.contains(words)), "{size:?} {matters:?}\n{screen}");
            if sight.zh == "恢复码" {
                code(sight.terminal);
            }
            seen.push(sight.zh);
        });
        assert_eq!(seen.len(), 7, "{seen:?}");
    }
}
