//! The session: what the screens hold of the program below them.
//!
//! Screens ask and go on; answers come back as messages on the channel that wakes their loop. Reading what is already
//! known (a card, a list line) goes straight to the house, which never waits for the disk's sync.

mod drafts;
pub(in crate::app) mod finder;
pub(in crate::app) mod jobs;
pub(in crate::app) mod loss;
pub(in crate::app) mod message;
pub(in crate::app) mod shared;
pub(in crate::app) mod slate;
mod typed;
pub(in crate::app) mod writer;

use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::clock::Clock;
use crate::text::Trouble;

use super::underway::Underway;
use super::{ClockDoubt, Device, House, Peers, Place, Progress, Request, Running};
use crate::app::session::finder::Search;
use crate::app::session::loss::Loss;
use crate::app::session::message::{Ask, Ticket, Wake};
use crate::app::session::shared::Shared;
use crate::app::session::writer::Order;

/// The program below the screens.
pub struct Session {
    pub(super) shared: Arc<Shared>,
    orders: Sender<Order>,
    searches: Sender<Search>,
    writer: Option<JoinHandle<()>>,
    /// Closed once the writer has ended.
    ended: Receiver<()>,
    next: u64,
    place: Place,
    /// The people who use this laptop, the one who speaks first; empty until they were changed here.
    visitors: Vec<String>,
    /// Everything asked, for tests of pages.
    #[cfg(test)]
    pub asked: Vec<Ask>,
}

/// What a person should know who walks away from the laptop.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parting {
    /// What went wrong with the backup, if anything did.
    pub trouble: Option<Trouble>,
    /// How many records no export holds yet.
    pub waiting: u64,
}

/// What an end that is waited for waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    /// What was recorded and typed is saved.
    Saving,
    /// A backup is written, so many percent of it.
    BackingUp(u8),
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("folder", &self.place.folder).finish_non_exhaustive()
    }
}

impl Session {
    /// Starts the session's threads on a data folder; the first message is [`Message::Opened`](super::Message::Opened) or [`Message::FirstRun`](super::Message::FirstRun).
    pub fn start(place: Place, clock: Clock, wake: Wake) -> Self {
        let shared = Arc::new(Shared::default());
        let (orders, taken) = channel();
        let (searches, searched) = channel();
        let hand = writer::Hand {
            place: place.clone(),
            clock: clock.clone(),
            shared: Arc::clone(&shared),
            wake: Arc::clone(&wake),
            orders: orders.clone(),
        };
        let (ending, ended) = channel();
        let writer = std::thread::spawn(move || {
            // Goes with the thread, however it ends.
            let _ending: Sender<()> = ending;
            writer::run(hand, &taken);
        });
        let finding = Arc::clone(&shared);
        std::thread::spawn(move || finder::run(&finding, &clock, &wake, &searched));
        Self {
            shared,
            orders,
            searches,
            writer: Some(writer),
            ended,
            next: 0,
            place,
            visitors: Vec::new(),
            #[cfg(test)]
            asked: Vec::new(),
        }
    }

    /// Makes a session with nothing below it: what is asked is only noted.
    #[cfg(test)]
    pub fn idle() -> Self {
        Self {
            shared: Arc::default(),
            orders: channel().0,
            searches: channel().0,
            writer: None,
            ended: channel().1,
            next: 0,
            place: Place::new(std::path::PathBuf::new()),
            visitors: Vec::new(),
            asked: Vec::new(),
        }
    }

    /// Has so much to list still.
    #[cfg(test)]
    pub fn applying_for_tests(&self, left: usize) {
        self.shared.unapplied.store(left, Ordering::SeqCst);
    }

    /// Has so much that waits for an export.
    #[cfg(test)]
    pub fn wait_for_tests(&self, count: u64) {
        self.shared.not_exported.store(count, Ordering::SeqCst);
    }

    /// Has a house below it all the same.
    #[cfg(test)]
    pub fn open_for_tests(&self, house: House) {
        *self.shared.house.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(house));
    }

    fn search(&self, search: Search) {
        self.shared.newest_search.store(search.ticket.0, Ordering::SeqCst);
        self.shared.waiting.fetch_add(1, Ordering::SeqCst);
        if self.searches.send(search).is_err() {
            self.shared.waiting.fetch_sub(1, Ordering::SeqCst);
        }
    }

    /// Asks for something; the answer carries the ticket.
    pub fn ask(&mut self, ask: Ask) -> Ticket {
        self.next += 1;
        let ticket = Ticket(self.next);
        #[cfg(test)]
        self.asked.push(ask.clone());
        match ask {
            Ask::Find { typed, most } => self.search(Search { ticket, typed, most, here: None }),
            Ask::FindHere { village, is_wide, typed, most } => {
                self.search(Search { ticket, typed, most, here: Some((village, is_wide)) });
            }
            Ask::Draft { place, text, cursor } => {
                let place = self.own(&place);
                self.remember(&place, &text, cursor);
                self.order(Order::Draft { place, text, cursor });
            }
            mut other => {
                if matches!(other, Ask::SealUp(_)) {
                    // Here, not where it is begun: a stop may be pressed before that.
                    self.shared.stop_sealing.store(false, Ordering::SeqCst);
                }
                if matches!(other, Ask::Import) {
                    // As with sealing: the writer is at work while it is stopped.
                    *self.shared.importing.lock().unwrap_or_else(PoisonError::into_inner) = Progress::default();
                }
                if let Ask::Do(Request { draft: Some(place), args, .. }) = &mut other {
                    // What is recorded in somebody's name was typed by that one.
                    *place = args.text("actor").map_or_else(|| self.own(place), |who| drafts::owned(place, &who));
                    self.shared.typed().consume(ticket, place);
                }
                self.order(Order::Ask(ticket, other));
            }
        }
        ticket
    }

    /// Counts the running visit up to now; answered by [`Message::Beat`](super::Message::Beat). Screens call it once a second.
    pub fn tick(&mut self) {
        self.order(Order::Tick);
    }

    fn order(&self, order: Order) {
        self.shared.waiting.fetch_add(1, Ordering::SeqCst);
        self.send(order);
    }

    /// Sends an order that is counted already.
    fn send(&self, order: Order) {
        let said = usize::from(order.is_said());
        self.shared.unsaid.fetch_add(said, Ordering::SeqCst);
        if self.orders.send(order).is_err() {
            self.shared.waiting.fetch_sub(1, Ordering::SeqCst);
            self.shared.unsaid.fetch_sub(said, Ordering::SeqCst);
        }
    }

    /// Has what is typed saved now instead of within a second; answered by [`Message::Settled`](super::Message::Settled) once nothing is under
    /// way any more.
    pub fn save(&mut self) {
        // Counted before it is wanted: what ends between the two is not the end of everything.
        self.shared.waiting.fetch_add(1, Ordering::SeqCst);
        self.shared.settling.store(true, Ordering::SeqCst);
        self.send(Order::Save);
    }

    /// Gives who speaks now.
    pub fn speaker(&self) -> String {
        self.visitors().into_iter().next().unwrap_or_default()
    }

    /// Gives the people who use this laptop, the one who speaks first.
    pub fn visitors(&self) -> Vec<String> {
        if self.visitors.is_empty() { self.device().visitors } else { self.visitors.clone() }
    }

    /// Lets another person speak from now on; one who is not known yet is added.
    pub fn speak(&mut self, name: &str) {
        let mut visitors = self.visitors();
        visitors.retain(|visitor| visitor != name);
        visitors.insert(0, name.to_owned());
        self.visitors.clone_from(&visitors);
        self.ask(Ask::Do(Request::new("device.set").with("visitors", visitors)));
    }

    /// Takes a person out of those who use this laptop; what was recorded stays in that name.
    pub fn dismiss(&mut self, name: &str) {
        let mut visitors = self.visitors();
        visitors.retain(|visitor| visitor != name);
        self.used_by(&visitors);
        self.ask(Ask::Do(Request::new("device.set").with("visitors", visitors)));
    }

    /// Hears who uses this laptop from now on, the one who speaks first.
    pub fn used_by(&mut self, visitors: &[String]) {
        visitors.clone_into(&mut self.visitors);
    }

    /// Gives the readable side; none before the campaign is open.
    pub fn house(&self) -> Option<Arc<House>> {
        self.shared.house.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Gives who this laptop is.
    pub fn device(&self) -> Device {
        self.shared.device.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Gives the running visit as last ticked.
    pub fn running(&self) -> Option<Running> {
        self.shared.running.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Gives the visit that was running when the program last ended, while nobody has decided what becomes of it.
    pub fn interrupted(&self) -> Option<Running> {
        self.shared.interrupted.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Tells whether something asked for is still under way.
    pub fn busy(&self) -> bool {
        self.shared.waiting.load(Ordering::SeqCst) > 0
    }

    /// As [`Session::busy`]; where something is under way [`Message::Settled`](super::Message::Settled) says when nothing is any more. Whoever
    /// waits for that has to ask again each time: an answer may have led to another question.
    pub fn will_settle(&self) -> bool {
        self.shared.settling.store(true, Ordering::SeqCst);
        self.busy()
    }

    /// Tells whether a visit runs, so that every screen ticks it once a second.
    pub fn ticks(&self) -> bool {
        self.running().is_some()
    }

    /// Counts what this laptop recorded that no export holds.
    pub fn not_exported(&self) -> u64 {
        self.shared.not_exported.load(Ordering::SeqCst)
    }

    /// Gives what this laptop's clock does not go with, until somebody says that it is right.
    pub fn clock_doubt(&self) -> Option<ClockDoubt> {
        self.shared.doubt.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Gives what goes on by itself while the campaign is opened or its view made anew.
    pub fn underway(&self) -> &Underway {
        &self.place.underway
    }

    /// Counts the operations of a merge or an import that are durable and not yet among the households.
    pub fn unapplied(&self) -> usize {
        self.shared.unapplied.load(Ordering::SeqCst)
    }

    /// Gives what keeps records from being saved, if anything does.
    pub fn unsaved(&self) -> Option<Trouble> {
        self.shared.unsaved.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Gives what leaving now would cost.
    pub fn loss(&self) -> Loss {
        self.shared.loss.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Gives a file with the campaign's key that is not at hand yet, in the folder in which export files were looked for last.
    pub fn key_waiting(&self) -> Option<std::path::PathBuf> {
        self.shared.key_waiting.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Gives the number of the campaign's key that seals exports; none where there is none.
    pub fn campaign_key(&self) -> Option<u32> {
        *self.shared.campaign_key.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells whether what lies here is under a passphrase while exports go out in the clear, as no campaign key is at hand.
    pub fn exports_clear(&self) -> bool {
        self.is_sealed() && self.campaign_key().is_none()
    }

    /// Gives what other laptops are known to have; nothing before the campaign is open.
    pub fn peers(&self) -> Peers {
        self.shared.peers.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Stops the sealing that is under way; all stays as it was.
    pub fn stop_sealing(&self) {
        self.shared.stop_sealing.store(true, Ordering::SeqCst);
    }

    /// Stops the import that was asked for last, as long as its rows are not written: nothing of it stays then.
    pub fn stop_importing(&self) {
        self.shared.importing.lock().unwrap_or_else(PoisonError::into_inner).stop();
    }

    /// Tells whether what is open lies under a passphrase.
    pub fn is_sealed(&self) -> bool {
        let place = self.shared.place.read().unwrap_or_else(PoisonError::into_inner);
        place.as_ref().is_some_and(|place| place.disk.seal().id().is_some())
    }

    /// Gives the data folder.
    pub fn folder(&self) -> &std::path::Path {
        &self.place.folder
    }
}

impl Session {
    /// Ends it: drafts are saved, the view settles, a backup is made. Gives what a person should know before walking away.
    /// However long the disk takes it is waited for; each time `patience` has passed `slow` is told for what.
    pub fn end(mut self, patience: Duration, mut slow: impl FnMut(Leaving)) -> Parting {
        let _ = self.orders.send(Order::Stop);
        while self.ended.recv_timeout(patience) == Err(RecvTimeoutError::Timeout) {
            slow(self.shared.leaving());
        }
        self.stop();
        let trouble = self.shared.parting.lock().unwrap_or_else(PoisonError::into_inner).take();
        let waiting = if self.device().practice { 0 } else { self.not_exported() };
        Parting { trouble, waiting }
    }

    fn stop(&mut self) {
        let _ = self.orders.send(Order::Stop);
        if let Some(writer) = self.writer.take() {
            let _ = writer.join();
        }
    }
}

impl Drop for Session {
    /// Ends it as [`Session::end`] does.
    fn drop(&mut self) {
        self.stop();
    }
}
