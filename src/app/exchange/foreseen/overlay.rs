//! What is known here with what files would bring laid over it, entity by entity: the operations lie in one piece of memory as they
//! are written, and a record is put together only while it is looked at.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::app::folder::frames::decode;
use crate::domain::{Kept, Name, Record};
use crate::log::{Ranges, bytes};
use crate::text::Trouble;
use crate::view::View;

/// Operations that are laid over at most, and their bytes: a whole campaign has fewer, and 4 GiB of memory hold these beside the rest.
const MOST: usize = 500_000;
const MOST_BYTES: usize = 96 << 20;

/// What is known, and what lies over it.
pub(super) struct Overlay<'a> {
    view: &'a dyn View,
    known: &'a Ranges,
    raw: Vec<u8>,
    /// Of each entity where its operations begin, and of which file each is, in the order in which they come.
    of: BTreeMap<Name, Vec<(usize, usize)>>,
    count: usize,
}

impl<'a> Overlay<'a> {
    /// Lays nothing over what is known.
    pub fn over(view: &'a dyn View, known: &'a Ranges) -> Self {
        Self { view, known, raw: Vec::new(), of: BTreeMap::new(), count: 0 }
    }

    /// Tells whether there is room for so many operations more.
    pub fn has_room(&self, operations: u64) -> bool {
        usize::try_from(operations).is_ok_and(|more| self.count.saturating_add(more) <= MOST)
    }

    /// Lays one operation of a file over. Gives false where there is no room for it.
    pub fn put(&mut self, file: usize, operation: &[u8]) -> bool {
        let Some(entity) = bytes::entity_of(operation).ok().filter(|_| self.raw.len() + operation.len() <= MOST_BYTES)
        else {
            return false;
        };
        // Most have one.
        self.of.entry(entity).or_insert_with(|| Vec::with_capacity(1)).push((self.raw.len(), file));
        self.raw.extend_from_slice(operation);
        self.count += 1;
        true
    }

    /// Takes off what was laid over of a file, the last one.
    pub fn take_off(&mut self, file: usize) {
        let mut begins = self.raw.len();
        self.of.retain(|_, operations| {
            operations.retain(|(at, of)| {
                if *of == file {
                    (begins, self.count) = (begins.min(*at), self.count.saturating_sub(1));
                }
                *of != file
            });
            !operations.is_empty()
        });
        self.raw.truncate(begins);
    }

    /// Counts the entities over which something lies.
    pub fn len(&self) -> usize {
        self.of.len()
    }

    /// Gives every entity over which something lies, in order.
    pub fn entities(&self) -> impl Iterator<Item = Name> + '_ {
        self.of.keys().copied()
    }

    /// Gives what files bring of an entity, each with its file.
    pub fn operations(&self, entity: Name) -> Result<Vec<(usize, Arc<Kept>)>, Trouble> {
        let mut all = Vec::new();
        for (at, file) in self.of.get(&entity).into_iter().flatten() {
            let rest = self.raw.get(*at..).unwrap_or_default();
            let one = bytes::split(rest).map_or(rest, |(one, _)| one);
            all.extend(decode(one)?.into_iter().map(|kept| (*file, kept)));
        }
        Ok(all)
    }

    /// Gives the record of an entity as it will be; none where nothing is known of it and nothing comes.
    pub fn record(&self, entity: Name) -> Result<Option<Arc<Record>>, Trouble> {
        self.record_with(entity, &self.operations(entity)?)
    }

    /// As [`Overlay::record`], where the operations that come are at hand.
    pub fn record_with(&self, entity: Name, operations: &[(usize, Arc<Kept>)]) -> Result<Option<Arc<Record>>, Trouble> {
        let before = self.view.record(entity)?;
        if operations.is_empty() {
            return Ok(before);
        }
        let mut record = before.map_or_else(|| Record::new(entity), Arc::unwrap_or_clone);
        let mut came = Ranges::default();
        for (_, kept) in operations {
            record.apply(kept, |name| self.known.contains(name) || came.contains(name));
            came.insert(kept.operation.name);
        }
        Ok(Some(Arc::new(record)))
    }
}
