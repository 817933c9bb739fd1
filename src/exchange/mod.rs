//! Export bundles 导出包 and the plan of a merge.
//!
//! A bundle is a set of operations with a header that says from whom, when, which ones, and what else the sender
//! knows. It is verified as a whole before anything of it is believed ([`Bundle::read`]); what is new, known or
//! altered in it is then a pure function of values ([`plan`]); only after that are operations handed out, block by
//! block ([`Bundle::blocks`]), so that a large bundle never lies in memory. The bytes are in `docs/format.md`.

mod block;
mod bundle;
mod digest;
mod fields;
mod file_name;
mod header;
mod introductions;
mod lock;
mod plan;
mod refused;
mod signature;
mod source;
mod write;

pub use block::MAX_RAW;
pub use bundle::{Block, Blocks, Bundle};
pub use digest::{Chain, Digest};
pub use file_name::{addressed, file_name, free_name};
pub use header::{FORMAT, Header, MAX_HEADER, MAX_TOTAL, ring_of};
pub use introductions::Introductions;
pub use lock::{Keys, Lock};
pub use plan::{Plan, Verdict, plan};
pub use refused::{NOT_EXPORTED, UNDONE, not_written, other_campaign};
pub use source::MAX_FILE;
pub use write::{Manifest, Written, write};
