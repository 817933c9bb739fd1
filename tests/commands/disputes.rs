//! Disagreements from the command line: chosen as they stand, read as their own request reads them, and named.

use serde_json::{Value as Json, json};

use super::harness::Laptop;

fn done(answers: Vec<Json>) -> Vec<Json> {
    assert!(answers.iter().all(|answer| answer["ok"] == true), "{answers:?}");
    answers
}

/// Two groups that know the same, each says something of its own, and an office that merges both.
fn office_after(prepare: &[Json], one: impl Fn(&[Json]) -> Vec<Json>, two: impl Fn(&[Json]) -> Vec<Json>) -> Laptop {
    let stick = tempfile::tempdir().unwrap();
    let to = |name: &str| stick.path().join(name).to_str().unwrap().to_owned();
    let (first, second) = (Laptop::of(31, "陈明", "一组"), Laptop::of(32, "张文彬", "二组"));
    let answers = done(first.batch(prepare));
    first.run(&["export", "--out", &to("0.zfb")]).ends(0);
    second.run(&["merge", &to("0.zfb")]).ends(0);
    done(first.batch(&one(&answers)));
    done(second.batch(&two(&answers)));
    first.run(&["export", "--out", &to("1.zfb")]).ends(0);
    second.run(&["export", "--out", &to("2.zfb")]).ends(0);
    let office = Laptop::of(33, "李光军", "办公室");
    office.run(&["merge", &to("1.zfb"), &to("2.zfb")]).ends(0);
    office
}

fn resolve(office: &Laptop, fact: &str, value: &Json) -> Json {
    let conflicts = office.list("conflicts");
    let found = conflicts.iter().find(|one| one["fact"].as_str().unwrap().starts_with(fact));
    let found = found.unwrap_or_else(|| panic!("{fact}: {conflicts:?}"));
    let line = json!({"do": "conflict.resolve", "entity": found["entity"], "fact": found["fact"], "value": value});
    office.batch(&[line]).remove(0)
}

fn refused(office: &Laptop, fact: &str, value: &str, hint: &str) {
    let answer = resolve(office, fact, &json!(value));
    assert_eq!(answer["ok"], false, "{fact} {value}: {answer}");
    assert!(answer["hint"].as_str().unwrap().contains(hint), "{answer}");
}

// 作废 and 完成 were “discarded” and “done”, and anything could be typed over what the timer counted.
#[test]
fn how_a_talk_ended_is_said_in_words_and_chosen_not_typed() {
    let end = |word: &str, talk: &Json| vec![json!({"do": word, "talk": talk["id"]})];
    let on = "2021-05-17T19:30:00+08:00";
    let office = office_after(
        &[json!({"do": "talk.start", "village": "东里东村", "on": on, "minutes": 40, "visitors": ["陈明"]})],
        |ids| end("talk.finish", &ids[0]),
        |ids| end("talk.discard", &ids[0]),
    );
    let shown = office.run(&["list", "conflicts"]).ends(0).out;
    assert!(shown.contains("夜话 5-17") && shown.contains("完成") && shown.contains("作废"), "{shown}");
    refused(&office, "outcome", "外出", "完成");
    assert_eq!(resolve(&office, "outcome", &json!("done"))["ok"], true);
}

fn two_households() -> [Json; 2] {
    ["张守富", "张守福"].map(|head| json!({"do": "household.add", "head": head, "village": "东里东村"}))
}

// The choice wrote a text, and the two stayed apart.
#[test]
fn whether_two_are_one_family_is_settled_by_yes_or_no() {
    for (value, left) in [(json!(true), 1), (json!("yes"), 1), (json!("是"), 1), (json!("no"), 2)] {
        let office = office_after(
            &two_households(),
            |ids| vec![json!({"do": "household.same", "household": ids[0]["id"], "other": ids[1]["id"]})],
            |ids| vec![json!({"do": "household.apart", "household": ids[0]["id"], "other": ids[1]["id"]})],
        );
        refused(&office, "same/", "xyz", "是 或 否");
        assert_eq!(resolve(&office, "same/", &value)["ok"], true);
        assert_eq!((office.list("households").len(), office.list("conflicts").len()), (left, 0), "{value}");
    }
}

#[test]
fn a_talk_has_a_name_and_its_visitors_stay_several() {
    let start = json!({"do": "talk.start", "village": "东里东村", "visitors": ["陈明"]});
    let office = office_after(
        &[start],
        |ids| vec![json!({"do": "talk.set", "talk": ids[0]["id"], "visitors": ["陈明", "李四"]})],
        |ids| vec![json!({"do": "talk.set", "talk": ids[0]["id"], "visitors": ["张文彬"]})],
    );
    let shown = office.run(&["list", "conflicts"]).ends(0).out;
    assert!(shown.contains("夜话 5-18") && shown.contains("东里东村") && shown.contains("走访干部"), "{shown}");
    assert_eq!(resolve(&office, "visitors", &json!("陈明、王一"))["ok"], true);
    assert_eq!(office.list("talks")[0]["visitors"], json!(["陈明", "王一"]));
}

#[test]
fn classes_fields_and_times_are_read_as_people_write_them() {
    let stick = tempfile::tempdir().unwrap();
    let to = |name: &str| stick.path().join(name).to_str().unwrap().to_owned();
    let (first, second) = (Laptop::of(41, "陈明", "一组"), Laptop::of(42, "张文彬", "二组"));
    let home = first.household("张守富");
    let made = done(first.batch(&[
        json!({"do": "appointment.add", "household": home, "at": "2021-05-20T19:30:00+08:00"}),
        json!({"do": "issue.record", "household": home, "text": "没有广场", "field": "culture"}),
    ]));
    first.run(&["export", "--out", &to("0.zfb")]).ends(0);
    second.run(&["merge", &to("0.zfb")]).ends(0);
    for (laptop, at, class, field) in [
        (&first, "2021-05-20T20:30:00+08:00", "larger", "health"),
        (&second, "2021-05-21T19:30:00+08:00", "major", "education"),
    ] {
        done(laptop.batch(&[
            json!({"do": "appointment.set", "appointment": made[0]["id"], "at": at}),
            json!({"do": "issue.set", "issue": made[1]["id"], "class": class, "field": field}),
        ]));
    }
    first.run(&["export", "--out", &to("1.zfb")]).ends(0);
    second.run(&["merge", &to("1.zfb")]).ends(0);
    let shown = second.run(&["list", "conflicts"]).ends(0).out;
    for word in ["较大", "重大", "医疗卫生", "基础教育"] {
        assert!(shown.contains(word), "{word}: {shown}");
    }
    refused(&second, "class", "xyz", "较大");
    refused(&second, "field", "xyz", "医疗卫生");
    refused(&second, "at", "xyz", "明晚7点半");
    assert_eq!(resolve(&second, "class", &json!("一般"))["ok"], true);
    assert_eq!(resolve(&second, "field", &json!("文体生活"))["ok"], true);
    assert_eq!(resolve(&second, "at", &json!("2021-05-30 18:30"))["ok"], true);
    let issue = second.list("issues").remove(0);
    assert_eq!((&issue["class"], &issue["field"]), (&json!("general"), &json!("culture")));
    assert_eq!(second.list("appointments")[0]["at"], "2021-05-30T18:30:00+08:00");
    assert!(second.list("conflicts").is_empty());
}

// Its class was disputed, and the table named whose it is.
#[test]
fn whose_a_confidential_issue_is_no_table_tells() {
    let stick = tempfile::tempdir().unwrap();
    let to = |name: &str| stick.path().join(name).to_str().unwrap().to_owned();
    let (first, second) = (Laptop::of(43, "陈明", "一组"), Laptop::of(44, "张文彬", "二组"));
    let home = first.household("张守富");
    let secret = json!({
        "do": "issue.record", "household": home, "text": "邻居占地", "field": "governance", "confidential": true,
    });
    let made = done(first.batch(&[secret]));
    first.run(&["export", "--out", &to("0.zfb")]).ends(0);
    second.run(&["merge", &to("0.zfb")]).ends(0);
    for (laptop, class) in [(&first, "larger"), (&second, "major")] {
        done(laptop.batch(&[json!({"do": "issue.set", "issue": made[0]["id"], "class": class})]));
    }
    first.run(&["export", "--out", &to("1.zfb")]).ends(0);
    second.run(&["merge", &to("1.zfb")]).ends(0);
    let shown = second.run(&["list", "conflicts"]).ends(0).out;
    assert!(shown.contains("较大") && shown.contains("(保密)") && !shown.contains("张守富"), "{shown}");
    let told = second.list("conflicts").remove(0);
    assert_eq!((&told["head"], &told["village"]), (&json!("张守富"), &json!("东里东村")), "scripts are told");
    // In a small village its name is as good as that of the family.
    let screen = json!({"do": "issue.screen", "issue": made[0]["id"], "decision": "unsupported", "why": "没有地"});
    done(second.batch(&[screen]));
    for list in ["conflicts", "issues", "lines", "steps", "duties"] {
        let shown = second.run(&["list", list]).ends(0).out;
        assert!(shown.contains("(保密)") && !shown.contains("东里"), "{list}: {shown}");
    }
}

// Of a step it was (保密), and of the words of the same issue the household and its village stood in the table.
#[test]
fn whose_the_words_of_a_confidential_issue_are_no_table_tells() {
    let home = [json!({"do": "household.add", "head": "李桂英", "village": "东里东村"})];
    let office = {
        let stick = tempfile::tempdir().unwrap();
        let to = |name: &str| stick.path().join(name).to_str().unwrap().to_owned();
        let (first, second) = (Laptop::of(43, "陈明", "一组"), Laptop::of(44, "张文彬", "二组"));
        let household = done(first.batch(&home))[0]["id"].clone();
        let secret = json!({
            "do": "issue.record", "household": household, "text": "邻居占地", "field": "governance", "confidential": true,
        });
        let line = done(first.batch(&[secret]))[0]["line"].clone();
        first.run(&["export", "--out", &to("0.zfb")]).ends(0);
        second.run(&["merge", &to("0.zfb")]).ends(0);
        for (laptop, text) in [(&first, "东邻占地"), (&second, "西邻占地")] {
            done(laptop.batch(&[json!({"do": "line.set", "line": line, "text": text})]));
        }
        first.run(&["export", "--out", &to("1.zfb")]).ends(0);
        second.run(&["merge", &to("1.zfb")]).ends(0);
        second
    };
    let shown = office.run(&["list", "conflicts"]).ends(0).out;
    assert!(shown.contains("(保密)") && shown.contains("内容"), "{shown}");
    assert!(!shown.contains("李桂英") && !shown.contains("东里") && !shown.contains("邻占地"), "{shown}");
    let told = office.list("conflicts").remove(0);
    assert_eq!((&told["head"], &told["village"]), (&json!("李桂英"), &json!("东里东村")), "scripts are told");
}

// It stood there without a name.
#[test]
fn a_row_without_a_head_is_listed_by_its_number() {
    let stick = tempfile::tempdir().unwrap();
    let to = |name: &str| stick.path().join(name).to_str().unwrap().to_owned();
    std::fs::write(
        stick.path().join("名单.csv"),
        "户主姓名,联系电话,村(居)\n张守富,13853301234,东里东村\n,13853301235,东里东村\n",
    )
    .unwrap();
    let (first, second) = (Laptop::of(43, "陈明", "一组"), Laptop::of(44, "张文彬", "二组"));
    first.run(&["import", &to("名单.csv")]).ends(0);
    first.run(&["export", "--out", &to("0.zfb")]).ends(0);
    second.run(&["merge", &to("0.zfb")]).ends(0);
    let row = first.list("doubts")[0]["household"].clone();
    for (laptop, door) in [(&first, "10号"), (&second, "11号")] {
        done(laptop.batch(&[json!({"do": "household.set", "household": row, "door": door})]));
    }
    first.run(&["export", "--out", &to("1.zfb")]).ends(0);
    let foretold = second.run(&["merge", "--dry-run", &to("1.zfb")]).ends(0).out;
    assert!(
        foretold.contains("涉及 1 户") && foretold.contains("没有户主 第3行  东里镇 东里东村 11号  不一致 1 处"),
        "{foretold}"
    );
    second.run(&["merge", &to("1.zfb")]).ends(0);
    let shown = second.run(&["list", "conflicts"]).ends(0).out;
    assert!(shown.contains("没有户主 第3行"), "{shown}");
}

// A group that was chosen was kept as it was typed: “三组” stood beside the 3 of the roster.
#[test]
fn a_group_that_nobody_wrote_before_is_read_as_the_form_reads_it() {
    for (typed, kept) in [("3组", "3"), ("三组", "3"), ("３组", "3"), ("北区", "北区")] {
        let set =
            |ids: &[Json], group: &str| vec![json!({"do": "household.set", "household": ids[0]["id"], "group": group})];
        let office = office_after(&two_households()[..1], |ids| set(ids, "1"), |ids| set(ids, "2"));
        assert_eq!(resolve(&office, "group", &json!(typed))["ok"], true);
        assert_eq!(office.list("households")[0]["group"], kept, "{typed}");
    }
}

// A blank was a head, and the household was in no list any more; 组 alone was the name of a group.
#[test]
fn what_comes_to_nothing_is_no_third_value() {
    let to = |ids: &[Json], head: &str, group: &str| {
        vec![json!({"do": "household.set", "household": ids[0]["id"], "head": head, "group": group})]
    };
    let office = office_after(&two_households()[..1], |ids| to(ids, "李守富", "1"), |ids| to(ids, "王守富", "2"));
    let blank =
        [("head", " "), ("head", "　"), ("head", "\u{200b}"), ("group", " "), ("group", "组"), ("group", "小组")];
    for (fact, value) in blank {
        refused(&office, fact, value, "选其中一个");
    }
    assert_eq!(office.list("conflicts").len(), 4);
    assert_eq!(office.list("households").len(), 1);
    assert_eq!(resolve(&office, "group", &json!("组3"))["ok"], true, "what is no number stays as it is");
}

#[test]
fn what_the_whole_village_said_is_named_by_its_talk() {
    let stick = tempfile::tempdir().unwrap();
    let to = |name: &str| stick.path().join(name).to_str().unwrap().to_owned();
    let (first, second) = (Laptop::of(61, "陈明", "一组"), Laptop::of(62, "张文彬", "二组"));
    done(first.batch(&[
        json!({"do": "talk.start", "village": "东里东村", "visitors": ["陈明"]}),
        json!({"do": "talk.issue", "text": "想办个戏台", "field": "culture"}),
    ]));
    let issue = first.list("issues")[0]["id"].clone();
    first.run(&["export", "--out", &to("0.zfb")]).ends(0);
    second.run(&["merge", &to("0.zfb")]).ends(0);
    for (laptop, class) in [(&first, "larger"), (&second, "major")] {
        done(laptop.batch(&[json!({"do": "issue.set", "issue": issue, "class": class})]));
    }
    first.run(&["export", "--out", &to("1.zfb")]).ends(0);
    second.run(&["merge", &to("1.zfb")]).ends(0);
    let shown = second.run(&["list", "conflicts"]).ends(0).out;
    assert_eq!(shown.matches("夜话 5-18").count(), 2, "{shown}");
}

// One choice left three more of the same, and the other household was an id.
#[test]
fn a_line_that_two_moved_goes_with_its_issue_where_it_is_chosen_to_go() {
    let stick = tempfile::tempdir().unwrap();
    let to = |name: &str| stick.path().join(name).to_str().unwrap().to_owned();
    let (first, second) = (Laptop::of(51, "陈明", "一组"), Laptop::of(52, "张文彬", "二组"));
    let [zhang, wang, li] = ["张守富", "王成友", "李桂英"].map(|head| first.household(head));
    let made =
        done(first.batch(&[json!({"do": "issue.record", "household": zhang, "text": "没有广场", "field": "culture"})]));
    first.run(&["export", "--out", &to("0.zfb")]).ends(0);
    second.run(&["merge", &to("0.zfb")]).ends(0);
    for (laptop, home) in [(&first, &wang), (&second, &li)] {
        done(laptop.batch(&[json!({"do": "line.move", "line": made[0]["line"], "household": home})]));
    }
    first.run(&["export", "--out", &to("1.zfb")]).ends(0);
    second.run(&["merge", &to("1.zfb")]).ends(0);
    let shown = second.run(&["list", "conflicts"]).ends(0).out;
    assert!(shown.contains("王成友 东里东村") && shown.contains("李桂英 东里东村"), "{shown}");
    refused(&second, "household", "张守富", "王成友");
    let wanted = second.list("conflicts").iter().find(|one| one["by"] == "陈明").unwrap()["value"].clone();
    assert_eq!(resolve(&second, "household", &wanted)["ok"], true);
    assert!(second.list("conflicts").is_empty(), "{:?}", second.list("conflicts"));
    assert_eq!(second.list("issues")[0]["head"], "王成友");
}

// Papers are numbered from 1 everywhere; the second group's were dropped.
#[test]
fn a_key_belongs_to_its_laptop_and_to_what_was_asked_under_it() {
    let add = |head: &str| json!({"do": "household.add", "head": head, "key": "paper-17"});
    let office = office_after(&[], |_| vec![add("张守富")], |_| vec![add("王成友")]);
    assert!(office.list("conflicts").is_empty());
    assert_eq!(office.list("households").len(), 2);
    let answers = office.batch(&[add("李桂英"), add("李桂英"), add("孙大壮")]);
    assert_eq!((&answers[0]["ok"], &answers[0]["repeated"]), (&json!(true), &Json::Null));
    assert_eq!(answers[1]["id"], answers[0]["id"]);
    assert_eq!((&answers[2]["ok"], &answers[2]["kind"]), (&json!(false), &json!("key-taken")), "{answers:?}");
    assert!(answers[2]["message"].as_str().unwrap().contains("paper-17"));
    assert_eq!(office.list("households").len(), 3);
}

// They stood in this list alone: what was counted, foretold and chosen elsewhere left them out.
#[test]
fn a_step_that_two_took_differently_is_counted_foretold_and_chosen_like_any_other() {
    let stick = tempfile::tempdir().unwrap();
    let to = |name: &str| stick.path().join(name).to_str().unwrap().to_owned();
    let (first, second) = (Laptop::of(71, "陈明", "一组"), Laptop::of(72, "张文彬", "二组"));
    let home = first.household("张守富");
    let record = json!({"do": "issue.record", "household": home, "text": "想办个戏台", "field": "culture", "kind": "suggestion"});
    let issue = done(first.batch(&[record]))[0]["id"].clone();
    first.run(&["export", "--out", &to("0.zfb")]).ends(0);
    second.run(&["merge", &to("0.zfb")]).ends(0);
    let (unit, why) = ("文化馆", "年内办不了");
    done(first.batch(&[
        json!({"do": "issue.screen", "issue": issue, "decision": "accept", "class": "general", "unit": unit}),
    ]));
    done(second.batch(&[json!({"do": "issue.weigh", "issue": issue, "decision": "decline", "why": why})]));
    first.run(&["export", "--out", &to("1.zfb")]).ends(0);
    let foretold = second.run(&["merge", "--dry-run", "--json", &to("1.zfb")]).ends(0).json().remove(0);
    let merged = second.run(&["merge", "--json", &to("1.zfb")]).ends(0).json().remove(0);
    assert_eq!((&foretold["conflicts"], &merged["conflicts"]), (&json!(1), &json!(1)));

    refused(&second, "step/", "延期", "受理");
    let conflicts = second.list("conflicts");
    assert_eq!(conflicts.len(), 2);
    let declined = conflicts.iter().find(|one| one["value"] == "decline").unwrap();
    assert_eq!(resolve(&second, "step/", &declined["step"])["ok"], true);
    assert!(second.list("conflicts").is_empty());
    let listed = second.list("issues").remove(0);
    assert_eq!((&listed["state"], &listed["kind"]), (&json!("feedback_due"), &json!("suggestion")));
    second.run(&["export", "--out", &to("2.zfb")]).ends(0);
    let merged = first.run(&["merge", "--json", &to("2.zfb")]).ends(0).json().remove(0);
    assert_eq!(merged["conflicts"], 0);
    assert_eq!((first.list("conflicts").len(), &first.list("issues")[0]["state"]), (0, &json!("feedback_due")));
    let steps = first.list("steps");
    let stands = steps.iter().find(|step| step["stands"] == true).unwrap();
    assert_eq!((steps.len(), &stands["why"]), (3, &json!(why)), "none is lost, and the reason goes with the choice");
}

fn before(office: &Laptop, fact: &str) -> Vec<(String, Json)> {
    let conflicts = office.list("conflicts").into_iter().filter(|one| one["fact"] == fact);
    let mut found: Vec<_> =
        conflicts.map(|one| (one["by"].as_str().unwrap().to_owned(), one["before"].clone())).collect();
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    found
}

// Who had to choose saw two values, and not which of them was the change.
#[test]
fn a_disagreement_says_what_both_had_seen_before_they_wrote() {
    let set =
        |ids: &[Json], key: &str, value: &str| json!({"do": "household.set", "household": ids[0]["id"], key: value});
    let office = office_after(
        &[
            json!({"do": "household.add", "head": "张守富", "village": "东里东村", "door": "12号", "remark": "老伴耳背"}),
        ],
        // 13号 was only typed on the way, the remark was taken back and written once more.
        |ids| {
            let undo = json!({"do": "undo"});
            let remark = [set(ids, "remark", "打错了"), undo, set(ids, "remark", "儿子在外")];
            [set(ids, "door", "13号"), set(ids, "door", "14号"), set(ids, "nickname", "富子")]
                .into_iter()
                .chain(remark)
                .collect()
        },
        |ids| vec![set(ids, "door", "16号"), set(ids, "nickname", "老富"), set(ids, "remark", "女儿在外")],
    );
    let both = |value: &str| [("张文彬".to_owned(), json!(value)), ("陈明".to_owned(), json!(value))];
    assert_eq!(before(&office, "door"), both("12号"));
    assert_eq!(before(&office, "remark"), both("老伴耳背"));
    assert_eq!(before(&office, "nickname"), both(""));
    let shown = office.run(&["list", "conflicts"]).ends(0).out;
    assert!(shown.contains("以前") && shown.contains("12号") && shown.contains("空"), "{shown}");
    assert!(!shown.contains("老伴耳背"), "free text stands on the card alone: {shown}");
    let shown = office.run(&["list", "conflicts", "--lang", "en"]).ends(0).out;
    assert!(shown.contains("before") && shown.contains("nothing"), "{shown}");
}

#[test]
fn who_had_seen_a_third_ones_word_has_that_before() {
    let stick = tempfile::tempdir().unwrap();
    let to = |name: &str| stick.path().join(name).to_str().unwrap().to_owned();
    let (first, second) = (Laptop::of(31, "陈明", "一组"), Laptop::of(32, "张文彬", "二组"));
    let third = Laptop::of(34, "杜颖", "三组");
    let answers =
        first.batch(&[json!({"do": "household.add", "head": "张守富", "village": "东里东村", "door": "12号"})]);
    let door = |value: &str| [json!({"do": "household.set", "household": answers[0]["id"], "door": value})];
    first.run(&["export", "--out", &to("0.zfb")]).ends(0);
    for laptop in [&second, &third] {
        laptop.run(&["merge", &to("0.zfb")]).ends(0);
    }
    done(third.batch(&door("13号")));
    third.run(&["export", "--out", &to("3.zfb")]).ends(0);
    second.run(&["merge", &to("3.zfb")]).ends(0);
    done(second.batch(&door("14号")));
    done(first.batch(&door("16号")));
    first.run(&["export", "--out", &to("1.zfb")]).ends(0);
    second.run(&["export", "--out", &to("2.zfb")]).ends(0);
    let office = Laptop::of(33, "李光军", "办公室");
    office.run(&["merge", &to("1.zfb"), &to("2.zfb")]).ends(0);
    assert_eq!(before(&office, "door"), [("张文彬".to_owned(), json!("13号")), ("陈明".to_owned(), json!("12号"))]);
}

#[test]
fn of_a_step_that_nobody_had_taken_before_that_is_said() {
    let stick = tempfile::tempdir().unwrap();
    let to = |name: &str| stick.path().join(name).to_str().unwrap().to_owned();
    let (first, second) = (Laptop::of(31, "陈明", "一组"), Laptop::of(32, "张文彬", "二组"));
    let household = first.household("张守富");
    let issue = json!({"do": "issue.record", "household": household, "text": "没有广场", "field": "culture"});
    let issue = done(first.batch(&[issue])).remove(0)["id"].clone();
    first.run(&["export", "--out", &to("0.zfb")]).ends(0);
    second.run(&["merge", &to("0.zfb")]).ends(0);
    let (unit, why) = (("unit", "文化馆"), ("why", "没有这样的政策"));
    for (laptop, decision, (key, value)) in [(&first, "accept", unit), (&second, "unsupported", why)] {
        done(laptop.batch(&[json!({"do": "issue.screen", "issue": issue, "decision": decision, key: value})]));
        laptop.run(&["export", "--out", &to(&format!("{decision}.zfb"))]).ends(0);
    }
    let office = Laptop::of(33, "李光军", "办公室");
    office.run(&["merge", &to("accept.zfb"), &to("unsupported.zfb")]).ends(0);
    let shown = office.run(&["list", "conflicts"]).ends(0).out;
    assert_eq!(shown.matches("还没有走这一步").count(), 2, "{shown}");
}

// Whoever reads the card cannot know that nobody had it before them as it is now.
#[test]
fn different_facts_of_one_household_that_crossed_are_listed_and_nothing_is_to_be_chosen() {
    let set =
        |ids: &[Json], key: &str, value: &str| json!({"do": "household.set", "household": ids[0]["id"], key: value});
    let office = office_after(
        &two_households(),
        |ids| vec![set(ids, "door", "14号"), set(ids, "remark", "耳背")],
        |ids| {
            vec![set(ids, "nickname", "富子"), json!({"do": "household.set", "household": ids[1]["id"], "door": "3号"})]
        },
    );
    assert!(office.list("conflicts").is_empty());
    let mut found: Vec<_> = office
        .list("parallel")
        .into_iter()
        .map(|one| {
            assert_eq!(
                (&one["head"], &one["place"], &one["issue"]),
                (&json!("张守富"), &json!("东里东村 14号"), &Json::Null)
            );
            assert!(one["household"].as_str().unwrap().starts_with('h') && one["at"].is_string(), "{one}");
            let text = |key: &str| one[key].as_str().unwrap().to_owned();
            (text("fact"), text("value"), text("by"), text("device"))
        })
        .collect();
    found.sort();
    let want =
        [("door", "14号", "陈明", "31号"), ("nickname", "富子", "张文彬", "32号"), ("remark", "耳背", "陈明", "31号")];
    let found: Vec<_> = found.iter().map(|(a, b, c, d)| (a.as_str(), b.as_str(), c.as_str(), d.as_str())).collect();
    assert_eq!(found, want);
    let shown = office.run(&["list", "parallel"]).ends(0).out;
    assert!(shown.contains("小名") && shown.contains("(看户卡)") && !shown.contains("耳背"), "{shown}");
    let narrowed = office.run(&["list", "parallel", "--where", "张守福", "--json"]).ends(0);
    assert!(narrowed.json().is_empty(), "{narrowed:?}");
    let english = office.run(&["list", "parallel", "--lang", "en"]).ends(0).out;
    assert!(english.contains("nickname") && english.contains("(on the card)"), "{english}");
}

// Whose fact it is, and what was written there, went past what tables hide.
#[test]
fn no_table_of_what_crossed_or_disagrees_shows_a_whole_phone_and_doors_stay() {
    let stick = tempfile::tempdir().unwrap();
    let to = |name: &str| stick.path().join(name).to_str().unwrap().to_owned();
    let (first, second) = (Laptop::of(31, "陈明", "一组"), Laptop::of(32, "张文彬", "二组"));
    let home = first.household("赵六");
    let wife = json!({"do": "member.add", "household": home, "name": "刘桂芝13905331111", "relation": "妻子"});
    let wife = done(first.batch(&[wife])).remove(0)["id"].clone();
    first.run(&["export", "--out", &to("0.zfb")]).ends(0);
    second.run(&["merge", &to("0.zfb")]).ends(0);
    let set = |head: &str, door: &str, (key, value): (&str, &str)| json!({"do": "household.set", "household": home, "head": head, "door": door, key: value});
    let said =
        |sex: &str, (key, value): (&str, &str)| json!({"do": "member.set", "member": wife, "sex": sex, key: value});
    done(first.batch(&[
        set("赵六13853301234", "12-1-1201", ("nickname", "六子13853301234")),
        said("female", ("birth_year", "1950")),
    ]));
    done(second.batch(&[
        set("赵六13853301299", "12-2-1301", ("spouse", "刘桂芝 139 0533 1111")),
        said("male", ("relation", "老伴")),
    ]));
    first.run(&["export", "--out", &to("1.zfb")]).ends(0);
    second.run(&["export", "--out", &to("2.zfb")]).ends(0);
    let office = Laptop::of(33, "李光军", "办公室");
    office.run(&["merge", &to("1.zfb"), &to("2.zfb")]).ends(0);
    for list in ["conflicts", "parallel"] {
        let (table, all) = (office.run(&["list", list]).ends(0).out, format!("{:?}", office.list(list)));
        for phone in ["13905331111", "13853301234", "13853301299", "139 0533 1111"] {
            assert!(!table.contains(phone), "{list}\n{table}");
        }
        assert!(all.contains("13853301234"), "{all}");
    }
    let table = office.run(&["list", "conflicts"]).ends(0).out;
    for said in ["赵六138****1234", "赵六138****1299", "刘桂芝139****1111", "12-1-1201", "12-2-1301"] {
        assert!(table.contains(said), "{said}\n{table}");
    }
    let table = office.run(&["list", "parallel"]).ends(0).out;
    assert!(table.contains("六子138****1234") && table.contains("刘桂芝139****1111"), "{table}");
}
