//! 走访: a terminal program for field teams who visit households in villages.
//!
//! Everything that happens is an *operation* in an append-only journal; what the screens show is a pure
//! function of the set of operations. The layers, lowest first, are the modules below; a module imports only
//! from those before it, and a test over the sources holds that (`docs/architecture.md`).
pub mod spread;

pub mod text;

pub mod hanzi;

pub mod domain;

pub mod seal;

pub mod log;

pub mod view;

pub mod exchange;

pub mod lookup;

pub mod intake;

pub mod documents;

pub mod clock;

pub mod app;

pub mod cli;
pub mod ui;
