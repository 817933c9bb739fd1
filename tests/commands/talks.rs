//! An evening talk from the command line: each household its own time, its own words, its own duty to be answered.

use serde_json::{Value as Json, json};

use super::harness::Laptop;

fn done(answers: &[Json]) -> Vec<Json> {
    assert!(answers.iter().all(|answer| answer["ok"] == true), "{answers:?}");
    answers.to_vec()
}

#[test]
fn each_household_at_a_talk_has_its_own_visit_of_the_time_it_was_there() {
    let laptop = Laptop::of(1, "陈明", "一组");
    let [zhang, wang, li] = ["张守富", "王成友", "李桂英"].map(|head| laptop.household(head));
    let at = |minutes: u64| {
        laptop.clock(&format!("2021-05-18T{}:{:02}:00+08:00", 19 + minutes / 60, minutes % 60), minutes * 60_000);
    };
    at(0);
    let answers = done(&laptop.batch(&[
        json!({"do": "talk.start", "village": "东里东村", "place": "文化广场", "visitors": ["陈明", "张锦秋"]}),
        json!({"do": "talk.come", "households": [zhang, wang]}),
        json!({"do": "talk.note", "households": [zhang], "text": "校车只到村口"}),
        json!({"do": "talk.issue", "households": [zhang, wang], "text": "3组机井坏了", "field": "agriculture", "class": "larger"}),
        json!({"do": "talk.issue", "text": "端午想办个戏台", "field": "culture", "kind": "suggestion"}),
    ]));
    assert_eq!(answers[3]["issues"], 2, "each household has its own to be answered");
    let refused = laptop.batch(&[
        json!({"do": "talk.note", "households": [li], "text": "还没到"}),
        json!({"do": "visit.start", "household": li}),
        json!({"do": "talk.remove", "household": zhang}),
        json!({"do": "talk.start", "village": "东里西村"}),
    ]);
    let kinds: Vec<&str> = refused.iter().map(|answer| answer["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["not-there", "visit-running", "has-lines", "visit-running"]);

    // Who was written down for the wrong household is moved, with the issue.
    let line = laptop.list("lines").into_iter().find(|line| line["text"] == "校车只到村口").unwrap();
    done(&laptop.batch(&[json!({"do": "line.move", "line": line["id"], "household": wang})]));
    let lines = laptop.list("lines");
    let whose = |text: &str| -> Vec<Json> {
        lines.iter().filter(|line| line["text"] == text).map(|line| line["head"].clone()).collect()
    };
    assert_eq!(whose("校车只到村口"), ["王成友"]);
    assert_eq!(whose("3组机井坏了").len(), 2);
    assert_eq!(whose("端午想办个戏台"), ["village"]);
    for list in ["lines", "issues"] {
        let said = laptop.list(list);
        let village = said.iter().find(|line| line["text"] == "端午想办个戏台").unwrap();
        assert_eq!(village["village"], "东里东村", "{list}");
    }

    // Between two runs of a command nothing is proven: the twenty minutes are a gap, and declared in part. It counts for
    // those who were there before and after it.
    at(20);
    let ended = done(&laptop.batch(&[
        json!({"do": "visit.resume"}),
        json!({"do": "talk.leave", "household": zhang}),
        json!({"do": "talk.come", "households": [li]}),
        json!({"do": "visit.declare", "minutes": 16, "why": "停电"}),
        json!({"do": "talk.finish"}),
    ]));
    assert_eq!((ended[4]["households"].as_u64(), ended[4]["short"].as_u64()), (Some(3), Some(1)));
    let talk = laptop.list("talks").remove(0);
    assert_eq!(
        (talk["households"].as_u64(), talk["lines"].as_u64(), talk["state"].as_str()),
        (Some(3), Some(3), Some("done"))
    );
    let visits = laptop.list("visits");
    assert_eq!(visits.len(), 3);
    let covered: Vec<&Json> =
        visits.iter().filter(|visit| visit["covers"] == true).map(|visit| &visit["head"]).collect();
    assert_eq!((covered.len(), covered.contains(&&json!("李桂英"))), (2, false), "{visits:?}");
    assert!(visits.iter().all(|visit| visit["kind"] == "talk"));
    assert!(laptop.batch(&[json!({"do": "talk.note", "text": "散了"})])[0]["ok"] == false);
    assert_eq!(laptop.batch(&[json!({"do": "visit.finish", "visit": visits[0]["id"]})])[0]["kind"], "part-of-talk");
}

// A household that sat there for five seconds was 常态联系 at the next visit: nobody had been with it for a visit that counts.
#[test]
fn whoever_was_there_for_too_short_a_time_is_still_to_be_visited_for_the_first_time() {
    let laptop = Laptop::of(1, "陈明", "一组");
    let zhang = laptop.household("张守富");
    laptop.clock("2021-05-18T19:00:00+08:00", 0);
    done(&laptop.batch(&[
        json!({"do": "talk.start", "village": "东里东村"}),
        json!({"do": "talk.come", "households": [zhang]}),
        json!({"do": "talk.finish"}),
    ]));
    let visit = |day: &str, minutes: u64| {
        let on = format!("2021-05-{day}T19:00:00+08:00");
        let visit = json!({"do": "visit.start", "household": zhang, "on": on, "outcome": "done", "minutes": minutes,
            "short_why": "家里来客"});
        done(&laptop.batch(&[visit]));
    };
    let purposes = || -> Vec<(Json, Json)> {
        laptop.list("visits").into_iter().map(|visit| (visit["purpose"].clone(), visit["covers"].clone())).collect()
    };
    let first = |covers: bool| (json!("first"), json!(covers));
    let routine = |covers: bool| (json!("routine"), json!(covers));
    laptop.clock("2021-05-25T19:00:00+08:00", 60_000);
    visit("19", 5);
    visit("22", 20);
    visit("23", 20);
    assert_eq!(purposes(), [first(false), first(false), first(true), routine(true)]);
    // One that counts and was before: what follows it is no first visit any more, what lies before it and did not count is one.
    visit("20", 16);
    visit("21", 3);
    assert_eq!(purposes(), [first(false), first(false), first(true), routine(false), routine(true), routine(true)]);
    // A call to a household that is at home counts for nothing.
    let wang = laptop.household("王成友");
    let call = json!({"do": "visit.start", "household": wang, "kind": "phone", "on": "2021-05-24T19:00:00+08:00",
        "outcome": "done", "minutes": 3});
    done(&laptop.batch(&[call, json!({"do": "visit.start", "household": wang})]));
    let wangs: Vec<Json> = laptop
        .list("visits")
        .into_iter()
        .filter(|visit| visit["head"] == "王成友")
        .map(|visit| visit["purpose"].clone())
        .collect();
    assert_eq!(wangs, ["first", "first"]);
}

// Undone while somebody looked for whose it is, it stood with whoever it was moved to, and was a note again.
#[test]
fn a_line_that_was_taken_back_is_moved_and_reworded_no_more() {
    let laptop = Laptop::of(1, "陈明", "一组");
    let (zhang, wang) = (laptop.household("张守富"), laptop.household("王成友"));
    let record = json!({"do": "issue.record", "household": zhang, "text": "臭水沟", "field": "environment"});
    let line = &done(&laptop.batch(&[record]))[0]["line"];
    done(&laptop.batch(&[json!({"do": "line.retract", "line": line})]));
    for more in [
        json!({"do": "line.move", "line": line, "household": wang}),
        json!({"do": "line.set", "line": line, "text": "又"}),
    ] {
        let refused = laptop.batch(&[more]).remove(0);
        assert_eq!(refused["kind"], "taken-back", "{refused}");
    }
    assert!(laptop.list("lines").is_empty() && laptop.list("issues").is_empty());
}
