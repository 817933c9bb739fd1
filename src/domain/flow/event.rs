//! One step as it was taken: who, when, what, and what it saw.

use std::collections::BTreeSet;

use super::super::choice;
use super::super::facts::Shape;
use super::super::{Body, Kept, Name, Record, Stamp, Value, Word};
use super::state::State;
use super::step_word::StepWord;
use super::table::{BESIDES, Go, Lead, NUMBER, Place};
use crate::hanzi::clean;
use crate::text::{Said, t};

/// A step that was taken and that this program knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Its name.
    pub name: Name,
    /// Its stamp.
    pub stamp: Stamp,
    /// Who took it.
    pub actor: String,
    /// The day it is said to have happened, milliseconds since 1970 UTC: this one counts.
    pub at: i64,
    /// When it was recorded; both are shown where they differ.
    pub recorded: i64,
    /// Which step.
    pub step: StepWord,
    /// In which turn of the issue, counted from 1.
    pub turn: u32,
    /// Where it leads.
    pub lead: Lead,
    /// Its facts.
    pub facts: Vec<(Word, Value)>,
    /// The steps of its place that whoever took it saw.
    pub saw: Vec<Name>,
}

/// A place that steps are held against each other in; see [`Place`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// A rank of a turn.
    At(u32, u8),
    /// The last of a word.
    Last(StepWord),
    /// A step by itself.
    Each(Name),
}

/// The beginning of what stands in the place of a register's key where steps are disputed. No register is called so.
pub const STEP: &str = "step/";

impl Slot {
    /// Gives what stands in the place of a register's key where steps in this place are disputed.
    pub fn key(self) -> String {
        match self {
            Self::At(turn, rank) => format!("{STEP}{turn}/{rank}"),
            Self::Last(step) => format!("{STEP}{}", step.word()),
            Self::Each(name) => format!("{STEP}{name}"),
        }
    }
}

impl Taken {
    /// Reads a step; none where it is no step, or one of a later program.
    pub fn read(kept: &Kept) -> Option<Self> {
        let operation = &kept.operation;
        let Body::Step(said) = &operation.body else { return None };
        let step = StepWord::from_word(&said.step)?;
        let row = step.row()?;
        let fact = |key: &str| said.facts.iter().find(|(own, _)| own == key).map(|(_, value)| value);
        let decided = match fact(row.by) {
            Some(Value::Text(word)) => word.as_str(),
            Some(Value::Yes(true)) => "yes",
            _ => "",
        };
        let lead = *row.lead(decided)?;
        let turn = fact("turn").and_then(Value::as_number).and_then(|turn| u32::try_from(turn).ok()).unwrap_or(1);
        Some(Self {
            name: operation.name,
            stamp: operation.stamp,
            actor: operation.actor.to_string(),
            at: fact("on").and_then(Value::as_at).unwrap_or(operation.wall_ms),
            recorded: operation.wall_ms,
            step,
            turn: turn.max(1),
            lead,
            facts: said.facts.clone(),
            saw: operation.prevs.to_vec(),
        })
    }

    /// Gives a fact.
    pub fn fact(&self, key: &str) -> Option<&Value> {
        self.facts.iter().find(|(own, _)| own == key).map(|(_, value)| value)
    }

    /// Gives a fact as text; nothing where it is not there or says nothing.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.fact(key).and_then(Value::as_text).filter(|text| !text.is_empty())
    }

    /// Gives the word that it decided by; empty where it decides nothing.
    pub fn decided(&self) -> &str {
        self.step.row().and_then(|row| self.text(row.by)).unwrap_or_default()
    }

    /// Gives what it decided, or to whom or which unit it went, as it was stored and in words; nothing where it says no more
    /// than its own word.
    pub fn said(&self) -> Option<(&str, Said)> {
        let row = self.step.row()?;
        let known = |key: &&str| self.text(key).is_some();
        let key = [row.by, "class", "level", "kind", NUMBER, "unit", "to"].into_iter().find(known)?;
        let stored = self.text(key)?;
        let named = match row.facts.iter().find(|fact| fact.key == key).map(|fact| fact.shape) {
            Some(Shape::Choice(list)) => choice::name_of(list, stored).map(Said::from),
            Some(_) => None,
            // Where an issue went back to.
            None => State::from_word(stored).map(|state| state.name().into()),
        };
        Some((stored, named.unwrap_or_else(|| t("{it}", "{it}").with("it", clean::line(stored)))))
    }

    /// Tells whether it was written down on a later day than it happened.
    pub fn is_entered_later(&self) -> bool {
        self.fact("on").is_some()
    }

    /// Gives the place it stands in.
    pub fn slot(&self) -> Slot {
        match self.lead.place {
            Place::At(rank) => Slot::At(self.turn, rank),
            Place::Last => Slot::Last(self.step),
            Place::Each => Slot::Each(self.name),
        }
    }

    /// Gives where in the flow the issue stands after it: turn and rank; going back is the beginning of the next turn.
    pub fn position(&self) -> Option<(u32, u8)> {
        match (self.lead.go, self.lead.place) {
            (Go::On(_), Place::At(rank)) => Some((self.turn, rank)),
            (Go::Back(_) | Go::Again(_), _) => Some((self.turn.saturating_add(1), 0)),
            _ => None,
        }
    }

    /// What two steps are ordered by, whatever order they arrived in; of two in one place the greater one counts meanwhile.
    pub fn order(&self) -> (u32, u8, bool, Stamp, Name) {
        let (turn, rank) = self.position().unwrap_or((self.turn, 0));
        (turn, rank, self.refuses(), self.stamp, self.name)
    }

    /// Tells whether it refuses what was asked for: until that is settled nothing was granted.
    pub fn refuses(&self) -> bool {
        self.step == StepWord::ExtendDecide && self.decided() == "refused"
    }

    /// Tells whether it was taken with another one or after it.
    pub fn told_after(&self, other: &Self) -> bool {
        (self.turn, self.stamp, self.name) >= (other.turn, other.stamp, other.name)
    }

    /// Tells whether two steps say the same, by what they decide; what leads to the same new round for two reasons, as a relapse
    /// and a failed verification, does.
    pub fn agrees(&self, other: &Self) -> bool {
        let again = matches!((self.lead.go, other.lead.go), (Go::Again(to), Go::Again(too)) if to == too);
        again || (self.step == other.step && self.says(&other.facts))
    }

    /// Tells whether these facts decide what this step does.
    pub fn says(&self, facts: &[(Word, Value)]) -> bool {
        weighed(&self.facts) == weighed(facts)
    }

    /// Gives what it decides beside its deciding word: steps that people disagree on are told apart by it.
    pub fn weighed(&self) -> impl Iterator<Item = &(Word, Value)> {
        let by = self.step.row().map_or("", |row| row.by);
        self.facts.iter().filter(move |(key, _)| key != by && !BESIDES.contains(&key.as_str()))
    }
}

fn weighed(facts: &[(Word, Value)]) -> BTreeSet<&(Word, Value)> {
    facts.iter().filter(|(key, _)| !BESIDES.contains(&key.as_str())).collect()
}

/// Reads the steps of an issue that stand: none that was taken back. Words of later programs are kept in the record and say
/// nothing here.
pub(super) fn standing(record: &Record) -> Vec<Taken> {
    let gone = record.events_taken_back();
    let steps = record.events().filter_map(|kept| Taken::read(kept));
    steps.filter(|step| !gone.contains(&step.name)).collect()
}
