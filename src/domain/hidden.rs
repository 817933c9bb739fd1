//! Numbers that tell a person, hidden in any text that is shown or kept as text.
//!
//! A column may be recognised wrongly or not at all, so what its cells look like decides, not what the header says: an
//! identity or account number loses every digit, a mobile number the middle ones.

use super::Phone;
use crate::hanzi::forms;

/// Digits of a mobile number.
const MOBILE: usize = 11;
/// From so many digits on a number is no phone with a digit too many: identity numbers have 15 or 18, accounts 16 to 19.
const LONG: usize = 15;
/// From so many digits on a number may be a phone, a mobile with a digit too many or a land line without its area code.
const LIKE_A_PHONE: usize = 7;
/// The widest gap between digits that may be of one phone, in characters.
const GAP: usize = 3;

/// Which numbers are hidden beside those that are long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phones {
    Stay,
    Mobiles,
    WhateverMayBeOne,
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words, and numbers that tell nobody.
    Words(String),
    /// What may be a phone, as it is written.
    Phone(String),
    /// An identity or account number, as it is written.
    Identity(String),
}

/// Hides identity and account numbers, masked ones too; mobile numbers stay.
pub fn identities(text: &str) -> String {
    numbers(text, Phones::Stay)
}

/// Hides identity and account numbers, and the middle of mobile numbers; the door of a flat, 12-1-1201, stays.
pub fn for_other_eyes(text: &str) -> String {
    numbers(text, Phones::Mobiles)
}

/// Hides identity and account numbers, and the middle of whatever may be a phone, however many digits it has; days stay.
pub fn for_lists(text: &str) -> String {
    numbers(text, Phones::WhateverMayBeOne)
}

/// Tells whether [`for_lists`] hides something of a text.
pub fn tells(text: &str) -> bool {
    has_digits(text) && for_lists(text) != text
}

/// Tells whether a text has as many digits as a number that is hidden has at least.
fn has_digits(text: &str) -> bool {
    text.chars().filter(|c| is_digit(*c)).count() >= LIKE_A_PHONE
}

/// Takes a text apart into words and the numbers that [`for_lists`] hides.
pub fn pieces(text: &str) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for (run, is_number) in runs(text, Phones::WhateverMayBeOne) {
        let said: String = run.iter().collect();
        match out.last_mut() {
            _ if is_number && count(&run) >= LONG => out.push(Piece::Identity(said)),
            _ if is_number && is_like_a_phone(&run) => out.push(Piece::Phone(said)),
            Some(Piece::Words(words)) => words.push_str(&said),
            _ => out.push(Piece::Words(said)),
        }
    }
    out
}

/// Copies a text, hiding numbers in it.
fn numbers(text: &str, phones: Phones) -> String {
    if !has_digits(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for (run, is_number) in runs(text, phones) {
        match () {
            () if !is_number => out.extend(run),
            () if count(&run) >= LONG => {
                out.extend(run.iter().map(|c| if is_digit(*c) || is_x(*c) { '*' } else { *c }));
            }
            () if phones != Phones::Stay && is_mobile(&run) => {
                let digits: String = run.iter().filter(|c| is_digit(**c)).collect();
                out.push_str(&Phone::masked(&digits));
            }
            () if phones == Phones::WhateverMayBeOne && is_like_a_phone(&run) => out.push_str(&middle_hidden(&run)),
            () => out.extend(run),
        }
    }
    out
}

/// Takes a text apart into runs of digits, each with what stands between them, and runs without any.
fn runs(text: &str, phones: Phones) -> Vec<(Vec<char>, bool)> {
    let chars: Vec<char> = text.chars().collect();
    let mut out: Vec<(Vec<char>, bool)> = Vec::new();
    let mut at = 0;
    while let Some(c) = chars.get(at) {
        let rest = chars.get(at..).unwrap_or_default();
        if is_digit(*c) {
            let length = length(rest, phones).max(1);
            out.push((rest.get(..length).unwrap_or_default().to_vec(), true));
            at += length;
            continue;
        }
        match out.last_mut() {
            Some((run, false)) => run.push(*c),
            _ => out.push((vec![*c], false)),
        }
        at += 1;
    }
    out
}

/// Gives how far a number goes that a text begins with. Digits belong together over a gap between them, unless one part is
/// a whole number of its own, or a day.
fn length(text: &[char], phones: Phones) -> usize {
    let part = |from: usize| tight(text.get(from..).unwrap_or_default());
    let is_whole = |part: &[char]| is_mobile(part) || count(part) >= LONG;
    let first = part(0);
    let mut at = first.len();
    while !is_whole(&first) && !is_day(text.get(..at).unwrap_or_default()) {
        let gap = text.iter().skip(at).take_while(|c| is_separator(**c, phones)).count();
        let next = part(at + gap);
        let most = if phones == Phones::Stay { 1 } else { GAP };
        if gap == 0 || gap > most || next.is_empty() || is_whole(&next) {
            break;
        }
        at += gap + next.len();
    }
    at
}

/// Gives the digits that a text begins with, and the X of an identity number behind them.
fn tight(text: &[char]) -> Vec<char> {
    let digits = text.iter().take_while(|c| is_digit(**c)).count();
    let with_x = matches!(digits, 14 | 17) && text.get(digits).is_some_and(|c| is_x(*c));
    text.get(..digits + usize::from(with_x)).unwrap_or_default().to_vec()
}

fn count(run: &[char]) -> usize {
    run.iter().filter(|c| is_digit(**c) || is_x(**c)).count()
}

fn is_x(c: char) -> bool {
    matches!(forms::half(c), 'x' | 'X')
}

fn is_mobile(run: &[char]) -> bool {
    count(run) == MOBILE && run.first().is_some_and(|c| forms::half(*c) == '1')
}

fn is_like_a_phone(run: &[char]) -> bool {
    count(run) >= LIKE_A_PHONE && !is_day(run) && !is_door(run)
}

/// Tells whether a run of digits is written as a day is: 2021-05-18.
fn is_day(run: &[char]) -> bool {
    let parts: Vec<usize> = run.split(|c| !is_digit(*c)).map(<[char]>::len).collect();
    matches!(parts.as_slice(), [4, 1 | 2, 1 | 2])
}

/// Tells whether a run of digits is written as the door of a flat is, house, stairs and flat with dashes: 12-1-1201. A phone written
/// with dashes begins with three digits at least.
fn is_door(run: &[char]) -> bool {
    let dashes =
        run.iter().filter(|c| !is_digit(**c)).all(|c| matches!(forms::half(*c), '-' | '\u{2010}'..='\u{2015}'));
    let mut parts = run.split(|c| !is_digit(*c)).map(<[char]>::len);
    dashes && parts.next().is_some_and(|first| first <= 2) && parts.all(|part| (1..=4).contains(&part))
}

/// Hides the middle of a number: of a short one more than of a mobile, as less of it is needed to ring it up.
fn middle_hidden(run: &[char]) -> String {
    let digits: Vec<char> = run.iter().copied().filter(|c| is_digit(*c)).collect();
    let (before, behind) = if digits.len() >= MOBILE { (3, 4) } else { (2, 2) };
    let hidden = |(at, c): (usize, &char)| if at >= before && at + behind < digits.len() { '*' } else { *c };
    digits.iter().enumerate().map(hidden).collect()
}

/// Tells whether a character may stand between digits of one number; dots and brackets only where nothing is lost by it.
fn is_separator(c: char, phones: Phones) -> bool {
    match forms::half(c) {
        ' ' | '-' => true,
        '(' | ')' | '.' | '\u{2010}'..='\u{2015}' => phones != Phones::Stay,
        _ => false,
    }
}

/// Tells whether a character is a digit, or stands for a hidden one.
fn is_digit(c: char) -> bool {
    forms::half(c).is_ascii_digit() || matches!(c, '*' | '＊' | '×' | '●')
}

#[cfg(test)]
mod tests {
    use super::{Piece, for_lists, for_other_eyes, identities, pieces};

    #[test]
    fn identity_numbers_lose_every_digit_wherever_they_stand() {
        for said in
            ["370323194901016444", "37032319490101644X", "370323 19490101 6444", "３７０３２３１９４９０１０１６４４４"]
        {
            for hidden in [identities(said), for_other_eyes(said)] {
                assert!(!hidden.chars().any(|c| c.is_numeric() || c == 'X'), "{said}: {hidden}");
            }
        }
        assert_eq!(identities("张守富 370323490101123 3组"), "张守富 *************** 3组");
        assert_eq!(identities("3703231949****644X"), "******************");
        assert_eq!(identities("卡号6222021604001234567"), "卡号*******************");
    }

    #[test]
    fn mobile_numbers_lose_their_middle_for_other_eyes_alone() {
        assert_eq!(identities("电话13853301234"), "电话13853301234");
        assert_eq!(for_other_eyes("13853301234/13905331111"), "138****1234/139****1111");
        assert_eq!(for_other_eyes("13853301234 13905331111"), "138****1234 139****1111");
        assert_eq!(for_other_eyes("138-5330-1234"), "138****1234");
        assert_eq!(for_other_eyes("１３８５３３０１２３４"), "１３８****１２３４");
    }

    #[test]
    fn other_numbers_stay() {
        for said in
            ["东里东村3组12号", "2021-05-18", "0533-3549817", "人口 4", "3.70323E+17", "5号楼2单元301", "12-1-1201"]
        {
            assert_eq!(for_other_eyes(said), said);
        }
    }

    // A running number before it made one number of both, which is none: the phone stood whole in the list of doubts.
    #[test]
    fn a_phone_behind_another_number_is_hidden_all_the_same() {
        assert_eq!(for_other_eyes("12 13853301234"), "12 138****1234");
        assert_eq!(for_lists("3-5 13853301234"), "3-5 138****1234");
    }

    // Two days beside one another have the digits of an account, and were lost from a remark for good.
    #[test]
    fn days_beside_one_another_are_no_account() {
        for said in ["2019-10-15 2021-12-20", "2019-10-15—2021-12-20", "2019.10.15-2021.12.20"] {
            assert_eq!(identities(said), said);
        }
        assert_eq!(for_lists("2019-10-15 2021-12-20"), "2019-10-15 2021-12-20");
    }

    #[test]
    fn gaps_dots_and_brackets_hide_no_phone_from_being_hidden() {
        for said in [
            "赵六138  5330  1234",
            "赵六(138)5330-1234",
            "赵六138.5330.1234",
            "赵六１３８\u{3000}５３３０　１２３４",
            "赵六138—5330—1234",
        ] {
            let half: String = for_lists(said).chars().map(crate::hanzi::forms::half).collect();
            assert!(half.starts_with("赵六") && half.ends_with("138****1234"), "{said}: {half}");
        }
    }

    #[test]
    fn a_text_comes_apart_into_words_phones_and_identity_numbers() {
        let phone = |said: &str| Piece::Phone(said.into());
        let words = |said: &str| Piece::Words(said.into());
        assert_eq!(pieces("赵六3组138 5330 1234"), [words("赵六3组"), phone("138 5330 1234")]);
        assert_eq!(pieces("13853301234/3549817"), [phone("13853301234"), words("/"), phone("3549817")]);
        assert_eq!(pieces("赵六37032319490101644X"), [words("赵六"), Piece::Identity("37032319490101644X".into())]);
        assert_eq!(pieces("2021-05-18"), [words("2021-05-18")]);
    }

    // A mobile number with a digit too many stood in full in the list of what is to be checked.
    #[test]
    fn whatever_may_be_a_phone_loses_its_middle_in_lists() {
        for (said, hidden) in [
            ("13853300001", "138****0001"),
            ("138533000019", "138*****0019"),
            ("1385330001", "13******01"),
            ("0533-3549817", "053****9817"),
            ("女儿 3549817", "女儿 35***17"),
            ("１３８５３３００００１９", "１３８*****００１９"),
        ] {
            assert_eq!(for_lists(said), hidden);
        }
        for said in
            ["东里东村3组12号", "2021-05-18", "1949-1-1", "人口 4", "5号楼2单元301", "100100", "12-1-1201", "3—10—1201"]
        {
            assert_eq!(for_lists(said), said);
        }
    }
}
