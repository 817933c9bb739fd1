//! Flow: pieces of text in rows, as many in each as have room.

use crate::ui::canvas::{Canvas, columns};
use crate::ui::theme::Look;

/// A word with its look; how many blanks follow it.
pub type Piece = (String, Look, u16);

/// Places pieces one after another, going on below where a row is full; gives where each begins.
fn places(pieces: &[Piece], left: u16, width: u16) -> Vec<(u16, u16)> {
    let (mut x, mut row) = (left, 0);
    let mut places = Vec::with_capacity(pieces.len());
    for (text, _, gap) in pieces {
        let room = columns(text);
        if x > left && x + columns(text.trim_end()) > width {
            (x, row) = (left, row + 1);
        }
        places.push((x, row));
        x += room + gap;
    }
    places
}

/// Counts the rows that pieces take from a column on.
pub fn flow_rows(pieces: &[Piece], left: u16, width: u16) -> u16 {
    places(pieces, left, width).last().map_or(0, |(_, row)| row + 1)
}

/// Draws pieces one after another, going on below where a row is full.
pub fn flow(canvas: &mut Canvas<'_>, left: u16, y: u16, pieces: &[Piece]) {
    for ((x, row), (text, look, _)) in places(pieces, left, canvas.width()).into_iter().zip(pieces) {
        canvas.write(x, y + row, text, *look);
    }
}
