//! Workbooks: one sheet of cells as the bytes of an .xlsx file.
//!
//! The whole sheet is kept in memory: the low-memory mode of the library writes rows with names and phones to
//! temporary files. Every text is written as text, so that no cell from outside becomes a formula.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, XlsxError};

use crate::hanzi::width;
use crate::text::{Trouble, t};

/// Narrowest and widest column, in columns of half-width characters.
const WIDTHS: (usize, usize) = (6, 40);
/// How many rows are looked at to find a column's width.
const LOOKED_AT: usize = 1000;
/// The longest text that a cell may hold (a limit of the format).
const LONGEST: usize = 32_767;

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// A text, never a formula.
    Text(String),
    /// A number.
    Number(i64),
}

impl Cell {
    /// Makes a cell of a text; an empty text is an empty cell.
    pub fn text(text: impl AsRef<str>) -> Self {
        let text = text.as_ref().to_owned();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// Makes a cell of a number that may be missing.
    pub fn number(number: Option<i64>) -> Self {
        number.map_or(Self::Empty, Self::Number)
    }

    fn columns(&self) -> usize {
        match self {
            Self::Empty => 0,
            Self::Text(text) => width::columns(text),
            Self::Number(number) => number.to_string().len(),
        }
    }
}

/// One sheet: a title over a header over rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    /// The title, in a row of its own over the whole width; none where it is empty.
    pub title: String,
    /// The header.
    pub header: Vec<String>,
    /// The rows, each with a cell for each column.
    pub rows: Vec<Vec<Cell>>,
}

/// Writes a sheet as .xlsx. The same sheet gives the same bytes.
///
/// # Errors
/// `document-too-long` when it has more rows or columns than the format can hold.
pub fn workbook(sheet: &Sheet) -> Result<Vec<u8>, Trouble> {
    write(sheet).map_err(|error| {
        Trouble::new(
            "document-too-long",
            t("写不成 .xlsx: {cause}", "it cannot be written as .xlsx: {cause}").with("cause", error),
        )
    })
}

fn write(sheet: &Sheet) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // A fixed moment of making: nothing of the laptop stands in the file, and equal content is an equal file.
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2021, 1, 1)?));
    let page = book.add_worksheet();
    let strong = Format::new().set_bold().set_align(FormatAlign::Center).set_border(FormatBorder::Thin);
    let title = Format::new().set_bold().set_font_size(16).set_align(FormatAlign::Center);
    let mut row = 0;
    let last = u16::try_from(sheet.header.len()).unwrap_or(u16::MAX).saturating_sub(1);
    if !sheet.title.is_empty() {
        match last {
            0 => page.write_string_with_format(row, 0, &*sheet.title, &title)?,
            last => page.merge_range(row, 0, row, last, &sheet.title, &title)?,
        };
        row += 1;
    }
    for (column, header) in (0..).zip(&sheet.header) {
        page.write_string_with_format(row, column, header, &strong)?;
    }
    row += 1;
    page.set_freeze_panes(row, 0)?;
    page.set_repeat_rows(row - 1, row - 1)?;
    for (column, columns) in (0..).zip(columns(sheet)) {
        page.set_column_width(column, f64::from(u32::try_from(columns).unwrap_or(0)))?;
    }
    for cells in &sheet.rows {
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Cell::Empty => {}
                Cell::Text(text) if text.len() > LONGEST => {
                    page.write_string(row, column, text.chars().take(LONGEST / 3).collect::<String>())?;
                }
                Cell::Text(text) => {
                    page.write_string(row, column, text)?;
                }
                #[expect(clippy::cast_precision_loss, reason = "counts and years are far below 2^52")]
                Cell::Number(number) => {
                    page.write_number(row, column, *number as f64)?;
                }
            }
        }
        row += 1;
    }
    book.save_to_buffer()
}

/// Gives the width of each column: what most of its cells need, and a little air.
fn columns(sheet: &Sheet) -> impl Iterator<Item = usize> + '_ {
    sheet.header.iter().enumerate().map(|(at, header)| {
        let cells = sheet.rows.iter().take(LOOKED_AT).filter_map(move |row| row.get(at)).map(Cell::columns);
        (cells.chain([width::columns(header)]).max().unwrap_or(0) + 2).clamp(WIDTHS.0, WIDTHS.1)
    })
}
