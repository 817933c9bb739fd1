//! The group of the selected household: how many are still to be visited there, below a short list. Who has come to one door asks
//! for the next.

use super::Lookup;
use crate::app::Face;
use crate::domain::hidden::for_other_eyes;
use crate::hanzi::clean;
use crate::text::t;
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::theme::Look;

/// How many are left to visit in a group.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Left {
    /// Where it is, where the lines are not all of one village; else empty.
    village: String,
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
            let village = village_among(face, &self.faces);
            self.left = open.map(|open| Left { village, group, open });
        }
    }

    pub(super) fn draw_left(&self, canvas: &mut Canvas<'_>, y: u16) {
        let Some(left) = &self.left else { return };
        let words = match left.open {
            0 => t("{village}{group}组都访过了", "{village}group {group}: all visited"),
            _ => t("{village}{group}组还有 {n} 户未访", "{village}group {group}: {n} still open"),
        };
        let village = if left.village.is_empty() { String::new() } else { format!("{} ", left.village) };
        let words = words.with("village", village).with("group", clean::line(&left.group)).with("n", left.open);
        let below = u16::try_from(self.faces.len()).unwrap_or(u16::MAX).saturating_add(y + 1);
        canvas.write(2, below, canvas.say(&words), Look::Dim);
    }
}

/// Names the village of a household where the lines are not all of one; with the town where two villages are called alike.
fn village_among(face: &Face, listed: &[Face]) -> String {
    let is_there = |other: &Face| other.town == face.town && other.village == face.village;
    if listed.iter().all(is_there) {
        return String::new();
    }
    let is_alike = listed.iter().any(|other| other.village == face.village && other.town != face.town);
    let words = if is_alike { vec![&face.town, &face.village] } else { vec![&face.village] };
    let words: Vec<String> = words.into_iter().map(|word| clean::line(&for_other_eyes(word))).collect();
    words.join(" ").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::village_among;
    use crate::app::Face;
    use crate::domain::{Household, Name};

    // 3组还有 3 户未访 stood below lines of three villages.
    #[test]
    fn the_village_is_named_where_the_lines_are_of_several() {
        let at = |seq: u32, town: &str, village: &str| {
            let household = Household { town: town.into(), village: village.into(), ..Household::default() };
            Face::of(Name::new(7, seq), &household, &crate::app::Standing::default(), 0)
        };
        let (one, other) = (at(1, "东里镇", "东里东村"), at(2, "东里镇", "北店村"));
        assert_eq!(village_among(&one, std::slice::from_ref(&one)), "");
        assert_eq!(village_among(&one, &[one.clone(), at(3, "东里镇", "东里东村")]), "");
        assert_eq!(village_among(&one, &[one.clone(), other.clone()]), "东里东村");
        assert_eq!(village_among(&other, &[one.clone(), other.clone(), at(4, "鲁村镇", "北店村")]), "东里镇 北店村");
    }
}
