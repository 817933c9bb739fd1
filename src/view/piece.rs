//! Pieces: records on which nobody has written since they were born lie together, a few in a piece, just as the journal has
//! them: rows of a roster, lines, issues.
//!
//! Nearly every record of a campaign is one of these, and a tree of many small records costs most of an import, of a merge
//! and of a start. Once somebody writes on one its record lies by itself and counts instead; the piece is not written again.

use std::sync::Arc;

use crate::domain::{Body, Kept, Name, Record};
use crate::log::bytes::{self, NotAnOperation};

use super::stored::{self, Key};

/// How many names make a piece.
const WIDTH: u32 = 32;
const PIECE: u8 = b'p';
/// What is born with more bytes lies by itself: a piece stays small, whatever others send.
const MOST: usize = 1_024;

/// The key under which pieces are stored, in order of name.
pub const PREFIX: [u8; 1] = [PIECE];

/// The records of one piece in order of name, each as it was born.
#[derive(Debug, Default)]
pub struct Piece(Vec<Arc<Kept>>);

/// Gives the key of the piece where a record belongs.
pub fn key(entity: Name) -> Key {
    stored::key(PIECE, Name::new(entity.writer, entity.seq / WIDTH))
}

/// Gives a record as it lies in a piece: nothing is known of it but what it was born with.
pub fn untouched(record: &Record) -> Option<&Arc<Kept>> {
    let fits = |born: &&Arc<Kept>| match born.operation.body {
        Body::RosterRow(_) => true,
        Body::Birth(..) => born.bytes.len() <= MOST,
        _ => false,
    };
    let born = record.born().filter(fits)?;
    (record.kept().nth(1).is_none() && record.registers().next().is_none()).then_some(born)
}

impl Piece {
    /// Reads a piece; nothing when its bytes are damaged.
    pub fn read(stored: &[u8]) -> Option<Self> {
        Some(Self(bytes::decode_all(stored::checked(stored)?).ok()?))
    }

    /// Writes the piece: crc32, operations.
    pub fn write(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.0.iter().fold(4, |length, born| length + born.bytes.len()));
        out.extend([0; 4]);
        self.0.iter().for_each(|born| out.extend_from_slice(&born.bytes));
        stored::put_crc(&mut out);
        out
    }

    /// Puts a record in, as it was born.
    pub fn put(&mut self, born: &Arc<Kept>) {
        match self.0.binary_search_by_key(&born.operation.name, |known| known.operation.name) {
            Ok(_) => {}
            Err(at) => self.0.insert(at, Arc::clone(born)),
        }
    }

    /// Gives one record.
    pub fn record(&self, name: Name) -> Option<Record> {
        let at = self.0.binary_search_by_key(&name, |known| known.operation.name).ok()?;
        self.0.get(at).map(record)
    }

    /// Gives all records in order of name.
    pub fn records(&self) -> impl Iterator<Item = Record> + '_ {
        self.0.iter().map(record)
    }
}

/// Reads one record out of the bytes of a piece, without reading the others.
pub fn find(stored: &[u8], name: Name) -> Result<Option<Record>, NotAnOperation> {
    let mut rest = stored::checked(stored).ok_or(NotAnOperation)?;
    while !rest.is_empty() {
        let (first, tail) = bytes::split(rest)?;
        if bytes::name_of(first)? == name {
            return Ok(Some(record(&Arc::new(bytes::decode(first)?))));
        }
        rest = tail;
    }
    Ok(None)
}

fn record(born: &Arc<Kept>) -> Record {
    Record::from_parts(born.operation.name, [Arc::clone(born)], [])
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{MOST, Piece, find, untouched};
    use crate::domain::{Birth, Body, Kept, Name, Operation, Prevs, Record, RosterRow, Sort, Stamp, Value};
    use crate::log::bytes;

    fn operation(seq: u32, entity: u32, key: &str, body: Body) -> Arc<Kept> {
        let (name, entity) = (Name::new(7, seq), Name::new(7, entity));
        let (stamp, wall_ms, actor, prevs) = (Stamp(0), 0, "".into(), Prevs::new());
        bytes::keep(Operation { name, stamp, wall_ms, actor, entity, key: key.into(), prevs, body }).unwrap()
    }

    fn listed(seq: u32) -> Arc<Kept> {
        let facts = vec![("head".into(), Value::text("张守富"))];
        operation(seq, seq, "", Body::RosterRow(RosterRow { row: seq, facts, doubts: Vec::new() }))
    }

    #[test]
    fn rows_come_back_as_they_were_and_damage_shows() {
        let mut piece = Piece::default();
        for seq in [9, 3, 5, 3] {
            piece.put(&listed(seq));
        }
        let bytes = piece.write();
        let again = Piece::read(&bytes).unwrap();
        let names: Vec<u32> = again.records().map(|record| record.entity().seq).collect();
        assert_eq!(names, [3, 5, 9]);
        assert_eq!(find(&bytes, Name::new(7, 5)), Ok(again.record(Name::new(7, 5))));
        assert_eq!((find(&bytes, Name::new(7, 4)), again.record(Name::new(7, 4))), (Ok(None), None));
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1;
            assert!(Piece::read(&damaged).is_none() && find(&damaged, Name::new(7, 3)).is_err(), "{at}");
        }
    }

    #[test]
    fn only_what_nobody_wrote_on_lies_in_a_piece_and_nothing_long() {
        let mut record = Record::new(Name::new(7, 3));
        record.apply(&listed(3), |_| false);
        assert_eq!(untouched(&record), Some(&listed(3)));
        record.apply(&operation(8, 3, "head", Body::Value(Value::text("张首富"))), |_| false);
        assert_eq!(untouched(&record), None);
        for (length, lies_there) in [(10, true), (MOST, false)] {
            let facts = vec![("text".into(), Value::text("x".repeat(length)))];
            let line = operation(5, 5, "", Body::Birth(Sort::Line, Birth { facts, links: Vec::new() }));
            let mut record = Record::new(Name::new(7, 5));
            record.apply(&line, |_| false);
            assert_eq!(untouched(&record).is_some(), lies_there, "{length}");
        }
    }
}
