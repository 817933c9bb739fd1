//! A word that stands again: an undo writes what stood before once more, and people are told who said it, when and where.

use crate::domain::{Clocks, Kept, Name};
use crate::log::bytes;

/// Gives what an operation lets stand again, by its bytes: there its clock is as it was read, also where it was corrected since.
pub(super) fn stood(kept: &Kept) -> Option<Name> {
    bytes::decode(&kept.bytes).ok()?.operation.again_of()
}

/// Gives by which writer something was said, and when, milliseconds since 1970 UTC: not by whom and when it was put back.
pub(super) fn said_by(kept: &Kept, clocks: &Clocks) -> (u64, i64) {
    let operation = &kept.operation;
    match stood(kept) {
        Some(stood) => (stood.writer, clocks.right_by(stood.writer, operation.stamp.wall_ms())),
        None => (operation.name.writer, operation.wall_ms),
    }
}
