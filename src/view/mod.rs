//! The current state behind one trait: in memory, or kept in sled.
