//! Twice: what throws something away is asked for twice, the second time soon after the first and on the same page, with nothing
//! else opened in between.

use crate::ui::desk::Desk;

/// The second press counts for so long, in milliseconds: the question still stands on the screen.
const SOON: u64 = 10_000;

/// Remembers that something was asked for once: when, and how often somebody had gone elsewhere by then.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Twice(Option<(u64, u64)>);

impl Twice {
    /// Asks; tells whether it was asked for just before.
    pub fn again(&mut self, desk: &Desk) -> bool {
        let before = self.0.replace((desk.now.boot_ms, desk.away));
        before.is_some_and(|(at, away)| desk.now.boot_ms.saturating_sub(at) <= SOON && away == desk.away)
    }

    /// Forgets it: something else was done.
    pub fn forget(&mut self) {
        self.0 = None;
    }
}
