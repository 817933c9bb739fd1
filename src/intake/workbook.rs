//! Workbooks: `.xlsx` and the older `.xls` into sheets of text, bounded before anything large is unpacked.

use std::io::{Cursor, Read};
use std::sync::mpsc::Sender;

use calamine::{Data, DataRef, Dimensions, Reader, SheetType, SheetVisible, Xls, XlsError, Xlsx, XlsxError};

use super::damaged::damaged;
use super::merged;
use super::sheet::{Cut, MOST_ROWS, Merge, Page, Sheet};
use super::strings;
use super::watch::Watch;
use crate::text::{Said, Trouble, t};

/// Most that a workbook may unpack to, all parts together: 512 MiB. A list of 200,000 rows needs about 200.
pub const MOST_UNPACKED: u64 = 512 << 20;

/// An opened workbook, its sheets not yet read.
pub struct Workbook<'a> {
    format: Format<'a>,
    /// The sheets that a person would see, in order.
    pub sheets: Vec<String>,
}

enum Format<'a> {
    /// With the workbook of its merged regions, where it has any.
    Zipped {
        book: Box<Xlsx<Cursor<&'a [u8]>>>,
        merged: Option<Box<Regions>>,
    },
    Old(Box<Xls<Cursor<&'a [u8]>>>),
}

impl<'a> Workbook<'a> {
    /// Opens an `.xlsx` workbook.
    ///
    /// # Errors
    /// `file-too-large` when it unpacks to more than [`MOST_UNPACKED`], `file-damaged` when it cannot be read.
    pub fn open(bytes: &'a [u8], name: &str) -> Result<Self, Trouble> {
        let merged = survey(bytes, name)?;
        let book = guarded(name, || Xlsx::new(Cursor::new(bytes)))?;
        let merged = merged.map(|bytes| guarded(name, || Xlsx::new(Cursor::new(bytes)))).transpose()?.map(Box::new);
        let sheets = visible(book.sheets_metadata());
        Ok(Self { format: Format::Zipped { book: Box::new(book), merged }, sheets })
    }

    /// Opens an `.xls` workbook of 1997 to 2003.
    ///
    /// # Errors
    /// `file-locked` when it asks for a password, `file-damaged` when it cannot be read.
    pub fn open_old(bytes: &'a [u8], name: &str) -> Result<Self, Trouble> {
        super::old_excel::survey(bytes).map_err(|found| found.trouble(name))?;
        let book = guarded(name, || Xls::new(Cursor::new(bytes)))?;
        let sheets = visible(book.sheets_metadata());
        Ok(Self { format: Format::Old(Box::new(book)), sheets })
    }

    /// Reads one sheet by its name; whoever reads along gets its rows as they come.
    ///
    /// # Errors
    /// `file-damaged`, `roster-too-long` past the last row that is kept, and `stopped`.
    pub fn sheet(
        &mut self,
        sheet: &str,
        name: &str,
        watch: &Watch,
        along: Option<Sender<Page>>,
    ) -> Result<Sheet, Trouble> {
        let sheet = Sheet::named(sheet, watch).along(along);
        let read = match &mut self.format {
            Format::Zipped { book, merged } => guarded(name, || zipped(book, sheet, merged.as_deref_mut())),
            Format::Old(book) => guarded(name, || old(book, sheet)),
        };
        read?.map_err(|cut| cut_short(cut, name))
    }
}

/// Says why a list was not read to its end.
pub(crate) fn cut_short(cut: Cut, name: &str) -> Trouble {
    match cut {
        Cut::TooLong => too_long(name),
        Cut::Stopped => stopped(name),
    }
}

/// Says that a person stopped the reading.
pub(crate) fn stopped(name: &str) -> Trouble {
    let said = t("已停下, 没有读完 {file}; 什么都没有改.", "Stopped before the end of {file}; nothing was changed.");
    Trouble::new("stopped", said.with("file", name))
}

fn too_long(name: &str) -> Trouble {
    Trouble::new(
        "roster-too-long",
        t("{file} 超过 {rows} 行, 没有导入.", "{file} has more than {rows} rows; nothing was imported.")
            .with("file", name)
            .with("rows", MOST_ROWS),
    )
    .hint(t("请按镇或村拆成几个文件再导入.", "Split it by town or village and import the parts."))
}

fn visible(sheets: &[calamine::Sheet]) -> Vec<String> {
    let shown = |sheet: &&calamine::Sheet| sheet.visible == SheetVisible::Visible && sheet.typ == SheetType::WorkSheet;
    sheets.iter().filter(shown).map(|sheet| sheet.name.clone()).collect()
}

/// Runs foreign reading code on a file that may be damaged. What it calls an error and what makes it panic both mean: unreadable.
fn guarded<T, E>(name: &str, read: impl FnOnce() -> Result<T, E>) -> Result<T, Trouble> {
    let read = std::panic::catch_unwind(std::panic::AssertUnwindSafe(read));
    read.ok().and_then(Result::ok).ok_or_else(|| damaged(name))
}

/// The way out that always works for a file another program can still open.
pub(crate) fn open_and_save() -> Said {
    t("请用 WPS 或 Excel 打开, 另存为 .xlsx 再导入.", "Open it in WPS or Excel, save it as .xlsx and import that.")
        .into()
}

/// Unpacks every part once without keeping it: the sizes in a zip directory may lie, so the bytes are counted.
/// Gives a workbook of the merged regions met on the way; none where no sheet has any.
fn survey(bytes: &[u8], name: &str) -> Result<Option<Vec<u8>>, Trouble> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged(name))?;
    let declared = archive.decompressed_size().unwrap_or(0);
    let mut left = MOST_UNPACKED;
    if declared > u128::from(left) {
        return Err(too_large(name));
    }
    let mut elements = Vec::new();
    let mut chunk = vec![0_u8; 64 * 1024];
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).map_err(|_| damaged(name))?;
        let mut claimed = part.name().is_ok_and(|path| strings::is_list(&path)).then(strings::Claimed::default);
        let mut passing = part.name().is_ok_and(|path| merged::is_sheet(&path)).then(merged::Passing::default);
        loop {
            let read = part.read(&mut chunk).map_err(|_| damaged(name))?;
            if read == 0 {
                break;
            }
            left = left.checked_sub(read as u64).ok_or_else(|| too_large(name))?;
            let seen = chunk.get(..read).unwrap_or_default();
            if let Some(claimed) = &mut claimed {
                claimed.see(seen);
            }
            if passing.as_mut().is_some_and(|passing| !passing.see(seen)) {
                return Err(too_large(name));
            }
        }
        if claimed.is_some_and(|claimed| !claimed.is_likely()) {
            return Err(damaged(name));
        }
        elements.extend(passing.and_then(merged::Passing::element).map(|element| (at, element)));
    }
    if elements.is_empty() {
        return Ok(None);
    }
    merged::workbook(bytes, &elements).map(Some).ok_or_else(|| damaged(name))
}

fn too_large(name: &str) -> Trouble {
    Trouble::new(
        "file-too-large",
        t(
            "{file} 解压后超过 {size} MiB, 不像一份名单, 没有导入.",
            "{file} unpacks to more than {size} MiB, which no list needs; nothing was imported.",
        )
        .with("file", name)
        .with("size", MOST_UNPACKED >> 20),
    )
    .hint(open_and_save())
}

/// A workbook that holds nothing but merged regions.
type Regions = Xlsx<Cursor<Vec<u8>>>;
type Kept = Result<Sheet, Cut>;

fn zipped(book: &mut Xlsx<Cursor<&[u8]>>, sheet: Sheet, merged: Option<&mut Regions>) -> Result<Kept, XlsxError> {
    let name = &sheet.name.clone();
    let regions = merged.and_then(|merged| merged.merge_cells_by_sheet_name(name).ok()).unwrap_or_default();
    let mut sheet = sheet.merged(regions.iter().map(region).collect());
    {
        // Cell by cell: a range would be as large as its farthest corner says.
        let mut cells = book.worksheet_cells_reader(name)?;
        while let Some(cell) = cells.next_cell()? {
            let (row, column) = cell.get_position();
            let put = match cell.get_value() {
                DataRef::SharedString(text) => sheet.put(row, column, text),
                DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
                    sheet.put(row, column, text)
                }
                DataRef::Int(number) => sheet.put(row, column, &number.to_string()),
                DataRef::Float(number) => sheet.put(row, column, &plain_number(*number)),
                DataRef::DateTime(date) => sheet.put(row, column, &plain_date(date)),
                DataRef::Bool(_) | DataRef::Error(_) | DataRef::Empty => Ok(()),
            };
            if let Err(cut) = put {
                return Ok(Err(cut));
            }
        }
    }
    sheet.settle();
    Ok(Ok(sheet))
}

fn old(book: &mut Xls<Cursor<&[u8]>>, sheet: Sheet) -> Result<Kept, XlsError> {
    let name = &sheet.name.clone();
    let regions = book.merge_cells_by_sheet_name(name).unwrap_or_default();
    let mut sheet = sheet.merged(regions.iter().map(region).collect());
    let range = book.worksheet_range(name)?;
    let (top, left) = range.start().unwrap_or_default();
    for (row, column, value) in range.used_cells() {
        let (row, column) =
            (top + u32::try_from(row).unwrap_or(u32::MAX), left + u32::try_from(column).unwrap_or(u32::MAX));
        let put = match value {
            Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => sheet.put(row, column, text),
            Data::Int(number) => sheet.put(row, column, &number.to_string()),
            Data::Float(number) => sheet.put(row, column, &plain_number(*number)),
            Data::DateTime(date) => sheet.put(row, column, &plain_date(date)),
            Data::Bool(_) | Data::Error(_) | Data::Empty => Ok(()),
        };
        if let Err(cut) = put {
            return Ok(Err(cut));
        }
    }
    sheet.settle();
    Ok(Ok(sheet))
}

fn region(found: &Dimensions) -> Merge {
    Merge { left: found.start.1, top: found.start.0, right: found.end.1, bottom: found.end.0 }
}

/// Writes a number as a person typed it. From 10^15 on a cell has lost digits, so it stays in scientific form and the row can say so.
fn plain_number(number: f64) -> String {
    if number.abs() < 1e15 { number.to_string() } else { format!("{number:E}") }
}

fn plain_date(date: &calamine::ExcelDateTime) -> String {
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    if date.is_datetime() { format!("{year}-{month:02}-{day:02}") } else { plain_number(date.as_f64()) }
}

#[cfg(test)]
mod tests {
    use super::plain_number;

    #[test]
    fn numbers_look_as_they_were_typed() {
        assert_eq!(plain_number(13_658_683_449.0), "13658683449");
        assert_eq!(plain_number(1.5), "1.5");
        assert_eq!(plain_number(370_323_195_001_011_000.0), "3.70323195001011E17");
    }
}
