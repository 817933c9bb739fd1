//! Wrong usage, languages, exit statuses, and readers that go away.

use std::io::{BufRead, BufReader};

use super::harness::{Laptop, finish};

#[test]
fn a_folder_without_a_campaign_is_a_question_and_not_a_new_store() {
    let laptop = Laptop::new(1);
    for command in [
        &["device"][..],
        &["list", "households"],
        &["batch"],
        &["check"],
        &["export"],
        &["merge", "x.zfb"],
        &["merge", "--dry-run", "x.zfb"],
        &["import", "r500.xlsx"],
    ] {
        let ran = laptop.run(command).ends(1);
        assert!(ran.out.is_empty() && ran.err.contains("还没有活动数据"), "{command:?} {ran:?}");
    }
    assert!(!laptop.data().exists(), "asking makes nothing");
}

#[test]
fn a_laptop_is_set_up_and_changed_by_device() {
    let laptop = Laptop::new(1);
    laptop.run(&["device", "--set", "group=一组"]).ends(1);
    assert!(!laptop.data().exists());
    laptop.run(&["device", "--set", "visitors=陈明,张锦秋", "--set", "group=一组", "--set", "code=一组1"]).ends(0);
    let shown = laptop.run(&["device", "--set", "phone=138 5330 1234", "--json"]).ends(0).json();
    assert_eq!(shown[0]["visitors"], serde_json::json!(["陈明", "张锦秋"]));
    assert_eq!((shown[0]["code"].as_str(), shown[0]["phone"].as_str()), (Some("一组1"), Some("13853301234")));
    let refused = laptop.run(&["device", "--set", "phone=123"]).ends(1);
    assert_eq!(refused.err, "电话 “123” 有 3 位. 手机 11 位, 座机带区号.\n");
    assert!(laptop.run(&["device"]).ends(0).out.contains("13853301234"), "the old one stays");
}

#[test]
fn wrong_usage_is_answered_in_the_chosen_language_with_the_usage_line() {
    let laptop = Laptop::of(1, "陈明", "一组");
    let zh = laptop.run(&["list", "visit"]).ends(2);
    assert!(zh.err.starts_with("WHAT 不能是 “visit”. 是不是 visits?\n用法: zoufang list WHAT"), "{}", zh.err);
    let en = laptop.run(&["--lang", "en", "merge"]).ends(2);
    assert_eq!(en.err, "PATH is missing.\nUsage: zoufang merge PATH... [--trust] [--dry-run] [--json]\n");
    let option = laptop.run(&["list", "visits", "--lang=en", "--jsn"]).ends(2);
    assert!(option.err.starts_with("“--jsn” is not known here. Did you mean --json?"), "{}", option.err);
    assert!(laptop.run(&["nonsense"]).ends(2).err.starts_with("没有 “nonsense” 这个命令."));
    assert!(laptop.run(&["list", "devices", "--where", "张"]).ends(2).err.contains("不能用 --where"));
    assert!(laptop.run(&["device", "--set", "name=x"]).ends(2).err.contains("KEY=VALUE"));
    for ran in [laptop.run(&["list", "visits", "--where"]), laptop.run(&["--lang", "fr", "keys"])] {
        assert!(ran.ends(2).out.is_empty());
    }
}

#[test]
fn help_and_version_are_results() {
    let laptop = Laptop::new(1);
    let help = laptop.run(&["--help"]).ends(0);
    assert!(help.out.contains("用法: zoufang") && help.err.is_empty());
    let help = laptop.run(&["import", "-h", "--lang", "en"]).ends(0);
    assert!(help.out.contains("Usage: zoufang import FILE...") && help.out.contains("--dry-run"), "{}", help.out);
    assert!(laptop.run(&["--version"]).ends(0).out.starts_with("zoufang "));
    assert!(laptop.run(&["completions", "bash"]).ends(0).out.contains("_zoufang()"));
    assert!(laptop.run(&["keys"]).ends(0).out.contains("F1"));
}

#[test]
fn the_locale_decides_where_nobody_says_a_language() {
    let laptop = Laptop::new(1);
    let said = |variable: &str, value: &str| {
        let mut command = laptop.command(&["device"]);
        for name in ["ZOUFANG_LANG", "LC_ALL", "LC_MESSAGES", "LANG"] {
            command.env_remove(name);
        }
        finish(command.env(variable, value).spawn().unwrap()).err
    };
    assert!(said("LANG", "en_GB.UTF-8").starts_with("there is no campaign"));
    assert!(said("LANG", "zh_CN.UTF-8").contains("还没有活动数据"));
    assert!(said("LANG", "C").contains("还没有活动数据"));
    assert!(said("ZOUFANG_LANG", "en").starts_with("there is no campaign"));
}

#[test]
fn what_is_not_there_yet_says_so() {
    let laptop = Laptop::of(1, "陈明", "一组");
    for command in [&["document", "ledger"][..], &["import", "--kind", "stock", "x.xlsx"]] {
        let ran = laptop.run(command).ends(1);
        assert!(
            ran.err.contains("还") && ["现在", "现有的"].iter().any(|way| ran.err.contains(way)),
            "{command:?} {ran:?}"
        );
    }
}

#[test]
fn a_reader_that_goes_away_ends_a_list_quietly() {
    let laptop = Laptop::of(1, "陈明", "一组");
    laptop.run(&["import", "r500.xlsx"]).ends(0);
    let mut child = laptop.command(&["list", "households", "--json"]).spawn().unwrap();
    let mut reader = BufReader::new(child.stdout.take().unwrap());
    let mut first = String::new();
    reader.read_line(&mut first).unwrap();
    drop(reader);
    let ran = finish(child);
    assert!(first.starts_with('{') && ran.status == 0 && ran.err.is_empty(), "{ran:?}");
}

#[test]
fn the_demonstration_is_a_campaign_like_any_other() {
    let laptop = Laptop::new(1);
    let kept = laptop.path("demo");
    // Without a terminal the screens cannot open, but the sample is there.
    let ran = laptop.run(&["demo", "--data", kept.to_str().unwrap()]).ends(1);
    assert!(ran.err.contains("终端"), "{ran:?}");
    let list = |what: &str| laptop.run(&["list", what, "--json", "--data", kept.to_str().unwrap()]).ends(0).json();
    assert_eq!(list("households").len(), 500);
    assert!(list("coverage").iter().filter(|village| village["covered"].as_i64() > Some(0)).count() >= 4);
    assert!(list("issues").len() > 20 && list("appointments").len() == 5 && !list("doubts").is_empty());
    assert!(list("visits").iter().all(|visit| visit["entered_later"] == false && visit["ended"].is_string()));
    laptop.run(&["check", "--data", kept.to_str().unwrap()]).ends(0);
}

#[test]
fn another_campaign_has_its_own_rules_and_its_bundles_stay_apart() {
    let laptop = Laptop::of(1, "陈明", "一组");
    laptop.household("张守富");
    let tasks = laptop.list("tasks");
    assert_eq!((tasks.len(), laptop.list("quotas")[0]["wanted"].as_i64()), (8, Some(320)));
    let other = laptop.path("other.toml");
    let own = include_str!("../../src/domain/data/campaign-yiyuan-2021.toml");
    let changed = own.replacen("我为群众办实事·走千村进万户", "试点", 1).replacen("\nstaff = 40", "\nstaff = 5", 1);
    std::fs::write(&other, changed).unwrap();
    let other = other.to_str().unwrap();
    let bundle = laptop.path("ours.zfb");
    laptop.run(&["export", "--out", bundle.to_str().unwrap()]).ends(0);
    let quotas = laptop.run(&["list", "quotas", "--json", "--campaign", other]).ends(0).json();
    assert_eq!(quotas[0]["wanted"], 40);
    let refused = laptop.run(&["merge", bundle.to_str().unwrap(), "--campaign", other]).ends(1);
    assert!(refused.err.contains("另一个活动的导出包"), "{refused:?}");
    // Another county carries out one of the same name.
    std::fs::write(other, own.replacen("沂源县文化和旅游局", "沂水县文化和旅游局", 1)).unwrap();
    let refused = laptop.run(&["merge", bundle.to_str().unwrap(), "--campaign", other]).ends(1);
    assert!(refused.err.contains("这里是 “我为群众办实事·走千村进万户 2021 (沂水县文化和旅游局)”"), "{refused:?}");
    std::fs::write(other, "name = ").unwrap();
    assert!(laptop.run(&["list", "quotas", "--campaign", other]).ends(1).out.is_empty());
}
