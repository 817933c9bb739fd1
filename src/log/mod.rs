//! The journal: operation bytes, frames, segments, drafts, and the disk beneath them.

mod body;
pub mod bytes;
pub mod disk;
pub mod disk_faulty;
pub mod disk_real;
mod ranges;

pub use body::BodyTooLarge;
pub use disk::Disk;
pub use disk_real::RealDisk;
pub use ranges::Ranges;
