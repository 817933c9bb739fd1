//! An evening talk 乡村夜话, or a talk in the field 田间: many households at once, each with a visit and a time of its own.
//!
//! One timer runs for the talk. A household's visit counts what was proven while it was there: from when it came to when it
//! left, without what it missed in between (plan 二(二)3(1): 每户访问时间不少于15分钟). A gap that the visitor declares counts
//! for those who were there when it began and when it was over.

use super::{Name, Record, Sort, Value, is_long_enough};

/// A talk 夜话场次.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Talk {
    /// Its name.
    pub name: Name,
    /// `talk` or `field`.
    pub kind: String,
    /// 村(居).
    pub village: String,
    /// Where in it: 文化广场.
    pub place: String,
    /// Who leads it.
    pub visitors: Vec<String>,
    /// When it began, milliseconds since 1970 UTC.
    pub started: i64,
    /// 补录: how long it was as somebody wrote down afterwards, in milliseconds; none where a timer counted it.
    pub lasted_ms: Option<i64>,
    /// When it ended; none while it runs.
    pub ended: Option<i64>,
    /// `done` or `discarded`; empty while it runs.
    pub outcome: String,
    /// Proven time in milliseconds.
    pub proven_ms: i64,
    /// Declared time 自述 in milliseconds.
    pub declared_ms: i64,
}

impl Talk {
    /// Reads a talk from its record; nothing when it is not one or was taken back.
    pub fn read(record: &Record) -> Option<Self> {
        if record.sort()? != Sort::Talk || record.is_retracted() {
            return None;
        }
        let text = |key| record.text(key).unwrap_or_default().to_owned();
        let number = |key| record.value(key).and_then(Value::as_number).unwrap_or(0);
        let on = record.first_fact("on").and_then(Value::as_at);
        Some(Self {
            name: record.entity(),
            kind: text("kind"),
            village: text("village"),
            place: text("place"),
            visitors: record
                .value("visitors")
                .map(|words| words.as_words().iter().map(ToString::to_string).collect())
                .unwrap_or_default(),
            started: on.unwrap_or(record.born()?.operation.wall_ms),
            lasted_ms: on.map(|_| record.first_fact("lasted_ms").and_then(Value::as_number).unwrap_or(0)),
            ended: record.value("ended").and_then(Value::as_at),
            outcome: text("outcome"),
            proven_ms: number("proven_ms"),
            declared_ms: number("declared_ms"),
        })
    }
}

impl Talk {
    /// Gives the end of a talk that was entered later: who was there all the time was there so long.
    pub fn whole(&self) -> Option<Mark> {
        self.lasted_ms.map(|proven_ms| Mark { proven_ms, gaps: 0 })
    }
}

/// A moment of a talk, by its own timer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mark {
    /// What was proven by then, in milliseconds.
    pub proven_ms: i64,
    /// How many gaps there had been.
    pub gaps: i64,
}

/// A household at a talk: its visit, and when it was there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presence {
    /// The visit.
    pub visit: Name,
    /// Whose.
    pub household: Name,
    /// Its number in the talk, from 1; it never changes.
    pub number: u16,
    /// When it came.
    pub came: Mark,
    /// When it left; none while it is there.
    pub left: Option<Mark>,
    /// What it missed before it came back, in milliseconds.
    pub missed_ms: i64,
    /// The gaps that it was away for, by their numbers from 0.
    pub missed_gaps: Vec<i64>,
}

impl Presence {
    /// Reads the presence from the record of a visit; nothing where the visit is not part of a talk, or was taken back.
    pub fn read(record: &Record) -> Option<Self> {
        let (Sort::Visit, birth) = record.birth()? else { return None };
        if record.is_retracted() {
            return None;
        }
        record.link("talk")?;
        let number = |key: &str| record.value(key).and_then(Value::as_number);
        let left = number("left_ms").map(|proven_ms| Mark { proven_ms, gaps: number("left_gaps").unwrap_or(0) });
        let first = |key: &str| birth.fact(key).and_then(Value::as_number).unwrap_or(0);
        Some(Self {
            visit: record.entity(),
            household: record.link("household")?,
            number: u16::try_from(first("number")).unwrap_or(0),
            came: Mark { proven_ms: first("came_ms"), gaps: first("came_gaps") },
            left,
            missed_ms: number("missed_ms").unwrap_or(0),
            missed_gaps: record.value("missed_gaps").map(gaps).unwrap_or_default(),
        })
    }

    /// Gives what a household that is there has counted by a moment: proven and declared milliseconds. `declared` are the
    /// declared milliseconds of each gap of the talk, in order.
    pub fn counted(&self, now: Mark, declared: &[i64]) -> (i64, i64) {
        let end = self.left.unwrap_or(now);
        let proven = (end.proven_ms - self.came.proven_ms - self.missed_ms).max(0);
        let is_there = |gap: &i64| (self.came.gaps..end.gaps).contains(gap) && !self.missed_gaps.contains(gap);
        let there = (0_i64..).zip(declared).filter(|(gap, _)| is_there(gap));
        (proven, there.map(|(_, ms)| ms).sum())
    }
}

/// How the households of a talk stand against the minimum: each by its own time, whatever the timer of the talk says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fullness {
    /// How many came, with those who left.
    pub came: usize,
    /// How many of them have counted the minimum.
    pub full: usize,
    /// What the one has counted that is full next, in milliseconds; none where everyone who is there is full.
    pub next_ms: Option<i64>,
    /// What the one has counted that is full last.
    pub last_ms: Option<i64>,
}

impl Fullness {
    /// Counts the households of a talk at a moment; `declared` as for [`Presence::counted`].
    pub fn of<'a>(
        present: impl IntoIterator<Item = &'a Presence>,
        now: Mark,
        declared: &[i64],
        minimum_minutes: i64,
    ) -> Self {
        let mut counted = Self::default();
        for presence in present {
            let (proven, declared) = presence.counted(now, declared);
            let ms = proven + declared;
            counted.came += 1;
            if is_long_enough(ms, minimum_minutes) {
                counted.full += 1;
            } else if presence.left.is_none() {
                // Who left early counts no more: nobody waits for it.
                counted.next_ms = Some(counted.next_ms.map_or(ms, |next| next.max(ms)));
                counted.last_ms = Some(counted.last_ms.map_or(ms, |last| last.min(ms)));
            }
        }
        counted
    }

    /// Tells whether everyone who is there has counted the minimum; where nobody came nobody has.
    pub fn is_full(&self) -> bool {
        self.full > 0 && self.next_ms.is_none()
    }
}

fn gaps(value: &Value) -> Vec<i64> {
    value.as_words().iter().filter_map(|word| word.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::{Fullness, Mark, Presence};
    use crate::domain::Name;

    fn presence(came: i64, left: Option<i64>) -> Presence {
        let name = Name::new(1, 1);
        let mark = |proven_ms| Mark { proven_ms, gaps: 0 };
        let left = left.map(mark);
        Presence { visit: name, household: name, number: 1, came: mark(came), left, missed_ms: 0, missed_gaps: vec![] }
    }

    // Plan 二(二)3(1): the fifteen minutes are each household's own.
    #[test]
    fn each_household_counts_the_time_that_it_was_there() {
        let now = Mark { proven_ms: 47 * 60_000, gaps: 0 };
        let minutes = |presence: &Presence| presence.counted(now, &[]).0 / 60_000;
        assert_eq!(minutes(&presence(0, None)), 47);
        assert_eq!(minutes(&presence(40 * 60_000, None)), 7, "who came late");
        assert_eq!(minutes(&presence(0, Some(10 * 60_000))), 10, "who left early");
        let back = Presence { missed_ms: 20 * 60_000, ..presence(0, None) };
        assert_eq!(minutes(&back), 27, "who went home for twenty minutes and came back");
    }

    // The bar said that fifteen minutes were full, and the end that none of 29 households had them.
    #[test]
    fn a_talk_is_full_when_each_household_that_is_there_has_counted_the_minimum() {
        let of = |present: &[Presence], minutes: i64| {
            Fullness::of(present, Mark { proven_ms: minutes * 60_000, gaps: 0 }, &[], 15)
        };
        assert!(!of(&[], 40).is_full(), "nobody came");
        let two = [presence(60_000, None), presence(5 * 60_000, None)];
        let none = of(&two, 15);
        assert_eq!((none.came, none.full, none.is_full()), (2, 0, false));
        assert_eq!((none.next_ms, none.last_ms), (Some(14 * 60_000), Some(10 * 60_000)));
        let one = of(&two, 16);
        assert_eq!((one.full, one.next_ms, one.is_full()), (1, Some(11 * 60_000), false));
        assert!(of(&two, 20).is_full());
        // Who went home early stays short, and the others are full all the same.
        let left = [presence(0, Some(3 * 60_000)), presence(0, None)];
        let all = of(&left, 15);
        assert_eq!((all.came, all.full, all.is_full()), (2, 1, true));
    }

    #[test]
    fn a_declared_gap_counts_for_those_who_were_there_through_it() {
        let now = Mark { proven_ms: 30 * 60_000, gaps: 2 };
        let declared = [5 * 60_000, 0];
        assert_eq!(presence(0, None).counted(now, &declared).1, 5 * 60_000);
        let late = Presence { came: Mark { proven_ms: 0, gaps: 1 }, ..presence(0, None) };
        assert_eq!(late.counted(now, &declared).1, 0);
        let early = Presence { left: Some(Mark { proven_ms: 60_000, gaps: 0 }), ..presence(0, None) };
        assert_eq!(early.counted(now, &declared).1, 0);
        let back = Presence { missed_gaps: vec![0], ..presence(0, None) };
        assert_eq!(back.counted(now, &declared).1, 0, "who was away just then and came back");
    }
}
