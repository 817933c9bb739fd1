//! Header: who is visited and how the visit is, over the pages of a visit.

use super::story::Story;
use crate::domain::local;
use crate::text::t;
use crate::ui::desk::Desk;
use crate::ui::frame::{self, Header};

/// Draws the header of the pages of a visit: who, and how the visit is.
pub(in crate::ui::screens) fn header(story: &Story, desk: &Desk) -> Header {
    let left = t("走访 {head}  {place}", "Visit {head}  {place}").with("head", &story.head).with("place", &story.place);
    let left = left.say(desk.lang);
    let about = story.about(&desk.session.speaker()).say(desk.lang);
    let (clock, saved) = (local::clock(desk.now.wall_ms), frame::saved(desk));
    // That everything is saved is said last of all to go.
    let rights =
        [format!("{about}  {clock}  {saved}"), format!("{about}  {saved}"), format!("{clock}  {saved}"), saved];
    let right = frame::right_of(&left, rights, desk);
    Header { left, middle: String::new(), right }
}
