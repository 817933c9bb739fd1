//! The kinds of troubles.
use crate::text::{Text, t};
/// Kinds.
pub static KINDS: &[(&str, Text)] = &[("usage", t("a", "b"))];
