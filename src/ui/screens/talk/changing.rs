//! Changing: a line comes back as it would be typed, the last one first; other numbers before it are who says it then.

use super::who::written;
use super::{Changing, Mode, Talk, change};
use crate::app::{Ask, Request, Utterance};
use crate::domain::Name;
use crate::domain::entry::Entry;
use crate::text::t;
use crate::ui::desk::Desk;
use crate::ui::page::Go;
use crate::ui::screens::alike::{CHANGE_NOT_DOWN, COVERED, TAKEN_AWAY};
use crate::ui::screens::answer::Half;
use crate::ui::screens::reworded;
use crate::ui::screens::visit::story::Spoken;

/// What becomes of the lines of something said where others say it now; the first one stays, as the others are said with it.
#[derive(Debug, PartialEq, Eq, Default)]
pub(super) struct Shift {
    /// Lines that are somebody else's: a number, or none for the village.
    pub moved: Vec<(Name, Option<u16>)>,
    /// Lines that nobody says any more.
    pub gone: Vec<Name>,
    /// Who says it too now, and has no line yet.
    pub new: Vec<u16>,
}

impl Shift {
    /// Works it out.
    pub(super) fn of(utterance: &Utterance, who: &[u16]) -> Self {
        let mut shift = Self::default();
        if who == utterance.speakers {
            return shift;
        }
        let speaker = |at: usize| utterance.speakers.get(at).copied();
        let mut new = who.iter().copied().filter(|number| !utterance.speakers.contains(number));
        let mut lines = utterance.lines.iter().copied().enumerate();
        if who.is_empty() {
            shift.moved.extend(lines.next().map(|(_, first)| (first, None)));
            shift.gone.extend(lines.map(|(_, line)| line));
            return shift;
        }
        let mut first_is_free = false;
        for (at, line) in lines {
            if speaker(at).is_some_and(|number| who.contains(&number)) {
                continue;
            }
            match new.next() {
                Some(number) => shift.moved.push((line, Some(number))),
                None if at == 0 => first_is_free = true,
                None => shift.gone.push(line),
            }
        }
        // It takes the place of another one, which goes.
        if first_is_free {
            let stays = |at: usize, line: Name| speaker(at).filter(|_| !shift.gone.contains(&line)).zip(Some(line));
            let other = utterance.lines.iter().enumerate().skip(1).find_map(|(at, line)| stays(at, *line));
            if let Some(((number, other), first)) = other.zip(utterance.lines.first()) {
                shift.moved.push((*first, Some(number)));
                shift.gone.push(other);
            }
        }
        shift.new = new.collect();
        shift
    }
}

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
            Some(_) if desk.covered => return Go::say(COVERED),
            Some(utterance) => self.take_up_line(utterance, desk),
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
            Some(_) if desk.covered => return Go::say(COVERED),
            Some(utterance) => self.take_up_line(utterance, desk),
            None => self.close(desk),
        }
        Go::Stay
    }

    /// Puts a line into the field, with what was changed of it before.
    pub(super) fn take_up_line(&mut self, utterance: Utterance, desk: &mut Desk) {
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
            self.take_up_line(utterance, desk);
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
    ) -> Vec<Request> {
        let mut requests = Vec::new();
        let shift = Shift::of(utterance, who);
        for (line, number) in &shift.moved {
            let request = Request::new("line.move").with_name("line", *line);
            requests.extend(match number {
                None => Some(request.with("village", true)),
                Some(number) => self.household(*number).map(|household| request.with_name("household", household)),
            });
        }
        requests.extend(shift.gone.iter().map(|line| Request::new("line.retract").with_name("line", *line)));
        let stays = |(line, _): &(&Name, _)| !shift.gone.contains(line);
        for (line, issue) in utterance.lines.iter().zip(&utterance.issues).filter(stays) {
            let spoken = Spoken::of(*line, utterance.at, &utterance.text, issue.clone());
            requests.extend(change(&spoken, entry, done, desk.now.wall_ms));
        }
        if let Some(first) = utterance.lines.first().filter(|_| !shift.new.is_empty()) {
            requests.push(self.record(&shift.new, entry, done).with_name("with", *first));
        }
        requests
    }

    pub(super) fn take_away(&mut self, desk: &mut Desk) -> Go {
        if let Some(stays) = self.held_by_work(None, desk) {
            return Go::say(stays);
        }
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
