//! Marks: how well each row of a part matched, one byte a row, so that OR and AND are plain loops over bytes.

use super::column::Class;

/// Stands for a row that does not match.
const NONE: u8 = u8::MAX;
/// Marks set between two questions whether the answer is still wanted.
const PATIENCE: u32 = 1 << 15;

/// Asks whether an answer is still wanted; false once the next key was typed.
pub type Wanted<'a> = &'a dyn Fn() -> bool;

/// The matches of one token, or of all tokens so far, in one part of the index.
pub(super) struct Marks<'a> {
    rows: Vec<u8>,
    set: u32,
    wanted: Wanted<'a>,
    given_up: bool,
}

impl<'a> Marks<'a> {
    /// Starts with no row matching.
    pub(super) fn none(rows: usize, wanted: Wanted<'a>) -> Self {
        Self { rows: vec![NONE; rows], set: 0, wanted, given_up: false }
    }

    /// Starts with every row matching.
    pub(super) fn all(rows: usize, wanted: Wanted<'a>) -> Self {
        Self { rows: vec![Class::MemberPhone as u8; rows], set: 0, wanted, given_up: false }
    }

    /// Tells whether the answer is no longer wanted; asks at most once.
    pub(super) fn given_up(&mut self) -> bool {
        self.given_up = self.given_up || !(self.wanted)();
        self.given_up
    }

    /// Marks a row; the best class stays. Tells whether to go on.
    pub(super) fn set(&mut self, row: usize, class: Class) -> bool {
        if let Some(mark) = self.rows.get_mut(row) {
            *mark = (*mark).min(class as u8);
        }
        self.set = self.set.wrapping_add(1);
        !self.set.is_multiple_of(PATIENCE) || !self.given_up()
    }

    /// Marks a range of rows; the best class stays.
    pub(super) fn set_range(&mut self, rows: std::ops::Range<usize>, class: Class) {
        for mark in self.rows.get_mut(rows).unwrap_or_default() {
            *mark = (*mark).min(class as u8);
        }
    }

    /// Takes a row out.
    pub(super) fn clear(&mut self, row: usize) {
        if let Some(mark) = self.rows.get_mut(row) {
            *mark = NONE;
        }
    }

    /// Keeps the rows that both match, with the better of both classes.
    pub(super) fn and(&mut self, other: &Self) {
        for (mark, other) in self.rows.iter_mut().zip(&other.rows) {
            *mark = if (*mark).max(*other) == NONE { NONE } else { (*mark).min(*other) };
        }
    }

    /// Adds the rows that another one marks; the better class stays.
    pub(super) fn or(&mut self, other: &Self) {
        for (mark, other) in self.rows.iter_mut().zip(&other.rows) {
            *mark = (*mark).min(*other);
        }
    }

    /// Tells whether a row matches.
    pub(super) fn has(&self, row: usize) -> bool {
        self.rows.get(row).is_some_and(|mark| *mark != NONE)
    }

    /// Tells whether no row matches.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.iter().all(|mark| *mark == NONE)
    }

    /// Gives the matching rows in order with their class as a number.
    pub(super) fn rows(&self) -> impl Iterator<Item = (usize, u8)> {
        const STRIDE: usize = 64;
        let some = |chunk: &&[u8]| chunk.iter().fold(NONE, |all, mark| all & mark) != NONE;
        let chunks = self.rows.chunks(STRIDE).enumerate().filter(move |(_, chunk)| some(chunk));
        chunks.flat_map(|(at, chunk)| {
            let marks = chunk.iter().enumerate().filter(|(_, mark)| **mark != NONE);
            marks.map(move |(offset, mark)| (at * STRIDE + offset, *mark))
        })
    }
}
