//! Menu: Esc shows what can be done here and where one can go, numbered.
//!
//! Digits act at once: 1 to 9 the rows of the page, 0 and a digit the places (02 is F2), 00 back. What has no number is
//! reached with arrows and Enter. So no command needs a key that a terminal or a laptop takes away.

use super::canvas::Canvas;
use super::command::{Entry, Number};
use super::keys::{Key, Table, row, table};
use super::list::{List, Scroll};
use super::popup::{self, Over};
use crate::text::t;

/// Holds the selected line, and the digits that have chosen nothing: a zero, and one that no place has behind it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Menu {
    list: List,
    waiting: String,
}

pub(super) static KEYS: Table<Action> = table(
    t("菜单", "Menu"),
    &[
        row(&[Key::Enter], t("选", "Choose"), Action::Choose),
        row(&[Key::Esc, Key::F(10)], t("关闭", "Close"), Action::Close),
    ],
)
.hint(t("数字 直接选", "Digits choose at once"));

/// What can be done in the menu.
#[derive(Debug, Clone, Copy)]
pub(super) enum Action {
    Choose,
    Close,
}

impl Menu {
    /// Takes a key. Digits that chose nothing may be the beginning of words where `takes_lines`: a zero behind them begins no place.
    pub fn key(&mut self, key: Key, entries: &[Entry], window: u16, takes_lines: bool) -> Over {
        let waiting = std::mem::take(&mut self.waiting);
        if let Key::Digit(digit) = key {
            let wanted = match digit {
                digit if waiting == "0" || !takes_lines && waiting.ends_with('0') => Some(Number::Zero(digit)),
                0 => None,
                digit => Some(Number::One(digit)),
            };
            let entry = entries.iter().find(|entry| Some(entry.number) == wanted);
            if entry.is_none() {
                self.waiting = format!("{waiting}{digit}");
            }
            return chosen(entry);
        }
        match KEYS.action(key) {
            Some(Action::Choose) => {
                let last = entries.len().saturating_sub(1);
                chosen(entries.get(self.list.selected().min(last)))
            }
            Some(Action::Close) => Over::Close,
            None if self.list.go_round(key, entries.len()) => Over::Stay,
            None if (Scroll { list: &mut self.list, len: entries.len(), window }).key(key) => Over::Stay,
            // A key of a line works with the menu open too.
            None => chosen(entries.iter().find(|entry| entry.line.keys.contains(&key) && !key.is_text())),
        }
    }

    /// Gives the digits that have chosen nothing yet and may be the beginning of words.
    pub fn waiting(&self) -> &str {
        &self.waiting
    }

    /// Gives the digits that no line has; none while they may still become those of a place.
    pub fn lacks(&self, takes_lines: bool) -> Option<&str> {
        let may_become = self.waiting == "0" || !takes_lines && self.waiting.ends_with('0');
        Some(self.waiting.as_str()).filter(|digits| !digits.is_empty() && !may_become)
    }

    pub fn draw(&self, canvas: &mut Canvas<'_>, entries: &[Entry]) {
        let title = if self.waiting.ends_with('0') { t("菜单  0_", "Menu  0_") } else { t("菜单", "Menu") };
        let mut part = popup::open(canvas, canvas.words(title), popup::rows(entries.len()));
        let shown = self.list.window(entries.len(), part.height());
        for (y, index) in (0..).zip(shown.clone()) {
            let Some(entry) = entries.get(index) else { continue };
            let selected = self.list.is_selected(index, entries.len());
            popup::draw_entry(&mut part, y, entry, selected, true);
        }
        popup::draw_more(canvas, popup::rows(entries.len()), 0, &shown, entries.len());
    }
}

fn chosen(entry: Option<&Entry>) -> Over {
    entry.map_or(Over::Stay, |entry| Over::Run(entry.command))
}
