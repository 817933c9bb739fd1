//! The shape of a sheet: where the header stands, and what each column is about, with reason.

use super::field::Field;
use super::header::{Sure, of_header};
use super::letters::tight;
use super::look::Look;
use super::sheet::{Row, Sheet};
use super::{ColumnGuess, Guess, Reason};
use crate::domain::hidden::for_other_eyes;

/// How many rows with text are searched for a header.
const HEADER_WITHIN: usize = 40;
/// How many rows a header may have.
const HEADER_ROWS: u32 = 4;

/// What is known about a sheet before its rows are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shape {
    /// First and last row of the header, counted from 0; None when there is none.
    pub header: Option<(u32, u32)>,
    /// The columns with text, from the left.
    pub columns: Vec<ColumnGuess>,
}

impl Shape {
    /// Finds header and columns; None when no column can be the name.
    pub fn of(sheet: &Sheet, guess: &Guess) -> Option<Self> {
        let header = match guess.header {
            Some(said) => said.checked_sub(1).map(|row| (row, row)),
            None => header(sheet),
        };
        let first = header.map_or(0, |(_, last)| last + 1);
        let mut columns = columns(sheet, header);
        let looks = looks(sheet, first, &columns, guess);
        assign(&mut columns, &looks, guess);
        let named = columns.iter().any(|column| column.field == Some(Field::Head));
        let shown = guess.nameless && columns.len() >= 2;
        (named || shown).then_some(Self { header, columns })
    }

    /// Gives the columns of a field, from the left.
    pub fn of_field(&self, field: Field) -> impl Iterator<Item = u32> {
        self.columns.iter().filter(move |column| column.field == Some(field)).map(|column| column.index)
    }
}

/// Finds the rows of the header: the row that names most fields, and its neighbours that belong to it.
fn header(sheet: &Sheet) -> Option<(u32, u32)> {
    let score = |row: &Row<'_>| {
        let mut fields: Vec<Field> = named(row).map(|(_, field)| field).collect();
        fields.sort_unstable();
        fields.dedup();
        let has_head = fields.contains(&Field::Head);
        if fields.len() >= 2 || has_head { fields.len() } else { 0 }
    };
    let rows: Vec<Row<'_>> = sheet.rows().take(HEADER_WITHIN).collect();
    let mut best: Option<(usize, u32)> = None;
    for row in &rows {
        let score = score(row);
        if score > best.map_or(0, |(most, _)| most) {
            best = Some((score, row.number()));
        }
    }
    let (_, row) = best?;
    let (mut first, mut last) = (row, row);
    // Downwards: cells of this row that are merged with the next ones, then rows that only name fields.
    for merge in sheet.merges_at(row).filter(|merge| merge.top == row) {
        last = last.max(merge.bottom.min(row + HEADER_ROWS - 1));
    }
    while last + 1 < row + HEADER_ROWS && goes_on(&sheet.row(last + 1)) {
        last += 1;
    }
    // Upwards: a row of group words, or one whose cells name the columns that this row leaves blank.
    while let Some(above) = first.checked_sub(1).filter(|above| last - above < HEADER_ROWS) {
        if !is_group_row(&sheet.row(above)) {
            break;
        }
        first = above;
    }
    Some((first, last))
}

fn named<'a>(row: &Row<'a>) -> impl Iterator<Item = (u32, Field)> + use<'a> {
    row.cells().filter_map(|(column, text)| match of_header(text)? {
        (field, Sure::Whole(_)) => Some((column, field)),
        _ => None,
    })
}

/// Tells whether a row below a header row still belongs to it: all its cells are names of fields.
fn goes_on(row: &Row<'_>) -> bool {
    let cells = row.cells().count();
    cells > 0 && named(row).filter(|(_, field)| *field != Field::Number).count() == cells
}

/// Tells whether a row above a header row groups its columns (基本情况, 联系方式): several short words, no sentence, no number.
fn is_group_row(row: &Row<'_>) -> bool {
    let mut count = 0;
    let short = row.cells().all(|(_, text)| {
        count += 1;
        let text = tight(text);
        text.chars().count() <= 10 && !text.contains([':', '(']) && !text.contains(|c: char| c.is_ascii_digit())
    });
    short && count >= 2
}

/// Gives each column the text of its header, groups before the name, from merged cells or else from the left.
fn columns(sheet: &Sheet, header: Option<(u32, u32)>) -> Vec<ColumnGuess> {
    let mut paths: Vec<Vec<String>> = vec![Vec::new(); sheet.width() as usize];
    if let Some((first, last)) = header {
        for number in first..=last {
            let row = sheet.row(number);
            let leaf = sheet.row(last);
            let merges: Vec<_> = sheet.merges_at(number).collect();
            let mut carried = String::new();
            for (path, column) in paths.iter_mut().zip(0_u32..) {
                let own = tight(row.at(column)).into_owned();
                let merge = merges.iter().find(|merge| merge.left <= column && column <= merge.right);
                let text = if !own.is_empty() {
                    carried.clone_from(&own);
                    own
                } else if let Some(merge) = merge {
                    tight(sheet.row(merge.top).at(merge.left)).into_owned()
                } else if number < last && merges.is_empty() && !leaf.at(column).is_empty() {
                    carried.clone()
                } else {
                    String::new()
                };
                if !text.is_empty() && path.last() != Some(&text) {
                    path.push(text);
                }
            }
        }
    }
    let columns = paths.into_iter().zip(0_u32..);
    columns
        .map(|(path, index)| ColumnGuess {
            index,
            // Where the wrong row is taken for the header, people stand in it.
            header: for_other_eyes(&path.join("/")),
            field: None,
            reason: Reason::Unknown,
            samples: Vec::new(),
        })
        .collect()
}

fn looks(sheet: &Sheet, first: u32, columns: &[ColumnGuess], guess: &Guess) -> Vec<Look> {
    let mut looks: Vec<Look> = columns.iter().map(|_| Look::default()).collect();
    for row in sheet.looked_at(first) {
        for (column, text) in row.cells() {
            if let Some(look) = looks.get_mut(column as usize) {
                look.see(text, &guess.places);
            }
        }
    }
    looks
}

/// Reads the header of one column, groups included.
fn by_header(header: &str) -> Option<(Field, Sure)> {
    let (groups, leaf) = header.rsplit_once('/').unwrap_or(("", header));
    let read = of_header(leaf).or_else(|| of_header(&header.replace('/', ""))).or_else(|| of_header(groups))?;
    let about = |words: &[&str]| words.iter().any(|word| groups.contains(word));
    if about(&["配偶", "爱人", "老伴"]) {
        return (read.0 == Field::Head).then_some((Field::Spouse, read.1));
    }
    if about(&["干部", "帮扶", "包户", "责任人", "村书记", "网格员"]) {
        return (read.0 == Field::Head || read.0 == Field::Paired).then_some((Field::Paired, read.1));
    }
    Some(read)
}

/// Tells whether a header names just anybody.
fn is_person(header: &str) -> bool {
    matches!(tight(header.rsplit('/').next().unwrap_or_default()).as_ref(), "姓名" | "名字" | "本人姓名")
}

/// Gives columns their fields: what a person said, then the surest headers, then content.
fn assign(columns: &mut [ColumnGuess], looks: &[Look], guess: &Guess) {
    let mut taken: Vec<(Field, u32)> = Vec::new();
    let given = |index: u32| guess.columns.iter().find(|(column, _)| *column == index).map(|(_, field)| *field);
    let free =
        |taken: &[(Field, u32)], field: Field| field.may_repeat() || !taken.iter().any(|(known, _)| *known == field);
    for column in columns.iter_mut() {
        if let Some(field) = given(column.index) {
            column.field = field;
            column.reason = Reason::Given;
            taken.extend(field.map(|field| (field, column.index)));
        }
    }
    let mut said: Vec<(Sure, usize, Field)> = columns
        .iter()
        .enumerate()
        .filter(|(_, column)| column.reason != Reason::Given)
        .filter_map(|(at, column)| by_header(&column.header).map(|(field, sure)| (sure, at, field)))
        .collect();
    said.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    for (sure, at, field) in said {
        let Some(column) = columns.get_mut(at) else { continue };
        // A header that its content denies gives way: clerks move columns and forget the header.
        if looks.get(at).is_some_and(|look| look.denies(field)) {
            column.reason = Reason::ContentDenies(field);
        } else if free(&taken, field) {
            column.field = Some(field);
            column.reason = if sure == Sure::Part { Reason::PartOfHeader } else { Reason::Header };
            taken.push((field, column.index));
        } else {
            // 户主姓名 and 姓名 side by side: the list has one person a row.
            if field == Field::Head && is_person(&column.header) && free(&taken, Field::Member) {
                column.field = Some(Field::Member);
                column.reason = Reason::Header;
                taken.push((Field::Member, column.index));
                continue;
            }
            let by = taken.iter().find(|(known, _)| *known == field).map_or(0, |(_, index)| *index);
            column.reason = Reason::Taken { field, by };
        }
    }
    for (column, look) in columns.iter_mut().zip(looks) {
        if column.field.is_some() || matches!(column.reason, Reason::Given | Reason::Taken { .. }) {
            continue;
        }
        let denied = matches!(column.reason, Reason::ContentDenies(_));
        if !column.header.is_empty() && !denied && by_header(&column.header).is_none() && !look.is_plain() {
            continue;
        }
        if let Some((field, percent)) = look.field().filter(|(field, _)| free(&taken, *field)) {
            column.field = Some(field);
            column.reason = Reason::Content { percent };
            taken.push((field, column.index));
        }
    }
    if free(&taken, Field::Head) {
        let mut best: Option<(u8, usize)> = None;
        for (at, (column, look)) in columns.iter().zip(looks).enumerate() {
            let percent = look.names();
            if column.field.is_none()
                && column.reason != Reason::Given
                && percent >= 80
                && best.is_none_or(|(most, _)| percent > most)
            {
                best = Some((percent, at));
            }
        }
        if let Some((percent, column)) = best.and_then(|(percent, at)| Some((percent, columns.get_mut(at)?))) {
            column.field = Some(Field::Head);
            column.reason = Reason::Content { percent };
        }
    }
}
