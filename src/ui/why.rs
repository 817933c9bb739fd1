//! Why: Ctrl-W explains the number that one is looking at (`screens.md`, rule 7), and scrolls where that takes many rows.

use super::canvas::{Canvas, wrap};
use super::keys::{Key, Table, row, table};
use super::popup::{self, Over};
use super::theme::Look;
use crate::text::{Said, t};

/// Holds the explanation and how far it is scrolled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Why {
    said: Said,
    top: usize,
}

pub(super) static KEYS: Table<Action> = table(
    t("为什么", "Why"),
    &[
        row(&[Key::Enter, Key::Esc, Key::Ctrl('w')], t("关闭", "Close"), Action::Close),
        row(&[Key::Down, Key::PageDown, Key::Blank], t("往下", "Scroll down"), Action::Down).quiet(),
        row(&[Key::Up, Key::PageUp], t("往上", "Scroll up"), Action::Up).quiet(),
    ],
);

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub(super) enum Action {
    Close,
    Down,
    Up,
}

/// The columns of the text.
const WIDTH: u16 = 40;

impl Why {
    pub fn of(said: Said) -> Self {
        Self { said, top: 0 }
    }

    pub fn key(&mut self, key: Key) -> Over {
        match KEYS.action(key) {
            Some(Action::Close) => return Over::Close,
            Some(Action::Down) => self.top += 1,
            Some(Action::Up) => self.top = self.top.saturating_sub(1),
            None => {}
        }
        Over::Stay
    }

    pub fn draw(&self, canvas: &mut Canvas<'_>) {
        let room = WIDTH.min(canvas.width().saturating_sub(4));
        let said = canvas.say(&self.said);
        let lines: Vec<String> = said.split('\n').flat_map(|row| wrap(row, usize::from(room))).collect();
        let mut inside = popup::open(canvas, canvas.words(KEYS.place), popup::rows(lines.len()));
        let rows = usize::from(inside.height());
        let top = self.top.min(lines.len().saturating_sub(rows));
        for (y, line) in (0..).zip(lines.iter().skip(top).take(rows)) {
            inside.write(2, y, line, Look::Plain);
        }
        if top + rows < lines.len() {
            // The last row says that there is more, and how one gets to it.
            let y = inside.height().saturating_sub(1);
            inside.part(0, y, WIDTH + 4, 1).clear();
            inside.write(2, y, inside.words(t("还有, 按 Down 往下", "more: Down")), Look::Dim);
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;

    use super::Why;
    use crate::text::{Said, t};
    use crate::ui::canvas::{Canvas, lines};
    use crate::ui::desk::Desk;
    use crate::ui::keys::Key;

    // Two deadlines and what waits for an export were one paragraph.
    #[test]
    fn one_explanation_stands_apart_from_the_next() {
        let why = Why::of(Said::from(t("甄别: 10 个工作日.", "")).apart(t("待导出 3.", "").into()));
        let area = Rect::new(0, 0, 40, 9);
        let mut buffer = Buffer::empty(area);
        why.draw(&mut Canvas::new(&mut buffer, &mut None, area, &Desk::for_tests()));
        let rows: Vec<String> = lines(&buffer).iter().map(|row| row.trim().to_owned()).collect();
        assert!(rows.join("|").contains("为什么||甄别: 10 个工作日.||待导出 3.|"), "{rows:?}");
    }

    #[test]
    fn an_explanation_longer_than_the_page_says_so_and_scrolls_to_its_end() {
        let words = t("满 15 分钟才计入. ".repeat(30).leak(), "");
        let mut why = Why::of(words.into());
        let shown = |why: &Why| {
            let area = Rect::new(0, 0, 40, 9);
            let mut buffer = Buffer::empty(area);
            why.draw(&mut Canvas::new(&mut buffer, &mut None, area, &Desk::for_tests()));
            lines(&buffer).join("\n")
        };
        assert!(shown(&why).contains("按 Down 往下"), "{}", shown(&why));
        (0..40).for_each(|_| {
            why.key(Key::Down);
        });
        assert!(!shown(&why).contains("按 Down 往下"), "{}", shown(&why));
    }
}
