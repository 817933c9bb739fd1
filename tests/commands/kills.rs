//! kill -9 at random moments: of requests, of a merge, of a view being made anew, of a backup. What was acknowledged is
//! there, nothing is there by half, and the next run goes on as if nothing had been.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::json;

use super::batch::Talk;
use super::harness::Laptop;
use crate::histories::Chance;
use crate::rebuild::copy;

/// Starts a command and kills it after so many looks at whether it has ended; gives how many it took where it ended first.
pub fn kill_after(laptop: &Laptop, args: &[&str], looks: usize) -> usize {
    let mut child = laptop.command(args).spawn().unwrap();
    drop(child.stdin.take());
    let ended = (0..looks).find(|_| child.try_wait().unwrap().is_some());
    let _ = child.kill();
    child.wait().unwrap();
    ended.unwrap_or(looks)
}

fn heads(laptop: &Laptop) -> BTreeSet<String> {
    laptop.list("households").iter().map(|one| one["head"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn requests_that_were_acknowledged_survive_a_kill_at_any_moment_and_none_is_there_by_half() {
    let laptop = Laptop::of(1, "陈明", "一组");
    let mut chance = Chance::new(5);
    let mut acknowledged = BTreeSet::new();
    for round in 0..80 {
        let mut talk = Talk::with(&laptop);
        for line in 0..24 {
            // One action of several operations: the household, its phone and its people stand or fall together.
            talk.tell(&json!({
                "do": "household.add", "head": format!("张{round}号{line}"), "phone": format!("138{round:04}{line:04}"),
                "village": "东里东村", "key": format!("{round}/{line}"),
            }));
        }
        let mut answers: Vec<_> = (0..chance.below(20)).map(|_| talk.hear()).collect();
        answers.extend(talk.kill());
        assert!(answers.iter().all(|answer| answer["ok"] == true), "{answers:?}");
        acknowledged.extend((0..answers.len()).map(|line| format!("张{round}号{line}")));
    }
    assert!(heads(&laptop).is_superset(&acknowledged), "{} acknowledged", acknowledged.len());
    for one in laptop.list("households") {
        assert!(
            one["village"] == "东里东村" && one["phones"].as_array().is_some_and(|phones| phones.len() == 1),
            "{one}"
        );
    }
    laptop.run(&["check"]).ends(0);
}

#[test]
fn a_merge_killed_at_any_moment_and_run_again_gives_the_same_state() {
    let (office, two) = (Laptop::of(21, "办公室", "办公室"), Laptop::of(12, "张文彬", "二组"));
    two.run(&["import", "r500.xlsx"]).ends(0);
    let lines: Vec<_> = (0..300).map(|n| json!({"do": "household.add", "head": format!("李{n}")})).collect();
    two.batch(&lines);
    let file = two.run(&["export", "--out", two.path("二组.zfb").to_str().unwrap(), "--json"]).ends(0).json().remove(0);
    let file = file["path"].as_str().unwrap();
    let own: BTreeSet<String> = (0..5).map(|n| format!("王{n}")).collect();
    office.batch(&own.iter().map(|head| json!({"do": "household.add", "head": head})).collect::<Vec<_>>());
    let (mut chance, whole) = (Chance::new(6), heads(&two));
    let untouched = office.path("untouched");
    copy(&office.data(), &untouched);
    let whole_merge = kill_after(&office, &["merge", file], usize::MAX);
    std::fs::remove_dir_all(office.data()).unwrap();
    copy(&untouched, &office.data());
    let (mut before, mut after) = (0, 0);
    // How long a merge takes changes with what else the machine does: the range of moments follows it.
    let mut most = whole_merge.max(8);
    for _ in 0..80 {
        kill_after(&office, &["merge", file], chance.below(most));
        let there = heads(&office);
        assert!(there.is_superset(&own));
        // All of the file or nothing of it.
        if there.len() == own.len() {
            before += 1;
            most += most / 8;
        } else {
            assert!(there.is_superset(&whole), "half of a merge");
            most -= most / 8;
            after += 1;
            std::fs::remove_dir_all(office.data()).unwrap();
            copy(&untouched, &office.data());
        }
    }
    office.run(&["merge", file]).ends(0);
    assert_eq!(heads(&office).len(), whole.len() + own.len());
    office.run(&["check"]).ends(0);
    assert!(before > 0 && after > 0, "{before} killed before, {after} after");
}

#[test]
fn a_view_made_anew_and_a_backup_killed_at_any_moment_cost_nothing() {
    let laptop = Laptop::of(1, "陈明", "一组");
    laptop.run(&["import", "r500.xlsx"]).ends(0);
    let expected = heads(&laptop);
    let mut chance = Chance::new(7);
    let view = laptop.data().join("view");
    std::fs::remove_dir_all(&view).unwrap();
    // Opening for writing makes it anew.
    let whole_rebuild = kill_after(&laptop, &["batch", "-"], usize::MAX);
    for round in 0..100 {
        std::fs::remove_dir_all(&view).unwrap();
        kill_after(&laptop, &["batch", "-"], chance.below(whole_rebuild));
        if !view.exists() {
            std::fs::create_dir(&view).unwrap();
        }
        if round % 20 == 0 {
            assert_eq!(heads(&laptop), expected);
        }
    }
    let whole_backup = kill_after(&laptop, &["backup"], usize::MAX);
    for _ in 0..100 {
        kill_after(&laptop, &["backup"], chance.below(whole_backup * 5 / 4));
    }
    assert_eq!(heads(&laptop), expected);
    laptop.run(&["batch", "-"]).ends(0);
    laptop.run(&["check"]).ends(0);
    let made = laptop.run(&["backup", "--json"]).ends(0).json().remove(0);
    let new = Laptop::new(2);
    new.run(&["restore", made["path"].as_str().unwrap()]).ends(0);
    assert_eq!(heads(&new), expected);
    // Whole files only: what was being written never has the name of a backup.
    for entry in std::fs::read_dir(Path::new(made["path"].as_str().unwrap()).parent().unwrap()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "zfb")
            && !path.file_name().unwrap().to_string_lossy().starts_with('.')
        {
            Laptop::new(3).run(&["restore", path.to_str().unwrap()]).ends(0);
        }
    }
}
