//! The taking of orders: one after another, with one sync for all that wait, and the answers in order behind it.

use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use super::merging::Merging;
use super::{Bench, Order};
use crate::app::session::message::{Ask, Message, Ticket};
use crate::app::{Answer, Keeper};
use crate::log::is_refusal;
use crate::text::Trouble;

/// Requests that may take as long as a roster is.
const LONG: [&str; 3] = ["import.undo", "import.restore", "undo"];

impl Bench {
    /// Takes a batch of orders, syncs once, and answers. False when told to stop.
    pub(super) fn take(&mut self, orders: Vec<Order>) -> bool {
        let (count, mut said) = (orders.len(), orders.iter().filter(|order| order.is_said()).count());
        let mut answers: Vec<(Ticket, Result<Answer, Trouble>)> = Vec::new();
        let mut goes_on = true;
        for order in orders {
            match order {
                order if self.must_wait(&order) => {
                    self.hand.shared.waiting.fetch_add(1, Ordering::SeqCst);
                    said -= usize::from(order.is_said());
                    let order = self.hold(order);
                    self.held.push(order);
                }
                Order::Ask(ticket, Ask::Do(request)) => {
                    // What is kept beside the journal waits for nothing that its sync may refuse.
                    if request.is_of_timer() {
                        self.settle(&mut answers);
                    }
                    // A word about a whole list takes as long as the list.
                    let telling = LONG.contains(&request.word.as_str()).then(|| self.tell(|| Message::Underway));
                    let answer = self.need().and_then(|keeper| keeper.run(&request));
                    drop(telling);
                    if let (Err(_), Some(held), Some(keeper)) = (&answer, request.held, &mut self.keeper) {
                        keeper.slate.give_back(held);
                    }
                    answers.push((ticket, answer));
                    // Where the view had to be made anew it is synced already, and no later failure takes it back.
                    if self.keeper.as_ref().is_some_and(|keeper| !keeper.journal.waits()) {
                        self.settle(&mut answers);
                    }
                }
                Order::Ask(ticket, ask) => {
                    self.settle(&mut answers);
                    self.ask(ticket, ask);
                }
                Order::Draft { place, text, cursor } => self.draft(&place, &text, cursor),
                Order::Tick => self.tick(),
                Order::Filled(filled) => {
                    self.settle(&mut answers);
                    self.filled(filled);
                }
                Order::Save => {
                    // The heartbeat of a visit that was begun before is among what is to be saved.
                    self.settle(&mut answers);
                    self.save_drafts();
                }
                Order::Read(ticket, file, read) => self.read(ticket, file, *read),
                Order::Verified(ticket, file, parcel, rest) => {
                    self.settle(&mut answers);
                    self.merge(ticket, file, *parcel, rest);
                }
                Order::Proven(ticket, parcel, remove) => {
                    self.settle(&mut answers);
                    self.proven(ticket, *parcel, remove);
                }
                Order::Written(ticket, folder, knew, written) => self.written(ticket, &folder, &knew, *written),
                Order::ReadThrough(found, told) => {
                    // What was asked before is answered by its own sync, and refused by it.
                    self.settle(&mut answers);
                    self.read_through(*found, &told);
                }
                Order::BackedUp(done) => self.backed_up(*done),
                Order::Stop => goes_on = false,
            }
        }
        self.settle(&mut answers);
        self.note_saving();
        self.publish();
        self.read_journal_through();
        self.back_up_daily();
        self.hand.shared.dealt_with(said);
        self.hand.shared.done(count, &self.hand.wake);
        goes_on
    }

    pub(super) fn need(&mut self) -> Result<&mut Keeper, Trouble> {
        if self.keeper.is_none() {
            return Err(self.why_shut());
        }
        self.keeper.as_mut().ok_or_else(|| crate::app::no_campaign(&self.hand.place.folder))
    }

    /// Syncs once and sends the answers; when the sync fails nobody is told that anything was recorded.
    fn settle(&mut self, answers: &mut Vec<(Ticket, Result<Answer, Trouble>)>) {
        if answers.is_empty() {
            return;
        }
        let synced = self.keeper.as_mut().map_or(Ok(()), Keeper::sync);
        // What was refused before it came to a sync needed none: the folder is gone, or the disk took no word of it.
        let before = || {
            let refused = answers.iter().filter_map(|(_, answer)| answer.as_ref().err());
            refused.rev().find(|trouble| trouble.kind == "folder-gone" || is_refusal(trouble))
        };
        let unsaved = synced.as_ref().err().or_else(before).cloned();
        if let Some(keeper) = self.keeper.as_mut().filter(|_| unsaved.as_ref().is_some_and(is_refusal)) {
            keeper.slate.ask_again();
        }
        *self.hand.shared.unsaved.write().unwrap_or_else(PoisonError::into_inner) = unsaved;
        self.publish();
        for (ticket, answer) in answers.drain(..) {
            let answer = match &synced {
                Ok(()) => answer,
                Err(trouble) => answer.and(Err(trouble.clone())),
            };
            self.settle_draft(ticket, answer.as_ref().err(), synced.is_ok());
            self.say(Message::Answer(ticket, Box::new(answer)));
        }
    }

    /// Lets the draft that a request consumed go, or puts it back where nothing was typed meanwhile.
    fn settle_draft(&mut self, ticket: Ticket, refused: Option<&Trouble>, synced: bool) {
        let Some(((place, text, cursor), is_free)) = self.hand.shared.typed().settle(ticket, refused) else { return };
        let slate = self.keeper.as_mut().map(|keeper| &mut keeper.slate);
        match slate {
            // What was typed meanwhile may still be on its way here.
            Some(slate) if !is_free && !synced => slate.step_aside(&place, &text),
            // Where it is a draft again already, writing it anew could only write over another one.
            Some(slate) if slate.id(&place).is_some() => {}
            _ if is_free => self.draft(&place, &text, cursor),
            _ => {}
        }
    }

    /// Tells whether an order has to wait until everything is known of the households: it writes, or counts them.
    fn must_wait(&self, order: &Order) -> bool {
        let needs = matches!(order, Order::Read(..) | Order::Ask(_, Ask::Do(_) | Ask::Import | Ask::Export(..)));
        needs && (self.is_filling() || !self.held.is_empty())
    }

    /// Takes note of what a request that has to wait consumes.
    fn hold(&mut self, mut order: Order) -> Order {
        if let (Order::Ask(_, Ask::Do(request)), Some(keeper)) = (&mut order, &mut self.keeper)
            && let (Some(place), None) = (&request.draft, request.held)
        {
            request.held = keeper.slate.hold(place);
        }
        order
    }

    fn ask(&mut self, ticket: Ticket, ask: Ask) {
        match ask {
            Ask::SetUp { device, practice, passphrase } => self.set_up(ticket, *device, practice, passphrase.as_ref()),
            Ask::Unlock(typed) => self.unlock(ticket, &typed),
            Ask::Verify(typed) => self.verify_passphrase(ticket, typed),
            Ask::SealUp(passphrase) => self.seal_up(ticket, &passphrase),
            Ask::ChangeCode(typed) => self.change_code(ticket, typed),
            Ask::ChangePassphrase(old, new) => self.change_passphrase(ticket, old, new),
            Ask::TakeUp => self.take_up(),
            Ask::LookAround => self.look_around(ticket),
            Ask::Preview(file, said) => self.preview(ticket, file, said),
            Ask::StopReading => {
                self.reading.stop();
                self.comparing.stop();
            }
            Ask::Import => self.import(ticket),
            Ask::CountGroups => self.count_groups(ticket),
            Ask::Compare => self.compare(ticket),
            Ask::LookForTwins => self.look_for_twins(ticket),
            Ask::Trace(household) => self.trace(ticket, household),
            Ask::LookBefore => self.look_before(ticket),
            Ask::LookForCrossed => self.look_for_crossed(ticket),
            Ask::GiveBack => self.give_back(ticket),
            Ask::LookForBundles(place) => self.look(ticket, place),
            Ask::RememberFolder(place) => self.remember_folder(&place),
            Ask::Merge(files) => {
                self.merging = Some(Merging { ticket, accepted: false });
                self.verify(ticket, files);
            }
            Ask::MergeAccepted(file) => {
                self.merging = Some(Merging { ticket, accepted: true });
                self.verify(ticket, vec![file]);
            }
            Ask::TakeKey(file) => self.take_key(ticket, file),
            Ask::MakeKey { folder, again } => self.make_key(ticket, folder, again),
            Ask::HandOver { office, remove } => self.hand_over(ticket, office, remove),
            Ask::StopMerging => {
                self.merging = None;
                self.working.stop();
            }
            Ask::StopWorking => self.working.stop(),
            Ask::Export(folder, to) => self.export(ticket, folder, to),
            Ask::Do(_) | Ask::Draft { .. } | Ask::Find { .. } | Ask::FindHere { .. } => {}
        }
    }
}
