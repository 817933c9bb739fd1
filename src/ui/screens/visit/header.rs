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
    let speaker = desk.session.speaker();
    let (about, briefly) = (story.about(&speaker).say(desk.lang), story.about_briefly(&speaker).say(desk.lang));
    let (clock, saved) = (local::clock(desk.now.wall_ms), frame::saved(desk));
    let said =
        |about: &str, waits: &str| frame::apart(&[about.to_owned(), clock.clone(), waits.to_owned(), saved.clone()]);
    let [waits, few] = frame::waiting_in_full_and_briefly(desk);
    // That it is at home gives way, then what waits for a stick, then the town, then the village.
    let lefts: Vec<String> = nearer(&story.place).map(left).collect();
    let rights = [said(&about, &waits), said(&about, &few), said(&briefly, &few), said(&about, "")];
    if desk.body.width >= HOUR_STAYS
        && let Some((left, right)) = fitting(&lefts, &rights, desk.body.width)
    {
        return Header { left: left.to_owned(), middle: String::new(), right: right.to_owned() };
    }
    let left = left(&story.place);
    let [in_full, in_few, _, all] = rights;
    let (about, clock) = (format!("{about}  {saved}"), format!("{clock}  {saved}"));
    // That everything is saved is said last of all to go.
    let rights = if desk.body.width < HOUR_STAYS {
        [in_full, in_few, all, about, clock, saved].to_vec()
    } else {
        [clock, about, saved].to_vec()
    };
    let right = frame::right_of(&left, rights, desk);
    Header { left, middle: String::new(), right }
}

/// Gives the first of the rights beside which the first left has room; beside the last right the first left that has.
fn fitting<'a>(lefts: &'a [String], rights: &'a [String], width: u16) -> Option<(&'a str, &'a str)> {
    let beside = |(at, right): (usize, &'a String)| {
        let room = width.saturating_sub(4 + columns(right));
        let most = if at + 1 < rights.len() { 1 } else { lefts.len() };
        let left = lefts.iter().take(most).find(|left| columns(left) <= room)?;
        Some((left.as_str(), right.as_str()))
    };
    rights.iter().enumerate().find_map(beside)
}

/// Gives a place, and the same without its town, then without its village too.
fn nearer(place: &str) -> impl Iterator<Item = &str> {
    let ends = place.match_indices(' ').filter_map(|(at, _)| place.get(at + 1..));
    std::iter::once(place).chain(ends.filter(|rest| rest.contains(' ')))
}

#[cfg(test)]
mod tests {
    use super::{Story, fitting, header, nearer};
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

    // In English at 80 columns it stood over every page but those of a visit.
    #[test]
    fn what_waits_for_a_stick_goes_before_the_usual_kind_of_a_visit_does() {
        let place = "东里东村 3组 12号";
        let beside = |who: &str, with: &str| {
            let lefts: Vec<String> = nearer(place).map(|place| format!("Visit {who}  {place}")).collect();
            let rights = [
                format!("at home, first visit  {with}  19:51  35 to export  saved"),
                format!("at home, first visit  {with}  19:51  export 35  saved"),
                format!("first visit  {with}  19:51  export 35  saved"),
                format!("at home, first visit  {with}  19:51  saved"),
            ];
            fitting(&lefts, &rights, 80).map(|(left, right)| format!("{left}  {right}"))
        };
        let said = |words: &str| Some(words.to_owned());
        assert_eq!(
            beside("张守富", "陈明"),
            said("Visit 张守富  东里东村 3组 12号  first visit  陈明  19:51  export 35  saved")
        );
        assert_eq!(beside("张守富", "陈明 张锦秋 苗兴英 杜颖"), None);
    }
}
