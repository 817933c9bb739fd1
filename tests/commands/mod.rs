//! The command line as people and scripts meet it: the real program, one story a test.

mod backup;
pub mod batch;
mod check;
mod clocks;
mod close_numbers;
mod disputes;
mod documents;
mod exchange;
pub mod harness;
mod issues;
mod kills;
mod passphrase;
mod reference;
mod rescue;
pub mod rosters;
mod signatures;
mod talks;
mod together;
mod twins;
mod usage;
