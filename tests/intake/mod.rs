//! Intake: rosters as townships send them, read into rows without losing one.

mod damage;
mod dirt;
mod foretold;
mod forms;
mod hard;
mod long;
mod people;
mod twice;
mod understood;

use zoufang::domain::Value;
use zoufang::intake::{self, Guess, Reading, RosterRow};

/// Reads a text file of these lines.
fn csv(lines: &[&str]) -> Reading {
    intake::read(lines.join("\r\n").as_bytes(), "名单.csv", &Guess::default()).unwrap()
}

/// Gives the text of a fact, empty where there is none.
fn text<'a>(row: &'a RosterRow, key: &str) -> &'a str {
    row.value(key).and_then(Value::as_text).unwrap_or_default()
}

/// Gives the phones of a row.
fn phones(row: &RosterRow) -> Vec<&str> {
    row.facts.iter().filter_map(|fact| fact.key.strip_prefix("phone/")).collect()
}

/// Gives town, village, group and door of a row.
fn place(row: &RosterRow) -> [&str; 4] {
    ["town", "village", "group", "door"].map(|key| text(row, key))
}

/// Gives the codes of the doubts of a row.
fn doubts(row: &RosterRow) -> Vec<&'static str> {
    row.doubts.iter().map(|doubt| doubt.why.code()).collect()
}
