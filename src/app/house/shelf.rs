//! The shelf: what must be found without opening records, kept in memory and mended with every operation.
//!
//! It is made by one pass over the view at start and holds names, not facts: which visits belong to which household,
//! which laptop a writer is, what is in doubt or disputed. Facts are read from the view where they are shown.

mod family;
mod laptops;
mod noting;
mod settling;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::seen::Seen;
use super::standing::Standing;
use crate::app::rosters::kin::Kin;
use crate::app::rosters::listed::Rosters;
use crate::app::underway::Underway;
use crate::domain::{Clocks, Counting, Name, Numbers, Readings, Record, Sort, Stamp, Writer};
use crate::text::Trouble;
use crate::view::View;

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
    /// This laptop; none where nobody said which it is.
    own: Option<u64>,
}

impl Shelf {
    /// Starts an empty shelf; `counting` says when visits count, `now_ms` is the wall clock's moment.
    pub fn new(counting: Counting, now_ms: i64) -> Self {
        Self { now_ms, counting, ..Self::default() }
    }

    /// Says on which laptop it stands.
    #[must_use]
    pub(in crate::app) fn on(self, own: Option<u64>) -> Self {
        Self { own, ..self }
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

    /// Gives how a household stands: visited, awaited.
    pub fn standing(&self, household: Name) -> Standing {
        let mut standing = self.standings.get(&household).cloned().unwrap_or_default();
        for one in standing.awaited.iter_mut().filter(|one| one.elsewhere) {
            one.whose = self.whose(one.name.writer);
        }
        standing
    }

    /// Tells whether a roster whose import stands lists a household.
    pub fn is_listed(&self, household: Name) -> bool {
        self.kin.all(household).iter().any(|name| self.rosters.is_imported(name.writer))
    }

    /// Gives the rosters that were imported.
    pub fn rosters(&self) -> &Rosters {
        &self.rosters
    }

    /// Gives the households with an appointment today, by time, and whether it was made on this laptop.
    pub fn due_today(&self, now_ms: i64) -> Vec<(Name, bool)> {
        let all = self.standings.iter().filter(|(name, _)| self.households.contains(name));
        let mut due: Vec<(i64, Name, bool)> =
            all.filter_map(|(name, standing)| standing.today(now_ms).map(|(at, is_own)| (at, *name, is_own))).collect();
        due.sort_unstable();
        due.into_iter().map(|(_, name, is_own)| (name, is_own)).collect()
    }

    /// Gives the households that were visited last from this laptop, the latest first.
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

    /// Gives the close-out numbers of all laptops.
    pub fn numbers(&self) -> &Numbers {
        &self.numbers
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
