//! A word that stands again: an undo writes what stood before once more, and people are told who said it, when and where.

use crate::domain::{Clocks, Operation};

/// Gives by which writer something was said, and when, milliseconds since 1970 UTC: not by whom and when it was put back.
pub(super) fn said_by(operation: &Operation, clocks: &Clocks) -> (u64, i64) {
    let own = operation.name.writer;
    match operation.again_of(|ms| clocks.right_by(own, ms)) {
        Some(stood) => (stood.writer, clocks.right_by(stood.writer, operation.stamp.wall_ms())),
        None => (own, operation.wall_ms),
    }
}
