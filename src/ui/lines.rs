//! A paste of several lines: one line, or a line each? Asked, never guessed.
//!
//! Keystrokes: paste; it stands in the field as one line already, and Enter, 1 or Esc leave it so, as do words that are typed on.
//! 2 puts each line down; another digit is no answer, which is said. Where the terminal marks no paste, a burst of several lines is one (see `burst.rs`).
//! Lines that have no room as one line, and those behind one that has to be looked at first, wait (`lines/waiting.rs`): Enter puts
//! each down, Esc or typing leaves them, and Enter in the empty line asks again.

mod waiting;

use crossterm::event::{KeyCode, KeyEvent};

use super::canvas::Canvas;
use super::keys::{Key, Table, row, table};
use super::popup::{self, Over};
use super::theme::Look;
use crate::hanzi::clean;
use crate::text::{Said, Text, t};
pub(super) use waiting::{fetch, holds, taken, wait, waiting};

/// How many of the lines are shown.
const SHOWN: usize = 6;

/// How many lines a paste may have.
pub(super) const MOST: usize = 500;

/// Holds the lines of a paste; what stood in the field before and behind it belongs to the first and to the last one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Lines {
    /// The lines, without blank ones.
    pub texts: Vec<String>,
    /// The place of the draft that each of them is until it is put down.
    pub places: Vec<String>,
    /// Why they are not one line already.
    pub apart: Option<Apart>,
}

/// Why lines are not one line already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Apart {
    /// One line has no room for them; this stood in the field, with the cursor there.
    Long(String, usize),
    /// They wait since an earlier paste.
    Waiting,
}

pub(super) static KEYS: Table<Action> = table(
    t("粘贴了几行", "Several lines"),
    &[
        row(&[Key::Enter, Key::Esc, Key::Digit(1)], t("就当一行", "One line"), Action::One),
        row(&[Key::Digit(2)], t("每行记一条", "A line each"), Action::Each),
    ],
);

pub(super) static WAITING: Table<Action> = table(
    t("留着的几行", "Lines that wait"),
    &[
        row(&[Key::Enter, Key::Digit(2)], t("每行记一条", "A line each"), Action::Each),
        row(&[Key::Esc], t("先留着", "Leave them"), Action::Leave),
        row(&[Key::Delete], t("不要了", "Drop them"), Action::Drop),
    ],
);

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub(super) enum Action {
    One,
    Each,
    Leave,
    Drop,
}

impl Lines {
    /// Reads a paste between what stands before the cursor and behind it; none where it is one line.
    fn between(head: &str, pasted: &str, tail: &str) -> Option<Self> {
        let ends = ['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'];
        let mut lines: Vec<String> = pasted.split(ends).map(clean::line).filter(|line| !line.is_empty()).collect();
        if lines.len() < 2 {
            return None;
        }
        lines.first_mut()?.insert_str(0, head);
        lines.last_mut()?.push_str(tail);
        Some(Self { texts: lines, ..Self::default() })
    }

    /// Reads a burst that comes into a field at its cursor. Its beginning may stand there already; where it does not it is none of it.
    pub fn of_burst(begun: &str, text: &str, field: &str, cursor: usize) -> Option<Self> {
        let (head, tail) = field.split_at_checked(cursor).unwrap_or((field, ""));
        match head.strip_suffix(begun) {
            Some(head) => Self::between(head, &format!("{begun}{text}"), tail),
            None => Self::between(head, text, tail),
        }
    }

    /// Gives the keys.
    pub const fn table(&self) -> &'static Table<Action> {
        if self.apart.is_some() { &WAITING } else { &KEYS }
    }

    /// Tells whether a key is none of its own but a character of what is typed next: then it is one line, as it stands, or waits. A
    /// digit was meant as an answer.
    pub fn is_answered_by_words(&self, event: &KeyEvent) -> bool {
        let key = Key::of(event);
        let is_text = matches!(event.code, KeyCode::Char(_)) && key.is_none_or(Key::is_text);
        is_text && key.is_none_or(|key| !matches!(key, Key::Digit(_)) && self.table().action(key).is_none())
    }

    /// Says of a digit that is no answer what the answers are.
    pub fn no_answer(&self, event: &KeyEvent) -> Option<Said> {
        let key = Key::of(event).filter(|key| self.table().action(*key).is_none());
        let Some(Key::Digit(digit)) = key else { return None };
        let words = if self.apart.is_some() {
            t("{digit} 不是回答: 2 每行记一条, Esc 先留着.", "{digit} is no answer: 2 puts each down, Esc leaves them.")
        } else {
            t("{digit} 不是回答: 1 当一行, 2 每行记一条.", "{digit} is no answer: 1 makes it one line, 2 a line each.")
        };
        Some(words.with("digit", digit))
    }

    const fn question(&self) -> Text {
        if self.apart.is_some() {
            t("还有 {n} 行没记. 每行记一条?", "{n} {n:line|lines} left. A line each?")
        } else {
            t("{n} 行: 当一行, 还是每行记一条?", "{n} {n:line|lines}: one, or a line each?")
        }
    }

    pub fn key(&self, key: Key) -> Over {
        match self.table().action(key) {
            Some(Action::One | Action::Leave) => Over::Close,
            Some(Action::Each) => Over::PutDown(Box::new(self.clone())),
            Some(Action::Drop) => Over::Drop,
            None => Over::Stay,
        }
    }

    pub fn draw(&self, canvas: &mut Canvas<'_>) {
        let shown = self.texts.len().min(SHOWN);
        let more = self.texts.len() - shown;
        let rows = popup::rows(shown + 2 + usize::from(more > 0));
        let mut canvas = popup::open(canvas, canvas.words(self.table().place), rows);
        let words = self.question();
        canvas.write(0, 0, canvas.say(&words.with("n", self.texts.len())), Look::Strong);
        let width = canvas.width().saturating_sub(2);
        for (y, line) in (2..).zip(self.texts.iter().take(shown)) {
            canvas.write_cut(2, y, width, line, Look::Plain);
        }
        if more > 0 {
            let words = t("还有 {n} 行", "{n} more").with("n", more);
            canvas.write(2, popup::rows(shown + 2), canvas.say(&words), Look::Dim);
        }
    }
}
