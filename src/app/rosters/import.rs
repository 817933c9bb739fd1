//! Import: a roster becomes operations that are the same on every laptop, and its rows are bound to known households.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use crate::documents::roster::Layout;
use crate::domain::binding::Binding;
use crate::domain::{
    Birth, Body, Doubt, Household, Kept, Name, Operation, Prevs, RosterHead, RosterRow, Sort, Stamp, Value, Word,
    binding, household,
};
use crate::intake::{Reading, canonical};
use crate::log::{Position, WholeKind, bytes};
use crate::spread;
use crate::text::Trouble;
use crate::view::View;

use super::known::{as_listed, households, row_household, row_record};
use super::{compared, imports};
use crate::app::keeper::backlog::Backlog;
use crate::app::requests::action::Action;
use crate::app::requests::pen;
use crate::app::{House, Keeper, Progress, Shelf};

/// A roster as operations.
#[derive(Debug, Clone)]
pub struct Roster {
    /// The writer: the hash of the rows.
    pub writer: u64,
    /// The head, then the rows, then the people of the households.
    pub operations: Vec<Arc<Kept>>,
    /// The title above the list.
    pub title: String,
    /// Its columns in their order, for giving the list back.
    pub layout: Layout,
}

impl Roster {
    /// Makes the operations of a list; the same list gives the same bytes on every laptop.
    pub fn of(reading: &Reading) -> Result<Self, Trouble> {
        let canonical = canonical(reading);
        let digest = canonical.digest();
        let writer = digest.first_chunk::<8>().map_or(1, |eight| u64::from_le_bytes(*eight)).max(1);
        let rows = u32::try_from(canonical.rows.len()).unwrap_or(u32::MAX);
        let title = String::new();
        let head = RosterHead { canonical: canonical.version, title, rows };
        let mut operations = vec![keep(Name::new(writer, 0), Body::RosterHead(head))?];
        // Numbered without gaps, whatever stands between the rows of the sheet: a gap would look like a missing record.
        let numbered: Vec<(u32, RosterRow)> = (1..).zip(canonical.rows).collect();
        let kept = spread::over_own(numbered, |(seq, row)| keep(Name::new(writer, seq), Body::RosterRow(row)));
        for row in kept {
            operations.push(row?);
        }
        let rows = operations.len();
        let mut members = Vec::with_capacity(canonical.members.len());
        for (seq, member) in (rows..).zip(&canonical.members) {
            let household = operations.get(member.of + 1).map_or(Name::new(writer, 0), |row| row.operation.name);
            let birth = Birth { links: vec![("household".into(), household)], facts: member.facts.clone() };
            let name = Name::new(writer, u32::try_from(seq).unwrap_or(u32::MAX));
            members.push(keep(name, Body::Birth(Sort::Member, birth))?);
        }
        operations.append(&mut members);
        let title = reading.title.clone().unwrap_or_default();
        Ok(Self { writer, operations, title, layout: Layout::of(&reading.columns) })
    }

    /// Gives the name of the head.
    pub fn head(&self) -> Name {
        Name::new(self.writer, 0)
    }
}

fn keep(name: Name, body: Body) -> Result<Arc<Kept>, Trouble> {
    let operation = Operation {
        name,
        stamp: Stamp(0),
        wall_ms: 0,
        actor: Word::default(),
        entity: name,
        key: Word::default(),
        prevs: Prevs::new(),
        body,
    };
    bytes::keep(operation).map_err(|_| crate::app::requests::action::too_long())
}

/// The percent at which each part of an import ends, by what it takes of a list of 100,000 rows that was imported before.
mod ends {
    /// Every household is read.
    pub(super) const READ: u64 = 15;
    /// The rows are read as households.
    pub(super) const ROWS: u64 = 18;
    /// What earlier rosters said is read.
    pub(super) const AS_LISTED: u64 = 20;
    /// Rows are bound to households.
    pub(super) const BOUND: u64 = 75;
    /// What changes is counted.
    pub(super) const CHANGES: u64 = 78;
    /// What is in doubt is counted.
    pub(super) const DOUBTS: u64 = 82;
    /// The rows are written.
    pub(super) const WRITTEN: u64 = 87;
    /// Which row means which household is put down.
    pub(super) const TIED: u64 = 97;
}

/// Gives how far a look alone is, in percent; none before it has begun.
pub(in crate::app) fn looked(progress: &Progress) -> Option<u8> {
    let percent = u64::from(progress.percent()).min(ends::DOUBTS) * 100 / ends::DOUBTS;
    progress.has_begun().then(|| u8::try_from(percent).unwrap_or(100))
}

/// So many rows are read as households at once.
const PIECE: usize = 2_000;

/// What an import did, or would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Imported {
    /// Rows that are new households.
    pub households: usize,
    /// Rows bound to households that were there.
    pub bound: usize,
    /// Of those, the ones of which the list says something else than is known.
    pub changed: usize,
    /// Households of its villages that are known from an earlier list and not in this one.
    pub unlisted: usize,
    /// Rows kept in 待核对 without being a household.
    pub only_doubts: usize,
    /// People of the new and known households, from a list with one person a row.
    pub members: usize,
    /// Rows with cells in doubt that nobody has decided yet.
    pub doubtful: usize,
    /// Those cells, as 待核对 will list them.
    pub doubts: usize,
    /// The very same list is there already.
    pub known: bool,
    /// The import itself, once it was brought in.
    pub import: Option<Name>,
}

/// What an import would do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Would {
    /// What it would bring, counted.
    pub bring: Imported,
    /// The cells of this list that 待核对 would have: as many as are counted.
    pub doubts: Vec<Doubt>,
}

impl Keeper {
    /// Looks at what importing a roster would do; changes nothing.
    pub fn preview(&self, roster: &Roster) -> Result<Would, Trouble> {
        look(&self.house, self.knows(roster), roster, &Progress::default()).map(|(would, _)| would)
    }

    /// Tells whether a roster was imported before, here or elsewhere; while something waits to be applied its import
    /// may be among that.
    fn knows(&self, roster: &Roster) -> bool {
        self.known().contains(roster.head()) && (self.backlog_left() > 0 || self.house.has_import(roster))
    }

    /// Brings a roster in: all of it durably, or nothing. Call [`Keeper::work`] until all of it is applied.
    pub fn import(&mut self, roster: &Roster, file: &str) -> Result<Imported, Trouble> {
        self.import_watched(roster, file, &Progress::default())
    }

    /// Brings a roster in while somebody watches how far it is.
    ///
    /// # Errors
    /// As [`Keeper::import`]; `stopped` where it was stopped before its rows were durable: then nothing of it stays.
    pub fn import_watched(&mut self, roster: &Roster, file: &str, progress: &Progress) -> Result<Imported, Trouble> {
        let (Would { bring: mut imported, .. }, bound) = look(&self.house, self.knows(roster), roster, progress)?;
        if imported.known {
            return Ok(imported);
        }
        // The rows may be here without the import: the program ended between the two. Then the rest is made up for.
        if !self.known().contains(roster.head()) {
            let end = self.add_rows(roster, progress)?;
            self.adopt(Backlog::of(&roster.operations), end);
        }
        let now = self.clock.now();
        let view = self.house.view();
        let mut pen = self.pen.clone();
        let mut action = Action::new(view.as_ref(), &mut pen, now, self.device.speaker().to_owned());
        action.introduce(pen::introduction(&self.device), self.last_words())?;
        let facts = vec![
            ("roster".into(), Value::Entity(roster.head())),
            ("file".into(), Value::text(file)),
            (imports::TITLE.into(), Value::text(&roster.title)),
            (imports::COLUMNS.into(), Value::Words(roster.layout.words())),
        ];
        imported.import = Some(action.create(Sort::Import, Birth { links: Vec::new(), facts })?);
        let at_once = action.count();
        // The rows are durable: what is left is done in any case.
        progress.part(ends::WRITTEN, ends::TIED, bound.len() as u64);
        for (row, household) in bound {
            action.set(row, household::ROW_OF, Value::Entity(household))?;
            progress.pass(1);
        }
        progress.part(ends::TIED, 100, 1);
        let (operations, before) = action.done();
        let committed = self.commit_long(&operations, at_once, pen, now);
        // A failure on the way is answered for here, not by what is recorded next.
        self.sync().and(committed)?;
        self.past.push(before);
        Ok(imported)
    }

    /// Writes the rows: once they are added they are durable, and no stop comes too late to leave nothing.
    fn add_rows(&mut self, roster: &Roster, progress: &Progress) -> Result<Position, Trouble> {
        progress.part(ends::DOUBTS, ends::WRITTEN, roster.operations.len() as u64);
        let mut whole = self.journal.begin_whole(WholeKind::Roster);
        for kept in &roster.operations {
            progress.go(1)?;
            whole.put(&kept.bytes)?;
        }
        let whole = whole.finish()?;
        progress.go(0)?;
        self.journal.add(whole)
    }
}

impl House {
    /// Looks at what importing a roster would do.
    pub fn preview(&self, roster: &Roster) -> Result<Would, Trouble> {
        self.preview_watched(roster, &Progress::default())
    }

    /// Looks at what importing a roster would do while somebody watches how far it is.
    ///
    /// # Errors
    /// As [`House::preview`]; `stopped` where it was stopped.
    pub fn preview_watched(&self, roster: &Roster, progress: &Progress) -> Result<Would, Trouble> {
        let known = self.view().known().contains(roster.head()) && self.has_import(roster);
        look(self, known, roster, progress).map(|(would, _)| would)
    }

    /// Tells whether the import itself is known, not only the rows.
    fn has_import(&self, roster: &Roster) -> bool {
        self.shelf(|shelf, _| shelf.rosters().is_imported(roster.writer))
    }
}

/// Binds the rows of a roster to the households of a house; `known` says that it was imported before.
fn look(
    house: &House,
    known: bool,
    roster: &Roster,
    progress: &Progress,
) -> Result<(Would, Vec<(Name, Name)>), Trouble> {
    let mut imported = Imported { known, ..Imported::default() };
    if known {
        return Ok((Would { bring: imported, doubts: Vec::new() }, Vec::new()));
    }
    let rows = roster.operations.iter().filter_map(|kept| match &kept.operation.body {
        Body::RosterRow(row) => Some((kept, row)),
        _ => None,
    });
    let rows: Vec<(&Arc<Kept>, &RosterRow)> = rows.collect();
    imported.members = roster.operations.len() - 1 - rows.len();
    imported.only_doubts = rows.iter().filter(|(_, row)| !row.has_head()).count();
    let mut there = house.shelf(|shelf, view| households(shelf, view, progress, ends::READ))?;
    there.retain(|(name, _)| name.writer != roster.writer);
    let mut bound = Vec::new();
    if !there.is_empty() {
        let rows = read_rows(&rows, progress)?;
        let share = (ends::ROWS, ends::AS_LISTED);
        let mut listed = house.shelf(|shelf, view| as_listed(shelf, view, progress, share))?;
        listed.retain(|(name, _)| name.writer != roster.writer);
        bound = bind(&there, &listed, &rows, progress)?;
        progress.part(ends::BOUND, ends::CHANGES, (bound.len() + there.len()) as u64);
        let is_listed = |name: Name| house.shelf(|shelf, _| shelf.is_listed(name));
        let compared::Changes { changed, unlisted } = compared::changes(&there, &rows, &bound, is_listed, progress)?;
        (imported.changed, imported.unlisted) = (changed, unlisted);
    }
    progress.part(ends::CHANGES, ends::DOUBTS, rows.len() as u64);
    let doubts = house.shelf(|shelf, view| doubts_of(&rows, &bound, shelf, view, progress))?;
    imported.doubtful = doubts.iter().map(|(row, _)| *row).collect::<HashSet<Name>>().len();
    imported.doubts = doubts.len();
    imported.bound = bound.len();
    imported.households = rows.len() - imported.only_doubts - imported.bound;
    let doubts = doubts.into_iter().map(|(_, doubt)| doubt).collect();
    Ok((Would { bring: imported, doubts }, bound))
}

/// Reads rows as the households that they say.
fn read_rows(rows: &[(&Arc<Kept>, &RosterRow)], progress: &Progress) -> Result<Vec<(Name, Household)>, Trouble> {
    progress.part(ends::READ, ends::ROWS, rows.len() as u64);
    let mut read = Vec::with_capacity(rows.len());
    for piece in rows.chunks(PIECE) {
        read.extend(spread::over(piece, |(kept, _)| row_household(kept)));
        progress.go(piece.len() as u64)?;
    }
    Ok(read)
}

/// Finds which row means which household.
fn bind(
    known: &[(Name, Household)],
    listed: &[(Name, Household)],
    rows: &[(Name, Household)],
    progress: &Progress,
) -> Result<Vec<(Name, Name)>, Trouble> {
    progress.part(ends::AS_LISTED, ends::BOUND, binding::WHOLE);
    let mut binding = Binding::of(known, listed, rows);
    let mut before = 0;
    while let Some(far) = binding.go_on() {
        progress.go(far - before)?;
        before = far;
    }
    Ok(binding.bound())
}

/// Gives the cells in doubt, each with its row, as they will be listed: of a household known before somebody may have decided
/// some, and what several of its rows say alike is one.
fn doubts_of(
    rows: &[(&Arc<Kept>, &RosterRow)],
    bound: &[(Name, Name)],
    shelf: &Shelf,
    view: &dyn View,
    progress: &Progress,
) -> Result<Vec<(Name, Doubt)>, Trouble> {
    let homes: HashMap<Name, Name> = bound.iter().copied().collect();
    let mut found = Vec::new();
    let mut known: BTreeMap<Name, Vec<(&Arc<Kept>, &RosterRow)>> = BTreeMap::new();
    for (kept, row) in rows {
        progress.go(1)?;
        match homes.get(&kept.operation.entity) {
            Some(home) => known.entry(*home).or_default().push((kept, row)),
            None => found.extend(row.doubts.iter().map(|doubt| (kept.operation.entity, doubt.clone()))),
        }
    }
    for (home, rows) in known {
        progress.go(0)?;
        if rows.iter().any(|(_, row)| !row.doubts.is_empty()) {
            let mut records = shelf.records_of(home, view)?;
            records.extend(rows.iter().map(|(kept, _)| row_record(kept)));
            found.extend(household::doubts_by_row(&records));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {

    use super::{Backlog, Roster};
    use crate::app::{Device, Place, Progress};
    use crate::clock::Clock;
    use crate::intake::{Guess, read};
    use crate::log::WholeKind;

    // The rows are durable before the import is; the program may end between the two.
    #[test]
    fn an_import_that_ended_after_its_rows_is_made_up_for() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::new(folder.path().join("data"));
        place.create(&Device::default(), &Clock::machine()).unwrap();
        let mut keeper = place.open(Clock::machine()).unwrap().keeper;
        let text = "户主姓名,联系电话\n张守富,13853301234\n李桂英,13853305678\n";
        let roster = Roster::of(&read(text.as_bytes(), "名单.csv", &Guess::default()).unwrap()).unwrap();
        let pieces = roster.operations.iter().map(|kept| Ok(kept.bytes.clone()));
        let end = keeper.journal.add_whole(WholeKind::Roster, pieces).unwrap();
        keeper.adopt(Backlog::of(&roster.operations), end);
        while keeper.work().unwrap() {}

        assert!(!keeper.preview(&roster).unwrap().bring.known);
        let imported = keeper.import(&roster, "名单.csv").unwrap();
        assert_eq!((imported.households, imported.bound), (2, 0), "its own rows are not households known before");
        while keeper.work().unwrap() {}
        assert!(keeper.preview(&roster).unwrap().bring.known);
        assert_eq!(keeper.house.count(), 2);
    }

    // At a later import it stood at 40% for as long as everything else took together.
    #[test]
    fn a_later_import_says_how_far_it_is_in_small_steps_and_never_goes_back() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::new(folder.path().join("data"));
        place.create(&Device::default(), &Clock::machine()).unwrap();
        let mut keeper = place.open(Clock::machine()).unwrap().keeper;
        keeper.fill().unwrap();
        let list = |size: u32| {
            let name = |n: u32| char::from_u32(0x5BCC + n).unwrap();
            let rows =
                (0..4_000).map(|n| format!("张守{},1385330{n:04},{}\n", name(n), if n % 2 == 0 { size } else { 3 }));
            let text = format!("户主姓名,联系电话,家庭人口\n{}", rows.collect::<String>());
            Roster::of(&read(text.as_bytes(), "名单.csv", &Guess::default()).unwrap()).unwrap()
        };
        for (size, bound) in [(3, 0), (4, 4_000)] {
            let progress = Progress::default();
            assert_eq!(keeper.import_watched(&list(size), "名单.csv", &progress).unwrap().bound, bound);
            while keeper.work().unwrap() {}
            let seen = progress.seen();
            assert!(seen.is_sorted() && seen.last() == Some(&97), "{:?}", seen.last());
            let longest = seen.windows(2).map(|two| two[1] - two[0]).max();
            // Half of the rows say the same as before: to find them is one step. Into an empty campaign much is left out.
            assert!(bound == 0 || longest <= Some(9), "{longest:?}");
        }
        // Stopped at whatever step, nothing of it stays.
        let known = format!("{:?}", keeper.known());
        for percent in [10, 17, 40, 76, 80, 84] {
            let progress = Progress::default();
            progress.stop_at(percent);
            let stopped = keeper.import_watched(&list(5), "名单.csv", &progress).unwrap_err();
            assert_eq!((stopped.kind, format!("{:?}", keeper.known())), ("stopped", known.clone()), "{percent}");
        }
        assert_eq!(keeper.import(&list(5), "名单.csv").unwrap().bound, 4_000);
    }

    // The program ended while the rows were on their way into the view: it goes on where it was, nothing is made anew.
    #[test]
    fn an_import_cut_short_on_its_way_into_the_view_is_gone_on_with() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::new(folder.path().join("data"));
        place.create(&Device::default(), &Clock::machine()).unwrap();
        let list = |size: u32| {
            let name = |n: u32| char::from_u32(0x5BCC + n).unwrap();
            let rows = (0..2_000).map(|n| format!("张守{},1385330{n:04},{size}\n", name(n)));
            let text = format!("户主姓名,联系电话,家庭人口\n{}", rows.collect::<String>());
            Roster::of(&read(text.as_bytes(), "名单.csv", &Guess::default()).unwrap()).unwrap()
        };
        for (size, turns, bound) in [(3, 1, 0), (4, 2, 2_000), (5, 0, 2_000)] {
            let mut keeper = place.open(Clock::machine()).unwrap().keeper;
            keeper.fill().unwrap();
            assert_eq!(keeper.import(&list(size), "名单.csv").unwrap().bound, bound);
            for _ in 0..turns {
                keeper.work().unwrap();
            }
            drop(keeper);
            let opened = place.open(Clock::machine()).unwrap();
            assert!(opened.findings.is_empty(), "{:?}", opened.findings);
        }
    }
}
