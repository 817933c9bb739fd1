//! Changing: a line comes back into the field as it would be typed, the last one first, and is put down anew, left or taken
//! away.

use super::story::Spoken;
use super::{Changing, Mode, Visit};
use crate::app::{Ask, Request};
use crate::text::{Text, t};
use crate::ui::desk::Desk;
use crate::ui::page::Go;
use crate::ui::screens::Another;
use crate::ui::screens::alike::{CHANGE_NOT_DOWN, COVERED, TAKEN_AWAY};
use crate::ui::screens::answer::Half;
use crate::ui::screens::{reworded, under_way};

const NOT_YET_DOWN: Text = t("先按 Enter 记下这一句, 再往上.", "Put this line down with Enter first, then go up.");

impl Visit {
    /// Goes up: to the last line, to the one before it, and above the first one to what was explained.
    pub(super) fn before(&mut self, desk: &mut Desk) -> Go {
        let last = self.story.spoken.len().checked_sub(1);
        let at = match self.changing_at() {
            None if !self.field.text().trim().is_empty() => return Go::say(NOT_YET_DOWN),
            None if self.fetch_waiting(desk) => return Go::Stay,
            None => last,
            Some(_) if self.is_changed() => return Go::say(CHANGE_NOT_DOWN),
            Some(at) => at.checked_sub(1),
        };
        self.leave_change(desk);
        match at.and_then(|at| self.story.spoken.get(at)).cloned() {
            Some(_) if desk.covered => {
                self.mode = Mode::Ticks;
                return Go::say(COVERED);
            }
            Some(spoken) => self.start_change(spoken, desk),
            None => self.mode = Mode::Ticks,
        }
        Go::Stay
    }

    /// Goes down: to the line after the one that is changed, below the last one to the empty line.
    pub(super) fn after(&mut self, desk: &mut Desk) -> Go {
        if self.is_changed() {
            return Go::say(CHANGE_NOT_DOWN);
        }
        let next = self.changing_at().and_then(|at| self.story.spoken.get(at + 1)).cloned();
        self.leave_change(desk);
        match next {
            Some(_) if desk.covered => return Go::say(COVERED),
            Some(spoken) => self.start_change(spoken, desk),
            None => {}
        }
        Go::Stay
    }

    /// Gives the place of the line that is changed; of one that is gone meanwhile, the end.
    fn changing_at(&self) -> Option<usize> {
        let line = self.changing.as_ref()?.spoken.line;
        Some(self.story.spoken.iter().position(|spoken| spoken.line == line).unwrap_or(self.story.spoken.len()))
    }

    /// Tells whether the line that is changed says something else by now.
    pub(super) fn is_changed(&self) -> bool {
        self.changing.as_ref().is_some_and(|changing| self.field.text() != changing.before)
    }

    pub(super) fn start_change(&mut self, spoken: Spoken, desk: &mut Desk) {
        let before = spoken.written();
        let changing = Changing { spoken, before: before.clone() };
        let draft = desk.session.draft(&self.line_place(Some(&changing)));
        if draft.as_ref().is_some_and(|(text, _)| *text != before) {
            desk.notice = reworded::said(changing.spoken.line, desk).or(desk.notice.take());
        }
        let (text, cursor) = draft.unwrap_or((before, usize::MAX));
        self.field.set(&text, cursor);
        self.changing = Some(changing);
    }

    /// Follows a line that is being changed here and came changed from elsewhere.
    pub(super) fn follow_change(&mut self, desk: &mut Desk) {
        let Some(changing) = &mut self.changing else { return };
        let now = self.story.spoken.iter().find(|spoken| spoken.line == changing.spoken.line);
        if let Some(now) = now.filter(|now| now.text != changing.spoken.text) {
            changing.spoken = now.clone();
            desk.notice = reworded::said(now.line, desk).or(desk.notice.take());
        }
    }

    /// Takes up a change that was under way when the page was left or the program ended.
    pub(super) fn resume_change(&mut self, desk: &mut Desk) {
        if !self.field.is_empty() || self.changing.is_some() || !matches!(self.mode, Mode::Line) {
            return;
        }
        let place = |spoken: &Spoken| self.place(&format!("line/{}", spoken.line));
        let under_way = |spoken: &&Spoken| desk.session.draft(&place(spoken)).is_some();
        if let Some(spoken) = self.story.spoken.iter().rev().find(under_way).cloned() {
            self.start_change(spoken, desk);
        }
    }

    pub(super) fn leave_change(&mut self, desk: &mut Desk) {
        let place = self.line_place(self.changing.as_ref());
        if self.changing.take().is_some() {
            self.field.take();
            self.half = Half::default();
            desk.session.ask(Ask::Draft { place, text: String::new(), cursor: 0 });
        }
    }

    /// Asks which household the line is of. What it says is put down first, or left.
    pub(super) fn give_away(&mut self, desk: &mut Desk) -> Go {
        if self.is_changed() {
            return Go::say(CHANGE_NOT_DOWN);
        }
        let Some(spoken) = self.changing.as_ref().map(|changing| changing.spoken.clone()) else { return Go::Stay };
        if spoken.issue.as_ref().is_some_and(|issue| under_way::is(issue.name, desk)) {
            return Go::say(under_way::STAYS);
        }
        self.leave_change(desk);
        Go::open(Another::of_line(spoken.line, self.household, &self.story.head))
    }

    pub(super) fn take_away(&mut self, desk: &mut Desk) -> Go {
        let Some(changing) = self.changing.clone() else { return Go::Stay };
        self.leave_change(desk);
        let request = Request::new("line.retract").with_name("line", changing.spoken.line);
        self.ask(request, desk);
        Go::say(TAKEN_AWAY)
    }
}
