//! What the torn end of a journal tells of itself: mostly it is the beginning of an action that a power cut interrupted, but one
//! that held a merge may have been acknowledged and damaged since. Whoever has a view of it can tell.

use crate::domain::Name;

use super::payload::Payload;
use super::segment::Position;
use super::{bytes, frame};
use crate::seal::Seal;

/// A frame that begins behind the last whole one, and is not all there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Torn {
    /// Where it would end.
    pub end: Position,
    /// What can be read of it.
    pub holds: Holds,
}

/// What can be read of a torn frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// An action of this laptop.
    Action,
    /// What a merge brought: the name of its first operation, where that can still be read.
    Merge(Option<Name>),
    /// It is sealed, and opens whole or not at all.
    Sealed,
}

impl Torn {
    /// Looks at the bytes from a place on; none where not even the length of a frame stands there.
    pub(crate) fn of(at: Position, end: &[u8], seal: &Seal) -> Option<Self> {
        let (stored, rest) = frame::beginning(end, seal)?;
        let end = Position { offset: at.offset + frame::HEAD as u64 + u64::from(stored), ..at };
        let holds = match Payload::of(rest) {
            _ if seal.id().is_some() => Holds::Sealed,
            Some(Payload { merged: true, operations, .. }) => {
                Holds::Merge(bytes::split(operations).and_then(|(first, _)| bytes::name_of(first)).ok())
            }
            _ => Holds::Action,
        };
        Some(Self { end, holds })
    }
}
