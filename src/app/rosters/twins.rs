//! 疑似重复户: the same family written down twice, within a list, in two lists, or in a list and on the way.
//!
//! Pairs are proposed with their reasons and a person decides; nothing is rewritten. Of two versions of one list, which two
//! laptops imported each for itself, the certain rows are offered together, as they would have been bound had the second
//! been imported after the first.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::imports;
use super::known::households;
use super::unlike::{Unlike, unlike};
use crate::app::{Face, House, Progress, Shelf};
use crate::domain::household::{self, Household};
use crate::domain::{Likeness, Name, Record, Register, binding, twins};
use crate::hanzi::clean;
use crate::text::Trouble;
use crate::view::View;

/// Two households that may be one family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// Both, the one with the smaller name first.
    pub sides: [Twin; 2],
    /// Why.
    pub likeness: Likeness,
    /// What they say differently.
    pub unlike: Vec<Unlike>,
}

/// One of the two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Twin {
    /// Its line in lists.
    pub face: Face,
    /// What is known of it.
    pub household: Household,
}

/// A list that is another version of what is known: its households can be bound together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The import.
    pub import: Name,
    /// The name of its file.
    pub file: String,
    /// Its households that stand alone.
    pub alone: usize,
    /// Those of them that are certainly known, and as what.
    pub bound: Vec<(Name, Name)>,
}

/// What there is to decide.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Doubled {
    /// Lists that are versions of earlier ones.
    pub versions: Vec<Version>,
    /// The other pairs, the likeliest first.
    pub pairs: Vec<Pair>,
    /// What people joined, the latest first.
    pub joined: Vec<Joined>,
}

/// Two households that a person said to be one family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joined {
    /// Both, each by its own record and the rows of later rosters that are bound to it.
    pub sides: [Twin; 2],
    /// What they say differently.
    pub unlike: Vec<Unlike>,
    /// Who said so.
    pub by: String,
    /// The wall clock of whoever said so, milliseconds since 1970 UTC.
    pub at: i64,
}

/// From so many certain rows on a list is offered as a whole.
const VERSION: usize = 3;

impl House {
    /// Finds what may be one family. Takes about a second for a hundred thousand households.
    pub fn doubled(&self, now_ms: i64, progress: &Progress) -> Result<Doubled, Trouble> {
        self.shelf(|shelf, view| {
            let all = households(shelf, view, progress, 40)?;
            progress.part(40, 60, 1);
            let versions = versions(shelf, view, &all)?;
            let offered = |name: Name| {
                versions.iter().any(|version| version.bound.binary_search_by_key(&name, |(row, _)| *row).is_ok())
            };
            let known: HashMap<Name, &Household> = all.iter().map(|(name, household)| (*name, household)).collect();
            let side = |name: Name| {
                let household = known.get(&name).copied().cloned().unwrap_or_default();
                Twin { face: Face::of(name, &household, &shelf.standing(name), now_ms), household }
            };
            progress.part(60, 80, 1);
            let alike = twins(&all);
            progress.part(80, 100, alike.len() as u64);
            let mut pairs = Vec::new();
            for twins in alike {
                progress.go(1)?;
                // What a version offers is decided with it.
                if !(offered(twins.one) || offered(twins.other) || are_told_apart(shelf, view, twins.one, twins.other)?)
                {
                    let [one, other] = [shelf.records_of(twins.one, view)?, shelf.records_of(twins.other, view)?];
                    let unlike = unlike(&one, &other, shelf, view)?;
                    let sides = [side(twins.one), side(twins.other)];
                    pairs.push(Pair { sides, likeness: twins.likeness, unlike });
                }
            }
            let joined = joined(shelf, view, now_ms)?;
            Ok(Doubled { versions, pairs, joined })
        })
    }
}

/// Finds the lists whose households are certainly known from elsewhere; `all` are all households.
pub(in crate::app) fn versions(
    shelf: &Shelf,
    view: &dyn View,
    all: &[(Name, Household)],
) -> Result<Vec<Version>, Trouble> {
    let mut lists = imports::listed_in(shelf, view)?;
    // One roster may have been imported on several laptops.
    let mut seen = BTreeSet::new();
    lists.retain(|list| seen.insert(list.writer));
    let mut versions = Vec::new();
    let mut later = BTreeSet::new();
    for list in lists.iter().skip(1).rev() {
        later.insert(list.writer);
        let rows: Vec<(Name, Household)> = all.iter().filter(|(name, _)| name.writer == list.writer).cloned().collect();
        // Of two versions the later one is bound to the earlier.
        let known: Vec<(Name, Household)> =
            all.iter().filter(|(name, _)| !later.contains(&name.writer)).cloned().collect();
        let mut bound = Vec::new();
        for (row, household) in binding::bind(&known, &[], &rows) {
            if !are_told_apart(shelf, view, row, household)? {
                bound.push((row, household));
            }
        }
        if bound.len() >= VERSION {
            versions.push(Version { import: list.import, file: list.file.clone(), alone: rows.len(), bound });
        }
    }
    Ok(versions)
}

/// Reads what people joined.
fn joined(shelf: &Shelf, view: &dyn View, now_ms: i64) -> Result<Vec<Joined>, Trouble> {
    // What a later roster says of one stands on its card too.
    let records = |name: Name| -> Result<Vec<Arc<Record>>, Trouble> {
        let mut all = shelf.records_of(name, view)?;
        all.retain(|record| record.entity() == name || record.link(household::ROW_OF) == Some(name));
        Ok(all)
    };
    let side = |records: &[Arc<Record>], name: Name| {
        let household = Household::read(records);
        // How the family stands is known of both together only.
        Twin { face: Face::of(name, &household, &shelf.standing(shelf.home_of(name)), now_ms), household }
    };
    let mut joined = Vec::new();
    for name in shelf.tied().flat_map(|(_, names)| names) {
        let Some(record) = view.record(*name)? else { continue };
        for other in household::ties(&record) {
            let (_, key) = household::same_key(*name, other);
            let said = record.register(&key).filter(|_| household::are_same(&record, other) == Some(true));
            if let Some(head) = said.and_then(Register::shown) {
                let [one, beside] = [records(*name)?, records(other)?];
                joined.push(Joined {
                    unlike: unlike(&one, &beside, shelf, view)?,
                    sides: [side(&one, *name), side(&beside, other)],
                    by: clean::line(&head.operation.actor),
                    at: head.operation.wall_ms,
                });
            }
        }
    }
    joined.sort_by_key(|joined| std::cmp::Reverse(joined.at));
    Ok(joined)
}

/// Tells whether a person said of two households that they are not one family.
pub(super) fn are_told_apart(shelf: &Shelf, view: &dyn View, one: Name, other: Name) -> Result<bool, Trouble> {
    for a in shelf.names_of(one) {
        for b in shelf.names_of(other) {
            let smaller = view.record(a.min(b))?;
            if smaller.is_some_and(|record| household::are_same(&record, a.max(b)) == Some(false)) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}
