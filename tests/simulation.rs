//! Eight laptops and their sticks for months in a moment: random routes, lost and half written sticks, old files merged again,
//! kills in the middle of a merge, wrong and jumping clocks, restored images and cloned disks. When all exports have gone
//! round, every laptop has the same journal and shows the same households, visits, issues and disagreements, and they are
//! what a naive recount of everything written says ([`recount`]).
//!
//! Two kinds of laptops live in one world. Thousands of worlds are played with [`bare`] ones: journal operations, the plan of a
//! merge, view and house as the keeper uses them, but nothing on a disk. A hundred more are played by the whole program
//! ([`whole`]): the keeper and its requests, files, the stored view, real exports; each takes twenty times as long.
//!
//! A seed that fails says so: `ZOUFANG_SIMULATION=<seed> cargo test --locked simulation` plays it alone, step for step;
//! `ZOUFANG_SIMULATION=<from>..<to>` plays others than CI does.

mod bare;
mod recount;
mod whole;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::sync::Arc;

use zoufang::domain::{Kept, Name, Stamp};
use zoufang::exchange::Bundle;
use zoufang::log::bytes;

use crate::histories::Chance;
use bare::Bare;
use recount::Shown;
use whole::Whole;

/// How many worlds are played with bare laptops, and how many with the whole program.
const WORLDS: u64 = 2_100;
const WHOLE_WORLDS: u64 = 100;
const LAPTOPS: usize = 8;
/// Sticks that go round; a new export goes over an old one, as on a full stick.
const STICKS: usize = 5;
const WALL: i64 = 1_621_338_120_000;
const DAY: i64 = 86_400_000;
/// Some hours, for what passes between two steps.
const HOURS: usize = 6 * 3_600_000;

/// Operations by name.
type Held = BTreeMap<Name, Arc<Kept>>;

/// A program that runs on a laptop. Its writer is its own, whatever disk it runs on.
trait Program: Sized {
    /// What outlives the program: it can be copied, as an image or a copied disk is.
    type Disk;
    /// What people do before they part, and the steps that a world takes then.
    const BEFORE: usize;
    const STEPS: usize;

    fn fresh_disk(laptop: u64) -> Self::Disk;
    fn copy(disk: &Self::Disk) -> Self::Disk;
    /// Starts on a disk, with a number for its writer and its clock ahead of the true one by so much.
    fn start(disk: Self::Disk, writer: u64, clock: i64, now: i64) -> Self;
    /// Ends it, or lets it die: nothing is said to it any more.
    fn stop(self) -> Self::Disk;
    fn set_clock(&mut self, clock: i64);
    fn clock(&self) -> i64;
    fn laptop(&self) -> u64;

    /// Does one thing that a person may do.
    fn act(&mut self, now: i64, chance: &mut Chance);
    /// Exports everything, or what one other laptop is known to lack.
    fn export(&mut self, now: i64, to: Option<u64>) -> Vec<u8>;
    /// Merges a file and tells how many operations were set aside; none where it was refused. `dies`: the battery goes at
    /// some moment, and the program has to be started anew.
    fn merge(&mut self, now: i64, file: &[u8], dies: bool, chance: &mut Chance) -> Option<u64>;

    /// Gives what lies in its journal.
    fn journal(&self) -> Held;
    /// Gives what it shows.
    fn shown(&self, now: i64) -> Shown;
    /// Tells whether it cannot but show what another one shows.
    fn is_like(&self, other: &Self) -> bool;
    /// Counts what it says to be missing.
    fn missing(&self) -> u64;
}

/// A laptop with what it has to have, by a count of its own.
struct Laptop<P> {
    /// None only while it is being started anew.
    program: Option<P>,
    held: Held,
    /// The greatest reading of its clock since the program started.
    read: i64,
}

/// An image of a disk, and what was on it.
type Image<P> = (<P as Program>::Disk, Held);

/// A file on a stick, and what it brings; none where it was damaged on the way there.
#[derive(Clone)]
struct Stick {
    file: Vec<u8>,
    brings: Option<Held>,
}

/// One world: its laptops, the sticks between them, and numbers for new writers.
struct World<P: Program> {
    chance: Chance,
    laptops: Vec<Laptop<P>>,
    images: Vec<Option<Image<P>>>,
    sticks: Vec<Stick>,
    writers: u64,
    now: i64,
}

/// What happened in all worlds: a test that met none of it says nothing.
#[derive(Debug, Default)]
struct Met {
    disputes: usize,
    states: BTreeSet<String>,
    visits: usize,
    families: usize,
}

impl<P: Program> World<P> {
    fn new(seed: u64) -> Self {
        let chance = Chance::new(seed);
        let (laptops, sticks, now) = (Vec::new(), Vec::new(), WALL);
        let mut world = Self { chance, laptops, images: (0..LAPTOPS).map(|_| None).collect(), sticks, writers: 0, now };
        for laptop in 1..=LAPTOPS as u64 {
            let clock = world.wrong_clock();
            let program = P::start(P::fresh_disk(laptop), world.writer(), clock, world.now);
            world.laptops.push(Laptop { program: Some(program), held: Held::new(), read: WALL + clock });
        }
        world.begin();
        world
    }

    /// The office writes something down that everybody begins with.
    fn begin(&mut self) {
        for _ in 0..P::BEFORE {
            self.now += 60_000;
            self.look_at_clock(0);
            self.act(0);
        }
        let now = self.now;
        let file = self.program(0).export(now, None);
        for who in 1..LAPTOPS {
            self.take_all(who, std::slice::from_ref(&file));
            self.laptops[who].held = self.laptops[0].held.clone();
            self.agrees(who);
        }
    }

    fn writer(&mut self) -> u64 {
        self.writers += 1;
        // Numbers are chance elsewhere: of two programs the later one has not always the greater.
        self.writers.wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }

    /// Gives by how much a clock is wrong: years, days or minutes, to either side.
    fn wrong_clock(&mut self) -> i64 {
        match self.chance.below(8) {
            0 => -WALL,
            1 => 3_650 * DAY,
            2 => -3 * DAY,
            _ => i64::try_from(self.chance.below(600_000)).unwrap() - 300_000,
        }
    }

    /// Notes that a program may look at its clock now.
    fn look_at_clock(&mut self, who: usize) {
        let laptop = &mut self.laptops[who];
        laptop.read = laptop.read.max(self.now + laptop.program.as_ref().unwrap().clock());
    }

    fn program(&mut self, who: usize) -> &mut P {
        self.laptops[who].program.as_mut().unwrap()
    }

    /// Ends a program and starts another, on the disk there or on one that is put in; its writer is new.
    fn restart(&mut self, who: usize, put_in: Option<Image<P>>) {
        let writer = self.writer();
        let old = self.laptops[who].program.take().unwrap();
        let clock = old.clock();
        let own = old.stop();
        let disk = match put_in {
            Some((disk, held)) => {
                self.laptops[who].held = held;
                disk
            }
            None => own,
        };
        self.laptops[who].program = Some(P::start(disk, writer, clock, self.now));
        self.laptops[who].read = self.now + clock;
        self.agrees(who);
    }

    /// Copies a disk; its program is ended for that.
    fn image(&mut self, who: usize) -> Image<P> {
        let writer = self.writer();
        let old = self.laptops[who].program.take().unwrap();
        let clock = old.clock();
        let disk = old.stop();
        let image = (P::copy(&disk), self.laptops[who].held.clone());
        self.laptops[who].program = Some(P::start(disk, writer, clock, self.now));
        self.laptops[who].read = self.now + clock;
        image
    }

    /// Holds the journal of a laptop against what it has to have.
    fn agrees(&self, who: usize) {
        let laptop = &self.laptops[who];
        let journal = laptop.program.as_ref().unwrap().journal();
        assert!(journal == laptop.held, "{who} has {} operations and should have {}", journal.len(), laptop.held.len());
    }

    fn step(&mut self) {
        self.now += i64::try_from(self.chance.below(HOURS)).unwrap();
        let (who, other) = (self.chance.below(LAPTOPS), self.chance.below(LAPTOPS));
        self.look_at_clock(who);
        match self.chance.below(18) {
            0..=7 => self.act(who),
            8..=10 => self.export(who, other),
            11..=13 if !self.sticks.is_empty() => self.merge(who),
            14 => {
                // A clock is set, back or forth, while the program runs or before it is started again.
                let clock = self.wrong_clock();
                self.program(who).set_clock(clock);
                if self.chance.one_in(2) {
                    self.restart(who, None);
                }
            }
            // An image of the disk is made, or what was lost is restored from it.
            15 => match self.images[who].take() {
                Some(image) if self.chance.one_in(2) => self.restart(who, Some(image)),
                _ => self.images[who] = Some(self.image(who)),
            },
            // A new laptop is set up from a copy of another one's disk: the same laptop's name twice.
            16 if self.chance.one_in(6) && who != other => {
                let disk = self.image(other);
                self.restart(who, Some(disk));
            }
            // A stick is lost.
            17 if !self.sticks.is_empty() => {
                let lost = self.chance.below(self.sticks.len());
                self.sticks.swap_remove(lost);
            }
            _ => {}
        }
    }

    /// A person does something; what is in the journal afterwards is what was acknowledged.
    fn act(&mut self, who: usize) {
        let (now, Laptop { program, held, read }) = (self.now, &mut self.laptops[who]);
        let program = program.as_mut().unwrap();
        program.act(now, &mut self.chance);
        let journal = program.journal();
        assert!(held.keys().all(|name| journal.contains_key(name)), "something was lost by writing");
        // However far ahead the clocks of others are: a stamp is no more than a day ahead of the own clock. What an undo lets
        // stand again has the stamp that it had.
        let limit = Stamp::at(*read + DAY + 1_000);
        let stood = |kept: &Kept| {
            let prevs = kept.operation.prevs.iter().filter_map(|prev| journal.get(prev));
            prevs.into_iter().any(|prev| prev.operation.stamp == kept.operation.stamp)
        };
        let fresh = journal.iter().filter(|(name, _)| !held.contains_key(name));
        for (name, kept) in fresh.filter(|(_, kept)| !stood(kept)) {
            assert!(kept.operation.stamp <= limit, "{name} was dragged along by another clock");
        }
        *held = journal;
    }

    fn export(&mut self, who: usize, other: usize) {
        let to = if self.chance.one_in(2) { Some(self.program(other).laptop()) } else { None };
        let now = self.now;
        let mut file = self.program(who).export(now, to);
        let mut brings = Some(read(&file));
        let held = &self.laptops[who].held;
        assert!(brings.iter().flatten().all(|(name, _)| held.contains_key(name)), "more than it has");
        // The stick is pulled out too early.
        if self.chance.one_in(8) {
            file.truncate(self.chance.below(file.len()));
            brings = None;
        }
        let stick = Stick { file, brings };
        if self.sticks.len() < STICKS {
            self.sticks.push(stick);
        } else {
            let over = self.chance.below(STICKS);
            self.sticks[over] = stick;
        }
    }

    fn merge(&mut self, who: usize) {
        let stick = self.chance.below(self.sticks.len());
        let Stick { mut file, mut brings } = self.sticks[stick].clone();
        if self.chance.one_in(6) && !file.is_empty() {
            let at = self.chance.below(file.len());
            file[at] ^= 1 << self.chance.below(8);
            brings = None;
        }
        let (dies, now) = (self.chance.one_in(5), self.now);
        let program = self.laptops[who].program.as_mut().unwrap();
        let merged = program.merge(now, &file, dies, &mut self.chance);
        let Some(brings) = brings else {
            assert!(merged.is_none(), "a damaged file was taken in");
            if dies {
                self.restart(who, None);
            }
            return;
        };
        let mut with = self.laptops[who].held.clone();
        with.extend(brings);
        let journal = self.laptops[who].program.as_ref().unwrap().journal();
        match (dies, merged) {
            (_, Some(aside)) => {
                assert_eq!(aside, 0, "no two programs write under one name");
                self.laptops[who].held = with;
            }
            // All of it or nothing, which is known once it is started again.
            (true, None) => {
                let writer = self.writer();
                let old = self.laptops[who].program.take().unwrap();
                let clock = old.clock();
                let program = P::start(old.stop(), writer, clock, now);
                let journal = program.journal();
                let is_whole = journal.len() == with.len();
                self.laptops[who].program = Some(program);
                self.laptops[who].read = now + clock;
                if is_whole {
                    self.laptops[who].held = with;
                }
                return self.agrees(who);
            }
            (false, None) => panic!("a sound file was refused: {} operations known", journal.len()),
        }
        if dies {
            self.restart(who, None);
        }
        self.agrees(who);
    }

    /// Lets what everybody has come to everybody: each file to each laptop in any order, or through one office and back, some
    /// of them twice.
    fn all_exports_go_round(&mut self) {
        let now = self.now;
        let mut files: Vec<Vec<u8>> = (0..LAPTOPS).map(|who| self.program(who).export(now, None)).collect();
        if self.chance.one_in(4) {
            for who in 0..LAPTOPS {
                self.chance.shuffle(&mut files);
                self.take_all(who, &files);
            }
            return;
        }
        let office = self.chance.below(LAPTOPS);
        self.chance.shuffle(&mut files);
        self.take_all(office, &files);
        let back = self.program(office).export(now, None);
        for who in 0..LAPTOPS {
            self.take_all(who, std::slice::from_ref(&back));
        }
    }

    fn take_all(&mut self, who: usize, files: &[Vec<u8>]) {
        let now = self.now;
        for file in files {
            for _ in 0..=usize::from(self.chance.one_in(4)) {
                let program = self.laptops[who].program.as_mut().unwrap();
                assert_eq!(program.merge(now, file, false, &mut self.chance), Some(0));
            }
        }
    }
}

/// Reads the operations of an export, with no help of a merge.
fn read(file: &[u8]) -> Held {
    let bundle = Bundle::read(&mut Cursor::new(file)).unwrap();
    let mut held = Held::new();
    for block in bundle.blocks(&mut Cursor::new(file)) {
        for (name, raw) in block.unwrap().operations() {
            held.insert(name, Arc::new(bytes::decode(raw).unwrap()));
        }
    }
    held
}

fn play<P: Program>(seed: u64, met: &mut Met) {
    let mut world = World::<P>::new(seed);
    for _ in 0..P::STEPS {
        world.step();
    }
    // All that was acknowledged and did not go with a disk before anybody else had it.
    let written: Held = world.laptops.iter().flat_map(|laptop| laptop.held.clone()).collect();
    world.all_exports_go_round();
    let all: Vec<Arc<Kept>> = written.values().cloned().collect();
    let expected = recount::shown(&all);
    let first = world.laptops[0].program.as_ref().unwrap();
    recount::assert_same(&first.shown(world.now), &expected, "the first laptop");
    for (who, laptop) in world.laptops.iter().enumerate() {
        let program = laptop.program.as_ref().unwrap();
        assert!(program.journal() == written, "{who}: something was lost, or is more than was written");
        if !program.is_like(first) {
            recount::assert_same(&program.shown(world.now), &expected, &format!("laptop {who}"));
        }
        assert_eq!(program.missing(), 0, "{who}: something is still missing");
    }
    met.count(&expected);
}

impl Met {
    fn count(&mut self, shown: &Shown) {
        self.disputes += shown.iter().filter(|line| line.starts_with("conflicts")).count();
        self.visits += shown.iter().filter(|line| line.starts_with("visits")).count();
        self.families += shown.iter().filter(|line| line.starts_with("households")).count();
        let states = shown.iter().filter_map(|line| Some(line.split_once(" state=")?.1.split(' ').next()?.to_owned()));
        self.states.extend(states);
    }
}

/// Plays worlds, or those that the environment names.
fn play_all<P: Program>(worlds: u64) -> Option<Met> {
    let named = std::env::var("ZOUFANG_SIMULATION").ok();
    let asked = named.as_deref().and_then(|asked| {
        let (from, to) = asked.split_once("..").unwrap_or((asked, ""));
        let from = from.parse::<u64>().ok()?;
        Some(from..to.parse().unwrap_or(from + 1))
    });
    let mut met = Met::default();
    for seed in asked.clone().unwrap_or(0..worlds) {
        let played = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| play::<P>(seed, &mut met)));
        assert!(played.is_ok(), "replay with ZOUFANG_SIMULATION={seed}");
    }
    asked.is_none().then_some(met)
}

#[test]
fn eight_laptops_with_random_sticks_faults_and_clocks_show_what_a_naive_recount_says() {
    if let Some(met) = play_all::<Bare>(WORLDS) {
        assert!(met.disputes > 3_000 && met.visits > 3_000 && met.families > 3_000 && met.states.len() >= 7, "{met:?}");
    }
}

#[test]
fn eight_laptops_with_the_whole_program_show_what_a_naive_recount_says() {
    if let Some(met) = play_all::<Whole>(WHOLE_WORLDS) {
        assert!(met.disputes > 100 && met.visits > 200 && met.families > 200 && met.states.len() >= 6, "{met:?}");
    }
}
