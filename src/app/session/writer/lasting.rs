//! Threads that last: a job goes to one that has nothing to do, and to a new one only where all are at work.
//!
//! Of what a thread took from the system and let go the next thread does not get all. With a thread for each job a look at a
//! stick, the verifying and the merge each kept what they had needed at most (`docs/measured.md`).

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::thread;

/// The threads that have nothing to do, the last one that had on top. They end with it.
#[derive(Default)]
pub(super) struct Lasting(Arc<Mutex<Vec<Sender<Given>>>>);

/// A job for a thread, with the thread's own way back among those that have nothing to do.
struct Given {
    job: Box<dyn FnOnce() + Send>,
    own: Sender<Given>,
    over: Sender<()>,
}

/// A job that was begun.
pub(super) struct Begun(Receiver<()>);

impl Begun {
    /// Waits until it is over, however it ended.
    pub(super) fn wait(self) {
        let _ = self.0.recv();
    }
}

impl Lasting {
    /// Begins a job.
    pub(super) fn begin(&self, job: impl FnOnce() + Send + 'static) -> Begun {
        let (over, ended) = channel();
        let idle = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let own = idle.unwrap_or_else(|| self.another());
        let way = own.clone();
        // A thread that waits takes what it is sent.
        let _ = way.send(Given { job: Box::new(job), own, over });
        Begun(ended)
    }

    fn another(&self) -> Sender<Given> {
        let (way, given) = channel();
        let idle = Arc::downgrade(&self.0);
        thread::spawn(move || work(&given, &idle));
        way
    }
}

fn work(given: &Receiver<Given>, idle: &Weak<Mutex<Vec<Sender<Given>>>>) {
    while let Ok(Given { job, own, over }) = given.recv() {
        // One that panics ends its thread, as nobody knows what it left behind.
        job();
        let Some(idle) = idle.upgrade() else { return };
        idle.lock().unwrap_or_else(PoisonError::into_inner).push(own);
        drop(over);
    }
}

#[cfg(test)]
mod tests {
    use super::Lasting;
    use std::sync::mpsc::channel;
    use std::thread::{self, ThreadId};

    fn who(lasting: &Lasting) -> ThreadId {
        let (say, said) = channel();
        lasting.begin(move || say.send(thread::current().id()).unwrap()).wait();
        said.recv().unwrap()
    }

    #[test]
    fn one_job_after_another_is_done_by_one_thread_and_two_at_once_by_two() {
        let lasting = Lasting::default();
        let first = who(&lasting);
        assert_eq!(who(&lasting), first);
        let (go, gone) = channel::<()>();
        let (say, said) = channel();
        let long = lasting.begin(move || {
            say.send(thread::current().id()).unwrap();
            let _ = gone.recv();
        });
        assert_eq!(said.recv().unwrap(), first);
        let second = who(&lasting);
        assert_ne!(second, first);
        drop(go);
        long.wait();
        assert_eq!(who(&lasting), first, "the last one that had something to do");
    }

    #[test]
    fn a_job_that_panics_is_over_and_the_next_one_has_another_thread() {
        let lasting = Lasting::default();
        let first = who(&lasting);
        lasting.begin(|| std::panic::resume_unwind(Box::new("asked to"))).wait();
        assert_ne!(who(&lasting), first);
    }

    #[test]
    fn threads_end_with_what_begins_their_jobs() {
        let (say, said) = channel::<()>();
        let lasting = Lasting::default();
        lasting.begin(move || {
            thread_local!(static LEFT: std::cell::RefCell<Option<std::sync::mpsc::Sender<()>>> = const { std::cell::RefCell::new(None) });
            LEFT.with(|left| *left.borrow_mut() = Some(say));
        })
        .wait();
        drop(lasting);
        assert!(said.recv().is_err(), "what the thread held went with it");
    }
}
