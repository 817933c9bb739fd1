//! The first run: there is no campaign in the folder yet, and one is made.

use crate::app::requests::pen;
use crate::app::session::message::{Message, Ticket};
use crate::app::{Device, Secret, demo};

use super::Bench;
use super::shut::Shut;

impl Bench {
    pub(super) fn set_up(&mut self, ticket: Ticket, mut device: Device, practice: bool, passphrase: Option<&Secret>) {
        device.laptop = pen::seed_from_environment().unwrap_or_else(pen::random);
        self.save_drafts();
        self.first = None;
        device.practice = practice;
        if let Err(trouble) = self.create(ticket, &device, passphrase) {
            self.say(Message::Failed(trouble));
            return;
        }
        self.open();
        if practice
            && let Some(keeper) = &mut self.keeper
            && let Err(trouble) = demo::fill(keeper)
        {
            self.say(Message::Failed(trouble));
        }
    }

    pub(super) fn first_run(&mut self) {
        self.shut = Shut::Begin;
        if self.hand.place.has_drafts() {
            match self.hand.place.first_drafts(&self.hand.clock) {
                Ok((first, found)) => {
                    self.hand.shared.typed().drafts = first.slate.all();
                    self.found_first = found;
                    self.first = Some(first);
                }
                // Somebody is about to begin in another window.
                Err(trouble) if trouble.kind == "already-open" => return self.refuse(trouble),
                // Where nothing can be read or written, the beginning of the campaign itself says so.
                Err(_) => {}
            }
        }
        self.say(Message::FirstRun);
    }
}
