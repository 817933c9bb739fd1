//! Header: who is visited and how the visit is, over the pages of a visit.

use super::story::Story;
use crate::domain::local;
use crate::text::t;
use crate::ui::canvas::columns;
use crate::ui::desk::Desk;
use crate::ui::frame::{self, HOUR_STAYS, Header};

/// Draws the header of the pages of a visit: who, and how the visit is.
pub(in crate::ui::screens) fn header(story: &Story, desk: &Desk) -> Header {
    let words = t("走访 {head}  {place}", "Visit {head}  {place}");
    let left = |place: &str| words.with("head", &story.head).with("place", place).say(desk.lang);
    let about = story.about(&desk.session.speaker()).say(desk.lang);
    let (clock, saved) = (local::clock(desk.now.wall_ms), frame::saved(desk));
    let all = format!("{about}  {clock}  {saved}");
    // What waits for a stick stands here too where it has room beside the place: nobody exports at a kitchen table.
    let waits = frame::waiting_in_full_and_briefly(desk);
    let waits = waits.map(|waits| frame::apart(&[about.clone(), clock.clone(), waits, saved.clone()]));
    let (about, clock) = (format!("{about}  {saved}"), format!("{clock}  {saved}"));
    // That everything is saved is said last of all to go.
    let (left, rights) = if desk.body.width < HOUR_STAYS {
        (left(&story.place), [all, about, clock, saved])
    } else {
        let fits = |left: &String| columns(left) + columns(&all) + 4 <= desk.body.width;
        let short = nearer(&story.place).map(left).find(fits);
        (short.unwrap_or_else(|| left(&story.place)), [all, clock, about, saved])
    };
    let right = frame::right_of(&left, waits.into_iter().chain(rights), desk);
    Header { left, middle: String::new(), right }
}

/// Gives a place, and the same without its town, then without its village too.
fn nearer(place: &str) -> impl Iterator<Item = &str> {
    let ends = place.match_indices(' ').filter_map(|(at, _)| place.get(at + 1..));
    std::iter::once(place).chain(ends.filter(|rest| rest.contains(' ')))
}

#[cfg(test)]
mod tests {
    use super::{Story, header};
    use crate::text::Lang;
    use crate::ui::desk::Desk;

    // With the town before the village it stood on no English page of a visit.
    #[test]
    fn on_80_columns_the_hour_stays_and_of_the_place_the_town_goes_first() {
        let (mut desk, mut story) = (Desk::for_tests(), Story::default());
        (desk.lang, desk.body.width) = (Lang::En, 80);
        story.head = "房守义".to_owned();
        let mut left = |place: &str, width| {
            (story.place, desk.body.width) = (place.to_owned(), width);
            let header = header(&story, &desk);
            assert!(width < 80 || header.right.contains("19:42"), "{header:?}");
            header.left
        };
        let long = "东里镇 东里东村 十一组自然村西头 127号院";
        assert_eq!(left("东里东村 1组 17号", 80), "Visit 房守义  东里东村 1组 17号");
        assert_eq!(left(long, 100), format!("Visit 房守义  {long}"));
        let longer = format!("沂源县经济开发区 {long}");
        assert_eq!(left(&longer, 80), format!("Visit 房守义  {long}"));
        assert_eq!(left(&longer, 60), format!("Visit 房守义  {longer}"));
    }
}
