//! How much of the dirt of made rosters is understood, by kind, against the truth that was written with them.
//!
//! `cargo bench --bench dirt -- ROSTER.csv TRUTH.csv [ROSTER TRUTH ...]`: rosters with a title, a note and two rows of header,
//! their truth as `row,household,kinds`. Also .xlsx, where a .csv of the same name lies beside it for the raw cells.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a bench measures and prints"
)]

#[path = "../intake/understood.rs"]
mod understood;

use std::collections::BTreeMap;
use std::path::Path;

use zoufang::intake::{self, Guess};

/// Rows above the first household.
const HEAD: usize = 4;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    if args.len() < 2 {
        println!("usage: cargo bench --bench dirt -- ROSTER.csv TRUTH.csv [...]");
        return;
    }
    let mut kinds: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut flags: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    // Of two kinds of dirt in one row one may have emptied the cell of the other.
    let (mut alone, mut alone_good) = (0, 0);
    let (mut rows, mut lost, mut clean, mut clean_doubted) = (0, 0, 0, 0);
    for pair in args.chunks_exact(2) {
        let (file, truth) = (Path::new(&pair[0]), std::fs::read_to_string(&pair[1]).unwrap());
        let text = std::fs::read_to_string(file.with_extension("csv")).expect("the raw cells, as .csv in UTF-8");
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let raw: Vec<Vec<String>> =
            reader.records().skip(HEAD).map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
        let bytes = std::fs::read(file).unwrap();
        let reading = intake::read(&bytes, &file.to_string_lossy(), &Guess::default()).unwrap();
        let truth: Vec<&str> = truth.lines().skip(1).map(|line| line.splitn(3, ',').nth(2).unwrap()).collect();
        rows += truth.len();
        lost += truth.len().abs_diff(reading.rows.len());
        for ((labels, row), raw) in truth.iter().zip(&reading.rows).zip(&raw) {
            for kind in labels.split('+').filter(|kind| !kind.is_empty()) {
                let count = kinds.entry(kind.to_owned()).or_default();
                count.0 += 1;
                let good = understood::understood(kind, row, raw);
                count.1 += usize::from(good);
                if !labels.contains('+') {
                    alone += 1;
                    alone_good += usize::from(good);
                }
            }
            for doubt in &row.doubts {
                let count = flags.entry(doubt.why.code()).or_default();
                count.0 += 1;
                count.1 += usize::from(!labels.is_empty());
            }
            if labels.is_empty() {
                clean += 1;
                clean_doubted += usize::from(!row.doubts.is_empty());
            }
        }
    }
    println!("rows {rows}, lost {lost}, clean rows {clean}, of them in doubt {clean_doubted}");
    println!("rows with one kind of dirt {alone}, understood {alone_good}");
    println!("{:<20}{:>10}{:>12}", "kind of dirt", "rows", "understood");
    for (kind, (all, good)) in kinds {
        println!("{kind:<20}{all:>10}{good:>12}");
    }
    println!("{:<20}{:>10}{:>12}", "doubt", "raised", "on dirt");
    for (code, (all, good)) in flags {
        println!("{code:<20}{all:>10}{good:>12}");
    }
}
