//! What went astray before the words: marks in `* …` without a field, `4 + …` with a blank between, `5*…` without one before the
//! words, `*5 …` before the field, `… *` behind the words; a digit that is no field's, `8 …`; and a field with a sign where the blank
//! belongs, `4、…`. All of it stays text, as every sentence that does not begin with a prefix does; but whoever wrote it likely meant a
//! prefix, so it is said and asked about.

use super::{Entry, IssueLine, topic};
use crate::domain::class::Mark;
use crate::domain::fields::Field;
use crate::hanzi::{forms, is_han};

/// What stands as words in an entry and was likely meant as its prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Astray {
    /// Marks; with the prefix that they belong to, `5*`.
    Marks(String),
    /// A digit that is no field's.
    NoField(char),
    /// A field with a sign behind it in the place of a blank.
    NoBlank(Field),
}

/// The signs that stand behind a number in lists, in half width; 。 is the point of an input method.
const BEHIND_NUMBERS: [char; 7] = ['、', '.', '。', ',', ':', ';', ')'];
/// The marks that no sentence has before or behind it, as it has ! and ? and ~.
const NO_WORDS: [char; 2] = ['*', '+'];

impl Entry {
    /// Gives what was likely meant as a prefix of this entry and is none; nothing where all of it is words.
    pub fn astray(&self) -> Option<Astray> {
        match self {
            Self::Note(text) => {
                let Some((field, marks, rest)) = of_note(text).or_else(|| behind(text)) else {
                    return no_field(text).or_else(|| no_blank(text));
                };
                let field = field.or_else(|| topic(rest).map(|(field, _)| field)).unwrap_or(Field::Governance);
                Some(Astray::Marks(format!("{}{marks}", field.digit())))
            }
            Self::Issue(issue) => {
                let marks = leading(&issue.text).map(|(marks, _)| marks);
                let marks = marks.or_else(|| glued(&issue.text)).or_else(|| Some(behind(&issue.text)?.1))?;
                let written = IssueLine { text: String::new(), ..issue.clone() }.written();
                Some(Astray::Marks(format!("{}{marks}", written.trim_end())))
            }
            _ => None,
        }
    }
}

/// Takes marks from the front of a text, where a blank or nothing follows; `*` and `+` before a word are some without a blank too.
pub(super) fn leading(text: &str) -> Option<(String, &str)> {
    let (marks, rest) = run(text);
    let is_apart = rest.chars().next().is_none_or(char::is_whitespace);
    let is_before_word = marks.contains(NO_WORDS) && rest.starts_with(char::is_alphabetic);
    (!marks.is_empty() && (is_apart || is_before_word)).then(|| (marks, rest.trim()))
}

/// Reads field and marks that were written right before the words, without the blank between, `5*…`: the prefix and the words.
pub(super) fn unspaced(text: &str) -> Option<(String, &str)> {
    let (field, marks, words) = of_note(text.trim_start())?;
    Some((format!("{}{marks}", field?.digit()), words))
}

/// Reads the marks of a note, with the field that was written right before them. `5～8月` and `3+1` are sentences.
fn of_note(text: &str) -> Option<(Option<Field>, String, &str)> {
    if let Some((marks, rest)) = leading(text) {
        return Some((None, marks, rest));
    }
    let mut chars = text.chars();
    let Some(field) = chars.next().and_then(Field::from_digit) else { return before_field(text) };
    let (marks, rest) = run(chars.as_str());
    let words = rest.strip_prefix(|sign| BEHIND_NUMBERS.contains(&forms::half(sign))).map_or(rest, str::trim_start);
    let is_meant = marks.chars().any(|mark| mark != '~') && words.starts_with(char::is_alphabetic);
    is_meant.then_some((Some(field), marks, words))
}

/// Reads marks that were written before their field: `*5 …`, `+4 …`; without a blank `*5…`.
fn before_field(text: &str) -> Option<(Option<Field>, String, &str)> {
    let (before, rest) = run(text);
    let mut chars = rest.chars();
    let field = chars.next().and_then(Field::from_digit)?;
    let (behind, words) = run(chars.as_str());
    let is_apart = words.starts_with(char::is_whitespace) && !words.trim().is_empty();
    let is_hidden = before.contains('*') && words.starts_with(char::is_alphabetic);
    let is_meant = before.contains(NO_WORDS) && (is_apart || is_hidden);
    is_meant.then(|| (Some(field), before + &behind, words.trim()))
}

/// Reads `*` and `+` that were written behind the words: `低保评得不公 *`.
fn behind(text: &str) -> Option<(Option<Field>, String, &str)> {
    let text = text.trim_end();
    let words = text.trim_end_matches(|sign| NO_WORDS.contains(&forms::half(sign)));
    let marks: String = text.get(words.len()..)?.chars().map(forms::half).collect();
    let is_words = words.ends_with(|last: char| last.is_whitespace() || is_han(last)) && !words.trim().is_empty();
    (is_words && !marks.is_empty()).then_some((None, marks, words))
}

/// Takes marks that stand right before the words of an issue: `5 !吵架`. `5 ~八月` is a sentence.
fn glued(text: &str) -> Option<String> {
    let (marks, rest) = run(text);
    (marks.chars().any(|mark| mark != '~') && rest.starts_with(char::is_alphabetic)).then_some(marks)
}

/// Reads a digit that is no field's, with a blank behind it or behind its marks: `8 校车只到村口`. `8个人没地` is a sentence.
fn no_field(text: &str) -> Option<Astray> {
    let mut chars = text.chars();
    let digit = chars.next().map(forms::half).filter(char::is_ascii_digit)?;
    let (marks, rest) = run(chars.as_str());
    let is_before_word = marks.contains(NO_WORDS) && rest.starts_with(char::is_alphabetic);
    let is_one = Field::from_digit(digit).is_none() && (rest.starts_with(char::is_whitespace) || is_before_word);
    is_one.then_some(Astray::NoField(digit))
}

/// Reads a field with a sign behind it in the place of a blank: `4、井坏了`, `4.井坏`. `3、4号` and `6.5亩地` are sentences.
fn no_blank(text: &str) -> Option<Astray> {
    let mut chars = text.chars();
    let field = chars.next().and_then(Field::from_digit)?;
    let sign = chars.next().map(forms::half)?;
    let is_meant = BEHIND_NUMBERS.contains(&sign) && chars.as_str().trim_start().starts_with(char::is_alphabetic);
    is_meant.then_some(Astray::NoBlank(field))
}

/// Takes the run of marks from the front, in half width.
fn run(text: &str) -> (String, &str) {
    let marks: String = text.chars().map_while(Mark::character).collect();
    let rest = text.char_indices().nth(marks.chars().count()).and_then(|(at, _)| text.get(at..));
    (marks, rest.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::{Astray, Field};

    #[test]
    fn marks_that_stand_as_words_are_seen_and_named_with_their_field() {
        for (line, prefix) in [
            ("* 低保评得不公", "5*"),
            ("＊　文化大院晚上不开门", "6*"),
            ("*说句不好听的", "5*"),
            ("*", "5*"),
            ("+ 机井坏了", "4+"),
            ("++ 机井坏了", "4++"),
            ("! 机井坏了", "4!"),
            ("？ 村里想办戏台", "6?"),
            ("4 + 修路", "4+"),
            ("4+ * 修路", "4+*"),
            ("5*说句不好听的", "5*"),
            ("4＋机井坏了", "4+"),
            // These were plain words, and what was to be hidden was not.
            ("*5 低保评得不公", "5*"),
            ("*5低保评得不公", "5*"),
            ("＋4 机井坏了", "4+"),
            ("+4+ 机井坏了", "4++"),
            ("5*：低保评得不公", "5*"),
            ("4+、机井坏了", "4+"),
            ("5*he said so", "5*"),
            ("4+pump is broken", "4+"),
            ("++机井坏了", "4++"),
            ("4 ++机井坏了", "4++"),
            ("5 !吵架", "5!"),
            ("低保评得不公 *", "5*"),
            ("低保评得不公＊", "5*"),
            ("4 机井坏了 ++", "4++"),
        ] {
            assert_eq!(parse(line).astray(), Some(Astray::Marks(prefix.to_owned())), "{line}");
        }
        for line in [
            "机井坏了",
            "3组机井坏了",
            "5~8月",
            "5～八月没水",
            "3+1",
            "6+ 机井",
            "6",
            "6+~ 路",
            "60岁以上",
            "？！真的",
            "+5度",
            "!5 个人",
            "~5 月",
            "5 ~八月没水",
            "今年18+",
            "真的吗?",
            "按95598*",
            "",
        ] {
            assert_eq!(parse(line).astray(), None, "{line}");
        }
    }

    // 8 校车只到村口 was a note, and nobody heard that there is no field 8.
    #[test]
    fn a_digit_that_is_no_field_and_a_sign_in_the_place_of_the_blank_are_seen() {
        for (line, astray) in [
            ("8 校车只到村口", Astray::NoField('8')),
            ("7 井坏", Astray::NoField('7')),
            ("９　井坏", Astray::NoField('9')),
            ("8+ 井坏", Astray::NoField('8')),
            ("9! 好", Astray::NoField('9')),
            ("7 个人", Astray::NoField('7')),
            ("4、井坏了", Astray::NoBlank(Field::Agriculture)),
            ("4.井坏", Astray::NoBlank(Field::Agriculture)),
            ("4. 井坏", Astray::NoBlank(Field::Agriculture)),
            ("4,井坏", Astray::NoBlank(Field::Agriculture)),
            ("４，井坏", Astray::NoBlank(Field::Agriculture)),
            ("4。井坏", Astray::NoBlank(Field::Agriculture)),
            ("4：井坏", Astray::NoBlank(Field::Agriculture)),
            ("0、别的", Astray::NoBlank(Field::Other)),
            ("4；井坏", Astray::NoBlank(Field::Agriculture)),
            ("4）井坏", Astray::NoBlank(Field::Agriculture)),
            ("4.pump", Astray::NoBlank(Field::Agriculture)),
            ("8+井坏", Astray::NoField('8')),
            ("9*说句不好听的", Astray::NoField('9')),
        ] {
            assert_eq!(parse(line).astray(), Some(astray), "{line}");
        }
        for line in [
            "3户人家",
            "3、4号",
            "3, 4号",
            "8个人没地",
            "8",
            "8、9号",
            "6.5亩地",
            "4:30来的",
            "10 个人",
            "12345打了没人管",
            "、井坏",
            "4、",
        ] {
            assert_eq!(parse(line).astray(), None, "{line}");
        }
    }
}
