//! People among the rows: the persons of a list with one person a row, and those whose household cannot be told.

use std::collections::HashSet;

use super::super::doubt::{Doubt, Why};
use super::super::field::Field;
use super::super::sheet::Row;
use super::super::{MemberRow, RosterRow, person};
use super::draft::List;

impl<'a> List<'a> {
    /// Reads a row as a person of the household in another row, counted from 0.
    pub(super) fn member(&self, row: &Row<'a>, home: u32) -> Option<MemberRow> {
        let cell = |field: Field| self.cell(row, field);
        let name = if self.columns.has(Field::Member) { Field::Member } else { Field::Head };
        let cells = person::Cells {
            name: row.at(*self.columns.all(name).first()?),
            relation: cell(Field::Relation),
            sex: cell(Field::Sex),
            id: cell(Field::Id),
            birth: cell(Field::Birth),
            age: cell(Field::Age),
            health: cell(Field::Health),
            phone: cell(Field::Phone),
            remark: cell(Field::Remark),
        };
        let facts = person::read(cells, self.year(), self.guess.area_code.as_deref())?;
        Some(MemberRow { row: row.number() + 1, of: home + 1, facts })
    }

    /// Lists a person who can be put into no household.
    pub(super) fn stray(&self, row: &Row<'a>, home: u32) -> RosterRow {
        let doubt = Doubt { field: Field::Head, raw: self.line(row), why: Why::Member(home + 1) };
        RosterRow { row: row.number() + 1, doubts: vec![doubt], ..RosterRow::default() }
    }

    /// Lists the people whose household has no usable name, as it is on nobody's card; rows stay in the order of the file.
    pub(super) fn put_home(&self, rows: &mut Vec<RosterRow>, members: &mut Vec<MemberRow>) {
        let homes: HashSet<u32> = rows.iter().filter(|row| row.is_household()).map(|row| row.row).collect();
        let (home, strays): (Vec<MemberRow>, Vec<MemberRow>) =
            std::mem::take(members).into_iter().partition(|member| homes.contains(&member.of));
        *members = home;
        rows.extend(strays.iter().map(|stray| self.stray(&self.sheet.row(stray.row - 1), stray.of - 1)));
        rows.sort_by_key(|row| row.row);
    }
}
