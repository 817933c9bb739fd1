//! Watching a list being read: how far it is, and stopping it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// What reader and watcher share; a clone is the same one.
#[derive(Debug, Clone, Default)]
pub struct Watch(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    row: AtomicU32,
    of: AtomicU32,
    stopped: AtomicBool,
}

/// How far the reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Far {
    /// The row reached, counted from 1.
    pub row: u32,
    /// The last row, once it is known; 0 before.
    pub of: u32,
}

/// Says that the reading was stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped;

/// Rows between two looks at whether to stop.
const PACE: u32 = 256;

impl Watch {
    /// Lets the reading stop at the next row.
    pub fn stop(&self) {
        self.0.stopped.store(true, Ordering::Relaxed);
    }

    /// Tells how far it is.
    pub fn far(&self) -> Far {
        Far { row: self.0.row.load(Ordering::Relaxed), of: self.0.of.load(Ordering::Relaxed) }
    }

    /// Notes the row reached, counted from 0.
    ///
    /// # Errors
    /// [`Stopped`] once someone stopped it.
    pub(crate) fn reach(&self, row: u32) -> Result<(), Stopped> {
        if row.is_multiple_of(PACE) {
            self.0.row.store(row + 1, Ordering::Relaxed);
            if self.0.stopped.load(Ordering::Relaxed) {
                return Err(Stopped);
            }
        }
        Ok(())
    }

    /// Notes the last row, once it is known, and begins anew with the first.
    pub(crate) fn ends_at(&self, row: u32) {
        self.0.of.store(row, Ordering::Relaxed);
        self.0.row.store(0, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::{Far, Stopped, Watch};

    #[test]
    fn a_clone_sees_how_far_it_is_and_stops_it() {
        let reader = Watch::default();
        let watcher = reader.clone();
        assert_eq!(reader.reach(512), Ok(()));
        assert_eq!(watcher.far(), Far { row: 513, of: 0 });
        reader.ends_at(900);
        watcher.stop();
        assert_eq!(reader.reach(1), Ok(()), "between two looks nothing is asked");
        assert_eq!(reader.reach(256), Err(Stopped));
    }
}
