//! How long a roster takes to be read, beside the bare time that the libraries below need for the same bytes.
//!
//! `cargo bench --bench intake [-- ROWS... | FILE.xlsx...]`; without any 10,000 and 100,000 rows. People are invented.
//! A file is imported whole into an empty campaign, in turns with calamine reading its cells: medians of five.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a bench measures and prints"
)]

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use calamine::{Reader, Xlsx};
use rust_xlsxwriter::{Format, Workbook};
use zoufang::app::{Device, Place, Roster};
use zoufang::clock::Clock;
use zoufang::domain::places::Places;
use zoufang::intake::{self, Guess};

mod time;

use time::{median, timed};

const HEADER: [&str; 12] = [
    "序号",
    "镇(街道)",
    "村(居)",
    "组",
    "户主姓名",
    "性别",
    "身份证号",
    "联系电话",
    "家庭人口",
    "户类别",
    "住址",
    "备注",
];

/// Makes rows as a township would: one village after the other, all columns filled.
fn rows(count: usize) -> Vec<[String; 12]> {
    let places = Places::yiyuan();
    let villages: Vec<(String, String)> = places
        .towns()
        .flat_map(|town| places.villages(town).map(move |village| (town.to_owned(), village.to_owned())))
        .collect();
    let pick = |words: &str, at: usize| words.chars().nth(at % words.chars().count()).unwrap();
    (0..count)
        .map(|n| {
            let (town, village) = &villages[n * villages.len() / count];
            let (group, door) = (n % 12 + 1, n % 260 + 1);
            let name =
                [pick("王李张刘陈杨赵周孙", n), pick("守成桂玉传宗淑敬", n / 9), pick("富友英珍宝海任民", n / 72)];
            [
                (n + 1).to_string(),
                town.clone(),
                village.clone(),
                group.to_string(),
                name.iter().collect(),
                if n % 4 == 0 { "女" } else { "男" }.to_owned(),
                format!("370323{}****{:04}", 1940 + n % 60, n % 10_000),
                format!("138{:08}", n * 7919 % 100_000_000),
                (n % 6 + 1).to_string(),
                ["脱贫户", "社区居民", "个体工商户", "建档立卡户"][n % 4].to_owned(),
                format!("{town}{village}{group}组{door}号"),
                ["", "长期在外务工", "", "听力不好", "饭店"][n % 5].to_owned(),
            ]
        })
        .collect()
}

fn csv_of(rows: &[[String; 12]]) -> Vec<u8> {
    let mut text = format!("受访群众名单\r\n{}\r\n", HEADER.join(","));
    for row in rows {
        text.push_str(&row.join(","));
        text.push_str("\r\n");
    }
    text.into_bytes()
}

fn xlsx_of(rows: &[[String; 12]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.merge_range(0, 0, 0, 11, "受访群众名单", &Format::new()).unwrap();
    for (column, header) in (0..).zip(HEADER) {
        sheet.write(1, column, header).unwrap();
    }
    for (at, row) in (2..).zip(rows) {
        for (column, cell) in (0..).zip(row) {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write(at, column, number).unwrap(),
                Err(_) => sheet.write(at, column, cell).unwrap(),
            };
        }
    }
    book.save_to_buffer().unwrap()
}

/// Gives the best of three.
fn best(mut job: impl FnMut()) -> Duration {
    let mut once = || {
        let start = Instant::now();
        job();
        start.elapsed()
    };
    (0..3).map(|_| once()).min().unwrap()
}

/// Imports a workbook as the program does, in turns with what the library alone needs to read it.
fn whole(file: &Path) {
    let bytes = fs::read(file).unwrap();
    let (mut bare, mut steps) = (Vec::new(), [const { Vec::new() }; 5]);
    for _ in 0..5 {
        let (took, height) = timed(|| {
            let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.as_slice())).unwrap();
            let sheet = book.sheet_names().first().unwrap().clone();
            book.worksheet_range(&sheet).unwrap().height()
        });
        assert!(height > 0);
        bare.push(took);
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("intake");
        let _ = fs::remove_dir_all(&folder);
        let (place, clock) = (Place::new(folder.clone()), Clock::machine());
        place.create(&Device { laptop: 1, visitors: vec!["陈明".into()], ..Device::default() }, &clock).unwrap();
        let mut keeper = place.open(clock).unwrap().keeper;
        keeper.house().fill("陈明", 0).unwrap();
        let (whole, parts) = timed(|| {
            let (read, reading) = timed(|| intake::read_file(file, &Guess::default()).unwrap());
            let (made, roster) = timed(|| Roster::of(&reading).unwrap());
            let (durable, _) = timed(|| keeper.import(&roster, "名单.xlsx").unwrap());
            let (shown, ()) = timed(|| while keeper.work().unwrap() {});
            [read, made, durable, shown]
        });
        for (all, one) in steps.iter_mut().zip(parts.into_iter().chain([whole])) {
            all.push(one);
        }
    }
    let bare = median(bare);
    println!("{}: calamine alone {bare:.0} ms", file.display());
    for (step, took) in ["read", "made into operations", "durable", "in view and lookup", "all of it"].iter().zip(steps)
    {
        let took = median(took);
        println!("  {step:<22}{took:>8.0} ms{:>8.2} times calamine", took / bare);
    }
}

fn main() {
    let files: Vec<PathBuf> = std::env::args().skip(1).map(PathBuf::from).filter(|file| file.is_file()).collect();
    if !files.is_empty() {
        return files.iter().for_each(|file| whole(file));
    }
    let counts: Vec<usize> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let counts = if counts.is_empty() { vec![10_000, 100_000] } else { counts };
    let guess = Guess::default();
    println!("{:<28}{:>10}{:>12}{:>12}", "list", "KiB", "ms", "us a row");
    let show = |name: String, bytes: usize, rows: usize, took: Duration| {
        let ms = took.as_secs_f64() * 1000.0;
        #[expect(clippy::cast_precision_loss, reason = "rows are few")]
        let each = ms * 1000.0 / rows as f64;
        println!("{name:<28}{:>10}{ms:>12.1}{each:>12.2}", bytes / 1024);
    };
    show("the county's places".to_owned(), 0, 1, best(|| drop(Places::yiyuan())));
    for count in counts {
        let rows = rows(count);
        let text = csv_of(&rows);
        let national = encoding_rs::GB18030.encode(std::str::from_utf8(&text).unwrap()).0.into_owned();
        let book = xlsx_of(&rows);
        drop(rows);
        let read = |bytes: &[u8]| {
            let reading = intake::read(bytes, "名单", &guess).unwrap();
            assert_eq!(
                (reading.rows.len(), reading.rows.iter().filter(|row| !row.doubts.is_empty()).count()),
                (count, 0)
            );
            reading
        };
        let bare_csv = || {
            let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_slice());
            assert!(reader.records().flatten().count() > count - 2);
        };
        let bare_xlsx = || {
            let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book.as_slice())).unwrap();
            let sheet = book.sheet_names().first().unwrap().clone();
            assert!(book.worksheet_range(&sheet).unwrap().height() > count);
        };
        show(format!("{count} csv, UTF-8"), text.len(), count, best(|| drop(read(&text))));
        show(format!("{count} csv, GB18030"), national.len(), count, best(|| drop(read(&national))));
        show(format!("{count} csv, bare reader"), text.len(), count, best(bare_csv));
        show(format!("{count} xlsx, merged title"), book.len(), count, best(|| drop(read(&book))));
        show(format!("{count} xlsx, bare calamine"), book.len(), count, best(bare_xlsx));
        let reading = read(&text);
        show(
            format!("{count} canonical form"),
            0,
            count,
            best(|| assert_ne!(intake::canonical(&reading).digest(), [0; 32])),
        );
    }
}
