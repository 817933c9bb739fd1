//! What writer, finder and screens all see without asking each other.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use crate::text::Trouble;

use super::loss::Loss;
use super::message::{Message, Wake};
use super::typed::Typed;
use crate::app::{ClockDoubt, Device, House, Leaving, Peers, Place, Progress, Running};

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
    typed: Mutex<Typed>,
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
    pub loss: RwLock<Loss>,
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

    /// Gives what is typed, for as long as the answer is held.
    pub(in crate::app) fn typed(&self) -> MutexGuard<'_, Typed> {
        self.typed.lock().unwrap_or_else(PoisonError::into_inner)
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
