//! 时限: what is due for an issue in its present round, and what was met, by one function from its steps (plan 二(三)2,
//! `domain.md` 5). The day of the event counts, also where it was recorded later.

use chrono::NaiveDate as Day;

use super::super::class::Class;
use super::super::local;
use super::super::workdays::Calendar;
use super::super::{Deadline, DeadlineRules, Light, Value};
use super::{Flow, Go, Round, StepWord};

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
        if let Some(decided) = flow.unsupported_in(round) {
            return RoundDues { plan: None, answer: Some(timed(self.explain(local::day(decided), calendar))) };
        }
        let Some((kind, class)) = flow.kind.zip(flow.class) else { return RoundDues::default() };
        // What was solved on the spot and has to be done again is an issue like others until it is graded.
        let class = if class == Class::OnSite && flow.turn > 1 { Class::General } else { class };
        let dues = self.of_issue(kind, class, local::day(round.began), calendar);
        let planned = flow.in_round(round, StepWord::Plan).map(|plan| plan.at).min().map(local::day);
        // Work that is done again goes on without another plan, but for what takes long.
        let wanted = round.screened || class == Class::LongTerm;
        let answer = match class {
            Class::LongTerm if dues.answer.is_none() => milestone(flow, round),
            _ => dues.answer,
        };
        let extended = flow.extended_in(round);
        let answer =
            answer.map(|answer| extended.filter(|to| *to > answer.due).map_or(answer, |to| answer.extended(to)));
        RoundDues {
            plan: dues.plan.filter(|_| wanted).map(|deadline| Timed { deadline, met: planned }),
            answer: answer.map(timed),
        }
    }
}

/// Gives the day that the plan of a long-term issue set itself last: its next milestone, else its finish date.
fn milestone(flow: &Flow, round: &Round) -> Option<Deadline> {
    let set = |step, key: &'static str| {
        let said = flow
            .in_round(round, step)
            .filter_map(move |taken| Some(((taken.stamp, taken.name), day(taken.fact(key)?)?)));
        said.max_by_key(|(order, _)| *order)
    };
    let last = set(StepWord::Progress, "milestone").into_iter().chain(set(StepWord::Plan, "finish")).max();
    last.map(|(_, day)| Deadline::milestone(day))
}

impl Flow {
    /// Gives the day that an approved extension moved the answer to; only the first one of a round counts (Shandong's hotline
    /// rules: once).
    pub fn extended_in(&self, round: &Round) -> Option<Day> {
        let turns = self.turns_of(round);
        let decided = self.heads().filter(|step| step.step == StepWord::ExtendDecide && turns.contains(&step.turn));
        let approved = decided.filter(|step| step.decided() == "approved");
        approved.min_by_key(|step| (step.turn, step.stamp, step.name)).and_then(|step| day(step.fact("until")?))
    }

    /// Tells when it was found in a round that the policy does not support it (plan 二(三)1); none where it was sent back since.
    fn unsupported_in(&self, round: &Round) -> Option<i64> {
        let turns = self.turns_of(round);
        let within = || self.heads().filter(|step| turns.contains(&step.turn));
        let screened = within().filter(|step| step.step == StepWord::Screen);
        let screened = screened.max_by_key(|step| (step.turn, step.stamp, step.name))?;
        let sent_back = within().any(|step| matches!(step.lead.go, Go::Back(_)) && step.turn >= screened.turn);
        (screened.decided() == "unsupported" && !sent_back).then_some(screened.at)
    }
}

/// Reads a day.
pub fn day(value: &Value) -> Option<Day> {
    let days = chrono::TimeDelta::days(i64::from(value.as_day()?));
    Day::default().checked_add_signed(days)
}
