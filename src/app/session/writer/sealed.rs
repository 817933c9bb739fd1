//! The writer and the passphrase: what is locked is opened, what is open is sealed, and the key ring is wrapped anew.

use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

use crate::app::session::message::{Message, Ticket};
use crate::app::{Device, SealedUp, Secret};
use crate::text::{Trouble, t};

use super::Bench;
use super::shut::Shut;

/// So many thousandths lie between two words about it.
const STEP: u64 = 10;

impl Bench {
    /// Opens the campaign, or says that a passphrase is needed.
    pub(super) fn open_or_ask(&mut self) {
        if self.hand.place.is_locked() {
            self.shut = Shut::Locked;
            self.say(Message::Locked);
        } else {
            self.open();
        }
    }

    pub(super) fn unlock(&mut self, ticket: Ticket, typed: &Secret) {
        match self.hand.place.unlock(typed.text()) {
            Ok(place) => {
                self.hand.place = place;
                self.open();
            }
            Err(trouble) => self.say(Message::Unlocked(ticket, Err(trouble))),
        }
    }

    /// Beside the writer: it takes a good part of a second, and lines go on being recorded.
    pub(super) fn verify_passphrase(&self, ticket: Ticket, typed: Secret) {
        let (place, wake) = (self.hand.place.clone(), Arc::clone(&self.hand.wake));
        self.spawn(move |_| wake(Message::Unlocked(ticket, place.verify(typed.text()))));
    }

    pub(super) fn change_passphrase(&self, ticket: Ticket, old: Secret, new: Secret) {
        let (place, wake) = (self.hand.place.clone(), Arc::clone(&self.hand.wake));
        self.spawn(move |_| {
            wake(Message::PassphraseChanged(ticket, place.change_passphrase(old.text(), new.text())));
        });
    }

    pub(super) fn change_code(&self, ticket: Ticket, typed: Secret) {
        let (place, wake) = (self.hand.place.clone(), Arc::clone(&self.hand.wake));
        self.spawn(move |_| {
            let code = place.change_code(typed.text());
            wake(Message::Coded(ticket, code.map(|code| code.groups().to_vec())));
        });
    }

    /// Makes the campaign folder, under a passphrase where there is to be one.
    pub(super) fn create(
        &mut self,
        ticket: Ticket,
        device: &Device,
        passphrase: Option<&Secret>,
    ) -> Result<(), Trouble> {
        let (place, clock) = (&self.hand.place, &self.hand.clock);
        let Some(passphrase) = passphrase else { return place.create(device, clock) };
        let (place, code) = place.create_sealed(device, clock, passphrase.text())?;
        self.hand.place = place;
        self.say(Message::Coded(ticket, Ok(code.groups().to_vec())));
        Ok(())
    }

    /// Closes the campaign, seals all of it, and opens it again.
    pub(super) fn seal_up(&mut self, ticket: Ticket, passphrase: &Secret) {
        if let Err(trouble) = self.may_seal() {
            self.say(Message::Coded(ticket, Err(trouble)));
            return;
        }
        self.save_drafts();
        // Nothing of the old folder may stay open.
        self.keeper = None;
        *self.hand.shared.house.write().unwrap_or_else(PoisonError::into_inner) = None;
        let (shared, wake) = (Arc::clone(&self.hand.shared), Arc::clone(&self.hand.wake));
        let mut told = None;
        let sealed = self.hand.place.seal_up(passphrase.text(), &self.hand.clock, &mut |far| {
            if told.replace(far / STEP) != Some(far / STEP) {
                wake(Message::Sealing(ticket, far));
            }
            !shared.stop_sealing.load(Ordering::SeqCst)
        });
        let (coded, found) = match sealed {
            Ok(SealedUp { place, code, findings }) => {
                self.hand.place = place;
                (Ok(code.groups().to_vec()), findings)
            }
            Err(trouble) => (Err(trouble), Vec::new()),
        };
        self.say(Message::Coded(ticket, coded));
        self.open_telling(found);
    }

    fn may_seal(&mut self) -> Result<(), Trouble> {
        // A backup that is being written would be there in the clear once all the rest is sealed.
        if let Some(under_way) = self.backing_up.take() {
            under_way.wait();
        }
        let keeper = self.need()?;
        let running = keeper.running.is_some() || keeper.interrupted.is_some();
        let busy = keeper.backlog_left() > 0;
        if running {
            let said = t("还有一次走访没结束.", "A visit is still running.");
            return Err(Trouble::new("visit-running", said).hint(t("先结束它再加口令.", "End it first.")));
        }
        if busy {
            let said = t("刚合并或导入的还在整理.", "What was merged or imported is still being taken in.");
            return Err(Trouble::new("stopped", said).hint(t("等它完再试.", "Try again when it is done.")));
        }
        keeper.sync()
    }
}
