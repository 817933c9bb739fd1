//! What others of the village said about the same thing as the sentence of a visit, and joining it to theirs.

use super::{Mode, Visit};
use crate::app::Nearby;
use crate::domain::entry::{Entry, parse};
use crate::text::t;
use crate::ui::desk::Desk;
use crate::ui::page::Go;
use crate::ui::screens::nearby::{self, Joined};

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
    pub(super) fn echo(&self) -> Option<nearby::Echo> {
        nearby::echo(&self.alike(), &[], t("Down 看", "Down"))
    }

    pub(super) fn look_around(&mut self, desk: &Desk) -> Go {
        match nearby::opened(&self.alike(), desk) {
            Ok(list) => {
                self.close_strip();
                self.mode = Mode::Nearby(list);
                Go::Stay
            }
            Err(why) => Go::say(why),
        }
    }

    /// Puts the sentence down as the same thing as the selected one.
    pub(super) fn join(&mut self, desk: &mut Desk) -> Go {
        let Mode::Nearby(list) = &self.mode else { return Go::Stay };
        let typed = (parse(self.field.text()), vec![self.household]);
        match nearby::join(&self.alike(), list, Some(typed), desk) {
            Ok(Some(Joined { issue, with, said })) => {
                self.joining = Some(with);
                if issue.on_site() {
                    self.ask_how(issue, desk);
                } else {
                    self.send(&Entry::Issue(issue), "", desk);
                }
                Go::say(said)
            }
            Ok(None) => Go::Stay,
            Err(why) => {
                self.mode = Mode::Line;
                Go::say(why)
            }
        }
    }
}
