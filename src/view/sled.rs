//! The view kept in sled: opened in a moment, thrown away and made again whenever it is in doubt.
//!
//! One sled record per entity (those on which nobody has written since they were born lie together in pieces), known ranges per
//! writer, and the mark: how far the journal has been applied. All of it changes in one sled batch. sled's own flush is
//! not a sync and a power cut can leave it damaged or mixed from different moments, so nothing here is ever the only copy:
//! every record carries a crc, and a digest over all records is compared while the lookup is being filled. Any mismatch
//! means: rebuild from the journal.

mod rows;
mod sheaf;

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use sled::{Batch, Db, IVec};

use crate::domain::{Kept, Name, Record};
use crate::log::{Position, Ranges};
use crate::seal::Seal;
use crate::text::{Trouble, t};

use super::piece::{self, Piece};
use super::stored::Key;
use super::{Applied, View, batch, stored};
use rows::Rows;
use sheaf::Sheaf;

/// Raised whenever the fold or the stored form changes: an older view is rebuilt.
const FOLD_VERSION: u32 = 4;
const CACHE_BYTES: u64 = 32 * 1024 * 1024;
const KEY_MARK: &[u8] = b"m";
const ENTITY: u8 = b'e';
const WRITER: u8 = b'w';
/// How many records are written in one batch when a view is made anew.
const CHUNK: usize = 2_000;
/// Bytes written before sled is waited for. It writes several times as many, half a megabyte to a thread; where all eight of
/// its threads write at once, this version may stand still for good (`docs/architecture.md`).
const AHEAD: usize = 512 * 1024;
/// Bytes of a value that count in the digest.
const BEGINNING: usize = 24;
const LOCK_WAITS: u32 = 400;
const LOCK_WAIT: std::time::Duration = std::time::Duration::from_millis(5);

/// A view on disk.
pub struct SledView {
    db: Db,
    seal: Seal,
    known: RwLock<Ranges>,
    state: Mutex<State>,
    /// Bytes written since sled was last waited for.
    ahead: AtomicUsize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct State {
    mark: Position,
    reach: Position,
    digest: u64,
}

impl SledView {
    /// Opens the view in a folder, or starts an empty one there. Damage is a trouble of kind `view-damaged`.
    pub fn open(folder: &Path, seal: &Seal) -> Result<Self, Trouble> {
        let db = open_patiently(folder)?;
        let state = match db.get(KEY_MARK).map_err(|error| failed(&error))? {
            Some(bytes) => State::read(&bytes).ok_or_else(|| damaged("mark"))?,
            None if db.is_empty() => State::default(),
            None => return Err(damaged("no mark")),
        };
        let known = read_known(&db)?;
        Ok(Self {
            db,
            seal: seal.clone(),
            known: RwLock::new(known),
            state: Mutex::new(state),
            ahead: AtomicUsize::new(0),
        })
    }

    /// Writes together; waits for sled where it is far behind.
    fn write(&self, batch: Batch, bytes: usize) -> Result<(), Trouble> {
        self.db.apply_batch(batch).map_err(|error| failed(&error))?;
        if self.ahead.fetch_add(bytes, Ordering::Relaxed) + bytes > AHEAD {
            self.ahead.store(0, Ordering::Relaxed);
            self.settle()?;
        }
        Ok(())
    }

    /// Gives bytes as they are stored: sealed where the folder is, each for its own key.
    fn stored(&self, key: &[u8], written: Vec<u8>) -> Vec<u8> {
        if self.seal.id().is_none() {
            return written;
        }
        let mut out = Vec::new();
        self.seal.seal(key, &[&written], &mut out);
        out
    }

    /// Gives stored bytes as they were written; a trouble when they were put there by somebody else.
    fn opened<'a>(&self, key: &[u8], value: &'a [u8]) -> Result<Cow<'a, [u8]>, Trouble> {
        if self.seal.id().is_none() {
            return Ok(Cow::Borrowed(value));
        }
        let mut bytes = value.to_vec();
        if self.seal.open(key, &mut bytes) { Ok(Cow::Owned(bytes)) } else { Err(damaged("seal")) }
    }

    fn get(&self, key: &[u8]) -> Result<Option<IVec>, Trouble> {
        self.db.get(key).map_err(|error| failed(&error))
    }

    fn entity(&self, key: &[u8], name: Name, value: &[u8]) -> Result<Arc<Record>, Trouble> {
        stored::read(name, &self.opened(key, value)?).map(Arc::new).ok_or_else(|| damaged("crc"))
    }

    fn piece(&self, key: &[u8], value: &[u8]) -> Result<Piece, Trouble> {
        Piece::read(&self.opened(key, value)?).ok_or_else(|| damaged("crc"))
    }

    /// Fills an empty view with records in order of name; much faster than applying operations one by one.
    pub fn fill(
        &self,
        from: &dyn View,
        mark: Position,
        reach: Position,
        each: &mut dyn FnMut(),
    ) -> Result<(), Trouble> {
        let mut sheaf = Sheaf::of(self);
        let mut count = 0;
        let mut trouble = None;
        from.each(&mut |record| {
            let put = sheaf.put(&record, None);
            count += 1;
            each();
            let written = if count % CHUNK == 0 { put.and_then(|()| sheaf.write()) } else { put };
            trouble = written.err();
            trouble.is_none()
        })?;
        if let Some(trouble) = trouble {
            return Err(trouble);
        }
        let known = from.known();
        put_known(&mut sheaf.pending, &known, &Ranges::default());
        let state = sheaf.end(State { mark, reach, digest: 0 })?;
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = known;
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = state;
        Ok(())
    }
}

impl View for SledView {
    fn record(&self, entity: Name) -> Result<Option<Arc<Record>>, Trouble> {
        let key = entity_key(entity);
        if let Some(value) = self.get(&key)? {
            return self.entity(&key, entity, &value).map(Some);
        }
        let key = piece::key(entity);
        let Some(value) = self.get(&key)? else { return Ok(None) };
        let found = piece::find(&self.opened(&key, &value)?, entity).map_err(|_| damaged("crc"))?;
        Ok(found.map(Arc::new))
    }

    fn apply_to(&self, operations: &[Arc<Kept>], mark: Position, reach: Position) -> Result<Applied, Trouble> {
        let state = *self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        let before = known.clone();
        let mut sheaf = Sheaf::of(self);
        // What each record's stored bytes count in the digest of the whole, while they are at hand.
        let mut counted: HashMap<Name, u64> = HashMap::new();
        let load = |entity| {
            let key = entity_key(entity);
            if let Some(value) = self.get(&key)? {
                counted.insert(entity, digest(&key, &value));
                return self.entity(&key, entity, &value).map(Some);
            }
            Ok(sheaf.piece(entity)?.piece.record(entity).map(Arc::new))
        };
        let outcome = batch::fold(operations, &mut known, load).and_then(|applied| {
            for record in &applied.changed {
                sheaf.put(record, counted.get(&record.entity()).copied())?;
            }
            put_known(&mut sheaf.pending, &known, &before);
            let state = sheaf.end(State { mark, reach, ..state })?;
            Ok((applied, state))
        });
        match outcome {
            Ok((applied, state)) => {
                *self.state.lock().unwrap_or_else(PoisonError::into_inner) = state;
                Ok(applied)
            }
            Err(trouble) => {
                *known = before;
                Err(trouble)
            }
        }
    }

    fn each(&self, visit: &mut dyn FnMut(Arc<Record>) -> bool) -> Result<(), Trouble> {
        // Writes go on meanwhile, so the digest is only held against a scan that nothing crossed.
        let (start, mut sum) = (*self.state.lock().unwrap_or_else(PoisonError::into_inner), 0);
        let mut rows = Rows::of(self);
        let mut row = rows.next()?;
        for item in self.db.scan_prefix([ENTITY]) {
            let (key, value) = item.map_err(|error| failed(&error))?;
            let name = key.get(1..).and_then(|rest| <[u8; 12]>::try_from(rest).ok());
            let name = stored::name_from(name.ok_or_else(|| damaged("key"))?);
            sum ^= digest(&key, &value);
            while let Some(before) = row.take_if(|row| row.entity() < name) {
                if !visit(Arc::new(before)) {
                    return Ok(());
                }
                row = rows.next()?;
            }
            // Somebody has written on the row since it came.
            if row.take_if(|row| row.entity() == name).is_some() {
                row = rows.next()?;
            }
            if !visit(self.entity(&key, name, &value)?) {
                return Ok(());
            }
        }
        while let Some(last) = row {
            if !visit(Arc::new(last)) {
                return Ok(());
            }
            row = rows.next()?;
        }
        sum ^= rows.digest;
        let end = *self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if start == end && sum != end.digest { Err(damaged("digest")) } else { Ok(()) }
    }

    fn known(&self) -> Ranges {
        self.known.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn settle(&self) -> Result<(), Trouble> {
        self.db.flush().map(|_| ()).map_err(|error| failed(&error))
    }

    fn mark(&self) -> Position {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).mark
    }

    fn reach(&self) -> Position {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).reach
    }
}

/// sled gives its lock back on a thread of its own, a moment after a view was dropped; our own lock guards the folder.
fn open_patiently(folder: &Path) -> Result<Db, Trouble> {
    let mut waits = LOCK_WAITS;
    loop {
        let path = folder.to_owned();
        let opened = std::panic::catch_unwind(move || {
            sled::Config::new().path(path).cache_capacity(CACHE_BYTES).flush_every_ms(None).open()
        });
        match opened {
            Ok(Ok(db)) => return Ok(db),
            Ok(Err(sled::Error::Io(error))) if waits > 0 && error.to_string().contains("acquire lock") => waits -= 1,
            Ok(Err(error)) => return Err(damaged(&error.to_string())),
            Err(_) => return Err(damaged("panic")),
        }
        std::thread::sleep(LOCK_WAIT);
    }
}

impl State {
    fn write(self) -> Vec<u8> {
        let mut out = FOLD_VERSION.to_le_bytes().to_vec();
        for place in [self.mark, self.reach] {
            out.extend(place.segment.to_le_bytes());
            out.extend(place.offset.to_le_bytes());
        }
        out.extend(self.digest.to_le_bytes());
        out
    }

    fn read(stored: &[u8]) -> Option<Self> {
        let (version, rest) = stored.split_first_chunk::<4>()?;
        let (mark, rest) = place(rest)?;
        let (reach, digest) = place(rest)?;
        let digest = u64::from_le_bytes(digest.try_into().ok()?);
        (u32::from_le_bytes(*version) == FOLD_VERSION).then_some(Self { mark, reach, digest })
    }
}

fn place(stored: &[u8]) -> Option<(Position, &[u8])> {
    let (segment, rest) = stored.split_first_chunk::<4>()?;
    let (offset, rest) = rest.split_first_chunk::<8>()?;
    Some((Position { segment: u32::from_le_bytes(*segment), offset: u64::from_le_bytes(*offset) }, rest))
}

fn entity_key(entity: Name) -> Key {
    stored::key(ENTITY, entity)
}

fn writer_key(writer: u64) -> Vec<u8> {
    let mut key = vec![WRITER];
    key.extend(writer.to_be_bytes());
    key
}

fn put_known(pending: &mut Batch, known: &Ranges, before: &Ranges) {
    let mut writers: Vec<u64> = known.iter().map(|(writer, _, _)| writer).collect();
    writers.dedup();
    for writer in writers.into_iter().filter(|writer| known.of(*writer) != before.of(*writer)) {
        let ranges = known.of(writer).iter();
        let value: Vec<u8> = ranges.flat_map(|(a, b)| [a.to_le_bytes(), b.to_le_bytes()].concat()).collect();
        pending.insert(writer_key(writer), value);
    }
}

fn read_known(db: &Db) -> Result<Ranges, Trouble> {
    let mut known = Ranges::default();
    for item in db.scan_prefix([WRITER]) {
        let (key, value) = item.map_err(|error| failed(&error))?;
        let writer = key.get(1..).and_then(|rest| <[u8; 8]>::try_from(rest).ok());
        let writer = u64::from_be_bytes(writer.ok_or_else(|| damaged("writer"))?);
        let (pairs, rest) = value.as_chunks::<8>();
        if !rest.is_empty() {
            return Err(damaged("ranges"));
        }
        for pair in pairs {
            let first = pair.first_chunk::<4>().map_or(0, |four| u32::from_le_bytes(*four));
            let last = pair.last_chunk::<4>().map_or(0, |four| u32::from_le_bytes(*four));
            known.insert_range(writer, first, last);
        }
    }
    Ok(known)
}

/// Counts a stored value in the digest of the whole by its key, its length and its beginning: in the clear that is the crc32
/// over all of it, under a seal a nonce that is never used twice. What lies behind is held against these when it is read.
fn digest(key: &[u8], value: &[u8]) -> u64 {
    let beginning = value.get(..BEGINNING).unwrap_or(value);
    let length = (value.len() as u64).to_le_bytes();
    let hash = blake3::Hasher::new().update(key).update(&length).update(beginning).finalize();
    hash.as_bytes().first_chunk::<8>().map_or(0, |eight| u64::from_le_bytes(*eight))
}

pub(super) fn damaged(what: &str) -> Trouble {
    Trouble::new("view-damaged", t("查询库损坏 ({what})", "the view is damaged ({what})").with("what", what))
        .hint(t("会从日志重建, 记录不受影响.", "It is rebuilt from the journal; no record is affected."))
}

fn failed(error: &sled::Error) -> Trouble {
    match error {
        sled::Error::Io(cause) => Trouble::new(
            "view-failed",
            t("查询库读写失败: {cause}", "the view cannot be read or written: {cause}").with("cause", cause),
        ),
        other => damaged(&other.to_string()),
    }
}
