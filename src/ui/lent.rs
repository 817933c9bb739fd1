//! Lent: a column that has more to say takes what the others of a list leave free, the rightmost first. A name is not cut beside
//! a wide column with nothing in it, nor beside words of the program that have shorter ones.

use std::ops::Range;

use super::canvas::{Canvas, columns};
use super::list::{Cells, Column, Line, draw_line, fit_for};
use crate::text::Lang;

/// Draws those of the lines that a window shows, the first in row `y`; column `to` takes what no line needs elsewhere.
pub fn draw_lent(canvas: &mut Canvas<'_>, y: u16, shape: &[Column], to: usize, lines: &[Line], shown: Range<usize>) {
    draw_lent_in_turn(canvas, y, shape, &[to], lines, shown);
}

/// As [`draw_lent`], for several columns: each takes what is free after those before it.
pub fn draw_lent_in_turn(
    canvas: &mut Canvas<'_>,
    y: u16,
    shape: &[Column],
    to: &[usize],
    lines: &[Line],
    shown: Range<usize>,
) {
    let mut widths = fit_for(shape, canvas.width(), lines.iter().map(|(cells, _)| cells.as_slice()));
    let mut needs = vec![0; widths.len()];
    for (cells, _) in lines {
        // As it will stand there: words of the program have shorter ones.
        let shown = shape.iter().zip(&widths).zip(cells);
        let shown = shown.map(|((column, width), (text, _))| column.fitted(text, width.unwrap_or(0), canvas.desk.lang));
        needs.iter_mut().zip(shown).for_each(|(need, text)| *need = columns(&text).max(*need));
    }
    for to in to.iter().copied() {
        // What has a shorter form too is said in full where there is room.
        let whole = lines.iter().filter_map(|(cells, _)| cells.get(to)).map(|(text, _)| columns(text)).max();
        if let Some((need, whole)) = needs.get_mut(to).zip(whole) {
            *need = whole;
        }
        lend(&mut widths, to, &needs);
    }
    if let Some((to, need)) = to.first().and_then(|to| Some((*to, *needs.get(*to)?))) {
        shorten(&mut widths, to, need, (shape, lines), canvas.desk.lang);
    }
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

/// Gives the column what it still needs from words of the program, as far as they have shorter ones in every line.
fn shorten(widths: &mut [Option<u16>], to: usize, need: u16, (shape, lines): (&[Column], &[Line]), lang: Lang) {
    let Some(width) = widths.get(to).copied().flatten() else { return };
    let mut missing = need.saturating_sub(width);
    let before = missing;
    for (at, (width, column)) in widths.iter_mut().zip(shape).enumerate().rev() {
        let Some(width) = width.as_mut().filter(|_| at != to && column.cells == Cells::Worded) else { continue };
        let fits = |room: u16| {
            let mut cells = lines.iter().filter_map(|(cells, _)| cells.get(at));
            cells.all(|(text, _)| columns(&column.fitted(text, room, lang)) <= room)
        };
        while missing > 0 && *width > 1 && fits(*width - 1) {
            (*width, missing) = (*width - 1, missing - 1);
        }
    }
    if let Some(Some(width)) = widths.get_mut(to) {
        *width += before - missing;
    }
}

#[cfg(test)]
mod tests {
    use super::{lend, shorten};
    use crate::text::{Lang, t};
    use crate::ui::list::{Column, Line};
    use crate::ui::theme::Look;

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

    // Two of one name were `孙传宝 1~` and `孙传宝 9~` beside `plan 5 days left`.
    #[test]
    fn words_of_the_program_grow_shorter_before_a_name_is_cut_and_are_not_cut_themselves() {
        let shape = [Column::new(t("户", "Head"), 8), Column::new(t("时限", "Due"), 18).worded()];
        let line = |due: &str| -> Line {
            (vec![("孙传宝 12号".to_owned(), Look::Plain), (due.to_owned(), Look::Plain)], false)
        };
        let given = |need: u16, dues: &[&str]| {
            let (mut widths, lines) = ([Some(9), Some(16)], dues.iter().map(|due| line(due)).collect::<Vec<_>>());
            shorten(&mut widths, 0, need, (&shape, &lines), Lang::En);
            widths
        };
        assert_eq!(given(11, &["plan 5 days left"]), [Some(11), Some(14)]);
        assert_eq!(given(20, &["plan 5 days left"]), [Some(13), Some(12)], "no further than the shortest words");
        assert_eq!(given(11, &["plan 5 days left", "nothing shorter!"]), [Some(9), Some(16)]);
        assert_eq!(given(9, &["plan 5 days left"]), [Some(9), Some(16)]);
    }
}
