//! The journal: operation bytes, frames, segments, drafts, and the disk beneath them.

mod aside;
mod body;
pub mod bytes;
pub mod disk;
pub mod disk_faulty;
pub mod disk_real;
mod disk_sealed;
mod draft_record;
mod drafts;
mod failure;
mod finding;
pub mod frame;
mod journal;
mod lock;
mod opening;
mod power_cut;
mod ranges;
mod reader;
pub mod rewriting;
mod segment;
pub mod settings;
mod temp;
mod whole;

pub use body::BodyTooLarge;
pub use disk::Disk;
pub use disk_real::RealDisk;
pub use disk_sealed::SealedDisk;
pub use drafts::{DRAFTS_FILE, Draft, Drafts};
pub use journal::{Journal, ROLL};
pub use lock::{FolderLock, LOCK_FILE};
pub use opening::Opening;
pub use ranges::Ranges;
pub use reader::{DraftId, Frame, Reader};
pub use segment::{Kind, Position, WholeKind};
pub use temp::replace;
pub use whole::{FinishedWhole, Whole};
