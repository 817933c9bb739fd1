//! Bytes from outside, changed at random for as long as one likes: everything that reads what others wrote has to read it or
//! refuse it.
//!
//! `cargo bench --bench mutations -- SECONDS SEED [PARSER [ROUND]]`. Valid inputs of each parser are changed in a few places,
//! cut, doubled and mixed; where a check sum would end it at once every second one gets its sums made right again. No panic,
//! none that takes ten seconds of the processor, none that takes much memory, and where a sum guards the bytes nothing else
//! comes out than went in. The same seed makes the same changes; as some inputs hold keys made by chance, what is found is also
//! kept under `target/tmp/mutations`. PARSER and ROUND repeat one change. With a finding it ends with 1. With `--profile dev`
//! numbers that overflow are findings too.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a bench measures, prints, and may stop at the first surprise"
)]

#[path = "mutations/changes.rs"]
mod changes;
#[path = "mutations/guarded.rs"]
mod guarded;
#[path = "mutations/lists.rs"]
mod lists;
#[path = "mutations/sums.rs"]
mod sums;
#[path = "mutations/words.rs"]
mod words;
#[path = "mutations/written.rs"]
mod written;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use zoufang::log::disk_faulty::Chance;

/// What reads bytes from outside.
pub struct Parser {
    /// How it is called on the command line.
    pub name: &'static str,
    /// Inputs that are read as they are.
    pub inputs: Vec<Vec<u8>>,
    /// Makes sums right again, where that can be: so that changes get past them.
    pub mend: Option<fn(&mut [u8])>,
    /// Reads them.
    pub read: Reads,
}

/// Reads bytes and says what became of them; `true` says that their sums were made right.
pub type Reads = Box<dyn Fn(&[u8], bool) -> Read>;

/// What became of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Read {
    /// Read, in whole or in part.
    Taken,
    /// Refused with a sentence, or seen to be damaged.
    Refused,
    /// Something came out that never went in.
    Wrong(String),
}

/// The longest that the processor may work on one input.
const LONGEST: Duration = Duration::from_secs(10);
/// The most that reading may add to what the program takes in memory: 256 MiB.
const MOST_KB: u64 = 256 << 10;
/// How many inputs are tried between two looks at the memory.
const LOOK: u64 = 64;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let number = |at: usize, usual: u64| words.get(at).and_then(|word| word.parse().ok()).unwrap_or(usual);
    let (seconds, seed, only, round) = (number(0, 20), number(1, 1), words.get(2), number(3, u64::MAX));
    let mut parsers = guarded::parsers();
    parsers.extend(lists::parsers());
    parsers.extend(words::parsers());
    parsers.retain(|parser| only.is_none_or(|only| only == parser.name));
    // A panic that is caught inside, as around the library that reads workbooks, would print a backtrace each time.
    std::panic::set_hook(Box::new(|_| {}));
    let watch = Watch::start();
    let share = Duration::from_secs(seconds) / u32::try_from(parsers.len().max(1)).unwrap();
    println!("{:<12}{:>12}{:>12}{:>12}{:>12}{:>10}", "parser", "inputs", "taken", "refused", "longest ms", "MiB more");
    let (mut all, mut findings) = (0, 0);
    for parser in &parsers {
        let outcome =
            if round == u64::MAX { run(parser, seed, share, &watch) } else { one(parser, seed, round, &watch) };
        all += outcome.inputs;
        findings += outcome.findings;
        println!(
            "{:<12}{:>12}{:>12}{:>12}{:>12.1}{:>10}",
            parser.name,
            outcome.inputs,
            outcome.taken,
            outcome.inputs - outcome.taken - outcome.findings,
            outcome.longest.as_secs_f64() * 1000.0,
            outcome.more_kb >> 10
        );
    }
    println!("{all} inputs, {findings} findings, seed {seed}");
    std::process::exit(i32::from(findings > 0));
}

#[derive(Default)]
struct Outcome {
    inputs: u64,
    taken: u64,
    findings: u64,
    longest: Duration,
    more_kb: u64,
}

fn run(parser: &Parser, seed: u64, share: Duration, watch: &Watch) -> Outcome {
    let mut outcome = Outcome::default();
    for input in &parser.inputs {
        assert_eq!((parser.read)(input, false), Read::Taken, "{}: an input is not read as it is", parser.name);
    }
    let (begun, before) = (Instant::now(), resident(true));
    for round in 0.. {
        if begun.elapsed() >= share {
            break;
        }
        try_one(parser, seed, round, watch, &mut outcome);
        if round % LOOK == 0 {
            let more = resident(false).saturating_sub(before);
            if more > MOST_KB && outcome.more_kb <= MOST_KB {
                outcome.findings += 1;
                println!("{}: {} MiB more about round {round} of seed {seed}", parser.name, more >> 10);
            }
            outcome.more_kb = outcome.more_kb.max(more);
        }
    }
    outcome
}

fn one(parser: &Parser, seed: u64, round: u64, watch: &Watch) -> Outcome {
    let mut outcome = Outcome::default();
    try_one(parser, seed, round, watch, &mut outcome);
    outcome
}

/// Makes the input of a round, and has it read.
fn try_one(parser: &Parser, seed: u64, round: u64, watch: &Watch, outcome: &mut Outcome) {
    let mut chance = Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (round + 1));
    let mut bytes = parser.inputs[chance.below(parser.inputs.len())].clone();
    let other = &parser.inputs[chance.below(parser.inputs.len())];
    changes::change(&mut bytes, other, &mut chance);
    let mended = parser.mend.filter(|_| chance.below(2) == 0).map(|mend| mend(&mut bytes)).is_some();
    watch.begin(parser.name, seed, round);
    let begun = worked();
    let read = catch_unwind(AssertUnwindSafe(|| (parser.read)(&bytes, mended)));
    outcome.longest = outcome.longest.max(worked().saturating_sub(begun));
    watch.end();
    outcome.inputs += 1;
    match read {
        Ok(Read::Taken) => outcome.taken += 1,
        Ok(Read::Refused) => {}
        Ok(Read::Wrong(what)) => finding(outcome, parser, (seed, round), &bytes, &what),
        Err(panic) => {
            let said = panic.downcast_ref::<String>().map(String::as_str);
            let said = said.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or_default();
            finding(outcome, parser, (seed, round), &bytes, &format!("panic: {said}"));
        }
    }
}

/// Says what was found, and keeps the input.
fn finding(outcome: &mut Outcome, parser: &Parser, (seed, round): (u64, u64), bytes: &[u8], what: &str) {
    outcome.findings += 1;
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("mutations");
    let file = folder.join(format!("{}-{seed}-{round}", parser.name));
    std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&file, bytes)).unwrap();
    println!("{}, seed {seed}, round {round}: {what}\n  kept as {}", parser.name, file.display());
}

/// Gives the most memory that was in use, in KiB, since it was last asked to forget; 0 where the system does not say.
fn resident(forget: bool) -> u64 {
    if forget {
        let _ = std::fs::write("/proc/self/clear_refs", "5");
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse().unwrap_or(0)
}

/// Tells how long the processor worked for the program: a machine that stands still for a while is no input that hangs.
#[cfg(unix)]
fn worked() -> Duration {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::new(now.tv_sec.unsigned_abs(), u32::try_from(now.tv_nsec).unwrap())
}

/// Tells how long the program runs, where that cannot be told.
#[cfg(not(unix))]
fn worked() -> Duration {
    static BEGUN: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    BEGUN.get_or_init(Instant::now).elapsed()
}

/// Ends the program where one input takes too long, and says which.
#[derive(Default)]
struct Watch {
    /// When the processor had worked for so many milliseconds an input was begun; 0 between two.
    since: Arc<AtomicU64>,
    which: Arc<Mutex<String>>,
}

impl Watch {
    fn start() -> Self {
        let watch = Self::default();
        let (since, which) = (Arc::clone(&watch.since), Arc::clone(&watch.which));
        std::thread::spawn(move || {
            loop {
                std::thread::sleep(Duration::from_secs(1));
                let at = since.load(Ordering::SeqCst);
                if at > 0 && worked() > Duration::from_millis(at) + LONGEST {
                    println!("{} takes too long", which.lock().unwrap());
                    std::process::exit(2);
                }
            }
        });
        watch
    }

    fn begin(&self, name: &str, seed: u64, round: u64) {
        *self.which.lock().unwrap() = format!("{name}, seed {seed}, round {round}");
        self.since.store(u64::try_from(worked().as_millis()).unwrap().max(1), Ordering::SeqCst);
    }

    fn end(&self) {
        self.since.store(0, Ordering::SeqCst);
    }
}
