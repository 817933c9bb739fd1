//! A record that is damaged in the journal: the view still has it, a backup may have it, and neither is thrown away before
//! it is brought back or missed in words.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::harness::Laptop;

const FAMILIES: [&str; 5] = ["李桂英", "王成友", "赵淑芬", "高宗海", "孙美兰"];

/// A laptop with a roster in the journal's second file and five families in the third, closed once.
fn campaign() -> Laptop {
    let laptop = Laptop::of(1, "陈明", "一组");
    laptop.run(&["import", "r500.xlsx"]).ends(0);
    laptop.batch(&FAMILIES.map(|head| json!({"do": "household.add", "head": head})));
    laptop.run(&["device", "--set", "group=一组"]).ends(0);
    laptop
}

fn segment(laptop: &Laptop, number: u32) -> PathBuf {
    laptop.data().join(format!("journal/{number:06}.zfj"))
}

/// Flips a bit where a text stands for the first time in a file, as a bad sector does.
fn damage(file: &Path, text: &str) {
    let mut bytes = std::fs::read(file).unwrap();
    let at = bytes.windows(text.len()).position(|window| window == text.as_bytes()).unwrap();
    bytes[at] ^= 1;
    std::fs::write(file, bytes).unwrap();
}

fn heads(laptop: &Laptop) -> Vec<String> {
    let listed = laptop.list("households").into_iter().map(|row| row["head"].as_str().unwrap_or_default().to_owned());
    listed.filter(|head| FAMILIES.contains(&head.as_str())).collect()
}

// The repair made the view anew from the damaged journal, and with it went the last copy of the record.
#[test]
fn a_repair_brings_back_from_the_view_what_the_journal_lost() {
    for head in ["赵淑芬", "孙美兰"] {
        let laptop = campaign();
        let _ = std::fs::remove_dir_all(laptop.data().join("backup"));
        damage(&segment(&laptop, 3), head);
        let told = laptop.run(&["check"]).ends(1);
        assert!(told.out.contains("查询库里还有") && told.out.contains("补回日志"), "{told:?}");
        let mended = laptop.run(&["check", "--repair"]).ends(0);
        assert!(mended.err.contains("补回 1 条") || mended.out.contains("补回 1 条"), "{mended:?}");
        assert_eq!(heads(&laptop).len(), 5, "{mended:?}");
        let sound = laptop.run(&["check"]).ends(0);
        assert!(!sound.out.contains("有问题"), "what was dealt with is no trouble any more: {sound:?}");
        laptop.run(&["device", "--set", "group=一组"]).ends(0);
        std::fs::remove_dir_all(laptop.data().join("view")).unwrap();
        assert_eq!(heads(&laptop).len(), 5, "the journal itself has it");
        laptop.run(&["check"]).ends(0);
    }
}

// The check said each damage twice, and that there was no copy while one lay beside it.
#[test]
fn a_damage_is_said_once_and_its_copy_is_named() {
    let laptop = campaign();
    damage(&segment(&laptop, 3), "赵淑芬");
    laptop.run(&["device", "--set", "group=一组"]).ends(0);
    let copies = std::fs::read_dir(laptop.data().join("journal")).unwrap();
    let copy = copies.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let copy = copy.into_iter().find(|name| name.contains(".damaged-")).unwrap();
    let told = laptop.run(&["check"]).ends(1);
    assert_eq!(told.out.matches("000003.zfj 第").count(), 1, "{told:?}");
    assert!(told.out.contains(&copy) && !told.out.contains("没有另存"), "{told:?}");
}

#[test]
fn what_cannot_be_brought_back_is_said_once_and_the_rest_is() {
    let laptop = campaign();
    let household = laptop.list("households")[0]["id"].clone();
    for remark in ["耳背的老人", "去县城了", "回来了"] {
        laptop.batch(&[json!({"do": "household.set", "household": household, "remark": remark})]);
    }
    laptop.run(&["device", "--set", "group=一组"]).ends(0);
    damage(&segment(&laptop, 3), "耳背的老人");
    let mended = laptop.run(&["check", "--repair"]);
    let said = format!("{}{}", mended.out, mended.err);
    assert!(said.contains("1 条补不回来"), "{said}");
    let after = laptop.run(&["check"]).ends(0);
    assert!(after.out.contains("注意") && after.out.contains("000003.zfj"), "it stays noted: {after:?}");
    assert_eq!(heads(&laptop).len(), 5);
}

// Whoever only opened the program lost what the view alone still had, and was told that no record was affected.
#[test]
fn a_lost_last_file_is_brought_back_from_the_view_when_the_program_opens() {
    let laptop = campaign();
    let _ = std::fs::remove_dir_all(laptop.data().join("backup"));
    std::fs::remove_file(segment(&laptop, 3)).unwrap();
    let opened = laptop.run(&["device", "--set", "group=一组"]).ends(0);
    assert!(opened.err.contains("补回"), "{opened:?}");
    assert_eq!(heads(&laptop).len(), 5, "{opened:?}");
}

// A foreign view beside a sound journal proves nothing: what is in it was never recorded here.
#[test]
fn a_sound_journal_takes_nothing_from_a_foreign_view() {
    let laptop = campaign();
    let other = Laptop::of(2, "张文彬", "二组");
    other.household("刘改兰");
    std::fs::remove_dir_all(laptop.data().join("view")).unwrap();
    std::fs::rename(other.data().join("view"), laptop.data().join("view")).unwrap();
    laptop.run(&["check", "--repair"]).ends(0);
    assert!(!laptop.list("households").iter().any(|row| row["head"] == "刘改兰"));
    assert_eq!(laptop.list("households").len(), 505);
}

// Damage stays in its file after a repair. It proves nothing about what a power cut took from the end of another one.
#[test]
fn damage_that_was_dealt_with_is_no_reason_to_believe_a_view_that_ran_ahead() {
    let laptop = campaign();
    damage(&segment(&laptop, 3), "赵淑芬");
    laptop.run(&["check", "--repair"]).ends(0);
    laptop.batch(&[json!({"do": "household.add", "head": "存下了的"})]);
    // As a power cut leaves it: the journal as it was, the view a household further.
    let journal: Vec<(PathBuf, Vec<u8>)> = std::fs::read_dir(laptop.data().join("journal"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.clone(), std::fs::read(&path).unwrap()))
        .collect();
    laptop.batch(&[json!({"do": "household.add", "head": "从没存下的"})]);
    for entry in std::fs::read_dir(laptop.data().join("journal")).unwrap() {
        std::fs::remove_file(entry.unwrap().path()).unwrap();
    }
    for (path, bytes) in journal {
        std::fs::write(path, bytes).unwrap();
    }
    laptop.run(&["device", "--set", "group=一组"]).ends(0);
    laptop.run(&["check", "--repair"]).ends(0);
    let all = laptop.list("households");
    assert!(!all.iter().any(|row| row["head"] == "从没存下的"), "it was never acknowledged");
    assert!(all.iter().any(|row| row["head"] == "存下了的"));
    assert_eq!(heads(&laptop).len(), 5);
}

fn backups(laptop: &Laptop) -> Vec<PathBuf> {
    let found = std::fs::read_dir(laptop.data().join("backup")).unwrap();
    found.map(|entry| entry.unwrap().path()).collect()
}

// An export of 89 of 590 records said that it was whole, and a small backup came silently beside the good one.
#[test]
fn export_and_backup_say_what_they_lack_and_the_better_backup_stays() {
    let laptop = campaign();
    let good = laptop.run(&["backup", "--json"]).ends(0).json().remove(0);
    let good = PathBuf::from(good["path"].as_str().unwrap());
    damage(&segment(&laptop, 2), "东高庄村");
    let out = laptop.path("U盘");
    std::fs::create_dir(&out).unwrap();
    let exported = laptop.run(&["export", "--out", out.to_str().unwrap()]).ends(3);
    let said = format!("{}{}", exported.out, exported.err);
    assert!(said.contains("少 ") && said.contains("日志有损坏") && said.contains("check --repair"), "{exported:?}");
    assert!(!said.contains("核对无误"), "{exported:?}");
    let as_json = laptop.run(&["export", "--out", out.to_str().unwrap(), "--json"]).json().remove(0);
    assert!(as_json["missing"].as_u64() > Some(0), "{as_json}");

    // So many later ones that the schedule would let the good one go.
    for day in 1..=90_u64 {
        laptop.clock(&format!("2021-{:02}-{:02}T09:00:00+08:00", 6 + day / 28, 1 + day % 28), day * 86_400_000);
        if day % 6 == 0 {
            laptop.household(&format!("刘改{day}"));
            let made = laptop.run(&["backup"]);
            let said = format!("{}{}", made.out, made.err);
            assert!(said.contains("少 ") && said.contains("日志有损坏"), "{made:?}");
        }
    }
    assert!(good.is_file(), "{:?}", backups(&laptop));

    // The records are lost here, and yet in the old backup: it stays also once the journal is mended without them.
    std::fs::remove_dir_all(laptop.data().join("view")).unwrap();
    for day in 91..=150_u64 {
        laptop.clock(&format!("2021-{:02}-{:02}T09:00:00+08:00", 6 + day / 28, 1 + day % 28), day * 86_400_000);
        if day % 6 == 0 {
            laptop.household(&format!("刘改{day}"));
            laptop.run(&["backup"]);
        }
    }
    assert!(good.is_file(), "{:?}", backups(&laptop));
}
