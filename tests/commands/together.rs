//! What merging means over months: a choice holds everywhere, a stick that is lost holds nothing up, a restored image goes on
//! beside what it had forgotten, and families joined by mistake part after years.

use serde_json::{Value as Json, json};

use super::harness::Laptop;

#[track_caller]
fn done(answers: &[Json]) {
    assert!(answers.iter().all(|answer| answer["ok"] == true), "{answers:?}");
}

/// Exports to a file of that name beside a laptop.
fn export(from: &Laptop, name: &str) -> String {
    let file = from.path(name).display().to_string();
    from.run(&["export", "--out", &file]).ends(0);
    file
}

/// Lets two laptops take what the other has.
fn exchange(one: &Laptop, other: &Laptop, when: &str) {
    let (first, second) = (export(one, &format!("{when}-1.zfb")), export(other, &format!("{when}-2.zfb")));
    one.run(&["merge", &second]).ends(0);
    other.run(&["merge", &first]).ends(0);
}

/// Three laptops that know one household, of which two wrote down another door.
fn three_with_two_doors() -> ([Laptop; 3], String) {
    let laptops = [("陈明", "一组"), ("张文彬", "二组"), ("李光军", "办公室")];
    let mut seed = 80;
    let [one, two, office] = laptops.map(|(who, group)| {
        seed += 1;
        Laptop::of(seed, who, group)
    });
    let home = one.household("张守富");
    let file = export(&one, "0.zfb");
    for laptop in [&two, &office] {
        laptop.run(&["merge", &file]).ends(0);
    }
    for (laptop, door) in [(&one, "12号"), (&two, "21号")] {
        done(&laptop.batch(&[json!({"do": "household.set", "household": home, "door": door})]));
    }
    for file in [export(&one, "1.zfb"), export(&two, "1.zfb")] {
        office.run(&["merge", &file]).ends(0);
    }
    exchange(&one, &two, "1b");
    ([one, two, office], home)
}

fn choose(laptop: &Laptop, home: &str, door: &str) {
    done(&laptop.batch(&[json!({"do": "conflict.resolve", "entity": home, "fact": "door", "value": door})]));
}

/// The doors that people disagree on, and the one in use.
fn doors(laptop: &Laptop) -> (Vec<String>, String) {
    let mut values: Vec<String> =
        laptop.list("conflicts").iter().map(|one| one["value"].as_str().unwrap().to_owned()).collect();
    values.sort();
    (values, laptop.list("households")[0]["door"].as_str().unwrap().to_owned())
}

#[test]
fn a_choice_on_one_laptop_settles_the_question_on_all_with_the_next_exchange() {
    let ([one, two, office], home) = three_with_two_doors();
    for laptop in [&one, &two, &office] {
        assert_eq!(doors(laptop), (vec!["12号".to_owned(), "21号".to_owned()], "21号".to_owned()));
    }
    choose(&office, &home, "12号");
    let file = export(&office, "2.zfb");
    for laptop in [&one, &two] {
        let merged = laptop.run(&["merge", "--json", &file]).ends(0).json().remove(0);
        assert_eq!(merged["conflicts"], 0);
        assert_eq!(doors(laptop), (vec![], "12号".to_owned()), "chosen by the office, once for all");
    }
    // An old stick that comes late brings the question not back.
    for old in [one.path("1.zfb"), two.path("1.zfb")] {
        two.run(&["merge", old.to_str().unwrap()]).ends(0);
    }
    assert_eq!(doors(&two), (vec![], "12号".to_owned()));
}

#[test]
fn two_who_choose_differently_disagree_once_more_and_two_who_choose_alike_agree() {
    let ([one, two, office], home) = three_with_two_doors();
    choose(&one, &home, "12号");
    choose(&two, &home, "3号");
    exchange(&one, &two, "2");
    for laptop in [&one, &two] {
        let (values, _) = doors(laptop);
        assert_eq!(values, ["12号", "3号"], "one question, of what was chosen and nothing older");
    }
    choose(&one, &home, "3号");
    choose(&two, &home, "3号");
    exchange(&one, &two, "3");
    office.run(&["merge", &export(&two, "4.zfb")]).ends(0);
    for laptop in [&one, &two, &office] {
        assert_eq!(doors(laptop), (vec![], "3号".to_owned()));
    }
}

#[test]
fn a_lost_stick_holds_nothing_up() {
    let (group, office) = (Laptop::of(91, "陈明", "一组"), Laptop::of(92, "李光军", "办公室"));
    group.household("张守富");
    office.run(&["merge", &export(&group, "0.zfb")]).ends(0);
    group.run(&["merge", &export(&office, "0.zfb")]).ends(0);
    // Two sticks on the way to the office never arrive, one with everything and one with what it lacks.
    group.household("李桂英");
    std::fs::remove_file(export(&group, "1.zfb")).unwrap();
    let lost = group.path("2.zfb").display().to_string();
    group.run(&["export", "--for", "办公室", "--out", &lost]).ends(0);
    std::fs::remove_file(&lost).unwrap();
    group.household("王成友");
    let third = group.path("3.zfb").display().to_string();
    group.run(&["export", "--for", "办公室", "--out", &third]).ends(0);
    office.household("刘玉珍");
    let merged = office.run(&["merge", &third]).ends(0);
    assert!(!merged.out.contains("缺"), "what was on a lost stick is on the next one: {merged:?}");
    assert!(office.list("missing").is_empty());
    assert_eq!(office.list("households").len(), 4);
}

// A restored disk knows nothing of what it wrote since; under its old numbers it would have written other things.
#[test]
fn a_restored_image_never_forks_what_was_written_after_it() {
    let (group, office) = (Laptop::of(93, "陈明", "一组"), Laptop::of(94, "李光军", "办公室"));
    group.household("张守富");
    let image = group.path("image");
    crate::rebuild::copy(&group.data(), &image);
    group.household("李桂英");
    office.run(&["merge", &export(&group, "1.zfb")]).ends(0);
    std::fs::remove_dir_all(group.data()).unwrap();
    std::fs::rename(&image, group.data()).unwrap();
    group.household("王成友");
    let merged = office.run(&["merge", &export(&group, "2.zfb")]).ends(0);
    assert!(!merged.out.contains("quarantine"), "{merged:?}");
    assert!(
        merged.out.contains("一组 陈明 像是有两台"),
        "it is told until the image has its own words again: {merged:?}"
    );
    group.run(&["merge", &export(&office, "2.zfb")]).ends(0);
    let heads = |laptop: &Laptop| -> Vec<String> {
        let mut heads: Vec<String> =
            laptop.list("households").iter().map(|one| one["head"].as_str().unwrap().to_owned()).collect();
        heads.sort();
        heads
    };
    for laptop in [&group, &office] {
        assert_eq!(heads(laptop), ["张守富", "李桂英", "王成友"]);
        assert!(!laptop.run(&["check"]).ends(0).out.contains("quarantine"));
        assert!(laptop.list("missing").is_empty());
    }
}

#[test]
fn the_same_name_with_other_content_is_set_aside_and_said_by_merge_and_check() {
    // Two programs that write under one number: nothing but a test can make them.
    let (one, other, office) =
        (Laptop::of(5, "陈明", "一组"), Laptop::of(5, "林芳", "二组"), Laptop::of(21, "李光军", "办公室"));
    one.household("张守富");
    other.household("李桂英");
    office.run(&["merge", &export(&one, "1.zfb")]).ends(0);
    assert!(!office.run(&["check"]).ends(0).out.contains("quarantine"));
    let merged = office.run(&["merge", "--trust", &export(&other, "1.zfb")]).ends(0).out;
    let aside = "条编号相同而内容不同, 没有采用, 原样放在 quarantine 文件夹里.";
    assert!(merged.contains(aside), "{merged}");
    let checked = office.run(&["check"]).ends(0).out;
    assert!(checked.contains("quarantine 文件夹里有 1 个文件: 合并时编号相同而内容不同的记录, 原样保留."), "{checked}");
    assert_eq!(office.list("households")[0]["head"], "张守富", "what was known first stays");
}

/// Visits a household for twenty minutes and leaves a note and an issue.
fn visit(laptop: &Laptop, household: &Json, note: &str, issue: &str) {
    let on = "2021-05-18T19:30:00+08:00";
    let start = json!({"do": "visit.start", "household": household, "on": on});
    let visit = laptop.batch(&[start])[0]["id"].clone();
    done(&laptop.batch(&[
        json!({"do": "visit.note", "visit": visit, "text": note}),
        json!({"do": "issue.record", "visit": visit, "text": issue, "field": "culture"}),
        json!({"do": "visit.finish", "visit": visit, "minutes": 20, "outcome": "done"}),
    ]));
}

/// What each household has: its facts, and what was said in its visits.
fn all_of(laptop: &Laptop, household: &Json) -> Json {
    let households = laptop.list("households");
    let one = households.iter().find(|one| one["id"] == *household).unwrap();
    let said = |list: &str| {
        let mut texts: Vec<String> = laptop
            .list(list)
            .iter()
            .filter(|one| one["household"] == *household)
            .map(|one| one["text"].as_str().unwrap().to_owned())
            .collect();
        texts.sort();
        texts
    };
    let visits = laptop.list("visits").iter().filter(|visit| visit["household"] == *household).count();
    json!({
        "head": one["head"], "phones": one["phones"], "door": one["door"], "covered": one["covered"],
        "visits": visits, "lines": said("lines"), "issues": said("issues"),
    })
}

#[test]
fn two_families_joined_by_mistake_part_years_later_and_each_has_what_is_its_own() {
    let (one, two) = (Laptop::of(98, "陈明", "一组"), Laptop::of(99, "张文彬", "二组"));
    let (first, second) = (json!(one.household("张德富")), json!(one.household("张得富")));
    done(&one.batch(&[json!({"do": "household.set", "household": first, "door": "12号", "phone": "13853301234"})]));
    done(&one.batch(&[json!({"do": "household.set", "household": second, "door": "40号"})]));
    exchange(&one, &two, "0");
    // Each is visited on another laptop before anybody joins them.
    visit(&one, &first, "耳背", "没有广场");
    visit(&two, &second, "大儿子在青岛", "路灯不亮");
    exchange(&one, &two, "1");
    let before = [all_of(&one, &first), all_of(&one, &second)];
    done(&one.batch(&[json!({"do": "household.same", "household": first, "other": second})]));
    exchange(&one, &two, "2");
    for laptop in [&one, &two] {
        let family = laptop.list("households").remove(0);
        assert_eq!((laptop.list("households").len(), laptop.list("visits").len()), (1, 2));
        assert_eq!(family["covered"], true);
    }

    // Years pass; both laptops go on writing on the family under either of its names, merge and export.
    two.clock("2022-06-01T09:00:00+08:00", 0);
    visit(&two, &second, "添了孙子", "想修水渠");
    one.clock("2023-09-01T09:00:00+08:00", 0);
    done(&one.batch(&[json!({"do": "household.set", "household": first, "remark": "老伴住院"})]));
    exchange(&one, &two, "3");
    let joined = one.list("households").remove(0);
    assert_eq!((&joined["remark"], one.list("issues").len(), one.list("lines").len()), (&json!("老伴住院"), 3, 6));
    two.clock("2024-05-18T09:00:00+08:00", 0);
    done(&two.batch(&[json!({"do": "household.apart", "household": first, "other": second})]));
    exchange(&one, &two, "4");

    for laptop in [&one, &two] {
        assert_eq!(laptop.list("households").len(), 2);
        assert_eq!(all_of(laptop, &first), before[0], "as if they had never been one");
        let other = all_of(laptop, &second);
        let (was, now) = (before[1].as_object().unwrap(), other.as_object().unwrap());
        assert!(["head", "phones", "door", "covered"].iter().all(|key| was[*key] == now[*key]), "{other}");
        assert_eq!((&now["visits"], &now["issues"]), (&json!(2), &json!(["想修水渠", "路灯不亮"])));
        let remarks: Vec<Json> = laptop.list("households").iter().map(|one| one["remark"].clone()).collect();
        assert!(remarks.contains(&json!("老伴住院")), "{remarks:?}");
        assert!(laptop.list("conflicts").is_empty() && laptop.list("missing").is_empty());
        laptop.run(&["check"]).ends(0);
    }
    let lists = ["households", "visits", "lines", "issues"];
    assert!(lists.iter().all(|list| one.list(list) == two.list(list)));
}
