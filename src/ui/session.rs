//! The seam to `app`: what the screens ask of the program below them, and what they hear from it.
//!
//! This file holds the place of `app`'s session until that exists; the names and the three calls stay.

use crate::text::{Said, Text, Trouble, t};

/// Asks the program below for something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// Keeps the text of a field, under a name, so that a crash brings it back with its cursor (in bytes).
    Draft {
        /// The name of the field, such as `visit/h17/line`.
        slot: String,
        /// The whole text.
        text: String,
        /// The cursor, in bytes.
        cursor: usize,
    },
    /// Takes back the last thing recorded.
    Undo,
}

/// Tells the screens what happened below them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// Something is done.
    Done(Said),
    /// Something could not be done.
    Failed(Trouble),
}

/// Where the session's threads send their messages; the loop wakes on it.
pub type Wake = Box<dyn Fn(Message) + Send>;

/// Takes requests and tells how things stand.
pub struct Session {
    wake: Wake,
    /// Everything asked, for tests of pages.
    #[cfg(test)]
    pub asked: Vec<Request>,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").finish_non_exhaustive()
    }
}

impl Session {
    /// Opens the session; its messages go to `wake`.
    pub fn open(wake: Wake) -> Self {
        Self {
            wake,
            #[cfg(test)]
            asked: Vec::new(),
        }
    }

    /// Takes a request. Its answer arrives later as a [`Message`].
    pub fn ask(&mut self, request: Request) {
        if request == Request::Undo {
            (self.wake)(Message::Done(Said::from(t("没有可撤回的记录.", "Nothing recorded to take back."))));
        }
        #[cfg(test)]
        self.asked.push(request);
    }

    /// Tells whether a request is still on its way to the disk, or a search or a long job is at work.
    pub const fn busy(&self) -> bool {
        false
    }

    /// Tells whether a visit runs, so that every screen ticks it once a second.
    pub const fn ticks(&self) -> bool {
        false
    }

    /// Says who works on this laptop, for the header.
    pub const fn who(&self) -> Option<Said> {
        None
    }

    /// Says that everything is saved, or what is not; for the right end of the header.
    pub const fn saved(&self) -> Text {
        t("已保存", "saved")
    }
}
