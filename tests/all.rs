//! The one integration test binary; each module below is one story.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::format_collect,
    reason = "a test may stop at the first surprise"
)]
mod bundle;
mod commands;
mod county;
mod damage;
mod exports;
mod field_words;
mod flows;
mod golden;
mod histories;
mod hostile;
mod images;
mod intake;
mod journeys;
mod later;
mod layers;
mod locked;
mod lookup;
mod merging;
mod power;
mod rebuild;
mod refused;
mod released;
#[cfg(target_os = "linux")]
mod room;
mod rules;
mod sealing;
mod session;
mod simulation;
mod slow;
mod small_files;
