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

/// Hides identity and account numbers, masked ones too; mobile numbers stay.
pub fn identities(text: &str) -> String {
    numbers(text, false)
}

/// Hides identity and account numbers, and the middle of mobile numbers.
pub fn for_other_eyes(text: &str) -> String {
    numbers(text, true)
}

/// Copies a text, hiding numbers in it. Digits belong together across one blank or dash between them, unless each part
/// is a mobile number of its own.
fn numbers(text: &str, mobiles: bool) -> String {
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
            () if mobiles && is_mobile(piece) => {
                let digits: String = piece.iter().filter(|c| is_digit(**c)).collect();
                out.push_str(&Phone::masked(&digits));
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

fn is_separator(c: char) -> bool {
    matches!(c, ' ' | '-' | '\u{3000}' | '－')
}

/// Tells whether a character is a digit, or stands for a hidden one.
fn is_digit(c: char) -> bool {
    forms::half(c).is_ascii_digit() || matches!(c, '*' | '＊' | '×' | '●')
}

#[cfg(test)]
mod tests {
    use super::{for_other_eyes, identities};

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
}
