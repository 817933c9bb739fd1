//! Journeys: the real program in a real pseudo terminal, told as a person would tell it.
#![cfg(unix)]

mod entry;
mod exchange;
#[expect(dead_code, reason = "keys and questions that the journeys of the next screens need")]
mod harness;
mod import;
mod kitchen;
mod office;
mod resume;
mod screens;
mod visit;
