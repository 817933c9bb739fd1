//! The canonical form of a roster: what the operations of an import are made from.
//!
//! It holds what the rows say and nothing of how they came: no file name, no encoding, no order of columns. So one list
//! gives the same operations on every laptop, and whether it arrives as .csv or .xlsx. The price is that better
//! understanding changes the form; [`VERSION`] is part of it, and a program that reads a roster again after an upgrade
//! gets a new roster, offered for matching with the old one (`architecture.md`, Rosters).

use super::{Fact, Reading, Value};

/// The version of the form; raised whenever the same file would give other rows.
pub const VERSION: u16 = 1;

/// A roster in canonical form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Canonical {
    /// [`VERSION`] at the time of reading.
    pub version: u16,
    /// The rows in the order of the file.
    pub rows: Vec<CanonicalRow>,
}

/// One row: facts in the order of their keys, then what is proposed, then what is in doubt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CanonicalRow {
    /// The row in the sheet, counted from 1.
    pub row: u32,
    /// What the row says.
    pub facts: Vec<Fact>,
    /// What a remark proposes.
    pub proposed: Vec<Fact>,
    /// What a person has to look at: field word, raw text, reason code.
    pub doubts: Vec<(&'static str, String, &'static str)>,
}

/// Puts a reading into canonical form.
pub fn canonical(reading: &Reading) -> Canonical {
    let sorted = |facts: &[Fact]| {
        let mut facts = facts.to_vec();
        facts.sort_by(|a, b| a.key.cmp(&b.key));
        facts
    };
    let rows = reading.rows.iter().map(|row| {
        let mut doubts: Vec<_> =
            row.doubts.iter().map(|doubt| (doubt.field.row().word, doubt.raw.clone(), doubt.why.code())).collect();
        doubts.sort();
        CanonicalRow { row: row.row, facts: sorted(&row.facts), proposed: sorted(&row.proposed), doubts }
    });
    Canonical { version: VERSION, rows: rows.collect() }
}

impl Canonical {
    /// Writes the form as bytes to hash: every text with its length before it, numbers little-endian.
    pub fn bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.rows.len() * 160);
        out.extend_from_slice(b"zoufang roster");
        out.extend_from_slice(&self.version.to_le_bytes());
        count(&mut out, self.rows.len());
        for row in &self.rows {
            out.extend_from_slice(&row.row.to_le_bytes());
            for facts in [&row.facts, &row.proposed] {
                count(&mut out, facts.len());
                for fact in facts {
                    text(&mut out, &fact.key);
                    value(&mut out, &fact.value);
                }
            }
            count(&mut out, row.doubts.len());
            for (field, raw, code) in &row.doubts {
                for part in [*field, raw.as_str(), *code] {
                    text(&mut out, part);
                }
            }
        }
        out
    }
}

fn count(out: &mut Vec<u8>, count: usize) {
    out.extend_from_slice(&u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
}

fn text(out: &mut Vec<u8>, text: &str) {
    count(out, text.len());
    out.extend_from_slice(text.as_bytes());
}

fn value(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Text(words) => {
            out.push(0);
            text(out, words);
        }
        Value::Number(number) => {
            out.push(1);
            out.extend_from_slice(&number.to_le_bytes());
        }
        Value::Yes(yes) => out.extend_from_slice(&[2, u8::from(*yes)]),
    }
}
