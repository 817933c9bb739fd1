//! Keys: one row holds a key, its words in two languages and what it does; everything else falls out of the rows.
//!
//! Dispatch, footer, help page, Esc menu, palette and `docs/keys.md` read the same [`Table`], so what a person reads is
//! what the program does. There is no letter among the [`Key`]s: in Chinese mode an input method swallows letters, so
//! no command can be one (`screens.md`, rule 1). Ctrl-H, Ctrl-I, Ctrl-J, Ctrl-M and Ctrl-[ reach a program as
//! Backspace, Tab, Enter, Enter and Esc; no row may use them, and a test over all tables holds that.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::hanzi::forms::half;
use crate::text::Text;

/// Names a key that can carry a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    /// A function key, F1 to F12.
    F(u8),
    /// A control letter, written in lower case.
    Ctrl(char),
    /// A digit, where no field has the cursor. Full-width digits are the same key.
    Digit(u8),
    /// A mark such as `+` or `?`, where no field has the cursor. Full-width marks are the same key.
    Mark(char),
    /// Enter.
    Enter,
    /// Tab.
    Tab,
    /// Shift-Tab.
    BackTab,
    /// Esc; opens the menu wherever no row of the place takes it.
    Esc,
    /// The blank, where no field has the cursor.
    Blank,
    /// Backspace, where no field has the cursor.
    Backspace,
    /// Delete, where no field has the cursor.
    Delete,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow to the left.
    Left,
    /// Arrow to the right.
    Right,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Home.
    Home,
    /// End.
    End,
}

impl Key {
    /// Reads a key event; none for letters and for keys that never carry a command.
    pub fn of(event: &KeyEvent) -> Option<Self> {
        let control = event.modifiers.contains(KeyModifiers::CONTROL);
        Some(match event.code {
            KeyCode::F(number) => Self::F(number),
            KeyCode::Enter => Self::Enter,
            KeyCode::Tab => Self::Tab,
            KeyCode::BackTab => Self::BackTab,
            KeyCode::Esc => Self::Esc,
            KeyCode::Backspace => Self::Backspace,
            KeyCode::Delete => Self::Delete,
            KeyCode::Up => Self::Up,
            KeyCode::Down => Self::Down,
            KeyCode::Left => Self::Left,
            KeyCode::Right => Self::Right,
            KeyCode::PageUp => Self::PageUp,
            KeyCode::PageDown => Self::PageDown,
            KeyCode::Home => Self::Home,
            KeyCode::End => Self::End,
            // AltGr arrives as Ctrl-Alt on Windows and makes text, not commands.
            KeyCode::Char(_) if event.modifiers.contains(KeyModifiers::ALT) => return None,
            KeyCode::Char(ch) if control => match ch.to_ascii_lowercase() {
                'h' => Self::Backspace,
                'i' => Self::Tab,
                'j' | 'm' => Self::Enter,
                '[' => Self::Esc,
                letter => Self::Ctrl(letter),
            },
            KeyCode::Char(ch) => match half(ch) {
                ' ' => Self::Blank,
                digit @ '0'..='9' => Self::Digit(u8::try_from(digit.to_digit(10)?).ok()?),
                mark if mark.is_ascii_punctuation() => Self::Mark(mark),
                _ => return None,
            },
            _ => return None,
        })
    }

    /// Tells whether the key makes text in a field that has the cursor.
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Digit(_) | Self::Mark(_) | Self::Blank)
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::F(number) => write!(f, "F{number}"),
            Self::Ctrl(letter) => write!(f, "Ctrl-{}", letter.to_ascii_uppercase()),
            Self::Digit(digit) => write!(f, "{digit}"),
            Self::Mark(mark) => write!(f, "{mark}"),
            Self::Enter => f.write_str("Enter"),
            Self::Tab => f.write_str("Tab"),
            Self::BackTab => f.write_str("Shift-Tab"),
            Self::Esc => f.write_str("Esc"),
            Self::Blank => f.write_str("Space"),
            Self::Backspace => f.write_str("Backspace"),
            Self::Delete => f.write_str("Del"),
            Self::Up => f.write_str("Up"),
            Self::Down => f.write_str("Down"),
            Self::Left => f.write_str("Left"),
            Self::Right => f.write_str("Right"),
            Self::PageUp => f.write_str("PgUp"),
            Self::PageDown => f.write_str("PgDn"),
            Self::Home => f.write_str("Home"),
            Self::End => f.write_str("End"),
        }
    }
}

/// One command: its keys, its words, and the action a screen takes.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "marks of a row, each said by itself")]
pub struct Row<A: 'static> {
    /// The keys that carry it; the first is the one shown. May be empty: then only menu and palette reach it.
    pub keys: &'static [Key],
    /// What it does, in one or two words.
    pub words: Text,
    /// What the screen is told.
    pub action: A,
    /// Left out of the footer, but not of help, menu and palette.
    pub quiet: bool,
    /// Only the key itself counts, as it is the key that is tried: menu and palette name the row and do not do it.
    pub itself: bool,
    /// Its digit picks on the page alone; in the menu that digit is another row's.
    pub picks: bool,
    /// It does what another row does that stands on a digit: menu and palette name that one.
    pub again: bool,
}

/// Writes a row: keys, words, action.
pub const fn row<A: Copy>(keys: &'static [Key], words: Text, action: A) -> Row<A> {
    Row { keys, words, action, quiet: false, itself: false, picks: false, again: false }
}

impl<A: Copy> Row<A> {
    /// Leaves the row out of the footer, for keys that the page itself shows or that are rare.
    #[must_use]
    pub const fn quiet(self) -> Self {
        Self { quiet: true, ..self }
    }

    /// Lets only the key itself count.
    #[must_use]
    pub const fn itself(self) -> Self {
        Self { itself: true, ..self }
    }

    /// Lets its digit pick on the page alone.
    #[must_use]
    pub const fn picks(self) -> Self {
        Self { picks: true, ..self }
    }

    /// Leaves it to another row to name in menu and palette what both do.
    #[must_use]
    pub const fn again(self) -> Self {
        Self { again: true, ..self }
    }

    /// Gives the row without its action.
    pub fn line(&self) -> Line {
        let Self { keys, words, quiet, itself, picks, again, .. } = *self;
        Line { keys, words, quiet, itself, picks, again }
    }
}

/// The rows of one place: a screen, or a part of it that the cursor can be in.
#[derive(Debug, Clone, Copy)]
pub struct Table<A: 'static> {
    /// The name of the place, as help and `docs/keys.md` show it.
    pub place: Text,
    /// Words that lead the footer without being a key, such as `号# 谁说的`.
    pub hint: Option<Text>,
    /// What to do here, in one sentence for whoever hesitates in the first days (`hesitation.rs`).
    pub advice: Option<Text>,
    /// How a line is written here, for the help: what is typed, and what it means.
    pub ways: &'static [Way],
    /// The commands, the most used first: the footer drops from the right.
    pub rows: &'static [Row<A>],
}

/// One way to write a line: what is typed, and what it means.
pub type Way = (&'static str, Text);

/// Writes a table: the name of the place and its rows.
pub const fn table<A: Copy>(place: Text, rows: &'static [Row<A>]) -> Table<A> {
    Table { place, hint: None, advice: None, ways: &[], rows }
}

impl<A: Copy> Table<A> {
    /// Adds words that lead the footer.
    #[must_use]
    pub const fn hint(self, hint: Text) -> Self {
        Self { hint: Some(hint), ..self }
    }

    /// Adds a sentence for whoever hesitates.
    #[must_use]
    pub const fn advice(self, advice: Text) -> Self {
        Self { advice: Some(advice), ..self }
    }

    /// Adds how a line is written here.
    #[must_use]
    pub const fn ways(self, ways: &'static [Way]) -> Self {
        Self { ways, ..self }
    }

    /// Gives the action that a key carries here.
    pub fn action(&self, key: Key) -> Option<A> {
        self.rows.iter().find(|row| row.keys.contains(&key)).map(|row| row.action)
    }

    /// Gives the rows without their actions, for everything that is read and not done.
    pub fn lines(&self) -> impl Iterator<Item = Line> {
        self.rows.iter().map(Row::line)
    }
}

/// A row as people see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "marks of a row, each said by itself")]
pub struct Line {
    /// The keys that carry it.
    pub keys: &'static [Key],
    /// What it does.
    pub words: Text,
    /// Left out of the footer.
    pub quiet: bool,
    /// Only the key itself counts.
    pub itself: bool,
    /// Its digit picks on the page alone.
    pub picks: bool,
    /// Another row that stands on a digit does the same.
    pub again: bool,
}

impl Line {
    /// Gives the shown key, or nothing for a command without one.
    pub fn key(&self) -> String {
        self.keys.first().map(ToString::to_string).unwrap_or_default()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    use super::{Key, Line};

    /// Keys that a field with the cursor needs for itself.
    const EDITING: [Key; 2] = [Key::Ctrl('u'), Key::Ctrl('k')];

    /// Holds the rules for one place: no key twice, no key that never arrives, none that editing needs.
    pub fn hold(place: &str, lines: &[Line]) {
        let mut seen = Vec::new();
        for line in lines {
            for key in line.keys {
                assert!(!seen.contains(key), "{place}: {key} stands twice");
                seen.push(*key);
                assert!(!EDITING.contains(key), "{place}: {key} edits text");
                match key {
                    Key::Ctrl(letter) => {
                        assert!(letter.is_ascii_lowercase(), "{place}: {key} must be a lower-case letter");
                        assert!(!"hijm".contains(*letter), "{place}: {key} arrives as another key");
                    }
                    Key::Mark(mark) => assert!(mark.is_ascii_punctuation(), "{place}: {key} is a bare letter"),
                    Key::F(number) => assert!((1..=12).contains(number), "{place}: {key} is on no keyboard"),
                    Key::Digit(digit) => assert!(*digit <= 9, "{place}: {key} is no digit"),
                    _ => {}
                }
            }
            assert!(!line.words.zh.is_empty() && !line.words.en.is_empty(), "{place}: a row without words");
        }
    }

    fn typed(ch: char, modifiers: KeyModifiers) -> Option<Key> {
        Key::of(&KeyEvent::new(KeyCode::Char(ch), modifiers))
    }

    #[test]
    fn full_width_forms_are_the_same_keys() {
        let none = KeyModifiers::NONE;
        assert_eq!(typed('６', none), Some(Key::Digit(6)));
        assert_eq!(typed('＋', none), Some(Key::Mark('+')));
        assert_eq!(typed('！', KeyModifiers::SHIFT), Some(Key::Mark('!')));
        assert_eq!(typed('？', none), Some(Key::Mark('?')));
        assert_eq!(typed('＃', none), Some(Key::Mark('#')));
        assert_eq!(typed('，', none), Some(Key::Mark(',')));
        assert_eq!(typed('\u{3000}', none), Some(Key::Blank));
        for half in ('!'..='~').filter(|half| !half.is_ascii_alphabetic()) {
            let full = char::from_u32(u32::from(half) + 0xfee0).unwrap();
            assert!(typed(half, none).is_some(), "{half}");
            assert_eq!(typed(full, none), typed(half, none), "{full}");
        }
    }

    #[test]
    fn letters_and_han_are_no_keys_and_alt_graph_makes_text() {
        assert_eq!(typed('q', KeyModifiers::NONE), None);
        assert_eq!(typed('ｑ', KeyModifiers::NONE), None);
        assert_eq!(typed('张', KeyModifiers::NONE), None);
        assert_eq!(typed('q', KeyModifiers::CONTROL | KeyModifiers::ALT), None);
        assert_eq!(typed('Q', KeyModifiers::CONTROL), Some(Key::Ctrl('q')));
    }

    // Terminals send these control letters for other keys, whichever of the two was pressed.
    #[test]
    fn control_letters_that_are_other_keys_are_read_as_those() {
        assert_eq!(typed('h', KeyModifiers::CONTROL), Some(Key::Backspace));
        assert_eq!(typed('i', KeyModifiers::CONTROL), Some(Key::Tab));
        assert_eq!(typed('m', KeyModifiers::CONTROL), Some(Key::Enter));
        assert_eq!(typed('[', KeyModifiers::CONTROL), Some(Key::Esc));
    }
}
