//! What a list says word for word as before: most of next month's list, also of a family that is listed twice.
//!
//! Equal rows are bound to equal households one to one, in order of name: where all say the same, it makes no difference
//! which of them is bound to which, and nothing about them changes. What is left over of them is compared with the rest.

use std::collections::{HashMap, HashSet};

use super::super::likeness::{Likeness, Renamed};
use super::super::{Household, Name, Word};
use super::Listed;

/// Everything that is said of a household. Cells in doubt say nothing, and a family that a person wrote down as moved is
/// still the one that the list means.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Saying<'a> {
    words: [&'a str; 14],
    numbers: [Option<i64>; 2],
    phones: &'a [Word],
    away: bool,
}

impl<'a> Saying<'a> {
    fn of(own: &'a Household) -> Self {
        Self {
            words: [
                &own.head,
                &own.sex,
                &own.kind,
                &own.town,
                &own.village,
                &own.group,
                &own.door,
                &own.nickname,
                &own.spouse,
                &own.away_reason,
                &own.paired,
                &own.preferred_time,
                &own.remark,
                &own.idmask,
            ],
            numbers: [own.birth_year, own.size],
            phones: &own.phones,
            away: own.away,
        }
    }
}

/// Counts the things that are said of both alike.
pub(super) fn alike(one: &Household, other: &Household) -> i32 {
    let (one, other) = (Saying::of(one), Saying::of(other));
    let words = one.words.iter().zip(&other.words).filter(|(one, other)| one == other).count();
    let numbers = one.numbers.iter().zip(&other.numbers).filter(|(one, other)| one == other).count();
    let rest = usize::from(one.phones == other.phones) + usize::from(one.away == other.away);
    i32::try_from(words + numbers + rest).unwrap_or(i32::MAX)
}

/// Households of which the same is said, the first in order of name being the last.
#[derive(Debug)]
pub(super) struct Group<'a> {
    pub(super) household: &'a Household,
    pub(super) names: Vec<Name>,
}

/// Puts together those of which the same is said.
pub(super) fn groups<'a>(all: &[&'a Listed]) -> Vec<Group<'a>> {
    let mut at: HashMap<Saying<'a>, usize> = HashMap::with_capacity(all.len());
    let mut groups: Vec<Group<'a>> = Vec::with_capacity(all.len());
    for (name, household) in all {
        let group = *at.entry(Saying::of(household)).or_insert(groups.len());
        match groups.get_mut(group) {
            Some(group) => group.names.push(*name),
            None => groups.push(Group { household, names: vec![*name] }),
        }
    }
    for group in &mut groups {
        group.names.sort_unstable_by(|one, other| other.cmp(one));
        group.names.dedup();
    }
    groups
}

/// Binds rows to households of which the same is said. Several things may be said of one household; it is bound once.
pub(super) fn bind(known: Vec<Group<'_>>, rows: &[&Listed]) -> Vec<(Name, Name)> {
    let mut old = known;
    let at: HashMap<Saying<'_>, usize> =
        old.iter().enumerate().map(|(at, group)| (Saying::of(group.household), at)).collect();
    let (mut bound, mut taken) = (Vec::new(), HashSet::new());
    for mut new in groups(rows) {
        let Some(old) = at.get(&Saying::of(new.household)).and_then(|at| old.get_mut(*at)) else { continue };
        old.names.retain(|name| !taken.contains(name));
        if is_told(&new, old) {
            let before = bound.len();
            pair(&mut new, old, &mut bound);
            taken.extend(bound.iter().skip(before).map(|(_, household)| *household));
        }
    }
    bound
}

/// Binds as many of the rows as there are households, in order.
pub(super) fn pair(rows: &mut Group<'_>, known: &mut Group<'_>, bound: &mut Vec<(Name, Name)>) {
    let count = rows.names.len().min(known.names.len());
    for _ in 0..count {
        bound.extend(rows.names.pop().zip(known.names.pop()));
    }
}

/// Tells whether equal rows mean the equal households. A name and a village mean anybody; a name where few live does, as
/// long as the list has as many of that name there as before.
fn is_told(rows: &Group<'_>, known: &Group<'_>) -> bool {
    let row = rows.household;
    let likeness = Likeness::of(known.household, row, &Renamed::new());
    let has_place = !row.village.is_empty() && (!row.group.is_empty() || !row.door.is_empty());
    likeness.has_name() && (likeness.is_asked() || (has_place && rows.names.len() == known.names.len()))
}
