//! Joining: which issue a sentence is one more of, kept with the sentence until it is recorded, so that neither a kill nor a
//! refusal loses it, and no other sentence is joined with it. A line that is changed is joined with nothing.

use super::answer;
use crate::app::Ask;
use crate::domain::Name;
use crate::ui::desk::Desk;
use crate::ui::field::Field;

/// Keeps at a place which issue a sentence is joined with.
pub fn keep(place: String, sentence: &str, with: Name, desk: &mut Desk) {
    let (text, cursor) = answer::kept(sentence, &Field::with(&with.to_string()));
    desk.session.ask(Ask::Draft { place, text, cursor });
}

/// Forgets what a sentence was to be joined with; what is kept for another one stays.
pub fn forget(place: String, sentence: &str, desk: &mut Desk) {
    if kept(&place, sentence, desk).is_some() {
        desk.session.ask(Ask::Draft { place, text: String::new(), cursor: 0 });
    }
}

/// Gives the issue that a sentence was to be joined with when it was refused, the page was left or the program ended.
pub fn kept(place: &str, sentence: &str, desk: &Desk) -> Option<Name> {
    of(sentence, &desk.session.draft(place)?.0)
}

/// Gives the issue that a draft keeps for a sentence; none where it is another one's.
pub fn of(sentence: &str, draft: &str) -> Option<Name> {
    answer::of(sentence, &(draft.to_owned(), 0))?.0.parse().ok()
}

#[cfg(test)]
pub mod tests {
    use crate::domain::{Issue, Name};
    use crate::text::{Trouble, t};

    /// What another household said, for the tests of a line that is joined with it.
    pub fn theirs() -> Issue {
        Issue {
            name: Name::new(8, 3),
            at: 0,
            recorder: String::new(),
            line: None,
            visit: None,
            household: Some(Name::new(8, 2)),
            text: String::new(),
            kind: "problem".into(),
            field: "farming".into(),
            class: "general".into(),
            source: String::new(),
            received: None,
            confidential: false,
            done: String::new(),
            with: None,
        }
    }

    /// What a full disk answers.
    pub fn full() -> Trouble {
        Trouble::new("disk-full", t("磁盘满了.", "The disk is full."))
    }
}
