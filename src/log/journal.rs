//! The journal: every action is appended here and synced before anyone is told that it is recorded.
//!
//! What [`Journal::sync`] has acknowledged survives a power cut; of what was appended since, any part may. After a failed
//! write or sync the segment is cut back to what was acknowledged and never appended to again: the operating system may
//! show bytes that it has given up writing. The next action begins another segment, so writing resumes by itself when
//! the cause is gone. (Only if cutting back fails as well, and the program ends before it could write anything more, may
//! a refused action turn up at the next opening.)

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::text::{Said, Trouble, t};

use super::disk::{AppendFile, Disk};
use super::failure::{CREATING, SYNCING, WRITING, failure, too_large};
use super::frame;
use super::opening::{self, Opening};
use super::payload::{DraftId, MERGED};
use super::reader::{Frame, Reader, Segment};
use super::segment::{self, HEADER, Header, Kind, Position, WholeKind};
use super::temp::{ENDING, Temp};
use super::whole::{FEW, FinishedWhole, Stored, Whole, WholePlace};

/// Own segments do not grow past this many bytes, but for what shares one sync. Opening reads the last of them through and
/// looks at each of the others: about a millisecond for the one, and for a hundred of the others.
pub const ROLL: u64 = 1 << 20;

/// Appends to the journal of one data folder; the caller holds its [`super::FolderLock`].
pub struct Journal {
    /// What is acknowledged.
    reader: Reader,
    own: Option<Own>,
    /// Appended frames were lost that no sync has answered for yet.
    failed: Option<Trouble>,
    roll: u64,
    few: usize,
    wholes: u32,
    frame: Vec<u8>,
}

/// The own segment being appended to: always the last one.
struct Own {
    file: Box<dyn AppendFile>,
    length: u64,
}

impl Journal {
    /// Makes a new journal and the folders it needs. `day` is the date in names of files set aside, `2021-05-28`.
    ///
    /// # Errors
    /// `journal-exists` when there is one; otherwise the disk's failure.
    pub fn create(disk: Arc<dyn Disk>, dir: &Path, day: &str) -> Result<Self, Trouble> {
        disk.create_dir(dir).map_err(|error| failure(CREATING, dir, &error))?;
        let names = opening::list(disk.as_ref(), dir)?;
        if names.iter().any(|name| segment::number(name).is_some()) {
            let said = t("{dir} 里已有日志.", "There already is a journal in {dir}.").with("dir", dir.display());
            return Err(Trouble::new("journal-exists", said));
        }
        let reader = Reader {
            disk,
            dir: dir.to_owned(),
            segments: Vec::new(),
            day: Some(day.to_owned()),
            lost: false,
            torn: None,
        };
        let mut journal = Self::with(reader);
        journal.start_own()?;
        Ok(journal)
    }

    /// Opens a journal: takes a torn end off, and tells what else was found.
    ///
    /// # Errors
    /// `no-journal` when there is none; `newer-format` when a newer program wrote it, nothing is touched then; otherwise
    /// the disk's failure. Damage is no error.
    pub fn open(disk: Arc<dyn Disk>, dir: &Path, day: &str) -> Result<(Self, Opening), Trouble> {
        let opened = opening::open(disk, dir.to_owned(), Some(day.to_owned()))?;
        let mut journal = Self::with(opened.reader);
        if journal.reader.segments.is_empty() {
            journal.start_own()?;
        } else {
            journal.go_on(opened.goes_on);
        }
        Ok((journal, opened.opening))
    }

    /// Opens a journal for reading only: nothing is locked, cut, moved or made, so it works beside a running program and
    /// on a full disk.
    ///
    /// # Errors
    /// As [`Journal::open`].
    pub fn read_only(disk: Arc<dyn Disk>, dir: &Path) -> Result<(Reader, Opening), Trouble> {
        let opened = opening::open(disk, dir.to_owned(), None)?;
        Ok((opened.reader, opened.opening))
    }

    /// Begins another own segment after so many bytes instead of [`ROLL`].
    #[must_use]
    pub fn rolling_at(mut self, bytes: u64) -> Self {
        self.roll = bytes;
        self
    }

    /// Gives a merge of more than so many bytes a file of its own, up to 256 KiB.
    #[must_use]
    pub fn merging_below(mut self, bytes: usize) -> Self {
        self.few = bytes.min(FEW);
        self
    }

    /// Gives the place behind the last acknowledged record.
    pub fn end(&self) -> Position {
        self.reader.end()
    }

    /// Tells whether something was appended that no sync has answered for yet.
    pub fn waits(&self) -> bool {
        self.failed.is_some() || self.own.as_ref().is_some_and(|own| own.length > self.end().offset)
    }

    /// Gives a reader of what is acknowledged now.
    pub fn reader(&self) -> Reader {
        self.reader.clone()
    }

    /// Reads one frame of what is acknowledged; see [`Reader::frame_from`].
    ///
    /// # Errors
    /// As [`Reader::frame_from`].
    pub(crate) fn frame_from(&self, place: Position) -> Result<Option<(Vec<u8>, Position)>, Trouble> {
        self.reader.frame_from(place)
    }

    /// Reads what is acknowledged; see [`Reader::read_from`].
    ///
    /// # Errors
    /// As [`Reader::read_from`].
    pub fn read_from(
        &self,
        from: Position,
        each: &mut dyn FnMut(Frame<'_>) -> Result<(), Trouble>,
    ) -> Result<Vec<Said>, Trouble> {
        self.reader.read_from(from, each)
    }

    /// Appends one action and the draft it consumes; gives the place behind it. Nothing is acknowledged before
    /// [`Journal::sync`]; many actions may share one.
    ///
    /// # Errors
    /// `too-large` beyond 64 MiB; otherwise the disk's failure. Everything appended since the last sync is then lost as
    /// well, and each further append fails until `sync` has said so.
    pub fn append(&mut self, draft: Option<DraftId>, operations: &[u8]) -> Result<Position, Trouble> {
        self.append_frame(draft.map_or(0, |draft| draft.0.get()), operations)
    }

    fn append_frame(&mut self, draft: u64, operations: &[u8]) -> Result<Position, Trouble> {
        if let Some(trouble) = &self.failed {
            return Err(trouble.clone());
        }
        let draft = draft.to_le_bytes();
        let size = frame::size(draft.len() + operations.len(), self.reader.disk.seal()) as u64;
        // Only between groups: what shares a sync is kept or lost together.
        let end = self.end().offset;
        if end > HEADER as u64 && self.own.as_ref().is_some_and(|own| own.length == end && end + size > self.roll) {
            self.own = None;
        }
        if self.own.is_none() {
            self.start_own()?;
        }
        let Some(own) = &mut self.own else { return Ok(self.end()) };
        self.frame.clear();
        let seal = self.reader.disk.seal();
        frame::encode(&mut self.frame, own.length, &[&draft, operations], seal).map_err(|_| too_large())?;
        match own.file.append(&self.frame) {
            Ok(()) => {
                own.length += size;
                Ok(Position { segment: self.reader.end().segment, offset: own.length })
            }
            Err(error) => {
                let trouble = failure(WRITING, &self.own_path(), &error);
                Err(self.give_up(trouble))
            }
        }
    }

    /// Acknowledges everything appended so far: when it returns, a power cut cannot take it back.
    ///
    /// # Errors
    /// The disk's failure; nothing appended since the last successful sync is recorded then.
    pub fn sync(&mut self) -> Result<(), Trouble> {
        let settled = self.settle();
        match self.failed.take() {
            Some(trouble) => Err(trouble),
            None => settled,
        }
    }

    /// Begins a whole segment, which can be written on another thread while actions are appended here.
    pub fn begin_whole(&mut self, kind: WholeKind) -> Whole {
        self.whole_place(kind).begin()
    }

    /// Gives where a whole segment can be written, for a thread of its own.
    pub fn whole_place(&mut self, kind: WholeKind) -> WholePlace {
        self.wholes += 1;
        let path = self.reader.dir.join(format!("whole-{}{ENDING}", self.wholes));
        // A roster is always a file: it is the same on every laptop, and there are few.
        let few = if kind == WholeKind::Bundle { self.few } else { 0 };
        WholePlace { disk: Arc::clone(&self.reader.disk), path, kind, few }
    }

    /// Adds what a merge or an import brings behind everything, durably: a file that is complete gets its number, which is quick
    /// whatever its size, and a few operations become one frame. Gives the place behind it. Actions are best acknowledged
    /// before; any left are synced with it.
    ///
    /// # Errors
    /// The disk's failure; nothing is added then. As it was complete, a power cut right then may still bring it back, which
    /// does no harm: adding the same operations again changes nothing.
    pub fn add(&mut self, whole: FinishedWhole) -> Result<Position, Trouble> {
        if let Some(trouble) = &self.failed {
            return Err(trouble.clone());
        }
        self.settle()?;
        match whole.0 {
            Stored::Few(operations) if operations.is_empty() => Ok(self.end()),
            Stored::Few(operations) => self.add_few(&operations),
            Stored::File { temp, kind, length } => self.add_file(temp, kind, length),
        }
    }

    fn add_few(&mut self, operations: &[u8]) -> Result<Position, Trouble> {
        if self.own.is_some() {
            // A file that was deleted while open still takes bytes, and keeps none of them.
            let path = self.own_path();
            self.reader.disk.length(&path).map_err(|error| failure(WRITING, &path, &error))?;
        }
        self.append_frame(MERGED, operations)?;
        self.sync()?;
        Ok(self.end())
    }

    fn add_file(&mut self, temp: Temp, kind: Kind, length: u64) -> Result<Position, Trouble> {
        let number = self.next_number();
        let path = segment::path(&self.reader.dir, number);
        let added = Segment { number, kind, end: length };
        temp.rename(&path)?;
        if let Err(error) = self.reader.disk.sync_dir(&self.reader.dir) {
            if self.reader.disk.remove(&path).is_err() {
                self.own = None;
                self.reader.segments.push(added);
            }
            return Err(failure(SYNCING, &path, &error));
        }
        self.own = None;
        self.reader.segments.push(added);
        Ok(self.end())
    }

    /// Adds a whole segment from pieces, each the bytes of one or more whole operations; see [`Journal::add`].
    ///
    /// # Errors
    /// The first error among the pieces, or the disk's failure; nothing is added then.
    pub fn add_whole<P: AsRef<[u8]>>(
        &mut self,
        kind: WholeKind,
        pieces: impl IntoIterator<Item = Result<P, Trouble>>,
    ) -> Result<Position, Trouble> {
        let mut whole = self.begin_whole(kind);
        for piece in pieces {
            whole.put(piece?.as_ref())?;
        }
        self.add(whole.finish()?)
    }

    fn with(reader: Reader) -> Self {
        Self { reader, own: None, failed: None, roll: ROLL, few: FEW, wholes: 0, frame: Vec::new() }
    }

    fn own_path(&self) -> PathBuf {
        segment::path(&self.reader.dir, self.reader.end().segment)
    }

    fn next_number(&self) -> u32 {
        self.reader.end().segment.saturating_add(1)
    }

    /// Syncs the own segment, for whoever is about to read all of it. A failure takes back what was not acknowledged, and is
    /// remembered for the next `sync`.
    ///
    /// # Errors
    /// The disk's failure.
    pub(crate) fn settle(&mut self) -> Result<(), Trouble> {
        let Some(own) = self.own.as_mut() else { return Ok(()) };
        let Some(segment) = self.reader.segments.last_mut().filter(|segment| segment.end < own.length) else {
            return Ok(());
        };
        match own.file.sync() {
            Ok(()) => {
                segment.end = own.length;
                Ok(())
            }
            Err(error) => {
                let trouble = failure(SYNCING, &self.own_path(), &error);
                Err(self.give_up(trouble))
            }
        }
    }

    /// Cuts the own segment back to what was acknowledged and leaves it for good.
    fn give_up(&mut self, trouble: Trouble) -> Trouble {
        let path = self.own_path();
        let Some(own) = self.own.take() else { return trouble };
        let acknowledged = self.reader.end().offset;
        if own.length > acknowledged {
            self.failed = Some(trouble.clone());
        }
        drop(own);
        // A segment that holds nothing goes: a full disk must not fill up with empty ones.
        if acknowledged == HEADER as u64 && self.reader.disk.remove(&path).is_ok() {
            self.reader.segments.pop();
        } else {
            // If even this fails, the header of the next own segment says how much of this one counts.
            let _ = self.reader.disk.truncate(&path, acknowledged);
        }
        trouble
    }

    fn start_own(&mut self) -> Result<(), Trouble> {
        let (disk, number) = (Arc::clone(&self.reader.disk), self.next_number());
        let path = segment::path(&self.reader.dir, number);
        if disk.length(&path).is_ok() {
            // From an attempt that failed. Its bytes are not to be trusted, so neither is the file.
            disk.remove(&path).map_err(|error| failure(CREATING, &path, &error))?;
        }
        let own = self.reader.segments.iter().rfind(|segment| segment.kind == Kind::Own);
        let before = own.map_or(Position::START, |own| Position { segment: own.number, offset: own.end });
        let header = Header { kind: Kind::Own, before }.encode();
        let mut file = disk.create(&path).map_err(|error| failure(CREATING, &path, &error))?;
        let durable = file.append(&header).and_then(|()| file.sync()).and_then(|()| disk.sync_dir(&self.reader.dir));
        if let Err(error) = durable {
            drop(file);
            let _ = disk.remove(&path);
            return Err(failure(CREATING, &path, &error));
        }
        let length = HEADER as u64;
        self.own = Some(Own { file, length });
        self.reader.segments.push(Segment { number, kind: Kind::Own, end: length });
        Ok(())
    }

    /// Makes durable what is shown from now on: a program that was killed may have left names and bytes unsynced. Then
    /// goes on with the last own segment, if it may. Where anything fails, the next action begins another segment.
    fn go_on(&mut self, may: bool) {
        let (disk, dir) = (&self.reader.disk, &self.reader.dir);
        if disk.sync_dir(dir).is_err() || !may {
            return;
        }
        let Ok(mut file) = disk.append_to(&self.own_path()) else { return };
        if file.sync().is_ok() {
            self.own = Some(Own { file, length: self.end().offset });
        }
    }
}
