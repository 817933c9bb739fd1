//! What is kept of the selected line between two frames, and what is never shown of it.

use super::Beside;
use super::known::Known;
use crate::app::{Hits, Message, Place, Ticket};
use crate::domain::Name;
use crate::ui::desk::Desk;
use crate::ui::screens::card::Sheet;

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
