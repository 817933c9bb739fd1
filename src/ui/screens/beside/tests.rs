//! What is kept of the selected line between two frames, and what is never shown of it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Beside;
use super::known::Known;
use crate::app::{Hits, Message, Place, Terminal, Ticket};
use crate::domain::Name;
use crate::text::t;
use crate::ui::canvas::{Canvas, lines};
use crate::ui::desk::Desk;
use crate::ui::otherwise::FKeys;
use crate::ui::screens::card::Sheet;
use crate::ui::theme::Look;

const HOME: Name = Name::new(1, 1);

/// A desk over a house that knows no household: what is read there is gone.
fn empty() -> Desk {
    let desk = Desk::for_tests();
    desk.session.open_for_tests(Place::new(std::path::PathBuf::new()).empty_house());
    desk
}

// Each frame read the household anew, and waited for whoever merged.
#[test]
fn what_is_known_of_a_line_is_read_once_until_another_is_selected_or_something_was_recorded() {
    let mut desk = empty();
    let beside = Beside::household(Some(HOME)).unwrap();
    let has_card = |known: &Known, desk: &Desk| Beside::household(Some(HOME)).unwrap().laid(known, desk).is_some();
    let read = || Known::of_household(HOME, Sheet::default(), &Desk::for_tests());
    let mut known = read();
    known.look(Some(&beside), &desk);
    known.heard(&Message::Found { ticket: Ticket(1), hits: Hits::default(), faces: Vec::new() });
    known.heard(&Message::Working(Ticket(2), 40));
    known.look(Some(&beside), &desk);
    assert!(has_card(&known, &desk), "it was read anew, though nothing had changed");
    known.heard(&Message::Filled);
    known.look(Some(&beside), &desk);
    assert!(!has_card(&known, &desk), "what came in does not show");
    let mut known = read();
    known.look(Beside::household(Some(Name::new(1, 2))).as_ref(), &desk);
    assert!(!has_card(&known, &desk), "another line shows the household of the one before");
    let mut known = read();
    desk.now.wall_ms += 86_400_000;
    known.look(Some(&beside), &desk);
    assert!(!has_card(&known, &desk), "days are counted from yesterday");
}

// Sentences on the page named the other way, and those beside it F-keys that do nothing.
#[test]
fn where_f_keys_do_nothing_its_sentences_name_the_other_way_and_what_people_wrote_stays() {
    let terminal = Terminal { no_f_keys: true, ..Terminal::default() };
    let (desk, area, none) = (Desk::for_tests(), Rect::new(0, 0, 60, 5), FKeys::named(terminal, []));
    let mut beside = Beside::titled("F7.zfb");
    beside.tell(t("向办公室要活动密钥: 按 F7 再按 8.", "Ask for the key: F7 and 8."), Look::Late);
    let known = Known::default();
    let mut buffer = Buffer::empty(area);
    let mut cursor = None;
    let mut canvas = Canvas::new(&mut buffer, &mut cursor, area, &desk).without_f_keys(Some(&none));
    beside.laid(&known, &desk).unwrap().draw(&mut canvas);
    let said = lines(&buffer).join("\n");
    assert!(said.contains("F7.zfb") && said.contains("按 Ctrl-P 再按 8"), "{said}");
}

// Of those who had said nothing as many were listed as had room, and of the others there was no word.
#[test]
fn what_has_no_room_is_counted_in_the_last_row() {
    let (desk, known) = (Desk::for_tests(), Known::default());
    let said = |households: usize, high: u16| {
        let mut beside = Beside::titled("还没记下的");
        for number in 1..=households {
            beside.say(format!("{number} 张守富"), Look::Plain);
        }
        let beside = beside.counting(t("还有 {n} 户", "{n} more"));
        let area = Rect::new(0, 0, 40, high);
        let (mut buffer, mut cursor) = (Buffer::empty(area), None);
        beside.laid(&known, &desk).unwrap().draw(&mut Canvas::new(&mut buffer, &mut cursor, area, &desk));
        lines(&buffer).join("\n")
    };
    let low = said(5, 4);
    assert!(low.contains("2 张守富") && !low.contains("3 张守富") && low.contains("还有 3 户"), "{low}");
    let all = said(3, 4);
    assert!(all.contains("3 张守富") && !all.contains("还有"), "{all}");
}
