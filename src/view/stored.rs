//! How the sled view writes one record: the exact bytes of its events and heads, and the names still awaited.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::{Kept, Name, Record, Register, Word};
use crate::log::bytes;

/// Writes a record: crc32, operations with their count, awaited names with their keys.
pub fn write(record: &Record) -> Vec<u8> {
    let (mut count, mut length) = (0, 8);
    for one in record.kept() {
        (count, length) = (count + 1, length + one.bytes.len());
    }
    let mut out = Vec::with_capacity(length);
    out.extend([0; 4]);
    put_count(&mut out, count);
    for one in record.kept() {
        out.extend_from_slice(&one.bytes);
    }
    for (key, register) in record.registers() {
        for name in register.awaited() {
            put_count(&mut out, key.len());
            out.extend_from_slice(key.as_bytes());
            out.extend(name_bytes(name));
        }
    }
    put_crc(&mut out);
    out
}

/// Puts the crc32 of what follows into the first four bytes.
pub fn put_crc(out: &mut [u8]) {
    let crc = crc32fast::hash(out.get(4..).unwrap_or_default());
    if let Some(place) = out.first_chunk_mut::<4>() {
        *place = crc.to_le_bytes();
    }
}

/// Gives what follows a crc32; nothing when it is damaged.
pub fn checked(stored: &[u8]) -> Option<&[u8]> {
    let (crc, rest) = stored.split_first_chunk::<4>()?;
    (u32::from_le_bytes(*crc) == crc32fast::hash(rest)).then_some(rest)
}

/// Reads a record back; nothing when its bytes are damaged.
pub fn read(entity: Name, stored: &[u8]) -> Option<Record> {
    let (count, rest) = take_count(checked(stored)?)?;
    let mut row = bytes::Row::of(rest);
    let mut events = Vec::new();
    let mut heads: BTreeMap<Word, (Vec<Arc<Kept>>, Vec<Name>)> = BTreeMap::new();
    for _ in 0..count {
        let kept = row.first().ok()?;
        if kept.operation.key.is_empty() {
            events.push(kept);
        } else {
            heads.entry(kept.operation.key.clone()).or_default().0.push(kept);
        }
    }
    let mut rest = row.rest();
    while !rest.is_empty() {
        let (length, tail) = take_count(rest)?;
        let (key, tail) = tail.split_at_checked(length)?;
        let (name, tail) = tail.split_first_chunk::<12>()?;
        heads.entry(std::str::from_utf8(key).ok()?.into()).or_default().1.push(name_from(*name));
        rest = tail;
    }
    let registers = heads.into_iter().map(|(key, (heads, awaited))| (key, Register::from_parts(heads, awaited)));
    Some(Record::from_parts(entity, events, registers))
}

/// Gives the bytes of a name in the order in which names sort.
pub fn name_bytes(name: Name) -> [u8; 12] {
    let mut out = [0; 12];
    let (writer, seq) = out.split_at_mut(8);
    writer.copy_from_slice(&name.writer.to_be_bytes());
    seq.copy_from_slice(&name.seq.to_be_bytes());
    out
}

/// The key of what lies under a name, behind the letter of its kind.
pub type Key = [u8; 13];

/// Gives a key; keys sort as their names do.
pub fn key(kind: u8, name: Name) -> Key {
    let mut key = [kind; 13];
    if let Some((_, place)) = key.split_first_mut() {
        place.copy_from_slice(&name_bytes(name));
    }
    key
}

/// Reads a name back from its sorting bytes.
pub fn name_from(stored: [u8; 12]) -> Name {
    let (writer, seq) = (stored.first_chunk::<8>(), stored.last_chunk::<4>());
    Name::new(writer.map_or(0, |w| u64::from_be_bytes(*w)), seq.map_or(0, |s| u32::from_be_bytes(*s)))
}

fn put_count(out: &mut Vec<u8>, count: usize) {
    out.extend(u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
}

fn take_count(from: &[u8]) -> Option<(usize, &[u8])> {
    let (four, rest) = from.split_first_chunk::<4>()?;
    Some((usize::try_from(u32::from_le_bytes(*four)).ok()?, rest))
}
