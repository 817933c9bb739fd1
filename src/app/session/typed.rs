//! Typed: what people typed and did not record, as writer and screens both see it. It has one lock: a draft goes back and forth
//! between what is typed, what is being recorded and what was refused, and two hands that took one lock each would wait for ever.

use super::message::Ticket;
use crate::log::is_refusal;
use crate::text::Trouble;

/// What is typed at a place: the place, the text, and the cursor in bytes.
pub(in crate::app) type DraftAt = (String, String, usize);

/// Every draft, those that are being recorded apart.
#[derive(Default)]
pub(in crate::app) struct Typed {
    pub drafts: Vec<DraftAt>,
    /// Drafts that requests under way consume.
    consumed: Vec<(Ticket, DraftAt)>,
    /// Drafts that the disk refused to take as records, while they are drafts.
    refused: Vec<Refused>,
}

/// A draft that was to be recorded and was not, as the disk did not take it.
struct Refused {
    place: String,
    text: String,
    why: Trouble,
}

impl Typed {
    /// Notes what stands at a place now.
    pub fn remember(&mut self, place: &str, text: &str, cursor: usize) {
        self.drafts.retain(|(other, _, _)| other != place);
        if text.is_empty() {
            self.forget_refused(place);
        } else {
            self.drafts.push((place.to_owned(), text.to_owned(), cursor));
        }
    }

    /// Takes the draft of a place away while a request consumes it, so that no page brings it back meanwhile.
    pub fn consume(&mut self, ticket: Ticket, place: &str) {
        if let Some(at) = self.drafts.iter().position(|(other, _, _)| other == place) {
            let draft = self.drafts.swap_remove(at);
            self.consumed.push((ticket, draft));
        }
    }

    /// Ends the consuming of a draft, and gives it back where the request was refused. Where nothing else was typed at the place
    /// since, which is told as well, it is a draft again.
    pub fn settle(&mut self, ticket: Ticket, refused: Option<&Trouble>) -> Option<(DraftAt, bool)> {
        let at = self.consumed.iter().position(|(other, _)| *other == ticket)?;
        let (_, draft) = self.consumed.swap_remove(at);
        self.forget_refused(&draft.0);
        let why = refused?;
        if is_refusal(why) {
            self.refused.push(Refused { place: draft.0.clone(), text: draft.1.clone(), why: why.clone() });
        }
        let is_free = self.drafts.iter().all(|(place, _, _)| *place != draft.0);
        if is_free {
            self.drafts.push(draft.clone());
        }
        Some((draft, is_free))
    }

    /// Gives why what stands at a place was refused; none where it was not, or nothing stands there.
    pub fn why_refused(&self, place: &str) -> Option<Trouble> {
        let (_, text, _) = self.drafts.iter().find(|(other, _, _)| other == place)?;
        let found = self.refused.iter().find(|one| one.place == place || text.contains(&one.text));
        found.map(|one| one.why.clone())
    }

    /// Forgets what was refused of a place at which nothing stands any more; words that wait at another place are as refused as before.
    fn forget_refused(&mut self, place: &str) {
        let drafts = &self.drafts;
        let waits = |one: &Refused| drafts.iter().any(|(_, text, _)| text.contains(&one.text));
        self.refused.retain(|one| one.place != place || waits(one));
    }
}
