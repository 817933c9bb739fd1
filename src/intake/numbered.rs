//! A number within the cell of a name: 赵六13853301234, 赵六(电话 138 5330 1234). It is taken out of the name, with the word
//! that only says what it is.

use super::letters;
use crate::domain::hidden::{self, Piece};

/// Words that say no more than that a phone follows.
const LABELS: [&str; 12] =
    ["联系电话", "电话号码", "手机号码", "手机号", "电话", "手机", "座机", "固话", "号码", "tel", "Tel", "TEL"];

/// What a cell says without its numbers, and the numbers.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Apart {
    /// The cell without them; a stroke stands where one stood between words.
    pub rest: String,
    /// What may be phones, as they are written, a stroke between them; empty where all were identity numbers.
    pub phones: String,
}

/// Takes the numbers out of a cell; None where it has none.
pub(super) fn apart(cell: &str) -> Option<Apart> {
    if !hidden::tells(cell) {
        return None;
    }
    let (mut rest, mut phones) = (String::new(), String::new());
    for piece in hidden::pieces(&letters::plain(cell)) {
        match piece {
            Piece::Words(words) => rest.push_str(&words),
            Piece::Phone(phone) => {
                rest = stroke(&rest);
                phones.push_str(if phones.is_empty() { "" } else { "/" });
                phones.push_str(&phone);
            }
            Piece::Identity(_) => rest = stroke(&rest),
        }
    }
    Some(Apart { rest: bare(&rest).to_owned(), phones })
}

/// Puts a stroke where a number stood, in the place of what belonged to it.
fn stroke(before: &str) -> String {
    format!("{}/", bare(before))
}

/// Gives words without strokes and labels at their ends.
pub(super) fn bare(words: &str) -> &str {
    let mut words = words;
    loop {
        let trimmed = words.trim_matches(|c: char| {
            c.is_whitespace() || matches!(c, '/' | ',' | ';' | ':' | '-' | '+' | '、' | '；' | '：')
        });
        let without =
            LABELS.iter().find_map(|label| trimmed.strip_suffix(label).or_else(|| trimmed.strip_prefix(label)));
        match without {
            Some(without) => words = without,
            None => return trimmed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Apart, apart};

    #[test]
    fn a_number_is_taken_out_with_the_word_that_says_what_it_is() {
        for (cell, rest, phones) in [
            ("赵六13853301234", "赵六", "13853301234"),
            ("赵六 138 5330 1234", "赵六", "138 5330 1234"),
            ("赵六１３８５３３０１２３４", "赵六", "13853301234"),
            ("赵六（13853301234）", "赵六(/)", "13853301234"),
            ("赵六(电话：13853301234)", "赵六(/)", "13853301234"),
            ("赵六 手机:13853301234", "赵六", "13853301234"),
            ("13853301234赵六", "赵六", "13853301234"),
            ("赵六13853301234/13905331111", "赵六", "13853301234/13905331111"),
            ("赵六13853301234 李四13905331111", "赵六/ 李四", "13853301234/13905331111"),
            ("赵六3541234", "赵六", "3541234"),
            ("赵六37032319490101644X", "赵六", ""),
            ("13853301234", "", "13853301234"),
        ] {
            assert_eq!(apart(cell), Some(Apart { rest: rest.into(), phones: phones.into() }), "{cell}");
        }
        for cell in ["赵六", "张三2", "赵六(小名: 铁蛋)", "沂源县101超市", "2021-05-18"] {
            assert_eq!(apart(cell), None, "{cell}");
        }
    }
}
