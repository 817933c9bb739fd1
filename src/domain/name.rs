//! Names: who wrote an operation and which one it was; an entity is named after the operation that created it.
//!
//! A writer is a random number minted at a program's first write, so a copied disk or a restored image becomes another
//! writer and histories never fork. A roster's writer is the hash of its rows, so the same list is the same operations
//! on every laptop.

use std::fmt;
use std::str::FromStr;

/// Names one operation, and the entity it created if it created one. Unique over all laptops without a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name {
    /// The writer, a random number; 0 stands for the campaign itself.
    pub writer: u64,
    /// Which of the writer's operations, counted from 1 (0 is a roster's head).
    pub seq: u32,
}

impl Name {
    /// The campaign: the entity of facts that belong to no household.
    pub const CAMPAIGN: Self = Self { writer: 0, seq: 0 };

    /// Makes a name from its two numbers.
    pub const fn new(writer: u64, seq: u32) -> Self {
        Self { writer, seq }
    }

    /// Writes the name with a letter for its sort in front, as scripts see it: `h0d3k…-12`.
    pub fn with_letter(self, letter: char) -> String {
        format!("{letter}{self}")
    }
}

/// Crockford's digits: no letter that reads like a digit.
const DIGITS: [char; 32] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'j', 'k', 'm', 'n', 'p',
    'q', 'r', 's', 't', 'v', 'w', 'x', 'y', 'z',
];
const WRITER_DIGITS: u32 = 13;

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for place in (0..WRITER_DIGITS).rev() {
            let digit = usize::try_from((self.writer >> (place * 5)) & 31).unwrap_or(0);
            fmt::Write::write_char(f, DIGITS.get(digit).copied().unwrap_or('0'))?;
        }
        write!(f, "-{}", self.seq)
    }
}

/// Says that a text is not a name; the text itself is what the caller still has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAName;

impl FromStr for Name {
    type Err = NotAName;

    /// Reads a name with or without its letter.
    fn from_str(text: &str) -> Result<Self, NotAName> {
        let (head, seq) = text.rsplit_once('-').ok_or(NotAName)?;
        let width = usize::try_from(WRITER_DIGITS).unwrap_or(13);
        let extra = head.chars().count().checked_sub(width).ok_or(NotAName)?;
        if extra > 1 {
            return Err(NotAName);
        }
        let writer = head.chars().skip(extra).try_fold(0u64, |sum, c| {
            let digit = DIGITS.iter().position(|d| *d == c)?;
            sum.checked_mul(32)?.checked_add(u64::try_from(digit).ok()?)
        });
        Ok(Self { writer: writer.ok_or(NotAName)?, seq: seq.parse().map_err(|_| NotAName)? })
    }
}

#[cfg(test)]
mod tests {
    use super::Name;

    #[test]
    fn a_name_reads_back_from_its_text_with_and_without_letter() {
        for name in [Name::CAMPAIGN, Name::new(u64::MAX, u32::MAX), Name::new(0x1234_5678_9abc_def0, 12)] {
            assert_eq!(name.to_string().parse(), Ok(name));
            assert_eq!(name.with_letter('h').parse(), Ok(name));
        }
    }

    #[test]
    fn what_is_not_a_name_is_refused() {
        for text in ["", "h", "-1", "h0000000000000", "hh0000000000000-1", "z000000000000u-1", "0000000000000-x"] {
            assert!(text.parse::<Name>().is_err(), "{text}");
        }
        assert!("zzzzzzzzzzzzz-1".parse::<Name>().is_err(), "past 64 bits");
    }
}
