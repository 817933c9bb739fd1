//! Joining: which issue a sentence is one more of, kept with the sentence while it is asked how it was solved, so that a kill
//! loses neither, and no other sentence is joined with it.

use super::answer;
use crate::app::Ask;
use crate::domain::Name;
use crate::ui::desk::Desk;
use crate::ui::field::Field;

/// Keeps at a place which issue a sentence is joined with; where it is with none, what was kept there goes.
pub fn keep(place: String, sentence: &str, with: Option<Name>, desk: &mut Desk) {
    let text = with.map(|with| answer::kept(sentence, &Field::with(&with.to_string())).0).unwrap_or_default();
    if !text.is_empty() || desk.session.draft(&place).is_some() {
        desk.session.ask(Ask::Draft { place, cursor: text.len(), text });
    }
}

/// Gives the issue that a sentence was to be joined with when the page was left or the program ended.
pub fn kept(place: &str, sentence: &str, desk: &Desk) -> Option<Name> {
    of(sentence, &desk.session.draft(place)?.0)
}

/// Gives the issue that a draft keeps for a sentence; none where it is another one's.
pub fn of(sentence: &str, draft: &str) -> Option<Name> {
    answer::of(sentence, &(draft.to_owned(), 0))?.0.parse().ok()
}
