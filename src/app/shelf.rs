//! The shelf: what must be found without opening records, kept in memory and mended with every operation.
//!
//! It is made by one pass over the view at start and holds names, not facts: which visits belong to which household,
//! which laptop a writer is, what is in doubt or disputed. Facts are read from the view where they are shown.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::domain::household::{self, Household};
use crate::domain::{Body, Name, RETRACT, Record, Sort, Stamp, Value, Visit, Writer, local};
use crate::text::Trouble;
use crate::view::View;

use super::standing::Standing;

/// What belongs to what.
#[derive(Debug, Default)]
pub struct Shelf {
    children: HashMap<Name, BTreeSet<(Sort, Name)>>,
    parents: HashMap<Name, Vec<Name>>,
    writers: HashMap<u64, Writer>,
    /// The imports of each roster: when, and whether it still stands.
    imported: HashMap<u64, BTreeMap<Name, (Stamp, bool)>>,
    /// Rows of rosters whose every import was taken back, and on which nobody has built.
    hidden: BTreeSet<Name>,
    rows: HashMap<Name, BTreeSet<Name>>,
    households: BTreeSet<Name>,
    doubtful: BTreeSet<Name>,
    disputed: BTreeSet<(Name, String)>,
    standings: HashMap<Name, Standing>,
    newest: Stamp,
    now_ms: i64,
    minimum_minutes: i64,
}

/// The roles in which one entity belongs to another.
const ROLES: [&str; 3] = ["household", "visit", "line"];

impl Shelf {
    /// Starts an empty shelf; `minimum_minutes` is from when on a visit counts, `now_ms` the wall clock's moment.
    pub fn new(minimum_minutes: i64, now_ms: i64) -> Self {
        Self { now_ms, minimum_minutes, ..Self::default() }
    }

    /// Takes in records that changed and gives the households whose line in lists may have changed with them.
    pub fn take(&mut self, records: &[Arc<Record>], view: &dyn View) -> Result<BTreeSet<Name>, Trouble> {
        let mut touched = BTreeSet::new();
        for record in records {
            self.note(record, &mut touched);
        }
        for name in &touched {
            self.settle(*name, view)?;
        }
        Ok(touched)
    }

    /// Notes one record: what it belongs to and what is in doubt or disputed in it. Adds the households that
    /// [`Shelf::settle`] has to look at afterwards.
    pub fn note(&mut self, record: &Record, touched: &mut BTreeSet<Name>) {
        self.note_times(record);
        self.note_disputes(record);
        match record.born().map(|born| &born.operation.body) {
            Some(Body::Writer(writer)) => {
                self.writers.insert(record.entity().writer, writer.clone());
            }
            Some(Body::Birth(Sort::Household, _) | Body::RosterRow(_)) => self.take_household(record, touched),
            Some(Body::Birth(sort, _)) => self.take_child(*sort, record, touched),
            _ => {}
        }
    }

    /// Reads anew how a household stands, and whether it is there at all: its import may have been taken back.
    pub fn settle(&mut self, household: Name, view: &dyn View) -> Result<(), Trouble> {
        if (self.is_taken_back(household.writer) || self.hidden.contains(&household))
            && let Some(record) = view.record(household)?
        {
            self.take_household(&record, &mut BTreeSet::new());
        }
        if self.children.contains_key(&household) {
            let standing = self.read_standing(household, view)?;
            self.standings.insert(household, standing);
        }
        Ok(())
    }

    fn note_times(&mut self, record: &Record) {
        let stamps = record.kept().map(|kept| kept.operation.stamp);
        self.newest = self.newest.max(Stamp::resume(stamps, self.now_ms));
    }

    fn note_disputes(&mut self, record: &Record) {
        // Who takes a record back, and having seen what, is nothing to choose between.
        for (key, register) in record.registers().filter(|(key, _)| *key != RETRACT) {
            let place = (record.entity(), key.to_owned());
            if register.is_disputed() {
                self.disputed.insert(place);
            } else {
                self.disputed.remove(&place);
            }
        }
    }

    fn take_household(&mut self, record: &Record, touched: &mut BTreeSet<Name>) {
        let own = record.entity();
        let meant = household::stands_for(record);
        // A row without a name is kept for a person to look at, but is nobody's household yet.
        let hidden = self.is_taken_back(own.writer) && !self.is_built_on(record);
        if hidden {
            self.hidden.insert(own);
        } else {
            self.hidden.remove(&own);
        }
        if meant == own && !hidden && !record.is_retracted() && record.value("head").is_some() {
            self.households.insert(own);
        } else {
            self.households.remove(&own);
        }
        if meant != own {
            self.rows.entry(meant).or_default().insert(own);
        }
        let doubtful = meant == own && !hidden && !household::doubts(record).is_empty();
        if doubtful {
            self.doubtful.insert(own)
        } else {
            self.doubtful.remove(&own)
        };
        touched.extend([own, meant]);
    }

    fn take_child(&mut self, sort: Sort, record: &Record, touched: &mut BTreeSet<Name>) {
        let own = record.entity();
        if sort == Sort::Import
            && let Some(roster) = record.first_fact("roster").and_then(Value::as_entity)
        {
            let stamp = record.born().map_or(Stamp::default(), |born| born.operation.stamp);
            let before = self.is_taken_back(roster.writer);
            self.imported.entry(roster.writer).or_default().insert(own, (stamp, !record.is_retracted()));
            if before != self.is_taken_back(roster.writer) {
                let all = Name::new(roster.writer, 0)..=Name::new(roster.writer, u32::MAX);
                for known in [&self.households, &self.hidden, &self.doubtful] {
                    touched.extend(known.range(all.clone()).copied());
                }
                for (meant, rows) in &self.rows {
                    if rows.range(all.clone()).next().is_some() {
                        touched.insert(*meant);
                    }
                }
            }
            return;
        }
        for parent in self.parents.remove(&own).unwrap_or_default() {
            if let Some(children) = self.children.get_mut(&parent) {
                children.remove(&(sort, own));
            }
            touched.insert(parent);
        }
        let parents: Vec<Name> = ROLES.iter().filter_map(|role| record.link(role)).collect();
        for parent in &parents {
            self.children.entry(*parent).or_default().insert((sort, own));
            touched.insert(*parent);
        }
        self.parents.insert(own, parents);
    }

    fn read_standing(&self, household: Name, view: &dyn View) -> Result<Standing, Trouble> {
        let mut standing = Standing::default();
        let away = self.household(household, view)?.is_some_and(|household| household.may_be_phoned());
        for visit in self.children_of(household, Sort::Visit) {
            if let Some(visit) = view.record(visit)?.as_deref().and_then(Visit::read) {
                standing.add_visit(&visit, self.minimum_minutes, away);
            }
        }
        for appointment in self.children_of(household, Sort::Appointment) {
            if let Some(record) = view.record(appointment)?.filter(|record| !record.is_retracted()) {
                standing.add_appointment(&record);
            }
        }
        Ok(standing)
    }

    /// Reads a household with the rosters' rows bound to it, the roster imported last lying on top.
    pub fn household(&self, name: Name, view: &dyn View) -> Result<Option<Household>, Trouble> {
        let Some(record) = view.record(name)? else { return Ok(None) };
        let rows = self.rows_of(name, view)?;
        Ok(Some(Household::read(&record, &rows)))
    }

    /// Gives the rosters' rows bound to a household, the roster imported last being last.
    pub fn rows_of(&self, name: Name, view: &dyn View) -> Result<Vec<Arc<Record>>, Trouble> {
        let Some(rows) = self.rows.get(&name) else { return Ok(Vec::new()) };
        let stands = |row: &Name| !self.is_taken_back(row.writer);
        let mut names: Vec<Name> = rows.iter().copied().filter(stands).chain([name]).collect();
        names.sort_by_key(|row| (self.imported_at(row.writer), *row));
        let mut records = Vec::with_capacity(names.len());
        for row in names {
            records.extend(view.record(row)?);
        }
        Ok(records)
    }

    /// Gives the entities of a sort that belong to another, in order of name.
    pub fn children_of(&self, parent: Name, sort: Sort) -> impl Iterator<Item = Name> + '_ {
        let all = self.children.get(&parent).into_iter().flatten();
        all.filter(move |(s, _)| *s == sort).map(|(_, name)| *name)
    }

    /// Gives the people of a household: its own, and those of the rosters' rows bound to it. Of several with one name the
    /// one that somebody has written on is meant, else the one of the roster imported last.
    pub fn members_of(&self, household: Name, view: &dyn View) -> Result<Vec<Arc<Record>>, Trouble> {
        let rows =
            self.rows.get(&household).into_iter().flatten().copied().filter(|row| !self.is_taken_back(row.writer));
        let mut names: Vec<Name> = rows.chain([household]).collect();
        names.sort_by_key(|row| (self.imported_at(row.writer), *row));
        let mut people: Vec<Arc<Record>> = Vec::new();
        for member in names.iter().flat_map(|name| self.children_of(*name, Sort::Member)) {
            let Some(record) = view.record(member)?.filter(|record| !record.is_retracted()) else { continue };
            let from_roster = |record: &Record| self.imported.contains_key(&record.entity().writer);
            let same = people.iter().position(|known| {
                known.text("name") == record.text("name") && (from_roster(known) || from_roster(&record))
            });
            match same.and_then(|at| people.get_mut(at)) {
                Some(known) if from_roster(known) && known.registers().next().is_none() => *known = record,
                Some(_) => {}
                None => people.push(record),
            }
        }
        Ok(people)
    }

    /// Tells whether every import of a roster was taken back; one that nobody imported is only on its way.
    fn is_taken_back(&self, roster: u64) -> bool {
        self.imported.get(&roster).is_some_and(|imports| imports.values().all(|(_, stands)| !stands))
    }

    /// Tells whether people wrote on a roster's row, or visited the household: then it stays whatever becomes of the import.
    fn is_built_on(&self, record: &Record) -> bool {
        let own = record.entity();
        let written = record.registers().any(|(key, _)| key != household::ROW_OF && key != RETRACT);
        written
            || self.children.get(&own).is_some_and(|children| children.iter().any(|(_, it)| it.writer != own.writer))
    }

    /// Gives when a roster was first imported, of the imports that stand.
    fn imported_at(&self, roster: u64) -> Stamp {
        let imports = self.imported.get(&roster).into_iter().flat_map(BTreeMap::values);
        imports.filter(|(_, stands)| *stands).map(|(stamp, _)| *stamp).min().unwrap_or_default()
    }

    /// Gives how a household stands: visited, awaited.
    pub fn standing(&self, household: Name) -> Standing {
        self.standings.get(&household).cloned().unwrap_or_default()
    }

    /// Tells whether rows of later rosters are bound to a household.
    pub fn has_rows(&self, household: Name) -> bool {
        self.rows.contains_key(&household)
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

    /// Gives the imports of the roster of an import that stand, its own among them.
    pub fn same_imports(&self, import: Name) -> Vec<Name> {
        let imports = self.imported.values().find(|imports| imports.contains_key(&import));
        let standing = imports.into_iter().flatten().filter(|(_, (_, stands))| *stands);
        standing.map(|(import, _)| *import).collect()
    }

    /// Tells whether a row belongs to a roster whose import was taken back.
    pub fn is_hidden(&self, row: Name) -> bool {
        self.hidden.contains(&row)
    }

    /// Gives all households in order of name.
    pub fn households(&self) -> &BTreeSet<Name> {
        &self.households
    }

    /// Gives the households with cells in doubt 待核对.
    pub fn doubtful(&self) -> &BTreeSet<Name> {
        &self.doubtful
    }

    /// Gives the registers about which people disagree 不一致.
    pub fn disputed(&self) -> &BTreeSet<(Name, String)> {
        &self.disputed
    }

    /// Tells whether someone's import of a roster, by its writer, is known.
    pub fn is_imported(&self, roster: u64) -> bool {
        self.imported.contains_key(&roster) && !self.is_taken_back(roster)
    }

    /// Gives which laptop a writer is.
    pub fn writer(&self, writer: u64) -> Option<&Writer> {
        self.writers.get(&writer)
    }

    /// Gives all writers known.
    pub fn writers(&self) -> BTreeMap<u64, &Writer> {
        self.writers.iter().map(|(number, writer)| (*number, writer)).collect()
    }

    /// Gives the greatest stamp among what is current that is at most a day ahead of the wall clock.
    pub fn newest(&self) -> Stamp {
        self.newest
    }
}
