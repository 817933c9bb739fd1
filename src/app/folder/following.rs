//! The view follows the journal: the stored one from where it stands, another one from the beginning.

use std::sync::Arc;

use super::frames::decode;
use super::place::{no_campaign, unreachable_folder};
use crate::app::underway::Doing;
use crate::app::{House, Place, requests::pen};
use crate::log::{Journal, Position, Reader};
use crate::text::{Said, Trouble, t};
use crate::view::{MemoryView, PackedView, SledView, View};

/// A campaign read beside whoever has it open: nothing is locked or written.
pub struct Beside {
    /// The readable side; empty until [`House::fill`].
    pub house: House,
    /// What the journal has acknowledged.
    pub journal: Reader,
    /// What was found wrong.
    pub findings: Vec<Said>,
}

/// Frames folded at once while the view catches up.
const BATCH: usize = 4_000;

impl Place {
    /// Reads the campaign beside whoever has it open, or on a full disk.
    pub fn beside(&self) -> Result<Beside, Trouble> {
        self.guard()?;
        let (view, findings) = self.read_only()?;
        let (journal, _) = Journal::read_only(Arc::clone(&self.disk), &self.journal_folder())?;
        let house = House::new(Arc::new(view), Arc::clone(&self.campaign));
        let house = match self.device() {
            Ok(Some(device)) => house.on(device.laptop),
            _ => house,
        };
        Ok(Beside { house, journal, findings })
    }

    /// Makes the readable side of a campaign in which nothing happened yet.
    pub fn empty_house(&self) -> House {
        House::new(Arc::new(MemoryView::default()), Arc::clone(&self.campaign))
    }

    /// Folds the journal in memory without writing anything: for lists beside a running program, or on a full disk.
    pub fn read_only(&self) -> Result<(PackedView, Vec<Said>), Trouble> {
        if !self.exists() {
            return Err(no_campaign(&self.folder));
        }
        self.guard()?;
        let (reader, opening) = Journal::read_only(Arc::clone(&self.disk), &self.journal_folder())?;
        let view = PackedView::default();
        let mut findings = opening.findings;
        findings.extend(follow(&view, &reader, Position::START)?);
        Ok((view, findings))
    }

    /// Opens the stored view and lets it catch up; makes it anew when it is missing, of another version or damaged, once what
    /// only it has is saved.
    pub(super) fn open_view(&self, journal: &mut Journal, findings: &mut Vec<Said>) -> Result<Arc<dyn View>, Trouble> {
        let folder = self.view_folder();
        let fresh = !folder.exists();
        let stored = SledView::open(&folder, self.disk.seal());
        if let Ok(view) = &stored
            && self.catches_up(view, &journal.reader()).unwrap_or(false)
        {
            return stored.map(|view| Arc::new(view) as Arc<dyn View>);
        }
        if !fresh {
            if let Ok(view) = stored {
                match self.rescue(&view, journal) {
                    Ok(said) => findings.extend(said),
                    // What cannot be saved now stays where it is until it can be.
                    Err(trouble) => {
                        findings.push(trouble.said);
                        return view_in_memory(&journal.reader());
                    }
                }
            }
            findings.push(
                t(
                    "查询库已从日志重建, 日志里的记录都在.",
                    "The view was rebuilt from the journal; all records of the journal are there.",
                )
                .into(),
            );
        }
        self.fresh_view(&journal.reader())
    }

    /// Makes the view anew from the journal, in order of name.
    pub fn fresh_view(&self, reader: &Reader) -> Result<Arc<dyn View>, Trouble> {
        let folder = self.view_folder();
        let memory = MemoryView::default();
        self.underway.begin(Doing::Folding, reader.length());
        follow_telling(&memory, reader, Position::START, &mut |_, bytes| self.underway.go(bytes))?;
        let mut records = 0;
        memory.each(&mut |_| {
            records += 1;
            true
        })?;
        self.underway.begin(Doing::Storing, records);
        // A view that is still open somewhere keeps its old folder; the new one must not share it.
        if folder.exists() {
            let old = self.home().join(format!("view.old-{:016x}", pen::random()));
            std::fs::rename(&folder, &old).map_err(|error| unreachable_folder(&folder, &error))?;
            let _ = std::fs::remove_dir_all(&old);
        }
        let view = SledView::open(&folder, self.disk.seal())?;
        view.fill(&memory, memory.mark(), memory.reach(), &mut || self.underway.go(1))?;
        Ok(Arc::new(view))
    }

    /// Lets a stored view follow the journal; false where it has to be made anew.
    fn catches_up(&self, view: &SledView, reader: &Reader) -> Result<bool, Trouble> {
        // What lies between the two is no frame that the view knows of, unless the mark is behind.
        let from = view.mark().min(view.reach());
        if !follows(view, reader)? {
            return Ok(false);
        }
        self.underway.begin(Doing::Following, 0);
        follow_telling(view, reader, from, &mut |operations, _| self.underway.go(operations)).map(|_| true)
    }
}

/// Tells whether a view holds nothing but what this journal says up to where the view has followed it. A journal that lost
/// its unsynced end, or was put back from elsewhere, may have gone another way and be longer by now: then the last
/// frame before that place is one that the view does not know.
fn follows(view: &dyn View, reader: &Reader) -> Result<bool, Trouble> {
    let known = view.known();
    let reach = view.reach();
    if view.mark().max(reach) > reader.end() {
        return Ok(false);
    }
    Ok(match reader.last_before(reach)? {
        None => false,
        Some(frame) if frame.is_empty() => known.count() == 0,
        Some(frame) => decode(&frame)?.iter().all(|kept| known.contains(kept.operation.name)),
    })
}

/// Lets a view follow the journal from a place on.
pub(in crate::app) fn follow(view: &dyn View, reader: &Reader, from: Position) -> Result<Vec<Said>, Trouble> {
    follow_telling(view, reader, from, &mut |_, _| {})
}

/// As [`follow`]; tells of each frame how many operations and bytes it has.
fn follow_telling(
    view: &dyn View,
    reader: &Reader,
    from: Position,
    tell: &mut dyn FnMut(u64, u64),
) -> Result<Vec<Said>, Trouble> {
    let mut pending = Vec::new();
    // Behind a frame, never behind the header of an empty segment: another journal may have one there as well.
    let mut reach = view.reach();
    let findings = reader.read_from(from, &mut |frame| {
        let before = pending.len();
        pending.extend(decode(frame.operations)?);
        tell((pending.len() - before) as u64, frame.operations.len() as u64);
        reach = reach.max(frame.next);
        if pending.len() >= BATCH {
            view.apply_to(&std::mem::take(&mut pending), frame.next, reach)?;
        }
        Ok(())
    })?;
    let end = reader.end();
    if !pending.is_empty() || view.mark() != end {
        view.apply_to(&pending, end, reach)?;
    }
    Ok(findings)
}

/// Folds the journal into a view that lies nowhere: for a disk that takes none.
pub(in crate::app) fn view_in_memory(reader: &Reader) -> Result<Arc<dyn View>, Trouble> {
    let memory = PackedView::default();
    follow(&memory, reader, Position::START)?;
    Ok(Arc::new(memory))
}
