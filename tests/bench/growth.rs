//! Eight months of evenings: four laptops write, export what the office lacks, the office merges the four and gives each
//! back what it lacks; once a month everybody exports everything. Said for some nights: how large the office's journal is
//! beside its distinct operations, how long it takes to open (then people see and type) and to have the lookup complete (beside
//! them), and what merging the night's four files takes.
//!
//! `cargo bench --bench growth` (240 nights), or `-- 60`. Every night is a session of its own on every laptop, with a
//! writer of its own, as people start and leave the program.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a benchmark may stop at the first surprise, and reads the machine's clock"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use zoufang::app::{Device, Keeper, Place, Request};
use zoufang::clock::Clock;
use zoufang::domain::Name;
use zoufang::log::{Position, Ranges, bytes};

/// The office's number; the laptops are 1 to 4.
const OFFICE: u64 = 9;
/// Households a laptop visits in a night.
const VISITS: usize = 12;
const HOUSEHOLDS: usize = 2_000;
/// Nights between two exports of everything.
const FULL: usize = 30;

fn place(base: &Path, laptop: u64) -> Place {
    let place = Place::new(base.join(laptop.to_string()));
    let device = Device { laptop, group: format!("{laptop}组"), visitors: vec!["陈明".into()], ..Device::default() };
    place.create(&device, &Clock::machine()).unwrap();
    place
}

fn open(place: &Place) -> Keeper {
    let mut keeper = place.open(Clock::machine()).unwrap().keeper;
    keeper.fill().unwrap();
    keeper
}

fn evening(keeper: &mut Keeper, night: usize, laptop: usize) {
    let households: Vec<Name> = keeper.house().shelf(|shelf, _| shelf.households().iter().copied().collect());
    for visit in 0..VISITS {
        let household = households[(night * 4 * VISITS + laptop * VISITS + visit) % households.len()];
        let mut run = |request: Request| keeper.run(&request).unwrap();
        run(Request::new("visit.start").with_name("household", household));
        for issue in 0..2 {
            let text = format!("第{night}晚第{visit}户第{issue}件: 村文化大院晚上不开门, 大家想要个小广场跳舞");
            run(Request::new("issue.record").with("text", text).with("field", "culture"));
        }
        run(Request::new("visit.finish").with("short_why", "家里有事"));
    }
    keeper.sync().unwrap();
}

fn merge(keeper: &mut Keeper, file: &Path) -> u64 {
    let parcel = keeper.open_parcel(file).unwrap();
    let merged = keeper.merge(parcel).unwrap();
    while keeper.work().unwrap() {}
    merged.fresh
}

/// Gives the bytes of the journal, and of the distinct operations in it.
fn sizes(place: &Place, keeper: &Keeper) -> (u64, u64) {
    let files = fs::read_dir(place.journal_folder()).unwrap();
    let stored = files.map(|file| file.unwrap().metadata().unwrap().len()).sum();
    let (mut seen, mut distinct) = (Ranges::default(), 0);
    keeper
        .reader()
        .read_from(Position::START, &mut |frame| {
            let mut rest = frame.operations;
            while let Ok((one, tail)) = bytes::split(rest) {
                if seen.insert(bytes::name_of(one).unwrap()) {
                    distinct += one.len() as u64;
                }
                rest = tail;
            }
            Ok(())
        })
        .unwrap();
    (stored, distinct)
}

fn export(keeper: &mut Keeper, stick: &Path, to: Option<u64>) -> PathBuf {
    // Where nothing of the other one was ever merged, everything is exported.
    let delta = to.map(|to| keeper.export(stick, Some(to)));
    match delta {
        Some(Ok(exported)) => exported.path,
        _ => keeper.export(stick, None).unwrap().path,
    }
}

fn main() {
    let nights = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(240);
    let base = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("growth");
    let _ = fs::remove_dir_all(&base);
    fs::create_dir_all(&base).unwrap();
    let office = place(&base, OFFICE);
    let laptops: Vec<Place> = (1..=4).map(|laptop| place(&base, laptop)).collect();
    {
        let mut keeper = open(&office);
        for number in 0..HOUSEHOLDS {
            let request = Request::new("household.add").with("head", format!("王{number}")).with("village", "东里东村");
            keeper.run(&request).unwrap();
        }
        keeper.sync().unwrap();
        let stick = base.join("first");
        fs::create_dir_all(&stick).unwrap();
        let file = export(&mut keeper, &stick, None);
        for place in &laptops {
            merge(&mut open(place), &file);
        }
    }
    println!("night  new    merge 4 files   again    open     lookup   journal / distinct operations   files");
    for night in 1..=nights {
        let stick = base.join(format!("stick-{night}"));
        fs::create_dir_all(&stick).unwrap();
        let full = night % FULL == 0;
        let files: Vec<PathBuf> = (0..)
            .zip(&laptops)
            .map(|(number, place)| {
                let mut keeper = open(place);
                evening(&mut keeper, night, number);
                let file = export(&mut keeper, &stick, Some(OFFICE).filter(|_| !full));
                keeper.close().unwrap();
                file
            })
            .collect();
        let start = Instant::now();
        let mut keeper = office.open(Clock::machine()).unwrap().keeper;
        let opened = start.elapsed();
        let filling = Instant::now();
        keeper.fill().unwrap();
        let filled = filling.elapsed();
        let merging = Instant::now();
        let fresh: u64 = files.iter().map(|file| merge(&mut keeper, file)).sum();
        let merged = merging.elapsed();
        let again = Instant::now();
        for file in &files {
            assert_eq!(merge(&mut keeper, file), 0);
        }
        let again = again.elapsed();
        for place in &laptops {
            let laptop = place.device().unwrap().unwrap().laptop;
            let file = export(&mut keeper, &stick, Some(laptop).filter(|_| !full));
            merge(&mut open(place), &file);
        }
        if night == 1 || night % FULL < 2 {
            let (stored, distinct) = sizes(&office, &keeper);
            println!(
                "{night:5} {fresh:5}    {:7.0} ms    {:7.0} ms   {:5.1} ms {:5.0} ms   {:.2} / {:.2} MiB = {:.3}   {}{}",
                merged.as_secs_f64() * 1e3,
                again.as_secs_f64() * 1e3,
                opened.as_secs_f64() * 1e3,
                filled.as_secs_f64() * 1e3,
                stored as f64 / 1_048_576.0,
                distinct as f64 / 1_048_576.0,
                stored as f64 / distinct as f64,
                fs::read_dir(office.journal_folder()).unwrap().count(),
                if full { "   everybody exported everything" } else { "" }
            );
        }
        keeper.close().unwrap();
        fs::remove_dir_all(&stick).unwrap();
    }
    let _ = fs::remove_dir_all(&base);
}
