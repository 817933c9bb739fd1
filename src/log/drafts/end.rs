//! How far the drafts were saved, kept beside them: a file that was cut exactly between two records, or put back from a
//! copy, looks whole by itself.
//!
//! The note is written after the drafts were synced and is not synced itself: a power cut may keep an earlier note or none,
//! never one that promises more than was saved. What cannot be read promises nothing.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::log::disk::Disk;
use crate::log::temp::{ENDING, Temp};
use crate::text::Trouble;

const MAGIC: [u8; 8] = *b"ZFDRAFTS";
/// Magic, edition, length, sum.
const LENGTH: usize = 28;

/// Tells up to where a file of drafts was saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct End {
    /// Counts how often the file was written anew.
    pub edition: u64,
    /// How many bytes of that edition were synced.
    pub length: u64,
}

impl End {
    /// Tells whether a file of this edition and length lacks something that was saved. A program that keeps no notes writes
    /// edition 0, and may have written it since.
    pub fn is_beyond(self, edition: u64, length: u64) -> bool {
        edition > 0 && self > Self { edition, length }
    }

    /// Reads the note beside a file of drafts; nothing saved where there is none that holds.
    pub fn read(disk: &dyn Disk, drafts: &Path) -> Self {
        let mut bytes = Vec::new();
        let read = disk.read(&beside(drafts)).and_then(|file| file.take(LENGTH as u64 + 1).read_to_end(&mut bytes));
        read.ok().and_then(|_| Self::decode(&bytes)).unwrap_or_default()
    }

    /// Leaves the note beside a file of drafts.
    pub fn write(self, disk: &Arc<dyn Disk>, drafts: &Path) -> Result<(), Trouble> {
        let path = beside(drafts);
        let mut name = path.clone().into_os_string();
        name.push(ENDING);
        let mut temp = Temp::create(Arc::clone(disk), name.into())?;
        temp.append(&self.encode())?;
        temp.close_unsynced();
        temp.rename(&path)
    }

    fn encode(self) -> Vec<u8> {
        let mut out = Vec::with_capacity(LENGTH);
        out.extend(MAGIC);
        out.extend(self.edition.to_le_bytes());
        out.extend(self.length.to_le_bytes());
        out.extend(crc32fast::hash(&out).to_le_bytes());
        out
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let (body, sum) = bytes.split_last_chunk::<4>()?;
        let (magic, rest) = body.split_first_chunk::<8>()?;
        let (edition, rest) = rest.split_first_chunk::<8>()?;
        let (length, rest) = rest.split_first_chunk::<8>()?;
        let is_whole = rest.is_empty() && *magic == MAGIC && crc32fast::hash(body) == u32::from_le_bytes(*sum);
        is_whole.then(|| Self { edition: u64::from_le_bytes(*edition), length: u64::from_le_bytes(*length) })
    }
}

/// Gives the note's path: what is called as the drafts are goes where they go.
fn beside(drafts: &Path) -> PathBuf {
    let mut name = drafts.as_os_str().to_owned();
    name.push(".end");
    name.into()
}

#[cfg(test)]
mod tests {
    use super::End;

    #[test]
    fn a_note_is_read_back_and_a_damaged_one_promises_nothing() {
        let end = End { edition: 3, length: 4_711 };
        let bytes = end.encode();
        assert_eq!(End::decode(&bytes), Some(end));
        for place in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[place] ^= 0x04;
            assert_eq!((End::decode(&damaged), End::decode(&bytes[..place])), (None, None), "at {place}");
        }
        assert!(end.is_beyond(3, 4_710) && end.is_beyond(2, 9_000));
        assert!(!end.is_beyond(3, 4_711) && !end.is_beyond(4, 28) && !end.is_beyond(0, 28));
    }
}
