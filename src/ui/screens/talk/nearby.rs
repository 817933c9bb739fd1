//! What others of the village said about the same thing as the sentence of a talk, here or before, and joining it to theirs.

use std::collections::BTreeSet;

use super::{Mode, Talk};
use crate::app::{Gathering, Nearby};
use crate::domain::Name;
use crate::domain::entry::{Entry, parse};
use crate::text::{Text, t};
use crate::ui::desk::Desk;
use crate::ui::page::Go;
use crate::ui::screens::nearby::{self, Joined};

impl Talk {
    /// Reads anew what the village said elsewhere; what is said here comes with the talk.
    pub(super) fn listen(&mut self, desk: &Desk) {
        let both = desk.session.house().zip(self.gathering.as_ref());
        self.elsewhere = both.and_then(|(house, gathering)| house.said_around(gathering).ok()).unwrap_or_default();
        self.heard_of = self.places();
    }

    /// Reads it where who came or left, or who put right where the talk is, tells of another village than the one it was read of.
    pub(super) fn listen_to_who_came(&mut self, desk: &Desk) {
        if self.heard_of != self.places() {
            self.listen(desk);
        }
    }

    fn places(&self) -> BTreeSet<String> {
        let towns = self.gathering.iter().flat_map(Gathering::towns).map(str::to_owned);
        towns.chain(self.gathering.iter().map(|gathering| gathering.talk.village.clone())).collect()
    }

    /// Gives what is typed or sorted, and the households that say it.
    pub(super) fn spoken(&self) -> (Entry, Vec<Name>) {
        let (who, entry) = match &self.mode {
            Mode::Strip(who, strip) => (who.clone(), strip.entry()),
            _ => match self.who(self.field.text()) {
                Ok((who, rest)) => (who.unwrap_or_default(), parse(&rest)),
                Err(_) => (Vec::new(), Entry::Empty),
            },
        };
        (entry, who.iter().filter_map(|number| self.home(*number)).collect())
    }

    /// Gives the sentences that are about the same thing, those of this talk first, each the latest first.
    pub(super) fn alike(&self) -> Vec<&Nearby> {
        if self.changing.is_some() || self.is_adding() {
            return Vec::new();
        }
        let (entry, own) = self.spoken();
        nearby::alike(self.here.iter().chain(&self.elsewhere), &entry, &own)
    }

    /// Says how many households said something alike; nothing where none did. In the line the arrows point at households.
    pub(super) fn echo(&self) -> Option<nearby::Echo> {
        const IN_STRIP: Text = t("Down 看", "Down");
        const IN_LINE: Text = t("Tab, Down 看", "Tab, Down");
        let keys = if matches!(self.mode, Mode::Strip(..)) { IN_STRIP } else { IN_LINE };
        nearby::echo(&self.alike(), &self.spoken().1, keys)
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

    /// Puts the sentence down as the same thing as the selected one, for each household that says it.
    pub(super) fn join(&mut self, desk: &mut Desk) -> Go {
        let (who, rest) = self.who(self.field.text()).unwrap_or_default();
        if let Some(question) = self.asks_for_who_left(who.as_deref().unwrap_or_default(), desk) {
            return Go::Say(question);
        }
        let Mode::Nearby(list) = &self.mode else { return Go::Stay };
        let households = |who: &[u16]| who.iter().filter_map(|number| self.household(*number)).collect();
        let typed = who.as_deref().map(|who| (parse(&rest), households(who)));
        match nearby::join(&self.alike(), list, typed, desk) {
            Ok(Some(Joined { issue, with, said })) => {
                let who = who.unwrap_or_default();
                self.joining = Some(with);
                if issue.on_site() {
                    self.ask_how(who, issue, desk);
                } else {
                    self.send(&who, &Entry::Issue(issue), "", desk);
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
