//! 时间对吗?: what this laptop's own clock does not go with: what was recorded here, or what somebody said of it elsewhere.
//!
//! A correction that comes with a merge is told and asked about, and the clock itself is never followed up by it: it was said of
//! readings of a time that is over, and nobody here knows whether the clock was set right since. So 今天 and 昨天 go by the clock
//! as it stands, every date is shown in full before it is recorded, and whoever sits here is asked to set the clock.

use std::collections::BTreeMap;

use crate::domain::{CLOCK, Clocks, Record, Register, Righting, Value, local, skew};
use crate::hanzi::clean;

use crate::app::{Device, House, Keeper, Shelf, disputes};
use crate::text::{Said, t};
use crate::view::View;

/// A clock that is set back by so much is nobody's mistake: ten minutes.
const CLOCK_SLACK_MS: i64 = 10 * 60_000;
/// A laptop that recorded nothing for longer than this lay through more than a winter, or its clock went ahead: half a year.
/// A campaign lasts weeks or a season, and a clock that somebody set wrong is mostly wrong by years.
const PAUSE_MS: i64 = 180 * 86_400_000;

/// Others that have come further say nothing for so long after somebody said that the clock here is right: thirty days.
const SAID_MS: i64 = 30 * 86_400_000;
/// Others whose clocks are right are ahead by about as much as when that was said; by a day more it is another doubt.
const FURTHER_MS: i64 = 86_400_000;

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
        self.shelf(|shelf, view| clock_doubt(shelf, view, device, now_ms, files))
    }
}

/// See [`House::clock_doubt`].
pub(in crate::app) fn clock_doubt(
    shelf: &Shelf,
    view: &dyn View,
    device: &Device,
    now_ms: i64,
    files: &BTreeMap<u64, i64>,
) -> Option<ClockDoubt> {
    let corrected = corrected(shelf, view, device, now_ms).map(ClockDoubt::Corrected);
    let early = (now_ms < skew::BEGINNING_MS).then_some(ClockDoubt::Early);
    let recorded = || recorded(shelf, device, now_ms).map(ClockDoubt::Recorded);
    let others = || others(shelf, device, now_ms, files).map(ClockDoubt::Others);
    corrected.or(early).or_else(recorded).or_else(others)
}

/// Gives a moment that most other laptops have come to and this one has not. Nothing for a month after somebody said that the clock
/// here is right, unless they are ahead by more than they were then.
pub(in crate::app) fn others(shelf: &Shelf, device: &Device, now_ms: i64, files: &BTreeMap<u64, i64>) -> Option<i64> {
    let mut others = shelf.last_moments();
    for (laptop, at) in files {
        let known = others.entry(*laptop).or_insert(*at);
        *known = (*known).max(*at);
    }
    others.remove(&device.laptop);
    let is_said =
        device.clock_right_said != 0 && (0..SAID_MS).contains(&now_ms.saturating_sub(device.clock_right_said));
    let ahead = device.clock_right_others.saturating_sub(device.clock_right_said).saturating_add(FURTHER_MS);
    skew::outvoted(others.into_values(), now_ms).filter(|at| !is_said || at.saturating_sub(now_ms) > ahead)
}

/// Gives the correction of this laptop's clock that nobody here has answered.
pub(in crate::app) fn corrected(shelf: &Shelf, view: &dyn View, device: &Device, now: i64) -> Option<OwnCorrection> {
    let laptop = device.laptop;
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
}

/// Gives a moment under which this laptop recorded something and which its clock now does not go with: either may be the
/// wrong one. It is the latest of all where that is still to come by the clock, else the one after which nothing was
/// recorded for half a year.
///
/// What is recorded after such a leap does not make it any more likely: the question stays until it is answered.
pub(in crate::app) fn recorded(shelf: &Shelf, device: &Device, now: i64) -> Option<i64> {
    let laptop = device.laptop;
    // Each run of the program is a writer of its own; before the first of them the campaign began.
    let read = shelf.runs_of(laptop).filter_map(|writer| shelf.latest_by(writer)).chain([device.began_at]);
    let right = |at: i64| (shelf.clocks().right(laptop, at), at);
    let mut read: Vec<(i64, i64)> = read.filter(|at| *at != 0).map(right).collect();
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

impl Device {
    /// Notes that somebody here knows of a correction of this laptop's clock.
    pub(in crate::app) fn see_correction(&mut self, record: Option<&Record>) {
        let said = record.and_then(|record| record.register(CLOCK)).and_then(Register::shown);
        self.correction_seen = said.map(|said| said.operation.name.to_string()).unwrap_or_default();
    }

    /// Tells whether somebody said here that the clock of this laptop is right.
    pub const fn says_clock_right(&self) -> bool {
        self.clock_right_after != 0 || self.clock_right_said != 0
    }

    /// Gives what is said of this laptop's clock here alone.
    pub(in crate::app) fn said_of_clock(&self) -> Value {
        let moments = [self.clock_right_after, self.clock_right_said, self.clock_right_others];
        Value::words(moments.map(|at| at.to_string()).into_iter().chain([self.correction_seen.clone()]))
    }

    /// Says of this laptop's clock what was said before.
    pub(in crate::app) fn say_of_clock(&mut self, before: Option<&Value>) {
        let Some(Value::Words(words)) = before else { return };
        let [after, said, others, correction] = words.as_slice() else { return };
        let moment = |word: &str| word.parse().unwrap_or_default();
        self.clock_right_after = moment(after);
        (self.clock_right_said, self.clock_right_others) = (moment(said), moment(others));
        self.correction_seen = correction.to_string();
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

    // It was muted for thirty days by a word that somebody said the evening before, where nothing was doubted.
    #[test]
    fn that_a_clock_is_right_where_nothing_is_doubted_silences_no_later_doubt() {
        let mut one = Laptop::new(1, "一组", "陈明");
        one.add("张守富", "12号");
        let right =
            |one: &mut Laptop| one.keeper.run(&Request::new("device.clock_right")).unwrap().more["noted"].clone();
        assert_eq!(right(&mut one), false);
        // Its cell goes flat, and it wakes up a year ago.
        one.year -= 1;
        one.add("李桂英", "13号");
        assert!(matches!(one.keeper.clock_doubt(), Some(ClockDoubt::Recorded(_))), "{:?}", one.keeper.clock_doubt());
        assert_eq!((right(&mut one), one.keeper.clock_doubt()), (true.into(), None));
        assert_eq!(right(&mut one), false);
        one.ask(Request::new("undo"));
        assert!(matches!(one.keeper.clock_doubt(), Some(ClockDoubt::Recorded(_))), "{:?}", one.keeper.clock_doubt());
    }

    #[test]
    fn others_that_are_further_ahead_than_when_it_was_said_make_another_doubt() {
        let mut early = Laptop::new(1, "一组", "陈明");
        early.add("张守富", "12号");
        for number in [2, 3] {
            let mut other = Laptop::new(number, "二组", "张文彬");
            other.year += 1;
            other.add("李秋生", "3号");
            early.merge(&other.export("2.zfb"));
        }
        assert!(matches!(early.keeper.clock_doubt(), Some(ClockDoubt::Others(_))), "{:?}", early.keeper.clock_doubt());
        early.ask(Request::new("device.clock_right"));
        assert_eq!(early.keeper.clock_doubt(), None);
        for number in [4, 5] {
            let mut other = Laptop::new(number, "四组", "杜颖");
            other.year += 3;
            other.add("李桂英", "4号");
            early.merge(&other.export("4.zfb"));
        }
        assert_eq!(early.keeper.clock_doubt(), None, "two against two");
        let mut other = Laptop::new(6, "六组", "赵建国");
        other.year += 3;
        other.add("张守信", "5号");
        early.merge(&other.export("6.zfb"));
        assert!(matches!(early.keeper.clock_doubt(), Some(ClockDoubt::Others(_))), "{:?}", early.keeper.clock_doubt());
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
        two.ask(ahead(-240).with("until", "2021-05-18T09:00:00+08:00"));
        one.merge(&two.export("3.zfb"));
        let said = told(&one).unwrap();
        assert!(said.righting.said().say(Lang::Zh).starts_with("慢 4 小时"), "{said:?}");
        two.ask(Request::new("clock.forget").with("laptop", format!("{:016x}", 1)));
        one.merge(&two.export("4.zfb"));
        assert_eq!(one.keeper.clock_doubt(), None);
    }
}
