//! Families: in a list with one person a row, which rows are one household, and which of them is its head.
//!
//! A household number says it, a column with the head's name beside the person's, or the word 户主 under 与户主关系. Rows of
//! one household stand together, so the same number further down is another village's.

use std::collections::HashMap;

use super::columns::Columns;
use super::field::Field;
use super::letters::{is_nothing, tight};
use super::names;
use super::sheet::{Row, Sheet};

/// What a row is in its family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// A member of the household whose row this is, counted from 0.
    Member(u32),
    /// A member, and the first row of a household whose head has no row of his own.
    First,
    /// The first row of a household in which no row says 户主: the person counts as the head.
    Unsaid,
}

/// Rows that are one household.
#[derive(Default)]
struct Family {
    key: Option<String>,
    rows: Vec<u32>,
    head: Option<u32>,
    /// Some row says what it is to a head.
    related: bool,
}

/// Tells whether a list says of its rows which household they belong to.
pub(crate) fn are_told(columns: &Columns) -> bool {
    [Field::Relation, Field::Household, Field::Member].iter().any(|field| columns.has(*field))
}

/// Finds the rows that are not simply a household of their own; empty for a list with one household a row.
pub(crate) fn roles(sheet: &Sheet, columns: &Columns, past: u32) -> HashMap<u32, Role> {
    let mut roles = HashMap::new();
    if !are_told(columns) {
        return roles;
    }
    let mut family = Family::default();
    for row in sheet.rows().filter(|row| row.number() >= past && row.cells().nth(1).is_some()) {
        let said = Said::of(&row, sheet, columns);
        if said.begins(&family) {
            close(&std::mem::take(&mut family), columns, &mut roles);
            family.key = said.key;
        }
        if said.head && family.head.is_none() {
            family.head = Some(row.number());
        }
        family.related |= said.head || said.member;
        family.rows.push(row.number());
    }
    close(&family, columns, &mut roles);
    roles
}

/// What one row says of its family.
struct Said {
    /// The household number, or the name of the head.
    key: Option<String>,
    head: bool,
    member: bool,
}

impl Said {
    fn of(row: &Row<'_>, sheet: &Sheet, columns: &Columns) -> Self {
        let cell = |field: Field| {
            let Some(column) = columns.all(field).first().copied() else { return String::new() };
            let own = tight(row.at(column)).into_owned();
            if !own.is_empty() {
                return own;
            }
            sheet
                .merged_down(row.number(), column)
                .map_or(own, |merge| tight(sheet.row(merge.top).at(column)).into_owned())
        };
        let relation = cell(Field::Relation);
        let number = cell(Field::Household);
        let (head, person) = (cell(Field::Head), cell(Field::Member));
        let named = columns.has(Field::Member);
        let key = [number, if named { head.clone() } else { String::new() }].into_iter().find(|key| !is_nothing(key));
        let is_head = is_head_word(&relation) || (named && is_nothing(&relation) && is_name_of(&person, &head));
        Self { key, head: is_head, member: !is_nothing(&relation) && !is_head }
    }

    fn begins(&self, family: &Family) -> bool {
        match (&self.key, &family.key) {
            (Some(key), Some(current)) if key == current => self.head && family.head.is_some(),
            (Some(_), _) => true,
            // Written once at the head of the run, blank below.
            (None, Some(_)) => self.head,
            (None, None) => family.rows.is_empty() || !self.member,
        }
    }
}

/// Tells whether the cell of a person has the head's name, with nothing or with a phone or words behind it.
fn is_name_of(person: &str, head: &str) -> bool {
    let Some(behind) = person.strip_prefix(head).filter(|_| !head.is_empty()) else { return false };
    behind.is_empty() || names::read(person).name.as_deref() == Some(head)
}

/// Tells whether a cell under 与户主关系 says that this is the head.
pub(crate) fn is_head_word(relation: &str) -> bool {
    matches!(relation, "户主" | "本人" | "本人或户主" | "户主本人" | "01" | "1" | "一" | "户主(本人)")
}

fn close(family: &Family, columns: &Columns, roles: &mut HashMap<u32, Role>) {
    let Some(first) = family.rows.first().copied() else { return };
    let home = family.head.unwrap_or(first);
    if family.head.is_none() {
        if columns.has(Field::Member) {
            roles.insert(first, Role::First);
        } else if family.related || family.rows.len() > 1 {
            roles.insert(first, Role::Unsaid);
        }
    }
    let others = family.rows.iter().filter(|row| **row != home);
    roles.extend(others.map(|row| (*row, Role::Member(home))));
}
