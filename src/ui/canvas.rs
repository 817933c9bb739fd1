//! Canvas: what a screen draws on, in columns and rows of its own, in the language and the theme of the desk.
//!
//! Positions outside are ignored and text is cut at the edge, so a screen never has to ask whether there is room. The
//! terminal's cursor is placed here too, and only here.

#[cfg(test)]
mod tests;
mod wrapped;

use std::borrow::Cow;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::Span;

use super::desk::Desk;
use super::field::Field;
use super::otherwise::{FKeys, Shown};
use super::theme::Look;
use crate::hanzi::width;
use crate::text::{Said, Text};
pub use wrapped::{around_written, clauses, clauses_that, whole, wrap, wrap_cut, written};

/// Gives a screen a part of the terminal to draw on.
#[derive(Debug)]
pub struct Canvas<'a> {
    buffer: &'a mut Buffer,
    cursor: &'a mut Option<Position>,
    /// What was shown in another way than it is elsewhere, where somebody wants to know.
    shown: Option<&'a mut Shown>,
    area: Rect,
    /// How F-keys are reached, where they do nothing.
    f_keys: Option<&'a FKeys>,
    /// Language, theme, time and session.
    pub desk: &'a Desk,
    /// Other eyes are in the room: what only the card may show is left out here.
    pub covered: bool,
    /// Lines that wait are being asked about over it: it need not say that they do.
    pub asks_about_lines: bool,
}

impl<'a> Canvas<'a> {
    /// Opens a canvas over a part of a buffer.
    pub fn new(buffer: &'a mut Buffer, cursor: &'a mut Option<Position>, area: Rect, desk: &'a Desk) -> Self {
        let area = area.intersection(buffer.area);
        Self { buffer, cursor, shown: None, area, f_keys: None, desk, covered: desk.covered, asks_about_lines: false }
    }

    /// Has sentences name the other way in the place of F-keys.
    pub(super) const fn without_f_keys(self, f_keys: Option<&'a FKeys>) -> Self {
        Self { f_keys, ..self }
    }

    /// Knows whether lines that wait are being asked about over it.
    pub(super) const fn below_lines(self, asks_about_lines: bool) -> Self {
        Self { asks_about_lines, ..self }
    }

    /// Notes there what this terminal shows otherwise.
    pub(super) fn noting(self, shown: &'a mut Shown) -> Self {
        Self { shown: Some(shown), ..self }
    }

    /// Gives the columns.
    pub const fn width(&self) -> u16 {
        self.area.width
    }

    /// Gives the rows.
    pub const fn height(&self) -> u16 {
        self.area.height
    }

    /// Opens a canvas over a part of this one.
    pub fn part(&mut self, x: u16, y: u16, width: u16, height: u16) -> Canvas<'_> {
        let area = Rect::new(self.area.x.saturating_add(x), self.area.y.saturating_add(y), width, height)
            .intersection(self.area);
        Canvas {
            buffer: self.buffer,
            cursor: self.cursor,
            shown: self.shown.as_deref_mut(),
            area,
            f_keys: self.f_keys,
            desk: self.desk,
            covered: self.covered,
            asks_about_lines: self.asks_about_lines,
        }
    }

    /// Gives words in the language of the desk.
    pub const fn words(&self, words: Text) -> &'static str {
        words.get(self.desk.lang)
    }

    /// Gives a sentence in the language of the desk.
    pub fn say(&self, said: &Said) -> String {
        match self.f_keys {
            Some(f_keys) => said.say_with(self.desk.lang, &|words| f_keys.in_words(words)),
            None => said.say(self.desk.lang),
        }
    }

    /// Writes text and gives the column after it. Text that does not fit is cut, never wrapped.
    pub fn write(&mut self, x: u16, y: u16, text: impl AsRef<str>, look: Look) -> u16 {
        let room = self.area.width.saturating_sub(x);
        if y >= self.area.height || room == 0 {
            return x;
        }
        if self.desk.terminal.wide {
            let narrow = width::narrowed(text.as_ref());
            if let Some(shown) = &mut self.shown {
                // A … behind a blank is the program's own: it waits.
                let typed = text.as_ref().replace(" …", "");
                shown.narrowed |= width::narrowed(&typed) != typed;
            }
            return self.write_as_is(x, y, narrow, look);
        }
        self.write_as_is(x, y, text, look)
    }

    /// Writes text as [`Self::write`] does, but leaves characters as they are on a terminal that shows some of them wider.
    pub(super) fn write_as_is(&mut self, x: u16, y: u16, text: impl AsRef<str>, look: Look) -> u16 {
        let room = self.area.width.saturating_sub(x);
        if y >= self.area.height || room == 0 {
            return x;
        }
        let text = wrapped::drawn(text.as_ref());
        // A blank is nothing to read, and has no look.
        let look = if text.trim().is_empty() { Look::Plain } else { look };
        if let Some(shown) = &mut self.shown {
            shown.warned |= matches!(look, Look::Soon | Look::Late);
        }
        // What stood there before leaves nothing of its look.
        let style = Style::reset().patch(self.desk.theme.style(look));
        let left = self.area.x + x;
        self.uncover(left, self.area.y + y);
        let (end, _) = self.buffer.set_span(left, self.area.y + y, &Span::styled(text, style), room);
        end.saturating_sub(self.area.x)
    }

    /// Gives what somebody typed as it is written here: an ellipsis is a mark like any other and no sign of something cut. A dot
    /// stands for it where it would be two columns wide.
    pub fn typed<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        if !self.desk.terminal.wide || !text.contains('…') {
            return Cow::Borrowed(text);
        }
        if let Some(shown) = &mut self.shown {
            shown.narrowed = true;
        }
        Cow::Owned(text.replace('…', "."))
    }

    /// Writes text that ends in the last column and gives the column where it begins.
    pub fn write_right(&mut self, y: u16, text: impl AsRef<str>, look: Look) -> u16 {
        let x = self.area.width.saturating_sub(columns(text.as_ref()));
        self.write(x, y, text, look);
        x
    }

    /// Writes text into exactly `room` columns: cut with `~` where it is longer. Gives the column after it.
    pub fn write_cut(&mut self, x: u16, y: u16, room: u16, text: &str, look: Look) -> u16 {
        let end =
            self.write(x, y, width::cut(text, usize::from(room.min(self.area.width.saturating_sub(x))), "~"), look);
        end.max(x.saturating_add(room).min(self.area.width))
    }

    /// Writes a sentence of the program into at most `room` columns, as many whole clauses of it as fit.
    pub fn write_clauses(&mut self, x: u16, y: u16, room: u16, text: &str, look: Look) {
        let room = room.min(self.area.width.saturating_sub(x));
        self.write_cut(x, y, room, clauses(text, usize::from(room), 1), look);
    }

    /// Writes a sentence of the program over as many rows as it needs, at most `rows`, and gives the rows used. Where there is more
    /// of it whole clauses go.
    pub fn write_told(&mut self, x: u16, y: u16, rows: u16, text: &str, look: Look) -> u16 {
        let room = usize::from(self.area.width.saturating_sub(x));
        self.write_wrapped(x, y, rows, clauses(text, room, usize::from(rows)), look)
    }

    /// Writes a sentence over as many rows as it needs, at most `rows`, and gives the rows used. Where there is more of it the
    /// last of them ends in `~`, as a cell does that is cut.
    pub fn write_wrapped(&mut self, x: u16, y: u16, rows: u16, text: &str, look: Look) -> u16 {
        let lines = wrap_cut(text, usize::from(self.area.width.saturating_sub(x)), usize::from(rows));
        for (row, line) in (y..).zip(&lines) {
            self.write(x, row, line, look);
        }
        u16::try_from(lines.len()).unwrap_or(rows)
    }

    /// Puts a look under a whole row, the text on it included. A bar is of one piece: colours on it give way, as reversed
    /// they would be blocks, and so does what is dim, as the one line that keys move on has to be read.
    pub fn look(&mut self, y: u16, look: Look) {
        let style = self.desk.theme.style(look);
        let style = match look {
            Look::Bar => style.fg(Color::Reset).bg(Color::Reset).remove_modifier(Modifier::DIM),
            _ => style,
        };
        let row = Rect::new(self.area.x, self.area.y.saturating_add(y), self.area.width, 1).intersection(self.area);
        self.buffer.set_style(row, style);
    }

    /// Draws a field from a column to the edge, in as many rows as its text needs; with `focus` the cursor stands in it.
    /// Gives the rows used.
    pub fn field(&mut self, x: u16, y: u16, field: &Field, focus: bool) -> u16 {
        let shown = field.shown(self.area.width.saturating_sub(x));
        let rows = u16::try_from(shown.rows.len()).unwrap_or(1);
        // What gives way to the first character typed stands there as what is selected does.
        let look = if focus && field.gives_way() { Look::Bar } else { Look::Plain };
        for (row, text) in (y..).zip(&shown.rows) {
            let text = self.typed(text).into_owned();
            self.write(x, row, text, look);
        }
        if focus {
            self.cursor(x + shown.column, y + shown.row);
        }
        rows
    }

    /// Puts the terminal's cursor at a place, where an input method will follow it.
    pub fn cursor(&mut self, x: u16, y: u16) {
        if x < self.area.width && y < self.area.height {
            *self.cursor = Some(Position::new(self.area.x + x, self.area.y + y));
        }
    }

    /// Gives the row of the terminal where the cursor of the page stands.
    pub(super) fn cursor_row(&self) -> Option<u16> {
        self.cursor.map(|cursor| cursor.y)
    }

    /// Tells whether a field on the page has the cursor.
    pub(super) const fn has_cursor(&self) -> bool {
        self.cursor.is_some()
    }

    /// Takes the cursor away from what lies below.
    pub(super) const fn hide_cursor(&mut self) {
        *self.cursor = None;
    }

    /// Draws a bar of `filled` out of `whole` in a frame of brackets, `room` columns wide, and gives the column after it.
    pub fn bar(&mut self, x: u16, y: u16, room: u16, filled: u64, whole: u64) -> u16 {
        let inside = room.min(self.area.width.saturating_sub(x)).saturating_sub(2);
        let whole = whole.max(1);
        let done = u64::from(inside) * filled.min(whole) / whole;
        let x = self.write(x, y, "[", Look::Plain);
        for (column, at) in (x..x + inside).zip(0..) {
            self.write(column, y, if at < done { "=" } else { " " }, Look::Plain);
            if at < done
                && let Some(cell) = self.buffer.cell_mut((self.area.x + column, self.area.y + y))
            {
                cell.set_style(self.desk.theme.filled());
            }
        }
        self.write(x + inside, y, "]", Look::Plain)
    }

    /// Empties the whole canvas, for what lies on top of a page. A character of two columns that the edge would cut
    /// in half is blanked first, or the terminal shows its rest (ratatui#2526).
    pub fn clear(&mut self) {
        for y in self.area.top()..self.area.bottom() {
            self.uncover(self.area.x, y);
            for x in self.area.left()..self.area.right() {
                if let Some(cell) = self.buffer.cell_mut((x, y)) {
                    cell.reset();
                }
            }
        }
    }

    /// Notes which rows of its list the page shows.
    pub fn note_rows(&mut self, rows: &Range<usize>) {
        if let Some(shown) = &mut self.shown {
            shown.rows = Some(rows.clone());
        }
    }

    /// Writes the line at the top of a list: its name, which the eye should find first, then, behind three blanks, what is said
    /// of it, in whole clauses. Gives the column behind it.
    pub fn title(&mut self, y: u16, said: &str) -> u16 {
        let (name, rest) = said.split_once("   ").unwrap_or((said, ""));
        let x = self.write(1, y, name, Look::Strong);
        if rest.is_empty() {
            return x;
        }
        let room = self.area.width.saturating_sub(x + 3);
        self.write(x + 3, y, clauses(rest, usize::from(room), 1), Look::Plain)
    }

    /// Steps back behind what is drawn over it: all of it is dim, and no bar of it could be taken for the one that keys move.
    pub fn recede(&mut self) {
        for y in self.area.top()..self.area.bottom() {
            for x in self.area.left()..self.area.right() {
                if let Some(cell) = self.buffer.cell_mut((x, y)) {
                    cell.modifier = Modifier::DIM;
                    // The filled part of a bar is a ground, and stays.
                    cell.fg = if cell.bg == Color::Reset { Color::Reset } else { cell.fg };
                }
            }
        }
    }

    /// Blanks the character that begins one column to the left and reaches over this one.
    fn uncover(&mut self, x: u16, y: u16) {
        if let Some(before) = x.checked_sub(1)
            && let Some(cell) = self.buffer.cell_mut((before, y))
            && width::of_one(cell.symbol()) > 1
        {
            cell.set_symbol(" ");
        }
    }
}

/// Counts the columns of a text as the terminal does.
pub fn columns(text: &str) -> u16 {
    u16::try_from(width::columns(text)).unwrap_or(u16::MAX)
}

/// Gives a buffer as plain lines, without the blanks at their ends; what a person would read, for tests.
pub fn lines(buffer: &Buffer) -> Vec<String> {
    let row = |y| {
        let mut line = String::new();
        let mut x = buffer.area.left();
        while let Some(cell) = (x < buffer.area.right()).then(|| buffer.cell((x, y))).flatten() {
            line.push_str(cell.symbol());
            x += columns(cell.symbol()).max(1);
        }
        line.trim_end().to_owned()
    };
    (buffer.area.top()..buffer.area.bottom()).map(row).collect()
}
