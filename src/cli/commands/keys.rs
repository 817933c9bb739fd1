//! `zoufang keys`: the screens print the reference of their own tables.

use crate::cli::call::Call;
use crate::cli::{End, Out};
use crate::text::Trouble;

/// Asks for the reference of keys.
#[expect(clippy::unnecessary_wraps, reason = "a row of the table of commands")]
pub fn run(_: &Call<'_>, _: &mut Out) -> Result<End, Trouble> {
    Ok(End::Keys)
}
