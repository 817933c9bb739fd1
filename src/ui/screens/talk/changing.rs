//! Changing: a line comes back as it would be typed, the last one first; another number before it moves it to that household.

use super::picture::is_confidential;
use super::who::written;
use super::{Changing, Mode, Talk, change};
use crate::app::{Ask, Request, Utterance};
use crate::domain::entry::Entry;
use crate::text::{Said, t};
use crate::ui::desk::Desk;
use crate::ui::page::Go;
use crate::ui::screens::alike::{CHANGE_NOT_DOWN, COVERED, TAKEN_AWAY};
use crate::ui::screens::answer::Half;
use crate::ui::screens::reworded;
use crate::ui::screens::visit::story::Spoken;

impl Talk {
    /// Takes up the last line, or the one before the one that is changed.
    pub(super) fn earlier(&mut self, desk: &mut Desk) -> Go {
        let said = self.gathering.as_ref().map(|gathering| gathering.said.as_slice()).unwrap_or_default();
        let at = match self.changing_at() {
            None if !self.field.text().trim().is_empty() => {
                return Go::say(t("先按 Enter 记下这一句.", "Put this line down with Enter first."));
            }
            None => said.len(),
            Some(_) if self.is_changed() => return Go::say(CHANGE_NOT_DOWN),
            Some(at) => at,
        };
        match at.checked_sub(1).and_then(|at| said.get(at)).cloned() {
            Some(utterance) if desk.covered && is_confidential(&utterance) => {
                return Go::say(COVERED);
            }
            Some(utterance) => self.take_up(utterance, desk),
            None if at == 0 && !said.is_empty() => {
                return Go::say(t("这是最早的一条.", "This is the first line."));
            }
            None => return Go::say(t("还没有记下什么.", "Nothing is written down yet.")),
        }
        Go::Stay
    }

    /// Takes up the line after the one that is changed; behind the last one the line is empty.
    pub(super) fn later(&mut self, desk: &mut Desk) -> Go {
        if self.is_changed() {
            return Go::say(CHANGE_NOT_DOWN);
        }
        let said = self.gathering.as_ref().map(|gathering| gathering.said.as_slice()).unwrap_or_default();
        match self.changing_at().and_then(|at| said.get(at + 1)).cloned() {
            Some(utterance) => self.take_up(utterance, desk),
            None => self.close(desk),
        }
        Go::Stay
    }

    /// Puts a line into the field, with what was changed of it before.
    fn take_up(&mut self, utterance: Utterance, desk: &mut Desk) {
        let before = self.as_typed(&utterance);
        let line = utterance.lines.first().copied();
        self.changing = Some(Changing(utterance));
        let draft = desk.session.draft(&self.place());
        if draft.as_ref().is_some_and(|(text, _)| *text != before) {
            desk.notice = line.and_then(|line| reworded::said(line, desk)).or(desk.notice.take());
        }
        let (text, cursor) = draft.unwrap_or((before, usize::MAX));
        self.field.set(&text, cursor);
    }

    /// Follows a line that is being changed here and came changed from elsewhere.
    pub(super) fn follow_change(&mut self, desk: &mut Desk) {
        let Some(Changing(changing)) = &mut self.changing else { return };
        let said = self.gathering.as_ref().map(|gathering| gathering.said.as_slice()).unwrap_or_default();
        let now = said.iter().find(|now| now.lines == changing.lines && now.text != changing.text);
        if let Some(now) = now {
            *changing = now.clone();
            let line = now.lines.first().copied();
            desk.notice = line.and_then(|line| reworded::said(line, desk)).or(desk.notice.take());
        }
    }

    /// Takes up a change that was under way when the page was left or the program ended.
    pub(super) fn resume_change(&mut self, desk: &mut Desk) {
        if !self.field.is_empty() || self.changing.is_some() || !matches!(self.mode, Mode::Line) {
            return;
        }
        let said = self.gathering.as_ref().map(|gathering| gathering.said.as_slice()).unwrap_or_default();
        let place = |utterance: &Utterance| utterance.lines.first().map(|line| self.place_of(&format!("line/{line}")));
        let under_way =
            |utterance: &&Utterance| place(utterance).is_some_and(|place| desk.session.draft(&place).is_some());
        if let Some(utterance) = said.iter().rev().find(under_way).cloned() {
            self.take_up(utterance, desk);
        }
    }

    /// Gives a line as it would be typed.
    fn as_typed(&self, utterance: &Utterance) -> String {
        let issue = utterance.issues.first().cloned().flatten();
        let spoken = Spoken::of(self.name, utterance.at, &utterance.text, issue);
        written(&utterance.speakers, &spoken.written())
    }

    /// Gives the place of the line that is changed; of one that is gone meanwhile, the end.
    fn changing_at(&self) -> Option<usize> {
        let Changing(changing) = self.changing.as_ref()?;
        let said = self.gathering.as_ref().map(|gathering| gathering.said.as_slice()).unwrap_or_default();
        Some(said.iter().position(|other| other.lines == changing.lines).unwrap_or(said.len()))
    }

    /// Tells whether the line that is changed says something else by now.
    fn is_changed(&self) -> bool {
        self.changing.as_ref().is_some_and(|Changing(utterance)| self.field.text() != self.as_typed(utterance))
    }

    /// Makes the requests that turn a line into what is written now.
    pub(super) fn changed(
        &self,
        utterance: &Utterance,
        who: &[u16],
        entry: &Entry,
        done: &str,
        desk: &Desk,
    ) -> Result<Vec<Request>, Said> {
        let mut requests = Vec::new();
        if who != utterance.speakers {
            match (utterance.lines.as_slice(), who) {
                ([line], [number]) => {
                    let household = self.household(*number);
                    let request = Request::new("line.move").with_name("line", *line);
                    requests.extend(household.map(|household| request.with_name("household", household)));
                }
                _ => {
                    return Err(t(
                        "只能从一户换到一户. 几户同说的, 先 Ctrl-D 撤去再重写.",
                        "A line moves from one household to one other. Take it away with Ctrl-D and write it anew.",
                    )
                    .into());
                }
            }
        }
        for (line, issue) in utterance.lines.iter().zip(&utterance.issues) {
            let spoken = Spoken::of(*line, utterance.at, &utterance.text, issue.clone());
            requests.extend(change(&spoken, entry, done, desk.now.wall_ms));
        }
        Ok(requests)
    }

    pub(super) fn take_away(&mut self, desk: &mut Desk) -> Go {
        let place = self.place();
        let Some(Changing(utterance)) = self.changing.take() else { return Go::Stay };
        self.field.take();
        self.half = Half::default();
        desk.session.ask(Ask::Draft { place, text: String::new(), cursor: 0 });
        let each = utterance.lines.iter().map(|line| Request::new("line.retract").with_name("line", *line));
        if let Some(request) = Request::together(each.collect()) {
            self.ask(request, desk);
        }
        match utterance.lines.len() {
            0 | 1 => Go::say(TAKEN_AWAY),
            many => Go::Say(
                t(
                    "撤去了 {n} 户同说的这一条. Ctrl-Z 可以找回.",
                    "The line that {n} households said is taken away. Ctrl-Z brings it back.",
                )
                .with("n", many),
            ),
        }
    }
}
