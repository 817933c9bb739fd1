//! How far a long job is, and stopping it: what the job and whoever watches it share.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::text::{Trouble, t};

/// How far a job is; a clone is the same one.
#[derive(Debug, Clone, Default)]
pub struct Progress(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    /// Percent before this part and after it.
    from: AtomicU64,
    to: AtomicU64,
    done: AtomicU64,
    of: AtomicU64,
    stopped: AtomicBool,
    #[cfg(test)]
    stop_at: AtomicU64,
    #[cfg(test)]
    seen: std::sync::Mutex<Vec<u8>>,
}

impl Progress {
    /// Lets the job stop as soon as it can; nothing of it stays.
    pub fn stop(&self) {
        self.0.stopped.store(true, Ordering::Relaxed);
    }

    /// Gives how far it is, in percent.
    pub fn percent(&self) -> u8 {
        let at = |place: &AtomicU64| place.load(Ordering::Relaxed);
        let (from, to, of) = (at(&self.0.from), at(&self.0.to), at(&self.0.of).max(1));
        let share = at(&self.0.done).min(of).saturating_mul(to.saturating_sub(from)) / of;
        u8::try_from((from + share).min(100)).unwrap_or(100)
    }

    /// Tells whether a part of it has begun.
    pub(super) fn has_begun(&self) -> bool {
        self.0.of.load(Ordering::Relaxed) > 0
    }

    /// Begins a part that goes from one percent to another in so many steps.
    pub(super) fn part(&self, from: u64, to: u64, of: u64) {
        // In this order nobody who looks meanwhile sees it go back.
        for (place, value) in [(&self.0.from, from), (&self.0.done, 0), (&self.0.of, of), (&self.0.to, to)] {
            place.store(value, Ordering::Relaxed);
        }
        #[cfg(test)]
        self.note();
    }

    /// Notes steps that were taken.
    ///
    /// # Errors
    /// `stopped` once somebody stopped the job.
    pub(super) fn go(&self, steps: u64) -> Result<(), Trouble> {
        self.pass(steps);
        if self.0.stopped.load(Ordering::Relaxed) { Err(stopped()) } else { Ok(()) }
    }

    /// Notes steps of what cannot be stopped any more.
    pub(super) fn pass(&self, steps: u64) {
        self.0.done.fetch_add(steps, Ordering::Relaxed);
        #[cfg(test)]
        self.note();
    }

    /// Notes for tests how far it is.
    #[cfg(test)]
    fn note(&self) {
        let percent = self.percent();
        self.0.seen.lock().unwrap().push(percent);
        let stop_at = self.0.stop_at.load(Ordering::Relaxed);
        if stop_at > 0 && u64::from(percent) >= stop_at {
            self.stop();
        }
    }

    /// Is stopped at the first step that reaches a percent.
    #[cfg(test)]
    pub(super) fn stop_at(&self, percent: u64) {
        self.0.stop_at.store(percent, Ordering::Relaxed);
    }

    /// Gives how far it was at each step.
    #[cfg(test)]
    pub(super) fn seen(&self) -> Vec<u8> {
        self.0.seen.lock().unwrap().clone()
    }

    /// Says `stopped` in the place of what went wrong because of it.
    pub(super) fn or_stopped<T>(&self, outcome: Result<T, Trouble>) -> Result<T, Trouble> {
        outcome.map_err(|trouble| if self.0.stopped.load(Ordering::Relaxed) { stopped() } else { trouble })
    }

    /// Counts what is read from a file; once stopped the file gives nothing more.
    pub(super) fn reading<R>(&self, file: R) -> Watched<'_, R> {
        Watched { file, progress: self }
    }
}

/// Says that a person stopped the job.
pub(super) fn stopped() -> Trouble {
    Trouble::new("stopped", t("停下了, 什么都没有改.", "Stopped; nothing was changed."))
}

/// A file whose reading is watched.
pub(super) struct Watched<'a, R> {
    file: R,
    progress: &'a Progress,
}

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(bytes)?;
        self.progress.go(read as u64).map_err(|_| io::Error::other("stopped"))?;
        Ok(read)
    }
}

impl<R: Seek> Seek for Watched<'_, R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

#[cfg(test)]
mod tests {
    use super::Progress;

    #[test]
    fn parts_make_up_the_whole_and_a_stop_is_said() {
        let job = Progress::default();
        let watcher = job.clone();
        assert_eq!(watcher.percent(), 0);
        job.part(20, 80, 10);
        job.go(5).unwrap();
        assert_eq!(watcher.percent(), 50);
        job.go(50).unwrap();
        assert_eq!(watcher.percent(), 80, "never past its end");
        job.part(80, 100, 0);
        assert_eq!(watcher.percent(), 80);
        watcher.stop();
        assert_eq!(job.go(1).unwrap_err().kind, "stopped");
        let other: Result<(), _> = Err(crate::text::Trouble::new("x", crate::text::t("x", "x")));
        assert_eq!(job.or_stopped(other).unwrap_err().kind, "stopped");
    }
}
