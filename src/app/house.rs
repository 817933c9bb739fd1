//! The house: what every screen and list may read at any time, while the writer goes on writing.

pub(in crate::app) mod audit;
pub(in crate::app) mod awaited;
pub(in crate::app) mod cases;
pub(in crate::app) mod close_numbers;
pub(in crate::app) mod docket;
pub mod face;
pub(in crate::app) mod glance;
pub(in crate::app) mod likewise;
pub(in crate::app) mod places;
pub(in crate::app) mod running;
pub(in crate::app) mod seen;
pub(in crate::app) mod shelf;
pub(in crate::app) mod standing;
pub(in crate::app) mod talks;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};

use crate::domain::{Campaign, Counting, Household, Name, Record, Sort};
pub use crate::lookup::Village;
use crate::lookup::{Asked, Found, Index, Row, Wanted};
use crate::text::{Trouble, t};
use crate::view::View;

use super::underway::{Doing, Underway};
use super::{Face, Shelf};
use crate::app::exchange::clocks::Righted;
use crate::app::house::seen::{Near, Seen};

/// How many households used last an empty box shows.
const LAST_USED: usize = 10;

/// The readable side of a campaign: records, what belongs to what, and the lookup.
pub struct House {
    view: RwLock<Arc<dyn View>>,
    rooms: RwLock<Rooms>,
    /// Locked before the rooms where both are.
    index: Mutex<Index>,
    campaign: Arc<Campaign>,
    /// The number of this laptop; none where nobody said it.
    laptop: Option<u64>,
    /// Records that changed while the house is being filled.
    missed: Mutex<Option<Vec<Arc<Record>>>>,
    underway: Underway,
}

#[derive(Default)]
struct Rooms {
    shelf: Shelf,
    /// Households that changed since the index was asked last, by slot; none where one is no longer listed.
    fresh: BTreeMap<u32, Option<Row>>,
    slots: Vec<Name>,
    slot_of: HashMap<Name, u32>,
    complete: bool,
    /// Who spoke when something was taken in last.
    speaker: String,
}

/// What a lookup found: how many in all, and the first of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hits {
    /// How many households match.
    pub total: usize,
    /// How many households there are.
    pub of: usize,
    /// The first ones in order of rank.
    pub names: Vec<Name>,
}

impl Rooms {
    /// Gives the slot of a household, a new one if it has none.
    fn slot(&mut self, name: Name) -> u32 {
        let next = u32::try_from(self.slots.len()).unwrap_or(u32::MAX);
        let slot = *self.slot_of.entry(name).or_insert(next);
        if slot == next {
            self.slots.push(name);
        }
        slot
    }
}

/// Puts those that are not there yet behind the others.
fn add_new(names: &mut Vec<Name>, more: Vec<Name>) {
    let known: HashSet<Name> = names.iter().copied().collect();
    names.extend(more.into_iter().filter(|name| !known.contains(name)));
}

impl House {
    /// Opens an empty house over a view; [`House::fill`] makes it complete.
    pub fn new(view: Arc<dyn View>, campaign: Arc<Campaign>) -> Self {
        let (rooms, index, missed, underway) = Default::default();
        Self { view: RwLock::new(view), rooms, index, campaign, laptop: None, missed, underway }
    }

    /// Says on which laptop it is read: what another one told of a visit that ran there is not what goes on here.
    #[must_use]
    pub(super) fn on(self, laptop: u64) -> Self {
        Self { laptop: Some(laptop), ..self }
    }

    /// Tells there how far the filling is.
    #[must_use]
    pub(super) fn telling(self, underway: &Underway) -> Self {
        Self { underway: underway.clone(), ..self }
    }

    /// Reads every record once, for shelf and lookup. `now_ms` is the wall clock, for appointments and ages.
    pub fn fill(&self, speaker: &str, now_ms: i64) -> Result<(), Trouble> {
        *self.missed() = Some(Vec::new());
        let filled = self.fill_rooms(speaker, now_ms);
        // Held until what came meanwhile is in: a newer record must not be overtaken by an older one.
        let mut guard = self.missed();
        let missed = guard.take().unwrap_or_default();
        self.underway.over();
        filled?;
        self.take_in(&missed, speaker, now_ms)
    }

    fn fill_rooms(&self, speaker: &str, now_ms: i64) -> Result<(), Trouble> {
        let view = self.view();
        let mut shelf = Shelf::new(self.counting(), now_ms).on(self.laptop);
        let mut touched = BTreeSet::new();
        let (mut households, mut seen) = (Vec::new(), Seen::default());
        self.underway.begin(Doing::Reading, 0);
        view.each(&mut |record| {
            let mut its = BTreeSet::new();
            shelf.note(&record, &mut its);
            // A household is read while its record is at hand; the view is asked again only where others are tied to it.
            let is_household = record.sort() == Some(Sort::Household);
            if is_household {
                let household = Household::read(std::slice::from_ref(&record));
                seen.note_household(record.entity(), &household);
                households.push((record.entity(), household));
                self.underway.go(1);
            } else {
                seen.note(&record, self.counting());
            }
            if !is_household || shelf.is_tied(record.entity()) {
                touched.extend(its);
            }
            true
        })?;
        shelf.settle(&touched, view.as_ref(), &seen, &self.underway)?;
        seen.sort();
        households.retain(|(name, _)| shelf.households().contains(name));
        let mut rooms = Rooms { complete: true, speaker: speaker.to_owned(), ..Rooms::default() };
        self.underway.begin(Doing::Sorting, households.len() as u64);
        for (name, mut household) in households {
            if shelf.is_tied(name) {
                household = shelf.household(name, view.as_ref())?.unwrap_or(household);
            }
            self.underway.go(1);
            let slot = rooms.slot(name);
            let people = if shelf.is_tied(name) { shelf.people_of(name, view.as_ref())? } else { seen.people_of(name) };
            rooms.fresh.insert(slot, Some(face::row(&household, people, &shelf.standing(name), speaker, now_ms)));
        }
        rooms.shelf = shelf;
        let mut index = self.index.lock().unwrap_or_else(PoisonError::into_inner);
        *index = Index::default();
        *self.rooms.write().unwrap_or_else(PoisonError::into_inner) = rooms;
        Ok(())
    }

    /// Takes in records that the writer has changed.
    pub fn take(&self, records: &[Arc<Record>], speaker: &str, now_ms: i64) -> Result<(), Trouble> {
        let mut guard = self.missed();
        if let Some(missed) = guard.as_mut() {
            missed.extend_from_slice(records);
            return Ok(());
        }
        self.take_in(records, speaker, now_ms)
    }

    fn take_in(&self, records: &[Arc<Record>], speaker: &str, now_ms: i64) -> Result<(), Trouble> {
        let view = self.view();
        let mut guard = self.rooms.write().unwrap_or_else(PoisonError::into_inner);
        let rooms = &mut *guard;
        speaker.clone_into(&mut rooms.speaker);
        // What just changed need not be asked of the view. Of several states of one record the last one counts.
        let at_hand: HashMap<Name, &Arc<Record>> = records.iter().map(|record| (record.entity(), record)).collect();
        let view = Near { view: view.as_ref(), at_hand: &at_hand };
        // A word about a whole list touches every household of it.
        let touched = rooms.shelf.take(records, &view, &self.underway)?;
        let steps = self.underway.if_many(Doing::Sorting, touched.len());
        for name in touched {
            steps.go();
            if !rooms.shelf.households().contains(&name) {
                if let Some(slot) = rooms.slot_of.get(&name) {
                    rooms.fresh.insert(*slot, None);
                }
                continue;
            }
            let household = match at_hand.get(&name).filter(|_| !rooms.shelf.is_tied(name)) {
                Some(record) => Some(Household::read(std::slice::from_ref(*record))),
                None => rooms.shelf.household(name, &view)?,
            };
            let Some(household) = household else { continue };
            let slot = rooms.slot(name);
            let people = rooms.shelf.people_of(name, &view)?;
            let row = face::row(&household, people, &rooms.shelf.standing(name), speaker, now_ms);
            rooms.fresh.insert(slot, Some(row));
        }
        Ok(())
    }

    /// Brings the lookup up to what has been taken in, so that the next search need not.
    pub fn ready(&self) {
        self.index();
    }

    /// Gives the lookup, with everything taken in so far; a copy shares its parts. A command that never searches never
    /// builds it, and thousands of changes in a row (a roster, a merge) are built in together.
    fn index(&self) -> Index {
        let mut index = self.index.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = std::mem::take(&mut self.rooms.write().unwrap_or_else(PoisonError::into_inner).fresh);
        index.put(fresh);
        index.clone()
    }

    /// Finds households by what was typed; none when `wanted` says that nobody waits for it any more. The writer is
    /// not held up: the search works on a copy of the index, which shares its parts.
    pub fn find(&self, typed: &str, most: usize, wanted: Wanted<'_>) -> Option<Hits> {
        Some(self.hits(self.index().find(typed, most, wanted)?))
    }

    /// Finds households as [`House::find`] does, where people of one village sit together: letters that say only where that is
    /// find nobody.
    pub fn find_here(
        &self,
        village: &str,
        is_wide: bool,
        typed: &str,
        most: usize,
        wanted: Wanted<'_>,
    ) -> Option<Hits> {
        Some(self.hits(self.index().find_here(village, is_wide, typed, most, wanted)?))
    }

    fn hits(&self, found: Found) -> Hits {
        let Found { total, of, slots, .. } = found;
        let rooms = self.rooms();
        let names = slots.iter().filter_map(|slot| rooms.slots.get(usize::try_from(*slot).ok()?)).copied().collect();
        Hits { total, of, names }
    }

    /// Gives the households of a village in the order of groups and names.
    pub fn households_at(&self, town: &str, village: &str) -> Vec<Name> {
        let slots = self.index().at(town, Some(village), None);
        let rooms = self.rooms();
        slots.iter().filter_map(|slot| rooms.slots.get(usize::try_from(*slot).ok()?)).copied().collect()
    }

    /// Gives the villages of the rosters that fit what was typed, those first whose names begin so; all for an empty line.
    pub fn villages(&self, typed: &str) -> Vec<Village> {
        self.index().villages(typed)
    }

    /// Gives today's appointments in order of time: those made on this laptop or of households paired with who speaks, and those
    /// of others.
    fn due_today(&self, now_ms: i64) -> (Vec<Name>, Vec<Name>) {
        let (due, speaker) = {
            let rooms = self.rooms();
            (rooms.shelf.due_today(now_ms), rooms.speaker.clone())
        };
        let is_paired =
            |name: Name| !speaker.is_empty() && self.household(name).is_ok_and(|one| one.paired == speaker.as_str());
        let (mine, others): (Vec<_>, Vec<_>) = due.into_iter().partition(|(name, is_own)| *is_own || is_paired(*name));
        let names = |due: Vec<(Name, bool)>| due.into_iter().map(|(name, _)| name).collect();
        (names(mine), names(others))
    }

    /// Gives the households that somebody chose: one's own appointments of today in order of time, then those used last.
    pub fn foremost(&self, now_ms: i64) -> Vec<Name> {
        let mut names = self.due_today(now_ms).0;
        let used = self.rooms().shelf.last_used(LAST_USED);
        add_new(&mut names, used);
        names
    }

    /// Gives what an empty box shows: one's own appointments of today in order of time, then the households used last, then what
    /// others have today; then all.
    pub fn opening_list(&self, most: usize, now_ms: i64) -> Hits {
        let mut names = self.foremost(now_ms);
        add_new(&mut names, self.due_today(now_ms).1);
        let total = self.rooms().shelf.households().len();
        if let Some(all) = self.find("", most, &|| true) {
            add_new(&mut names, all.names);
        }
        names.truncate(most);
        Hits { total, of: total, names }
    }

    /// Draws the face of one household for a list.
    pub fn face(&self, name: Name, now_ms: i64) -> Result<Face, Trouble> {
        let household = self.household(name)?;
        let standing = self.shelf(|shelf, _| shelf.standing(name));
        Ok(Face::of(name, &household, &standing, now_ms))
    }

    /// Draws the faces of the households that were found by what was typed, and says who of them was meant where that is not the head.
    pub fn faces_found(&self, hits: &Hits, typed: &str, now_ms: i64) -> Vec<Face> {
        let asked = Asked::of(typed);
        hits.names.iter().filter_map(|name| self.face_found(*name, &asked, now_ms).ok()).collect()
    }

    fn face_found(&self, name: Name, asked: &Asked, now_ms: i64) -> Result<Face, Trouble> {
        let household = self.household(name)?;
        let standing = self.shelf(|shelf, _| shelf.standing(name));
        let own = face::row_of_head(&household, &standing, "", now_ms);
        let people = || self.shelf(|shelf, view| shelf.persons_of(name, view)).unwrap_or_default();
        Ok(Face::of(name, &household, &standing, now_ms).meant(asked, &own, &household, people))
    }

    /// Reads one household.
    pub fn household(&self, name: Name) -> Result<Household, Trouble> {
        self.shelf(|shelf, view| shelf.household(name, view))?
            .ok_or_else(|| Trouble::new("not-found", t("找不到这一户.", "this household is not known.")))
    }

    /// Lets a reader look at the shelf and the view together, times as they are to be shown.
    pub fn shelf<T>(&self, look: impl FnOnce(&Shelf, &dyn View) -> T) -> T {
        let (view, rooms) = (self.view(), self.rooms());
        let clocks = rooms.shelf.clocks();
        if clocks.is_empty() {
            return look(&rooms.shelf, view.as_ref());
        }
        look(&rooms.shelf, &Righted { view, clocks: Arc::clone(clocks) })
    }

    /// Tells whether the lookup knows all households yet.
    pub fn is_complete(&self) -> bool {
        self.rooms().complete
    }

    /// Counts the households.
    pub fn count(&self) -> usize {
        self.rooms().shelf.households().len()
    }

    /// Gives when visits count.
    pub fn counting(&self) -> Counting {
        Counting { minimum_minutes: self.minimum_minutes(), talks: self.campaign.visit.talk_counts }
    }

    /// Gives from how many counted minutes on a visit counts.
    pub fn minimum_minutes(&self) -> i64 {
        i64::from(self.campaign.visit.minimum_minutes)
    }

    /// Gives the campaign.
    pub fn campaign(&self) -> &Campaign {
        &self.campaign
    }

    /// Gives the view as it was written; see [`House::righted`].
    pub fn view(&self) -> Arc<dyn View> {
        Arc::clone(&self.view.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts another view in place of a damaged one.
    pub fn replace_view(&self, view: Arc<dyn View>) {
        *self.view.write().unwrap_or_else(PoisonError::into_inner) = view;
    }

    fn missed(&self) -> MutexGuard<'_, Option<Vec<Arc<Record>>>> {
        self.missed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn rooms(&self) -> RwLockReadGuard<'_, Rooms> {
        self.rooms.read().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
