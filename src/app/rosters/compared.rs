//! 新旧名册对照: what the newest roster says otherwise than people do 名册不同, and whom it no longer lists 不再列入.
//!
//! Neither is a disagreement between people, and nothing changes by itself: what people wrote stays in use, and who is no
//! longer listed stays a household until somebody says that they moved or died, or that they are still here. An answer
//! holds until the next roster.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::app::rosters::listed::Rosters;
use crate::app::{Face, House, Progress, Shelf, house::face};
use crate::domain::household::{self, Household};
use crate::domain::{Body, Name, Record, Value};
use crate::hanzi::clean;
use crate::text::Trouble;
use crate::view::View;

/// One thing to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// Which household.
    pub household: Name,
    /// Its head.
    pub head: String,
    /// Where it lives: town, village, group and door.
    pub place: String,
    /// What is to be decided.
    pub what: What,
}

/// What is to be decided about a household.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// People say one thing, a roster that came later another.
    Differs {
        /// The fact's register key.
        key: String,
        /// What people say; nothing where they emptied it.
        ours: Option<Value>,
        /// What the roster says.
        listed: Value,
        /// The roster's row.
        row: Name,
    },
    /// The newest roster of its village does not list it.
    Unlisted {
        /// The head of that roster.
        roster: Name,
        /// Its line in lists.
        face: Box<Face>,
    },
}

/// The beginning of the register that says against which row people keep their word; the fact's key follows.
pub const KEPT: &str = "kept/";
/// The register that says in spite of which roster a household is still here.
pub const STILL_HERE: &str = "still_here";

impl House {
    /// Compares what is known with the newest rosters, in order of household.
    pub fn compared(&self, now_ms: i64, progress: &Progress) -> Result<Vec<Compared>, Trouble> {
        self.shelf(|shelf, view| {
            let mut found = differing(shelf, view)?;
            found.extend(unlisted(shelf, view, now_ms, progress)?);
            found.sort_by_key(|compared| compared.household);
            Ok(found)
        })
    }
}

fn compared(name: Name, household: &Household, what: What) -> Compared {
    Compared { household: name, head: clean::line(&household.head), place: face::whereabouts(household), what }
}

/// Finds where the newest roster came after what people wrote and says otherwise. Only a household of several records can
/// have a roster newer than somebody's word.
fn differing(shelf: &Shelf, view: &dyn View) -> Result<Vec<Compared>, Trouble> {
    let mut found = Vec::new();
    for (name, _) in shelf.tied() {
        let records = shelf.records_of(name, view)?;
        let Some(newest) = records.iter().rev().find(|record| is_standing_row(record, shelf.rosters())) else {
            continue;
        };
        let came = shelf.rosters().imported_at(newest.entity().writer);
        let household = Household::read(&records);
        for (key, listed) in row_facts(newest) {
            let said = records.iter().filter_map(|record| record.said(key)).max_by_key(|(at, _)| *at);
            let Some((_, ours)) = said.filter(|((at, _), ours)| *at < came && *ours != listed) else { continue };
            let kept = records.iter().any(|record| {
                let kept = record.written(&format!("{KEPT}{key}")).and_then(Value::as_entity);
                kept.is_some_and(|row| row == newest.entity())
            });
            if !kept {
                let ours = Some(ours.clone()).filter(|ours| *ours != Value::Nothing);
                let what = What::Differs { key: key.to_owned(), ours, listed: listed.clone(), row: newest.entity() };
                found.push(compared(name, &household, what));
            }
        }
    }
    Ok(found)
}

fn row_facts(row: &Record) -> impl Iterator<Item = (&str, &Value)> {
    let facts = match row.born().map(|born| &born.operation.body) {
        Some(Body::RosterRow(row)) => row.facts.as_slice(),
        _ => &[],
    };
    // An identity number only tells people apart.
    facts.iter().map(|(key, value)| (key.as_str(), value)).filter(|(key, _)| *key != "idmask")
}

fn is_standing_row(record: &Record, rosters: &Rosters) -> bool {
    rosters.is_imported(record.entity().writer) && row_facts(record).next().is_some()
}

/// A household that rosters list, and which.
type Listed = (Name, BTreeSet<u64>);

/// Finds the households that the newest roster of their village does not list. A list of another kind of households says
/// nothing of the others: half of a village must be found again before the rest counts as missing. A household belongs to
/// every village that a roster put it in, so that a village under a new name is still the same one.
fn unlisted(shelf: &Shelf, view: &dyn View, now_ms: i64, progress: &Progress) -> Result<Vec<Compared>, Trouble> {
    if shelf.tied().next().is_none() {
        return Ok(Vec::new());
    }
    let mut villages: BTreeMap<(String, String), Vec<Listed>> = BTreeMap::new();
    progress.part(0, 100, shelf.households().len() as u64);
    for name in shelf.households() {
        progress.go(1)?;
        let names = shelf.names_of(*name);
        let rosters: BTreeSet<u64> =
            names.iter().map(|name| name.writer).filter(|writer| shelf.rosters().is_imported(*writer)).collect();
        if rosters.is_empty() {
            continue;
        }
        let records = shelf.records_of(*name, view)?;
        let place = |records: &[Arc<Record>]| {
            let text = |key| household::fact(records, key).and_then(Value::as_text).unwrap_or_default().to_owned();
            (text("town"), text("village"))
        };
        let mut places: BTreeSet<(String, String)> = BTreeSet::from([place(&records)]);
        if records.len() > 1 {
            let rows = records.iter().filter(|record| is_standing_row(record, shelf.rosters()));
            places.extend(rows.map(|row| place(std::slice::from_ref(row))));
        }
        for place in places {
            villages.entry(place).or_default().push((*name, rosters.clone()));
        }
    }
    let mut found = BTreeMap::new();
    for listed in villages.values() {
        let Some((newest, missing)) = missing(listed, shelf.rosters()) else { continue };
        let roster = Name::new(newest, 0);
        for name in missing {
            let records = shelf.records_of(name, view)?;
            if is_answered(&records, roster) {
                continue;
            }
            let household = Household::read(&records);
            let face = Box::new(Face::of(name, &household, &shelf.standing(name), now_ms));
            found.insert(name, compared(name, &household, What::Unlisted { roster, face }));
        }
    }
    Ok(found.into_values().collect())
}

/// Gives the newest roster that found at least as many of a village's households again as it misses, and those it misses:
/// they stand on older rosters alone.
fn missing(listed: &[Listed], all: &Rosters) -> Option<(u64, Vec<Name>)> {
    let age = |roster: u64| (all.imported_at(roster), roster);
    let mut rosters: Vec<u64> = listed.iter().flat_map(|(_, rosters)| rosters).copied().collect();
    rosters.sort_by_key(|roster| std::cmp::Reverse(age(*roster)));
    rosters.dedup();
    rosters.into_iter().find_map(|newest| {
        let older = |rosters: &BTreeSet<u64>| rosters.iter().all(|roster| age(*roster) < age(newest));
        let again = listed.iter().filter(|(_, rosters)| rosters.len() > 1 && rosters.contains(&newest)).count();
        let missing: Vec<Name> =
            listed.iter().filter(|(_, rosters)| older(rosters)).map(|(household, _)| *household).collect();
        (!missing.is_empty() && again >= missing.len()).then_some((newest, missing))
    })
}

/// Tells whether somebody said that a household is still here, or why it is not.
fn is_answered(records: &[Arc<Record>], roster: Name) -> bool {
    let gone = household::fact(records, "standing").and_then(Value::as_text).is_some_and(|standing| standing != "here");
    gone || records
        .iter()
        .any(|record| record.written(STILL_HERE).and_then(Value::as_entity).is_some_and(|said| said == roster))
}

/// What the rows of a roster, bound to households, would change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Changes {
    /// Bound households of which the roster says something else.
    pub changed: usize,
    /// Households of its villages that it does not list.
    pub unlisted: usize,
}

/// Counts what a roster would change: `known` households are bound by rows as `bound` says.
///
/// # Errors
/// `stopped` once somebody stopped it.
pub(in crate::app) fn changes(
    known: &[(Name, Household)],
    rows: &[(Name, Household)],
    bound: &[(Name, Name)],
    listed: impl Fn(Name) -> bool,
    progress: &Progress,
) -> Result<Changes, Trouble> {
    let old: BTreeMap<Name, &Household> = known.iter().map(|(name, household)| (*name, household)).collect();
    let new: BTreeMap<Name, &Household> = rows.iter().map(|(name, household)| (*name, household)).collect();
    let mut changed = 0;
    let mut again: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut found: BTreeSet<Name> = BTreeSet::new();
    for (row, household) in bound {
        progress.go(1)?;
        let (Some(row), Some(household)) = (new.get(row), old.get(household)) else { continue };
        changed += usize::from(says_otherwise(household, row));
        *again.entry((&household.town, &household.village)).or_default() += 1;
    }
    found.extend(bound.iter().map(|(_, household)| *household));
    let mut missing: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (name, household) in known {
        progress.go(1)?;
        if found.contains(name) || !listed(*name) {
            continue;
        }
        *missing.entry((&household.town, &household.village)).or_default() += 1;
    }
    let counts = missing.iter().filter(|(village, count)| again.get(*village).is_some_and(|again| again >= *count));
    Ok(Changes { changed, unlisted: counts.map(|(_, count)| count).sum() })
}

/// Tells whether a row says anything else than what is known; what it leaves out says nothing.
fn says_otherwise(known: &Household, row: &Household) -> bool {
    let texts: [fn(&Household) -> &str; 10] = [
        |of| &of.head,
        |of| &of.sex,
        |of| &of.kind,
        |of| &of.town,
        |of| &of.village,
        |of| &of.group,
        |of| &of.door,
        |of| &of.spouse,
        |of| &of.paired,
        |of| &of.remark,
    ];
    texts.iter().any(|text| !text(row).is_empty() && text(row) != text(known))
        || row.phones.iter().any(|phone| !known.phones.contains(phone))
        || (row.size.is_some() && row.size != known.size)
        || (row.birth_year.is_some() && row.birth_year != known.birth_year)
}
