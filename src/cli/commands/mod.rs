//! The commands, one file each.

pub mod backup;
pub mod batch;
pub mod check;
pub mod completions;
pub mod demo;
pub mod device;
pub mod document;
pub mod export;
pub mod handover;
pub mod import;
pub mod key;
pub mod keys;
pub mod later;
pub mod list;
pub mod merge;
pub mod passphrase;
pub mod unimport;
