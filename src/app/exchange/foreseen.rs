//! What export files would bring, told before they are merged: how many disagreements, and which households change. All that they
//! say anew is laid over what is known, in the order in which they would be merged, and nothing is changed.

mod overlay;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::touched::{How, NAMED, Touches, both, dispute};
use crate::app::{House, Parcel, Progress, disputes};
use crate::domain::household::ROW_OF;
use crate::domain::{Household, Name, Record, Sort, household};
use crate::exchange::Verdict;
use crate::log::Ranges;
use crate::text::Trouble;
use crate::view::View;
use overlay::Overlay;

/// What an export file would bring.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Foreseen {
    /// In how many disagreements it has a say once all of them are merged.
    pub disputes: usize,
    /// The households that change.
    pub households: Touches,
}

/// Looks what one file alone would bring; none where it is too long.
///
/// # Errors
/// `stopped`; what is wrong with the file.
pub fn foresee_alone(
    parcel: &mut Parcel,
    known: &Ranges,
    house: &House,
    progress: &Progress,
) -> Result<Option<Foreseen>, Trouble> {
    let view = house.view();
    let mut foresight = Foresight::of(house, view.as_ref(), known);
    foresight.add(parcel, progress)?;
    Ok(foresight.foresee(progress)?.pop().flatten())
}

/// Looks at files one after another, as they would be merged.
pub(in crate::app) struct Foresight<'a> {
    house: &'a House,
    overlay: Overlay<'a>,
    /// What each of them brings that those before it do not.
    files: Vec<Ranges>,
    /// Those before this one are looked through; the rest is too long.
    fit: Option<usize>,
}

impl<'a> Foresight<'a> {
    /// Begins with what is known: `known` are the operations that have arrived.
    pub fn of(house: &'a House, view: &'a dyn View, known: &'a Ranges) -> Self {
        Self { house, overlay: Overlay::over(view, known), files: Vec::new(), fit: None }
    }

    /// Adds the next file, with what its plan takes in. One that cannot be read is left out.
    ///
    /// # Errors
    /// `stopped`; what is wrong with the file.
    pub fn add(&mut self, parcel: &mut Parcel, progress: &Progress) -> Result<(), Trouble> {
        let file = self.files.len();
        if self.fit.is_none() {
            let laid = self.lay_over(file, parcel, progress);
            if laid.is_err() {
                // It brings nothing, and the next one comes in its place.
                self.overlay.take_off(file);
            }
            if !laid? {
                // Some of it may lie over the rest; what comes behind it is not told in any case.
                self.fit = Some(file);
            }
        }
        self.files.push(parcel.plan.fresh.clone());
        Ok(())
    }

    /// Lays over what is new in a file; gives false where that is too much.
    fn lay_over(&mut self, file: usize, parcel: &mut Parcel, progress: &Progress) -> Result<bool, Trouble> {
        if parcel.plan.fresh.count() == 0 {
            return Ok(true);
        }
        if !self.overlay.has_room(parcel.plan.fresh.count()) {
            return Ok(false);
        }
        let (blocks, plan) = parcel.blocks();
        for block in blocks {
            progress.go(0)?;
            for (name, operation) in block?.operations() {
                if plan.verdict(name) == Verdict::Fresh && !self.overlay.put(file, operation) {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// Tells of each file what it brings; none of those that are too long.
    ///
    /// # Errors
    /// `stopped`; those of reading the view.
    pub fn foresee(self, progress: &Progress) -> Result<Vec<Option<Foreseen>>, Trouble> {
        let mut all: Vec<(usize, BTreeMap<Name, How>)> = self.files.iter().map(|_| (0, BTreeMap::new())).collect();
        let mut homes = Homes::of(self.house, &self.overlay);
        let mut joins: Vec<(usize, Name, Name)> = Vec::new();
        let mut headed: BTreeSet<Name> = BTreeSet::new();
        for entity in self.overlay.entities() {
            progress.go(1)?;
            let operations = self.overlay.operations(entity)?;
            let Some(record) = self.overlay.record_with(entity, &operations)? else { continue };
            homes.note(&record);
            let home = homes.home(entity)?;
            let came = |name: Name| self.files.iter().any(|fresh| fresh.contains(name));
            for other in household::joined_by(&record, came) {
                if let (Some(one), Some(other)) = (home, homes.home(other)?) {
                    let ways = operations.iter().filter(|(_, kept)| household::is_tie(&kept.operation.key));
                    joins.extend(ways.map(|(file, _)| (*file, one, other)));
                }
            }
            if household::fact(std::slice::from_ref(&record), "head").is_some() {
                headed.extend(home);
            }
            if let Some(home) = home {
                for (file, _) in &operations {
                    let (Some((_, touched)), Some(fresh)) = (all.get_mut(*file), self.files.get(*file)) else {
                        continue;
                    };
                    touched.entry(home).or_insert(if fresh.contains(home) { How::New } else { How::Changed });
                }
            }
            for place in disputes::places(&record) {
                let sides = disputes::sides_of(&record, &place);
                for ((count, touched), fresh) in all.iter_mut().zip(&self.files) {
                    if sides.iter().any(|side| fresh.contains(*side)) {
                        *count += 1;
                        if let Some(home) = home {
                            dispute(touched.entry(home).or_insert(How::Changed));
                        }
                    }
                }
            }
        }
        let one_family = one_family(&joins);
        let headed = headed.iter().map(|name| one_family.get(name).copied().unwrap_or(*name)).collect();
        let mut foreseen = Vec::new();
        for (file, (disputes, touched)) in all.into_iter().enumerate() {
            progress.go(0)?;
            let mut touched =
                as_one(touched, &one_family, joins.iter().filter(|(of, ..)| *of == file).map(|(_, one, _)| *one));
            self.house.leave_out_nobodys(&mut touched, &headed)?;
            let is_too_long = self.fit.is_some_and(|fit| fit <= file);
            let new = self.new_ones(&touched)?;
            let households = Touches::of(self.house, &touched, &new, &self.joined(&touched, &one_family)?, NAMED)?;
            foreseen.push((!is_too_long).then_some(Foreseen { disputes, households }));
        }
        Ok(foreseen)
    }

    /// Counts the steps that foreseeing takes.
    pub fn steps(&self) -> u64 {
        self.overlay.len() as u64
    }

    /// Reads those that become one, each by itself.
    fn joined(
        &self,
        touched: &BTreeMap<Name, How>,
        into: &BTreeMap<Name, Name>,
    ) -> Result<BTreeMap<Name, Vec<Household>>, Trouble> {
        let mut joined: BTreeMap<Name, Vec<Household>> = BTreeMap::new();
        for (name, home) in into.iter().filter(|(_, home)| touched.get(home) == Some(&How::Joined)) {
            let record = self.overlay.record(*name)?;
            joined.entry(*home).or_default().extend(record.map(|record| Household::read(&[record])));
        }
        Ok(joined)
    }

    /// Reads households that are not known here as they will be: those that are named.
    fn new_ones(&self, touched: &BTreeMap<Name, How>) -> Result<BTreeMap<Name, Household>, Trouble> {
        let unknown = |name: &Name| !self.house.shelf(|shelf, _| shelf.households().contains(name));
        let mut new: Vec<(How, Name)> =
            touched.iter().filter(|(name, _)| unknown(name)).map(|(name, how)| (*how, *name)).collect();
        new.sort_by_key(|(how, name)| (how.rank(), *name));
        let mut read = BTreeMap::new();
        for (_, name) in new.into_iter().take(NAMED) {
            read.extend(self.overlay.record(name)?.map(|record| (name, Household::read(&[record]))));
        }
        Ok(read)
    }
}

/// Gives which household each of those that become one goes into: of all of them the smallest name, as on every laptop.
fn one_family(joins: &[(usize, Name, Name)]) -> BTreeMap<Name, Name> {
    let mut into: BTreeMap<Name, Name> = BTreeMap::new();
    for (_, one, other) in joins {
        let [one, other] = [one, other].map(|name| into.get(name).copied().unwrap_or(*name));
        let (home, gone) = (one.min(other), one.max(other));
        for to in into.values_mut().filter(|to| **to == gone) {
            *to = home;
        }
        into.extend([(gone, home), (home, home)]);
    }
    into
}

/// Puts what happens to households that become one together; `said` are those of which the file itself says so.
fn as_one(
    touched: BTreeMap<Name, How>,
    into: &BTreeMap<Name, Name>,
    said: impl Iterator<Item = Name>,
) -> BTreeMap<Name, How> {
    let home = |name: Name| into.get(&name).copied().unwrap_or(name);
    let mut all: BTreeMap<Name, How> = BTreeMap::new();
    for (name, how) in touched.into_iter().chain(said.map(|name| (name, How::Joined))) {
        all.entry(home(name)).and_modify(|known| *known = both(*known, how)).or_insert(how);
    }
    all
}

/// What something is: a household, or what belongs to something else.
#[derive(Clone, Copy)]
enum Whose {
    /// A household, or a row of a roster that is bound to one.
    Household(Name),
    Of(Name),
    Nobody,
}

impl Whose {
    fn of(record: &Record) -> Self {
        if record.sort() == Some(Sort::Household) {
            return Self::Household(record.link(ROW_OF).unwrap_or(record.entity()));
        }
        ["household", "visit", "line"].iter().find_map(|role| record.link(role)).map_or(Self::Nobody, Self::Of)
    }
}

/// Finds the household that something belongs to, also where the files alone tell of it. Each record is read once, however many
/// belong to it.
struct Homes<'a> {
    house: &'a House,
    overlay: &'a Overlay<'a>,
    found: HashMap<Name, Whose>,
}

impl<'a> Homes<'a> {
    fn of(house: &'a House, overlay: &'a Overlay<'a>) -> Self {
        Self { house, overlay, found: HashMap::new() }
    }

    /// Notes what a record that was read is.
    fn note(&mut self, record: &Record) {
        self.found.insert(record.entity(), Whose::of(record));
    }

    /// Goes from an entity to its household, as far as [`House::home_of`] does: what somebody chained farther, or round in a ring,
    /// belongs to none.
    fn home(&mut self, entity: Name) -> Result<Option<Name>, Trouble> {
        let mut next = entity;
        // An entity is at most three steps from its household: issue, line, visit.
        for _ in 0..4 {
            match self.whose(next)? {
                Whose::Household(home) => return Ok(Some(self.house.shelf(|shelf, _| shelf.home_of(home)))),
                Whose::Of(parent) => next = parent,
                Whose::Nobody => return Ok(None),
            }
        }
        Ok(None)
    }

    fn whose(&mut self, entity: Name) -> Result<Whose, Trouble> {
        if let Some(found) = self.found.get(&entity) {
            return Ok(*found);
        }
        let whose = self.overlay.record(entity)?.map_or(Whose::Nobody, |record| Whose::of(&record));
        self.found.insert(entity, whose);
        Ok(whose)
    }
}

#[cfg(test)]
mod tests;
