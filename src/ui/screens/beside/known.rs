//! Known: the record of what the selected line is about, kept until another line is selected or something was recorded. A frame
//! is drawn for each key and each second of a timer: none of them reads what it showed before, nor waits for whoever merges.

use chrono::NaiveDate;

use super::Beside;
use crate::app::{Dossier, Message};
use crate::domain::{Name, local};
use crate::ui::desk::Desk;
use crate::ui::screens::card::Sheet;

/// What a line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    Household(Name),
    Issue(Name),
}

/// What is known of it.
#[derive(Debug, PartialEq)]
pub(super) enum Read {
    Household(Box<Sheet>),
    Issue(Box<Dossier>),
}

impl Read {
    fn of(about: About, desk: &Desk) -> Option<Self> {
        let house = desk.session.house()?;
        match about {
            About::Household(name) => Sheet::read(&house, name).ok().map(Box::new).map(Self::Household),
            About::Issue(name) => house.dossier(name, desk.now.wall_ms).ok()?.map(Box::new).map(Self::Issue),
        }
    }
}

/// Keeps what was read last.
#[derive(Debug, PartialEq, Default)]
pub struct Known {
    /// What it is of, as it stood on which day; nothing where it could not be read.
    last: Option<(About, NaiveDate, Option<Read>)>,
}

impl Known {
    /// Has read a household.
    #[cfg(test)]
    pub fn of_household(name: Name, sheet: Sheet, desk: &Desk) -> Self {
        let read = Read::Household(Box::new(sheet));
        Self { last: Some((About::Household(name), local::day(desk.now.wall_ms), Some(read))) }
    }

    /// Reads what is known of the selected line, unless it is at hand.
    pub fn look(&mut self, beside: Option<&Beside>, desk: &Desk) {
        let Some(about) = beside.and_then(|beside| beside.about) else {
            self.last = None;
            return;
        };
        let today = local::day(desk.now.wall_ms);
        let is_at_hand = self.last.as_ref().is_some_and(|(of, day, _)| (*of, *day) == (about, today));
        if !is_at_hand {
            self.last = Some((about, today, Read::of(about, desk)));
        }
    }

    /// Lets go of it where a message may tell of something new.
    pub fn heard(&mut self, message: &Message) {
        let changes_nothing = matches!(
            message,
            Message::Found { .. }
                | Message::Beat(_)
                | Message::Working(..)
                | Message::Reading(..)
                | Message::Sealing(..)
                | Message::Underway
        );
        if !changes_nothing {
            self.last = None;
        }
    }

    /// Gives what is known of something.
    pub(super) fn of(&self, about: About) -> Option<&Read> {
        self.last.as_ref().filter(|(of, ..)| *of == about).and_then(|(.., read)| read.as_ref())
    }
}
