//! What a disk in memory does, and keeping it from doing so for a while: a disk that hangs.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Names what a disk does, for choosing what fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Any of those that change something.
    Any,
    /// A file is opened for reading.
    Read,
    /// A file is created or opened for appending.
    Open,
    /// Bytes are appended; half of them arrive when it fails.
    Write,
    /// A file is synced.
    Sync,
    /// A file is cut back.
    Truncate,
    /// A file is renamed.
    Rename,
    /// A file is removed.
    Remove,
    /// A folder's names are synced.
    SyncDir,
}

/// Where acts wait while a disk does nothing: how many do, and of which kind.
#[derive(Debug, Default)]
pub(super) struct Gate {
    closed: Mutex<(Option<Act>, usize)>,
    turned: Condvar,
}

impl Gate {
    fn closed(&self) -> MutexGuard<'_, (Option<Act>, usize)> {
        self.closed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns once acts of a kind may go on.
    pub(super) fn pass(&self, act: Act) {
        let mut closed = self.closed();
        closed.1 += 1;
        self.turned.notify_all();
        while closed.0.is_some_and(|held| held == act || held == Act::Any) {
            closed = self.turned.wait(closed).unwrap_or_else(PoisonError::into_inner);
        }
        closed.1 -= 1;
    }

    /// Lets acts of a kind wait until what is given back is dropped.
    pub(super) fn hold(self: &Arc<Self>, act: Act) -> Held {
        self.closed().0 = Some(act);
        Held(Arc::clone(self))
    }
}

const A_MINUTE: Duration = Duration::from_secs(60);

/// Keeps a disk from doing anything of a kind until it is dropped.
#[derive(Debug)]
pub struct Held(Arc<Gate>);

impl Held {
    /// Returns true once something waits for the disk, false where nothing does for a minute.
    pub fn reached(&self) -> bool {
        let wait = self.0.turned.wait_timeout_while(self.0.closed(), A_MINUTE, |closed| closed.1 == 0);
        !wait.unwrap_or_else(PoisonError::into_inner).1.timed_out()
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.0.closed().0 = None;
        self.0.turned.notify_all();
    }
}
