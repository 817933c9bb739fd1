//! Entry row: where the line that is typed in stands on the page of a visit or a talk. On a tall terminal it follows what was put
//! down, where eyes are, and what opens for a moment opens below it; on a low one it stays at the bottom.

/// Rows of a page from which on it is tall.
const TALL: u16 = 28;

/// Tells whether a page of so many rows is tall.
pub const fn is_tall(height: u16) -> bool {
    height >= TALL
}

/// Gives the row of the line: behind what ends in row `end` and a blank one, at most in row `last`.
pub fn of(height: u16, end: u16, last: u16) -> u16 {
    if is_tall(height) { end.saturating_add(1).min(last) } else { last }
}
