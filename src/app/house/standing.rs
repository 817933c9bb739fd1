//! How a household stands in the campaign: visited or not, tried, awaited.

use super::awaited::{self, Awaited};
use crate::domain::{Counting, Visit, local};
use crate::text::{Text, t};

/// What lists say of a household beside its facts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// The visit that lists tell of: the latest that covers the household, else the longest that was carried out.
    pub visited: Option<Visited>,
    /// The outcome and start of the last attempt that was not carried out (`absent`, `refused`, …).
    pub tried: Option<(String, i64)>,
    /// When a visit of this laptop began that has not ended, and whether the household is still there: people are talking, or
    /// somebody has to end it.
    pub open: Option<(i64, bool)>,
    /// The latest visit that had not ended on another laptop when that told of it. Whether it still goes on nobody knows here.
    pub elsewhere: Option<Elsewhere>,
    /// The appointments that nobody went to yet, and those that somebody went to by the time of another laptop; see
    /// [`Awaited::answered`].
    pub awaited: Vec<Awaited>,
    /// When it was last visited from this laptop, for the last-used list.
    pub last: i64,
}

/// A visit of another laptop of which no end is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Elsewhere {
    /// When it began.
    pub at: i64,
    /// Who wrote it.
    pub writer: u64,
    /// It is one of a talk.
    pub is_talk: bool,
}

impl Elsewhere {
    /// Says what went on there; `who` and `at` are still to be said.
    pub const fn words(self) -> Text {
        if self.is_talk {
            t("{who} {at} 时在谈", "{who}: in a talk at {at}")
        } else {
            t("{who} {at} 时在访", "{who}: in a visit at {at}")
        }
    }
}

/// A visit that was carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visited {
    /// When it began.
    pub at: i64,
    /// Counted milliseconds.
    pub counted_ms: i64,
    /// Made by phone.
    pub by_phone: bool,
    /// It covers the household.
    pub covers: bool,
}

/// What a visit says of how its household stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// When it began.
    pub started: i64,
    /// Counted milliseconds.
    pub counted_ms: i64,
    /// Made by phone.
    pub by_phone: bool,
    /// Whether it covers a household that may not be phoned, and one that may.
    covers: [bool; 2],
    outcome: Box<str>,
    writer: u64,
    is_talk: bool,
    /// It left the talk early.
    left: bool,
}

impl Attempt {
    /// Reads it from a visit; see [`Visit::covers`].
    pub fn of(visit: &Visit, counting: Counting) -> Self {
        Self {
            started: visit.started,
            counted_ms: visit.counted_ms(),
            by_phone: visit.kind == "phone",
            covers: [visit.covers(counting, false), visit.covers(counting, true)],
            outcome: visit.outcome.as_str().into(),
            writer: visit.name.writer,
            is_talk: visit.kind == "talk",
            left: visit.left,
        }
    }

    /// Tells whether something came of it: it neither goes on nor was begun by mistake.
    pub(super) fn has_ended(&self) -> bool {
        !matches!(&*self.outcome, "" | "discarded")
    }

    /// Tells whether it covers any household.
    pub(super) const fn counts(&self) -> bool {
        let [any, _] = self.covers;
        any
    }
}

impl Standing {
    /// Takes in one visit; `elsewhere` where another laptop made it.
    pub fn add_visit(&mut self, visit: &Attempt, away_with_reason: bool, elsewhere: bool) {
        if !elsewhere {
            self.last = self.last.max(visit.started);
        }
        match &*visit.outcome {
            "done" => {
                let [home, away] = visit.covers;
                let this = Visited {
                    at: visit.started,
                    counted_ms: visit.counted_ms,
                    by_phone: visit.by_phone,
                    covers: if away_with_reason { away } else { home },
                };
                // Whatever order the visits come in: equal in all of this they are told in the same words.
                let rank = |visited: &Visited| {
                    let (counts, at, length) = (visited.covers, visited.at, visited.counted_ms);
                    let (first, second) = if counts { (at, length) } else { (length, at) };
                    (counts, first, second, visited.by_phone)
                };
                if self.visited.as_ref().is_none_or(|best| rank(best) < rank(&this)) {
                    self.visited = Some(this);
                }
            }
            "" if elsewhere => {
                let (at, writer, is_talk) = (visit.started, visit.writer, visit.is_talk);
                let told = (!visit.left).then_some(Elsewhere { at, writer, is_talk });
                self.elsewhere = self.elsewhere.max(told);
            }
            "" => self.open = self.open.max(Some((visit.started, !visit.left))),
            "discarded" => {}
            outcome => {
                if self.tried.as_ref().is_none_or(|(_, at)| *at < visit.started) {
                    self.tried = Some((outcome.to_owned(), visit.started));
                }
            }
        }
    }

    /// Gives the appointment that lists tell: the next one that lies ahead, else the last one that was missed.
    pub fn told(&self, now_ms: i64) -> Option<&Awaited> {
        awaited::told(self.awaited.iter(), now_ms)
    }

    /// Gives the moment of the appointment of today, one's own before that of another laptop, and whether it is one's own; none
    /// where another day is told.
    pub fn today(&self, now_ms: i64) -> Option<(i64, bool)> {
        let own = awaited::told(self.awaited.iter().filter(|one| !one.elsewhere), now_ms);
        let both = [own, self.told(now_ms)].into_iter().flatten();
        let mut today = both.filter(|one| local::days_between(now_ms, one.at) == 0);
        today.next().map(|one| (one.at, !one.elsewhere))
    }

    /// Gives the visit that went on elsewhere, unless something came of another one since.
    pub fn elsewhere(&self) -> Option<Elsewhere> {
        let visited = self.visited.as_ref().map(|visited| visited.at);
        let since = visited.max(self.tried.as_ref().map(|(_, at)| *at));
        self.elsewhere.filter(|told| since.is_none_or(|since| since < told.at))
    }

    /// Tells whether a visit covers the household 不落一户.
    pub fn is_covered(&self) -> bool {
        self.visited.as_ref().is_some_and(|visited| visited.covers)
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::Counting;
    use crate::domain::{Name, Visit};

    use super::{Attempt, Standing};

    fn visit(kind: &str, minutes: i64) -> Visit {
        Visit {
            name: Name::new(1, 1),
            household: None,
            kind: kind.into(),
            purpose: "first".into(),
            visitors: vec![],
            started: 1,
            entered_later: false,
            ended: Some(2),
            proven_ms: minutes * 60_000,
            declared_ms: 0,
            outcome: "done".into(),
            left: false,
            short_why: String::new(),
            satisfaction: String::new(),
            told: vec![],
            gave: vec![],
            next: String::new(),
        }
    }

    fn standing(visits: &[Visit], away: bool) -> Standing {
        let mut standing = Standing::default();
        for visit in visits {
            standing.add_visit(&Attempt::of(visit, Counting::default()), away, false);
        }
        standing
    }

    #[test]
    fn a_short_visit_does_not_hide_the_call_that_covers_a_household_that_is_away() {
        let visits = [visit("phone", 1), visit("home", 3)];
        assert!(standing(&visits, true).is_covered());
        assert!(!standing(&visits, false).is_covered(), "a call counts only for a listed reason");
    }

    // Of two visits of the same length the one that came in first was told, another on every laptop.
    #[test]
    fn of_several_visits_that_cover_the_latest_is_told_in_whatever_order_they_come() {
        let at = |started, minutes| Visit { started, ..visit("home", minutes) };
        let visits = [at(3, 21), at(9, 16), at(5, 40), at(9, 21), at(12, 9)];
        let told = |visits: &[Visit]| {
            let visited = standing(visits, false).visited.unwrap();
            (visited.at, visited.counted_ms / 60_000, visited.covers)
        };
        for turn in 0..visits.len() {
            let mut turned = visits.clone();
            turned.rotate_left(turn);
            assert_eq!(told(&turned), (9, 21, true));
            turned.reverse();
            assert_eq!(told(&turned), (9, 21, true));
        }
        assert_eq!(told(&[at(3, 9), at(9, 9), at(12, 4)]), (9, 9, false), "too short all of them: the longest");
    }

    #[test]
    fn fifteen_minutes_cover_and_fourteen_do_not() {
        assert!(standing(&[visit("home", 15)], false).is_covered());
        assert!(!standing(&[visit("home", 14)], false).is_covered());
    }
}
