//! What a row takes from the rows above it: cells left blank below the first, and a row met before.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::super::RosterRow;
use super::super::doubt::{Doubt, Why};
use super::super::families::Role;
use super::super::field::Field;
use super::super::letters::{is_ditto, tight};
use super::super::lines::Section;
use super::super::place::{self, Known};
use super::super::sheet::Row;
use super::draft::List;
use super::one::Read;
use crate::domain::Value;

/// What goes from row to row.
pub(super) struct Order {
    /// Which of town, village and group are left blank below the first row of a run.
    pub runs: [bool; 3],
    above: Known,
    /// What earlier rows say, as a digest, with their numbers.
    seen: HashMap<[u8; 16], u32>,
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

    /// Compares a household with all before it.
    pub fn compare(&mut self, row: &mut RosterRow, print: [u8; 16]) {
        let Some(head) = row.value("head").and_then(Value::as_text) else { return };
        match self.seen.entry(print) {
            Entry::Occupied(first) => {
                let (raw, why) = (head.to_owned(), Why::SameRow(*first.get()));
                row.doubts.push(Doubt { field: Field::Head, raw, why });
            }
            Entry::Vacant(place) => {
                place.insert(row.row);
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

/// Gives what makes two rows the same row, as a digest: all they say, the running number apart.
pub(super) fn fingerprint(row: &RosterRow) -> [u8; 16] {
    let mut out = String::with_capacity(512);
    for fact in row.facts.iter().chain(&row.proposed) {
        out.push_str(&fact.key);
        out.push('\u{1}');
        match &fact.value {
            Value::Text(text) => out.push_str(text),
            Value::Number(number) => out.push_str(&number.to_string()),
            other => out.push_str(if other.is_yes() { "yes" } else { "no" }),
        }
        out.push('\u{2}');
    }
    for doubt in &row.doubts {
        out.push_str(&doubt.raw);
        out.push('\u{2}');
    }
    let digest = blake3::hash(out.as_bytes());
    digest.as_bytes().first_chunk::<16>().copied().unwrap_or_default()
}
