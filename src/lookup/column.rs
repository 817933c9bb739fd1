//! A column: the keys of all rows in one flat buffer that one memory search runs over.
//!
//! Each key is written `mark | text`; the mark tells whether it is a name of the head. So a needle that begins with `|`
//! is anchored at a key's start, and the two bytes before any hit tell how good it is. Marks are control characters,
//! which folded text never holds; a needle therefore never spans two keys.

use memchr::memmem;

/// Stands before the keys of the head's name.
pub(super) const HEAD: u8 = 1;
/// Stands before every other key.
pub(super) const WORD: u8 = 2;
/// Stands between the mark and the text of a key.
pub(super) const ANCHOR: u8 = b'|';

/// How well a row matched, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Class {
    /// The head's name begins so.
    Head = 0,
    /// Another name, a given name or a place begins so.
    Word = 1,
    /// Somewhere inside a name or a place.
    Inside = 2,
    /// A member of the family, who is not its head.
    Member = 3,
    /// A phone, group, door or status of the household: no order among them.
    Plain = 4,
    /// The phone of a member of the family.
    MemberPhone = 5,
}

/// Keys of rows, row after row.
#[derive(Debug, Clone, Default)]
pub(super) struct Column {
    bytes: Vec<u8>,
    ends: Vec<u32>,
}

impl Column {
    /// Adds a key to the row that is being written.
    pub(super) fn key(&mut self, mark: u8, text: &str) {
        if text.is_empty() {
            return;
        }
        self.bytes.extend_from_slice(&[mark, ANCHOR]);
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// Ends the row that is being written.
    pub(super) fn end_row(&mut self) {
        self.ends.push(u32::try_from(self.bytes.len()).unwrap_or(u32::MAX));
    }

    /// Counts the rows.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Gives the bytes of one row.
    fn row(&self, row: usize) -> &[u8] {
        let start = if row == 0 { 0 } else { self.ends.get(row - 1).map_or(0, |end| *end as usize) };
        let end = self.ends.get(row).map_or(start, |end| *end as usize);
        self.bytes.get(start..end).unwrap_or_default()
    }

    /// Gives the keys of one row with their marks.
    pub(super) fn keys(&self, row: usize) -> impl Iterator<Item = (u8, &str)> {
        let mut rest = self.row(row);
        std::iter::from_fn(move || {
            let (mark, text) = match rest {
                [mark, ANCHOR, text @ ..] => (*mark, text),
                _ => return None,
            };
            let end = memchr::memchr2(HEAD, WORD, text).unwrap_or(text.len());
            let (key, after) = text.split_at_checked(end)?;
            rest = after;
            Some((mark, std::str::from_utf8(key).unwrap_or_default()))
        })
    }

    /// Gives a copy with the rows in another order.
    pub(super) fn in_order(&self, order: &[u32]) -> Self {
        let mut sorted = Self { bytes: Vec::with_capacity(self.bytes.len()), ends: Vec::with_capacity(order.len()) };
        for &row in order {
            sorted.bytes.extend_from_slice(self.row(row as usize));
            sorted.end_row();
        }
        sorted
    }

    /// Gives every place where the needle stands, in row order: row and position.
    pub(super) fn hits<'a>(&'a self, finder: &'a memmem::Finder<'a>) -> impl Iterator<Item = Hit> + 'a {
        let mut row = 0;
        finder.find_iter(&self.bytes).map(move |at| {
            row = self.row_at(at, row);
            Hit { row, at }
        })
    }

    /// Finds the row of a position at or after row `from`: near ones in a few steps, far ones by doubling.
    fn row_at(&self, at: usize, from: usize) -> usize {
        let ends = self.ends.get(from..).unwrap_or_default();
        let mut step = 1;
        while ends.get(step - 1).is_some_and(|end| *end as usize <= at) {
            step *= 2;
        }
        let low = step / 2;
        let high = step.min(ends.len());
        let near = ends.get(low..high).unwrap_or_default();
        from + low + near.partition_point(|end| *end as usize <= at)
    }

    /// Tells how good a hit is by what stands before it.
    pub(super) fn class(&self, hit: Hit) -> Class {
        let before = self.bytes.get(..hit.at).unwrap_or_default();
        let here = self.bytes.get(hit.at);
        match (before, here) {
            // An anchored needle begins with the separator itself.
            ([.., HEAD], Some(&ANCHOR)) | ([.., HEAD, ANCHOR], _) => Class::Head,
            ([.., WORD], Some(&ANCHOR)) | ([.., WORD, ANCHOR], _) => Class::Word,
            _ => Class::Inside,
        }
    }

    /// Tells whether the numbers at the ends of a hit are whole: 3组 does not stand in 13组, nor 12 in 120号.
    pub(super) fn numbers_are_whole(&self, hit: Hit, len: usize) -> bool {
        let digit = |at: Option<usize>| at.and_then(|at| self.bytes.get(at)).is_some_and(u8::is_ascii_digit);
        let end = hit.at + len;
        let begins_cut = digit(Some(hit.at)) && digit(hit.at.checked_sub(1));
        let ends_cut = digit(end.checked_sub(1)) && digit(Some(end));
        !begins_cut && !ends_cut
    }

    /// Tells whether a text stands at a distance after the separator that an anchored hit begins with.
    pub(super) fn stands_at(&self, hit: Hit, distance: usize, text: &str) -> bool {
        let from = hit.at + 1 + distance;
        self.bytes.get(from..from + text.len()) == Some(text.as_bytes())
    }

    /// Counts the bytes of the column.
    pub(super) fn size(&self) -> usize {
        self.bytes.capacity() + self.ends.capacity() * size_of::<u32>()
    }
}

/// Where a needle was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    /// The row.
    pub(super) row: usize,
    /// The byte in the column.
    pub(super) at: usize,
}

#[cfg(test)]
mod tests {
    use super::{Class, Column, HEAD, WORD};
    use memchr::memmem::Finder;

    fn column() -> Column {
        let mut column = Column::default();
        for row in [&[(HEAD, "zsf"), (WORD, "lgy")][..], &[], &[(HEAD, "wzs")], &[(WORD, "zsf")]] {
            for (mark, text) in row {
                column.key(*mark, text);
            }
            column.end_row();
        }
        column
    }

    fn found(column: &Column, needle: &str) -> Vec<(usize, Class)> {
        column.hits(&Finder::new(needle)).map(|hit| (hit.row, column.class(hit))).collect()
    }

    #[test]
    fn hits_come_in_row_order_with_their_class() {
        let column = column();
        assert_eq!(found(&column, "zs"), [(0, Class::Head), (2, Class::Inside), (3, Class::Word)]);
        assert_eq!(found(&column, "|zs"), [(0, Class::Head), (3, Class::Word)]);
        assert_eq!(found(&column, "sfl"), []);
    }

    #[test]
    fn keys_are_read_back_and_follow_the_order() {
        let sorted = column().in_order(&[3, 0, 1]);
        assert_eq!(sorted.keys(0).collect::<Vec<_>>(), [(WORD, "zsf")]);
        assert_eq!(sorted.keys(1).collect::<Vec<_>>(), [(HEAD, "zsf"), (WORD, "lgy")]);
        assert_eq!(sorted.keys(2).count(), 0);
    }

    #[test]
    fn a_number_that_goes_on_is_another_number() {
        let mut column = Column::default();
        for door in ["12号", "112号", "120号", "5号楼12"] {
            column.key(WORD, door);
            column.end_row();
        }
        let whole = |needle: &str| {
            let finder = Finder::new(needle);
            let hits = column.hits(&finder).filter(|hit| column.numbers_are_whole(*hit, needle.len()));
            hits.map(|hit| hit.row).collect::<Vec<_>>()
        };
        assert_eq!(whole("12"), [0, 3]);
        assert_eq!(whole("12号"), [0]);
    }
}
