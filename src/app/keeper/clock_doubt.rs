//! 时间对吗?: what this laptop's own clock does not go with: what was recorded here, or what somebody said of it elsewhere.
//!
//! A correction that comes with a merge is told and asked about, and the clock itself is never followed up by it: it was said of
//! readings of a time that is over, and nobody here knows whether the clock was set right since. So 今天 and 昨天 go by the clock
//! as it stands, every date is shown in full before it is recorded, and whoever sits here is asked to set the clock.

use std::collections::BTreeMap;

use crate::domain::{CLOCK, Clocks, Record, Register, Righting, local, skew};
use crate::hanzi::clean;

use crate::app::{Device, House, Keeper, disputes};
use crate::text::{Said, t};

/// A clock that is set back by so much is nobody's mistake: ten minutes.
const CLOCK_SLACK_MS: i64 = 10 * 60_000;
/// A laptop that recorded nothing for longer than this lay through more than a winter, or its clock went ahead: half a year.
/// A campaign lasts weeks or a season, and a clock that somebody set wrong is mostly wrong by years.
const PAUSE_MS: i64 = 180 * 86_400_000;

/// Others that have come further say nothing for so long after somebody said that the clock here is right: thirty days.
const SAID_MS: i64 = 30 * 86_400_000;

/// What this laptop's clock does not go with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClockDoubt {
    /// A moment under which something was recorded here: still to come by the clock, or half a year ago.
    Recorded(i64),
    /// Somebody corrected it, and nobody here has said since that it is right.
    Corrected(OwnCorrection),
    /// It is before the program existed: nobody can say that this is right.
    Early,
    /// Most other laptops have come to this moment, which is still to come by it.
    Others(i64),
}

/// A correction of this laptop's clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnCorrection {
    /// Who said so.
    pub by: String,
    /// On which laptop.
    pub laptop: String,
    /// What was said.
    pub righting: Righting,
    /// The moment that the clock's reading now stands for by it, milliseconds since 1970 UTC; none where it speaks of other readings.
    pub stands_for: Option<i64>,
}

impl ClockDoubt {
    /// Gives the moment near which the clock was expected; none where that is not known.
    pub const fn expected(&self) -> Option<i64> {
        match self {
            Self::Recorded(at) | Self::Others(at) => Some(*at),
            Self::Corrected(said) => said.stands_for,
            Self::Early => Some(skew::BEGINNING_MS),
        }
    }

    /// Says that it may be wrong, and what it shows.
    pub fn said(now_ms: i64) -> Said {
        let now = format!("{} {}", local::day(now_ms), local::clock(now_ms));
        t("本机的时间可能不对 (现在 {now})", "this laptop's own clock may be wrong (now {now})").with("now", now)
    }
}

impl Keeper {
    /// See [`House::clock_doubt`].
    pub fn clock_doubt(&self) -> Option<ClockDoubt> {
        self.house.clock_doubt(&self.device, self.clock.now().wall_ms, &BTreeMap::new())
    }
}

impl House {
    /// Gives what this laptop's clock does not go with: what somebody said of it, else what was recorded here, else how far most
    /// other laptops have come, by what was merged and by files that are looked at. None once somebody said that the clock is right,
    /// which nobody can say of one that is before the program existed.
    pub fn clock_doubt(&self, device: &Device, now_ms: i64, files: &BTreeMap<u64, i64>) -> Option<ClockDoubt> {
        let corrected = self.corrected(device, now_ms).map(ClockDoubt::Corrected);
        let early = (now_ms < skew::BEGINNING_MS).then_some(ClockDoubt::Early);
        let recorded = || self.recorded(device, now_ms).map(ClockDoubt::Recorded);
        corrected.or(early).or_else(recorded).or_else(|| self.outvoted(device, now_ms, files).map(ClockDoubt::Others))
    }

    /// Gives a moment that most other laptops have come to and this one has not.
    fn outvoted(&self, device: &Device, now_ms: i64, files: &BTreeMap<u64, i64>) -> Option<i64> {
        if device.clock_right_said != 0 && (0..SAID_MS).contains(&now_ms.saturating_sub(device.clock_right_said)) {
            return None;
        }
        let mut others = self.shelf(|shelf, _| shelf.last_moments());
        for (laptop, at) in files {
            let known = others.entry(*laptop).or_insert(*at);
            *known = (*known).max(*at);
        }
        others.remove(&device.laptop);
        skew::outvoted(others.into_values(), now_ms)
    }

    /// Gives the correction of this laptop's clock that nobody here has answered.
    fn corrected(&self, device: &Device, now: i64) -> Option<OwnCorrection> {
        let laptop = device.laptop;
        self.shelf(|shelf, view| {
            let rightings = shelf.clocks().of(laptop)?;
            let record = view.record(Clocks::entity(laptop)).ok().flatten()?;
            let said = &record.register(CLOCK)?.shown()?.operation;
            // Who said it here knows of it.
            let is_own = shelf.writer(said.name.writer).is_some_and(|writer| writer.laptop == laptop);
            if is_own || said.name.to_string() == device.correction_seen {
                return None;
            }
            Some(OwnCorrection {
                by: clean::line(&said.actor),
                laptop: disputes::laptop(said.name.writer, shelf),
                righting: *rightings.iter().next_back()?,
                stands_for: Some(rightings.right(now)).filter(|right| *right != now),
            })
        })
    }

    /// Gives a moment under which this laptop recorded something and which its clock now does not go with: either may be the
    /// wrong one. It is the latest of all where that is still to come by the clock, else the one after which nothing was
    /// recorded for half a year.
    ///
    /// What is recorded after such a leap does not make it any more likely: the question stays until it is answered.
    fn recorded(&self, device: &Device, now: i64) -> Option<i64> {
        let laptop = device.laptop;
        // Each run of the program is a writer of its own; before the first of them the campaign began.
        let mut read = self.shelf(|shelf, _| {
            let own = shelf.writers().into_iter().filter(|(_, writer)| writer.laptop == laptop);
            let read = own.filter_map(|(writer, _)| shelf.latest_by(writer)).chain([device.began_at]);
            read.filter(|at| *at != 0).map(|at| (shelf.clocks().right(laptop, at), at)).collect::<Vec<_>>()
        });
        read.sort_unstable();
        let is_open = |(_, at): &(i64, i64)| *at > device.clock_right_after;
        let latest = read.last().copied().filter(|(right, _)| right - now > CLOCK_SLACK_MS);
        if let Some(latest) = latest {
            return Some(latest).filter(is_open).map(|(_, at)| at);
        }
        let next = read.iter().skip(1).map(|(right, _)| *right).chain([now]);
        let leap = read.iter().zip(next).filter(|((right, _), next)| next - right > PAUSE_MS);
        leap.map(|(before, _)| *before).filter(is_open).last().map(|(_, at)| at)
    }
}

impl Device {
    /// Notes that somebody here knows of a correction of this laptop's clock.
    pub(in crate::app) fn see_correction(&mut self, record: Option<&Record>) {
        let said = record.and_then(|record| record.register(CLOCK)).and_then(Register::shown);
        self.correction_seen = said.map(|said| said.operation.name.to_string()).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::{ClockDoubt, OwnCorrection};
    use crate::app::Request;
    use crate::app::exchange::some_laptops::Laptop;
    use crate::domain::local;
    use crate::text::Lang;

    fn told(laptop: &Laptop) -> Option<OwnCorrection> {
        match laptop.keeper.clock_doubt() {
            Some(ClockDoubt::Corrected(said)) => Some(said),
            _ => None,
        }
    }

    // Set up at 1970 it went with all that was recorded there, and nothing was asked.
    #[test]
    fn a_clock_before_the_program_existed_is_asked_about_whatever_is_said_of_it() {
        let mut one = Laptop::new(1, "一组", "陈明");
        one.year = 1970;
        one.add("张守富", "12号");
        assert_eq!(one.keeper.clock_doubt(), Some(ClockDoubt::Early));
        let refused = one.keeper.run(&Request::new("device.clock_right")).unwrap_err();
        assert_eq!(refused.kind, "own-clock");
        assert_eq!(one.keeper.clock_doubt(), Some(ClockDoubt::Early));
    }

    // The header asked 时间对吗? about what had just been said there.
    #[test]
    fn what_a_laptop_says_of_its_own_clock_it_is_not_told() {
        let mut one = Laptop::new(1, "一组", "陈明");
        one.add("张守富", "12号");
        let correct = Request::new("clock.correct").with("laptop", format!("{:016x}", 1));
        one.ask(correct.with("ahead_minutes", 180));
        assert_eq!(one.keeper.clock_doubt(), None);
    }

    // It came with a merge, every time of that laptop was shown otherwise, and nobody there was told.
    #[test]
    fn who_was_corrected_elsewhere_is_told_what_and_by_whom_until_somebody_says_that_the_clock_is_right() {
        let (mut one, mut two) = (Laptop::new(1, "一组", "陈明"), Laptop::new(2, "二组", "张文彬"));
        one.add("张守富", "12号");
        two.merge(&one.export("1.zfb"));
        let ahead = |minutes: i64| {
            let correct = Request::new("clock.correct").with("laptop", format!("{:016x}", 1));
            correct.with("ahead_minutes", minutes)
        };
        two.ask(ahead(180));
        assert!(two.keeper.clock_doubt().is_none(), "it is another one's clock");
        one.merge(&two.export("2.zfb"));
        let said = told(&one).unwrap();
        assert_eq!((said.by.as_str(), said.laptop.as_str()), ("张文彬", "二组"));
        assert!(said.righting.said().say(Lang::Zh).starts_with("快 3 小时"), "{said:?}");
        assert_eq!(said.stands_for.map(local::clock).as_deref(), Some("05:01"), "the reading now is one of them");
        // The clock itself is not followed up: what is recorded is written under what it shows.
        one.ask(Request::new("device.clock_right"));
        assert_eq!(one.keeper.clock_doubt(), None);
        // Another word about it is told again; taken back there is nothing to tell.
        two.ask(ahead(-240));
        one.merge(&two.export("3.zfb"));
        let said = told(&one).unwrap();
        assert!(said.righting.said().say(Lang::Zh).starts_with("慢 4 小时"), "{said:?}");
        two.ask(Request::new("clock.forget").with("laptop", format!("{:016x}", 1)));
        one.merge(&two.export("4.zfb"));
        assert_eq!(one.keeper.clock_doubt(), None);
    }
}
