//! The desk: everything a request may look at and change while it is carried out.

use crate::domain::{Campaign, Counting, Name, Presence};
use crate::text::Trouble;

use super::action::{Action, Before};
use crate::app::house::running::Running;
use crate::app::house::talks::presences;
use crate::app::{Device, Shelf};

/// What lies on the table while one request is carried out. When it fails, all of it is put back as it was.
pub struct Desk<'a> {
    /// The operations being written.
    pub action: Action<'a>,
    /// What belongs to what.
    pub shelf: &'a Shelf,
    /// The visit whose timer runs on this laptop.
    pub running: &'a mut Option<Running>,
    /// A visit that was running when the program last ended, until somebody decides what becomes of it.
    pub interrupted: &'a mut Option<Running>,
    /// Timers of visits and talks that ended, for taking the end back.
    pub ended: &'a mut Vec<Running>,
    /// Who this laptop is.
    pub device: &'a mut Device,
    /// What this laptop did before, for taking back.
    pub past: &'a mut Vec<Vec<Before>>,
    /// What differs from campaign to campaign: deadlines, people.
    pub campaign: &'a Campaign,
    /// From how many counted minutes on a visit counts (plan 二(二)3(1)).
    pub minimum_minutes: i64,
}

impl Desk<'_> {
    /// Says when visits count.
    pub fn counting(&self) -> Counting {
        Counting { minimum_minutes: self.minimum_minutes, talks: self.campaign.visit.talk_counts }
    }

    /// Tells whether a call counts for a household: it is away for a recorded reason.
    ///
    /// # Errors
    /// The view could not be read.
    pub fn may_be_phoned(&self, household: Name) -> Result<bool, Trouble> {
        let household = self.shelf.household(household, self.action.view())?;
        Ok(household.is_some_and(|household| household.may_be_phoned()))
    }

    /// Tells whether a visit is the one whose timer runs here.
    pub fn is_running(&self, visit: Name) -> bool {
        self.running.as_ref().is_some_and(|running| running.visit == visit)
    }

    /// Gives the timer of a visit that has not ended: the running one, or the interrupted one.
    pub fn timer_of(&mut self, visit: Name) -> Option<&mut Running> {
        let both = self.running.iter_mut().chain(self.interrupted.iter_mut());
        both.into_iter().find(|running| running.visit == visit)
    }

    /// Gives the visit that a request means when it names none; a talk is none.
    pub fn open_visit(&self) -> Option<Name> {
        self.open().filter(|running| !running.is_talk()).map(|running| running.visit)
    }

    /// Gives the talk that a request means when it names none.
    pub fn open_talk(&self) -> Option<Name> {
        self.open().filter(|running| running.is_talk()).map(|running| running.visit)
    }

    /// Gives the visit or talk that has not ended.
    pub fn open(&self) -> Option<&Running> {
        self.running.as_ref().or(self.interrupted.as_ref())
    }

    /// Gives the households at a talk, by number, as they are before the request.
    pub fn present(&self, talk: Name) -> Result<Vec<Presence>, Trouble> {
        presences(self.shelf, self.action.view(), talk)
    }

    /// Lets the timer of a visit go, if it has one here.
    pub fn let_go(&mut self, visit: Name) {
        for slot in [&mut *self.running, &mut *self.interrupted] {
            self.ended.extend(slot.take_if(|running| running.visit == visit));
        }
    }

    /// Forgets the timer of a visit whose beginning is taken back, as if it had never run; an interrupted one too, which would keep
    /// every other visit from beginning.
    pub fn forget(&mut self, visit: Name) {
        for slot in [&mut *self.running, &mut *self.interrupted] {
            slot.take_if(|running| running.visit == visit);
        }
    }

    /// Has the timer of a visit again whose end was taken back: nothing counts until somebody goes on with it.
    pub fn reopen(&mut self, visit: Name) -> bool {
        let at = self.ended.iter().rposition(|running| running.visit == visit);
        let again = at.map(|at| self.ended.remove(at));
        let is_open = again.is_some();
        if is_open {
            *self.interrupted = again.map(|running| Running { reopened: true, ..running });
        }
        is_open
    }
}
