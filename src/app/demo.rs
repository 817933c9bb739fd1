//! Invented households in real villages, to practise on.

use crate::text::Trouble;

use super::Keeper;

/// Fills a new campaign with invented households.
pub fn fill(_keeper: &mut Keeper) -> Result<(), Trouble> {
    Ok(())
}
