//! Close-out numbers of a copied disk: the original and the copy close out different issues under one number. Whoever merges
//! both, in whatever order, shows the same numbers, each of them once.

use serde_json::{Value as Json, json};

use super::harness::Laptop;
use super::issues::done;
use crate::rebuild::copy;

/// Takes an issue from its recording to the check before close-out.
fn told(laptop: &Laptop, household: &str, text: &str) -> Json {
    let recorded = json!({"do": "issue.record", "household": household, "text": text, "field": "agriculture"});
    let issue = done(&laptop.batch(&[recorded]))[0]["id"].clone();
    done(&laptop.batch(&[
        json!({"do": "issue.screen", "issue": issue, "decision": "accept", "unit": "水利站"}),
        json!({"do": "issue.plan", "issue": issue, "text": "修"}),
        json!({"do": "issue.resolve", "issue": issue, "text": "好了"}),
        json!({"do": "issue.feedback", "issue": issue, "answer": "satisfied"}),
    ]));
    issue
}

fn close(laptop: &Laptop, issue: &Json) -> String {
    let answer = done(&laptop.batch(&[json!({"do": "issue.close", "issue": issue})]));
    answer[0]["number"].as_str().unwrap().to_owned()
}

fn export(laptop: &Laptop, name: &str) -> String {
    let file = laptop.path(name).to_str().unwrap().to_owned();
    laptop.run(&["export", "--full", "--out", &file]).ends(0);
    file
}

fn numbers(laptop: &Laptop) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = laptop
        .list("issues")
        .iter()
        .map(|one| (one["text"].as_str().unwrap().to_owned(), one["number"].as_str().unwrap_or("").to_owned()))
        .collect();
    all.sort();
    all
}

#[test]
fn a_number_that_a_copied_disk_gave_twice_has_one_suffix_on_every_laptop_in_whatever_order() {
    let original = Laptop::of(1, "陈明", "一组");
    let household = original.household("张守富");
    let texts = ["机井坏了", "没路灯", "路不平"];
    let issues: Vec<Json> = texts.iter().map(|text| told(&original, &household, text)).collect();
    // The copy is written under other numbers, as every run of the program is.
    let clone = Laptop::new(2);
    copy(&original.data(), &clone.data());
    let ours = close(&original, &issues[0]);
    let theirs = close(&clone, &issues[1]);
    assert_eq!(ours, theirs, "neither could know");
    let files = [export(&original, "a.zfb"), export(&clone, "b.zfb")];

    let mut seen: Vec<Vec<(String, String)>> = Vec::new();
    for (seed, order) in [(5, [0, 1]), (6, [1, 0])] {
        let other = Laptop::of(seed, "李代祥", "二组");
        other.household("王成友");
        for file in order {
            let file = &files[file];
            // Signed with one key by two disks: a person says that both are theirs.
            other.run(&["merge", "--trust", file]);
        }
        other.run(&["merge", "--trust", &files[0]]);
        seen.push(numbers(&other));
    }
    for (laptop, file) in [(&original, &files[1]), (&clone, &files[0])] {
        laptop.run(&["merge", "--trust", file]);
        seen.push(numbers(laptop));
    }
    let first = seen[0].clone();
    assert!(seen.iter().all(|other| *other == first), "{seen:?}");
    let closed: Vec<&String> = first.iter().map(|(_, number)| number).filter(|number| !number.is_empty()).collect();
    assert_eq!(closed.len(), 2);
    assert!(closed.contains(&&ours) && closed[0] != closed[1], "{closed:?}");
    let suffixed = closed.iter().find(|number| **number != &ours).unwrap();
    assert!(suffixed.starts_with(&format!("{ours}-")), "{suffixed}");

    let steps = original.list("steps");
    let said: Vec<&Json> = steps.iter().filter(|step| step["step"] == "close").map(|step| &step["said"]).collect();
    assert!(said.contains(&&json!(suffixed)) && said.contains(&&json!(ours)), "{said:?}");

    // Spoken of without its suffix it is not clear which is meant; with it, it is.
    let ask = |number: &str| original.batch(&[json!({"do": "issue.look_back", "issue": number, "result": "stable"})]);
    assert_eq!(ask(&ours)[0]["kind"], "bad-number");
    let found = original.run(&["list", "issues", "--json", "--where", &ours]).ends(0).json();
    assert_eq!(found.len(), 2, "either may stand on paper under it");
    done(&ask(suffixed));
    // What is closed out next has a number that nobody has.
    assert_eq!(close(&original, &issues[2]).split('-').nth(1), Some("0002"));
}

#[test]
fn a_code_that_no_number_holds_is_refused() {
    let laptop = Laptop::of(1, "陈明", "一组");
    let set = |code: &str| json!({"do": "device.set", "code": code});
    assert_eq!(laptop.batch(&[set("办公室第一台")])[0]["ok"], true);
    assert_eq!(laptop.batch(&[set("办公室的第一台")])[0]["kind"], "bad-value");
}

#[test]
fn a_laptop_that_was_given_another_code_counts_under_each_of_the_two_and_both_numbers_are_found() {
    let laptop = Laptop::of(1, "陈明", "一组");
    let household = laptop.household("张守富");
    let close_one = |text: &str| close(&laptop, &told(&laptop, &household, text));
    let first = close_one("机井坏了");
    laptop.run(&["device", "--set", "code=二号"]).ends(0);
    let second = close_one("路灯不亮");
    laptop.run(&["device", "--set", "code=1号"]).ends(0);
    let third = close_one("水渠漏水");
    for (number, begins) in [(&first, "1号-0001-"), (&second, "二号-0001-"), (&third, "1号-0002-")] {
        assert!(number.starts_with(begins), "{number}");
        assert_eq!(laptop.run(&["list", "issues", "--json", "--where", number]).ends(0).json().len(), 1, "{number}");
    }
}
