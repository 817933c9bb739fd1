//! The digests of what the journal holds: read as far back as they are asked for, mended by what was appended since, and shared
//! by every look at an export file. Sixteen bytes an operation tell whether a file holds the same under the same names.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::domain::Name;
use crate::exchange::Digest;
use crate::log::{Frame, Position, Ranges, Reader, bytes};
use crate::text::Trouble;

/// Digests of the journal's operations; a copy shares them.
#[derive(Clone, Default)]
pub struct Digests(Arc<Mutex<Read>>);

/// What was read so far: the newest files whole, back to one of them, up to a place.
#[derive(Default)]
pub(in crate::app) struct Read {
    /// The oldest file that was read; none before the first look.
    since: Option<u32>,
    upto: Position,
    names: Ranges,
    writers: Writers,
}

/// Digests by writer, then in order of number.
type Writers = BTreeMap<u64, Vec<(u32, Digest)>>;

impl Digests {
    /// Gives what a journal holds of the names asked for. The files are read from the newest back, until all of them are found:
    /// yesterday's export lies at the end, however long the journal has grown. Nothing is read twice. Of two with one name,
    /// which only a damaged journal has, this may be the later one; [`Digests::anew`] gives the one that was taken in.
    pub(in crate::app) fn of(&self, journal: &Reader, wanted: &Ranges) -> Result<MutexGuard<'_, Read>, Trouble> {
        let mut read = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Where the journal was cut back, what was read last is no longer a place in it.
        if read.upto > journal.end() || read.follow(journal).is_err() {
            *read = Read::default();
        }
        read.look_back(journal, |names| wanted.without(names).count() > 0)?;
        Ok(read)
    }

    /// Reads the whole journal, whatever was read before.
    pub(in crate::app) fn anew(&self, journal: &Reader) -> Result<MutexGuard<'_, Read>, Trouble> {
        let mut read = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *read = Read::default();
        read.look_back(journal, |_| true)?;
        Ok(read)
    }
}

impl Read {
    /// Reads what was appended since the last look.
    fn follow(&mut self, journal: &Reader) -> Result<(), Trouble> {
        if self.since.is_some() && self.upto != journal.end() {
            let mut newer = Writers::default();
            journal.read_from(self.upto, &mut |frame| {
                self.put(frame, &mut newer);
                Ok(())
            })?;
            self.join(newer, Age::Newer);
        }
        self.upto = journal.end();
        Ok(())
    }

    /// Reads file by file, from the newest that was not read to the oldest, while more is needed.
    fn look_back(&mut self, journal: &Reader, needs_more: impl Fn(&Ranges) -> bool) -> Result<(), Trouble> {
        self.upto = journal.end();
        let files: Vec<u32> = journal.files().filter(|file| self.since.is_none_or(|since| *file < since)).collect();
        for file in files.into_iter().rev() {
            if !needs_more(&self.names) {
                break;
            }
            let mut older = Writers::default();
            let read = journal.read_file(file, &mut |frame| {
                self.put(frame, &mut older);
                Ok(())
            });
            if let Err(trouble) = read {
                *self = Self::default();
                return Err(trouble);
            }
            self.join(older, Age::Older);
            self.since = Some(file);
        }
        Ok(())
    }

    fn put(&mut self, frame: Frame<'_>, found: &mut Writers) {
        let mut rest = frame.operations;
        while let Ok((first, tail)) = bytes::split(rest) {
            if let Ok(name) = bytes::name_of(first) {
                self.names.insert(name);
                found.entry(name.writer).or_default().push((name.seq, Digest::of(first)));
            }
            rest = tail;
        }
    }

    fn join(&mut self, found: Writers, age: Age) {
        for (writer, mut found) in found {
            let row = self.writers.entry(writer).or_default();
            if age == Age::Older {
                std::mem::swap(row, &mut found);
            }
            row.append(&mut found);
            if !row.is_sorted_by(|(one, _), (next, _)| one < next) {
                // Of two with one name the first one in the journal was taken in.
                row.sort_by_key(|(seq, _)| *seq);
                row.dedup_by_key(|(seq, _)| *seq);
            }
        }
    }

    /// Gives the digest of an operation.
    pub(in crate::app) fn get(&self, name: Name) -> Option<Digest> {
        let digests = self.writers.get(&name.writer)?;
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

/// Whether what was read lies behind or before what was read already.
#[derive(PartialEq, Eq)]
enum Age {
    Newer,
    Older,
}

#[cfg(test)]
mod tests;
