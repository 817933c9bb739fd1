//! Rows: each becomes facts, and what was not taken as it stands becomes doubts. No row is dropped.
//!
//! What a row says by itself is read for many rows at once, spread over the processors; what it takes from the rows
//! above it (section lines, cells left blank below the first, a row met before) is put to it afterwards, in order.

mod one;
mod people;

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use super::columns::Columns;
use super::doubt::{Doubt, Why};
use super::families::{self, Role};
use super::field::Field;
use super::letters::{is_ditto, plain, tight};
use super::lines::{self, Section, Skip};
use super::place::{self, Known};
use super::shape::Shape;
use super::sheet::{Row, Sheet};
use super::watch::Stopped;
use super::{Guess, MemberRow, RosterRow, Skipped, hidden};
use crate::domain::Value;
use crate::spread;
use one::Read;

/// Rows that are read together.
const TOGETHER: usize = 4096;

/// Everything that a sheet says.
pub(crate) struct Rows {
    pub households: Vec<RosterRow>,
    pub members: Vec<MemberRow>,
    pub skipped: Vec<Skipped>,
    pub title: Option<String>,
}

/// Reads everything below and above the header.
pub(crate) fn read(sheet: &Sheet, shape: &Shape, guess: &Guess) -> Result<Rows, Stopped> {
    let mut skipped = Vec::new();
    let mut titles: Vec<String> = Vec::new();
    let (top, past) = shape.header.map_or((0, 0), |(first, last)| (first, last + 1));
    let mut section = Section::default();
    section.narrow(Section::of_title(&sheet.name, guess));
    for row in sheet.rows().take_while(|row| row.number() < past) {
        if row.number() < top {
            for (_, text) in row.cells() {
                section.narrow(Section::of_title(text, guess));
                titles.push(tight(text).into_owned());
            }
            skipped.push(skip(&row, Skip::Title));
        } else {
            skipped.push(skip(&row, Skip::Header));
        }
    }
    let columns = Columns::of(sheet, shape, past);
    let list = List {
        sheet,
        guess,
        roles: families::roles(sheet, &columns, past),
        columns,
        year: titles.iter().find_map(|title| year_in(title)),
    };
    let mut order = Order { section, above: Known::default(), seen: HashMap::new() };
    let (mut rows, mut members): (Vec<RosterRow>, Vec<MemberRow>) = (Vec::new(), Vec::new());
    sheet.watch().ends_at(sheet.rows().next_back().map_or(0, |row| row.number() + 1));
    let body: Vec<Row<'_>> = sheet.rows().filter(|row| row.number() >= past).collect();
    for together in body.chunks(TOGETHER) {
        let lines = spread::over(together, |row| lines::of(row, shape, &titles, guess));
        let placed: Vec<(Row<'_>, Line)> = together.iter().copied().zip(order.lines(lines)).collect();
        let drafts = spread::over(&placed, |(row, line)| list.draft(row, line));
        let before = rows.len();
        for ((row, _), draft) in placed.iter().zip(drafts) {
            sheet.watch().reach(row.number())?;
            match draft {
                Draft::Aside { why, restarts } => {
                    if restarts {
                        order.above = Known::default();
                    }
                    skipped.push(skip(row, why));
                }
                Draft::Member(member) => members.push(member),
                Draft::Stray(stray) => rows.push(stray),
                Draft::Household { read, section, first } => {
                    rows.push(order.household(&list, *read, &section));
                    members.extend(first);
                }
            }
        }
        let new = rows.get_mut(before..).unwrap_or_default();
        let prints = spread::over(new, fingerprint);
        new.iter_mut().zip(prints).for_each(|(row, print)| order.compare(row, print));
    }
    list.put_home(&mut rows, &mut members);
    let title = sheet
        .rows()
        .take_while(|row| row.number() < top)
        .find_map(|row| row.cells().next().map(|(_, text)| plain(text)));
    Ok(Rows { households: rows, members, skipped, title })
}

fn skip(row: &Row<'_>, why: Skip) -> Skipped {
    let text: Vec<&str> = row.cells().map(|(_, text)| text).collect();
    let text = hidden::for_other_eyes(&plain(&text.join(" "))).chars().take(80).collect();
    Skipped { row: row.number() + 1, why, text }
}

/// Finds the year a list is of: 2021年 in a title.
fn year_in(title: &str) -> Option<i64> {
    let (front, _) = title.split_once('年')?;
    let digits: Vec<char> = front.chars().rev().take(4).collect();
    let year: i64 = digits.into_iter().rev().collect::<String>().parse().ok()?;
    (2000..=2100).contains(&year).then_some(year)
}

/// What holds for all rows of a list.
struct List<'a> {
    sheet: &'a Sheet,
    guess: &'a Guess,
    columns: Columns,
    year: Option<i64>,
    roles: HashMap<u32, Role>,
}

/// What a row below the header is.
enum Line {
    /// None of the people; after a section line the cells above count no longer.
    Aside { why: Skip, restarts: bool },
    /// People, under a section.
    People(Arc<Section>),
}

/// What one row says by itself.
enum Draft<'a> {
    Aside {
        why: Skip,
        restarts: bool,
    },
    Household {
        read: Box<Read<'a>>,
        section: Arc<Section>,
        first: Option<MemberRow>,
    },
    Member(MemberRow),
    /// A person who can be put into no household.
    Stray(RosterRow),
}

impl<'a> List<'a> {
    fn draft(&self, row: &Row<'a>, line: &Line) -> Draft<'a> {
        let section = match line {
            Line::Aside { why, restarts } => return Draft::Aside { why: *why, restarts: *restarts },
            Line::People(section) => section,
        };
        match self.roles.get(&row.number()).copied() {
            Some(Role::Member(home)) => match self.member(row, home) {
                Some(member) => Draft::Member(member),
                None => Draft::Stray(self.stray(row, home)),
            },
            role => Draft::Household {
                read: Box::new(self.read(row, section)),
                section: Arc::clone(section),
                first: (role == Some(Role::First)).then(|| self.member(row, row.number())).flatten(),
            },
        }
    }
}

/// What goes from row to row.
struct Order {
    section: Section,
    above: Known,
    /// What earlier rows say, as a digest, with their numbers.
    seen: HashMap<[u8; 16], u32>,
}

impl Order {
    /// Puts the rows under the section lines among them.
    fn lines(&mut self, lines: Vec<Option<(Skip, Option<Section>)>>) -> Vec<Line> {
        let mut section = Arc::new(self.section.clone());
        let mut placed = Vec::with_capacity(lines.len());
        for line in lines {
            placed.push(match line {
                None => Line::People(Arc::clone(&section)),
                Some((why, None)) => Line::Aside { why, restarts: false },
                Some((why, Some(line))) => {
                    self.section.narrow(line);
                    section = Arc::new(self.section.clone());
                    Line::Aside { why, restarts: true }
                }
            });
        }
        placed
    }

    /// Finishes a household with what the rows above it say.
    fn household(&mut self, list: &List<'_>, mut entry: Read<'_>, section: &Section) -> RosterRow {
        if entry.is_closed() {
            return entry.out;
        }
        self.place(list, &mut entry, section);
        let Read { row, mut out, .. } = entry;
        if out.is_household() && list.roles.get(&row.number()) == Some(&Role::Unsaid) {
            let raw = list.cell(&row, Field::Relation).to_owned();
            out.doubts.push(Doubt { field: Field::Relation, raw, why: Why::NoHead });
        }
        out
    }

    /// Compares a household with all before it.
    fn compare(&mut self, row: &mut RosterRow, print: [u8; 16]) {
        let Some(head) = row.value("head").and_then(Value::as_text) else { return };
        match self.seen.entry(print) {
            Entry::Occupied(first) => {
                let (raw, why) = (head.to_owned(), Why::SameRow(*first.get()));
                row.doubts.push(Doubt { field: Field::Head, raw, why });
            }
            Entry::Vacant(place) => {
                place.insert(row.row);
            }
        }
    }

    fn place(&mut self, list: &List<'_>, entry: &mut Read<'_>, section: &Section) {
        let cells = list.place_cells(&entry.row);
        let mut above = std::mem::take(&mut self.above);
        let [town, village, group] = list.columns.runs;
        above.town = above.town.filter(|_| town || is_ditto(&tight(cells.town)));
        above.village = above.village.filter(|_| village || is_ditto(&tight(cells.village)));
        above.group = above.group.filter(|_| group || is_ditto(&tight(cells.group)));
        let mut doubts = Vec::new();
        let own = std::mem::take(&mut entry.place);
        let place = place::fill(own, cells, &section.place, &above, &list.guess.places, &mut doubts);
        if place.village.is_none() && list.columns.has(Field::Village) && place.door.is_none() {
            doubts.push(Doubt { field: Field::Village, raw: cells.village.to_owned(), why: Why::NoVillage });
        }
        self.above = Known { town: place.town.clone(), village: place.village.clone(), group: place.group.clone() };
        let parts = [("town", place.town), ("village", place.village), ("group", place.group), ("door", place.door)];
        entry.among(|entry| {
            for Doubt { field, raw, why } in doubts {
                entry.doubt(field, &raw, why);
            }
            for (key, value) in parts {
                if let Some(value) = value {
                    entry.text(key, value);
                }
            }
        });
    }
}

/// Gives what makes two rows the same row, as a digest: all they say, the running number apart.
fn fingerprint(row: &RosterRow) -> [u8; 16] {
    let mut out = String::with_capacity(512);
    for fact in row.facts.iter().chain(&row.proposed) {
        out.push_str(&fact.key);
        out.push('\u{1}');
        match &fact.value {
            Value::Text(text) => out.push_str(text),
            Value::Number(number) => out.push_str(&number.to_string()),
            other => out.push_str(if other.is_yes() { "yes" } else { "no" }),
        }
        out.push('\u{2}');
    }
    for doubt in &row.doubts {
        out.push_str(&doubt.raw);
        out.push('\u{2}');
    }
    let digest = blake3::hash(out.as_bytes());
    digest.as_bytes().first_chunk::<16>().copied().unwrap_or_default()
}
