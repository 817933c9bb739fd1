//! The canonical form of a roster: what the operations of an import are made from.
//!
//! It holds what the rows say and nothing of how they came: no file name, no encoding, no order of columns. So one list
//! gives the same operations on every laptop, and whether it arrives as .csv or .xlsx. The price is that better
//! understanding changes the form; [`VERSION`] is part of it, and a program that reads a roster again after an upgrade
//! gets a new roster, offered for matching with the old one (`architecture.md`, Rosters).

use std::collections::HashMap;

use super::{Fact, MemberRow, Reading, RosterRow};
use crate::domain::{self, Value, Word};
use crate::spread;

/// The version of the form; raised when all rosters would be written otherwise. What a few lists give after a mend has
/// another name through its content.
pub const VERSION: u16 = 1;

/// Rows that are written out together to be hashed.
const PIECE: usize = 512;

/// A roster in canonical form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Canonical {
    /// [`VERSION`] at the time of reading.
    pub version: u16,
    /// The rows in the order of the file, those without a usable name too: they have doubts, and no `head`.
    pub rows: Vec<domain::RosterRow>,
    /// The people of the households, in the order of the file.
    pub members: Vec<Member>,
}

/// One person of a household in canonical form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The place of the household among the rows, counted from 0.
    pub of: usize,
    /// What is said, in order of key.
    pub facts: Vec<(Word, Value)>,
}

/// Puts a reading into canonical form: facts in order of key, doubts in order of key, raw text and reason.
/// What a remark proposes becomes a doubt of the fact it would set.
pub fn canonical(reading: &Reading) -> Canonical {
    let at: HashMap<u32, usize> = reading.rows.iter().map(|row| row.row).zip(0..).collect();
    let member = |member: &MemberRow| Some(Member { of: *at.get(&member.of)?, facts: facts(&member.facts) });
    Canonical {
        version: VERSION,
        rows: spread::over(&reading.rows, row),
        members: reading.members.iter().filter_map(member).collect(),
    }
}

fn facts(facts: &[Fact]) -> Vec<(Word, Value)> {
    let mut facts: Vec<(Word, Value)> = facts.iter().map(|fact| (fact.key.clone(), fact.value.clone())).collect();
    facts.sort_by(|a, b| a.0.cmp(&b.0));
    facts
}

fn row(row: &RosterRow) -> domain::RosterRow {
    let facts = facts(&row.facts);
    let cells = row.doubts.iter().map(|doubt| domain::Doubt {
        key: doubt.field.fact().into(),
        raw: doubt.raw.as_str().into(),
        why: doubt.why.stored().into(),
    });
    let proposed = row.proposals().map(|(key, doubt)| domain::Doubt {
        key: key.clone(),
        raw: doubt.raw.as_str().into(),
        why: doubt.why.stored().into(),
    });
    let mut doubts: Vec<domain::Doubt> = cells.chain(proposed).collect();
    doubts.sort_by(|a, b| (&a.key, &a.raw, &a.why).cmp(&(&b.key, &b.raw, &b.why)));
    domain::RosterRow { row: row.row, facts, doubts }
}

impl Canonical {
    /// Hashes the form: every text with its length before it, numbers little-endian.
    pub fn digest(&self) -> [u8; 32] {
        let mut start = b"zoufang roster".to_vec();
        start.extend_from_slice(&self.version.to_le_bytes());
        count(&mut start, self.rows.len());
        let mut hash = blake3::Hasher::new();
        hash.update(&start);
        let pieces: Vec<&[domain::RosterRow]> = self.rows.chunks(PIECE).collect();
        for bytes in spread::over(&pieces, |rows| row_bytes(rows)) {
            hash.update(&bytes);
        }
        // A list with one household a row has no members, and the name it always had.
        for member in &self.members {
            let mut bytes = Vec::new();
            count(&mut bytes, member.of);
            facts_out(&mut bytes, &member.facts);
            hash.update(&bytes);
        }
        *hash.finalize().as_bytes()
    }
}

fn row_bytes(rows: &[domain::RosterRow]) -> Vec<u8> {
    let mut out = Vec::with_capacity(rows.len() * 512);
    for row in rows {
        out.extend_from_slice(&row.row.to_le_bytes());
        facts_out(&mut out, &row.facts);
        count(&mut out, row.doubts.len());
        for doubt in &row.doubts {
            for part in [&doubt.key, &doubt.raw, &doubt.why] {
                text(&mut out, part);
            }
        }
    }
    out
}

fn facts_out(out: &mut Vec<u8>, facts: &[(Word, Value)]) {
    count(out, facts.len());
    for (key, fact) in facts {
        text(out, key);
        value(out, fact);
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
        // Rows of rosters hold nothing else.
        _ => out.push(u8::MAX),
    }
}
