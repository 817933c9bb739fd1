//! A look at an `.xls` file before it is opened: is it one, is it locked, and how large are its sheets.
//!
//! The reading library allots each sheet as large as its farthest corner says, and one damaged cell can say
//! 65,536 x 65,536. So the cell records are walked first, in the file's own chains of sectors ([MS-CFB], [MS-XLS]).

use super::damaged::damaged;
use super::sheet::MOST_COLUMNS;
use crate::text::{Trouble, t};

/// Rows of the longest sheet that such a file can hold.
const MOST_ROWS: u32 = 65_536;
/// Most cells that the sheets of one file may span together: one sheet of full length, and as wide as is kept of any. The
/// reading library takes up to 64 bytes for each, also for those that are empty.
const MOST_CELLS: u64 = MOST_ROWS as u64 * MOST_COLUMNS as u64;
const MARK: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const SMALL: u64 = 4096;

/// Why an `.xls` file is not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused {
    Locked,
    Damaged,
    TooLarge,
}

impl Refused {
    pub(crate) fn trouble(self, name: &str) -> Trouble {
        match self {
            Self::Damaged => damaged(name),
            Self::Locked => Trouble::new(
                "file-locked",
                t("{file} 有密码, 没有导入.", "{file} is protected by a password; nothing was imported.")
                    .with("file", name),
            )
            .hint(t("请先打开它, 去掉密码, 另存后再导入.", "Open it, remove the password, save it and import again.")),
            Self::TooLarge => Trouble::new(
                "file-too-large",
                t(
                    "{file} 的表格范围超过 {rows} 行 {columns} 列, 没有导入.",
                    "{file} spans more than {rows} rows of {columns} columns; nothing was imported.",
                )
                .with("file", name)
                .with("rows", MOST_ROWS)
                .with("columns", MOST_COLUMNS),
            )
            .hint(t(
                "多半是名单外面远处还有字, 或几个表加起来太大. 请用 WPS 或 Excel 打开, 另存为 .xlsx 再导入.",
                "Something may stand far outside the list, or the sheets are too large together. Open it in WPS or Excel, \
                 save it as .xlsx and import that.",
            )),
        }
    }
}

/// Tells whether bytes begin as an `.xls` file does. A workbook with a password begins so too, whatever its ending.
pub(crate) fn is_old(bytes: &[u8]) -> bool {
    bytes.starts_with(&MARK)
}

/// Walks the records of the workbook.
pub(crate) fn survey(bytes: &[u8]) -> Result<(), Refused> {
    let file = Compound::open(bytes).ok_or(Refused::Damaged)?;
    let mut seen = false;
    for entry in file.entries() {
        match entry.name.as_str() {
            "EncryptedPackage" => return Err(Refused::Locked),
            "Workbook" | "Book" | "WORKBOOK" | "BOOK" => {
                seen = true;
                records(&file.stream(&entry).ok_or(Refused::Damaged)?)?;
            }
            _ => {}
        }
    }
    if seen { Ok(()) } else { Err(Refused::Damaged) }
}

/// Adds up the areas that the cells of each sheet span.
fn records(stream: &[u8]) -> Result<(), Refused> {
    let mut spent = 0_u64;
    let mut area: Option<[u16; 4]> = None;
    let size = |area: Option<[u16; 4]>| {
        area.map_or(0, |[top, left, bottom, right]| (u64::from(bottom - top) + 1) * (u64::from(right - left) + 1))
    };
    let mut at = 0;
    while let (Some(kind), Some(length)) = (u16_at(stream, at), u16_at(stream, at + 2)) {
        let body = stream.get(at + 4..).unwrap_or_default();
        let body = body.get(..usize::from(length)).unwrap_or(body);
        at += 4 + usize::from(length);
        match kind {
            0x002f if u16_at(body, 0) != Some(0) => return Err(Refused::Locked),
            0x0809 => {
                spent += size(area.take());
            }
            0x0203 | 0x0204 | 0x0205 | 0x027e | 0x00fd | 0x00d6 | 0x0006 | 0x00bd => {
                let (Some(row), Some(first)) = (u16_at(body, 0), u16_at(body, 2)) else { return Err(Refused::Damaged) };
                let last =
                    if kind == 0x00bd { u16_at(body, body.len().saturating_sub(2)).unwrap_or(first) } else { first };
                let (left, right) = (first.min(last), first.max(last));
                area = Some(area.map_or([row, left, row, right], |[a, b, c, d]| {
                    [a.min(row), b.min(left), c.max(row), d.max(right)]
                }));
            }
            _ => {}
        }
        if spent + size(area) > MOST_CELLS {
            return Err(Refused::TooLarge);
        }
    }
    Ok(())
}

struct Compound<'a> {
    bytes: &'a [u8],
    shift: u32,
    chain: Vec<u32>,
    small_chain: Vec<u32>,
    small: Vec<u8>,
    directory: Vec<u8>,
}

struct Entry {
    name: String,
    start: u32,
    size: u64,
}

impl<'a> Compound<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let shift = u32::from(u16_at(bytes, 30)?);
        if !is_old(bytes) || !matches!(shift, 9 | 12) {
            return None;
        }
        let mut file =
            Self { bytes, shift, chain: Vec::new(), small_chain: Vec::new(), small: Vec::new(), directory: Vec::new() };
        // The table of sectors is itself in sectors: 109 named in the header, the rest in a chain of lists.
        let mut tables: Vec<u32> = (0..109).filter_map(|n| u32_at(bytes, 76 + n * 4)).collect();
        let mut list = u32_at(bytes, 68)?;
        let mut left = bytes.len() >> shift;
        while let Some(sector) = file.sector(list).filter(|_| left > 0) {
            let (next, numbers) = numbers(sector).split_last().map(|(next, rest)| (*next, rest.to_vec()))?;
            tables.extend(numbers);
            list = next;
            left -= 1;
        }
        tables.truncate(bytes.len() >> shift);
        for table in tables {
            if let Some(sector) = file.sector(table) {
                let numbers = numbers(sector);
                file.chain.extend(numbers);
            }
        }
        file.directory = file.follow(u32_at(bytes, 48)?, u64::MAX)?;
        let small_table = file.follow(u32_at(bytes, 60)?, u64::MAX).unwrap_or_default();
        file.small_chain = numbers(&small_table);
        let root = file.entries().into_iter().next()?;
        file.small = file.follow(root.start, root.size).unwrap_or_default();
        Some(file)
    }

    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let size = 1_usize << self.shift;
        let start = (usize::try_from(number).ok()?.checked_add(1)?).checked_mul(size)?;
        // The last sector of a file may be cut short.
        self.bytes.get(start..start.saturating_add(size).min(self.bytes.len())).filter(|sector| !sector.is_empty())
    }

    fn follow(&self, start: u32, size: u64) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        let mut at = start;
        while let Some(sector) = self.sector(at).filter(|_| (out.len() as u64) < size) {
            out.extend_from_slice(sector);
            if out.len() > self.bytes.len() {
                return None; // a chain that bites its tail
            }
            at = *self.chain.get(usize::try_from(at).ok()?)?;
        }
        Some(out)
    }

    fn stream(&self, entry: &Entry) -> Option<Vec<u8>> {
        if entry.size >= SMALL {
            let mut out = self.follow(entry.start, entry.size)?;
            out.truncate(usize::try_from(entry.size).ok()?);
            return Some(out);
        }
        let mut out = Vec::new();
        let mut at = entry.start;
        while (out.len() as u64) < entry.size {
            let start = usize::try_from(at).ok()?.checked_mul(64)?;
            out.extend_from_slice(self.small.get(start..start.checked_add(64)?.min(self.small.len()))?);
            at = *self.small_chain.get(usize::try_from(at).ok()?)?;
            if out.len() > self.small.len() {
                return None;
            }
        }
        Some(out)
    }

    fn entries(&self) -> Vec<Entry> {
        let read = |entry: &[u8]| {
            let length = usize::from(u16_at(entry, 64)?).checked_sub(2).filter(|length| *length <= 62)?;
            let units: Vec<u16> = (0..length / 2).filter_map(|n| u16_at(entry, n * 2)).collect();
            let size = u64::from(u32_at(entry, 120)?);
            Some(Entry { name: String::from_utf16_lossy(&units), start: u32_at(entry, 116)?, size })
        };
        self.directory.chunks_exact(128).filter_map(read).collect()
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).filter_map(|four| u32_at(four, 0)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Refused, records, survey};

    #[test]
    fn what_is_no_workbook_is_damaged() {
        assert_eq!(survey(b"PK"), Err(Refused::Damaged));
        assert_eq!(survey(&[super::MARK.as_slice(), &[0; 600]].concat()), Err(Refused::Damaged));
    }

    #[test]
    fn one_far_cell_does_not_allot_a_desert() {
        let cell = |row: u16, column: u16| {
            [0x0203_u16, 14, row, column].iter().flat_map(|n| n.to_le_bytes()).chain([0; 10]).collect::<Vec<u8>>()
        };
        assert_eq!(records(&[cell(0, 0), cell(65_535, 59)].concat()), Ok(()));
        assert_eq!(records(&[cell(0, 0), cell(65_535, 65_535)].concat()), Err(Refused::TooLarge));
        assert_eq!(records(&[0x2f, 0, 2, 0, 1, 0]), Err(Refused::Locked));
    }

    /// Writes the beginning of a sheet and one cell in each of two corners.
    fn sheet(bottom: u16, right: u16) -> Vec<u8> {
        let record = |kind: u16, body: &[u16]| {
            let length = u16::try_from(body.len() * 2).unwrap();
            [kind, length].iter().chain(body).flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>()
        };
        [record(0x0809, &[0x0600, 0x0010]), record(0x0204, &[0, 0]), record(0x0204, &[bottom, right])].concat()
    }

    // Cells that are not there take as much memory as those that are: 484 MiB at twice the width.
    #[test]
    fn one_sheet_of_full_length_and_sixty_columns_is_the_most() {
        assert_eq!(records(&sheet(65_535, 59)), Ok(()));
        assert_eq!(records(&sheet(65_535, 60)), Err(Refused::TooLarge));
        assert_eq!(records(&sheet(15_359, 255)), Ok(()), "shorter ones may be wider");
        assert_eq!(records(&sheet(15_360, 255)), Err(Refused::TooLarge));
        let half = sheet(32_767, 59);
        assert_eq!(records(&[half.clone(), half.clone()].concat()), Ok(()));
        assert_eq!(records(&[half.clone(), half, sheet(0, 0)].concat()), Err(Refused::TooLarge), "all sheets count");
    }

    #[test]
    fn a_list_that_is_larger_is_refused_with_what_to_do() {
        let said = Refused::TooLarge.trouble("名单.xls").to_string();
        assert!(said.starts_with("名单.xls 的表格范围超过 65536 行 60 列, 没有导入."), "{said}");
        assert!(said.ends_with("另存为 .xlsx 再导入."), "{said}");
    }
}
