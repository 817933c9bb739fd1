//! Rows of rosters as they lie in pieces, one after another.

use std::collections::VecDeque;

use super::{SledView, digest, failed};
use crate::domain::Record;
use crate::text::Trouble;
use crate::view::piece;

/// The rows of all pieces in order of name.
pub(super) struct Rows<'a> {
    view: &'a SledView,
    pieces: sled::Iter,
    waiting: VecDeque<Record>,
    /// What the pieces that went by count in the digest of the whole.
    pub digest: u64,
}

impl<'a> Rows<'a> {
    /// Begins with the first.
    pub fn of(view: &'a SledView) -> Self {
        Self { view, pieces: view.db.scan_prefix(piece::PREFIX), waiting: VecDeque::new(), digest: 0 }
    }

    /// Gives the next row; none after the last.
    pub fn next(&mut self) -> Result<Option<Record>, Trouble> {
        while self.waiting.is_empty() {
            let Some(item) = self.pieces.next() else { return Ok(None) };
            let (key, value) = item.map_err(|error| failed(&error))?;
            self.digest ^= digest(&key, &value);
            self.waiting.extend(self.view.piece(&key, &value)?.records());
        }
        Ok(self.waiting.pop_front())
    }
}
