//! The columns of a list by what they are about, and the habits of their clerk.

use super::field::{FIELDS, Field};
use super::shape::Shape;
use super::sheet::Sheet;

/// The columns by field, looked up once.
pub(crate) struct Columns {
    by_field: Vec<Vec<u32>>,
    /// The columns that make up a door, with the word that a bare number needs behind it.
    pub building: Vec<(u32, &'static str)>,
    /// 是否在家 asks the other way round than 是否在外.
    pub at_home: bool,
}

/// Share of blank cells in percent from which a column is taken to be written in runs; below it a blank cell is a missing one.
const RUNS_FROM: usize = 30;

impl Columns {
    /// Looks the columns up.
    pub fn of(shape: &Shape) -> Self {
        let mut by_field: Vec<Vec<u32>> = vec![Vec::new(); FIELDS.len()];
        for column in &shape.columns {
            if let Some(columns) = column.field.and_then(|field| by_field.get_mut(field as usize)) {
                columns.push(column.index);
            }
        }
        let at_home =
            shape.columns.iter().any(|column| column.field == Some(Field::Away) && column.header.contains("在家"));
        let of_building = shape.columns.iter().filter(|column| column.field == Some(Field::Building));
        let building = of_building.map(|column| (column.index, building_word(&column.header))).collect();
        Self { by_field, building, at_home }
    }

    /// Tells which of town, village and group are written once at the head of a run of rows and left blank below;
    /// `past` is the first row below the header.
    pub fn runs(&self, sheet: &Sheet, past: u32) -> [bool; 3] {
        let first = |field: Field| self.all(field).first().copied();
        let head = first(Field::Head).unwrap_or_default();
        let body = sheet.rows().filter(|row| row.number() >= past && !row.at(head).is_empty());
        let mut runs = [Field::Town, Field::Village, Field::Group].map(|field| {
            let Some(column) = first(field) else { return false };
            let (mut all, mut blank) = (0_usize, 0_usize);
            for row in body.clone() {
                if sheet.merged_down(row.number(), column).is_some() {
                    return false;
                }
                all += 1;
                blank += usize::from(row.at(column).is_empty());
            }
            blank * 100 >= all * RUNS_FROM
        });
        // A group alone is often not known; it is written in runs where the village is.
        runs[2] &= runs[1];
        runs
    }

    /// Gives the columns of a field, from the left.
    pub fn all(&self, field: Field) -> &[u32] {
        self.by_field.get(field as usize).map_or(&[], Vec::as_slice)
    }

    /// Tells whether any column has the field.
    pub fn has(&self, field: Field) -> bool {
        !self.all(field).is_empty()
    }
}

/// Gives what stands behind a bare number of a column: 3 under 楼号 is 3号楼.
fn building_word(header: &str) -> &'static str {
    let words = [("单元", "单元"), ("房", "室"), ("室", "室"), ("楼", "号楼"), ("幢", "号楼"), ("栋", "号楼")];
    words.iter().find(|(part, _)| header.contains(part)).map_or("", |(_, word)| word)
}
