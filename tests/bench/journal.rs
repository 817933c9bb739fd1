//! Measures what one durable record costs, against a plain append of the same bytes and its `fdatasync`; and what opening costs
//! after eight months of merges.
//!
//! Run with `cargo bench --bench journal`; the files lie under `target/`, so it measures the disk that holds this folder.
//! The ways take turns within one run, so that a slow moment of the disk hits them alike.
#![expect(clippy::unwrap_used, reason = "a bench may stop at the first surprise")]
#![expect(clippy::disallowed_methods, reason = "a bench measures the machine's time")]

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use zoufang::log::frame::HEAD;
use zoufang::log::{Disk, Journal, Position, RealDisk, WholeKind};

const ROUNDS: usize = 1_500;
const GROUP: usize = 32;

/// A plain file, appended to and synced.
struct Plain(File);

impl Plain {
    fn create(path: &Path) -> Self {
        Self(OpenOptions::new().create_new(true).append(true).open(path).unwrap())
    }

    fn record(&mut self, bytes: &[u8]) {
        self.0.write_all(bytes).unwrap();
        self.0.sync_data().unwrap();
    }
}

fn timed(work: impl FnOnce()) -> Duration {
    let begun = Instant::now();
    work();
    begun.elapsed()
}

fn report(what: &str, size: usize, mut times: Vec<Duration>) {
    times.sort_unstable();
    let micros = |share: usize| times.get(times.len() * share / 100).unwrap().as_secs_f64() * 1e6;
    println!("{what:<28} {size:>6} bytes   median {:>9.1} us   p99 {:>9.1} us", micros(50), micros(99));
}

/// Four merges an evening for 240 evenings: each a file of its own, as they once were, and in the file that is open.
fn open_after_many_merges(home: &Path) {
    let bundle = vec![0x5a; 13_600];
    let dirs = [("each merge a file", 0), ("in the open file", usize::MAX)].map(|(what, few)| {
        let dir = home.join(what);
        let mut journal = Journal::create(Arc::new(RealDisk), &dir, "2021-05-28").unwrap().merging_below(few);
        for _ in 0..960 {
            journal.add_whole(WholeKind::Bundle, [Ok(&bundle)]).unwrap();
        }
        println!("960 merges, {what}: {} files", RealDisk.list(&dir).unwrap().len());
        (what, dir)
    });
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..60 {
        for ((_, dir), times) in dirs.iter().zip(&mut times) {
            times.push(timed(|| drop(Journal::open(Arc::new(RealDisk), dir, "2021-05-28").unwrap())));
        }
    }
    for ((what, _), times) in dirs.iter().zip(times) {
        report(&format!("open, {what}"), bundle.len(), times);
    }
}

fn main() {
    let home = tempfile::tempdir_in(Path::new(env!("CARGO_MANIFEST_DIR")).join("target")).unwrap();
    open_after_many_merges(home.path());
    let dir = home.path().join("journal");
    let mut journal = Journal::create(Arc::new(RealDisk), &dir, "2021-05-28").unwrap();
    for size in [100, 400, 4_000] {
        let operations = vec![0x5a; size];
        // The same bytes on disk: a frame's head and the draft's name.
        let stored = vec![0x5a; size + HEAD + 8];
        let mut first = Plain::create(&home.path().join(format!("first-{size}")));
        let mut second = Plain::create(&home.path().join(format!("second-{size}")));
        let (mut plain, mut again, mut ours, mut group) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for round in 0..ROUNDS {
            plain.push(timed(|| first.record(&stored)));
            ours.push(timed(|| {
                journal.append(None, &operations).unwrap();
                journal.sync().unwrap();
            }));
            again.push(timed(|| second.record(&stored)));
            if round % GROUP == 0 {
                let all = timed(|| {
                    for _ in 0..GROUP {
                        journal.append(None, &operations).unwrap();
                    }
                    journal.sync().unwrap();
                });
                group.push(all / u32::try_from(GROUP).unwrap());
            }
        }
        report("plain append, fdatasync", stored.len(), plain);
        report("journal append, sync", stored.len(), ours);
        report("plain again (noise)", stored.len(), again);
        report("journal, one of a group of 32", stored.len(), group);
    }
    drop(journal);
    open_and_read(&dir);
}

/// Opening looks at the end only; reading looks at every byte.
fn open_and_read(dir: &Path) {
    let (mut journal, _) = Journal::open(Arc::new(RealDisk), dir, "2021-05-28").unwrap();
    for round in 0..250_000 {
        journal.append(None, &[0x5a; 400]).unwrap();
        if round % 5_000 == 0 {
            journal.sync().unwrap();
        }
    }
    journal.sync().unwrap();
    drop(journal);
    let mut opening = Vec::new();
    let mut reading = Vec::new();
    let mut count = 0;
    for _ in 0..9 {
        let mut journal = None;
        opening.push(timed(|| journal = Some(Journal::open(Arc::new(RealDisk), dir, "2021-05-28").unwrap().0)));
        let journal = journal.unwrap();
        count = 0;
        reading.push(timed(|| {
            journal
                .read_from(Position::START, &mut |_| {
                    count += 1;
                    Ok(())
                })
                .unwrap();
        }));
    }
    let bytes: u64 = RealDisk.list(dir).unwrap().iter().map(|name| RealDisk.length(&dir.join(name)).unwrap()).sum();
    println!("{count} records in {} MiB:", bytes >> 20);
    report("open", usize::try_from(bytes).unwrap(), opening);
    report("read all", usize::try_from(bytes).unwrap(), reading);
}
