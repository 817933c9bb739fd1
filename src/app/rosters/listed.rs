//! Which rosters were imported, when, and whether an import of each still stands.

use std::collections::{BTreeMap, HashMap};

use crate::domain::{Name, Record, Stamp, Value};

/// The imports of each roster, by the writer of its rows.
#[derive(Debug, Default)]
pub struct Rosters {
    imports: HashMap<u64, BTreeMap<Name, Import>>,
}

#[derive(Debug, Clone, Copy)]
struct Import {
    at: Stamp,
    stands: bool,
}

impl Rosters {
    /// Takes in the record of an import. Gives the roster if it is there now and was not, or the other way round.
    pub fn take(&mut self, record: &Record) -> Option<u64> {
        let roster = record.first_fact("roster").and_then(Value::as_entity)?.writer;
        let at = record.born().map_or(Stamp::default(), |born| born.operation.stamp);
        let before = self.is_taken_back(roster);
        let import = Import { at, stands: !record.is_retracted() };
        self.imports.entry(roster).or_default().insert(record.entity(), import);
        (before != self.is_taken_back(roster)).then_some(roster)
    }

    /// Gives every import, also those taken back.
    pub fn imports(&self) -> impl Iterator<Item = Name> {
        self.imports.values().flat_map(BTreeMap::keys).copied()
    }

    /// Tells whether every import of a roster was taken back; one that nobody imported is only on its way.
    pub fn is_taken_back(&self, roster: u64) -> bool {
        self.imports.get(&roster).is_some_and(|imports| imports.values().all(|import| !import.stands))
    }

    /// Tells whether a writer is a roster that somebody imported, whatever became of that.
    pub fn is_roster(&self, writer: u64) -> bool {
        self.imports.contains_key(&writer)
    }

    /// Tells whether somebody's import of a roster stands.
    pub fn is_imported(&self, roster: u64) -> bool {
        self.is_roster(roster) && !self.is_taken_back(roster)
    }

    /// Gives when a roster was first imported, of the imports that stand.
    pub fn imported_at(&self, roster: u64) -> Stamp {
        self.standing(roster).map(|(_, import)| import.at).min().unwrap_or_default()
    }

    /// Gives the imports of the roster of an import that stand, its own among them.
    pub fn same_imports(&self, import: Name) -> Vec<Name> {
        let roster = self.imports.iter().find(|(_, imports)| imports.contains_key(&import)).map(|(roster, _)| *roster);
        roster.into_iter().flat_map(|roster| self.standing(roster)).map(|(name, _)| name).collect()
    }

    fn standing(&self, roster: u64) -> impl Iterator<Item = (Name, Import)> {
        let imports = self.imports.get(&roster).into_iter().flatten();
        imports.filter(|(_, import)| import.stands).map(|(name, import)| (*name, *import))
    }
}
