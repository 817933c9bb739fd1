//! Who speaks in an evening talk: `5#`, `3,7#`, `0#` before the entry line (`screens.md`, Evening talk).
//!
//! Numbers of households as the talk's list shows them, 0 for the village as a whole; commas in any width, 、 ; . / or blanks
//! between them, or 和 跟 与 及 and; 号 may stand behind each, and 5-7 is three. A name is whoever is there and is called so. What
//! follows the `#` is an entry line, unchanged: `5#6+ 村小学校车只到村口`.
//!
//! Any other `#` near the beginning of a line was meant so too, and nobody knows for whom: the line waits until somebody says. The
//! number of a thing stays text: `3号楼5#车库`, `机井 #3`.

use std::ops::RangeInclusive;

use super::split;
use crate::hanzi::{forms, is_han};

/// Who says a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Speakers {
    /// The line does not say; the screen takes who the arrows point at, or asks.
    Unsaid,
    /// `0#`: the village as a whole.
    Village,
    /// One or several households by their numbers, each once, in the order given.
    Households(Vec<u16>),
    /// Names, or names and numbers, each as the line has it: who of those there is called so is the screen's to know.
    Called {
        /// In the order given.
        who: Vec<Called>,
        /// Where nobody is called so it may as well be the number of a thing, and the line is text: `机井 #3`.
        is_thing: bool,
    },
    /// The village together with a household: only one can be meant.
    Clash,
    /// A `#` with nothing before it that can be read: `五#`, `#` alone before a sentence.
    Unread,
}

/// One of those who are named before a `#`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Called {
    /// By a number.
    Number(u16),
    /// By a name.
    Name(String),
}

/// How many households a `5-7#` may span at most; more is another number.
const SPAN: u16 = 30;
/// Characters before a `#` that is near the beginning of a line.
const NEAR: usize = 8;
/// Characters of a name, at least and at most.
const NAME: RangeInclusive<usize> = 2..=8;
/// What stands between two that are named, in half width.
const SIGNS: [char; 6] = [',', ';', '.', '/', '&', ' '];
/// The words that do; those with another one in them first.
const WORDS: [&str; 6] = ["以及", "和", "跟", "与", "及", "and"];
/// The village as a whole, in words.
const VILLAGE: [&str; 2] = ["全村", "village"];

/// Reads one number, or a span `5-7`. Three digits: more people than ever came to a talk, and 12345# stays text.
fn numbers(part: &str) -> Option<Vec<u16>> {
    let number = |part: &str| {
        let part = part.trim();
        let part = part.strip_suffix('号').unwrap_or(part);
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

/// Gives what stands between the signs.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(SIGNS).filter(|part| !part.is_empty())
}

/// Reads numbers with signs or words between them, in half width. A word has numbers on both sides: `和5` is whoever was meant
/// before and 5.
fn listed(text: &str) -> Option<Vec<u16>> {
    const WORD: char = '\n';
    let mut joined = text.to_ascii_lowercase().replace(" 号", "号");
    for word in WORDS {
        joined = joined.replace(word, &WORD.to_string());
    }
    let group = |group: &str| {
        let all = parts(group).map(numbers).collect::<Option<Vec<_>>>()?.concat();
        Some(all).filter(|all| !all.is_empty())
    };
    Some(joined.split(WORD).map(group).collect::<Option<Vec<_>>>()?.concat())
}

/// Reads names, or names and numbers, in half width; none where all are numbers, or something else is among them.
fn called(text: &str) -> Option<Vec<Called>> {
    let is_name = |part: &str| {
        let is_long = NAME.contains(&part.chars().count());
        is_long && part.chars().all(|ch| is_han(ch) || ch == '·') && !part.chars().all(is_of_numbers)
    };
    let mut all = Vec::new();
    for part in parts(text) {
        match numbers(part) {
            Some(numbers) => all.extend(numbers.into_iter().map(Called::Number)),
            None if is_name(part) => all.push(Called::Name(part.to_owned())),
            None => return None,
        }
    }
    all.iter().any(|one| matches!(one, Called::Name(_))).then_some(all)
}

/// Tells whether a sign stands in or around numbers as they are said.
fn is_of_numbers(sign: char) -> bool {
    sign.is_ascii_digit() || "零一二三四五六七八九十两,;./&- ~至到和跟与及或同加还有号第户家".contains(sign)
}

/// Tells whether signs before a `#` were meant as who speaks, though nobody can read them so; digits alone are a number of something
/// else.
fn is_unread(before: &str, after: &str) -> bool {
    let is_number = !before.is_empty() && before.chars().all(|sign| sign.is_ascii_digit());
    let is_near = before.chars().nth(NEAR).is_none() && !is_thing(before, after);
    !after.trim().is_empty() && !is_number && (before.chars().all(is_of_numbers) || is_near)
}

/// Tells whether the `#` is that of a thing: `3号楼5#车库`, `机井 #3`, `5号楼#2`. Before a prefix with its words it is none.
fn is_thing(before: &str, after: &str) -> bool {
    let last = before.rsplit(|sign| sign != ' ' && SIGNS.contains(&sign)).next().unwrap_or_default();
    let is_numbered = last.ends_with(|last: char| last.is_ascii_digit()) && last.contains(is_han);
    let is_number = after.starts_with(|first: char| forms::half(first).is_ascii_digit());
    let is_prefix = split(after).is_some_and(|(_, words)| !words.trim().is_empty());
    is_numbered || is_number && (!is_prefix || before.ends_with(' '))
}

/// Splits a line at its `#`, what stands before it in half width. Each may have a sign of its own: `3#和5#`, `3#、5#`.
fn before_sign(line: &str) -> Option<(String, &str)> {
    let (before, mut after) = line.split_once(['#', '＃'])?;
    let mut before = forms::half_width(before).into_owned();
    while let Some((next, behind)) = after.split_once(['#', '＃']) {
        let next = forms::half_width(next);
        let next = next.trim_start();
        let joined = WORDS.iter().find_map(|word| next.strip_prefix(word)).or_else(|| next.strip_prefix(SIGNS));
        let Some(numbers) = joined.filter(|numbers| listed(numbers).is_some()) else { break };
        before = format!("{before},{numbers}");
        after = behind;
    }
    Some((before, after))
}

/// Splits a line into who speaks and the entry line that follows; a line without such a beginning is unchanged.
pub fn speakers(line: &str) -> (Speakers, &str) {
    let Some((before, after)) = before_sign(line.trim_start()) else { return (Speakers::Unsaid, line) };
    if VILLAGE.contains(&before.trim()) {
        return (Speakers::Village, after);
    }
    if let Some(numbers) = listed(&before) {
        return (Speakers::of(numbers), after);
    }
    if let Some(who) = called(&before) {
        let is_thing = after.trim().is_empty() || is_thing(&before, after);
        return (Speakers::Called { who, is_thing }, after);
    }
    let who = if is_unread(&before, after) { Speakers::Unread } else { Speakers::Unsaid };
    (who, line)
}

impl Speakers {
    /// Gives those who have these numbers, each once, in the order given; without any nobody is named.
    pub fn of(mut numbers: Vec<u16>) -> Self {
        let mut seen = Vec::new();
        numbers.retain(|number| {
            !seen.contains(number) && {
                seen.push(*number);
                true
            }
        });
        match numbers.as_slice() {
            [] => Self::Unsaid,
            [0] => Self::Village,
            several if several.contains(&0) => Self::Clash,
            _ => Self::Households(numbers),
        }
    }
}

/// Gives numbers that stand with their sign behind words, `… 7#`, or once more before them, `5# …`, where they name nobody.
pub fn named_in(words: &str) -> Option<&str> {
    named_behind(words).or_else(|| named_before(words))
}

fn named_behind(words: &str) -> Option<&str> {
    let words = words.trim_end();
    let before = words.strip_suffix(['#', '＃'])?;
    let is_number = |sign: char| forms::half(sign).is_ascii_digit() || [',', '-'].contains(&forms::half(sign));
    let numbers = before.rsplit(|sign| !is_number(sign)).next()?;
    let numbers = numbers.trim_start_matches(|sign| !forms::half(sign).is_ascii_digit());
    let is_behind = !before.strip_suffix(numbers)?.trim().is_empty();
    listed(&forms::half_width(numbers)).filter(|_| is_behind)?;
    words.get(before.len() - numbers.len()..)
}

/// Gives numbers that stand with their sign before words, as who speaks in a talk does. A blank follows the sign, or a prefix with its
/// words: `5#楼漏水` is about a house.
pub fn named_before(words: &str) -> Option<&str> {
    let words = words.trim_start();
    let (numbers, rest) = words.split_once(['#', '＃'])?;
    let is_prefix = split(rest).is_some_and(|(_, words)| !words.trim().is_empty());
    let is_before = is_prefix || rest.starts_with(char::is_whitespace) && !rest.trim().is_empty();
    let numbers = forms::half_width(numbers);
    let is_read = VILLAGE.contains(&numbers.trim()) || listed(&numbers).is_some();
    if is_read && is_before { words.strip_suffix(rest) } else { None }
}

/// Gives lines that were written one below the other, each with who speaks: whoever is named goes on until another one is.
pub fn spoken_on(lines: &[String]) -> Vec<String> {
    let mut named = "";
    let mut whole = Vec::new();
    for line in lines {
        let (who, rest) = speakers(line);
        let goes_on = matches!(who, Speakers::Unsaid | Speakers::Called { is_thing: true, .. });
        whole.push(if goes_on && !named.is_empty() { format!("{named} {line}") } else { line.clone() });
        if !goes_on {
            let is_read = !matches!(who, Speakers::Called { .. });
            named = line.strip_suffix(rest).filter(|_| is_read).unwrap_or_default();
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
            ("5#楼漏水", Speakers::Households(vec![5]), "楼漏水"),
        ] {
            assert_eq!(speakers(line), (who, rest), "{line}");
        }
        assert!(matches!(parse(speakers("5#6+ 校车").1), Entry::Issue(_)));
    }

    // They were said by whoever the arrows pointed at, once as a problem with a deadline.
    #[test]
    fn numbers_with_words_or_other_signs_between_them_are_read() {
        for line in [
            "3 和5# 水管坏了",
            "3和5# 水管坏了",
            "3 and 5# 水管坏了",
            "3跟5# 水管坏了",
            "3与5号# 水管坏了",
            "3号、5号# 水管坏了",
            "3号，5 号# 水管坏了",
            "3;5# 水管坏了",
            "３；５＃ 水管坏了",
            "3.5# 水管坏了",
            "3。5# 水管坏了",
            "3/5# 水管坏了",
            "3以及5# 水管坏了",
        ] {
            assert_eq!(speakers(line), (Speakers::Households(vec![3, 5]), " 水管坏了"), "{line}");
        }
        assert_eq!(speakers("5号# 水"), (Speakers::Households(vec![5]), " 水"));
        assert_eq!(speakers("5-7号和9# 水"), (Speakers::Households(vec![5, 6, 7, 9]), " 水"));
        assert_eq!(speakers("全村# 水"), (Speakers::Village, " 水"));
        assert_eq!(speakers("0和5# 水"), (Speakers::Clash, " 水"));
        for line in [
            "和5# 水",
            "3和# 水",
            "号# 水",
            "第5# 水",
            "5户# 水",
            "3号5# 水",
            "五和六# 水",
            "2026.11# 水",
            "1-99# 水",
            "5x# 水",
            "3或5# 水",
            "3还有5# 水",
            "3 or 5# water",
            "No. 5# water",
            "Li Gui# water",
            "6+ 3# 路",
            "我5号# 水",
            "5号楼#2 坏了",
            "*123# 没反应",
        ] {
            assert_eq!(speakers(line), (Speakers::Unread, line), "{line}");
        }
    }

    #[test]
    fn a_name_before_the_sign_is_for_the_screen_to_know() {
        let name = |name: &str| Called::Name(name.to_owned());
        for (line, all, thing, after) in [
            ("陈敏# 水", vec![name("陈敏")], false, " 水"),
            ("陈敏＃6+ 水", vec![name("陈敏")], false, "6+ 水"),
            ("陈敏、7# 水", vec![name("陈敏"), Called::Number(7)], false, " 水"),
            ("3 沈静# 水", vec![Called::Number(3), name("沈静")], false, " 水"),
            ("李和平# 水", vec![name("李和平")], false, " 水"),
            ("陈敏#", vec![name("陈敏")], true, ""),
            ("村东 5# 井", vec![name("村东"), Called::Number(5)], true, " 井"),
            ("机井 #3", vec![name("机井")], true, "3"),
            ("机井#3坏了", vec![name("机井")], true, "3坏了"),
        ] {
            assert_eq!(speakers(line), (Speakers::Called { who: all, is_thing: thing }, after), "{line}");
        }
    }

    #[test]
    fn each_number_may_have_a_sign_of_its_own() {
        for line in ["3#和5# 水", "3#、5# 水", "3#,5# 水", "3＃，５＃ 水", "3# and 5# 水", "3号# 和 5号# 水"]
        {
            assert_eq!(speakers(line), (Speakers::Households(vec![3, 5]), " 水"), "{line}");
        }
        assert_eq!(speakers("3#和5#、7#楼漏"), (Speakers::Households(vec![3, 5, 7]), "楼漏"));
        // What follows without anything between may be the house that somebody speaks of.
        assert_eq!(speakers("3#5#楼漏"), (Speakers::Households(vec![3]), "5#楼漏"));
        assert_eq!(speakers("3# 和5号楼#2"), (Speakers::Households(vec![3]), " 和5号楼#2"));
        for (words, sign) in [
            ("5# 水", Some("5#")),
            (" ５＃ 水", Some("５＃")),
            ("3和5# 水", Some("3和5#")),
            ("全村# 水", Some("全村#")),
            ("5#6+ 水", Some("5#")),
            ("5#6+", None),
            ("5#楼漏", None),
            ("5#", None),
            ("机井 5# 坏了", None),
        ] {
            assert_eq!((named_in(words), named_before(words)), (sign, sign), "{words}");
        }
    }

    #[test]
    fn numbers_behind_the_words_are_seen() {
        for (words, sign) in [
            ("先说一句7#", "7#"),
            ("先说一句 7# ", "7#"),
            ("先说一句，７＃", "７＃"),
            ("先说一句 3,7#", "3,7#"),
            ("先说一句 5-7#", "5-7#"),
        ] {
            assert_eq!(named_in(words), Some(sign), "{words}");
        }
        for words in ["7#", " 7#", "打12345#", "水#", "水", "", "#", "水 7-5#", "7#水"] {
            assert_eq!(named_in(words), None, "{words}");
        }
    }

    #[test]
    fn whoever_is_named_speaks_on_in_the_lines_below() {
        let lines = ["井", "２＃ 甲", "乙", "3,4#丙", "6+ 丁", "五# 戊", "己"].map(str::to_owned);
        let want = ["井", "２＃ 甲", "２＃ 乙", "3,4#丙", "3,4# 6+ 丁", "五# 戊", "己"];
        assert_eq!(spoken_on(&lines), want);
        // What nobody is called is no one's sign for the lines below.
        let lines = ["3,4# 甲", "机井 #3 坏了", "水管# 坏了", "乙"].map(str::to_owned);
        assert_eq!(spoken_on(&lines), ["3,4# 甲", "3,4# 机井 #3 坏了", "水管# 坏了", "乙"]);
    }

    #[test]
    fn other_lines_are_left_alone() {
        for line in [
            "",
            "#",
            "12345#没人接",
            "5号楼#2",
            "6 路",
            " ,#",
            "3号楼5#车库",
            "3号楼5# 车库",
            "村东5#井坏了",
            "村里的路灯坏了三天# 没人修",
            "pump #3 is broken",
            "the pump 3# is broken",
        ] {
            assert_eq!(speakers(line), (Speakers::Unsaid, line), "{line}");
        }
    }
}
