//! A view in memory that holds records as a stored view does, in bytes: a record that is put together takes several times the room.
//! For commands beside a running program, and where the disk takes none.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use crate::domain::{Kept, Name, Record};
use crate::log::{Position, Ranges};
use crate::text::Trouble;

use super::{Applied, View, batch, sled, stored};

/// A view that lives as long as the program, in little room.
#[derive(Debug, Default)]
pub struct PackedView {
    state: RwLock<State>,
}

#[derive(Debug, Default)]
struct State {
    records: BTreeMap<Name, Box<[u8]>>,
    known: Ranges,
    mark: Position,
    reach: Position,
}

impl State {
    fn record(&self, entity: Name) -> Result<Option<Arc<Record>>, Trouble> {
        self.records.get(&entity).map(|bytes| read(entity, bytes)).transpose()
    }
}

fn read(entity: Name, bytes: &[u8]) -> Result<Arc<Record>, Trouble> {
    stored::read(entity, bytes).map(Arc::new).ok_or_else(|| sled::damaged("crc"))
}

impl View for PackedView {
    fn record(&self, entity: Name) -> Result<Option<Arc<Record>>, Trouble> {
        self.state.read().unwrap_or_else(PoisonError::into_inner).record(entity)
    }

    fn apply_to(&self, operations: &[Arc<Kept>], upto: Position, beyond: Position) -> Result<Applied, Trouble> {
        let mut guard = self.state.write().unwrap_or_else(PoisonError::into_inner);
        let state = &mut *guard;
        // Of a batch that fails nothing is known: its records are not there.
        let mut known = state.known.clone();
        let applied = batch::fold(operations, &mut known, |entity| state.record(entity))?;
        state.known = known;
        let changed = applied.changed.iter().map(|record| (record.entity(), stored::write(record).into_boxed_slice()));
        state.records.extend(changed);
        (state.mark, state.reach) = (upto, beyond);
        Ok(applied)
    }

    fn each(&self, visit: &mut dyn FnMut(Arc<Record>) -> bool) -> Result<(), Trouble> {
        let mut next = Some(Name::new(0, 0));
        // The visitor may ask the view itself, and another thread may write between two of them.
        while let Some(from) = next {
            let guard = self.state.read().unwrap_or_else(PoisonError::into_inner);
            let mut rest = guard.records.range(from..);
            let Some((name, bytes)) = rest.next() else { break };
            let record = read(*name, bytes)?;
            next = rest.next().map(|(name, _)| *name);
            drop(guard);
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::PackedView;
    use crate::domain::{Birth, Body, Kept, Name, Operation, Prevs, Sort, Stamp};
    use crate::log::{Position, Ranges, bytes};
    use crate::view::View;

    fn born(seq: u32) -> Arc<Kept> {
        let birth = Birth { links: Vec::new(), facts: Vec::new() };
        let (name, body) = (Name::new(7, seq), Body::Birth(Sort::Household, birth));
        let (stamp, prevs, actor, key) = (Stamp(0), Prevs::new(), "".into(), "".into());
        bytes::keep(Operation { name, stamp, wall_ms: 0, actor, entity: name, key, prevs, body }).unwrap()
    }

    // A batch that came again after the mend was taken for known, and its records were never there.
    #[test]
    fn a_batch_that_fails_is_not_known() {
        let view = PackedView::default();
        view.state.write().unwrap().records.insert(Name::new(7, 2), Box::from(*b"damaged"));
        assert!(view.apply_to(&[born(1), born(2)], Position::START, Position::START).is_err());
        assert_eq!(view.known(), Ranges::default());
        view.state.write().unwrap().records.clear();
        let applied = view.apply_to(&[born(1), born(2)], Position::START, Position::START).unwrap();
        assert_eq!((applied.fresh, applied.repeated), (2, 0));
    }
}
