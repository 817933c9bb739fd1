//! Forms: the same letter, digit or number however a keyboard, a clerk or an input method wrote it.
//!
//! Full-width forms (６＋！？＃，　) mean the same as half-width ones (`screens.md`, rule 1); 第三组, 三组, ３组 and 3 are
//! the same group.

use std::borrow::Cow;

/// Gives the half-width form of a character: letters, digits, punctuation and the wide blank; others unchanged.
pub const fn half(ch: char) -> char {
    match ch {
        '\u{3000}' | '\u{00A0}' => ' ',
        '，' | '、' | '､' => ',',
        '。' | '｡' => '.',
        '‐' | '‑' | '–' | '—' | '−' => '-',
        '\u{FF01}'..='\u{FF5E}' => match char::from_u32(ch as u32 - 0xFEE0) {
            Some(narrow) => narrow,
            None => ch,
        },
        _ => ch,
    }
}

/// Gives a text in half-width form; borrowed when nothing had to change.
pub fn half_width(text: &str) -> Cow<'_, str> {
    if text.chars().all(|ch| half(ch) == ch) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().map(half).collect())
    }
}

/// Reads a character written by its code point at the end of a text, `U+20BB7`, as one types it where a terminal drops rare
/// characters; gives it and where it begins. Only letters and 汉字, nothing that steers a terminal.
pub fn code_point(text: &str) -> Option<(usize, char)> {
    let (at, _) = text.char_indices().rev().find(|(_, ch)| matches!(half(*ch), 'u' | 'U'))?;
    let written = half_width(text.get(at..)?);
    let digits = written.get(1..)?.strip_prefix('+')?;
    if !(4..=6).contains(&digits.len()) || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let ch = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
    (ch.is_alphabetic() && !ch.is_ascii()).then_some((at, ch))
}

/// What one character of a Chinese numeral means.
enum Numeral {
    Digit(u32),
    Ten(u32),
    /// 廿 and 卅: a digit and its ten in one.
    Tens(u32),
}

/// The characters of numerals, the plain, the formal and the old ones.
const fn numeral_of(ch: char) -> Option<Numeral> {
    Some(match ch {
        '〇' | '零' | '○' => Numeral::Digit(0),
        '一' | '壹' => Numeral::Digit(1),
        '二' | '两' | '贰' => Numeral::Digit(2),
        '三' | '叁' => Numeral::Digit(3),
        '四' | '肆' => Numeral::Digit(4),
        '五' | '伍' => Numeral::Digit(5),
        '六' | '陆' => Numeral::Digit(6),
        '七' | '柒' => Numeral::Digit(7),
        '八' | '捌' => Numeral::Digit(8),
        '九' | '玖' => Numeral::Digit(9),
        '十' | '拾' => Numeral::Ten(10),
        '百' | '佰' => Numeral::Ten(100),
        '千' | '仟' => Numeral::Ten(1000),
        '万' => Numeral::Ten(10_000),
        '廿' => Numeral::Tens(20),
        '卅' => Numeral::Tens(30),
        _ => return None,
    })
}

/// Reads a whole text as a number: `12`, `１２`, 十二, 二十, 一百零三, 一〇三, 廿一. None when it is anything else,
/// empty, or more than nine digits long.
pub fn number(text: &str) -> Option<u32> {
    let text = half_width(text);
    let text = text.trim();
    if text.is_empty() || text.chars().count() > 9 {
        return None;
    }
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok();
    }
    let numerals = text.chars().map(numeral_of).collect::<Option<Vec<_>>>()?;
    if numerals.iter().all(|numeral| matches!(numeral, Numeral::Digit(_))) {
        return numerals.iter().try_fold(0_u32, |sum, numeral| match numeral {
            Numeral::Digit(digit) => sum.checked_mul(10)?.checked_add(*digit),
            _ => None,
        });
    }
    places(&numerals)
}

/// Adds up a numeral with tens: each unit below the one before it, each digit with its unit, the last may go without.
fn places(numerals: &[Numeral]) -> Option<u32> {
    let (mut sum, mut digit, mut below) = (0_u32, None, u32::MAX);
    for (at, numeral) in numerals.iter().enumerate() {
        match *numeral {
            Numeral::Digit(0) if digit.is_none() && at > 0 => {}
            Numeral::Digit(value) if value > 0 && digit.is_none() => digit = Some(value),
            // 十二 may leave out the one before its ten, 一百十 too.
            Numeral::Ten(unit) if unit < below && (digit.is_some() || unit == 10) => {
                sum = sum.checked_add(digit.take().unwrap_or(1).checked_mul(unit)?)?;
                below = unit;
            }
            Numeral::Tens(value) if digit.is_none() && below > 10 => {
                sum = sum.checked_add(value)?;
                below = 10;
            }
            _ => return None,
        }
    }
    sum.checked_add(digit.unwrap_or(0))
}

/// Writes a number up to 99,999 as Chinese people say it: 3 三, 12 十二, 20 二十, 103 一百零三; larger ones in digits.
pub fn numeral(number: u32) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    const UNITS: [(u32, &str); 5] = [(10_000, "万"), (1000, "千"), (100, "百"), (10, "十"), (1, "")];
    if number > 99_999 {
        return number.to_string();
    }
    let digit = |value: u32| DIGITS.get(value as usize).copied().unwrap_or_default();
    if number == 0 {
        return digit(0).to_owned();
    }
    let (mut said, mut gap) = (String::new(), false);
    for (unit, word) in UNITS {
        let value = number / unit % 10;
        if value == 0 {
            gap = true;
            continue;
        }
        if gap && !said.is_empty() {
            said.push_str(digit(0));
        }
        gap = false;
        // 十二, not 一十二, at the head.
        if !(said.is_empty() && unit == 10 && value == 1) {
            said.push_str(digit(value));
        }
        said.push_str(word);
    }
    said
}

/// The words that may follow the number of a group, longest first.
const GROUP_WORDS: [&str; 6] = ["村民小组", "居民小组", "小组", "组", "生产队", "队"];

/// Reads the number of a group however it was written: 第三组, 三组, 3组, ３, 十二小组. None when no number is in it.
pub fn group(text: &str) -> Option<u32> {
    let text = half_width(text);
    let text = text.trim();
    let text = text.strip_prefix('第').unwrap_or(text);
    let bare = GROUP_WORDS.iter().find_map(|word| text.strip_suffix(word)).unwrap_or(text);
    number(bare).filter(|number| *number > 0)
}

/// Tells whether it is the word for a group and no more: 组, 第小组.
pub fn is_group_word(text: &str) -> bool {
    let text = half_width(text);
    let text = text.trim();
    GROUP_WORDS.contains(&text.strip_prefix('第').unwrap_or(text))
}

/// The words after which a number of a door is a number: 三号楼 is 3号楼, but 十里铺 stays.
const DOOR_WORDS: [char; 11] = ['号', '楼', '单', '栋', '幢', '排', '室', '户', '组', '巷', '弄'];

/// Writes the numbers of a door text in half-width digits: 五号楼二单元 is 5号楼2单元. Other words stay.
pub fn door(text: &str) -> String {
    let (mut out, mut run) = (String::new(), String::new());
    for ch in text.chars().map(half) {
        if numeral_of(ch).is_some() {
            run.push(ch);
            continue;
        }
        flush(&mut out, &run, Some(ch));
        run.clear();
        out.push(ch);
    }
    flush(&mut out, &run, None);
    out
}

/// Gives a door as it is compared: 6号, ６号 and 6 are one, and so are 6-1, 6号1 and 6号-1号. Nothing else of it is passed over: 6号院, 6号楼
/// and 6号东 are others.
pub fn same_door(text: &str) -> String {
    let text: Vec<char> = door(text).chars().filter(|ch| !ch.is_whitespace()).collect();
    let mut out = String::with_capacity(text.len());
    for (at, ch) in text.iter().enumerate() {
        let behind_digit = at.checked_sub(1).and_then(|before| text.get(before)).is_some_and(char::is_ascii_digit);
        match (ch, text.get(at + 1)) {
            ('号', None | Some('-')) if behind_digit => {}
            ('号', Some(next)) if behind_digit && next.is_ascii_digit() => out.push('-'),
            _ => out.push(*ch),
        }
    }
    out
}

fn flush(out: &mut String, run: &str, next: Option<char>) {
    match number(run) {
        Some(number) if next.is_some_and(|ch| DOOR_WORDS.contains(&ch)) => out.push_str(&number.to_string()),
        _ => out.push_str(run),
    }
}

#[cfg(test)]
mod tests {
    use super::{door, group, half_width, number, numeral, same_door};
    use std::borrow::Cow;

    #[test]
    fn full_width_forms_mean_the_same_as_half_width_ones() {
        assert_eq!(half_width("６＋！？＃，　ａＺ（）～。、"), "6+!?#, aZ()~.,");
        assert!(matches!(half_width("张守富 3组"), Cow::Borrowed(_)));
        assert_eq!(half_width("𬍛“引”"), "𬍛“引”");
    }

    #[test]
    fn numbers_are_read_in_digits_and_numerals() {
        let cases = [
            ("12", 12),
            ("１２", 12),
            ("三", 3),
            ("十", 10),
            ("十二", 12),
            ("二十", 20),
            ("二十一", 21),
            ("两百", 200),
            ("一百零三", 103),
            ("一百十", 110),
            ("一百二十", 120),
            ("一〇三", 103),
            ("二零二一", 2021),
            ("廿一", 21),
            ("叁拾", 30),
            ("一万二千", 12_000),
            ("零", 0),
        ];
        for (text, value) in cases {
            assert_eq!(number(text), Some(value), "{text}");
        }
        for text in
            ["", "组", "三组", "十十", "三五十", "百", "二十廿", "1十", "-1", "1234567890", "一二三四五六七八九十"]
        {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn every_number_said_is_read_back() {
        for value in (0..=2000).chain([9999, 10_000, 10_001, 10_010, 20_300, 99_999, 123_456]) {
            assert_eq!(number(&numeral(value)), Some(value), "{}", numeral(value));
        }
        assert_eq!(numeral(12), "十二");
        assert_eq!(numeral(20), "二十");
        assert_eq!(numeral(103), "一百零三");
        assert_eq!(numeral(110), "一百一十");
    }

    #[test]
    fn a_group_is_its_number_however_it_is_written() {
        for text in ["3", "３", "3组", "三组", "第三组", "３组", " 第3小组 ", "三村民小组"] {
            assert_eq!(group(text), Some(3), "{text}");
        }
        assert_eq!(group("十二组"), Some(12));
        for text in ["", "组", "东组", "0组", "3组12号"] {
            assert_eq!(group(text), None, "{text}");
        }
    }

    // A clerk's 6号 is the next one's 6.
    #[test]
    fn a_door_is_the_same_with_and_without_its_word_in_whatever_width() {
        for same in ["6号", "6", "６号", "６", "六号", " 6 号"] {
            assert_eq!(same_door(same), "6", "{same}");
        }
        for same in ["6-1", "6号1", "6号-1", "６－１", "6号1号", "6—1号", "六号1"] {
            assert_eq!(same_door(same), "6-1", "{same}");
        }
        for other in ["16号", "6号院", "6号楼", "6号东", "61", "六", "号6", "6-1-2", "东头", ""] {
            assert!(!["6", "6-1"].contains(&same_door(other).as_str()), "{other}");
        }
        assert_eq!(same_door("5号楼2单元301号"), "5号楼2单元301");
    }

    #[test]
    fn door_numbers_become_digits_and_names_stay() {
        assert_eq!(door("五号楼二单元３０１"), "5号楼2单元301");
        assert_eq!(door("十二号"), "12号");
        assert_eq!(door("十里铺东头"), "十里铺东头");
        assert_eq!(door("三"), "三");
    }
}
