//! Awaited: the appointments 预约 that nobody went to yet, and which of them is told (plan 二(二)3(1): 实行预约走访).

use chrono::NaiveTime;

use super::standing::Attempt;
use crate::domain::{Name, Record, local};

/// People come late: for one hour behind its time an appointment is no missed one.
const LATE_MS: i64 = 3_600_000;

/// An appointment that nobody went to yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Awaited {
    /// When somebody is to come, milliseconds since 1970 UTC.
    pub at: i64,
    /// Which appointment it is.
    pub name: Name,
    /// It was made on another laptop.
    pub elsewhere: bool,
    /// Whose laptop that is, in a word; empty where it is this one.
    pub whose: String,
    /// From when on somebody went to it, milliseconds since 1970 UTC: the clock of the laptop that says so may run ahead of this
    /// one's, and until then nobody did. None where nobody says so.
    pub answered: Option<i64>,
}

impl Awaited {
    /// Tells whether somebody may still come at its time.
    pub const fn is_ahead(&self, now_ms: i64) -> bool {
        now_ms <= self.at.saturating_add(LATE_MS)
    }

    /// Tells whether nobody went to it yet.
    pub(super) fn is_open(&self, now_ms: i64) -> bool {
        self.answered.is_none_or(|from| now_ms < from)
    }
}

/// Gives the appointment that is told: the next one that lies ahead, else the last one that was missed. Of two at one moment that
/// of this laptop is told.
pub(super) fn told<'a>(all: impl Iterator<Item = &'a Awaited>, now_ms: i64) -> Option<&'a Awaited> {
    all.filter(|one| one.is_open(now_ms)).min_by_key(|one| {
        let is_missed = !one.is_ahead(now_ms);
        (is_missed, if is_missed { one.at.saturating_neg() } else { one.at }, one.elsewhere, one.name)
    })
}

/// What was agreed on: when somebody is to come, and which operation said so last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) struct Agreed {
    pub at: i64,
    pub said: Name,
}

impl Agreed {
    /// Reads it from an appointment that is still to come about.
    pub fn of(record: &Record) -> Option<Self> {
        if record.is_retracted() || record.value("outcome").is_some() {
            return None;
        }
        let ((_, said), at) = record.said("at")?;
        at.as_at().map(|at| Self { at, said })
    }
}

impl Attempt {
    /// Tells whether who made the visit went to an appointment that had been agreed on before it: there at its time or since,
    /// whatever came of it; or earlier the same day, in a visit that counts and was no call.
    pub(super) fn answers(&self, at: i64) -> bool {
        let until = self.started.saturating_add(self.counted_ms);
        let came_early = || self.counts() && !self.by_phone && local::days_between(self.started, at) == 0;
        self.has_ended() && (at <= until || came_early())
    }

    /// Gives from when on it answers an appointment: from the beginning of the appointment's own day where it was there on that day,
    /// as clocks differ by minutes and hours; else from its own beginning, as nobody went anywhere in a time to come.
    pub(super) fn answers_from(&self, at: i64) -> Option<i64> {
        let is_same_day = || local::days_between(self.started, at) == 0;
        let from = || if is_same_day() { local::at(local::day(at), NaiveTime::MIN) } else { self.started };
        self.answers(at).then(from)
    }
}

#[cfg(test)]
mod tests {
    use super::{Attempt, Awaited, LATE_MS, told};
    use crate::domain::{Counting, Name, Visit};

    const MINUTE: i64 = 60_000;
    const HOUR: i64 = 60 * MINUTE;
    const DAY: i64 = 24 * HOUR;

    // One of two weeks ago that nobody went to stood in the list, and today's did not.
    #[test]
    fn the_next_appointment_that_lies_ahead_is_told_and_a_missed_one_where_there_is_none() {
        let of = |(seq, at, elsewhere)| Awaited {
            at,
            name: Name::new(7, seq),
            elsewhere,
            whose: String::new(),
            answered: None,
        };
        let told = |all: &[(u32, i64, bool)], now_ms| {
            let mut all: Vec<Awaited> = all.iter().copied().map(of).collect();
            let one = told(all.iter(), now_ms).map(|one| one.name.seq);
            all.reverse();
            assert_eq!(told(all.iter(), now_ms).map(|one| one.name.seq), one, "in whatever order");
            one
        };
        let all = [(1, DAY, false), (2, 9 * DAY, false), (3, 12 * DAY, false)];
        assert_eq!(told(&all, 0), Some(1));
        assert_eq!(told(&all, DAY + LATE_MS), Some(1), "who is late is still awaited");
        assert_eq!(told(&all, DAY + LATE_MS + 1), Some(2));
        assert_eq!(told(&all, 20 * DAY), Some(3), "missed all of them: the last");
        assert_eq!(told(&[(1, DAY, true), (2, DAY, false)], 0), Some(2), "one's own of two at one moment");
        assert_eq!(told(&[], 0), None);
    }

    // Behind a visit that began before the time that had been agreed on for that day stood that time.
    #[test]
    fn a_visit_answers_an_appointment_that_it_was_there_for_and_one_of_the_day_where_it_counts() {
        let visit = |kind: &str, outcome: &str, minutes| Visit {
            name: Name::new(7, 1),
            household: None,
            kind: kind.into(),
            purpose: "first".into(),
            visitors: vec![],
            // 08:00 as one day begins at 16:00 UTC.
            started: 10 * DAY,
            entered_later: false,
            ended: None,
            proven_ms: minutes * MINUTE,
            declared_ms: 0,
            outcome: outcome.into(),
            left: false,
            short_why: String::new(),
            satisfaction: String::new(),
            told: vec![],
            gave: vec![],
            next: String::new(),
        };
        let answers = |kind: &str, outcome: &str, minutes, after_ms| {
            Attempt::of(&visit(kind, outcome, minutes), Counting::default()).answers(10 * DAY + after_ms)
        };
        for outcome in ["done", "absent", "later"] {
            assert!(answers("home", outcome, 4, -3 * DAY) && answers("home", outcome, 4, 4 * MINUTE), "{outcome}");
            assert!(!answers("home", outcome, 4, 5 * MINUTE), "{outcome}: too early, and it does not count");
        }
        for outcome in ["", "discarded"] {
            assert!(!answers("home", outcome, 16, -HOUR), "{outcome}");
        }
        assert!(answers("home", "done", 16, 2 * HOUR) && answers("talk", "done", 16, 11 * HOUR));
        assert!(!answers("home", "done", 14, 2 * HOUR), "too short to count");
        assert!(!answers("phone", "done", 16, 2 * HOUR), "a call of the day is about something else");
        assert!(answers("phone", "done", 1, -HOUR), "and who phones at the time that was agreed on keeps it");
        assert!(!answers("home", "done", 16, 17 * HOUR), "another day");
        let from = |outcome: &str, after_ms| {
            let attempt = Attempt::of(&visit("home", outcome, 16), Counting::default());
            attempt.answers_from(10 * DAY + after_ms).map(|from| (from - 10 * DAY) / HOUR)
        };
        assert_eq!(
            (from("done", -2 * HOUR), from("done", 3 * HOUR)),
            (Some(-8), Some(-8)),
            "from the day's beginning on"
        );
        assert_eq!((from("done", -3 * DAY), from("done", 3 * DAY), from("", 0)), (Some(0), None, None));
    }
}
