//! A campaign as one laptop has it: import, start, lookup complete, one durable record, export, merge and memory.
//!
//! `cargo bench --bench campaign -- 10000 100000` (households; 10,000 unless given). Every figure is a median of the runs
//! named beside it, on the disk under `target/`.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a benchmark may stop at the first surprise, and reads the machine's clock"
)]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use zoufang::app::{Device, Export, Keeper, Place, Request, Roster};
use zoufang::clock::Clock;
use zoufang::exchange::{Introductions, Lock};
use zoufang::intake::{self, Guess};
use zoufang::log::Ranges;

mod roster;
mod time;

use roster::roster;
use time::{median, timed};

fn resident_mib() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kib| kib.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

fn place(folder: &Path, laptop: u64) -> (Place, Clock) {
    let place = Place::new(folder.to_owned());
    let clock = Clock::machine();
    let device = Device { laptop, group: "一组".into(), visitors: vec!["陈明".into()], ..Device::default() };
    place.create(&device, &clock).unwrap();
    (place, clock)
}

fn open(place: &Place, clock: &Clock) -> Keeper {
    place.open(clock.clone()).unwrap().keeper
}

fn work_all(keeper: &mut Keeper) {
    while keeper.work().unwrap() {}
}

fn main() {
    let sizes: Vec<usize> = std::env::args().filter_map(|word| word.parse().ok()).collect();
    for count in if sizes.is_empty() { vec![10_000] } else { sizes } {
        run(count);
    }
}

fn run(count: usize) {
    let base = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("campaign-{count}"));
    let _ = fs::remove_dir_all(&base);
    fs::create_dir_all(&base).unwrap();
    println!("== {count} households");
    let csv = roster(count);

    let (place, clock) = place(&base.join("a"), 1);
    let mut keeper = open(&place, &clock);
    keeper.house().fill("陈明", clock.now().wall_ms).unwrap();
    let (read, reading) = timed(|| intake::read(csv.as_bytes(), "a.csv", &Guess::default()).unwrap());
    let (made, roster) = timed(|| Roster::of(&reading).unwrap());
    drop(reading);
    let (written, ()) = timed(|| {
        keeper.import(&roster, "a.csv").unwrap();
        work_all(&mut keeper);
    });
    println!("import: read {read:.0} ms, operations {made:.0} ms, written and shown {written:.0} ms");
    drop(keeper);

    let mut starts = Vec::new();
    let mut fills = Vec::new();
    for _ in 0..5 {
        let (opened, keeper) = timed(|| open(&place, &clock));
        let (filled, ()) = timed(|| keeper.house().fill("陈明", clock.now().wall_ms).unwrap());
        starts.push(opened);
        fills.push(filled);
    }
    println!("start: open {:.1} ms, lookup complete after {:.0} ms more (5 runs)", median(starts), median(fills));

    let mut keeper = open(&place, &clock);
    keeper.house().fill("陈明", clock.now().wall_ms).unwrap();
    println!("memory: {:.0} MiB resident", resident_mib());
    durable(&mut keeper, &base);
    searches(&keeper);

    let export = Export {
        onto: Arc::clone(&place.exports),
        to: None,
        campaign: place.campaign_id(false),
        from: zoufang::domain::Writer::default(),
        now_ms: 0,
        knows: keeper.known(),
        introductions: Introductions::default(),
        had: Ranges::default(),
        lock: Lock::Clear,
        signer: None,
        keep_out_of: None,
    };
    let (exported_ms, exported) = timed(|| export.write(&keeper.reader(), &base).unwrap());
    println!("export: {exported_ms:.0} ms, {} operations, {} KiB", exported.operations, exported.length / 1024);
    let (other, other_clock) = self::place(&base.join("b"), 2);
    let mut office = open(&other, &other_clock);
    office.house().fill("", 0).unwrap();
    for round in ["merge", "merge again"] {
        let (took, merged) = timed(|| {
            let parcel = office.open_parcel(&exported.path).unwrap();
            let merged = office.merge(parcel).unwrap();
            work_all(&mut office);
            merged
        });
        println!("{round}: {took:.0} ms, {} new, {} known", merged.fresh, merged.repeated);
    }
    let _ = fs::remove_dir_all(&base);
}

/// One durable record against append and sync of as many bytes, in turns.
fn durable(keeper: &mut Keeper, base: &Path) {
    let household = *keeper.house().shelf(|shelf, _| shelf.households().iter().next().copied()).as_ref().unwrap();
    let mut plain = fs::File::create(base.join("plain")).unwrap();
    let (mut records, mut bare, mut shared) = (Vec::new(), Vec::new(), Vec::new());
    let note = |i: usize| {
        Request::new("visit.note").with_name("household", household).with("text", format!("村文化大院晚上不开门 {i}"))
    };
    keeper.run(&note(0)).unwrap();
    keeper.sync().unwrap();
    for i in 0..300 {
        let (took, ()) = timed(|| {
            keeper.run(&note(i)).unwrap();
            keeper.sync().unwrap();
        });
        records.push(took * 1000.0);
        let (took, ()) = timed(|| {
            plain.write_all(&[7; 180]).unwrap();
            plain.sync_data().unwrap();
        });
        bare.push(took * 1000.0);
    }
    for _ in 0..20 {
        let (took, ()) = timed(|| {
            for i in 0..64 {
                keeper.run(&note(i)).unwrap();
            }
            keeper.sync().unwrap();
        });
        shared.push(took * 1000.0 / 64.0);
    }
    println!(
        "one durable record: {:.0} us; append + fdatasync of 180 bytes: {:.0} us; one of 64 sharing a sync: {:.0} us",
        median(records),
        median(bare),
        median(shared)
    );
}

fn searches(keeper: &Keeper) {
    for typed in ["zsf", "z", "张", "1381", "东里 zsf", "3组", "未访"] {
        let times = (0..21).map(|_| timed(|| keeper.house().find(typed, 20, &|| true).unwrap()).0 * 1000.0).collect();
        let total = keeper.house().find(typed, 20, &|| true).unwrap().total;
        println!("find {typed}: {:.0} us, {total} households", median(times));
    }
}
