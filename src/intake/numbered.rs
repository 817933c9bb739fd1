//! A number within the cell of a name: 赵六13853301234, 赵六(电话 138 5330 1234). A whole phone and an identity number are
//! taken out of the name, with the word that only says what they are. Fewer digits may be of a name: 沂源县第1234567合作社.

use super::{kinds, letters, phones};
use crate::domain::hidden::{self, Piece};

/// Words that say no more than that a phone follows.
const LABELS: [&str; 12] =
    ["联系电话", "电话号码", "手机号码", "手机号", "电话", "手机", "座机", "固话", "号码", "tel", "Tel", "TEL"];

/// What a cell says without its numbers, and the numbers.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Apart {
    /// The cell without them; a stroke stands where one stood between words.
    pub rest: String,
    /// The phones, as they are written, a stroke between them; empty where all were identity numbers.
    pub phones: String,
}

/// Takes whole phones and identity numbers out of a cell; None where it has none. Any other number may be of the name.
pub(super) fn apart(cell: &str) -> Option<Apart> {
    if !hidden::tells(cell) {
        return None;
    }
    let pieces = hidden::pieces(&letters::plain(cell));
    let business = is_business(&pieces);
    let (mut rest, mut phones, mut any) = (String::new(), String::new(), false);
    for (at, piece) in pieces.iter().enumerate() {
        let behind = pieces.get(at + 1..).unwrap_or_default();
        match piece {
            Piece::Words(words) => rest.push_str(words),
            Piece::Phone(number)
                if !is_whole(number) || is_among_letters(&rest, behind) || (business && !is_last(behind)) =>
            {
                rest.push_str(number);
            }
            Piece::Phone(phone) => {
                (rest, any) = (stroke(&rest), true);
                phones.push_str(if phones.is_empty() { "" } else { "/" });
                phones.push_str(phone);
            }
            Piece::Identity(_) => (rest, any) = (stroke(&rest), true),
        }
    }
    any.then(|| Apart { rest: bare(&rest).to_owned(), phones })
}

/// Tells whether a number is a mobile, or a land line with its area code.
fn is_whole(number: &str) -> bool {
    phones::read(number, None).numbers.iter().any(|number| number.starts_with(['0', '1']))
}

/// Tells whether a number touches letters, as within the code of a business; those that say that a phone follows do not count.
fn is_among_letters(before: &str, behind: &[Piece]) -> bool {
    let labelled = LABELS.iter().any(|label| before.ends_with(label));
    let letter = |c: char| c.is_ascii_alphabetic();
    (before.ends_with(letter) && !labelled)
        || matches!(behind.first(), Some(Piece::Words(words)) if words.starts_with(letter))
}

/// Tells whether the cell names a business: its numbers aside, and what stands in brackets.
fn is_business(pieces: &[Piece]) -> bool {
    let words = words(pieces);
    kinds::is_business(bare(words.split('(').next().unwrap_or_default()))
}

/// Tells whether no word follows.
fn is_last(behind: &[Piece]) -> bool {
    !words(behind).contains(char::is_alphanumeric)
}

fn words(pieces: &[Piece]) -> String {
    let words = pieces.iter().filter_map(|piece| match piece {
        Piece::Words(words) => Some(words.as_str()),
        Piece::Phone(_) | Piece::Identity(_) => None,
    });
    words.collect()
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
            ("周十(电话：0533-3540001)", "周十(/)", "0533-3540001"),
            ("赵六TEL13853301234", "赵六", "13853301234"),
            ("沂源源泉超市13853301234", "沂源源泉超市", "13853301234"),
            ("沂源源泉超市(店主 0533-3540001)", "沂源源泉超市(店主/)", "0533-3540001"),
            ("沂源源泉超市(370323194901016444)", "沂源源泉超市(/)", ""),
            ("赵六37032319490101644X", "赵六", ""),
            ("13853301234", "", "13853301234"),
        ] {
            assert_eq!(apart(cell), Some(Apart { rest: rest.into(), phones: phones.into() }), "{cell}");
        }
        for cell in ["赵六", "张三2", "赵六(小名: 铁蛋)", "沂源县101超市", "2021-05-18"] {
            assert_eq!(apart(cell), None, "{cell}");
        }
    }

    // Names of businesses came apart, and seven digits got an area code before them.
    #[test]
    fn what_is_no_whole_phone_stays_where_it_stands() {
        for cell in [
            "沂源县第1234567合作社",
            "沂源县鲁村镇2021001号合作社",
            "沂源县第13853301234合作社",
            "沂源源泉超市(92370323MA3ABCDE1X)",
            "沂源源泉超市(MA13853301234)",
            "赵六13853301234K",
            "吴九2021051",
            "赵六3541234",
            "赵六1385330123",
            "赵六138533012345",
        ] {
            assert_eq!(apart(cell), None, "{cell}");
        }
    }
}
