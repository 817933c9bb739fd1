//! Names of people or places, searchable as written, by initials, by pinyin and by sound.

use memchr::memmem::Finder;

use crate::hanzi::pinyin;
use crate::hanzi::sound::Heard;

use super::column::{Class, Column, HEAD, WORD};
use super::marks::Marks;
use super::token::{Script, Token};

/// Bounds the readings of names other than the head's.
const FEW: usize = 2;
/// Names longer than this are businesses and have no given name.
const PERSON: usize = 4;

/// Three columns over the same rows.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    written: Column,
    initials: Column,
    pinyin: Column,
}

impl Names {
    /// Adds the head's name (folded) to the row that is being written.
    pub(super) fn head(&mut self, name: &str) {
        self.written.key(HEAD, name);
        self.read(HEAD, &pinyin::initials(name), &pinyin::full(name));
        let chars = name.chars().count();
        let surname = pinyin::surname_len(name);
        if chars > surname && chars <= PERSON {
            let given: String = name.chars().skip(surname).collect();
            // 守富 typed as shoufu; its initials stand inside those of the whole name already.
            let full = pinyin::place_full(&given);
            self.read(WORD, &[], full.get(..FEW).unwrap_or(&full));
            let mixed = pinyin::surname_and_initials(name);
            self.read(HEAD, &[], mixed.get(..FEW).unwrap_or(&mixed));
        }
    }

    /// Adds another name (folded) to the row that is being written.
    pub(super) fn other(&mut self, name: &str) {
        self.word(name, &pinyin::initials(name), &pinyin::full(name));
    }

    /// Adds the name of a place (folded) to the row that is being written.
    pub(super) fn place(&mut self, name: &str) {
        self.word(name, &pinyin::place_initials(name), &pinyin::place_full(name));
    }

    /// Ends the row that is being written.
    pub(super) fn end_row(&mut self) {
        self.written.end_row();
        self.initials.end_row();
        self.pinyin.end_row();
    }

    fn word(&mut self, name: &str, initials: &[String], full: &[String]) {
        self.written.key(WORD, name);
        self.read(WORD, initials.get(..FEW).unwrap_or(initials), full.get(..FEW).unwrap_or(full));
    }

    fn read(&mut self, mark: u8, initials: &[String], full: &[String]) {
        for key in initials {
            self.initials.key(mark, key);
        }
        for key in full {
            self.pinyin.key(mark, key);
        }
    }

    /// Gives a copy with the rows in another order, column by column so that little stands in memory twice.
    pub(super) fn in_order(self, order: &[u32]) -> Self {
        Self {
            written: self.written.in_order(order),
            initials: self.initials.in_order(order),
            pinyin: self.pinyin.in_order(order),
        }
    }

    /// Marks the rows whose names match a token as typed. Letters match initials anywhere and pinyin from its start.
    pub(super) fn mark(&self, token: &Token, marks: &mut Marks<'_>) {
        match token.script {
            Script::None => {}
            Script::Written => {
                // Only a number at an end can be cut short: 3号店 does not stand in 13号店.
                let finder = Finder::new(&token.text);
                for hit in self.written.hits(&finder) {
                    let whole = self.written.numbers_are_whole(hit, token.text.len());
                    if whole && !marks.set(hit.row, self.written.class(hit)) {
                        return;
                    }
                }
            }
            Script::Letters => {
                let finder = Finder::new(&token.text);
                for hit in self.initials.hits(&finder) {
                    if !marks.set(hit.row, self.initials.class(hit)) {
                        return;
                    }
                }
                // The first letter of a pinyin is its first initial.
                if token.text.len() > 1 {
                    let anchored = format!("|{}", token.text);
                    let finder = Finder::new(&anchored);
                    for hit in self.pinyin.hits(&finder) {
                        if !marks.set(hit.row, self.pinyin.class(hit)) {
                            return;
                        }
                    }
                }
            }
        }
    }

    /// Marks the rows in whose readings letters stand, with numbers among them that are whole: 5hl for 5号楼2单元.
    pub(super) fn mark_reading(&self, typed: &str, marks: &mut Marks<'_>) {
        let finder = Finder::new(typed);
        for hit in self.initials.hits(&finder) {
            if self.initials.numbers_are_whole(hit, typed.len()) {
                marks.set(hit.row, Class::Plain);
            }
        }
        let anchored = format!("|{typed}");
        let finder = Finder::new(&anchored);
        for hit in self.pinyin.hits(&finder) {
            if self.pinyin.numbers_are_whole(hit, anchored.len()) {
                marks.set(hit.row, Class::Plain);
            }
        }
    }

    /// Marks the rows whose names sound like a token that is nowhere written so: a whole name, its beginning, or a
    /// given name. The pinyin finds candidates, the characters decide, so that 先 does not sound like 西安.
    pub(super) fn mark_sound(&self, token: &Token, marks: &mut Marks<'_>) {
        if token.script != Script::Written {
            return;
        }
        let heard = Heard::new(&token.text);
        let mut needles = pinyin::full(&token.text);
        needles.extend(pinyin::place_full(&token.text));
        needles.sort_unstable();
        needles.dedup();
        for needle in needles {
            let anchored = format!("|{needle}");
            let finder = Finder::new(&anchored);
            for hit in self.pinyin.hits(&finder) {
                if self.sounds(&heard, hit.row).is_some_and(|class| !marks.set(hit.row, class)) {
                    return;
                }
            }
        }
    }

    fn sounds(&self, heard: &Heard, row: usize) -> Option<Class> {
        let class = |(mark, name): (u8, &str)| {
            Some(match (heard.within(name)?, mark) {
                (0, HEAD) => Class::Head,
                (0, _) => Class::Word,
                _ => Class::Inside,
            })
        };
        self.written.keys(row).filter_map(class).min()
    }

    /// Gives the first sixteen bytes of a row's first pinyin, by which rows of one place are ordered.
    pub(super) fn order_key(&self, row: usize) -> u128 {
        let mut bytes = [0; 16];
        if let Some((_, pinyin)) = self.pinyin.keys(row).next() {
            bytes.iter_mut().zip(pinyin.bytes()).for_each(|(to, from)| *to = from);
        }
        u128::from_be_bytes(bytes)
    }

    /// Counts the rows.
    pub(super) fn len(&self) -> usize {
        self.written.len()
    }

    /// Counts the bytes of the columns.
    pub(super) fn size(&self) -> usize {
        self.written.size() + self.initials.size() + self.pinyin.size()
    }
}
