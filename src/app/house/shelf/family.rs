//! A family: all records that are one household, and the people in them.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Shelf;
use crate::app::house::face;
use crate::domain::household::Household;
use crate::domain::{Name, Record, Sort, Stamp};
use crate::lookup::Member;
use crate::text::Trouble;
use crate::view::View;

impl Shelf {
    /// Reads a household from all its records; any of their names will do.
    pub fn household(&self, name: Name, view: &dyn View) -> Result<Option<Household>, Trouble> {
        let records = self.records_of(name, view)?;
        Ok((!records.is_empty()).then(|| Household::read(&records)))
    }

    /// Gives the records of a household that stand: its own, and those tied to it; the row of the roster imported last is
    /// last. What people wrote on a row counts even where the import was taken back.
    pub fn records_of(&self, name: Name, view: &dyn View) -> Result<Vec<Arc<Record>>, Trouble> {
        let home = self.kin.home(name);
        let stands = |row: &Name| *row == home || !self.rosters.is_taken_back(row.writer) || self.written.contains(row);
        let mut names: Vec<Name> = self.kin.all(home).into_iter().filter(stands).collect();
        names.sort_by_key(|row| self.order(*row));
        let mut records = Vec::with_capacity(names.len());
        for row in names {
            let record = view.record(row)?;
            // A family entered by mistake and taken back says nothing; one that is all there is still has its page.
            records.extend(record.filter(|record| row == home || !record.is_retracted()));
        }
        Ok(records)
    }

    /// Gives what the records of a household are ordered by: the row of the roster imported last is last.
    pub(in crate::app) fn order(&self, record: Name) -> (Stamp, Name) {
        (self.rosters.imported_at(record.writer), record)
    }

    /// Gives the household that a record stands for: itself, or the one it is tied to.
    pub fn home_of(&self, name: Name) -> Name {
        self.kin.home(name)
    }

    /// Gives the names of all records of a household.
    pub fn names_of(&self, name: Name) -> Vec<Name> {
        self.kin.all(name)
    }

    /// Tells whether a household has more than one record.
    pub fn is_tied(&self, household: Name) -> bool {
        self.kin.is_tied(household)
    }

    /// Gives every household of more than one record.
    pub fn tied(&self) -> impl Iterator<Item = (Name, &BTreeSet<Name>)> {
        self.kin.households()
    }

    /// Gives the people of a household, from all its records. Of several with one name the one that somebody has written
    /// on is meant, else the one of the roster imported last. In the order of the roster, then as they were added.
    pub fn members_of(&self, household: Name, view: &dyn View) -> Result<Vec<Arc<Record>>, Trouble> {
        let home = self.kin.home(household);
        let stands = |row: &Name| *row == home || !self.rosters.is_taken_back(row.writer);
        let mut names: Vec<Name> = self.kin.all(home).into_iter().filter(stands).collect();
        names.sort_by_key(|row| self.order(*row));
        let mut people: Vec<Arc<Record>> = Vec::new();
        let members = |name: &Name| self.children.get(name).into_iter().flatten().filter(|(s, _)| *s == Sort::Member);
        for (_, member) in names.iter().flat_map(members) {
            let Some(record) = view.record(*member)?.filter(|record| !record.is_retracted()) else { continue };
            let from_roster = |record: &Record| self.rosters.is_roster(record.entity().writer);
            let same = people.iter().position(|known| {
                known.text("name") == record.text("name") && (from_roster(known) || from_roster(&record))
            });
            match same.and_then(|at| people.get_mut(at)) {
                Some(known) if from_roster(known) && !self.written.contains(&known.entity()) => *known = record,
                Some(_) => {}
                None => people.push(record),
            }
        }
        // Those of a roster stay in its order; names say nothing of when somebody was added.
        people.sort_by_key(|record| {
            let added = record.born().filter(|_| !self.rosters.is_roster(record.entity().writer));
            added.map(|born| (born.operation.stamp, record.entity()))
        });
        Ok(people)
    }

    /// Gives the people of a household as the lookup knows them.
    pub fn people_of(&self, household: Name, view: &dyn View) -> Result<Vec<Member>, Trouble> {
        Ok(self.persons_of(household, view)?.into_iter().map(|(_, member)| member).collect())
    }

    /// Gives the people of a household as the lookup knows them, each with its own record.
    pub fn persons_of(&self, household: Name, view: &dyn View) -> Result<Vec<(Name, Member)>, Trouble> {
        let person = |record: &Arc<Record>| face::member(record).map(|member| (record.entity(), member));
        Ok(self.members_of(household, view)?.iter().filter_map(person).collect())
    }
}
