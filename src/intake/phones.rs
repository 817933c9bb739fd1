//! The phone cell: several numbers, dashes, blanks, floats, land lines, words beside them.

use super::doubt::Why;
use super::letters::{is_nothing, plain};

/// What one phone cell says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Phones {
    /// Numbers as facts want them: `13853301234`, `0533-3549817`, `4001234567`.
    pub numbers: Vec<String>,
    /// What is wrong or worth a note, each once.
    pub whys: Vec<Why>,
    /// Words beside the numbers, such as whose they are.
    pub words: String,
}

/// A run of digits and whether the run before it may belong to the same number.
struct Run {
    digits: String,
    joined: bool,
}

/// Reads one cell. `area` is the code put before a land line that has none.
pub(crate) fn read(cell: &str, area: Option<&str>) -> Phones {
    let text = plain(cell);
    let mut found = Phones::default();
    let squeezed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if is_nothing(&squeezed) {
        return found;
    }
    let text = match scientific(&squeezed) {
        None => text,
        Some(Ok(digits)) => digits,
        Some(Err(())) => {
            found.whys.push(Why::PhoneScientific);
            return found;
        }
    };
    let runs = runs(&text, &mut found.words);
    let mut at = 0;
    while at < runs.len() {
        let (taken, number) = longest(&runs, at, area);
        match number {
            Ok((number, noted)) => {
                found.whys.extend(noted);
                if !found.numbers.contains(&number) {
                    found.numbers.push(number);
                }
            }
            Err(why) => found.whys.push(why),
        }
        at += taken;
    }
    if runs.is_empty() {
        found.whys.push(Why::PhoneDigits(0));
    } else if !found.words.is_empty() {
        found.whys.push(Why::PhoneWords);
    }
    let mut seen: Vec<Why> = Vec::new();
    found.whys.retain(|why| {
        !seen.contains(why) && {
            seen.push(why.clone());
            true
        }
    });
    found
}

/// Expands `1.38053301234E+10`; Err when digits are lost, None when it is no such number.
pub(crate) fn scientific(tight: &str) -> Option<Result<String, ()>> {
    let (mantissa, power) = tight.split_once(['E', 'e'])?;
    let power: usize = power.strip_prefix('+').unwrap_or(power).parse().ok()?;
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() != 1 || !digits(whole) || !digits(part) || power > 40 {
        return None;
    }
    // Eleven digits are whole only if all but trailing zeros are written; phones rarely end in many zeros.
    Some(if part.len() == power || (power == 10 && part.len() >= 9) {
        Ok(format!("{whole}{part}{}", "0".repeat(power.saturating_sub(part.len()))))
    } else {
        Err(())
    })
}

/// Splits a cell into runs of digits; everything that is neither digit nor separator goes to `words`.
fn runs(text: &str, words: &mut String) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut between = String::new();
    let mut word = String::new();
    // 13658683449.0 is a number that was a float.
    let text = text.replace(".0,", ",").replace(".0/", "/");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    let mut open = false;
    for c in text.chars() {
        if c.is_ascii_digit() {
            if !open {
                let joined = between.chars().all(|c| matches!(c, '-' | ' ' | '(' | ')' | '.' | '+')) && word.is_empty();
                runs.push(Run { digits: String::new(), joined });
                between.clear();
                push_word(words, &mut word);
                open = true;
            }
            if let Some(run) = runs.last_mut() {
                run.digits.push(c);
            }
            continue;
        }
        open = false;
        if c.is_whitespace() || c.is_ascii_punctuation() || matches!(c, '；' | '｜' | '：' | '或' | '和' | '及') {
            between.push(c);
            push_word(words, &mut word);
            // A word between two numbers keeps them apart even after a blank.
            if !words.is_empty() && !word.is_empty() {
                between.push('/');
            }
        } else {
            word.push(c);
            between.push('字');
        }
    }
    push_word(words, &mut word);
    runs
}

fn push_word(words: &mut String, word: &mut String) {
    let names_the_number = matches!(word.as_str(), "电话" | "手机" | "座机" | "电话号码" | "手机号" | "固话" | "转");
    if !word.is_empty() && !names_the_number {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    word.clear();
}

type Read = Result<(String, Option<Why>), Why>;

/// Joins runs from `at` on: the fewest that make a number, else the joined ones together are in doubt.
fn longest(runs: &[Run], at: usize, area: Option<&str>) -> (usize, Read) {
    let mut digits = String::new();
    let mut taken = 0;
    for run in runs.iter().skip(at) {
        if taken > 0 && !run.joined {
            break;
        }
        // 13853301234-8001: a whole number does not need what follows; a local line may be the tail of one with its code.
        digits.push_str(&run.digits);
        taken += 1;
        if let Some(number) = whole(&digits) {
            return (taken, Ok((number, None)));
        }
        if digits.len() > 13 {
            break;
        }
    }
    let first = runs.get(at).map_or("", |run| run.digits.as_str());
    if let (Some(area), true) = (area, is_local(first)) {
        return (1, Ok((format!("{area}-{first}"), Some(Why::AreaCode))));
    }
    // Two numbers side by side, one of them broken: keep the whole one for the next turn.
    let next_is_whole = runs.get(at + 1).is_some_and(|run| whole(&run.digits).is_some());
    if taken > 1 && (first.len() >= 7 || next_is_whole) {
        return (1, Err(doubt(first)));
    }
    (taken.max(1), Err(doubt(&digits)))
}

fn doubt(digits: &str) -> Why {
    if digits.len() == 11 {
        Why::PhonePrefix
    } else {
        Why::PhoneDigits(u32::try_from(digits.len()).unwrap_or(u32::MAX))
    }
}

/// Reads digits that are one whole number: mobile, land line with its code, or 400.
fn whole(digits: &str) -> Option<String> {
    for country in ["0086", "86"] {
        if let Some(mobile) = digits.strip_prefix(country).filter(|rest| is_mobile(rest)) {
            return Some(mobile.to_owned());
        }
    }
    if is_mobile(digits) || (digits.len() == 10 && (digits.starts_with("400") || digits.starts_with("800"))) {
        return Some(digits.to_owned());
    }
    // 010 and 02x have three digits, the others four; the line has seven or eight and starts at 2.
    let code = if digits.starts_with("01") || digits.starts_with("02") { 3 } else { 4 };
    let (code, line) = digits.split_at_checked(code)?;
    (code.starts_with('0') && !code.starts_with("00") && is_local(line)).then(|| format!("{code}-{line}"))
}

fn is_mobile(digits: &str) -> bool {
    digits.len() == 11 && digits.starts_with('1') && digits.as_bytes().get(1).is_some_and(|second| *second >= b'3')
}

fn is_local(digits: &str) -> bool {
    matches!(digits.len(), 7 | 8) && digits.bytes().next().is_some_and(|first| first >= b'2')
}

#[cfg(test)]
mod tests {
    use super::{Phones, read};
    use crate::intake::doubt::Why;

    fn numbers(cell: &str) -> Vec<String> {
        read(cell, Some("0533")).numbers
    }

    #[test]
    fn one_number_in_all_its_forms() {
        for cell in [
            "13658683449",
            "１３６５８６８３４４９",
            "136-5868-3449",
            "136 5868 3449",
            "13658683449.0",
            "+86 13658683449",
            "手机:13658683449",
            "1.3658683449E+10",
            "13658683449 / 13658683449",
            " 13658683449、",
            "（136）58683449",
        ] {
            assert_eq!(numbers(cell), ["13658683449"], "{cell}");
        }
    }

    #[test]
    fn several_numbers_and_land_lines() {
        for separator in ["/", "、", " ", "；", "\n", "，", "或"] {
            assert_eq!(
                numbers(&format!("18865694362{separator}0533-3549817")),
                ["18865694362", "0533-3549817"],
                "{separator:?}"
            );
            assert_eq!(
                numbers(&format!("18865694362{separator}13658683449")),
                ["18865694362", "13658683449"],
                "{separator:?}"
            );
        }
        assert_eq!(numbers("05333549817"), ["0533-3549817"]);
        assert_eq!(numbers("(0533)3549817"), ["0533-3549817"]);
        assert_eq!(numbers("010-62345678"), ["010-62345678"]);
        assert_eq!(numbers("400-123-4567"), ["4001234567"]);
        assert_eq!(
            read("3549817", Some("0533")),
            Phones { numbers: vec!["0533-3549817".into()], whys: vec![Why::AreaCode], words: String::new() }
        );
        assert_eq!(read("3549817", None).whys, [Why::PhoneDigits(7)]);
    }

    #[test]
    fn what_is_in_doubt_is_said_and_the_rest_kept() {
        assert_eq!(read("1385330123", None).whys, [Why::PhoneDigits(10)]);
        assert_eq!(read("12853301234", None).whys, [Why::PhonePrefix]);
        assert_eq!(read("1.36587E+10", None).whys, [Why::PhoneScientific]);
        assert_eq!(read("看门口", None).whys, [Why::PhoneDigits(0)]);
        let mixed = read("1385330123/13658683449", None);
        assert_eq!((mixed.numbers, mixed.whys), (vec!["13658683449".to_owned()], vec![Why::PhoneDigits(10)]));
        let mixed = read("1385330123 13658683449", None);
        assert_eq!((mixed.numbers, mixed.whys), (vec!["13658683449".to_owned()], vec![Why::PhoneDigits(10)]));
    }

    #[test]
    fn words_beside_a_number_are_kept() {
        let read = read("儿子13658683449，本人：18865694362", None);
        assert_eq!((read.numbers.len(), read.words.as_str(), read.whys), (2, "儿子 本人", vec![Why::PhoneWords]));
    }

    #[test]
    fn nothing_is_no_doubt() {
        for cell in ["", "无", "/", "-", "——", "0"] {
            assert_eq!(super::read(cell, None), Phones::default(), "{cell:?}");
        }
    }
}
