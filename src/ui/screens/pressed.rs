//! Pressed: digits that did something on the page where a visit or a talk ends, and may be the beginning of words.

use crate::ui::desk::Desk;

/// Words that follow a digit so soon, in milliseconds, were typed with it; and one digit behind another.
const SOON: u64 = 4_000;
const TOGETHER: u64 = 1_500;

/// What stands between a digit and the words that it classes, or names the speaker of.
const SIGNS: &str = " +~!?*#,、　＋～！？＊＃，";

/// The digits pressed last, until something else is done, each with what stood before it and when.
#[derive(Debug, PartialEq)]
pub struct Pressed<T> {
    digits: Vec<(u8, T, u64)>,
}

impl<T> Default for Pressed<T> {
    fn default() -> Self {
        Self { digits: Vec::new() }
    }
}

impl<T> Pressed<T> {
    /// Remembers a digit with what stood before it.
    pub fn push(&mut self, digit: u8, before: T, desk: &Desk) {
        self.digits.push((digit, before, desk.now.boot_ms));
    }

    /// Tells whether a digit was pressed last.
    pub const fn has_some(&self) -> bool {
        !self.digits.is_empty()
    }

    /// Gives what was remembered with the last one.
    pub fn last(&self) -> Option<&T> {
        self.digits.last().map(|(_, before, _)| before)
    }

    /// Forgets them: something else was done.
    pub fn clear(&mut self) {
        self.digits.clear();
    }

    /// Takes out those that belong to words which begin so: the digits, and what stood before each. Before a sign there are so
    /// many at most.
    pub fn of_words(&mut self, first: char, most: usize, desk: &Desk) -> (String, Vec<T>) {
        // The sign of who comes stands at the beginning of a line.
        if matches!(first, '@' | '＠') {
            self.digits.clear();
        }
        let is_sign = SIGNS.contains(first);
        let (mut next, mut own) = (desk.now.boot_ms, 0);
        for (_, _, at) in self.digits.iter().rev() {
            let within = if own == 0 { if is_sign { u64::MAX } else { SOON } } else { TOGETHER };
            if next.saturating_sub(*at) > within || (is_sign && own == most) {
                break;
            }
            (next, own) = (*at, own + 1);
        }
        let taken = self.digits.split_off(self.digits.len() - own);
        self.digits.clear();
        let typed = taken.iter().filter_map(|(digit, ..)| char::from_digit(u32::from(*digit), 10)).collect();
        (typed, taken.into_iter().map(|(_, before, _)| before).collect())
    }
}
