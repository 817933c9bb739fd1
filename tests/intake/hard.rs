//! Hard files: each is one way in which townships make lists, kept under `tests/data/hard` with what is understood of it.
//!
//! The people are invented. `ZOUFANG_WRITE_DOCS=1` writes the expectations anew; they are read before they are kept.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use zoufang::domain::Value;
use zoufang::intake::{self, Guess, Reading};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/hard")
}

fn said(value: &Value) -> String {
    match value {
        Value::Text(text) => text.to_string(),
        Value::Number(number) => number.to_string(),
        other => if other.is_yes() { "yes" } else { "no" }.to_owned(),
    }
}

/// Writes everything that was understood, a line for each row of the file.
fn told(reading: &Reading) -> String {
    let mut out = format!("{} lost={} title={:?}\n", reading.encoding, reading.lost, reading.title);
    for column in &reading.columns {
        let field = column.field.map_or("-", |field| field.row().word);
        let _ = writeln!(out, "column {} {:?} {field}", column.index + 1, column.header);
    }
    let mut lines: Vec<(u32, String)> = Vec::new();
    for row in &reading.rows {
        let facts: Vec<String> = row
            .facts
            .iter()
            .map(|fact| format!("{}={}", fact.key, said(&fact.value)).trim_end_matches("=yes").to_owned())
            .collect();
        let mut line = format!("household {}", facts.join(" "));
        for fact in &row.proposed {
            let _ = write!(line, " | proposed {}={}", fact.key, said(&fact.value));
        }
        for doubt in &row.doubts {
            let _ = write!(line, " | doubt {} {:?} {}", doubt.field.row().word, doubt.raw, doubt.why.stored());
        }
        for note in &row.notes {
            let _ = write!(line, " | note {}", note.why.stored());
        }
        lines.push((row.row, line));
    }
    for member in &reading.members {
        let facts: Vec<String> =
            member.facts.iter().map(|fact| format!("{}={}", fact.key, said(&fact.value))).collect();
        lines.push((member.row, format!("member of {} {}", member.of, facts.join(" "))));
    }
    for skipped in &reading.skipped {
        lines.push((skipped.row, format!("skipped {:?} {}", skipped.why, skipped.text)));
    }
    lines.sort();
    for (row, line) in lines {
        let _ = writeln!(out, "{row}: {line}");
    }
    out
}

#[test]
fn every_hard_file_is_understood_as_it_is_kept_and_no_row_is_lost() {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending != "txt"));
    files.sort();
    assert!(files.len() >= 12, "{files:?}");
    let mut wrong = Vec::new();
    for file in files {
        let bytes = std::fs::read(&file).unwrap();
        let reading = intake::read(&bytes, &file.file_name().unwrap().to_string_lossy(), &Guess::default()).unwrap();
        let told = told(&reading);
        assert!(
            !told.contains(['\u{1b}', '\u{202e}', '\u{7}']),
            "{}: a control character came through",
            file.display()
        );
        let kept = file.with_extension("txt");
        if std::env::var_os("ZOUFANG_WRITE_DOCS").is_some() {
            std::fs::write(&kept, &told).unwrap();
        }
        if std::fs::read_to_string(&kept).unwrap_or_default().replace("\r\n", "\n") != told {
            wrong.push(format!("{}\n{told}", kept.display()));
        }
        let rows = reading.rows.iter().map(|row| row.row).chain(reading.members.iter().map(|member| member.row));
        let found: BTreeSet<u32> = rows.chain(reading.skipped.iter().map(|skipped| skipped.row)).collect();
        let last = found.last().copied().unwrap();
        let missing: Vec<u32> = (1..=last).filter(|row| !found.contains(row)).collect();
        // One file has a blank line.
        assert!(
            missing.is_empty() || (missing.len() == 1 && told.contains("老院")),
            "{}: rows {missing:?}",
            file.display()
        );
    }
    assert!(wrong.is_empty(), "not in step; ZOUFANG_WRITE_DOCS=1 writes them anew:\n{}", wrong.join("\n"));
}
