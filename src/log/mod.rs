//! The journal: operation bytes, frames, segments, drafts, and the disk beneath them.

mod body;
pub mod bytes;
mod ranges;

pub use body::BodyTooLarge;
pub use ranges::Ranges;
