//! Reads the journal: its segments in order of number, their frames in order of writing, over damage if need be.

use std::collections::BTreeSet;
use std::io::{self, BufReader};
use std::path::PathBuf;
use std::sync::Arc;

use crate::domain::{Kept, Name};
use crate::text::{Said, Trouble, t};

use super::disk::{Disk, ReadFile};
use super::failure::newer;
use super::frame::{self, Step, Walk};
use super::payload::{DraftId, Payload};
use super::segment::{self, HEADER, Kind, Position};
use super::torn::Torn;
use super::{aside, bytes, finding};

/// How much is read at a time: most frames are small.
const BUFFER: usize = 128 << 10;

/// Walks through a segment of any disk.
type SegmentWalk = Walk<BufReader<Box<dyn ReadFile>>>;

/// Shows one frame of the journal.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// Where it stands.
    pub at: Position,
    /// Where reading goes on after it: what a view remembers.
    pub next: Position,
    /// What it holds: mostly what its segment does; in an own segment also what a merge brought.
    pub kind: Kind,
    /// The draft that this action consumed.
    pub draft: Option<DraftId>,
    /// The bytes of its operations.
    pub operations: &'a [u8],
}

/// One segment, and how many of its bytes count.
#[derive(Debug, Clone)]
pub(crate) struct Segment {
    pub number: u32,
    pub kind: Kind,
    pub end: u64,
}

/// Reads a journal as it stood when it was opened. Never writes a segment; clones are cheap and go to other threads.
#[derive(Clone)]
pub struct Reader {
    pub(crate) disk: Arc<dyn Disk>,
    pub(crate) dir: PathBuf,
    pub(crate) segments: Vec<Segment>,
    /// The date in the names of files set aside; none when nothing may be written.
    pub(crate) day: Option<String>,
    /// At opening something of it was found lost or damaged.
    pub(crate) lost: bool,
    /// What was found torn at the end when it was opened.
    pub(crate) torn: Option<Torn>,
}

impl Reader {
    /// Gives the place behind the last record.
    pub fn end(&self) -> Position {
        let place = |segment: &Segment| Position { segment: segment.number, offset: segment.end };
        self.segments.last().map_or(Position::START, place)
    }

    /// Tells whether at opening files of it, or acknowledged bytes, were found missing or damaged. Only the newest part is
    /// looked at then; reading tells of the rest.
    pub fn has_lost(&self) -> bool {
        self.lost
    }

    /// Gives what was found torn at the end when it was opened.
    pub fn torn(&self) -> Option<&Torn> {
        self.torn.as_ref()
    }

    /// Gives how many bytes its segments have.
    pub fn length(&self) -> u64 {
        self.segments.iter().map(|segment| segment.end).sum()
    }

    /// Hands every frame from a position on to `each`, which may stop the reading with an error of its own. Returns what
    /// was found damaged on the way; every whole frame is handed on all the same.
    ///
    /// # Errors
    /// `position-unknown` when the journal has no such place (it was restored, or a file is lost): read from the start;
    /// `newer-format` when a frame was written by a newer program; whatever `each` returns.
    pub fn read_from(
        &self,
        from: Position,
        each: &mut dyn FnMut(Frame<'_>) -> Result<(), Trouble>,
    ) -> Result<Vec<Said>, Trouble> {
        let known = |segment: &Segment| segment.number == from.segment && from.offset <= segment.end;
        if from != Position::START && !self.segments.iter().any(known) {
            return Err(unknown_position(from));
        }
        let mut findings = Vec::new();
        for segment in self.segments.iter().filter(|segment| segment.number >= from.segment) {
            let start = if segment.number == from.segment { from.offset } else { 0 };
            self.read_segment(segment, start, each, &mut findings)?;
        }
        Ok(findings)
    }

    /// Gives every operation of some entities, also those that were written over since, in the order of the journal; one that came in
    /// two files twice. Of each frame that was gone through `passed` is told how many operations it held, and may stop the
    /// reading with an error of its own.
    ///
    /// # Errors
    /// As [`Reader::read_from`].
    pub fn about(
        &self,
        entities: &BTreeSet<Name>,
        passed: &mut dyn FnMut(u64) -> Result<(), Trouble>,
    ) -> Result<Vec<Kept>, Trouble> {
        let mut all = Vec::new();
        if entities.is_empty() {
            return Ok(all);
        }
        self.read_from(Position::START, &mut |frame| {
            passed(frame.operations.len() as u64)?;
            let mut rest = frame.operations;
            while let Ok((one, tail)) = bytes::split(rest) {
                rest = tail;
                if bytes::entity_of(one).is_ok_and(|entity| entities.contains(&entity)) {
                    all.extend(bytes::decode(one));
                }
            }
            Ok(())
        })?;
        Ok(all)
    }

    /// Gives the numbers of its files, the oldest first.
    pub fn files(&self) -> impl DoubleEndedIterator<Item = u32> + '_ {
        self.segments.iter().map(|segment| segment.number)
    }

    /// Hands every frame of one file on, as [`Reader::read_from`] does.
    pub fn read_file(
        &self,
        number: u32,
        each: &mut dyn FnMut(Frame<'_>) -> Result<(), Trouble>,
    ) -> Result<Vec<Said>, Trouble> {
        let mut findings = Vec::new();
        for segment in self.segments.iter().filter(|segment| segment.number == number) {
            self.read_segment(segment, 0, each, &mut findings)?;
        }
        Ok(findings)
    }

    /// Gives the operations of the last whole frame before a place; empty where there is none, and none where the place is
    /// within a frame or beyond the end of its segment.
    ///
    /// # Errors
    /// `newer-format` when a newer program wrote that frame.
    pub fn last_before(&self, place: Position) -> Result<Option<Vec<u8>>, Trouble> {
        for segment in self.segments.iter().rev().filter(|segment| segment.number <= place.segment) {
            let upto = if segment.number == place.segment { place.offset } else { segment.end };
            if upto > segment.end {
                return Ok(None);
            }
            // By lengths alone first: that is much less to read, and all there is to do where nothing is damaged.
            if let Some(at) = self.last_by_length(segment, upto)
                && let Ok(mut walk) = self.walk(segment, at)
                && matches!(walk.step(), Step::Frame { .. })
            {
                return Ok(Payload::of(walk.payload()).map(|payload| payload.operations.to_vec()));
            }
            let Ok(mut walk) = self.walk(segment, 0) else { return Ok(None) };
            let mut last = None;
            loop {
                match walk.step() {
                    Step::Frame { at, .. } if at >= upto => break,
                    Step::Frame { next, .. } if next > upto => return Ok(None),
                    // The empty frame only ends a whole segment.
                    Step::Frame { .. } if walk.payload().is_empty() => {}
                    Step::Frame { .. } => {
                        last = Payload::of(walk.payload()).map(|payload| payload.operations.to_vec());
                    }
                    Step::Gap { .. } => {}
                    Step::Unknown => return Err(newer(&segment::name(segment.number))),
                    Step::End => break,
                }
            }
            if last.is_some() {
                return Ok(last);
            }
        }
        Ok(Some(Vec::new()))
    }

    /// Gives the operations of the first frame of a file at a place or behind it, and the place behind that frame; none where
    /// there is no whole one.
    ///
    /// # Errors
    /// `newer-format` when a newer program wrote that frame.
    pub(crate) fn frame_from(&self, place: Position) -> Result<Option<(Vec<u8>, Position)>, Trouble> {
        let Some(segment) = self.segments.iter().find(|segment| segment.number == place.segment) else {
            return Ok(None);
        };
        let Ok(mut walk) = self.walk(segment, place.offset) else { return Ok(None) };
        loop {
            match walk.step() {
                Step::Frame { next, .. } => {
                    if let Some(payload) = Payload::of(walk.payload()) {
                        let next = Position { segment: place.segment, offset: next };
                        return Ok(Some((payload.operations.to_vec(), next)));
                    }
                }
                Step::Gap { .. } | Step::End => return Ok(None),
                Step::Unknown => return Err(newer(&segment::name(segment.number))),
            }
        }
    }

    /// Sets a damaged segment aside as [`aside::damaged`] does.
    pub(crate) fn set_aside(&self, number: u32) -> Option<String> {
        aside::damaged(self.disk.as_ref(), &self.dir, self.day.as_deref(), number)
    }

    fn last_by_length(&self, segment: &Segment, upto: u64) -> Option<u64> {
        let file = self.disk.read(&segment::path(&self.dir, segment.number)).ok()?;
        frame::last_by_length(file, HEADER as u64, upto, self.disk.seal()).ok().flatten()
    }

    pub(crate) fn walk(&self, segment: &Segment, from: u64) -> io::Result<SegmentWalk> {
        let path = segment::path(&self.dir, segment.number);
        let end = self.disk.length(&path)?.min(segment.end);
        let file = BufReader::with_capacity(BUFFER, self.disk.read(&path)?);
        Walk::new(file, from.max(HEADER as u64), end, self.disk.seal())
    }

    fn read_segment(
        &self,
        segment: &Segment,
        start: u64,
        each: &mut dyn FnMut(Frame<'_>) -> Result<(), Trouble>,
        findings: &mut Vec<Said>,
    ) -> Result<(), Trouble> {
        let number = segment.number;
        let mut walk = match self.walk(segment, start) {
            Ok(walk) => walk,
            Err(error) => {
                findings.push(finding::unreadable(number, &error));
                return Ok(());
            }
        };
        let place = |offset| Position { segment: number, offset };
        loop {
            match walk.step() {
                Step::Frame { at, next } => {
                    // The empty frame only ends a whole segment.
                    if let Some(Payload { merged, draft, operations }) = Payload::of(walk.payload()) {
                        let kind = if merged { Kind::Bundle } else { segment.kind };
                        each(Frame { at: place(at), next: place(next), kind, draft, operations })?;
                    }
                }
                Step::Gap { from, to } => {
                    let copy = self.set_aside(number);
                    findings.push(finding::damaged(number, from, to, copy.as_deref()));
                }
                Step::Unknown => return Err(newer(&segment::name(number))),
                Step::End => break,
            }
        }
        if let Some(error) = walk.failure() {
            findings.push(finding::unreadable(number, error));
        }
        Ok(())
    }
}

fn unknown_position(from: Position) -> Trouble {
    let said = t("日志里没有 {file} 的第 {offset} 字节.", "The journal has no byte {offset} in {file}.");
    Trouble::new("position-unknown", said.with("file", segment::name(from.segment)).with("offset", from.offset))
        .hint(t("将从头重读.", "It is read again from the start."))
}
