//! Clocks of laptops: which cannot be right, and the view as it is to be shown where a person corrected one.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::app::{House, Shelf};
use crate::domain::{Back, Clocks, Kept, Name, Record, Writer, skew};
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
    /// The reading that cannot be right, milliseconds since 1970 UTC: of a clock that went back what it shows now.
    pub reading: i64,
    /// From which of its readings on it is wrong, where that is known.
    pub since: Option<i64>,
    /// What is wrong with it.
    pub doubt: Said,
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
    /// went back.
    pub fn wrong_clocks(&self, now_ms: i64) -> Vec<WrongClock> {
        let mut found = self.beside_now(now_ms);
        for wrong in self.gone_back(now_ms) {
            found.entry(wrong.laptop).or_insert(wrong);
        }
        found.into_values().collect()
    }

    /// Gives those that are ahead, or before the program existed.
    fn beside_now(&self, now_ms: i64) -> BTreeMap<u64, WrongClock> {
        let mut found: BTreeMap<u64, WrongClock> = BTreeMap::new();
        for (number, writer) in self.writers() {
            let Some(reading) = self.latest_by(number) else { continue };
            let right = self.clocks().right(writer.laptop, reading);
            let Some(doubt) = skew::doubt(right, now_ms) else { continue };
            let wrong = WrongClock { laptop: writer.laptop, who: writer.clone(), reading, since: None, doubt };
            let far = |wrong: &WrongClock| wrong.reading.abs_diff(now_ms);
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

    /// Gives those that went back from one word of theirs to a later one, by the order in which they were written.
    fn gone_back(&self, now_ms: i64) -> Vec<WrongClock> {
        let mut longest: BTreeMap<u64, (&Writer, Back)> = BTreeMap::new();
        for (number, writer) in self.writers() {
            let Some(readings) = self.readings_of(number) else { continue };
            let right = |reading| self.clocks().right(writer.laptop, reading);
            let before =
                readings.after().iter().filter_map(|last| self.readings_of(last.writer)?.upto(last.seq, right));
            let Some(back) = readings.went_back(before.max(), right) else { continue };
            let known = longest.entry(writer.laptop).or_insert((writer, back));
            if back.by_ms() > known.1.by_ms() {
                *known = (writer, back);
            }
        }
        let told = longest.into_values().filter(|(_, back)| now_ms.saturating_sub(back.from_ms) <= TOLD_MS);
        told.map(|(writer, back)| WrongClock {
            laptop: writer.laptop,
            who: writer.clone(),
            reading: now_ms.saturating_sub(back.by_ms()),
            since: Some(back.reading),
            doubt: skew::went_back(back.by_ms()),
        })
        .collect()
    }
}

impl House {
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
