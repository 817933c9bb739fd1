//! The digests of what the journal holds: read once, mended by what was appended since, and shared by every look at an
//! export file. Sixteen bytes an operation tell whether a file holds the same under the same names.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::domain::Name;
use crate::exchange::Digest;
use crate::log::{Position, Reader, bytes};
use crate::text::Trouble;

/// Digests of the journal's operations; a copy shares them.
#[derive(Clone, Default)]
pub struct Digests(Arc<Mutex<Read>>);

/// What was read so far, by writer and then number.
#[derive(Default)]
pub(super) struct Read {
    upto: Position,
    writers: BTreeMap<u64, Row>,
}

#[derive(Default)]
struct Row {
    digests: Vec<(u32, Digest)>,
    sorted: bool,
}

impl Digests {
    /// Gives what a journal holds; only what was appended since the last time is read.
    pub(super) fn of(&self, journal: &Reader) -> Result<MutexGuard<'_, Read>, Trouble> {
        let mut read = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Where the journal was cut back, what was read last is no longer a place in it.
        if read.upto > journal.end() || read.follow(journal).is_err() {
            *read = Read::default();
            read.follow(journal)?;
        }
        Ok(read)
    }

    /// Reads the journal from its start, whatever was read before.
    pub(super) fn anew(&self, journal: &Reader) -> Result<MutexGuard<'_, Read>, Trouble> {
        let mut read = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *read = Read::default();
        read.follow(journal)?;
        Ok(read)
    }
}

impl Read {
    fn follow(&mut self, journal: &Reader) -> Result<(), Trouble> {
        if self.upto == journal.end() {
            return Ok(());
        }
        journal.read_from(self.upto, &mut |frame| {
            let mut rest = frame.operations;
            while let Ok((first, tail)) = bytes::split(rest) {
                if let Ok(name) = bytes::name_of(first) {
                    self.writers.entry(name.writer).or_default().put(name.seq, Digest::of(first));
                }
                rest = tail;
            }
            Ok(())
        })?;
        for row in self.writers.values_mut().filter(|row| !row.sorted) {
            // Of two with one name the first one read was taken in.
            row.digests.sort_by_key(|(seq, _)| *seq);
            row.digests.dedup_by_key(|(seq, _)| *seq);
            row.sorted = true;
        }
        self.upto = journal.end();
        Ok(())
    }

    /// Gives the digest of an operation.
    pub(super) fn get(&self, name: Name) -> Option<Digest> {
        let digests = &self.writers.get(&name.writer)?.digests;
        // A writer whose operations are all here has each at its own place.
        let first = digests.first()?.0;
        let guess = usize::try_from(name.seq.checked_sub(first)?).ok()?;
        if let Some((_, digest)) = digests.get(guess).filter(|(seq, _)| *seq == name.seq) {
            return Some(*digest);
        }
        let at = digests.binary_search_by_key(&name.seq, |(seq, _)| *seq).ok()?;
        digests.get(at).map(|(_, digest)| *digest)
    }
}

impl Row {
    fn put(&mut self, seq: u32, digest: Digest) {
        self.sorted = self.digests.last().is_none_or(|(last, _)| *last < seq && self.sorted);
        self.digests.push((seq, digest));
    }
}
