//! What one row says by itself: facts, doubts and notes, and where those of its place come among them.

use super::super::doubt::{Doubt, Why};
use super::super::field::Field;
use super::super::names::Named;
use super::super::place::Place;
use super::super::{Fact, RosterRow, identity};
use crate::domain::{Value, Word, hidden};

/// What one row says by itself; it knows no longer where the row stands.
pub(super) struct Read {
    pub out: RosterRow,
    /// What its own cells say of its place.
    pub place: Place,
    /// How many facts, doubts and notes stand before those of its place.
    pub before: [usize; 3],
    /// Pieces of the remark, from several columns and brackets.
    pub remark: Vec<String>,
}

impl Read {
    /// Tells whether the row says nothing more: it is no household of its own.
    pub fn is_closed(&self) -> bool {
        self.out.doubts.iter().any(|doubt| matches!(doubt.why, Why::Member(_) | Why::NotUnderstood))
    }

    /// Tells what is known of its place now, where its own cells told of it.
    pub fn among(&mut self, tell: impl FnOnce(&mut Self)) {
        let [facts, doubts, notes] = self.before;
        let facts = self.out.facts.split_off(facts);
        let (doubts, notes) = (self.out.doubts.split_off(doubts), self.out.notes.split_off(notes));
        tell(self);
        self.out.facts.extend(facts);
        self.out.doubts.extend(doubts);
        self.out.notes.extend(notes);
    }

    pub fn fact(&mut self, key: impl Into<Word>, value: Value) {
        let key = key.into();
        if !self.out.facts.iter().any(|known| known.key == key) {
            self.out.facts.push(Fact { key, value });
        }
    }

    pub fn text(&mut self, key: &'static str, text: impl Into<Word>) {
        let text: Word = text.into();
        if !text.is_empty() {
            self.fact(key, Value::Text(text));
        }
    }

    /// Keeps what stands beside a name: a 小名, that somebody died, other words.
    pub fn beside(&mut self, named: Named) {
        if let Some(nickname) = named.nickname {
            self.text("nickname", nickname);
        }
        if let Some(standing) = named.standing {
            self.propose(vec![("standing", Value::text(standing))]);
        }
        self.remark.extend(named.words.filter(|words| !self.remark.contains(words)));
    }

    pub fn doubt(&mut self, field: Field, raw: &str, why: Why) {
        let raw = if field == Field::Id { identity::hidden(raw) } else { hidden::identities(raw) };
        let list = if why.is_mild() { &mut self.out.notes } else { &mut self.out.doubts };
        list.push(Doubt { field, raw, why });
    }

    /// Adds proposed facts that no column says already.
    pub fn propose(&mut self, meant: Vec<(&'static str, Value)>) {
        for (key, value) in meant {
            let known = self.out.facts.iter().chain(&self.out.proposed).any(|fact| fact.key == key);
            if !known {
                self.out.proposed.push(Fact { key: key.into(), value });
            }
        }
    }
}
