//! Clocks that were wrong: named when they come, corrected by one word of the office, shown right on every laptop.

use serde_json::{Value as Json, json};

use super::batch::Talk;
use super::harness::Laptop;

/// A laptop whose clock says another year writes a visit with an issue and exports it.
fn wrong(clock: &str, stick: &str) -> Laptop {
    let laptop = Laptop::of(12, "张文彬", "二组");
    laptop.clock(clock, 0);
    laptop.run(&["import", "r500.xlsx"]).ends(0);
    let household = laptop.list("households")[0]["id"].clone();
    let answers = laptop.batch(&[
        json!({"do": "visit.start", "household": household}),
        json!({"do": "issue.record", "text": "没有广场", "field": "culture"}),
        json!({"do": "visit.finish", "short_why": "家里有事"}),
        json!({"do": "visit.start", "household": household, "on": "2021-05-17T19:30:00+08:00"}),
        json!({"do": "appointment.add", "household": household, "at": "2021-05-20T19:30:00+08:00"}),
    ]);
    assert!(answers.iter().all(|answer| answer["ok"] == true), "{answers:?}");
    laptop.run(&["export", "--out", stick]).ends(0);
    laptop
}

fn starts(laptop: &Laptop) -> Vec<Json> {
    let mut visits: Vec<(Json, Json)> =
        laptop.list("visits").iter().map(|visit| (visit["id"].clone(), visit["started"].clone())).collect();
    visits.sort_by_key(|(id, _)| id.to_string());
    visits.into_iter().map(|(_, started)| started).collect()
}

#[test]
fn a_clock_in_2031_is_named_corrected_and_its_times_are_right_on_every_laptop() {
    let stick = tempfile::tempdir().unwrap();
    let to = stick.path().to_str().unwrap();
    let laptop = wrong("2031-05-18T19:30:00+08:00", to);
    let office = Laptop::of(21, "李光军", "办公室");
    let merged = office.run(&["merge", to]).ends(0);
    assert!(merged.out.contains("二组 张文彬: 那台电脑的时间快 3652 天"), "{merged:?}");
    assert!(starts(&office)[0].as_str().unwrap().starts_with("2031-05-18"));
    let laptops = office.list("devices");
    let theirs = laptops.iter().find(|laptop| laptop["group"] == "二组").unwrap();
    assert_eq!(theirs["clock"], "wrong");

    let said = office.run(&["device", "--clock", "二组", "--shows", "2031-05-18 19:30"]).ends(0);
    assert!(said.out.contains("二组 的电脑时间快 3652 天"), "{said:?}");
    let right = json!(["2021-05-18T19:30:00+08:00", "2021-05-17T19:30:00+08:00"]);
    assert_eq!(json!(starts(&office)), right, "read by the clock, and said by a person");
    assert!(office.list("issues")[0]["at"].as_str().unwrap().starts_with("2021-05-18"));
    assert!(
        office
            .list("visits")
            .iter()
            .all(|visit| { visit["ended"].is_null() || visit["ended"].as_str().unwrap().starts_with("2021-05-18") })
    );
    assert!(office.list("appointments")[0]["at"].as_str().unwrap().starts_with("2021-05-20"), "nobody read that");
    assert!(!office.run(&["merge", to]).ends(0).out.contains("快"), "it was corrected");

    // The laptop itself gets it back, and so does whoever merges the office's export.
    let back = tempfile::tempdir().unwrap();
    office.run(&["export", "--out", back.path().to_str().unwrap()]).ends(0);
    laptop.clock("2021-05-18T20:00:00+08:00", 60_000);
    laptop.run(&["merge", back.path().to_str().unwrap()]).ends(0);
    assert_eq!(json!(starts(&laptop)), right);
    let theirs = laptop.list("devices").into_iter().find(|laptop| laptop["group"] == "二组").unwrap();
    assert_eq!(theirs["clock"], "corrected");

    // Taken back, everything reads as it was written.
    office.run(&["device", "--clock", "二组", "--forget"]).ends(0);
    assert!(starts(&office)[0].as_str().unwrap().starts_with("2031-05-18"));
    office.run(&["device", "--clock", "二组", "--forget"]).ends(1);
    office.run(&["check"]).ends(0);
}

// 22:40 at 19:42 was taken for yesterday's: a clock three hours ahead was corrected as 21 hours behind.
#[test]
fn what_a_clock_shows_may_lie_ahead_and_is_typed_the_short_way() {
    let stick = tempfile::tempdir().unwrap();
    let to = stick.path().to_str().unwrap();
    let _laptop = wrong("2021-05-18T15:30:00+08:00", to);
    for (shows, minutes) in [("22:42", 180), ("16:42", -180), ("5-19 00:42", 300)] {
        let office = Laptop::of(21, "李光军", "办公室");
        office.clock("2021-05-18T19:42:00+08:00", 0);
        office.run(&["merge", to]).ends(0);
        let shows_so = ["device", "--clock", "二组", "--shows", shows, "--from", "2021-05-18", "--json"];
        let said = office.run(&shows_so).ends(0).json().remove(0);
        assert_eq!(said["ahead_minutes"], minutes, "{shows}: {said}");
    }
    // What the time was then is over.
    let office = Laptop::of(21, "李光军", "办公室");
    office.clock("2021-05-18T19:42:00+08:00", 0);
    office.run(&["merge", to]).ends(0);
    let then = ["device", "--clock", "二组", "--shows", "2021-05-18 22:30", "--was", "22:40", "--json"];
    assert_eq!(office.run(&then).ends(0).json().remove(0)["ahead_minutes"], 1430);
}

#[test]
fn two_offices_that_correct_one_clock_differently_disagree_until_one_is_chosen() {
    let stick = tempfile::tempdir().unwrap();
    let to = stick.path().to_str().unwrap();
    let _laptop = wrong("1970-01-02T08:00:00+08:00", to);
    let (one, two) = (Laptop::of(21, "李光军", "办公室"), Laptop::of(22, "王主任", "二办"));
    for (office, shows) in [(&one, "1970-01-02 08:00"), (&two, "1970-01-02 09:00")] {
        let merged = office.run(&["merge", to]).ends(0);
        assert!(merged.out.contains("那台电脑的时间是 1970 年"), "{merged:?}");
        office.run(&["device", "--clock", "12号", "--shows", shows]).ends(0);
    }
    assert_eq!(starts(&one)[0], "2021-05-18T19:30:00+08:00");
    let back = tempfile::tempdir().unwrap();
    one.run(&["export", "--out", back.path().to_str().unwrap()]).ends(0);
    two.run(&["merge", back.path().to_str().unwrap()]).ends(0);
    let values = two.list("conflicts");
    assert_eq!((values.len(), &values[0]["fact"]), (2, &json!("clock")), "{values:?}");
    let shown = two.run(&["list", "conflicts"]).ends(0).out;
    assert!(
        shown.contains("二组 张文彬")
            && shown.contains("电脑时间更正")
            && shown.contains("慢 18764 天 11 小时 30 分钟"),
        "{shown}"
    );
    let line = json!({"do": "conflict.resolve", "entity": values[0]["entity"], "fact": "clock", "value": "xyz"});
    let refused = two.batch(&[line]).remove(0);
    assert!(refused["hint"].as_str().is_some_and(|hint| hint.contains("clock.correct")), "{refused}");
    assert_eq!(two.list("conflicts"), values, "and nothing was wiped");
    two.run(&["device", "--clock", "12号", "--shows", "1970-01-02 08:00"]).ends(0);
    assert!(two.list("conflicts").is_empty());
    assert_eq!(starts(&two), starts(&one));
}

// “The last change was taken back” was all that was said.
#[test]
fn who_takes_the_correction_of_a_clock_back_is_told_whose() {
    let stick = tempfile::tempdir().unwrap();
    let to = stick.path().to_str().unwrap();
    let _laptop = wrong("2031-05-18T19:30:00+08:00", to);
    let office = Laptop::of(21, "李光军", "办公室");
    office.run(&["merge", to]).ends(0);
    let correct = |ahead: u64| json!({"do": "clock.correct", "laptop": "12号", "ahead_minutes": ahead});
    let undo = json!({"do": "undo"});
    let answers = office.batch(&[correct(5_258_880), correct(5_258_881), undo.clone(), undo]);
    let about: Vec<&Json> = answers.iter().skip(2).map(|answer| &answer["about"]).collect();
    let said = |corrected: bool| json!({"laptop": "二组 张文彬", "corrected": corrected});
    assert_eq!(about, [&said(true), &said(false)], "{answers:?}");
}

// Nobody reads a clock in the same second: two who said the same had to be chosen between.
#[test]
fn two_offices_that_correct_one_clock_alike_agree() {
    let stick = tempfile::tempdir().unwrap();
    let to = stick.path().to_str().unwrap();
    let _laptop = wrong("2031-05-18T19:30:00+08:00", to);
    let (one, two) = (Laptop::of(21, "李光军", "办公室"), Laptop::of(22, "王主任", "二办"));
    for (office, shows) in [(&one, "2031-05-18 19:30"), (&two, "2031-05-18 19:32")] {
        office.run(&["merge", to]).ends(0);
        office.run(&["device", "--clock", "12号", "--shows", shows]).ends(0);
    }
    let back = tempfile::tempdir().unwrap();
    one.run(&["export", "--out", back.path().to_str().unwrap()]).ends(0);
    let look = two.run(&["merge", "--dry-run", back.path().to_str().unwrap(), "--json"]).ends(0).json();
    two.run(&["merge", back.path().to_str().unwrap()]).ends(0);
    assert_eq!((two.list("conflicts"), &look[0]["conflicts"]), (Vec::new(), &json!(0)));
}

#[test]
fn a_correction_that_says_nothing_or_of_nobody_is_refused() {
    let office = Laptop::of(21, "李光军", "办公室");
    office.household("张守富");
    for (args, words) in [
        (["device", "--clock", "九组", "--shows", "2031-05-18 19:30"], "没有 九组 这台电脑"),
        (["device", "--clock", "办公室", "--shows", "2021-05-18 19:30"], "没有错"),
        (["device", "--clock", "办公室", "--shows", "胡说"], "它的钟现在显示几点"),
    ] {
        let ran = office.run(&args);
        assert!(ran.status != 0 && ran.err.contains(words), "{ran:?}");
    }
    // It was promised, and held for no reading at all.
    let late = ["device", "--clock", "办公室", "--shows", "2021-05-21 08:00", "--from", "2021-05-25"];
    let ran = office.run(&late);
    assert!(ran.status != 0 && ran.err.contains("比它的钟显示的还晚"), "{ran:?}");
    assert_ne!(office.list("devices")[0]["clock"], "corrected");
    // Of another day than today it is said which.
    let then = ["device", "--clock", "办公室", "--shows", "2031-05-14 08:00", "--was", "2021-05-14 08:00"];
    let ran = office.run(&then);
    assert!(ran.status != 0 && ran.err.contains("快 3652 天") && ran.err.contains("一条也没有更正"), "{ran:?}");
    assert_ne!(office.list("devices")[0]["clock"], "corrected");
}

/// A laptop that records a household under each reading of its clock, each in a run of the program of its own, and exports.
fn at_each(number: u64, group: &str, readings: &[&str], stick: &str) -> Laptop {
    let laptop = Laptop::of(number, "张文彬", group);
    for (at, reading) in readings.iter().enumerate() {
        laptop.clock(reading, 60_000 * at as u64);
        laptop.household(&format!("张守富{at}"));
    }
    laptop.run(&["export", "--out", stick]).ends(0);
    laptop
}

// Only the laptop itself knew: a flat button cell wakes it up a month ago, where no day looks wrong to anybody.
#[test]
fn a_clock_that_went_back_is_named_to_the_office_until_it_is_corrected_and_one_set_by_minutes_is_not() {
    let stick = tempfile::tempdir().unwrap();
    let to = stick.path().to_str().unwrap();
    let month = ["2021-05-18T09:00:00+08:00", "2021-05-18T19:30:00+08:00", "2021-04-18T08:00:00+08:00"];
    let _back = at_each(12, "二组", &month, to);
    let minutes = ["2021-05-18T18:40:00+08:00", "2021-05-18T18:00:00+08:00"];
    let _small = at_each(13, "三组", &minutes, to);
    let office = Laptop::of(21, "李光军", "办公室");
    office.clock("2021-05-18T20:00:00+08:00", 0);
    let merged = office.run(&["merge", to]).ends(0);
    assert!(merged.out.contains("二组 张文彬: 那台电脑的时间往回走了 30 天"), "{merged:?}");
    assert!(!merged.out.contains("三组 张文彬: 那台"), "{merged:?}");
    let clocks = |office: &Laptop| -> Vec<(Json, Json)> {
        let all = office.list("devices");
        all.iter().map(|laptop| (laptop["group"].clone(), laptop["clock"].clone())).collect()
    };
    let of = |office: &Laptop, group: &str| clocks(office).into_iter().find(|(of, _)| of == group).unwrap().1;
    assert_eq!((of(&office, "二组"), of(&office, "三组")), (json!("wrong"), Json::Null));
    // Whoever merges the office's file is told as well: it stands in the records.
    let back = tempfile::tempdir().unwrap();
    office.run(&["export", "--out", back.path().to_str().unwrap()]).ends(0);
    let other = Laptop::of(14, "杜颖", "四组");
    other.clock("2021-05-18T20:30:00+08:00", 0);
    other.run(&["merge", back.path().to_str().unwrap()]).ends(0);
    assert_eq!(of(&other, "二组"), "wrong");
    let shows = ["device", "--clock", "二组", "--shows", "2021-04-18 08:30", "--from", "2021-04-18"];
    office.run(&shows).ends(0);
    assert_eq!(of(&office, "二组"), "corrected");
    assert!(!office.run(&["merge", to]).ends(0).out.contains("往回走"));
    // What nobody corrected for a month is history.
    other.clock("2021-06-20T20:30:00+08:00", 60_000);
    assert_eq!(of(&other, "二组"), Json::Null);
}

fn clock_of(laptop: &Laptop, group: &str) -> Json {
    let all = laptop.list("devices");
    all.iter().find(|one| one["group"] == group).unwrap()["clock"].clone()
}

// It was named for thirty days, and nothing but a correction of what was right ended that.
#[test]
fn of_a_clock_that_was_off_by_hours_somebody_says_that_it_is_right_and_no_laptop_names_it() {
    let stick = tempfile::tempdir().unwrap();
    let to = |name: &str| stick.path().join(name).to_str().unwrap().to_owned();
    let hours = ["2021-05-18T09:00:00+08:00", "2021-05-18T19:30:00+08:00", "2021-05-18T15:00:00+08:00"];
    let group = at_each(12, "二组", &hours, &to("1.zfb"));
    let office = Laptop::of(21, "李光军", "办公室");
    office.clock("2021-05-18T20:00:00+08:00", 0);
    let merged = office.run(&["merge", &to("1.zfb")]).ends(0);
    assert!(merged.out.contains("二组 张文彬: 那台电脑的时间往回走了 4 小时"), "{merged:?}");
    let said = office.run(&["device", "--clock", "二组", "--right"]).ends(0);
    assert!(said.out.contains("记下了: 二组 的钟现在没错"), "{said:?}");
    assert_eq!(clock_of(&office, "二组"), "right");
    assert!(!office.run(&["merge", &to("1.zfb")]).ends(0).out.contains("往回走"));
    office.run(&["device", "--clock", "二组", "--right"]).ends(1);
    // It goes with the records, and nobody disagrees where two say so.
    office.run(&["export", "--out", &to("2.zfb")]).ends(0);
    let other = Laptop::of(14, "杜颖", "四组");
    other.clock("2021-05-18T20:30:00+08:00", 0);
    other.run(&["merge", &to("1.zfb")]).ends(0);
    other.run(&["device", "--clock", "二组", "--right"]).ends(0);
    other.run(&["merge", &to("2.zfb")]).ends(0);
    assert_eq!((clock_of(&other, "二组"), other.list("conflicts").len()), (json!("right"), 0));
    // What it writes later counts again.
    for (at, reading) in ["2021-05-19T19:30:00+08:00", "2021-05-19T16:00:00+08:00"].into_iter().enumerate() {
        group.clock(reading, 600_000 + 60_000 * at as u64);
        group.household(&format!("李桂英{at}"));
    }
    group.run(&["export", "--out", &to("3.zfb")]).ends(0);
    other.clock("2021-05-19T20:30:00+08:00", 0);
    let merged = other.run(&["merge", &to("3.zfb")]).ends(0);
    assert!(merged.out.contains("往回走了 3 小时"), "{merged:?}");
    // Taken back, it is named as before.
    office.run(&["device", "--clock", "二组", "--forget"]).ends(0);
    assert_eq!(clock_of(&office, "二组"), "wrong");
    office.run(&["device", "--clock", "二组", "--forget"]).ends(1);
    office.run(&["check"]).ends(0);
}

#[test]
fn a_clock_that_was_off_by_days_is_corrected_and_not_passed_over() {
    let stick = tempfile::tempdir().unwrap();
    let to = stick.path().to_str().unwrap();
    let month = ["2021-05-18T19:30:00+08:00", "2021-04-18T08:00:00+08:00"];
    let _back = at_each(12, "二组", &month, to);
    let office = Laptop::of(21, "李光军", "办公室");
    office.clock("2021-05-18T20:00:00+08:00", 0);
    office.run(&["merge", to]).ends(0);
    let refused = office.run(&["device", "--clock", "二组", "--right"]).ends(1);
    assert!(refused.err.contains("差了 30 天"), "{refused:?}");
    assert_eq!(clock_of(&office, "二组"), "wrong");
}

// Two hours were told of it, twenty days were passed over with them, and no laptop said a word of them again.
#[test]
fn a_clock_that_is_hours_ahead_and_once_was_off_by_days_is_not_passed_over() {
    let stick = tempfile::tempdir().unwrap();
    let to = stick.path().to_str().unwrap();
    let readings = ["2021-05-18T19:00:00+08:00", "2021-04-28T19:00:00+08:00", "2021-05-18T23:00:00+08:00"];
    let _ahead = at_each(12, "二组", &readings, to);
    let office = Laptop::of(21, "李光军", "办公室");
    office.clock("2021-05-18T20:00:00+08:00", 0);
    let merged = office.run(&["merge", to]).ends(0);
    assert!(merged.out.contains("二组 张文彬: 那台电脑的时间快 3 小时"), "{merged:?}");
    let refused = office.run(&["device", "--clock", "二组", "--right"]).ends(1);
    assert!(refused.err.contains("差了 20 天"), "{refused:?}");
    assert_eq!(clock_of(&office, "二组"), "wrong");
}

// Set up in June 2020 it doubted nothing and said of every other laptop that it was a year ahead.
#[test]
fn a_laptop_that_is_behind_all_others_doubts_its_own_clock_and_names_no_other() {
    let stick = tempfile::tempdir().unwrap();
    let to = stick.path().to_str().unwrap();
    for (number, group) in [(12, "二组"), (13, "三组")] {
        at_each(
            number,
            group,
            &["2021-05-18T19:30:00+08:00"],
            &stick.path().join(format!("{group}.zfb")).to_string_lossy(),
        );
    }
    let early = Laptop::of(21, "李光军", "办公室");
    early.clock("2020-06-01T08:00:00+08:00", 0);
    early.household("张守富");
    for args in [&["merge", "--dry-run", to][..], &["merge", to]] {
        let said = early.run(args).ends(0);
        assert!(said.out.contains("本机的时间可能不对 (现在 2020-06-01 08:00)"), "{said:?}");
        assert!(!said.out.contains("那台电脑的时间"), "{said:?}");
    }
    assert_eq!((clock_of(&early, "办公室"), clock_of(&early, "二组")), (json!("wrong"), Json::Null));
    // By a clock in doubt no other is corrected, nor said to be right.
    let shows = ["device", "--clock", "二组", "--shows", "2020-06-01 10:00"];
    for args in [&shows[..], &["device", "--clock", "二组", "--right"]] {
        let refused = early.run(args).ends(1);
        assert!(refused.err.contains("本机的时间自己可能不对 (现在 2020-06-01 08:00)"), "{refused:?}");
    }
    assert_eq!(clock_of(&early, "二组"), Json::Null);
    let then = ["device", "--clock", "二组", "--shows", "2021-05-18 19:30", "--was", "2021-05-18 16:30"];
    early.run(&then).ends(0);
    early.run(&["device", "--clock", "二组", "--forget"]).ends(0);
    // Who says that it is right is believed.
    let said = early.run(&["device", "--clock", "办公室", "--right"]).ends(0);
    assert!(said.out.contains("只记在本机") && !said.out.contains("合并以后各台一样"), "{said:?}");
    assert_eq!((clock_of(&early, "办公室"), clock_of(&early, "二组")), (Json::Null, json!("wrong")));
    assert!(early.run(&["merge", to]).ends(0).out.contains("二组 张文彬: 那台电脑的时间快 351 天"));
}

// It said that it was recorded for all laptops, wrote nothing, and --forget knew nothing of it.
#[test]
fn what_is_said_of_the_own_clock_alone_is_said_to_stand_here_and_is_forgotten() {
    let stick = tempfile::tempdir().unwrap();
    let to = stick.path().to_str().unwrap();
    let readings = ["2021-05-18T19:30:00+08:00", "2021-05-15T19:30:00+08:00"];
    let own = at_each(12, "二组", &readings, to);
    let right = ["device", "--clock", "二组", "--right"];
    let forget = ["device", "--clock", "二组", "--forget"];
    assert_eq!(clock_of(&own, "二组"), "wrong");
    own.run(&forget).ends(1);
    let said = own.run(&right).ends(0);
    assert!(said.out.contains("只记在本机") && said.out.contains("以前记的差了 3 天, 还要更正"), "{said:?}");
    assert!(own.run(&right).ends(1).err.contains("差了 3 天"), "it says the same of what is left");
    let taken_back = own.run(&forget).ends(0);
    assert!(taken_back.out.contains("撤去了"), "{taken_back:?}");
    own.run(&forget).ends(1);
    let said = own.run(&["device", "--clock", "二组", "--right", "--json"]).ends(0).json();
    assert_eq!((&said[0]["recorded"], &said[0]["days"]), (&json!("here"), &json!(3)));
    // In one sitting it is taken back as anything is, and nothing before it goes with it.
    let of_own = json!({"do": "clock.forget", "laptop": "二组"});
    let add = json!({"do": "household.add", "head": "李桂英"});
    let undo = json!({"do": "undo"});
    let answers = own.batch(&[add, of_own, undo.clone(), undo]);
    assert_eq!(answers[2]["about"], json!({"laptop": "二组 张文彬", "clock_right": true}), "{answers:?}");
    assert_eq!(answers[3]["id"], answers[0]["id"], "{answers:?}");
    own.run(&forget).ends(0);
    own.run(&["check"]).ends(0);
}

// The file was held against it again and again, and list devices said that it was right.
#[test]
fn a_file_that_was_merged_when_its_clock_was_looked_at_says_nothing_new_and_a_later_one_does() {
    let stick = tempfile::tempdir().unwrap();
    let to = stick.path().join("1.zfb").to_str().unwrap().to_owned();
    let ahead = at_each(12, "二组", &["2021-05-18T23:00:00+08:00"], &to);
    let office = Laptop::of(21, "李光军", "办公室");
    office.clock("2021-05-18T20:00:00+08:00", 0);
    assert!(office.run(&["merge", &to]).ends(0).out.contains("快 3 小时"));
    office.run(&["device", "--clock", "二组", "--right"]).ends(0);
    for args in [&["merge", "--dry-run", &to][..], &["merge", &to]] {
        let merged = office.run(args).ends(0);
        assert!(!merged.out.contains("快 3 小时"), "{merged:?}");
    }
    assert_eq!(clock_of(&office, "二组"), "right");
    ahead.household("李桂英");
    let later = stick.path().join("2.zfb").to_str().unwrap().to_owned();
    ahead.run(&["export", "--out", &later]).ends(0);
    for args in [&["merge", "--dry-run", &later][..], &["merge", &later]] {
        assert!(office.run(args).ends(0).out.contains("快 3 小时"), "{args:?}");
    }
    assert_eq!(clock_of(&office, "二组"), "wrong");
    // Who knows of the file is not told that it is right.
    let right = json!({"do": "clock.right", "laptop": "二组", "exported": "2021-05-18T23:00:00+08:00"});
    let refused = office.batch(&[right]).remove(0);
    assert_eq!(refused["kind"], "clock-ahead", "{refused}");
}

// It was promised, and no time was shown otherwise: that day the laptop had recorded nothing.
#[test]
fn a_correction_that_touches_no_record_is_refused_and_says_what_helps() {
    let stick = tempfile::tempdir().unwrap();
    let to = stick.path().to_str().unwrap();
    let _laptop = wrong("2021-05-19T09:00:40+08:00", to);
    let office = Laptop::of(21, "李光军", "办公室");
    office.clock("2021-05-19T08:00:00+08:00", 0);
    office.run(&["merge", to]).ends(0);
    let before = office.list("devices");
    let shows = ["device", "--clock", "二组", "--shows", "2021-05-20 08:00"];
    for (lang, words) in [
        ("zh", ["一条也没有更正", "2021-05-19 09:00", "从哪天起不对"]),
        ("en", ["would correct no record", "2021-05-19 09:00", "from which day on"]),
    ] {
        let ran = office.run(&[&shows[..], &["--lang", lang]].concat());
        assert!(ran.status != 0 && words.iter().all(|word| ran.err.contains(word)), "{ran:?}");
    }
    assert_eq!(office.list("devices"), before, "nothing is recorded");
    // From the day on which it recorded it is taken.
    office.run(&[&shows[..], &["--from", "2021-05-19"]].concat()).ends(0);
    assert_eq!(clock_of(&office, "二组"), "corrected");
    assert!(starts(&office)[0].as_str().unwrap().starts_with("2021-05-18T09:00"));
    // What it showed is read to the minute, and the record is of forty seconds after it.
    office.run(&["device", "--clock", "二组", "--forget"]).ends(0);
    let then = ["device", "--clock", "二组", "--shows", "2021-05-19 09:00", "--was", "2021-05-18 09:00"];
    office.run(&then).ends(0);
    assert!(starts(&office)[0].as_str().unwrap().starts_with("2021-05-18T09:00"), "{:?}", starts(&office));
    // Of a laptop that nothing was merged from nobody knows what it wrote.
    let unknown = json!({"do": "clock.correct", "laptop": "00000000000000ff", "ahead_minutes": 1440});
    assert_eq!(office.batch(&[unknown])[0]["ok"], true);
}

// What changes a fact is in none of the readings that are kept of a clock, and is a record like any other.
#[test]
fn a_correction_of_a_time_in_which_only_a_fact_was_changed_is_taken() {
    let laptop = Laptop::of(13, "苗兴英", "三组");
    laptop.clock("2021-05-17T09:00:00+08:00", 0);
    let household = laptop.household("张守富");
    let mut talk = Talk::with(&laptop);
    let mut ask = |request: Json| {
        talk.tell(&request);
        talk.hear()["ok"].clone()
    };
    assert_eq!(ask(json!({"do": "household.add", "head": "李桂英"})), true);
    laptop.clock("2021-05-19T09:00:00+08:00", 86_400_000);
    let correct = |shows: &str| json!({"do": "clock.correct", "laptop": "三组", "shows": shows, "was": "2021-05-18T09:00:00+08:00"});
    assert_eq!(ask(correct("2021-05-19T09:00:00+08:00")), false);
    assert_eq!(ask(json!({"do": "household.set", "household": household, "remark": "耳背"})), true);
    assert_eq!(ask(correct("2021-05-19T09:00:00+08:00")), true);
}
