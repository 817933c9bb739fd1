//! The forms behind a card: an appointment, a visit entered later, a member.

use super::*;

#[test]
fn an_appointment_is_said_back_in_full_before_it_is_recorded() {
    let mut desk = Desk::for_tests();
    let mut page = Appoint::of(HOUSE, &sheet(), desk.now.wall_ms);
    page.field().unwrap().insert("明天　１９：３０");
    assert!(drawn(&page, &desk, 80, 21).contains("5月19日 周三 19:30"));
    page.act(Step::Record, &mut desk);
    let Some(Ask::Do(request)) = desk.session.asked.last() else { panic!() };
    assert_eq!(request.args.text("at").as_deref(), Some("2021-05-19T19:30:00+08:00"));
    let mut past = Appoint::of(HOUSE, &sheet(), desk.now.wall_ms);
    past.field().unwrap().insert("昨天 19:30");
    assert!(matches!(past.act(Step::Record, &mut desk), Go::Say(_)));
    assert_eq!(past.field().unwrap().text(), "昨天 19:30", "nothing typed is lost");
}

#[test]
fn an_appointment_that_lies_ahead_is_changed_or_taken_back() {
    let mut desk = Desk::for_tests();
    let before = Appointment {
        name: Name::new(7, 9),
        made: 0,
        by: "陈明".into(),
        at: 1_621_424_000_000,
        kind: "home".into(),
        confirmed: false,
    };
    let awaited = Awaited { at: before.at, name: before.name, elsewhere: false, whose: String::new(), answered: None };
    // One that somebody went to is not moved: it stands in the history alone.
    let kept = Appointment { name: Name::new(7, 8), at: 1_621_300_000_000, ..before.clone() };
    let standing = Standing { awaited: vec![awaited], ..Standing::default() };
    let sheet = Sheet { appointments: vec![kept.clone(), before], standing, ..sheet() };
    let over = Sheet { appointments: vec![kept], ..super::sheet() };
    assert_eq!(over.next_appointment(desk.now.wall_ms), None);
    let mut page = Appoint::of(HOUSE, &sheet, desk.now.wall_ms);
    page.act(Step::Record, &mut desk);
    assert!(
        matches!(desk.session.asked.last(), Some(Ask::Do(request)) if request.word == "appointment.set" && request.args.name("appointment") == Ok(Some(Name::new(7, 9))))
    );
    let mut page = Appoint::of(HOUSE, &sheet, desk.now.wall_ms);
    page.field().unwrap().insert("5-20 20:30");
    assert!(drawn(&page, &desk, 80, 21).contains("5月20日 周四 20:30"), "the time typed behind the old one is meant");
    let mut page = Appoint::of(HOUSE, &sheet, desk.now.wall_ms);
    page.field().unwrap().take();
    assert!(drawn(&page, &desk, 80, 21).contains("撤掉"));
    page.act(Step::Record, &mut desk);
    assert!(matches!(desk.session.asked.last(), Some(Ask::Do(request)) if request.word == "appointment.retract"));
}

// The day on which nobody had come stood in the line as if it were still to come.
#[test]
fn a_missed_appointment_is_said_to_be_one_and_leaves_the_time_to_be_written() {
    let mut desk = Desk::for_tests();
    let at = desk.now.wall_ms - 3 * 86_400_000;
    let before =
        Appointment { name: Name::new(7, 9), made: 0, by: "陈明".into(), at, kind: "field".into(), confirmed: true };
    let awaited = Awaited { at, name: before.name, elsewhere: false, whose: String::new(), answered: None };
    let standing = Standing { awaited: vec![awaited], ..Standing::default() };
    let sheet = Sheet { appointments: vec![before], standing, ..sheet() };
    let said = |go: Go| if let Go::Say(said) = go { said.say(Lang::Zh) } else { String::new() };
    let mut page = Appoint::of(HOUSE, &sheet, desk.now.wall_ms);
    assert_eq!(page.field().unwrap().text(), "");
    let picture = drawn(&page, &desk, 80, 21);
    assert!(picture.contains("约的 5月15日 周六 19:42 已过, 没人去") && !picture.contains("2021-05-15"), "{picture}");
    // Nothing goes on a key that was pressed to go on.
    assert!(said(page.act(Step::Record, &mut desk)).contains("没写新的时间"));
    page.act(Step::Down, &mut desk);
    assert!(said(page.act(Step::Record, &mut desk)).contains("没写新的时间"), "another key was pressed in between");
    assert!(!desk.session.asked.iter().any(|ask| matches!(ask, Ask::Do(_))));
    page.field().unwrap().insert("明天 9点");
    page.act(Step::Record, &mut desk);
    let Some(Ask::Do(request)) = desk.session.asked.last() else { panic!() };
    assert_eq!(
        (request.word.as_str(), request.args.name("appointment")),
        ("appointment.set", Ok(Some(Name::new(7, 9))))
    );
    assert_eq!(request.args.text("at").as_deref(), Some("2021-05-19T09:00:00+08:00"));
    assert_eq!(request.args.text("kind").as_deref(), Some("field"));
    assert_eq!(request.args.text("confirmed").as_deref(), Some("no"), "the new time is confirmed by nobody yet");
    let mut page = Appoint::of(HOUSE, &sheet, desk.now.wall_ms);
    page.act(Step::Record, &mut desk);
    page.act(Step::Record, &mut desk);
    assert!(matches!(desk.session.asked.last(), Some(Ask::Do(request)) if request.word == "appointment.retract"));
}

#[test]
fn what_is_entered_later_says_what_is_missing_before_anything_is_recorded() {
    let mut desk = Desk::for_tests();
    let mut page = FromPaper::of(HOUSE, "张守富", &["陈明".to_owned(), "张锦秋".to_owned()]);
    let said = |go: Go| if let Go::Say(said) = go { said.say(Lang::Zh) } else { String::new() };
    page.field().unwrap().insert("明天 9点");
    assert_eq!(said(page.act(Step::Record, &mut desk)), "5月19日 周三 09:00, 还没到, 没记.");
    page.field().unwrap().take();
    page.field().unwrap().insert("没有时间");
    assert!(said(page.act(Step::Record, &mut desk)).contains("看不懂"));
    // The day was understood, and it was said that it was not.
    page.field().unwrap().take();
    page.field().unwrap().insert("5-12");
    assert!(drawn(&page, &desk, 80, 21).contains("5月12日 周三, 几点?"), "{}", drawn(&page, &desk, 80, 21));
    assert_eq!(said(page.act(Step::Record, &mut desk)), "5月12日 周三, 几点? 接着写, 如 19:30 或 晚上.");
    page.field().unwrap().take();
    page.field().unwrap().insert("昨晚 7点");
    assert!(matches!(page.act(Step::Record, &mut desk), Go::Say(_)));
    page.field().unwrap().insert("９分");
    assert!(matches!(page.act(Step::Record, &mut desk), Go::Say(_)), "a short visit needs its reason");
    assert!(!desk.session.asked.iter().any(|ask| matches!(ask, Ask::Do(_))));
    page.field().unwrap().insert("下雨");
    page.act(Step::Up, &mut desk);
    assert_eq!(page.lines_of_form().unwrap().key(), "satisfaction");
    page.act(Step::Pick(2), &mut desk);
    page.act(Step::Up, &mut desk);
    page.act(Step::Up, &mut desk);
    assert_eq!(page.field().unwrap().take(), "陈明、张锦秋", "who goes on a visit that begins now");
    assert!(said(page.act(Step::Record, &mut desk)).contains("谁去走访的"), "nobody went");
    page.field().unwrap().insert("李强");
    assert_eq!(page.act(Step::Record, &mut desk), Go::Stay);
    let Some(Ask::Do(request)) = desk.session.asked.last() else { panic!() };
    assert_eq!(request.word, "visit.start");
    assert_eq!(request.args.text("visitors").as_deref(), Some("李强"));
    assert_eq!(request.args.text("satisfaction").as_deref(), Some("mostly"));
}

// Nobody was at home after five minutes, and the five went without a word.
#[test]
fn minutes_of_a_visit_to_nobody_are_said_not_to_be_recorded() {
    for (minutes, presses) in [("5", 1), ("五分钟", 1), ("21", 2), ("", 1)] {
        let mut desk = Desk::for_tests();
        let mut page = FromPaper::of(HOUSE, "张守富", &["陈明".to_owned()]);
        page.field().unwrap().insert("昨晚 7点");
        page.act(Step::Enter, &mut desk);
        page.field().unwrap().insert(minutes);
        page.act(Step::Enter, &mut desk);
        assert_eq!(page.lines_of_form().unwrap().key(), "outcome");
        page.act(Step::Pick(2), &mut desk);
        let said = (0..presses).map(|_| page.act(Step::Record, &mut desk)).last().unwrap();
        let Some(Ask::Do(request)) = desk.session.asked.last() else { panic!("{said:?}") };
        assert_eq!(request.args.text("outcome").as_deref(), Some("absent"));
        assert_eq!(request.args.text("minutes"), None);
        match (minutes, said) {
            ("", said) => assert_eq!(said, Go::Stay),
            (_, Go::Say(said)) => {
                let said = said.say(Lang::Zh);
                assert!(said.contains(&format!("({minutes}) 没有记")), "{said}");
            }
            (_, said) => panic!("{said:?}"),
        }
    }
}

// 明天3点 was put down for three at night.
#[test]
fn an_hour_of_the_afternoon_is_said_back_and_recorded_as_one() {
    let mut desk = Desk::for_tests();
    let mut page = Appoint::of(HOUSE, &sheet(), desk.now.wall_ms);
    page.field().unwrap().insert("明天3点");
    assert!(drawn(&page, &desk, 80, 21).contains("5月19日 周三 15:00"));
    page.act(Step::Record, &mut desk);
    let Some(Ask::Do(request)) = desk.session.asked.last() else { panic!() };
    assert_eq!(request.args.text("at").as_deref(), Some("2021-05-19T15:00:00+08:00"));
}

// The cursor stayed in 在外 while the sentence spoke of the year of birth.
#[test]
fn the_cursor_goes_to_the_line_that_is_not_understood() {
    let mut desk = Desk::for_tests();
    let mut page = person::Person::another(HOUSE);
    page.field().unwrap().insert("张伟");
    for _ in 0..3 {
        page.act(Step::Down, &mut desk);
    }
    page.field().unwrap().insert("65岁");
    for _ in 0..2 {
        page.act(Step::Down, &mut desk);
    }
    page.act(Step::Record, &mut desk);
    let trouble = facts::find(Sort::Member, "birth_year").unwrap().parse("65岁").unwrap_err();
    let ticket = Ticket(u64::try_from(desk.session.asked.len()).unwrap());
    assert_eq!(page.heard(&Message::Answer(ticket, Box::new(Err(trouble))), &mut desk), Go::Stay);
    assert_eq!(page.field().unwrap().text(), "65岁");
}

// A year to come and half a phone were recorded without a word.
#[test]
fn what_is_hardly_meant_of_a_member_is_asked_about_once() {
    let mut desk = Desk::for_tests();
    let mut page = person::Person::another(HOUSE);
    for (downs, text) in [(0, "张伟"), (3, "2090"), (2, "1385330123")] {
        for _ in 0..downs {
            page.act(Step::Down, &mut desk);
        }
        page.field().unwrap().insert(text);
    }
    let said = |go: Go| if let Go::Say(said) = go { said.say(Lang::Zh) } else { String::new() };
    assert!(said(page.act(Step::Record, &mut desk)).contains("2090 比今年还晚"));
    assert_eq!(page.field().unwrap().text(), "2090", "the cursor is where it can be changed");
    page.field().unwrap().set("1990", usize::MAX);
    assert!(said(page.act(Step::Record, &mut desk)).contains("有 10 位"));
    assert!(!page.busy());
    page.act(Step::Record, &mut desk);
    let Some(Ask::Do(request)) = desk.session.asked.last() else { panic!() };
    assert_eq!(request.args.text("phone").as_deref(), Some("1385330123"));
    assert_eq!(request.args.text("birth_year").as_deref(), Some("1990"));
}
