//! Identity numbers: read for year of birth and sex, masked at once. The full number never leaves this file.

use super::doubt::Why;
use super::letters::{is_nothing, tight};
use super::phones::scientific;

/// What an identity cell gives.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Identity {
    /// Region, year and last four, the birthday hidden: `3703231949****6444`. Only for telling people apart, never shown.
    pub mask: Option<String>,
    pub birth_year: Option<i64>,
    pub sex: Option<&'static str>,
    pub why: Option<Why>,
}

/// Reads a cell with an identity number: 18 characters full or masked, or the 15 digits of before 1999.
pub(crate) fn read(cell: &str) -> Identity {
    let text = tight(cell).to_ascii_uppercase();
    let text = text.trim_matches(|c: char| matches!(c, '\'' | '`' | '"'));
    if is_nothing(text) {
        return Identity::default();
    }
    if let Some(number) = scientific(text) {
        // 3.70323195001011E17 has lost the last digits, but not the year.
        let digits: String = text.chars().take_while(|c| *c != 'E').filter(char::is_ascii_digit).collect();
        let known = number.unwrap_or(digits);
        return Identity { birth_year: year(known.get(6..10)), why: Some(Why::IdScientific), ..Identity::default() };
    }
    let text: String = text.chars().map(|c| if matches!(c, '*' | '×' | '＊' | '●' | '#') { '*' } else { c }).collect();
    let star_or_digit = |c: char| c.is_ascii_digit() || c == '*';
    let shaped = text.is_ascii()
        && match text.len() {
            18 => text.chars().take(17).all(star_or_digit) && text.ends_with(|c: char| star_or_digit(c) || c == 'X'),
            15 => text.chars().all(star_or_digit),
            _ => false,
        };
    if !shaped {
        return Identity { why: Some(Why::IdShape), ..Identity::default() };
    }
    let long = text.len() == 18;
    let birth_year =
        if long { year(text.get(6..10)) } else { year(text.get(6..8).map(|two| format!("19{two}")).as_deref()) };
    let sex_digit = text.as_bytes().get(if long { 16 } else { 14 }).filter(|byte| byte.is_ascii_digit());
    let sex = sex_digit.map(|byte| if byte % 2 == 1 { "male" } else { "female" });
    let why = match (check(&text), birth_year) {
        (Some(false), _) => Some(Why::IdCheck),
        (_, None) if !text.get(6..10).is_some_and(|part| part.contains('*')) => Some(Why::IdShape),
        _ => None,
    };
    Identity { mask: mask(&text), birth_year, sex, why }
}

/// Hides every digit of an identity number in a text that is shown; the number of characters stays.
pub(crate) fn hidden(cell: &str) -> String {
    tight(cell).chars().map(|c| if c.is_ascii_digit() || matches!(c, 'x' | 'X') { '*' } else { c }).collect()
}

fn mask(text: &str) -> Option<String> {
    let (front, back) =
        if text.len() == 18 { (text.get(..10)?, text.get(14..)?) } else { (text.get(..8)?, text.get(12..)?) };
    Some(format!("{front}****{back}"))
}

fn year(text: Option<&str>) -> Option<i64> {
    text?.parse().ok().filter(|year| (1900..=2030).contains(year))
}

/// Checks the last character of a full number (GB 11643, ISO 7064 MOD 11-2); None when digits are hidden.
fn check(text: &str) -> Option<bool> {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    if text.len() != 18 || text.contains('*') {
        return None;
    }
    let sum: u32 = text.chars().zip(WEIGHTS).filter_map(|(c, weight)| Some(c.to_digit(10)? * weight)).sum();
    let want = "10X98765432".chars().nth(usize::try_from(sum % 11).ok()?)?;
    Some(text.ends_with(want))
}

#[cfg(test)]
mod tests {
    use super::{Identity, hidden, read};
    use crate::intake::doubt::Why;

    #[test]
    fn masked_and_full_numbers_give_the_same_mask() {
        let want = Identity {
            mask: Some("3703231949****644X".into()),
            birth_year: Some(1949),
            sex: Some("female"),
            why: None,
        };
        assert_eq!(read("3703231949****644x"), want);
        let full = read("11010519491231002X");
        assert_eq!(
            (full.mask.as_deref(), full.birth_year, full.sex, full.why),
            (Some("1101051949****002X"), Some(1949), Some("female"), None)
        );
        assert_eq!(read("110105194912310021").why, Some(Why::IdCheck));
        assert_eq!(read("370323490101123").mask.as_deref(), Some("37032349****123"));
    }

    #[test]
    fn lost_digits_are_said_and_the_year_kept_where_it_is_there() {
        assert_eq!(read("3.70323E+17"), Identity { why: Some(Why::IdScientific), ..Identity::default() });
        assert_eq!(read("3.70323195001011E17").birth_year, Some(1950));
        assert_eq!(read("3703231949").why, Some(Why::IdShape));
        assert_eq!(read("/"), Identity::default());
    }

    #[test]
    fn no_digit_is_shown() {
        assert_eq!(hidden("3703231949****644X"), "******************");
    }
}
