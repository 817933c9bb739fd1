//! Past: a line of a talk that is over is changed, said by others, or taken away, in the same field and with the same keys; nothing
//! new is said in it, and when the line is left the page is too.

use super::changing::Shift;
use super::{Action, Changing, Mode, Talk};
use crate::app::Utterance;
use crate::domain::Name;
use crate::text::{Text, t};
use crate::ui::desk::Desk;
use crate::ui::page::Go;
use crate::ui::screens::under_way;

pub(super) const PAST: Text = t(
    "这一场已经散场: 只能改, 挪, 撤记下的话. Esc 回去.",
    "This talk is over: its lines can be changed, moved and taken away. Esc goes back.",
);

impl Talk {
    /// Tells whether something can be done where the talk is over.
    pub(super) fn is_of_past(&self, action: Action) -> bool {
        match action {
            Action::Enter | Action::Sort => self.changing.is_some(),
            Action::Press(_)
            | Action::Close
            | Action::Last
            | Action::Earlier
            | Action::Later
            | Action::TakeAway
            | Action::Reword => true,
            _ => false,
        }
    }

    /// Takes up the line that the page was opened on; where it is gone the page is left.
    pub(super) fn take_up_past(&mut self, desk: &mut Desk) -> Go {
        if self.changing.is_some() || !matches!(self.mode, Mode::Line) {
            return Go::Stay;
        }
        let said = self.gathering.as_ref().map(|gathering| gathering.said.as_slice()).unwrap_or_default();
        let found = said.iter().find(|one| self.past.is_some_and(|line| one.lines.contains(&line))).cloned();
        let Some(utterance) = found else { return Go::Back };
        self.take_up_line(utterance, desk);
        Go::Stay
    }

    /// Leaves the page of a talk that is over once no line of it is being changed.
    pub(super) fn gone_back(&self) -> Go {
        if self.past.is_some() && self.changing.is_none() { Go::Back } else { Go::Stay }
    }

    /// Says why lines of a talk that is over stay: what they became is being worked on.
    pub(super) fn held_by_work(&self, who: Option<&[u16]>, desk: &Desk) -> Option<Text> {
        let Changing(utterance) = self.changing.as_ref().filter(|_| self.past.is_some())?;
        let gone = who.map_or_else(|| utterance.lines.clone(), |who| Shift::of(utterance, who).gone);
        let is_held = |line: Name| issue_of(utterance, line).is_some_and(|issue| under_way::is(issue, desk));
        gone.into_iter().any(is_held).then_some(under_way::STAYS)
    }
}

/// Gives the issue that a line became.
fn issue_of(utterance: &Utterance, line: Name) -> Option<Name> {
    let both = utterance.lines.iter().zip(&utterance.issues);
    both.into_iter().find(|(own, _)| **own == line).and_then(|(_, issue)| issue.as_ref()).map(|issue| issue.name)
}
