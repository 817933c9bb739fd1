//! Drafts: what people typed and did not record, each at a place and under a name.

use super::Session;
use crate::app::session::writer::Order;
use crate::text::Trouble;

/// Stands between a place and the person whose draft it is.
const OWNER: char = '@';

/// Gives the place of a person's draft.
pub(super) fn owned(place: &str, who: &str) -> String {
    if who.is_empty() { place.to_owned() } else { format!("{place}{OWNER}{who}") }
}

/// Gives a place without whose draft it is.
fn base(place: &str) -> &str {
    place.split_once(OWNER).map_or(place, |(place, _)| place)
}

impl Session {
    pub(super) fn remember(&self, place: &str, text: &str, cursor: usize) {
        self.shared.typed().remember(place, text, cursor);
    }

    /// Gives why the disk did not take what stands at a place, where the person who speaks wanted it recorded; none where nobody
    /// did, or where it is recorded or gone by now.
    pub fn refused(&self, place: &str) -> Option<Trouble> {
        self.shared.typed().why_refused(&owned(place, &self.speaker()))
    }

    /// Gives why the disk did not take something that the person who speaks wanted recorded and that still waits, at whatever place.
    pub fn refused_anywhere(&self) -> Option<Trouble> {
        let who = self.speaker();
        self.shared.typed().why_any_refused(|place| owned(base(place), &who) == place)
    }

    /// Notes that the disk did not take words that stand at a place again; of what was refused for another reason nothing is noted.
    pub fn note_refused(&self, place: &str, words: &str, why: &Trouble) {
        self.shared.typed().note_refused(&owned(place, &self.speaker()), words, why);
    }

    /// Tells whether leaving now would cost what the person who speaks typed at a place.
    pub fn loses(&self, place: &str) -> bool {
        self.loss().places.contains(&owned(place, &self.speaker()))
    }

    /// Has what stands at a place refused.
    #[cfg(test)]
    pub fn refuse_for_tests(&self, place: &str, why: &Trouble) {
        let (place, ticket) = (owned(place, &self.speaker()), super::Ticket(u64::MAX));
        self.shared.typed().consume(ticket, &place);
        self.shared.typed().settle(ticket, Some(why));
    }

    /// Gives what the person who speaks typed at a place and did not record: text, and the cursor in bytes.
    pub fn draft(&self, place: &str) -> Option<(String, usize)> {
        let found = self.stray(place).unwrap_or_else(|| owned(place, &self.speaker()));
        let typed = self.shared.typed();
        typed.drafts.iter().find(|(other, _, _)| *other == found).map(|(_, text, cursor)| (text.clone(), *cursor))
    }

    /// Gives the places where the person who speaks typed something that is not recorded.
    pub fn half_written(&self) -> Vec<String> {
        let all: Vec<String> = {
            let typed = self.shared.typed();
            typed.drafts.iter().map(|(place, _, _)| place.clone()).collect()
        };
        let places = all.iter().map(|place| base(place));
        places.filter(|place| self.draft(place).is_some()).map(str::to_owned).collect()
    }

    /// Finds a draft of a place that nobody who uses this laptop can come back to: typed before there was a name, or under
    /// a name that was corrected since. Whoever speaks gets it, unless there is one of his own.
    fn stray(&self, place: &str) -> Option<String> {
        let (own, people) = (owned(place, &self.speaker()), self.visitors());
        let typed = self.shared.typed();
        let is_stray = |other: &str| match other.strip_prefix(place)?.split_once(OWNER) {
            Some(("", who)) => (!people.iter().any(|known| known == who)).then_some(()),
            Some(_) => None,
            None => (other == place).then_some(()),
        };
        if typed.drafts.iter().any(|(other, _, _)| *other == own) {
            return None;
        }
        typed.drafts.iter().map(|(other, _, _)| other).find(|other| is_stray(other).is_some()).cloned()
    }

    /// Gives the place of a draft of the person who speaks; a stray one there becomes his.
    pub(super) fn own(&mut self, place: &str) -> String {
        if let Some(stray) = self.stray(place) {
            self.remember(&stray, "", 0);
            self.order(Order::Draft { place: stray, text: String::new(), cursor: 0 });
        }
        owned(place, &self.speaker())
    }

    /// Keeps at a place what is nobody's own: whoever speaks finds it. An empty text lets it go.
    pub fn share(&mut self, place: &str, text: &str) {
        let own =
            self.left_at(place).into_iter().filter(|(who, _)| !who.is_empty()).map(|(who, _)| (owned(place, &who), ""));
        let all: Vec<(String, &str)> = own.chain([(place.to_owned(), text)]).collect();
        for (place, text) in all {
            self.remember(&place, text, text.len());
            self.order(Order::Draft { place, text: text.to_owned(), cursor: text.len() });
        }
    }

    /// Gives what anybody typed at the places that begin so and did not record, in their order: the place, who it was, and the text.
    pub fn left_under(&self, begins: &str) -> Vec<(String, String, String)> {
        let typed = self.shared.typed();
        let found = typed.drafts.iter().filter(|(place, _, _)| place.starts_with(begins));
        let of = |(at, text, _): &(String, String, usize)| {
            let (place, who) = at.split_once(OWNER).unwrap_or((at, ""));
            (place.to_owned(), who.to_owned(), text.clone())
        };
        let mut all: Vec<_> = found.map(of).collect();
        all.sort();
        all
    }

    /// Gives what anybody typed at a place and did not record, each with who it was; nobody has no name.
    pub fn left_at(&self, place: &str) -> Vec<(String, String)> {
        let typed = self.shared.typed();
        let whose = |other: &str| match other.strip_prefix(place)? {
            "" => Some(String::new()),
            rest => rest.strip_prefix(OWNER).map(str::to_owned),
        };
        typed.drafts.iter().filter_map(|(other, text, _)| Some((whose(other)?, text.clone()))).collect()
    }
}
