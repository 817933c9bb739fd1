//! Requests as lines: refused ones, repeated ones, running visits, and a program killed in the middle.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};

use serde_json::{Value as Json, json};

use super::harness::Laptop;

#[test]
fn every_line_is_answered_in_order_and_a_refused_one_stops_nothing() {
    let laptop = Laptop::of(1, "陈明", "一组");
    let household = laptop.household("张守富");
    let lines = [
        json!({"do": "visit.note", "household": household, "text": "路灯不亮"}).to_string(),
        "不是 JSON".to_owned(),
        String::new(),
        json!({"do": "no.such"}).to_string(),
        json!({"do": "household.set", "household": household, "size": "很多"}).to_string(),
        json!({"do": "household.set", "household": household, "size": 4}).to_string(),
    ];
    let ran = laptop.feed(&["batch", "-"], &lines.join("\n")).ends(3);
    let answers = ran.json();
    let said: Vec<(u64, bool, &str)> = answers
        .iter()
        .map(|a| (a["seq"].as_u64().unwrap(), a["ok"].as_bool().unwrap(), a["kind"].as_str().unwrap_or("")))
        .collect();
    assert_eq!(
        said,
        [(1, true, ""), (2, false, "bad-json"), (4, false, "unknown-request"), (5, false, "bad-value"), (6, true, "")]
    );
    assert_eq!(answers[3]["message"], "家庭人口: 看不懂 “很多”.");
    assert_eq!(laptop.list("households")[0]["size"], 4);
    assert_eq!(laptop.list("lines").len(), 1);
    laptop.feed(&["batch"], "{}\n").ends(1);
    laptop.feed(&["batch"], "").ends(0);
    let english = laptop.feed(&["batch", "--lang", "en"], "{\"do\":\"no.such\"}").ends(1).json();
    assert_eq!(english[0]["message"], "there is no request “no.such”.");
}

#[test]
fn a_line_with_a_key_counts_once_however_often_it_is_sent() {
    let laptop = Laptop::of(1, "陈明", "一组");
    let line = json!({"do": "household.add", "head": "张守富", "key": "paper-17"});
    let first = laptop.batch(&[line.clone(), line.clone()]);
    let later = laptop.batch(std::slice::from_ref(&line));
    assert_eq!(first[0]["repeated"], Json::Null);
    for answer in [&first[1], &later[0]] {
        assert_eq!((&answer["id"], &answer["repeated"]), (&first[0]["id"], &json!(true)));
    }
    assert_eq!(laptop.list("households").len(), 1);
}

// Whoever sat at the laptop had been there, and what people thought of it had no place.
#[test]
fn a_visit_from_paper_names_who_went_and_how_satisfied_they_were_in_one_request() {
    let laptop = Laptop::of(1, "陈明", "一组");
    let household = laptop.household("张守富");
    let start = |satisfaction: &str| {
        json!({"do": "visit.start", "household": household, "on": "2021-05-10T19:30:00+08:00", "outcome": "done",
            "minutes": 20, "visitors": "李强、王芳", "satisfaction": satisfaction})
    };
    let answers = laptop.batch(&[start("很好"), start("mostly")]);
    assert_eq!((&answers[0]["kind"], &answers[1]["ok"]), (&json!("bad-value"), &json!(true)), "{answers:?}");
    let visits = laptop.list("visits");
    assert_eq!(visits.len(), 1, "the refused one left nothing");
    let visit = (&visits[0]["visitors"], &visits[0]["satisfaction"], &visits[0]["minutes"]);
    assert_eq!(visit, (&json!(["李强", "王芳"]), &json!("mostly"), &json!(20)));
}

#[test]
fn what_paper_says_is_entered_later_and_says_so() {
    let laptop = Laptop::of(1, "陈明", "一组");
    let household = laptop.household("张守富");
    let on = "2021-05-10T19:30:00+08:00";
    let visit = laptop.batch(&[json!({"do": "visit.start", "household": household, "on": on})])[0]["id"].clone();
    let answers = laptop.batch(&[
        json!({"do": "issue.record", "visit": visit, "text": "没有广场", "field": "culture", "on": on}),
        json!({"do": "visit.finish", "visit": visit, "minutes": 20}),
    ]);
    assert!(answers.iter().all(|answer| answer["ok"] == true), "{answers:?}");
    let listed = &laptop.list("visits")[0];
    assert_eq!((&listed["started"], &listed["entered_later"]), (&json!(on), &json!(true)));
    assert_eq!((&listed["minutes"], &listed["covers"]), (&json!(20), &json!(true)));
    assert_eq!(laptop.list("issues")[0]["visit"], visit);
}

/// A program that answers line by line.
pub struct Talk {
    child: std::process::Child,
    answers: BufReader<std::process::ChildStdout>,
}

impl Talk {
    pub fn with(laptop: &Laptop) -> Self {
        let mut child = laptop.command(&["batch"]).spawn().unwrap();
        let answers = BufReader::new(child.stdout.take().unwrap());
        Self { child, answers }
    }

    fn say(&mut self, line: &Json) -> Json {
        self.tell(line);
        self.hear()
    }

    pub fn tell(&mut self, line: &Json) {
        writeln!(self.child.stdin.as_mut().unwrap(), "{line}").unwrap();
    }

    pub fn hear(&mut self) -> Json {
        let mut answer = String::new();
        self.answers.read_line(&mut answer).unwrap();
        serde_json::from_str(&answer).unwrap()
    }

    pub fn kill(mut self) -> Vec<Json> {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        // A last line may have been cut in the pipe; then nobody was told.
        self.answers.lines().map_while(Result::ok).map_while(|line| serde_json::from_str(&line).ok()).collect()
    }
}

#[test]
fn a_visit_goes_on_after_the_program_was_killed_and_the_gap_can_be_declared() {
    let laptop = Laptop::of(1, "陈明", "一组");
    let household = laptop.household("张守富");
    let mut talk = Talk::with(&laptop);
    let visit = talk.say(&json!({"do": "visit.start", "household": household}))["id"].clone();
    for second in (20..=600).step_by(20) {
        laptop.clock(&format!("2021-05-18T19:{:02}:{:02}+08:00", 30 + second / 60, second % 60), second * 1000);
        if second == 300 {
            assert_eq!(talk.say(&json!({"do": "visit.note", "text": "没有广场"}))["ok"], true);
        } else {
            talk.say(&json!({"do": "visit.resume"}));
        }
    }
    talk.kill();
    // Ten minutes later the laptop is on again.
    laptop.clock("2021-05-18T19:50:00+08:00", 1_200_000);
    let short = laptop.batch(&[json!({"do": "visit.finish"})]);
    assert_eq!(short[0]["kind"], "short-visit", "{short:?}");
    laptop.run(&["export", "--out", laptop.path("a.zfb").to_str().unwrap()]).ends(0);
    let answers = laptop.batch(&[
        json!({"do": "visit.resume"}),
        json!({"do": "visit.declare", "minutes": 6, "why": "没电了, 一直在谈"}),
        json!({"do": "visit.finish"}),
    ]);
    assert_eq!((&answers[2]["ok"], &answers[2]["minutes"]), (&json!(true), &json!(16)), "{answers:?}");
    let listed = &laptop.list("visits")[0];
    assert_eq!(
        (&listed["id"], &listed["proven_ms"], &listed["declared_ms"]),
        (&visit, &json!(600_000), &json!(360_000))
    );
}

// Minutes that nobody could read were none: the answer was ok, and the reason replaced the one before.
#[test]
fn minutes_or_a_gap_that_cannot_be_read_are_refused_and_what_was_declared_stands() {
    let laptop = Laptop::of(1, "陈明", "一组");
    let household = laptop.household("张守富");
    let mut talk = Talk::with(&laptop);
    talk.say(&json!({"do": "visit.start", "household": household}));
    for second in (20..=300).step_by(20) {
        laptop.clock(&format!("2021-05-18T19:{:02}:{:02}+08:00", 30 + second / 60, second % 60), second * 1000);
        talk.say(&json!({"do": "visit.note", "text": format!("没有广场 {second}")}));
    }
    talk.kill();
    laptop.clock("2021-05-18T19:50:00+08:00", 1_200_000);
    let mut asked =
        vec![json!({"do": "visit.resume"}), json!({"do": "visit.declare", "minutes": "十分钟", "why": "一直在谈"})];
    for minutes in [json!("十几分钟"), json!("很久"), json!(-5), json!("1.5"), json!(1.5)] {
        asked.push(json!({"do": "visit.declare", "minutes": minutes, "why": "还在谈"}));
    }
    for gap in [json!("二"), json!(0), json!(i64::MIN)] {
        asked.push(json!({"do": "visit.declare", "minutes": 3, "why": "还在谈", "gap": gap}));
    }
    asked.push(json!({"do": "visit.finish", "short_why": "人不在"}));
    let answers = laptop.batch(&asked);
    let [_, declared, refused @ .., finished] = answers.as_slice() else { panic!("{answers:?}") };
    assert_eq!(declared["ok"], true, "{answers:?}");
    for (answer, asked) in refused.iter().zip(&asked[2..]) {
        assert_eq!((&answer["ok"], &answer["kind"]), (&json!(false), &json!("bad-value")), "{asked} {answer}");
    }
    assert_eq!((&finished["ok"], &finished["minutes"]), (&json!(true), &json!(15)), "{answers:?}");
}

#[test]
fn everything_acknowledged_is_there_after_a_kill_in_the_middle() {
    let laptop = Laptop::of(1, "陈明", "一组");
    let mut acknowledged = BTreeSet::new();
    for round in 0..4 {
        let mut talk = Talk::with(&laptop);
        for line in 0..200 {
            talk.tell(
                &json!({"do": "household.add", "head": format!("张{round}_{line}"), "key": format!("{round}/{line}")}),
            );
        }
        // Some answers are in, the rest is on its way.
        let mut answers: Vec<Json> = (0..20).map(|_| talk.hear()).collect();
        answers.extend(talk.kill());
        assert!(answers.iter().all(|answer| answer["ok"] == true));
        acknowledged.extend(answers.iter().map(|answer| answer["id"].as_str().unwrap().to_owned()));
    }
    let there: BTreeSet<String> =
        laptop.list("households").iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect();
    assert!(acknowledged.len() >= 80 && acknowledged.is_subset(&there));
    laptop.run(&["check"]).ends(0);
}

#[test]
fn a_second_program_is_told_and_lists_still_work() {
    let laptop = Laptop::of(1, "陈明", "一组");
    laptop.household("张守富");
    let mut talk = Talk::with(&laptop);
    assert_eq!(talk.say(&json!({"do": "household.add", "head": "李桂英"}))["ok"], true);
    for command in [&["batch"][..], &["export"], &["import", "r500.xlsx"], &["device", "--set", "code=x"]] {
        let ran = laptop.run(command).ends(1);
        assert!(ran.err.contains("已在另一个窗口中打开"), "{command:?} {ran:?}");
    }
    assert_eq!(laptop.list("households").len(), 2);
    assert!(laptop.run(&["import", "--dry-run", "r500.xlsx"]).ends(0).out.contains("会有新户 500"));
    let checked = laptop.run(&["check"]).ends(0);
    assert!(checked.out.contains("程序正开着"), "{checked:?}");
    assert_eq!(talk.say(&json!({"do": "household.add", "head": "王成友"}))["ok"], true);
    talk.kill();
}

// Said once, at the end of the visit; and taken back in one step.
#[test]
fn who_moved_out_at_a_visit_is_so_on_the_card_and_both_are_taken_back_together() {
    let laptop = Laptop::of(1, "陈明", "一组");
    let household = laptop.household("张守富");
    let standing = |laptop: &Laptop| laptop.list("households")[0]["standing"].clone();
    let answers = laptop.batch(&[
        json!({"do": "visit.start", "household": household}),
        json!({"do": "visit.finish", "outcome": "moved"}),
    ]);
    assert!(answers.iter().all(|answer| answer["ok"] == true), "{answers:?}");
    assert_eq!(standing(&laptop), "moved");
    let answers = laptop.batch(&[
        json!({"do": "visit.start", "household": household}),
        json!({"do": "visit.finish", "outcome": "deceased"}),
        json!({"do": "undo"}),
    ]);
    assert!(answers.iter().all(|answer| answer["ok"] == true), "{answers:?}");
    assert_eq!(standing(&laptop), "moved");
}

// The timer of the visit stayed behind, interrupted, and no other visit could begin: the one that had to be ended was nowhere.
#[test]
fn who_takes_back_the_end_and_then_the_beginning_may_begin_another_visit() {
    let laptop = Laptop::of(1, "陈明", "一组");
    let household = laptop.household("张守富");
    let answers = laptop.batch(&[
        json!({"do": "visit.start", "household": household}),
        json!({"do": "visit.finish", "outcome": "absent"}),
        json!({"do": "undo"}),
        json!({"do": "undo"}),
        json!({"do": "visit.start", "household": household}),
    ]);
    assert!(answers.iter().all(|answer| answer["ok"] == true), "{answers:?}");
}

// A line in a visit that is gone was accepted, and seen nowhere but in the list of lines.
#[test]
fn no_line_and_no_issue_goes_into_a_visit_that_was_taken_back() {
    let laptop = Laptop::of(2, "陈明", "一组");
    let household = laptop.household("张守富");
    let later = json!({"do": "visit.start", "household": household, "on": "2021-05-17T19:00:00+08:00",
        "outcome": "done", "minutes": 20});
    let mut talk = Talk::with(&laptop);
    let visit = talk.say(&later)["id"].clone();
    assert_eq!(talk.say(&json!({"do": "undo"}))["ok"], true);
    let refused = [
        json!({"do": "visit.note", "visit": visit, "text": "路灯坏了"}),
        json!({"do": "issue.record", "visit": visit, "text": "水管漏", "field": "environment"}),
    ];
    for request in refused {
        let refused = talk.say(&request);
        assert_eq!((&refused["ok"], &refused["kind"]), (&json!(false), &json!("taken-back")), "{refused:?}");
    }
    assert_eq!(talk.say(&json!({"do": "visit.note", "household": household, "text": "记在户上"}))["ok"], true);
    talk.kill();
    let lines = laptop.list("lines");
    assert_eq!(lines.iter().map(|line| &line["text"]).collect::<Vec<_>>(), ["记在户上"]);
}
