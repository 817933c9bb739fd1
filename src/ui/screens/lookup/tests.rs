//! Stories of the lookup: its lines, its answers in whatever order they come, and a new household.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use super::{Lookup, NewHousehold};
use crate::app::{Ask, Face, Hits, Meant, Message, Ticket};
use crate::domain::{Name, choice};
use crate::text::{Lang, t};
use crate::ui::canvas::{Canvas, lines};
use crate::ui::desk::Desk;
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::screens::Page;

use super::Action;

fn face(seq: u32, head: &str, standing: crate::text::Text) -> Face {
    Face {
        name: Name::new(7, seq),
        head: head.to_owned(),
        who: t("男67", "m67").into(),
        kind: t("结对帮扶", "supported").into(),
        town: "东里镇".to_owned(),
        village: "东里东村".to_owned(),
        place: "3组 12号".to_owned(),
        known_as: "老守".to_owned(),
        standing: standing.into(),
        due: None,
        whose: String::new(),
        meant: None,
        twice: false,
    }
}

fn found(lookup: &mut Lookup, desk: &mut Desk, ticket: Ticket, heads: &[&str]) -> Go {
    let faces: Vec<Face> =
        (1..).zip(heads).map(|(seq, head)| face(seq, head, t("未访  约今天 19:30", "unvisited  due 19:30"))).collect();
    let hits = Hits { total: heads.len(), of: 10_482, names: faces.iter().map(|face| face.name).collect() };
    lookup.heard(&Message::Found { ticket, hits, faces }, desk)
}

/// A lookup that has asked its question with a ticket.
fn asking(ticket: u64) -> (Lookup, Desk) {
    let mut lookup = Lookup::new();
    lookup.asked = Some(Ticket(ticket));
    (lookup, Desk::for_tests())
}

fn drawn(lookup: &Lookup, desk: &Desk, width: u16, height: u16) -> Vec<String> {
    let area = Rect::new(0, 0, width, height);
    let mut buffer = Buffer::empty(area);
    lookup.draw(&mut Canvas::new(&mut buffer, &mut None, area, desk));
    lines(&buffer)
}

#[test]
fn lines_are_as_drawn_and_columns_drop_in_their_order() {
    let (mut lookup, mut desk) = asking(1);
    found(&mut lookup, &mut desk, Ticket(1), &["张守富", "张世芳"]);
    let screen = drawn(&lookup, &desk, 80, 21);
    assert!(screen[0].starts_with(" 查找: ") && screen[0].ends_with("10482 / 10482 户"), "{}", screen[0]);
    assert_eq!(screen[2], "> 张守富    男67 结对帮扶     东里镇 东里东村 3组 12号     未访  约今天 19:30");
    assert_eq!(drawn(&lookup, &desk, 60, 9)[1], "> 张守富    男67   东里东村 3组 12号    未访  约今天 19:30");
    assert_eq!(drawn(&lookup, &desk, 40, 9)[1], "> 张守富    男67   东里东村  未访");
    let wide = drawn(&lookup, &desk, 160, 40);
    assert!(wide[2].contains("老守") && wide[2].contains("未访  约今天 19:30"), "{}", wide[2]);
    desk.lang = Lang::En;
    assert!(drawn(&lookup, &desk, 80, 21)[2].contains("m67 supported"), "{:?}", drawn(&lookup, &desk, 80, 21));
}

// A line said nothing of the wife by whose name it was found.
#[test]
fn whoever_was_meant_is_named_at_every_width() {
    let (mut lookup, mut desk) = asking(1);
    found(&mut lookup, &mut desk, Ticket(1), &["张守富", "张世芳"]);
    lookup.faces[0].meant = Some(Meant { who: t("家人", "kin"), name: "刘桂芝".to_owned(), person: None });
    lookup.faces[0].kind = t("个体工商户", "self-employed").into();
    let row = |lookup: &Lookup, desk: &Desk, width: u16| {
        let (first, height) = if width == 80 { (2, 21) } else { (1, 9) };
        drawn(lookup, desk, width, height).swap_remove(first)
    };
    for (width, zh, en) in [
        (
            80,
            "> 张守富    男67 家人 刘桂芝  东里镇 东里东村 3组 12号",
            "> 张守富    m67 kin 刘桂芝     东里镇 东里东村 3组 12号",
        ),
        (60, "> 张守富    男67   家人 刘桂芝          未访", "> 张守富    m67    kin 刘桂芝 3组 12号  unvisited"),
        (40, "> 张守富    男67   刘桂芝    未访", "> 张守富    m67    刘桂芝    unvisited"),
        (
            120,
            "> 张守富    男67   个体工商户  东里镇    东里东村  3组 12号      家人 刘桂芝",
            "> 张守富    m67   self-employed",
        ),
    ] {
        desk.lang = Lang::Zh;
        assert!(row(&lookup, &desk, width).starts_with(zh), "{:?}", row(&lookup, &desk, width));
        desk.lang = Lang::En;
        assert!(row(&lookup, &desk, width).starts_with(en), "{:?}", row(&lookup, &desk, width));
    }
}

// `visited 11~` stood there at 40 columns: neither the day nor the minutes.
#[test]
fn of_a_visit_the_minutes_go_before_the_day_and_nothing_is_cut() {
    let (mut lookup, mut desk) = asking(1);
    found(&mut lookup, &mut desk, Ticket(1), &["张守富"]);
    for (said, zh, en) in [
        (t("已访 11-28 20分", "visited 11-28 20m"), "已访 11-28", "visited"),
        (t("外出 11-28", "nobody home 11-28"), "外出 11-28", "nobody home"),
        (t("不足 11-27 7分", "short 11-27 7m"), "不足 11-27", "short 11-27"),
        (t("未访", "unvisited"), "未访", "unvisited"),
    ] {
        lookup.faces[0].standing = said.into();
        for (lang, want) in [(Lang::Zh, zh), (Lang::En, en)] {
            desk.lang = lang;
            let row = drawn(&lookup, &desk, 40, 9).swap_remove(1);
            assert!(row.ends_with(&format!("东里东村  {want}")), "{row}");
        }
    }
}

// `self-emplo~` stood there, then `trader` at 80 columns and `self-employed` at 120.
#[test]
fn a_kind_is_the_same_word_at_every_width_that_has_one() {
    let (mut lookup, mut desk) = asking(1);
    found(&mut lookup, &mut desk, Ticket(1), &["张守富", "张世芳"]);
    for kind in choice::HOUSEHOLD_KINDS {
        lookup.faces[0].kind = kind.name.into();
        for (lang, width) in
            [Lang::Zh, Lang::En].into_iter().flat_map(|lang| [78, 80, 95, 96, 100, 120, 200].map(|width| (lang, width)))
        {
            desk.lang = lang;
            let row = drawn(&lookup, &desk, width, 21).swap_remove(2);
            assert!(row.contains(&format!(" {} ", kind.name.get(lang))), "{width}: {row}");
        }
    }
    desk.lang = Lang::En;
    lookup.faces[0].who = t("男103", "m103").into();
    lookup.faces[0].kind = t("个体工商户", "self-employed").into();
    let row = drawn(&lookup, &desk, 80, 21).swap_remove(2);
    assert!(row.starts_with("> 张守富    m103     "), "a kind is said whole, or not at all: {row}");
}

// `2组 95~ 单月梅` stood there: two of one name, in two towns, and the wrong door was knocked at.
#[test]
fn the_door_is_whole_at_80_columns_whatever_else_there_is_to_say() {
    let (mut lookup, mut desk) = asking(1);
    found(&mut lookup, &mut desk, Ticket(1), &["张守富", "张守富"]);
    let places = [["东里镇", "东里东村", "12组 195号", "单月梅"], ["北店镇", "北店东村", "2组 95号", "刘桂芝"]];
    for (face, words) in lookup.faces.iter_mut().zip(places) {
        [face.town, face.village, face.place, face.known_as] = words.map(str::to_owned);
    }
    let row = |lookup: &Lookup, desk: &Desk, at: usize| drawn(lookup, desk, 80, 21).swap_remove(2 + at);
    assert!(row(&lookup, &desk, 0).contains("  东里东村 12组 195号 单月梅 "), "{}", row(&lookup, &desk, 0));
    // Whoever was meant is named once.
    lookup.faces[0].meant = Some(Meant { who: t("配偶", "spouse"), name: "单月梅".to_owned(), person: None });
    let want = "> 张守富    男67 配偶 单月梅  东里东村 12组 195号          未访  约今天 19:30";
    assert_eq!(row(&lookup, &desk, 0), want);
    lookup.faces[1].place = "12号楼2单元 12-2-1201".to_owned();
    assert!(row(&lookup, &desk, 1).contains("  12号楼2单元 12-2-1201 刘桂芝 "), "{}", row(&lookup, &desk, 1));
    // In English sex and age went for want of a column, then what she is to him: `m67 单月梅`.
    desk.lang = Lang::En;
    let with = |lookup: &mut Lookup, who| {
        lookup.faces[0].meant = Some(Meant { who, name: "单月梅".to_owned(), person: None });
        row(lookup, &desk, 0)
    };
    for (who, said) in [
        (t("配偶", "wife"), " m67 wife 单月梅 "),
        (t("配偶", "husband"), " husband 单月梅 "),
        (t("配偶", "spouse"), " spouse 单月梅 "),
    ] {
        let line = with(&mut lookup, who);
        assert!(line.contains(said), "{line}");
    }
}

// The township went from the lines that said a spouse, and their village began where the township of the others did.
#[test]
fn every_line_of_a_list_begins_its_words_in_the_same_columns() {
    let (mut lookup, mut desk) = asking(1);
    let heads = ["张守富", "张守富", "李桂英", "沂源县东里供销社", "欧阳建国"];
    found(&mut lookup, &mut desk, Ticket(1), &heads);
    let places = [
        ["东里镇", "东里东村", "12组 195号", "单月梅"],
        ["南鲁山镇", "河西村", "2组 9号", "刘桂芝"],
        ["东里镇", "三宝官庄村", "3组", ""],
        ["历山街道", "儒林社区", "1组 133号", ""],
        ["东里镇", "东里东村", "4组 7号", "赵淑芬"],
    ];
    for (face, words) in lookup.faces.iter_mut().zip(places) {
        [face.town, face.village, face.place, face.known_as] = words.map(str::to_owned);
        face.standing = t("未访", "unvisited").into();
    }
    lookup.faces[1].who = t("女103", "f103").into();
    // 2021-05-18 19:30.
    lookup.faces[2].due = Some(1_621_337_400_000);
    desk.now.wall_ms = 1_621_337_400_000 - 3 * 3_600_000;
    lookup.faces[2].standing = t("未访  约今天 19:30", "due 19:30").into();
    lookup.faces[3].who = t("", "").into();
    lookup.faces[4].meant = Some(Meant { who: t("配偶", "wife"), name: "赵淑芬".to_owned(), person: None });
    let starts = |row: &str, words: &[&str]| -> Vec<Option<u16>> {
        words.iter().map(|word| Some(crate::ui::canvas::columns(row.split_once(word)?.0))).collect()
    };
    for (width, lang) in [78, 80, 96, 120, 200].into_iter().flat_map(|width| [(width, Lang::Zh), (width, Lang::En)]) {
        desk.lang = lang;
        let rows = drawn(&lookup, &desk, width, 21).split_off(2);
        let found: Vec<Vec<Option<u16>>> = lookup
            .faces
            .iter()
            .zip(&rows)
            .map(|(face, row)| {
                let said = face.standing.say(lang);
                let standing = if row.contains(&said) { said } else { "约今天 19:30".to_owned() };
                // A long village is cut in its own column.
                let village: String = face.village.chars().take(3).collect();
                starts(row, &[&face.town, &village, &face.place, &standing])
            })
            .collect();
        assert!(found[0][1..].iter().all(Option::is_some), "{width}: {rows:#?}");
        assert!(found.iter().all(|starts| *starts == found[0]), "{width}: {rows:#?}");
        // Who was meant stands where the others have a kind, or the name by which they are known.
        let whose = starts(&rows[4], &[t("配偶 赵", "wife 赵").get(lang)]);
        let kind =
            starts(&rows[0], &[if width < 96 { t("结对帮扶", "supported") } else { t("单月梅", "单月梅") }.get(lang)]);
        assert_eq!(whose, kind, "{width}: {rows:#?}");
    }
}

// `约今~` stood there at 40 columns, and nobody knew when.
#[test]
fn the_hour_of_an_appointment_is_whole_at_40_columns() {
    let (mut lookup, mut desk) = asking(1);
    found(&mut lookup, &mut desk, Ticket(1), &["张守富"]);
    // 2021-05-18 19:30.
    let (evening, day) = (1_621_337_400_000, 86_400_000);
    desk.now.wall_ms = evening - 3 * 3_600_000;
    lookup.faces[0].standing = t("未访  约今天 19:30", "short 4m  due tomorrow 19:30").into();
    for (days, zh, en) in
        [(0, "今天 19:30", "due 19:30"), (1, "明天 19:30", "5-19 19:30"), (30, "6-17 19:30", "6-17 19:30")]
    {
        lookup.faces[0].due = Some(evening + days * day);
        for (lang, want) in [(Lang::Zh, zh), (Lang::En, en)] {
            desk.lang = lang;
            let row = drawn(&lookup, &desk, 40, 9).swap_remove(1);
            assert!(row.ends_with(&format!("  {want}")), "{row}");
        }
    }
}

// Two of one name and one group were the same line on a small terminal, and the wrong door was knocked at.
#[test]
fn only_namesakes_say_what_they_are_called() {
    let (mut lookup, mut desk) = asking(1);
    found(&mut lookup, &mut Desk::for_tests(), Ticket(1), &["张守富", "张守富", "张世芳"]);
    lookup.asked = None;
    for (face, known_as) in lookup.faces.iter_mut().zip(["老三", "刘桂芝", "世芳"]) {
        face.known_as = known_as.to_owned();
    }
    let rows = |lookup: &Lookup, width: u16| {
        let (first, height) = if width == 80 { (2, 21) } else { (1, 9) };
        drawn(lookup, &desk, width, height).split_off(first).into_iter().take(3).collect::<Vec<_>>()
    };
    let at_80 = [
        "> 张守富    男67 结对帮扶     东里东村 3组 12号 老三       未访  约今天 19:30",
        "  张守富    男67 结对帮扶     东里东村 3组 12号 刘桂芝     未访  约今天 19:30",
        "  张世芳    男67 结对帮扶     东里东村 3组 12号            未访  约今天 19:30",
    ];
    assert_eq!(rows(&lookup, 80), at_80);
    let at_60 = [
        "> 张守富    男67   3组 12号 老三        未访  约今天 19:30",
        "  张守富    男67   3组 12号 刘桂芝      未访  约今天 19:30",
        "  张世芳    男67   3组 12号             未访  约今天 19:30",
    ];
    assert_eq!(rows(&lookup, 60), at_60);
    let at_40 =
        ["> 张守富    男67   老三      未访", "  张守富    男67   刘桂芝    未访", "  张世芳    男67   东里东村  未访"];
    assert_eq!(rows(&lookup, 40), at_40);

    // What tells them apart stays, whatever else is cut: the village where it differs, a long name of the spouse.
    lookup.faces[1].village = "北店村".to_owned();
    lookup.faces[1].known_as = "司马相如那家的".to_owned();
    assert_eq!(rows(&lookup, 80)[1], "  张守富    男67 结对帮扶     北店村   3组 12号 司马相如~  未访  约今天 19:30");
    assert_eq!(rows(&lookup, 60)[1], "  张守富    男67   北店村   司马相如~   未访  约今天 19:30");
    assert_eq!(rows(&lookup, 40)[1], "  张守富    男67   北店村    未访");

    // A word that both have says nothing; a door does.
    lookup.faces[1] = Face { place: "3组 9号".to_owned(), name: lookup.faces[1].name, ..lookup.faces[0].clone() };
    assert_eq!(rows(&lookup, 80)[1], "  张守富    男67 结对帮扶     东里镇 东里东村 3组 9号      未访  约今天 19:30");
    assert_eq!(rows(&lookup, 40)[1], "  张守富    男67   3组 9号   未访");

    // Where nothing does, that is said.
    lookup.faces[0].twice = true;
    lookup.faces[1] = Face { name: lookup.faces[1].name, ..lookup.faces[0].clone() };
    for (lang, word) in [(Lang::Zh, "重复?"), (Lang::En, "twice?")] {
        desk.lang = lang;
        for width in [120, 80, 60, 40] {
            let shown: Vec<bool> = drawn(&lookup, &desk, width, 21)
                .iter()
                .filter(|line| line.contains("张守富") || line.contains("张世芳"))
                .map(|line| line.contains(word))
                .collect();
            assert_eq!(shown, [true, true, false], "{width} {lang:?}");
        }
    }
}

#[test]
fn while_the_roster_is_written_esc_stops_that_and_households_are_found_as_ever() {
    let (mut lookup, mut desk) = asking(1);
    found(&mut lookup, &mut desk, Ticket(1), &["张守富"]);
    let takes_esc = |lookup: &Lookup| lookup.table().rows.iter().any(|row| row.keys == [crate::ui::keys::Key::Esc]);
    assert!(!takes_esc(&lookup), "Esc is the menu");
    lookup.act(Action::GiveBack, &mut desk);
    assert!(takes_esc(&lookup) && lookup.busy());
    lookup.act(Action::Stop, &mut desk);
    assert_eq!(desk.session.asked.last(), Some(&Ask::StopWorking));
    desk.session.open_for_tests(crate::app::Place::new(std::path::PathBuf::new()).empty_house());
    lookup.field.insert("zsf");
    lookup.typed(&mut desk);
    assert!(matches!(desk.session.asked.last(), Some(Ask::Find { .. })));
}

#[test]
fn an_old_answer_is_not_shown_and_the_page_is_busy_until_the_new_one() {
    let (mut lookup, mut desk) = asking(5);
    found(&mut lookup, &mut desk, Ticket(4), &["李桂英"]);
    assert!(lookup.faces.is_empty() && lookup.busy());
    found(&mut lookup, &mut desk, Ticket(5), &["张守富"]);
    assert!(!lookup.busy());
    assert_eq!(lookup.faces[0].head, "张守富");
}

#[test]
fn an_enter_before_the_answer_opens_what_the_answer_brings() {
    let (mut lookup, mut desk) = asking(1);
    found(&mut lookup, &mut desk, Ticket(1), &["李桂英"]);
    lookup.asked = Some(Ticket(2));
    assert_eq!(lookup.act(Action::Open, &mut desk), Go::Stay);
    let Go::Open(page) = found(&mut lookup, &mut desk, Ticket(2), &["张守富", "李桂英"]) else {
        panic!("{lookup:?}")
    };
    assert_eq!(*page, Page::from(crate::ui::screens::Card::of(Name::new(7, 1))));
}

#[test]
fn after_a_card_the_first_key_replaces_the_old_question() {
    let (mut lookup, mut desk) = asking(1);
    lookup.field.insert("zsf");
    found(&mut lookup, &mut desk, Ticket(1), &["张守富"]);
    assert!(matches!(lookup.act(Action::Open, &mut desk), Go::Open(_)));
    lookup.shown(&mut desk);
    lookup.field.insert("w");
    lookup.typed(&mut desk);
    assert_eq!(lookup.field.text(), "w");
    lookup.field.insert("c");
    lookup.typed(&mut desk);
    assert_eq!(lookup.field.text(), "wc");
}

#[test]
fn a_new_household_takes_a_name_along_and_keeps_one_draft() {
    let mut desk = Desk::for_tests();
    let mut new = NewHousehold::named("李秋生");
    let (kept, cursor) = new.kept().unwrap();
    assert!(kept.starts_with("head=李秋生\nvillage=\n"), "{kept}");
    assert_eq!(cursor, "head=李秋生\nvillage=".len());
    assert_eq!(NewHousehold::named("zsf 138").kept(), Some((String::new(), 0)), "that was a question, not a name");
    new.field().unwrap().key(&KeyEvent::new(KeyCode::Char('东'), KeyModifiers::NONE));
    new.act(crate::ui::form::Step::Down, &mut desk);
    let Some(Ask::Draft { place, text, .. }) = desk.session.asked.last() else { panic!() };
    assert_eq!(place, "lookup/new");
    assert!(text.contains("village=东"));
    let asked = new.act(crate::ui::form::Step::Record, &mut desk);
    assert!(matches!(asked, Go::Say(_)), "the county has no such village: {asked:?}");
    new.act(crate::ui::form::Step::Record, &mut desk);
    let Some(Ask::Do(request)) = desk.session.asked.last() else { panic!() };
    assert_eq!((request.word.as_str(), request.draft.as_deref()), ("household.add", Some("lookup/new")));
}

#[test]
fn every_size_is_drawn() {
    let (mut lookup, mut desk) = asking(1);
    found(&mut lookup, &mut desk, Ticket(1), &["张守富"]);
    for lang in [Lang::Zh, Lang::En] {
        desk.lang = lang;
        for Size { width, height } in [Size::new(200, 57), Size::new(80, 21), Size::new(40, 9), Size::new(1, 1)] {
            drawn(&lookup, &desk, width, height);
        }
    }
}

// The talk on top searched for who comes; the lookup below waited for ever, and nobody could tell that all was settled.
#[test]
fn a_question_that_another_page_has_overtaken_is_not_waited_for() {
    let (mut lookup, mut desk) = asking(4);
    found(&mut lookup, &mut desk, Ticket(3), &["张守富"]);
    assert!(lookup.busy(), "an older answer is nobody's");
    found(&mut lookup, &mut desk, Ticket(5), &["张守富"]);
    assert!(!lookup.busy() && lookup.faces.is_empty());
}

// 沂源县东里供销社 was cut at four characters, with room for it beside.
#[test]
fn a_long_name_takes_the_room_that_stands_empty_beside_it() {
    let (mut lookup, mut desk) = asking(1);
    found(&mut lookup, &mut desk, Ticket(1), &["张守富", "沂源县东里供销社"]);
    let company = Face { who: t("", "").into(), kind: t("企业", "company").into(), ..lookup.faces[1].clone() };
    lookup.faces[1] = company;
    for (width, first) in [(80, 2), (60, 1), (40, 1)] {
        let screen = drawn(&lookup, &desk, width, if width == 80 { 21 } else { 9 });
        let (person, company) = (&screen[first], &screen[first + 1]);
        assert!(company.contains(if width == 80 { "沂源县东里供销社" } else { "沂源县东里供" }), "{screen:?}");
        // The columns behind stay where they are.
        let village = |line: &str| crate::ui::canvas::columns(line.split_once("东里东村").unwrap().0);
        assert_eq!(village(person), village(company), "{screen:?}");
    }
}
