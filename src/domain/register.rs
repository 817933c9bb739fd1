//! Registers: one fact that several people may change without knowing of each other.
//!
//! Every write names all heads its writer saw. The heads are the writes that no known write names. One head, or
//! several with equal values, is simply the value; several different ones are a disagreement 不一致: both stay, the
//! later is shown until a person chooses, and choosing is one more write that names them all.
//!
//! Operations arrive in any order and some never do. So a register remembers, beside its heads, the names that known
//! writes gave but that have not arrived (`awaited`): when one comes, it is already superseded. Without this a late
//! old write would become a head again.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::few::Few;
use super::{Body, CLOCK, Kept, Name, Operation, Prevs, Rightings, Value};

/// The state of one fact.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Register {
    heads: Few<Name, Arc<Kept>>,
    awaited: BTreeSet<Name>,
}

impl Register {
    /// Takes in one write. `known` tells which operations have arrived before (this one not among them); the result
    /// does not depend on the order of arrival.
    pub fn apply(&mut self, write: &Arc<Kept>, known: impl Fn(Name) -> bool) {
        for prev in &write.operation.prevs {
            let arrived = self.heads.remove(prev).is_some() || known(*prev);
            if !arrived && *prev != write.operation.name {
                self.awaited.insert(*prev);
            }
        }
        if !self.awaited.remove(&write.operation.name) {
            self.heads.insert(write.operation.name, Arc::clone(write));
        }
    }

    /// Puts a register together from what was stored of it.
    pub fn from_parts(heads: impl IntoIterator<Item = Arc<Kept>>, awaited: impl IntoIterator<Item = Name>) -> Self {
        Self {
            heads: heads.into_iter().map(|head| (head.operation.name, head)).collect(),
            awaited: awaited.into_iter().collect(),
        }
    }

    /// Gives the write that is shown: the greatest by stamp, then name.
    pub fn shown(&self) -> Option<&Arc<Kept>> {
        self.heads.values().max_by_key(|head| (head.operation.stamp, head.operation.name))
    }

    /// Gives the value that is shown.
    pub fn value(&self) -> Option<&Value> {
        self.shown().and_then(|head| value_of(head))
    }

    /// Tells whether people wrote different things without knowing of each other.
    pub fn is_disputed(&self) -> bool {
        let heads: Vec<_> = self.heads.values().map(|head| &head.operation).collect();
        let differ = |one: &Operation, other: &Operation| one.body != other.body && !is_one_correction(one, other);
        heads.iter().enumerate().any(|(at, one)| heads.iter().skip(at + 1).any(|other| differ(one, other)))
    }

    /// Gives all heads in order of name.
    pub fn heads(&self) -> impl Iterator<Item = &Arc<Kept>> {
        self.heads.values()
    }

    /// Gives the names that a new write has to name.
    pub fn head_names(&self) -> Prevs {
        self.heads.keys().copied().collect()
    }

    /// Gives the names that were mentioned but have not arrived.
    pub fn awaited(&self) -> impl Iterator<Item = Name> + '_ {
        self.awaited.iter().copied()
    }
}

/// Tells whether two people corrected one clock alike: nobody reads it in the same second.
fn is_one_correction(one: &Operation, other: &Operation) -> bool {
    match (&one.body, &other.body) {
        (Body::Value(value), Body::Value(beside)) if one.key == *CLOCK => {
            Rightings::of(value).are_like(&Rightings::of(beside))
        }
        _ => false,
    }
}

/// Gives the value an operation writes, if it writes one.
pub fn value_of(kept: &Kept) -> Option<&Value> {
    match &kept.operation.body {
        Body::Value(value) => Some(value),
        _ => None,
    }
}
