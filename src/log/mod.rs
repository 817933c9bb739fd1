//! The journal: operation bytes, frames, segments, drafts, and the disk beneath them.
