//! Before leaving: records that no export holds wait here, and whoever leaves is asked once whether to export them now.
//!
//! Keystrokes: Ctrl-Q; Enter or Ctrl-Q once more leaves all the same, 4 goes to the export, Esc stays. What is printed once the screens
//! are gone nobody reads whose window closes with them.

use super::canvas::Canvas;
use super::command::Command;
use super::global::Global;
use super::keys::{Key, Table, row, table};
use super::popup::{self, Over};
use super::theme::Look;
use crate::text::t;

/// Holds how many records wait.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Parting {
    /// How many.
    pub waiting: u64,
}

pub(super) static KEYS: Table<Action> = table(
    t("退出以前", "Before leaving"),
    &[
        row(&[Key::Enter, Key::Ctrl('q')], t("退出", "Leave"), Action::Leave),
        row(&[Key::Digit(4)], t("去导出", "To the export"), Action::Export),
        row(&[Key::Esc], t("不退出", "Stay"), Action::Stay),
    ],
);

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub(super) enum Action {
    Leave,
    Export,
    Stay,
}

/// The rows of content: how many wait, a blank, what can be done.
const ROWS: u16 = 5;

impl Parting {
    pub fn key(key: Key) -> Over {
        match KEYS.action(key) {
            Some(Action::Leave) => Over::Leave,
            Some(Action::Export) => Over::Run(Command::Everywhere(Global::Exchange)),
            Some(Action::Stay) => Over::Close,
            None => Over::Stay,
        }
    }

    pub fn draw(&self, canvas: &mut Canvas<'_>) {
        let mut canvas = popup::open(canvas, canvas.words(KEYS.place), ROWS);
        let words = t("还有 {n} 条没有导出到U盘.", "{n} records are on no stick yet.");
        canvas.write(2, 0, canvas.say(&words.with("n", self.waiting)), Look::Strong);
        let words = t(
            "可能只在这台电脑上. U盘在就按 4 去导出; Enter 照样退出, 这次不再问.",
            "They may be on this laptop alone. 4 goes to the export; Enter leaves all the same, and is not asked again.",
        );
        canvas.write_wrapped(2, 2, ROWS - 2, canvas.words(words), Look::Plain);
    }
}
