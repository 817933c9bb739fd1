//! Damaged files: thousands of changed bytes, and never a panic.

use std::io::{Cursor, Read, Write};

use zoufang::intake::{self, Guess};

const XLSX: &[u8] = include_bytes!("../data/rosters/r500.xlsx");
const XLS: &[u8] = include_bytes!("../data/rosters/r500.xls");
const CSV: &[u8] = include_bytes!("../data/rosters/r500_gbk.csv");

/// A small generator, so that a failure can be repeated.
struct Dice(u64);

impl Dice {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % below.max(1)
    }

    /// Changes, doubles, drops or cuts a few bytes.
    fn damage(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..=self.next(3) {
            let at = self.next(bytes.len());
            match self.next(6) {
                0 => bytes.truncate(at.max(bytes.len() / 2)),
                1 => bytes.insert(at, [b'"', b',', b'\n', b'\r', 0, 0xff, b'<', b'&'][self.next(8)]),
                2 => drop(bytes.drain(at..(at + 1 + self.next(20)).min(bytes.len()))),
                3 => {
                    let piece: Vec<u8> = bytes.iter().skip(self.next(bytes.len())).take(30).copied().collect();
                    bytes.splice(at..at, piece);
                }
                _ => {
                    if let Some(byte) = bytes.get_mut(at) {
                        *byte = u8::try_from(self.next(256)).unwrap();
                    }
                }
            }
        }
    }
}

/// Reads damaged bytes: rows or a trouble, and every row that was read has a number.
fn survive(bytes: &[u8], guess: &Guess) -> bool {
    match intake::read(bytes, "坏.xlsx", guess) {
        Ok(reading) => {
            assert!(reading.rows.iter().all(|row| row.row > 0));
            let canonical = intake::canonical(&reading);
            assert!(canonical.rows.len() == reading.rows.len() && canonical.digest() == canonical.clone().digest());
            true
        }
        Err(_) => false,
    }
}

/// The first rows only: what breaks, breaks there too, and a thousand lists are read in a second.
fn short_csv() -> Vec<u8> {
    let end = CSV.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(15).unwrap().0;
    CSV[..=end].to_vec()
}

#[test]
fn damaged_text_is_read_or_refused() {
    let whole = short_csv();
    let guess = Guess::default();
    let mut dice = Dice(1);
    let mut read = 0;
    for _ in 0..1000 {
        let mut bytes = whole.clone();
        dice.damage(&mut bytes);
        read += usize::from(survive(&bytes, &guess));
    }
    assert!(read > 600, "damage of a few bytes leaves most lists readable: {read}");
}

/// Unpacks a workbook, lets `change` at its parts, and packs it again: so damage reaches the XML, past the checksums.
fn repacked(bytes: &[u8], change: &mut impl FnMut(&str, &mut Vec<u8>)) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut body = Vec::new();
        part.read_to_end(&mut body).unwrap();
        change(&name, &mut body);
        let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        out.start_file(name.as_str(), stored).unwrap();
        out.write_all(&body).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn small_workbook() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.merge_range(0, 0, 0, 3, "东里镇名单", &rust_xlsxwriter::Format::new()).unwrap();
    for (column, header) in (0..).zip(["村", "姓名", "电话", "人口"]) {
        sheet.write(1, column, header).unwrap();
    }
    sheet.merge_range(2, 0, 9, 0, "东里东村", &rust_xlsxwriter::Format::new()).unwrap();
    for row in 2..10 {
        sheet.write(row, 1, "张守富").unwrap();
        sheet.write(row, 2, 13_853_301_234_f64).unwrap();
        sheet.write(row, 3, "4").unwrap();
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn damaged_workbooks_are_read_or_refused() {
    let hook = std::panic::take_hook();
    // The reading library may panic inside; that is caught, and a thousand backtraces would say nothing.
    std::panic::set_hook(Box::new(|_| {}));
    let survived = std::panic::catch_unwind(|| {
        let guess = Guess::default();
        let mut dice = Dice(2);
        let mut read = 0;
        for _ in 0..300 {
            let mut bytes = XLSX.to_vec();
            dice.damage(&mut bytes);
            survive(&bytes, &guess);
        }
        let small = small_workbook();
        for _ in 0..2000 {
            let chosen = dice.next(4);
            let bytes = repacked(&small, &mut |name, body| {
                let part = ["sheet1.xml", "sharedStrings.xml", "sheet1.xml", "workbook.xml"][chosen];
                if name.ends_with(part) {
                    dice.damage(body);
                }
            });
            read += usize::from(survive(&bytes, &guess));
        }
        for _ in 0..300 {
            let mut bytes = XLS.to_vec();
            dice.damage(&mut bytes);
            survive(&bytes, &guess);
        }
        read
    });
    std::panic::set_hook(hook);
    assert!(survived.unwrap() > 200);
}

#[test]
fn a_workbook_that_unpacks_without_end_is_refused() {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    out.start_file("xl/worksheets/sheet1.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let zeros = vec![0_u8; 1 << 20];
    for _ in 0..=(intake::MOST_UNPACKED >> 20) {
        out.write_all(&zeros).unwrap();
    }
    let mut bytes = out.finish().unwrap().into_inner();
    assert!(bytes.len() < 1 << 20);
    assert_eq!(intake::read(&bytes, "a.xlsx", &Guess::default()).unwrap_err().kind, "file-too-large");
    // The same with a directory that lies about the size.
    let size = ((intake::MOST_UNPACKED >> 20) + 1) << 20;
    let truth = u32::try_from(size).unwrap().to_le_bytes();
    let places: Vec<usize> =
        bytes.windows(4).enumerate().filter(|(_, four)| *four == truth).map(|(at, _)| at).collect();
    assert!(!places.is_empty());
    for at in places {
        bytes[at..at + 4].copy_from_slice(&1000_u32.to_le_bytes());
    }
    assert!(intake::read(&bytes, "a.xlsx", &Guess::default()).is_err());
}
