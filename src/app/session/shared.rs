//! What writer, finder and screens all see without asking each other.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use crate::text::Trouble;

use super::message::{Message, Ticket, Wake};
use crate::app::{ClockDoubt, Device, House, Leaving, Peers, Place, Progress, Running};
use crate::log::is_refusal;

/// What is typed at a place: the place, the text, and the cursor in bytes.
pub(in crate::app) type DraftAt = (String, String, usize);

/// A draft that was to be recorded and was not, as the disk did not take it.
pub(in crate::app) struct Refused {
    place: String,
    text: String,
    why: Trouble,
}

/// What writer and screens both know, without asking each other.
#[derive(Default)]
pub(in crate::app) struct Shared {
    pub house: RwLock<Option<Arc<House>>>,
    /// Where the open campaign lies, with the key in hand.
    pub place: RwLock<Option<Place>>,
    pub device: RwLock<Device>,
    /// What other laptops are known to have. The screens never read a file: a disk or a stick may take its time.
    pub peers: RwLock<Peers>,
    /// The number of the campaign's key that seals exports.
    pub campaign_key: RwLock<Option<u32>>,
    /// A file with a campaign key that is not at hand yet, in the folder that was looked at last.
    pub key_waiting: RwLock<Option<PathBuf>>,
    pub running: Mutex<Option<Running>>,
    pub interrupted: Mutex<Option<Running>>,
    pub drafts: Mutex<Vec<DraftAt>>,
    /// Drafts that requests under way consume.
    pub consumed: Mutex<Vec<(Ticket, DraftAt)>>,
    /// Drafts that the disk refused to take as records, while they are drafts.
    pub refused: Mutex<Vec<Refused>>,
    pub waiting: AtomicUsize,
    pub settling: AtomicBool,
    /// What people said or typed that the writer has not dealt with: not yet saved, or refused.
    pub unsaid: AtomicUsize,
    /// How often the writer dealt with something.
    pub rounds: AtomicU64,
    pub not_exported: AtomicU64,
    pub unapplied: AtomicUsize,
    /// See [`crate::app::Keeper::clock_doubt`].
    pub doubt: RwLock<Option<ClockDoubt>>,
    pub unsaved: RwLock<Option<Trouble>>,
    /// A person wants sealing to stop.
    pub stop_sealing: AtomicBool,
    /// How far the import is that was asked for last.
    pub importing: Mutex<Progress>,
    /// How far the backup is that is being made.
    pub backup: Mutex<Option<Progress>>,
    /// What went wrong at the very end.
    pub parting: Mutex<Option<Trouble>>,
    pub newest_search: AtomicU64,
}

impl Shared {
    /// Begins a backup; gives what notes how far it is.
    pub(in crate::app) fn begin_backup(&self) -> Progress {
        let progress = Progress::default();
        *self.backup.lock().unwrap_or_else(PoisonError::into_inner) = Some(progress.clone());
        progress
    }

    /// No backup is being made any more.
    pub(in crate::app) fn end_backup(&self) {
        *self.backup.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Gives what an end that is waited for waits for.
    pub(in crate::app) fn leaving(&self) -> Leaving {
        let backup = self.backup.lock().unwrap_or_else(PoisonError::into_inner);
        backup.as_ref().map_or(Leaving::Saving, |progress| Leaving::BackingUp(progress.percent()))
    }

    /// Takes the draft of a place away while a request consumes it, so that no page brings it back meanwhile.
    pub(in crate::app) fn consume(&self, ticket: Ticket, place: &str) {
        let mut drafts = self.drafts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = drafts.iter().position(|(other, _, _)| other == place) {
            let draft = drafts.swap_remove(at);
            self.consumed.lock().unwrap_or_else(PoisonError::into_inner).push((ticket, draft));
        }
    }

    /// Ends the consuming of a draft, and gives it back where the request was refused. Where nothing else was typed at the place
    /// since, which is told as well, it is a draft again.
    pub(in crate::app) fn settle_draft(&self, ticket: Ticket, refused: Option<&Trouble>) -> Option<(DraftAt, bool)> {
        let mut consumed = self.consumed.lock().unwrap_or_else(PoisonError::into_inner);
        let at = consumed.iter().position(|(other, _)| *other == ticket)?;
        let (_, draft) = consumed.swap_remove(at);
        let mut drafts = self.drafts.lock().unwrap_or_else(PoisonError::into_inner);
        self.forget_refused(&draft.0, &drafts);
        let why = refused?;
        if is_refusal(why) {
            let (place, text, why) = (draft.0.clone(), draft.1.clone(), why.clone());
            self.refused.lock().unwrap_or_else(PoisonError::into_inner).push(Refused { place, text, why });
        }
        let is_free = drafts.iter().all(|(place, _, _)| *place != draft.0);
        if is_free {
            drafts.push(draft.clone());
        }
        Some((draft, is_free))
    }

    /// Forgets what was refused of a place at which nothing stands any more; words that wait at another place are as refused as before.
    pub(in crate::app) fn forget_refused(&self, place: &str, drafts: &[DraftAt]) {
        let waits = |one: &Refused| drafts.iter().any(|(_, text, _)| text.contains(&one.text));
        self.refused.lock().unwrap_or_else(PoisonError::into_inner).retain(|one| one.place != place || waits(one));
    }

    /// Gives why what stands at a place was refused; none where it was not, or nothing stands there.
    pub(in crate::app) fn why_refused(&self, place: &str) -> Option<Trouble> {
        let drafts = self.drafts.lock().unwrap_or_else(PoisonError::into_inner);
        let (_, text, _) = drafts.iter().find(|(other, _, _)| other == place)?;
        let refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        let found = refused.iter().find(|one| one.place == place || text.contains(&one.text));
        found.map(|one| one.why.clone())
    }

    /// Reads again what the screens show of other laptops and of the campaign's key.
    pub(in crate::app) fn read_again(&self, place: &Place) {
        *self.peers.write().unwrap_or_else(PoisonError::into_inner) = place.peers();
        let number = place.campaign_key_number().ok().flatten();
        *self.campaign_key.write().unwrap_or_else(PoisonError::into_inner) = number;
    }

    /// Counts off what is done. Whoever waits for everything to be done is woken with the last of it.
    pub(in crate::app) fn done(&self, count: usize, wake: &Wake) {
        let before = self.waiting.fetch_sub(count, Ordering::SeqCst);
        if before == count && self.settling.swap(false, Ordering::SeqCst) {
            wake(Message::Settled);
        }
    }
}
