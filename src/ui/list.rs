//! List: a window over any number of rows, of which only the visible ones are asked for, and one selected row.
//!
//! The list knows neither its rows nor its height: both are given with each key and each frame, so a list of a million
//! rows costs what fits on the screen (a `Table` of all rows cost 255 ms a frame at 100,000).

use std::borrow::Cow;
use std::ops::Range;

use super::canvas::{Canvas, columns};
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

/// A list with the measures a key needs.
#[derive(Debug)]
pub struct Scroll<'a> {
    /// The list.
    pub list: &'a mut List,
    /// The number of rows there are.
    pub len: usize,
    /// The number of rows the window shows.
    pub window: u16,
}

impl Scroll<'_> {
    /// Moves the selection. Gives false for a key that is no movement, or where there is nowhere to go.
    pub fn key(&mut self, key: Key) -> bool {
        let page = usize::from(self.window).saturating_sub(1).max(1);
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
        self.list.top = self.list.window(self.len, self.window).start;
        *self.list != before
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
    /// Its cells are words of the program, which have shorter ones.
    pub worded: bool,
    /// Its cells say where a household is: town, village, group and door.
    pub place: bool,
}

impl Column {
    /// Writes a column that keeps its width and is never dropped.
    ///
    /// # Panics
    /// Where its heading is wider in either language: in a constant that is a program which does not compile.
    pub const fn new(head: Text, width: u16) -> Self {
        assert!(takes(head.zh) <= width && takes(head.en) <= width, "a heading is cut");
        Self { head, width, drops: 0, right: false, grows: 0, worded: false, place: false }
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

    /// Lets words of the program grow shorter before they are cut. What people wrote stands as they wrote it: a village or a file
    /// may be called so.
    #[must_use]
    pub const fn worded(self) -> Self {
        Self { worded: true, ..self }
    }

    /// Lets the town go before a place is cut, then the village: the door is what one stands before.
    #[must_use]
    pub const fn place(self) -> Self {
        Self { place: true, ..self }
    }

    /// Gives what a cell says in so many columns; what does not fit even so is cut where it is drawn.
    pub fn fitted<'a>(&self, text: &'a str, room: u16, lang: Lang) -> Cow<'a, str> {
        if columns(text) <= room {
            return Cow::Borrowed(text);
        }
        if self.worded {
            return Cow::Owned(short::fitting(text, room, lang));
        }
        let shorter = text.match_indices(' ').take(if self.place { 2 } else { 0 });
        let shorter = shorter.filter_map(|(at, _)| text.get(at + 1..));
        Cow::Borrowed(shorter.into_iter().find(|text| columns(text) <= room).unwrap_or(text))
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
const GAP: u16 = 2;
/// The sign of the selected line and the blank behind it; every line keeps room for it.
const SIGN: u16 = 2;
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
    let heads = shape.iter().map(|column| (canvas.words(column.head).to_owned(), Look::Dim)).collect();
    // A heading fits into its column whatever stands below it.
    let all: Vec<Line> = std::iter::once((heads, false)).chain(lines.iter().cloned()).collect();
    draw_lines(canvas, y, shape, &all);
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Modifier;
    use unicode_segmentation::UnicodeSegmentation;

    use super::{Cell, Column, List, Scroll, draw_line, fit, fit_for};
    use crate::text::{Lang, t};
    use crate::ui::canvas::{Canvas, columns, lines};
    use crate::ui::desk::Desk;
    use crate::ui::keys::Key;
    use crate::ui::theme::Look;

    fn press(list: &mut List, len: usize, window: u16, key: Key) -> bool {
        Scroll { list, len, window }.key(key)
    }

    #[test]
    fn the_selection_stays_in_the_list_and_the_window_follows_it() {
        let mut list = List::new();
        assert!(!press(&mut list, 100, 10, Key::Up));
        assert!(press(&mut list, 100, 10, Key::PageDown));
        assert_eq!((list.selected(), list.window(100, 10)), (9, 0..10));
        press(&mut list, 100, 10, Key::Down);
        assert_eq!(list.window(100, 10), 1..11);
        press(&mut list, 100, 10, Key::Up);
        assert_eq!(list.window(100, 10), 1..11, "the window moves only when it must");
        press(&mut list, 100, 10, Key::End);
        assert_eq!((list.selected(), list.window(100, 10)), (99, 90..100));
        assert!(!press(&mut list, 100, 10, Key::Down));
        press(&mut list, 100, 10, Key::Home);
        assert_eq!(list.window(100, 10), 0..10);
        assert!(!press(&mut list, 100, 10, Key::Tab));
    }

    #[test]
    fn a_list_that_shrank_selects_its_last_row_and_an_empty_one_nothing_that_breaks() {
        let mut list = List::new();
        list.select(50);
        assert_eq!(list.window(7, 3), 4..7);
        assert!(list.is_selected(6, 7));
        assert_eq!(list.window(0, 3), 0..0);
        assert!(!press(&mut List::new(), 0, 3, Key::Down));
    }

    #[test]
    fn another_height_never_loses_the_selected_row() {
        let mut list = List::new();
        for _ in 0..20 {
            press(&mut list, 1_000_000, 24, Key::PageDown);
        }
        for height in 0..80 {
            assert!(list.window(1_000_000, height).contains(&list.selected()), "{height}");
        }
    }

    const COLUMNS: [Column; 4] = [
        Column::new(t("姓名", "Name"), 8),
        Column::new(t("岁", "Age"), 3).drops(1).right(),
        Column::new(t("村", "Village"), 10).drops(2).grows(1),
        Column::new(t("负责", "Unit"), 12).drops(3),
    ];

    #[test]
    fn columns_drop_in_their_order_and_what_is_left_grows() {
        assert_eq!(fit(&COLUMNS, 41), [Some(8), Some(3), Some(10), Some(12)]);
        assert_eq!(fit(&COLUMNS, 40), [Some(8), Some(3), Some(23), None]);
        assert_eq!(fit(&COLUMNS, 20), [Some(8), Some(3), None, None]);
        assert_eq!(fit(&COLUMNS, 12), [Some(8), None, None, None]);
        assert_eq!(fit(&COLUMNS, 6), [Some(4), None, None, None]);
        assert_eq!(fit(&COLUMNS, 47), [Some(8), Some(3), Some(16), Some(12)]);
    }

    // At 200 columns 130 blank ones stood between a village and its numbers.
    #[test]
    fn a_column_in_front_of_others_grows_no_more_than_to_twice_its_width() {
        assert_eq!(fit(&COLUMNS, 61), [Some(8), Some(3), Some(20), Some(12)]);
        assert_eq!(fit(&COLUMNS, 200), [Some(8), Some(3), Some(20), Some(12)]);
        let with_words = [COLUMNS[0], COLUMNS[2], Column::new(t("几句", "Words"), 10).grows(2)];
        assert_eq!(fit(&with_words, 64), [Some(8), Some(20), Some(30)]);
    }

    // Half a terminal of 200 columns stood blank between a name and its village.
    #[test]
    fn beyond_80_columns_a_column_grows_for_what_it_has_to_say_alone() {
        let cells = |words: [&str; 4]| words.map(|text| (text.to_owned(), Look::Plain));
        let lines =
            [cells(["张守富", "67", "东里东村", "x"]), cells(["欧阳修远大人", "67", "东里", "镇水利站 李明 王立新"])];
        let widths = |room| fit_for(&COLUMNS, room, lines.iter().map(<[Cell; 4]>::as_slice));
        for room in [41, 61, 80] {
            assert_eq!(widths(room), fit(&COLUMNS, room), "what is looked at most stays where it is");
        }
        for room in [81, 200] {
            assert_eq!(widths(room), [Some(12), Some(3), Some(20), Some(20)]);
        }
        assert_eq!(fit_for(&COLUMNS, 41, []), fit(&COLUMNS, 41));
        let silent = [cells(["张守富", "67", "", "x"])];
        let widths = fit_for(&COLUMNS, 100, silent.iter().map(<[Cell; 4]>::as_slice));
        assert_eq!(widths, [Some(8), Some(3), None, Some(12)], "what says nothing is not there");
    }

    // A file was called by a word of the program, shortened.
    #[test]
    fn only_words_of_the_program_grow_shorter() {
        let area = Rect::new(0, 0, 30, 1);
        let (mut buffer, mut desk) = (Buffer::empty(area), Desk::for_tests());
        desk.lang = Lang::En;
        let shape = [Column::new(t("文件", "File"), 17), Column::new(t("户类别", "Kind"), 8).worded()];
        let cells = ["Dongli stock issue list.xlsx", "stock issue"].map(|text| (text.to_owned(), Look::Plain));
        let mut cursor = None;
        draw_line(&mut Canvas::new(&mut buffer, &mut cursor, area, &desk), 0, &shape, &fit(&shape, 30), &cells, false);
        assert_eq!(lines(&buffer), ["  Dongli stock iss~  stock"]);
    }

    // `东里镇 东里西村 2~` stood there: which door it is was what was cut.
    #[test]
    fn of_a_place_the_door_is_what_stays() {
        let column = Column::new(t("住在", "Place"), 8).place();
        let said = |room| column.fitted("东里镇 东里西村 2组 7号", room, Lang::Zh).into_owned();
        assert_eq!(said(23), "东里镇 东里西村 2组 7号");
        assert_eq!(said(22), "东里西村 2组 7号");
        assert_eq!(said(7), "2组 7号");
        assert_eq!(said(6), "东里镇 东里西村 2组 7号", "cut where it is drawn");
        assert_eq!(Column::new(t("备注", "Remark"), 8).fitted("耳背 有狗", 8, Lang::Zh), "耳背 有狗");
    }

    // Half a character stood at the end of a cell, or a mark on the next one.
    #[test]
    fn a_cell_is_cut_between_what_people_see_as_characters() {
        let typed = [
            "张守富家的门口",
            "e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}",
            "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}一家三口",
            "\u{2764}\u{fe0f}\u{2764}\u{fe0f}好好",
        ];
        let (area, desk) = (Rect::new(0, 0, 24, 1), Desk::for_tests());
        for text in typed {
            for room in 4..=10 {
                let shape = [Column::new(t("", ""), room), Column::new(t("", ""), 2)];
                let (mut buffer, widths) = (Buffer::empty(area), [Some(room), Some(2)]);
                let cells = [text, "|"].map(|text| (text.to_owned(), Look::Plain));
                draw_line(&mut Canvas::new(&mut buffer, &mut None, area, &desk), 0, &shape, &widths, &cells, false);
                let line = lines(&buffer).concat();
                let (cell, _) = line.split_once('|').unwrap();
                assert_eq!(columns(cell), 2 + room + 2, "{line:?}");
                let cell = cell.trim();
                let kept = cell.strip_suffix('~').unwrap_or(cell);
                assert!(kept.graphemes(true).eq(text.graphemes(true).take(kept.graphemes(true).count())), "{line:?}");
            }
        }
    }

    #[test]
    fn the_selected_line_has_a_sign_and_a_bar_and_cells_stand_in_columns() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 30, 2));
        let desk = Desk::for_tests();
        let mut cursor = None;
        let mut canvas = Canvas::new(&mut buffer, &mut cursor, Rect::new(0, 0, 30, 2), &desk);
        let widths = fit(&COLUMNS, 30);
        let cells = |name: &str| [name, "67", "东里东村", "x"].map(|text| (text.to_owned(), Look::Late)).to_vec();
        draw_line(&mut canvas, 0, &COLUMNS, &widths, &cells("张守富"), true);
        draw_line(&mut canvas, 1, &COLUMNS, &widths, &cells("欧阳修远长"), false);
        assert_eq!(lines(&buffer), ["> 张守富     67  东里东村", "  欧阳修~    67  东里东村"]);
        let reversed = |y| buffer.cell((29, y)).is_some_and(|cell| cell.modifier.contains(Modifier::REVERSED));
        assert!(reversed(0) && !reversed(1));
    }
}
