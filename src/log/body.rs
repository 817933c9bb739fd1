//! Bodies of operations: the only bincode in the program, and frozen once released.
//!
//! A released form is never changed. A new field makes a `V2` beside its `V1`, read by version number, with
//! `From<V1> for V2`; variants of [`ValueV1`] are only appended. A program that meets a kind or version it does not
//! know keeps the bytes and passes them on.

use bincode::config;
use serde::{Deserialize, Serialize};

use crate::domain::{Birth, Body, Doubt, Name, Retract, RosterHead, RosterRow, Sort, Step, Value, Word, Writer};

/// The most bytes a body may have: 256 KiB.
pub const MAX_BODY: usize = 256 * 1024;

const WRITER: u16 = 1;
const VALUE: u16 = 2;
const RETRACT: u16 = 3;
const STEP: u16 = 4;
const ROSTER_HEAD: u16 = 10;
const ROSTER_ROW: u16 = 11;

#[derive(Serialize, Deserialize)]
enum ValueV1 {
    Nothing,
    Text(Word),
    Number(i64),
    Yes(bool),
    Day(i32),
    At(i64),
    Entity(u64, u32),
    Words(Vec<Word>),
}

type FactV1 = (Word, ValueV1);
type NameV1 = (u64, u32);

#[derive(Serialize, Deserialize)]
struct WriterV1 {
    laptop: u64,
    code: String,
    group: String,
    visitors: Vec<String>,
    program: String,
}

#[derive(Serialize, Deserialize)]
struct RetractV1 {
    seen: Vec<NameV1>,
    why: String,
}

#[derive(Serialize, Deserialize)]
struct StepV1 {
    step: Word,
    facts: Vec<FactV1>,
}

#[derive(Serialize, Deserialize)]
struct RosterHeadV1 {
    canonical: u16,
    title: String,
    rows: u32,
}

#[derive(Serialize, Deserialize)]
struct DoubtV1 {
    key: Word,
    raw: Word,
    why: Word,
}

#[derive(Serialize, Deserialize)]
struct RosterRowV1 {
    row: u32,
    facts: Vec<FactV1>,
    doubts: Vec<DoubtV1>,
}

#[derive(Serialize, Deserialize)]
struct BirthV1 {
    links: Vec<(Word, NameV1)>,
    facts: Vec<FactV1>,
}

impl From<&Value> for ValueV1 {
    fn from(value: &Value) -> Self {
        match value {
            Value::Nothing => Self::Nothing,
            Value::Text(text) => Self::Text(text.clone()),
            Value::Number(number) => Self::Number(*number),
            Value::Yes(yes) => Self::Yes(*yes),
            Value::Day(day) => Self::Day(*day),
            Value::At(ms) => Self::At(*ms),
            Value::Entity(name) => Self::Entity(name.writer, name.seq),
            Value::Words(words) => Self::Words(words.clone()),
        }
    }
}

impl From<ValueV1> for Value {
    fn from(value: ValueV1) -> Self {
        match value {
            ValueV1::Nothing => Self::Nothing,
            ValueV1::Text(text) => Self::Text(text),
            ValueV1::Number(number) => Self::Number(number),
            ValueV1::Yes(yes) => Self::Yes(yes),
            ValueV1::Day(day) => Self::Day(day),
            ValueV1::At(ms) => Self::At(ms),
            ValueV1::Entity(writer, seq) => Self::Entity(Name::new(writer, seq)),
            ValueV1::Words(words) => Self::Words(words),
        }
    }
}

fn facts_out(facts: &[(Word, Value)]) -> Vec<FactV1> {
    facts.iter().map(|(key, value)| (key.clone(), value.into())).collect()
}

fn facts_in(facts: Vec<FactV1>) -> Vec<(Word, Value)> {
    facts.into_iter().map(|(key, value)| (key, value.into())).collect()
}

fn name_in((writer, seq): NameV1) -> Name {
    Name::new(writer, seq)
}

/// Says that a body is too large to be written; a person's text never comes near.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BodyTooLarge;

/// Puts the bytes of a body behind others; gives its kind and version. Unknown bodies are never encoded anew.
pub fn encode(body: &Body, out: &mut Vec<u8>) -> Result<(u16, u8), BodyTooLarge> {
    let from = out.len();
    let (kind, put) = match body {
        Body::Writer(w) => (WRITER, put(out, &writer_out(w))),
        Body::Value(value) => (VALUE, put(out, &ValueV1::from(value))),
        Body::Retract(r) => {
            let seen = r.seen.iter().map(|name| (name.writer, name.seq)).collect();
            (RETRACT, put(out, &RetractV1 { seen, why: r.why.clone() }))
        }
        Body::Step(s) => (STEP, put(out, &StepV1 { step: s.step.clone(), facts: facts_out(&s.facts) })),
        Body::RosterHead(h) => {
            (ROSTER_HEAD, put(out, &RosterHeadV1 { canonical: h.canonical, title: h.title.clone(), rows: h.rows }))
        }
        Body::RosterRow(r) => (ROSTER_ROW, put(out, &row_out(r))),
        Body::Birth(sort, birth) => {
            let links = birth.links.iter().map(|(role, name)| (role.clone(), (name.writer, name.seq))).collect();
            (sort.kind(), put(out, &BirthV1 { links, facts: facts_out(&birth.facts) }))
        }
        Body::Unknown { kind, version } => return Ok((*kind, *version)),
    };
    put.ok_or(BodyTooLarge)?;
    if out.len() - from > MAX_BODY { Err(BodyTooLarge) } else { Ok((kind, 1)) }
}

fn writer_out(w: &Writer) -> WriterV1 {
    WriterV1 {
        laptop: w.laptop,
        code: w.code.clone(),
        group: w.group.clone(),
        visitors: w.visitors.clone(),
        program: w.program.clone(),
    }
}

fn row_out(r: &RosterRow) -> RosterRowV1 {
    let doubts = r.doubts.iter().map(|d| DoubtV1 { key: d.key.clone(), raw: d.raw.clone(), why: d.why.clone() });
    RosterRowV1 { row: r.row, facts: facts_out(&r.facts), doubts: doubts.collect() }
}

/// Decodes a body. A kind, version or form this program does not know is [`Body::Unknown`].
pub fn decode(kind: u16, version: u8, bytes: &[u8]) -> Body {
    let known = match version {
        1 => decode_v1(kind, bytes),
        _ => None,
    };
    known.unwrap_or(Body::Unknown { kind, version })
}

fn decode_v1(kind: u16, bytes: &[u8]) -> Option<Body> {
    Some(match kind {
        WRITER => {
            let WriterV1 { laptop, code, group, visitors, program } = read(bytes)?;
            Body::Writer(Writer { laptop, code, group, visitors, program })
        }
        VALUE => Body::Value(read::<ValueV1>(bytes)?.into()),
        RETRACT => {
            let RetractV1 { seen, why } = read(bytes)?;
            Body::Retract(Retract { seen: seen.into_iter().map(name_in).collect(), why })
        }
        STEP => {
            let StepV1 { step, facts } = read(bytes)?;
            Body::Step(Step { step, facts: facts_in(facts) })
        }
        ROSTER_HEAD => {
            let RosterHeadV1 { canonical, title, rows } = read(bytes)?;
            Body::RosterHead(RosterHead { canonical, title, rows })
        }
        ROSTER_ROW => {
            let RosterRowV1 { row, facts, doubts } = read(bytes)?;
            let doubts = doubts.into_iter().map(|DoubtV1 { key, raw, why }| Doubt { key, raw, why }).collect();
            Body::RosterRow(RosterRow { row, facts: facts_in(facts), doubts })
        }
        _ => {
            let sort = Sort::of_kind(kind)?;
            let BirthV1 { links, facts } = read(bytes)?;
            let links = links.into_iter().map(|(role, name)| (role, name_in(name))).collect();
            Body::Birth(sort, Birth { links, facts: facts_in(facts) })
        }
    })
}

fn put(out: &mut Vec<u8>, body: &impl Serialize) -> Option<usize> {
    bincode::serde::encode_into_std_write(body, out, config::standard()).ok()
}

fn read<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Option<T> {
    let limited = config::standard().with_limit::<MAX_BODY>();
    let (body, used) = bincode::serde::borrow_decode_from_slice(bytes, limited).ok()?;
    (used == bytes.len()).then_some(body)
}
