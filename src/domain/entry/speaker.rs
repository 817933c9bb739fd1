//! Who speaks in an evening talk: `5#`, `3,7#`, `0#` before the entry line (`screens.md`, Evening talk).
//!
//! Numbers of households as the talk's list shows them, 0 for the village as a whole; commas in any width, 、 too. What
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
}

/// Splits a line into who speaks and the entry line that follows; a line without such a beginning is unchanged.
pub fn speakers(line: &str) -> (Speakers, &str) {
    let trimmed = line.trim_start();
    let Some((before, after)) = trimmed.split_once(['#', '＃']) else { return (Speakers::Unsaid, line) };
    let before = forms::half_width(before);
    // Three digits: more people than ever came to a talk, and 12345# stays text.
    let number = |part: &str| {
        let part = part.trim();
        (part.len() <= 3 && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<u16>().ok()).flatten()
    };
    let Some(mut numbers) = before.split(',').map(number).collect::<Option<Vec<u16>>>() else {
        return (Speakers::Unsaid, line);
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
        ] {
            assert_eq!(speakers(line), (who, rest), "{line}");
        }
        assert!(matches!(parse(speakers("5#6+ 校车").1), Entry::Issue(_)));
    }

    #[test]
    fn other_lines_are_left_alone() {
        for line in ["", "#", "机井 #3", "12345#没人接", "5号楼#2", "3,#x", "6 路", " ,#"] {
            assert_eq!(speakers(line), (Speakers::Unsaid, line), "{line}");
        }
    }
}
