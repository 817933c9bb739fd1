//! Lists: what is known as rows, for tables and for scripts. Read-only, so they work beside a running program.

mod appointments;
mod asked;
mod cell;
mod conflicts;
mod coverage;
mod devices;
mod differences;
mod doubts;
mod drafts;
mod duplicates;
mod duties;
mod households;
mod imports;
mod issues;
mod lines;
mod members;
mod missing;
mod parallel;
mod query;
mod quotas;
mod steps;
mod talks;
mod tasks;
mod versions;
mod visits;

use crate::domain::facts::Eyes;
use crate::text::{Text, Trouble};

pub(super) use asked::Asked;
pub use cell::Cell;
pub use duplicates::said as reasons;
pub use query::{Home, Query};

/// One kind of list.
pub struct List {
    /// Its word.
    pub word: &'static str,
    /// What it lists.
    pub about: Text,
    /// Its columns.
    pub columns: &'static [Column],
    /// Whether its rows belong to households, so that they can be narrowed by what is typed in the lookup box.
    pub by_household: bool,
    /// Gives the rows.
    pub rows: fn(&Query<'_>) -> Result<Vec<Vec<Cell>>, Trouble>,
}

/// One column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its word in scripts.
    pub key: &'static str,
    /// Its head in tables.
    pub name: Text,
    /// Whether tables show it while others look on (rule 8 of the screens); scripts get all.
    pub eyes: Eyes,
}

/// Writes a column of tables.
const fn shown(key: &'static str, name: Text) -> Column {
    Column { key, name, eyes: Eyes::Lists }
}

/// Writes a column that only scripts get.
const fn kept(key: &'static str, name: Text) -> Column {
    Column { key, name, eyes: Eyes::Card }
}

/// Every list.
pub static LISTS: &[List] = &[
    households::LIST,
    members::LIST,
    visits::LIST,
    talks::LIST,
    lines::LIST,
    issues::LIST,
    duties::LIST,
    steps::LIST,
    appointments::LIST,
    coverage::LIST,
    quotas::LIST,
    tasks::LIST,
    imports::LIST,
    doubts::LIST,
    conflicts::LIST,
    parallel::LIST,
    duplicates::LIST,
    versions::LIST,
    differences::DIFFERENCES,
    differences::UNLISTED,
    devices::LIST,
    missing::LIST,
    drafts::LIST,
];

/// Finds a list by its word.
pub fn find(word: &str) -> Option<&'static List> {
    LISTS.iter().find(|list| list.word == word)
}

#[cfg(test)]
mod tests {
    use super::LISTS;

    #[test]
    fn no_list_and_no_column_stands_twice() {
        for (at, list) in LISTS.iter().enumerate() {
            assert!(LISTS.iter().skip(at + 1).all(|other| other.word != list.word), "{}", list.word);
            for (at, column) in list.columns.iter().enumerate() {
                assert!(list.columns.iter().skip(at + 1).all(|other| other.key != column.key), "{}", column.key);
            }
        }
    }
}
