//! The visit timer: minutes that are proven by ticks of boot time, and gaps that are not.
//!
//! While a visit runs the program ticks it about once a second. Boot time between two ticks counts when it is at most
//! 30 seconds; a longer gap means that the laptop slept, was shut, or the program was stopped: it is kept as a gap,
//! shown, and counts only as far as the visitor declares it 自述, with a reason, and then stays marked. The wall clock
//! never counts: it may be set forward, backward or to 1970 while people talk. (plan 二(二)3(1): 每户访问时间不少于15分钟)

use crate::text::{Said, t};

/// Both clocks at one moment; see the program's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Moment {
    /// Wall clock, milliseconds since 1970 UTC; only for showing.
    pub wall_ms: i64,
    /// Boot time in milliseconds; counts sleep, starts anew at a reboot.
    pub boot_ms: u64,
}

/// The longest stretch between two ticks that is proven: 30 seconds.
pub const PROVEN_STEP_MS: u64 = 30_000;

/// A gap shorter than this is not worth telling: a second.
const WORTH_TELLING_MS: u64 = 1_000;
/// The most that can be declared of a gap whose length is not known: a day, in milliseconds.
const LONGEST_DECLARED_MS: u64 = 86_400_000;

/// Counts one visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timer {
    began: Moment,
    last: Moment,
    proven_ms: u64,
    paused: bool,
    gaps: Vec<Gap>,
}

/// A stretch that nothing proves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// Wall clock before it, for showing.
    pub from_ms: i64,
    /// Its length by boot time; none when the laptop was started anew in between.
    pub length_ms: Option<u64>,
    /// Why it came about.
    pub cause: Cause,
    /// What the visitor declared: milliseconds and the reason. None of it may have been spent in the visit; the reason says why.
    pub declared: Option<(u64, String)>,
}

/// Why a gap came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The laptop slept or was shut, or the program stood still.
    Slept,
    /// The program ended and was started again.
    Ended,
    /// The laptop was started anew.
    Rebooted,
    /// The visit had been ended, and its end was taken back.
    Reopened,
}

impl Timer {
    /// Starts counting.
    pub fn start(now: Moment) -> Self {
        Self { began: now, last: now, proven_ms: 0, paused: false, gaps: Vec::new() }
    }

    /// Counts up to now; gives the gap that was found.
    pub fn tick(&mut self, now: Moment) -> Option<Gap> {
        let mut gap = None;
        if !self.paused {
            match now.boot_ms.checked_sub(self.last.boot_ms) {
                Some(step) if step <= PROVEN_STEP_MS => self.proven_ms += step,
                Some(step) => gap = Some(self.gap(Some(step), Cause::Slept)),
                None => gap = Some(self.gap(None, Cause::Rebooted)),
            }
        }
        self.last = now;
        gap
    }

    /// Takes the timer up again, in a program started anew or after its end was taken back. Nobody who did not count proves
    /// anything, so the time since the last tick does not count; from a second on it is a gap, with the cause that is given.
    pub fn take_up(&mut self, now: Moment, cause: Cause) -> Option<Gap> {
        let length = now.boot_ms.checked_sub(self.last.boot_ms);
        let gap = match length {
            Some(short) if short < WORTH_TELLING_MS => None,
            Some(_) => Some(self.gap(length, cause)),
            None => Some(self.gap(None, Cause::Rebooted)),
        };
        self.last = now;
        gap
    }

    fn gap(&mut self, length_ms: Option<u64>, cause: Cause) -> Gap {
        let gap = Gap { from_ms: self.last.wall_ms, length_ms, cause, declared: None };
        self.gaps.push(gap.clone());
        gap
    }

    /// Counts up to now, then stops counting until [`Timer::resume`]; a pause is no gap.
    pub fn pause(&mut self, now: Moment) {
        self.tick(now);
        self.paused = true;
    }

    /// Counts on after a pause; without one it changes nothing.
    pub fn resume(&mut self, now: Moment) {
        if !self.paused {
            return;
        }
        self.last = now;
        self.paused = false;
    }

    /// Declares that a gap, or part of it, was spent in the visit. No more than its length where that is known; no time and no reason
    /// take what was declared back.
    pub fn declare(&mut self, gap: usize, milliseconds: u64, why: &str) {
        if let Some(gap) = self.gaps.get_mut(gap) {
            let most = gap.length_ms.unwrap_or(LONGEST_DECLARED_MS);
            gap.declared = told(milliseconds.min(most), why);
        }
    }

    /// Gives the proven milliseconds.
    pub fn proven_ms(&self) -> u64 {
        self.proven_ms
    }

    /// Gives the declared milliseconds.
    pub fn declared_ms(&self) -> u64 {
        self.gaps.iter().filter_map(|gap| gap.declared.as_ref()).map(|(ms, _)| *ms).sum()
    }

    /// Gives proven and declared milliseconds together.
    pub fn counted_ms(&self) -> u64 {
        self.proven_ms.saturating_add(self.declared_ms())
    }

    /// Gives the reasons of the time declared, in order.
    pub fn declared_why(&self) -> Vec<&str> {
        self.why(|ms| ms > 0)
    }

    /// Gives why gaps are not counted, in order, where somebody said so.
    pub fn gap_why(&self) -> Vec<&str> {
        self.why(|ms| ms == 0)
    }

    fn why(&self, wanted: impl Fn(u64) -> bool) -> Vec<&str> {
        let declared = self.gaps.iter().filter_map(|gap| gap.declared.as_ref());
        declared.filter(|(ms, _)| wanted(*ms)).map(|(_, why)| why.as_str()).collect()
    }

    /// Gives the gaps in order.
    pub fn gaps(&self) -> &[Gap] {
        &self.gaps
    }

    /// Tells whether it is paused.
    pub fn is_paused(&self) -> bool {
        self.paused
    }

    /// Gives when it began.
    pub fn began(&self) -> Moment {
        self.began
    }

    /// Gives the last moment that was counted.
    pub fn last(&self) -> Moment {
        self.last
    }

    /// Writes everything needed to take it up again as one line of text.
    pub fn heartbeat(&self) -> String {
        let head = [
            self.began.wall_ms.to_string(),
            self.began.boot_ms.to_string(),
            self.last.wall_ms.to_string(),
            self.last.boot_ms.to_string(),
            self.proven_ms.to_string(),
            u8::from(self.paused).to_string(),
        ];
        let gaps = self.gaps.iter().map(|gap| {
            let length = gap.length_ms.map_or_else(|| "-".to_owned(), |ms| ms.to_string());
            let cause = match gap.cause {
                Cause::Slept => "s",
                Cause::Ended => "e",
                Cause::Rebooted => "r",
                Cause::Reopened => "o",
            };
            let (declared, why) = gap.declared.clone().unwrap_or_default();
            format!("{}\t{length}\t{cause}\t{declared}\t{}", gap.from_ms, why.replace(['\t', '\n'], " "))
        });
        [head.join("\t")].into_iter().chain(gaps).collect::<Vec<_>>().join("\n")
    }

    /// Reads a heartbeat back; nothing when it is not one.
    pub fn from_heartbeat(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let mut head = lines.next()?.split('\t');
        let mut next = || head.next();
        let began = Moment { wall_ms: next()?.parse().ok()?, boot_ms: next()?.parse().ok()? };
        let last = Moment { wall_ms: next()?.parse().ok()?, boot_ms: next()?.parse().ok()? };
        let proven_ms = next()?.parse().ok()?;
        let paused = next()? == "1";
        let gaps = lines.map(read_gap).collect::<Option<Vec<_>>>()?;
        Some(Self { began, last, proven_ms, paused, gaps })
    }
}

fn read_gap(line: &str) -> Option<Gap> {
    let mut parts = line.splitn(5, '\t');
    let from_ms = parts.next()?.parse().ok()?;
    let length_ms = match parts.next()? {
        "-" => None,
        length => Some(length.parse().ok()?),
    };
    let cause = match parts.next()? {
        "s" => Cause::Slept,
        "e" => Cause::Ended,
        "r" => Cause::Rebooted,
        "o" => Cause::Reopened,
        _ => return None,
    };
    let declared: u64 = parts.next()?.parse().ok()?;
    Some(Gap { from_ms, length_ms, cause, declared: told(declared, parts.next()?) })
}

fn told(milliseconds: u64, why: &str) -> Option<(u64, String)> {
    (milliseconds > 0 || !why.is_empty()).then(|| (milliseconds, why.to_owned()))
}

/// Writes milliseconds as minutes and seconds, `09:41`; a hundred minutes and more as they are, `125:00`.
pub fn minutes_seconds(milliseconds: u64) -> String {
    let seconds = milliseconds / 1000;
    format!("{:02}:{:02}", seconds / 60, seconds % 60)
}

/// Says how long a gap was, in milliseconds: `09:41`, and from an hour on 17小时46分, as 1066:01 reads like hours.
pub fn lasting(milliseconds: u64) -> Said {
    let minutes = milliseconds / 60_000;
    let words = match (minutes / 60, minutes % 60) {
        (0, _) => return t("{time}", "{time}").with("time", minutes_seconds(milliseconds)),
        (_, 0) => t("{h}小时", "{h} h"),
        _ => t("{h}小时{m}分", "{h} h {m} min"),
    };
    words.with("h", minutes / 60).with("m", minutes % 60)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::text::Lang;

    use super::*;

    fn at(wall_ms: i64, boot_ms: u64) -> Moment {
        Moment { wall_ms, boot_ms }
    }

    // Nothing was counted since: 1066:01.
    #[test]
    fn a_gap_of_hours_is_said_in_hours() {
        let said = |minutes: u64| lasting(minutes * 60_000 + 1_000);
        for (minutes, zh, en) in [
            (9, "09:01", "09:01"),
            (59, "59:01", "59:01"),
            (60, "1小时", "1 h"),
            (61, "1小时1分", "1 h 1 min"),
            (1_066, "17小时46分", "17 h 46 min"),
            (6_000, "100小时", "100 h"),
        ] {
            assert_eq!((said(minutes).say(Lang::Zh), said(minutes).say(Lang::En)), (zh.to_owned(), en.to_owned()));
        }
    }

    #[test]
    fn the_wall_clock_never_counts() {
        let mut timer = Timer::start(at(1_621_338_120_000, 0));
        timer.tick(at(0, 1000));
        timer.tick(at(i64::MAX, 2000));
        timer.tick(at(-5, 3000));
        assert_eq!((timer.proven_ms(), timer.gaps().len()), (3000, 0));
    }

    #[test]
    fn sleep_is_a_gap_that_counts_only_when_declared_and_no_more_than_its_length() {
        let mut timer = Timer::start(at(0, 0));
        let gap = timer.tick(at(600_000, 600_000));
        assert_eq!(gap.map(|gap| (gap.length_ms, gap.cause)), Some((Some(600_000), Cause::Slept)));
        assert_eq!(timer.counted_ms(), 0);
        timer.declare(0, 3_600_000, "盖上电脑说话");
        assert_eq!((timer.declared_ms(), timer.proven_ms()), (600_000, 0));
        assert_eq!(timer.declared_why(), ["盖上电脑说话"]);
    }

    // Why a gap was not counted became the reason of the minutes that were.
    #[test]
    fn why_a_gap_is_not_counted_is_no_reason_of_what_was_declared() {
        let mut timer = Timer::start(at(0, 0));
        timer.tick(at(600_000, 600_000));
        timer.tick(at(1_200_000, 1_200_000));
        timer.declare(0, 600_000, "盖上电脑说话");
        timer.declare(1, 0, "去接孩子");
        assert_eq!((timer.declared_why(), timer.gap_why()), (vec!["盖上电脑说话"], vec!["去接孩子"]));
    }

    #[test]
    fn thirty_seconds_are_proven_and_a_millisecond_more_is_not() {
        let mut timer = Timer::start(at(0, 0));
        timer.tick(at(0, 30_000));
        timer.tick(at(0, 60_001));
        assert_eq!((timer.proven_ms(), timer.gaps().len()), (30_000, 1));
    }

    #[test]
    fn a_pause_is_neither_counted_nor_a_gap() {
        let mut timer = Timer::start(at(0, 0));
        timer.pause(at(0, 5_000));
        timer.tick(at(0, 500_000));
        timer.resume(at(0, 900_000));
        timer.tick(at(0, 901_000));
        assert_eq!((timer.proven_ms(), timer.gaps().len()), (6_000, 0));
    }

    #[test]
    fn a_program_that_was_not_there_proves_nothing() {
        let mut timer = Timer::start(at(0, 0));
        timer.tick(at(0, 10_000));
        let mut again = Timer::from_heartbeat(&timer.heartbeat()).unwrap();
        assert_eq!(again, timer);
        assert!(again.take_up(at(0, 10_400), Cause::Ended).is_none(), "not worth telling, and not counted");
        assert_eq!(again.take_up(at(0, 15_000), Cause::Ended).map(|gap| gap.cause), Some(Cause::Ended));
        assert_eq!(again.proven_ms(), 10_000);
        let rebooted = again.take_up(at(0, 3), Cause::Ended).unwrap();
        assert_eq!((rebooted.cause, rebooted.length_ms), (Cause::Rebooted, None));
        again.declare(1, 120_000, "电池没电");
        assert_eq!(Timer::from_heartbeat(&again.heartbeat()), Some(again));
    }

    proptest! {
        #[test]
        fn proven_time_is_never_more_than_boot_time_and_walls_change_nothing(
            steps in prop::collection::vec((0u64..90_000, any::<i32>(), 0u8..6), 0..60),
        ) {
            let mut timer = Timer::start(at(0, 1));
            let mut straight = Timer::start(at(0, 1));
            let mut boot = 1;
            for (step, wall, act) in steps {
                boot += step;
                let jumped = at(i64::from(wall), boot);
                match act {
                    0 => { timer.pause(jumped); straight.pause(at(0, boot)); }
                    1 => { timer.resume(jumped); straight.resume(at(0, boot)); }
                    2 => { timer.take_up(jumped, Cause::Ended); straight.take_up(at(0, boot), Cause::Ended); }
                    _ => { timer.tick(jumped); straight.tick(at(0, boot)); }
                }
                prop_assert!(timer.proven_ms() < boot);
                prop_assert_eq!(timer.proven_ms(), straight.proven_ms());
                prop_assert_eq!(Timer::from_heartbeat(&timer.heartbeat()), Some(timer.clone()));
            }
        }

        #[test]
        fn any_text_is_read_as_a_heartbeat_or_refused(text in ".{0,80}") {
            let _ = Timer::from_heartbeat(&text);
        }
    }

    #[test]
    fn minutes_are_shown_as_people_read_them() {
        assert_eq!(minutes_seconds(581_900), "09:41");
        assert_eq!(minutes_seconds(7_500_000), "125:00");
    }
}
