//! Title: where one is among villages and groups, and how many are visited there.

use super::{Browse, Level};
use crate::app::GroupCount;
use crate::domain::hidden::for_other_eyes;
use crate::hanzi::clean;
use crate::text::{Said, Text, t};

/// Names a group as people say it: 3组, or the name that it has.
pub fn group(group: &str) -> Said {
    match group {
        "" => t("(没写组)", "(no group)").into(),
        number if number.chars().all(|c| c.is_ascii_digit()) => t("{it}组", "group {it}").with("it", number),
        named => t("{it}", "{it}").with("it", clean::line(&for_other_eyes(named))),
    }
}

/// Gives the title of a page, the longest first: where there is little room the town goes, then the visited, and the number that is
/// not visited stays.
pub fn of(page: &Browse) -> Vec<Said> {
    let Some(counts) = &page.counts else {
        return vec![page.counting.say(t("按村组看   正在数 {far}…", "By village and group   counting {far}…"))];
    };
    match &page.level {
        Level::Villages => counted(&[t("按村组看", "By village and group").into()], counts.iter()),
        Level::Groups(town, village) => {
            let here = counts.iter().filter(|count| count.town == *town && count.village == *village);
            let (town, village) = (clean::line(&for_other_eyes(town)), clean::line(&for_other_eyes(village)));
            let places = [t("{town} {village}", "{town} {village}"), t("{village}", "{village}")];
            counted(&places.map(|words| words.with("town", &town).with("village", &village)), here)
        }
        Level::Households(_, village, within) => {
            let title = t("{village} {group}   {n} 户", "{village} {group}   {n}")
                .with("village", clean::line(&for_other_eyes(village)))
                .with_words("group", group(within))
                .with("n", page.faces.len());
            vec![title]
        }
    }
}

fn counted<'a>(places: &[Said], counts: impl Iterator<Item = &'a GroupCount>) -> Vec<Said> {
    let (all, covered) = counts.fold((0, 0), |(all, covered), count| (all + count.households, covered + count.covered));
    let words = [
        t("{place}   {all} 户, 已访 {covered}, 未访 {open}", "{place}   {all}: {covered} visited, {open} open"),
        t("{place}   {all} 户, 未访 {open}", "{place}   {all}: {open} open"),
    ];
    let said = |words: Text, place: &Said| {
        let said = Said::from(words).with_words("place", place.clone());
        said.with("all", all).with("covered", covered).with("open", all - covered)
    };
    words.iter().flat_map(|words| places.iter().map(|place| said(*words, place))).collect()
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;

    use super::{Browse, GroupCount, Level};
    use crate::app::Face;
    use crate::domain::Name;
    use crate::text::{Lang, t};
    use crate::ui::canvas::{Canvas, lines};
    use crate::ui::desk::Desk;
    use crate::ui::page::Screen;

    fn drawn(page: &Browse, lang: Lang, width: u16) -> Vec<String> {
        let mut desk = Desk::for_tests();
        desk.lang = lang;
        let area = Rect::new(0, 0, width, 9);
        let mut buffer = Buffer::empty(area);
        page.draw(&mut Canvas::new(&mut buffer, &mut None, area, &desk));
        lines(&buffer)
    }

    fn page(level: Level) -> Browse {
        let count = |group: &str, households, covered| GroupCount {
            town: "东里镇".into(),
            village: "东里东村".into(),
            group: group.into(),
            households,
            covered,
        };
        Browse { counts: Some(vec![count("1", 70, 3), count("2", 70, 5)]), level, ..Browse::default() }
    }

    fn groups() -> Level {
        Level::Groups("东里镇".into(), "东里东村".into())
    }

    // `东里镇 东里东村   140 户, 已访 8, 未访` stood there: what one came for was cut off.
    #[test]
    fn the_number_of_the_unvisited_stays_in_the_title_however_narrow() {
        for (lang, wide, title) in [
            (Lang::Zh, 80, "东里镇 东里东村   140 户, 已访 8, 未访 132"),
            (Lang::Zh, 40, "东里东村   140 户, 已访 8, 未访 132"),
            (Lang::Zh, 34, "东里东村   140 户, 未访 132"),
            (Lang::En, 40, "东里东村   140: 8 visited, 132 open"),
        ] {
            assert_eq!(drawn(&page(groups()), lang, wide).first().map(|line| line.trim()), Some(title));
        }
        let villages = drawn(&page(Level::Villages), Lang::En, 40);
        assert!(villages.first().is_some_and(|line| line.contains("132 open")), "{villages:?}");
    }

    // Every line said the village that had just been entered, and neither group nor door.
    #[test]
    fn on_a_small_terminal_the_households_of_a_group_say_their_doors() {
        let level = Level::Households("东里镇".into(), "东里东村".into(), "3".into());
        let face = |seq, head: &str, place: &str| Face {
            name: Name::new(7, seq),
            head: head.into(),
            who: t("男67", "m67").into(),
            kind: t("结对帮扶", "supported").into(),
            town: "东里镇".into(),
            village: "东里东村".into(),
            place: place.into(),
            known_as: "老守".into(),
            standing: t("未访", "unvisited").into(),
            due: None,
            whose: String::new(),
            meant: None,
            twice: false,
        };
        let page = Browse {
            faces: vec![face(1, "张守富", "3组 12号"), face(2, "李桂英", "3组 9号")], ..page(level)
        };
        let rows = drawn(&page, Lang::Zh, 40);
        assert!(rows.iter().any(|row| row.contains("张守富") && row.contains("3组 12号")), "{rows:?}");
        assert_eq!(rows.iter().filter(|row| row.contains("东里东村")).count(), 1, "{rows:?}");
    }
}
