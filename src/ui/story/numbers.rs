//! Stories of the numbers of the menu, of keys that a keyboard lacks or that lead nowhere yet, and of what other pages do.

use crossterm::event::KeyCode;

use super::Table;
use crate::app::{Ask, Terminal};
use crate::ui::desk::Desk;
use crate::ui::screens::{Page, TalkBegin};

// 锁屏, 撤回 and what has no key were reached with arrows alone.
#[test]
fn what_has_no_digit_of_its_own_is_chosen_behind_a_nought() {
    let mut table = Table::demo();
    table.press(KeyCode::Esc);
    assert!(table.screen().contains("085  锁屏"), "{}", table.screen());
    table.type_in("08");
    assert!(table.screen().contains("菜单  08_"), "{}", table.screen());
    table.type_in("5");
    assert!(table.screen().contains("屏幕已遮住"), "{}", table.screen());
    table.press(KeyCode::Enter);
    table.press(KeyCode::Esc);
    table.type_in("098");
    assert!(matches!(table.stack.top(), Page::Passphrase(_)), "{}", table.screen());
}

#[test]
fn a_year_typed_with_the_menu_open_stands_in_the_line() {
    let mut table = Table::demo();
    table.press(KeyCode::Esc);
    table.type_in("08年的房子");
    assert_eq!(table.top().field.text(), "08年的房子");
}

// F3 在这里没有用 read as if it were of use elsewhere.
#[test]
fn the_key_of_a_page_that_does_not_exist_yet_says_so() {
    let mut table = Table::demo();
    for (key, page) in [(3, "今日"), (6, "活动"), (9, "报表")] {
        table.press(KeyCode::F(key));
        let screen = table.screen();
        assert!(screen.contains(&format!("F{key} 是 {page} 的键")) && screen.contains("还没有做好"), "{screen}");
    }
}

// The help said 按 F8 to people whose F8 does nothing.
#[test]
fn without_f_keys_the_help_names_the_other_way_in_its_sentence_and_in_its_rows() {
    let mut table = Table::new(TalkBegin::new(&Desk::for_tests()));
    table.desk.terminal.no_f_keys = true;
    table.press(KeyCode::F(1));
    let screen = table.screen();
    assert!(screen.contains("Esc 2 开始计时"), "the sentence\n{screen}");
    for row in ["Esc 2            开始", "Esc 02           住户", "Esc 01           帮助"] {
        assert!(screen.contains(row), "{row}\n{screen}");
    }
    assert!(!screen.contains("F8") && !screen.contains("F2"), "{screen}");
    table.press(KeyCode::Esc);
    table.press(KeyCode::Esc);
    let screen = table.screen();
    assert!(screen.contains("  2  开始") && !screen.contains("F8") && !screen.contains("F7"), "{screen}");
}

// F1 and F10 stood in the footer of terminals that have a help and a menu of their own on them.
#[test]
fn footer_menu_and_help_name_another_way_for_exactly_the_f_keys_that_do_nothing() {
    let tried = |no_f_keys, no_f1, no_f10| Terminal {
        no_f_keys,
        no_f1: Some(no_f1),
        no_f10: Some(no_f10),
        ..Terminal::default()
    };
    for (terminal, line, strip) in [
        (tried(false, false, false), ["F8 结束", "F1 帮助"], "Esc 收起   F10 菜单   F1 帮助"),
        (tried(false, true, false), ["F8 结束", "Esc 01 帮助"], "Esc 收起   F10 菜单   Ctrl-P 命令"),
        (tried(false, false, true), ["F8 结束", "F1 帮助"], "Esc 收起   Ctrl-P 命令   F1 帮助"),
        (tried(true, false, false), ["Esc 3 结束", "F1 帮助"], "Esc 收起   F10 菜单   F1 帮助"),
        (tried(true, true, true), ["Esc 3 结束", "Esc 01 帮助"], "Esc 收起   Ctrl-P 命令"),
        // As it was kept when one key was tried for all.
        (Terminal { no_f_keys: true, ..Terminal::default() }, ["Esc 3 结束", "Esc 01 帮助"], "Esc 收起   Ctrl-P 命令"),
    ] {
        let mut table = Table::demo();
        table.desk.terminal = terminal;
        let footer = |table: &Table| table.screen().lines().last().unwrap().trim_end().to_owned();
        for words in line {
            assert!(footer(&table).contains(&format!("   {words}")), "{words}: {}", footer(&table));
        }
        table.press(KeyCode::Tab);
        assert!(footer(&table).ends_with(strip), "{strip}: {}", footer(&table));
        table.press(KeyCode::Esc);
        table.press(KeyCode::Esc);
        let row = |screen: &str, words: &str| screen.lines().find(|line| line.contains(words)).unwrap().to_owned();
        let menu = table.screen();
        assert_eq!(row(&menu, "  帮助").contains("F1"), !terminal.lacks_f(1), "{menu}");
        assert_eq!(row(&menu, "  结束").contains("F8"), !terminal.lacks_f(8), "{menu}");
        table.type_in("01");
        let help = table.screen();
        let ends = if terminal.lacks_f(8) { "Esc 3            结束" } else { "F8               结束" };
        assert!(help.contains(ends), "{help}");
    }
}

// 静音 was looked for, and nothing turned the bell off.
#[test]
fn the_bell_is_turned_off_and_on_by_a_row_that_says_what_it_would_do() {
    let mut table = Table::demo();
    for (silent, words, said) in [(false, "铃声: 关", "铃声关了"), (true, "铃声: 开", "铃声开了")] {
        table.desk.silent = silent;
        table.control('p');
        table.type_in("ls");
        let screen = table.screen();
        assert!(screen.contains(words) && screen.matches("铃声: ").count() == 1, "{screen}");
        table.press(KeyCode::Enter);
        assert!(table.screen().contains(said), "{}", table.screen());
        let Some(Ask::Do(request)) = table.desk.session.asked.last() else { panic!() };
        assert_eq!((request.word.as_str(), request.args.yes("off")), ("device.bell", !silent));
    }
}

#[test]
fn what_another_page_does_is_gone_to_and_its_key_is_said() {
    let mut table = Table::demo();
    table.control('p');
    table.type_in("daochu");
    assert!(table.screen().contains("F7 合并, 4"), "{}", table.screen());
    table.press(KeyCode::Enter);
    assert!(matches!(table.stack.top(), Page::Exchange(_)), "{}", table.screen());
    assert!(table.screen().contains("导出 就在这一页: 按 4."), "{}", table.screen());
    table.control('p');
    table.type_in("yuyue");
    table.press(KeyCode::Enter);
    assert!(matches!(table.stack.top(), Page::Demo(_)), "{}", table.screen());
    assert!(table.screen().contains("预约: 先选一户, Enter 打开户卡. 键是 户卡 里的 3."), "{}", table.screen());
    // What keeps one from it and where it is are both said.
    for (looked, said) in [("zanting", "暂停/继续: 先开始走访"), ("anliangci", "按两次退出: 按 Ctrl-C, 到处都行.")]
    {
        table.control('p');
        table.type_in(looked);
        table.press(KeyCode::Enter);
        assert!(table.screen().contains(said), "{said}\n{}", table.screen());
    }
}

// 新旧对照 opened the choice of a roster and named a 3 that was not there: it is a key of an import that is done.
#[test]
fn a_key_of_a_later_part_of_a_page_is_not_said_to_be_there() {
    let mut table = Table::demo();
    table.control('p');
    table.type_in("xjdz");
    table.press(KeyCode::Enter);
    assert!(matches!(table.stack.top(), Page::Compared(_)), "{}", table.screen());
    table.control('p');
    table.type_in("再导一份");
    table.press(KeyCode::Enter);
    assert!(matches!(table.stack.top(), Page::Import(_)), "{}", table.screen());
    assert!(table.screen().contains("再导一份: 这一页还没到那一步. 键是 导入名册"), "{}", table.screen());
}
