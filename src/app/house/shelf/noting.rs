//! Noting: what one record says of what belongs to what, of doubts and disputes, and of the clocks.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Shelf, move_to};
use crate::app::disputes;
use crate::domain::household;
use crate::domain::{Body, Name, RETRACT, Record, Sort, Stamp};

/// The roles in which one entity belongs to another.
const ROLES: [&str; 4] = ["household", "visit", "line", "talk"];

impl Shelf {
    /// Notes one record: what it belongs to and what is in doubt or disputed in it. Adds the households that
    /// `settle` has to look at afterwards.
    pub fn note(&mut self, record: &Arc<Record>, touched: &mut BTreeSet<Name>) {
        self.note_times(record);
        self.note_disputes(record);
        // Times are shown differently now: every household with visits is looked at again.
        if Arc::make_mut(&mut self.clocks).take(record) {
            touched.extend(self.standings.keys().copied());
        }
        match record.born().map(|born| &born.operation.body) {
            Some(Body::Writer(writer)) => {
                self.writers.insert(record.entity().writer, writer.kept_short());
            }
            Some(Body::Birth(Sort::Household, _) | Body::RosterRow(_)) => self.note_household(record, touched),
            Some(Body::Birth(Sort::Import, _)) => self.note_import(record, touched),
            Some(Body::Birth(sort, _)) => self.note_child(*sort, record, touched),
            _ => {}
        }
    }

    fn note_times(&mut self, record: &Record) {
        let stamps = record.kept().map(|kept| kept.operation.stamp);
        self.newest = self.newest.max(Stamp::resume(stamps, self.now_ms));
        // What wrote a register may be written over: a program that saw it would say of a clock what no other says.
        for kept in record.events() {
            self.readings.entry(kept.operation.name.writer).or_default().take(kept);
        }
    }

    fn note_disputes(&mut self, record: &Record) {
        let (own, places) = (record.entity(), disputes::places(record));
        let known = self.disputed.range((own, String::new())..).take_while(|(entity, _)| *entity == own);
        let settled: Vec<_> = known.filter(|(_, place)| !places.contains(place)).cloned().collect();
        for place in &settled {
            self.disputed.remove(place);
        }
        self.disputed.extend(places.into_iter().map(|place| (own, place)));
    }

    fn note_household(&mut self, record: &Arc<Record>, touched: &mut BTreeSet<Name>) {
        let own = record.entity();
        self.note_written(record);
        let bound = record.link(household::ROW_OF).is_some_and(|home| home != own);
        let (households, others) = (&self.households, &self.others);
        let is_known = |name: Name| name == own || households.contains(&name) || others.contains(&name);
        let moved = self.kin.take(own, household::ties(record), bound, is_known);
        touched.extend(moved);
        touched.insert(own);
        if !self.households.contains(&own) {
            self.others.insert(own);
        }
        // Where a tied one stands is settled with the others.
        if !self.kin.is_tied(own) {
            self.place(own, std::slice::from_ref(record));
        }
    }

    /// Notes whether people wrote on a record; how records are put together is nothing they say of it.
    fn note_written(&mut self, record: &Record) {
        let said = |key: &str| key != RETRACT && !household::is_tie(key) && record.written(key).is_some();
        let written = record.registers().any(|(key, _)| said(key)) || record.is_retracted();
        move_to(&mut self.written, record.entity(), written);
    }

    fn note_import(&mut self, record: &Record, touched: &mut BTreeSet<Name>) {
        let Some(roster) = self.rosters.take(record) else { return };
        let all = Name::new(roster, 0)..=Name::new(roster, u32::MAX);
        for known in [&self.households, &self.others] {
            touched.extend(known.range(all.clone()).copied());
        }
        touched.extend(self.kin.of_writer(roster));
    }

    fn note_child(&mut self, sort: Sort, record: &Record, touched: &mut BTreeSet<Name>) {
        let own = record.entity();
        if sort == Sort::Member {
            self.note_written(record);
        }
        if sort == Sort::Issue {
            self.numbers.take(record);
            self.issues.insert(own);
        }
        for parent in self.parents.remove(&own).unwrap_or_default() {
            if let Some(children) = self.children.get_mut(&parent) {
                children.retain(|child| *child != (sort, own));
            }
            touched.insert(parent);
        }
        let parents: Vec<Name> = ROLES.iter().filter_map(|role| record.link(role)).collect();
        for parent in &parents {
            let children = self.children.entry(*parent).or_default();
            if let Err(at) = children.binary_search(&(sort, own)) {
                children.insert(at, (sort, own));
            }
            touched.insert(*parent);
        }
        self.parents.insert(own, parents);
    }
}
