//! Stories of keys on their way through the stack, told with the demo screen.

mod asked;
mod lists;
mod numbers;
mod sizes;
mod tried;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::Modifier;

use super::canvas::lines;
use super::desk::Desk;
use super::screens::demo::Demo;
use super::screens::{Audit, Browse, Compared, Page, Start, Twins};
use super::stack::{Flow, Input, Stack};
use crate::app::{Ask, Message, Request, Ticket};
use crate::domain::Name;
use crate::text::{Lang, Trouble, t};

/// A stack on a desk, with the keys of a person.
struct Table {
    stack: Stack,
    desk: Desk,
    size: Size,
}

impl Table {
    fn new(root: impl Into<Page>) -> Self {
        let mut desk = Desk::for_tests();
        let size = Size::new(80, 24);
        desk.body = Stack::body(size);
        Self { stack: Stack::new(root, &mut desk), desk, size }
    }

    fn demo() -> Self {
        Self::new(Demo::default())
    }

    fn press(&mut self, code: KeyCode) -> Flow {
        self.stack.input(Input::Key(KeyEvent::new(code, KeyModifiers::NONE)), &mut self.desk)
    }

    fn control(&mut self, letter: char) -> Flow {
        self.stack.input(Input::Key(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL)), &mut self.desk)
    }

    fn type_in(&mut self, text: &str) {
        for ch in text.chars() {
            assert_eq!(self.press(KeyCode::Char(ch)), Flow::On);
        }
    }

    fn top(&self) -> &Demo {
        let Page::Demo(demo) = self.stack.top() else { panic!("{:?}", self.stack) };
        demo
    }

    fn drawn(&self) -> (Vec<String>, Option<Position>) {
        let mut buffer = Buffer::empty(Rect::new(0, 0, self.size.width, self.size.height));
        let cursor = self.stack.draw(&mut buffer, &self.desk);
        (lines(&buffer), cursor)
    }

    fn screen(&self) -> String {
        self.drawn().0.join("\n")
    }
}

#[test]
fn what_lies_over_the_page_is_there_again_behind_a_lock() {
    let mut table = Table::demo();
    table.press(KeyCode::Esc);
    let open = table.screen();
    table.stack.lock(&mut table.desk);
    assert!(table.screen().contains("屏幕已遮住"));
    table.press(KeyCode::Enter);
    assert_eq!(table.screen(), open);
}

// They went nowhere, and nobody was told how one comes back.
#[test]
fn what_is_typed_over_the_lock_is_said_to_be_lost_with_the_key_that_leads_back_and_is_in_no_field() {
    let mut table = Table::demo();
    table.type_in("机井");
    table.stack.lock(&mut table.desk);
    let locked = table.screen();
    let inputs = ["坏", "q", "6", "＋", " "]
        .map(|typed| Input::Key(KeyEvent::from(KeyCode::Char(typed.chars().next().unwrap()))));
    let pasted = [Input::Text("坏了".to_owned()), Input::burst("坏".to_owned(), "了\n没水".to_owned())];
    for input in inputs.into_iter().chain(pasted) {
        for (lang, words) in [(Lang::Zh, "打的字没有记下. 按 Enter 回来"), (Lang::En, "not kept. Enter comes back")]
        {
            table.desk.lang = lang;
            assert_eq!(table.stack.input(input.clone(), &mut table.desk), Flow::On);
            assert!(table.screen().contains(words), "{input:?}\n{}", table.screen());
            table.press(KeyCode::Down);
            assert!(!table.screen().contains(words), "it goes with the next key\n{}", table.screen());
        }
    }
    table.desk.lang = Lang::Zh;
    assert_eq!(table.screen(), locked);
    table.press(KeyCode::Enter);
    assert_eq!(table.top().field.text(), "机井");
    assert_eq!(table.desk.session.asked.len(), 2, "no draft is another one");
}

#[test]
fn text_goes_to_the_field_commands_to_the_rows_and_arrows_to_the_list() {
    let mut table = Table::demo();
    table.type_in("6 村里qz");
    assert_eq!((table.top().field.text(), table.top().typed), ("6 村里qz", 6));
    table.press(KeyCode::Down);
    assert_eq!(table.top().list.selected(), 1);
    table.press(KeyCode::Home);
    assert_eq!((table.top().field.cursor(), table.top().list.selected()), (0, 1), "Home belongs to a field with text");
    table.press(KeyCode::Enter);
    assert!(table.screen().contains("记下了 6 村里qz"));
    table.press(KeyCode::Home);
    assert_eq!(table.top().list.selected(), 0, "and to the list where there is none");
    assert!(!table.screen().contains("记下了"), "a notice goes with the next key");
}

#[test]
fn a_key_that_does_nothing_here_says_so() {
    let mut table = Table::demo();
    table.press(KeyCode::F(11));
    assert!(table.screen().contains("F11 在这里没有用"), "{}", table.screen());
    table.control('u');
    assert!(!table.screen().contains("没有用"), "an empty line emptied needs no word");
    table.press(KeyCode::Tab);
    table.type_in("井");
    assert!(table.screen().contains("这里不能打字"), "{}", table.screen());
}

// A line that the disk had refused to take stood there under 已保存.
#[test]
fn the_header_does_not_say_saved_above_a_line_that_the_disk_refused() {
    let mut table = Table::demo();
    let header = |table: &mut Table| {
        table.stack.look(&mut table.desk);
        table.screen().lines().next().map(str::to_owned).unwrap()
    };
    let refuse = |table: &Table, kind| {
        let why = Trouble::new(kind, t("磁盘已满.", "The disk is full."));
        table.desk.session.refuse_for_tests("demo/line", &why);
    };
    table.type_in("机井");
    refuse(&table, "no-talk");
    assert!(header(&mut table).ends_with("  已保存"), "it has to be written otherwise, and is kept as it is");
    refuse(&table, "disk-full");
    assert!(header(&mut table).ends_with("  没存上!"), "{}", table.screen());
    table.control('s');
    assert!(table.screen().contains("没存上: 磁盘已满"), "{}", table.screen());
    table.type_in("坏了");
    assert!(header(&mut table).ends_with("  没存上!"), "{}", table.screen());
    table.control('u');
    assert!(header(&mut table).ends_with("  已保存"), "{}", table.screen());
}

#[test]
fn every_change_of_the_field_is_a_draft_with_its_cursor() {
    let mut table = Table::demo();
    table.type_in("机井");
    table.press(KeyCode::Left);
    let last = table.desk.session.asked.last().cloned();
    assert_eq!(last, Some(Ask::Draft { place: "demo/line".to_owned(), text: "机井".to_owned(), cursor: 3 }));
    assert_eq!(table.desk.session.asked.len(), 3);
}

#[test]
fn digits_and_marks_are_commands_where_no_field_has_the_cursor_full_width_too() {
    let mut table = Table::demo();
    table.press(KeyCode::Tab);
    assert_eq!(table.drawn().1, None, "no cursor where nothing can be typed");
    table.press(KeyCode::Char('６'));
    assert_eq!(table.top().picked, Some(6));
    table.press(KeyCode::Tab);
    table.press(KeyCode::Char('＋'));
    assert_eq!(table.top().picked, Some(10));
    table.press(KeyCode::Tab);
    table.press(KeyCode::Esc);
    assert!(!table.top().strip && !table.screen().contains("数字 直接选"), "the strip's own Esc goes before the menu");
}

#[test]
fn esc_shows_a_numbered_menu_and_digits_act_at_once() {
    let mut table = Table::demo();
    table.press(KeyCode::Esc);
    let screen = table.screen();
    for line in [" 1  记下", " 3  结束", "02  住户", "01  帮助", "Ctrl-L", "数字 直接选"] {
        assert!(screen.contains(line), "{line}\n{screen}");
    }
    assert!(!screen.contains("返回"), "there is nothing below the lowest page");
    table.press(KeyCode::Char('3'));
    assert!(table.screen().contains("3 结束: 按 Enter 才做"), "the line that stands there would be put down");
    table.press(KeyCode::Enter);
    assert!(table.screen().contains("F8 结束"), "a page was opened and the menu is closed");
    table.press(KeyCode::Esc);
    assert!(table.screen().contains("00  返回"));
    table.press(KeyCode::Char('0'));
    assert!(table.screen().contains("菜单  0_"));
    table.press(KeyCode::Char('０'));
    table.press(KeyCode::Esc);
    assert!(!table.screen().contains("返回"), "back at the lowest page");
    table.press(KeyCode::Down);
    table.press(KeyCode::Enter);
    assert!(table.top().strip, "arrows and Enter choose too");
}

// Behind a digit that chose nothing the 2 of 02 chose the second row of the page.
#[test]
fn a_place_is_chosen_by_its_two_digits_behind_a_stray_one_too() {
    let mut table = Table::demo();
    table.press(KeyCode::Esc);
    table.type_in("9");
    table.type_in("0");
    assert!(table.screen().contains("菜单  0_"), "{}", table.screen());
    table.type_in("4");
    assert!(matches!(table.stack.top(), Page::Issues(_)), "{}", table.screen());
}

// Two bars with a sign each stood side by side, the page's and the menu's: which of them do the arrows move?
#[test]
fn behind_a_menu_the_page_steps_back() {
    let mut table = Table::demo();
    let bars = |table: &Table| {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 24));
        table.stack.draw(&mut buffer, &table.desk);
        let is_bar = |x: u16, y: u16| buffer[(x, y)].modifier.contains(Modifier::REVERSED);
        let rows = |x: u16| (1..23).filter(|y| is_bar(x, *y)).count();
        (rows(0), rows(40), buffer[(0, 23)].modifier)
    };
    assert_eq!(bars(&table), (1, 1, Modifier::DIM), "the selected line of the page");
    table.press(KeyCode::Esc);
    assert_eq!(bars(&table), (0, 2, Modifier::DIM), "the title of the menu, and its selected line");
}

#[test]
fn keys_of_the_page_work_with_the_menu_open() {
    let mut table = Table::demo();
    table.press(KeyCode::Esc);
    table.press(KeyCode::Tab);
    assert!(table.top().strip);
    table.press(KeyCode::Esc);
    table.press(KeyCode::Esc);
    table.press(KeyCode::Esc);
    assert!(!table.screen().contains("数字 直接选"));
    assert_eq!(table.control('q'), Flow::Leave);
}

#[test]
fn the_palette_finds_by_initials_and_runs() {
    let mut table = Table::demo();
    table.type_in("没记完的");
    table.control('p');
    table.type_in("gl");
    let screen = table.screen();
    assert!(screen.contains("归类") && !screen.contains("住户"), "{screen}");
    assert!(table.drawn().1.is_some());
    table.press(KeyCode::Enter);
    assert!(table.top().strip);
    assert_eq!(table.top().field.text(), "没记完的", "what was typed on the page is still there");
    table.press(KeyCode::Esc);
    table.control('p');
    table.stack.input(Input::Text("zzz".to_owned()), &mut table.desk);
    assert!(table.screen().contains("没有这个命令."));
    table.control('z');
    table.type_in("fin");
    table.press(KeyCode::Enter);
    assert_eq!(table.top().typed, 0, "F8 opened a new page");
    assert_eq!(table.top().field.text(), "没记完的", "and what was typed at this place is in its field again");
}

#[test]
fn help_lists_the_rows_of_this_place_and_scrolls() {
    let mut table = Table::demo();
    table.size = Size::new(40, 12);
    table.desk.body = Stack::body(table.size);
    table.press(KeyCode::F(1));
    let screen = table.screen();
    assert!(screen.contains("演示") && screen.contains("归类"), "{screen}");
    for _ in 0..9 {
        table.press(KeyCode::PageDown);
    }
    assert!(table.screen().contains("全角的"), "{}", table.screen());
    table.press(KeyCode::Esc);
    assert!(table.screen().contains("记下"));
}

#[test]
fn ctrl_z_takes_back_text_first_then_what_was_recorded() {
    let mut table = Table::demo();
    table.type_in("机井");
    table.control('z');
    assert!(table.top().field.is_empty());
    table.control('z');
    assert_eq!(table.desk.session.asked.last(), Some(&Ask::Do(Request::new("undo"))));
}

#[test]
fn ctrl_c_asks_once_and_any_other_key_forgets_it() {
    let mut table = Table::demo();
    assert_eq!(table.control('c'), Flow::On);
    assert!(table.screen().contains("再按一次"));
    table.press(KeyCode::Down);
    assert_eq!(table.control('c'), Flow::On);
    assert_eq!(table.control('c'), Flow::Leave);
}

#[test]
fn a_paste_goes_to_the_field_as_one_line_and_nowhere_else() {
    let mut table = Table::demo();
    table.stack.input(Input::Text("张三\n李四\u{1b}[2J".to_owned()), &mut table.desk);
    assert_eq!(table.top().field.text(), "张三 李四");
    table.press(KeyCode::Tab);
    table.stack.input(Input::Text("6".to_owned()), &mut table.desk);
    assert_eq!(table.top().picked, None, "pasted text is never a command");
    assert!(table.screen().contains("这里不能打字, 刚才的没有记下."));
}

#[test]
fn every_page_hears_messages_and_what_nobody_answers_is_shown() {
    let mut table = Table::demo();
    table.press(KeyCode::F(8));
    let trouble =
        Trouble::new("disk-full", t("磁盘满了.", "The disk is full.")).hint(t("请删些文件.", "Delete some files."));
    table.stack.heard(&Message::Failed(trouble), &mut table.desk);
    assert!(table.screen().contains("磁盘满了. 请删些文件."));
    assert_eq!(table.top().heard, 1);
    table.press(KeyCode::F(2));
    assert_eq!(table.top().heard, 1, "the lowest page heard it too");
}

#[test]
fn waiting_pages_hold_the_barrier_until_they_hear() {
    let mut table = Table::demo();
    table.control('n');
    table.press(KeyCode::F(8));
    assert!(table.stack.busy());
    table.stack.heard(&Message::Filled, &mut table.desk);
    assert!(!table.stack.busy());
}

#[test]
fn seconds_reach_the_top_page_and_it_may_ring() {
    let mut table = Table::demo();
    assert!(table.stack.second_hand());
    for tick in 1..=3 {
        table.stack.tick(&mut table.desk);
        assert_eq!(table.desk.bell, tick == 3);
    }
    assert!(!Table::new(Start::default()).stack.second_hand());
}

#[test]
fn why_cover_save_and_lock_answer_everywhere() {
    let mut table = Table::demo();
    table.control('w');
    assert!(table.screen().contains("满 15 分钟才算."));
    table.control('w');
    table.control('s');
    assert!(table.screen().contains("已自动保存"));
    table.control('b');
    assert!(table.desk.covered && table.screen().contains("已遮挡"));
    table.type_in("心脏病");
    table.control('l');
    let screen = table.screen();
    assert!(!screen.contains("心脏病") && !screen.contains("张守富"), "{screen}");
    table.type_in("x");
    assert_eq!(table.top().field.text(), "心脏病", "keys do not reach what is hidden");
    table.press(KeyCode::Enter);
    assert!(table.screen().contains("心脏病"));
}

#[test]
fn the_cursor_is_in_the_field_and_never_in_the_last_two_rows() {
    let mut table = Table::demo();
    table.type_in("村文化大院");
    assert_eq!(table.drawn().1, Some(Position::new(12, 21)));
    table.press(KeyCode::Esc);
    assert_eq!(table.drawn().1, None, "the menu takes no text");
}

#[test]
fn every_size_is_drawn_in_both_languages_and_too_small_ones_say_so() {
    let mut table = Table::demo();
    table.type_in("村文化大院晚上不开门");
    for overlay in [None, Some(KeyCode::Esc), Some(KeyCode::F(1))] {
        overlay.map(|key| table.press(key));
        for lang in [Lang::Zh, Lang::En] {
            table.desk.lang = lang;
            for (width, height) in [(200, 60), (80, 24), (40, 12), (39, 12), (40, 11), (20, 5), (2, 1), (1, 1), (0, 0)]
            {
                table.size = Size::new(width, height);
                table.desk.body = Stack::body(table.size);
                let screen = table.screen();
                if (width, height) == (39, 12) {
                    assert!(screen.contains(["窗口太小", "too small"][usize::from(lang == Lang::En)]), "{screen}");
                }
                if (width, height) == (40, 12) && overlay.is_none() {
                    assert!(screen.contains(["Esc 菜单", "Esc Menu"][usize::from(lang == Lang::En)]), "{screen}");
                }
            }
        }
    }
}

// An Esc too many opened the menu, and a sentence typed after it went nowhere.
#[test]
fn words_typed_over_the_menu_close_it_and_go_to_the_line() {
    let mut table = Table::demo();
    table.press(KeyCode::Esc);
    assert!(table.screen().contains("菜单"));
    table.type_in("机井z");
    assert_eq!(table.top().field.text(), "机井z");
    assert!(!table.screen().contains("01  帮助"), "{}", table.screen());
}

// Esc and a digit pressed quickly are one key to tmux and to slow lines: the menu's digit did nothing.
#[test]
fn a_character_right_behind_esc_is_esc_and_the_character() {
    let mut table = Table::demo();
    let alt = |code| Input::Key(KeyEvent::new(code, KeyModifiers::ALT));
    table.stack.input(alt(KeyCode::Char('2')), &mut table.desk);
    assert!(table.top().strip, "the second row of the menu");
    table.press(KeyCode::Esc);
    table.type_in("机井 坏了");
    table.stack.input(alt(KeyCode::Char('b')), &mut table.desk);
    assert!(!table.screen().contains("数字 直接选"), "a word back is a word back\n{}", table.screen());
    table.stack.input(alt(KeyCode::Char('了')), &mut table.desk);
    assert!(table.top().field.text().contains('了') && !table.screen().contains("数字 直接选"), "{}", table.screen());
}

// Rule 10: whoever waits for something that takes long sees how far it is, and goes away when it is too long.
#[test]
fn what_is_worked_out_on_a_page_says_how_far_it_is() {
    let pages: [fn() -> Page; 4] = [
        || Browse::new().into(),
        || Twins::new().into(),
        || Compared::new().into(),
        || Audit::of(Name::new(7, 1)).into(),
    ];
    for page in pages {
        let mut table = Table::new(page());
        let asked = Ticket(u64::try_from(table.desk.session.asked.len()).unwrap());
        assert!(table.screen().contains(" …"), "{}", table.screen());
        table.stack.heard(&Message::Working(asked, 35), &mut table.desk);
        assert!(table.screen().contains(" 35% …"), "{}", table.screen());
        table.stack.heard(&Message::Working(Ticket(99), 80), &mut table.desk);
        assert!(table.screen().contains(" 35% …"), "of something else\n{}", table.screen());
    }
}

// Esc 9 said nothing at all.
#[test]
fn a_digit_that_the_menu_lacks_is_said() {
    let mut table = Table::demo();
    table.press(KeyCode::Esc);
    table.type_in("9");
    assert!(table.screen().contains("菜单里没有 9"), "{}", table.screen());
    table.type_in("0");
    assert!(!table.screen().contains("菜单里没有"), "it may be a place\n{}", table.screen());
}

// 换人 onto oneself said that one speaks now, and that what the same person had not finished was kept.
#[test]
fn who_speaks_already_is_told_so_and_nothing_is_recorded() {
    let mut table = Table::demo();
    table.desk.session.speak("王建国");
    let asked = table.desk.session.asked.len();
    table.control('r');
    table.type_in("1");
    assert!(table.screen().contains("现在就是 王建国 在说, 没有换."), "{}", table.screen());
    assert_eq!(table.desk.session.asked.len(), asked);
}
