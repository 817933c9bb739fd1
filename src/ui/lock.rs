//! 锁屏: nothing is seen until somebody comes back, with the passphrase where there is one. What runs goes on.
//!
//! Keystrokes: Ctrl-L; to come back Enter, or the passphrase and Enter.

use crossterm::event::{KeyCode, KeyEvent};

use super::about::about;
use super::canvas::Canvas;
use super::keys::{Key, Table, row, table};
use super::popup::Over;
use super::secret::SecretField;
use super::theme::Look;
use crate::app::{Secret, Ticket};
use crate::text::{Said, Text, Trouble, t};

/// What keeps the screen covered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Lock {
    pub secret: SecretField,
    asked: Option<Ticket>,
    wrong: Option<Said>,
    /// F1 was pressed: how one comes back is said.
    helps: bool,
    /// Something was typed where nothing takes it: that is said, until another key comes.
    refuses: bool,
}

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub(super) enum Action {
    ComeBack,
    Turn,
}

pub(super) static KEYS: Table<Action> =
    table(t("锁屏", "Locked"), &[row(&[Key::Enter], t("回来", "Come back"), Action::ComeBack)]);

pub(super) static SEALED_KEYS: Table<Action> = table(
    t("锁屏, 有口令", "Locked, under a passphrase"),
    &[
        row(&[Key::Enter], t("回来", "Come back"), Action::ComeBack),
        row(&[Key::Tab], t("看一眼打的字", "See what is typed"), Action::Turn),
    ],
);

/// There is nothing to count: it is one sum, and takes as long as it takes.
const CHECKING: Text = t(
    "正在验口令 …, 一两秒; 故意这么慢, 猜的人才猜不起. 计时照旧.",
    "Trying the passphrase …, a second or two; so slow on purpose that guessing does not pay. The timer goes on.",
);

const NOTHING_TO_TYPE_IN: Text = t(
    "锁着, 打的字没有记下. 按 Enter 回来, 再打.",
    "Locked, and what was typed is not kept. Enter comes back; then type.",
);

/// Gives the keys. Where the data is under a passphrase only that takes the cover away, also where it was set after the lock.
pub(super) const fn table_of(sealed: bool) -> &'static Table<Action> {
    if sealed { &SEALED_KEYS } else { &KEYS }
}

impl Lock {
    /// Takes a key; `sealed` tells whether the data is under a passphrase at this moment.
    pub fn key(&mut self, event: &KeyEvent, sealed: bool) -> Over {
        self.helps |= Key::of(event) == Some(Key::F(1));
        let types = matches!(event.code, KeyCode::Char(_)) && Key::of(event).is_none_or(Key::is_text);
        self.refuses = types && !sealed;
        match Key::of(event).and_then(|key| table_of(sealed).action(key)) {
            Some(Action::ComeBack) if !sealed => return Over::Close,
            Some(Action::ComeBack) if self.asked.is_none() && !self.secret.field.is_empty() => {
                return Over::Verify(self.secret.typed());
            }
            Some(Action::Turn) => self.secret.turn(),
            None if sealed && self.asked.is_none() => {
                self.wrong = None;
                self.secret.field.key(event);
            }
            Some(Action::ComeBack) | None => {}
        }
        Over::Stay
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str, sealed: bool) {
        self.refuses = !sealed;
        if sealed {
            self.secret.field.insert(text);
        }
    }

    /// Remembers what was asked.
    pub const fn asks(&mut self, ticket: Ticket) {
        self.asked = Some(ticket);
    }

    /// Hears whether it was the passphrase; true takes the cover away.
    pub fn heard(&mut self, ticket: Ticket, verified: &Result<(), Trouble>) -> bool {
        if self.asked != Some(ticket) {
            return false;
        }
        self.asked = None;
        self.wrong = verified.as_ref().err().map(|trouble| trouble.said.clone());
        drop::<Secret>(self.secret.take());
        verified.is_ok()
    }

    pub fn draw(&self, canvas: &mut Canvas<'_>) {
        let words = t(
            "屏幕已遮住. 计时照旧, 打的字都在.",
            "The screen is covered. The timer is as it was, and what was typed is kept.",
        );
        let rows = canvas.height();
        let mut y = rows / 3;
        y += canvas.write_told(2, y, rows, canvas.words(words), Look::Plain) + 1;
        if let Some(words) = about(KEYS.place).filter(|_| self.helps) {
            y += canvas.write_told(2, y, rows, canvas.words(words), Look::Accent) + 1;
        }
        if !canvas.desk.session.is_sealed() {
            if self.refuses {
                canvas.write_told(2, y, rows, canvas.words(NOTHING_TO_TYPE_IN), Look::Soon);
            }
            return;
        }
        self.secret.draw(canvas, 2, y, canvas.words(t("口令:", "Passphrase:")));
        let (below, look) = match (&self.wrong, self.asked) {
            (_, Some(_)) => (canvas.words(CHECKING).to_owned(), Look::Plain),
            (Some(wrong), None) => (canvas.say(wrong), Look::Late),
            (None, None) => (String::new(), Look::Plain),
        };
        canvas.write_wrapped(2, y + 2, rows, &below, look);
    }
}
