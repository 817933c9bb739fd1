//! Reading a file of known length: no request goes past its end, and all that passes is hashed.

use std::io::{Read, Seek, SeekFrom};

use crate::text::{Trouble, t};

use super::refused::{self, Place};

/// The largest file that is looked at: 1 GiB.
pub const MAX_FILE: u64 = 1 << 30;

/// A file being read from its beginning.
pub struct Source<'a, R> {
    inner: &'a mut R,
    left: u64,
    hasher: blake3::Hasher,
}

impl<'a, R: Read + Seek> Source<'a, R> {
    /// Measures the file and goes to its beginning. Files over 1 GiB are refused.
    pub fn open(inner: &'a mut R) -> Result<Self, Trouble> {
        let unreadable = |cause| refused::unreadable(Place::Header, &cause);
        let left = inner.seek(SeekFrom::End(0)).map_err(unreadable)?;
        inner.seek(SeekFrom::Start(0)).map_err(unreadable)?;
        if left > MAX_FILE {
            return Err(refused::too_large(t("超过 1 GiB", "over 1 GiB")));
        }
        Ok(Self { inner, left, hasher: blake3::Hasher::new() })
    }

    /// Counts the bytes not read yet.
    pub fn left(&self) -> u64 {
        self.left
    }

    /// Fills a buffer that the caller has bounded.
    pub fn fill(&mut self, buffer: &mut [u8], place: Place) -> Result<(), Trouble> {
        let wanted = buffer.len() as u64;
        self.left = self.left.checked_sub(wanted).ok_or_else(|| refused::cut_off(place))?;
        self.inner.read_exact(buffer).map_err(|cause| refused::unreadable(place, &cause))?;
        self.hasher.update(buffer);
        Ok(())
    }

    /// Reads so many bytes into `buffer`, which is made larger only once the file is seen to hold them.
    pub fn fill_to(&mut self, buffer: &mut Vec<u8>, length: u32, place: Place) -> Result<(), Trouble> {
        if u64::from(length) > self.left {
            return Err(refused::cut_off(place));
        }
        buffer.resize(usize::try_from(length).map_err(|_| refused::cut_off(place))?, 0);
        self.fill(buffer, place)
    }

    /// Reads a fixed number of bytes.
    pub fn take<const N: usize>(&mut self, place: Place) -> Result<[u8; N], Trouble> {
        let mut bytes = [0; N];
        self.fill(&mut bytes, place)?;
        Ok(bytes)
    }

    /// Gives the hash of all bytes read so far.
    pub fn hash(&self) -> [u8; 32] {
        *self.hasher.finalize().as_bytes()
    }
}
