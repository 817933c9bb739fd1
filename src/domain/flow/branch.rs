//! Branches of a turn: screening says which steps behind it are its own. Two laptops may have gone on along different ones;
//! what lies on the branch that the screening did not take is kept in the history and does not count.

use std::collections::BTreeMap;

use super::event::{Slot, Taken};
use super::step_word::StepWord;
use super::table::Place;

/// The rank of the screening.
const SCREENED: u8 = 10;
/// The ranks between screening and telling.
const BRANCHED: std::ops::RangeInclusive<u8> = 20..=40;
/// Tells whether a step belongs to a branch.
type Own = fn(StepWord) -> bool;

/// Which steps of those ranks belong to what a screening decided; the first row that fits.
const BRANCHES: &[(&str, Own)] = &[
    ("accept", |step| step != StepWord::Explain),
    ("unsupported", |step| step == StepWord::Explain),
    // Joined to another one, or a suggestion that was weighed: nothing lies before it is told.
    ("", |_| false),
];

/// Gives the place of a turn's screening.
pub(super) const fn of_turn(turn: u32) -> Slot {
    Slot::At(turn, SCREENED)
}

/// Parts the steps that count from those on a branch that the screening of their turn did not take.
pub(super) fn parted(slots: &BTreeMap<Slot, Vec<&Taken>>) -> (Vec<Taken>, Vec<Taken>) {
    let fits = |step: &Taken| {
        let screened = slots.get(&of_turn(step.turn)).and_then(|heads| heads.last());
        let branched = matches!(step.lead.place, Place::At(rank) if BRANCHED.contains(&rank));
        let (true, Some(screened)) = (branched, screened) else { return true };
        let branch = BRANCHES.iter().find(|(word, _)| word.is_empty() || *word == screened.decided());
        branch.is_none_or(|(_, own)| own(step.step))
    };
    slots.values().flatten().map(|step| (*step).clone()).partition(fits)
}
