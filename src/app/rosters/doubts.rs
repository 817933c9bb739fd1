//! 待核对: the cells of rosters in doubt, each with its household and where in which file it stands.

use std::collections::HashMap;

use super::imports;
use crate::app::{House, house::face};
use crate::domain::{Body, Doubt, Name, household};
use crate::hanzi::clean;
use crate::text::Trouble;

/// One cell in doubt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoubtfulCell {
    /// The household whose row it is; a row without a name stands for itself.
    pub household: Name,
    /// Its head; empty where there is no name.
    pub head: String,
    /// 镇(街道).
    pub town: String,
    /// 村(居).
    pub village: String,
    /// Where it lives: town, village, group and door.
    pub place: String,
    /// The file of its roster; empty where the import has not arrived.
    pub file: String,
    /// The roster's row.
    pub listed: Name,
    /// Its number in the sheet, counted from 1.
    pub row: u32,
    /// What is in doubt, and why.
    pub doubt: Doubt,
}

impl House {
    /// Finds the row of a roster by its number in the sheet, given another row of it.
    pub fn row_of(&self, row: Name, number: u32) -> Option<Name> {
        let view = self.righted();
        let number_of = |name: Name| match &view.record(name).ok()??.born()?.operation.body {
            Body::RosterRow(row) => Some(row.row),
            _ => None,
        };
        // Rows are numbered in order; between two of them lie only lines that were skipped.
        let (mut at, own) = (row.seq, number_of(row)?);
        let step = |at: u32| if number < own { at.checked_sub(1) } else { at.checked_add(1) };
        loop {
            let found = number_of(Name::new(row.writer, at))?;
            if found == number {
                return Some(Name::new(row.writer, at));
            }
            if (found < number) != (own < number) {
                return None;
            }
            at = step(at)?;
        }
    }

    /// Reads every cell in doubt, in order of household.
    pub fn doubts(&self) -> Result<Vec<DoubtfulCell>, Trouble> {
        let listed = imports::listed(self)?;
        let files: HashMap<u64, &str> = listed.iter().map(|listed| (listed.writer, listed.file.as_str())).collect();
        let names: Vec<Name> = self.shelf(|shelf, _| shelf.doubtful().collect());
        let mut cells = Vec::new();
        for name in names {
            let records = self.shelf(|shelf, view| shelf.records_of(name, view))?;
            let household = household::Household::read(&records);
            for (row, doubt) in household::doubts_by_row(&records) {
                let place = records.iter().find(|record| record.entity() == row);
                let number = place.and_then(|record| record.born()).map_or(0, |born| match &born.operation.body {
                    Body::RosterRow(row) => row.row,
                    _ => 0,
                });
                cells.push(DoubtfulCell {
                    household: name,
                    head: clean::line(&household.head),
                    town: household.town.to_string(),
                    village: household.village.to_string(),
                    place: face::whereabouts(&household),
                    file: clean::line(files.get(&row.writer).copied().unwrap_or_default()),
                    listed: row,
                    row: number,
                    doubt,
                });
            }
        }
        Ok(cells)
    }
}
