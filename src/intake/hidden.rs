//! Numbers that tell a person, hidden in any text that is shown or kept as text.
//!
//! A column may be recognised wrongly or not at all, so what its cells look like decides, not what the header says: an
//! identity or account number loses every digit, a mobile number the middle ones.

use crate::domain::Phone;
use crate::hanzi::forms;

/// Digits of a mobile number.
const MOBILE: usize = 11;
/// From so many digits on a number is no phone with a digit too many: identity numbers have 15 or 18, accounts 16 to 19.
const LONG: usize = 15;

/// From so many digits on a number may be a phone, a mobile with a digit too many or a land line without its area code.
const LIKE_A_PHONE: usize = 7;

/// Which numbers are hidden beside those that are long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phones {
    Stay,
    Mobiles,
    WhateverMayBeOne,
}

/// Hides identity and account numbers, masked ones too; mobile numbers stay.
pub fn identities(text: &str) -> String {
    numbers(text, Phones::Stay)
}

/// Hides identity and account numbers, and the middle of mobile numbers.
pub fn for_other_eyes(text: &str) -> String {
    numbers(text, Phones::Mobiles)
}

/// Hides identity and account numbers, and the middle of whatever may be a phone, however many digits it has; days stay.
pub fn for_lists(text: &str) -> String {
    numbers(text, Phones::WhateverMayBeOne)
}

/// Copies a text, hiding numbers in it. Digits belong together across one blank or dash between them, unless each part
/// is a mobile number of its own.
fn numbers(text: &str, phones: Phones) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(c) = chars.get(at) {
        if !is_digit(*c) {
            out.push(*c);
            at += 1;
            continue;
        }
        let rest = chars.get(at..).unwrap_or_default();
        let tight = run(rest, false);
        let loose = run(rest, true);
        let length = if is_mobile(&tight) || count(&tight) >= LONG { tight.len() } else { loose.len() };
        let piece = rest.get(..length).unwrap_or_default();
        match () {
            () if count(piece) >= LONG => out.extend(piece.iter().map(|c| if is_separator(*c) { *c } else { '*' })),
            () if phones != Phones::Stay && is_mobile(piece) => {
                let digits: String = piece.iter().filter(|c| is_digit(**c)).collect();
                out.push_str(&Phone::masked(&digits));
            }
            () if phones == Phones::WhateverMayBeOne && count(piece) >= LIKE_A_PHONE && !is_day(piece) => {
                out.push_str(&middle_hidden(piece));
            }
            () => out.extend(piece),
        }
        at += length.max(1);
    }
    out
}

/// Gives the run of digits that a text begins with; `loose` goes on over single separators.
fn run(text: &[char], loose: bool) -> Vec<char> {
    let mut out: Vec<char> = Vec::new();
    for (at, c) in text.iter().enumerate() {
        let next = text.get(at + 1).is_some_and(|next| is_digit(*next));
        let last_of_identity = matches!(forms::half(*c), 'x' | 'X') && matches!(count(&out), 14 | 17);
        if is_digit(*c) || last_of_identity || (loose && is_separator(*c) && next) {
            out.push(*c);
        } else {
            break;
        }
    }
    out
}

fn count(run: &[char]) -> usize {
    run.iter().filter(|c| !is_separator(**c)).count()
}

fn is_mobile(run: &[char]) -> bool {
    count(run) == MOBILE && run.first().is_some_and(|c| forms::half(*c) == '1')
}

/// Tells whether a run of digits is written as a day is: 2021-05-18.
fn is_day(run: &[char]) -> bool {
    let parts: Vec<usize> = run.split(|c| is_separator(*c)).map(<[char]>::len).collect();
    matches!(parts.as_slice(), [4, 1 | 2, 1 | 2])
}

/// Hides the middle of a number: of a short one more than of a mobile, as less of it is needed to ring it up.
fn middle_hidden(run: &[char]) -> String {
    let digits: Vec<char> = run.iter().copied().filter(|c| is_digit(*c)).collect();
    let (before, behind) = if digits.len() >= MOBILE { (3, 4) } else { (2, 2) };
    let hidden = |(at, c): (usize, &char)| if at >= before && at + behind < digits.len() { '*' } else { *c };
    digits.iter().enumerate().map(hidden).collect()
}

fn is_separator(c: char) -> bool {
    matches!(c, ' ' | '-' | '\u{3000}' | '－')
}

/// Tells whether a character is a digit, or stands for a hidden one.
fn is_digit(c: char) -> bool {
    forms::half(c).is_ascii_digit() || matches!(c, '*' | '＊' | '×' | '●')
}

#[cfg(test)]
mod tests {
    use super::{for_lists, for_other_eyes, identities};

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
        for said in ["东里东村3组12号", "2021-05-18", "0533-3549817", "人口 4", "3.70323E+17", "5号楼2单元301"]
        {
            assert_eq!(for_other_eyes(said), said);
        }
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
        for said in ["东里东村3组12号", "2021-05-18", "1949-1-1", "人口 4", "5号楼2单元301", "100100"] {
            assert_eq!(for_lists(said), said);
        }
    }
}
