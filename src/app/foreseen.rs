//! How many disagreements a bundle would bring, told before it is merged: what it says anew of registers, and of the steps of
//! issues, is laid over what they hold now, and nothing is changed.

use std::collections::BTreeSet;
use std::collections::btree_map::{BTreeMap, Entry};
use std::sync::Arc;

use super::{House, Parcel, disputes};
use crate::domain::{Body, Kept, Name, Record, Register, Word};
use crate::log::Ranges;
use crate::text::Trouble;
use crate::view::View;

/// Of a bundle with more new operations than this nobody waits for the count: with a roster in it, all but a few of them are
/// rows that nobody can disagree about.
const MOST: u64 = 50_000;

/// Counts them; none where the bundle is too long. `known` are the operations that have arrived.
pub(super) fn disputes(parcel: &mut Parcel, known: &Ranges, house: &House) -> Result<Option<usize>, Trouble> {
    if parcel.plan.fresh.count() > MOST {
        return Ok(None);
    }
    let view = house.view();
    let mut came: BTreeSet<Name> = BTreeSet::new();
    let mut registers: BTreeMap<(Name, Word), Register> = BTreeMap::new();
    let mut before = 0;
    let fresh = parcel.fresh()?;
    for kept in &fresh {
        let operation = &kept.operation;
        if !operation.key.is_empty() && disputes::can_be_chosen(operation.entity, &operation.key) {
            let place = (operation.entity, operation.key.clone());
            if !registers.contains_key(&place) {
                let record = view.record(operation.entity)?;
                let register = record.and_then(|record| record.register(&operation.key).cloned()).unwrap_or_default();
                before += usize::from(register.is_disputed());
                registers.insert(place.clone(), register);
            }
            if let Some(register) = registers.get_mut(&place) {
                register.apply(kept, |name| known.contains(name) || came.contains(&name));
            }
        }
        came.insert(operation.name);
    }
    let after = registers.values().filter(|register| register.is_disputed()).count();
    let (steps_before, steps_after) = steps(&fresh, known, view.as_ref())?;
    Ok(Some((after + steps_after).saturating_sub(before + steps_before)))
}

/// Counts those about the steps of issues, before and after.
fn steps(fresh: &[Arc<Kept>], known: &Ranges, view: &dyn View) -> Result<(usize, usize), Trouble> {
    let taken = fresh.iter().filter(|kept| {
        let operation = &kept.operation;
        // A step, or one that is taken back.
        operation.key.is_empty() && matches!(operation.body, Body::Step(_) | Body::Retract(_))
    });
    let mut issues: BTreeMap<Name, Record> = BTreeMap::new();
    let mut before = 0;
    for issue in taken.map(|kept| kept.operation.entity) {
        if let Entry::Vacant(place) = issues.entry(issue) {
            let record = view.record(issue)?.map_or_else(|| Record::new(issue), |record| record.as_ref().clone());
            before += disputes::disputed_steps(&record).len();
            place.insert(record);
        }
    }
    let mut came: BTreeSet<Name> = BTreeSet::new();
    for kept in fresh {
        if let Some(record) = issues.get_mut(&kept.operation.entity) {
            record.apply(kept, |name| known.contains(name) || came.contains(&name));
        }
        came.insert(kept.operation.name);
    }
    Ok((before, issues.values().map(|record| disputes::disputed_steps(record).len()).sum()))
}
