//! The entry line: say first, sort after (`screens.md`, rule 3).
//!
//! Plain text is a note 备注. `field marks blank text` is an issue: `6 …`, `6+ …`, `4++* …`, `5! …`, `6? …`. The blank
//! makes it a prefix, so `3组机井坏了`, `60岁以上`, `12345打了没人管` and `5~8月` stay text. Full-width forms mean the same.
//!
//! What the grammar leaves open was decided by what a person expects who talks while typing:
//! - Blanks before the prefix mean nothing: input methods leave them behind.
//! - At most one of `+ ++ ~ ! ?`, for each gives the issue another clock; `*` goes with any. The same mark twice is
//!   that mark, and more than two pluses are `++`. Two different ones are a [`Entry::Clash`]: the line stays where it is, with a
//!   sentence, since either choice could be the wrong one.
//! - A prefix without text (`6`, `6+ `) is [`Entry::Unfinished`]: it shows what it will be, and Enter asks for the
//!   text. A note that is only `6` is made in the strip.
//! - A sentence that happens to begin like a prefix (`3 户也说过`) is seen at once, for the preview names a field; in
//!   the [`Strip`] it is set back to a note, whole; such a note is written with a sign before it (`entry/plain.rs`).

mod astray;
mod plain;
mod preview;
mod speaker;
mod strip;
mod suggest;

pub use astray::Astray;
pub use plain::note_written;
pub use preview::{Length, preview};
pub use speaker::{Called, Speakers, named_before, named_in, speakers, spoken_on};
pub use strip::{Press, Strip};
pub use suggest::{suggest, topic, words_in, wrong_in};

use super::class::{Class, Kind, Mark};
use super::fields::Field;
use crate::text::{Trouble, t};

/// What a line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// Nothing, or blanks.
    Empty,
    /// A note 备注.
    Note(String),
    /// An issue with its proposed class.
    Issue(IssueLine),
    /// A prefix whose text is still to come.
    Unfinished(Signs),
    /// Two marks that cannot both be meant.
    Clash {
        /// The field.
        field: Field,
        /// The mark that came first.
        first: Mark,
        /// The one that does not go with it.
        second: Mark,
        /// The text after the prefix.
        text: String,
    },
    /// Sorting was asked for and no field chosen; only the strip says this.
    Unfielded(String),
}

/// What a prefix or the strip says of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signs {
    /// The field.
    pub field: Field,
    /// The one mark besides `*`; none is a general problem.
    pub mark: Option<Mark>,
    /// `*` 保密.
    pub confidential: bool,
}

/// An issue as it was said on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueLine {
    /// The field.
    pub field: Field,
    /// The proposed class 拟定级.
    pub class: Class,
    /// A problem or a suggestion.
    pub kind: Kind,
    /// Hidden in talk, notice and export.
    pub confidential: bool,
    /// What was said.
    pub text: String,
}

impl IssueLine {
    /// Tells whether it was solved on the spot: what was done is asked for, and it counts as told.
    pub fn on_site(&self) -> bool {
        self.class == Class::OnSite
    }

    /// Gives the signs that say this.
    pub fn signs(&self) -> Signs {
        let mark = match self.kind {
            Kind::Suggestion => Some(Mark::Suggestion),
            Kind::Problem | Kind::Stock => Mark::ALL.iter().copied().find(|mark| mark.class() == Some(self.class)),
        };
        Signs { field: self.field, mark, confidential: self.confidential }
    }

    /// Writes the line that reads as this issue again.
    pub fn written(&self) -> String {
        let signs = self.signs();
        let star = if signs.confidential { Mark::Confidential.word() } else { "" };
        format!("{}{}{star} {}", signs.field.digit(), signs.mark.map_or("", Mark::word), self.text)
    }
}

impl Signs {
    /// Gives the proposed class: general unless marked.
    pub fn class(self) -> Class {
        self.mark.and_then(Mark::class).unwrap_or(Class::General)
    }

    /// Gives the kind: a problem unless marked as a suggestion.
    pub fn kind(self) -> Kind {
        if self.mark == Some(Mark::Suggestion) { Kind::Suggestion } else { Kind::Problem }
    }

    /// Puts the signs on a sentence.
    pub fn on(self, text: &str) -> Entry {
        let text = text.trim();
        if text.is_empty() {
            return Entry::Unfinished(self);
        }
        Entry::Issue(IssueLine {
            field: self.field,
            class: self.class(),
            kind: self.kind(),
            confidential: self.confidential,
            text: text.to_owned(),
        })
    }
}

/// Reads a line.
pub fn parse(line: &str) -> Entry {
    if line.trim().is_empty() {
        return Entry::Empty;
    }
    if let Some(note) = plain::behind_sign(line) {
        return Entry::Note(note.to_owned());
    }
    let Some((prefix, text)) = split(line) else {
        return Entry::Note(line.trim().to_owned());
    };
    match read_prefix(prefix) {
        Some(Ok(signs)) => signs.on(text),
        Some(Err((field, first, second))) => Entry::Clash { field, first, second, text: text.trim().to_owned() },
        None => Entry::Note(line.trim().to_owned()),
    }
}

/// Splits a line that begins with a prefix into the prefix, without the blanks before it, and what follows, with the
/// blank; nothing is lost between them. A line without one is `None`.
pub fn split(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start();
    let mut chars = line.char_indices();
    chars.next().and_then(|(_, key)| Field::from_digit(key))?;
    match chars.find(|(_, typed)| Mark::character(*typed).is_none()) {
        None => Some((line, "")),
        Some((at, blank)) if blank.is_whitespace() => line.split_at_checked(at),
        Some(_) => None,
    }
}

fn read_prefix(prefix: &str) -> Option<Result<Signs, (Field, Mark, Mark)>> {
    let mut chars = prefix.chars();
    let field = Field::from_digit(chars.next()?)?;
    let mut signs = Signs { field, mark: None, confidential: false };
    for typed in chars.filter_map(Mark::character) {
        let next = match (typed, signs.mark) {
            ('*', _) => {
                signs.confidential = true;
                continue;
            }
            ('+', Some(Mark::Larger | Mark::Major)) => Mark::Major,
            ('+', _) => Mark::Larger,
            ('~', _) => Mark::LongTerm,
            ('!', _) => Mark::OnSite,
            (_, _) => Mark::Suggestion,
        };
        match signs.mark {
            Some(first) if first != next && (first, next) != (Mark::Larger, Mark::Major) => {
                return Some(Err((field, first, next)));
            }
            _ => signs.mark = Some(next),
        }
    }
    Some(Ok(signs))
}

impl Entry {
    /// Says why Enter cannot record this entry yet; nothing where it can, or where the line is empty.
    pub fn refusal(&self) -> Option<Trouble> {
        match self {
            Self::Empty | Self::Note(_) | Self::Issue(_) => None,
            Self::Unfinished(signs) => Some(
                Trouble::new(
                    "entry-no-text",
                    t("选了 {field}, 还没写内容.", "{field} is chosen, the text is missing.")
                        .with("digit", signs.field.digit())
                        .with_words("field", signs.field.name()),
                )
                .hint(t(
                    "空一格接着写; 只想记成备注, 在 Tab 归类里按 Backspace.",
                    "Type a blank and the text; for a plain note press Backspace in the strip that Tab opens.",
                )),
            ),
            Self::Clash { first, second, .. } => Some(
                Trouble::new(
                    "entry-marks-clash",
                    t(
                        "{first} {a} 和 {second} {b} 不能同时用. 这句还在输入行里, 没有记下.",
                        "{first} {a} and {second} {b} exclude each other. The line is still here, not yet recorded.",
                    )
                    .with("first", first.word())
                    .with_words("a", first.name())
                    .with("second", second.word())
                    .with_words("b", second.name()),
                )
                .hint(t(
                    "去掉一个再按 Enter; 拿不准就都不写, 甄别时再定.",
                    "Take one away; if in doubt both, screening decides.",
                )),
            ),
            Self::Unfielded(_) => Some(
                Trouble::new(
                    "entry-no-field",
                    t("还没选领域, 这句没有记下.", "No field is chosen, nothing was recorded."),
                )
                .hint(t(
                    "按 1 到 6, 其他按 0; 只记备注按退格.",
                    "Press 1 to 6, 0 for other; Backspace for a plain note.",
                )),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::Lang;

    fn issue(line: &str) -> IssueLine {
        match parse(line) {
            Entry::Issue(issue) => issue,
            other => panic!("{line}: {other:?}"),
        }
    }

    fn wide(line: &str) -> String {
        let widen = |ch: char| match ch {
            ' ' => '\u{3000}',
            '!'..='~' => char::from_u32(ch as u32 + 0xFEE0).unwrap(),
            _ => ch,
        };
        line.chars().map(widen).collect()
    }

    #[test]
    fn the_prefix_forms_of_the_screens_are_read_in_either_width() {
        for (line, field, class, kind, confidential) in [
            ("6 想要个广场", Field::Culture, Class::General, Kind::Problem, false),
            ("6+ 想要个广场", Field::Culture, Class::Larger, Kind::Problem, false),
            ("4++* 想要个广场", Field::Agriculture, Class::Major, Kind::Problem, true),
            ("5! 想要个广场", Field::Governance, Class::OnSite, Kind::Problem, false),
            ("6? 想要个广场", Field::Culture, Class::General, Kind::Suggestion, false),
            ("6~ 想要个广场", Field::Culture, Class::LongTerm, Kind::Problem, false),
            ("0* 想要个广场", Field::Other, Class::General, Kind::Problem, true),
            ("1+*+ 想要个广场", Field::Education, Class::Major, Kind::Problem, true),
        ] {
            let (prefix, text) = line.split_once(' ').unwrap();
            let wide_prefix = wide(prefix);
            for line in [line.to_owned(), format!("{wide_prefix}\u{3000}{text}"), format!("  {wide_prefix} {text} ")] {
                let expected = IssueLine { field, class, kind, confidential, text: text.to_owned() };
                assert_eq!(issue(&line), expected, "{line}");
            }
        }
    }

    #[test]
    fn sentences_that_begin_with_a_number_stay_text() {
        for line in [
            "3组机井坏了",
            "60岁以上",
            "12345打了没人管",
            "5~8月",
            "7 个人",
            "9! 好",
            "6.5亩地",
            "+ 较大",
            "６０岁以上",
            "5～8月没水",
            "3+1",
        ] {
            assert_eq!(parse(line), Entry::Note(line.to_owned()), "{line}");
        }
    }

    #[test]
    fn a_prefix_without_text_is_unfinished_and_blanks_are_nothing() {
        for line in ["6", "6 ", "６＋", "6+　", " 6* "] {
            let entry = parse(line);
            assert!(matches!(&entry, Entry::Unfinished(signs) if signs.field == Field::Culture), "{line}: {entry:?}");
            assert_eq!(entry.refusal().unwrap().kind, "entry-no-text");
        }
        for line in ["", " ", "　"] {
            assert_eq!(parse(line), Entry::Empty);
        }
    }

    #[test]
    fn marks_that_exclude_each_other_are_said_and_not_guessed() {
        for (line, first, second) in [
            ("6+~ 路", Mark::Larger, Mark::LongTerm),
            ("6!++ 路", Mark::OnSite, Mark::Larger),
            ("6++! 路", Mark::Major, Mark::OnSite),
            ("6?*! 路", Mark::Suggestion, Mark::OnSite),
        ] {
            let entry = parse(line);
            let expected = Entry::Clash { field: Field::Culture, first, second, text: "路".to_owned() };
            assert_eq!(entry, expected, "{line}");
            assert!(entry.refusal().unwrap().say(Lang::Zh).contains("不能同时用"));
        }
        assert_eq!(issue("6!! 路").class, Class::OnSite);
        assert_eq!(issue("6+++ 路").class, Class::Major);
    }

    #[test]
    fn refusals_have_no_unfilled_place() {
        for entry in [parse("6"), parse("6+~ 路"), Entry::Unfielded("路".to_owned())] {
            for lang in [Lang::Zh, Lang::En] {
                assert!(!entry.refusal().unwrap().say(lang).contains('{'));
            }
        }
    }

    proptest! {
        #[test]
        fn nothing_that_was_typed_is_lost(line in "[ 　]?[0-9０-９]{0,2}[+!?*~＋！？＊～〜]{0,4}[ 　]?[ -~　-龥]{0,12}") {
            match parse(&line) {
                Entry::Empty => prop_assert!(line.trim().is_empty()),
                Entry::Note(text) => prop_assert_eq!(text, plain::behind_sign(&line).unwrap_or(line.trim())),
                entry => {
                    let (prefix, rest) = split(&line).unwrap();
                    prop_assert_eq!(format!("{prefix}{rest}"), line.trim_start());
                    let text = match entry {
                        Entry::Issue(issue) => issue.text,
                        Entry::Clash { text, .. } => text,
                        _ => String::new(),
                    };
                    prop_assert_eq!(text, rest.trim());
                }
            }
        }

        #[test]
        fn width_changes_nothing(prefix in "[0-9]{0,2}[+!?*~]{0,4}", blank in "[ ]{0,2}", text in "[一-龥]{0,6}") {
            let half = parse(&format!("{prefix}{blank}{text}"));
            let full = parse(&format!("{}{}{text}", wide(&prefix), wide(&blank)));
            match (half, full) {
                // A note keeps the width it was typed in.
                (Entry::Note(half), Entry::Note(full)) => prop_assert_eq!(wide(&half), wide(&full)),
                (half, full) => prop_assert_eq!(half, full),
            }
        }

        #[test]
        fn an_issue_is_written_as_it_is_read(prefix in "[0-6][+]{0,2}[*]?", text in "[一-龥0-9]{1,6}") {
            let read = issue(&format!("{prefix} {text}"));
            prop_assert_eq!(issue(&read.written()), read);
        }

        #[test]
        fn any_line_is_read_without_complaint(line in any::<String>()) {
            let _ = parse(&line).refusal();
        }
    }
}
