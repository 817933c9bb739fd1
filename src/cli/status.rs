//! How a command ends: its exit status, or the screens that are to be opened now.

use std::process::ExitCode;

use super::Setting;

/// The exit status of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// 0: all done.
    Done,
    /// 1: nothing done; the message says why.
    Nothing,
    /// 2: wrong usage.
    Usage,
    /// 3: done in part; the rest is listed.
    InPart,
}

impl Status {
    /// Gives the status of several things done one by one: how many of them were done, and how many not.
    pub fn of(done: usize, not_done: usize) -> Self {
        match (done, not_done) {
            (_, 0) => Self::Done,
            (0, _) => Self::Nothing,
            _ => Self::InPart,
        }
    }

    /// Gives the number.
    pub const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Nothing => 1,
            Self::Usage => 2,
            Self::InPart => 3,
        }
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status.code())
    }
}

/// What is left to do when the command line has done its part.
pub enum End {
    /// Nothing: the program ends.
    Status(Status),
    /// The screens are to be opened.
    Screens(Screens),
    /// The reference of keys is to be printed.
    Keys,
}

/// The screens to open.
pub struct Screens {
    /// Language, data folder and clock.
    pub setting: Setting,
    /// A demonstration in a temporary folder, which is removed when the screens are left.
    pub throw_away: bool,
}

impl From<Status> for End {
    fn from(status: Status) -> Self {
        Self::Status(status)
    }
}
