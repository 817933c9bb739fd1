//! The backlog: operations of a merge or an import that the journal holds, on their way into view and lookup.
//!
//! They are applied in slices, some of them in one turn, so that a line typed meanwhile overtakes the rest.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::domain::Kept;
use crate::log::{Journal, Position, Ranges, bytes};
use crate::text::Trouble;

use crate::app::Keeper;
use crate::app::folder::frames::{decode, unreadable};
use crate::app::keeper::Upto;

/// Operations that the view takes in together.
const SLICE: usize = 250;
/// Fewer of them where they are long: so many bytes, as 250 of the longest would be 128 MiB. Not much fewer: what many are about is
/// written anew with each slice.
const SLICE_BYTES: usize = 4 << 20;
/// Slices applied between two looks at what people ask for.
const TURN: usize = 12;
/// Operations applied between two looks at what people ask for.
pub(in crate::app) const AT_ONCE: usize = TURN * SLICE;

/// Operations that are durable in a whole segment but not yet applied to the view.
#[derive(Debug, Default)]
pub(in crate::app) struct Backlog {
    slices: VecDeque<Slice>,
    /// The names of all of them since there was none.
    names: Ranges,
    left: usize,
    end: Position,
}

/// Operations that are applied together.
#[derive(Debug)]
enum Slice {
    /// In the journal, behind a place: what a merge brings may be more than memory has room for, and is read again frame by frame.
    Stored(Stored),
    /// Of a frame that was read: decoded they take several times the room.
    Bytes(Vec<u8>),
    /// Held by somebody else anyway.
    Kept(Vec<Arc<Kept>>),
}

/// Operations that the journal holds, and no others between them.
#[derive(Debug)]
struct Stored {
    from: Position,
    /// How many wait, with those that are read.
    left: usize,
    /// The last ones of the frame before, too few for a slice.
    read: Vec<u8>,
}

impl Backlog {
    /// Waits with operations that somebody holds.
    pub fn of(operations: &[Arc<Kept>]) -> Self {
        let mut names = Ranges::default();
        for kept in operations {
            names.insert(kept.operation.name);
        }
        let slices = operations.chunks(SLICE).map(|slice| Slice::Kept(slice.to_vec())).collect();
        Self { slices, names, left: operations.len(), end: Position::default() }
    }

    /// Waits with operations that the journal holds behind a place, and nothing but them.
    pub fn stored(from: Position, names: Ranges) -> Self {
        let left = usize::try_from(names.count()).unwrap_or(usize::MAX);
        let stored = Slice::Stored(Stored { from, left, read: Vec::new() });
        Self { slices: VecDeque::from([stored]), names, left, end: Position::default() }
    }

    /// Tells whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.slices.is_empty()
    }

    /// Gives the names of all that waited since nothing did.
    pub fn names(&self) -> &Ranges {
        &self.names
    }

    /// Takes the next slice out.
    ///
    /// # Errors
    /// `journal-damaged` where the journal cannot give what it holds.
    fn take(&mut self, journal: &Journal) -> Result<Option<Vec<Arc<Kept>>>, Trouble> {
        let operations = loop {
            match self.slices.pop_front() {
                None => return Ok(None),
                Some(Slice::Stored(stored)) => self.read_on(stored, journal)?,
                Some(Slice::Bytes(bytes)) => break decode(&bytes)?,
                Some(Slice::Kept(operations)) => break operations,
            }
        };
        self.left = self.left.saturating_sub(operations.len());
        if self.slices.is_empty() {
            self.names = Ranges::default();
        }
        Ok(Some(operations))
    }

    /// Reads the next frame, and cuts it into slices.
    fn read_on(&mut self, stored: Stored, journal: &Journal) -> Result<(), Trouble> {
        let Stored { from, mut left, read } = stored;
        let (frame, next) = journal.frame_from(from)?.ok_or_else(unreadable)?;
        let mut slices = cut(&[read, frame].concat()).ok_or_else(unreadable)?;
        let count = slices.iter().map(|(_, count)| count).sum();
        if left > count {
            let (read, few) = slices.pop_if(|(_, count)| *count < SLICE).unwrap_or_default();
            left -= count - few;
            self.slices.push_front(Slice::Stored(Stored { from: next, left, read }));
        }
        for (bytes, _) in slices.into_iter().rev() {
            self.slices.push_front(Slice::Bytes(bytes));
        }
        Ok(())
    }
}

/// Cuts operations into slices; gives the bytes of each and how many they are. None where they are no operations.
fn cut(operations: &[u8]) -> Option<Vec<(Vec<u8>, usize)>> {
    let mut slices: Vec<(Vec<u8>, usize)> = Vec::new();
    let mut rest = operations;
    while !rest.is_empty() {
        let (one, tail) = bytes::split(rest).ok()?;
        match slices.last_mut() {
            Some((bytes, count)) if *count < SLICE && bytes.len() + one.len() <= SLICE_BYTES => {
                bytes.extend_from_slice(one);
                *count += 1;
            }
            _ => slices.push((one.to_vec(), 1)),
        }
        rest = tail;
    }
    Some(slices)
}

impl Keeper {
    /// Takes over operations that a whole segment holds durably, up to an end; they are applied turn by turn.
    pub(in crate::app) fn adopt(&mut self, operations: Backlog, end: Position) {
        self.backlog.left += operations.left;
        self.backlog.names.extend(&operations.names);
        self.backlog.slices.extend(operations.slices);
        self.backlog.end = end;
    }

    /// Counts the operations that are durable but not yet applied.
    pub fn backlog_left(&self) -> usize {
        self.backlog.left
    }

    /// Applies one turn of the backlog; tells whether more waits. Where the view cannot follow it is made anew, and nothing waits.
    pub fn work(&mut self) -> Result<bool, Trouble> {
        let (end, now) = (self.backlog.end, self.clock.now());
        for _ in 0..TURN {
            let Ok(slice) = self.backlog.take(&self.journal) else {
                self.rebuild()?;
                return Ok(false);
            };
            let Some(operations) = slice else { break };
            let upto = if self.backlog.is_empty() { Upto::Whole(end) } else { Upto::Part };
            self.apply(&operations, upto, now)?;
        }
        Ok(!self.backlog.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::{SLICE, SLICE_BYTES, cut};
    use crate::domain::{Body, Name, Operation, Prevs, Stamp, Value};
    use crate::log::bytes;

    fn operation(seq: u32, length: usize) -> Vec<u8> {
        let (name, stamp, actor, prevs) = (Name::new(1, seq), Stamp(0), "".into(), Prevs::new());
        let body = Body::Value(Value::text("x".repeat(length)));
        bytes::encode(&Operation { name, stamp, wall_ms: 0, actor, entity: name, key: "note".into(), prevs, body })
            .unwrap()
    }

    // A turn was as many of the longest operations as of short ones: three thousand, and a note waited for all of them.
    #[test]
    fn long_operations_wait_in_short_slices() {
        let long = 250_000;
        let lengths = [long; 17].into_iter().chain([100, long]).chain(std::iter::repeat_n(200, 2 * SLICE));
        let all: Vec<Vec<u8>> = (1..).zip(lengths).map(|(seq, length)| operation(seq, length)).collect();
        let slices = cut(&all.concat()).unwrap();
        let counts: Vec<usize> = slices.iter().map(|(_, count)| *count).collect();
        assert_eq!(counts, [16, 250, 250, 3], "sixteen of the longest are as much as goes together");
        assert!(slices.iter().all(|(bytes, _)| bytes.len() <= SLICE_BYTES), "{counts:?}");
        assert_eq!(slices.into_iter().flat_map(|(bytes, _)| bytes).collect::<Vec<u8>>(), all.concat());
        assert_eq!(cut(&[7; 40]), None);
    }
}
