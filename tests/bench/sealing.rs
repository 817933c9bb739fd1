//! What a passphrase costs: unlocking, one durable sealed record, starting, and making the view anew.
//!
//! `cargo bench --bench sealing -- 10000 100000` (households; 10,000 unless given). Clear and sealed take turns within one
//! run, on the disk under `target/`.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a benchmark may stop at the first surprise, and reads the machine's clock"
)]

mod roster;
mod time;

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use roster::roster;
use time::{median, timed};
use zoufang::app::{Device, Keeper, Place, Roster};
use zoufang::clock::Clock;
use zoufang::intake::{self, Guess};
use zoufang::log::{Journal, RealDisk, SealedDisk, frame};
use zoufang::seal::{Cost, Keyring};

const PASSPHRASE: &str = "水井 核桃 三轮车";
const RECORDS: usize = 1_500;
const STARTS: usize = 9;

fn main() {
    let base = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("sealing");
    let _ = fs::remove_dir_all(&base);
    fs::create_dir_all(&base).unwrap();
    unlocking();
    records(&base);
    let sizes: Vec<usize> = std::env::args().filter_map(|word| word.parse().ok()).collect();
    for count in if sizes.is_empty() { vec![10_000] } else { sizes } {
        starts(&base.join(count.to_string()), count);
    }
    fs::remove_dir_all(&base).unwrap();
}

fn unlocking() {
    for passes in [1, 2, Cost::USUAL.passes, 6] {
        let cost = Cost { passes, ..Cost::USUAL };
        let (ring, ..) = Keyring::new(PASSPHRASE, cost).unwrap();
        let right = (0..9).map(|_| timed(|| ring.open(PASSPHRASE).unwrap()).0).collect();
        let wrong = (0..9).map(|_| timed(|| ring.open("不是这个").unwrap_err()).0).collect();
        let (right, wrong) = (median(right), median(wrong));
        println!("unlock: {} MiB, {passes} passes: {right:.0} ms right, {wrong:.0} ms wrong", cost.memory >> 10);
    }
}

/// One durable record of 400 bytes of operations: in the clear, sealed, and as a plain append of the sealed bytes.
fn records(base: &Path) {
    let (_, seal, _) = Keyring::new(PASSPHRASE, Cost { memory: 16, passes: 1, lanes: 1 }).unwrap();
    let day = "2021-05-28";
    let mut clear = Journal::create(Arc::new(RealDisk), &base.join("clear"), day).unwrap();
    let disk = SealedDisk::new(Arc::new(RealDisk), seal.clone());
    let mut sealed = Journal::create(Arc::new(disk), &base.join("sealed"), day).unwrap();
    let mut plain = OpenOptions::new().create_new(true).append(true).open(base.join("plain")).unwrap();
    let bytes = vec![0x5a; frame::size(8 + 400, &seal)];
    let operations = vec![0x5a; 400];
    let mut times: [Vec<f64>; 3] = Default::default();
    for _ in 0..RECORDS {
        times[0].push(
            timed(|| {
                plain.write_all(&bytes).unwrap();
                plain.sync_data().unwrap();
            })
            .0,
        );
        for (journal, times) in [&mut clear, &mut sealed].into_iter().zip(times[1..].iter_mut()) {
            times.push(
                timed(|| {
                    journal.append(None, &operations).unwrap();
                    journal.sync().unwrap();
                })
                .0,
            );
        }
    }
    for (name, mut all) in ["plain append, fdatasync", "journal, clear", "journal, sealed"].into_iter().zip(times) {
        all.sort_by(f64::total_cmp);
        let share = |part: usize| all[all.len() * part / 100] * 1_000.0;
        println!("{name:<24} median {:>7.1} us   p99 {:>8.1} us", share(50), share(99));
    }
}

fn fill(place: &Place, clock: &Clock, csv: &str) -> Keeper {
    let mut keeper = place.open(clock.clone()).unwrap().keeper;
    keeper.fill().unwrap();
    let reading = intake::read(csv.as_bytes(), "a.csv", &Guess::default()).unwrap();
    keeper.import(&Roster::of(&reading).unwrap(), "a.csv").unwrap();
    keeper.finish().unwrap();
    keeper
}

fn starts(base: &Path, count: usize) {
    println!("== {count} households");
    let (csv, clock) = (roster(count), Clock::machine());
    let device = Device { laptop: 1, group: "一组".into(), visitors: vec!["陈明".into()], ..Device::default() };
    let clear = Place::new(base.join("clear"));
    clear.create(&device, &clock).unwrap();
    let (sealed, _) = Place::new(base.join("sealed")).create_sealed(&device, &clock, PASSPHRASE).unwrap();
    let places = [("clear", clear), ("sealed", sealed)];
    for (name, place) in &places {
        let (import, mut keeper) = timed(|| fill(place, &clock, &csv));
        let (rebuild, ()) = timed(|| keeper.rebuild().unwrap());
        let (backup, _) = timed(|| keeper.back_up().unwrap());
        keeper.close().unwrap();
        println!("{name:<7} import {import:.0} ms, view made anew {rebuild:.0} ms, backup {backup:.0} ms");
    }
    let mut times: [Vec<f64>; 2] = Default::default();
    for _ in 0..STARTS {
        for ((_, place), times) in places.iter().zip(&mut times) {
            let (took, keeper) = timed(|| {
                let mut keeper = place.open(clock.clone()).unwrap().keeper;
                keeper.fill().unwrap();
                keeper
            });
            drop(keeper);
            times.push(took);
        }
    }
    for ((name, _), times) in places.iter().zip(times) {
        println!("{name:<7} start, lookup complete: {:.0} ms", median(times));
    }
    let later = Place::new(base.join("later"));
    later.create(&device, &clock).unwrap();
    drop(fill(&later, &clock, &csv));
    let (took, _) = timed(|| later.seal_up(PASSPHRASE, &clock, &mut |_| true).unwrap());
    println!("sealed later: {took:.0} ms");
}
