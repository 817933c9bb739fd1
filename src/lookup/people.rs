//! People of a household who are not its head: found by the beginning of their names, as written or by initials, behind
//! every household whose head or place is meant.
//!
//! Only households of which people are known have a row here, so a roster of heads alone costs nothing.

use memchr::memmem::Finder;

use crate::hanzi::pinyin;
use crate::hanzi::sound::Heard;

use super::column::{Class, Column, WORD};
use super::marks::Marks;
use super::token::{Script, Token};

/// The fewest characters or letters that mean somebody: a surname alone would list every family that has married one.
const LEAST: usize = 2;
/// Bounds the readings of a name.
const FEW: usize = 2;
/// Stands for a row without people.
const NOBODY: u32 = u32::MAX;

/// The names of people, of those rows that have any.
#[derive(Debug, Clone, Default)]
pub(super) struct People {
    rows: Vec<u32>,
    written: Column,
    initials: Column,
}

impl People {
    /// Adds the people (folded names) of a row; rows come in ascending order.
    pub(super) fn push<S: AsRef<str>>(&mut self, row: usize, names: impl Iterator<Item = S>) {
        let mut names = names.filter(|name| !name.as_ref().is_empty()).peekable();
        if names.peek().is_none() {
            return;
        }
        for name in names {
            let name = name.as_ref();
            self.written.key(WORD, name);
            for initials in pinyin::initials(name).iter().take(FEW) {
                self.initials.key(WORD, initials);
            }
        }
        self.written.end_row();
        self.initials.end_row();
        self.rows.push(u32::try_from(row).unwrap_or(NOBODY));
    }

    /// Gives a copy with the rows in another order.
    pub(super) fn in_order(self, order: &[u32]) -> Self {
        if self.rows.is_empty() {
            return Self::default();
        }
        let mut known = vec![NOBODY; order.len()];
        for (own, row) in (0_u32..).zip(&self.rows) {
            known.get_mut(*row as usize).into_iter().for_each(|at| *at = own);
        }
        let mut rows = Vec::with_capacity(self.rows.len());
        let mut kept = Vec::with_capacity(self.rows.len());
        for (row, old) in (0_u32..).zip(order) {
            if let Some(own) = known.get(*old as usize).filter(|own| **own != NOBODY) {
                rows.push(row);
                kept.push(*own);
            }
        }
        Self { rows, written: self.written.in_order(&kept), initials: self.initials.in_order(&kept) }
    }

    /// Marks the rows of people whose names begin so.
    pub(super) fn mark(&self, token: &Token, marks: &mut Marks<'_>) {
        let column = match token.script {
            Script::Letters => &self.initials,
            Script::Written => &self.written,
            Script::None => return,
        };
        if self.rows.is_empty() || token.text.chars().nth(LEAST - 1).is_none() {
            return;
        }
        let anchored = format!("|{}", token.text);
        let finder = Finder::new(&anchored);
        for hit in column.hits(&finder) {
            if !marks.set(self.row(hit.row), Class::Member) {
                return;
            }
        }
    }

    /// Marks the rows of people whose names sound like a token that is nowhere written so, from their beginning. Initials
    /// find candidates, the characters decide.
    pub(super) fn mark_sound(&self, token: &Token, marks: &mut Marks<'_>) {
        if self.rows.is_empty() || token.script != Script::Written || token.text.chars().nth(LEAST - 1).is_none() {
            return;
        }
        let heard = Heard::new(&token.text);
        for initials in pinyin::initials(&token.text) {
            let anchored = format!("|{initials}");
            let finder = Finder::new(&anchored);
            for hit in self.initials.hits(&finder) {
                let sounds = || self.written.keys(hit.row).any(|(_, name)| heard.within(name) == Some(0));
                if sounds() && !marks.set(self.row(hit.row), Class::Member) {
                    return;
                }
            }
        }
    }

    fn row(&self, own: usize) -> usize {
        self.rows.get(own).map_or(usize::MAX, |row| *row as usize)
    }

    /// Counts the bytes of the columns.
    pub(super) fn size(&self) -> usize {
        self.rows.capacity() * size_of::<u32>() + self.written.size() + self.initials.size()
    }
}
