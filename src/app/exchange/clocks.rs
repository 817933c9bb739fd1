//! Clocks of laptops: which cannot be right, and the view as it is to be shown where a person corrected one.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::app::{ClockDoubt, Device, House, Shelf};
use crate::domain::{Back, Clocks, Kept, Name, Reach, Readings, Record, Writer, skew};
use crate::log::{Position, Ranges};
use crate::text::{Said, Trouble, t};
use crate::view::{Applied, View};

/// A laptop whose clock cannot be right, and of which nobody has said by how much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongClock {
    /// The laptop.
    pub laptop: u64,
    /// Its group and people.
    pub who: Writer,
    /// The reading that cannot be right, milliseconds since 1970 UTC: of a clock that went back the first after that.
    pub reading: i64,
    /// How it went back; which of its two readings was wrong, or both, is not known.
    pub back: Option<Back>,
    /// It is what a file says that was exported under it, not what was recorded.
    pub by_file: bool,
    /// What is wrong with it.
    pub doubt: Said,
}

/// A file that is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// Whose it is.
    pub who: Writer,
    /// When it was exported by that clock, milliseconds since 1970 UTC.
    pub exported_ms: i64,
    /// All that it brings is merged.
    pub is_known: bool,
}

/// What is said of clocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubted {
    /// That of this laptop may be the wrong one: it is no measure for others, and none of them is named.
    Own(ClockDoubt),
    /// These cannot be right.
    Clocks(Vec<WrongClock>),
}

impl Doubted {
    /// Gives what is wrong with the clock of one laptop.
    pub fn of(&self, laptop: u64) -> Option<&WrongClock> {
        match self {
            Self::Own(_) => None,
            Self::Clocks(wrong) => wrong.iter().find(|wrong| wrong.laptop == laptop),
        }
    }
}

impl WrongClock {
    /// Says whose clock it is and what is wrong.
    pub fn said(&self) -> Said {
        Said::from(t("{who}: {doubt}", "{who}: {doubt}"))
            .with("who", who(&self.who))
            .with_words("doubt", self.doubt.clone())
    }
}

/// Names a laptop as people do: its code or group, and the first of its people.
pub fn who(writer: &Writer) -> String {
    let place = if writer.group.is_empty() { &writer.code } else { &writer.group };
    let person = writer.visitors.first().map_or("", String::as_str);
    let words = [place.as_str(), person].into_iter().filter(|word| !word.is_empty());
    crate::hanzi::clean::line(&words.collect::<Vec<_>>().join(" "))
}

/// A clock that went back is named for so long after it did; what was never corrected by then is history: thirty days.
const TOLD_MS: i64 = 30 * 86_400_000;

impl Shelf {
    /// Gives the laptops whose clocks cannot be right, seen from a moment: the worst reading of each, else the longest way that it
    /// went back. One that was ahead and was set back since is right now: it is told as having gone back.
    pub fn wrong_clocks(&self, now_ms: i64) -> Vec<WrongClock> {
        let looked = self.looked_at();
        let mut found = self.beside_now(&looked, now_ms);
        for wrong in self.gone_back(&looked, now_ms) {
            let ahead = |known: &WrongClock| self.clocks().right(known.laptop, known.reading) > now_ms;
            if found.get(&wrong.laptop).is_none_or(|known| ahead(known) && self.is_right_now(wrong.laptop, now_ms)) {
                found.insert(wrong.laptop, wrong);
            }
        }
        found.into_values().collect()
    }

    /// Gives the greatest error that is seen of a laptop's clock, milliseconds, however long ago it was; none where nothing shows.
    pub fn clock_error(&self, laptop: u64, now_ms: i64) -> Option<i64> {
        let looked = self.looked_at();
        let beside = self.beside_now(&looked, now_ms).remove(&laptop);
        let beside =
            beside.map(|wrong| self.clocks().right(laptop, wrong.reading).saturating_sub(now_ms).saturating_abs());
        let back = self.longest_back(&looked).remove(&laptop).map(|(_, back)| back.by_ms());
        beside.max(back)
    }

    /// Tells whether the last word of a laptop, by the order in which it wrote, was written under a clock that may be right.
    fn is_right_now(&self, laptop: u64, now_ms: i64) -> bool {
        let mut last = self.last_runs(laptop).into_iter().filter_map(|run| self.readings_of(run)?.last());
        last.all(|reading| skew::doubt(self.clocks().right(laptop, reading), now_ms).is_none())
    }

    /// Gives of each laptop the moment of its last word, by the order in which it wrote, as its clock was corrected.
    pub fn last_moments(&self) -> BTreeMap<u64, i64> {
        let laptops: BTreeSet<u64> = self.writers().into_values().map(|writer| writer.laptop).collect();
        let last = |laptop: u64| {
            let read = self.last_runs(laptop).into_iter().filter_map(|run| self.readings_of(run)?.last());
            Some((laptop, read.map(|reading| self.clocks().right(laptop, reading)).max()?))
        };
        laptops.into_iter().filter_map(last).collect()
    }

    /// Gives of each run of a laptop of whose clock somebody said that it is right the last word that it had written by then.
    fn looked_at(&self) -> HashMap<u64, u32> {
        let mut looked = HashMap::new();
        for (laptop, words) in self.clocks().looked_at() {
            let mut open = words.to_vec();
            while let Some(word) = open.pop() {
                // A run that did not come here yet says nothing of the others.
                if !self.is_of(word.writer, laptop) {
                    continue;
                }
                let is_new = !looked.contains_key(&word.writer);
                let upto = looked.entry(word.writer).or_insert(word.seq);
                *upto = word.seq.max(*upto);
                // What it had written before was looked at with it.
                open.extend(self.readings_of(word.writer).filter(|_| is_new).into_iter().flat_map(Readings::after));
            }
        }
        looked
    }

    /// Gives the laptops that wrote nothing since somebody said that their clocks are right.
    fn passed_over(&self) -> BTreeSet<u64> {
        let looked = self.looked_at();
        let is_old = |run: u64| {
            let word = looked.get(&run);
            word.is_some_and(|word| self.readings_of(run).is_none_or(|read| read.latest_after(*word).is_none()))
        };
        let laptops = self.clocks().looked_at().map(|(laptop, _)| laptop);
        laptops.filter(|laptop| self.last_runs(*laptop).into_iter().all(is_old)).collect()
    }

    /// Gives those that are ahead, or before the program existed.
    fn beside_now(&self, looked: &HashMap<u64, u32>, now_ms: i64) -> BTreeMap<u64, WrongClock> {
        let mut found: BTreeMap<u64, WrongClock> = BTreeMap::new();
        for (number, writer) in self.writers() {
            let read = self.readings_of(number);
            let latest = read.and_then(|read| match looked.get(&number) {
                Some(word) => read.latest_after(*word),
                None => read.latest(),
            });
            let Some(reading) = latest else { continue };
            let right = self.clocks().right(writer.laptop, reading);
            let Some(doubt) = skew::doubt(right, now_ms) else { continue };
            let wrong =
                WrongClock { laptop: writer.laptop, who: writer.clone(), reading, back: None, by_file: false, doubt };
            let far = |wrong: &WrongClock| self.clocks().right(wrong.laptop, wrong.reading).abs_diff(now_ms);
            match found.get_mut(&writer.laptop) {
                Some(worse) if far(worse) >= far(&wrong) => {}
                Some(worse) => *worse = wrong,
                None => {
                    found.insert(writer.laptop, wrong);
                }
            }
        }
        found
    }

    /// Gives those that went back, and not so long ago that it is history.
    fn gone_back(&self, looked: &HashMap<u64, u32>, now_ms: i64) -> Vec<WrongClock> {
        let longest = self.longest_back(looked).into_values();
        let told = longest.filter(|(_, back)| now_ms.saturating_sub(back.from_ms) <= TOLD_MS);
        told.map(|(writer, back)| WrongClock {
            laptop: writer.laptop,
            who: writer.clone(),
            reading: back.reading,
            back: Some(back),
            by_file: false,
            doubt: skew::went_back(back.by_ms()),
        })
        .collect()
    }

    /// Gives of each laptop the longest way that its clock went back from one word to a later one, by the order in which they were
    /// written.
    fn longest_back(&self, looked: &HashMap<u64, u32>) -> BTreeMap<u64, (&Writer, Back)> {
        let mut longest: BTreeMap<u64, (&Writer, Back)> = BTreeMap::new();
        let reaches = self.reaches(looked);
        for (number, writer) in self.writers() {
            let Some(readings) = self.readings_of(number) else { continue };
            let right = |reading| self.clocks().right(writer.laptop, reading);
            let words = readings.after().iter().filter(|last| self.is_of(last.writer, writer.laptop));
            let before = words.filter_map(|last| reaches.get(&last.writer)?.upto(last.seq));
            let Some(back) = readings.went_back(looked.get(&number).copied().unwrap_or(0), before.max(), right) else {
                continue;
            };
            let known = longest.entry(writer.laptop).or_insert((writer, back));
            if back.by_ms() > known.1.by_ms() {
                *known = (writer, back);
            }
        }
        longest
    }

    /// Gives how far the clock had come by each word of the runs that others are said to come after. Each is gone through once,
    /// however many name it.
    fn reaches(&self, looked: &HashMap<u64, u32>) -> BTreeMap<u64, Reach> {
        let runs = self.writers().into_keys().filter_map(|number| self.readings_of(number));
        let named: BTreeSet<u64> = runs.flat_map(Readings::after).map(|last| last.writer).collect();
        let reach = |number: u64| {
            let laptop = self.writer(number)?.laptop;
            let (readings, looked) = (self.readings_of(number)?, looked.get(&number).copied().unwrap_or(0));
            Some((number, readings.reach(looked, |reading| self.clocks().right(laptop, reading))))
        };
        named.into_iter().filter_map(reach).collect()
    }

    fn is_of(&self, writer: u64, laptop: u64) -> bool {
        self.writer(writer).is_some_and(|who| who.laptop == laptop)
    }
}

impl House {
    /// Gives whose clocks cannot be right, by what was merged and by files that are looked at: what a file says of a clock is newer.
    /// While the clock of this laptop itself is in doubt it is the only one that is named.
    pub fn doubted(&self, device: &Device, now_ms: i64, files: &[Dated]) -> Doubted {
        let righted = |file: &Dated| self.shelf(|shelf, _| shelf.clocks().right(file.who.laptop, file.exported_ms));
        let moments = files.iter().map(|file| (file.who.laptop, righted(file))).collect();
        if let Some(doubt) = self.clock_doubt(device, now_ms, &moments) {
            return Doubted::Own(doubt);
        }
        let (mut wrong, passed) = self.shelf(|shelf, _| (shelf.wrong_clocks(now_ms), shelf.passed_over()));
        // What somebody looked at when all of it was merged is no news.
        for file in files.iter().filter(|file| !file.is_known || !passed.contains(&file.who.laptop)) {
            let Some(doubt) = skew::doubt(righted(file), now_ms) else { continue };
            let (laptop, who, reading) = (file.who.laptop, file.who.clone(), file.exported_ms);
            let one = WrongClock { laptop, who, reading, back: None, by_file: true, doubt };
            match wrong.iter_mut().find(|other| other.laptop == one.laptop) {
                Some(other) => *other = one,
                None => wrong.push(one),
            }
        }
        // Somebody said that this clock is right: what is left of it is of a time that is over.
        for one in wrong.iter_mut().filter(|one| one.laptop == device.laptop) {
            one.doubt = t("本机以前记的时间不对", "what was recorded here before has a wrong time").into();
        }
        Doubted::Clocks(wrong)
    }

    /// Gives the view as it is to be shown: times of corrected clocks are the moments they stand for.
    pub fn righted(&self) -> Arc<dyn View> {
        let view = self.view();
        let clocks = self.shelf(|shelf, _| Arc::clone(shelf.clocks()));
        if clocks.is_empty() { view } else { Arc::new(Righted { view, clocks }) }
    }
}

/// A view whose records come as they are to be shown. It takes nothing in: what is written is never what is shown.
pub(in crate::app) struct Righted<V> {
    pub view: V,
    pub clocks: Arc<Clocks>,
}

impl<V: std::ops::Deref<Target: View> + Send + Sync> View for Righted<V> {
    fn record(&self, entity: Name) -> Result<Option<Arc<Record>>, Trouble> {
        Ok(self.view.record(entity)?.map(|record| self.clocks.righted(&record)))
    }

    fn apply_to(&self, batch: &[Arc<Kept>], mark: Position, reach: Position) -> Result<Applied, Trouble> {
        self.view.apply_to(batch, mark, reach)
    }

    fn each(&self, visit: &mut dyn FnMut(Arc<Record>) -> bool) -> Result<(), Trouble> {
        self.view.each(&mut |record| visit(self.clocks.righted(&record)))
    }

    fn known(&self) -> Ranges {
        self.view.known()
    }

    fn mark(&self) -> Position {
        self.view.mark()
    }

    fn reach(&self) -> Position {
        self.view.reach()
    }
}

#[cfg(test)]
mod tests {
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
}
