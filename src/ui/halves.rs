//! Halves: what is drawn over the left half of a character of two columns leaves its right half blank.
//!
//! Terminals blank it in its own colours or in those of what covers it. Where the cell behind is a blank before and after,
//! ratatui sees no difference there: a bar has a hole (seen in xterm; the header after a change of page), or ends one
//! column too late (the bar of a popup). So what was wide is remembered from frame to frame, and a half that was laid
//! bare is drawn again where either of the two shows on a blank.

use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};

use crate::hanzi::width;

/// Remembers where characters of two columns began in the last frame, and whether they stood on a ground of their own.
#[derive(Debug, Default)]
pub(super) struct Halves {
    wide: Vec<(Position, bool)>,
}

impl Halves {
    /// Has the halves drawn again that this frame lays bare, and remembers this one.
    pub fn mend(&mut self, buffer: &mut Buffer) {
        for (Position { x, y }, had_ground) in self.wide.drain(..) {
            let is_bare = buffer.cell((x, y)).is_some_and(|cell| !is_wide(cell));
            let covers =
                [x.checked_sub(1), Some(x)].into_iter().flatten().filter_map(|column| buffer.cell((column, y)));
            let shows = had_ground || covers.into_iter().any(has_ground);
            if is_bare
                && shows
                && let Some(half) = buffer.cell_mut((x + 1, y))
            {
                half.set_diff_option(CellDiffOption::AlwaysUpdate);
            }
        }
        let columns = usize::from(buffer.area.width.max(1));
        let wide = buffer.content.iter().enumerate().filter(|(_, cell)| is_wide(cell));
        let place = |(at, cell)| {
            let (x, y) = (u16::try_from(at % columns).ok()?, u16::try_from(at / columns).ok()?);
            Some((Position::new(buffer.area.x + x, buffer.area.y + y), has_ground(cell)))
        };
        self.wide = wide.filter_map(place).collect();
    }
}

fn is_wide(cell: &Cell) -> bool {
    width::of_one(cell.symbol()) > 1
}

/// Tells whether a blank would show how the cell looks.
fn has_ground(cell: &Cell) -> bool {
    cell.modifier.contains(Modifier::REVERSED) || cell.bg != Color::Reset
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::{Modifier, Style};

    use super::Halves;

    fn plain(text: &str) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
        buffer.set_string(0, 0, text, Style::new());
        buffer
    }

    fn bar(text: &str) -> Buffer {
        let mut buffer = plain(text);
        buffer.set_style(Rect::new(0, 0, 12, 1), Style::new().add_modifier(Modifier::REVERSED));
        buffer
    }

    #[test]
    fn the_bare_half_of_a_covered_character_is_drawn_again() {
        let mut halves = Halves::default();
        let (mut before, mut after) = (bar("走访 (习)"), bar("走访 强  村"));
        // 习 stood in columns 6 and 7; 强 covers 5 and 6.
        halves.mend(&mut before);
        assert!(!before.diff(&after).iter().any(|(x, ..)| *x == 7), "else this file is not needed any more");
        halves.mend(&mut after);
        assert!(before.diff(&after).iter().any(|(x, ..)| *x == 7));
        let mut same = bar("走访 强  村");
        halves.mend(&mut same);
        assert!(after.diff(&same).len() <= 1, "and once only");
    }

    // The bar of a popup ended on the left half of a character, and went on over its right half.
    #[test]
    fn the_half_behind_a_bar_that_ends_on_a_character_is_drawn_again() {
        let mut halves = Halves::default();
        let (mut before, mut after) = (plain("        未访"), plain("  命令"));
        // 访 stands in columns 10 and 11.
        after.set_style(Rect::new(0, 0, 11, 1), Style::new().add_modifier(Modifier::REVERSED));
        halves.mend(&mut before);
        halves.mend(&mut after);
        assert!(before.diff(&after).iter().any(|(x, ..)| *x == 11));
    }
}
