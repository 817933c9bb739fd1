//! The same family twice: proposed with reasons, decided by a person, parted again without loss; and two versions of a list.

use serde_json::{Value as Json, json};

use super::harness::Laptop;
use super::rosters::{bring, heads};

fn exchange(from: &Laptop, to: &Laptop) {
    let file = from.path("x.zfb");
    from.run(&["export", "--out", file.to_str().unwrap(), "--json"]).ends(0);
    to.run(&["merge", file.to_str().unwrap()]).ends(0);
    std::fs::remove_file(file).unwrap();
}

fn done(answers: &[Json]) {
    assert!(answers.iter().all(|answer| answer["ok"] == true), "{answers:?}");
}

/// Visits a household for twenty minutes and writes one note.
fn visit(laptop: &Laptop, household: &Json, note: &str) {
    let start = json!({"do": "visit.start", "household": household, "kind": "home", "visitors": ["陈明"], "on": "2021-05-18T19:30:00+08:00"});
    let visit = laptop.batch(&[start])[0]["id"].clone();
    done(&laptop.batch(&[
        json!({"do": "visit.note", "visit": visit, "text": note}),
        json!({"do": "visit.finish", "visit": visit, "minutes": 20, "outcome": "done"}),
    ]));
}

fn find<'a>(all: &'a [Json], head: &str) -> &'a Json {
    all.iter().find(|one| one["head"] == head).unwrap_or_else(|| panic!("no {head} in {all:?}"))
}

#[test]
fn a_family_entered_twice_is_proposed_and_a_person_decides() {
    let laptop = Laptop::of(1, "陈明", "一组");
    bring(
        &laptop,
        "名单.csv",
        &[
            "张德富,13853301234,东里东村",
            "张得富,13853301234,东里东村",
            "李桂英,13853301234,东里西村",
            "张守富,,东里东村",
        ],
    );
    let pairs = laptop.list("duplicates");
    assert_eq!(pairs.len(), 1, "who shares a phone or a surname stays apart: {pairs:?}");
    assert_eq!((pairs[0]["why"].as_str(), pairs[0]["points"].as_i64()), (Some("phone sound village"), Some(73)));
    let (one, other) = (pairs[0]["household"].clone(), pairs[0]["other"].clone());
    visit(&laptop, &one, "耳背");
    done(&laptop.batch(&[json!({"do": "household.set", "household": other, "remark": "大儿子在青岛"})]));

    done(&laptop.batch(&[json!({"do": "household.same", "household": one, "other": other})]));
    assert_eq!(heads(&laptop).len(), 3);
    assert!(laptop.list("duplicates").is_empty());
    let merged = laptop.list("households");
    let family = merged
        .iter()
        .find(|household| household["head"].as_str().unwrap().ends_with("富") && household["phones"] != json!([]))
        .unwrap();
    assert_eq!((&family["remark"], family["covered"].as_bool()), (&json!("大儿子在青岛"), Some(true)));
    // Any of its names will do, and what is written counts for the family.
    done(&laptop.batch(&[json!({"do": "household.set", "household": other, "remark": "改过"}), json!({"do": "undo"})]));

    done(&laptop.batch(&[json!({"do": "household.apart", "household": one, "other": other})]));
    let parted = laptop.list("households");
    assert_eq!(parted.len(), 4);
    assert!(laptop.list("duplicates").is_empty(), "who was told apart is not proposed again");
    let remarks: Vec<&Json> = parted.iter().filter(|one| one["remark"] == "大儿子在青岛").collect();
    assert_eq!(remarks.len(), 1, "nothing was carried over");
}

#[test]
fn joining_is_taken_back_with_one_step_and_holds_everywhere() {
    let (first, second) = (Laptop::of(1, "陈明", "一组"), Laptop::of(2, "张文彬", "二组"));
    bring(&first, "名单.csv", &["张德富,13853301234,东里东村", "张得富,13853301234,东里东村"]);
    let pair = first.list("duplicates").remove(0);
    let same = json!({"do": "household.same", "household": pair["household"], "other": pair["other"]});
    done(&first.batch(&[same.clone(), json!({"do": "undo"})]));
    assert_eq!(heads(&first).len(), 2);
    done(&first.batch(&[same]));
    exchange(&first, &second);
    assert_eq!(heads(&second).len(), 1);
    // Two people who say otherwise without knowing of each other disagree, and both words stay.
    done(&second.batch(&[json!({"do": "household.apart", "household": pair["household"], "other": pair["other"]})]));
    assert_eq!(heads(&second).len(), 2);
    exchange(&second, &first);
    assert_eq!((heads(&first).len(), first.list("conflicts").len()), (2, 0), "the later word knew of the earlier");
}

// Two laptops imported two versions, each for itself: the office had every family twice.
#[test]
fn two_versions_of_a_list_become_one_set_with_one_request() {
    let (first, second) = (Laptop::of(1, "陈明", "一组"), Laptop::of(2, "张文彬", "二组"));
    bring(
        &first,
        "五月.csv",
        &[
            "张守富,13853301234,东里东村",
            "李桂英,13853305678,东里东村",
            "王成友,13853309999,东里东村",
            "刘玉珍,13853300001,东里东村",
        ],
    );
    bring(
        &second,
        "六月.csv",
        &[
            "张守福,13853301234,东里东村",
            "李桂英,13853305678,东里西村",
            "王成友,13853309999,东里东村",
            "孙传宝,13853300002,东里东村",
        ],
    );
    visit(&first, &find(&first.list("households"), "张守富")["id"], "修过水渠");
    done(&second.batch(&[
        json!({"do": "household.set", "household": find(&second.list("households"), "王成友")["id"], "remark": "耳背"}),
    ]));
    exchange(&second, &first);
    exchange(&first, &second);
    assert_eq!(heads(&first).len(), 8);
    let version = first.run(&["list", "versions", "--json"]).ends(0).json().remove(0);
    assert_eq!((version["bound"].as_u64(), version["alone"].as_u64()), (Some(3), Some(4)));
    assert!(first.list("duplicates").is_empty(), "what the list offers is not asked again one by one");
    for laptop in [&first, &second] {
        done(&laptop.batch(&[json!({"do": "roster.bind", "import": version["import"]})]));
    }
    exchange(&first, &second);
    exchange(&second, &first);
    assert_eq!(heads(&first).len(), 5);
    assert_eq!(first.list("households"), second.list("households"));
    assert!(first.list("conflicts").is_empty(), "both bound the same");
    let all = first.list("households");
    assert_eq!(find(&all, "王成友")["remark"], "耳背", "what was written on either version counts");
    assert!(all.iter().any(|one| one["covered"] == true));
    done(&first.batch(&[
        json!({"do": "household.apart", "household": find(&all, "王成友")["id"], "other": find(&all, "李桂英")["id"]}),
    ]));
}

// On one laptop a column was corrected, so that the same file gave two rosters.
#[test]
fn one_file_read_with_a_corrected_column_on_one_laptop_is_still_one_set() {
    let (first, second) = (Laptop::of(1, "陈明", "一组"), Laptop::of(2, "张文彬", "二组"));
    let rows: String = ["张守富", "李桂英", "王成友", "刘玉珍", "孙传宝"]
        .iter()
        .enumerate()
        .map(|(at, head)| format!("{head},1385330{at}001,东里东村,{}\n", at + 1))
        .collect();
    for (laptop, more) in [(&first, &[][..]), (&second, &["--column", "4=size"][..])] {
        let file = laptop.path("名单.csv");
        std::fs::write(&file, format!("户主姓名,联系电话,村(居),数\n{rows}")).unwrap();
        laptop.run(&[&["import", file.to_str().unwrap()], more].concat()).ends(0);
    }
    exchange(&second, &first);
    assert_eq!(heads(&first).len(), 10);
    let version = first.list("versions").remove(0);
    assert_eq!((version["bound"].as_u64(), version["alone"].as_u64()), (Some(5), Some(5)));
    done(&first.batch(&[json!({"do": "roster.bind", "import": version["import"]})]));
    exchange(&first, &second);
    assert_eq!((heads(&first).len(), heads(&second).len()), (5, 5));
    assert_eq!(find(&second.list("households"), "孙传宝")["size"], 5, "what one reading has is not lost");
}
