//! Who speaks in an evening talk: `5#`, `3,7#`, `0#` before the entry line (`screens.md`, Evening talk).
//!
//! Numbers of households as the talk's list shows them, 0 for the village as a whole; commas in any width, 、 or blanks
//! between them, and 5-7 for three. What
//! follows the `#` is an entry line, unchanged: `5#6+ 村小学校车只到村口`.

use crate::hanzi::forms;

/// Who says a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Speakers {
    /// The line does not say; the screen takes who the arrows point at, or asks.
    Unsaid,
    /// `0#`: the village as a whole.
    Village,
    /// One or several households by their numbers, each once, in the order given.
    Households(Vec<u16>),
    /// The village together with a household: only one can be meant.
    Clash,
    /// A `#` with no number before it that can be read: `五#`, `#` alone before a sentence.
    Unread,
}

/// How many households a `5-7#` may span at most; more is another number.
const SPAN: u16 = 30;

/// Reads one number, or a span `5-7`. Three digits: more people than ever came to a talk, and 12345# stays text.
fn numbers(part: &str) -> Option<Vec<u16>> {
    let number = |part: &str| {
        let part = part.trim();
        (part.len() <= 3 && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<u16>().ok()).flatten()
    };
    match part.split_once('-') {
        None => number(part).map(|one| vec![one]),
        Some((first, last)) => {
            let (first, last) = (number(first)?, number(last)?);
            (first > 0 && first <= last && last - first < SPAN).then(|| (first..=last).collect())
        }
    }
}

/// Tells whether signs before a `#` were meant as numbers, though nobody can read them so; digits alone are a number of
/// something else.
fn is_unread(before: &str, after: &str) -> bool {
    let spoken = |sign: char| sign.is_ascii_digit() || "零一二三四五六七八九十两,- ~至到".contains(sign);
    let is_number = !before.is_empty() && before.chars().all(|sign| sign.is_ascii_digit());
    !after.trim().is_empty() && !is_number && before.chars().all(spoken)
}

/// Splits a line into who speaks and the entry line that follows; a line without such a beginning is unchanged.
pub fn speakers(line: &str) -> (Speakers, &str) {
    let trimmed = line.trim_start();
    let Some((before, after)) = trimmed.split_once(['#', '＃']) else { return (Speakers::Unsaid, line) };
    let before = forms::half_width(before);
    let parts = before.split([',', ' ']).filter(|part| !part.is_empty());
    let named = parts.map(numbers).collect::<Option<Vec<Vec<u16>>>>().map(|named| named.concat());
    let Some(mut numbers) = named.filter(|named| !named.is_empty()) else {
        let who = if is_unread(&before, after) { Speakers::Unread } else { Speakers::Unsaid };
        return (who, line);
    };
    let mut seen = Vec::new();
    numbers.retain(|number| {
        !seen.contains(number) && {
            seen.push(*number);
            true
        }
    });
    let who = match numbers.as_slice() {
        [0] => Speakers::Village,
        several if several.contains(&0) => Speakers::Clash,
        _ => Speakers::Households(numbers),
    };
    (who, after)
}

/// Gives lines that were written one below the other, each with who speaks: whoever is named goes on until another one is.
pub fn spoken_on(lines: &[String]) -> Vec<String> {
    let mut named = "";
    let mut whole = Vec::new();
    for line in lines {
        let (who, rest) = speakers(line);
        whole.push(match who {
            Speakers::Unsaid if !named.is_empty() => format!("{named} {line}"),
            _ => line.clone(),
        });
        if who != Speakers::Unsaid {
            named = line.strip_suffix(rest).unwrap_or_default();
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::entry::{Entry, parse};

    #[test]
    fn numbers_before_the_sign_name_who_speaks_in_any_width() {
        for (line, who, rest) in [
            ("5# 村小学", Speakers::Households(vec![5]), " 村小学"),
            ("5#6+ 校车", Speakers::Households(vec![5]), "6+ 校车"),
            ("３，７＃机井", Speakers::Households(vec![3, 7]), "机井"),
            ("3、7,3#机井", Speakers::Households(vec![3, 7]), "机井"),
            (" 0#想办个戏台", Speakers::Village, "想办个戏台"),
            ("0,3#想办个戏台", Speakers::Clash, "想办个戏台"),
            ("5 7# 路灯", Speakers::Households(vec![5, 7]), " 路灯"),
            ("5,# 路灯", Speakers::Households(vec![5]), " 路灯"),
            ("5-7# 路灯", Speakers::Households(vec![5, 6, 7]), " 路灯"),
            ("五# 路灯", Speakers::Unread, "五# 路灯"),
            ("# 路灯", Speakers::Unread, "# 路灯"),
            ("7-5# 路灯", Speakers::Unread, "7-5# 路灯"),
            ("5至7# 路灯", Speakers::Unread, "5至7# 路灯"),
        ] {
            assert_eq!(speakers(line), (who, rest), "{line}");
        }
        assert!(matches!(parse(speakers("5#6+ 校车").1), Entry::Issue(_)));
    }

    #[test]
    fn whoever_is_named_speaks_on_in_the_lines_below() {
        let lines = ["井", "２＃ 甲", "乙", "3,4#丙", "6+ 丁", "五# 戊", "己"].map(str::to_owned);
        let want = ["井", "２＃ 甲", "２＃ 乙", "3,4#丙", "3,4# 6+ 丁", "五# 戊", "己"];
        assert_eq!(spoken_on(&lines), want);
    }

    #[test]
    fn other_lines_are_left_alone() {
        for line in ["", "#", "机井 #3", "12345#没人接", "5号楼#2", "6 路", " ,#"] {
            assert_eq!(speakers(line), (Speakers::Unsaid, line), "{line}");
        }
    }
}
