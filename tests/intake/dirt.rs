//! A roster of 500 households with every kind of dirt, checked row by row against what is known to be wrong with it.

use std::collections::BTreeMap;

use super::understood::understood;
use zoufang::intake::{self, Field, Guess, Reading, RosterRow, Skip};

const XLSX: &[u8] = include_bytes!("../data/rosters/r500.xlsx");
const XLS: &[u8] = include_bytes!("../data/rosters/r500.xls");
const CSV: &[u8] = include_bytes!("../data/rosters/r500_gbk.csv");
const TRUTH: &str = include_str!("../data/rosters/r500_truth.csv");

fn read(bytes: &[u8], name: &str) -> Reading {
    intake::read(bytes, name, &Guess::default()).unwrap()
}

fn raw_rows() -> Vec<Vec<String>> {
    let (text, _, _) = encoding_rs::GB18030.decode(CSV);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    reader.records().skip(4).take(500).map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

// Whatever came of a list on its way, it is text: what can be read of it is.
#[test]
fn a_list_in_any_encoding_and_in_part_damaged_is_never_taken_for_no_text() {
    let (text, _, _) = encoding_rs::GB18030.decode(CSV);
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let marked = |mark: &[u8], body: &[u8]| [mark, body].concat();
    let all = [
        CSV.to_vec(),
        text.as_bytes().to_vec(),
        marked(b"\xef\xbb\xbf", text.as_bytes()),
        marked(b"\xff\xfe", &little),
        marked(b"\xfe\xff", &big),
        little,
        big,
    ];
    let guess = Guess { nameless: true, ..Guess::default() };
    for (at, bytes) in all.into_iter().enumerate() {
        assert!(intake::read(&bytes, "名单.csv", &guess).unwrap().rows.len() >= 500, "{at}");
        for every in [20, 100, 1_000] {
            let damaged: Vec<u8> = (0_u32..)
                .zip(&bytes)
                .map(
                    |(at, byte)| {
                        if at > 64 && at % every == 0 { u8::try_from(at / every % 256).unwrap() } else { *byte }
                    },
                )
                .collect();
            for damaged in [&damaged[..], &damaged[..damaged.len() / 3], &marked(&damaged, &[0; 9_000])] {
                let read = intake::read(damaged, "名单.csv", &guess);
                assert!(
                    read.as_ref().is_err_and(|why| why.kind != "file-kind") || read.is_ok(),
                    "{at} {every}: {read:?}"
                );
            }
        }
    }
}

#[test]
fn no_row_is_lost_and_every_kind_of_dirt_is_understood() {
    let raw = raw_rows();
    for (bytes, name) in [(CSV, "r500_gbk.csv"), (XLSX, "r500.xlsx"), (XLS, "r500.xls")] {
        let reading = read(bytes, name);
        assert_eq!(reading.rows.len(), 500, "{name}");
        assert!(reading.rows.iter().all(RosterRow::is_household), "{name}");
        let skipped: Vec<_> = reading.skipped.iter().map(|skipped| (skipped.row, skipped.why)).collect();
        let want = [
            (1, Skip::Title),
            (2, Skip::Title),
            (3, Skip::Header),
            (4, Skip::Header),
            (505, Skip::Total),
            (506, Skip::Signature),
        ];
        assert_eq!(skipped, want, "{name}");

        let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for (at, line) in TRUTH.lines().skip(1).enumerate() {
            let kinds = line.splitn(3, ',').nth(2).unwrap();
            let row = &reading.rows[at];
            assert_eq!(row.row as usize, at + 5);
            for kind in kinds.split('+').filter(|kind| !kind.is_empty()) {
                let count = counts.entry(kind).or_default();
                count.0 += 1;
                let good = understood(kind, row, &raw[at]);
                count.1 += usize::from(good);
                assert!(good, "{name} row {}: {kind}\n{row:#?}\n{:?}", row.row, raw[at]);
            }
            if kinds.is_empty() {
                assert_eq!(row.doubts, [], "{name} row {}", row.row);
            }
        }
        assert!(counts.len() >= 18 && counts.values().all(|(all, good)| all == good), "{counts:?}");
    }
}

#[test]
fn the_same_list_is_the_same_whatever_file_it_comes_in() {
    let readings = [(CSV, "a.csv"), (XLSX, "b.xlsx"), (XLS, "c.xls")].map(|(bytes, name)| read(bytes, name));
    let forms = readings.each_ref().map(intake::canonical);
    for (at, row) in forms[0].rows.iter().enumerate() {
        assert_eq!(row, &forms[1].rows[at]);
        assert_eq!(row, &forms[2].rows[at]);
    }
    assert_eq!(forms[0].digest(), forms[1].digest());
    assert_eq!(intake::canonical(&read(CSV, "other name.txt")).digest(), forms[0].digest());
}

#[test]
fn columns_are_explained_and_identity_numbers_not_shown() {
    let reading = read(XLSX, "r500.xlsx");
    let fields: Vec<_> =
        reading.columns.iter().filter_map(|column| column.field).map(|field| field.row().word).collect();
    let want =
        ["number", "town", "village", "group", "head", "sex", "id", "phone", "size", "kind", "address", "remark"];
    assert_eq!(fields, want);
    assert!(reading.columns.iter().all(|column| (2..=3).contains(&column.samples.len())), "{:?}", reading.columns);
    let id = &reading.columns[6];
    assert_eq!(id.header, "联系方式/身份证号");
    assert!(id.samples.iter().all(|sample| !sample.contains(|c: char| c.is_ascii_digit())));
    let shown = reading
        .rows
        .iter()
        .flat_map(|row| row.doubts.iter().chain(&row.notes))
        .filter(|doubt| doubt.field == Field::Id);
    assert!(
        shown.clone().count() > 0 && shown.into_iter().all(|doubt| !doubt.raw.contains(|c: char| c.is_ascii_digit()))
    );
    assert_eq!(reading.title.as_deref(), Some("沂源县“走千村进万户”受访群众名单(共500户)"));
}

// A column that was not recognised, a header taken from a row of people, and a row without a name showed or kept them whole.
#[test]
fn identity_numbers_and_full_phones_are_hidden_whatever_a_column_is_taken_for() {
    let lines = [
        "户主,证,村,机",
        "张守富,370323194901016444,东里东村,13853301234",
        ",370323195502025555,东里东村,13853305678",
        "李桂英,370323196003036666,东里东村,13853309999",
    ];
    for header in [None, Some(0), Some(2), Some(3)] {
        let guess = Guess { header, nameless: true, ..Guess::default() };
        let reading = intake::read(lines.join("\r\n").as_bytes(), "名单.csv", &guess).unwrap();
        let columns = reading.columns.iter().flat_map(|column| column.samples.iter().chain([&column.header]));
        let skipped = reading.skipped.iter().map(|skipped| &skipped.text);
        for shown in columns.chain(skipped) {
            assert!(!shown.contains("37032319") && !shown.contains("1385330"), "{header:?}: {shown}");
        }
        let kept = format!("{:?}", intake::canonical(&reading));
        for number in lines.iter().flat_map(|line| line.split(',')).filter(|cell| cell.len() == 18) {
            assert!(!kept.contains(number), "{header:?}: {number} is kept");
        }
    }
}

#[test]
fn every_family_entered_twice_is_found_and_no_other_proposed() {
    use std::collections::BTreeSet;
    use std::sync::Arc;
    use zoufang::domain::{Body, Household, Kept, Name, Operation, Prevs, Record, Stamp, twins};
    let truth: Vec<u32> = TRUTH.lines().skip(1).map(|line| line.split(',').nth(1).unwrap().parse().unwrap()).collect();
    let canonical = intake::canonical(&read(XLSX, "r500.xlsx"));
    let households: Vec<(Name, Household)> = (0..)
        .zip(canonical.rows)
        .map(|(at, row)| {
            let name = Name::new(1, at);
            let operation = Operation {
                name,
                stamp: Stamp(0),
                wall_ms: 0,
                actor: "".into(),
                entity: name,
                key: "".into(),
                prevs: Prevs::new(),
                body: Body::RosterRow(row),
            };
            let mut record = Record::new(name);
            record.apply(&Arc::new(Kept { operation, bytes: Vec::new().into() }), |_| false);
            (name, Household::read(&[Arc::new(record)]))
        })
        .collect();
    assert_eq!(households.len(), truth.len());
    let found: BTreeSet<(u32, u32)> = twins(&households).iter().map(|pair| (pair.one.seq, pair.other.seq)).collect();
    let mut same = BTreeSet::new();
    for (one, of) in (0_u32..).zip(&truth) {
        same.extend((0..one).zip(&truth).filter(|(_, other)| *other == of).map(|(other, _)| (other, one)));
    }
    assert!(same.len() >= 10);
    assert_eq!(found, same);
}
