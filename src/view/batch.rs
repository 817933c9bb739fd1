//! One batch of operations folded into the records it touches.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::{Kept, Name, Record};
use crate::log::Ranges;
use crate::text::Trouble;

use super::Applied;

/// Folds a batch: loads each touched record once, applies what is new, and adds the names to `known`.
pub fn fold(
    batch: &[Arc<Kept>],
    known: &mut Ranges,
    mut load: impl FnMut(Name) -> Result<Option<Arc<Record>>, Trouble>,
) -> Result<Applied, Trouble> {
    let mut touched: BTreeMap<Name, Touched> = BTreeMap::new();
    let mut applied = Applied::default();
    for kept in batch {
        let entity = kept.operation.entity;
        let record = match touched.entry(entity) {
            std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
            std::collections::btree_map::Entry::Vacant(entry) => entry.insert(Touched::of(load(entity)?, entity)),
        };
        if known.contains(kept.operation.name) {
            applied.repeated += 1;
            if record.differs(kept) {
                applied.quarantined.push(Arc::clone(kept));
            }
            continue;
        }
        record.now.apply(kept, |name| known.contains(name));
        record.changed = true;
        known.insert(kept.operation.name);
        applied.fresh += 1;
    }
    applied.changed = touched.into_values().filter(|t| t.changed).map(|t| Arc::new(t.now)).collect();
    Ok(applied)
}

struct Touched {
    now: Record,
    changed: bool,
}

impl Touched {
    fn of(record: Option<Arc<Record>>, entity: Name) -> Self {
        let now = record.map_or_else(|| Record::new(entity), Arc::unwrap_or_clone);
        Self { now, changed: false }
    }

    fn differs(&self, kept: &Kept) -> bool {
        let same_name = self.now.kept().find(|own| own.operation.name == kept.operation.name);
        same_name.is_some_and(|own| own.bytes != kept.bytes)
    }
}
