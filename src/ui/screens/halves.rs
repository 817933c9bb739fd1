//! Halves: how a wide or a tall terminal is shared between a page and what stands beside it or below it.

use ratatui::layout::Size;

/// Columns from which on there is room for it, and what the list keeps then at least.
const WIDE: u16 = 120;
const LIST: u16 = 80;
/// Columns between the list and what stands beside it.
const GAP: u16 = 3;
/// Rows of a page from which on there is room below it.
pub(super) const TALL: u16 = 35;

/// Gives the columns of a list on a terminal of so many, and of what stands beside it; on narrow terminals nothing does.
pub(in crate::ui) fn split(width: u16) -> (u16, u16) {
    if width < WIDE {
        return (width, 0);
    }
    let list = LIST.max(width * 3 / 5);
    (list, width.saturating_sub(list + GAP))
}

/// Tells whether a page of that size may have something beside it or below it.
pub(in crate::ui) fn is_roomy(size: Size) -> bool {
    split(size.width).1 > 0 || size.height >= TALL
}

/// Gives the column where what stands beside a list begins.
pub(in crate::ui) const fn left_of(list: u16) -> u16 {
    list + GAP
}
