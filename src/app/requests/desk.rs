//! The desk: everything a request may look at and change while it is carried out.

use crate::domain::{Campaign, Name, Presence, TalkMark};
use crate::text::Trouble;

use super::action::{Action, Before};
use crate::app::house::running::Running;
use crate::app::house::talks::{filled_without, presences};
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

    /// Gives where the timer stands that runs here.
    pub fn mark(&self) -> Option<TalkMark> {
        self.running.as_ref().map(Running::mark)
    }

    /// Gives the households at a talk, by number, as they are before the request.
    pub fn present(&self, talk: Name) -> Result<Vec<Presence>, Trouble> {
        presences(self.shelf, self.action.view(), talk)
    }

    /// Tells whether a household that goes leaves nobody at a talk who is short, where somebody was at the mark before: time for the
    /// bell. One whose timer does not run here has none.
    pub fn is_filled_without(&self, gone: Name, talk: Name, before: Option<TalkMark>) -> bool {
        let running = self.running.as_ref().filter(|running| running.visit == talk).zip(before);
        let there = running.and_then(|running| Some((running, self.present(talk).ok()?)));
        there.is_some_and(|((running, before), present)| {
            filled_without(gone, &present, running, before, self.minimum_minutes)
        })
    }

    /// Tells whether all who are at the talk that runs here have counted the minimum.
    pub fn is_talk_full(&self) -> bool {
        let running = self.running.as_ref().filter(|running| running.is_talk());
        running.is_some_and(|running| {
            let present = self.present(running.visit).unwrap_or_default();
            running.fullness(&present, self.minimum_minutes).is_full()
        })
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
