//! Stories of who asks: F1 says what can be done wherever it is pressed, Ctrl-W where the numbers of the page come from.

use crossterm::event::KeyCode;

use super::Table;
use crate::ui::lines::Lines;
use crate::ui::overlay::Overlay;
use crate::ui::parting::Parting;
use crate::ui::screens::{Compared, Disputes, Doubts, Exchange, HandOver, Import, Page, Parallels, Twins};
use crate::ui::speaker::Speaker;
use crate::ui::stack::Flow;

/// How a page is opened, and what it is to say.
type Told<T> = (fn() -> Page, T);

// F1 was dead in the question before leaving, and over every other popup.
#[test]
fn f1_says_over_every_popup_what_it_is_for_and_what_can_be_done_and_leads_back_to_it() {
    let popups: [fn(&mut Table); 5] = [
        |table| table.stack.cover(Overlay::Parting(Parting::default())),
        |table| table.stack.cover(Overlay::Speaker(Speaker::over(vec!["陈明".to_owned()], false))),
        |table| table.stack.cover(Overlay::Lines(Lines::default())),
        |table| {
            table.control('w');
        },
        |table| {
            table.control('p');
        },
    ];
    let words =
        ["退出以前该知道的", "换一个人接着记", "粘贴的有好几行", "这一页上的数是怎么来的", "打一个名字就能找到命令"];
    for (open, words) in popups.into_iter().zip(words) {
        let mut table = Table::demo();
        table.type_in("机井");
        open(&mut table);
        let before = table.screen();
        assert!(before.lines().last().unwrap().contains("F1 帮助"), "{before}");
        table.press(KeyCode::F(1));
        let help = table.screen();
        assert!(help.contains(words) && help.contains("Esc"), "{help}");
        assert!(!help.contains("到处都能用"), "what waits until it is closed is not offered\n{help}");
        table.press(KeyCode::F(1));
        assert_eq!(table.screen(), before);
        assert_eq!(table.top().field.text(), "机井");
    }
}

#[test]
fn f1_in_the_menu_and_over_the_lock_is_answered_and_shows_nothing_that_is_covered() {
    let mut table = Table::demo();
    table.press(KeyCode::Esc);
    table.press(KeyCode::F(1));
    assert!(table.screen().contains("到处都能用"), "{}", table.screen());
    table.press(KeyCode::Esc);
    table.stack.lock(&mut table.desk);
    assert!(!table.screen().contains("先打口令"), "{}", table.screen());
    table.press(KeyCode::F(1));
    let screen = table.screen();
    assert!(screen.contains("按 Enter 回来; 有口令的先打口令") && !screen.contains("张守富"), "{screen}");
}

// Somebody who asked for help while leaving was asked twice.
#[test]
fn whoever_leaves_from_the_help_of_the_question_is_not_asked_a_second_time() {
    let mut table = Table::demo();
    table.stack.cover(Overlay::Parting(Parting::default()));
    table.press(KeyCode::F(1));
    assert_eq!(table.control('c'), Flow::On);
    assert_eq!(table.control('c'), Flow::Leave);
}

// Ctrl-W explained what waits for an export there, and not the number one looks at.
#[test]
fn pages_with_numbers_of_their_own_explain_them() {
    let pages: [Told<[&str; 2]>; 5] = [
        (|| Doubts::new().into(), ["名册里一格看不准算一处", "不算"]),
        (|| Compared::new().into(), ["一户不再列算一处", "到下一份名册以前不问"]),
        (|| Import::new().into(), ["新的在前, 最多 200 个", "按 Enter 看过才数"]),
        (|| HandOver::new().into(), ["逐条对这台电脑的全部记录", "一条不少"]),
        (|| Disputes::new().into(), ["谁也没见过别人写的", "算一处"]),
    ];
    for (page, parts) in pages {
        let mut table = Table::new(page());
        table.control('w');
        let told = |table: &Table| table.screen().replace(['\n', ' '], "");
        let mut shown = told(&table);
        for _ in 0..20 {
            table.press(KeyCode::Down);
            shown += &told(&table);
        }
        for part in parts {
            assert!(shown.contains(&part.replace(' ', "")), "{part}\n{}", table.screen());
        }
    }
}

// A list of keys does not say what one came for.
#[test]
fn the_help_of_a_page_begins_with_what_it_is_for() {
    let pages: [Told<&str>; 6] = [
        (|| Exchange::new().into(), "各组的电脑用U盘在这里碰头"),
        (|| Disputes::new().into(), "两个人各写了同一项"),
        (|| Parallels::new().into(), "同一户的不同项"),
        (|| Twins::new().into(), "像是录了两遍的一家"),
        (|| Doubts::new().into(), "名册里看不准的格子"),
        (|| Compared::new().into(), "新名册和您们写的不一样的"),
    ];
    for (page, words) in pages {
        let mut table = Table::new(page());
        table.press(KeyCode::F(1));
        let screen = table.screen();
        assert!(screen.lines().take(4).any(|line| line.contains(words)), "{screen}");
    }
}
