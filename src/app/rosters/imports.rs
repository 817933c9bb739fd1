//! Imports: which lists were brought in, and taking one back.
//!
//! An import is taken back by retracting it alone: a roster's rows are there while an import of it stands, or while people
//! have written on them. So it takes one operation, holds on every laptop after the next exchange, and importing the same
//! list again brings everything back.

use std::collections::BTreeMap;

use crate::documents::roster;
use crate::domain::{Name, Record, Stamp, Value};
use crate::text::{Trouble, t};

use crate::app::{House, Shelf};
use crate::view::View;

/// The facts of an import under which the columns and the title of its list are kept.
pub(in crate::app) const COLUMNS: &str = "columns";
pub(in crate::app) const TITLE: &str = "title";

/// An imported list, as it can be given back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The import.
    pub import: Name,
    /// Its place among the imports.
    pub at: Stamp,
    /// When it was imported, milliseconds since 1970 UTC.
    pub when: i64,
    /// Who imported it.
    pub by: String,
    /// It was not taken back.
    pub stands: bool,
    /// The writer of its rows.
    pub writer: u64,
    /// The name of its file.
    pub file: String,
    /// The title above it.
    pub title: String,
    /// Its columns, where they are known.
    pub columns: Option<roster::Layout>,
}

/// Gives the imported lists that stand, the one imported last being last.
pub fn listed(house: &House) -> Result<Vec<Listed>, Trouble> {
    house.shelf(listed_in)
}

/// Gives every import there was, also those taken back, the last being last.
pub fn all(house: &House) -> Result<Vec<Listed>, Trouble> {
    house.shelf(all_in)
}

/// Gives the imported lists of a view that stand, as [`listed`] does.
pub(in crate::app) fn listed_in(shelf: &Shelf, view: &dyn View) -> Result<Vec<Listed>, Trouble> {
    let mut listed = all_in(shelf, view)?;
    listed.retain(|listed| listed.stands);
    Ok(listed)
}

fn all_in(shelf: &Shelf, view: &dyn View) -> Result<Vec<Listed>, Trouble> {
    let mut found = Vec::new();
    for import in shelf.rosters().imports() {
        found.extend(view.record(import)?.as_deref().and_then(read));
    }
    found.sort_by_key(|listed: &Listed| (listed.at, listed.writer, listed.import));
    Ok(found)
}

/// Gives how the list of each roster that somebody imported is called, by the writer of its rows: its file, else its title.
pub(in crate::app) fn called(shelf: &Shelf, view: &dyn View) -> BTreeMap<u64, String> {
    let listed = all_in(shelf, view).unwrap_or_default();
    let name = |one: Listed| (one.writer, if one.file.is_empty() { one.title } else { one.file });
    listed.into_iter().map(name).collect()
}

fn read(record: &Record) -> Option<Listed> {
    let text = |key| record.first_fact(key).and_then(Value::as_text).unwrap_or_default().to_owned();
    let born = &record.born()?.operation;
    Some(Listed {
        import: record.entity(),
        at: born.stamp,
        when: born.wall_ms,
        by: born.actor.to_string(),
        stands: !record.is_retracted(),
        writer: record.first_fact("roster").and_then(Value::as_entity)?.writer,
        file: text("file"),
        title: text(TITLE),
        columns: record.first_fact(COLUMNS).and_then(|words| roster::Layout::from_words(words.as_words())),
    })
}

/// Finds the list imported last, or the one whose file name has this word in it.
///
/// # Errors
/// `no-roster` when there is none, and troubles of the view.
pub fn find_import(house: &House, word: Option<&str>) -> Result<Listed, Trouble> {
    let all = listed(house)?;
    let wanted = |listed: &&Listed| word.is_none_or(|word| listed.file.contains(word));
    all.iter().rfind(wanted).cloned().ok_or_else(|| no_roster(&all))
}

fn no_roster(all: &[Listed]) -> Trouble {
    if all.is_empty() {
        return Trouble::new("no-roster", t("还没有导入过名册.", "No roster was imported yet."));
    }
    let files: Vec<&str> = all.iter().map(|listed| listed.file.as_str()).collect();
    Trouble::new("no-roster", t("没有这份名册.", "There is no such roster."))
        .hint(t("导入过的有: {files}.", "These were imported: {files}.").with("files", files.join(", ")))
}
