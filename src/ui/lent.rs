//! Lent: a column that has more to say takes what the others of a list leave free, the rightmost first. A name is not cut beside
//! a wide column with nothing in it.

use std::ops::Range;

use super::canvas::{Canvas, columns};
use super::list::{Column, Line, draw_line, fit_for};

/// Draws those of the lines that a window shows, the first in row `y`; column `to` takes what no line needs elsewhere.
pub fn draw_lent(canvas: &mut Canvas<'_>, y: u16, shape: &[Column], to: usize, lines: &[Line], shown: Range<usize>) {
    let mut widths = fit_for(shape, canvas.width(), lines.iter().map(|(cells, _)| cells.as_slice()));
    let mut needs = vec![0; widths.len()];
    for (cells, _) in lines {
        // As it will stand there: words of the program have shorter ones.
        let shown = shape.iter().zip(&widths).zip(cells);
        let shown = shown.map(|((column, width), (text, _))| column.fitted(text, width.unwrap_or(0), canvas.desk.lang));
        needs.iter_mut().zip(shown).for_each(|(need, text)| *need = columns(&text).max(*need));
    }
    lend(&mut widths, to, &needs);
    for (y, (cells, selected)) in (y..).zip(lines.get(shown).unwrap_or_default()) {
        draw_line(canvas, y, shape, &widths, cells, *selected);
    }
}

fn lend(widths: &mut [Option<u16>], to: usize, needs: &[u16]) {
    let Some((width, need)) = widths.get(to).copied().flatten().zip(needs.get(to)) else { return };
    let mut missing = need.saturating_sub(width);
    let before = missing;
    for (at, (width, need)) in widths.iter_mut().zip(needs).enumerate().rev() {
        let Some(width) = width.as_mut().filter(|_| at != to) else { continue };
        let free = width.saturating_sub(*need).min(missing);
        (*width, missing) = (*width - free, missing - free);
    }
    if let Some(Some(width)) = widths.get_mut(to) {
        *width += before - missing;
    }
}

#[cfg(test)]
mod tests {
    use super::lend;

    fn lent(mut widths: [Option<u16>; 3], needs: [u16; 3]) -> [Option<u16>; 3] {
        lend(&mut widths, 0, &needs);
        widths
    }

    #[test]
    fn a_column_takes_what_others_leave_free_and_no_more_than_it_needs() {
        assert_eq!(lent([Some(8), Some(6), Some(20)], [15, 1, 0]), [Some(15), Some(6), Some(13)]);
        assert_eq!(lent([Some(8), Some(6), Some(4)], [15, 1, 0]), [Some(15), Some(3), Some(0)]);
        assert_eq!(lent([Some(8), Some(6), Some(4)], [15, 6, 4]), [Some(8), Some(6), Some(4)]);
        assert_eq!(lent([Some(8), None, Some(4)], [15, 1, 2]), [Some(10), None, Some(2)]);
        assert_eq!(lent([Some(8), Some(6), Some(4)], [6, 1, 0]), [Some(8), Some(6), Some(4)]);
        assert_eq!(lent([None, Some(6), Some(4)], [15, 1, 0]), [None, Some(6), Some(4)]);
    }
}
