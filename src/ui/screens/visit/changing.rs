//! Changing: the last line comes back into the field as it would be typed, and is put down anew, left or taken away.

use super::story::Spoken;
use super::{Changing, Mode, Visit};
use crate::app::{Ask, Request};
use crate::text::t;
use crate::ui::desk::Desk;
use crate::ui::page::Go;

impl Visit {
    pub(super) fn up(&mut self, desk: &mut Desk) -> Go {
        match &self.changing {
            Some(changing) if self.field.text() == changing.before => {
                self.leave_change(desk);
                self.mode = Mode::Ticks;
            }
            Some(_) => {
                return Go::say(t(
                    "改动还没记下: Enter 记下, Esc 不改.",
                    "The change is not put down yet: Enter does, Esc leaves it.",
                ));
            }
            None if !self.field.text().trim().is_empty() => {
                return Go::say(t(
                    "先按 Enter 记下这一句, 再往上.",
                    "Put this line down with Enter first, then go up.",
                ));
            }
            None if self.kept.is_some() => {
                self.field.take();
                self.fetch_kept(desk);
            }
            None => match self.story.spoken.last().cloned() {
                Some(spoken) => self.start_change(spoken, desk),
                None => self.mode = Mode::Ticks,
            },
        }
        Go::Stay
    }

    pub(super) fn start_change(&mut self, spoken: Spoken, desk: &Desk) {
        let before = spoken.written();
        let changing = Changing { spoken, before: before.clone() };
        let draft = desk.session.draft(&self.line_place(Some(&changing)));
        let (text, cursor) = draft.unwrap_or((before, usize::MAX));
        self.field.set(&text, cursor);
        self.changing = Some(changing);
    }

    /// Takes up a change that was under way when the page was left or the program ended.
    pub(super) fn resume_change(&mut self, desk: &Desk) {
        if let Some(last) = self.story.spoken.last().cloned().filter(|_| self.field.is_empty())
            && self.changing.is_none()
            && matches!(self.mode, Mode::Line)
            && desk.session.draft(&self.place(&format!("line/{}", last.line))).is_some()
        {
            self.start_change(last, desk);
        }
    }

    pub(super) fn leave_change(&mut self, desk: &mut Desk) {
        let place = self.line_place(self.changing.as_ref());
        if self.changing.take().is_some() {
            self.field.take();
            desk.session.ask(Ask::Draft { place, text: String::new(), cursor: 0 });
        }
    }

    pub(super) fn take_away(&mut self, desk: &mut Desk) -> Go {
        let Some(changing) = self.changing.clone() else { return Go::Stay };
        self.leave_change(desk);
        let request = Request::new("line.retract").with_name("line", changing.spoken.line);
        self.ask(request, desk);
        Go::say(t("撤去了这一条. Ctrl-Z 可以找回.", "The line is taken away. Ctrl-Z brings it back."))
    }
}
