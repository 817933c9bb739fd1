//! Cases: an issue with its life, and with that of the one it was joined to 并案.

use std::sync::Arc;

use crate::domain::flow::{RoundDues, Timed};
use crate::domain::{Calendar, DeadlineRules, Flow, Issue, Record, State, local};
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
        let lead = match flow.joined_to() {
            Some(lead) => view.record(lead)?,
            None => None,
        };
        let lead = lead.and_then(|record| Issue::read(&record).map(|issue| Flow::of(&issue, &record)));
        let solved = |lead: &Flow| lead.state == State::FeedbackDue || lead.state.is_told();
        let state = match flow.state {
            State::Joined if lead.as_ref().is_some_and(solved) => State::FeedbackDue,
            state => state,
        };
        Ok(Self { issue, flow, state, lead })
    }

    /// Gives what is due for it. A joined one is answered by the day on which the other one is.
    pub fn dues(&self, rules: &DeadlineRules, calendar: &Calendar) -> RoundDues {
        let Some(lead) = &self.lead else { return rules.of_flow(&self.flow, calendar) };
        let met = self.flow.round().told.map(local::day);
        let answer = rules.of_flow(lead, calendar).answer.map(|timed| Timed { met, ..timed });
        RoundDues { plan: None, answer }
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
