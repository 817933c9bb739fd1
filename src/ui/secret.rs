//! A field that others at the table must not read: stars for what is typed, unless the person wants to see it.

use unicode_segmentation::UnicodeSegmentation;

use super::canvas::{Canvas, columns};
use super::field::Field;
use super::theme::Look;
use crate::app::Secret;

/// Holds a passphrase while it is typed. It never becomes a draft.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SecretField {
    /// The text and its cursor.
    pub field: Field,
    shown: bool,
}

impl SecretField {
    /// Shows what is typed, or hides it again.
    pub fn turn(&mut self) {
        self.shown = !self.shown;
    }

    /// Gives what is typed; it stays, for another try.
    pub fn typed(&self) -> Secret {
        Secret::new(self.field.text().to_owned())
    }

    /// Takes what is typed out.
    pub fn take(&mut self) -> Secret {
        self.shown = false;
        Secret::new(self.field.take())
    }

    /// Draws one row with the cursor, behind its name.
    pub fn draw(&self, canvas: &mut Canvas<'_>, x: u16, y: u16, name: &str) {
        let x = canvas.write(x, y, name, Look::Plain) + 1;
        let (before, behind) = self.field.text().split_at_checked(self.field.cursor()).unwrap_or_default();
        let room = usize::from(canvas.width().saturating_sub(x + 1)).max(1);
        let draw = |text: &str| if self.shown { text.to_owned() } else { "*".repeat(text.graphemes(true).count()) };
        let (before, behind) = (draw(before), draw(behind));
        // A long one shows its end before the cursor.
        let mut seen = before.as_str();
        while usize::from(columns(seen)) > room {
            let mut rest = seen.graphemes(true);
            rest.next();
            seen = rest.as_str();
        }
        let at = canvas.write(x, y, seen, Look::Plain);
        canvas.write_cut(at, y, canvas.width().saturating_sub(at), &behind, Look::Plain);
        canvas.cursor(at, y);
    }
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::{Position, Rect};

    use super::SecretField;
    use crate::ui::canvas::{Canvas, lines};
    use crate::ui::desk::Desk;

    fn drawn(secret: &SecretField) -> (String, Option<Position>) {
        let desk = Desk::for_tests();
        let mut buffer = Buffer::empty(Rect::new(0, 0, 16, 1));
        let mut cursor = None;
        let area = buffer.area;
        secret.draw(&mut Canvas::new(&mut buffer, &mut cursor, area, &desk), 0, 0, "口令:");
        (lines(&buffer).concat().trim_end().to_owned(), cursor)
    }

    #[test]
    fn stars_stand_for_what_is_typed_until_the_person_wants_to_see_it() {
        let mut secret = SecretField::default();
        secret.field.insert("水井 ab");
        assert_eq!(drawn(&secret), ("口令: *****".into(), Some(Position::new(11, 0))));
        secret.turn();
        assert_eq!(drawn(&secret), ("口令: 水井 ab".into(), Some(Position::new(13, 0))));
        secret.field.insert("一二三四五六七");
        assert_eq!(drawn(&secret).1, Some(Position::new(14, 0)), "the end of a long one is seen");
        assert_eq!(secret.take().text(), "水井 ab一二三四五六七");
        assert_eq!(drawn(&secret), ("口令:".into(), Some(Position::new(6, 0))));
    }
}
