//! What the office hands out and gets back: the campaign's key, and at the end all that people recorded.

use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

use crate::app::session::message::{Message, Ticket};
use crate::app::{HandedOver, Parcel};
use crate::text::{Trouble, t};

use super::shut::Shut;
use super::{Bench, Order};

impl Bench {
    /// Writes the file with the campaign's key beside the writer: a stick can be slow.
    pub(super) fn make_key(&mut self, ticket: Ticket, folder: PathBuf, again: bool) {
        let keeper = match self.need() {
            Ok(keeper) => keeper,
            Err(trouble) => return self.say(Message::KeyMade(ticket, Err(trouble))),
        };
        let campaign = keeper.campaign_id();
        let (place, wake, shared) =
            (self.hand.place.clone(), Arc::clone(&self.hand.wake), Arc::clone(&self.hand.shared));
        self.spawn(move |_| {
            let made = if !folder.is_dir() {
                Err(no_such_folder(&folder))
            } else if again {
                place.campaign_key_again(&campaign, &folder)
            } else {
                place.new_campaign_key(&campaign, &folder)
            };
            shared.read_again(&place);
            wake(Message::KeyMade(ticket, made));
        });
    }

    /// Takes the campaign's key from a file beside the writer.
    pub(super) fn take_key(&mut self, ticket: Ticket, file: PathBuf) {
        let keeper = match self.need() {
            Ok(keeper) => keeper,
            Err(trouble) => return self.say(Message::KeyTaken(ticket, Err(trouble))),
        };
        let campaign = keeper.campaign_id();
        let (place, wake, shared) =
            (self.hand.place.clone(), Arc::clone(&self.hand.wake), Arc::clone(&self.hand.shared));
        self.spawn(move |_| {
            let taken = place.take_campaign_key(&campaign, &file).map(|(number, _)| number);
            shared.read_again(&place);
            wake(Message::KeyTaken(ticket, taken));
        });
    }

    /// Verifies the office's export beside the writer.
    pub(super) fn hand_over(&mut self, ticket: Ticket, office: PathBuf, remove: bool) {
        let Some(keeper) = &self.keeper else {
            let refused = Err(self.why_shut());
            self.say(Message::HandedOver(ticket, Box::new(refused)));
            return;
        };
        let known = keeper.what_is_known();
        let (progress, over) = self.watch(ticket);
        progress.part(0, 100, std::fs::metadata(&office).map_or(0, |data| data.len()));
        self.spawn(move |order| {
            let parcel = known.open(&office, &progress);
            drop(over);
            order(Order::Proven(ticket, Box::new(parcel), remove));
        });
    }

    /// Holds what is known here against the office's export, and removes it where a person said so and nothing is missing
    /// there.
    pub(super) fn proven(&mut self, ticket: Ticket, parcel: Result<Parcel, Trouble>, remove: bool) {
        let proven = parcel.and_then(|parcel| {
            self.may_hand_over()?;
            self.need()?.hand_over_to(&parcel)
        });
        let handed = proven.map(|handover| match self.keeper.take_if(|_| remove) {
            None => HandedOver { handover, removed: false, left: Vec::new() },
            Some(keeper) => {
                self.shut = Shut::Gone;
                let shared = &self.hand.shared;
                *shared.house.write().unwrap_or_else(PoisonError::into_inner) = None;
                *shared.place.write().unwrap_or_else(PoisonError::into_inner) = None;
                shared.typed().drafts.clear();
                shared.not_exported.store(0, Ordering::SeqCst);
                let left = keeper.remove(&handover);
                HandedOver { handover, removed: true, left }
            }
        });
        self.say(Message::HandedOver(ticket, Box::new(handed)));
    }

    /// What is being written meanwhile would be there again afterwards.
    fn may_hand_over(&self) -> Result<(), Trouble> {
        let waits = self.keeper.as_ref().is_some_and(|keeper| keeper.backlog_left() > 0);
        if self.backing_up.is_none() && !self.applying && !waits && !self.is_filling() {
            return Ok(());
        }
        let said = t("这里还有活没做完.", "Something is still under way here.");
        Err(Trouble::new("busy", said).hint(t(
            "等一会儿再试; 还是这样就退出, 再打开.",
            "Try again in a moment; if it stays so, leave and start again.",
        )))
    }
}

fn no_such_folder(folder: &Path) -> Trouble {
    let said = t("没有 {dir} 这个文件夹, 没有做.", "There is no folder {dir}; nothing was made.");
    Trouble::new("folder-missing", said.with("dir", folder.display()))
        .hint(t("检查U盘是否插好, 或按 Tab 换一个.", "Check that the stick is in, or take another with Tab."))
}
