//! Unlock: the data on this laptop is under a passphrase.
//!
//! Keystrokes: the passphrase, Enter. Tab shows what is typed, for whoever does not trust the input method. The recovery
//! code goes into the same field.

use super::start::{draw_far, opened};
use crate::app::{Ask, Message};
use crate::text::{Text, Trouble, t};
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::kept::{Kept, Unkept};
use crate::ui::keys::{Key, Table, row, table};
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::secret::SecretField;
use crate::ui::theme::Look;

/// Asks for the passphrase.
#[derive(Debug, PartialEq, Eq, Default)]
pub struct Unlock {
    secret: SecretField,
    trying: bool,
    trouble: Option<Trouble>,
}

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    /// Opens.
    Open,
    /// Shows or hides what is typed.
    Turn,
    /// Speaks the other language.
    Speak,
}

static KEYS: Table<Action> = table(
    t("输入口令", "Passphrase"),
    &[
        row(&[Key::Enter], t("打开", "Open"), Action::Open),
        row(&[Key::Tab], t("看一眼打的字", "See what is typed"), Action::Turn),
        row(&[Key::Ctrl('e')], t("English", "中文"), Action::Speak),
    ],
);

/// Says what goes on: first the passphrase is tried, which takes as long as it takes, then the campaign is opened.
fn draw_trying(canvas: &mut Canvas<'_>, y: u16) {
    if canvas.desk.session.underway().now().is_some() {
        return draw_far(canvas, y);
    }
    let rows = canvas.height();
    let words = t(
        "正在验口令 …, 一两秒; 故意这么慢, 猜的人才猜不起, 所以停不下来.",
        "Trying the passphrase …, a second or two; so slow on purpose that guessing does not pay, and it does not stop.",
    );
    canvas.write_told(2, y, rows.saturating_sub(y), canvas.words(words), Look::Plain);
}

impl Screen for Unlock {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        let rows = canvas.height();
        canvas.write(2, 1, canvas.words(t("走访", "Household visits")), Look::Strong);
        let words = t("这台电脑上的数据有口令.", "The data on this laptop is under a passphrase.");
        let y = 3 + canvas.write_told(2, 3, 2, canvas.words(words), Look::Plain) + 1;
        self.secret.draw(canvas, 2, y, canvas.words(t("口令:", "Passphrase:")));
        let y = y + 2;
        if self.trying {
            draw_trying(canvas, y);
            return;
        }
        let forgotten = t(
            "忘了口令: 把恢复码的 48 位数字打在这里, 它抄在纸上, 在办公室.",
            "Forgotten? Enter the 48 digits of the recovery code; they are on paper at the office.",
        );
        let Some(trouble) = &self.trouble else {
            canvas.write_told(2, y, rows, canvas.words(forgotten), Look::Dim);
            return;
        };
        let y = y + canvas.write_wrapped(2, y, rows, &canvas.say(&trouble.said), Look::Late);
        let hint = trouble.hint.as_ref().map(|hint| canvas.say(hint)).unwrap_or_default();
        canvas.write_wrapped(2, y, rows, &hint, Look::Plain);
    }

    fn field(&mut self) -> Option<Kept<'_>> {
        (!self.trying).then(|| Kept::not(Unkept::Secret, &mut self.secret.field))
    }

    fn typed(&mut self, _desk: &mut Desk) -> Go {
        self.trouble = None;
        Go::Stay
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        match message {
            Message::Opened { interrupted, findings } => opened(interrupted.is_some(), findings, desk),
            Message::Unlocked(_, Err(trouble)) | Message::Failed(trouble) => {
                self.trying = false;
                // Not seen, it would stand before what is typed next.
                drop(self.secret.take());
                self.trouble = Some(trouble.clone());
                Go::Stay
            }
            _ => Go::Stay,
        }
    }

    fn busy(&self) -> bool {
        self.trying
    }

    fn shut(&self) -> Option<Text> {
        Some(t("先输入口令, 才打得开别的页.", "Enter the passphrase first; then other pages open."))
    }
}

impl Keyed for Unlock {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&KEYS];

    fn table(&self) -> &'static Table<Action> {
        &KEYS
    }

    fn act(&mut self, action: Action, desk: &mut Desk) -> Go {
        match action {
            Action::Speak => desk.lang = desk.lang.other(),
            Action::Turn => self.secret.turn(),
            Action::Open if self.trying || self.secret.field.is_empty() => {}
            Action::Open => {
                self.trying = true;
                return Go::Do(Ask::Unlock(self.secret.typed()));
            }
        }
        Go::Stay
    }
}
