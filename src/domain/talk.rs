//! An evening talk 乡村夜话, or a talk in the field 田间: many households at once, each with a visit and a time of its own.
//!
//! One timer runs for the talk. A household's visit counts what was proven while it was there: from when it came to when it
//! left, without what it missed in between (plan 二(二)3(1): 每户访问时间不少于15分钟). A gap that the visitor declares counts
//! for those who were there when it began and when it was over.

use super::{Name, Record, Sort, Value};

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

fn gaps(value: &Value) -> Vec<i64> {
    value.as_words().iter().filter_map(|word| word.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::{Mark, Presence};
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
