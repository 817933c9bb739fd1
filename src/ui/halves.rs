//! Halves: a character of two columns drawn over the left half of another leaves that one's right half blank.
//!
//! Real terminals blank it in their own colours. Where the cell behind is a blank of a reversed bar before and after,
//! ratatui sees no difference there and the bar has a hole (seen in xterm; the header after a change of page). So what was
//! wide in a bar is remembered from frame to frame, and a half that was laid bare is drawn again.

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Position;
use ratatui::style::Modifier;
use unicode_width::UnicodeWidthStr;

/// Remembers where characters of two columns began in the reversed bars of the last frame.
#[derive(Debug, Default)]
pub(super) struct Halves {
    wide: Vec<Position>,
}

impl Halves {
    /// Has the halves drawn again that this frame lays bare, and remembers this one.
    pub fn mend(&mut self, buffer: &mut Buffer) {
        for Position { x, y } in self.wide.drain(..) {
            let covered = x.checked_sub(1).and_then(|left| buffer.cell((left, y))).is_some_and(is_wide);
            if covered && let Some(half) = buffer.cell_mut((x + 1, y)) {
                half.set_diff_option(CellDiffOption::AlwaysUpdate);
            }
        }
        let columns = usize::from(buffer.area.width.max(1));
        let cells = buffer.content.iter().enumerate();
        let wide = cells.filter(|(_, cell)| cell.modifier.contains(Modifier::REVERSED) && is_wide(cell));
        let place = |(at, _)| {
            let (x, y) = (u16::try_from(at % columns).ok()?, u16::try_from(at / columns).ok()?);
            Some(Position::new(buffer.area.x + x, buffer.area.y + y))
        };
        self.wide = wide.filter_map(place).collect();
    }
}

fn is_wide(cell: &ratatui::buffer::Cell) -> bool {
    cell.symbol().width() > 1
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::{Modifier, Style};

    use super::Halves;

    fn bar(text: &str) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
        buffer.set_string(0, 0, text, Style::new());
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
}
