//! The strip: sorting a sentence that is already written (Tab on the entry line).
//!
//! `1教育 2医疗 3环境 4农业 5治理 6文体 0其他 | + 较大  ++ 重大  ~ 长期  ! 当场解决  ? 建议  * 保密`. A digit picks, marks
//! toggle, Enter records. Marks cannot clash here: a mark takes the place of another. `+` goes on: once larger,
//! twice major, three times general again. Backspace makes it a note again, with every character as typed.

use super::astray::{leading, unspaced};
use super::plain::{behind_sign, note_written};
use super::{Entry, Signs, read_prefix, split, topic};
use crate::domain::class::Mark;
use crate::domain::fields::Field;

/// The strip over one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strip {
    line: String,
    text: String,
    /// The chosen or suggested field.
    pub field: Option<Field>,
    /// The chosen mark besides `*`.
    pub mark: Option<Mark>,
    /// Whether `*` is on.
    pub confidential: bool,
    /// Whether the line was set back to a note.
    pub note: bool,
    /// Whether a person chose something: even what is proposed.
    touched: bool,
}

/// What a person does in the strip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// A digit or a mark, in either width; others do nothing.
    Key(char),
    /// The next field, after the last the first.
    Next,
    /// The field before.
    Previous,
    /// Back to a note.
    Note,
}

impl Strip {
    /// Opens the strip: what a prefix says is chosen already, else the field that the words suggest. Of marks that
    /// clash none is chosen.
    pub fn open(line: &str) -> Self {
        let spaced = split(line).map(|(prefix, text)| (prefix.to_owned(), text));
        // Where the blank was left out the sentence stays text until it is sorted.
        let prefix = spaced.or_else(|| unspaced(line));
        let prefix = prefix.and_then(|(prefix, text)| Some((read_prefix(&prefix)?, prefix, text)));
        let (field, mark, confidential, text) = match prefix {
            Some((Ok(signs), _, text)) => (Some(signs.field), signs.mark, signs.confidential, text),
            Some((Err((field, _, _)), prefix, text)) => (Some(field), None, prefix.contains(['*', '＊']), text),
            // Said to be a note it is sorted whole.
            None => {
                let note = behind_sign(line).unwrap_or(line);
                (topic(note).map(|(field, _)| field), None, false, note)
            }
        };
        let (mark, confidential, text) = with_marks(mark, confidential, text);
        Self {
            line: line.to_owned(),
            text: text.trim().to_owned(),
            field,
            mark,
            confidential,
            note: false,
            touched: false,
        }
    }

    /// Tells whether a key means something here; another one closes the strip and goes to the line.
    pub fn takes(key: char) -> bool {
        Field::from_digit(key).is_some() || Mark::character(key).is_some()
    }

    /// Gives the strip after one press.
    #[must_use]
    pub fn press(mut self, press: Press) -> Self {
        match press {
            Press::Key(key) => return self.key(key),
            Press::Next => self.field = Some(self.neighbour(1)),
            Press::Previous => self.field = Some(self.neighbour(Field::ALL.len() - 1)),
            Press::Note => {
                (self.note, self.touched) = (true, true);
                return self;
            }
        }
        (self.note, self.touched) = (false, true);
        self
    }

    fn key(mut self, key: char) -> Self {
        let toggled = |mark| if self.mark == Some(mark) { None } else { Some(mark) };
        if let Some(field) = Field::from_digit(key) {
            self.field = Some(field);
        } else {
            match Mark::character(key) {
                Some('*') => self.confidential = !self.confidential,
                Some('+') => {
                    self.mark = match self.mark {
                        Some(Mark::Larger) => Some(Mark::Major),
                        Some(Mark::Major) => None,
                        _ => Some(Mark::Larger),
                    }
                }
                Some('~') => self.mark = toggled(Mark::LongTerm),
                Some('!') => self.mark = toggled(Mark::OnSite),
                Some('?') => self.mark = toggled(Mark::Suggestion),
                _ => return self,
            }
        }
        (self.note, self.touched) = (false, true);
        self
    }

    fn neighbour(&self, step: usize) -> Field {
        let at = self.field.and_then(|field| Field::ALL.iter().position(|other| *other == field));
        let to = match at {
            Some(at) => (at + step) % Field::ALL.len(),
            None if step == 1 => 0,
            None => Field::ALL.len() - 1,
        };
        Field::ALL.get(to).copied().unwrap_or(Field::Other)
    }

    /// Tells whether a person chose something here.
    pub fn is_touched(&self) -> bool {
        self.touched
    }

    /// Gives the sentence without a prefix.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Writes what is chosen as signs before the sentence, as one would type it: so it can wait. As typed where nothing was
    /// chosen but what the words suggest; a sign without a field waits under 其他, and is chosen anew.
    pub fn written(&self) -> String {
        if self.note {
            return note_written(self.note());
        }
        if !self.touched {
            return self.line.clone();
        }
        let field = self.field.unwrap_or(Field::Other);
        match (Signs { field, mark: self.mark, confidential: self.confidential }).on(&self.text) {
            Entry::Issue(issue) => issue.written(),
            _ => self.line.clone(),
        }
    }

    /// Gives the line as a note, with every character.
    fn note(&self) -> &str {
        behind_sign(&self.line).unwrap_or(self.line.trim())
    }

    /// Gives what Enter records.
    pub fn entry(&self) -> Entry {
        if self.line.trim().is_empty() {
            return Entry::Empty;
        }
        if self.note {
            return Entry::Note(self.note().to_owned());
        }
        match self.field {
            Some(field) => Signs { field, mark: self.mark, confidential: self.confidential }.on(&self.text),
            None => Entry::Unfielded(self.text.clone()),
        }
    }
}

/// Takes up marks that stand before the words without their field, `* …` and `4 + …`: the strip gives them one.
fn with_marks(mark: Option<Mark>, confidential: bool, text: &str) -> (Option<Mark>, bool, &str) {
    let read = |(marks, rest)| Some((read_prefix(&format!("{}{marks}", Field::Other.digit()))?.ok()?, rest));
    match leading(text.trim()).and_then(read) {
        Some((signs, rest)) if mark.is_none() || signs.mark.is_none() => {
            (mark.or(signs.mark), confidential || signs.confidential, rest)
        }
        _ => (mark, confidential, text),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::class::{Class, Kind};
    use crate::domain::entry::{IssueLine, parse};

    fn pressed(line: &str, keys: &str) -> Strip {
        keys.chars().fold(Strip::open(line), |strip, key| strip.press(Press::Key(key)))
    }

    fn issue(strip: &Strip) -> IssueLine {
        match strip.entry() {
            Entry::Issue(issue) => issue,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_suggested_field_is_chosen_and_a_digit_picks_another() {
        let line = "村文化大院晚上不开门";
        assert_eq!(issue(&Strip::open(line)).field, Field::Culture);
        let chosen = issue(&pressed(line, "5*"));
        assert_eq!((chosen.field, chosen.confidential, chosen.text.as_str()), (Field::Governance, true, line));
    }

    #[test]
    fn marks_toggle_and_take_each_others_place() {
        let class = |keys| issue(&pressed("机井坏了", keys)).class;
        assert_eq!(class(""), Class::General);
        assert_eq!(class("+"), Class::Larger);
        assert_eq!(class("++"), Class::Major);
        assert_eq!(class("+++"), Class::General);
        assert_eq!(class("+~"), Class::LongTerm);
        assert_eq!(class("~~"), Class::General);
        assert_eq!(class("~!"), Class::OnSite);
        assert_eq!(issue(&pressed("机井坏了", "!?")).kind, Kind::Suggestion);
        assert!(!issue(&pressed("机井坏了", "**")).confidential);
    }

    #[test]
    fn a_line_that_only_looked_like_a_prefix_becomes_a_note_with_every_character() {
        let strip = Strip::open(" 3 户也说过 ");
        assert_eq!((strip.field, strip.text()), (Some(Field::Environment), "户也说过"));
        assert_eq!(strip.clone().press(Press::Note).entry(), Entry::Note("3 户也说过".to_owned()));
        assert_eq!(issue(&strip.press(Press::Note).press(Press::Key('5'))).field, Field::Governance);
        assert_eq!(Strip::open("6").press(Press::Note).entry(), Entry::Note("6".to_owned()));
    }

    // It waited as it was typed, and was an issue again.
    #[test]
    fn a_line_set_back_to_a_note_waits_as_one() {
        for line in ["3 户也说过", "6+", "6+~ 路", "路灯不亮"] {
            let written = Strip::open(line).press(Press::Note).written();
            assert_eq!(parse(&written), Entry::Note(line.to_owned()), "{written}");
            // Sorted after all it is whole.
            assert_eq!(issue(&Strip::open(&written).press(Press::Key('5'))).text, line);
        }
        assert_eq!(Strip::open("路灯不亮 ").written(), "路灯不亮 ", "nothing was chosen");
    }

    #[test]
    fn marks_that_clash_in_the_line_are_put_right_here() {
        let strip = Strip::open("6+~* 路");
        assert_eq!((strip.field, strip.mark, strip.confidential), (Some(Field::Culture), None, true));
        assert_eq!(issue(&strip.press(Press::Key('～'))).class, Class::LongTerm);
        assert!(!Strip::open("6+~ 路*").confidential);
    }

    #[test]
    fn marks_without_their_field_are_taken_up_here() {
        let strip = Strip::open("* 文化大院晚上不开门");
        assert_eq!((strip.field, strip.confidential, strip.text()), (Some(Field::Culture), true, "文化大院晚上不开门"));
        assert_eq!(issue(&Strip::open("4 + 修路")).class, Class::Larger);
        // Tab was offered for it, and left a general problem that began with `4+`.
        for line in ["4+机井坏了", "４＋机井坏了"] {
            let strip = Strip::open(line);
            assert_eq!((issue(&strip).class, strip.text()), (Class::Larger, "机井坏了"));
            assert_eq!(strip.written(), line, "nothing was chosen");
            assert_eq!(strip.press(Press::Note).entry(), Entry::Note(line.to_owned()));
        }
        assert_eq!(issue(&Strip::open("4++*机井坏了")).class, Class::Major);
        assert_eq!(issue(&Strip::open("4 ++机井坏了")).class, Class::Major);
        for line in ["*5 低保评得不公", "5*：低保评得不公"] {
            let taken = issue(&Strip::open(line));
            assert_eq!(
                (taken.field, taken.confidential, taken.text.as_str()),
                (Field::Governance, true, "低保评得不公")
            );
        }
        assert_eq!(Strip::open("5~8月没水").text(), "5~8月没水");
        assert_eq!(Strip::open("* 说话").press(Press::Note).entry(), Entry::Note("* 说话".to_owned()));
        assert_eq!(Strip::open("*").press(Press::Note).entry(), Entry::Note("*".to_owned()));
    }

    #[test]
    fn without_a_field_nothing_is_guessed() {
        let strip = Strip::open("昨天来过");
        assert_eq!(strip.entry(), Entry::Unfielded("昨天来过".to_owned()));
        assert_eq!(issue(&strip.clone().press(Press::Next)).field, Field::Education);
        assert_eq!(issue(&strip.clone().press(Press::Previous)).field, Field::Other);
        assert_eq!(issue(&strip.press(Press::Previous).press(Press::Next)).field, Field::Education);
        assert_eq!(Strip::open("  ").press(Press::Key('6')).entry(), Entry::Empty);
    }

    proptest! {
        #[test]
        fn either_width_does_the_same_and_other_keys_nothing(keys in "[0-9+~!?*a ]{0,8}") {
            let wide: String = keys.chars().map(|key| match key {
                ' ' => '\u{3000}',
                _ => char::from_u32(key as u32 + 0xFEE0).unwrap(),
            }).collect();
            prop_assert_eq!(pressed("机井坏了", &keys), pressed("机井坏了", &wide));
            let known: String = keys.chars().filter(|key| Strip::takes(*key)).collect();
            prop_assert_eq!(pressed("机井坏了", &keys), pressed("机井坏了", &known));
        }

        #[test]
        fn before_and_after_say_the_same(prefix in "[0-6][+]{0,2}[*]?", text in "[一-龥]{1,6}") {
            prop_assert_eq!(pressed(&text, &prefix).entry(), parse(&format!("{prefix} {text}")));
        }
    }
}
