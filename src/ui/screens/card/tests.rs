//! Stories of the card: what it shows, what it hides, and what its forms ask for.

mod forms;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::person;
use super::sheet::{Appointment, Person, Sheet, Stand, Words};
use super::{Action, Appoint, Card, FromPaper};
use crate::app::{Ask, Awaited, Elsewhere, Message, Standing, Terminal, Ticket};
use crate::domain::flow::Timed;
use crate::domain::{Deadline, Doubt, Household, Issue, Kind, Name, Sort, State, Visit, facts, local};
use crate::text::Lang;
use crate::ui::canvas::{Canvas, lines};
use crate::ui::desk::Desk;
use crate::ui::form::Step;
use crate::ui::otherwise::FKeys;
use crate::ui::page::{Go, Keyed, Screen};

const HOUSE: Name = Name::new(7, 1);

pub(super) fn sheet() -> Sheet {
    let household = Household {
        head: "张守富".into(),
        sex: "male".into(),
        birth_year: Some(1954),
        kind: "supported".into(),
        town: "东里镇".into(),
        village: "东里东村".into(),
        group: "3".into(),
        door: "12号".into(),
        phones: vec!["13853301234".into()],
        size: Some(4),
        paired: "陈明".into(),
        remark: "耳背, 说话大声些".into(),
        doubts: vec![Doubt { key: "phone/".into(), raw: "138-5330-123".into(), why: "phone-digits 10".into() }],
        ..Household::default()
    };
    let person = |relation: &str, health: &str, away: bool, remark: &str| Person {
        name: "某".into(),
        relation: relation.into(),
        health: health.into(),
        away: away.then_some(true),
        remark: remark.into(),
        ..Person::default()
    };
    let visit = Visit {
        name: Name::new(7, 2),
        household: Some(HOUSE),
        kind: "home".into(),
        purpose: "first".into(),
        visitors: vec!["陈明".into()],
        started: 1_620_820_800_000,
        entered_later: false,
        ended: Some(1_620_822_000_000),
        proven_ms: 9 * 60_000,
        declared_ms: 2 * 60_000,
        outcome: "done".into(),
        left: false,
        short_why: "下雨".into(),
        satisfaction: String::new(),
        told: vec![],
        gave: vec![],
        next: String::new(),
    };
    let issue = Issue {
        with: None,
        name: Name::new(7, 4),
        at: 1_620_820_900_000,
        recorder: "陈明".into(),
        line: None,
        visit: Some(Name::new(7, 2)),
        household: Some(HOUSE),
        text: String::new(),
        kind: "problem".into(),
        field: "culture".into(),
        class: "general".into(),
        source: String::new(),
        received: None,
        confidential: false,
        done: String::new(),
    };
    let stand = Stand { issue: issue.name, state: State::Screening, answer: None };
    let said = Words {
        joined: false,
        names: vec![issue.name],
        line: None,
        talk: None,
        at: issue.at,
        by: "陈明".into(),
        text: "村里没有地方跳舞".into(),
        issue: Some(issue),
    };
    Sheet {
        household,
        standing: Standing::default(),
        persons: vec![person("老伴", "chronic", false, ""), person("儿子", "", true, "青岛")],
        visits: vec![visit],
        words: vec![said],
        cases: vec![stand],
        ..Sheet::default()
    }
}

fn card() -> Card {
    Card { sheet: Ok(sheet()), ..Card::of(HOUSE) }
}

fn drawn(screen: &impl Screen, desk: &Desk, width: u16, height: u16) -> String {
    let area = Rect::new(0, 0, width, height);
    let mut buffer = Buffer::empty(area);
    screen.draw(&mut Canvas::new(&mut buffer, &mut None, area, desk));
    lines(&buffer).join("\n")
}

#[test]
fn the_card_shows_everything_known() {
    let screen = drawn(&card(), &Desk::for_tests(), 80, 21);
    let expected = " 张守富  男67  4口人  结对帮扶  东里镇 东里东村 3组 12号  138 5330 1234
 结对: 陈明
 备注: 耳背, 说话大声些
 老伴  某  慢性病
 儿子  某          在外  青岛
 未访
 问题 1 件: 待甄别  欠反馈 无
 待核对  电话 “138-5330-123”: 电话有 10 位数字

  1 开始走访  2 电话访问(不计)  3 预约  4 补录  5 改资料  6 往来记录

 走访 5-12 入户 11分 完成 (不足15分, 含自述2分) 陈明
 5-12 文体生活 一般  村里没有地方跳舞";
    assert_eq!(screen.trim_end(), expected);
}

// Enter began a second visit while the other group sat in the same home; only a line of the card said so.
#[test]
fn where_another_laptop_is_in_a_visit_today_a_visit_begins_with_the_second_press() {
    const DAY: i64 = 86_400_000;
    let (mut desk, mut card) = (Desk::for_tests(), card());
    let begun = |desk: &Desk| desk.session.asked.iter().any(|ask| matches!(ask, Ask::Do(_)));
    let told = |at, is_talk| Some((Elsewhere { at, writer: 9, is_talk }, "二组".to_owned()));
    let now = desk.now.wall_ms;
    card.sheet.as_mut().unwrap().elsewhere = told(now, false);
    for action in [Action::First, Action::Phone] {
        desk.now.boot_ms += 60_000;
        let Go::Say(said) = card.act(action, &mut desk) else { panic!("{action:?}") };
        let said = said.say(Lang::Zh);
        assert!(said.contains("二组") && said.contains("时在访") && said.contains("再按一次"), "{said}");
        assert!(!begun(&desk));
    }
    // The question was about a call; a visit is asked about anew, and so is a call behind another page.
    for action in [Action::First, Action::Phone] {
        assert!(matches!(card.act(action, &mut desk), Go::Say(_)), "{action:?}");
    }
    card.act(Action::Appoint, &mut desk);
    assert!(matches!(card.act(Action::Phone, &mut desk), Go::Say(_)));
    assert!(!begun(&desk));
    card.act(Action::Phone, &mut desk);
    assert!(begun(&desk));
    // A talk is asked about too; what was told on another day is in nobody's way.
    for (at, is_talk, asks) in [(now, true, true), (now - 2 * DAY, false, false), (now - 2 * DAY, true, false)] {
        let (mut desk, mut card) = (Desk::for_tests(), self::card());
        card.sheet.as_mut().unwrap().elsewhere = told(at, is_talk);
        assert_eq!(matches!(card.act(Action::Start, &mut desk), Go::Say(_)), asks, "{at} {is_talk}");
        assert_eq!(begun(&desk), !asks);
    }
}

// At 200x60 ten of sixty rows said something.
#[test]
fn where_there_is_room_members_stand_below_each_other_and_what_was_before_beside_them() {
    let mut sheet = sheet();
    (sheet.persons[0].sex, sheet.persons[0].birth_year) = ("female".into(), "1956".into());
    (sheet.persons[0].name, sheet.persons[1].name) = ("刘桂芝".into(), "欧阳上官慕容建国".into());
    let card = Card { sheet: Ok(sheet), ..Card::of(HOUSE) };
    let mut desk = Desk::for_tests();
    for (width, height) in [(200, 57), (120, 21), (80, 57)] {
        let screen = drawn(&card, &desk, width, height);
        for row in [" 老伴  刘桂芝            女65  慢性病", " 儿子  欧阳上官慕容建国"] {
            assert!(screen.lines().any(|line| line.starts_with(row)), "{row}\n{screen}");
        }
        assert!(screen.contains("在外  青岛") || screen.contains("在外    青岛"), "{screen}");
        let open = screen.lines().position(|line| line.starts_with(" 没办完的 1 件")).unwrap();
        let open = screen.lines().nth(open + 1).unwrap();
        assert!(open.starts_with(" 待甄别  文体生活 一般  村里没有地方跳舞"), "{screen}");
        // What was before stands in the first row where there is room beside, else below.
        let past = screen.lines().position(|line| line.contains("走访 5-12 入户 11分")).unwrap();
        assert_eq!(past == 0, width >= 120, "{screen}");
    }
    desk.covered = true;
    let covered = drawn(&card, &desk, 200, 57);
    assert!(covered.contains("欧阳上官慕容建国") && covered.contains("已遮挡"), "{covered}");
    assert!(["慢性病", "青岛", "跳舞"].iter().all(|hidden| !covered.contains(hidden)), "{covered}");
}

// A family of three read `李小红  儿子 慢性病  儿媳妇` above fourteen blank rows: whose name was behind whom, and how old, nobody saw.
#[test]
fn at_eighty_columns_members_stand_below_each_other_where_rows_are_free() {
    let mut desk = Desk::for_tests();
    let card_of = |members: usize, said: usize| {
        let mut sheet = sheet();
        let member = |at: usize| Person {
            name: format!("刘成员{at}"),
            relation: "儿媳妇".into(),
            sex: "female".into(),
            birth_year: "1990".into(),
            health: "chronic".into(),
            phone: "13853307777".into(),
            away: Some(false),
            remark: "耳背".into(),
            ..Person::default()
        };
        sheet.persons = (1..=members).map(member).collect();
        sheet.words = (0..said).map(|_| sheet.words[0].clone()).collect();
        sheet.visits.truncate(said);
        Card { sheet: Ok(sheet), ..card() }
    };
    let row = |at: usize| format!(" 儿媳妇  刘成员{at}  女31  慢性病  在家  138 5330 7777  耳背");
    let rows = |screen: &str, wanted: &str| screen.lines().filter(|line| line.contains(wanted)).count();
    let screen = drawn(&card_of(3, 0), &desk, 80, 21);
    assert!((1..=3).all(|at| screen.lines().any(|line| line == row(at))), "{screen}");
    // Seven of them leave what was before its rows.
    let screen = drawn(&card_of(7, 9), &desk, 80, 21);
    assert!((1..=7).all(|at| screen.lines().any(|line| line == row(at))), "{screen}");
    assert_eq!(rows(&screen, "跳舞") + rows(&screen, "走访 5-12"), 4, "{screen}");
    assert!(screen.contains("还有 6 条, 按 6 看全部."), "{screen}");
    // Of more as many as fit, and how many there are beyond them.
    for lang in [Lang::Zh, Lang::En] {
        desk.lang = lang;
        let screen = drawn(&card_of(12, 9), &desk, 80, 21);
        let shown = (1..=12).filter(|at| screen.contains(&format!("刘成员{at} "))).count();
        let more = match lang {
            Lang::Zh => format!(" 还有 {} 人, 按 5 看全部.", 12 - shown),
            Lang::En => format!(" {} more: 5 shows all.", 12 - shown),
        };
        assert!(shown >= 3 && screen.lines().any(|line| line == more), "{shown}\n{screen}");
        assert!(rows(&screen, "跳舞") >= 2, "{screen}");
    }
    desk.lang = Lang::Zh;
    // Where there is no room they flow, and where a column would be left out.
    for (width, height, members) in [(40, 9, 3), (80, 9, 3), (40, 21, 2), (80, 16, 7)] {
        let screen = drawn(&card_of(members, 9), &desk, width, height);
        assert!(!screen.contains("刘成员1") && screen.contains("儿媳妇 慢性病"), "{width}x{height}\n{screen}");
    }
    desk.covered = true;
    let covered = drawn(&card_of(7, 9), &desk, 80, 21);
    assert!(covered.contains("儿媳妇  刘成员1  女31  已遮挡  在家  138****7777"), "{covered}");
    assert!(["慢性病", "耳背", "3307777", "5330", "跳舞"].iter().all(|hidden| !covered.contains(hidden)), "{covered}");
}

// What is said just now stands on the page of the visit already.
#[test]
fn beside_a_visit_stands_what_was_before_it() {
    let desk = Desk::for_tests();
    let before = |since: i64| {
        let area = Rect::new(0, 0, 77, 57);
        let mut buffer = Buffer::empty(area);
        super::roomy::before(&mut Canvas::new(&mut buffer, &mut None, area, &desk), &sheet(), since);
        lines(&buffer).join("\n")
    };
    let visited = sheet().visits[0].started;
    let (during, later) = (before(visited), before(visited + 86_400_000));
    for words in ["138 5330 1234", "慢性病"] {
        assert!(during.contains(words) && later.contains(words), "{during}\n{later}");
    }
    for words in ["没办完的 1 件", "待甄别  文体生活", "走访 5-12 入户"] {
        assert!(!during.contains(words) && later.contains(words), "{words}\n{during}\n{later}");
    }
    assert_eq!(later.matches("跳舞").count(), 1, "{later}");
}

// The door of a flat has the digits of a land line; a phone behind a name does not stand in the title.
#[test]
fn the_door_of_a_flat_stays_on_the_card_and_a_phone_behind_a_name_loses_its_middle() {
    let mut sheet = sheet();
    (sheet.household.door, sheet.household.head) = ("12-1-1201".into(), "张守富13905331111".into());
    let card = Card { sheet: Ok(sheet), ..Card::of(HOUSE) };
    let screen = drawn(&card, &Desk::for_tests(), 80, 21);
    assert!(screen.contains("3组 12-1-1201") && screen.contains("张守富139****1111"), "{screen}");
}

#[test]
fn what_the_household_is_owed_stands_on_the_card_with_its_day_and_its_reason() {
    let day = |text| local::read_day(text).unwrap();
    let due = |text| Some(Timed { deadline: Deadline::stock(day(text)), met: None });
    let mut sheet = sheet();
    let (mut first, mut stock) = (sheet.words[0].clone(), sheet.words[0].clone());
    for (words, seq, text) in [(&mut first, 14, "机井坏了"), (&mut stock, 24, "村头路灯不亮")] {
        words.names = vec![Name::new(7, seq)];
        words.text = text.into();
    }
    let issue = stock.issue.as_mut().unwrap();
    (issue.kind, issue.source, issue.received) = (Kind::Stock.word().into(), "hotline".into(), Some(day("2021-04-20")));
    sheet.words.extend([first, stock]);
    sheet.cases.extend([
        Stand { issue: Name::new(7, 14), state: State::FeedbackDue, answer: due("2021-05-31") },
        Stand { issue: Name::new(7, 24), state: State::FeedbackDue, answer: due("2021-05-13") },
    ]);
    let card = Card { sheet: Ok(sheet), ..Card::of(HOUSE) };
    let mut desk = Desk::for_tests();
    let zh = [
        "问题 3 件: 待甄别 1, 待反馈 2",
        "欠反馈 2 件, 最近 存量 5月13日前, 超期 3 个工作日",
        "存量  村头路灯不亮 (12345热线, 4-20)  待反馈",
    ];
    let en = ["issues 3: to be screened 1", "to be told: 2, next", "3 working days over"];
    for (lang, all) in [(Lang::Zh, zh), (Lang::En, en)] {
        desk.lang = lang;
        let screen = drawn(&card, &desk, 80, 21);
        assert!(all.iter().all(|words| screen.contains(words)), "{all:?}\n{screen}");
        let narrow = drawn(&card, &desk, 40, 9);
        assert!(narrow.contains(if lang == Lang::Zh { "1 开始走访" } else { "1 Start visit" }), "{narrow}");
        let why = card.why(&desk).unwrap().say(lang);
        assert!(why.contains(if lang == Lang::Zh { "谁走访谁反馈" } else { "Who visited tells" }), "{why}");
        assert!(why.contains(if lang == Lang::Zh { "固定日期" } else { "a fixed day" }), "{why}");
    }
    desk.lang = Lang::Zh;
    let narrow = drawn(&card, &desk, 40, 12);
    assert!(narrow.contains("欠反馈 2 件"), "{narrow}");
    desk.covered = true;
    let covered = drawn(&card, &desk, 80, 21);
    assert!(covered.contains("欠反馈 2 件") && !covered.contains("路灯"), "{covered}");
}

#[test]
fn covered_it_shows_no_illness_no_phone_no_remark_and_nothing_that_was_said() {
    let mut desk = Desk::for_tests();
    desk.covered = true;
    for (width, height) in [(80, 21), (40, 9), (200, 57)] {
        let screen = drawn(&card(), &desk, width, height);
        for hidden in ["慢性病", "5330", "耳背", "跳舞", "138-"] {
            assert!(!screen.contains(hidden), "{hidden}\n{screen}");
        }
        assert!(screen.contains("张守富") && screen.contains("138****1234"), "{screen}");
    }
}

#[test]
fn a_card_that_reads_like_another_one_says_so_and_how_both_are_joined() {
    let (mut card, mut desk) = (card(), Desk::for_tests());
    assert!(!drawn(&card, &desk, 80, 21).contains("疑似重复"));
    card.sheet.as_mut().unwrap().doubled = true;
    let screen = drawn(&card, &desk, 80, 21);
    assert!(screen.contains("疑似重复: 另有一户写得一样. F7 再按 3 并排看, 是一户就合."), "{screen}");
    desk.lang = Lang::En;
    let screen = drawn(&card, &desk, 80, 21);
    assert!(screen.contains("Maybe twice: another household reads the same. F7, then 3"), "{screen}");
    // Where F7 does nothing it is named otherwise.
    let none = FKeys::named(Terminal { no_f_keys: true, ..Terminal::default() }, [(7, "Esc 07".to_owned())]);
    let area = Rect::new(0, 0, 80, 21);
    let (mut buffer, mut cursor) = (Buffer::empty(area), None);
    card.draw(&mut Canvas::new(&mut buffer, &mut cursor, area, &desk).without_f_keys(Some(&none)));
    let screen = lines(&buffer).join("\n");
    assert!(screen.contains("another household reads the same. Esc 07, then 3"), "{screen}");
}

#[test]
fn the_actions_stay_on_the_smallest_terminal_in_both_languages() {
    let mut desk = Desk::for_tests();
    let screen = drawn(&card(), &desk, 40, 9);
    assert!(screen.contains("1 开始走访") && screen.contains("6 往来记录"), "{screen}");
    desk.lang = Lang::En;
    let screen = drawn(&card(), &desk, 40, 9);
    assert!(screen.contains("1 Start visit") && screen.contains("6 History"), "{screen}");
}

#[test]
fn enter_asks_for_a_visit_once_however_often_it_is_pressed() {
    let (mut card, mut desk) = (card(), Desk::for_tests());
    for _ in 0..3 {
        assert_eq!(card.act(super::Action::First, &mut desk), Go::Stay);
    }
    let asked = &desk.session.asked;
    assert_eq!(asked.len(), 1);
    assert!(matches!(&asked[0], Ask::Do(request) if request.word == "visit.start"), "{asked:?}");
    assert!(card.busy());
}

// A visit began at the door of a family that had moved away.
#[test]
fn enter_does_what_makes_sense_first_at_a_household_as_it_is() {
    let asked = |away: bool, standing: &str| {
        let (mut card, mut desk) = (card(), Desk::for_tests());
        let sheet = card.sheet.as_mut().unwrap();
        (sheet.household.away, sheet.household.standing) = (away, standing.into());
        let words = card.table().rows[0].words.zh;
        let went = card.act(super::Action::First, &mut desk);
        let kind = match desk.session.asked.first() {
            Some(Ask::Do(request)) => request.args.text("kind"),
            _ => None,
        };
        (words, kind, went != Go::Stay)
    };
    assert_eq!(asked(false, "here"), ("走访", Some("home".to_owned()), false));
    assert_eq!(asked(true, "here"), ("电话访问", Some("phone".to_owned()), false));
    assert_eq!(asked(true, "moved"), ("往来记录", None, true));
    assert_eq!(asked(false, "deceased"), ("往来记录", None, true));
    // While its own visit runs Enter goes back to that, and the footer says so.
    let mut card = card();
    (card.sheet.as_mut().unwrap().household.away, card.runs) = (true, true);
    assert_eq!(card.table().rows[0].words.zh, "走访");
}

// Who looked into the form and left it read that it was written; at a household that is called, that Enter begins a visit.
#[test]
fn behind_a_form_only_a_recorded_visit_is_told_and_what_enter_begins_is_named() {
    for (away, words) in [(false, "按 1 开始"), (true, "按 2 开始")] {
        let (mut card, mut desk) = (card(), Desk::for_tests());
        card.sheet.as_mut().unwrap().household.away = away;
        assert!(matches!(card.act(Action::FromPaper, &mut desk), Go::Open(_)));
        card.shown(&mut desk);
        assert_eq!(card.behind, None);
        card.act(Action::FromPaper, &mut desk);
        let sheet = card.sheet.as_mut().unwrap();
        let visit = Visit { entered_later: true, ..sheet.visits[0].clone() };
        sheet.visits.push(visit);
        card.shown(&mut desk);
        let Go::Say(said) = card.act(Action::First, &mut desk) else { panic!("{away}") };
        let said = said.say(Lang::Zh);
        assert!(said.contains("补录写完了") && said.contains(words), "{said}");
        assert!(desk.session.asked.is_empty());
        let (mut card, sheet) = (Card::next(HOUSE), card.sheet);
        card.sheet = sheet;
        let Go::Say(said) = card.act(Action::First, &mut desk) else { panic!("{away}") };
        assert_eq!(said.say(Lang::Zh).contains("电话访问"), away);
    }
}
