//! People of a household who are not its head: found by their names and phones, behind every household whose head or place
//! is meant.
//!
//! A name is found from its beginning or from the given name on (建国 for 张建国), as written, by sound and in pinyin, and by
//! its initials from the beginning. Pinyin has no column of its own: it would nearly double what people take, and the pairs of
//! initials that letters may stand for leave few candidates (`spelled`).
//!
//! Only households of which people are known have a row here, so a roster of heads alone costs nothing.

use memchr::memmem::Finder;

use crate::hanzi::pinyin;
use crate::hanzi::sound::Heard;

use super::column::{Class, Column, WORD};
use super::fold;
use super::marks::Marks;
use super::phones::Phones;
use super::row::Member;
use super::spelled;
use super::token::{Script, Token};

/// The fewest characters or letters that mean somebody: a surname alone would list every family that has married one.
const LEAST: usize = 2;
/// Bounds the readings of a name.
const FEW: usize = 2;
/// Stands for a row without people.
const NOBODY: u32 = u32::MAX;

/// The names and phones of people, of those rows that have any.
#[derive(Debug, Clone, Default)]
pub(super) struct People {
    rows: Vec<u32>,
    written: Column,
    initials: Column,
    phones: Phones,
}

impl People {
    /// Adds the people of a row; rows come in ascending order.
    pub(super) fn push(&mut self, row: usize, people: &[Member]) {
        if people.iter().all(|member| member.name.is_empty() && member.phones.is_empty()) {
            return;
        }
        for member in people {
            let name = fold::name(&member.name);
            self.written.key(WORD, &name);
            for initials in pinyin::initials(&name).iter().take(FEW) {
                self.initials.key(WORD, initials);
            }
            member.phones.iter().for_each(|phone| self.phones.number(phone));
        }
        self.written.end_row();
        self.initials.end_row();
        self.phones.end_row();
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
        Self {
            rows,
            written: self.written.in_order(&kept),
            initials: self.initials.in_order(&kept),
            phones: self.phones.in_order(&kept),
        }
    }

    /// Marks the rows of people who are called so, or have such a phone.
    pub(super) fn mark(&self, token: &Token, marks: &mut Marks<'_>) {
        if self.rows.is_empty() {
            return;
        }
        if let Some(digits) = &token.phone {
            self.phones.mark(digits, Class::MemberPhone, |own| self.row(own), marks);
        }
        if token.text.chars().nth(LEAST - 1).is_none() {
            return;
        }
        match token.script {
            Script::Written => {
                let is_called =
                    |name: &str| name.starts_with(&token.text) || spelled::given_name(name).starts_with(&token.text);
                self.mark_names(&self.written, [token.text.clone()], is_called, marks);
            }
            Script::Letters => {
                let anchored = format!("|{}", token.text);
                let finder = Finder::new(&anchored);
                for hit in self.initials.hits(&finder) {
                    if !marks.set(self.row(hit.row), Class::Member) {
                        return;
                    }
                }
                let is_called = |name: &str| spelled::begins(name, &token.text);
                self.mark_names(&self.initials, spelled::pairs(&token.text), is_called, marks);
            }
            Script::None => {}
        }
    }

    /// Marks the rows of people whose names, from their beginning or from the given name on, sound like a token that is
    /// nowhere written so.
    pub(super) fn mark_sound(&self, token: &Token, marks: &mut Marks<'_>) {
        if self.rows.is_empty() || token.script != Script::Written || token.text.chars().nth(LEAST - 1).is_none() {
            return;
        }
        let heard = Heard::new(&token.text);
        let sounds = |name: &str| heard.within(name) == Some(0) || heard.within(spelled::given_name(name)) == Some(0);
        let mut needles = pinyin::initials(&token.text);
        needles.extend(pinyin::place_initials(&token.text));
        needles.sort_unstable();
        needles.dedup();
        self.mark_names(&self.initials, needles, sounds, marks);
    }

    /// Marks the rows with a name that is meant; needles in a column find candidates.
    fn mark_names(
        &self,
        column: &Column,
        needles: impl IntoIterator<Item = String>,
        is_meant: impl Fn(&str) -> bool,
        marks: &mut Marks<'_>,
    ) {
        for needle in needles {
            let finder = Finder::new(&needle);
            for hit in column.hits(&finder) {
                let is_meant = self.written.keys(hit.row).any(|(_, name)| is_meant(name));
                if is_meant && !marks.set(self.row(hit.row), Class::Member) {
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
        let columns = self.written.size() + self.initials.size() + self.phones.size();
        self.rows.capacity() * size_of::<u32>() + columns
    }
}
