//! Settling: whether households are in the lists, and how they stand, once what changed of them is noted.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Shelf, move_to};
use crate::app::exchange::clocks::Righted;
use crate::app::house::awaited::{Agreed, Awaited};
use crate::app::house::seen::Seen;
use crate::app::house::standing::{Attempt, Standing};
use crate::app::underway::{Doing, Underway};
use crate::domain::household;
use crate::domain::{Name, Record, Sort, Visit};
use crate::text::Trouble;
use crate::view::View;

impl Shelf {
    /// Reads anew how households stand, and whether they are there at all: their import may have been taken back, or they
    /// may be one with another. Gives them with every other household that has changed.
    pub(in crate::app) fn settle(
        &mut self,
        touched: &BTreeSet<Name>,
        view: &dyn View,
        seen: &Seen,
        underway: &Underway,
    ) -> Result<BTreeSet<Name>, Trouble> {
        let homes: BTreeSet<Name> = touched.iter().map(|name| self.kin.home(*name)).collect();
        let steps = underway.if_many(Doing::Placing, homes.len());
        for home in &homes {
            steps.go();
            let looked_at = self.hidden.contains(home) || self.rosters.is_taken_back(home.writer);
            if looked_at || self.kin.is_tied(*home) || self.others.contains(home) {
                let records = self.records_of(*home, view)?;
                self.place(*home, &records);
            }
            if self.kin.all(*home).iter().any(|name| self.children.contains_key(name)) {
                let standing = self.read_standing(*home, view, seen)?;
                self.standings.insert(*home, standing);
            }
        }
        Ok(homes.union(touched).copied().collect())
    }

    /// Puts a household and its records where they belong: into the lists, among the doubtful, or aside.
    pub(super) fn place(&mut self, home: Name, records: &[Arc<Record>]) {
        let all = self.kin.all(home);
        let hidden = all.iter().all(|name| self.rosters.is_taken_back(name.writer) && !self.is_built_on(*name));
        let standing: Vec<Arc<Record>> = records.iter().filter(|record| !record.is_retracted()).cloned().collect();
        // A row without a name is kept for a person to look at, but is nobody's household yet.
        let named = household::fact(&standing, "head").is_some();
        let doubts = if hidden { 0 } else { household::doubts(&standing).len() };
        for name in all {
            let is_home = name == home;
            move_to(&mut self.hidden, name, hidden);
            if is_home && doubts > 0 {
                self.doubtful.insert(name, doubts);
            } else {
                self.doubtful.remove(&name);
            }
            let listed = is_home && !hidden && named;
            // Of some nothing but the name may have arrived.
            let known = self.households.contains(&name) || self.others.contains(&name);
            move_to(&mut self.households, name, listed);
            move_to(&mut self.others, name, known && !listed);
            if !is_home {
                self.standings.remove(&name);
            }
        }
    }

    /// Tells whether people wrote on a roster's row or its people, or visited the household: then it stays whatever
    /// becomes of the import.
    fn is_built_on(&self, own: Name) -> bool {
        let by_people = |child: Name| child.writer != own.writer || self.written.contains(&child);
        self.written.contains(&own)
            || self.children.get(&own).is_some_and(|children| children.iter().any(|(_, child)| by_people(*child)))
    }

    fn read_standing(&self, household: Name, view: &dyn View, seen: &Seen) -> Result<Standing, Trouble> {
        let view = &Righted { view, clocks: Arc::clone(&self.clocks) };
        let mut standing = Standing::default();
        let away = match seen.may_be_phoned(household).filter(|_| !self.kin.is_tied(household)) {
            Some(away) => away,
            None => self.household(household, view)?.is_some_and(|household| household.may_be_phoned()),
        };
        let mut agreed: Vec<(Name, Agreed, Option<i64>)> = Vec::new();
        for appointment in self.children_of(household, Sort::Appointment) {
            let one = if seen.passed(appointment) {
                seen.appointment(appointment)
            } else {
                view.record(appointment)?.as_deref().and_then(Agreed::of)
            };
            agreed.extend(one.map(|one| (appointment, one, None)));
        }
        for name in self.children_of(household, Sort::Visit) {
            let elsewhere = self.is_elsewhere(name.writer);
            // What was seen is as it was written, not as it is to be shown.
            let read;
            let attempt = if seen.passed(name) && !self.clocks.concern_writer(name.writer) {
                seen.visit(name)
            } else {
                let visit = view.record(name)?.as_deref().and_then(Visit::read);
                read = visit.map(|visit| Attempt::of(&visit, self.counting));
                read.as_ref()
            };
            let Some(attempt) = attempt else { continue };
            standing.add_visit(attempt, away, elsewhere);
            // What was agreed on since it began is for another visit, whatever the clock of the laptop said; what was agreed on
            // there before it is answered. Of two laptops only the times are known.
            agreed.retain_mut(|(_, one, answered)| match attempt.answers_from(one.at) {
                Some(_) if self.is_after(name, one.said) => false,
                Some(from) if !self.is_after(one.said, name) => {
                    *answered = Some(answered.map_or(from, |earlier| earlier.min(from)));
                    true
                }
                _ => true,
            });
        }
        standing.awaited =
            agreed.into_iter().map(|(name, one, answered)| self.awaited(name, one.at, answered)).collect();
        Ok(standing)
    }

    fn awaited(&self, name: Name, at: i64, answered: Option<i64>) -> Awaited {
        Awaited { at, name, elsewhere: self.is_elsewhere(name.writer), whose: String::new(), answered }
    }
}
