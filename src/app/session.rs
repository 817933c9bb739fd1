//! The session: what the screens hold of the program below them.
//!
//! Screens ask and go on; answers come back as messages on the channel that wakes their loop. Reading what is already
//! known (a card, a list line) goes straight to the house, which never waits for the disk's sync.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread::JoinHandle;

use crate::clock::Clock;
use crate::text::{Said, Trouble};

use super::finder::{self, Search};
use super::jobs::{Offer, Preview};
use super::keeper::Beat;
use super::sticks::Around;
use super::writer::{self, Order};
use super::{Answer, Device, Exported, Face, Hits, House, Imported, Merged, Place, Request, Running};

/// Tells one question from another; its answer carries it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Ticket(pub u64);

/// What the screens can ask for.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    /// Carries out a row of the request table. Answered by [`Message::Answer`] once it is durable.
    Do(Request),
    /// Keeps what is typed at a place, with the cursor in bytes. Not answered.
    Draft {
        /// The place.
        place: String,
        /// The whole text; empty lets the draft go.
        text: String,
        /// The cursor, in bytes.
        cursor: usize,
    },
    /// Finds households. Answered by [`Message::Found`], unless another search follows first.
    Find {
        /// What is typed.
        typed: String,
        /// How many lines are wanted.
        most: usize,
    },
    /// Makes the campaign folder at the first run. Answered by [`Message::Opened`] or [`Message::Failed`].
    SetUp {
        /// Who this laptop is.
        device: Device,
        /// Fill it with invented households to practise on.
        practice: bool,
    },
    /// Takes up the visit that was running when the program last ended; the time since is a gap.
    TakeUp,
    /// Looks for sticks, and for files that may be rosters. Answered by [`Message::Around`].
    LookAround,
    /// Looks at a roster file. Answered by [`Message::Previewed`].
    Preview(PathBuf),
    /// Brings in the roster previewed last. Answered by [`Message::Imported`].
    Import,
    /// Looks at the export files in a folder, or at one file. Answered by [`Message::Offered`].
    LookForBundles(PathBuf),
    /// Merges export files. Answered by one [`Message::Merged`] a file.
    Merge(Vec<PathBuf>),
    /// Exports everything to a folder. Answered by [`Message::Exported`].
    Export(PathBuf),
}

/// What the screens hear.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    /// The campaign is open. A visit that was running when the program last ended comes with it.
    Opened {
        /// The visit whose timer was running.
        interrupted: Option<Running>,
        /// What was found wrong, and what was done about it.
        findings: Vec<Said>,
    },
    /// There is no campaign in the folder yet.
    FirstRun,
    /// The lookup knows all households now.
    Filled,
    /// A request was carried out and is durable, or was refused.
    Answer(Ticket, Box<Result<Answer, Trouble>>),
    /// The running visit was ticked.
    Beat(Box<Beat>),
    /// Households were found.
    Found {
        /// The question.
        ticket: Ticket,
        /// How many, and of how many.
        hits: Hits,
        /// The first of them.
        faces: Vec<Face>,
    },
    /// Sticks and files were looked for.
    Around(Ticket, Box<Around>),
    /// A roster was looked at.
    Previewed(Ticket, Box<Result<Preview, Trouble>>),
    /// A roster was brought in.
    Imported(Ticket, Box<Result<Imported, Trouble>>),
    /// Export files were looked at.
    Offered(Ticket, Vec<Offer>),
    /// One export file was merged.
    Merged(Ticket, PathBuf, Box<Result<Merged, Trouble>>),
    /// An export was written and read back.
    Exported(Ticket, Box<Result<Exported, Trouble>>),
    /// Nothing that was asked for is under way any more; only after [`Session::save`].
    Settled,
    /// Something went wrong that nobody asked for: a draft could not be saved, the folder is gone.
    Failed(Trouble),
}

impl Message {
    /// Gives what went wrong, if this tells of something that did.
    pub fn trouble(&self) -> Option<&Trouble> {
        match self {
            Self::Failed(trouble) => Some(trouble),
            Self::Answer(_, result) => result.as_ref().as_ref().err(),
            Self::Previewed(_, result) => result.as_ref().as_ref().err(),
            Self::Imported(_, result) => result.as_ref().as_ref().err(),
            Self::Merged(_, _, result) => result.as_ref().as_ref().err(),
            Self::Exported(_, result) => result.as_ref().as_ref().err(),
            _ => None,
        }
    }
}

/// Where messages go; sending wakes the screens' loop.
pub type Wake = Arc<dyn Fn(Message) + Send + Sync>;

impl Shared {
    /// Takes the draft of a place away while a request consumes it, so that no page brings it back meanwhile.
    fn consume(&self, ticket: Ticket, place: &str) {
        let mut drafts = self.drafts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = drafts.iter().position(|(other, _, _)| other == place) {
            let draft = drafts.swap_remove(at);
            self.consumed.lock().unwrap_or_else(PoisonError::into_inner).push((ticket, draft));
        }
    }

    /// Ends the consuming of a draft. Where the request was refused and nothing else was typed at the place since, it
    /// is a draft again and is given back.
    pub(super) fn settle_draft(&self, ticket: Ticket, recorded: bool) -> Option<DraftAt> {
        let mut consumed = self.consumed.lock().unwrap_or_else(PoisonError::into_inner);
        let at = consumed.iter().position(|(other, _)| *other == ticket)?;
        let (_, draft) = consumed.swap_remove(at);
        let mut drafts = self.drafts.lock().unwrap_or_else(PoisonError::into_inner);
        if recorded || drafts.iter().any(|(place, _, _)| *place == draft.0) {
            return None;
        }
        drafts.push(draft.clone());
        Some(draft)
    }

    /// Counts off what is done. Whoever waits for everything to be done is woken with the last of it.
    pub(super) fn done(&self, count: usize, wake: &Wake) {
        let before = self.waiting.fetch_sub(count, Ordering::SeqCst);
        if before == count && self.settling.swap(false, Ordering::SeqCst) {
            wake(Message::Settled);
        }
    }
}

/// What is typed at a place: the place, the text, and the cursor in bytes.
pub(super) type DraftAt = (String, String, usize);

/// What writer and screens both know, without asking each other.
#[derive(Default)]
pub(super) struct Shared {
    pub house: RwLock<Option<Arc<House>>>,
    pub device: RwLock<Device>,
    pub running: Mutex<Option<Running>>,
    pub interrupted: Mutex<Option<Running>>,
    pub drafts: Mutex<Vec<DraftAt>>,
    /// Drafts that requests under way consume.
    pub consumed: Mutex<Vec<(Ticket, DraftAt)>>,
    pub waiting: AtomicUsize,
    pub settling: AtomicBool,
    pub not_exported: AtomicU64,
    pub unsaved: RwLock<Option<Trouble>>,
    pub newest_search: AtomicU64,
}

/// The program below the screens.
pub struct Session {
    shared: Arc<Shared>,
    orders: Sender<Order>,
    searches: Sender<Search>,
    writer: Option<JoinHandle<()>>,
    next: u64,
    place: Place,
    /// Everything asked, for tests of pages.
    #[cfg(test)]
    pub asked: Vec<Ask>,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("folder", &self.place.folder).finish_non_exhaustive()
    }
}

impl Session {
    /// Starts the session's threads on a data folder; the first message is [`Message::Opened`] or [`Message::FirstRun`].
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
        let writer = std::thread::spawn(move || writer::run(hand, &taken));
        let finding = Arc::clone(&shared);
        std::thread::spawn(move || finder::run(&finding, &clock, &wake, &searched));
        Self {
            shared,
            orders,
            searches,
            writer: Some(writer),
            next: 0,
            place,
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
            next: 0,
            place: Place::new(PathBuf::new()),
            asked: Vec::new(),
        }
    }

    /// Asks for something; the answer carries the ticket.
    pub fn ask(&mut self, ask: Ask) -> Ticket {
        self.next += 1;
        let ticket = Ticket(self.next);
        #[cfg(test)]
        self.asked.push(ask.clone());
        match ask {
            Ask::Find { typed, most } => {
                self.shared.newest_search.store(ticket.0, Ordering::SeqCst);
                self.shared.waiting.fetch_add(1, Ordering::SeqCst);
                if self.searches.send(Search { ticket, typed, most }).is_err() {
                    self.shared.waiting.fetch_sub(1, Ordering::SeqCst);
                }
            }
            Ask::Draft { place, text, cursor } => {
                self.remember(&place, &text, cursor);
                self.order(Order::Draft { place, text, cursor });
            }
            other => {
                if let Ask::Do(Request { draft: Some(place), .. }) = &other {
                    self.shared.consume(ticket, place);
                }
                self.order(Order::Ask(ticket, other));
            }
        }
        ticket
    }

    /// Counts the running visit up to now; answered by [`Message::Beat`]. Screens call it once a second.
    pub fn tick(&mut self) {
        self.order(Order::Tick);
    }

    fn order(&self, order: Order) {
        self.shared.waiting.fetch_add(1, Ordering::SeqCst);
        if self.orders.send(order).is_err() {
            self.shared.waiting.fetch_sub(1, Ordering::SeqCst);
        }
    }

    fn remember(&self, place: &str, text: &str, cursor: usize) {
        let mut drafts = self.shared.drafts.lock().unwrap_or_else(PoisonError::into_inner);
        drafts.retain(|(other, _, _)| other != place);
        if !text.is_empty() {
            drafts.push((place.to_owned(), text.to_owned(), cursor));
        }
    }

    /// Has what is typed saved now instead of within a second; answered by [`Message::Settled`] once nothing is under
    /// way any more.
    pub fn save(&mut self) {
        self.shared.settling.store(true, Ordering::SeqCst);
        self.order(Order::Save);
    }

    /// Gives what was typed at a place and not recorded: text, and the cursor in bytes.
    pub fn draft(&self, place: &str) -> Option<(String, usize)> {
        let drafts = self.shared.drafts.lock().unwrap_or_else(PoisonError::into_inner);
        drafts.iter().find(|(other, _, _)| other == place).map(|(_, text, cursor)| (text.clone(), *cursor))
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

    /// As [`Session::busy`]; where something is under way [`Message::Settled`] says when nothing is any more. Whoever
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

    /// Gives what keeps records from being saved, if anything does.
    pub fn unsaved(&self) -> Option<Trouble> {
        self.shared.unsaved.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Gives the data folder.
    pub fn folder(&self) -> &std::path::Path {
        &self.place.folder
    }
}

impl Drop for Session {
    /// Saves drafts, lets the view settle and waits for the writer.
    fn drop(&mut self) {
        let _ = self.orders.send(Order::Stop);
        if let Some(writer) = self.writer.take() {
            let _ = writer.join();
        }
    }
}
