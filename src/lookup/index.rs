//! The index: one big part and small ones for what changed since, asked together.

mod here;
mod villages;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::flat::{Builder, Flat};
use super::marks::{Marks, Wanted};
use super::row::Row;
use super::tally::{self, Tally};
use super::token::{Token, tokens};

pub use villages::Village;

/// Ranks: six classes of match times eight hints.
const RANKS: usize = 48;
/// Rows of a part from which on it is not built again.
const LONG: usize = 4096;

/// Finds households as one types. Households are numbered by *slots* that the caller gives them.
///
/// Cloning is cheap (parts are shared), so a search thread may work on its own copy while rows change.
#[derive(Debug, Clone, Default)]
pub struct Index {
    parts: Vec<Part>,
}

/// Rows that never change, and which of them are no longer true.
#[derive(Debug, Clone)]
struct Part {
    flat: Arc<Flat>,
    /// Rows that were replaced or removed, ascending.
    dead: Vec<usize>,
    /// The rows themselves, to be built into a bigger part; long parts go without.
    rows: Vec<(u32, Arc<Row>)>,
}

/// The answer to a line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// The slots of the best households, best first, as many as were asked for.
    pub slots: Vec<u32>,
    /// All households that match.
    pub total: usize,
    /// All households there are.
    pub of: usize,
    /// Nothing was written so, and a token was taken by its sound.
    pub by_sound: bool,
}

impl Index {
    /// Builds an index from all households. Of two rows with the same slot the later one counts.
    pub fn build<R: std::borrow::Borrow<Row>>(rows: impl IntoIterator<Item = (u32, R)>) -> Self {
        let mut builder = Builder::default();
        for (slot, row) in rows {
            builder.push(slot, row.borrow());
        }
        Self { parts: vec![Part::new(builder, Vec::new())] }
    }

    /// Puts households in, each replacing what its slot held, and takes those out that say nothing.
    pub fn put(&mut self, changes: impl IntoIterator<Item = (u32, Option<Row>)>) {
        let changes: BTreeMap<u32, Option<Row>> = changes.into_iter().collect();
        for part in &mut self.parts {
            part.kill(&changes);
        }
        let mut rows: Vec<(u32, Arc<Row>)> =
            changes.into_iter().filter_map(|(slot, row)| Some((slot, Arc::new(row?)))).collect();
        if rows.is_empty() {
            return;
        }
        // Parts double: the last one is taken in while it is not twice as long, so a row is built again log n times.
        while let Some(last) = self.parts.pop_if(|last| !last.rows.is_empty() && last.rows.len() <= rows.len() * 2) {
            let live = last.rows.iter().filter(|(slot, _)| last.live_row(*slot).is_some()).cloned();
            rows.extend(live);
        }
        self.parts.push(Part::of(rows));
    }

    /// Counts the households.
    pub fn len(&self) -> usize {
        self.parts.iter().map(|part| part.flat.len() - part.dead.len()).sum()
    }

    /// Tells whether there is no household.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Counts the bytes of the flat buffers.
    pub fn size(&self) -> usize {
        self.parts.iter().map(|part| part.flat.size()).sum()
    }

    /// Answers a line with the best `most` households and the number of all. An empty line matches all.
    /// None once `wanted` says no, which is asked every few milliseconds of work.
    pub fn find(&self, typed: &str, most: usize, wanted: Wanted<'_>) -> Option<Found> {
        let (mut found, all) = self.matching(&tokens(typed), wanted)?;
        self.best(&all, most, &mut found);
        Some(found)
    }

    /// Marks the households that match every token.
    fn matching<'a>(&self, tokens: &[Token], wanted: Wanted<'a>) -> Option<(Found, Vec<Marks<'a>>)> {
        let mut found = Found { of: self.len(), ..Found::default() };
        let mut all: Vec<Marks<'_>> = self.parts.iter().map(|part| Marks::all(part.flat.len(), wanted)).collect();
        self.parts.iter().zip(&mut all).for_each(|(part, marks)| part.clear_dead(marks));
        for token in tokens {
            let mut marks = self.marks(token, wanted, Flat::mark)?;
            if marks.iter().all(Marks::is_empty) {
                marks = self.marks(token, wanted, Flat::mark_sound)?;
                found.by_sound |= !marks.iter().all(Marks::is_empty);
            }
            all.iter_mut().zip(&marks).for_each(|(all, marks)| all.and(marks));
        }
        Some((found, all))
    }

    /// Gives the households of a place in the order of groups and names; without a village the whole town's.
    pub fn at(&self, town: &str, village: Option<&str>, group: Option<u16>) -> Vec<u32> {
        let mut rows = Vec::new();
        for part in &self.parts {
            let wanted = |place: &&super::flat::Place| {
                place.town == town && village.is_none_or(|village| place.village == village)
            };
            let its = part.flat.places().iter().filter(wanted).flat_map(|place| place.rows.clone());
            let its = its.filter(|row| part.is_live(*row) && group.is_none_or(|group| part.flat.group(*row) == group));
            rows.extend(its.map(|row| (part.flat.order(row), part.flat.slot(row))));
        }
        rows.sort_unstable();
        rows.into_iter().map(|(_, slot)| slot).collect()
    }

    /// Counts households and visited ones per group, in the order of places. [`super::by_village`] and
    /// [`super::by_town`] add them up.
    pub fn tallies(&self) -> Vec<Tally> {
        tally::sum(self.parts.iter().flat_map(Part::tallies))
    }

    fn marks<'a>(
        &self,
        token: &Token,
        wanted: Wanted<'a>,
        mark: fn(&Flat, &Token, &mut Marks<'_>),
    ) -> Option<Vec<Marks<'a>>> {
        let marked = |part: &Part| {
            let mut marks = Marks::none(part.flat.len(), wanted);
            mark(&part.flat, token, &mut marks);
            part.clear_dead(&mut marks);
            (!marks.given_up()).then_some(marks)
        };
        self.parts.iter().map(marked).collect()
    }

    /// Counts the marked rows and takes the best. Rows come in their final order, so each rank keeps only its first
    /// `most`, and no list of all hits is ever made or sorted.
    fn best(&self, all: &[Marks<'_>], most: usize, found: &mut Found) {
        let mut ranks: [Vec<(usize, usize)>; RANKS] = std::array::from_fn(|_| Vec::new());
        for (at, (part, marks)) in self.parts.iter().zip(all).enumerate() {
            let mut kept = [0_usize; RANKS];
            for (row, class) in marks.rows() {
                found.total += 1;
                let rank = usize::from(class) * 8 + usize::from(part.flat.hint(row));
                if let (Some(rank), Some(kept)) = (ranks.get_mut(rank), kept.get_mut(rank))
                    && *kept < most
                {
                    *kept += 1;
                    rank.push((at, row));
                }
            }
        }
        for mut rank in ranks {
            if self.parts.len() > 1 {
                rank.sort_by_cached_key(|(at, row)| self.parts.get(*at).map(|part| part.flat.order(*row)));
            }
            let room = most - found.slots.len();
            let slots = rank.iter().take(room).filter_map(|(at, row)| Some(self.parts.get(*at)?.flat.slot(*row)));
            found.slots.extend(slots);
        }
    }
}

impl Part {
    /// Builds a part; a long one is not built again and keeps no rows for that.
    fn of(mut rows: Vec<(u32, Arc<Row>)>) -> Self {
        let mut builder = Builder::default();
        for (slot, row) in &rows {
            builder.push(*slot, row);
        }
        if rows.len() > LONG {
            rows = Vec::new();
        }
        Self::new(builder, rows)
    }

    fn new(builder: Builder, rows: Vec<(u32, Arc<Row>)>) -> Self {
        let (flat, dead) = builder.finish();
        Self { flat: Arc::new(flat), dead, rows }
    }

    fn is_live(&self, row: usize) -> bool {
        self.dead.is_empty() || self.dead.binary_search(&row).is_err()
    }

    fn live_row(&self, slot: u32) -> Option<usize> {
        self.flat.row_of(slot).filter(|row| self.is_live(*row))
    }

    fn kill(&mut self, changes: &BTreeMap<u32, Option<Row>>) {
        let before = self.dead.len();
        let killed: Vec<usize> = changes.keys().filter_map(|slot| self.live_row(*slot)).collect();
        self.dead.extend(killed);
        if self.dead.len() > before {
            self.dead.sort_unstable();
        }
    }

    fn clear_dead(&self, marks: &mut Marks<'_>) {
        self.dead.iter().for_each(|row| marks.clear(*row));
    }

    fn tallies(&self) -> Vec<Tally> {
        let mut tallies: Vec<Tally> = Vec::new();
        for place in self.flat.places() {
            for row in place.rows.clone().filter(|row| self.is_live(*row)) {
                let group = Some(self.flat.group(row)).filter(|group| *group > 0);
                let same = |tally: &&mut Tally| {
                    tally.group == group && tally.village == place.village && tally.town == place.town
                };
                let visited = usize::from(self.flat.visited(row));
                match tallies.last_mut().filter(same) {
                    Some(tally) => {
                        tally.households += 1;
                        tally.visited += visited;
                    }
                    None => tallies.push(Tally {
                        town: place.town.clone(),
                        village: place.village.clone(),
                        group,
                        households: 1,
                        visited,
                    }),
                }
            }
        }
        tallies
    }
}
