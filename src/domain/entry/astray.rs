//! Marks that went astray: `* …` without a field, `4 + …` with a blank between, `5*…` without one before the words. They stay text,
//! as every sentence that does not begin with a prefix does; but whoever wrote a mark meant one, so it is said and asked about.

use super::{Entry, IssueLine, topic};
use crate::domain::class::Mark;
use crate::domain::fields::Field;
use crate::hanzi::is_han;

impl Entry {
    /// Gives the prefix that the marks which stand as words in this entry belong to, `5*`; none where no mark does.
    pub fn astray(&self) -> Option<String> {
        match self {
            Self::Note(text) => {
                let (field, marks, rest) = of_note(text)?;
                let field = field.or_else(|| topic(rest).map(|(field, _)| field)).unwrap_or(Field::Governance);
                Some(format!("{}{marks}", field.digit()))
            }
            Self::Issue(issue) => {
                let (marks, _) = leading(&issue.text)?;
                let written = IssueLine { text: String::new(), ..issue.clone() }.written();
                Some(format!("{}{marks}", written.trim_end()))
            }
            _ => None,
        }
    }
}

/// Takes marks from the front of a text, where a blank or nothing follows; 保密 before a word is one without a blank too.
pub(super) fn leading(text: &str) -> Option<(String, &str)> {
    let (marks, rest) = run(text);
    let is_apart = rest.chars().next().is_none_or(char::is_whitespace);
    let is_hidden = marks.contains('*') && rest.starts_with(is_han);
    (!marks.is_empty() && (is_apart || is_hidden)).then(|| (marks, rest.trim()))
}

/// Reads the marks of a note, with the field that was written right before them. `5～8月` and `3+1` are sentences.
fn of_note(text: &str) -> Option<(Option<Field>, String, &str)> {
    if let Some((marks, rest)) = leading(text) {
        return Some((None, marks, rest));
    }
    let mut chars = text.chars();
    let field = chars.next().and_then(Field::from_digit)?;
    let (marks, rest) = run(chars.as_str());
    let is_meant = marks.chars().any(|mark| mark != '~') && rest.starts_with(is_han);
    is_meant.then_some((Some(field), marks, rest))
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
        ] {
            assert_eq!(parse(line).astray().as_deref(), Some(prefix), "{line}");
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
            "",
        ] {
            assert_eq!(parse(line).astray(), None, "{line}");
        }
    }
}
