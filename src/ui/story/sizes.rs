//! Stories of lists that are longer than the screen, and of screens that are wider or lower than most.

use crossterm::event::KeyCode;
use ratatui::layout::Size;

use super::Table;
use crate::app::{Ask, Request};
use crate::ui::stack::Stack;

impl Table {
    fn sized(mut self, width: u16, height: u16) -> Self {
        self.size = Size::new(width, height);
        self.desk.body = Stack::body(self.size);
        self
    }
}

// What lay below was reached with nineteen arrows, by those who knew that it was there.
#[test]
fn a_menu_that_goes_on_says_so_and_its_end_is_one_key_away() {
    let mut table = Table::demo();
    table.press(KeyCode::Esc);
    let first = table.screen();
    assert!(first.contains("下面还有") && !first.contains("上面还有") && !first.contains("活动结束"), "{first}");
    table.press(KeyCode::Up);
    let last = table.screen();
    assert!(last.contains("上面还有") && !last.contains("下面还有") && last.contains("活动结束"), "{last}");
    table.press(KeyCode::Down);
    table.press(KeyCode::End);
    assert_eq!(table.screen(), last);
    table.press(KeyCode::Home);
    assert_eq!(table.screen(), first);
    table.press(KeyCode::PageDown);
    table.press(KeyCode::PageDown);
    assert_eq!(table.screen(), last);
    table.press(KeyCode::Esc);
    let mut tall = Table::demo().sized(80, 60);
    tall.press(KeyCode::Esc);
    assert!(!tall.screen().contains("还有"), "all of it is there\n{}", tall.screen());
}

#[test]
fn the_palette_says_so_too() {
    let mut table = Table::demo();
    table.control('p');
    let first = table.screen();
    assert!(first.contains("下面还有") && !first.contains("上面还有"), "{first}");
    table.press(KeyCode::End);
    let last = table.screen();
    assert!(last.contains("上面还有") && !last.contains("下面还有"), "{last}");
    table.type_in("tc");
    assert!(!table.screen().contains("还有"), "{}", table.screen());
}

#[test]
fn ctrl_z_takes_back_with_the_menu_open_as_its_line_does() {
    let mut table = Table::demo();
    table.press(KeyCode::Esc);
    table.control('z');
    assert!(!table.screen().contains("数字 直接选"), "{}", table.screen());
    assert_eq!(table.desk.session.asked.last(), Some(&Ask::Do(Request::new("undo"))));
}
