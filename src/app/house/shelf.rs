//! The shelf: what must be found without opening records, kept in memory and mended with every operation.
//!
//! It is made by one pass over the view at start and holds names, not facts: which visits belong to which household,
//! which laptop a writer is, what is in doubt or disputed. Facts are read from the view where they are shown.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::domain::household::{self, Household};
use crate::domain::{
    Body, Clocks, Counting, Name, Numbers, RETRACT, Readings, Record, Sort, Stamp, Visit, Word, Writer, local,
};
use crate::text::Trouble;
use crate::view::View;

use super::seen::{self, Seen};
use super::standing::{Attempt, Standing};
use crate::app::disputes;
use crate::app::exchange::clocks::Righted;
use crate::app::rosters::kin::Kin;
use crate::app::rosters::listed::Rosters;
use crate::app::underway::{Doing, Underway};

/// What belongs to what.
#[derive(Debug, Default)]
pub struct Shelf {
    /// In order of sort and name; most have few, so a row takes less room than a tree.
    children: HashMap<Name, Vec<(Sort, Name)>>,
    parents: HashMap<Name, Vec<Name>>,
    issues: BTreeSet<Name>,
    writers: HashMap<u64, Writer>,
    rosters: Rosters,
    kin: Kin,
    households: BTreeSet<Name>,
    /// Records of households that are none of their own: tied to another one, taken back, or without a name.
    others: BTreeSet<Name>,
    /// Those of `others` whose every import was taken back, and on which nobody has built.
    hidden: BTreeSet<Name>,
    /// Households and members on which people have written.
    written: BTreeSet<Name>,
    /// Households with cells in doubt, and how many.
    doubtful: BTreeMap<Name, usize>,
    disputed: BTreeSet<(Name, String)>,
    standings: HashMap<Name, Standing>,
    newest: Stamp,
    /// The readings of the clock under which each writer recorded what stays for ever; see `note_times`.
    readings: HashMap<u64, Readings>,
    clocks: Arc<Clocks>,
    numbers: Numbers,
    now_ms: i64,
    counting: Counting,
}

/// The roles in which one entity belongs to another.
const ROLES: [&str; 4] = ["household", "visit", "line", "talk"];

impl Shelf {
    /// Starts an empty shelf; `counting` says when visits count, `now_ms` is the wall clock's moment.
    pub fn new(counting: Counting, now_ms: i64) -> Self {
        Self { now_ms, counting, ..Self::default() }
    }

    /// Takes in records that changed and gives the households whose line in lists may have changed with them. Where they are many
    /// it is told how far that is.
    pub fn take(
        &mut self,
        records: &[Arc<Record>],
        view: &dyn View,
        underway: &Underway,
    ) -> Result<BTreeSet<Name>, Trouble> {
        let mut touched = BTreeSet::new();
        for record in records {
            self.note(record, &mut touched);
        }
        self.settle(&touched, view, &Seen::default(), underway)
    }

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

    /// Puts a household and its records where they belong: into the lists, among the doubtful, or aside.
    fn place(&mut self, home: Name, records: &[Arc<Record>]) {
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

    fn read_standing(&self, household: Name, view: &dyn View, seen: &Seen) -> Result<Standing, Trouble> {
        let view = &Righted { view, clocks: Arc::clone(&self.clocks) };
        let mut standing = Standing::default();
        let away = match seen.may_be_phoned(household).filter(|_| !self.kin.is_tied(household)) {
            Some(away) => away,
            None => self.household(household, view)?.is_some_and(|household| household.may_be_phoned()),
        };
        for visit in self.children_of(household, Sort::Visit) {
            // What was seen is as it was written, not as it is to be shown.
            if seen.passed(visit) && !self.clocks.concern_writer(visit.writer) {
                if let Some(attempt) = seen.visit(visit) {
                    standing.add_visit(attempt, away);
                }
            } else if let Some(visit) = view.record(visit)?.as_deref().and_then(Visit::read) {
                standing.add_visit(&Attempt::of(&visit, self.counting), away);
            }
        }
        for appointment in self.children_of(household, Sort::Appointment) {
            let at = if seen.passed(appointment) {
                seen.appointment(appointment)
            } else {
                view.record(appointment)?.as_deref().and_then(seen::awaited)
            };
            if let Some(at) = at {
                standing.add_appointment(at);
            }
        }
        Ok(standing)
    }

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

    /// Gives the entities of a sort that belong to another, in order of name; those of a household belong to any of its
    /// records.
    pub fn children_of(&self, parent: Name, sort: Sort) -> impl Iterator<Item = Name> + '_ {
        let all = self.kin.all(parent).into_iter().filter_map(|name| self.children.get(&name)).flatten();
        all.filter(move |(s, _)| *s == sort).map(|(_, name)| *name)
    }

    /// Gives the issues, in order of name; also those that were taken back.
    pub fn issues(&self) -> &BTreeSet<Name> {
        &self.issues
    }

    /// Finds the household that an entity belongs to, through line and visit if need be, without opening a record.
    pub fn household_of(&self, entity: Name) -> Option<Name> {
        let mut next = entity;
        // An entity is at most three steps from its household: issue, line, visit.
        for _ in 0..4 {
            if self.households.contains(&next) || self.others.contains(&next) {
                return Some(self.kin.home(next));
            }
            next = *self.parents.get(&next)?.first()?;
        }
        None
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

    /// Gives the names of the people of a household.
    pub fn people_of(&self, household: Name, view: &dyn View) -> Result<Vec<Word>, Trouble> {
        let people = self.members_of(household, view)?;
        Ok(people
            .iter()
            .filter_map(|record| record.text("name"))
            .filter(|name| !name.is_empty())
            .map(Word::from)
            .collect())
    }

    /// Tells whether people wrote on a roster's row or its people, or visited the household: then it stays whatever
    /// becomes of the import.
    fn is_built_on(&self, own: Name) -> bool {
        let by_people = |child: Name| child.writer != own.writer || self.written.contains(&child);
        self.written.contains(&own)
            || self.children.get(&own).is_some_and(|children| children.iter().any(|(_, child)| by_people(*child)))
    }

    /// Gives how a household stands: visited, awaited.
    pub fn standing(&self, household: Name) -> Standing {
        self.standings.get(&household).cloned().unwrap_or_default()
    }

    /// Tells whether a household has more than one record.
    pub fn is_tied(&self, household: Name) -> bool {
        self.kin.is_tied(household)
    }

    /// Gives every household of more than one record.
    pub fn tied(&self) -> impl Iterator<Item = (Name, &BTreeSet<Name>)> {
        self.kin.households()
    }

    /// Tells whether a roster whose import stands lists a household.
    pub fn is_listed(&self, household: Name) -> bool {
        self.kin.all(household).iter().any(|name| self.rosters.is_imported(name.writer))
    }

    /// Gives the rosters that were imported.
    pub fn rosters(&self) -> &Rosters {
        &self.rosters
    }

    /// Gives the households with an appointment today, by time.
    pub fn due_today(&self, now_ms: i64) -> Vec<Name> {
        let mut due: Vec<(i64, Name)> = self
            .standings
            .iter()
            .filter_map(|(name, standing)| Some((standing.appointment?, *name)))
            .filter(|(at, name)| local::days_between(now_ms, *at) == 0 && self.households.contains(name))
            .collect();
        due.sort_unstable();
        due.into_iter().map(|(_, name)| name).collect()
    }

    /// Gives the households visited or written of last, the latest first.
    pub fn last_used(&self, most: usize) -> Vec<Name> {
        let mut used: Vec<(i64, Name)> = self
            .standings
            .iter()
            .filter(|(name, standing)| standing.last > 0 && self.households.contains(name))
            .map(|(name, standing)| (standing.last, *name))
            .collect();
        used.sort_unstable_by(|a, b| b.cmp(a));
        used.into_iter().take(most).map(|(_, name)| name).collect()
    }

    /// Counts the households that stand on a roster's own rows.
    pub fn households_of(&self, roster: u64) -> usize {
        self.households.range(Name::new(roster, 0)..=Name::new(roster, u32::MAX)).count()
    }

    /// Tells whether a row belongs to a roster whose import was taken back.
    pub fn is_hidden(&self, row: Name) -> bool {
        self.hidden.contains(&row)
    }

    /// Gives the households on which people have written, in order of name.
    pub fn written_on(&self) -> BTreeSet<Name> {
        let homes = self.written.iter().map(|name| self.kin.home(*name));
        homes.filter(|home| self.households.contains(home)).collect()
    }

    /// Gives all households in order of name.
    pub fn households(&self) -> &BTreeSet<Name> {
        &self.households
    }

    /// Gives the households with cells in doubt 待核对.
    pub fn doubtful(&self) -> impl Iterator<Item = Name> {
        self.doubtful.keys().copied()
    }

    /// Counts the cells in doubt, as 待核对 lists them.
    pub fn doubts(&self) -> usize {
        self.doubtful.values().sum()
    }

    /// Gives what people disagree about 不一致: registers by their key, steps of issues by that of their place. Whatever counts
    /// disagreements counts these.
    pub fn disputed(&self) -> &BTreeSet<(Name, String)> {
        &self.disputed
    }

    /// Gives which laptop a writer is.
    pub fn writer(&self, writer: u64) -> Option<&Writer> {
        self.writers.get(&writer)
    }

    /// Gives all writers known.
    pub fn writers(&self) -> BTreeMap<u64, &Writer> {
        self.writers.iter().map(|(number, writer)| (*number, writer)).collect()
    }

    /// Gives the latest wall clock under which a laptop recorded anything that stays for ever; none before its first word.
    pub fn latest_of(&self, laptop: u64) -> Option<i64> {
        self.runs_of(laptop).filter_map(|writer| self.latest_by(writer)).max()
    }

    /// Gives the latest wall clock under which a writer recorded anything that stays for ever, as that laptop read it.
    pub fn latest_by(&self, writer: u64) -> Option<i64> {
        self.readings.get(&writer).and_then(Readings::latest)
    }

    /// Gives the readings of the clock under which a writer recorded what stays for ever.
    pub(in crate::app) fn readings_of(&self, writer: u64) -> Option<&Readings> {
        self.readings.get(&writer)
    }

    /// Gives the runs of the program on a laptop after which none is known to have begun: the last one, but where a data folder was
    /// copied, or the runs were those of a program that did not say.
    pub(in crate::app) fn last_runs(&self, laptop: u64) -> BTreeSet<u64> {
        let before = self.runs_of(laptop).filter_map(|writer| self.readings_of(writer)).flat_map(Readings::after);
        let before: BTreeSet<u64> = before.map(|name| name.writer).collect();
        self.runs_of(laptop).filter(|writer| !before.contains(writer)).collect()
    }

    /// Gives the writers that a laptop was, one for each run of the program.
    pub(in crate::app) fn runs_of(&self, laptop: u64) -> impl Iterator<Item = u64> + '_ {
        self.writers.iter().filter(move |(_, writer)| writer.laptop == laptop).map(|(number, _)| *number)
    }

    /// Gives the close-out numbers of all laptops.
    pub fn numbers(&self) -> &Numbers {
        &self.numbers
    }

    /// Gives what people said of the clocks of laptops.
    pub fn clocks(&self) -> &Arc<Clocks> {
        &self.clocks
    }

    /// Gives the greatest stamp among what is current that is at most a day ahead of the wall clock.
    pub fn newest(&self) -> Stamp {
        self.newest
    }
}

/// Puts a name into a set, or takes it out.
fn move_to(set: &mut BTreeSet<Name>, name: Name, there: bool) {
    if there {
        set.insert(name);
    } else {
        set.remove(&name);
    }
}
