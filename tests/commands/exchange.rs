//! Two laptops and an office: exports on a stick, merged in any order, damaged on the way.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use zoufang::app::Place;
use zoufang::log::{Position, bytes};

use super::batch::Talk;
use super::harness::{Laptop, finish};

/// Two laptops with the same roster that both changed a household without knowing of each other; their exports.
fn two_groups(stick: &Path) -> (Laptop, Laptop, PathBuf, PathBuf) {
    let one = Laptop::of(11, "陈明", "一组");
    let two = Laptop::of(12, "张文彬", "二组");
    let mut files = Vec::new();
    for (laptop, door) in [(&one, "12号"), (&two, "21号")] {
        laptop.run(&["import", "r500.xlsx"]).ends(0);
        let household = laptop.list("households")[0]["id"].clone();
        let answers = laptop.batch(&[
            json!({"do": "household.set", "household": household, "door": door}),
            json!({"do": "visit.start", "household": household}),
            json!({"do": "issue.record", "text": "没有广场", "field": "culture"}),
            json!({"do": "visit.finish", "short_why": "家里有事"}),
        ]);
        assert!(answers.iter().all(|answer| answer["ok"] == true), "{answers:?}");
        let file = laptop.run(&["export", "--out", stick.to_str().unwrap(), "--json"]).ends(0).json();
        files.push(PathBuf::from(file[0]["path"].as_str().unwrap()));
    }
    let second = files.pop().unwrap();
    let first = files.pop().unwrap();
    (one, two, first, second)
}

const LISTS: [&str; 9] =
    ["households", "members", "visits", "lines", "issues", "appointments", "coverage", "doubts", "conflicts"];

#[test]
fn offices_that_merge_in_any_order_and_repeatedly_know_the_same() {
    let stick = tempfile::tempdir().unwrap();
    let (_one, _two, first, second) = two_groups(stick.path());
    let (first, second) = (first.to_str().unwrap(), second.to_str().unwrap());
    let here = Laptop::of(21, "办公室", "办公室");
    let there = Laptop::of(22, "办公室", "办公室");
    let reports = here.run(&["merge", first, second, "--json"]).ends(0).json();
    assert_eq!((&reports[0]["group"], &reports[0]["conflicts"]), (&json!("一组"), &json!(0)));
    assert_eq!((&reports[1]["conflicts"], &reports[1]["households"]), (&json!(1), &json!(1)), "{reports:?}");
    assert!(reports[1]["known"].as_u64() >= Some(500), "the roster is the same on every laptop");
    there.run(&["merge", second]).ends(0);
    there.run(&["merge", stick.path().to_str().unwrap()]).ends(0);
    let again = there.run(&["merge", first, second, first]).ends(0);
    assert_eq!(again.out.matches("没有新内容").count(), 3, "{again:?}");
    for list in LISTS {
        assert_eq!(here.list(list), there.list(list), "{list}");
    }
    assert_eq!((here.list("visits").len(), here.list("conflicts").len()), (2, 2));
    here.run(&["check"]).ends(0);
}

#[test]
fn a_disagreement_shows_who_wrote_what_and_is_settled_by_one_request() {
    let stick = tempfile::tempdir().unwrap();
    let (_one, _two, first, second) = two_groups(stick.path());
    let office = Laptop::of(21, "办公室", "办公室");
    office.run(&["merge", first.to_str().unwrap(), second.to_str().unwrap()]).ends(0);
    let values = office.list("conflicts");
    let said: Vec<(&str, &str, &str)> = values
        .iter()
        .map(|v| (v["value"].as_str().unwrap(), v["by"].as_str().unwrap(), v["device"].as_str().unwrap()))
        .collect();
    assert_eq!(said, [("12号", "陈明", "11号"), ("21号", "张文彬", "12号")]);
    let settled = office.batch(&[
        json!({"do": "conflict.resolve", "entity": values[0]["entity"], "fact": values[0]["fact"], "value": "12号"}),
    ]);
    assert_eq!(settled[0]["ok"], true, "{settled:?}");
    assert!(office.list("conflicts").is_empty());
}

// The head seemed to have his wife's illness.
#[test]
fn a_disagreement_about_a_person_says_which_of_the_household() {
    let stick = tempfile::tempdir().unwrap();
    let office = Laptop::of(21, "办公室", "办公室");
    for (seed, health) in [(11, "chronic"), (12, "serious")] {
        let laptop = Laptop::of(seed, "陈明", "一组");
        let file = laptop.path("花名册.csv");
        let rows = "户号,姓名,与户主关系,村(居)\n1,冯海水,户主,东里东村\n1,刘桂芝,老伴,东里东村\n";
        std::fs::write(&file, rows).unwrap();
        laptop.run(&["import", file.to_str().unwrap()]).ends(0);
        let wife = laptop.list("members").into_iter().find(|one| one["name"] == "刘桂芝").unwrap();
        laptop.batch(&[json!({"do": "member.set", "member": wife["id"], "health": health})]);
        laptop.run(&["export", "--out", stick.path().to_str().unwrap()]).ends(0);
    }
    office.run(&["merge", stick.path().to_str().unwrap()]).ends(0);
    let values = office.list("conflicts");
    assert_eq!(values.len(), 2, "{values:?}");
    for value in &values {
        let who = (value["head"].as_str(), value["person"].as_str(), value["fact"].as_str());
        assert_eq!(who, (Some("冯海水"), Some("老伴 刘桂芝"), Some("health")));
    }
    let shown = office.run(&["list", "conflicts"]).ends(0).out;
    assert!(shown.contains("老伴 刘桂芝") && shown.contains("(看户卡)") && !shown.contains("慢性病"), "{shown}");
}

// Both wrote on under one number, and nothing was said.
#[test]
fn a_copied_data_folder_is_said_until_one_has_merged_what_the_other_wrote() {
    let stick = tempfile::tempdir().unwrap();
    let to = |name: &str| stick.path().join(name).to_str().unwrap().to_owned();
    let (one, copy) = (Laptop::of(12, "张文彬", "二组"), Laptop::new(13));
    one.household("张守富");
    one.run(&["export", "--out", &to("0.zfb")]).ends(0);
    crate::rebuild::copy(&one.data(), &copy.data());
    let office = Laptop::of(21, "办公室", "办公室");
    for (at, laptop) in [&one, &copy].into_iter().enumerate() {
        laptop.household("李桂英");
        laptop.run(&["export", "--out", &to(&format!("{}.zfb", at + 1))]).ends(0);
    }
    let copied = || -> Vec<String> {
        let words = office.list("devices").into_iter().filter_map(|one| one["copied"].as_str().map(str::to_owned));
        words.collect()
    };
    for (file, said) in [("1.zfb", false), ("0.zfb", false), ("2.zfb", true)] {
        let merged = office.run(&["merge", &to(file)]).ends(0).out;
        assert_eq!(merged.contains("二组 张文彬 像是有两台"), said, "{file}: {merged}");
    }
    assert_eq!(copied(), ["copied"]);
    let own = copy.run(&["merge", "--dry-run", &to("1.zfb")]).ends(0).out;
    assert!(own.contains("本机 (二组 张文彬) 像是有两台"), "{own}");
    assert!(!copy.run(&["merge", &to("0.zfb")]).ends(0).out.contains("像是有两台"), "what both have says nothing");
    assert!(office.run(&["list", "devices"]).ends(0).out.contains("只留一台"));
    one.run(&["merge", &to("2.zfb")]).ends(0);
    one.run(&["export", "--out", &to("3.zfb")]).ends(0);
    office.run(&["merge", &to("3.zfb")]).ends(0);
    assert!(copied().is_empty());
}

// Whoever had classed it meanwhile was left with an issue about nothing.
#[test]
fn an_issue_that_somebody_built_on_keeps_its_words_where_another_took_the_line_back() {
    let stick = tempfile::tempdir().unwrap();
    let to = |name: &str| stick.path().join(name).to_str().unwrap().to_owned();
    let (one, two) = (Laptop::of(11, "陈明", "一组"), Laptop::of(12, "张文彬", "二组"));
    let household = one.household("张守富");
    let record = json!({"do": "issue.record", "household": household, "text": "机井坏了", "field": "agriculture"});
    let recorded = one.batch(&[record]).remove(0);
    one.run(&["export", "--out", &to("0.zfb")]).ends(0);
    two.run(&["merge", &to("0.zfb")]).ends(0);
    two.batch(&[json!({"do": "issue.set", "issue": recorded["id"], "class": "larger"})]);
    one.batch(&[json!({"do": "line.retract", "line": recorded["line"]})]);
    assert!(one.list("issues").is_empty());
    two.run(&["export", "--out", &to("1.zfb")]).ends(0);
    one.run(&["merge", &to("1.zfb")]).ends(0);
    let issue = one.list("issues").remove(0);
    assert_eq!((&issue["text"], &issue["class"]), (&json!("机井坏了"), &json!("larger")));
    assert!(one.list("lines").is_empty(), "the line itself stays taken back");
}

// Ctrl-Z after a choice left the question gone, and the value that was shown meanwhile counted as decided.
#[test]
fn a_choice_that_is_taken_back_leaves_the_question_open_on_every_laptop() {
    let stick = tempfile::tempdir().unwrap();
    let (one, _two, first, second) = two_groups(stick.path());
    let office = Laptop::of(21, "办公室", "办公室");
    office.clock("2021-05-18T20:10:00+08:00", 0);
    office.run(&["merge", first.to_str().unwrap(), second.to_str().unwrap()]).ends(0);
    let values = office.list("conflicts");
    let choose = |value: &str| json!({"do": "conflict.resolve", "entity": values[0]["entity"], "fact": values[0]["fact"], "value": value});
    let undo = json!({"do": "undo"});
    // Twice over, and with a third value: who wrote what, when and where is told as before.
    for choices in [vec![choose("12号"), undo.clone()], vec![choose("3号"), undo.clone(), choose("21号"), undo]] {
        let answers = office.batch(&choices);
        assert!(answers.iter().all(|answer| answer["ok"] == true), "{answers:?}");
        assert_eq!(office.list("conflicts"), values);
    }
    let back = tempfile::tempdir().unwrap();
    office.run(&["export", "--out", back.path().to_str().unwrap()]).ends(0);
    one.run(&["merge", back.path().to_str().unwrap()]).ends(0);
    assert_eq!(one.list("conflicts"), values, "not decided by what was taken back");
    one.batch(&[choose("12号")]);
    assert!(one.list("conflicts").is_empty());
    one.run(&["check"]).ends(0);
}

#[test]
fn a_look_at_bundles_says_what_would_come_and_changes_nothing() {
    let stick = tempfile::tempdir().unwrap();
    let (one, _two, _first, second) = two_groups(stick.path());
    let before = one.list("households");
    let look = one.run(&["merge", "--dry-run", stick.path().to_str().unwrap(), "--json"]).ends(0).json();
    assert_eq!(look.len(), 2);
    let said = one.run(&["merge", "--dry-run", stick.path().to_str().unwrap()]).ends(0).out;
    assert!(
        said.contains("会有不一致 1") && !said.contains("list conflicts"),
        "there is none to be listed yet: {said}"
    );
    let report = look.iter().find(|report| report["group"] == "二组").unwrap();
    assert_eq!((&report["conflicts"], &report["households"]), (&json!(1), &json!(1)));
    let which = &report["which"][0];
    assert_eq!(
        (&which["head"], &which["change"], &which["conflicts"]),
        (&before[0]["head"], &json!("disputed"), &json!(1))
    );
    assert_eq!(which["household"], before[0]["id"]);
    let head = before[0]["head"].as_str().unwrap();
    assert!(said.contains(head) && said.contains("不一致 1 处"), "{said}");
    assert_eq!(one.list("households"), before);
    assert!(one.list("conflicts").is_empty());
    let merged = one.run(&["merge", second.to_str().unwrap()]).ends(0);
    assert!(merged.out.contains("二组 张文彬 5-18 19:30 导出") && merged.out.contains("不一致 1"), "{merged:?}");
}

#[test]
fn a_damaged_bundle_is_refused_and_changes_nothing() {
    let stick = tempfile::tempdir().unwrap();
    let (_one, _two, first, second) = two_groups(stick.path());
    let mut bytes = std::fs::read(&first).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&first, &bytes).unwrap();
    let office = Laptop::of(21, "办公室", "办公室");
    let refused = office.run(&["merge", first.to_str().unwrap()]).ends(1);
    assert!(refused.err.contains("校验不符") && refused.err.contains("没有合并任何内容"), "{refused:?}");
    assert!(refused.err.starts_with(first.to_str().unwrap()), "it says which file");
    assert!(office.list("households").is_empty());
    let part = office.run(&["merge", stick.path().to_str().unwrap(), "--json"]).ends(3).json();
    let kinds: Vec<_> = part.iter().map(|report| report["kind"].as_str().unwrap_or("merged")).collect();
    assert!(kinds.contains(&"bundle-damaged") && kinds.contains(&"merged"), "{part:?}");
    assert_eq!(office.list("households").len(), 500, "{}", second.display());
    let empty = tempfile::tempdir().unwrap();
    assert!(office.run(&["merge", empty.path().to_str().unwrap()]).ends(1).err.contains("没有导出包"));
    assert!(office.run(&["merge", "r500.xlsx"]).ends(1).err.contains("像是名册"));
}

#[test]
fn an_export_goes_where_the_last_one_went_and_overwrites_nothing() {
    let stick = tempfile::tempdir().unwrap();
    let laptop = Laptop::of(1, "陈明", "一组");
    laptop.household("张守富");
    let first = laptop.run(&["export", "--out", stick.path().to_str().unwrap()]).ends(0);
    assert!(first.out.contains("一组-陈明-5月18日-1930.zfb") && first.out.contains("还没有在U盘上"), "{first:?}");
    let second = laptop.run(&["export", "--json"]).ends(0).json();
    assert!(second[0]["path"].as_str().unwrap().ends_with("一组-陈明-5月18日-1930-2.zfb"), "{second:?}");
    let there = stick.path().join("a.zfb");
    std::fs::write(&there, "somebody's").unwrap();
    assert!(laptop.run(&["export", "--out", there.to_str().unwrap()]).ends(1).err.contains("没有覆盖"));
    assert_eq!(std::fs::read_to_string(&there).unwrap(), "somebody's");
    let path = stick.path().to_owned();
    drop(stick);
    let gone = laptop.run(&["export"]).ends(1);
    assert!(gone.err.contains(path.to_str().unwrap()) && gone.err.contains("U盘"), "{gone:?}");
}

// Nothing waited any more once the second group's file was written, though nobody else gets what is in it.
#[test]
fn what_was_exported_for_one_laptop_still_waits_for_everybody_else() {
    let stick = tempfile::tempdir().unwrap();
    let to = |name: &str| stick.path().join(name).to_str().unwrap().to_owned();
    let (two, office) = (Laptop::of(12, "张文彬", "二组"), Laptop::of(21, "李光军", "办公室"));
    two.household("张守富");
    two.run(&["export", "--out", &to("2.zfb")]).ends(0);
    office.run(&["merge", &to("2.zfb")]).ends(0);
    office.household("李桂英");
    let exported = || {
        let kept = std::fs::read_to_string(office.data().join("device.toml")).unwrap();
        let of = kept.split_once("[exported]\n").unwrap().1;
        of.split_once("\n[").map_or(of, |(of, _)| of).to_owned()
    };
    let before = exported();
    let said = office.run(&["export", "--for", "二组", "--out", &to("3.zfb")]).ends(0).out;
    assert!(said.contains("只给 二组 张文彬, 别处还要导出全部"), "{said}");
    assert_eq!(exported(), before);
    let whole = office.run(&["export", "--out", &to("4.zfb")]).ends(0).out;
    assert!(!whole.contains("只给"), "{whole}");
    assert_ne!(exported(), before);
}

// Six records of the second group were missing, and of the second group no list of laptops knew; the own laptop was none.
#[test]
fn a_laptop_of_which_only_another_told_is_among_the_laptops() {
    let stick = tempfile::tempdir().unwrap();
    let to = |name: &str| stick.path().join(name).to_str().unwrap().to_owned();
    let (two, three) = (Laptop::of(12, "张文彬", "二组"), Laptop::of(13, "苗兴英", "三组"));
    let office = Laptop::of(21, "李光军", "办公室");
    for (laptop, file) in [(&two, "2.zfb"), (&three, "3.zfb")] {
        laptop.household("张守富");
        laptop.run(&["export", "--out", &to(file)]).ends(0);
        office.run(&["merge", &to(file)]).ends(0);
    }
    office.run(&["export", "--for", "二组", "--out", &to("4.zfb")]).ends(0);
    three.run(&["merge", &to("4.zfb")]).ends(0);
    let (missing, devices) = (three.list("missing"), three.list("devices"));
    let of_two = |rows: &[serde_json::Value]| rows.iter().find(|row| row["group"] == "二组").cloned().unwrap();
    let (lacks, told) = (of_two(&missing), of_two(&devices));
    assert!(told["missing"].as_i64().unwrap() > 0 && told["missing"] == lacks["records"], "{told} {lacks}");
    assert_eq!((&told["records"], &told["visitors"]), (&json!(0), &json!(["张文彬"])), "{told}");
    assert_eq!(devices.iter().filter(|row| row["this"] == true).count(), 1, "{devices:?}");
    let own = three.run(&["export", "--for", "三组", "--out", &to("5.zfb")]).ends(1).err;
    assert!(own.contains("三组 就是这台电脑"), "{own}");
}

// Any folder was called a stick; who went home with it went home with nothing.
#[test]
fn a_stick_can_be_taken_out_only_where_the_export_is_on_one() {
    let folder = tempfile::tempdir().unwrap();
    let (stick, other) = (folder.path().join("usb"), folder.path().join("别处"));
    for made in [&stick, &other] {
        std::fs::create_dir(made).unwrap();
    }
    let laptop = Laptop::of(1, "陈明", "一组");
    laptop.household("张守富");
    let export = |to: &Path| {
        let mut command = laptop.command(&["export", "--full", "--out", to.to_str().unwrap()]);
        finish(command.env("ZOUFANG_STICKS", &stick).spawn().unwrap())
    };
    let elsewhere = export(&other).ends(0).out;
    assert!(elsewhere.contains("还没有在U盘上") && !elsewhere.contains("可以拔"), "{elsewhere}");
    assert!(export(&stick).ends(0).out.contains("可以拔U盘"));
    let refused = export(&laptop.data()).ends(1);
    assert!(refused.err.contains("本机的数据文件夹") && refused.err.contains("换一个文件夹"), "{refused:?}");
    assert!(std::fs::read_dir(laptop.data()).unwrap().all(|one| !one.unwrap().path().ends_with(".zfb")));
}

// After one export under a clock of 2031 every later one was called an old one.
#[test]
fn which_export_is_older_is_told_by_what_it_holds_and_not_by_the_clock() {
    let stick = tempfile::tempdir().unwrap();
    let to = |name: &str| stick.path().join(name).to_str().unwrap().to_owned();
    let (group, office) = (Laptop::of(1, "陈明", "一组"), Laptop::of(21, "办公室", "办公室"));
    group.clock("2031-05-18T19:30:00+08:00", 0);
    group.household("张守富");
    group.run(&["export", "--out", &to("1.zfb")]).ends(0);
    let first = office.run(&["merge", &to("1.zfb")]).ends(0);
    assert!(first.out.contains("2031-5-18"), "{first:?}");
    group.clock("2021-05-18T19:40:00+08:00", 60_000);
    group.household("李桂英");
    group.run(&["export", "--out", &to("2.zfb")]).ends(0);
    for _ in 0..2 {
        let newer = office.run(&["merge", &to("2.zfb")]).ends(0).out;
        assert!(!newer.contains("旧的一次"), "{newer}");
    }
    let older = office.run(&["merge", &to("1.zfb")]).ends(0).out;
    assert!(older.contains("旧的一次导出: 5-18 19:40"), "{older}");
}

#[test]
fn an_export_for_one_laptop_holds_what_it_lacks_and_whoever_else_takes_it_is_told_what_is_missing() {
    let stick = tempfile::tempdir().unwrap();
    let (_one, two, first, second) = two_groups(stick.path());
    let office = Laptop::of(21, "办公室", "办公室");
    office.run(&["merge", first.to_str().unwrap()]).ends(0);
    let out = stick.path().join("给人的");
    std::fs::create_dir(&out).unwrap();
    let refused = office.run(&["export", "--for", "二组", "--out", out.to_str().unwrap()]).ends(1);
    assert!(refused.err.contains("没有 二组 这台电脑"), "{refused:?}");
    office.run(&["merge", second.to_str().unwrap()]).ends(0);
    let export = |whom: &str| {
        let made =
            office.run(&["export", "--for", whom, "--out", out.to_str().unwrap(), "--json"]).ends(0).json().remove(0);
        (made["path"].as_str().unwrap().to_owned(), made["operations"].as_u64().unwrap())
    };
    let (file, count) = export("二组");
    assert!(file.contains("-给12号.zfb"), "{file}");
    // A laptop is also named by the people who use it.
    assert_eq!(export("张文彬").1, count);
    let full = office.run(&["export", "--full", "--out", out.to_str().unwrap(), "--json"]).ends(0).json().remove(0);
    assert!(count < 20 && full["operations"].as_u64().unwrap() > 500, "{count}");
    let report = two.run(&["merge", &file, "--json"]).ends(0).json().remove(0);
    assert_eq!((&report["missing"], &report["known"]), (&json!(0), &json!(0)), "{report}");
    for list in LISTS {
        assert_eq!(two.list(list), office.list(list), "{list}");
    }

    // On the way home somebody else's laptop takes it too: what is there counts, the rest is asked for by name.
    let three = Laptop::of(13, "苗兴英", "三组");
    let said = three.run(&["merge", &file]).ends(0);
    assert!(said.out.contains("缺 ") && said.out.contains("办公室 办公室 那里有"), "{said:?}");
    let missing = three.list("missing");
    assert!(!missing.is_empty());
    assert!(missing.iter().any(|one| one["holders"] == json!(["办公室 办公室"])), "{missing:?}");
    three.run(&["merge", full["path"].as_str().unwrap()]).ends(0);
    assert!(three.list("missing").is_empty());
    for list in LISTS {
        assert_eq!(three.list(list), office.list(list), "{list}");
    }
}

#[test]
fn a_laptop_gives_its_data_up_only_once_the_office_proves_that_it_has_everything() {
    let (laptop, office) = (Laptop::of(1, "陈明", "一组"), Laptop::of(21, "办公室", "办公室"));
    laptop.run(&["import", "r500.xlsx"]).ends(0);
    let second = laptop.path("第二处");
    std::fs::create_dir(&second).unwrap();
    laptop.run(&["device", "--set", &format!("backup={}", second.display())]).ends(0);
    laptop.run(&["backup"]).ends(0);
    let exchange = |from: &Laptop, name: &str| {
        let path = from.path(name).display().to_string();
        from.run(&["export", "--out", &path]).ends(0);
        path
    };
    let ours = exchange(&laptop, "一组.zfb");
    let refused = laptop.run(&["handover", &ours, "--yes"]).ends(1);
    assert!(refused.err.contains("本机自己的导出包"), "{refused:?}");
    office.run(&["merge", &ours]).ends(0);
    laptop.household("张守富");
    let theirs = exchange(&office, "办公室.zfb");
    let refused = laptop.run(&["handover", &theirs, "--yes"]).ends(1);
    assert!(refused.err.contains("还缺这里的 ") && refused.err.contains("先导出给办公室合并"), "{refused:?}");
    assert_eq!(laptop.list("households").len(), 501, "nothing was removed");

    office.run(&["merge", &exchange(&laptop, "一组2.zfb")]).ends(0);
    let theirs = exchange(&office, "办公室2.zfb");
    let look = laptop.run(&["handover", &theirs]).ends(0);
    assert!(look.out.contains("加 --yes 就从这台电脑清除") && look.out.contains("journal"), "{look:?}");
    assert_eq!(look.out.matches("device.toml").count(), 1, "each once: {look:?}");
    assert_eq!(laptop.list("households").len(), 501, "a look removes nothing");
    let done = laptop.run(&["handover", &theirs, "--yes"]).ends(0);
    assert!(done.out.contains("名册文件还在原处") && done.out.contains("整盘清除"), "{done:?}");
    assert!(!laptop.data().exists());
    assert_eq!(std::fs::read_dir(&second).unwrap().count(), 0, "its backups elsewhere go too");
    assert!(Path::new(&ours).exists(), "what a person exported is the person's");
}

#[test]
fn a_laptop_whose_clock_cannot_be_right_is_named_where_its_export_is_looked_at() {
    let (group, office) = (Laptop::of(1, "陈明", "一组"), Laptop::of(21, "办公室", "办公室"));
    group.household("张守富");
    group.clock("2031-05-18T19:30:00+08:00", 10_000);
    let file = group.path("一组.zfb").display().to_string();
    group.run(&["export", "--out", &file]).ends(0);
    for args in [&["merge", "--dry-run", &file][..], &["merge", &file]] {
        let said = office.run(args).ends(0);
        assert!(said.out.contains("那台电脑的时间快 3652 天, 请核对两边的时间"), "{said:?}");
    }
}

// A stamp years ahead was once the greatest one known, and everything written after it went on from there.
#[test]
fn a_laptop_once_set_to_2031_recovers_and_drags_no_other_along() {
    let (group, office) = (Laptop::of(1, "陈明", "一组"), Laptop::of(21, "办公室", "办公室"));
    let household = group.household("张守富");
    let set = |laptop: &Laptop, door: &str| {
        let answers = laptop.batch(&[json!({"do": "household.set", "household": household, "door": door})]);
        assert_eq!(answers[0]["ok"], true, "{answers:?}");
    };
    group.clock("2031-05-18T19:30:00+08:00", 10_000);
    set(&group, "31号");
    group.clock("2021-05-19T08:00:00+08:00", 20_000);
    set(&group, "12号");
    assert_eq!(group.list("households")[0]["door"], "12号", "what was written over stays so, whatever its date");
    let file = group.path("一组.zfb").display().to_string();
    group.run(&["export", "--out", &file]).ends(0);
    office.clock("2021-05-19T09:00:00+08:00", 0);
    office.run(&["merge", &file]).ends(0);
    set(&office, "13号");
    assert_eq!(office.list("households")[0]["door"], "13号");
    assert!(office.list("conflicts").is_empty());

    let place = Place::new(office.data());
    let (mut years, mut now) = (0, 0);
    let limit = 1_621_500_000_000; // a day later
    place
        .beside()
        .unwrap()
        .journal
        .read_from(Position::START, &mut |frame| {
            for kept in bytes::decode_all(frame.operations).unwrap() {
                if kept.operation.stamp.wall_ms() > limit { years += 1 } else { now += 1 }
            }
            Ok(())
        })
        .unwrap();
    // The one value, and who wrote it: another program than the ones before and after.
    assert!(years == 2 && now >= 6, "{years} years ahead, {now} not");
}

#[test]
fn an_export_to_another_folder_leaves_a_second_copy_where_the_last_one_went() {
    let laptop = Laptop::of(1, "陈明", "一组");
    laptop.household("张守富");
    let (disk, stick) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let export = |to: &Path| laptop.run(&["export", "--out", to.to_str().unwrap(), "--json"]).ends(0).json();
    let count = |folder: &Path| std::fs::read_dir(folder).unwrap().count();
    assert!(export(disk.path())[0]["copy"].is_null(), "nothing went anywhere before");
    laptop.clock("2021-05-18T20:30:00+08:00", 10_000);
    let done = export(stick.path());
    assert_eq!((count(disk.path()), count(stick.path())), (2, 1));
    let (first, copy) = (done[0]["path"].as_str().unwrap(), done[0]["copy"].as_str().unwrap());
    assert!(copy.starts_with(disk.path().to_str().unwrap()), "{copy}");
    assert_eq!(std::fs::read(first).unwrap(), std::fs::read(copy).unwrap());
    // The same stick the next evening: the other folder is still the one before.
    laptop.clock("2021-05-19T20:30:00+08:00", 20_000);
    export(stick.path());
    assert_eq!((count(disk.path()), count(stick.path())), (3, 2));
    // One that is no longer there is passed over.
    drop(disk);
    laptop.clock("2021-05-20T20:30:00+08:00", 30_000);
    assert!(export(stick.path())[0]["copy"].is_null());
}

// Only looked at, nothing lay in the folder yet.
#[test]
fn a_look_says_what_a_merge_would_set_aside_and_sets_nothing_aside() {
    let (one, other, office) =
        (Laptop::of(5, "陈明", "一组"), Laptop::of(5, "林芳", "二组"), Laptop::of(21, "办公室", "办公室"));
    let export = |laptop: &Laptop, head: &str| {
        laptop.household(head);
        let file = laptop.path("x.zfb").display().to_string();
        laptop.run(&["export", "--out", &file]).ends(0);
        file
    };
    let (first, second) = (export(&one, "张守富"), export(&other, "李桂英"));
    // Also where the first of the two is only looked at.
    let both =
        |more: &[&str]| office.run(&[&["merge", "--json", "--trust", &first, &second], more].concat()).ends(0).json();
    let look = both(&["--dry-run"]);
    assert!(look[1]["quarantined"].as_u64() > Some(0) && look[1]["new"].as_u64() < look[0]["new"].as_u64(), "{look:?}");
    office.run(&["merge", &first]).ends(0);
    let look = office.run(&["merge", "--dry-run", &second]).ends(0).out;
    assert!(look.contains("合并时不采用") && !office.data().join("quarantine").exists(), "{look}");
    let merged = office.run(&["merge", "--trust", &second]).ends(0).out;
    assert!(merged.contains("原样放在 quarantine 文件夹里") && office.data().join("quarantine").exists(), "{merged}");
}

/// Gives every file of a folder with its bytes.
fn bytes_of(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all: Vec<_> =
        crate::rebuild::files(folder).into_iter().map(|file| (file.clone(), std::fs::read(file).unwrap())).collect();
    all.sort();
    all
}

/// What a look and a merge both say of a file.
fn said_of(report: &Value) -> [&Value; 6] {
    ["new", "known", "quarantined", "conflicts", "households", "missing"].map(|key| &report[key])
}

// What one file of a stick said against another was not told before both were merged.
#[test]
fn a_look_at_a_whole_stick_says_of_each_file_what_merging_all_of_it_then_reports() {
    let stick = tempfile::tempdir().unwrap();
    let (one, two, three, office) = (
        Laptop::of(11, "陈明", "一组"),
        Laptop::of(12, "张文彬", "二组"),
        Laptop::of(13, "苗兴英", "三组"),
        Laptop::of(21, "李光军", "办公室"),
    );
    let to = |name: &str| stick.path().join(name).display().to_string();
    let home = one.household("张守富");
    one.run(&["export", "--out", &to("first")]).ends(0);
    let set = |laptop: &Laptop, door: &str, name: &str| {
        laptop.batch(&[json!({"do": "household.set", "household": home, "door": door})]);
        laptop.run(&["export", "--out", &to(name)]).ends(0);
    };
    for laptop in [&two, &three, &office] {
        laptop.run(&["merge", &to("first")]).ends(0);
    }
    set(&one, "1号", "1.zfb");
    set(&two, "2号", "2.zfb");
    set(&three, "3号", "3.zfb");
    three.household("李桂英");
    three.run(&["merge", &to("2.zfb")]).ends(0);
    set(&three, "4号", "4.zfb");
    let folder = stick.path().display().to_string();
    let look = office.run(&["merge", "--dry-run", "--json", &folder]).ends(0).json();
    let merged = office.run(&["merge", "--json", &folder]).ends(0).json();
    assert_eq!(look.iter().map(said_of).collect::<Vec<_>>(), merged.iter().map(said_of).collect::<Vec<_>>());
    let conflicts: Vec<&Value> = look.iter().map(|report| &report["conflicts"]).collect();
    // The third brings a further value; the fourth puts its own in the place of two of them.
    assert_eq!(conflicts, [&json!(0), &json!(1), &json!(1), &json!(1)]);
}

// An empty file was written, and somebody carried it.
#[test]
fn for_a_laptop_that_lacks_nothing_no_file_is_written() {
    let stick = tempfile::tempdir().unwrap();
    let (one, two) = (Laptop::of(11, "陈明", "一组"), Laptop::of(12, "张文彬", "二组"));
    let to = stick.path().display().to_string();
    two.household("张守富");
    two.run(&["export", "--out", &to]).ends(0);
    one.run(&["merge", &to]).ends(0);
    let files = || std::fs::read_dir(stick.path()).unwrap().count();
    let ran = one.run(&["export", "--for", "二组", "--out", &to]).ends(0);
    assert!(ran.err.contains("二组 张文彬 什么都不缺, 没有写文件") && ran.err.contains("收据"), "{ran:?}");
    let told = one.run(&["export", "--for", "二组", "--out", &to, "--json"]).ends(0).json().remove(0);
    assert_eq!((&told["ok"], &told["path"], &told["operations"]), (&json!(true), &json!(null), &json!(0)));
    assert_eq!(files(), 1);
    one.household("李桂英");
    one.run(&["export", "--for", "二组", "--out", &to]).ends(0);
    assert_eq!(files(), 2);
}

// Who looks before merging must be able to walk away.
#[test]
fn a_look_names_the_households_and_leaves_every_byte_as_it_was() {
    let stick = tempfile::tempdir().unwrap();
    let (one, two) = (Laptop::of(11, "陈明", "一组"), Laptop::of(12, "张文彬", "二组"));
    for at in 0..14 {
        two.household(&format!("张守富{at}"));
    }
    two.run(&["export", "--out", stick.path().to_str().unwrap()]).ends(0);
    one.household("李桂英");
    let look =
        |more: &[&str]| one.run(&[&["merge", "--dry-run", stick.path().to_str().unwrap()], more].concat()).ends(0);
    let before = bytes_of(&one.data());
    assert!(before.len() > 3, "{before:?}");
    let said = look(&[]).out;
    assert_eq!(said.matches("新户").count(), 10, "{said}");
    assert!(said.contains("涉及 14 户") && said.contains("另有 4 户. --json 列出更多"), "{said}");
    let english = look(&["--lang", "en"]).out;
    assert!(english.contains("4 households more; --json lists more of them"), "{english}");
    let report = look(&["--json"]).json().remove(0);
    assert_eq!((report["which"].as_array().unwrap().len(), &report["households"]), (14, &json!(14)));
    assert_eq!(bytes_of(&one.data()), before);
    let merged = one.run(&["merge", stick.path().to_str().unwrap(), "--json"]).ends(0).json().remove(0);
    assert_eq!((&merged["households"], merged.get("which")), (&json!(14), None), "{merged}");
    assert_ne!(bytes_of(&one.data()), before);
}

#[test]
fn of_two_merges_at_once_into_one_folder_each_comes_in_whole_or_is_told_of_the_other() {
    let stick = tempfile::tempdir().unwrap();
    let (_one, _two, first, second) = two_groups(stick.path());
    let files = [first.to_str().unwrap(), second.to_str().unwrap()];
    let office = Laptop::of(21, "办公室", "办公室");
    let untouched = office.path("untouched");
    crate::rebuild::copy(&office.data(), &untouched);
    office.run(&["merge", files[0], files[1]]).ends(0);
    let state = || LISTS.map(|list| office.list(list));
    let expected = state();
    for _ in 0..4 {
        std::fs::remove_dir_all(office.data()).unwrap();
        crate::rebuild::copy(&untouched, &office.data());
        let merges = files.map(|file| office.command(&["merge", file]).spawn().unwrap());
        // Who only looks is in nobody's way, and nobody in his.
        office.run(&["merge", "--dry-run", files[0]]).ends(0);
        let ended = merges.map(finish);
        let refused: Vec<_> = ended.iter().filter(|ran| ran.status != 0).collect();
        assert!(refused.len() < 2, "{ended:?}");
        // It waits half a second for the other.
        for ran in &refused {
            assert!(ran.status == 1 && ran.err.contains("已在另一个窗口中打开 (进程 "), "{ran:?}");
        }
        for (ran, file) in ended.iter().zip(files) {
            let there = ran.status == 0;
            let again = office.run(&["merge", file]).ends(0).out;
            assert_eq!(again.contains("没有新内容"), there, "{again}");
        }
        assert_eq!(state(), expected);
    }
    office.run(&["check"]).ends(0);
    // One that has it open for long: the merge is told, changes nothing, and comes in afterwards.
    std::fs::remove_dir_all(office.data()).unwrap();
    crate::rebuild::copy(&untouched, &office.data());
    let mut open = Talk::with(&office);
    open.tell(&json!({"do": "household.add", "head": "张守富"}));
    assert_eq!(open.hear()["ok"], true);
    let refused = office.run(&["merge", files[0]]).ends(1);
    assert!(refused.err.contains("已在另一个窗口中打开 (进程 ") && refused.err.contains("回到那个窗口"), "{refused:?}");
    assert_eq!(office.list("households").len(), 1);
    open.kill();
    office.run(&["merge", files[0]]).ends(0);
    assert_eq!(office.list("households").len(), 501);
}

// It said “of a roster”, of whichever, although the import had come that names the list.
#[test]
fn a_roster_of_which_the_import_came_and_the_rows_did_not_is_named() {
    let stick = tempfile::tempdir().unwrap();
    let to = |name: &str| stick.path().join(name).to_str().unwrap().to_owned();
    let (one, two) = (Laptop::of(61, "陈明", "一组"), Laptop::of(62, "张文彬", "二组"));
    for laptop in [&one, &two] {
        laptop.run(&["import", "r500.xlsx"]).ends(0);
    }
    two.run(&["export", "--out", &to("2.zfb")]).ends(0);
    one.run(&["merge", &to("2.zfb")]).ends(0);
    one.household("张守富");
    one.run(&["export", "--for", "二组", "--out", &to("1.zfb")]).ends(0);
    let office = Laptop::of(63, "李光军", "办公室");
    let merged = office.run(&["merge", &to("1.zfb")]).ends(0);
    assert!(merged.out.contains("(名册 r500.xlsx 里的)"), "{merged:?}");
    assert!(office.list("missing").iter().any(|row| row["roster"] == "r500.xlsx"), "{:?}", office.list("missing"));
}
