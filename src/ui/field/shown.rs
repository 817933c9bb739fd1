//! What a field shows of its text, and where the cursor stands.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::Field;

/// Bounds the rows that a field takes on the screen; longer text scrolls (`screens.md`, rule 4).
pub const ROWS: usize = 3;

/// What a field shows: at most [`ROWS`] rows of text and the cursor among them.
#[derive(Debug, PartialEq, Eq)]
pub struct Shown<'a> {
    /// The rows, at least one.
    pub rows: Vec<&'a str>,
    /// The column of the cursor in its row.
    pub column: u16,
    /// The row of the cursor, counted among the rows shown.
    pub row: u16,
}

impl Field {
    /// Breaks the text into the rows shown in `width` columns, at most [`ROWS`] around the cursor, and places the cursor.
    pub fn shown(&self, width: u16) -> Shown<'_> {
        let width = usize::from(width.max(2));
        // Where each row starts; the cursor as column and row.
        let mut starts: Vec<usize> = vec![0];
        let (mut used, mut cursor) = (0, (0, 0));
        for (at, grapheme) in self.text.grapheme_indices(true) {
            let columns = grapheme.width();
            if used + columns > width {
                starts.push(at);
                used = 0;
            }
            if at == self.cursor {
                cursor = (used, starts.len() - 1);
            }
            used += columns;
        }
        if self.cursor == self.text.len() {
            // A full last row would put the cursor outside: it waits at the start of the next.
            if used >= width {
                starts.push(self.text.len());
                used = 0;
            }
            cursor = (used, starts.len() - 1);
        }
        let first = (cursor.1 + 1).saturating_sub(ROWS);
        let ends = starts.iter().skip(1).copied().chain([self.text.len()]);
        let rows = starts.iter().zip(ends).map(|(start, end)| self.text.get(*start..end).unwrap_or_default());
        let rows = rows.skip(first).take(ROWS).collect();
        Shown {
            rows,
            column: u16::try_from(cursor.0).unwrap_or(u16::MAX),
            row: u16::try_from(cursor.1 - first).unwrap_or(u16::MAX),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Field;

    #[test]
    fn rows_break_by_columns_and_the_cursor_stands_in_columns() {
        let field = Field::with("东里东村三组");
        let shown = field.shown(5);
        assert_eq!(shown.rows, ["东里", "东村", "三组"]);
        assert_eq!((shown.column, shown.row), (4, 2));
        let full = Field::with("东里");
        assert_eq!((full.shown(4).column, full.shown(4).row), (0, 1), "a full row lets the cursor go on below");
    }

    #[test]
    fn long_text_scrolls_with_the_cursor_in_sight() {
        let mut field = Field::with("一二三四五六七八九十");
        assert_eq!(field.shown(4).rows, ["七八", "九十", ""]);
        field.set("一二三四五六七八九十", 0);
        let shown = field.shown(4);
        assert_eq!(shown.rows, ["一二", "三四", "五六"]);
        assert_eq!((shown.column, shown.row), (0, 0));
    }
}
