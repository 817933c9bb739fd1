//! Drawn: header, page, overlay, notice and footer, one over the other.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

use super::Stack;
use crate::text::t;
use crate::ui::canvas::{Canvas, wrap};
use crate::ui::command::WithoutF;
use crate::ui::desk::Desk;
use crate::ui::footer::{Hints, footer};
use crate::ui::keys::{Key, Line};
use crate::ui::otherwise::{self, Shown};
use crate::ui::overlay::Overlay;
use crate::ui::page::Face;
use crate::ui::screens::{Known, far, is_roomy};
use crate::ui::theme::Look;
use crate::ui::{command, frame, global, hesitation, palette, slow, whole_list};

/// The smallest terminal that pages are made for (`screens.md`, rule 9).
const SMALLEST: Size = Size::new(40, 12);
/// The rows of header, notice and footer.
const AROUND: u16 = 3;

impl Stack {
    /// Gives the columns and rows that a page has on a terminal of a size.
    pub fn body(size: Size) -> Size {
        Size::new(size.width, size.height.saturating_sub(AROUND))
    }

    /// Draws header, page, overlay, notice and footer, and gives the place of the cursor.
    pub fn draw(&self, buffer: &mut Buffer, desk: &Desk) -> Option<Position> {
        let mut cursor = None;
        let area = buffer.area;
        let page = self.top().face();
        let entries = command::entries(page, !self.above.is_empty(), desk);
        let without = palette::without_f(&entries, global::has_menu(&page.lines()), desk.terminal);
        let f_keys = desk.terminal.lacks_some_f().then(|| command::f_keys(&entries, without));
        let mut canvas = Canvas::new(buffer, &mut cursor, area, desk).without_f_keys(f_keys.as_ref());
        if area.width < SMALLEST.width || area.height < SMALLEST.height {
            let words = t(
                "窗口太小: 至少要 40 列 12 行, 请拉大. 打的字都在.",
                "The window is too small: 40 columns and 12 rows at least. What was typed is kept.",
            );
            canvas.write_told(0, 0, area.height, canvas.words(words), Look::Plain);
            return None;
        }
        let hidden = self.over.as_ref().is_some_and(Overlay::hides_all);
        let body = Self::body(area.as_size());
        let mut shown = Shown::default();
        let asks_about_lines = self.over.as_ref().is_some_and(Overlay::asks_about_lines);
        let middle = canvas.part(0, 1, body.width, body.height);
        let mut middle = middle.below_lines(asks_about_lines).noting(&mut shown);
        if !hidden {
            draw_page(&mut middle, page, &self.known);
        }
        let typing = middle.has_cursor();
        let typing_row = middle.cursor_row();
        if let Some(over) = &self.over {
            middle.hide_cursor();
            middle.recede();
            over.draw(&mut middle, page, !self.above.is_empty());
        }
        let header = if hidden { frame::Header::locked(desk) } else { page.header(desk) };
        header.draw(&mut canvas.part(0, 0, area.width, 1));
        if let Some(notice) = desk.notice.as_ref().filter(|_| !hidden) {
            let said = canvas.say(notice);
            draw_whole(&mut canvas, &said, typing_row);
            if desk.loud {
                canvas.look(area.height - 2, Look::Bar);
            }
        }
        let mut is_free = desk.notice.is_none() && self.over.is_none();
        if is_free
            && let Some((line, look)) = slow::line(desk)
                .map(|line| (line, Look::Late))
                .or_else(|| desk.whole_list.line(far(desk)).map(|line| (line, Look::Accent)))
                .or_else(|| hesitation::line(page, desk).map(|line| (line, Look::Dim)))
        {
            let said = canvas.say(&line);
            canvas.write_cut(1, area.height - 2, area.width - 2, &said, look);
            is_free = false;
        }
        let (hint, mut lines) = self
            .over
            .as_ref()
            .map_or_else(|| (page.hint(), page.lines()), |over| over.footer(desk.session.is_sealed()));
        if self.over.is_none() && desk.whole_list.is_shown() {
            let stop: Vec<Line> = whole_list::KEYS.lines().collect();
            lines.retain(|line| !stop.iter().any(|stop| stop.keys == line.keys));
            lines.splice(..0, stop);
        }
        shown.typing = typing && self.over.is_none();
        let bell = otherwise::bell(desk).filter(|_| !hidden).map(|said| said.say(desk.lang));
        let ways: Vec<&str> = otherwise::ways(desk.terminal, &shown).iter().map(|words| words.get(desk.lang)).collect();
        // Below the last page lies nothing, and no key of everywhere leads away from it.
        let alone = self.over.is_some() || page.is_last();
        let mut tail = if alone { Vec::new() } else { global::tail(&lines, desk.terminal) };
        if !desk.terminal.lacks_f(1) && self.over.as_ref().is_some_and(Overlay::has_help) {
            tail.extend(global::EVERYWHERE.lines().find(|line| line.keys == [Key::F(1)]));
        }
        let has_menu = global::has_menu(&lines);
        let key = |line: &Line| match entries.iter().find(|entry| entry.line == *line) {
            Some(entry) => entry.key(WithoutF { has_menu, ..without }),
            None => line.key(),
        };
        // What has to be looked for in the palette is found there: no key has two meanings in one footer.
        let palette = Key::Ctrl('p').to_string();
        lines.retain(|line| line.keys.first() == Some(&Key::Ctrl('p')) || key(line) != palette);
        let hints = Hints { bell: bell.as_deref(), hint: hint.map(|hint| hint.get(desk.lang)), ways: &ways };
        let footer = footer(hints, &lines, &tail, &key, desk.lang, area.width);
        // What the keys left no room for stands above them, where nothing else is said.
        let left_out: Vec<&str> = ways.into_iter().filter(|way| !footer.contains(way)).collect();
        if is_free && !left_out.is_empty() {
            canvas.write_cut(1, area.height - 2, area.width - 2, &left_out.join("   "), Look::Dim);
        }
        // Where the footer had no room for it, nothing is written over its keys.
        let bell = bell.filter(|bell| footer.trim_start().starts_with(bell.as_str()));
        canvas.write(0, area.height - 1, footer, Look::Dim);
        if let Some(bell) = bell {
            canvas.write(1, area.height - 1, bell, Look::Bar);
        }
        cursor
    }
}

/// Gives the rows of its list that a page shows as it stands: it is drawn where nobody sees it, so that page keys go by what is
/// there, whatever stands beside it or below it.
pub(super) fn rows(page: &dyn Face, known: &Known, desk: &Desk) -> Option<Range<usize>> {
    noted(desk, |canvas| draw_page(canvas, page, known))
}

/// Gives the rows of its list that a popup over a page shows as it stands.
pub(super) fn rows_over(over: &Overlay, page: &dyn Face, below: bool, desk: &Desk) -> Option<Range<usize>> {
    noted(desk, |canvas| over.draw(canvas, page, below))
}

/// Draws where nobody sees it, and gives the rows of a list that stand there.
fn noted(desk: &Desk, draw: impl FnOnce(&mut Canvas<'_>)) -> Option<Range<usize>> {
    let area = Rect::new(0, 0, desk.body.width, desk.body.height);
    let (mut buffer, mut cursor, mut shown) = (Buffer::empty(area), None, Shown::default());
    draw(&mut Canvas::new(&mut buffer, &mut cursor, area, desk).noting(&mut shown));
    shown.rows
}

/// Draws a page, and what is known of its selected line, or of who is talked with, where there is room beside it or below it.
fn draw_page(canvas: &mut Canvas<'_>, page: &dyn Face, known: &Known) {
    let size = Size::new(canvas.width(), canvas.height());
    let said = Some(page).filter(|_| is_roomy(size)).and_then(|page| page.beside(canvas.desk));
    let room = said.as_ref().and_then(|said| said.room(size));
    let laid = said.and_then(|said| said.laid(known, canvas.desk));
    let Some((laid, [own, other])) = laid.zip(room) else { return page.draw(canvas) };
    page.draw(&mut part(canvas, own));
    laid.draw(&mut part(canvas, other));
}

fn part<'a>(canvas: &'a mut Canvas<'_>, area: Rect) -> Canvas<'a> {
    canvas.part(area.x, area.y, area.width, area.height)
}

/// Draws a sentence above the footer in as many rows as it needs, over what stands there; below the header where it would
/// cover the line that is typed in.
fn draw_whole(canvas: &mut Canvas<'_>, said: &str, typing_row: Option<u16>) {
    let (width, height) = (canvas.width(), canvas.height());
    let lines = wrap(said, usize::from(width.saturating_sub(2)));
    let most = usize::from(height.saturating_sub(4));
    let rows = u16::try_from(lines.len().min(most)).unwrap_or(1);
    let first = height.saturating_sub(1 + rows);
    let first = if rows > 1 && typing_row.is_some_and(|row| row >= first) { 1 } else { first };
    for (y, line) in (first..).zip(lines.iter().take(most)) {
        canvas.write(0, y, " ".repeat(usize::from(width)), Look::Plain);
        canvas.write_cut(1, y, width.saturating_sub(2), line, Look::Accent);
    }
}
