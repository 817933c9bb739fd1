//! Rosters: text in several encodings, workbooks whole and by their parts, old workbooks.

use std::io::{Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use zoufang::domain::Value;
use zoufang::intake::{self, Guess};

use super::{Parser, Read};

/// Gives the parsers, with the rosters of the tests as inputs.
pub fn parsers() -> Vec<Parser> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let mut texts: Vec<PathBuf> =
        std::fs::read_dir(data.join("hard")).unwrap().map(|one| one.unwrap().path()).collect();
    texts.retain(|path| path.extension().is_some_and(|ending| ending != "txt"));
    texts.sort();
    let mut texts: Vec<Vec<u8>> = texts.iter().map(|path| std::fs::read(path).unwrap()).collect();
    let gbk = std::fs::read(data.join("rosters/r500_gbk.csv")).unwrap();
    let end = gbk.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(30).unwrap().0;
    texts.push(gbk[..=end].to_vec());
    let book = workbook();
    let part = |name: &'static str| {
        let book = book.clone();
        let inputs = vec![part_of(&book, name)];
        let read = move |bytes: &[u8], _: bool| read(&with_part(&book, name, bytes), "名单.xlsx");
        (inputs, Box::new(read))
    };
    let (sheets, read_sheet) = part("xl/worksheets/sheet1.xml");
    let (strings, read_strings) = part("xl/sharedStrings.xml");
    let old = std::fs::read(data.join("rosters/r500.xls")).unwrap();
    vec![
        Parser { name: "csv", inputs: texts, mend: None, read: Box::new(|bytes, _| read(bytes, "名单.csv")) },
        Parser { name: "xlsx", inputs: vec![book], mend: None, read: Box::new(|bytes, _| read(bytes, "名单.xlsx")) },
        Parser { name: "xlsx-sheet", inputs: sheets, mend: None, read: read_sheet },
        Parser { name: "xlsx-texts", inputs: strings, mend: None, read: read_strings },
        Parser { name: "xls", inputs: vec![old], mend: None, read: Box::new(|bytes, _| read(bytes, "名单.xls")) },
    ]
}

/// Reads a roster as the import does. What stands in its rows can be shown on a screen.
fn read(bytes: &[u8], name: &str) -> Read {
    static GUESS: LazyLock<Guess> = LazyLock::new(Guess::default);
    let Ok(reading) = intake::read(bytes, name, &GUESS) else { return Read::Refused };
    let hostile = |text: &str| text.chars().any(|sign| sign.is_control() || ('\u{202a}'..='\u{202e}').contains(&sign));
    for row in &reading.rows {
        if row.row == 0 {
            return Read::Wrong("a row without a number".into());
        }
        let texts =
            row.facts.iter().filter_map(|fact| if let Value::Text(text) = &fact.value { Some(text) } else { None });
        if let Some(text) = texts.into_iter().find(|text| hostile(text)) {
            return Read::Wrong(format!("a control character comes through: {text:?}"));
        }
    }
    let _ = intake::canonical(&reading).digest();
    Read::Taken
}

/// A small workbook with merged cells, numbers and texts.
fn workbook() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.merge_range(0, 0, 0, 3, "东里镇名单", &rust_xlsxwriter::Format::new()).unwrap();
    for (column, header) in (0..).zip(["村", "姓名", "电话", "人口"]) {
        sheet.write(1, column, header).unwrap();
    }
    sheet.merge_range(2, 0, 9, 0, "东里东村", &rust_xlsxwriter::Format::new()).unwrap();
    for (row, head) in (2..10).zip(["张守富", "李桂英", "王成友", "赵淑芬", "刘玉珍", "任淑兰", "孙传宝", "高宗海"])
    {
        sheet.write(row, 1, head).unwrap();
        sheet.write(row, 2, 13_853_301_234_f64 + f64::from(row)).unwrap();
        sheet.write(row, 3, "4").unwrap();
    }
    book.save_to_buffer().unwrap()
}

fn part_of(book: &[u8], name: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut bytes = Vec::new();
    archive.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

/// Packs a workbook again with another part, so that a change reaches the XML past the sums of the archive.
fn with_part(book: &[u8], name: &str, part: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let own = file.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        out.start_file(own.as_str(), stored).unwrap();
        out.write_all(if own == name { part } else { &bytes }).unwrap();
    }
    out.finish().unwrap().into_inner()
}
