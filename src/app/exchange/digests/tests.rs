//! Digests are read back as far as they are asked for, and no further.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::Digests;
use crate::domain::{Body, Name, Operation, Prevs, Stamp, Value};
use crate::exchange::Digest;
use crate::log::{Journal, Position, Ranges, Reader, RealDisk, bytes};

/// Long enough that a few fill a file.
const LONG: usize = 30 << 10;

fn operation(name: Name, text: &str) -> Vec<u8> {
    let operation = Operation {
        name,
        stamp: Stamp(1),
        wall_ms: 0,
        actor: "陈明".into(),
        entity: Name::new(1, 1),
        key: "note".into(),
        prevs: Prevs::new(),
        body: Body::Value(Value::Text(text.into())),
    };
    bytes::encode(&operation).unwrap()
}

/// Appends one long operation of each name, so that every few fill a file; gives the journal.
fn journal(dir: &Path, names: &[Name]) -> Journal {
    let mut journal = Journal::create(Arc::new(RealDisk), dir, "20260101").unwrap();
    for name in names {
        journal.append(None, &operation(*name, &"话".repeat(LONG / 3))).unwrap();
        journal.sync().unwrap();
    }
    journal
}

fn held(reader: &Reader) -> BTreeMap<Name, Digest> {
    let mut held = BTreeMap::new();
    let findings = reader.read_from(Position::START, &mut |frame| {
        held.entry(bytes::name_of(frame.operations).unwrap()).or_insert(Digest::of(frame.operations));
        Ok(())
    });
    assert!(findings.unwrap().is_empty());
    held
}

fn some(names: &[Name]) -> Ranges {
    let mut ranges = Ranges::default();
    for name in names {
        ranges.insert(*name);
    }
    ranges
}

#[test]
fn only_as_many_files_are_read_as_hold_what_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let names: Vec<Name> = (1..=150).map(|number| Name::new(u64::from(number % 3), number)).collect();
    let mut journal = journal(folder.path(), &names);
    let files: Vec<u32> = journal.reader().files().collect();
    assert!(files.len() > 3, "{files:?}");
    let digests = Digests::default();
    let since = |wanted: &[Name], reader: &Reader| digests.of(reader, &some(wanted)).unwrap().since;
    assert_eq!(since(&[], &journal.reader()), None, "nothing is asked for");
    assert_eq!(since(&names[149..], &journal.reader()), files.last().copied());
    // What is appended later is followed, and nothing older is read for it.
    let later = Name::new(7, 1);
    journal.append(None, &operation(later, "后来")).unwrap();
    journal.sync().unwrap();
    assert_eq!(since(&[later, names[149]], &journal.reader()), files.last().copied());
    assert_eq!(since(&names[..1], &journal.reader()), files.first().copied());
    let held = held(&journal.reader());
    let read = digests.of(&journal.reader(), &some(&names)).unwrap();
    assert_eq!(held.len(), 151);
    for (name, digest) in held {
        assert_eq!(read.get(name), Some(digest), "{name}");
    }
    assert_eq!(read.get(Name::new(8, 1)), None);
}

#[test]
fn of_two_with_one_name_the_first_one_counts_once_all_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let names: Vec<Name> = (1..=80).map(|number| Name::new(1, number)).collect();
    let mut journal = journal(folder.path(), &names);
    let first = held(&journal.reader());
    journal.append(None, &operation(names[0], "另一句")).unwrap();
    journal.sync().unwrap();
    let digests = Digests::default();
    let asked = digests.of(&journal.reader(), &some(&names)).unwrap().get(names[0]);
    let all = digests.anew(&journal.reader()).unwrap().get(names[0]);
    let taken_in = first.get(&names[0]).copied();
    assert_eq!((asked, all), (taken_in, taken_in));
}
