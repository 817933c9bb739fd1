//! The command line as people and scripts meet it: the real program, one story a test.

mod batch;
mod check;
mod documents;
mod exchange;
mod harness;
mod reference;
mod rosters;
mod usage;
