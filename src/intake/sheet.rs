//! A sheet: cells as text where they stand, and which of them are merged. Nothing here knows what a roster is.

use std::sync::Arc;
use std::sync::mpsc::Sender;

use super::watch::{Stopped, Watch};

/// Most rows with text that one sheet may have. A longer list is refused, not cut: no row is dropped in silence.
pub const MOST_ROWS: u32 = 200_000;
/// Most columns kept; text further right is left out and said so.
pub const MOST_COLUMNS: u32 = 60;
/// Longest text kept of one cell, in characters.
const MOST_CHARACTERS: usize = 2_000;
/// How many rows of a list are looked at to recognise columns by their content.
const LOOKED_AT: usize = 200;
/// Rows of a page for whoever reads along.
const PAGE: usize = 4096;

/// Marks a merged region; rows and columns count from 0 and both ends belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Merge {
    /// Leftmost column.
    pub left: u32,
    /// First row.
    pub top: u32,
    /// Rightmost column.
    pub right: u32,
    /// Last row.
    pub bottom: u32,
}

/// Holds the text of one sheet in one buffer, so that a long list costs little memory.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// The name on its tab; empty for text files.
    pub name: String,
    /// Whether text right of the last kept column was left out.
    pub cut_columns: bool,
    watch: Watch,
    text: String,
    cells: Vec<Held>,
    rows: Vec<Span>,
    merges: Arc<[Merge]>,
    /// Whether the cells did not come row by row, each from the left.
    jumbled: bool,
    along: Option<Sender<Page>>,
    /// How many rows went along already.
    gone: usize,
}

#[derive(Debug, Clone, Copy)]
struct Held {
    row: u32,
    column: u32,
    start: usize,
    end: usize,
}

#[derive(Debug, Clone, Copy)]
struct Span {
    number: u32,
    first: usize,
    past: usize,
}

/// Rows of a sheet that is still being filled, with those above them whose cells are merged into theirs.
#[derive(Debug)]
pub struct Page {
    /// The rows.
    pub sheet: Sheet,
    /// The number of its own first row; what stands above belongs to earlier pages.
    pub first: u32,
}

/// Why a sheet was not read to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// It has more rows with text than [`MOST_ROWS`].
    TooLong,
    /// A person stopped it.
    Stopped,
}

impl Sheet {
    /// Starts an empty sheet that is watched while it is filled and read.
    pub fn named(name: impl Into<String>, watch: &Watch) -> Self {
        Self { name: name.into(), watch: watch.clone(), ..Self::default() }
    }

    /// Knows its merged regions from the start.
    #[must_use]
    pub fn merged(mut self, mut merges: Vec<Merge>) -> Self {
        merges.retain(|merge| merge.left <= merge.right && merge.top <= merge.bottom && merge.left < MOST_COLUMNS);
        merges.sort_unstable();
        self.merges = merges.into();
        self
    }

    /// Gives its rows along page by page while it is filled.
    #[must_use]
    pub fn along(mut self, to: Option<Sender<Page>>) -> Self {
        self.along = to;
        self
    }

    /// Gives who watches.
    pub(super) fn watch(&self) -> &Watch {
        &self.watch
    }

    /// Puts a text at a place. Blank text is nothing; of two texts at one place the later stays.
    ///
    /// # Errors
    /// [`Cut`] once more rows came than are kept, or a person stopped it.
    pub fn put(&mut self, row: u32, column: u32, text: &str) -> Result<(), Cut> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(());
        }
        if column >= MOST_COLUMNS {
            self.cut_columns = true;
            return Ok(());
        }
        let text = text.char_indices().nth(MOST_CHARACTERS).map_or(text, |(at, _)| text.get(..at).unwrap_or(text));
        let start = self.text.len();
        self.text.push_str(text);
        self.cells.push(Held { row, column, start, end: self.text.len() });
        let past = self.cells.len();
        if let Some(last) = self.rows.last_mut().filter(|last| last.number == row) {
            last.past = past;
            return Ok(());
        }
        if self.rows.len() >= MOST_ROWS as usize {
            return Err(Cut::TooLong);
        }
        self.watch.reach(row).map_err(|Stopped| Cut::Stopped)?;
        if self.along.is_some() && self.rows.len() - self.gone == PAGE {
            self.turn_page();
        }
        self.rows.push(Span { number: row, first: past - 1, past });
        Ok(())
    }

    /// Gives the rows that have not gone along yet; nobody reads along any longer once a page cannot be taken.
    fn turn_page(&mut self) {
        let rows = self.rows.get(self.gone..).unwrap_or_default();
        let Some(first) = rows.first().map(|row| row.number) else { return };
        let from_above = |merge: &&Merge| merge.top < first && first <= merge.bottom;
        let mut tops: Vec<u32> = self.merges.iter().filter(from_above).map(|merge| merge.top).collect();
        tops.sort_unstable();
        tops.dedup();
        let mut sheet = Self { name: self.name.clone(), merges: Arc::clone(&self.merges), ..Self::default() };
        let carried = tops.iter().map(|top| self.row(*top));
        for row in carried.chain(rows.iter().map(|span| Row { sheet: self, span: *span })) {
            sheet.copy(&row);
        }
        self.gone = self.rows.len();
        self.along = self.along.take().filter(|along| along.send(Page { sheet, first }).is_ok());
    }

    /// Takes a row as it stands in another sheet.
    fn copy(&mut self, row: &Row<'_>) {
        let first = self.cells.len();
        for cell in row.held() {
            let start = self.text.len();
            self.text.push_str(row.sheet.text_of(cell));
            self.cells.push(Held { start, end: self.text.len(), ..*cell });
        }
        if self.cells.len() > first {
            self.rows.push(Span { number: row.number(), first, past: self.cells.len() });
        }
    }

    /// Puts the cells in order; to be called once after the last [`Sheet::put`].
    pub fn settle(&mut self) {
        self.along = None;
        self.jumbled = !self.cells.is_sorted_by_key(|cell| (cell.row, cell.column));
        if self.jumbled {
            self.cells.sort_by_key(|cell| (cell.row, cell.column));
            self.rows.clear();
            for (at, cell) in self.cells.iter().enumerate() {
                match self.rows.last_mut() {
                    Some(last) if last.number == cell.row => last.past = at + 1,
                    _ => self.rows.push(Span { number: cell.row, first: at, past: at + 1 }),
                }
            }
        }
    }

    /// Tells whether the cells did not come row by row, each from the left.
    pub fn was_jumbled(&self) -> bool {
        self.jumbled
    }

    /// Gives the rows that have text, from the top.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_>> + DoubleEndedIterator + Clone {
        self.rows.iter().map(|span| Row { sheet: self, span: *span })
    }

    /// Gives the rows that are looked at to know a column: those from `first` on that have more than one cell.
    pub fn looked_at(&self, first: u32) -> impl Iterator<Item = Row<'_>> {
        self.rows().filter(move |row| row.number() >= first && row.cells().nth(1).is_some()).take(LOOKED_AT)
    }

    /// Gives the row of a number counted from 0, with or without text.
    pub fn row(&self, number: u32) -> Row<'_> {
        let span = match self.rows.binary_search_by_key(&number, |span| span.number) {
            Ok(at) => self.rows.get(at).copied(),
            Err(_) => None,
        };
        Row { sheet: self, span: span.unwrap_or(Span { number, first: 0, past: 0 }) }
    }

    /// Gives one past the rightmost column with text.
    pub fn width(&self) -> u32 {
        self.cells.iter().map(|cell| cell.column + 1).max().unwrap_or(0)
    }

    /// Gives the merged regions that touch a row.
    pub fn merges_at(&self, row: u32) -> impl Iterator<Item = &Merge> {
        self.merges.iter().filter(move |merge| merge.top <= row && row <= merge.bottom)
    }

    /// Gives the vertical region around a cell of one column, if it is merged with cells above or below.
    pub fn merged_down(&self, row: u32, column: u32) -> Option<&Merge> {
        let past = self.merges.partition_point(|merge| (merge.left, merge.top) <= (column, row));
        let merge = self.merges.get(past.checked_sub(1)?)?;
        (merge.left == column && merge.top < merge.bottom && row <= merge.bottom).then_some(merge)
    }
}

/// Points at one row of a sheet.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    sheet: &'a Sheet,
    span: Span,
}

impl<'a> Row<'a> {
    /// Gives the number of the row, counted from 0.
    pub fn number(&self) -> u32 {
        self.span.number
    }

    /// Gives the text at a column, empty where there is none.
    pub fn at(&self, column: u32) -> &'a str {
        // Later texts win, so look from the back.
        self.held().iter().rfind(|cell| cell.column == column).map_or("", |cell| self.sheet.text_of(cell))
    }

    /// Gives columns and texts from the left, blank ones left out.
    pub fn cells(&self) -> impl Iterator<Item = (u32, &'a str)> + Clone + use<'a> {
        let sheet = self.sheet;
        self.held().iter().map(move |cell| (cell.column, sheet.text_of(cell)))
    }

    fn held(&self) -> &'a [Held] {
        self.sheet.cells.get(self.span.first..self.span.past).unwrap_or_default()
    }
}

impl Sheet {
    fn text_of(&self, cell: &Held) -> &str {
        self.text.get(cell.start..cell.end).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::{Cut, MOST_ROWS, Merge, PAGE, Row, Sheet};
    use crate::intake::Watch;

    #[test]
    fn cells_are_found_however_they_came() {
        let merges =
            vec![Merge { left: 0, top: 3, right: 0, bottom: 5 }, Merge { left: 4, top: 5, right: 2, bottom: 1 }];
        let mut sheet = Sheet::named("a", &Watch::default()).merged(merges);
        for (row, column, text) in
            [(3, 1, "c"), (0, 0, " a "), (3, 0, "b"), (3, 0, "later"), (1, 61, "far"), (2, 2, "  ")]
        {
            sheet.put(row, column, text).unwrap();
        }
        sheet.settle();
        assert!(sheet.was_jumbled());
        assert_eq!(sheet.rows().map(|row| row.number()).collect::<Vec<_>>(), [0, 3], "blank and too far is nothing");
        assert_eq!(
            (sheet.row(0).at(0), sheet.row(3).at(0), sheet.row(3).at(1), sheet.row(9).at(0)),
            ("a", "later", "c", "")
        );
        assert!(sheet.cut_columns);
        assert!(
            sheet.merged_down(5, 0).is_some() && sheet.merged_down(6, 0).is_none() && sheet.merged_down(5, 1).is_none()
        );
    }

    #[test]
    fn whoever_reads_along_gets_every_full_page_as_it_stands_in_the_sheet() {
        let (along, pages) = mpsc::channel();
        let rows = u32::try_from(PAGE * 2 + 9).unwrap();
        let long = Merge { left: 0, top: 6, right: 0, bottom: rows * 2 };
        let mut sheet = Sheet::named("a", &Watch::default()).merged(vec![long]).along(Some(along));
        for row in 0..rows {
            sheet.put(row * 2, 0, &format!("户{row}")).unwrap();
            sheet.put(row * 2, row % 7 + 1, "x").unwrap();
        }
        sheet.settle();
        let said = |row: Row<'_>| (row.number(), row.cells().map(|(at, text)| (at, text.to_owned())).collect());
        let mut seen: Vec<(u32, Vec<(u32, String)>)> = Vec::new();
        for page in pages {
            seen.extend(page.sheet.rows().filter(|row| row.number() >= page.first).map(said));
            let top = page.sheet.merged_down(page.first + 8, 0).map(|merge| page.sheet.row(merge.top).at(0).to_owned());
            assert_eq!(top.as_deref(), Some("户3"), "what is merged from above came along");
        }
        assert_eq!(seen, sheet.rows().take(PAGE * 2).map(said).collect::<Vec<_>>());
    }

    #[test]
    fn a_list_without_end_is_refused() {
        let mut sheet = Sheet::default();
        for row in 0..MOST_ROWS {
            sheet.put(row, 0, "x").unwrap();
        }
        assert_eq!(sheet.put(MOST_ROWS, 0, "x"), Err(Cut::TooLong));
    }
}
