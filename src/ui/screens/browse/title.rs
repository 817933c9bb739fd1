//! Title: where one is among villages and groups, and how many are visited there.

use super::{Browse, Level};
use crate::app::GroupCount;
use crate::domain::hidden::for_other_eyes;
use crate::hanzi::clean;
use crate::text::{Said, t};

/// Names a group as people say it: 3组, or the name that it has.
pub fn group(group: &str) -> Said {
    match group {
        "" => t("(没写组)", "(no group)").into(),
        number if number.chars().all(|c| c.is_ascii_digit()) => t("{it}组", "group {it}").with("it", number),
        named => t("{it}", "{it}").with("it", clean::line(&for_other_eyes(named))),
    }
}

/// Gives the title of a page.
pub fn of(page: &Browse) -> Said {
    let Some(counts) = &page.counts else {
        return page.counting.say(t("按村组看   正在数 {far}…", "By village and group   counting {far}…"));
    };
    match &page.level {
        Level::Villages => counted(t("按村组看", "By village and group").into(), counts.iter()),
        Level::Groups(town, village) => {
            let place = t("{town} {village}", "{town} {village}").with("town", clean::line(&for_other_eyes(town)));
            let here = counts.iter().filter(|count| count.town == *town && count.village == *village);
            counted(place.with("village", clean::line(&for_other_eyes(village))), here)
        }
        Level::Households(_, village, within) => t("{village} {group}   {n} 户", "{village} {group}   {n}")
            .with("village", clean::line(&for_other_eyes(village)))
            .with_words("group", group(within))
            .with("n", page.faces.len()),
    }
}

fn counted<'a>(place: Said, counts: impl Iterator<Item = &'a GroupCount>) -> Said {
    let (all, covered) = counts.fold((0, 0), |(all, covered), count| (all + count.households, covered + count.covered));
    Said::from(t("{place}   {all} 户, 已访 {covered}, 未访 {open}", "{place}   {all}: {covered} visited, {open} open"))
        .with_words("place", place)
        .with("all", all)
        .with("covered", covered)
        .with("open", all - covered)
}
