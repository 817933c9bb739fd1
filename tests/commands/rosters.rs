//! Rosters come in: looked at first, the same list once, several at a time.

use std::path::Path;

use super::harness::Laptop;

/// Holds a text against a file of the tree; `ZOUFANG_WRITE_DOCS=1` writes the file instead.
pub fn same_as_file(path: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("ZOUFANG_WRITE_DOCS").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(kept == text, "{} is not in step; ZOUFANG_WRITE_DOCS=1 writes it anew:\n{text}", path.display());
}

#[test]
fn a_look_says_how_everything_was_understood_and_changes_nothing() {
    let laptop = Laptop::new(1);
    let look = laptop.run(&["import", "--dry-run", "r500.xlsx"]).ends(0);
    same_as_file("tests/data/commands/import-r500.txt", &look.out);
    let english = laptop.run(&["import", "--dry-run", "r500_gbk.csv", "--lang", "en"]).ends(0);
    same_as_file("tests/data/commands/import-r500-en.txt", &english.out);
    assert!(!laptop.data().exists());
}

#[test]
fn a_list_comes_in_once_in_whatever_form() {
    let laptop = Laptop::of(1, "陈明", "一组");
    let first = laptop.run(&["import", "r500.xlsx", "--json"]).ends(0).json();
    assert_eq!((first[0]["households"].as_u64(), first[0]["known"].as_bool()), (Some(500), Some(false)));
    let before = laptop.list("households");
    assert_eq!(before.len(), 500);
    let again = laptop.run(&["import", "r500.xlsx", "r500.xls", "--json"]).ends(0).json();
    assert!(again.iter().all(|file| file["known"] == true), "{again:?}");
    assert_eq!(laptop.list("households"), before);
    let look = laptop.run(&["import", "r500.xlsx", "--dry-run"]).ends(0);
    assert!(look.out.contains("已经导入过"));
}

#[test]
fn a_file_that_cannot_be_read_stops_none_of_the_others() {
    let laptop = Laptop::of(1, "陈明", "一组");
    let part = laptop.run(&["import", "no-such-file.xlsx", "r500.xlsx"]).ends(3);
    assert!(part.err.contains("no-such-file.xlsx") && part.out.contains("新户 500"));
    let none = laptop.run(&["import", "r500_truth.csv", "--json"]).ends(1).json();
    assert_eq!((none[0]["ok"].as_bool(), none[0]["kind"].as_str()), (Some(false), Some("roster-no-names")));
    assert_eq!(none[0]["file"].as_str(), Some("r500_truth.csv"));
}

#[test]
fn lists_hide_from_other_eyes_what_scripts_get() {
    let laptop = Laptop::of(1, "陈明", "一组");
    laptop.run(&["import", "r500.xlsx"]).ends(0);
    let one = &laptop.list("households")[0];
    let (id, phone) = (one["id"].as_str().unwrap(), one["phones"][0].as_str().unwrap());
    laptop.batch(&[
        serde_json::json!({"do": "member.add", "household": id, "name": "李四", "health": "chronic"}),
        serde_json::json!({"do": "issue.record", "household": id, "text": "邻里纠纷", "field": "governance", "confidential": true}),
    ]);
    for (what, hidden) in [("households", phone), ("members", "慢性病"), ("issues", "纠纷"), ("lines", "纠纷")] {
        let table = laptop.run(&["list", what]).ends(0).out;
        assert!(!table.contains(hidden), "{what} shows {hidden}");
        let values = laptop.run(&["list", what, "--json"]).ends(0).out;
        assert!(values.contains(if hidden == "慢性病" { "chronic" } else { hidden }), "{what} lacks {hidden}");
    }
    let found = laptop.run(&["list", "households", "--where", phone, "--json"]).ends(0).json();
    assert_eq!(found[0]["id"].as_str(), Some(id));
    let narrowed = laptop.run(&["list", "issues", "--where", phone, "--json"]).ends(0).json();
    assert_eq!(narrowed.len(), 1);
    assert!(laptop.run(&["list", "issues", "--where", "没有这个人"]).ends(0).out.is_empty());
}

// It became part of the name, and every list showed it whole.
#[test]
fn a_phone_in_the_cell_of_a_name_is_a_phone_and_whoever_wrote_one_behind_a_name_shows_it_on_no_list() {
    let laptop = Laptop::of(1, "陈明", "一组");
    let text = "户主姓名,联系电话,村名\n赵六13853301234,,东里东村\n李桂英,13853305678,东里东村\n";
    std::fs::write(laptop.path("花名册.csv"), text).unwrap();
    laptop.run(&["import", laptop.path("花名册.csv").to_str().unwrap()]).ends(0);
    let homes = laptop.list("households");
    let zhao = homes.iter().find(|home| home["head"] == "赵六").unwrap();
    assert_eq!(zhao["phones"], serde_json::json!(["13853301234"]));
    let doubt = &laptop.list("doubts")[0];
    assert_eq!((doubt["code"].as_str(), doubt["raw"].as_str()), (Some("name-number"), Some("赵六13853301234")));
    let li = homes.iter().find(|home| home["head"] == "李桂英").unwrap()["id"].clone();
    laptop.batch(&[
        serde_json::json!({"do": "household.set", "household": li, "head": "李桂英１３９０５３３１１１１", "spouse": "张三 139 0533 2222"}),
        serde_json::json!({"do": "issue.record", "household": li, "text": "路灯不亮", "field": "governance"}),
        serde_json::json!({"do": "visit.start", "household": li}),
    ]);
    for what in ["households", "doubts", "issues", "lines", "visits", "missing", "duties", "steps"] {
        let table = laptop.run(&["list", what]).ends(0).out;
        for phone in ["13853301234", "１３９０５３３１１１１", "139 0533 2222"] {
            assert!(!table.contains(phone), "{what}\n{table}");
        }
    }
    // Whoever wrote the list gets it back as it is known, word for word.
    let back = laptop.path("back.xlsx");
    laptop.run(&["document", "roster", "--out", back.to_str().unwrap()]).ends(0);
    let sheet = zoufang::intake::read_file(&back, &zoufang::intake::Guess::default()).unwrap();
    let raw = sheet.rows.iter().flat_map(|row| &row.doubts).map(|doubt| doubt.raw.as_str()).collect::<Vec<_>>();
    assert!(raw.contains(&"李桂英１３９０５３３１１１１"), "{raw:?}");
}

// Seven digits over gaps were taken for a phone: the doors of a housing estate became one, and namesakes one family.
#[test]
fn the_door_of_a_flat_stays_as_it_is_written_and_tells_namesakes_apart() {
    let laptop = Laptop::of(1, "陈明", "一组");
    let list = |name: &str, rows: &str| {
        std::fs::write(laptop.path(name), format!("户主姓名,联系电话,村名,门牌号\n{rows}")).unwrap();
        laptop.run(&["import", laptop.path(name).to_str().unwrap()]).ends(0);
    };
    list("一.csv", "张伟,13853301234,东里东村,12-1-1201\n李静,13853305678,东里东村,12-1-1202\n");
    laptop.household("东里镇2021001合作社");
    let homes = laptop.list("households");
    let facts = |key: &str| -> Vec<&str> { homes.iter().filter_map(|home| home[key].as_str()).collect() };
    assert!(facts("door").contains(&"12-1-1201") && facts("door").contains(&"12-1-1202"), "{:?}", facts("door"));
    assert!(facts("head").contains(&"东里镇2021001合作社"), "{:?}", facts("head"));
    let table = laptop.run(&["list", "households"]).ends(0).out;
    assert!(table.contains("12-1-1201") && table.contains("12-1-1202"), "{table}");
    let found = laptop.run(&["list", "households", "--where", "12-1-1201", "--json"]).ends(0).json();
    assert_eq!(found.iter().map(|home| home["head"].as_str().unwrap()).collect::<Vec<_>>(), ["张伟"]);

    list("二.csv", "张伟,13905331111,东里东村,12-2-1301\n李静,13905332222,东里东村,12-2-1302\n");
    let homes = laptop.list("households");
    assert_eq!(homes.iter().filter(|home| home["head"] == "张伟" || home["head"] == "李静").count(), 4, "{homes:?}");
}

#[test]
fn scripts_and_the_search_get_a_name_as_it_is_written_and_tables_do_not() {
    let laptop = Laptop::of(1, "陈明", "一组");
    std::fs::write(laptop.path("花名册.csv"), "户主姓名,村名\n李桂英,东里东村\n").unwrap();
    laptop.run(&["import", laptop.path("花名册.csv").to_str().unwrap()]).ends(0);
    let li = laptop.list("households")[0]["id"].clone();
    laptop.batch(&[
        serde_json::json!({"do": "household.set", "household": li, "head": "李桂英13905331111", "door": "院东 139 0533 2222"}),
    ]);
    let home = &laptop.list("households")[0];
    assert_eq!((home["head"].as_str(), home["door"].as_str()), (Some("李桂英13905331111"), Some("院东 139 0533 2222")));
    assert_eq!(laptop.run(&["list", "households", "--where", "13905331111", "--json"]).ends(0).json().len(), 1);
    let table = laptop.run(&["list", "households"]).ends(0).out;
    assert!(table.contains("李桂英139****1111") && table.contains("院东 139****2222"), "{table}");
}

#[test]
fn people_of_a_list_with_one_person_a_row_are_on_the_card_once_and_the_same_on_every_laptop() {
    let (first, second) = (Laptop::of(1, "陈明", "一组"), Laptop::of(2, "张文彬", "二组"));
    let text = "姓名,与户主关系,健康状况,电话,村名\n张守富,户主,,13853301234,东里东村\n刘桂芝,妻,慢性病,,东里东村\n张伟,子,,13853305678,东里东村\n";
    for laptop in [&first, &second] {
        std::fs::write(laptop.path("花名册.csv"), text).unwrap();
        let said = laptop.run(&["import", laptop.path("花名册.csv").to_str().unwrap(), "--json"]).ends(0).json();
        assert_eq!((said[0]["households"].as_u64(), said[0]["members"].as_u64()), (Some(1), Some(2)));
    }
    let people = first.list("members");
    assert_eq!(people, second.list("members"));
    let wife = people.iter().find(|person| person["name"] == "刘桂芝").unwrap();
    assert_eq!((wife["head"].as_str(), wife["health"].as_str()), (Some("张守富"), Some("chronic")));
    second.batch(&[serde_json::json!({"do": "member.set", "member": wife["id"], "health": "serious"})]);
    second.run(&["export", "--out", second.path("stick.zfb").to_str().unwrap()]).ends(0);
    first.run(&["merge", second.path("stick.zfb").to_str().unwrap()]).ends(0);
    let healths = |laptop: &Laptop| -> Vec<String> {
        let people = laptop.list("members");
        people.iter().map(|person| format!("{} {}", person["name"], person["health"])).collect()
    };
    assert_eq!(healths(&first).len(), 2);
    assert!(healths(&first).contains(&"\"刘桂芝\" \"serious\"".to_owned()), "{:?}", healths(&first));

    // A later list with the same family: the people are not there twice, and what was written stays.
    std::fs::write(first.path("新.csv"), format!("{text}张小伟,孙,,,东里东村\n")).unwrap();
    first.run(&["import", first.path("新.csv").to_str().unwrap()]).ends(0);
    let mut now = healths(&first);
    now.sort();
    assert_eq!(now, ["\"刘桂芝\" \"serious\"", "\"张伟\" null", "\"张小伟\" null"]);
    let back = first.run(&["document", "roster", "--out", first.path("back.xlsx").to_str().unwrap(), "--json"]).ends(0);
    assert_eq!(back.json()[0]["rows"].as_u64(), Some(4));
}

#[test]
fn what_a_list_is_can_be_said_and_is_remembered_for_its_shape() {
    let laptop = Laptop::of(1, "陈明", "一组");
    let list = |name: &str, rows: &str| {
        std::fs::write(laptop.path(name), format!("序号,甲,乙,联系电话\n{rows}")).unwrap();
        laptop.path(name).to_str().unwrap().to_owned()
    };
    let may =
        list("may.csv", "1,张守富,李桂英,13853301234\n2,王成友,刘玉珍,13853305678\n3,孙传宝,赵淑芬,13853300001\n");
    assert!(laptop.run(&["import", &may, "--column", "3=nothing"]).ends(1).err.contains("household_number"));
    let said = ["import", &may, "--column", "3=head", "--column", "2=none", "--household-kind", "community", "--json"];
    let come = laptop.run(&said).ends(0).json();
    assert_eq!(come[0]["columns"][2]["field"].as_str(), Some("head"));
    let households = laptop.list("households");
    assert!(households.iter().all(|one| one["kind"] == "community"), "{households:?}");

    let june = list("june.csv", "1,周五,高宗海,13853301111\n2,郑六,任淑兰,13853302222\n3,吴七,江秀云,13853303333\n");
    let look = laptop.run(&["import", "--dry-run", &june, "--json"]).ends(0).json();
    assert_eq!(look[0]["columns"][2]["field"].as_str(), Some("head"), "as was said in May");
    laptop.run(&["import", &june, "--as-guessed", "--json"]).ends(0);
    let forgotten = laptop.run(&["import", "--dry-run", &june, "--json"]).ends(0).json();
    assert!(forgotten[0]["columns"][2]["field"].is_null(), "as it was guessed, and so from now on");
    let nameless = list("none.csv", "");
    assert!(laptop.run(&["import", &nameless]).ends(1).err.contains("--column 2=head"));
    let none =
        laptop.run(&["import", "--dry-run", &june, "--header", "0", "--column", "3=head", "--json"]).ends(0).json();
    assert_eq!(none[0]["households"].as_u64(), Some(4), "without a header its words are a row like the others");
}

#[test]
fn an_import_is_taken_back_whole_and_what_people_wrote_stays() {
    let (first, second) = (Laptop::of(1, "陈明", "一组"), Laptop::of(2, "张文彬", "二组"));
    for laptop in [&first, &second] {
        laptop.run(&["import", "r500.xlsx"]).ends(0);
    }
    let households = first.list("households");
    let id = |at: usize| households[at]["id"].clone();
    first.batch(&[
        serde_json::json!({"do": "household.set", "household": id(0), "remark": "耳背"}),
        serde_json::json!({"do": "visit.start", "household": id(1), "kind": "home", "visitors": ["陈明"]}),
    ]);
    let exchange = |from: &Laptop, to: &Laptop| {
        from.run(&["export", "--out", from.path("x.zfb").to_str().unwrap(), "--json"]).ends(0);
        to.run(&["merge", from.path("x.zfb").to_str().unwrap()]).ends(0);
        std::fs::remove_file(from.path("x.zfb")).unwrap();
    };
    exchange(&second, &first);
    assert_eq!(first.list("imports").len(), 2, "two laptops imported it");

    let said = first.run(&["unimport", "r500", "--json"]).ends(0).json();
    assert_eq!((said[0]["gone"].as_u64(), said[0]["kept"].as_u64()), (Some(498), Some(2)));
    let mut left: Vec<String> = first.list("households").iter().map(|one| one["id"].to_string()).collect();
    left.sort();
    let mut want = vec![id(0).to_string(), id(1).to_string()];
    want.sort();
    assert_eq!(left, want);
    assert!(first.list("imports").is_empty());
    assert!(first.list("doubts").len() < 5, "cells in doubt go with their rows");
    assert!(first.run(&["unimport"]).ends(1).err.contains("还没有导入过名册"));

    exchange(&first, &second);
    assert_eq!(second.list("households"), first.list("households"), "it holds on every laptop");
    let again = second.run(&["import", "r500.xlsx", "--json"]).ends(0).json();
    assert_eq!(again[0]["known"].as_bool(), Some(false));
    exchange(&second, &first);
    let ids = |all: Vec<serde_json::Value>| all.iter().map(|one| one["id"].to_string()).collect::<Vec<_>>();
    assert_eq!(ids(first.list("households")), ids(households), "importing it again brings all back");
}

#[test]
fn every_sheet_that_is_a_list_can_come_in_at_once() {
    let laptop = Laptop::of(1, "陈明", "一组");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheets = [("东里东村", "张守富"), ("说明", ""), ("东里西村", "李桂英"), ("东安村", "王成友")];
    for (name, head) in sheets {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        sheet.write(0, 0, if head.is_empty() { "请各村核对" } else { "户主姓名" }).unwrap();
        if !head.is_empty() {
            sheet.write(0, 1, "联系电话").unwrap();
            sheet.write(1, 0, head).unwrap();
        }
    }
    let file = laptop.path("各村.xlsx");
    book.save(&file).unwrap();
    let file = file.to_str().unwrap();
    let one = laptop.run(&["import", file, "--sheet", "东里西村", "--dry-run", "--json"]).ends(0).json();
    assert_eq!((one.len(), one[0]["sheet"].as_str()), (1, Some("东里西村")));
    let all = laptop.run(&["import", file, "--sheet", "全部", "--json"]).ends(0).json();
    let names: Vec<&str> = all.iter().filter_map(|read| read["sheet"].as_str()).collect();
    assert_eq!(names, ["东里东村", "东里西村", "东安村"]);
    let mut villages: Vec<String> = laptop.list("households").iter().map(|one| one["village"].to_string()).collect();
    villages.sort();
    assert_eq!(villages.len(), 3, "{villages:?}");
    let again = laptop.run(&["import", file, "--dry-run", "--json"]).ends(0).json();
    assert_eq!(again[0]["sheet"].as_str(), Some("东里东村"), "no sheet is remembered by taking them all");
}

/// Writes a list with head, phone and village, and imports it.
pub fn bring(laptop: &Laptop, name: &str, rows: &[&str]) {
    let file = laptop.path(name);
    std::fs::write(&file, format!("户主姓名,联系电话,村(居)\n{}\n", rows.join("\n"))).unwrap();
    laptop.run(&["import", file.to_str().unwrap()]).ends(0);
}

pub fn heads(laptop: &Laptop) -> Vec<String> {
    let mut heads: Vec<String> =
        laptop.list("households").iter().map(|one| one["head"].as_str().unwrap().to_owned()).collect();
    heads.sort();
    heads
}

// Households that the next version lists too vanished with the version before it.
#[test]
fn taking_the_first_version_back_leaves_what_the_next_one_lists() {
    let laptop = Laptop::of(1, "陈明", "一组");
    bring(&laptop, "五月.csv", &["张守富,13853301234,东里东村", "李桂英,13853305678,东里东村"]);
    bring(&laptop, "六月.csv", &["张守富,13853301234,东里东村", "王成友,13853309999,东里西村"]);
    assert_eq!(heads(&laptop), ["张守富", "李桂英", "王成友"]);
    laptop.run(&["unimport", "五月"]).ends(0);
    assert_eq!(heads(&laptop), ["张守富", "王成友"]);
    laptop.run(&["unimport", "六月"]).ends(0);
    assert!(heads(&laptop).is_empty());
}

// A row entered twice was no question any more as soon as next month's list named both households again, and each place told
// another number.
#[test]
fn what_nobody_decided_stays_in_doubt_with_the_next_version_and_is_counted_in_one_way() {
    let laptop = Laptop::of(1, "陈明", "一组");
    let twice = "张守富,13853301234,东里东村,3";
    let import = |name: &str, rows: &[&str]| {
        let file = laptop.path(name);
        std::fs::write(&file, format!("户主姓名,联系电话,村(居),组\n{}\n", rows.join("\n"))).unwrap();
        let said = laptop.run(&["import", file.to_str().unwrap(), "--json"]).ends(0).json();
        said[0]["doubts"].as_u64().unwrap()
    };
    let first = [twice, twice, "李桂英,1385330567,东里东村,2", "王成友,1385330999,东里西村,1"];
    assert_eq!((import("五月.csv", &first), laptop.list("doubts").len()), (3, 3));
    let wang = laptop.list("doubts").into_iter().find(|doubt| doubt["head"] == "王成友").unwrap();
    laptop.batch(&[serde_json::json!({"do": "household.settle", "household": wang["household"], "fact": "phone/"})]);
    let next = [twice, "刘玉珍,1385330777,东里东村,1", twice, first[2], first[3]];
    assert_eq!(import("六月.csv", &next), 3, "what was settled is not told again");
    let doubts = laptop.list("doubts");
    let said: Vec<&str> = doubts.iter().filter_map(|doubt| doubt["why"].as_str()).collect();
    assert!(doubts.len() == 3 && said.contains(&"和第 2 行完全一样"), "{doubts:?}");
    // Once a person says that both are one family it is answered.
    let both: Vec<_> = laptop.list("households").into_iter().filter(|one| one["head"] == "张守富").collect();
    let same = serde_json::json!({"do": "household.same", "household": both[0]["id"], "other": both[1]["id"]});
    assert_eq!(laptop.batch(&[same])[0]["ok"], true);
    assert_eq!(laptop.list("doubts").len(), 2);
}

// Scripts that looked at a later roster got how many cells are in doubt, and never which.
#[test]
fn a_look_at_a_later_roster_gives_the_cells_in_doubt_and_how_many_will_be_listed() {
    let laptop = Laptop::of(1, "陈明", "一组");
    bring(&laptop, "五月.csv", &["张守富,13853301234,东里东村", "李桂英,13853305678,东里东村"]);
    let file = laptop.path("六月.csv");
    let rows = "张守富,13853301234,东里东村,很多\n王成友,13853309999,东里西村,3\n";
    std::fs::write(&file, format!("户主姓名,联系电话,村(居),家庭人口\n{rows}")).unwrap();
    let said = laptop.run(&["import", file.to_str().unwrap(), "--dry-run", "--json"]).ends(0).json();
    let cells = said[0]["in_doubt"].as_array().unwrap();
    let counts = ["doubts", "bound", "households"].map(|key| said[0][key].as_u64());
    assert_eq!((counts, cells.len()), ([Some(1); 3], 1), "{said:?}");
    let cell = ["row", "field", "raw", "why"].map(|key| cells[0][key].to_string());
    assert_eq!(cell, ["2", r#""size""#, r#""很多""#, r#""size-odd""#]);
}

// A family vanished although somebody had written down an illness.
#[test]
fn a_family_stays_where_only_its_people_were_written_on() {
    let laptop = Laptop::of(1, "陈明", "一组");
    let file = laptop.path("花名册.csv");
    let rows = "户号,姓名,与户主关系,村(居)\n1,张守富,户主,东里东村\n1,李桂英,妻,东里东村\n2,王成友,户主,东里东村\n2,刘玉珍,妻,东里东村\n";
    std::fs::write(&file, rows).unwrap();
    laptop.run(&["import", file.to_str().unwrap()]).ends(0);
    let wife = laptop.list("members").into_iter().find(|one| one["name"] == "李桂英").unwrap();
    laptop.batch(&[serde_json::json!({"do": "member.set", "member": wife["id"], "health": "chronic"})]);
    laptop.run(&["unimport"]).ends(0);
    assert_eq!(heads(&laptop), ["张守富"]);
}

// Ctrl-Z after settling a cell left it settled: the same value was written once more.
#[test]
fn taking_a_settled_cell_back_puts_it_in_doubt_again() {
    let laptop = Laptop::of(1, "陈明", "一组");
    bring(&laptop, "名单.csv", &["张守富,1385330123,东里东村"]);
    let doubts = laptop.list("doubts");
    assert_eq!((doubts.len(), doubts[0]["row"].as_u64(), doubts[0]["file"].as_str()), (1, Some(2), Some("名单.csv")));
    let household = doubts[0]["household"].clone();
    for settle in [
        serde_json::json!({"do": "household.settle", "household": household, "fact": "phone/"}),
        serde_json::json!({"do": "household.set", "household": household, "phone": "13853301234"}),
    ] {
        let answers = laptop.batch(&[settle, serde_json::json!({"do": "undo"})]);
        assert!(answers.iter().all(|answer| answer["ok"] == true), "{answers:?}");
        assert_eq!(laptop.list("doubts"), doubts);
        assert_eq!(laptop.list("households")[0]["phones"], serde_json::json!([]));
    }
}

// The word of an earlier roster could not be written again: it stood there already, under the newer roster's.
#[test]
fn what_an_older_roster_said_can_be_written_over_the_newer_ones_word() {
    let laptop = Laptop::of(1, "陈明", "一组");
    bring(&laptop, "五月.csv", &["张守富,13853301234,东里东村"]);
    bring(&laptop, "六月.csv", &["张守富,13853301234,东里西村"]);
    let one = laptop.list("households").remove(0);
    assert_eq!(one["village"], "东里西村");
    laptop.batch(&[serde_json::json!({"do": "household.set", "household": one["id"], "village": "东里东村"})]);
    assert_eq!(laptop.list("households")[0]["village"], "东里东村");
}

// One more option made the program forget the columns that had been said.
#[test]
fn what_is_said_of_a_list_adds_to_what_was_said_before() {
    let laptop = Laptop::of(1, "陈明", "一组");
    let file = laptop.path("五月.csv");
    std::fs::write(
        &file,
        "联系电话,户主,村(居)\n13853301234,张守富,东里东村\n13853305678,李桂英,东里东村\n13853309999,王成友,东里东村\n",
    )
    .unwrap();
    let file = file.to_str().unwrap().to_owned();
    laptop.run(&["import", &file, "--column", "3=remark"]).ends(0);
    let fields = |args: &[&str]| -> Vec<String> {
        let all: Vec<&str> = [&["import", "--dry-run", "--json", &file], args].concat();
        let look = laptop.run(&all).ends(0).json().remove(0);
        look["columns"].as_array().unwrap().iter().map(|column| column["field"].to_string()).collect()
    };
    let said = fields(&[]);
    assert_eq!(said[2], "\"remark\"");
    assert_eq!(fields(&["--household-kind", "community"]), said);
    assert_ne!(fields(&["--as-guessed"]), said);
    assert_eq!(fields(&["--column", "3=none"])[2], "null", "the later word counts");
    let wrong: [&[&str]; 4] =
        [&["--column", "9=head"], &["--header", "99"], &["--encoding", "klingon"], &["--sheet", "表一"]];
    for args in wrong {
        let all: Vec<&str> = [&["import", "--dry-run", "--json", &file], args].concat();
        let refused = laptop.run(&all).ends(1).json().remove(0);
        assert_eq!(refused["kind"], "bad-value", "{args:?}: {refused}");
    }
}

#[test]
fn the_next_version_says_what_is_new_changed_and_no_longer_listed_and_people_decide() {
    let laptop = Laptop::of(1, "陈明", "一组");
    let write = |name: &str, rows: &[&str]| {
        let file = laptop.path(name);
        let rows: Vec<String> = rows.iter().map(|row| format!("{row},东里东村\n")).collect();
        std::fs::write(&file, format!("户主姓名,联系电话,家庭人口,村(居)\n{}", rows.concat())).unwrap();
        file.to_str().unwrap().to_owned()
    };
    let may = write(
        "五月.csv",
        &["张守富,13853301234,4", "李桂英,13853305678,2", "王成友,13853309999,3", "刘玉珍,13853300001,5"],
    );
    laptop.run(&["import", &may]).ends(0);
    let find = |head: &str| laptop.list("households").into_iter().find(|one| one["head"] == head).unwrap();
    let (li, liu) = (find("李桂英")["id"].clone(), find("刘玉珍")["id"].clone());
    laptop.batch(&[serde_json::json!({"do": "household.set", "household": li, "size": "3"})]);
    assert!(laptop.list("differences").is_empty(), "what corrects the only roster is no difference between two");

    let june = write(
        "六月.csv",
        &["张守富,13853301234,5", "李桂英,13853305678,2", "王成友,13853309999,3", "孙传宝,13853300002,1"],
    );
    let look = laptop.run(&["import", &june, "--dry-run", "--json"]).ends(0).json().remove(0);
    let counts = ["households", "bound", "changed", "unlisted"].map(|key| look[key].as_u64().unwrap());
    assert_eq!(counts, [1, 3, 2, 1]);
    laptop.run(&["import", &june]).ends(0);
    assert_eq!((find("张守富")["size"].as_u64(), find("李桂英")["size"].as_u64()), (Some(5), Some(3)));

    let differences = laptop.list("differences");
    assert_eq!(differences.len(), 1);
    let one = &differences[0];
    assert_eq!((one["fact"].as_str(), one["ours"].as_u64(), one["listed"].as_u64()), (Some("size"), Some(3), Some(2)));
    assert!(laptop.list("conflicts").is_empty(), "a roster is nobody to disagree with");
    let about = |what: &str| {
        let request = serde_json::json!({"do": what, "household": li, "fact": "size", "row": one["row"]});
        laptop.batch(&[request])[0]["ok"].as_bool()
    };
    // An answer taken back leaves the question open: the word of people was older than the roster, and is again.
    for word in ["roster.take", "roster.keep"] {
        let answer = serde_json::json!({"do": word, "household": li, "fact": "size", "row": one["row"]});
        laptop.clock("2021-05-18T20:10:00+08:00", 0);
        laptop.batch(&[answer, serde_json::json!({"do": "undo"})]);
        assert_eq!(laptop.list("differences"), differences, "{word}");
    }
    assert_eq!(about("roster.keep"), Some(true));
    assert!(laptop.list("differences").is_empty());
    assert_eq!(about("roster.take"), Some(true));
    assert_eq!(find("李桂英")["size"].as_u64(), Some(2));

    let unlisted = laptop.list("unlisted");
    assert_eq!((unlisted.len(), &unlisted[0]["household"]), (1, &liu));
    assert_eq!(laptop.list("households").len(), 5, "nobody is removed");
    let here = serde_json::json!({"do": "roster.still_here", "household": liu, "roster": unlisted[0]["roster"]});
    laptop.batch(&[here]);
    assert!(laptop.list("unlisted").is_empty());
    // The answer holds until the next roster.
    let july = write("七月.csv", &["张守富,13853301234,5", "李桂英,13853305678,2", "王成友,13853309999,4"]);
    laptop.run(&["import", &july]).ends(0);
    let heads: Vec<String> = laptop.list("unlisted").iter().map(|one| one["head"].to_string()).collect();
    assert_eq!(heads.len(), 2, "{heads:?}");
    laptop.batch(&[serde_json::json!({"do": "household.set", "household": liu, "standing": "moved"})]);
    assert_eq!(laptop.list("unlisted").len(), 1);
}

// The village goes by another name in the new list; who is not in it is asked about all the same.
#[test]
fn who_is_missing_from_a_renamed_village_is_asked_about() {
    let laptop = Laptop::of(1, "陈明", "一组");
    let heads =
        ["张守富,1385330123", "李桂英,1385330567", "王成友,1385330999", "刘玉珍,1385330000", "孙传宝,1385330111"];
    let list = |village: &str, heads: &[&str]| -> Vec<String> {
        heads.iter().enumerate().map(|(at, head)| format!("{head}{at},{village}")).collect()
    };
    let may = list("东里东村", &heads);
    bring(&laptop, "五月.csv", &may.iter().map(String::as_str).collect::<Vec<_>>());
    let june = list("东里新村", &heads[..4]);
    bring(&laptop, "六月.csv", &june.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(laptop.list("households").len(), 5);
    let unlisted = laptop.list("unlisted");
    assert_eq!((unlisted.len(), unlisted[0]["head"].as_str()), (1, Some("孙传宝")));
}

// Another kind of households is another list, and says nothing of those it does not have.
#[test]
fn a_list_of_other_households_of_the_village_leaves_nobody_unlisted() {
    let laptop = Laptop::of(1, "陈明", "一组");
    bring(
        &laptop,
        "脱贫户.csv",
        &["张守富,13853301234,东里东村", "李桂英,13853305678,东里东村", "王成友,13853309999,东里东村"],
    );
    bring(
        &laptop,
        "居民.csv",
        &["张守富,13853301234,东里东村", "刘玉珍,13853300001,东里东村", "孙传宝,13853300002,东里东村"],
    );
    assert!(laptop.list("unlisted").is_empty());
}

// A family listed twice became two more with every month's list, and two of the old ones counted as no longer listed.
#[test]
fn a_family_that_is_listed_twice_stays_two_households_month_after_month() {
    let laptop = Laptop::of(1, "陈明", "一组");
    for month in 1..=3 {
        let li = format!("李四光,13800000002,2,{}号,东里东村", month + 1);
        let zhang = "张三丰,13800000001,1,1号,东里东村";
        let text = format!("户主姓名,联系电话,组,门牌,村(居)\n{zhang}\n{zhang}\n{li}\n");
        let file = laptop.path(&format!("{month}月.csv"));
        std::fs::write(&file, text).unwrap();
        laptop.run(&["import", file.to_str().unwrap()]).ends(0);
        assert_eq!(laptop.list("households").len(), 3, "after {month} months");
        assert!(laptop.list("unlisted").is_empty());
        assert_eq!(laptop.list("duplicates").len(), 1);
    }
}

// The list of a township names some families twice, in many ways, also when it is read again after a column was corrected.
#[test]
fn of_a_list_in_which_one_row_changed_nothing_is_new_and_nobody_is_missing() {
    let laptop = Laptop::of(1, "陈明", "一组");
    let first = std::fs::read("tests/data/rosters/r500_gbk.csv").unwrap();
    let text = encoding_rs::GB18030.decode(&first).0.into_owned();
    let row = text.lines().find(|row| row.matches(',').count() > 8 && row.contains(",13")).unwrap();
    let cells: Vec<&str> =
        row.split(',').map(|cell| if cell.starts_with("13") { "13900000000" } else { cell }).collect();
    let file = laptop.path("下月.csv");
    std::fs::write(&file, text.replace(row, &cells.join(","))).unwrap();
    laptop.run(&["import", "r500_gbk.csv"]).ends(0);
    let before = laptop.list("duplicates").len();
    let counts = |args: &[&str]| {
        let said = laptop.run(args).ends(0).json().remove(0);
        ["households", "bound", "unlisted"].map(|key| said[key].as_u64().unwrap())
    };
    assert_eq!(counts(&["import", file.to_str().unwrap(), "--json"]), [0, 500, 0]);
    assert_eq!((laptop.list("households").len(), laptop.list("duplicates").len()), (500, before));
    assert_eq!(counts(&["import", "r500_gbk.csv", "--column", "9=none", "--json"]), [0, 500, 0]);
}

// A family whose head a person had changed became another one with the next list that still named the old head.
#[test]
fn a_row_as_before_means_the_family_whose_head_a_person_has_changed() {
    let laptop = Laptop::of(1, "陈明", "一组");
    bring(&laptop, "五月.csv", &["张守富,13853301234,东里东村", "王成友,13853309999,东里东村"]);
    let zhang = laptop.list("households").into_iter().find(|one| one["head"] == "张守富").unwrap()["id"].clone();
    let change = serde_json::json!({"do": "household.set", "household": zhang, "head": "李桂英"});
    assert_eq!(laptop.batch(&[change])[0]["ok"], true);
    bring(&laptop, "六月.csv", &["张守富,13853301234,东里东村", "王成友,13853309999,东里东村", "孙传宝,,东里东村"]);
    assert_eq!(heads(&laptop), ["孙传宝", "李桂英", "王成友"], "what people wrote stays in use");
    assert!(laptop.list("unlisted").is_empty());
    let differences = laptop.list("differences");
    assert_eq!((differences.len(), differences[0]["fact"].as_str()), (1, Some("head")), "and a person is asked");
}
