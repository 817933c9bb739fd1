//! Records: all that is known of one entity, folded from its operations in any order.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::few::Few;
use super::{Birth, Body, Kept, Name, RETRACT, Register, Sort, Stamp, Value, Word, value_of};

/// The state of one entity: its events and its registers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    entity: Name,
    events: Few<Name, Arc<Kept>>,
    registers: Few<Word, Register>,
}

impl Record {
    /// Starts the record of an entity of which nothing is known yet.
    pub fn new(entity: Name) -> Self {
        Self { entity, events: Few::default(), registers: Few::default() }
    }

    /// Puts a record together from what was stored of it.
    pub fn from_parts(
        entity: Name,
        events: impl IntoIterator<Item = Arc<Kept>>,
        registers: impl IntoIterator<Item = (Word, Register)>,
    ) -> Self {
        let events = events.into_iter().map(|event| (event.operation.name, event)).collect();
        Self { entity, events, registers: registers.into_iter().collect() }
    }

    /// Takes in one operation of this entity that has not arrived before; see [`Register::apply`].
    pub fn apply(&mut self, kept: &Arc<Kept>, known: impl Fn(Name) -> bool) {
        let operation = &kept.operation;
        if operation.key.is_empty() {
            self.events.insert(operation.name, Arc::clone(kept));
        } else {
            self.registers.change(operation.key.clone(), |register| register.apply(kept, known));
        }
    }

    /// Gives the record with each operation as it is to be shown.
    #[must_use]
    pub fn shown_as(&self, show: impl Fn(&Arc<Kept>) -> Arc<Kept>) -> Self {
        let registers = self.registers.iter().map(|(key, register)| {
            (key.clone(), Register::from_parts(register.heads().map(&show), register.awaited()))
        });
        Self::from_parts(self.entity, self.events.values().map(&show), registers)
    }

    /// Gives the entity's name.
    pub fn entity(&self) -> Name {
        self.entity
    }

    /// Gives the operation that created the entity, once it has arrived.
    pub fn born(&self) -> Option<&Arc<Kept>> {
        self.events.get(&self.entity)
    }

    /// Gives what the entity was born with.
    pub fn birth(&self) -> Option<(Sort, &Birth)> {
        match &self.born()?.operation.body {
            Body::Birth(sort, birth) => Some((*sort, birth)),
            _ => None,
        }
    }

    /// Gives the entity's sort; a roster's row is a household.
    pub fn sort(&self) -> Option<Sort> {
        match &self.born()?.operation.body {
            Body::Birth(sort, _) => Some(*sort),
            Body::RosterRow(_) => Some(Sort::Household),
            _ => None,
        }
    }

    /// Gives a fact: what people wrote last, else what the entity was born with. Emptied facts give nothing.
    pub fn value(&self, key: &str) -> Option<&Value> {
        match self.written(key) {
            Some(value) => Some(value),
            None => self.first_fact(key),
        }
        .filter(|value| **value != Value::Nothing)
    }

    /// Gives what people wrote in a register, even when they emptied it; nothing once the writing was taken back.
    pub fn written(&self, key: &str) -> Option<&Value> {
        self.registers.get(key).and_then(Register::value)
    }

    /// Gives what people said of a fact, even that it is empty, and when: what they wrote last, else what the entity was
    /// born with. A roster's row is nobody's word.
    pub fn said(&self, key: &str) -> Option<((Stamp, Name), &Value)> {
        if let Some(head) = self.registers.get(key).and_then(Register::shown)
            && let Some(value) = value_of(head)
        {
            return Some(((head.operation.stamp, head.operation.name), value));
        }
        let born = self.born()?;
        let (_, birth) = self.birth()?;
        Some(((born.operation.stamp, born.operation.name), birth.fact(key)?))
    }

    /// Gives what the entity was born with.
    pub fn first_facts(&self) -> &[(Word, Value)] {
        match self.born().map(|born| &born.operation.body) {
            Some(Body::Birth(_, birth)) => &birth.facts,
            Some(Body::RosterRow(row)) => &row.facts,
            _ => &[],
        }
    }

    /// Gives what the entity was born with under a key.
    pub fn first_fact(&self, key: &str) -> Option<&Value> {
        self.first_facts().iter().find(|(k, _)| k == key).map(|(_, value)| value)
    }

    /// Gives a fact as text.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.value(key).and_then(Value::as_text)
    }

    /// Gives an entity this one belongs to: moved there by a register, else born there; none where it was moved to nobody.
    pub fn link(&self, role: &str) -> Option<Name> {
        match self.written(role) {
            Some(Value::Entity(name)) => Some(*name),
            Some(Value::Nothing) => None,
            _ => self.birth().and_then(|(_, birth)| birth.link(role)),
        }
    }

    /// Gives one register.
    pub fn register(&self, key: &str) -> Option<&Register> {
        self.registers.get(key)
    }

    /// Gives all registers in order of key.
    pub fn registers(&self) -> impl Iterator<Item = (&str, &Register)> {
        self.registers.iter().map(|(key, register)| (key.as_str(), register))
    }

    /// Gives all keys with this beginning that are written or born, without the beginning, in order.
    pub fn keys_under<'a>(&'a self, beginning: &'a str) -> BTreeSet<&'a str> {
        let born = self.first_facts().iter().map(|(key, _)| key.as_str());
        born.chain(self.registers.keys().map(Word::as_str)).filter_map(|key| key.strip_prefix(beginning)).collect()
    }

    /// Gives all events in order of name.
    pub fn events(&self) -> impl Iterator<Item = &Arc<Kept>> {
        self.events.values()
    }

    /// Gives every operation that is current: events and heads, but for the taking back itself.
    pub fn current(&self) -> Vec<Name> {
        let heads = self.registers.iter().filter(|(key, _)| *key != RETRACT);
        self.events.keys().copied().chain(heads.flat_map(|(_, register)| register.head_names())).collect()
    }

    /// Tells whether the record was taken back by someone who saw everything that is current in it.
    pub fn is_retracted(&self) -> bool {
        let Some(register) = self.registers.get(RETRACT) else { return false };
        let current = self.current();
        register.heads().any(|head| match &head.operation.body {
            Body::Retract(retract) => current.iter().all(|name| retract.seen.contains(name)),
            _ => false,
        })
    }

    /// Gives the names of the events that were taken back: a retract without a register names them.
    pub fn events_taken_back(&self) -> BTreeSet<Name> {
        let seen = self.events.values().filter_map(|event| match &event.operation.body {
            Body::Retract(retract) => Some(retract.seen.iter().copied()),
            _ => None,
        });
        seen.flatten().collect()
    }

    /// Tells whether an event takes others back.
    pub fn takes_back(&self, event: Name) -> bool {
        self.events.get(&event).is_some_and(|event| matches!(event.operation.body, Body::Retract(_)))
    }

    /// Gives all operations the record holds: events, then heads.
    pub fn kept(&self) -> impl Iterator<Item = &Arc<Kept>> {
        self.events.values().chain(self.registers.values().flat_map(Register::heads))
    }
}
