//! The current state behind one trait: in memory, or kept in sled.
//!
//! A view is a fold of the journal and nothing more: it can be thrown away and made again. Read-only commands use the packed
//! view; the memory view is the plainest, and what the others are held against.

mod batch;
mod memory;
mod packed;
mod piece;
mod sled;
mod stored;

use std::sync::Arc;

use crate::domain::{Kept, Name, Record};
use crate::log::{Position, Ranges};
use crate::text::Trouble;

pub use memory::MemoryView;
pub use packed::PackedView;
pub use sled::SledView;

/// Holds the records of all entities, folded from operations.
pub trait View: Send + Sync {
    /// Gives one entity's record, if any operation of it is known.
    fn record(&self, entity: Name) -> Result<Option<Arc<Record>>, Trouble>;

    /// Takes in operations in any order; repeated ones change nothing. `mark` is how far the journal is then applied
    /// without a gap, `reach` the place behind the last of it that is applied.
    fn apply_to(&self, batch: &[Arc<Kept>], mark: Position, reach: Position) -> Result<Applied, Trouble>;

    /// As [`View::apply_to`], where nothing beyond the mark is applied.
    fn apply(&self, batch: &[Arc<Kept>], upto: Position) -> Result<Applied, Trouble> {
        self.apply_to(batch, upto, upto)
    }

    /// Shows every record in order of name, until the visitor says false.
    fn each(&self, visit: &mut dyn FnMut(Arc<Record>) -> bool) -> Result<(), Trouble>;

    /// Gives which operations are known.
    fn known(&self) -> Ranges;

    /// Gives how far the journal has been applied without a gap.
    fn mark(&self) -> Position;

    /// Gives the place behind the last of the journal that has been applied.
    fn reach(&self) -> Position;

    /// Hands what is buffered to the operating system, so that a clean end leaves a current view.
    fn settle(&self) -> Result<(), Trouble> {
        Ok(())
    }
}

/// What came of taking in a batch.
#[derive(Debug, Clone, Default)]
pub struct Applied {
    /// The records that changed, as they are now.
    pub changed: Vec<Arc<Record>>,
    /// How many operations were new.
    pub fresh: usize,
    /// How many were known already.
    pub repeated: usize,
    /// Operations whose name was known with other bytes: never taken in, never dropped.
    pub quarantined: Vec<Arc<Kept>>,
}
