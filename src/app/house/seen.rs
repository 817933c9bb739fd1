//! What passed by already, so that it is not asked of the view a second time: the records that a batch has just changed,
//! and while everything is read once at start, what visits and appointments say of how households stand.
//!
//! Asking again was half of the time at start, and more where the view is larger than its cache.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::awaited::Agreed;
use super::face;
use super::standing::Attempt;
use crate::domain::{Counting, Household, Kept, Name, Record, Sort, Visit};
use crate::log::{Position, Ranges};
use crate::lookup::Member;
use crate::text::Trouble;
use crate::view::{Applied, View};

/// What was seen of households, visits and appointments.
#[derive(Debug, Default)]
pub(in crate::app) struct Seen {
    households: bool,
    may_be_phoned: HashSet<Name>,
    passed: HashSet<Name>,
    visits: HashMap<Name, Attempt>,
    appointments: HashMap<Name, Agreed>,
    /// Members by their household, in order once all has passed.
    people: Vec<(Name, Name, Member)>,
}

impl Seen {
    /// Takes note of a record that passes by.
    pub fn note(&mut self, record: &Record, counting: Counting) {
        let own = record.entity();
        match record.sort() {
            Some(Sort::Visit) => {
                self.passed.insert(own);
                self.visits.extend(Visit::read(record).map(|visit| (own, Attempt::of(&visit, counting))));
            }
            Some(Sort::Appointment) => {
                self.passed.insert(own);
                self.appointments.extend(Agreed::of(record).map(|agreed| (own, agreed)));
            }
            Some(Sort::Member) if !record.is_retracted() => {
                let member = record.link("household").zip(face::member(record));
                self.people.extend(member.map(|(home, member)| (home, own, member)));
            }
            _ => {}
        }
    }

    /// Puts the people that passed by in order of their households.
    pub fn sort(&mut self) {
        self.people.sort_unstable_by_key(|(home, own, _)| (*home, *own));
    }

    /// Gives the people that a household's own record has, once they are in order.
    pub fn people_of(&self, household: Name) -> Vec<Member> {
        let from = self.people.partition_point(|(home, ..)| *home < household);
        let its = self.people.iter().skip(from).take_while(|(home, ..)| *home == household);
        its.map(|(_, _, member)| member.clone()).collect()
    }

    /// Takes note of a household as its own record has it.
    pub fn note_household(&mut self, own: Name, household: &Household) {
        self.households = true;
        if household.may_be_phoned() {
            self.may_be_phoned.insert(own);
        }
    }

    /// Tells whether a household of one record may be phoned; none where households did not pass by.
    pub fn may_be_phoned(&self, household: Name) -> Option<bool> {
        self.households.then(|| self.may_be_phoned.contains(&household))
    }

    /// Tells whether a visit or an appointment passed by.
    pub fn passed(&self, own: Name) -> bool {
        self.passed.contains(&own)
    }

    /// Gives what a visit says; nothing of one that was taken back.
    pub fn visit(&self, visit: Name) -> Option<&Attempt> {
        self.visits.get(&visit)
    }

    /// Gives what was agreed on; nothing of an appointment that is over.
    pub fn appointment(&self, appointment: Name) -> Option<Agreed> {
        self.appointments.get(&appointment).copied()
    }
}

/// A view that gives the records at hand without asking below.
pub(in crate::app) struct Near<'a> {
    pub view: &'a dyn View,
    pub at_hand: &'a HashMap<Name, &'a Arc<Record>>,
}

impl View for Near<'_> {
    fn record(&self, entity: Name) -> Result<Option<Arc<Record>>, Trouble> {
        match self.at_hand.get(&entity) {
            Some(record) => Ok(Some(Arc::clone(record))),
            None => self.view.record(entity),
        }
    }

    fn apply_to(&self, batch: &[Arc<Kept>], mark: Position, reach: Position) -> Result<Applied, Trouble> {
        self.view.apply_to(batch, mark, reach)
    }

    fn each(&self, visit: &mut dyn FnMut(Arc<Record>) -> bool) -> Result<(), Trouble> {
        self.view.each(visit)
    }

    fn known(&self) -> Ranges {
        self.view.known()
    }

    fn mark(&self) -> Position {
        self.view.mark()
    }

    fn reach(&self) -> Position {
        self.view.reach()
    }
}
