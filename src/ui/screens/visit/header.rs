//! Header: who is visited and how the visit is, over the pages of a visit.

use super::story::Story;
use crate::domain::local;
use crate::text::{Lang, t};
use crate::ui::desk::Desk;
use crate::ui::frame::{self, HOUR_STAYS, Header};
use crate::ui::giving_way::{self, Row, people_in_few};

/// Draws the header of the pages of a visit: who, and how the visit is.
pub(in crate::ui::screens) fn header(story: &Story, desk: &Desk) -> Header {
    let speaker = desk.session.speaker();
    let clock = local::clock(desk.now.wall_ms);
    let said = Pieces {
        story,
        lang: desk.lang,
        about: story.about(&speaker).say(desk.lang),
        briefly: story.about_briefly(&speaker).say(desk.lang),
        in_few: story.about_in_few(&speaker).say(desk.lang),
        people: people_in_few(&story.visitors(&speaker)).say(desk.lang),
        waiting: frame::waiting_in_full_and_briefly(desk),
        ends: [clock, frame::saved(desk)],
    };
    if desk.body.width >= HOUR_STAYS
        && let Some(header) = giving_way::first(said.rows(), desk.body.width)
    {
        return header;
    }
    let left = said.left(&story.place);
    let [waiting, few] = &said.waiting;
    let [clock, saved] = &said.ends;
    let rights = [
        said.right(&said.about, waiting),
        said.right(&said.about, few),
        said.right(&said.about, ""),
        format!("{}  {saved}", said.about),
        format!("{clock}  {saved}"),
        saved.clone(),
    ];
    // That everything is saved is said last of all to go; from 80 columns on the hour goes before it.
    let rights = rights.into_iter().skip(if desk.body.width < HOUR_STAYS { 0 } else { 4 });
    let right = frame::right_of(&left, rights, desk);
    Header { left, middle: String::new(), right }
}

/// What the header may say.
struct Pieces<'a> {
    story: &'a Story,
    lang: Lang,
    /// How the visit is and with whom, with less and less of it.
    about: String,
    briefly: String,
    in_few: String,
    people: String,
    /// What waits for a stick, in full and in fewer columns.
    waiting: [String; 2],
    /// The hour, and that it is saved.
    ends: [String; 2],
}

impl Pieces<'_> {
    fn left(&self, place: &str) -> String {
        let words = t("走访 {head}  {place}", "Visit {head}  {place}");
        words.with("head", &self.story.head).with("place", place).say(self.lang).trim_end().to_owned()
    }

    fn right(&self, about: &str, waits: &str) -> String {
        let [clock, saved] = &self.ends;
        frame::apart(&[about.to_owned(), clock.clone(), waits.to_owned(), saved.clone()])
    }

    /// Gives what goes first: the days that it waits for a stick, that it is at home, of several visitors all but one, the town and
    /// then the village, with all visitors where that leaves room for them, the end of the place, what the visit is for, the visitors,
    /// the end of who is visited, the hour.
    fn rows(&self) -> Vec<Row> {
        let place = &self.story.place;
        let [waiting, few] = &self.waiting;
        let whole = self.left(place);
        let abouts = [(&self.about, waiting), (&self.about, few), (&self.briefly, few), (&self.in_few, few)];
        let beside = abouts.map(|(about, waits)| Row::whole(&whole, self.right(about, waits)));
        // Where the town or the village left room for all their names they stand there again.
        let nearer_ones = nearer(place).skip(1).flat_map(|place| {
            [&self.briefly, &self.in_few].map(|about| Row::whole(self.left(place), self.right(about, few)))
        });
        let (head, nearest) = (self.left(""), self.left(nearer(place).last().unwrap_or(place)));
        let of_place = [self.in_few.as_str(), &self.people, ""];
        let of_place = of_place.map(|about| Row::from_head(&nearest, &head, self.right(about, few)));
        let [_, saved] = &self.ends;
        let of_head = [self.right("", few), frame::apart(&[few.clone(), saved.clone()])];
        let of_head = of_head.map(|right| Row::cut(&head, right));
        beside.into_iter().chain(nearer_ones).chain(of_place).chain(of_head).collect()
    }
}

/// Gives a place, and the same without its town, then without its village too.
fn nearer(place: &str) -> impl Iterator<Item = &str> {
    let ends = place.match_indices(' ').filter_map(|(at, _)| place.get(at + 1..));
    std::iter::once(place).chain(ends.filter(|rest| rest.contains(' ')))
}

#[cfg(test)]
mod tests {
    use super::{Story, header};
    use crate::domain::{Name, Visit};
    use crate::text::Lang;
    use crate::ui::canvas::columns;
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

    /// Draws the header of a visit at home over 80 columns, with so many records that wait for a stick.
    fn drawn(lang: Lang, head: &str, place: &str, visitors: &[&str]) -> String {
        let (mut desk, mut story) = (Desk::for_tests(), Story::default());
        (desk.lang, desk.body.width) = (lang, 80);
        desk.session.wait_for_tests(35);
        (story.head, story.place) = (head.to_owned(), place.to_owned());
        story.visit = Some(visit(visitors));
        let header = header(&story, &desk);
        let said = format!("{}  {}", header.left, header.right);
        assert!(columns(&said) + 2 <= 80, "{said}");
        let always = if lang == Lang::Zh { "19:42  待导出 35  已保存" } else { "19:42  export 35  saved" };
        let in_full = if lang == Lang::Zh { always } else { "19:42  35 to export  saved" };
        assert!(said.ends_with(always) || said.ends_with(in_full), "{said}");
        said
    }

    fn visit(visitors: &[&str]) -> Visit {
        let visitors = visitors.iter().map(|name| (*name).to_owned()).collect();
        Visit {
            name: Name::new(7, 2),
            household: None,
            kind: "home".to_owned(),
            purpose: "first".to_owned(),
            visitors,
            started: 0,
            entered_later: false,
            ended: None,
            proven_ms: 0,
            declared_ms: 0,
            outcome: String::new(),
            left: false,
            short_why: String::new(),
            satisfaction: String::new(),
            told: Vec::new(),
            gave: Vec::new(),
            next: String::new(),
        }
    }

    // With three visitors, or a long place, what waits for a stick stood on no page of a visit.
    #[test]
    fn of_several_visitors_one_is_named_and_the_place_is_cut_before_what_waits_for_a_stick_goes() {
        let (zh, en) = (Lang::Zh, Lang::En);
        let (near, far) = ("东里东村 3组 12号", "东里镇 东里东村 十一组自然村西头 127号");
        let three = ["陈敏", "张锦秋", "苗兴英"];
        let with_three = "走访 张守富  东里东村 3组 12号  首访  陈敏等3人  19:42  待导出 35  已保存";
        assert_eq!(drawn(zh, "张守富", near, &three), with_three);
        assert_eq!(
            drawn(zh, "张守富", near, &["陈敏"]),
            "走访 张守富  东里东村 3组 12号  入户 首访  陈敏  19:42  待导出 35  已保存"
        );
        let with_far = "走访 张守富  十一组自然村西头 127号  首访  陈敏等3人  19:42  待导出 35  已保存";
        assert_eq!(drawn(zh, "张守富", far, &three), with_far);
        let with_two = "走访 李守义  东高庄村 6组 127号  首访  陈明 张锦秋  19:42  待导出 35  已保存";
        assert_eq!(drawn(zh, "李守义", "南麻街道 东高庄村 6组 127号", &["陈明", "张锦秋"]), with_two);
        let three = ["Chen Min", "Zhang Jinqiu", "Miao Xingying"];
        let cut = "Visit 张守富  十一组自然村~  first visit  Chen Min +2  19:42  export 35  saved";
        assert_eq!(drawn(en, "张守富", far, &three), cut);
        let cut = "Visit 张守富  3组 12号  first visit  Chen Min +2  19:42  export 35  saved";
        assert_eq!(drawn(en, "张守富", near, &three), cut);
        let firm = "沂源县东里镇富硒苹果种植专业合作社联合社";
        let cut = "Visit 沂源县东里镇富硒苹果种植专业合作社联合社  3组~  19:42  export 35  saved";
        assert_eq!(drawn(en, firm, near, &three), cut);
        drawn(en, &firm.repeat(2), far, &three);
    }
}
