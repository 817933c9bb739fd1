//! What a bundle would bring, told before it is merged: how many disagreements, and which households change. What it says anew of
//! registers, and of the steps of issues, is laid over what they hold now, and nothing is changed.

use std::collections::btree_map::{BTreeMap, Entry};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::touched::{How, NAMED, Touches, dispute};
use super::{House, Parcel, disputes};
use crate::domain::household::ROW_OF;
use crate::domain::{Body, Household, Kept, Name, Record, Register, Sort, Value, Word};
use crate::log::Ranges;
use crate::text::Trouble;
use crate::view::View;

/// Of a bundle with more new operations than this nobody waits for it: with a roster in it, all but a few of them are
/// rows that nobody can disagree about.
const MOST: u64 = 50_000;

/// What a bundle would bring.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Foreseen {
    /// How many disagreements come up; with those that it settles taken off.
    pub disputes: usize,
    /// The households that change.
    pub households: Touches,
}

/// Looks what a bundle would bring; none where it is too long. `known` are the operations that have arrived.
pub(super) fn foresee(parcel: &mut Parcel, known: &Ranges, house: &House) -> Result<Option<Foreseen>, Trouble> {
    if parcel.plan.fresh.count() > MOST {
        return Ok(None);
    }
    let view = house.view();
    let fresh = parcel.fresh()?;
    let mut disputed = facts(&fresh, known, view.as_ref())?;
    disputed.extend(steps(&fresh, known, view.as_ref())?);
    let count = |after: bool| disputed.iter().filter(|one| if after { one.after } else { one.before }).count();
    let disputes = count(true).saturating_sub(count(false));
    let households = households(&fresh, &disputed, house, view.as_ref())?;
    Ok(Some(Foreseen { disputes, households }))
}

/// Whether something was disputed, and whether it will be.
struct Disputed {
    entity: Name,
    before: bool,
    after: bool,
}

/// Holds what is said anew of facts against what is known of them.
fn facts(fresh: &[Arc<Kept>], known: &Ranges, view: &dyn View) -> Result<Vec<Disputed>, Trouble> {
    let mut came: BTreeSet<Name> = BTreeSet::new();
    let mut registers: BTreeMap<(Name, Word), (Register, bool)> = BTreeMap::new();
    for kept in fresh {
        let operation = &kept.operation;
        if !operation.key.is_empty() && disputes::can_be_chosen(operation.entity, &operation.key) {
            let place = (operation.entity, operation.key.clone());
            if !registers.contains_key(&place) {
                let record = view.record(operation.entity)?;
                let register = record.and_then(|record| record.register(&operation.key).cloned()).unwrap_or_default();
                let before = register.is_disputed();
                registers.insert(place.clone(), (register, before));
            }
            if let Some((register, _)) = registers.get_mut(&place) {
                register.apply(kept, |name| known.contains(name) || came.contains(&name));
            }
        }
        came.insert(operation.name);
    }
    let all = registers.into_iter();
    let held = all.map(|((entity, _), (register, before))| Disputed { entity, before, after: register.is_disputed() });
    Ok(held.filter(|one| one.before || one.after).collect())
}

/// Holds what is said anew of the steps of issues against those that are known.
fn steps(fresh: &[Arc<Kept>], known: &Ranges, view: &dyn View) -> Result<Vec<Disputed>, Trouble> {
    let taken = fresh.iter().filter(|kept| {
        let operation = &kept.operation;
        // A step, or one that is taken back.
        operation.key.is_empty() && matches!(operation.body, Body::Step(_) | Body::Retract(_))
    });
    let mut issues: BTreeMap<Name, (Record, Vec<String>)> = BTreeMap::new();
    for issue in taken.map(|kept| kept.operation.entity) {
        if let Entry::Vacant(place) = issues.entry(issue) {
            let record = view.record(issue)?.map_or_else(|| Record::new(issue), |record| record.as_ref().clone());
            let before = disputes::disputed_steps(&record);
            place.insert((record, before));
        }
    }
    let mut came: BTreeSet<Name> = BTreeSet::new();
    for kept in fresh {
        if let Some((record, _)) = issues.get_mut(&kept.operation.entity) {
            record.apply(kept, |name| known.contains(name) || came.contains(&name));
        }
        came.insert(kept.operation.name);
    }
    let mut held = Vec::new();
    for (entity, (record, before)) in issues {
        let after = disputes::disputed_steps(&record);
        let places: BTreeSet<&String> = before.iter().chain(&after).collect();
        held.extend(places.into_iter().map(|place| Disputed {
            entity,
            before: before.contains(place),
            after: after.contains(place),
        }));
    }
    Ok(held)
}

/// Names the households that change.
fn households(fresh: &[Arc<Kept>], disputed: &[Disputed], house: &House, view: &dyn View) -> Result<Touches, Trouble> {
    let mut homes = Homes::of(fresh, house, view);
    let mut all: BTreeMap<Name, How> = BTreeMap::new();
    for entity in fresh.iter().map(|kept| kept.operation.entity) {
        if let Some(home) = homes.home(entity)? {
            let is_known = house.shelf(|shelf, _| shelf.households().contains(&home));
            all.entry(home).or_insert(if is_known { How::Changed } else { How::New });
        }
    }
    for one in disputed.iter().filter(|one| one.after && !one.before) {
        if let Some(home) = homes.home(one.entity)? {
            dispute(all.entry(home).or_insert(How::Changed));
        }
    }
    let new: BTreeSet<Name> = all.iter().filter(|(_, how)| **how == How::New).map(|(name, _)| *name).collect();
    let mut records: BTreeMap<Name, Record> =
        new.into_iter().take(NAMED).map(|name| (name, Record::new(name))).collect();
    for kept in fresh {
        if let Some(record) = records.get_mut(&kept.operation.entity) {
            record.apply(kept, |_| false);
        }
    }
    let new = records.into_iter().map(|(name, record)| (name, Household::read(&[Arc::new(record)]))).collect();
    Touches::of(house, &all, &new, NAMED)
}

/// What something is: a household, or what belongs to something else.
#[derive(Clone, Copy)]
enum Whose {
    Household,
    Of(Name),
}

/// Finds the household that something belongs to, also where the bundle alone tells of it.
struct Homes<'a> {
    house: &'a House,
    view: &'a dyn View,
    /// What is born in it.
    born: HashMap<Name, Whose>,
    /// Rows of a roster that are bound to a household.
    bound: HashMap<Name, Name>,
    found: HashMap<Name, Option<Name>>,
}

impl<'a> Homes<'a> {
    fn of(fresh: &[Arc<Kept>], house: &'a House, view: &'a dyn View) -> Self {
        let (mut born, mut bound) = (HashMap::new(), HashMap::new());
        for operation in fresh.iter().map(|kept| &kept.operation) {
            match &operation.body {
                Body::RosterRow(row) if row.has_head() => drop(born.insert(operation.name, Whose::Household)),
                Body::Birth(Sort::Household, _) => drop(born.insert(operation.name, Whose::Household)),
                Body::Birth(_, birth) => {
                    let parent = ["household", "visit", "line"].iter().find_map(|role| birth.link(role));
                    born.extend(parent.map(|parent| (operation.name, Whose::Of(parent))));
                }
                Body::Value(Value::Entity(home)) if operation.key == ROW_OF => {
                    bound.insert(operation.entity, *home);
                }
                _ => {}
            }
        }
        Self { house, view, born, bound, found: HashMap::new() }
    }

    /// Gives the household; none for what belongs to none.
    fn home(&mut self, entity: Name) -> Result<Option<Name>, Trouble> {
        if let Some(found) = self.found.get(&entity) {
            return Ok(*found);
        }
        let home = self.reached(entity)?;
        self.found.insert(entity, home);
        Ok(home)
    }

    /// Goes from an entity to its household, as far as [`House::home_of`] does: what somebody chained farther, or round in a ring,
    /// belongs to none.
    fn reached(&self, entity: Name) -> Result<Option<Name>, Trouble> {
        let mut next = entity;
        // An entity is at most three steps from its household: issue, line, visit.
        for _ in 0..4 {
            match self.whose(next)? {
                Some(Whose::Of(parent)) => next = parent,
                Some(Whose::Household) => {
                    let home = self.bound.get(&next).copied().unwrap_or(next);
                    return Ok(Some(self.house.shelf(|shelf, _| shelf.home_of(home))));
                }
                None => return Ok(None),
            }
        }
        Ok(None)
    }

    /// Gives what something is; none where nothing says it.
    fn whose(&self, entity: Name) -> Result<Option<Whose>, Trouble> {
        let born = || self.born.get(&entity).copied();
        let Some(record) = self.view.record(entity)? else { return Ok(born()) };
        if record.sort() == Some(Sort::Household) {
            return Ok(Some(Whose::Household));
        }
        let parent = ["household", "visit", "line"].iter().find_map(|role| record.link(role));
        Ok(parent.map(Whose::Of).or_else(born))
    }
}

#[cfg(test)]
mod tests;
