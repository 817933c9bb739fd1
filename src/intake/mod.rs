//! Intake: lists that somebody else made, read into rows with their doubts.
//!
//! Three steps, each a value: a file becomes a [`sheet::Sheet`] (cells as text, merged regions), the sheet a shape (where
//! the header stands, what each column is about and why), the shape rows (facts and doubts). Nothing is written here.
//! A row with a usable name is a household at once and its doubtful cells are listed; a row without one is listed only.

mod canonical;
mod columns;
mod damaged;
mod doubt;
mod families;
mod field;
mod header;
mod identity;
mod kinds;
mod letters;
mod lines;
mod look;
mod merged;
mod names;
mod numbered;
mod old_excel;
mod person;
mod phones;
mod place;
mod plain;
mod remarks;
mod rows;
mod samples;
mod shape;
pub mod sheet;
mod strings;
mod watch;
mod workbook;

use std::path::Path;

pub use canonical::{Canonical, Member, VERSION, canonical};
pub use doubt::{Doubt, Why};
pub use field::{FIELDS, Field, FieldRow};
pub use lines::Skip;
pub use plain::is_encoding;
pub use watch::{Far, Watch};
pub use workbook::MOST_UNPACKED;

use crate::domain::places::Places;
use crate::domain::{Value, Word};
use crate::text::{Said, Trouble, cause, t};
use rows::Along;
use shape::Shape;
use sheet::Sheet;
use workbook::Workbook;

/// Largest file that is read, in bytes: 64 MiB. A list of 100,000 rows has about 10.
pub const MOST_BYTES: u64 = 64 << 20;

/// What is known before a list is read: the county, and what a person said about its columns.
#[derive(Debug, Clone)]
pub struct Guess {
    /// The towns and villages of the county. With an empty list names are kept as written, without doubt.
    pub places: Places,
    /// The area code put before land lines that have none.
    pub area_code: Option<String>,
    /// Columns, counted from 0, whose field a person has said; None means: not used.
    pub columns: Vec<(u32, Option<Field>)>,
    /// The sheet to read; else the first one that is a list.
    pub sheet: Option<String>,
    /// The row of the header, counted from 1; 0 means that there is none.
    pub header: Option<u32>,
    /// Code word of the kind of every household of which the list does not say it.
    pub kind: Option<&'static str>,
    /// The encoding of a text file, by any name of the standard.
    pub encoding: Option<String>,
    /// Who watches the reading.
    pub watch: Watch,
    /// A list without a column of names is shown all the same, so that a person can say which one it is.
    pub nameless: bool,
}

impl Default for Guess {
    /// Knows Yiyuan county, which the default campaign is about.
    fn default() -> Self {
        Self {
            places: Places::yiyuan(),
            area_code: Some("0533".to_owned()),
            columns: Vec::new(),
            sheet: None,
            header: None,
            kind: None,
            encoding: None,
            watch: Watch::default(),
            nameless: false,
        }
    }
}

/// A list as it was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The first text above the header.
    pub title: Option<String>,
    /// The sheet it stands in; empty for text files.
    pub sheet: String,
    /// `xlsx`, `xls`, or the encoding of a text file: `UTF-8`, `gb18030` …
    pub encoding: &'static str,
    /// Places where text could not be decoded.
    pub lost: usize,
    /// Whether columns right of the sixtieth were left out.
    pub cut_columns: bool,
    /// Further sheets that look like lists, to be read with [`Guess::sheet`].
    pub more_sheets: Vec<String>,
    /// First and last row of the header, counted from 1; None when there is none.
    pub header: Option<(u32, u32)>,
    /// Every column with its header, what it is taken for, and why.
    pub columns: Vec<ColumnGuess>,
    /// The rows in the order of the file.
    pub rows: Vec<RosterRow>,
    /// The people of the households, in the order of the file, from a list with one person a row.
    pub members: Vec<MemberRow>,
    /// The rows that are no household.
    pub skipped: Vec<Skipped>,
    /// People of whom an age is told that was not taken, as no title says of which year the list is.
    pub undated: usize,
}

impl Reading {
    /// Says that ages were not taken, why, and what helps; none where all were.
    pub fn ages_left_out(&self) -> Option<Said> {
        let words = t(
            "年龄没有用 ({n} 人): 不知道是哪一年的. 标题里写上 2021年 再读一遍, 或加出生年月一列.",
            "Ages were not taken ({n} {n:person|people}): of which year they are is said nowhere. Write the year into the title (2021年) and read it again, or add a column of birth.",
        );
        (self.undated > 0).then(|| words.with("n", self.undated))
    }

    /// Tells whether a column of names was found; without one there are no households.
    pub fn has_names(&self) -> bool {
        self.columns.iter().any(|column| column.field == Some(Field::Head))
    }

    /// Gives the number of the last row that was read, counted from 1.
    pub fn last_row(&self) -> u32 {
        let rows = self.rows.iter().map(|row| row.row);
        let others = self.members.iter().map(|member| member.row).chain(self.skipped.iter().map(|skipped| skipped.row));
        rows.chain(others).max().unwrap_or(0)
    }

    /// Gives the shape of the list: how many columns, and their headers, or what they look like where there are none.
    /// Files of one office that come every month have the same one.
    pub fn shape(&self) -> String {
        let header = |column: &ColumnGuess| match (self.header, column.field) {
            (None, Some(field)) => field.row().word.to_owned(),
            _ => column.header.clone(),
        };
        let headers: Vec<String> = self.columns.iter().map(header).collect();
        blake3::hash(headers.join("\n").as_bytes()).to_hex().chars().take(16).collect()
    }
}

/// What one column is taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnGuess {
    /// The column, counted from 0.
    pub index: u32,
    /// The header, groups before the name: 联系方式/手机.
    pub header: String,
    /// The field; None when the column is not used.
    pub field: Option<Field>,
    /// Why.
    pub reason: Reason,
    /// Three different cells; identity numbers and the middle of mobile numbers hidden, whatever the column is taken for.
    pub samples: Vec<String>,
}

/// Why a column is taken for what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// A person said so.
    Given,
    /// The header is one of the names of the field.
    Header,
    /// A part of the header says it.
    PartOfHeader,
    /// So many percent of its cells look like it.
    Content {
        /// Share of the cells, at most 100.
        percent: u8,
    },
    /// The header says this field, but no cell looks like it.
    ContentDenies(Field),
    /// Another column has the field already.
    Taken {
        /// The field.
        field: Field,
        /// The column that has it, counted from 0.
        by: u32,
    },
    /// Neither header nor content says anything.
    Unknown,
}

impl Reason {
    /// Gives the reason in words.
    pub fn said(&self) -> Said {
        match self {
            Self::Given => t("您指定的", "as you said").into(),
            Self::Header => t("表头", "header").into(),
            Self::PartOfHeader => t("表头里的字", "part of the header").into(),
            Self::Content { percent } => {
                t("{percent}% 的内容像", "{percent}% of the cells look like it").with("percent", percent)
            }
            Self::ContentDenies(field) => {
                Said::from(t("表头像 {field}, 内容不像", "the header says {field}, the cells do not"))
                    .with_words("field", field.row().label)
            }
            Self::Taken { field, by } => Said::from(t("{field} 已用第 {by} 列", "column {by} is the {field} already"))
                .with_words("field", field.row().label)
                .with("by", by + 1),
            Self::Unknown => t("不认识, 不用", "unknown, not used").into(),
        }
    }
}

/// One thing a row says: `head`, `sex`, `birth_year`, `kind`, `town`, `village`, `group`, `door`, `size`, `remark`, `idmask`,
/// `nickname`, `spouse`, `paired`, `wechat`, `away`, `away_reason`, `standing`, or `phone/` and the number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The fixed word.
    pub key: Word,
    /// What it says.
    pub value: Value,
}

/// One row of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RosterRow {
    /// The row in the sheet, counted from 1.
    pub row: u32,
    /// What it says.
    pub facts: Vec<Fact>,
    /// What its remark means, for a person to confirm.
    pub proposed: Vec<Fact>,
    /// What belongs into 待核对.
    pub doubts: Vec<Doubt>,
    /// What was understood or is missing without being in doubt: short names completed, no phone.
    pub notes: Vec<Doubt>,
}

impl RosterRow {
    /// Gives the value of a fact.
    pub fn value(&self, key: &str) -> Option<&Value> {
        self.facts.iter().find(|fact| fact.key == key).map(|fact| &fact.value)
    }

    /// Gives what its remark means as cells in doubt, each with the key of the fact that it would set: nobody leaves the count of
    /// visits unseen.
    pub fn proposals(&self) -> impl Iterator<Item = (&Word, Doubt)> {
        let remark = || self.value("remark").and_then(Value::as_text).unwrap_or_default().to_owned();
        let said = |value: &Value| match value {
            Value::Text(text) => text.to_string(),
            Value::Yes(yes) => if *yes { "yes" } else { "no" }.to_owned(),
            _ => String::new(),
        };
        let doubt =
            move |fact: &Fact| Doubt { field: Field::Remark, raw: remark(), why: Why::RemarkMeans(said(&fact.value)) };
        self.proposed.iter().map(move |fact| (&fact.key, doubt(fact)))
    }

    /// Tells whether the row has a usable name and so becomes a household at once.
    pub fn is_household(&self) -> bool {
        self.value("head").is_some()
    }
}

/// One person of a household.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberRow {
    /// The row in the sheet, counted from 1.
    pub row: u32,
    /// The row of the household, counted from 1.
    pub of: u32,
    /// What it says, by the keys of a member's facts.
    pub facts: Vec<Fact>,
}

/// One row that is no household.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// The row in the sheet, counted from 1.
    pub row: u32,
    /// Why.
    pub why: Skip,
    /// Its beginning.
    pub text: String,
}

/// Reads a list from a file.
///
/// # Errors
/// `file-unreadable` when it cannot be opened or is a folder, and those of [`read`].
pub fn read_file(path: &Path, guess: &Guess) -> Result<Reading, Trouble> {
    let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    let unreadable = |error: std::io::Error| {
        Trouble::new(
            "file-unreadable",
            t("打不开 {file}: {cause}.", "{file} cannot be opened: {cause}.")
                .with("file", &name)
                .with_words("cause", cause(&error)),
        )
        .hint(t(
            "请检查文件是否还在, 是否正被别的程序占用.",
            "Check that it is still there and not held by another program.",
        ))
    };
    let about = std::fs::metadata(path).map_err(unreadable)?;
    if about.is_dir() {
        return Err(is_folder(&name));
    }
    let size = about.len();
    if size > MOST_BYTES {
        return Err(too_large(&name));
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    read(&bytes, &name, guess)
}

/// Says that a folder is no list, and what to write behind it.
fn is_folder(name: &str) -> Trouble {
    let said = t("{file} 是文件夹, 不是名册.", "{file} is a folder and no roster.").with("file", name);
    let hint = t(
        "请在后面写上里面的文件名, 如 {file}/名册.xlsx; 或清空这一行, 选找到的文件.",
        "Write the name of a file in it behind, such as {file}/roster.xlsx; or empty the line and choose one that was found.",
    );
    Trouble::new("file-unreadable", said).hint(hint.with("file", name))
}

/// Reads a list from the bytes of a file; what kind of file it is, the bytes say, not the name.
///
/// # Errors
/// `file-too-large`, `file-kind`, `file-damaged`, `file-locked`, `roster-too-long`, `sheet-unknown`, and `roster-no-names` when no column holds names.
pub fn read(bytes: &[u8], name: &str, guess: &Guess) -> Result<Reading, Trouble> {
    if bytes.len() as u64 > MOST_BYTES {
        return Err(too_large(name));
    }
    if bytes.starts_with(b"PK") {
        return read_workbook(Workbook::open(bytes, name)?, "xlsx", name, guess);
    }
    if old_excel::is_old(bytes) {
        return read_workbook(Workbook::open_old(bytes, name)?, "xls", name, guess);
    }
    let decoded = plain::decode(bytes, guess.encoding.as_deref());
    if let Some(what) = disguised(&decoded.text) {
        let said = t("{file} 其实是 {what} 文件, 没有导入.", "{file} is really a {what} file; nothing was imported.");
        return Err(
            Trouble::new("file-kind", said.with("file", name).with("what", what)).hint(workbook::open_and_save())
        );
    }
    if !plain::is_text(&decoded.text) {
        return Err(no_text(name));
    }
    let sheet = plain::sheet(&decoded.text, &guess.watch).map_err(|cut| workbook::cut_short(cut, name))?;
    let shape = Shape::of(&sheet, guess).ok_or_else(|| no_names(name))?;
    Ok(Reading { lost: decoded.lost, ..understand(List { sheet, shape, along: None }, decoded.encoding, guess, name)? })
}

fn read_workbook(mut book: Workbook<'_>, kind: &'static str, name: &str, guess: &Guess) -> Result<Reading, Trouble> {
    let mut found: Option<List> = None;
    let mut more = Vec::new();
    for sheet in book.sheets.clone() {
        if guess.sheet.as_ref().is_some_and(|wanted| *wanted != sheet) {
            continue;
        }
        let (sheet, along) = rows::beside(guess, |along| book.sheet(&sheet, name, &guess.watch, along));
        let sheet = sheet?;
        let Some(shape) = Shape::of(&sheet, guess) else { continue };
        // A sheet without names is shown only where no other has them.
        let named = |found: &List| found.shape.of_field(Field::Head).next().is_some();
        if found.as_ref().is_none_or(|found| !named(found)) {
            found = Some(List { sheet, shape, along });
        } else {
            more.push(sheet.name);
        }
    }
    if let Some(wanted) = guess.sheet.as_ref().filter(|wanted| !book.sheets.contains(wanted)) {
        let said = t("{file} 里没有叫 {sheet} 的表.", "{file} has no sheet named {sheet}.");
        let hint = t("有这些表: {sheets}.", "It has: {sheets}.").with("sheets", book.sheets.join(", "));
        return Err(Trouble::new("sheet-unknown", said.with("file", name).with("sheet", wanted)).hint(hint));
    }
    let found = found.ok_or_else(|| no_names(name))?;
    // Where a person chose the sheet the others were not looked at: each may be what is wanted next.
    if let Some(at) = guess.sheet.as_ref().and_then(|wanted| book.sheets.iter().position(|sheet| sheet == wanted)) {
        more = book.sheets.iter().cycle().skip(at + 1).take(book.sheets.len() - 1).cloned().collect();
    }
    Ok(Reading { more_sheets: more, ..understand(found, kind, guess, name)? })
}

/// A sheet that is a list.
struct List {
    sheet: Sheet,
    shape: Shape,
    along: Option<Along>,
}

fn understand(list: List, encoding: &'static str, guess: &Guess, name: &str) -> Result<Reading, Trouble> {
    let List { sheet, mut shape, along } = list;
    let read = rows::read(&sheet, &shape, along, guess).map_err(|watch::Stopped| workbook::stopped(name))?;
    let rows::Rows { households: rows, members, skipped, title, undated } = read;
    let samples = samples::of(&sheet, &shape, guess);
    shape.columns.iter_mut().zip(samples).for_each(|(column, samples)| column.samples = samples);
    Ok(Reading {
        title,
        sheet: sheet.name,
        encoding,
        lost: 0,
        cut_columns: sheet.cut_columns,
        more_sheets: Vec::new(),
        header: shape.header.map(|(first, last)| (first + 1, last + 1)),
        columns: shape.columns,
        rows,
        members,
        skipped,
        undated,
    })
}

/// Names what a text file really is, where it is no table of text.
fn disguised(text: &str) -> Option<&'static str> {
    let head: String = text.trim_start().chars().take(200).collect::<String>().to_ascii_lowercase();
    let starts = |words: &[&str]| words.iter().any(|word| head.starts_with(word));
    if starts(&["<html", "<!doctype html", "<table", "<meta"]) {
        Some("HTML")
    } else if starts(&["<?xml"]) {
        Some("XML")
    } else if starts(&["%pdf"]) {
        Some("PDF")
    } else if starts(&["{\\rtf"]) {
        Some("RTF")
    } else {
        None
    }
}

fn no_text(name: &str) -> Trouble {
    let said = t(
        "{file} 里不是文字, 也不是表格: 多半是损坏或加密了. 没有导入, 现有的名册没有变.",
        "{file} is neither text nor a sheet: damaged or encrypted, likely. Nothing was imported; no roster changed.",
    );
    let hint = t(
        "请用 WPS 或 Excel 打开看看: 打得开就另存为 .xlsx 再导入, 打不开就请给名单的人再发一次.",
        "Open it in WPS or Excel and save it as .xlsx; if it does not open, ask for the list once more.",
    );
    Trouble::new("file-kind", said.with("file", name)).hint(hint)
}

fn too_large(name: &str) -> Trouble {
    Trouble::new(
        "file-too-large",
        t(
            "{file} 超过 {size} MiB, 不像一份名单, 没有导入.",
            "{file} has more than {size} MiB, which no list needs; nothing was imported.",
        )
        .with("file", name)
        .with("size", MOST_BYTES >> 20),
    )
    .hint(workbook::open_and_save())
}

/// Says that no column holds names.
pub fn no_names(name: &str) -> Trouble {
    Trouble::new(
        "roster-no-names",
        t("{file} 里没有找到姓名这一列, 没有导入.", "{file} has no column of names; nothing was imported.")
            .with("file", name),
    )
    .hint(t(
        "请确认表头里有 户主姓名 或 姓名, 或指定是哪一列 (--column 2=head).",
        "Make sure that a header says 户主姓名 or 姓名, or say which column it is (--column 2=head).",
    ))
}
