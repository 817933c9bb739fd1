//! Readings of a laptop's clock in the order in which it wrote under them: what shows that the clock went back.
//!
//! One run of the program is one writer, whose numbers follow one another; who writes is introduced at the first of them, and names
//! there the last word that the laptop had written before. So the order of all that a laptop wrote is known wherever it was
//! merged, whatever its clock said. Of ten minutes two readings are kept, the first and the last written: a campaign has half a
//! million operations, and no more than some thousand of these. By how much it went back may be told short by those minutes.

use std::collections::BTreeMap;

use super::{Kept, Name};

/// Readings within so much of one another are kept as two.
const STEP_MS: i64 = 10 * 60_000;
/// A clock that went back by less was set right by hand or by a network, and no day is another one for it: an hour.
pub const LEAST_BACK_MS: i64 = 3_600_000;
/// Runs of the program that are named at most as those before one, and as many are read: more than one there are only where a folder
/// was copied, or where a program wrote them that named none.
pub const MOST_BEFORE: usize = 200;

/// The readings under which one run of the program wrote the events of records, which nothing is written over: so they are the same
/// wherever the same records are, in whatever order they came.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Readings {
    steps: BTreeMap<i64, Step>,
    latest: Option<i64>,
    /// The number of the word that introduces the run; none where it has not come.
    introduced: Option<u32>,
    /// The last words that the laptop had written before, one of each run.
    after: Vec<Name>,
}

/// The first and the last of some minutes, each with the number of the operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Step {
    first: (u32, i64),
    last: (u32, i64),
}

/// A clock that went back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Back {
    /// What it had shown, as it was corrected, milliseconds since 1970 UTC.
    pub from_ms: i64,
    /// What it showed after that, as it was corrected.
    pub to_ms: i64,
    /// What it showed after that, as it was read.
    pub reading: i64,
}

impl Back {
    /// Gives by how much.
    pub const fn by_ms(&self) -> i64 {
        self.from_ms.saturating_sub(self.to_ms)
    }
}

impl Readings {
    /// Takes in one event, in whatever order.
    pub fn take(&mut self, kept: &Kept) {
        let operation = &kept.operation;
        let read = (operation.name.seq, operation.wall_ms);
        let step = self.steps.entry(read.1.div_euclid(STEP_MS)).or_insert(Step { first: read, last: read });
        (step.first, step.last) = (step.first.min(read), step.last.max(read));
        self.latest = self.latest.max(Some(read.1));
        let is_first = self.introduced.is_none_or(|introduced| operation.name.seq <= introduced);
        if is_first && matches!(operation.body, super::Body::Writer(_)) {
            (self.introduced, self.after) = (Some(operation.name.seq), last_of_each(&operation.prevs));
        }
    }

    /// Tells whether one of those that are kept is such a one; of the others within the same minutes nobody is asked.
    pub fn any(&self, is: impl Fn(i64) -> bool) -> bool {
        self.steps.values().any(|step| is(step.first.1) || is(step.last.1))
    }

    /// Gives the latest reading, whenever it was written.
    pub fn latest(&self) -> Option<i64> {
        self.latest
    }

    /// Gives the latest reading of what was written after a word.
    pub fn latest_after(&self, word: u32) -> Option<i64> {
        let after = self.in_order(0).into_iter().filter(|(number, _)| *number > word);
        after.map(|(_, reading)| reading).max()
    }

    /// Gives the reading under which the last of them was written.
    pub fn last(&self) -> Option<i64> {
        self.steps.values().map(|step| step.last).max().map(|(_, reading)| reading)
    }

    /// Gives the last words that the laptop had written before this run.
    pub fn after(&self) -> &[Name] {
        &self.after
    }

    /// Gives how far the clock had come by each word, as it was corrected. Of the words up to one that somebody looked at, and said that
    /// the clock is right, the last alone counts.
    pub fn reach(&self, looked: u32, right: impl Fn(i64) -> i64) -> Reach {
        let latest = |so_far: &mut Option<i64>, (number, reading): (u32, i64)| {
            *so_far = (*so_far).max(Some(right(reading)));
            so_far.map(|latest| (number, latest))
        };
        Reach(self.in_order(looked).into_iter().scan(None, latest).collect())
    }

    /// Gives the longest way that the clock went back, from one word to a later one; `before` is the latest moment of the runs
    /// before this one. Of the words up to one that somebody looked at, and of those runs with them, the last alone counts.
    pub fn went_back(&self, looked: u32, before: Option<i64>, right: impl Fn(i64) -> i64) -> Option<Back> {
        let words = self.in_order(looked);
        let mut so_far = before.filter(|_| words.first().is_none_or(|(number, _)| *number > looked));
        let mut longest: Option<Back> = None;
        for (_, reading) in words {
            let to_ms = right(reading);
            let back = so_far.map(|from_ms| Back { from_ms, to_ms, reading });
            longest = longest.into_iter().chain(back).max_by_key(Back::by_ms);
            so_far = so_far.max(Some(to_ms));
        }
        longest.filter(|back| back.by_ms() >= LEAST_BACK_MS)
    }

    /// Gives the readings, each with the number of its operation, in the order in which they were written; of those up to a word the
    /// last alone.
    fn in_order(&self, upto: u32) -> Vec<(u32, i64)> {
        let mut all: Vec<(u32, i64)> = self.steps.values().flat_map(|step| [step.first, step.last]).collect();
        all.sort_unstable();
        let known = all.partition_point(|(number, _)| *number <= upto);
        all.drain(..known.saturating_sub(1));
        all
    }
}

/// Gives of words the last one of each run. They come from outside: of more than so many runs the rest is left out.
fn last_of_each(words: &[Name]) -> Vec<Name> {
    let mut last: BTreeMap<u64, u32> = BTreeMap::new();
    for word in words {
        if last.len() < MOST_BEFORE || last.contains_key(&word.writer) {
            let seq = last.entry(word.writer).or_default();
            *seq = word.seq.max(*seq);
        }
    }
    last.into_iter().map(|(writer, seq)| Name::new(writer, seq)).collect()
}

/// How far a clock had come by each word of one run, in order of their numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach(Vec<(u32, i64)>);

impl Reach {
    /// Gives the latest moment under which anything up to a number was written.
    pub fn upto(&self, seq: u32) -> Option<i64> {
        let after = self.0.partition_point(|(number, _)| *number <= seq);
        self.0.get(after.checked_sub(1)?).map(|(_, latest)| *latest)
    }
}

#[cfg(test)]
mod tests {
    use super::{Back, LEAST_BACK_MS, MOST_BEFORE, Readings};
    use crate::domain::{Body, Kept, Name, Operation, Prevs, Stamp, Value, Writer};

    const MINUTE: i64 = 60_000;
    const NOW: i64 = 1_621_338_120_000;

    fn readings(minutes: &[i64]) -> Readings {
        let mut readings = Readings::default();
        let mut all: Vec<(u32, i64)> = (1..).zip(minutes.iter().copied()).collect();
        // They arrive in whatever order.
        all.sort_unstable_by_key(|(seq, _)| seq.wrapping_mul(0x9E37_79B9));
        for (seq, minute) in all {
            let (name, prevs, body) = (Name::new(7, seq), Prevs::new(), Body::Value(Value::Nothing));
            let (stamp, wall_ms, entity) = (Stamp::default(), NOW + minute * MINUTE, name);
            let (actor, key) = ("陈明".into(), "door".into());
            let operation = Operation { name, stamp, wall_ms, actor, entity, key, prevs, body };
            readings.take(&Kept { operation, bytes: [].as_slice().into() });
        }
        readings
    }

    fn back(minutes: &[i64]) -> Option<i64> {
        readings(minutes).went_back(0, None, |at| at).map(|back| back.by_ms() / MINUTE)
    }

    #[test]
    fn a_clock_that_goes_on_or_is_set_by_minutes_did_not_go_back_and_one_that_is_hours_behind_did() {
        assert_eq!(back(&[0, 1, 1, 9, 10, 400]), None);
        assert_eq!(back(&[0, 300, 250, 320]), None, "fifty minutes are a clock that is set right");
        assert_eq!(back(&[0, 300, 240, 250]), Some(LEAST_BACK_MS / MINUTE));
        assert_eq!(back(&[0, 300, -43_200, -43_100, 600]), Some(43_500), "thirty days, and set right again");
        assert_eq!(back(&[300, 301, 302, 303, 200, 305]), Some(100), "told short by less than ten minutes, never long");
        assert_eq!(back(&[]), None);
    }

    #[test]
    fn what_the_laptop_wrote_in_the_run_before_counts_and_what_was_corrected_does_not() {
        let run = readings(&[-43_200, -43_199]);
        let found = run.went_back(0, Some(NOW), |at| at);
        let (to_ms, reading) = (NOW - 43_200 * MINUTE, NOW - 43_200 * MINUTE);
        assert_eq!(found, Some(Back { from_ms: NOW, to_ms, reading }));
        assert_eq!(run.went_back(0, Some(NOW), |at| at + 43_201 * MINUTE), None);
        let reach = readings(&[0, 50, 30, 90]).reach(0, |at| at);
        let minutes = [0, 1, 2, 3, 4, 9].map(|seq| reach.upto(seq).map(|at| (at - NOW) / MINUTE));
        assert_eq!(minutes, [None, Some(0), Some(50), Some(50), Some(90), Some(90)]);
        assert_eq!(run.latest(), Some(NOW - 43_199 * MINUTE));
        let set_back = readings(&[0, 300, -400, -399]);
        assert_eq!((set_back.latest(), set_back.last()), (Some(NOW + 300 * MINUTE), Some(NOW - 399 * MINUTE)));
    }

    // It was named for thirty days, whatever somebody said who stood before it.
    #[test]
    fn what_was_looked_at_is_told_no_more_and_what_comes_after_that_is() {
        let run = readings(&[0, 300, 100, 110, 120]);
        let back = |looked, before| run.went_back(looked, before, |at| at).map(|back| back.by_ms() / MINUTE);
        assert_eq!([1, 2, 3, 4, 5].map(|looked| back(looked, None)), [Some(200), Some(200), None, None, None]);
        assert_eq!((back(0, Some(NOW + 500 * MINUTE)), back(3, Some(NOW + 500 * MINUTE))), (Some(500), None));
        let again = readings(&[0, 300, 100, 110, 30]);
        assert_eq!(again.went_back(4, None, |at| at).map(|back| back.by_ms() / MINUTE), Some(80));
        assert_eq!(run.reach(4, |at| at).upto(5), Some(NOW + 120 * MINUTE), "a later run goes on from there");
        assert_eq!((run.latest_after(2), run.latest_after(5)), (Some(NOW + 120 * MINUTE), None));
    }

    // An introduction may have forty thousand names; who writes one names two hundred at most.
    #[test]
    fn of_the_words_before_a_run_the_last_of_each_run_counts_and_the_first_introduction() {
        let introduced = |seq: u32, prevs: Prevs| {
            let (name, stamp, body) = (Name::new(9, seq), Stamp::default(), Body::Writer(Writer::default()));
            let (actor, key) = ("陈明".into(), "".into());
            let operation = Operation { name, stamp, wall_ms: NOW, actor, entity: name, key, prevs, body };
            Kept { operation, bytes: [].as_slice().into() }
        };
        let words = [(7, 3), (8, 1), (7, 9), (7, 4)].map(|(writer, seq)| Name::new(writer, seq));
        let first = introduced(1, words.into_iter().collect());
        let again = introduced(2, (1..300).map(|writer| Name::new(writer, 1)).collect());
        for order in [[&first, &again], [&again, &first]] {
            let mut readings = Readings::default();
            for kept in order {
                readings.take(kept);
            }
            assert_eq!(readings.after(), [Name::new(7, 9), Name::new(8, 1)]);
        }
        let mut many = Readings::default();
        many.take(&again);
        assert_eq!(many.after().len(), MOST_BEFORE);
    }
}
