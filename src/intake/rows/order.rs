//! What a row takes from the rows above it: cells left blank below the first, and a row met before.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::super::RosterRow;
use super::super::doubt::{Doubt, Why};
use super::super::families::Role;
use super::super::field::Field;
use super::super::letters::{is_ditto, tight};
use super::super::lines::Section;
use super::super::place::{self, Known};
use super::super::sheet::Row;
use super::draft::List;
use super::entry::Read;
use crate::domain::Value;

/// What goes from row to row.
pub(super) struct Order {
    /// Which of town, village and group are left blank below the first row of a run.
    pub runs: [bool; 3],
    above: Known,
    /// Where rows with a fingerprint stand first.
    seen: HashMap<u64, usize>,
}

impl Order {
    /// Begins below the header.
    pub fn begin(runs: [bool; 3]) -> Self {
        Self { runs, above: Known::default(), seen: HashMap::new() }
    }

    /// Begins anew below a section line: the cells above it count no longer.
    pub fn restart(&mut self) {
        self.above = Known::default();
    }

    /// Finishes a household with what the rows above it say.
    pub fn household(&mut self, list: &List<'_>, row: &Row<'_>, mut entry: Read, section: &Section) -> RosterRow {
        if entry.is_closed() {
            return entry.out;
        }
        self.place(list, row, &mut entry, section);
        let Read { mut out, .. } = entry;
        if out.is_household() && list.roles.get(&row.number()) == Some(&Role::Unsaid) {
            let raw = list.cell(row, Field::Relation).to_owned();
            out.doubts.push(Doubt { field: Field::Relation, raw, why: Why::NoHead });
        }
        out
    }

    /// Compares the rows from one on with all before them; `prints` are theirs.
    pub fn compare(&mut self, rows: &mut [RosterRow], from: usize, prints: Vec<u64>) {
        for (at, print) in (from..).zip(prints) {
            let Some((before, [row, ..])) = rows.split_at_mut_checked(at) else { return };
            let Some(head) = row.value("head").and_then(Value::as_text) else { continue };
            let first = *self.seen.entry(print).or_insert(at);
            if let Some(first) = before.get(first).filter(|first| is_same(first, row)) {
                let (raw, why) = (head.to_owned(), Why::SameRow(first.row));
                row.doubts.push(Doubt { field: Field::Head, raw, why });
            }
        }
    }

    fn place(&mut self, list: &List<'_>, row: &Row<'_>, entry: &mut Read, section: &Section) {
        let cells = list.place_cells(row);
        let mut above = std::mem::take(&mut self.above);
        let [town, village, group] = self.runs;
        above.town = above.town.filter(|_| town || is_ditto(&tight(cells.town)));
        above.village = above.village.filter(|_| village || is_ditto(&tight(cells.village)));
        above.group = above.group.filter(|_| group || is_ditto(&tight(cells.group)));
        let mut doubts = Vec::new();
        let own = std::mem::take(&mut entry.place);
        let place = place::fill(own, cells, &section.place, &above, &list.guess.places, &mut doubts);
        if place.village.is_none() && list.columns.has(Field::Village) && place.door.is_none() {
            doubts.push(Doubt { field: Field::Village, raw: cells.village.to_owned(), why: Why::NoVillage });
        }
        self.above = Known { town: place.town.clone(), village: place.village.clone(), group: place.group.clone() };
        let parts = [("town", place.town), ("village", place.village), ("group", place.group), ("door", place.door)];
        entry.among(|entry| {
            for Doubt { field, raw, why } in doubts {
                entry.doubt(field, &raw, why);
            }
            for (key, value) in parts {
                if let Some(value) = value {
                    entry.text(key, value);
                }
            }
        });
    }
}

/// Gives a number for all that a row says, the running number apart; equal rows have the same.
pub(super) fn fingerprint(row: &RosterRow) -> u64 {
    let mut hash = DefaultHasher::new();
    for fact in row.facts.iter().chain(&row.proposed) {
        fact.key.hash(&mut hash);
        match &fact.value {
            Value::Text(text) => text.hash(&mut hash),
            Value::Number(number) => number.hash(&mut hash),
            other => other.is_yes().hash(&mut hash),
        }
    }
    row.doubts.iter().for_each(|doubt| doubt.raw.hash(&mut hash));
    hash.finish()
}

/// Tells whether two rows say the same, the running number apart.
fn is_same(one: &RosterRow, other: &RosterRow) -> bool {
    let raws = |row: &RosterRow| row.doubts.iter().map(|doubt| doubt.raw.clone()).collect::<Vec<_>>();
    one.facts == other.facts && one.proposed == other.proposed && raws(one) == raws(other)
}
