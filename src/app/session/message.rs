//! What screens ask and what they hear: values between the loop of the screens and the threads below.

use std::path::PathBuf;
use std::sync::Arc;

use crate::domain::Name;
use crate::intake::Far;
use crate::text::{Said, Trouble};

use super::jobs::{Offer, Preview};
use crate::app::exchange::sticks::Around;
use crate::app::keeper::acknowledged::Beat;
use crate::app::{
    Answer, Before, Compared, Device, Doubled, Exported, Face, GroupCount, HandedOver, Hits, Imported, Merged,
    Parallel, Request, RosterBack, Running, Secret, Told, Traced,
};

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
    /// Finds households where people of one village sit together. Answered as [`Ask::Find`] is.
    FindHere {
        /// Where they are.
        village: String,
        /// Households of all villages are looked through.
        is_wide: bool,
        /// What is typed.
        typed: String,
        /// How many lines are wanted.
        most: usize,
    },
    /// Makes the campaign folder at the first run. Answered by [`Message::Opened`] or [`Message::Failed`].
    SetUp {
        /// Who this laptop is.
        device: Box<Device>,
        /// Fill it with invented households to practise on.
        practice: bool,
        /// The passphrase that everything is to be under; none where a person did not want one. Then
        /// [`Message::Coded`] comes first.
        passphrase: Option<Secret>,
    },
    /// Opens what is under a passphrase, by it or by the recovery code. Answered by [`Message::Opened`], or by
    /// [`Message::Unlocked`] with what is wrong.
    Unlock(Secret),
    /// Asks whether somebody knows the passphrase, for a screen that was locked. Answered by [`Message::Unlocked`].
    Verify(Secret),
    /// Puts everything that lies here under a passphrase. Answered by [`Message::Sealing`], then [`Message::Coded`] and
    /// [`Message::Opened`], or by [`Message::Coded`] with what is wrong.
    SealUp(Secret),
    /// Changes the passphrase from the first to the second. Answered by [`Message::PassphraseChanged`].
    ChangePassphrase(Secret, Secret),
    /// Makes a new recovery code; the old one ends. Answered by [`Message::Coded`].
    ChangeCode(Secret),
    /// Takes up the visit that was running when the program last ended; the time since is a gap.
    TakeUp,
    /// Looks for sticks, and for files that may be rosters. Answered by [`Message::Around`].
    LookAround,
    /// Looks at a roster file, with what a person says about it; without that, with what was said of lists of its shape.
    /// Answered by [`Message::Previewed`].
    Preview(PathBuf, Told),
    /// Stops reading the roster that was asked for last; nothing is changed.
    StopReading,
    /// Brings in the roster previewed last. Answered by [`Message::Imported`].
    Import,
    /// Counts villages and groups. Answered by [`Message::GroupsCounted`].
    CountGroups,
    /// Compares what is known with the newest rosters. Answered by [`Message::Compared`].
    Compare,
    /// Looks for families entered twice. Answered by [`Message::Doubled`].
    LookForTwins,
    /// Reads everything that was recorded about a household. Answered by [`Message::Traced`].
    Trace(Name),
    /// Reads what stood before each value of what is disputed. Answered by [`Message::Before`].
    LookBefore,
    /// Looks for changes of one household, or issue, that crossed on their way. Answered by [`Message::Crossed`].
    LookForCrossed,
    /// Gives the roster imported last back as a file, to a stick or the folder used last. Answered by
    /// [`Message::GivenBack`].
    GiveBack,
    /// Looks at the export files in a folder, or at one file. Answered by [`Message::Offered`].
    LookForBundles(PathBuf),
    /// Remembers the folder, or that of the file, which a person chose to look at for export files, so that it is found again.
    /// Not answered.
    RememberFolder(PathBuf),
    /// Merges export files. Answered by one [`Message::Merged`] a file.
    Merge(Vec<PathBuf>),
    /// Merges an export file although it is doubtful who wrote it: a person says so. Answered as [`Ask::Merge`].
    MergeAccepted(PathBuf),
    /// Takes the campaign's key from a file. Answered by [`Message::KeyTaken`].
    TakeKey(PathBuf),
    /// Makes the campaign's key and writes the file that is handed out to a folder, or writes the file of the key there is
    /// once more. Answered by [`Message::KeyMade`].
    MakeKey {
        /// Where to.
        folder: PathBuf,
        /// No new key.
        again: bool,
    },
    /// Looks at what a hand-over to whoever exported a file would remove, or removes it. Answered by [`Message::HandedOver`].
    HandOver {
        /// The office's export.
        office: PathBuf,
        /// A person said that it is to be removed.
        remove: bool,
    },
    /// Stops merging: a file comes in whole or not at all, so the one that is being taken in is.
    StopMerging,
    /// Stops looking at export files, exporting, or writing the roster for the township; nothing is changed.
    StopWorking,
    /// Exports everything to a folder, or what one laptop lacks. Answered by [`Message::Exported`].
    Export(PathBuf, Option<u64>),
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
    /// What lies in the folder is under a passphrase.
    Locked,
    /// Whether what was typed opens what is locked.
    Unlocked(Ticket, Result<(), Trouble>),
    /// So many thousandths of what lies here are under the passphrase.
    Sealing(Ticket, u64),
    /// The groups of the recovery code, which a person writes down now and never sees again.
    Coded(Ticket, Result<Vec<String>, Trouble>),
    /// The passphrase was changed.
    PassphraseChanged(Ticket, Result<(), Trouble>),
    /// Something goes on by itself; how far it is stands in [`Session::underway`](crate::app::Session::underway).
    Underway,
    /// The lookup knows all households now.
    Filled,
    /// What was found damaged after opening, and what was done about it.
    Damage(Vec<Said>),
    /// What a merge or an import brought is durable; so many operations of it are not yet among the households.
    Applying(usize),
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
    /// A roster is being read: how far it is.
    Reading(Ticket, Far),
    /// A roster was looked at.
    Previewed(Ticket, Box<Result<Preview, Trouble>>),
    /// A roster was brought in.
    Imported(Ticket, Box<Result<Imported, Trouble>>),
    /// Villages and groups were counted.
    GroupsCounted(Ticket, Box<Result<Vec<GroupCount>, Trouble>>),
    /// What is known was compared with the newest rosters.
    Compared(Ticket, Box<Result<Vec<Compared>, Trouble>>),
    /// Families entered twice were looked for.
    Doubled(Ticket, Box<Result<Doubled, Trouble>>),
    /// What was recorded about a household was read.
    Traced(Ticket, Box<Result<Vec<Traced>, Trouble>>),
    /// What stood before each value of what is disputed was read.
    Before(Ticket, Box<Result<Before, Trouble>>),
    /// Changes that crossed were looked for.
    Crossed(Ticket, Box<Result<Vec<Parallel>, Trouble>>),
    /// The roster was written for the township: where, and what is in it.
    GivenBack(Ticket, Box<Result<(PathBuf, RosterBack), Trouble>>),
    /// Export files are being looked at, verified or written, or a roster is held against the households or brought in: so many
    /// percent are done.
    Working(Ticket, u8),
    /// Export files were looked at.
    Offered(Ticket, Vec<Offer>),
    /// One export file was merged.
    Merged(Ticket, PathBuf, Box<Result<Merged, Trouble>>),
    /// The campaign's key was taken; its number.
    KeyTaken(Ticket, Result<u32, Trouble>),
    /// The file with the campaign's key was written: where, and the key's number.
    KeyMade(Ticket, Result<(PathBuf, u32), Trouble>),
    /// What a hand-over would remove, or that it was removed.
    HandedOver(Ticket, Box<Result<HandedOver, Trouble>>),
    /// An export was written and read back.
    Exported(Ticket, Box<Result<Exported, Trouble>>),
    /// Nothing that was asked for is under way any more; only after [`Session::save`](crate::app::Session::save).
    Settled,
    /// What the disk had not taken of what is typed it has taken now.
    Saved,
    /// Something went wrong that nobody asked for: a draft could not be saved, the folder is gone.
    Failed(Trouble),
}

impl Message {
    /// Gives what went wrong, if this tells of something that did.
    pub fn trouble(&self) -> Option<&Trouble> {
        match self {
            Self::Failed(trouble) => Some(trouble),
            Self::KeyTaken(_, result) => result.as_ref().err(),
            Self::KeyMade(_, result) => result.as_ref().err(),
            Self::HandedOver(_, result) => result.as_ref().as_ref().err(),
            Self::Coded(_, result) => result.as_ref().err(),
            Self::PassphraseChanged(_, result) => result.as_ref().err(),
            Self::Answer(_, result) => result.as_ref().as_ref().err(),
            Self::Previewed(_, result) => result.as_ref().as_ref().err(),
            Self::Imported(_, result) => result.as_ref().as_ref().err(),
            Self::GroupsCounted(_, result) => result.as_ref().as_ref().err(),
            Self::Compared(_, result) => result.as_ref().as_ref().err(),
            Self::Doubled(_, result) => result.as_ref().as_ref().err(),
            Self::Before(_, result) => result.as_ref().as_ref().err(),
            Self::Crossed(_, result) => result.as_ref().as_ref().err(),
            Self::GivenBack(_, result) => result.as_ref().as_ref().err(),
            Self::Merged(_, _, result) => result.as_ref().as_ref().err(),
            Self::Exported(_, result) => result.as_ref().as_ref().err(),
            _ => None,
        }
    }
}

/// Where messages go; sending wakes the screens' loop.
pub type Wake = Arc<dyn Fn(Message) + Send + Sync>;
