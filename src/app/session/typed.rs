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
        self.note_refused(&draft.0, &draft.1, why);
        let is_free = self.drafts.iter().all(|(place, _, _)| *place != draft.0);
        if is_free {
            self.drafts.push(draft.clone());
        }
        Some((draft, is_free))
    }

    /// Notes that the disk did not take words that stand at a place.
    pub fn note_refused(&mut self, place: &str, text: &str, why: &Trouble) {
        if is_refusal(why) {
            self.refused.retain(|one| one.place != place || one.text != text);
            self.refused.push(Refused { place: place.to_owned(), text: text.to_owned(), why: why.clone() });
        }
    }

    /// Gives why something was refused that still waits at one of the places that are meant.
    pub fn why_any_refused(&self, is_meant: impl Fn(&str) -> bool) -> Option<Trouble> {
        // Nearly always nothing is: a frame asks it.
        let is_any = !self.refused.is_empty();
        let places = self.drafts.iter().filter(|_| is_any).map(|(place, _, _)| place.as_str());
        places.filter(|place| is_meant(place)).find_map(|place| self.why_refused(place))
    }

    /// Gives why what stands at a place was refused; none where it was not, or nothing stands there.
    pub fn why_refused(&self, place: &str) -> Option<Trouble> {
        let (_, text, _) = self.drafts.iter().find(|(other, _, _)| other == place)?;
        let found = self.refused.iter().find(|one| one.place == place || text.contains(&one.text));
        found.map(|one| one.why.clone())
    }

    /// Forgets all that was refused: it stands as drafts on a disk that takes what is typed again.
    pub fn forget_refusals(&mut self) {
        self.refused.clear();
    }

    /// Forgets what was refused of a place at which nothing stands any more; words that wait at another place are as refused as before,
    /// and are refused there from now on, however they are changed.
    fn forget_refused(&mut self, place: &str) {
        let drafts = &self.drafts;
        self.refused.retain_mut(|one| {
            if one.place != place {
                return true;
            }
            let waits = drafts.iter().find(|(_, text, _)| text.contains(&one.text));
            waits.inspect(|(place, _, _)| one.place.clone_from(place)).is_some()
        });
    }
}

#[cfg(test)]
mod tests {
    use super::{Ticket, Typed};
    use crate::text::{Trouble, t};

    const LINE: &str = "visit/7.2/line@陈明";
    const KEPT: &str = "visit/7.2/kept@陈明";

    fn full() -> Trouble {
        Trouble::new("disk-full", t("磁盘已满.", "The disk is full."))
    }

    impl Typed {
        fn is_any_refused(&self) -> bool {
            self.why_any_refused(|_| true).is_some()
        }

        /// Types words and has them recorded, or refused.
        fn record(&mut self, place: &str, why: Option<&Trouble>) {
            self.consume(Ticket(1), place);
            self.settle(Ticket(1), why);
        }
    }

    // Of ten lines that were refused the header spoke until the first of them was recorded.
    #[test]
    fn lines_that_were_refused_are_refused_until_the_last_one_is_recorded_or_gone() {
        for is_given_up in [false, true] {
            let mut typed = Typed::default();
            // As a page puts them back: the first one into its line, the others beside it.
            typed.remember(LINE, "机井坏了", 0);
            typed.note_refused(LINE, "机井坏了", &full());
            for (kept, line) in [("路灯不亮", "路灯不亮"), ("路灯不亮 校车太远", "校车太远")] {
                typed.remember(KEPT, kept, 0);
                typed.note_refused(KEPT, line, &full());
            }
            typed.record(LINE, None);
            assert!(typed.is_any_refused() && typed.why_refused(LINE).is_none());
            // Another one is written and recorded meanwhile.
            typed.remember(LINE, "修路", 0);
            assert!(typed.why_refused(LINE).is_none() && typed.is_any_refused());
            typed.record(LINE, None);
            // They come into the line, and are changed there.
            typed.remember(LINE, "路灯不亮 校车太远", 0);
            typed.remember(KEPT, "", 0);
            typed.remember(LINE, "灯不亮, 校车也远", 0);
            assert!(typed.why_refused(LINE).is_some());
            if is_given_up {
                typed.remember(LINE, "", 0);
            } else {
                typed.record(LINE, None);
            }
            assert!(!typed.is_any_refused());
            typed.remember(LINE, "校车太远", 0);
            assert!(!typed.is_any_refused(), "what is typed anew was never refused");
        }
    }

    #[test]
    fn what_was_refused_for_what_it_says_is_not_refused_by_the_disk() {
        let mut typed = Typed::default();
        typed.remember(LINE, "机井坏了", 0);
        typed.note_refused(LINE, "机井坏了", &Trouble::new("no-talk", t("散场了.", "It has ended.")));
        assert!(!typed.is_any_refused());
    }
}
