//! The name cell: the name, and what clerks write behind it, in brackets or not: a 小名, that somebody died, a phone.

use super::doubt::Why;
use super::kinds;
use super::letters::{self, is_nothing, tight};
use super::numbered;
use crate::domain::hidden;
use crate::hanzi::{forms, is_han};

/// What a name cell gives.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Named {
    /// The name as it is called out at a door; None when there is none.
    pub name: Option<String>,
    pub nickname: Option<String>,
    /// `deceased` or `moved`, where a bracket says so.
    pub standing: Option<&'static str>,
    /// What else a bracket says.
    pub words: Option<String>,
    /// The phones that stood in the cell, as they were written; empty where the number was none. None where no number stood
    /// beside the name.
    pub number: Option<String>,
    pub why: Option<Why>,
}

/// Longest name: a company's.
const LONGEST: usize = 40;
/// Longest name of a person written in 汉字 without a dot; two-character surnames with two-character names, and one more.
const PERSON: usize = 5;

/// Reads a cell with the name of a head of household or a business.
pub(crate) fn read(cell: &str) -> Named {
    let Some(apart) = numbered::apart(cell) else {
        let found = read_name(cell);
        // No whole phone, but none of the name either: it stays among the words.
        let beside = found.why.is_none() && found.words.as_deref().is_some_and(hidden::tells);
        return Named { number: beside.then(String::new), ..found };
    };
    let mut found = read_name(&apart.rest);
    // Whose number it is stays beside it.
    if found.words.is_some() || found.nickname.is_some() {
        found.words = split_bracket(&letters::plain(cell)).1;
    }
    Named { number: Some(apart.phones), ..found }
}

fn read_name(cell: &str) -> Named {
    let whole = letters::name(cell);
    // A company may carry letters, digits and brackets of its own: 淄博沂蒙(沂源)建材有限公司.
    let business = kinds::is_business(&whole);
    let (front, bracket) = if business { (whole, None) } else { split_bracket(&whole) };
    let squeezed = tight(&front);
    if is_nothing(&squeezed)
        || is_line_word(&squeezed)
        || !squeezed.chars().any(|c| is_han(c) || c.is_alphabetic() || c == '\u{fffd}')
    {
        return Named { why: Some(Why::NoName), ..Named::default() };
    }
    let mut found = Named::default();
    let mut name = front;
    if !business {
        read_bracket(bracket.as_deref(), &mut found);
        if let Some((first, _)) = name.split_once([',', '/', ';', '；']) {
            let first = first.trim().to_owned();
            if first.chars().count() >= 2 {
                found.why = Some(Why::NameSeveral);
                name = first;
            }
        }
    }
    let odd = |c: char| !(is_han(c) || c.is_alphabetic() || matches!(c, '·' | ' ' | '\''));
    let count = name.chars().count();
    if name.contains(['\u{fffd}', '?', '□', '■']) {
        found.why = Some(Why::NameLost);
    } else if business && hidden::tells(&name) {
        // It may be of the name, or a phone; and lists hide its middle.
        found.why = Some(Why::NameOdd);
    } else if !business
        && (name.chars().any(odd) || count == 1 || (count > PERSON && name.chars().all(is_han)) || count > LONGEST)
    {
        found.why = found.why.or(Some(Why::NameOdd));
    }
    found.name = Some(name.chars().take(LONGEST).collect());
    found
}

/// Tells whether a cell that should be a name is a word of a total or signature line.
pub(crate) fn is_line_word(tight: &str) -> bool {
    tight.ends_with(':')
        || is_total(tight)
        || ["填表人", "审核人", "制表人", "经办人"].iter().any(|word| tight.starts_with(word))
}

/// Tells whether a cell begins a line of totals.
pub(crate) fn is_total(tight: &str) -> bool {
    let bare = tight.trim_end_matches([':', '.']);
    [
        "合计",
        "总计",
        "小计",
        "共计",
        "累计",
        "总户数",
        "总人数",
        "户数合计",
        "人口合计",
        "本页小计",
        "本页合计",
        "合计户数",
        "合计人数",
    ]
    .iter()
    .any(|word| {
        bare == *word
            || bare
                .strip_prefix(word)
                .is_some_and(|rest| rest.starts_with(['(', ':', ',']) || rest.starts_with(|c: char| c.is_ascii_digit()))
    }) || (bare.starts_with('共') && bare.ends_with(['户', '人']) && bare.contains(|c: char| c.is_ascii_digit()))
}

fn split_bracket(name: &str) -> (String, Option<String>) {
    let half = forms::half_width(name);
    match half.split_once('(') {
        Some((front, rest)) if !front.trim().is_empty() => {
            let words = rest.trim().strip_suffix(')').unwrap_or(rest).trim();
            (front.trim().to_owned(), Some(words.to_owned()))
        }
        _ => (name.to_owned(), None),
    }
}

fn read_bracket(bracket: Option<&str>, found: &mut Named) {
    let Some(words) = bracket.map(numbered::bare).filter(|words| !words.is_empty()) else { return };
    let nick = ["小名", "乳名", "别名", "曾用名", "又名"].iter().find_map(|word| words.strip_prefix(word));
    if let Some(nick) = nick {
        let nick = nick.trim_start_matches([':', ' ']);
        found.nickname = Some(nick.to_owned()).filter(|nick| !nick.is_empty());
    } else if words == "户主" || words == "本人" {
        // Says what the column says.
    } else {
        found.standing = super::remarks::standing(words);
        found.words = Some(words.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::{is_total, read};
    use crate::intake::doubt::Why;

    #[test]
    fn names_are_cleaned_and_kept() {
        for (cell, name) in [
            ("刘  珍荣", "刘珍荣"),
            ("马\u{3000}强\u{200b}", "马强"),
            ("欧阳志远", "欧阳志远"),
            ("王𬍛", "王𬍛"),
            ("阿依古丽•买买提", "阿依古丽·买买提"),
            ("张三（户主）", "张三"),
            ("沂源源泉建材有限公司", "沂源源泉建材有限公司"),
            ("淄博沂蒙（沂源）建材有限公司", "淄博沂蒙(沂源)建材有限公司"),
        ] {
            let read = read(cell);
            assert_eq!((read.name.as_deref(), read.why), (Some(name), None), "{cell}");
        }
    }

    #[test]
    fn brackets_are_read() {
        assert_eq!(read("张三(小名：铁蛋)").nickname.as_deref(), Some("铁蛋"));
        assert_eq!(read("张三（已故）").standing, Some("deceased"));
        assert_eq!(read("张三(退伍军人)").words.as_deref(), Some("退伍军人"));
    }

    // It became part of the name and stood whole on every list.
    #[test]
    fn a_phone_in_the_cell_is_no_part_of_the_name_and_words_beside_it_are_kept() {
        for (cell, name, number, words) in [
            ("赵六13853301234", "赵六", "13853301234", None),
            ("赵 六 138 5330 1234", "赵六", "138 5330 1234", None),
            ("赵六（１３８５３３０１２３４）", "赵六", "13853301234", None),
            ("赵六(电话13853301234)", "赵六", "13853301234", None),
            ("赵六(13853301234)(儿子)", "赵六", "13853301234", Some("13853301234)(儿子")),
            ("赵六(儿子13853301234)", "赵六", "13853301234", Some("儿子13853301234")),
            ("源泉超市13853301234", "源泉超市", "13853301234", None),
            ("赵六370323194901016444", "赵六", "", None),
        ] {
            let read = read(cell);
            assert_eq!((read.name.as_deref(), read.why), (Some(name), None), "{cell}");
            assert_eq!((read.number.as_deref(), read.words.as_deref()), (Some(number), words), "{cell}");
        }
        let dead = read("张三(已故 13853301234)");
        assert_eq!((dead.standing, dead.words.as_deref()), (Some("deceased"), Some("已故 13853301234")));
        let several = read("赵六13853301234 李四13905331111");
        assert_eq!((several.name.as_deref(), several.why), (Some("赵六"), Some(Why::NameSeveral)));
        let short = read("赵六(儿媳1385330123)");
        assert_eq!((short.name.as_deref(), short.why), (Some("赵六"), None));
        assert_eq!(
            (short.number.as_deref(), short.words.as_deref()),
            (Some(""), Some("儿媳1385330123")),
            "is asked about"
        );
        let nobody = read("13853301234");
        assert_eq!((nobody.name, nobody.number.as_deref()), (None, Some("13853301234")));
    }

    #[test]
    fn what_is_no_name_is_said() {
        for cell in ["", " ", "无", "/", "审核人：", "合计", "123", "---"] {
            assert_eq!(read(cell).why, Some(Why::NoName), "{cell}");
        }
        for (cell, why) in [
            ("马?", Why::NameLost),
            ("马", Why::NameOdd),
            ("张三2", Why::NameOdd),
            ("吴九2021051", Why::NameOdd),
            ("沂源县第1234567合作社", Why::NameOdd),
            ("张三、李四", Why::NameSeveral),
            ("王强强强强强", Why::NameOdd),
        ] {
            let read = read(cell);
            assert_eq!((read.name.is_some(), read.why), (true, Some(why)), "{cell}");
        }
    }

    #[test]
    fn totals_are_not_people() {
        assert!(["合计", "合计:", "小计(户)", "合计45户", "共45户", "总计:"].iter().all(|text| is_total(text)));
        assert!(!["合计生", "共青团", "总明"].iter().any(|text| is_total(text)));
    }
}
