//! Phone numbers 电话: digits as they are dialled, whatever was typed around them.

use std::fmt;

/// A phone number: 11 digits of a mobile, or a land line as `0533-3549817`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone(String);

/// Says why digits are not a phone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotAPhone {
    /// Nothing but punctuation.
    Empty,
    /// The wrong number of digits.
    Digits(usize),
    /// Something in it is neither digit nor separator.
    Letters,
}

impl Phone {
    /// Reads a phone number; blanks, dashes and brackets between digits do not count, full-width digits do.
    pub fn parse(said: &str) -> Result<Self, NotAPhone> {
        let half = crate::hanzi::forms::half_width(said);
        let digits: String = half.chars().filter(char::is_ascii_digit).collect();
        if half.chars().any(|c| !c.is_ascii_digit() && !" -()+.".contains(c)) {
            return Err(NotAPhone::Letters);
        }
        let digits = digits.strip_prefix("86").filter(|rest| rest.len() == 11).unwrap_or(&digits);
        match (digits.len(), digits.starts_with('0'), digits.starts_with('1')) {
            (0, _, _) => Err(NotAPhone::Empty),
            (11, false, true) | (7 | 8, false, _) => Ok(Self(digits.to_owned())),
            (10..=12, true, _) => Ok(Self(with_area_code(digits))),
            (count, _, _) => Err(NotAPhone::Digits(count)),
        }
    }

    /// Gives the digits as they are kept.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Writes a kept number in groups that can be read aloud: `138 5330 1234`.
    pub fn spaced(kept: &str) -> String {
        if kept.len() != 11 || kept.contains('-') {
            return kept.to_owned();
        }
        let mut out = String::with_capacity(13);
        for (index, digit) in kept.chars().enumerate() {
            if index == 3 || index == 7 {
                out.push(' ');
            }
            out.push(digit);
        }
        out
    }

    /// Writes a kept number for a list, where other eyes look on: `138****1234`.
    pub fn masked(kept: &str) -> String {
        let count = kept.chars().count();
        kept.chars().enumerate().map(|(i, c)| if i >= 3 && i + 4 < count { '*' } else { c }).collect()
    }
}

/// Area codes have three digits in the ten largest cities (010, 02x), four elsewhere.
fn with_area_code(digits: &str) -> String {
    let length = if digits.starts_with("010") || digits.starts_with("02") { 3 } else { 4 };
    let area: String = digits.chars().take(length).collect();
    let rest: String = digits.chars().skip(length).collect();
    format!("{area}-{rest}")
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_the_same_however_they_are_typed() {
        for said in ["13853301234", "138 5330 1234", "138-5330-1234", "１３８５３３０１２３４", "+86 13853301234"]
        {
            assert_eq!(Phone::parse(said).map(|p| p.to_string()), Ok("13853301234".to_owned()), "{said}");
        }
        assert_eq!(Phone::parse("(0533)3549817").map(|p| p.to_string()), Ok("0533-3549817".to_owned()));
        assert_eq!(Phone::parse("01012345678").map(|p| p.to_string()), Ok("010-12345678".to_owned()));
    }

    #[test]
    fn what_is_no_number_is_refused_with_its_reason() {
        assert_eq!(Phone::parse("1385330123"), Err(NotAPhone::Digits(10)));
        assert_eq!(Phone::parse("无"), Err(NotAPhone::Letters));
        assert_eq!(Phone::parse(" - "), Err(NotAPhone::Empty));
    }

    #[test]
    fn lists_show_no_full_phone() {
        assert_eq!(Phone::masked("13853301234"), "138****1234");
        assert_eq!(Phone::spaced("13853301234"), "138 5330 1234");
    }
}
