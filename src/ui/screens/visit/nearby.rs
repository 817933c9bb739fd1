//! What others of the village said about the same thing as the sentence of a visit, and joining it to theirs.

use super::{Mode, Sent, Visit, asking};
use crate::app::{Ask, Nearby};
use crate::domain::entry::{Entry, parse};
use crate::text::{Said, t};
use crate::ui::desk::Desk;
use crate::ui::list::List;
use crate::ui::page::Go;
use crate::ui::screens::nearby;

impl Visit {
    /// Reads anew what the village said.
    pub(super) fn listen(&mut self, desk: &Desk) {
        let house = desk.session.house();
        self.nearby = house.and_then(|house| house.said_nearby(self.household).ok()).unwrap_or_default();
    }

    /// Gives the sentences that are about the same thing as what is typed, the latest first.
    pub(super) fn alike(&self) -> Vec<&Nearby> {
        if self.changing.is_some() {
            return Vec::new();
        }
        let entry = match &self.mode {
            Mode::Strip(strip) => strip.entry(),
            _ => parse(self.field.text()),
        };
        nearby::alike(&self.nearby, &entry, &[])
    }

    /// Says how many households said something alike; nothing where none did.
    pub(super) fn echo(&self) -> Option<Said> {
        nearby::echo(&self.alike(), &[], t("Down 看", "Down"))
    }

    pub(super) fn look_around(&mut self, desk: &Desk) -> Go {
        if desk.covered {
            return Go::say(nearby::COVERED);
        }
        if self.alike().is_empty() {
            return Go::say(nearby::NOBODY);
        }
        self.close_strip();
        self.mode = Mode::Nearby(List::new());
        Go::Stay
    }

    /// Puts the sentence down as the same thing as the selected one.
    pub(super) fn join(&mut self, desk: &mut Desk) -> Go {
        let Mode::Nearby(list) = &self.mode else { return Go::Stay };
        let all = self.alike();
        let Some(chosen) = all.get(list.selected().min(all.len().saturating_sub(1))) else { return Go::Stay };
        let Some(theirs) = chosen.issue.clone() else {
            self.mode = Mode::Line;
            return Go::say(nearby::A_NOTE);
        };
        let joined = nearby::joined(parse(self.field.text()), &theirs).map(Entry::Issue);
        let Some(request) = joined.and_then(|entry| asking::record(self.name, &entry, "")) else { return Go::Stay };
        let place = self.line_place(None);
        let cursor = self.field.cursor();
        let line = self.field.take();
        self.mode = Mode::Line;
        let request = request.with_name("with", theirs.name).consuming(place);
        let ticket = desk.session.ask(Ask::Do(request));
        self.sent.push(Sent { ticket, line, cursor, changing: None });
        Go::say(nearby::JOINED)
    }
}
