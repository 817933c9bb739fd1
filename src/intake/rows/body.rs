//! The rows below the header, put one after the other to what has been read of them.

use super::super::sheet::Row;
use super::super::watch::{Stopped, Watch};
use super::super::{MemberRow, RosterRow, Skipped};
use super::draft::{Draft, List, Sections};
use super::order::{Order, fingerprint};
use super::skip;
use crate::spread;

/// Rows that are read together.
const TOGETHER: usize = 4096;

/// What has been read of the rows below the header.
pub(super) struct Body {
    pub households: Vec<RosterRow>,
    pub members: Vec<MemberRow>,
    pub skipped: Vec<Skipped>,
    order: Order,
    sections: Sections,
    /// How many rows that is.
    pub read: usize,
}

impl Body {
    /// Begins below the header.
    pub fn begin(list: &List<'_>) -> Self {
        Self {
            households: Vec::new(),
            members: Vec::new(),
            skipped: Vec::new(),
            order: Order::begin(list.runs()),
            sections: Sections::begin(list.section()),
            read: 0,
        }
    }

    /// Tells whether a list is written as the one that was begun.
    pub fn is_of(&self, list: &List<'_>) -> bool {
        self.order.runs == list.runs()
    }

    /// Reads rows, one after the other.
    pub fn take<'a>(&mut self, list: &List<'a>, rows: &[Row<'a>]) {
        let before = self.households.len();
        for row in rows {
            let draft = list.draft(row, &self.sections.put(list.aside(row)));
            self.put(list, row, draft);
        }
        let prints = self.households.iter().skip(before).map(fingerprint).collect();
        self.order.compare(&mut self.households, before, prints);
    }

    /// Reads many rows, spread over the processors.
    pub fn take_many<'a>(&mut self, list: &List<'a>, rows: &[Row<'a>], watch: &Watch) -> Result<(), Stopped> {
        for together in rows.chunks(TOGETHER) {
            let before = self.households.len();
            let asides = spread::over(together, |row| list.aside(row));
            let placed: Vec<_> =
                together.iter().zip(asides.into_iter().map(|aside| self.sections.put(aside))).collect();
            let drafts = spread::over(&placed, |(row, line)| list.draft(row, line));
            for (row, draft) in together.iter().zip(drafts) {
                watch.reach(row.number())?;
                self.put(list, row, draft);
            }
            let prints = spread::over(self.households.get(before..).unwrap_or_default(), fingerprint);
            self.order.compare(&mut self.households, before, prints);
        }
        Ok(())
    }

    fn put(&mut self, list: &List<'_>, row: &Row<'_>, draft: Draft) {
        self.read += 1;
        match draft {
            Draft::Aside { why, restarts } => {
                if restarts {
                    self.order.restart();
                }
                self.skipped.push(skip(row, why));
            }
            Draft::Member(member) => self.members.push(member),
            Draft::Stray(stray) => self.households.push(stray),
            Draft::Household { read, section, first } => {
                self.households.push(self.order.household(list, row, *read, &section));
                self.members.extend(first);
            }
        }
    }
}
