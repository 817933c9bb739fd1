//! Golden bytes: an operation of every kind, byte for byte. A difference here means that laptops in the field could no
//! longer read each other; the file `tests/data/operations-v1.txt` is therefore only ever appended to.

use zoufang::domain::{
    Birth, Body, Doubt, Name, Operation, RETRACT, Retract, RosterHead, RosterRow, Sort, Stamp, Step, Value, Writer,
};
use zoufang::log::bytes;

fn operation(seq: u32, key: &str, prevs: &[Name], body: Body) -> Operation {
    let name = Name::new(0x0102_0304_0506_0708, seq);
    Operation {
        name,
        stamp: Stamp::at(1_621_338_120_000),
        wall_ms: 1_621_338_120_000,
        actor: "陈明".into(),
        entity: if key.is_empty() { name } else { Name::new(9, 5) },
        key: key.into(),
        prevs: prevs.into(),
        body,
    }
}

fn every_kind() -> Vec<(&'static str, Operation)> {
    let name = Name::new(9, 5);
    let values = [
        ("nothing", Value::Nothing),
        ("text", Value::text("138 5330 1234")),
        ("number", Value::Number(-3)),
        ("yes", Value::Yes(true)),
        ("day", Value::Day(18_765)),
        ("at", Value::At(1_621_338_120_000)),
        ("entity", Value::Entity(name)),
        ("words", Value::Words(vec!["陈明".into(), "张锦秋".into()])),
    ];
    let facts = vec![("head".into(), Value::text("张守富"))];
    let writer = Writer {
        laptop: 7,
        code: "一组1".into(),
        group: "一组".into(),
        visitors: vec!["陈明".into()],
        program: "0.1.0".into(),
    };
    let mut all = vec![("writer", operation(1, "", &[], Body::Writer(writer)))];
    for (index, (word, value)) in values.into_iter().enumerate() {
        let seq = 2 + u32::try_from(index).unwrap();
        all.push((word, operation(seq, word, &[name, Name::new(1, 2)], Body::Value(value))));
    }
    let retract = Retract { seen: vec![name], why: "记错了户".into() };
    all.push(("retract", operation(20, RETRACT, &[], Body::Retract(retract))));
    let step = Step { step: "accept".into(), facts: facts.clone() };
    let mut step = operation(21, "", &[], Body::Step(step));
    step.entity = name;
    all.push(("step", step));
    let head = RosterHead { canonical: 1, title: "受访群众名单".into(), rows: 411 };
    all.push(("roster head", operation(22, "", &[], Body::RosterHead(head))));
    let doubt = Doubt { key: "phone".into(), raw: "1385330123".into(), why: "phone-short".into() };
    let row = RosterRow { row: 37, facts: facts.clone(), doubts: vec![doubt] };
    all.push(("roster row", operation(23, "", &[], Body::RosterRow(row))));
    let sorts = [
        Sort::Household,
        Sort::Member,
        Sort::Appointment,
        Sort::Visit,
        Sort::Line,
        Sort::Issue,
        Sort::Talk,
        Sort::Import,
    ];
    for (index, sort) in sorts.into_iter().enumerate() {
        let birth = Birth { links: vec![("household".into(), name)], facts: facts.clone() };
        all.push(("birth", operation(30 + u32::try_from(index).unwrap(), "", &[], Body::Birth(sort, birth))));
    }
    all
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len() / 2).map(|i| u8::from_str_radix(&text[2 * i..2 * i + 2], 16).unwrap()).collect()
}

#[test]
fn every_kind_of_operation_has_the_bytes_it_was_released_with() {
    let lines: String =
        every_kind().iter().map(|(word, op)| format!("{word} {}\n", hex(&bytes::encode(op).unwrap()))).collect();
    assert_eq!(lines, include_str!("data/operations-v1.txt"));
}

#[test]
fn released_bytes_read_back_as_what_they_said() {
    let golden = include_str!("data/operations-v1.txt");
    for (line, (_, operation)) in golden.lines().zip(every_kind()) {
        let stored = unhex(line.rsplit(' ').next().unwrap());
        let kept = bytes::decode(&stored).unwrap();
        assert_eq!(kept.operation, operation);
        assert_eq!(*kept.bytes, *stored);
        assert_eq!(bytes::name_of(&stored), Ok(operation.name));
    }
}

#[test]
fn kinds_versions_and_fields_from_later_programs_are_kept_byte_for_byte() {
    let known = bytes::encode(&operation(2, "head", &[Name::new(1, 1)], Body::Value(Value::text("张")))).unwrap();
    let mut later = known.clone();
    later[4] = 0xEE;
    let mut newer = known.clone();
    newer[6] = 9;
    let mut longer = known.clone();
    longer.extend(*b"more");
    let length = u32::try_from(longer.len() - 4).unwrap();
    longer[..4].copy_from_slice(&length.to_le_bytes());
    for (stored, unknown) in [(later, true), (newer, true), (longer, false)] {
        let kept = bytes::decode(&stored).unwrap();
        assert_eq!(*kept.bytes, *stored);
        assert_eq!(matches!(kept.operation.body, Body::Unknown { .. }), unknown);
        assert_eq!(kept.operation.prevs.as_slice(), [Name::new(1, 1)], "heads are computed even for kinds not known");
        assert_eq!(kept.operation.key, "head");
    }
}

#[test]
fn damaged_bytes_are_refused_or_read_but_never_more_than_is_there() {
    for (_, op) in every_kind() {
        let whole = bytes::encode(&op).unwrap();
        for cut in 0..whole.len() {
            assert!(bytes::decode(&whole[..cut]).is_err());
        }
        for place in 0..whole.len() {
            for bit in 0..8 {
                let mut flipped = whole.clone();
                flipped[place] ^= 1 << bit;
                let _ = bytes::decode(&flipped);
            }
        }
    }
    assert!(bytes::split(&[0xFF; 4]).is_err());
    assert!(bytes::decode_all(&[1, 2, 3]).is_err());
}
