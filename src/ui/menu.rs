//! Menu: Esc shows what can be done here and where one can go, numbered.
//!
//! Digits act at once: 1 to 9 the rows of the page, 0 and a digit the places (02 is F2), 00 back, 03 and a digit the rows
//! of the page that nine have no room for, 08 and a digit what works everywhere, 09 and a digit the places without a key (`command.rs`). So no command needs a key that a terminal or a laptop
//! takes away; arrows and Enter choose too.

use super::canvas::Canvas;
use super::command::Entry;
use super::keys::{Key, Table, row, table};
use super::list::{List, Scroll};
use super::popup::{self, Over};
use crate::text::t;

/// Holds the selected line, the digits that have chosen nothing, and those at their end that begin the number of a line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Menu {
    list: List,
    waiting: String,
    begun: String,
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
    /// Takes a key. Digits that chose nothing may be the beginning of words where `takes_lines`: what follows them begins no number.
    pub fn key(&mut self, key: Key, entries: &[Entry], window: u16, takes_lines: bool) -> Over {
        let waiting = std::mem::take(&mut self.waiting);
        let has_begun = !std::mem::take(&mut self.begun).is_empty();
        if let Key::Digit(digit) = key {
            let typed = format!("{waiting}{digit}");
            for end in (0..typed.len()).filter_map(|from| typed.get(from..)) {
                let is_whole = end.len() == typed.len();
                let may_choose = is_whole || if end.len() == 1 { !has_begun } else { !takes_lines };
                if let Some(entry) = entries.iter().find(|entry| may_choose && entry.number.digits() == end) {
                    return chosen(Some(entry));
                }
                if (is_whole || !takes_lines) && entries.iter().any(|entry| entry.number.digits().starts_with(end)) {
                    end.clone_into(&mut self.begun);
                    break;
                }
            }
            self.waiting = typed;
            return Over::Stay;
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

    /// Gives the digits that no line has; none while they may still become those of one.
    pub fn lacks(&self) -> Option<&str> {
        Some(self.waiting.as_str()).filter(|digits| !digits.is_empty() && self.begun.is_empty())
    }

    pub fn draw(&self, canvas: &mut Canvas<'_>, entries: &[Entry]) {
        let title = canvas.words(KEYS.place);
        let title = if self.begun.is_empty() { title.to_owned() } else { format!("{title}  {}_", self.begun) };
        let mut part = popup::open(canvas, &title, popup::rows(entries.len()));
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
