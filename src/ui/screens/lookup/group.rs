//! The group of the selected household: how many are still to be visited there, below a short list. Who has come to one door asks
//! for the next.

use super::Lookup;
use crate::hanzi::clean;
use crate::text::t;
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::theme::Look;

/// How many are left to visit in a group.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Left {
    group: String,
    open: usize,
}

/// Households beyond which it would be felt at each key.
const MOST: usize = 200_000;
/// Rows that the box, the blanks and the line itself take.
const AROUND: usize = 5;

impl Lookup {
    /// Counts who is left in the group of the selected household, where a short answer leaves room to say so.
    pub(super) fn look_round(&mut self, desk: &Desk) {
        self.left = None;
        let is_short =
            self.hits.total <= self.faces.len() && self.faces.len() + AROUND <= usize::from(desk.body.height);
        if self.field.text().trim().is_empty() || !is_short || self.hits.of > MOST {
            return;
        }
        let face = self.faces.get(self.list.selected().min(self.faces.len().saturating_sub(1)));
        let Some((face, house)) = face.zip(desk.session.house()) else { return };
        let group = house.household(face.name).map(|household| household.group.to_string()).unwrap_or_default();
        if !group.is_empty() && group.chars().all(|c| c.is_ascii_digit()) {
            let typed = format!("{} {} {group}组 未访", face.town, face.village);
            let open = house.find(&typed, 1, &|| true).map(|hits| hits.total);
            self.left = open.map(|open| Left { group, open });
        }
    }

    pub(super) fn draw_left(&self, canvas: &mut Canvas<'_>, y: u16) {
        let Some(left) = &self.left else { return };
        let words = match left.open {
            0 => t("{group}组都访过了", "group {group}: all visited").with("group", clean::line(&left.group)),
            open => t("{group}组还有 {n} 户未访", "group {group}: {n} still open")
                .with("group", clean::line(&left.group))
                .with("n", open),
        };
        let below = u16::try_from(self.faces.len()).unwrap_or(u16::MAX).saturating_add(y + 1);
        canvas.write(2, below, canvas.say(&words), Look::Dim);
    }
}
