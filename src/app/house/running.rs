//! The visit whose timer runs on this laptop.

use crate::clock::Now;
use crate::domain::timer::{Cause, Gap, Moment, Timer};
use crate::domain::{Fullness, Name, Presence, TalkMark, is_long_enough};

/// A running visit or talk. There is at most one on a laptop; leaving its page never ends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running {
    /// The visit, or the talk.
    pub visit: Name,
    /// Whose household; none where it is a talk 夜话 with many.
    pub household: Option<Name>,
    /// Its timer.
    pub timer: Timer,
    /// It had been ended, and the end was taken back in this run of the program.
    pub reopened: bool,
}

impl From<Now> for Moment {
    fn from(now: Now) -> Self {
        Self { wall_ms: now.wall_ms, boot_ms: now.boot_ms }
    }
}

impl Running {
    /// Starts the timer of a visit; of a talk where no household is given.
    pub fn start(visit: Name, household: Option<Name>, now: Now) -> Self {
        Self { visit, household, timer: Timer::start(now.into()), reopened: false }
    }

    /// Counts up to now; gives the gap that was found.
    pub fn tick(&mut self, now: Now) -> Option<Gap> {
        self.timer.tick(now.into())
    }

    /// Goes on counting from now; what lies between is a gap.
    pub fn take_up(&mut self, now: Now) -> Option<Gap> {
        let cause = if std::mem::take(&mut self.reopened) { Cause::Reopened } else { Cause::Ended };
        self.timer.take_up(now.into(), cause)
    }

    /// Counts up to now and stops counting.
    pub fn pause(&mut self, now: Now) {
        self.timer.pause(now.into());
    }

    /// Gives proven and declared time as the visit's facts hold them, in milliseconds.
    pub fn counted(&self) -> (i64, i64) {
        let whole = |ms: u64| i64::try_from(ms).unwrap_or(i64::MAX).min(86_400_000);
        (whole(self.timer.proven_ms()), whole(self.timer.declared_ms()))
    }

    /// Gives the gaps that nobody has declared, with their places.
    pub fn open_gaps(&self) -> impl Iterator<Item = (usize, &Gap)> {
        self.timer.gaps().iter().enumerate().filter(|(_, gap)| gap.declared.is_none())
    }

    /// Gives the gap that is most likely meant: the longest that nobody declared, else the last one.
    pub fn likely_gap(&self) -> Option<usize> {
        let longest = self.open_gaps().max_by_key(|(_, gap)| gap.length_ms.unwrap_or(u64::MAX));
        longest.map(|(at, _)| at).or(self.timer.gaps().len().checked_sub(1))
    }

    /// Tells whether it is a talk with many households.
    pub fn is_talk(&self) -> bool {
        self.household.is_none()
    }

    /// Gives where the timer of a talk stands.
    pub fn mark(&self) -> TalkMark {
        let gaps = i64::try_from(self.timer.gaps().len()).unwrap_or(i64::MAX);
        TalkMark { proven_ms: self.counted().0, gaps }
    }

    /// Gives the declared milliseconds of each gap, in order.
    pub fn declared(&self) -> Vec<i64> {
        let declared = self.timer.gaps().iter().map(|gap| gap.declared.as_ref().map_or(0, |(ms, _)| *ms));
        declared.map(|ms| i64::try_from(ms).unwrap_or(i64::MAX)).collect()
    }

    /// Gives how the households of the talk stand against the minimum.
    pub fn fullness<'a>(&self, present: impl IntoIterator<Item = &'a Presence>, minimum_minutes: i64) -> Fullness {
        Fullness::of(present, self.mark(), &self.declared(), minimum_minutes)
    }

    /// Writes the heartbeat that is kept while it runs.
    pub fn heartbeat(&self) -> String {
        let household = self.household.map_or_else(|| "-".to_owned(), |household| household.to_string());
        format!("{} {household}\n{}", self.visit, self.timer.heartbeat())
    }

    /// Reads a heartbeat back.
    pub fn from_heartbeat(text: &str) -> Option<Self> {
        let (names, timer) = text.split_once('\n')?;
        let (visit, household) = names.split_once(' ')?;
        Some(Self {
            visit: visit.parse().ok()?,
            household: if household == "-" { None } else { Some(household.parse().ok()?) },
            timer: Timer::from_heartbeat(timer)?,
            reopened: false,
        })
    }

    /// Tells whether the visit with what it has counted so far would cover its household.
    pub fn would_cover(&self, minimum_minutes: i64) -> bool {
        let (proven, declared) = self.counted();
        is_long_enough(proven + declared, minimum_minutes)
    }
}
