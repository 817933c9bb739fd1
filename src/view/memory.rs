//! The view in memory: the plainest form of the fold, and the oracle for the other.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use crate::domain::{Kept, Name, Record};
use crate::log::{Position, Ranges};
use crate::text::Trouble;

use super::{Applied, View, batch};

/// A view that lives as long as the program.
#[derive(Debug, Default)]
pub struct MemoryView {
    state: RwLock<State>,
}

#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct State {
    records: BTreeMap<Name, Arc<Record>>,
    known: Ranges,
    mark: Position,
    reach: Position,
}

impl MemoryView {
    /// Folds operations into a new view.
    pub fn of(operations: &[Arc<Kept>]) -> Result<Self, Trouble> {
        let view = Self::default();
        view.apply(operations, Position::START)?;
        Ok(view)
    }
}

impl View for MemoryView {
    fn record(&self, entity: Name) -> Result<Option<Arc<Record>>, Trouble> {
        let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
        Ok(state.records.get(&entity).cloned())
    }

    fn apply_to(&self, operations: &[Arc<Kept>], upto: Position, beyond: Position) -> Result<Applied, Trouble> {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        let State { records, known, mark, reach } = &mut *state;
        let applied = batch::fold(operations, known, |entity| Ok(records.get(&entity).cloned()))?;
        records.extend(applied.changed.iter().map(|record| (record.entity(), Arc::clone(record))));
        (*mark, *reach) = (upto, beyond);
        Ok(applied)
    }

    fn each(&self, visit: &mut dyn FnMut(Arc<Record>) -> bool) -> Result<(), Trouble> {
        let records = self.state.read().unwrap_or_else(PoisonError::into_inner).records.clone();
        for record in records.into_values() {
            if !visit(record) {
                break;
            }
        }
        Ok(())
    }

    fn known(&self) -> Ranges {
        self.state.read().unwrap_or_else(PoisonError::into_inner).known.clone()
    }

    fn mark(&self) -> Position {
        self.state.read().unwrap_or_else(PoisonError::into_inner).mark
    }

    fn reach(&self) -> Position {
        self.state.read().unwrap_or_else(PoisonError::into_inner).reach
    }
}
