//! One form for what is stored and what is typed, so that equal things compare equal byte by byte.

use crate::hanzi::{clean, forms};

/// Folds words: cleaned, half-width, lower case; name dots and the index's own separator out, `ü` typed as `v`.
pub(super) fn words(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for ch in clean::line(text).chars().map(forms::half) {
        match ch {
            '·' | '•' | '・' => {}
            '|' => folded.push(' '),
            'ü' | 'Ü' => folded.push('v'),
            _ if ch.is_ascii() => folded.push(ch.to_ascii_lowercase()),
            _ => folded.extend(ch.to_lowercase()),
        }
    }
    folded
}

/// Folds a name: as [`words`], with no blanks at all (张 三 is 张三).
pub(super) fn name(text: &str) -> String {
    let mut folded = words(text);
    folded.retain(|ch| ch != ' ');
    folded
}

/// Folds a door text: as [`name`], its numbers in digits; a bare number is a 号.
pub(super) fn door(text: &str) -> String {
    let mut folded = forms::door(&name(text));
    if !folded.is_empty() && folded.bytes().all(|b| b.is_ascii_digit()) {
        folded.push('号');
    }
    folded
}

/// Keeps the digits of a phone number.
pub(super) fn phone(text: &str) -> String {
    text.chars().map(forms::half).filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::{door, name, phone};

    #[test]
    fn stored_and_typed_forms_become_one() {
        assert_eq!(name("阿依古丽 • 买买提"), "阿依古丽买买提");
        assert_eq!(name("张\u{3000}Ａ|Ü"), "张av");
        assert_eq!(door("１２"), "12号");
        assert_eq!(door("五号楼 二单元"), "5号楼2单元");
        assert_eq!(phone("138-5330 １２３４"), "13853301234");
    }
}
