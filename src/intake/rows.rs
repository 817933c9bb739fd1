//! Rows: each becomes facts, and what was not taken as it stands becomes doubts. No row is dropped.
//!
//! What a row says by itself is drafted for many rows at once, some of it while the sheet still comes in; what it takes
//! from the rows above it (cells left blank below the first, a row met before) is put to it afterwards, in order.

mod along;
mod body;
mod draft;
mod entry;
mod one;
mod order;
mod people;

pub(crate) use along::{Along, beside};

use super::columns::Columns;
use super::families;
use super::letters::plain;
use super::lines::Skip;
use super::shape::Shape;
use super::sheet::{Row, Sheet};
use super::watch::Stopped;
use super::{Guess, MemberRow, RosterRow, Skipped};
use crate::domain::hidden;
use body::Body;
use draft::{Above, List};

/// Everything that a sheet says.
pub(crate) struct Rows {
    pub households: Vec<RosterRow>,
    pub members: Vec<MemberRow>,
    pub skipped: Vec<Skipped>,
    pub title: Option<String>,
    pub undated: usize,
}

/// Reads everything below and above the header, as far as it was not read along.
pub(crate) fn read(sheet: &Sheet, shape: &Shape, along: Option<Along>, guess: &Guess) -> Result<Rows, Stopped> {
    let mut above = Above::of(sheet, shape, guess);
    let mut skipped = std::mem::take(&mut above.skipped);
    let columns = Columns::of(shape);
    let roles = families::roles(sheet, &columns, above.past);
    let list = List { sheet, guess, shape, columns: &columns, above: &above, roles: &roles };
    let along = along.and_then(|along| along.holding(&list));
    let mut body = along.unwrap_or_else(|| Body::begin(&list));
    sheet.watch().ends_at(sheet.rows().next_back().map_or(0, |row| row.number() + 1));
    body.take_many(&list, list.body(0).get(body.read..).unwrap_or_default(), sheet.watch())?;
    let Body { households: mut rows, mut members, .. } = body;
    skipped.extend(body.skipped);
    list.put_home(&mut rows, &mut members);
    let top = shape.header.map_or(0, |(first, _)| first);
    let title = sheet
        .rows()
        .take_while(|row| row.number() < top)
        .find_map(|row| row.cells().next().map(|(_, text)| plain(text)));
    let undated = list.undated(&rows, &members);
    Ok(Rows { households: rows, members, skipped, title, undated })
}

fn skip(row: &Row<'_>, why: Skip) -> Skipped {
    let text: Vec<&str> = row.cells().map(|(_, text)| text).collect();
    let text = hidden::for_other_eyes(&plain(&text.join(" "))).chars().take(80).collect();
    Skipped { row: row.number() + 1, why, text }
}
