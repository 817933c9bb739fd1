//! What was typed, taken apart: blanks mean AND, and the class of each token tells where it is looked for.

use crate::hanzi::forms;

use super::fold;

/// Which keys of names and places a token is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    /// Letters: initials and pinyin.
    Letters,
    /// 汉字 and anything else: the name as written.
    Written,
    /// Numbers: no names.
    None,
}

/// One token with the columns it is looked for in; a row matches where any of them does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// The token as folded.
    pub(super) text: String,
    /// How names and places are compared.
    pub(super) script: Script,
    /// Digits to find anywhere in a phone number; at least three.
    pub(super) phone: Option<String>,
    /// The number of a group, exactly.
    pub(super) group: Option<u16>,
    /// A door text, with whole numbers.
    pub(super) door: Option<String>,
}

/// Takes a typed line apart. Full-width forms are half-width; a number after other characters begins a token of its
/// own, so 东里东村3组12号 needs no blanks.
pub(super) fn tokens(typed: &str) -> Vec<Token> {
    let folded = fold::words(typed);
    folded.split([' ', ',', ';', '/', '*']).flat_map(at_numbers).filter_map(token).collect()
}

fn at_numbers(part: &str) -> Vec<&str> {
    let joins = |ch: char| ch.is_ascii_digit() || ch == '-';
    let pairs = part.char_indices().zip(part.chars().skip(1));
    let cuts =
        pairs.filter(|((_, ch), next)| next.is_ascii_digit() && !joins(*ch)).map(|((at, ch), _)| at + ch.len_utf8());
    let mut pieces = Vec::new();
    let mut from = 0;
    for end in cuts.chain([part.len()]) {
        // 第3组 is 3组.
        pieces.extend(part.get(from..end).map(|piece| piece.trim_end_matches('第')));
        from = end;
    }
    pieces
}

fn token(piece: &str) -> Option<Token> {
    if !piece.chars().any(char::is_alphanumeric) {
        return None;
    }
    let text = piece.to_owned();
    let only = |allowed: fn(u8) -> bool| piece.bytes().all(allowed);
    if only(|b| b.is_ascii_lowercase()) {
        return Some(Token { door: Some(text.clone()), text, script: Script::Letters, phone: None, group: None });
    }
    if only(|b| b.is_ascii_digit() || b == b'-') {
        return Some(number(text));
    }
    let group = forms::group(piece).filter(|_| forms::number(piece).is_none());
    let group = group.and_then(|group| u16::try_from(group).ok());
    let has_digit = piece.bytes().any(|b| b.is_ascii_digit());
    Some(match group {
        // 3组 is a group and nothing else; 三组 could be written in a name of a place too.
        Some(_) if has_digit => Token { text, script: Script::None, phone: None, group, door: None },
        Some(_) => Token { text, script: Script::Written, phone: None, group, door: None },
        None => Token { door: Some(forms::door(piece)), text, script: Script::Written, phone: None, group: None },
    })
}

fn number(text: String) -> Token {
    let digits: String = text.bytes().filter(u8::is_ascii_digit).map(char::from).collect();
    // +86 as copied from a telephone.
    let digits = match digits.strip_prefix("86") {
        Some(rest) if rest.len() == 11 => rest.to_owned(),
        _ => digits,
    };
    Token {
        group: text.parse().ok().filter(|group| *group > 0),
        phone: (digits.len() >= 3).then_some(digits),
        door: Some(text.trim_matches('-').to_owned()).filter(|door| !door.is_empty()),
        script: Script::None,
        text,
    }
}

#[cfg(test)]
mod tests {
    use super::{Script, tokens};

    fn texts(typed: &str) -> Vec<String> {
        tokens(typed).into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn blanks_commas_and_numbers_part_tokens() {
        assert_eq!(texts("　东里  ＺＳＦ，１３８ "), ["东里", "zsf", "138"]);
        assert_eq!(texts("东里东村第3组12号"), ["东里东村", "3组", "12号"]);
        assert_eq!(texts("5号楼2单元"), ["5号楼", "2单元"]);
        assert_eq!(texts("zsf138"), ["zsf", "138"]);
        assert!(texts(" ，+ -").is_empty());
    }

    #[test]
    fn the_class_of_a_token_picks_its_columns() {
        let one = |typed: &str| tokens(typed).into_iter().next().unwrap();
        assert_eq!(one("zsf").script, Script::Letters);
        assert_eq!(one("张").script, Script::Written);
        assert_eq!((one("3组").group, one("3组").script), (Some(3), Script::None));
        assert_eq!((one("三组").group, one("三组").script), (Some(3), Script::Written));
        assert_eq!(one("三").group, None);
        assert_eq!(one("0533-312").phone.as_deref(), Some("0533312"));
        assert_eq!(one("8613853301234").phone.as_deref(), Some("13853301234"));
        assert_eq!(one("12").phone, None);
        assert_eq!((one("12").group, one("12").door.as_deref()), (Some(12), Some("12")));
        assert_eq!(one("三号楼").door.as_deref(), Some("3号楼"));
    }
}
