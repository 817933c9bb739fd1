//! People among the rows: the persons of a list with one person a row, and those whose household cannot be told.

use std::collections::HashSet;

use super::super::doubt::{Doubt, Why};
use super::super::field::Field;
use super::super::sheet::Row;
use super::super::{MemberRow, RosterRow, names, person};
use super::draft::List;
use crate::domain::hidden;

impl<'a> List<'a> {
    /// Reads a row as a person of the household in another row, counted from 0.
    pub(super) fn member(&self, row: &Row<'a>, home: u32) -> Option<MemberRow> {
        let cell = |field: Field| self.cell(row, field);
        let cells = person::Cells {
            name: self.name(row),
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

    /// Gives the cell with the name of a row's person.
    fn name(&self, row: &Row<'a>) -> &'a str {
        let field = if self.columns.has(Field::Member) { Field::Member } else { Field::Head };
        self.columns.all(field).first().map_or("", |column| row.at(*column))
    }

    /// Asks about a number behind the name of a person, which was taken out of it.
    fn numbered(&self, row: &Row<'a>) -> Option<Doubt> {
        let raw = self.name(row);
        let is_numbered = hidden::tells(raw) && names::read(raw).number.is_some();
        is_numbered.then(|| Doubt { field: Field::Member, raw: hidden::identities(raw), why: Why::NameNumber })
    }

    /// Lists a person who can be put into no household.
    pub(super) fn stray(&self, row: &Row<'a>, home: u32) -> RosterRow {
        let doubt = Doubt { field: Field::Head, raw: self.line(row), why: Why::Member(home + 1) };
        RosterRow { row: row.number() + 1, doubts: vec![doubt], ..RosterRow::default() }
    }

    /// Lists the people whose household has no usable name, as it is on nobody's card; rows stay in the order of the file.
    /// What is asked about the others stands with their household.
    pub(super) fn put_home(&self, rows: &mut Vec<RosterRow>, members: &mut Vec<MemberRow>) {
        let homes: HashSet<u32> = rows.iter().filter(|row| row.is_household()).map(|row| row.row).collect();
        let (home, strays): (Vec<MemberRow>, Vec<MemberRow>) =
            std::mem::take(members).into_iter().partition(|member| homes.contains(&member.of));
        *members = home;
        rows.extend(strays.iter().map(|stray| self.stray(&self.sheet.row(stray.row - 1), stray.of - 1)));
        rows.sort_by_key(|row| row.row);
        for member in &*members {
            let doubt = self.numbered(&self.sheet.row(member.row - 1));
            let home = rows.binary_search_by_key(&member.of, |row| row.row).ok().and_then(|at| rows.get_mut(at));
            if let (Some(doubt), Some(home)) = (doubt, home) {
                home.doubts.push(doubt);
            }
        }
    }
}
