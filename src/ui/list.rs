//! List: a window over any number of rows, of which only the visible ones are asked for, and one selected row.
//!
//! The list knows neither its rows nor its height: both are given with each key and each frame, so a list of a million
//! rows costs what fits on the screen (a `Table` of all rows cost 255 ms a frame at 100,000).

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;

use super::canvas::{Canvas, clauses, columns};
use super::keys::Key;
use super::short;
use super::theme::Look;
use crate::hanzi::width;
use crate::text::{Lang, Said, Text, t};

/// Holds which row is selected and which one is at the top of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct List {
    selected: usize,
    top: usize,
}

/// A list that keys move in. How many rows of it stand there is what the page drew.
#[derive(Debug)]
pub struct Scroll<'a> {
    /// The list.
    pub list: &'a mut List,
    /// The number of rows there are.
    pub len: usize,
}

impl Scroll<'_> {
    /// Moves the selection, by pages of as many rows as a window shows. Gives false for a key that is no movement, or where there is
    /// nowhere to go.
    pub fn key(&mut self, key: Key, window: u16) -> bool {
        let page = usize::from(window).saturating_sub(1).max(1);
        let last = self.len.saturating_sub(1);
        let now = self.list.selected.min(last);
        let to = match key {
            Key::Up => now.saturating_sub(1),
            Key::Down => now + 1,
            Key::PageUp => now.saturating_sub(page),
            Key::PageDown => now + page,
            Key::Home => 0,
            Key::End => last,
            _ => return false,
        };
        let before = *self.list;
        self.list.select(to.min(last));
        self.list.top = self.list.window(self.len, window).start;
        *self.list != before
    }

    /// Comes back to the next row in order where a page key went over rows that stood neither there before it nor behind it: rows
    /// may take several lines.
    pub fn leave_none_out(&mut self, before: &Range<usize>, after: &Range<usize>) {
        if after.start > before.end {
            (self.list.selected, self.list.top) = (before.end, before.end);
        } else if after.end < before.start {
            self.list.selected = before.start - 1;
        }
    }
}

impl List {
    /// Starts at the first row.
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives the selected row; past the end of a list that shrank it counts as the last.
    pub const fn selected(&self) -> usize {
        self.selected
    }

    /// Selects a row.
    pub const fn select(&mut self, row: usize) {
        self.selected = row;
    }

    /// Gives the rows that a window of `height` rows shows of `len`, the selected one among them.
    pub fn window(&self, len: usize, height: u16) -> Range<usize> {
        let height = usize::from(height).max(1);
        let selected = self.selected.min(len.saturating_sub(1));
        let top = self.top.min(len.saturating_sub(height)).clamp((selected + 1).saturating_sub(height), selected);
        top..len.min(top + height)
    }

    /// Gives the rows that a window of `height` rows shows, and notes that they stand there: page keys go by that.
    pub fn shown(&self, canvas: &mut Canvas<'_>, len: usize, height: u16) -> Range<usize> {
        let shown = self.window(len, height);
        canvas.note_rows(&shown);
        shown
    }

    /// Goes on from the last row to the first, and from the first to the last. Gives false for any other key or row.
    pub fn go_round(&mut self, key: Key, len: usize) -> bool {
        let last = len.saturating_sub(1);
        let to = match key {
            Key::Up if self.selected == 0 => last,
            Key::Down if self.selected >= last => 0,
            _ => return false,
        };
        self.selected = to;
        true
    }

    /// Tells whether a row of a list of `len` is the selected one.
    pub fn is_selected(&self, row: usize, len: usize) -> bool {
        row == self.selected.min(len.saturating_sub(1))
    }
}

/// Says how many rows stand above those that a window shows; none where there are none.
pub fn above(shown: &Range<usize>) -> Option<Said> {
    (shown.start > 0).then(|| t("上面还有 {n}", "{n} more above").with("n", shown.start))
}

/// Says how many rows of a list of `len` stand below those that a window shows; none where there are none.
pub fn below(shown: &Range<usize>, len: usize) -> Option<Said> {
    let more = len.saturating_sub(shown.end);
    (more > 0).then(|| t("下面还有 {n}", "{n} more below").with("n", more))
}

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cells {
    /// What people wrote, which is cut.
    Written,
    /// Words of the program, which have shorter ones.
    Worded,
    /// Where a household is: town, village, group and door.
    Place,
    /// Several things between strokes, each of which stands whole or is counted: 陈明 门牌 +1.
    Several,
}

/// One column of a list.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// The heading, shown where a page shows headings.
    pub head: Text,
    /// The columns it takes on the terminal.
    pub width: u16,
    /// When it is dropped on a narrow terminal: the highest number first, 0 never (`screens.md`, rule 9).
    pub drops: u8,
    /// Numbers stand on the right.
    pub right: bool,
    /// Takes a share of what is left over up to 80 columns, 0 none; at most as much again as it has, but for the last one.
    pub grows: u16,
    /// What its cells are, and with that what goes where they have no room.
    pub cells: Cells,
}

impl Column {
    /// Writes a column that keeps its width and is never dropped.
    ///
    /// # Panics
    /// Where its heading is wider in either language: in a constant that is a program which does not compile.
    pub const fn new(head: Text, width: u16) -> Self {
        assert!(takes(head.zh) <= width && takes(head.en) <= width, "a heading is cut");
        Self { head, width, drops: 0, right: false, grows: 0, cells: Cells::Written }
    }

    /// Drops the column on narrow terminals, the highest number first.
    #[must_use]
    pub const fn drops(self, order: u8) -> Self {
        Self { drops: order, ..self }
    }

    /// Lets the column take a share of the width that is left over.
    #[must_use]
    pub const fn grows(self, share: u16) -> Self {
        Self { grows: share, ..self }
    }

    /// Lets words of the program grow shorter before clauses of them go. What people wrote stands as they wrote it: a village or a file
    /// may be called so.
    #[must_use]
    pub const fn worded(self) -> Self {
        Self { cells: Cells::Worded, ..self }
    }

    /// Lets the town go before a place is cut, then the village: the door is what one stands before.
    #[must_use]
    pub const fn place(self) -> Self {
        Self { cells: Cells::Place, ..self }
    }

    /// Gives what a cell says in so many columns; what does not fit even so is cut where it is drawn.
    pub fn fitted<'a>(&self, text: &'a str, room: u16, lang: Lang) -> Cow<'a, str> {
        if columns(text) <= room {
            return Cow::Borrowed(text);
        }
        if self.cells == Cells::Worded {
            let shorter = short::fitting(text, room, lang);
            return Cow::Owned(clauses(&shorter, usize::from(room), 1).to_owned());
        }
        if self.cells == Cells::Several {
            let all: Vec<&str> = text.split(" / ").collect();
            let with_rest = |kept: usize| {
                let kept = all.get(..kept)?.join(" / ");
                Some(format!("{kept} +{}", all.len() - kept.matches(" / ").count() - 1))
            };
            // Where not even the first one has room its beginning stands.
            let begun = all.first().and_then(|first| first.split_once(", "));
            let begun = begun.map(|(begun, _)| format!("{begun} +{}", all.len() - 1));
            let shorter = (1..all.len()).rev().filter_map(with_rest).chain(begun);
            let shorter = shorter.into_iter().find(|said| columns(said) <= room);
            return shorter.map_or(Cow::Borrowed(text), Cow::Owned);
        }
        let shorter = text.match_indices(' ').take(if self.cells == Cells::Place { 2 } else { 0 });
        let shorter = shorter.filter_map(|(at, _)| text.get(at + 1..));
        Cow::Borrowed(shorter.into_iter().find(|text| columns(text) <= room).unwrap_or(text))
    }

    /// Lets the last of several things be counted before one is cut.
    #[must_use]
    pub const fn several(self) -> Self {
        Self { cells: Cells::Several, ..self }
    }

    /// Puts the cells on the right, as numbers stand.
    #[must_use]
    pub const fn right(self) -> Self {
        Self { right: true, ..self }
    }
}

/// Counts the columns of a heading while the program is compiled: 汉字 take two.
const fn takes(words: &str) -> u16 {
    let (mut bytes, mut columns) = (words.as_bytes(), 0);
    while let Some((byte, rest)) = bytes.split_first() {
        columns += match byte {
            0x80..0xC0 => 0,
            0xE0.. => 2,
            _ => 1,
        };
        bytes = rest;
    }
    columns
}

/// The blank columns between two columns.
pub const GAP: u16 = 2;
/// The sign of the selected line and the blank behind it; every line keeps room for it.
pub const SIGN: u16 = 2;
/// Up to so many columns what is left over is shared out; beyond them more would be a gap (`screens.md`, rule 9), and a column
/// grows for what it has to say alone.
const SHARED: u16 = 80;

/// Gives each column its width on a terminal of `room` columns; beyond 80 of them those that would cut a cell get what is left
/// over, and one that is blank in all lines is dropped too.
pub fn fit_for<'a>(shape: &[Column], room: u16, lines: impl IntoIterator<Item = &'a [Cell]>) -> Vec<Option<u16>> {
    let mut widths = fit(shape, room);
    if room <= SHARED {
        return widths;
    }
    let mut needs = vec![0; shape.len()];
    for line in lines {
        for (need, (text, _)) in needs.iter_mut().zip(line) {
            *need = columns(text).max(*need);
        }
    }
    // A column that says nothing in any line is a gap.
    let blank = widths.iter_mut().zip(&needs).filter(|(_, need)| **need == 0);
    blank.for_each(|(width, _)| *width = None);
    let used = widths.iter().flatten().map(|width| width + GAP).sum::<u16>().saturating_sub(GAP);
    let mut spare = room.saturating_sub(SIGN + used);
    // From the left on: what stands first says most.
    for (width, need) in widths.iter_mut().zip(needs) {
        let Some(width) = width else { continue };
        let more = need.saturating_sub(*width).min(spare);
        *width += more;
        spare -= more;
    }
    widths
}

/// Gives each column its width on a terminal of `room` columns, whatever it has to say; none for one that is dropped.
pub fn fit(columns: &[Column], room: u16) -> Vec<Option<u16>> {
    let room = room.saturating_sub(SIGN);
    let mut kept: Vec<bool> = columns.iter().map(|_| true).collect();
    let need = |kept: &[bool]| {
        let used = columns.iter().zip(kept).filter(|(_, kept)| **kept).map(|(column, _)| column.width + GAP);
        used.sum::<u16>().saturating_sub(GAP)
    };
    while need(&kept) > room {
        let candidates = columns.iter().zip(&mut kept).filter(|(column, kept)| **kept && column.drops > 0);
        // Of columns with the same number the right one goes first: max_by_key takes the last.
        let Some((_, first)) = candidates.max_by_key(|(column, _)| column.drops) else { break };
        *first = false;
    }
    let mut growing: Vec<Option<u16>> =
        columns.iter().zip(&kept).map(|(column, kept)| kept.then_some(column.width)).collect();
    grow(columns, &mut growing, room.min(SHARED - SIGN).saturating_sub(need(&kept)));
    // Where even what is never dropped does not fit, the last column gives way.
    let over = need(&kept).saturating_sub(room);
    if let Some(last) = growing.iter_mut().rev().flatten().next() {
        *last = last.saturating_sub(over);
    }
    growing
}

/// Shares out what is left over. A column that others stand behind only doubles: more would be a gap (`screens.md`, rule 9).
fn grow(columns: &[Column], widths: &mut [Option<u16>], spare: u16) {
    let last = widths.iter().rposition(Option::is_some);
    let (mut spare, mut full) = (spare, vec![false; columns.len()]);
    loop {
        let open = |full: &[bool], at: usize| full.get(at) == Some(&false);
        let growing = || columns.iter().zip(&*widths).enumerate().filter(|(_, (_, width))| width.is_some());
        let shares: u16 = growing().filter(|(at, _)| open(&full, *at)).map(|(_, (column, _))| column.grows).sum();
        let share = |column: &Column| (spare * column.grows).checked_div(shares).unwrap_or(0);
        let over = growing().find(|(at, (column, _))| {
            open(&full, *at) && column.grows > 0 && Some(*at) != last && share(column) > column.width
        });
        let Some((at, _)) = over else {
            for (at, (column, width)) in columns.iter().zip(widths).enumerate() {
                if let Some(width) = width.as_mut().filter(|_| open(&full, at)) {
                    *width += share(column);
                }
            }
            return;
        };
        if let Some((column, Some(width))) = columns.get(at).zip(widths.get_mut(at).map(Option::as_mut)) {
            *width += column.width;
            spare = spare.saturating_sub(column.width);
        }
        if let Some(full) = full.get_mut(at) {
            *full = true;
        }
    }
}

/// One cell of a line: its text and how it looks.
pub type Cell = (String, Look);

/// Draws one line of a list: `>` and a reversed bar if it is selected, then its cells in the widths of [`fit`].
pub fn draw_line(
    canvas: &mut Canvas<'_>,
    y: u16,
    shape: &[Column],
    fit: &[Option<u16>],
    cells: &[Cell],
    selected: bool,
) {
    if selected {
        canvas.write(0, y, ">", Look::Plain);
    }
    let mut x = SIGN;
    for ((column, room), (text, look)) in shape.iter().zip(fit).zip(cells) {
        let Some(room) = *room else { continue };
        // On the reversed bar a colour would be a coloured patch.
        let look = if selected { Look::Plain } else { *look };
        let fitted = column.fitted(text, room, canvas.desk.lang);
        let text = width::cut(&fitted, usize::from(room), "~");
        let indent = if column.right { room.saturating_sub(columns(&text)) } else { 0 };
        canvas.write(x + indent, y, text, look);
        x += room + GAP;
    }
    if selected {
        canvas.look(y, Look::Bar);
    }
}

/// One line of a list: its cells, and whether it is the selected one.
pub type Line = (Vec<Cell>, bool);

/// Draws the lines of a list that its window shows, the first in row `y`.
pub fn draw_lines(canvas: &mut Canvas<'_>, y: u16, shape: &[Column], lines: &[Line]) {
    let widths = fit_for(shape, canvas.width(), lines.iter().map(|(cells, _)| cells.as_slice()));
    for (y, (cells, selected)) in (y..).zip(lines) {
        draw_line(canvas, y, shape, &widths, cells, *selected);
    }
}

/// Draws the headings of the columns in row `y` and below them the lines.
pub fn draw_headed(canvas: &mut Canvas<'_>, y: u16, shape: &[Column], lines: &[Line]) {
    draw_lines(canvas, y, shape, &headed(canvas, shape, lines.to_vec()));
}

/// Puts the headings of the columns before the lines: a heading fits into its column whatever stands below it.
pub fn headed(canvas: &Canvas<'_>, shape: &[Column], lines: Vec<Line>) -> Vec<Line> {
    let heads = shape.iter().map(|column| (canvas.words(column.head).to_owned(), Look::Dim)).collect();
    std::iter::once((heads, false)).chain(lines).collect()
}
