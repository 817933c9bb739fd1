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
mod tests;
