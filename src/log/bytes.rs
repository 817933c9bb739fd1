//! Operation bytes: fixed by hand and for ever (`docs/format.md`); only the body inside them is bincode.
//!
//! Whoever holds these bytes keeps, hashes and forwards exactly them, so a program passes on kinds it does not know
//! and still computes the heads of their registers. Numbers are little-endian. Bytes after the body belong to later
//! versions and are kept unread.

use std::sync::Arc;

use crate::domain::{Kept, Name, Operation, Part, Prevs, Stamp};

use super::body::{self, BodyTooLarge};

/// The most bytes an operation may have, its length field included: 512 KiB.
pub const MAX_OPERATION: usize = 512 * 1024;

/// The bytes of a name.
const NAME: usize = 12;
/// The bytes before the name: length, kind, version.
const HEAD: usize = 7;
/// Room that is enough for nearly every operation.
const USUAL: usize = 448;

/// Says that bytes are not an operation, or not a whole one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAnOperation;

/// Encodes an operation.
pub fn encode(operation: &Operation) -> Result<Vec<u8>, BodyTooLarge> {
    let mut out = Vec::with_capacity(USUAL);
    out.extend([0; HEAD]);
    put_name(&mut out, operation.name);
    out.extend(operation.stamp.0.to_le_bytes());
    out.extend(operation.wall_ms.to_le_bytes());
    put_short(&mut out, &operation.actor)?;
    put_name(&mut out, operation.entity);
    put_short(&mut out, &operation.key)?;
    out.extend(u16::try_from(operation.prevs.len()).map_err(|_| BodyTooLarge)?.to_le_bytes());
    for prev in &operation.prevs {
        put_name(&mut out, *prev);
    }
    let length_at = out.len();
    out.extend([0; 4]);
    let (kind, version) = body::encode(&operation.body, &mut out)?;
    put_length(&mut out, length_at)?;
    put_length(&mut out, 0)?;
    if let Some(place) = out.get_mut(4..HEAD) {
        let [low, high] = kind.to_le_bytes();
        place.copy_from_slice(&[low, high, version]);
    }
    if out.len() > MAX_OPERATION { Err(BodyTooLarge) } else { Ok(out) }
}

/// Writes how many bytes follow a length field.
fn put_length(out: &mut [u8], at: usize) -> Result<(), BodyTooLarge> {
    let length = u32::try_from(out.len() - at - 4).map_err(|_| BodyTooLarge)?;
    if let Some(place) = out.get_mut(at..at + 4) {
        place.copy_from_slice(&length.to_le_bytes());
    }
    Ok(())
}

/// Encodes an operation and keeps both forms together.
pub fn keep(operation: Operation) -> Result<Arc<Kept>, BodyTooLarge> {
    let bytes = encode(&operation)?.into();
    Ok(Arc::new(Kept { operation, bytes }))
}

fn put_name(out: &mut Vec<u8>, name: Name) {
    out.extend(name.writer.to_le_bytes());
    out.extend(name.seq.to_le_bytes());
}

fn put_short(out: &mut Vec<u8>, text: &str) -> Result<(), BodyTooLarge> {
    out.push(u8::try_from(text.len()).map_err(|_| BodyTooLarge)?);
    out.extend(text.as_bytes());
    Ok(())
}

/// Splits the first operation's bytes off a row of them: `(first, rest)`. Nothing is read past the bounds.
pub fn split(bytes: &[u8]) -> Result<(&[u8], &[u8]), NotAnOperation> {
    let length = bytes.first_chunk::<4>().map(|four| u32::from_le_bytes(*four)).ok_or(NotAnOperation)?;
    let whole = usize::try_from(length).ok().and_then(|n| n.checked_add(4)).ok_or(NotAnOperation)?;
    if whole > MAX_OPERATION { Err(NotAnOperation) } else { bytes.split_at_checked(whole).ok_or(NotAnOperation) }
}

/// Decodes one operation from exactly its bytes.
pub fn decode(bytes: &[u8]) -> Result<Kept, NotAnOperation> {
    let operation = parse(bytes).ok_or(NotAnOperation)?;
    Ok(Kept { operation, bytes: bytes.into() })
}

/// Decodes a row of operations, as a frame or a block holds them. They share their bytes.
pub fn decode_all(bytes: &[u8]) -> Result<Vec<Arc<Kept>>, NotAnOperation> {
    let mut all = Vec::with_capacity(count(bytes)?);
    let mut row = Row::of(bytes);
    while !row.is_empty() {
        all.push(row.first()?);
    }
    Ok(all)
}

fn count(bytes: &[u8]) -> Result<usize, NotAnOperation> {
    let (mut rest, mut count) = (bytes, 0);
    while !rest.is_empty() {
        (_, rest) = split(rest)?;
        count += 1;
    }
    Ok(count)
}

/// A row of operations being read; what follows them may be something else.
pub struct Row {
    whole: Part,
    at: usize,
}

impl Row {
    /// Begins with the first.
    pub fn of(bytes: &[u8]) -> Self {
        Self { whole: bytes.into(), at: 0 }
    }

    /// Tells whether all bytes are read.
    pub fn is_empty(&self) -> bool {
        self.rest().is_empty()
    }

    /// Gives the bytes that are not read yet.
    pub fn rest(&self) -> &[u8] {
        self.whole.get(self.at..).unwrap_or_default()
    }

    /// Decodes the next operation.
    pub fn first(&mut self) -> Result<Arc<Kept>, NotAnOperation> {
        let (first, _) = split(self.rest())?;
        let operation = parse(first).ok_or(NotAnOperation)?;
        let end = self.at + first.len();
        let bytes = self.whole.part(self.at..end);
        self.at = end;
        Ok(Arc::new(Kept { operation, bytes }))
    }
}

/// Reads only the name of an operation: enough to tell whether it is known.
pub fn name_of(bytes: &[u8]) -> Result<Name, NotAnOperation> {
    let mut cursor = Cursor { rest: bytes.get(HEAD..).ok_or(NotAnOperation)? };
    cursor.name().ok_or(NotAnOperation)
}

/// Reads only what an operation is about: its entity.
pub fn entity_of(bytes: &[u8]) -> Result<Name, NotAnOperation> {
    Ok(Parts::of(bytes).ok_or(NotAnOperation)?.entity)
}

/// Tells the name of an operation whose bytes are whole: as [`decode`] takes them, without keeping anything.
pub fn check(bytes: &[u8]) -> Result<Name, NotAnOperation> {
    Ok(Parts::of(bytes).ok_or(NotAnOperation)?.name)
}

/// The fields of an operation where they lie.
struct Parts<'a> {
    kind: u16,
    version: u8,
    name: Name,
    stamp: Stamp,
    wall_ms: i64,
    actor: &'a str,
    entity: Name,
    key: &'a str,
    prevs: Cursor<'a>,
    body: &'a [u8],
}

impl<'a> Parts<'a> {
    fn of(bytes: &'a [u8]) -> Option<Self> {
        let (first, rest) = split(bytes).ok()?;
        if !rest.is_empty() {
            return None;
        }
        let mut cursor = Cursor { rest: first.get(4..)? };
        let kind = u16::from_le_bytes(cursor.take()?);
        let [version] = cursor.take()?;
        let name = cursor.name()?;
        let stamp = Stamp(u64::from_le_bytes(cursor.take()?));
        let wall_ms = i64::from_le_bytes(cursor.take()?);
        let actor = cursor.short()?;
        let entity = cursor.name()?;
        let key = cursor.short()?;
        let count = u16::from_le_bytes(cursor.take()?);
        let prevs = Cursor { rest: cursor.slice(usize::from(count) * NAME)? };
        let length = usize::try_from(u32::from_le_bytes(cursor.take()?)).ok()?;
        let body = cursor.slice(length)?;
        Some(Self { kind, version, name, stamp, wall_ms, actor, entity, key, prevs, body })
    }
}

fn parse(bytes: &[u8]) -> Option<Operation> {
    let Parts { kind, version, name, stamp, wall_ms, actor, entity, key, mut prevs, body } = Parts::of(bytes)?;
    let prevs = (0..prevs.rest.len() / NAME).map(|_| prevs.name()).collect::<Option<Prevs>>()?;
    let body = body::decode(kind, version, body);
    Some(Operation { name, stamp, wall_ms, actor: actor.into(), entity, key: key.into(), prevs, body })
}

struct Cursor<'a> {
    rest: &'a [u8],
}

impl<'a> Cursor<'a> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.rest.split_first_chunk::<N>()?;
        self.rest = rest;
        Some(*first)
    }

    fn slice(&mut self, length: usize) -> Option<&'a [u8]> {
        let (first, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(first)
    }

    fn name(&mut self) -> Option<Name> {
        Some(Name::new(u64::from_le_bytes(self.take()?), u32::from_le_bytes(self.take()?)))
    }

    fn short(&mut self) -> Option<&'a str> {
        let [length] = self.take()?;
        std::str::from_utf8(self.slice(usize::from(length))?).ok()
    }
}
