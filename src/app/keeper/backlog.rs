//! The backlog: operations of a merge or an import that the journal holds, on their way into view and lookup.
//!
//! They are applied in slices, some of them in one turn, so that a line typed meanwhile overtakes the rest.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::domain::{Kept, Name};
use crate::log::{Position, Ranges};
use crate::text::Trouble;

use crate::app::Keeper;
use crate::app::keeper::{Upto, decode};

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
    /// From a file, as bytes: decoded they take several times the room.
    Bytes(Vec<u8>, usize),
    /// Held by somebody else anyway.
    Kept(Vec<Arc<Kept>>),
}

impl Slice {
    fn len(&self) -> usize {
        match self {
            Self::Bytes(_, count) => *count,
            Self::Kept(operations) => operations.len(),
        }
    }

    fn operations(self) -> Result<Vec<Arc<Kept>>, Trouble> {
        match self {
            Self::Bytes(bytes, _) => decode(&bytes),
            Self::Kept(operations) => Ok(operations),
        }
    }
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

    /// Adds one operation.
    pub fn put(&mut self, name: Name, operation: &[u8]) {
        match self.slices.back_mut() {
            Some(Slice::Bytes(bytes, count)) if *count < SLICE && bytes.len() + operation.len() <= SLICE_BYTES => {
                bytes.extend_from_slice(operation);
                *count += 1;
            }
            _ => self.slices.push_back(Slice::Bytes(operation.to_vec(), 1)),
        }
        self.left += 1;
        self.names.insert(name);
    }

    /// Tells whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.slices.is_empty()
    }

    /// Gives the names of all that waited since nothing did.
    pub fn names(&self) -> &Ranges {
        &self.names
    }

    fn take(&mut self) -> Option<Slice> {
        let slice = self.slices.pop_front()?;
        self.left -= slice.len();
        if self.slices.is_empty() {
            self.names = Ranges::default();
        }
        Some(slice)
    }
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
            let Some(slice) = self.backlog.take() else { break };
            let upto = if self.backlog.is_empty() { Upto::Whole(end) } else { Upto::Part };
            self.apply(&slice.operations()?, upto, now)?;
        }
        Ok(!self.backlog.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::{Backlog, Name, SLICE, SLICE_BYTES, Slice};

    // A turn was as many of the longest operations as of short ones: three thousand, and a note waited for all of them.
    #[test]
    fn long_operations_wait_in_short_slices() {
        let mut backlog = Backlog::default();
        let lengths = [2_000_000, 100, 2_000_000, 500_000, SLICE_BYTES + 1, 100];
        for (seq, length) in (1..).zip(lengths.into_iter().chain(std::iter::repeat_n(200, 2 * SLICE))) {
            backlog.put(Name::new(1, seq), &vec![0; length]);
        }
        let sizes: Vec<(usize, usize)> = backlog
            .slices
            .iter()
            .map(|slice| if let Slice::Bytes(bytes, count) = slice { (bytes.len(), *count) } else { (0, 0) })
            .collect();
        assert_eq!(sizes[..4], [(4_000_100, 3), (500_000, 1), (SLICE_BYTES + 1, 1), (100 + 200 * 249, SLICE)]);
        assert!(
            sizes.iter().all(|(bytes, count)| *count <= SLICE && (*bytes <= SLICE_BYTES || *count == 1)),
            "{sizes:?}"
        );
        assert_eq!(backlog.left, 6 + 2 * SLICE);
    }
}
