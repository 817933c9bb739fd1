//! A sheaf: what is written into the view together, records by themselves and pieces.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use sled::Batch;

use super::{KEY_MARK, SledView, State, digest, entity_key};
use crate::domain::{Name, Record};
use crate::text::Trouble;
use crate::view::piece::{self, Piece};
use crate::view::stored::{self, Key};

/// What is written together: records by themselves and pieces, and how they change the digest of the whole.
pub(super) struct Sheaf<'a> {
    view: &'a SledView,
    pub pending: Batch,
    digest: u64,
    /// How long the values are.
    bytes: usize,
    /// The pieces that were read or changed, by key.
    pieces: BTreeMap<Key, Opened>,
}

/// A piece, what it counted in the digest, and whether it is to be written.
#[derive(Default)]
pub(super) struct Opened {
    pub piece: Piece,
    before: u64,
    changed: bool,
}

impl<'a> Sheaf<'a> {
    /// Begins with nothing.
    pub fn of(view: &'a SledView) -> Self {
        Self { view, pending: Batch::default(), digest: 0, bytes: 0, pieces: BTreeMap::new() }
    }

    /// Gives the piece where a record belongs.
    pub fn piece(&mut self, entity: Name) -> Result<&mut Opened, Trouble> {
        Ok(match self.pieces.entry(piece::key(entity)) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let opened = match self.view.get(place.key())? {
                    Some(value) => Opened {
                        piece: self.view.piece(place.key(), &value)?,
                        before: digest(place.key(), &value),
                        changed: false,
                    },
                    None => Opened::default(),
                };
                place.insert(opened)
            }
        })
    }

    /// Puts a record in; `before` is what it counted in the digest by itself.
    pub fn put(&mut self, record: &Record, before: Option<u64>) -> Result<(), Trouble> {
        if let Some(born) = piece::untouched(record) {
            let opened = self.piece(record.entity())?;
            opened.piece.put(born);
            opened.changed = true;
            return Ok(());
        }
        let key = entity_key(record.entity());
        let value = self.view.stored(&key, stored::write(record));
        self.digest ^= before.unwrap_or(0) ^ digest(&key, &value);
        self.bytes += value.len();
        self.pending.insert(key.as_slice(), value);
        Ok(())
    }

    /// Puts the pieces among what is written, and forgets them.
    fn gather(&mut self) {
        for (key, opened) in std::mem::take(&mut self.pieces).into_iter().filter(|(_, opened)| opened.changed) {
            let value = self.view.stored(&key, opened.piece.write());
            self.digest ^= opened.before ^ digest(&key, &value);
            self.bytes += value.len();
            self.pending.insert(key.as_slice(), value);
        }
    }

    pub fn write(&mut self) -> Result<(), Trouble> {
        self.gather();
        self.view.write(std::mem::take(&mut self.pending), std::mem::take(&mut self.bytes))
    }

    /// Writes everything with the state that it leads to.
    pub fn end(mut self, from: State) -> Result<State, Trouble> {
        self.gather();
        let state = State { digest: from.digest ^ self.digest, ..from };
        self.pending.insert(KEY_MARK, state.write());
        self.write()?;
        Ok(state)
    }
}
