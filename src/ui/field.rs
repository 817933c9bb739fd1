//! A text field: one line of text with a cursor, edited by what people see as one character, shown in up to three rows.
//!
//! Positions are byte offsets that always lie between graphemes; columns are counted as the terminal counts them
//! (汉字 two). What comes in is cleaned: no control, bidirectional or invisible characters, line ends become blanks. The
//! cursor shown is the terminal's own, so that an input method's window stands beside it.

mod proposed;
mod shown;

use std::ops::Range;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use crate::hanzi::{clean, forms};
pub use shown::{ROWS, Shown};

/// Bounds what is typed in one field in bytes, 5,461 汉字; a key or a paste that would go beyond it does not go in.
pub const MOST: usize = 16 * 1024;
/// The bytes of a 汉字, by which people are told how much has room.
const HAN: usize = 3;

/// Says what a key or a paste did to a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    /// The text is another one now.
    Changed,
    /// Only the cursor moved.
    Moved,
    /// The field has no use for the key.
    Ignored,
    /// It would be longer than [`MOST`]: nothing went in.
    Full,
}

/// Holds a line of text, its cursor, and what can be taken back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Field {
    text: String,
    cursor: usize,
    past: Vec<Step>,
    /// What stood in it before anybody typed: the place's own proposal, and nothing of a person's to be taken back.
    given: String,
    /// What was given is only likely: the first character typed takes its place.
    is_proposal: bool,
    /// Somebody moved or erased in it: what is typed stands beside it.
    is_touched: bool,
}

/// The field before a change.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Step {
    text: String,
    cursor: usize,
    kind: Kind,
}

/// What a change was; typing one character after another is one step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Typed,
    Erased,
    Swept,
}

impl Field {
    /// Starts an empty field.
    pub fn new() -> Self {
        Self::default()
    }

    /// Starts a field with a text and the cursor at its end.
    pub fn with(text: &str) -> Self {
        let mut field = Self::new();
        field.set(text, usize::MAX);
        field
    }

    /// Gives the text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Gives the cursor, in bytes from the start of the text.
    pub const fn cursor(&self) -> usize {
        self.cursor
    }

    /// Tells whether there is no text.
    pub const fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Puts a text and a cursor back, from a draft for example; nothing before that can be taken back.
    pub fn set(&mut self, text: &str, cursor: usize) {
        self.text = keep_ends(text);
        self.cursor = 0;
        self.cursor = self.boundary_at(cursor);
        self.past.clear();
        self.is_touched = true;
    }

    /// Puts in what the place itself proposes: Ctrl-Z leads back to it and never takes of it.
    pub fn give(&mut self, text: &str) {
        self.set(text, usize::MAX);
        self.given.clone_from(&self.text);
        self.is_touched = false;
    }

    /// Takes the text out and leaves the field empty.
    pub fn take(&mut self) -> String {
        self.past.clear();
        self.given.clear();
        self.is_proposal = false;
        self.cursor = 0;
        std::mem::take(&mut self.text)
    }

    /// Gives how many 汉字 have room still.
    pub const fn room(&self) -> usize {
        MOST.saturating_sub(self.text.len()) / HAN
    }

    /// Inserts text at the cursor, cleaned: all of it or, where it has no room, nothing.
    pub fn insert(&mut self, text: &str) -> Edit {
        let clean = keep_ends(text);
        let clean = clean.as_str();
        if clean.is_empty() {
            return Edit::Ignored;
        }
        if clean.len() > MOST.saturating_sub(self.text.len()) {
            return Edit::Full;
        }
        // U+20BB7 and a blank: the rare character itself. Ctrl-Z gives the letters back.
        if clean == " "
            && let Some((at, ch)) = forms::code_point(self.text.get(..self.cursor).unwrap_or_default())
        {
            self.remember(Kind::Swept);
            self.text.replace_range(at..self.cursor, ch.encode_utf8(&mut [0; 4]));
            self.cursor = self.boundary_at(at + ch.len_utf8());
            return Edit::Changed;
        }
        let one = clean.graphemes(true).nth(1).is_none();
        self.remember(if one { Kind::Typed } else { Kind::Swept });
        if self.gives_way() && !clean.trim().is_empty() {
            self.text.clear();
            self.cursor = 0;
        }
        self.is_touched = true;
        self.text.insert_str(self.cursor, clean);
        // A mark typed after its letter joins it: the cursor goes behind the whole character.
        self.cursor = self.boundary_at(self.cursor + clean.len());
        Edit::Changed
    }

    /// Takes a key; keys that are commands elsewhere (Enter, Tab, arrows up and down) are never taken.
    pub fn key(&mut self, event: &KeyEvent) -> Edit {
        let control = event.modifiers.contains(KeyModifiers::CONTROL);
        let alt = event.modifiers.contains(KeyModifiers::ALT);
        let word = control || alt;
        match event.code {
            KeyCode::Char(ch) if control == alt => self.insert(ch.encode_utf8(&mut [0; 4])),
            KeyCode::Char('h') if control => self.erase(self.left()),
            KeyCode::Char('u') if control => self.erase(0..self.cursor),
            KeyCode::Char('k') if control => self.erase(self.cursor..self.text.len()),
            KeyCode::Char('b') if alt => self.go(self.word_left()),
            KeyCode::Char('f') if alt => self.go(self.word_right()),
            KeyCode::Backspace if word => self.erase(self.word_left()..self.cursor),
            KeyCode::Backspace => self.erase(self.left()),
            KeyCode::Delete if word => self.erase(self.cursor..self.word_right()),
            KeyCode::Delete => self.erase(self.right()),
            KeyCode::Left if word => self.go(self.word_left()),
            KeyCode::Left => self.go(self.left().start),
            KeyCode::Right if word => self.go(self.word_right()),
            KeyCode::Right => self.go(self.right().end),
            KeyCode::Home => self.go(0),
            KeyCode::End => self.go(self.text.len()),
            _ => Edit::Ignored,
        }
    }

    /// Tells whether Ctrl-Z belongs to the field: while it has text, or when one key swept all of it away.
    pub fn can_take_back(&self) -> bool {
        !self.text.is_empty() || self.past.last().is_some_and(|step| step.kind == Kind::Swept)
    }

    /// Lets text that was swept away go for good: what was recorded since is taken back first.
    pub fn forget_swept(&mut self) {
        if self.text.is_empty() {
            self.past.clear();
        }
    }

    /// Takes back the last change; text that came from a draft goes word by word, or gives way to what stood there before.
    pub fn take_back(&mut self) -> Edit {
        if let Some(step) = self.past.pop() {
            self.text = step.text;
            self.cursor = step.cursor;
            self.is_touched = self.text != self.given;
            return Edit::Changed;
        }
        self.cursor = self.text.len();
        if !self.given.is_empty() {
            let is_typed = self.text != self.given;
            self.is_touched = false;
            self.text.clone_from(&self.given);
            self.cursor = self.text.len();
            return if is_typed { Edit::Changed } else { Edit::Ignored };
        }
        let word = self.word_left();
        if word == self.cursor {
            return Edit::Ignored;
        }
        self.text.truncate(word);
        self.cursor = word;
        Edit::Changed
    }

    fn go(&mut self, to: usize) -> Edit {
        let is_kept = self.gives_way();
        self.is_touched = true;
        if to == self.cursor && !is_kept {
            return Edit::Ignored;
        }
        self.cursor = to;
        Edit::Moved
    }

    fn erase(&mut self, range: Range<usize>) -> Edit {
        let Some(gone) = self.text.get(range.clone()).filter(|gone| !gone.is_empty()) else { return Edit::Ignored };
        let one = gone.graphemes(true).nth(1).is_none();
        self.remember(if one { Kind::Erased } else { Kind::Swept });
        self.is_touched = true;
        self.cursor = range.start;
        self.text.drain(range);
        Edit::Changed
    }

    /// Keeps the field as it is now, unless this change goes on with the one before.
    fn remember(&mut self, kind: Kind) {
        let blank = self.text.ends_with(' ');
        let goes_on = self.past.last().is_some_and(|step| step.kind == kind && kind != Kind::Swept) && !blank;
        if !goes_on {
            self.past.push(Step { text: self.text.clone(), cursor: self.cursor, kind });
        }
    }

    fn left(&self) -> Range<usize> {
        let start = GraphemeCursor::new(self.cursor, self.text.len(), true).prev_boundary(&self.text, 0);
        start.ok().flatten().unwrap_or(0)..self.cursor
    }

    fn right(&self) -> Range<usize> {
        let end = GraphemeCursor::new(self.cursor, self.text.len(), true).next_boundary(&self.text, 0);
        self.cursor..end.ok().flatten().unwrap_or(self.text.len())
    }

    fn word_left(&self) -> usize {
        let words = self.text.unicode_word_indices().map(|(at, _)| at);
        words.take_while(|at| *at < self.cursor).last().unwrap_or(0)
    }

    fn word_right(&self) -> usize {
        let ends = self.text.unicode_word_indices().map(|(at, word)| at + word.len());
        ends.filter(|end| *end > self.cursor).min().unwrap_or(self.text.len())
    }

    /// Gives the first boundary between graphemes at or after a byte.
    fn boundary_at(&self, byte: usize) -> usize {
        if byte >= self.text.len() {
            return self.text.len();
        }
        let starts = self.text.grapheme_indices(true).map(|(at, _)| at);
        starts.into_iter().find(|at| *at >= byte).unwrap_or(self.text.len())
    }
}

/// Cleans as [`clean::line`] does, but text that was clean keeps all its blanks: one may be the blank just typed.
fn keep_ends(text: &str) -> String {
    if text.split(' ').all(|piece| clean::line(piece) == piece) {
        return text.to_owned();
    }
    let clean = clean::line(text);
    let before = if text.starts_with(char::is_whitespace) { " " } else { "" };
    let after = if text.ends_with(char::is_whitespace) && !clean.is_empty() { " " } else { "" };
    format!("{before}{clean}{after}")
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;
    use unicode_width::UnicodeWidthStr;

    use super::{Edit, Field, MOST};

    fn press(field: &mut Field, code: KeyCode) -> Edit {
        field.key(&KeyEvent::new(code, KeyModifiers::NONE))
    }

    fn control(field: &mut Field, code: KeyCode) -> Edit {
        field.key(&KeyEvent::new(code, KeyModifiers::CONTROL))
    }

    fn typed(text: &str) -> Field {
        let mut field = Field::new();
        text.chars().for_each(|ch| {
            press(&mut field, KeyCode::Char(ch));
        });
        field
    }

    // The time that the form of a clock proposes went word by word.
    #[test]
    fn what_was_given_is_never_taken_back_and_what_was_typed_over_it_is() {
        let mut field = Field::new();
        field.give("2031-05-18 19:42");
        assert_eq!((field.take_back(), field.text()), (Edit::Ignored, "2031-05-18 19:42"));
        press(&mut field, KeyCode::Backspace);
        press(&mut field, KeyCode::Char('5'));
        assert_eq!(field.text(), "2031-05-18 19:45");
        field.take_back();
        field.take_back();
        assert_eq!((field.take_back(), field.text()), (Edit::Ignored, "2031-05-18 19:42"));
        // A draft over it gives way to it at once; what is typed once all was swept away comes back too.
        field.set("2031-05-18 07:00", 3);
        assert_eq!((field.take_back(), field.text(), field.cursor()), (Edit::Changed, "2031-05-18 19:42", 16));
        control(&mut field, KeyCode::Char('u'));
        assert!(field.is_empty() && field.can_take_back());
        assert_eq!((field.take_back(), field.text()), (Edit::Changed, "2031-05-18 19:42"));
    }

    #[test]
    fn text_goes_in_at_the_cursor_and_out_by_whole_characters() {
        let mut field = typed("张富");
        press(&mut field, KeyCode::Left);
        press(&mut field, KeyCode::Char('守'));
        assert_eq!((field.text(), field.cursor()), ("张守富", 6));
        press(&mut field, KeyCode::Delete);
        assert_eq!(field.text(), "张守");
        press(&mut field, KeyCode::Backspace);
        assert_eq!((field.text(), field.cursor()), ("张", 3));
        assert_eq!(press(&mut field, KeyCode::Right), Edit::Ignored);
    }

    #[test]
    fn a_letter_with_its_mark_and_a_family_of_people_are_one_character_each() {
        let mut field = Field::with("e\u{301}👨\u{200d}👩\u{200d}👧");
        press(&mut field, KeyCode::Backspace);
        press(&mut field, KeyCode::Backspace);
        // The cleaner takes joiners out, so the family is three people; the accent stays with its letter.
        assert_eq!(field.text(), "e\u{301}👨");
        press(&mut field, KeyCode::Backspace);
        press(&mut field, KeyCode::Backspace);
        assert_eq!(field.text(), "");
    }

    #[test]
    fn a_paste_is_one_line_without_control_or_direction_characters() {
        let mut field = typed("a");
        field.insert("\u{1b}[31m张\u{202e}三\r\n李四\u{7}");
        assert_eq!(field.text(), "a张三 李四");
    }

    #[test]
    fn blanks_that_are_typed_stay() {
        assert_eq!(typed("dl zsf ").text(), "dl zsf ");
        assert_eq!(typed("６\u{3000}路").text(), "６ 路");
    }

    #[test]
    fn ctrl_z_takes_back_typing_in_words_and_brings_back_a_swept_line() {
        let mut field = typed("村里 没路灯");
        field.take_back();
        assert_eq!(field.text(), "村里 ");
        field.take_back();
        assert_eq!(field.text(), "");
        assert!(!field.can_take_back());

        let mut field = typed("机井坏了");
        control(&mut field, KeyCode::Char('u'));
        assert!(field.is_empty() && field.can_take_back());
        field.take_back();
        assert_eq!((field.text(), field.cursor()), ("机井坏了", 12));
    }

    #[test]
    fn a_draft_comes_back_with_its_cursor_and_goes_word_by_word() {
        let mut field = Field::new();
        field.set("3组 well", 4);
        assert_eq!(field.cursor(), 4);
        field.set("守富", 1);
        assert_eq!(field.cursor(), 3, "never inside a character");
        field.set("3组 well", 4);
        field.take_back();
        assert_eq!(field.text(), "3组 ");
    }

    #[test]
    fn words_are_jumped_over_and_erased() {
        let mut field = Field::with("call 13812345678 back");
        control(&mut field, KeyCode::Left);
        control(&mut field, KeyCode::Left);
        assert_eq!(field.cursor(), 5);
        control(&mut field, KeyCode::Delete);
        assert_eq!(field.text(), "call  back");
        control(&mut field, KeyCode::Char('k'));
        assert_eq!(field.text(), "call ");
        control(&mut field, KeyCode::Char('h'));
        assert_eq!(field.text(), "call", "some terminals send Ctrl-H for Backspace");
    }

    #[test]
    fn a_field_has_an_end() {
        // What had no room was cut without a word: the end of a paste, and whatever was typed behind it.
        let mut field = typed("张家");
        let before = field.clone();
        assert_eq!(field.insert(&"长".repeat(MOST / 3 - 1)), Edit::Full);
        assert_eq!((&field, field.room()), (&before, MOST / 3 - 2), "nothing of it went in");
        assert_eq!(field.insert(&"长".repeat(field.room())), Edit::Changed);
        assert_eq!((press(&mut field, KeyCode::Char('多')), field.room()), (Edit::Full, 0));
        assert_eq!(press(&mut field, KeyCode::Backspace), Edit::Changed);
        assert_eq!(press(&mut field, KeyCode::Char('多')), Edit::Changed);
        // What comes from a draft stays whole, signs that stand before it too.
        let more = format!("6+ {}", field.text());
        field.set(&more, usize::MAX);
        assert_eq!(field.text(), more);
    }

    #[derive(Debug, Clone)]
    enum Step {
        Insert(String),
        Key(KeyCode, bool),
        TakeBack,
    }

    fn step() -> impl Strategy<Value = Step> {
        let keys = [KeyCode::Left, KeyCode::Right, KeyCode::Home, KeyCode::End, KeyCode::Backspace, KeyCode::Delete];
        prop_oneof![
            "[a张e\u{301}👨\u{200d}\u{202e} ]{1,6}".prop_map(Step::Insert),
            (proptest::sample::select(keys.to_vec()), any::<bool>()).prop_map(|(key, word)| Step::Key(key, word)),
            Just(Step::TakeBack),
        ]
    }

    #[test]
    fn a_rare_character_is_typed_by_its_code_point_and_a_blank() {
        let mut field = Field::with("王");
        for ch in "u+20BB7 友".chars() {
            field.insert(ch.encode_utf8(&mut [0; 4]));
        }
        assert_eq!(field.text(), "王\u{20BB7}友");
        field.set("王Ｕ＋20bb7", usize::MAX);
        field.insert(" ");
        assert_eq!((field.text(), field.cursor()), ("王\u{20BB7}", field.text().len()));
        field.take_back();
        assert_eq!(field.text(), "王Ｕ＋20bb7");
        for other in ["U+001B", "U+202E", "U+41", "U+110000", "走U+", "20BB7"] {
            field.set(other, usize::MAX);
            field.insert(" ");
            assert_eq!(field.text(), format!("{other} "));
        }
    }

    proptest! {
        #[test]
        fn whatever_is_typed_the_cursor_lies_between_characters_and_rows_fit(
            steps in prop::collection::vec(step(), 0..40),
            width in 2u16..30,
        ) {
            let mut field = Field::new();
            for step in steps {
                match step {
                    Step::Insert(text) => { field.insert(&text); }
                    Step::Key(code, word) => {
                        let modifiers = if word { KeyModifiers::CONTROL } else { KeyModifiers::NONE };
                        field.key(&KeyEvent::new(code, modifiers));
                    }
                    Step::TakeBack => { field.take_back(); }
                }
                let between = field.text().grapheme_indices(true).any(|(at, _)| at == field.cursor());
                prop_assert!(between || field.cursor() == field.text().len());
                let shown = field.shown(width);
                prop_assert!(shown.rows.len() <= 3 && usize::from(shown.row) < shown.rows.len());
                prop_assert!(shown.column < width);
                for row in &shown.rows {
                    prop_assert!(row.width() <= usize::from(width), "{row:?}");
                }
            }
        }
    }
}
