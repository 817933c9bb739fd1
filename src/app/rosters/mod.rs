//! Rosters 名册: brought in, bound to the households that are known, compared, taken back and given back.

pub(in crate::app) mod compared;
pub(in crate::app) mod corrections;
pub(in crate::app) mod doubles;
pub(in crate::app) mod doubts;
pub(in crate::app) mod import;
pub(in crate::app) mod imports;
pub(in crate::app) mod kin;
pub(in crate::app) mod known;
pub(in crate::app) mod listed;
pub(in crate::app) mod roster_back;
pub(in crate::app) mod twins;
pub(in crate::app) mod unlike;
