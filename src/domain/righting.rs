//! The correction of a laptop's clock 更正时间: what its clock showed wrongly, and by how much, as said by a person.
//!
//! A correction is one register of the laptop (entity `laptop, 0`; nobody is born under it), so it is recorded, merged,
//! taken back and disputed like any other fact. It changes no operation and no order of causes: it only says how the
//! readings of that clock are shown and counted. Spans are given in that clock's own readings, because nothing else of
//! a wrong moment is known to everybody; of several spans that hold a reading the one said last counts.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::{Birth, Body, Kept, Name, Record, Sort, Value, local, skew};
use crate::text::{Said, t};

/// The register of a laptop that holds its corrections.
pub const CLOCK: &str = "clock";
/// The beginning of the registers of a laptop that say that somebody looked at its clock and it is right now, whatever it wrote up to
/// a word: that word's name follows. Each is a yes, so two who looked do not disagree.
pub const CLOCK_RIGHT: &str = "clock_right/";

const DAY_MS: i64 = 86_400_000;
/// An error of so much cannot be taken for a right time: sixty days.
const FAR_MS: i64 = 60 * DAY_MS;
/// Two errors that differ by less are one and the same: ten minutes.
const SAME_MS: i64 = 10 * 60_000;
/// Two people who correct the same reading differ by less: five minutes.
const LIKE_MS: i64 = 5 * 60_000;
/// Corrections kept of one laptop; nobody needs more.
const MOST: usize = 100;

/// Registers whose moments are readings of the clock, not what a person said.
const READ_FACTS: [&str; 1] = ["ended"];
/// First facts whose moments are readings of the clock, unless the record was entered later from paper.
const READ_AT_BIRTH: [&str; 1] = ["told_at"];

/// One span in which a laptop's clock was wrong, both ends included, by that clock's own readings (ms since 1970 UTC).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Righting {
    /// From which reading on; none: from the beginning.
    pub from_ms: Option<i64>,
    /// Up to which reading; none: until now and on.
    pub until_ms: Option<i64>,
    /// By how much it was ahead; less than nothing where it was behind.
    pub ahead_ms: i64,
}

impl Righting {
    /// Proposes the span for a clock that shows one moment while it is another: where the error is so large that no right
    /// time can be taken for a wrong one, everything on the wrong side of the middle; else that day of it, up to the end of the
    /// minute that is shown.
    pub fn proposed(shows_ms: i64, now_ms: i64) -> Self {
        let ahead_ms = shows_ms.saturating_sub(now_ms);
        let middle = now_ms.saturating_add(ahead_ms / 2);
        let (from_ms, until_ms) = match ahead_ms {
            FAR_MS.. => (Some(middle), None),
            ahead if ahead <= -FAR_MS => (None, Some(middle)),
            _ => (Some(local::at(local::day(shows_ms), chrono::NaiveTime::MIN)), Some(end_of_minute(shows_ms))),
        };
        Self { from_ms, until_ms, ahead_ms }
    }

    /// Tells whether it speaks of a reading.
    pub fn holds(&self, reading: i64) -> bool {
        self.from_ms.is_none_or(|from| reading >= from) && self.until_ms.is_none_or(|until| reading <= until)
    }

    fn lies_within(&self, other: &Self) -> bool {
        let starts = other.from_ms.is_none_or(|from| self.from_ms.is_some_and(|own| own >= from));
        starts && other.until_ms.is_none_or(|until| self.until_ms.is_some_and(|own| own <= until))
    }

    /// Tells whether somebody else said the same of the same readings, but for the moments between the two.
    fn is_like(&self, other: &Self) -> bool {
        // The middle of a far error moves with the day it is spoken of; nothing was read near it.
        let slack = if self.ahead_ms.abs() >= FAR_MS { FAR_MS / 4 } else { DAY_MS - 1 };
        let near = |one: Option<i64>, other: Option<i64>| match (one, other) {
            (Some(one), Some(other)) => one.abs_diff(other) <= slack.unsigned_abs(),
            (one, other) => one == other,
        };
        self.ahead_ms.abs_diff(other.ahead_ms) < LIKE_MS.unsigned_abs()
            && near(self.from_ms, other.from_ms)
            && near(self.until_ms, other.until_ms)
    }

    /// Says it in words: 快 3652 天, 从它的 2026-11-18 起.
    pub fn said(&self) -> Said {
        self.with_its_span(skew::error(self.ahead_ms))
    }

    /// Says it to the minute, where two of them are to be told apart: 快 3652 天 1 小时, 从它的 2026-11-18 起.
    pub fn said_in_full(&self) -> Said {
        self.with_its_span(skew::error_in_full(self.ahead_ms))
    }

    fn with_its_span(&self, error: Said) -> Said {
        let day = |at: i64| local::day(at).to_string();
        let span = match (self.from_ms, self.until_ms) {
            (None, None) => Said::from(t("", "")),
            (Some(from), None) => t(", 从它的 {from} 起", ", from its {from} on").with("from", day(from)),
            (None, Some(until)) => t(", 到它的 {until} 止", ", up to its {until}").with("until", day(until)),
            (Some(from), Some(until)) => t(", 它的 {from} 到 {until}", ", its {from} to {until}")
                .with("from", day(from))
                .with("until", day(until)),
        };
        Said::from(t("{error}{span}", "{error}{span}")).with_words("error", error).with_words("span", span)
    }

    fn written(&self) -> String {
        let end = |at: Option<i64>| at.map_or_else(|| "-".to_owned(), local::rfc3339);
        format!("{}/{}/{:+}", end(self.from_ms), end(self.until_ms), self.ahead_ms / 1000)
    }

    fn read(written: &str) -> Option<Self> {
        let mut parts = written.split('/');
        let mut end = || match parts.next()? {
            "-" => Some(None),
            at => chrono::DateTime::parse_from_rfc3339(at).ok().map(|at| Some(at.timestamp_millis())),
        };
        let (from_ms, until_ms) = (end()?, end()?);
        let ahead: i64 = parts.next()?.parse().ok()?;
        Some(Self { from_ms, until_ms, ahead_ms: ahead.checked_mul(1000)? })
    }
}

/// A clock is read to the minute, and may have shown any second of it.
const fn end_of_minute(at: i64) -> i64 {
    at - at.rem_euclid(60_000) + 59_999
}

/// What people said of one laptop's clock, the last word last.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rightings(Vec<Righting>);

impl Rightings {
    /// Reads a register's value; what is not understood is passed over.
    pub fn of(value: &Value) -> Self {
        Self(value.as_words().iter().take(MOST).filter_map(|one| Righting::read(one)).collect())
    }

    /// Gives them as a register holds them.
    pub fn value(&self) -> Value {
        match self.0.as_slice() {
            [] => Value::Nothing,
            all => Value::words(all.iter().map(Righting::written)),
        }
    }

    /// Reads a correction as a person may write a register's value; none where any of it is not understood.
    pub fn read(written: &str) -> Option<Self> {
        written.split('、').map(|one| Righting::read(one.trim())).collect::<Option<Vec<_>>>().map(Self)
    }

    /// Tells whether two people said the same: each correction of the one is one of the other, give or take what lies
    /// between two looks at a clock.
    pub fn are_like(&self, other: &Self) -> bool {
        self.0.len() == other.0.len() && self.0.iter().zip(&other.0).all(|(one, other)| one.is_like(other))
    }

    /// Adds one: the same error said again lengthens what was said before, and what lies within the new span is dropped.
    #[must_use]
    pub fn and(mut self, mut new: Righting) -> Self {
        if let Some(last) = self.0.last().filter(|last| (last.ahead_ms - new.ahead_ms).abs() < SAME_MS) {
            new.from_ms = last.from_ms.zip(new.from_ms).map(|(a, b)| a.min(b));
            new.until_ms = last.until_ms.zip(new.until_ms).map(|(a, b)| a.max(b));
        }
        self.0.retain(|old| !old.lies_within(&new));
        self.0.push(new);
        self.0.drain(..self.0.len().saturating_sub(MOST));
        self
    }

    /// Gives the moment that a reading of the clock stands for.
    pub fn right(&self, reading: i64) -> i64 {
        let said = self.0.iter().rev().find(|righting| righting.holds(reading));
        said.map_or(reading, |righting| reading.saturating_sub(righting.ahead_ms))
    }

    /// Gives them, the last word last.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Righting> {
        self.0.iter()
    }
}

/// Gives the words of a laptop up to which somebody said that its clock is right.
pub fn looks(record: &Record) -> impl Iterator<Item = Name> + '_ {
    let said = record.keys_under(CLOCK_RIGHT).into_iter();
    let stands = |word: &&str| record.written(&format!("{CLOCK_RIGHT}{word}")).is_some_and(Value::is_yes);
    said.filter(stands).filter_map(|word| word.parse().ok())
}

/// The corrections of all laptops, and which laptop each writer is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Clocks {
    said: BTreeMap<u64, Rightings>,
    /// The last words of laptops when somebody said that their clocks are right.
    looked_at: BTreeMap<u64, Vec<Name>>,
    laptops: HashMap<u64, u64>,
}

impl Clocks {
    /// Gives the entity whose register holds the corrections of a laptop.
    pub fn entity(laptop: u64) -> Name {
        Name::new(laptop, 0)
    }

    /// Takes in what a record says of clocks. Tells whether times may be shown differently now.
    pub fn take(&mut self, record: &Record) -> bool {
        let entity = record.entity();
        if let Some(Body::Writer(writer)) = record.born().map(|born| &born.operation.body) {
            let news = self.laptops.insert(entity.writer, writer.laptop) != Some(writer.laptop);
            return news && self.said.contains_key(&writer.laptop);
        }
        if entity.seq != 0 || record.sort().is_some() {
            return false;
        }
        self.note_looks(record);
        if record.register(CLOCK).is_none() {
            return false;
        }
        let said = record.written(CLOCK).map(Rightings::of).unwrap_or_default();
        if said.0.is_empty() {
            return self.said.remove(&entity.writer).is_some();
        }
        self.said.insert(entity.writer, said.clone()) != Some(said)
    }

    fn note_looks(&mut self, record: &Record) {
        let looks = looks(record).collect::<Vec<_>>();
        if looks.is_empty() {
            self.looked_at.remove(&record.entity().writer);
        } else {
            self.looked_at.insert(record.entity().writer, looks);
        }
    }

    /// Gives each laptop of whose clock somebody said that it is right, with the last words it had written by then.
    pub fn looked_at(&self) -> impl Iterator<Item = (u64, &[Name])> {
        self.looked_at.iter().map(|(laptop, words)| (*laptop, words.as_slice()))
    }

    /// Tells whether nobody corrected anything.
    pub fn is_empty(&self) -> bool {
        self.said.is_empty()
    }

    /// Gives what was said of a laptop's clock.
    pub fn of(&self, laptop: u64) -> Option<&Rightings> {
        self.said.get(&laptop)
    }

    /// Gives the moment that a reading of a laptop's clock stands for.
    pub fn right(&self, laptop: u64, reading: i64) -> i64 {
        self.of(laptop).map_or(reading, |said| said.right(reading))
    }

    /// Gives the moment that a reading under a writer stands for.
    pub fn right_by(&self, writer: u64, reading: i64) -> i64 {
        self.laptops.get(&writer).map_or(reading, |laptop| self.right(*laptop, reading))
    }

    /// Tells whether what a writer read from its clock is to be shown differently.
    pub fn concern_writer(&self, writer: u64) -> bool {
        self.laptops.get(&writer).is_some_and(|laptop| self.said.contains_key(laptop))
    }

    fn concern(&self, kept: &Kept) -> bool {
        self.concern_writer(kept.operation.name.writer)
    }

    /// Gives a record as it is to be shown: readings of corrected clocks in it are the moments they stand for. The bytes,
    /// the stamps and everything that a person said stay.
    pub fn righted(&self, record: &Arc<Record>) -> Arc<Record> {
        if self.is_empty() || !record.kept().any(|kept| self.concern(kept)) {
            return Arc::clone(record);
        }
        let from_paper = record.first_fact("on").is_some();
        Arc::new(
            record.shown_as(|kept| if self.concern(kept) { self.shown(kept, from_paper) } else { Arc::clone(kept) }),
        )
    }

    fn shown(&self, kept: &Kept, from_paper: bool) -> Arc<Kept> {
        let mut kept = kept.clone();
        let writer = kept.operation.name.writer;
        let right = |at: &mut i64| *at = self.right_by(writer, *at);
        right(&mut kept.operation.wall_ms);
        match &mut kept.operation.body {
            Body::Value(Value::At(at)) if !from_paper && READ_FACTS.contains(&kept.operation.key.as_str()) => right(at),
            Body::Birth(Sort::Issue, Birth { facts, .. }) if !from_paper => {
                for (key, value) in facts {
                    if let Value::At(at) = value
                        && READ_AT_BIRTH.contains(&key.as_str())
                    {
                        right(at);
                    }
                }
            }
            _ => {}
        }
        Arc::new(kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    const NOW: i64 = 1_621_338_120_000;
    const DAY: i64 = DAY_MS;

    #[test]
    fn a_clock_years_ahead_or_at_1970_is_righted_and_right_readings_stay() {
        let years = 3_652 * DAY;
        let said = Rightings::default().and(Righting::proposed(NOW + years, NOW)).and(Righting::proposed(60_000, NOW));
        assert_eq!(said.right(NOW + years + 5), NOW + 5);
        assert_eq!(said.right(2 * 60_000), NOW + 60_000);
        for right in [NOW - 30 * DAY, NOW, NOW + 200 * DAY] {
            assert_eq!(said.right(right), right, "a reading that may be right");
        }
        assert_eq!(Rightings::of(&said.value()), said);
    }

    #[test]
    fn a_clock_hours_ahead_is_righted_for_the_span_that_is_said() {
        let hours = 3 * 3_600_000;
        let one = Righting::proposed(NOW + hours, NOW);
        assert_eq!(one.said().say(Lang::Zh), "快 3 小时, 它的 2021-05-18 到 2021-05-18");
        let said = Rightings::default().and(one);
        assert_eq!((said.right(NOW + hours), said.right(NOW - DAY)), (NOW, NOW - DAY));
        let later = NOW + hours + DAY;
        assert_eq!(said.right(later), later, "what it shows after that was not spoken of");
        // Said again a day later the two spans are one, without a hole in between.
        let said = said.and(Righting::proposed(later, NOW + DAY));
        assert_eq!((said.iter().count(), said.right(NOW + hours + DAY / 2)), (1, NOW + DAY / 2));
    }

    #[test]
    fn the_last_word_counts_and_swallows_what_lies_within_it() {
        let span = |from, until, ahead_ms| Righting { from_ms: Some(from), until_ms: Some(until), ahead_ms };
        let said = Rightings::default().and(span(100, 200, 3_600_000)).and(span(300, 400, 7_200_000));
        let said = said.and(span(0, 250, -3_600_000));
        assert_eq!((said.iter().count(), said.right(150)), (2, 150 + 3_600_000));
        assert_eq!(Rightings::default().value(), Value::Nothing);
    }

    #[test]
    fn two_who_correct_the_same_reading_a_little_later_say_the_same() {
        let said = |shows, now| Rightings::default().and(Righting::proposed(shows, now));
        let (years, hours) = (1_631 * DAY, 3 * 3_600_000);
        for ahead in [years, -years, hours] {
            let one = said(NOW + ahead, NOW);
            assert!(one.are_like(&said(NOW + ahead + 61_000, NOW + 60_000)), "{ahead}");
            assert!(one.are_like(&said(NOW + ahead + 3_600_000, NOW + 3_600_000)), "the same error, an hour later");
            assert!(!one.are_like(&said(NOW + ahead + 6 * 60_000, NOW)), "six minutes are another error");
        }
        let (one, other) = (said(NOW + hours, NOW), said(NOW + hours + 3 * DAY, NOW + 3 * DAY));
        assert!(!one.are_like(&other), "of other days");
        assert!(!one.are_like(&Rightings::default()));
    }

    #[test]
    fn what_is_not_understood_is_passed_over() {
        for wrong in ["", "a/b/c", "-/-", "-/-/x", "-/-/9223372036854775807"] {
            assert_eq!(Rightings::of(&Value::Words(vec![wrong.into()])), Rightings::default(), "{wrong}");
        }
        assert_eq!(Rightings::of(&Value::Number(3)), Rightings::default());
    }
}
