//! Writes a whole segment beside the journal: under a temporary name, on any thread, all of it or nothing.

use std::path::PathBuf;
use std::sync::Arc;

use crate::seal::Seal;
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

/// Where a whole segment will be written; it can go to any thread, and nothing is there yet.
pub struct WholePlace {
    pub(crate) disk: Arc<dyn Disk>,
    pub(crate) path: PathBuf,
    pub(crate) kind: WholeKind,
}

impl WholePlace {
    /// Begins the segment.
    ///
    /// # Errors
    /// The disk's failure.
    pub fn begin(self) -> Result<Whole, Trouble> {
        Whole::begin(self.disk, self.path, self.kind)
    }
}

/// Takes the operations of a bundle or roster. Dropped unfinished, it leaves nothing behind.
pub struct Whole {
    temp: Temp,
    seal: Seal,
    kind: WholeKind,
    length: u64,
    packed: Vec<u8>,
    frame: Vec<u8>,
}

/// Holds a complete and synced segment that only lacks its number; see [`super::Journal::add`].
pub struct FinishedWhole {
    pub(crate) temp: Temp,
    pub(crate) kind: WholeKind,
    pub(crate) length: u64,
}

impl Whole {
    fn begin(disk: Arc<dyn Disk>, path: PathBuf, kind: WholeKind) -> Result<Self, Trouble> {
        let seal = disk.seal().clone();
        let mut temp = Temp::create(disk, path)?;
        temp.append(&Header { kind: Kind::from(kind), before: Position::START }.encode())?;
        Ok(Self { temp, seal, kind, length: HEADER as u64, packed: Vec::new(), frame: Vec::new() })
    }

    /// Takes the bytes of one or more whole operations.
    ///
    /// # Errors
    /// `too-large` beyond 64 MiB in one piece; otherwise the disk's failure. The segment is then of no more use.
    pub fn put(&mut self, operations: &[u8]) -> Result<(), Trouble> {
        if !self.packed.is_empty() && NO_DRAFT.len() + self.packed.len() + operations.len() > FRAME {
            self.flush()?;
        }
        self.packed.extend_from_slice(operations);
        Ok(())
    }

    /// Ends the segment and syncs it.
    ///
    /// # Errors
    /// As [`Whole::put`].
    pub fn finish(mut self) -> Result<FinishedWhole, Trouble> {
        if !self.packed.is_empty() {
            self.flush()?;
        }
        self.write(&[])?;
        self.temp.close()?;
        Ok(FinishedWhole { temp: self.temp, kind: self.kind, length: self.length })
    }

    fn flush(&mut self) -> Result<(), Trouble> {
        let packed = std::mem::take(&mut self.packed);
        self.write(&[&NO_DRAFT, &packed])?;
        self.packed = packed;
        self.packed.clear();
        Ok(())
    }

    fn write(&mut self, parts: &[&[u8]]) -> Result<(), Trouble> {
        self.frame.clear();
        frame::encode(&mut self.frame, self.length, parts, &self.seal).map_err(|_| too_large())?;
        self.temp.append(&self.frame)?;
        self.length += self.frame.len() as u64;
        Ok(())
    }
}
