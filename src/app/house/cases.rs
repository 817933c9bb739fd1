//! Cases: an issue with its life, and with that of the one it was joined to 并案.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::domain::flow::{RoundDues, Taken, Timed};
use crate::domain::{Calendar, DeadlineRules, Flow, Issue, Kind, Record, State, local};
use crate::text::Trouble;
use crate::view::View;

/// An issue and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// As it was recorded.
    pub issue: Issue,
    /// Its own life.
    pub flow: Flow,
    /// Where it stands; a joined one is to be told as soon as the other one is solved.
    pub state: State,
    /// The life of the issue it was joined to.
    lead: Option<Flow>,
}

impl Case {
    /// Reads it; nothing when the record is no issue or was taken back.
    pub fn read(record: &Arc<Record>, view: &dyn View) -> Result<Option<Self>, Trouble> {
        let Some(issue) = Issue::read(record) else { return Ok(None) };
        let flow = Flow::of(&issue, record);
        Self::of(issue, flow, view).map(Some)
    }

    /// Puts it together.
    pub fn of(issue: Issue, flow: Flow, view: &dyn View) -> Result<Self, Trouble> {
        let (lead, lost) = match lead(&issue, &flow, view)? {
            Lead::Of(lead) => (Some(*lead), false),
            Lead::Lost => (None, true),
            Lead::Nobody => (None, false),
        };
        let solved = |lead: &Flow| lead.state == State::FeedbackDue || lead.state.is_told();
        let state = match flow.state {
            State::Joined if lost => State::Screening,
            State::Joined if lead.as_ref().is_some_and(solved) => State::FeedbackDue,
            state => state,
        };
        Ok(Self { issue, flow, state, lead })
    }

    /// Gives what is due for it. A joined one is answered by the day on which the other one is, or was when this household was
    /// told; a suggestion has no day.
    pub fn dues(&self, rules: &DeadlineRules, calendar: &Calendar) -> RoundDues {
        let Some(lead) = &self.lead else { return rules.of_flow(&self.flow, calendar) };
        if self.flow.kind == Some(Kind::Suggestion) {
            return RoundDues::default();
        }
        let told = self.flow.round().told;
        let round = told.map_or(lead.round(), |told| lead.round_at(told));
        let met = told.map(local::day);
        let answer = rules.of_round(lead, round, calendar).answer.map(|timed| Timed { met, ..timed });
        RoundDues { plan: None, answer }
    }

    /// Tells whether another issue is worked on for it 并案.
    pub fn follows(&self) -> bool {
        self.lead.is_some()
    }

    /// Gives the step of the other issue by which that one was solved, where this one was joined to it and is untold.
    pub fn solved_by(&self) -> Option<&Taken> {
        self.lead.as_ref().filter(|_| self.flow.round().told.is_none()).and_then(Flow::solving)
    }

    /// Gives the responsible unit and person, its own or those of the one it was joined to.
    pub fn responsible(&self) -> (&str, &str) {
        self.lead.as_ref().unwrap_or(&self.flow).responsible()
    }

    /// Gives who has to tell the household 谁走访谁反馈.
    pub fn teller(&self) -> &str {
        self.flow.teller(&self.issue)
    }
}

/// Whom an issue was joined to.
enum Lead {
    /// To this one, in the end.
    Of(Box<Flow>),
    /// To one that was taken back, or round in a circle: nobody works on it, so it is to be screened once more.
    Lost,
    /// To none, or to one that has not come here yet.
    Nobody,
}

fn lead(issue: &Issue, flow: &Flow, view: &dyn View) -> Result<Lead, Trouble> {
    let (mut seen, mut last) = (BTreeSet::from([issue.name]), Lead::Nobody);
    let mut next = flow.joined_to();
    while let Some(name) = next {
        if !seen.insert(name) {
            return Ok(Lead::Lost);
        }
        let Some(record) = view.record(name)? else { return Ok(Lead::Nobody) };
        if record.sort().is_none() {
            return Ok(Lead::Nobody);
        }
        let Some(issue) = Issue::read(&record) else { return Ok(Lead::Lost) };
        let flow = Flow::of(&issue, &record);
        next = flow.joined_to();
        last = Lead::Of(Box::new(flow));
    }
    Ok(last)
}
