//! What another laptop told of a visit that ran there is not what goes on here.

use crate::app::Request;
use crate::app::exchange::some_laptops::Laptop;
use crate::domain::{Name, Sort, Value, local};
use crate::text::Lang;

fn said(laptop: &Laptop, household: Name) -> String {
    let now_ms = laptop.keeper.clock.now().wall_ms;
    laptop.keeper.house().face(household, now_ms).unwrap().standing.say(Lang::Zh)
}

fn first(laptop: &Laptop, most: usize) -> Vec<Name> {
    laptop.keeper.house().opening_list(most, laptop.keeper.clock.now().wall_ms).names
}

/// Gives what the card says of a visit that went on elsewhere: whose, and whether it was one of a talk.
fn elsewhere(laptop: &Laptop, household: Name) -> Option<(String, bool)> {
    let told =
        |told: crate::app::Elsewhere| (laptop.keeper.house().shelf(|shelf, _| shelf.whose(told.writer)), told.is_talk);
    laptop.keeper.house().shelf(|shelf, _| shelf.standing(household)).elsewhere().map(told)
}

/// Two laptops that know the same three households; the office was at the first one's door.
fn two() -> (Laptop, Laptop, [Name; 3]) {
    let (mut office, mut group) = (Laptop::new(1, "办公室", "王建国"), Laptop::new(2, "二组", "张文彬"));
    let homes = ["张守富", "李桂英", "周长河"].map(|head| office.add(head, &format!("{head}家")));
    group.merge(&office.export("名册"));
    office.ask(Request::new("visit.start").with_name("household", homes[0]));
    office.ask(Request::new("visit.finish").with("outcome", "absent"));
    (office, group, homes)
}

// Ten households of another laptop's talk stood on top of the empty box, 在谈, and hid those used last.
#[test]
fn a_talk_of_another_laptop_is_neither_on_top_nor_going_on_here() {
    let (mut office, mut group, homes) = two();
    group.ask(Request::new("talk.start").with("village", "东里东村").with("place", "文化广场"));
    group.ask(Request::new("talk.come").with("households", vec![homes[1].to_string()]));
    assert_eq!(said(&group, homes[1]), "在谈", "where it runs");
    assert_eq!(first(&group, 1), [homes[1]]);
    office.merge(&group.export("谈着"));
    assert_eq!(said(&office, homes[1]), "未访");
    assert_eq!(first(&office, 1), [homes[0]], "its own last one");
    assert_eq!(elsewhere(&office, homes[1]), Some(("二组".to_owned(), true)));
    assert_eq!(elsewhere(&group, homes[1]), None);
}

// Four appointments of the other group led the list, and one's own was the fifth.
#[test]
fn appointments_of_another_laptop_stand_behind_ones_own_and_the_last_used_and_say_whose_they_are() {
    let (mut office, mut group, homes) = two();
    let due = |home, at: &str| {
        let add = Request::new("appointment.add").with_name("household", home);
        add.with("at", format!("2021-05-18T{at}:00+08:00"))
    };
    group.ask(due(homes[1], "14:00"));
    office.ask(due(homes[2], "19:30"));
    office.merge(&group.export("约了"));
    assert_eq!(first(&office, 3), [homes[2], homes[0], homes[1]], "its own, used last, those of others");
    assert_eq!(said(&office, homes[1]), "未访  二组约今天 14:00");
    assert_eq!(said(&office, homes[2]), "未访  约今天 19:30");
    let now_ms = office.keeper.clock.now().wall_ms;
    assert_eq!(
        office.keeper.house().foremost(now_ms),
        [homes[2], homes[0]],
        "no village of a talk is taken from others"
    );
    // Somebody has the household in hand here too: it is theirs whoever phoned.
    office.ask(due(homes[1], "20:00"));
    assert_eq!(first(&office, 3), [homes[2], homes[1], homes[0]]);
    // On the laptop where it was made it needs no name.
    assert_eq!(said(&group, homes[1]), "未访  约今天 14:00");
    group.set(homes[2], "paired", "张文彬");
    group.merge(&office.export("也约了"));
    assert_eq!(first(&group, 3), [homes[1], homes[2], homes[0]], "paired with who speaks there");
}

#[test]
fn a_visit_that_was_taken_back_elsewhere_or_ended_is_not_said_to_go_on() {
    let (mut office, mut group, homes) = two();
    // Its clock comes after the office's visit.
    for remark in ["一", "二", "三", "四", "五"] {
        group.set(homes[2], "remark", remark);
    }
    let visit = group.ask(Request::new("visit.start").with_name("household", homes[0]));
    office.merge(&group.export("访着"));
    // What is known here stays what the list says.
    assert!(said(&office, homes[0]).starts_with("外出"), "{}", said(&office, homes[0]));
    assert_eq!(elsewhere(&office, homes[0]), Some(("二组".to_owned(), false)));
    group.ask(Request::new("visit.discard").with_name("visit", visit));
    office.merge(&group.export("作废"));
    assert_eq!(elsewhere(&office, homes[0]), None);
    assert_eq!(first(&office, 1), [homes[0]]);
}

// The verification that the other group had agreed on was moved to the day after, and nobody there knew.
#[test]
fn the_next_contact_moves_ones_own_appointment_and_nobody_elses() {
    let (mut office, mut group, homes) = two();
    let add = Request::new("appointment.add").with_name("household", homes[1]);
    group.ask(add.with("at", "2021-06-10T10:00:00+08:00").with("confirmed", true));
    office.merge(&group.export("约了"));
    let appointments = |office: &Laptop| {
        office.keeper.house().shelf(|shelf, view| {
            let all = shelf.children_of(shelf.home_of(homes[1]), Sort::Appointment);
            let told = |name: Name| {
                let record = view.record(name).unwrap().unwrap();
                let (at, confirmed) = (record.value("at").and_then(Value::as_at).unwrap(), record.value("confirmed"));
                (local::short_day(at), confirmed.is_some())
            };
            let mut all: Vec<(String, bool)> = all.into_iter().map(told).collect();
            all.sort();
            all
        })
    };
    let mut visit = |next: &str| {
        office.ask(Request::new("visit.start").with_name("household", homes[1]));
        office.ask(Request::new("visit.finish").with("short_why", "有事").with("next", next));
        appointments(&office)
    };
    let of = |day: &str, confirmed| (day.to_owned(), confirmed);
    assert_eq!(visit("5-25 9点"), [of("5-25", false), of("6-10", true)]);
    assert_eq!(visit("5-27 9点"), [of("5-27", false), of("6-10", true)], "its own is moved");
    assert_eq!(visit("5-28晚上不在家"), [of("5-27", false), of("6-10", true)]);
}

/// Gives when somebody is to come, as lists tell it.
fn due(laptop: &Laptop, household: Name) -> Option<String> {
    let now_ms = laptop.keeper.clock.now().wall_ms;
    let standing = laptop.keeper.house().shelf(|shelf, _| shelf.standing(household));
    standing.told(now_ms).map(|one| format!("{} {}", local::short_day(one.at), local::clock(one.at)))
}

fn appoint(laptop: &mut Laptop, household: Name, at: &str) -> Name {
    let add = Request::new("appointment.add").with_name("household", household);
    laptop.ask(add.with("at", format!("2021-{at}:00+08:00")))
}

// One of the week before that nobody went to was told for good, and the household was not among those of today.
#[test]
fn a_missed_appointment_does_not_hide_the_next_one() {
    let (mut office, mut group, homes) = two();
    appoint(&mut office, homes[1], "05-10T09:00");
    assert_eq!(said(&office, homes[1]), "未访  约5-10 09:00", "missed, and nothing else was agreed on");
    assert_eq!(first(&office, 1), [homes[0]], "and it is not of today");
    appoint(&mut office, homes[1], "05-18T19:30");
    assert_eq!(said(&office, homes[1]), "未访  约今天 19:30");
    assert_eq!(first(&office, 1), [homes[1]]);
    appoint(&mut group, homes[1], "05-12T09:00");
    office.merge(&group.export("约了"));
    assert_eq!(said(&office, homes[1]), "未访  约今天 19:30", "nor does one that another laptop's people missed");
    assert_eq!(said(&group, homes[1]), "未访  约5-12 09:00");
}

fn from_paper(laptop: &mut Laptop, household: Name, on: &str, kind: &str, minutes: u32) -> Name {
    let start = Request::new("visit.start").with_name("household", household).with("kind", kind);
    let start = start.with("on", format!("2021-{on}:00+08:00")).with("outcome", "done").with("minutes", minutes);
    laptop.ask(start.with("short_why", "有事"))
}

// Who came at 08:00 for 08:30 and left at 08:20 had 约今天 behind the visit for the rest of the day.
#[test]
fn who_comes_early_goes_to_the_appointment_of_the_day_and_a_call_or_a_word_in_passing_does_not() {
    let (mut office, _, homes) = two();
    for home in homes {
        appoint(&mut office, home, "05-18T19:30");
    }
    from_paper(&mut office, homes[0], "05-18T07:30", "phone", 16);
    from_paper(&mut office, homes[1], "05-18T07:30", "home", 4);
    from_paper(&mut office, homes[2], "05-17T07:30", "home", 20);
    for home in homes {
        assert_eq!(due(&office, home).as_deref(), Some("5-18 19:30"), "a call, too short, another day");
    }
    from_paper(&mut office, homes[1], "05-18T07:40", "home", 16);
    assert_eq!((due(&office, homes[1]), said(&office, homes[1])), (None, "已访 5-18 16分".to_owned()));
    // What is agreed on in a visit of the morning is for the evening.
    appoint(&mut office, homes[1], "05-18T20:00");
    assert_eq!(due(&office, homes[1]).as_deref(), Some("5-18 20:00"));
    // The same of all that is read at start.
    let now_ms = office.keeper.clock.now().wall_ms;
    office.keeper.house().fill("", now_ms).unwrap();
    assert_eq!(
        homes.map(|home| due(&office, home)),
        [Some("5-18 19:30".to_owned()), Some("5-18 20:00".to_owned()), Some("5-18 19:30".to_owned())]
    );
}

// For weeks an appointment stood nowhere: the visit before it had been recorded under a clock that ran a year ahead.
#[test]
fn an_appointment_made_since_a_visit_is_told_whatever_the_clock_of_that_visit_said() {
    let (mut office, mut group, homes) = two();
    appoint(&mut group, homes[1], "05-20T09:00");
    group.year = 2022;
    group.ask(Request::new("visit.start").with_name("household", homes[1]));
    group.ask(Request::new("visit.finish").with("outcome", "absent"));
    group.year = 2021;
    assert_eq!(due(&group, homes[1]), None, "made before it");
    appoint(&mut group, homes[1], "05-21T09:00");
    assert_eq!(due(&group, homes[1]).as_deref(), Some("5-21 09:00"));
    office.merge(&group.export("去过"));
    assert_eq!(due(&office, homes[1]).as_deref(), Some("5-21 09:00"), "the same wherever it is merged");
}

// The visit of a laptop that ran a year ahead hid tomorrow's appointment here.
#[test]
fn a_visit_in_a_time_to_come_answers_no_appointment_of_another_laptop_until_then() {
    let (mut office, mut group, homes) = two();
    appoint(&mut office, homes[1], "05-20T09:00");
    appoint(&mut office, homes[2], "05-18T07:00");
    group.year = 2022;
    for home in [homes[1], homes[2]] {
        group.ask(Request::new("visit.start").with_name("household", home));
        group.ask(Request::new("visit.finish").with("outcome", "absent"));
    }
    office.merge(&group.export("去过"));
    group.merge(&office.export("约了"));
    for laptop in [&office, &group] {
        let told = |home, now: &str| {
            let now_ms = chrono::DateTime::parse_from_rfc3339(now).unwrap().timestamp_millis();
            let standing = laptop.keeper.house().shelf(|shelf, _| shelf.standing(home));
            standing.told(now_ms).map(|one| local::short_day(one.at))
        };
        assert_eq!(told(homes[1], "2021-05-18T20:00:00+08:00").as_deref(), Some("5-20"), "the same on both");
        assert_eq!(told(homes[1], "2022-05-18T20:00:00+08:00"), None, "once its time has come");
    }
    assert_eq!(due(&office, homes[2]).as_deref(), Some("5-18 07:00"));
    // Once somebody says how far ahead it was.
    let laptop = format!("{:016x}", 2);
    office.ask(Request::new("clock.correct").with("laptop", laptop).with("ahead_minutes", 365 * 24 * 60));
    assert_eq!(due(&office, homes[1]).as_deref(), Some("5-20 09:00"), "the visit was of the 18th");
    assert_eq!(due(&office, homes[2]), None, "and went to the one of that day");
}
