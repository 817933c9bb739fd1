//! Merging: each file is verified, and what it brings written, beside the writer; then it is taken in, and the next one begins.

use std::path::PathBuf;

use super::{Bench, Order};
use crate::app::Parcel;
use crate::app::session::message::{Message, Ticket};
use crate::text::{Trouble, t};

/// The merge that was asked for last.
pub(super) struct Merging {
    pub ticket: Ticket,
    /// A person said that its file comes in although it is doubtful who wrote it. The word ends with this merge.
    pub accepted: bool,
}

impl Bench {
    /// Verifies the first of several bundles beside the writer, and writes what it brings beside the journal.
    pub(super) fn verify(&mut self, ticket: Ticket, mut files: Vec<PathBuf>) {
        let Some(keeper) = &mut self.keeper else {
            for file in files {
                let refused = Err(self.why_shut());
                self.say(Message::Merged(ticket, file, Box::new(refused)));
            }
            return;
        };
        let rest = files.split_off(files.len().min(1));
        let Some(file) = files.pop() else { return };
        let (known, place) = (keeper.what_is_known(), keeper.parcel_place());
        let accepted = self.merging.as_ref().is_some_and(|merging| merging.ticket == ticket && merging.accepted);
        let (progress, over) = self.watch(ticket);
        progress.part(0, 70, std::fs::metadata(&file).map_or(0, |data| data.len()));
        self.spawn(move |order| {
            let parcel = known.open(&file, &progress).and_then(|parcel| {
                let mut parcel = if accepted { parcel.accepted() } else { parcel };
                parcel.prepare(place, &progress).map(|()| parcel)
            });
            drop(over);
            order(Order::Verified(ticket, file, Box::new(parcel), rest));
        });
    }

    pub(super) fn merge(&mut self, ticket: Ticket, file: PathBuf, parcel: Result<Parcel, Trouble>, rest: Vec<PathBuf>) {
        let stopped = || {
            Err(Trouble::new(
                "stopped",
                t("停下了, 没有合并; 什么都没有改.", "stopped; not merged, and nothing was changed."),
            ))
        };
        if self.merging.as_ref().is_none_or(|merging| merging.ticket != ticket) {
            for file in std::iter::once(file).chain(rest) {
                self.say(Message::Merged(ticket, file, Box::new(stopped())));
            }
            return;
        }
        let merged = parcel.and_then(|parcel| self.need()?.merge(parcel));
        if let (Some(keeper), Ok(_), Some(folder)) = (&mut self.keeper, &merged, file.parent()) {
            // It came in all the same where the settings cannot be written.
            let _ = keeper.remember_looked_at(folder);
        }
        self.hand.shared.read_again(&self.hand.place);
        self.note_backlog();
        self.publish();
        self.say(Message::Merged(ticket, file, Box::new(merged)));
        self.verify(ticket, rest);
    }
}
