//! What a roster is held against: every household, and what rosters said of those that people have written on since.

use std::sync::Arc;

use crate::app::{Progress, Shelf};
use crate::domain::{Body, Household, Kept, Name, Record};
use crate::text::Trouble;
use crate::view::View;

/// Reads every household there is, up to a percent.
pub(in crate::app) fn households(
    shelf: &Shelf,
    view: &dyn View,
    progress: &Progress,
    percent: u64,
) -> Result<Vec<(Name, Household)>, Trouble> {
    let mut all = Vec::with_capacity(shelf.households().len());
    progress.part(0, percent, shelf.households().len() as u64);
    for name in shelf.households() {
        progress.go(1)?;
        all.extend(shelf.household(*name, view)?.map(|household| (*name, household)));
    }
    Ok(all)
}

/// Reads what each roster said of the households that people have written on since, from one percent to another.
pub(in crate::app) fn as_listed(
    shelf: &Shelf,
    view: &dyn View,
    progress: &Progress,
    (from, to): (u64, u64),
) -> Result<Vec<(Name, Household)>, Trouble> {
    let mut all = Vec::new();
    let written = shelf.written_on();
    progress.part(from, to, written.len() as u64);
    for name in written {
        progress.go(1)?;
        for record in shelf.records_of(name, view)? {
            let row = record.born().filter(|born| matches!(born.operation.body, Body::RosterRow(_)));
            all.extend(row.map(|row| (name, row_household(row).1)));
        }
    }
    Ok(all)
}

/// Reads a row as the household that it says.
pub(in crate::app) fn row_household(kept: &Arc<Kept>) -> (Name, Household) {
    (kept.operation.entity, Household::read(&[row_record(kept)]))
}

pub(super) fn row_record(kept: &Arc<Kept>) -> Arc<Record> {
    let mut record = Record::new(kept.operation.entity);
    record.apply(kept, |_| false);
    Arc::new(record)
}
