//! Random histories of several laptops: whatever the order, grouping and repetition in which operations arrive, and
//! whatever is still missing, the same set of operations gives the same state.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use zoufang::domain::{
    Birth, Body, Kept, Name, Operation, Prevs, RETRACT, Record, Retract, RosterHead, RosterRow, Sort, Stamp, Value,
};
use zoufang::log::{Position, Ranges, bytes};
use zoufang::view::{MemoryView, PackedView, SledView, View};

/// How many random histories run; each is checked in several orders.
const HISTORIES: u64 = 20_000;

/// A small, fast, repeatable source of chance (xorshift64*).
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap() % end.max(1)
    }

    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for i in (1..list.len()).rev() {
            let j = self.below(i + 1);
            list.swap(i, j);
        }
    }
}

/// One laptop: its own view, its writer, its clock that may be wrong, and all it has seen.
struct Laptop {
    writer: u64,
    seq: u32,
    last: Stamp,
    skew_ms: i64,
    view: MemoryView,
    seen: Vec<Arc<Kept>>,
}

const WALL: i64 = 1_621_338_120_000;
const KEYS: [&str; 3] = ["head", "phone/13853301234", "remark"];

impl Laptop {
    fn new(writer: u64, chance: &mut Chance) -> Self {
        let skew_ms = match chance.below(5) {
            0 => -WALL,
            1 => 3_650 * 86_400_000,
            _ => i64::try_from(chance.below(600_000)).unwrap() - 300_000,
        };
        Self { writer, seq: 0, last: Stamp::default(), skew_ms, view: MemoryView::default(), seen: Vec::new() }
    }

    fn take(&mut self, operations: &[Arc<Kept>]) {
        let known = self.view.known();
        self.seen.extend(operations.iter().filter(|op| !known.contains(op.operation.name)).cloned());
        self.view.apply(operations, Position::START).unwrap();
    }

    fn write(&mut self, wall_ms: i64, entity: Option<Name>, key: &str, body: Body) -> Name {
        self.seq += 1;
        let name = Name::new(self.writer, self.seq);
        let entity = entity.unwrap_or(name);
        self.last = self.last.next(wall_ms + self.skew_ms);
        let record = self.view.record(entity).unwrap();
        let prevs = record.and_then(|r| r.register(key).map(zoufang::domain::Register::head_names)).unwrap_or_default();
        let operation = Operation {
            name,
            stamp: self.last,
            wall_ms: wall_ms + self.skew_ms,
            actor: "陈明".into(),
            entity,
            key: key.into(),
            prevs,
            body,
        };
        self.take(&[bytes::keep(operation).unwrap()]);
        name
    }

    fn act(&mut self, wall_ms: i64, chance: &mut Chance) {
        let entities: Vec<Name> = {
            let mut all = BTreeSet::new();
            for record in records(&self.view) {
                all.insert(record.entity());
            }
            all.into_iter().collect()
        };
        let pick = if entities.is_empty() { None } else { Some(entities[chance.below(entities.len())]) };
        match (chance.below(10), pick) {
            (0, _) | (_, None) => {
                let facts = vec![("head".into(), Value::text("张守富"))];
                self.write(wall_ms, None, "", Body::Birth(Sort::Household, Birth { links: vec![], facts }));
            }
            (1, Some(entity)) => {
                let seen = self.view.record(entity).unwrap().unwrap().current();
                self.write(wall_ms, Some(entity), RETRACT, Body::Retract(Retract { seen, why: String::new() }));
            }
            (_, Some(entity)) => {
                let value = match chance.below(3) {
                    0 => Value::Nothing,
                    n => Value::Number(i64::try_from(n).unwrap()),
                };
                self.write(wall_ms, Some(entity), KEYS[chance.below(KEYS.len())], Body::Value(value));
            }
        }
    }
}

/// The roster that several laptops import on their own: the same operations everywhere.
fn roster() -> Vec<Arc<Kept>> {
    let writer = 77;
    let row = |seq: u32, body: Body| {
        let name = Name::new(writer, seq);
        bytes::keep(Operation {
            name,
            stamp: Stamp(0),
            wall_ms: 0,
            actor: "".into(),
            entity: name,
            key: "".into(),
            prevs: Prevs::new(),
            body,
        })
        .unwrap()
    };
    let head = RosterHead { canonical: 1, title: "名单".into(), rows: 2 };
    let facts = |head: &str| vec![("head".into(), Value::text(head))];
    vec![
        row(0, Body::RosterHead(head)),
        row(1, Body::RosterRow(RosterRow { row: 5, facts: facts("刘玉珍"), doubts: vec![] })),
        row(2, Body::RosterRow(RosterRow { row: 6, facts: facts("王成友"), doubts: vec![] })),
    ]
}

/// Lets a few laptops live: they import, write, and copy part of what they know to each other.
pub fn history(seed: u64) -> Vec<Arc<Kept>> {
    let mut chance = Chance::new(seed);
    let mut laptops: Vec<Laptop> = (0..2 + chance.below(3)).map(|i| Laptop::new(i as u64 + 1, &mut chance)).collect();
    let steps = 6 + chance.below(22);
    for step in 0..steps {
        let wall_ms = WALL + i64::try_from(step).unwrap() * 40_000;
        let who = chance.below(laptops.len());
        match chance.below(8) {
            0 => laptops[who].take(&roster()),
            1 | 2 => {
                let other = chance.below(laptops.len());
                let mut carried = laptops[other].seen.clone();
                if chance.one_in(2) {
                    carried.retain(|_| !chance.one_in(4));
                }
                chance.shuffle(&mut carried);
                laptops[who].take(&carried);
            }
            _ => laptops[who].act(wall_ms, &mut chance),
        }
    }
    let mut all: BTreeMap<Name, Arc<Kept>> = BTreeMap::new();
    for laptop in &laptops {
        all.extend(laptop.seen.iter().map(|op| (op.operation.name, Arc::clone(op))));
    }
    all.into_values().collect()
}

/// The state by the definition, with no cleverness: heads are the writes that no known write of that register names.
pub fn recount(operations: &[Arc<Kept>]) -> BTreeMap<(Name, String), BTreeSet<Name>> {
    let mut writes: BTreeMap<(Name, String), Vec<&Kept>> = BTreeMap::new();
    for op in operations {
        writes.entry((op.operation.entity, op.operation.key.to_string())).or_default().push(op);
    }
    writes
        .into_iter()
        .map(|(register, ops)| {
            let named: BTreeSet<Name> = ops.iter().flat_map(|op| op.operation.prevs.iter().copied()).collect();
            let heads =
                ops.iter().map(|op| op.operation.name).filter(|name| register.1.is_empty() || !named.contains(name));
            let heads = heads.collect();
            (register, heads)
        })
        .collect()
}

/// What a view holds, in the same form as [`recount`].
pub fn heads_of(records: &[Arc<Record>]) -> BTreeMap<(Name, String), BTreeSet<Name>> {
    let mut all = BTreeMap::new();
    for record in records {
        let events: BTreeSet<Name> = record.events().map(|event| event.operation.name).collect();
        if !events.is_empty() {
            all.insert((record.entity(), String::new()), events);
        }
        for (key, register) in record.registers() {
            all.insert((record.entity(), key.to_owned()), register.head_names().into_iter().collect());
        }
    }
    all
}

pub fn records(view: &dyn View) -> Vec<Arc<Record>> {
    let mut all = Vec::new();
    view.each(&mut |record| {
        all.push(record);
        true
    })
    .unwrap();
    all
}

#[test]
fn the_same_set_of_operations_gives_one_state_in_any_order_grouping_and_repetition() {
    for seed in 0..HISTORIES {
        let mut operations = history(seed);
        let mut chance = Chance::new(seed ^ 0xABCD);
        if chance.one_in(2) {
            operations.retain(|_| !chance.one_in(5));
        }
        let expected = recount(&operations);
        let reference = records(&MemoryView::of(&operations).unwrap());
        assert_eq!(heads_of(&reference), expected, "replay with seed {seed}");
        for _ in 0..2 {
            let mut arriving = operations.clone();
            if chance.one_in(2) {
                arriving.extend(operations.iter().filter(|_| chance.one_in(3)).cloned().collect::<Vec<_>>());
            }
            chance.shuffle(&mut arriving);
            let view = MemoryView::default();
            let mut rest = arriving.as_slice();
            while !rest.is_empty() {
                let (some, tail) = rest.split_at(1 + chance.below(rest.len()));
                assert!(view.apply(some, Position::START).unwrap().quarantined.is_empty());
                rest = tail;
            }
            assert_eq!(records(&view), reference, "replay with seed {seed}");
        }
    }
}

#[test]
fn a_hole_that_is_filled_later_ends_in_the_state_without_a_hole() {
    for seed in 0..2_000 {
        let operations = history(seed);
        let whole = records(&MemoryView::of(&operations).unwrap());
        let mut chance = Chance::new(seed);
        let (late, early): (Vec<_>, Vec<_>) = operations.into_iter().partition(|_| chance.one_in(3));
        let view = MemoryView::of(&early).unwrap();
        view.apply(&late, Position::START).unwrap();
        assert_eq!(records(&view), whole, "replay with seed {seed}");
    }
}

#[test]
fn the_same_name_with_other_bytes_is_set_aside_and_changes_nothing() {
    let operations = history(3);
    let view = MemoryView::of(&operations).unwrap();
    let before = records(&view);
    let current = before.iter().flat_map(|r| r.kept().cloned().collect::<Vec<_>>()).next().unwrap();
    let mut forged = current.operation.clone();
    forged.actor = "someone else".into();
    let applied = view.apply(&[bytes::keep(forged).unwrap()], Position::START).unwrap();
    assert_eq!((applied.quarantined.len(), applied.fresh), (1, 0));
    assert_eq!(records(&view), before);
}

#[test]
fn known_ranges_are_exactly_the_names_taken_in() {
    let operations = history(11);
    let mut expected = Ranges::default();
    for op in &operations {
        expected.insert(op.operation.name);
    }
    assert_eq!(MemoryView::of(&operations).unwrap().known(), expected);
}

#[test]
fn the_view_on_disk_and_the_packed_one_agree_with_the_one_in_memory_and_that_on_disk_opens_again_as_it_was() {
    let both = crate::power::both_ways();
    for seed in 0..60 {
        let seal = &both[usize::from(seed % 2 == 1)];
        let operations = history(seed);
        let mut chance = Chance::new(seed);
        let folder = tempfile::tempdir().unwrap();
        let mut mark = Position::START;
        let mut rest = operations.as_slice();
        let (memory, packed) = (MemoryView::default(), PackedView::default());
        while !rest.is_empty() {
            let sled = SledView::open(folder.path(), seal).unwrap();
            assert_eq!(sled.mark(), mark, "replay with seed {seed}");
            let (some, tail) = rest.split_at(1 + chance.below(rest.len()));
            mark.offset += 1;
            let changed = sled.apply(some, mark).unwrap().changed;
            assert_eq!(changed, memory.apply(some, mark).unwrap().changed);
            assert_eq!(changed, packed.apply(some, mark).unwrap().changed);
            assert_eq!(records(&sled), records(&memory), "replay with seed {seed}");
            assert_eq!(records(&packed), records(&memory), "replay with seed {seed}");
            assert_eq!((sled.known(), packed.known()), (memory.known(), memory.known()));
            rest = tail;
        }
        let filled = tempfile::tempdir().unwrap();
        let sled = SledView::open(filled.path(), seal).unwrap();
        sled.fill(&memory, mark, mark, &mut || {}).unwrap();
        drop(sled);
        let sled = SledView::open(filled.path(), seal).unwrap();
        assert_eq!((records(&sled), sled.known(), sled.mark()), (records(&memory), memory.known(), mark));
    }
}
