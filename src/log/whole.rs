//! Takes what a merge or an import brings: on any thread, beside the journal, all of it or nothing.
//!
//! Much of it becomes a segment of its own, under a temporary name until it is complete. A few operations, as the bundle of
//! an evening brings them, wait in memory to become one frame of an own segment: a file for each would be a thousand files
//! after some months, and each of them looked at whenever the journal is opened.

use std::path::PathBuf;
use std::sync::Arc;

use crate::text::Trouble;

use super::disk::Disk;
use super::failure::too_large;
use super::frame;
use super::segment::{HEADER, Header, Kind, Position, WholeKind};
use super::temp::Temp;

/// Neighbouring pieces share a frame up to this many bytes, so that damage costs little and reading needs little memory.
const FRAME: usize = 256 << 10;
/// Before the operations of a frame: no draft.
const NO_DRAFT: [u8; 8] = [0; 8];
/// So many bytes of operations are few: they fit into one frame.
pub(crate) const FEW: usize = FRAME - NO_DRAFT.len();

/// Where a whole segment will be written; it can go to any thread, and nothing is there yet.
pub struct WholePlace {
    pub(crate) disk: Arc<dyn Disk>,
    pub(crate) path: PathBuf,
    pub(crate) kind: WholeKind,
    /// Up to so many bytes of operations need no file of their own; a frame holds them.
    pub(crate) few: usize,
}

impl WholePlace {
    /// Begins the segment. Nothing is written before much of it is there.
    pub fn begin(self) -> Whole {
        Whole { place: self, temp: None, length: HEADER as u64, packed: Vec::new(), frame: Vec::new() }
    }
}

/// Takes the operations of a bundle or roster. Dropped unfinished, it leaves nothing behind.
pub struct Whole {
    place: WholePlace,
    /// None as long as they are few.
    temp: Option<Temp>,
    length: u64,
    packed: Vec<u8>,
    frame: Vec<u8>,
}

/// Holds what only has to be added; see [`super::Journal::add`].
pub struct FinishedWhole(pub(crate) Stored);

/// Where what was taken is.
pub(crate) enum Stored {
    /// In memory.
    Few(Vec<u8>),
    /// In a complete and synced segment that only lacks its number.
    File { temp: Temp, kind: Kind, length: u64 },
}

impl Whole {
    /// Takes the bytes of one or more whole operations.
    ///
    /// # Errors
    /// `too-large` beyond 64 MiB in one piece; otherwise the disk's failure. The segment is then of no more use.
    pub fn put(&mut self, operations: &[u8]) -> Result<(), Trouble> {
        if !self.packed.is_empty() && self.packed.len() + operations.len() > FEW {
            self.flush()?;
        }
        self.packed.extend_from_slice(operations);
        Ok(())
    }

    /// Ends it. Where it has a file, that is synced.
    ///
    /// # Errors
    /// As [`Whole::put`].
    pub fn finish(mut self) -> Result<FinishedWhole, Trouble> {
        if self.temp.is_none() && self.packed.len() <= self.place.few {
            return Ok(FinishedWhole(Stored::Few(self.packed)));
        }
        if !self.packed.is_empty() {
            self.flush()?;
        }
        self.write(&[])?.close()?;
        let (kind, length) = (Kind::from(self.place.kind), self.length);
        Ok(FinishedWhole(self.temp.map_or(Stored::Few(Vec::new()), |temp| Stored::File { temp, kind, length })))
    }

    fn flush(&mut self) -> Result<(), Trouble> {
        let packed = std::mem::take(&mut self.packed);
        self.write(&[&NO_DRAFT, &packed])?;
        self.packed = packed;
        self.packed.clear();
        Ok(())
    }

    /// Appends a frame to the file, which is begun with the first one.
    fn write(&mut self, parts: &[&[u8]]) -> Result<&mut Temp, Trouble> {
        let WholePlace { disk, path, kind, .. } = &self.place;
        self.frame.clear();
        frame::encode(&mut self.frame, self.length, parts, disk.seal()).map_err(|_| too_large())?;
        let temp = if let Some(temp) = self.temp.take() {
            temp
        } else {
            let mut temp = Temp::create(Arc::clone(disk), path.clone())?;
            temp.append(&Header { kind: Kind::from(*kind), before: Position::START }.encode())?;
            temp
        };
        let temp = self.temp.insert(temp);
        temp.append(&self.frame)?;
        self.length += self.frame.len() as u64;
        Ok(temp)
    }
}
