//! The life of an issue from the command line: step by step to its close-out number, what is refused and why, and what is
//! taken back.

use serde_json::{Value as Json, json};

use super::harness::Laptop;

#[track_caller]
pub fn done(answers: &[Json]) -> Vec<Json> {
    assert!(answers.iter().all(|answer| answer["ok"] == true), "{answers:?}");
    answers.to_vec()
}

/// A laptop at the beginning of the story, and a problem on it.
fn with_problem() -> (Laptop, Json) {
    let laptop = Laptop::of(1, "陈明", "一组");
    let household = laptop.household("张守富");
    let issue = json!({"do": "issue.record", "household": household, "text": "机井坏了", "field": "agriculture"});
    let issue = done(&laptop.batch(&[issue]))[0]["id"].clone();
    (laptop, issue)
}

fn noon(laptop: &Laptop, day: &str) {
    laptop.clock(&format!("{day}T12:00:00+08:00"), 0);
}

fn accept(issue: &Json) -> Json {
    json!({"do": "issue.screen", "issue": issue, "decision": "accept", "unit": "水利站", "person": "李明"})
}

fn told(issue: &Json) -> [Json; 4] {
    [
        accept(issue),
        json!({"do": "issue.plan", "issue": issue, "text": "换泵"}),
        json!({"do": "issue.resolve", "issue": issue, "text": "泵换好了"}),
        json!({"do": "issue.feedback", "issue": issue, "answer": "satisfied", "way": "home"}),
    ]
}

fn state(laptop: &Laptop) -> String {
    laptop.list("issues")[0]["state"].as_str().unwrap().to_owned()
}

#[test]
fn an_issue_is_screened_planned_solved_told_and_closed_out_with_a_number() {
    let (laptop, issue) = with_problem();
    let listed = laptop.list("issues").remove(0);
    assert_eq!(
        (&listed["state"], &listed["due"], &listed["duty"]),
        (&json!("screening"), &json!("2021-05-25"), &json!("plan"))
    );
    noon(&laptop, "2021-05-24");
    done(&laptop.batch(&[accept(&issue)]));
    let listed = laptop.list("issues").remove(0);
    assert_eq!(
        (&listed["state"], &listed["light"], &listed["confirmed"]),
        (&json!("planning"), &json!("yellow"), &json!("general"))
    );
    assert_eq!(
        (&listed["responsible"], &listed["person"], &listed["teller"]),
        (&json!("水利站"), &json!("李明"), &json!("陈明"))
    );
    // What a row says of an issue narrows the list, in both languages.
    let narrowed = |words: &str| laptop.run(&["list", "issues", "--json", "--where", words]).ends(0).json().len();
    for (words, count) in [
        ("农业", 1),
        ("农业农村", 1),
        ("farming", 1),
        ("文体", 0),
        ("一般", 1),
        ("general", 1),
        ("较大", 0),
        ("建议", 0),
        ("临期 农业 张守富", 1),
        ("soon", 1),
        ("yellow", 1),
        ("超期", 0),
        ("overdue", 0),
        // So does whatever the page of issues is narrowed by: units and people, what is due, days, whose it is.
        ("水利站", 1),
        ("水利 李明", 1),
        ("李明 张守富", 1),
        ("供电所", 0),
        ("陈明", 1),
        ("方案", 1),
        ("还有 1 天", 1),
        ("1 day", 1),
        ("还有 2 天", 0),
        ("5-18", 1),
        ("5-17", 0),
        ("我的", 1),
        ("mine 农业", 1),
        ("我的 文体", 0),
        ("全村", 0),
    ] {
        assert_eq!(narrowed(words), count, "{words}");
    }
    noon(&laptop, "2021-06-01");
    done(&laptop.batch(&told(&issue)[1..3]));
    let duty = laptop.list("duties").remove(0);
    assert_eq!(
        (&duty["teller"], &duty["due"], &duty["head"]),
        (&json!("陈明"), &json!("2021-06-01"), &json!("张守富"))
    );
    assert_eq!(laptop.batch(&[json!({"do": "issue.close", "issue": issue})])[0]["kind"], "not-now");
    let answers = done(&laptop.batch(&[told(&issue)[3].clone(), json!({"do": "issue.close", "issue": issue})]));
    let number = answers[1]["number"].as_str().unwrap();
    assert!(number.starts_with("1号-0001-"), "{number}");
    let listed = laptop.list("issues").remove(0);
    assert_eq!(
        (&listed["state"], &listed["light"], &listed["number"]),
        (&json!("closed"), &json!("met"), &json!(number))
    );
    assert_eq!((laptop.list("duties").len(), &listed["told"]), (0, &json!("2021-06-01T12:00:00+08:00")));
    // Later it is spoken of by its number, as somebody heard it.
    let heard = number.replace("0001", "1").to_lowercase();
    noon(&laptop, "2021-10-20");
    done(&laptop.batch(&[json!({"do": "issue.look_back", "issue": heard, "result": "relapse", "text": "又坏了"})]));
    let listed = laptop.list("issues").remove(0);
    assert_eq!((&listed["state"], &listed["round"], &listed["due"]), (&json!("redo"), &json!(2), &json!("2021-11-03")));
    let table = laptop.run(&["list", "issues"]).ends(0).out;
    assert!(
        table.contains("重办") && table.contains("回复 11月3日前") && table.contains("还有 10 个工作日"),
        "{table}"
    );
}

#[test]
fn an_illegal_step_is_refused_with_the_steps_that_are_legal_now() {
    let (laptop, issue) = with_problem();
    let refused = laptop.batch(&[
        json!({"do": "issue.resolve", "issue": issue, "text": "好了"}),
        json!({"do": "issue.weigh", "issue": issue, "decision": "adopt", "why": "好"}),
        json!({"do": "issue.screen", "issue": issue, "decision": "accept"}),
        json!({"do": "issue.screen", "issue": issue, "decision": "也许"}),
        json!({"do": "issue.screen", "issue": issue, "decision": "accept", "unit": "水利站", "colour": "red"}),
        json!({"do": "issue.screen", "issue": issue, "decision": "unsupported"}),
        json!({"do": "issue.screen", "issue": issue, "decision": "join", "with": issue}),
        json!({"do": "issue.screen", "issue": issue, "decision": "unsupported", "why": "x", "on": "2021-05-17T08:00:00+08:00"}),
        json!({"do": "issue.screen", "issue": issue, "decision": "unsupported", "why": "x", "on": "2021-05-19T08:00:00+08:00"}),
        json!({"do": "issue.explain", "issue": issue, "text": "按文件"}),
    ]);
    let kinds: Vec<&str> = refused.iter().map(|answer| answer["kind"].as_str().unwrap()).collect();
    assert_eq!(
        kinds,
        [
            "not-now",
            "not-now",
            "missing",
            "bad-value",
            "unknown-fact",
            "missing",
            "bad-value",
            "bad-value",
            "bad-value",
            "not-now",
        ]
    );
    assert_eq!(refused[8]["message"], "5月19日还没到.", "a day as people say it");
    assert_eq!(refused[0]["message"], "现在不能办结: 这一件是 待甄别.");
    assert_eq!(
        refused[0]["hint"],
        "现在可以: 甄别 (issue.screen), 记进展 (issue.progress), 上报 (issue.escalate), 催办 (issue.urge), 解释 (issue.explain), 转交反馈 (issue.hand_over)."
    );
    let english = laptop.feed(&["batch", "--lang", "en"], &json!({"do": "issue.close", "issue": issue}).to_string());
    assert_eq!(english.ends(1).json()[0]["message"], "not possible now: close out. This issue is to be screened.");
    assert_eq!(state(&laptop), "screening");
}

#[test]
fn every_step_is_taken_back_by_undo_and_no_number_is_given_twice() {
    let (laptop, issue) = with_problem();
    done(&laptop.batch(&told(&issue)));
    let undo = || json!({"do": "undo"});
    let answers = done(&laptop.batch(&[json!({"do": "issue.close", "issue": issue}), undo()]));
    assert_eq!((&answers[1]["about"]["head"], &answers[1]["about"]["step"]), (&json!("张守富"), &json!("close")));
    assert_eq!(state(&laptop), "close_check");
    let again = done(&laptop.batch(&[json!({"do": "issue.close", "issue": issue})]));
    assert!(answers[0]["number"].as_str().unwrap().contains("-0001-"));
    assert!(again[0]["number"].as_str().unwrap().contains("-0002-"), "the first one may stand on paper");

    // Undo after undo goes back to before the issue was recorded.
    let household = laptop.list("households")[0]["id"].clone();
    let record = json!({"do": "issue.record", "household": household, "text": "没路灯", "field": "culture", "kind": "suggestion"});
    let mut talk = super::batch::Talk::with(&laptop);
    let mut say = |line: Json| {
        talk.tell(&line);
        let answer = talk.hear();
        assert_eq!(answer["ok"], true, "{answer}");
        answer
    };
    let second = say(record)["id"].clone();
    say(accept(&second));
    say(json!({"do": "issue.plan", "issue": second, "text": "装灯"}));
    say(undo());
    say(undo());
    let listed = |id: &Json| laptop.list("issues").into_iter().find(|one| one["id"] == *id);
    let now = listed(&second).unwrap();
    assert_eq!((&now["state"], &now["kind"]), (&json!("screening"), &json!("suggestion")), "it is a suggestion again");
    say(undo());
    assert!(listed(&second).is_none());
    talk.kill();
}

#[test]
fn solved_on_the_spot_goes_straight_to_the_check_before_close_out() {
    let laptop = Laptop::of(1, "陈明", "一组");
    let household = laptop.household("张守富");
    let recorded = done(&laptop.batch(&[json!({
        "do": "issue.record", "household": household, "text": "医保不会缴", "field": "health", "class": "on_site", "done": "帮他缴了"
    })]));
    let issue = &recorded[0]["id"];
    assert_eq!((state(&laptop).as_str(), laptop.list("duties").len()), ("close_check", 0));
    // The office does not think so: never accepted, it is screened.
    done(&laptop.batch(&[json!({"do": "issue.return", "issue": issue, "why": "没有佐证"})]));
    assert_eq!(state(&laptop), "screening");
    assert_eq!(
        laptop.batch(&[json!({"do": "issue.screen", "issue": issue, "decision": "accept", "unit": "医保局"})])[0]["kind"],
        "missing"
    );
}

#[test]
fn not_ours_is_returned_within_two_working_days_and_once() {
    let (laptop, issue) = with_problem();
    let back = json!({"do": "issue.return", "issue": issue, "why": "是交通局的"});
    done(&laptop.batch(&[accept(&issue)]));
    noon(&laptop, "2021-05-21");
    let late = laptop.batch(std::slice::from_ref(&back));
    assert_eq!((&late[0]["kind"], &late[0]["message"]), (&json!("too-late"), &json!("退回要在5月20日前.")));
    let mut in_time = back.clone();
    in_time["on"] = json!("2021-05-20T17:00:00+08:00");
    done(&laptop.batch(&[in_time]));
    assert_eq!(state(&laptop), "screening");
    done(&laptop.batch(&[accept(&issue)]));
    assert_eq!(laptop.batch(&[back])[0]["kind"], "only-once");
    let refused = laptop.batch(&[json!({"do": "issue.close", "issue": issue})]);
    assert!(!refused[0]["hint"].as_str().unwrap().contains("issue.return"), "{refused:?}");
    let steps = laptop.run(&["list", "steps"]).ends(0).out;
    assert!(steps.contains("待甄别") && !steps.contains("screening"), "{steps}");
}

#[test]
fn an_extension_is_asked_before_it_is_due_approved_by_another_and_given_once() {
    let (laptop, issue) = with_problem();
    done(&laptop.batch(&told(&issue)[..2]));
    let ask = |until: &str| json!({"do": "issue.extend", "issue": issue, "until": until, "why": "等配件"});
    let decide = |by: &str| json!({"do": "issue.extend_decide", "issue": issue, "decision": "approved", "by": by});
    let kinds =
        |lines: &[Json]| -> Vec<Json> { laptop.batch(lines).iter().map(|answer| answer["kind"].clone()).collect() };
    assert_eq!(kinds(&[decide("李光军"), ask("2021-05-20")]), ["not-now", "bad-value"]);
    done(&laptop.batch(&[ask("2021-06-15")]));
    assert_eq!(laptop.list("issues")[0]["due"], "2021-06-01", "asked is not approved");
    assert_eq!(kinds(&[decide("陈明")]), ["own-request"]);
    done(&laptop.batch(&[decide("李光军")]));
    let due = laptop.list("issues").remove(0);
    assert_eq!(due["due"], "2021-06-15");
    assert_eq!(kinds(&[ask("2021-07-15"), decide("李光军")]), ["only-once", "only-once"]);
    let (late, other) = with_problem();
    done(&late.batch(&told(&other)[..2]));
    noon(&late, "2021-06-02");
    assert_eq!(
        late.batch(&[json!({"do": "issue.extend", "issue": other, "until": "2021-07-01", "why": "晚了"})])[0]["kind"],
        "too-late"
    );
}

#[test]
fn who_visited_tells_the_household_until_it_is_handed_over() {
    let (laptop, issue) = with_problem();
    done(&laptop.batch(&told(&issue)[..3]));
    let by = |actor: &str| json!({"do": "issue.feedback", "issue": issue, "answer": "satisfied", "actor": actor});
    let refused = laptop.batch(&[by("张锦秋")]);
    assert_eq!(
        (&refused[0]["kind"], &refused[0]["message"]),
        (&json!("not-yours"), &json!("谁走访谁反馈: 这一件由 陈明 反馈."))
    );
    let (kitchen, said) = with_problem();
    let explain = json!({"do": "issue.explain", "issue": said, "text": "按文件", "told": true, "actor": "张锦秋"});
    assert_eq!(kitchen.batch(&[explain])[0]["kind"], "not-yours", "explained in person is told too");
    done(&laptop.batch(&[json!({"do": "issue.hand_over", "issue": issue, "to": "张锦秋", "why": "借调"})]));
    assert_eq!(laptop.list("duties")[0]["teller"], "张锦秋");
    assert_eq!(laptop.batch(&[by("陈明")])[0]["kind"], "not-yours");
    done(&laptop.batch(&[by("张锦秋")]));
    assert_eq!(state(&laptop), "close_check");
}

#[test]
fn a_household_is_unreachable_only_after_three_attempts() {
    let (laptop, issue) = with_problem();
    done(&laptop.batch(&told(&issue)[..3]));
    let said = |answer: &str| json!({"do": "issue.feedback", "issue": issue, "answer": answer, "way": "phone"});
    done(&laptop.batch(&[said("absent"), said("absent")]));
    assert_eq!(
        (&laptop.batch(&[said("unreachable")])[0]["kind"], &laptop.list("duties")[0]["attempts"]),
        (&json!("too-soon"), &json!(2))
    );
    done(&laptop.batch(&[said("absent"), said("unreachable")]));
    let listed = laptop.list("issues").remove(0);
    assert_eq!(
        (&listed["state"], &listed["light"]),
        (&json!("close_check"), &json!("met")),
        "all was done that could be"
    );
}

#[test]
fn escalation_goes_level_by_level() {
    let (laptop, issue) = with_problem();
    let up = |level: Option<&str>| {
        let mut line = json!({"do": "issue.escalate", "issue": issue, "to": "刘水", "why": "要钱"});
        if let Some(level) = level {
            line["level"] = json!(level);
        }
        line
    };
    assert_eq!(laptop.batch(&[up(Some("county"))])[0]["message"], "逐级上报: 下一级是 局.");
    done(&laptop.batch(&[up(None), up(Some("township")), up(None), up(None)]));
    assert_eq!(laptop.list("issues")[0]["level"], "city");
    assert_eq!(laptop.batch(&[up(None)])[0]["kind"], "not-now");
    let refused = laptop.batch(&[json!({"do": "issue.close", "issue": issue})]);
    assert!(!refused[0]["hint"].as_str().unwrap().contains("issue.escalate"), "{refused:?}");
}

#[test]
fn what_is_joined_is_told_when_the_other_one_is_solved_each_household_by_itself() {
    let (laptop, first) = with_problem();
    let neighbour = laptop.household("王成友");
    let second =
        done(&laptop.batch(&[
            json!({"do": "issue.record", "household": neighbour, "text": "浇不上地", "field": "agriculture"}),
        ]));
    let second = &second[0]["id"];
    done(
        &laptop.batch(&[
            json!({"do": "issue.screen", "issue": second, "decision": "join", "with": first}),
            accept(&first),
        ]),
    );
    let states =
        |laptop: &Laptop| -> Vec<Json> { laptop.list("issues").iter().map(|one| one["state"].clone()).collect() };
    assert_eq!(states(&laptop), ["planning", "joined"]);
    let back = json!({"do": "issue.feedback", "issue": second, "answer": "satisfied"});
    assert_eq!(laptop.batch(std::slice::from_ref(&back))[0]["kind"], "not-now");
    done(&laptop.batch(&told(&first)[1..3]));
    assert_eq!((states(&laptop), laptop.list("duties").len()), (vec![json!("feedback_due"), json!("feedback_due")], 2));
    done(&laptop.batch(&[back]));
    assert_eq!(states(&laptop), ["feedback_due", "close_check"]);
}

#[test]
fn what_was_joined_to_one_that_was_taken_back_is_screened_once_more() {
    let (laptop, first) = with_problem();
    let household = laptop.list("households")[0]["id"].clone();
    let recorded = json!({"do": "issue.record", "household": household, "text": "浇不上地", "field": "agriculture"});
    let second = done(&laptop.batch(&[recorded]))[0]["id"].clone();
    let join =
        |one: &Json, other: &Json| json!({"do": "issue.screen", "issue": one, "decision": "join", "with": other});
    done(&laptop.batch(&[join(&second, &first)]));
    assert_eq!(laptop.batch(&[join(&first, &second)])[0]["kind"], "bad-value", "round in a circle");
    done(&laptop.batch(&[json!({"do": "issue.retract", "issue": first, "why": "记重了"})]));
    assert_eq!(state(&laptop), "screening");
    done(&laptop.batch(&[accept(&second)]));
    assert_eq!(state(&laptop), "planning");
}

#[test]
fn two_screenings_are_told_as_a_disagreement_and_settled_by_screening_once_more() {
    let (laptop, issue) = with_problem();
    let office = Laptop::of(2, "陈玲", "办公室");
    office.household("王成友");
    let file = |laptop: &Laptop, name: &str| {
        let file = laptop.path(name).to_str().unwrap().to_owned();
        laptop.run(&["export", "--full", "--out", &file]).ends(0);
        file
    };
    office.run(&["merge", &file(&laptop, "before.zfb")]).ends(0);
    done(&laptop.batch(&[accept(&issue)]));
    done(
        &office.batch(&[json!({"do": "issue.screen", "issue": issue, "decision": "unsupported", "why": "不符合条件"})]),
    );
    let (ours, theirs) = (file(&laptop, "after.zfb"), file(&office, "after.zfb"));
    laptop.run(&["merge", &theirs]).ends(0);
    office.run(&["merge", &ours]).ends(0);
    assert_eq!(laptop.list("issues")[0]["state"], office.list("issues")[0]["state"]);
    let told = laptop.list("conflicts");
    let values: Vec<&str> = told.iter().map(|side| side["value"].as_str().unwrap()).collect();
    assert_eq!((values.len(), &told[0]["fact"], &told[1]["used"]), (2, &json!("step/screen"), &json!(true)));
    assert!(laptop.run(&["list", "issues"]).ends(0).out.contains("(不一致)"));
    let found = office.run(&["list", "issues", "--json", "--where", "不一致"]).ends(0).json();
    assert_eq!(found.len(), 1);
    noon(&office, "2021-05-20");
    done(&office.batch(&[accept(&issue)]));
    assert!(office.list("conflicts").is_empty());
    assert_eq!(office.list("issues")[0]["state"], "planning");
    let steps = office.list("steps");
    let counts: Vec<&Json> = steps.iter().map(|step| &step["stands"]).collect();
    assert_eq!(counts, [&json!(false), &json!(false), &json!(true)], "none is lost");
}

#[test]
fn a_suggestion_is_weighed_answered_and_may_become_a_problem_later() {
    let laptop = Laptop::of(1, "陈明", "一组");
    let household = laptop.household("张守富");
    let record = json!({"do": "issue.record", "household": household, "text": "办个戏台", "field": "culture", "kind": "suggestion"});
    let issue = done(&laptop.batch(&[record]))[0]["id"].clone();
    let answers = laptop.batch(&[
        json!({"do": "issue.screen", "issue": issue, "decision": "unsupported", "why": "没钱"}),
        json!({"do": "issue.weigh", "issue": issue, "decision": "采纳", "why": "端午办"}),
        json!({"do": "issue.feedback", "issue": issue, "answer": "satisfied"}),
        json!({"do": "issue.close", "issue": issue}),
    ]);
    let kinds: Vec<&str> = answers.iter().map(|answer| answer["kind"].as_str().unwrap_or("done")).collect();
    assert_eq!(kinds, ["not-now", "done", "done", "not-now"], "it is answered, and has no number");
    let listed = laptop.list("issues").remove(0);
    assert_eq!((&listed["state"], &listed["due"]), (&json!("answered"), &Json::Null));
    let reopen = |into: &str| json!({"do": "issue.reopen", "issue": issue, "why": "台子塌了", "turn_into": into});
    assert_eq!(laptop.batch(&[reopen("stock")])[0]["kind"], "bad-value");
    done(&laptop.batch(&[reopen("problem")]));
    let listed = laptop.list("issues").remove(0);
    assert_eq!((&listed["state"], &listed["kind"]), (&json!("screening"), &json!("problem")));
    assert_eq!((&listed["due"], &listed["round"]), (&json!("2021-05-25"), &json!(2)));
}

#[test]
fn a_step_cannot_have_happened_before_the_one_it_follows() {
    let (laptop, issue) = with_problem();
    noon(&laptop, "2021-05-24");
    done(&laptop.batch(&told(&issue)[..2]));
    noon(&laptop, "2021-06-10");
    let mut resolve = told(&issue)[2].clone();
    resolve["on"] = json!("2021-05-23T12:00:00+08:00");
    let early = laptop.batch(std::slice::from_ref(&resolve));
    assert_eq!(early[0]["message"], "5月23日在提出方案的那天 (5月24日) 之前.");
    resolve["on"] = json!("2021-05-24T08:00:00+08:00");
    done(&laptop.batch(&[resolve]));
}

#[test]
fn both_days_of_a_step_that_was_recorded_later_are_told() {
    let (laptop, issue) = with_problem();
    noon(&laptop, "2021-05-24");
    let mut screen = accept(&issue);
    screen["on"] = json!("2021-05-20T15:00:00+08:00");
    done(&laptop.batch(&[screen, json!({"do": "issue.plan", "issue": issue, "text": "换泵"}), json!({"do": "undo"})]));
    let steps = laptop.list("steps");
    assert_eq!(
        (&steps[0]["at"], &steps[0]["recorded"]),
        (&json!("2021-05-20T15:00:00+08:00"), &json!("2021-05-24T12:00:00+08:00"))
    );
    assert_eq!(
        (&steps[0]["said"], &steps[1]["stands"], &steps[1]["recorded"]),
        (&json!("accept"), &json!(false), &Json::Null)
    );
    assert!(laptop.run(&["list", "steps"]).ends(0).out.contains("受理"));
}

#[test]
fn a_long_term_plan_names_goal_measures_unit_person_and_finish_date() {
    let (laptop, issue) = with_problem();
    done(&laptop.batch(&[
        json!({"do": "issue.screen", "issue": issue, "decision": "accept", "class": "long_term", "unit": "水利站"}),
    ]));
    let mut plan =
        json!({"do": "issue.plan", "issue": issue, "text": "打新井", "goal": "全村浇上地", "finish": "2021-09-30"});
    assert_eq!(laptop.batch(std::slice::from_ref(&plan))[0]["message"], "缺少责任人 “person”.");
    plan["person"] = json!("李明");
    done(&laptop.batch(&[plan]));
    let listed = laptop.list("issues").remove(0);
    assert_eq!(
        (&listed["state"], &listed["due"], &listed["person"]),
        (&json!("long_term"), &json!("2021-09-30"), &json!("李明"))
    );
}

#[test]
fn issues_are_found_by_state_lamp_and_number() {
    let (laptop, issue) = with_problem();
    let household = laptop.household("王成友");
    done(&laptop.batch(&[json!({"do": "issue.record", "household": household, "text": "没路灯", "field": "culture"})]));
    done(&laptop.batch(&told(&issue)));
    let number = done(&laptop.batch(&[json!({"do": "issue.close", "issue": issue})]))[0]["number"].clone();
    let number = number.as_str().unwrap();
    let found = |words: &str| -> Vec<Json> {
        let ran = laptop.run(&["list", "issues", "--json", "--where", words]).ends(0);
        ran.json().iter().map(|one| one["head"].clone()).collect()
    };
    assert_eq!(found("待甄别"), ["王成友"]);
    assert_eq!(found("closed"), ["张守富"]);
    assert_eq!(found(number), ["张守富"]);
    // Without its dashes, as it is heard.
    let together = number.replace('-', "");
    assert_eq!(found(&together), ["张守富"]);
    assert_eq!(found("1号00010"), Vec::<Json>::new(), "a word that passes no check is looked for like any other");
    assert_eq!(found("待甄别 zsf"), Vec::<Json>::new());
    assert_eq!(found("wcy"), ["王成友"]);
    noon(&laptop, "2021-05-30");
    assert_eq!(found("超期"), ["王成友"]);
    let wrong = number.replace("0001", "0011");
    let refused = laptop.run(&["list", "issues", "--where", &wrong]).ends(1);
    assert!(refused.err.contains("抄错了"), "{refused:?}");
    assert_eq!(laptop.batch(&[json!({"do": "issue.reopen", "issue": wrong, "why": "x"})])[0]["kind"], "bad-number");
}

#[test]
fn class_and_kind_are_not_written_anew_once_steps_were_taken() {
    let (laptop, issue) = with_problem();
    let set = |key: &str, value: &str| json!({"do": "issue.set", "issue": issue, key: value});
    done(&laptop.batch(&[set("class", "larger")]));
    done(&laptop.batch(&[accept(&issue)]));
    let refused = laptop.batch(&[set("class", "general"), set("kind", "suggestion")]);
    assert!(refused[0]["hint"].as_str().unwrap().contains("issue.grade"), "{refused:?}");
    assert!(refused[1]["hint"].as_str().unwrap().contains("issue.reopen"), "{refused:?}");
    done(&laptop.batch(&[set("field", "health")]));
    assert_eq!(laptop.list("issues")[0]["confirmed"], "larger");
}

#[test]
fn a_milestone_lies_between_today_and_the_finish_date() {
    let (laptop, issue) = with_problem();
    done(&laptop.batch(&[
        json!({"do": "issue.screen", "issue": issue, "decision": "accept", "class": "long_term", "unit": "水利站", "person": "李明"}),
        json!({"do": "issue.plan", "issue": issue, "text": "打新井", "goal": "全村浇上地", "finish": "2021-09-30"}),
    ]));
    let next = |day: &str| json!({"do": "issue.progress", "issue": issue, "text": "立项了", "milestone": day});
    let answers = laptop.batch(&[next("2021-05-01"), next("2021-10-01"), next("2021-07-30")]);
    let kinds: Vec<&str> = answers.iter().map(|answer| answer["kind"].as_str().unwrap_or("done")).collect();
    assert_eq!(kinds, ["bad-value", "bad-value", "done"], "{answers:?}");
    let ask = |until: &str| json!({"do": "issue.extend", "issue": issue, "until": until, "why": "等批复"});
    let answers = laptop.batch(&[ask("2021-08-30"), ask("2021-12-30")]);
    assert_eq!(
        (&answers[0]["kind"], &answers[1]["ok"]),
        (&json!("bad-value"), &json!(true)),
        "it moves the finish date"
    );
    assert_eq!(laptop.list("issues")[0]["due"], "2021-07-30");
}

#[test]
fn an_extension_that_moves_nothing_is_not_approved_and_a_refused_one_is_not_called_approved() {
    let (laptop, issue) = with_problem();
    done(&laptop.batch(&told(&issue)[..2]));
    let decide = |decision: &str, until: &str| json!({"do": "issue.extend_decide", "issue": issue, "decision": decision, "by": "李光军", "until": until});
    done(&laptop.batch(&[json!({"do": "issue.extend", "issue": issue, "until": "2021-06-15", "why": "等配件"})]));
    assert_eq!(laptop.batch(&[decide("approved", "2021-05-25")])[0]["kind"], "bad-value");
    done(&laptop.batch(&[decide("refused", "2021-06-15")]));
    let again = laptop.batch(&[decide("approved", "2021-06-20")]);
    assert_eq!(again[0]["message"], "延期只能申请一次, 这一轮没有批.");
}

#[test]
fn the_result_of_a_joined_issue_stays_when_the_other_one_relapses() {
    let (laptop, first) = with_problem();
    let neighbour = laptop.household("王成友");
    let record = json!({"do": "issue.record", "household": neighbour, "text": "浇不上地", "field": "agriculture"});
    let second = &done(&laptop.batch(&[record]))[0]["id"];
    done(
        &laptop.batch(&[
            json!({"do": "issue.screen", "issue": second, "decision": "join", "with": first}),
            accept(&first),
        ]),
    );
    noon(&laptop, "2021-05-24");
    done(&laptop.batch(&told(&first)[1..3]));
    let since = laptop.list("duties").into_iter().map(|one| one["since"].clone());
    assert!(since.clone().all(|since| since == "2021-05-24T12:00:00+08:00"), "{:?}", since.collect::<Vec<_>>());
    let mut back =
        json!({"do": "issue.feedback", "issue": second, "answer": "satisfied", "on": "2021-05-20T12:00:00+08:00"});
    assert_eq!(laptop.batch(std::slice::from_ref(&back))[0]["kind"], "bad-value", "nothing was solved by then");
    back["on"] = json!("2021-05-24T12:00:00+08:00");
    done(&laptop.batch(&[back, told(&first)[3].clone(), json!({"do": "issue.close", "issue": first})]));
    let of_second = || laptop.list("issues").into_iter().find(|one| one["id"] == *second).unwrap();
    let before = of_second();
    noon(&laptop, "2021-10-20");
    done(&laptop.batch(&[json!({"do": "issue.look_back", "issue": first, "result": "relapse", "text": "又坏了"})]));
    let after = of_second();
    assert_eq!((&after["due"], &after["light"]), (&before["due"], &before["light"]));
    assert_eq!(after["light"], "met");
}

#[test]
fn what_is_refused_anyway_is_not_named_among_what_is_possible() {
    let laptop = Laptop::of(1, "陈明", "一组");
    let household = laptop.household("张守富");
    let record = json!({"do": "issue.record", "household": household, "text": "办个戏台", "field": "culture", "kind": "suggestion"});
    let issue = done(&laptop.batch(&[record]))[0]["id"].clone();
    let refused = laptop.batch(&[json!({"do": "issue.close", "issue": issue})]);
    assert!(!refused[0]["hint"].as_str().unwrap().contains("issue.explain"), "{refused:?}");
}

#[test]
fn settling_keeps_the_day_and_two_alike_screenings_show_what_differs() {
    let (laptop, issue) = with_problem();
    let office = Laptop::of(2, "陈玲", "办公室");
    office.household("王成友");
    let file = |laptop: &Laptop, name: &str| {
        let file = laptop.path(name).to_str().unwrap().to_owned();
        laptop.run(&["export", "--full", "--out", &file]).ends(0);
        file
    };
    office.run(&["merge", &file(&laptop, "before.zfb")]).ends(0);
    done(&laptop.batch(&[accept(&issue)]));
    let other = json!({"do": "issue.screen", "issue": issue, "decision": "accept", "unit": "打井队", "person": "李明"});
    done(&office.batch(std::slice::from_ref(&other)));
    office.run(&["merge", &file(&laptop, "after.zfb")]).ends(0);
    let told = office.list("conflicts");
    let differs: Vec<&str> = told.iter().map(|side| side["differs"].as_str().unwrap()).collect();
    assert!(differs.contains(&"unit=水利站") && differs.contains(&"unit=打井队"), "{told:?}");
    let shown = office.run(&["list", "conflicts"]).ends(0).out;
    assert!(shown.contains("受理, 责任单位 打井队"), "{shown}");
    noon(&office, "2021-05-26");
    done(&office.batch(&[other]));
    assert!(office.list("conflicts").is_empty());
    let steps = office.list("steps");
    let last = steps.iter().find(|step| step["stands"] == true).unwrap();
    assert!(last["at"].as_str().unwrap().starts_with("2021-05-18"), "{last}");
}

#[test]
fn doors_and_phones_are_no_close_out_numbers() {
    let (laptop, issue) = with_problem();
    done(&laptop.batch(&told(&issue)));
    let number = done(&laptop.batch(&[json!({"do": "issue.close", "issue": issue})]))[0]["number"].clone();
    let found = |words: &str| laptop.run(&["list", "issues", "--json", "--where", words]).ends(0).json().len();
    let number = number.as_str().unwrap();
    assert_eq!((found(&number.replace("0001", "1")), found(&number.replace('-', "——"))), (1, 1));
    assert_eq!((found("3-1201-2"), found("0533-3241234-8")), (0, 0));
}

#[test]
fn a_return_that_met_a_close_out_is_settled_by_saying_it_once_more() {
    let (laptop, issue) = with_problem();
    let office = Laptop::of(2, "陈玲", "办公室");
    office.household("王成友");
    let file = |laptop: &Laptop, name: &str| {
        let file = laptop.path(name).to_str().unwrap().to_owned();
        laptop.run(&["export", "--full", "--out", &file]).ends(0);
        file
    };
    done(&laptop.batch(&told(&issue)));
    office.run(&["merge", &file(&laptop, "before.zfb")]).ends(0);
    let back = json!({"do": "issue.return", "issue": issue, "why": "没有照片"});
    done(&laptop.batch(&[json!({"do": "issue.close", "issue": issue})]));
    done(&office.batch(std::slice::from_ref(&back)));
    office.run(&["merge", &file(&laptop, "after.zfb")]).ends(0);
    assert_eq!((office.list("conflicts").len(), state(&office).as_str()), (2, "working"));
    noon(&office, "2021-05-26");
    done(&office.batch(&[back]));
    assert_eq!((office.list("conflicts").len(), state(&office).as_str()), (0, "working"));
}

#[test]
fn a_handing_over_is_settled_by_handing_it_to_whoever_has_it() {
    let (laptop, issue) = with_problem();
    let office = Laptop::of(2, "陈玲", "办公室");
    office.household("王成友");
    let file = |laptop: &Laptop, name: &str| {
        let file = laptop.path(name).to_str().unwrap().to_owned();
        laptop.run(&["export", "--full", "--out", &file]).ends(0);
        file
    };
    office.run(&["merge", &file(&laptop, "before.zfb")]).ends(0);
    let hand = |to: &str| json!({"do": "issue.hand_over", "issue": issue, "to": to, "why": "借调"});
    done(&laptop.batch(&[hand("张锦秋")]));
    done(&office.batch(&[hand("刘水")]));
    office.run(&["merge", &file(&laptop, "after.zfb")]).ends(0);
    assert_eq!(office.list("conflicts").len(), 2);
    let teller = office.list("issues")[0]["teller"].as_str().unwrap().to_owned();
    done(&office.batch(&[hand(&teller)]));
    assert_eq!((office.list("conflicts").len(), &office.list("issues")[0]["teller"]), (0, &json!(teller)));
    assert_eq!(office.batch(&[hand(&teller)])[0]["kind"], "bad-value", "it is theirs already");
}

// They were asked for, kept, and in no list.
#[test]
fn what_a_step_says_comes_back_with_the_list_of_steps() {
    let (laptop, issue) = with_problem();
    let household = laptop.list("households")[0]["id"].clone();
    let mut lines = told(&issue);
    lines[0]["people"] = json!(["陈明", "镇长 王"]);
    let up = json!({"do": "issue.escalate", "issue": issue, "to": "李光军", "why": "没有钱"});
    let back = json!({"do": "issue.extend", "issue": issue, "until": "2021-06-10", "why": "等配件"});
    let visit = json!({"do": "visit.start", "household": household, "on": "2021-05-18T19:30:00+08:00", "minutes": 20});
    let visit = done(&laptop.batch(&[visit]))[0]["id"].clone();
    lines[3]["visit"] = visit.clone();
    let decided = json!({"do": "issue.extend_decide", "issue": issue, "decision": "approved", "by": "刘水"});
    let [accept, plan, resolve, tell] = lines;
    done(&laptop.batch(&[accept, plan, up, back, decided, resolve, tell]));
    let steps = laptop.list("steps");
    let of = |word: &str| steps.iter().find(|step| step["step"] == word).unwrap();
    assert_eq!((&of("screen")["people"], &of("screen")["unit"]), (&json!(["陈明", "镇长 王"]), &json!("水利站")));
    assert_eq!((&of("escalate")["to"], &of("feedback")["way"]), (&json!("李光军"), &json!("home")));
    assert_eq!((&of("feedback")["visit"], &of("extend_decide")["until"]), (&visit, &json!("2021-06-10")));
    assert_eq!((&of("extend_decide")["decided_by"], &of("resolve")["to"]), (&json!("刘水"), &Json::Null));
}

#[test]
fn a_suggestion_that_was_joined_to_a_problem_has_no_day_and_is_answered_all_the_same() {
    let (laptop, first) = with_problem();
    let neighbour = laptop.household("王成友");
    let record = json!({"do": "issue.record", "household": neighbour, "text": "井边装个灯", "field": "agriculture", "kind": "suggestion"});
    let second = done(&laptop.batch(&[record]))[0]["id"].clone();
    let join = json!({"do": "issue.screen", "issue": second, "decision": "join", "with": first});
    done(&laptop.batch(&[join, accept(&first)]));
    let listed = |id: &Json| laptop.list("issues").into_iter().find(|one| one["id"] == *id).unwrap();
    assert_eq!((&listed(&second)["state"], &listed(&second)["due"]), (&json!("joined"), &Json::Null));
    assert_ne!(listed(&first)["due"], Json::Null, "the problem itself has one");
    done(&laptop.batch(&told(&first)[1..3]));
    assert_eq!((&listed(&second)["state"], &listed(&second)["due"]), (&json!("feedback_due"), &Json::Null));
    done(&laptop.batch(&[json!({"do": "issue.feedback", "issue": second, "answer": "satisfied"})]));
    assert_eq!((&listed(&second)["state"], &listed(&second)["light"]), (&json!("answered"), &Json::Null));
}

// Whoever chose between two days had asked for the extension, and whoever had asked could approve it.
#[test]
fn who_settles_which_day_was_asked_for_did_not_ask_for_it() {
    let (laptop, issue) = with_problem();
    let office = Laptop::of(2, "陈玲", "办公室");
    let file = |laptop: &Laptop, name: &str| {
        let file = laptop.path(name).to_str().unwrap().to_owned();
        laptop.run(&["export", "--full", "--out", &file]).ends(0);
        file
    };
    done(&laptop.batch(&told(&issue)[..2]));
    office.run(&["merge", &file(&laptop, "before.zfb")]).ends(0);
    let ask = |until: &str| json!({"do": "issue.extend", "issue": issue, "until": until, "why": "等配件"});
    done(&laptop.batch(&[ask("2021-06-10")]));
    done(&office.batch(&[ask("2021-06-20")]));
    office.run(&["merge", &file(&laptop, "after.zfb")]).ends(0);
    let sides = office.list("conflicts");
    let asked = sides.iter().find(|side| side["by"] == "陈明").unwrap();
    let choose = json!({"do": "conflict.resolve", "entity": issue, "fact": "step/extend", "value": asked["step"]});
    done(&office.batch(&[choose]));
    assert!(office.list("conflicts").is_empty());
    let decide = |by: &str| json!({"do": "issue.extend_decide", "issue": issue, "decision": "approved", "by": by});
    assert_eq!(office.batch(&[decide("陈明")])[0]["kind"], "own-request");
    done(&office.batch(&[decide("陈玲")]));
    assert_eq!(office.list("issues")[0]["due"], "2021-06-10");
}

// The design's card says where a stock issue came from and when; nothing could be said of it.
#[test]
fn an_issue_may_say_where_it_came_from_and_on_which_day() {
    let laptop = Laptop::of(1, "王主任", "办公室");
    noon(&laptop, "2021-05-18");
    let record = json!({"do": "issue.record", "household": laptop.household("张守富"), "text": "村头路灯不亮",
        "field": "governance", "kind": "stock", "source": "12345热线", "received": "4-20"});
    done(&laptop.batch(std::slice::from_ref(&record)));
    let one = &laptop.list("issues")[0];
    assert_eq!((one["kind"].as_str(), one["source"].as_str()), (Some("stock"), Some("hotline")));
    assert!(one["received"].as_str().is_some_and(|day| day.ends_with("-04-20")), "{one}");
    assert!(one["due"].as_str().is_some_and(|day| day.ends_with("-05-31")), "{one}");
    let mut ahead = record;
    ahead["received"] = json!("2021-05-19");
    let refused = laptop.batch(&[ahead]).remove(0);
    assert!(refused["message"].to_string().contains("还没到"), "{refused}");
    assert_eq!(laptop.list("issues").len(), 1);
}
