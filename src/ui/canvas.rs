//! Canvas: what a screen draws on, in columns and rows of its own, in the language and the theme of the desk.
//!
//! Positions outside are ignored and text is cut at the edge, so a screen never has to ask whether there is room. The
//! terminal's cursor is placed here too, and only here.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

use super::desk::Desk;
use super::field::Field;
use super::otherwise::{FKeys, Shown};
use super::theme::Look;
use crate::hanzi::width;
use crate::text::{Said, Text};

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
}

impl<'a> Canvas<'a> {
    /// Opens a canvas over a part of a buffer.
    pub fn new(buffer: &'a mut Buffer, cursor: &'a mut Option<Position>, area: Rect, desk: &'a Desk) -> Self {
        let area = area.intersection(buffer.area);
        Self { buffer, cursor, shown: None, area, f_keys: None, desk, covered: desk.covered }
    }

    /// Has sentences name the other way in the place of F-keys.
    pub(super) const fn without_f_keys(self, f_keys: Option<&'a FKeys>) -> Self {
        Self { f_keys, ..self }
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
                // A … is the program's own: it waits, or something was cut.
                let typed = text.as_ref().replace('…', "");
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
        // A blank is nothing to read, and of sixteen colours its ground would be a block.
        let look = if text.as_ref().trim().is_empty() { Look::Plain } else { look };
        if let Some(shown) = &mut self.shown {
            shown.warned |= matches!(look, Look::Soon | Look::Late);
        }
        let style = self.desk.theme.style(look);
        let left = self.area.x + x;
        self.uncover(left, self.area.y + y);
        let (end, _) = self.buffer.set_stringn(left, self.area.y + y, text, usize::from(room), style);
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

    /// Writes a sentence over as many rows as it needs, at most `rows`, and gives the rows used. Where there is more of it the
    /// last of them ends in `~`, as a cell does that is cut.
    pub fn write_wrapped(&mut self, x: u16, y: u16, rows: u16, text: &str, look: Look) -> u16 {
        let room = usize::from(self.area.width.saturating_sub(x));
        let lines = wrap(text, room);
        let last = usize::from(rows.saturating_sub(1));
        for (at, (row, line)) in (y..y.saturating_add(rows)).zip(&lines).enumerate() {
            if at == last && lines.len() > at + 1 {
                self.write(x, row, format!("{}~", width::cut(line, room.saturating_sub(1), "")), look);
            } else {
                self.write(x, row, line, look);
            }
        }
        rows.min(u16::try_from(lines.len()).unwrap_or(u16::MAX))
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
        for (row, text) in (y..).zip(&shown.rows) {
            let text = self.typed(text).into_owned();
            self.write(x, row, text, Look::Plain);
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

    /// Writes the line at the top of a list: its name, which the eye should find first, then, behind three blanks, what is said
    /// of it. Gives the column behind it.
    pub fn title(&mut self, y: u16, said: &str) -> u16 {
        let (name, rest) = said.split_once("   ").unwrap_or((said, ""));
        let x = self.write(1, y, name, Look::Strong);
        if rest.is_empty() { x } else { self.write(x + 3, y, rest, Look::Plain) }
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
            && cell.symbol().width() > 1
        {
            cell.set_symbol(" ");
        }
    }
}

/// Counts the columns of a text as the terminal does.
pub fn columns(text: &str) -> u16 {
    u16::try_from(text.width()).unwrap_or(u16::MAX)
}

/// Breaks a text into lines of at most `room` columns, at blanks where there are any, else between characters.
pub fn wrap(text: &str, room: usize) -> Vec<String> {
    let room = room.max(2);
    let mut lines = vec![String::new()];
    for word in text.split_inclusive(' ') {
        let bare = word.trim_end();
        let used = lines.last().map_or(0, |line| line.width());
        if used > 0 && used + bare.width() > room && bare.width() <= room {
            lines.push(String::new());
        }
        for ch in word.chars() {
            let Some(line) = lines.last_mut() else { continue };
            if line.width() + width::of_char(ch) <= room {
                line.push(ch);
            } else if ch != ' ' {
                lines.push(ch.to_string());
            }
        }
    }
    lines.iter().map(|line| line.trim_end().replace('\u{a0}', " ")).collect()
}

/// Keeps words together where [`wrap`] breaks a line: a choice and its digit, say.
pub fn whole(words: &str) -> String {
    words.replace(' ', "\u{a0}")
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

#[cfg(test)]
mod tests {
    use ratatui::buffer::{Buffer, Cell};
    use ratatui::layout::{Position, Rect};
    use ratatui::style::{Color, Modifier};

    use super::{Canvas, lines, whole, wrap};
    use crate::hanzi::width;
    use crate::ui::desk::Desk;
    use crate::ui::field::Field;
    use crate::ui::otherwise::Shown;
    use crate::ui::theme::{Look, Theme};

    fn drawn(width: u16, height: u16, draw: impl FnOnce(&mut Canvas<'_>)) -> (Vec<String>, Option<Position>) {
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        let mut cursor = None;
        let desk = Desk::for_tests();
        draw(&mut Canvas::new(&mut buffer, &mut cursor, Rect::new(0, 0, width, height), &desk));
        (lines(&buffer), cursor)
    }

    #[test]
    fn text_is_cut_at_the_edge_and_never_in_the_middle_of_a_character() {
        let (lines, _) = drawn(7, 2, |canvas| {
            assert_eq!(canvas.write(0, 0, "东里东村", Look::Plain), 6);
            canvas.write(0, 9, "nowhere", Look::Plain);
            canvas.write(9, 0, "nowhere", Look::Plain);
            canvas.write_right(1, "3组", Look::Plain);
        });
        assert_eq!(lines, ["东里东", "    3组"]);
    }

    #[test]
    fn a_cut_text_says_so_and_takes_its_room() {
        let (lines, _) = drawn(20, 1, |canvas| {
            let x = canvas.write_cut(0, 0, 7, "东里东村", Look::Plain);
            assert_eq!(x, 7);
            let x = canvas.write_cut(x, 0, 4, "3", Look::Plain);
            canvas.write(x, 0, "x", Look::Plain);
        });
        assert_eq!(lines, ["东里东~3   x"]);
    }

    // A popup at an odd column over Chinese lost its border: the half-covered glyph was drawn over it (ratatui#2526).
    #[test]
    fn clearing_blanks_the_characters_that_its_edges_cut_in_half() {
        let (lines, _) = drawn(10, 1, |canvas| {
            canvas.write(0, 0, "东里东村三", Look::Plain);
            let mut part = canvas.part(3, 0, 4, 1);
            part.clear();
            part.write(0, 0, "[ab]", Look::Plain);
        });
        assert_eq!(lines, ["东 [ab] 三"]);
    }

    #[test]
    fn a_selected_line_is_of_one_piece_whatever_colours_stood_on_it_and_nothing_of_it_is_dim() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 8, 1));
        let desk = Desk::for_tests();
        let mut cursor = None;
        let mut canvas = Canvas::new(&mut buffer, &mut cursor, Rect::new(0, 0, 8, 1), &desk);
        canvas.write(0, 0, ">", Look::Accent);
        canvas.write(2, 0, "未访", Look::Soon);
        canvas.write(6, 0, "5", Look::Dim);
        canvas.look(0, Look::Bar);
        let is_clear = |cell: &Cell| cell.fg == Color::Reset && cell.bg == Color::Reset;
        assert!(buffer.content.iter().all(|cell| is_clear(cell) && !cell.modifier.contains(Modifier::DIM)));
    }

    // Every page that waited told people that their quotation marks are kept, and there were none.
    #[test]
    fn that_marks_are_kept_as_typed_is_no_word_about_the_points_of_the_program() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 20, 1));
        let mut desk = Desk::for_tests();
        desk.terminal.wide = true;
        let mut narrowed = |words: &str| {
            let (mut shown, mut cursor) = (Shown::default(), None);
            let mut canvas = Canvas::new(&mut buffer, &mut cursor, Rect::new(0, 0, 20, 1), &desk).noting(&mut shown);
            canvas.write(0, 0, words, Look::Plain);
            (shown.narrowed, lines(&buffer).concat())
        };
        assert_eq!(narrowed("正在读 35% …"), (false, "正在读 35%..".to_owned()));
        assert_eq!(narrowed("他说“好” 啊啊啊"), (true, "他说\"好\" 啊啊啊".to_owned()));
    }

    // 他说… stood as 他说~, as if it had been cut.
    #[test]
    fn an_ellipsis_that_somebody_typed_is_a_mark_kept_as_typed() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 20, 1));
        let mut desk = Desk::for_tests();
        desk.terminal.wide = true;
        for (typed, stood) in [("他说…好", "他说.好"), ("等等 …", "等等 ."), ("等等……", "等等..")]
        {
            let (mut shown, mut cursor) = (Shown::default(), None);
            let mut canvas = Canvas::new(&mut buffer, &mut cursor, Rect::new(0, 0, 20, 1), &desk).noting(&mut shown);
            canvas.field(0, 0, &Field::with(typed), true);
            let column = u16::try_from(width::columns(typed)).unwrap();
            assert_eq!((shown.narrowed, cursor), (true, Some(Position::new(column, 0))));
            assert_eq!(lines(&buffer).concat(), stood);
            buffer.reset();
        }
    }

    #[test]
    fn what_has_no_room_says_so() {
        let (lines, _) = drawn(10, 3, |canvas| {
            assert_eq!(canvas.write_wrapped(0, 0, 2, "记录一条不改, 只是它的时间照更正的", Look::Plain), 2);
            canvas.write_wrapped(0, 2, 1, "saved here", Look::Plain);
        });
        assert_eq!(lines, ["记录一条不", "改, 只是~", "saved here"]);
    }

    #[test]
    fn of_the_title_of_a_list_its_name_is_found_first() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 20, 1));
        let desk = Desk::for_tests();
        Canvas::new(&mut buffer, &mut None, Rect::new(0, 0, 20, 1), &desk).title(0, "待核对   9 处");
        let bold: Vec<bool> = [1, 10].map(|x| buffer[(x, 0)].modifier.contains(Modifier::BOLD)).into();
        assert_eq!((lines(&buffer), bold), (vec![" 待核对   9 处".to_owned()], vec![true, false]));
    }

    #[test]
    fn a_bar_fills_by_whole_columns_between_its_brackets() {
        let (lines, _) = drawn(12, 3, |canvas| {
            canvas.bar(0, 0, 12, 0, 900);
            canvas.bar(0, 1, 12, 450, 900);
            canvas.bar(0, 2, 12, 9_000, 900);
        });
        assert_eq!(lines, ["[          ]", "[=====     ]", "[==========]"]);
    }

    #[test]
    fn with_sixteen_colours_a_blank_has_no_ground_and_a_selected_row_is_of_one_piece() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 2));
        let mut desk = Desk::for_tests();
        desk.theme = Theme::sixteen();
        let mut cursor = None;
        let mut canvas = Canvas::new(&mut buffer, &mut cursor, Rect::new(0, 0, 12, 2), &desk);
        canvas.write(0, 0, " ", Look::Accent);
        canvas.write(0, 1, "超期", Look::Late);
        canvas.look(1, Look::Bar);
        assert!(buffer.content.iter().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset));
    }

    #[test]
    fn without_colours_a_bar_has_no_colour_and_can_still_be_read() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
        let mut desk = Desk::for_tests();
        desk.theme = Theme::plain();
        Canvas::new(&mut buffer, &mut None, Rect::new(0, 0, 12, 1), &desk).bar(0, 0, 12, 1, 2);
        assert_eq!(lines(&buffer), ["[=====     ]"]);
        assert!(buffer.content.iter().all(|cell| cell.bg == ratatui::style::Color::Reset));
    }

    #[test]
    fn the_cursor_stands_in_columns_behind_the_text_of_the_field() {
        let (lines, cursor) = drawn(12, 4, |canvas| {
            canvas.write(0, 1, "> ", Look::Plain);
            assert_eq!(canvas.field(2, 1, &Field::with("村小学校车只到村口"), true), 2);
        });
        assert_eq!(lines, ["", "> 村小学校车", "  只到村口", ""]);
        assert_eq!(cursor, Some(Position::new(10, 2)));
    }

    #[test]
    fn sentences_break_at_blanks_and_chinese_anywhere() {
        assert_eq!(wrap("saved on this laptop", 10), ["saved on", "this", "laptop"]);
        assert_eq!(wrap("已自动保存在这里", 6), ["已自动", "保存在", "这里"]);
        assert_eq!(wrap("", 6), [""]);
    }

    // "5at a" stood on one row and "business" on the next.
    #[test]
    fn a_choice_of_several_words_stays_on_one_row() {
        let choices = ["4evening talk", "5at a business"].map(whole).join("  ");
        assert_eq!(wrap(&choices, 22), ["4evening talk", "5at a business"]);
    }
}
