//! What clocks of laptops are told, and what nobody is told of them.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use proptest::prelude::*;

use super::Shelf;
use crate::domain::{
    Birth, Body, CLOCK_RIGHT, Clocks, Counting, Kept, Name, Operation, Prevs, Record, Sort, Stamp, Value, Writer,
};
use crate::log::{Position, bytes};
use crate::view::{MemoryView, View};

const HOUR: i64 = 3_600_000;
const NOW: i64 = 1_621_338_120_000;

/// A shelf that is told of operations: each name with its reading, and of an introduction whose it is and after what it comes.
struct Told(Shelf);

impl Told {
    fn says(&mut self, name: Name, wall_ms: i64, prevs: Prevs, body: Body) {
        let (stamp, actor, key) = (Stamp::default(), "陈明".into(), "".into());
        let kept = bytes::keep(Operation { name, stamp, wall_ms, actor, entity: name, key, prevs, body }).unwrap();
        let mut record = Record::new(name);
        record.apply(&kept, |_| true);
        self.0.note(&Arc::new(record), &mut BTreeSet::new());
    }

    fn begins(&mut self, writer: u64, laptop: u64, wall_ms: i64, after: impl IntoIterator<Item = Name>) {
        let who = Writer { laptop, group: format!("{laptop}组"), ..Writer::default() };
        self.says(Name::new(writer, 1), wall_ms, after.into_iter().collect(), Body::Writer(who));
    }

    fn writes(&mut self, name: Name, wall_ms: i64) {
        let birth = Birth { links: Vec::new(), facts: Vec::new() };
        self.says(name, wall_ms, Prevs::new(), Body::Birth(Sort::Issue, birth));
    }

    /// Somebody says of a laptop's clock that it is right, at each of these words.
    fn looks(&mut self, laptop: u64, words: &[Name]) {
        let entity = Clocks::entity(laptop);
        let mut record = Record::new(entity);
        for (seq, word) in (1..).zip(words) {
            let (name, stamp, body) = (Name::new(99, seq), Stamp::default(), Body::Value(Value::Yes(true)));
            let (actor, key, prevs) = ("李光军".into(), format!("{CLOCK_RIGHT}{word}").into(), Prevs::new());
            let said = Operation { name, stamp, wall_ms: NOW, actor, entity, key, prevs, body };
            record.apply(&bytes::keep(said).unwrap(), |_| true);
        }
        self.0.note(&Arc::new(record), &mut BTreeSet::new());
    }

    fn gone_back(&self) -> Vec<(u64, Option<i64>)> {
        self.0
            .gone_back(&self.0.looked_at(), NOW)
            .iter()
            .map(|wrong| (wrong.laptop, wrong.back.map(|back| back.reading)))
            .collect()
    }
}

fn told() -> Told {
    Told(Shelf::new(Counting::default(), NOW))
}

// One introduction that named one word forty thousand times kept the program busy for good.
#[test]
fn a_word_that_is_named_as_often_as_you_like_is_looked_at_once() {
    let mut told = told();
    told.begins(7, 1, NOW - 20_000 * HOUR, []);
    (2..=20_000).for_each(|seq| told.writes(Name::new(7, seq), NOW - i64::from(20_000 - seq) * HOUR));
    for writer in 100..120 {
        told.begins(writer, 1, NOW - 48 * HOUR, vec![Name::new(7, 20_000); 40_000]);
    }
    assert_eq!(told.gone_back(), [(1, Some(NOW - 48 * HOUR))]);
    assert_eq!(told.0.readings_of(100).unwrap().after(), [Name::new(7, 20_000)]);
}

#[test]
fn many_runs_after_one_long_run_are_looked_at_in_one_pass() {
    let mut told = told();
    told.begins(7, 1, NOW - 20_000 * HOUR, []);
    (2..=20_000).for_each(|seq| told.writes(Name::new(7, seq), NOW - i64::from(20_000 - seq) * HOUR));
    (100..10_100).for_each(|writer| told.begins(writer, 1, NOW, [Name::new(7, 20_000)]));
    assert_eq!(told.gone_back(), []);
    assert_eq!(told.0.reaches(&HashMap::new()).into_keys().collect::<Vec<_>>(), [7]);
}

// One look at a run that had not come here yet switched off all others.
#[test]
fn a_look_at_a_run_that_is_not_known_leaves_the_others_as_they_are() {
    let mut told = told();
    told.begins(7, 1, NOW, []);
    told.begins(8, 1, NOW - 5 * HOUR, [Name::new(7, 1)]);
    assert_eq!(told.gone_back(), [(1, Some(NOW - 5 * HOUR))]);
    for unknown in [1, u64::MAX] {
        told.looks(1, &[Name::new(8, 1), Name::new(unknown, 3)]);
        assert_eq!((told.gone_back(), told.0.wrong_clocks(NOW)), (Vec::new(), Vec::new()), "{unknown}");
    }
}

// Set three hours ahead after an evening that was written twenty days back, it was passed over as one that is off by hours.
#[test]
fn how_far_a_clock_was_off_is_told_by_the_worst_of_all_that_it_wrote_however_long_ago() {
    let error = |told: &Told, now_ms| told.0.clock_error(1, now_ms).map(|error_ms| error_ms / HOUR);
    let mut told = told();
    told.begins(7, 1, NOW - HOUR, []);
    assert_eq!(error(&told, NOW), None);
    told.begins(8, 1, NOW + 3 * HOUR, [Name::new(7, 1)]);
    assert_eq!(error(&told, NOW), Some(3));
    told.begins(9, 1, NOW - 480 * HOUR, [Name::new(7, 1)]);
    let wrong = told.0.wrong_clocks(NOW);
    assert_eq!(wrong.iter().map(|wrong| wrong.back).collect::<Vec<_>>(), [None], "what it shows now comes first");
    assert_eq!(error(&told, NOW), Some(479));
    assert_eq!((error(&told, NOW + 1_000 * HOUR), told.0.clock_error(2, NOW)), (Some(479), None));
}

#[test]
fn which_word_of_a_laptop_was_written_after_another_is_told_by_its_runs_and_not_by_its_clock() {
    let mut told = told();
    told.begins(7, 1, NOW + 9_000 * HOUR, []);
    told.begins(8, 1, NOW, [Name::new(7, 5)]);
    told.begins(9, 1, NOW, [Name::new(8, 2)]);
    told.begins(10, 2, NOW, [Name::new(7, 5)]);
    let is_after = |later: (u64, u32), earlier: (u64, u32)| {
        told.0.is_after(Name::new(later.0, later.1), Name::new(earlier.0, earlier.1))
    };
    assert!(is_after((7, 4), (7, 3)) && !is_after((7, 3), (7, 4)) && !is_after((7, 3), (7, 3)));
    assert!(is_after((8, 1), (7, 5)) && is_after((9, 3), (7, 5)) && is_after((9, 3), (8, 2)));
    assert!(!is_after((8, 1), (7, 6)), "it came after the run had begun, in a copy of the folder");
    assert!(!is_after((7, 5), (8, 1)) && !is_after((10, 2), (7, 5)) && !is_after((11, 2), (7, 5)));
}

// Else one laptop says of another's wrong clock that it is its own.
#[test]
fn a_run_comes_after_words_of_its_own_laptop_only() {
    let mut told = told();
    told.begins(7, 1, NOW, []);
    told.begins(8, 2, NOW - 48 * HOUR, [Name::new(7, 1)]);
    assert_eq!(told.gone_back(), []);
    told.begins(9, 1, NOW - 48 * HOUR, [Name::new(7, 1)]);
    assert_eq!(told.gone_back(), [(1, Some(NOW - 48 * HOUR))]);
}

/// Makes the words of two runs of one laptop: what each says, and under which hour. A door is written over and over.
fn evening(words: &[(bool, i64)]) -> Vec<Arc<Kept>> {
    let home = Name::new(7, 2);
    let mut prevs = Prevs::new();
    let mut all = Vec::new();
    for (at, (is_birth, hours)) in words.iter().enumerate() {
        let (writer, seq) = if at < words.len() / 2 { (7, at) } else { (8, at - words.len() / 2) };
        let name = Name::new(writer, u32::try_from(seq).unwrap() + 1);
        let who = Writer { laptop: 1, ..Writer::default() };
        let birth = Birth { links: Vec::new(), facts: Vec::new() };
        let (entity, key, seen, body) = match name {
            Name { seq: 1, writer: 8 } => {
                let last = Name::new(7, u32::try_from(words.len() / 2).unwrap());
                (name, "", std::iter::once(last).collect(), Body::Writer(who))
            }
            Name { seq: 1, .. } => (name, "", Prevs::new(), Body::Writer(who)),
            _ if name == home || *is_birth => (name, "", Prevs::new(), Body::Birth(Sort::Household, birth)),
            _ => {
                let seen = std::mem::replace(&mut prevs, std::iter::once(name).collect());
                (home, "door", seen, Body::Value(Value::Text(format!("{at}号").into())))
            }
        };
        let (stamp, wall_ms, actor) = (Stamp::default(), NOW + hours * HOUR, "陈明".into());
        let operation = Operation { name, stamp, wall_ms, actor, entity, key: key.into(), prevs: seen, body };
        all.push(bytes::keep(operation).unwrap());
    }
    all
}

/// What is said by a program that runs while words come in so many at a time, and by one that begins when all are there.
fn running_and_begun_anew(words: &[Arc<Kept>], turn: usize) -> [Vec<super::WrongClock>; 2] {
    let (view, mut running) = (MemoryView::default(), told().0);
    for some in words.chunks(turn) {
        for record in view.apply(some, Position::START).unwrap().changed {
            running.note(&record, &mut BTreeSet::new());
        }
    }
    let mut begun = told().0;
    view.each(&mut |record| {
        begun.note(&record, &mut BTreeSet::new());
        true
    })
    .unwrap();
    [running.wrong_clocks(NOW), begun.wrong_clocks(NOW)]
}

// A word that was written over was remembered by a running program and by no other: after a restart nothing was said.
#[test]
fn a_word_that_was_written_over_says_nothing_of_a_clock() {
    let words = evening(&[(true, -90), (true, -89), (false, -10), (false, -48), (true, -47), (true, -46)]);
    let [running, begun] = running_and_begun_anew(&words, 1);
    assert_eq!((running, begun), (Vec::new(), Vec::new()));
}

proptest! {
    #[test]
    fn what_is_said_of_clocks_follows_from_the_records_alone(
        words in prop::collection::vec((any::<bool>(), -120_i64..60), 4..40),
        order in any::<prop::sample::Index>(),
        turn in 1_usize..8,
    ) {
        let written = evening(&words);
        let [as_written, anew] = running_and_begun_anew(&written, 1);
        prop_assert_eq!(&as_written, &anew);
        let mut mixed = written;
        let cut = order.index(mixed.len());
        mixed.rotate_left(cut);
        mixed.sort_by_key(|kept| kept.operation.name.seq.wrapping_mul(0x9E37_79B9 + 2 * u32::try_from(cut).unwrap()));
        for said in running_and_begun_anew(&mixed, turn) {
            prop_assert_eq!(&said, &as_written);
        }
    }
}
