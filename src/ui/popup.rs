//! Popups: what lies on top of a page until it is answered.

use std::ops::Range;

use ratatui::layout::Rect;

use super::canvas::{Canvas, columns};
use super::command::{Command, Entry};
use super::lines::Lines;
use super::list;
use super::otherwise::is_dead;
use super::theme::Look;
use crate::app::Secret;

/// Says what a popup wants after a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Over {
    /// Stays open.
    Stay,
    /// Closes.
    Close,
    /// Closes and does something.
    Run(Command),
    /// Leaves the program; closes where the page does not let go.
    Leave,
    /// Closes; this person speaks from now on.
    Speak(String),
    /// Stays; this person is no longer among those who use the laptop.
    Dismiss(String),
    /// Stays, and asks whether this is the passphrase.
    Verify(Secret),
    /// Closes; these digits name nothing here and stand in the line.
    Words(String),
    /// Closes; each of these lines is put down.
    PutDown(Box<Lines>),
    /// Closes; these lines are not wanted.
    Drop,
}

/// The columns of a popup, where the terminal has them.
const WIDTH: u16 = 44;

/// The column where it is said that a list goes on: that of the words of the menu.
const MORE: u16 = 7;

/// Counts rows as the screen does.
pub(super) fn rows(len: usize) -> u16 {
    u16::try_from(len).unwrap_or(u16::MAX)
}

/// Gives the rows of content that a popup over a page of `height` rows shows at most.
pub(super) const fn window(height: u16) -> u16 {
    height.saturating_sub(3)
}

/// Gives the columns of a popup over a page.
pub(super) fn width(canvas: &Canvas<'_>) -> u16 {
    WIDTH.min(canvas.width())
}

/// Opens a popup in the middle of a page, as high as its content needs, and gives the canvas of its content.
///
/// No frame: a reversed bar with its title, a blank row, its content, a blank row. Its rows are its own over the whole width: many
/// terminals draw nothing dim, and words of the page beside it would read on in it, or be cut by it.
pub(super) fn open<'a>(canvas: &'a mut Canvas<'_>, title: &str, content: u16) -> Canvas<'a> {
    let Rect { x: left, y: top, width, height } = place(canvas, content);
    canvas.part(0, top, canvas.width(), height).clear();
    let mut bar = canvas.part(left, top, width, 1);
    bar.write(1, 0, title, Look::Plain);
    bar.look(0, Look::Bar);
    canvas.part(left, top + 2, width, height - 3)
}

/// Gives the columns and rows of a popup: its bar, a blank row, its content, a blank row.
fn place(canvas: &Canvas<'_>, content: u16) -> Rect {
    let width = width(canvas);
    let height = content.clamp(1, window(canvas.height()).max(1)) + 3;
    Rect::new((canvas.width() - width) / 2, canvas.height().saturating_sub(height) / 3, width, height)
}

/// Says in the blank rows around the list of an open popup that it goes on above or below; `head` rows of the content come
/// before the list.
pub(super) fn draw_more(canvas: &mut Canvas<'_>, content: u16, head: u16, shown: &Range<usize>, len: usize) {
    let Rect { x: left, y: top, width, height } = place(canvas, content);
    let mut part = canvas.part(left, top, width, height);
    for (y, said) in [(1 + head, list::above(shown)), (height - 1, list::below(shown, len))] {
        if let Some(said) = said {
            part.write(MORE, y, part.say(&said), Look::Dim);
        }
    }
}

/// Draws one command: its number, its words, and its key on the right.
pub(super) fn draw_entry(canvas: &mut Canvas<'_>, y: u16, entry: &Entry, selected: bool, numbered: bool) {
    if selected {
        canvas.write(0, y, ">", Look::Plain);
    }
    // An F-key that does nothing is none; the number stands there.
    let key = if is_dead(&entry.line, canvas.desk.terminal) { String::new() } else { entry.line.key() };
    let x = if numbered { canvas.write(2, y, entry.number.to_string(), Look::Strong) + 2 } else { 2 };
    let room = canvas.width().saturating_sub(x + columns(&key) + 2);
    canvas.write_cut(x, y, room, canvas.words(entry.line.words), Look::Plain);
    let at = canvas.width().saturating_sub(columns(&key) + 1);
    canvas.write(at, y, key, Look::Dim);
    if selected {
        canvas.look(y, Look::Bar);
    }
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;

    use super::open;
    use crate::ui::canvas::{Canvas, lines};
    use crate::ui::desk::Desk;
    use crate::ui::theme::Look;

    // xterm draws dim black as black: `记下的   走访还在计时, 退出不结束它` read across, and `isited` stood beside the menu.
    #[test]
    fn the_rows_of_a_popup_have_nothing_of_the_page_behind() {
        for (width, height) in [(80, 21), (40, 9), (180, 49)] {
            let area = Rect::new(0, 0, width, height);
            let mut buffer = Buffer::empty(area);
            let (desk, mut cursor) = (Desk::for_tests(), None);
            let mut canvas = Canvas::new(&mut buffer, &mut cursor, area, &desk);
            for y in 0..height {
                canvas.write(0, y, "未访".repeat(usize::from(width / 4)), Look::Dim);
            }
            open(&mut canvas, "退出以前", 3).write(2, 0, "走访还在计时", Look::Plain);
            let rows = lines(&buffer);
            let bar = rows.iter().position(|row| row.trim() == "退出以前").unwrap();
            let own: Vec<&str> = rows.iter().skip(bar + 1).take(5).map(|row| row.trim()).collect();
            assert_eq!(own, ["", "走访还在计时", "", "", ""], "{rows:?}");
            let others = rows.iter().take(bar).chain(rows.iter().skip(bar + 6));
            assert!(others.clone().all(|row| row.contains("未访")) && others.count() > 0, "{rows:?}");
        }
    }
}
