//! How many disagreements a bundle would bring, told before it is merged: what it says anew of registers is laid over what
//! they hold now, and nothing is changed.

use std::collections::{BTreeMap, BTreeSet};

use super::{House, Parcel, disputes};
use crate::domain::{Name, Register, Word};
use crate::log::Ranges;
use crate::text::Trouble;

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
    for kept in parcel.fresh()? {
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
                register.apply(&kept, |name| known.contains(name) || came.contains(&name));
            }
        }
        came.insert(operation.name);
    }
    let after = registers.values().filter(|register| register.is_disputed()).count();
    Ok(Some(after.saturating_sub(before)))
}
