//! 时限: what is due for an issue in its present round, and what was met, by one function from its steps (plan 二(三)2,
//! `domain.md` 5). The day of the event counts, also where it was recorded later.

use std::collections::BTreeSet;

use chrono::NaiveDate as Day;

use super::super::class::{Class, Kind};
use super::super::local;
use super::super::workdays::Calendar;
use super::super::{Deadline, DeadlineRules, Light, Name, Stamp, Value};
use super::table::Place;
use super::{Flow, Go, Round, StepWord, Taken, branch};
use crate::text::Said;

/// A deadline, and the day on which it was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timed {
    /// The deadline.
    pub deadline: Deadline,
    /// When it was done, if it was.
    pub met: Option<Day>,
}

/// What is due for one issue in one round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RoundDues {
    /// The plan, where one is asked for.
    pub plan: Option<Timed>,
    /// The answer: solved *and* told; explained; or the milestone of a long-term issue.
    pub answer: Option<Timed>,
}

impl RoundDues {
    /// Gives the one that is to be watched now: the first that is not done, else the last.
    pub fn now(&self) -> Option<Timed> {
        let all = [self.plan, self.answer];
        let open = all.iter().flatten().find(|timed| timed.met.is_none());
        open.or_else(|| all.iter().flatten().last()).copied()
    }
}

impl Timed {
    /// Says how it stands on a day where there is room for what is counted: `还有 2 个工作日`.
    pub fn stands(&self, today: Day, calendar: &Calendar) -> Said {
        self.deadline.stands(today, self.met, calendar)
    }

    /// Tells how it stands on a day.
    pub fn light(&self, today: Day, calendar: &Calendar) -> Light {
        self.deadline.light(today, self.met, calendar)
    }
}

impl DeadlineRules {
    /// Gives what is due in the present round of an issue.
    pub fn of_flow(&self, flow: &Flow, calendar: &Calendar) -> RoundDues {
        self.of_round(flow, flow.round(), calendar)
    }

    /// Gives what is or was due in a round of an issue: a new round has a clock of its own, and that of the old one is kept.
    pub fn of_round(&self, flow: &Flow, round: &Round, calendar: &Calendar) -> RoundDues {
        let told = round.told.map(local::day);
        let timed = |deadline| Timed { deadline, met: told };
        let day_of_stock = self.stock_due.filter(|_| flow.kind_in(round) == Some(Kind::Stock));
        if let Some(decided) = flow.unsupported_in(round) {
            let explain = self.explain(local::day(decided), calendar);
            // A stock issue is answered by its own day all the same.
            let stock = day_of_stock.filter(|day| *day < explain.due).map(Deadline::stock);
            return RoundDues { plan: None, answer: Some(timed(stock.unwrap_or(explain))) };
        }
        let Some((kind, class)) = flow.kind_in(round).zip(flow.class_in(round)) else { return RoundDues::default() };
        // What was solved on the spot and has to be done again is an issue like others until it is graded.
        let again = flow.turn > 1 && flow.turns_of(round).end > 2;
        let class = if class == Class::OnSite && again { Class::General } else { class };
        let dues = self.of_issue(kind, class, local::day(round.began), calendar);
        let planned = flow.planned_in(round, class).map(|plan| plan.at).min().map(local::day);
        // Work that is done again goes on without another plan, but for what takes long; what was answered or explained
        // without a plan needs none.
        let wanted = (round.screened || class == Class::LongTerm)
            && (planned.is_some() || (told.is_none() && !flow.explained_in(round)));
        let extended = flow.extended_in(round);
        let answer = match class {
            Class::LongTerm if dues.answer.is_none() => flow.milestone_in(round),
            _ => dues.answer.map(|answer| moved(answer, extended)),
        };
        RoundDues {
            plan: dues.plan.filter(|_| wanted).map(|deadline| Timed { deadline, met: planned }),
            answer: answer.map(timed),
        }
    }
}

/// Moves a deadline to the day of an approved extension.
fn moved(deadline: Deadline, extended: Option<Day>) -> Deadline {
    extended.filter(|to| *to > deadline.due).map_or(deadline, |to| deadline.extended(to))
}

/// What a fact was said last by, and the day it says.
fn said_last<'a>(steps: impl Iterator<Item = &'a Taken>, key: &str) -> Option<((Stamp, Name), Day)> {
    let said = steps.filter_map(|taken| Some(((taken.stamp, taken.name), day(taken.fact(key)?)?)));
    said.max_by_key(|(order, _)| *order)
}

impl Flow {
    /// Gives the plans made in a round; one of a long-term issue has a goal and a finish date (plan 二(三)2).
    fn planned_in(&self, round: &Round, class: Class) -> impl Iterator<Item = &Taken> {
        let whole = move |plan: &&Taken| {
            class != Class::LongTerm || ["goal", "finish"].iter().all(|key| plan.fact(key).is_some())
        };
        self.in_round(round, StepWord::Plan).filter(whole)
    }

    /// Gives the finish date of a long-term issue in a round: that of its plan, moved by an approved extension.
    pub fn finish_in(&self, round: &Round) -> Option<Deadline> {
        let (_, finish) = said_last(self.planned_in(round, Class::LongTerm), "finish")?;
        Some(moved(Deadline::milestone(finish), self.extended_in(round)))
    }

    /// Gives the day that is next for a long-term issue: the milestone set since its plan, which never lies behind the finish
    /// date, else that.
    fn milestone_in(&self, round: &Round) -> Option<Deadline> {
        let finish = self.finish_in(round)?;
        let (planned, _) = said_last(self.planned_in(round, Class::LongTerm), "finish")?;
        let next = said_last(self.in_round(round, StepWord::Progress), "milestone");
        let next = next.filter(|(said, day)| *said > planned && *day < finish.due);
        Some(next.map_or(finish, |(_, day)| Deadline::milestone(day)))
    }

    /// Gives the class as of the end of a round: what was graded later is not what the old round was held against.
    pub fn class_in(&self, round: &Round) -> Option<Class> {
        let end = self.turns_of(round).end;
        if end == u32::MAX {
            return self.class;
        }
        let until = || self.steps.iter().filter(|step| step.turn < end);
        let seen: BTreeSet<Name> = until().flat_map(|step| step.saw.iter().copied()).collect();
        let aside = |step: &Taken| self.aside.iter().any(|other| other.name == step.name);
        let graded = until().filter(|step| step.fact("class").is_some() && !seen.contains(&step.name) && !aside(step));
        let last = graded.max_by_key(|step| (step.turn, step.stamp, step.name));
        let class = last.and_then(|step| Class::from_word(step.text("class")?));
        class.or(self.proposed)
    }

    /// Gives the kind in a round: what was weighed in it was a suggestion then, and the day of stock issues is that of their
    /// first round.
    pub fn kind_in(&self, round: &Round) -> Option<Kind> {
        let turns = self.turns_of(round);
        let weighed = self.screened_in(round).is_some_and(|step| step.step == StepWord::Weigh);
        match self.kind {
            _ if weighed => Some(Kind::Suggestion),
            Some(Kind::Stock) if turns.start > 1 => Some(Kind::Problem),
            kind => kind,
        }
    }

    /// Gives the screening, or weighing, of a round that counts.
    fn screened_in(&self, round: &Round) -> Option<&Taken> {
        let turns = self.turns_of(round);
        let within =
            self.heads().filter(|step| turns.contains(&step.turn) && step.slot() == branch::of_turn(step.turn));
        within.max_by_key(|step| (step.turn, step.stamp, step.name))
    }

    /// Tells whether what ended the work of a round is an explanation, and was not sent back since.
    fn explained_in(&self, round: &Round) -> bool {
        let turns = self.turns_of(round);
        let done = self.heads().filter(|step| turns.contains(&step.turn) && step.lead.place == Place::At(40));
        let last = done.max_by_key(|step| (step.turn, step.stamp, step.name));
        last.is_some_and(|step| step.step == StepWord::Explain && !self.sent_back_since(round, step.turn))
    }

    fn sent_back_since(&self, round: &Round, turn: u32) -> bool {
        let turns = self.turns_of(round);
        self.heads().any(|step| turns.contains(&step.turn) && step.turn >= turn && matches!(step.lead.go, Go::Back(_)))
    }

    /// Gives the day that an approved extension moved the answer to; only the first one of a round counts (Shandong's hotline
    /// rules: once).
    pub fn extended_in(&self, round: &Round) -> Option<Day> {
        let turns = self.turns_of(round);
        let decided = || self.heads().filter(|step| step.step == StepWord::ExtendDecide && turns.contains(&step.turn));
        // Approved here and refused there: until that is settled nothing was granted.
        let refused = |turn| decided().any(|step| step.turn == turn && step.refuses());
        let approved = decided().filter(|step| step.decided() == "approved" && !refused(step.turn));
        approved.min_by_key(|step| (step.turn, step.stamp, step.name)).and_then(|step| day(step.fact("until")?))
    }

    /// Tells when it was found in a round that the policy does not support it (plan 二(三)1); none where it was sent back since.
    fn unsupported_in(&self, round: &Round) -> Option<i64> {
        let screened = self.screened_in(round).filter(|step| step.decided() == "unsupported")?;
        (!self.sent_back_since(round, screened.turn)).then_some(screened.at)
    }
}

/// Reads a day.
pub fn day(value: &Value) -> Option<Day> {
    let days = chrono::TimeDelta::days(i64::from(value.as_day()?));
    Day::default().checked_add_signed(days)
}
