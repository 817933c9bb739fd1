//! The exchange 合并 with other laptops: what goes out on a stick, what comes in, from whom, and what is still missing.

pub(in crate::app) mod campaign_key;
pub(in crate::app) mod clocks;
pub(in crate::app) mod digests;
pub(in crate::app) mod export;
pub(in crate::app) mod file;
pub(in crate::app) mod foreseen;
pub(in crate::app) mod handover;
pub(in crate::app) mod in_turn;
pub(in crate::app) mod laptops;
pub(in crate::app) mod merge;
pub(in crate::app) mod missing;
pub(in crate::app) mod ours;
pub(in crate::app) mod parted;
pub(in crate::app) mod peers;
#[cfg(test)]
pub(in crate::app) mod some_laptops;
pub(in crate::app) mod sticks;
pub(in crate::app) mod touched;
pub(in crate::app) mod trust;
