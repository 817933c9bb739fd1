//! A laptop with the whole program on it: keeper, requests, journal and view on a disk that can fail, exports read back.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use tempfile::TempDir;
use zoufang::app::{Device, Keeper, Opened, Place, Progress, Request};
use zoufang::clock::Clock;
use zoufang::domain::{Name, Sort, local};
use zoufang::log::{Position, bytes};

use super::recount::{Shown, of_house};
use super::{DAY, Held, Program};
use crate::histories::{Chance, records};
use crate::merging::{Failing, Fails};
use crate::rebuild::copy;

/// A disk, and the clock beside it.
pub struct Disk {
    folder: TempDir,
    laptop: u64,
}

impl Disk {
    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn clock(&self) -> PathBuf {
        self.folder.path().join("clock")
    }

    fn set(&self, clock_ms: i64) {
        let boot_ms = u64::try_from(clock_ms).unwrap_or(0);
        std::fs::write(self.clock(), format!("{}\n{boot_ms}\n", local::rfc3339(clock_ms))).unwrap();
    }
}

/// A program that runs on it.
pub struct Whole {
    keeper: Keeper,
    disk: Disk,
    /// Changes of the disk that still succeed.
    left: Arc<AtomicI64>,
    clock: i64,
}

/// Most changes of the disk that a merge asks for; one that dies does so at one of them, or while its view catches up.
const CHANGES: usize = 16;

/// What an issue goes through, with what each step needs.
const STEPS: [(&str, &[(&str, &str)]); 8] = [
    ("issue.screen", &[("decision", "accept"), ("class", "general"), ("unit", "水利站")]),
    ("issue.screen", &[("decision", "unsupported"), ("why", "政策不支持")]),
    ("issue.plan", &[("text", "先修一段")]),
    ("issue.resolve", &[("text", "修好了")]),
    ("issue.explain", &[("text", "讲了政策")]),
    ("issue.feedback", &[("answer", "satisfied"), ("way", "home")]),
    ("issue.feedback", &[("answer", "dissatisfied"), ("way", "home")]),
    ("issue.close", &[]),
];

impl Whole {
    fn set_time(&self, now: i64) {
        self.disk.set(now + self.clock);
    }

    /// Picks an entity of a sort.
    fn some(&self, sort: Sort, chance: &mut Chance) -> Option<Name> {
        let all = records(self.keeper.house().view().as_ref());
        let own: Vec<Name> =
            all.iter().filter(|record| record.sort() == Some(sort)).map(|record| record.entity()).collect();
        own.get(chance.below(own.len())).copied()
    }

    /// Tries the steps of an issue in any order, until the program takes one.
    fn step(&mut self, chance: &mut Chance) {
        let Some(issue) = self.some(Sort::Issue, chance) else { return };
        let mut steps = STEPS;
        chance.shuffle(&mut steps);
        let mut requests = steps.iter().map(|(word, takes)| {
            let request = Request::new(word).with_name("issue", issue);
            takes.iter().fold(request, |request, (key, value)| request.with(key, *value))
        });
        let _ = requests.any(|request| self.keeper.run(&request).is_ok());
    }

    /// Thinks of something that a person may ask for; the program may refuse it.
    fn request(&self, now: i64, chance: &mut Chance) -> Option<Request> {
        let door = format!("{}号", chance.below(3));
        let kind = chance.below(14);
        let home = self.some(Sort::Household, chance);
        let home = || home.ok_or(()).ok();
        Some(match kind {
            0 | 1 => Request::new("household.add")
                .with("head", ["张守富", "李桂英", "王成友"][chance.below(3)])
                .with("village", "东里东村"),
            2 | 3 => Request::new("household.set").with_name("household", home()?).with("door", door),
            4 => Request::new("household.set")
                .with_name("household", home()?)
                .with("size", u64::try_from(chance.below(4)).unwrap())
                .with("phone", ["13853301234", "13853305678"][chance.below(2)]),
            5 => Request::new("household.set")
                .with_name("household", home()?)
                .with("remark", ["", "耳背", "大儿子在青岛"][chance.below(3)]),
            6 | 7 => Request::new("visit.start")
                .with_name("household", home()?)
                .with("on", local::rfc3339(now + self.clock - DAY))
                .with("outcome", "done")
                .with("minutes", u64::try_from(5 + chance.below(20)).unwrap())
                .with("short_why", "家里有事"),
            8 => Request::new("visit.set")
                .with_name("visit", self.some(Sort::Visit, chance)?)
                .with("satisfaction", ["satisfied", "mostly"][chance.below(2)]),
            9 => Request::new("issue.record")
                .with_name("household", home()?)
                .with("text", "没有广场")
                .with("field", "culture"),
            10 => {
                let all = self.keeper.house().disputes().unwrap();
                let dispute = all.get(chance.below(all.len()))?;
                let side = &dispute.sides[chance.below(dispute.sides.len())];
                Request::new("conflict.resolve")
                    .with_name("entity", dispute.entity)
                    .with("fact", dispute.key.as_str())
                    .with("value", side.written.as_str())
            }
            11 => Request::new(["household.same", "household.apart"][chance.below(2)])
                .with_name("household", home()?)
                .with_name("other", self.some(Sort::Household, chance)?),
            12 => Request::new("issue.set")
                .with_name("issue", self.some(Sort::Issue, chance)?)
                .with("class", ["general", "larger"][chance.below(2)]),
            _ => Request::new("undo"),
        })
    }

    fn put_down(&self, file: &[u8]) -> PathBuf {
        let path = self.disk.folder.path().join("stick.zfb");
        std::fs::write(&path, file).unwrap();
        path
    }
}

fn place(data: PathBuf, writer: u64, left: &Arc<AtomicI64>) -> Place {
    let disk = Arc::new(Failing { left: Arc::clone(left), fails: Fails::ForGood });
    Place { disk, seed: Some(writer), ..Place::new(data) }
}

/// Makes a folder; in memory where the system has such a place, as nothing here is about the real disk's syncs.
fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    tempfile::tempdir_in(memory).or_else(|_| tempfile::tempdir()).unwrap()
}

impl Program for Whole {
    type Disk = Disk;
    const BEFORE: usize = 12;
    const STEPS: usize = 60;

    fn fresh_disk(laptop: u64) -> Disk {
        let disk = Disk { folder: folder(), laptop };
        disk.set(super::WALL);
        let visitors = vec![["陈明", "张文彬", "苗兴英"][usize::try_from(laptop).unwrap() % 3].into()];
        let device = Device { laptop, group: format!("{laptop}组"), visitors, ..Device::default() };
        Place::new(disk.data()).create(&device, &Clock::from_file(disk.clock())).unwrap();
        disk
    }

    fn copy(disk: &Disk) -> Disk {
        let other = Disk { folder: folder(), laptop: disk.laptop };
        copy(&disk.data(), &other.data());
        other
    }

    fn start(disk: Disk, writer: u64, clock: i64, now: i64) -> Self {
        disk.set(now + clock);
        let left = Arc::new(AtomicI64::new(i64::MAX));
        let Opened { mut keeper, .. } = place(disk.data(), writer, &left).open(Clock::from_file(disk.clock())).unwrap();
        keeper.fill().unwrap();
        Self { keeper, disk, left, clock }
    }

    /// Nothing is saved or closed: what the program said to be safe is.
    fn stop(self) -> Disk {
        self.disk
    }

    fn set_clock(&mut self, clock: i64) {
        self.clock = clock;
    }

    fn clock(&self) -> i64 {
        self.clock
    }

    fn laptop(&self) -> u64 {
        self.disk.laptop
    }

    fn act(&mut self, now: i64, chance: &mut Chance) {
        self.set_time(now);
        if chance.one_in(4) {
            self.step(chance);
        } else if let Some(request) = self.request(now, chance) {
            let _ = self.keeper.run(&request);
        }
        self.keeper.sync().unwrap();
    }

    fn export(&mut self, now: i64, to: Option<u64>) -> Vec<u8> {
        self.set_time(now);
        // Where nothing of a laptop was ever merged nobody knows what it lacks.
        let to = to.filter(|to| self.keeper.prepare_export(Some(*to)).is_ok());
        let file = self.keeper.export(self.disk.folder.path(), to).unwrap().path;
        let bytes = std::fs::read(&file).unwrap();
        std::fs::remove_file(file).unwrap();
        bytes
    }

    fn merge(&mut self, now: i64, file: &[u8], dies: bool, chance: &mut Chance) -> Option<u64> {
        self.set_time(now);
        let path = self.put_down(file);
        if dies {
            self.left.store(i64::try_from(chance.below(CHANGES)).unwrap(), Ordering::SeqCst);
        }
        let mut parcel = self.keeper.open_parcel(&path).ok()?;
        parcel.prepare(self.keeper.parcel_place(), &Progress::default()).ok()?;
        let merged = self.keeper.merge(parcel).ok()?;
        if dies {
            // Of what lies in the journal the view has got so much.
            let _ = chance.one_in(2) && self.keeper.work().is_ok();
            let safe = self.keeper.sync().is_ok();
            return safe.then_some(merged.quarantined);
        }
        self.keeper.finish().unwrap();
        Some(merged.quarantined)
    }

    fn journal(&self) -> Held {
        let mut held = Held::new();
        let read = self.keeper.reader().read_from(Position::START, &mut |frame| {
            for kept in bytes::decode_all(frame.operations).unwrap() {
                held.insert(kept.operation.name, kept);
            }
            Ok(())
        });
        assert!(read.unwrap().is_empty(), "the journal is damaged");
        held
    }

    fn shown(&self, now: i64) -> Shown {
        of_house(self.keeper.house(), &self.keeper.reader(), now)
    }

    /// Each house has followed what happened on its own way.
    fn is_like(&self, _: &Self) -> bool {
        false
    }

    fn missing(&self) -> u64 {
        let known = self.keeper.known();
        let place = Place::new(self.disk.data());
        place.peers().iter().map(|peer| peer.has.without(&known).count()).sum()
    }
}
