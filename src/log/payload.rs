//! What a frame of the journal holds: operations, and before them the draft that they consume.

use std::num::NonZeroU64;

/// Names a draft. A commit frame carries the one it consumes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DraftId(pub NonZeroU64);

/// Stands where the draft would, before operations that are no action taken here: what a merge brought, in one frame of an own
/// segment. No draft has this name. (A program that does not know the mark takes it for a draft that is gone.)
pub(crate) const MERGED: u64 = 1 << 63;

/// What a frame of the journal holds.
pub(crate) struct Payload<'a> {
    /// No action taken here: see [`MERGED`].
    pub merged: bool,
    /// The draft that the action consumed.
    pub draft: Option<DraftId>,
    pub operations: &'a [u8],
}

impl<'a> Payload<'a> {
    /// Takes a payload apart; none for the empty frame that ends a whole segment.
    pub fn of(payload: &'a [u8]) -> Option<Self> {
        let (first, operations) = payload.split_first_chunk::<8>()?;
        let first = u64::from_le_bytes(*first);
        let draft = NonZeroU64::new(first).filter(|_| first != MERGED).map(DraftId);
        Some(Self { merged: first == MERGED, draft, operations })
    }
}
