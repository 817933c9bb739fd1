//! A laptop without a disk: the operations of its journal, the plan of a merge, view and house, as the keeper uses them.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;

use zoufang::app::House;
use zoufang::domain::household::same_key;
use zoufang::domain::{
    Birth, Body, Campaign, Flow, Issue, Kept, Name, Operation, RETRACT, Record, Register, Retract, Sort, Stamp, Value,
    Writer,
};
use zoufang::exchange::{Bundle, Digest, Manifest, Verdict, plan, write};
use zoufang::log::disk_faulty::FaultyDisk;
use zoufang::log::{Journal, Position, Ranges, bytes};
use zoufang::view::{MemoryView, View};

use super::recount::{Shown, of_house};
use super::{DAY, Held, Program};
use crate::flows::some_step;
use crate::histories::{Chance, records};

/// What a laptop has on its disk.
#[derive(Clone, Default)]
pub struct Disk {
    laptop: u64,
    journal: Held,
    /// What the others are known to have.
    peers: BTreeMap<u64, Ranges>,
}

/// A program that runs on it.
pub struct Bare {
    disk: Disk,
    view: Arc<MemoryView>,
    writer: u64,
    seq: u32,
    last: Stamp,
    clock: i64,
}

impl Bare {
    fn write(&mut self, now: i64, entity: Option<Name>, key: &str, body: Body) {
        let record = entity.map(|entity| self.view.record(entity).unwrap()).unwrap_or_default();
        let seen = record.and_then(|record| record.register(key).map(Register::head_names)).unwrap_or_default();
        self.keep(now, entity, key, seen.into_iter().collect(), body);
    }

    fn keep(&mut self, now: i64, entity: Option<Name>, key: &str, prevs: Vec<Name>, body: Body) {
        self.seq += 1;
        let name = Name::new(self.writer, self.seq);
        self.last = self.last.next(now + self.clock);
        let (stamp, wall_ms, entity) = (self.last, now + self.clock, entity.unwrap_or(name));
        let actor = ["陈明", "张文彬", "苗兴英"][usize::try_from(self.disk.laptop).unwrap() % 3].into();
        let prevs = prevs.into();
        let kept =
            bytes::keep(Operation { name, stamp, wall_ms, actor, entity, key: key.into(), prevs, body }).unwrap();
        self.disk.journal.insert(name, Arc::clone(&kept));
        self.view.apply(&[kept], Position::START).unwrap();
    }

    fn bear(&mut self, now: i64, sort: Sort, household: Option<Name>, facts: &[(&str, Value)]) {
        let links = household.map(|name| ("household".into(), name)).into_iter().collect();
        let facts = facts.iter().map(|(key, value)| ((*key).into(), value.clone())).collect();
        self.write(now, None, "", Body::Birth(sort, Birth { links, facts }));
    }

    /// Writes on what is there: a fact by its sort, a step of an issue, that two are one family, that it was a mistake.
    fn write_on(&mut self, now: i64, record: &Record, others: &[Name], chance: &mut Chance) {
        let entity = record.entity();
        let number = Value::Number(i64::try_from(chance.below(3)).unwrap() * 600_000);
        let word = Value::text(["一", "二", "三"][chance.below(3)]);
        let (key, value) = match (record.sort(), chance.below(8)) {
            (_, 0) if chance.one_in(2) => {
                let retract = Retract { seen: record.current(), why: String::new() };
                return self.write(now, Some(entity), RETRACT, Body::Retract(retract));
            }
            // A fact is taken back: nobody wrote it.
            (_, 1) if record.register("remark").is_some() => {
                return self.write(now, Some(entity), "remark", Body::Retract(Retract::default()));
            }
            (Some(Sort::Household), 2) => {
                let (own, key) = same_key(entity, others[chance.below(others.len())]);
                if key.ends_with(&own.to_string()) {
                    return;
                }
                return self.write(now, Some(own), &key, Body::Value(Value::Yes(!chance.one_in(3))));
            }
            (Some(Sort::Household), 3 | 4) => ("phone/13853301234", Value::Yes(chance.one_in(2))),
            (Some(Sort::Household), 5) => ("size", Value::Number(i64::try_from(chance.below(3)).unwrap())),
            (Some(Sort::Household), 6) => ("remark", if chance.one_in(3) { Value::Nothing } else { word }),
            (Some(Sort::Household), _) => ("door", word),
            (Some(Sort::Visit), 2 | 3) => ("outcome", Value::text(["done", "absent"][chance.below(2)])),
            (Some(Sort::Visit), 4 | 5) => ("declared_ms", number),
            (Some(Sort::Visit), _) => ("satisfaction", Value::text(["satisfied", "mostly"][chance.below(2)])),
            (Some(Sort::Issue), 2) => ("class", Value::text(["general", "larger"][chance.below(2)])),
            (Some(Sort::Issue), _) => {
                let Some(issue) = Issue::read(record) else { return };
                let number = || format!("{}组-0001-1", self.disk.laptop);
                let step = some_step(&Flow::of(&issue, record), chance, number);
                let Some((saw, step)) = step else { return };
                return self.keep(now, Some(entity), "", saw, Body::Step(step));
            }
            _ => return,
        };
        self.write(now, Some(entity), key, Body::Value(value));
    }
}

impl Program for Bare {
    type Disk = Disk;
    const BEFORE: usize = 3;
    const STEPS: usize = 60;

    fn fresh_disk(laptop: u64) -> Disk {
        Disk { laptop, ..Disk::default() }
    }

    fn copy(disk: &Disk) -> Disk {
        disk.clone()
    }

    /// The view is made from the journal, the stamps go on from the greatest believable one.
    fn start(disk: Disk, writer: u64, clock: i64, now: i64) -> Self {
        let operations: Vec<Arc<Kept>> = disk.journal.values().cloned().collect();
        let view = Arc::new(MemoryView::of(&operations).unwrap());
        let last = Stamp::resume(operations.iter().map(|kept| kept.operation.stamp), now + clock);
        Self { disk, view, writer, seq: 0, last, clock }
    }

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
        let all = records(self.view.as_ref());
        let households: Vec<Name> =
            all.iter().filter(|one| one.sort() == Some(Sort::Household)).map(|one| one.entity()).collect();
        let home = households.get(chance.below(households.len())).copied();
        match (chance.below(12), home) {
            (0 | 1, _) | (_, None) => {
                let head = Value::text(["张守富", "李桂英", "王成友"][chance.below(3)]);
                self.bear(now, Sort::Household, None, &[("head", head), ("village", Value::text("东里东村"))]);
            }
            (2, home) => {
                let minutes = i64::try_from(chance.below(30)).unwrap();
                let facts = [
                    ("kind", Value::text("home")),
                    ("on", Value::At(now - DAY)),
                    ("declared_ms", Value::Number(minutes * 60_000)),
                    ("outcome", Value::text("done")),
                ];
                self.bear(now, Sort::Visit, home, &facts);
            }
            (3, home) => {
                let facts = [
                    ("text", Value::text("没有广场")),
                    ("kind", Value::text("problem")),
                    ("class", Value::text("general")),
                    ("field", Value::text("culture")),
                ];
                self.bear(now, Sort::Issue, home, &facts);
            }
            _ => {
                let record = &all[chance.below(all.len())];
                self.write_on(now, record, &households, chance);
            }
        }
    }

    fn export(&mut self, now: i64, to: Option<u64>) -> Vec<u8> {
        let had = to.and_then(|laptop| self.disk.peers.get(&laptop)).cloned().unwrap_or_default();
        let from = Writer { laptop: self.disk.laptop, group: "一组".into(), ..Writer::default() };
        let (campaign, knows) = ("yiyuan-2021".into(), self.view.known());
        let manifest = Manifest { campaign, from, exported_ms: now + self.clock, knows, ..Manifest::default() };
        let operations = || {
            let all = self.disk.journal.iter().filter(|(name, _)| !had.contains(**name));
            all.map(|(_, kept)| Ok(kept.bytes.clone()))
        };
        let mut file = Vec::new();
        write(&manifest, operations, &mut file).unwrap();
        file
    }

    /// All of it durably, then into the view, unless the battery dies in between.
    fn merge(&mut self, now: i64, file: &[u8], dies: bool, chance: &mut Chance) -> Option<u64> {
        let bundle = Bundle::read(&mut Cursor::new(file)).ok()?;
        let plan = plan(&bundle, &self.view.known(), |name| Some(Digest::of(&self.disk.journal.get(&name)?.bytes)));
        let mut fresh = Vec::new();
        for block in bundle.blocks(&mut Cursor::new(file)) {
            for (name, raw) in block.unwrap().operations() {
                if plan.verdict(name) == Verdict::Fresh {
                    fresh.push(Arc::new(bytes::decode(raw).unwrap()));
                }
            }
        }
        if dies && chance.one_in(2) {
            // Before the whole segment has its name: nothing of it is there.
            return None;
        }
        self.disk.journal.extend(fresh.iter().map(|kept| (kept.operation.name, Arc::clone(kept))));
        let header = bundle.header();
        if header.from.laptop != self.disk.laptop {
            let has = self.disk.peers.entry(header.from.laptop).or_default();
            has.extend(&header.knows);
            has.extend(&header.contains);
        }
        let applied = if dies { chance.below(fresh.len() + 1) } else { fresh.len() };
        self.view.apply(&fresh[..applied], Position::START).unwrap();
        for kept in &fresh[..applied] {
            self.last = self.last.max(Stamp::resume([kept.operation.stamp], now + self.clock));
        }
        Some(plan.quarantined.count())
    }

    fn journal(&self) -> Held {
        self.disk.journal.clone()
    }

    fn shown(&self, now: i64) -> Shown {
        let house = House::new(Arc::clone(&self.view) as Arc<dyn View>, Arc::new(Campaign::built_in().clone()));
        house.fill("陈明", now).unwrap();
        let journal = Journal::create(Arc::new(FaultyDisk::default()), Path::new("/journal"), "2021-05-28").unwrap();
        of_house(&house, &journal.reader(), now)
    }

    /// What it shows is made of its view alone.
    fn is_like(&self, other: &Self) -> bool {
        records(self.view.as_ref()) == records(other.view.as_ref())
    }

    fn missing(&self) -> u64 {
        let known = self.view.known();
        self.disk.peers.values().map(|has| has.without(&known).count()).sum()
    }
}
