//! Phones: found by three digits or more that stand anywhere in a number, or by the ends that lists show.

use memchr::memmem::Finder;

use super::column::{Class, Column, WORD};
use super::fold;
use super::marks::Marks;

/// Digits of a mobile phone.
const MOBILE: usize = 11;

/// The numbers of rows.
#[derive(Debug, Clone, Default)]
pub(super) struct Phones {
    digits: Column,
}

impl Phones {
    /// Adds a number, as it came, to the row that is being written; only its digits count.
    pub(super) fn number(&mut self, phone: &str) {
        self.digits.key(WORD, &fold::phone(phone));
    }

    /// Ends the row that is being written.
    pub(super) fn end_row(&mut self) {
        self.digits.end_row();
    }

    /// Gives a copy with the rows in another order.
    pub(super) fn in_order(&self, order: &[u32]) -> Self {
        Self { digits: self.digits.in_order(order) }
    }

    /// Marks the rows of whose numbers the digits are a part; `row_of` gives the row to mark.
    pub(super) fn mark(&self, digits: &str, class: Class, row_of: impl Fn(usize) -> usize, marks: &mut Marks<'_>) {
        let finder = Finder::new(digits);
        for hit in self.digits.hits(&finder) {
            if !marks.set(row_of(hit.row), class) {
                return;
            }
        }
        // Mobile phones by their first three and last four digits, the ones that are shown: 1381234 for 138****1234.
        let Some((first, last)) = digits.split_at_checked(3).filter(|(_, last)| last.len() == 4) else { return };
        let anchored = format!("|{first}");
        let finder = Finder::new(&anchored);
        for hit in self.digits.hits(&finder) {
            let is_shown_so = self.digits.stands_at(hit, MOBILE - last.len(), last);
            if is_shown_so && !marks.set(row_of(hit.row), class) {
                return;
            }
        }
    }

    /// Counts the bytes of the column.
    pub(super) fn size(&self) -> usize {
        self.digits.size()
    }
}
