//! What crossed between laptops is listed, and nothing that somebody had seen, or that nobody changed.

use std::collections::BTreeMap;

use super::cross;
use crate::app::exchange::some_laptops::Laptop;
use crate::app::{Crossing, Keeper, Parallel, Progress, Request};
use crate::domain::Name;
use crate::text::Lang;

fn crossed(keeper: &Keeper) -> Vec<Parallel> {
    let peers = keeper.place.peers();
    keeper.house().crossed(&peers, &keeper.reader(), &Progress::default()).unwrap()
}

/// Says what is listed: the head, then who changed what to what.
fn told(laptop: &Laptop) -> Vec<String> {
    let said = |one: &Parallel| {
        let changes = one.changes.iter().map(|change| {
            format!("{} {} {}", change.actor, change.fact.say(Lang::Zh).trim(), change.value.say(Lang::Zh))
        });
        format!("{}: {}", one.head.say(Lang::Zh), changes.collect::<Vec<_>>().join(", "))
    };
    crossed(&laptop.keeper).iter().map(said).collect()
}

/// Two laptops that know the same two households, and an office that knows nothing.
fn three() -> (Laptop, Laptop, Laptop, [Name; 2]) {
    let (mut one, mut two) = (Laptop::new(1, "一组", "陈明"), Laptop::new(2, "二组", "张文彬"));
    let homes = [one.add("张守富", "12号"), one.add("李桂英", "8号")];
    two.merge(&one.export("0.zfb"));
    (one, two, Laptop::new(3, "办公室", "李光军"), homes)
}

#[test]
fn different_facts_of_one_household_that_crossed_are_told_with_who_changed_what() {
    let (mut one, mut two, mut office, [zhang, li]) = three();
    one.set(zhang, "door", "14号");
    one.set(zhang, "door", "15号");
    one.set(li, "door", "9号");
    two.set(zhang, "nickname", "富子");
    let member = Request::new("member.add").with_name("household", zhang).with("name", "刘桂芝");
    let member = two.ask(member.with("relation", "老伴"));
    two.ask(Request::new("member.set").with_name("member", member).with("health", "chronic"));
    assert_eq!(told(&two), Vec::<String>::new(), "nothing came yet");
    let files = [one.export("1.zfb"), two.export("2.zfb")];
    for file in &files {
        office.merge(file);
    }
    let want = ["张守富: 张文彬 小名 富子, 陈明 门牌 15号, 张文彬 老伴 刘桂芝 身体状况 慢性病"];
    let said: Vec<String> = told(&office).iter().map(|line| sorted(line)).collect();
    assert_eq!(said, want.map(sorted));
    let only = &crossed(&office.keeper)[0];
    assert_eq!((only.household, only.issue), (Some(zhang), None));
    assert!(only.changes.iter().all(|change| !change.laptop.is_empty() && change.at > 0), "{only:?}");
    // The other order, and again, says the same.
    let mut other = Laptop::new(4, "办公室", "李光军");
    for file in files.iter().rev().chain(&files) {
        other.merge(file);
    }
    assert_eq!(told(&other), told(&office));
    // The first group merges the other one: its own door and what came.
    one.merge(&files[1]);
    assert_eq!(told(&one), told(&office));
}

/// Puts the changes of a line in order of words: they were written within the same minutes.
fn sorted(line: &str) -> String {
    let (head, rest) = line.split_once(": ").unwrap();
    let mut changes: Vec<&str> = rest.split(", ").collect();
    changes.sort_unstable();
    format!("{head}: {}", changes.join(", "))
}

// Only the office told of it: to the groups everything comes in one file, which knows their own changes already.
#[test]
fn a_group_that_takes_the_offices_file_back_lists_what_it_wrote_later_than_another_had() {
    let (mut one, mut two, mut office, [zhang, li]) = three();
    two.set(zhang, "nickname", "富子");
    one.set(zhang, "door", "14号");
    one.set(li, "door", "9号");
    for nickname in ["英", "桂", "英子", "桂英"] {
        two.set(li, "nickname", nickname);
    }
    let files = [one.export("1.zfb"), two.export("2.zfb")];
    for file in &files {
        office.merge(file);
    }
    let back = office.export("3.zfb");
    for laptop in [&mut one, &mut two] {
        assert_eq!(told(laptop), Vec::<String>::new());
        laptop.merge(&back);
    }
    assert_eq!(
        told(&one).iter().map(|line| sorted(line)).collect::<Vec<_>>(),
        ["张守富: 张文彬 小名 富子, 陈明 门牌 14号"]
    );
    assert_eq!(
        told(&two).iter().map(|line| sorted(line)).collect::<Vec<_>>(),
        ["李桂英: 张文彬 小名 桂英, 陈明 门牌 9号"]
    );
    // What is written now had seen all of that, and comes back to whoever wrote before: nothing crossed.
    two.set(zhang, "nickname", "守富");
    one.set(li, "door", "10号");
    let files = [one.export("4.zfb"), two.export("5.zfb")];
    for file in &files {
        office.merge(file);
    }
    let back = office.export("6.zfb");
    for laptop in [&mut one, &mut two] {
        laptop.merge(&back);
        assert_eq!(told(laptop), Vec::<String>::new(), "the changes that crossed were written over");
    }
}

// A stamp of more than a day ahead is not gone on from: whoever had seen what it says wrote with an earlier one all the same.
#[test]
fn what_another_had_seen_is_not_listed_where_the_own_clock_was_far_ahead() {
    let (mut one, mut two, mut office, [zhang, _]) = three();
    two.year = 2022;
    two.set(zhang, "nickname", "富子");
    one.merge(&two.export("1.zfb"));
    one.set(zhang, "door", "14号");
    office.merge(&one.export("2.zfb"));
    two.merge(&office.export("3.zfb"));
    assert_eq!(told(&two), Vec::<String>::new());
}

// Up to fourteen merges of each laptop were gone through without a look at the stop.
#[test]
fn looking_for_what_crossed_stops_between_any_two_exports() {
    let (mut one, mut two, mut office, [zhang, _]) = three();
    one.set(zhang, "door", "14号");
    two.set(zhang, "nickname", "富子");
    for file in [one.export("1.zfb"), two.export("2.zfb")] {
        office.merge(&file);
    }
    let (peers, progress) = (office.keeper.place.peers(), Progress::default());
    let crossings: Vec<Crossing> = peers.iter().flat_map(|peer| peer.crossings.iter()).collect();
    assert!(!crossings.is_empty());
    let mut units = BTreeMap::new();
    for crossing in &crossings {
        cross(crossing, &[], |_, _| true, &mut units, &progress).unwrap();
    }
    progress.stop();
    for crossing in &crossings {
        let stopped = cross(crossing, &[], |_, _| true, &mut units, &progress).unwrap_err();
        assert_eq!(stopped.kind, "stopped");
    }
}

#[test]
fn what_somebody_had_seen_and_what_both_changed_is_not_listed() {
    let (mut one, mut two, mut office, [zhang, li]) = three();
    // Seen: the second laptop merges before it writes.
    one.set(zhang, "door", "14号");
    two.merge(&one.export("1.zfb"));
    two.set(zhang, "nickname", "富子");
    // Both change the same fact: that is a disagreement, and no news here.
    one.set(li, "door", "9号");
    two.set(li, "door", "10号");
    let files = [one.export("2.zfb"), two.export("3.zfb")];
    for file in &files {
        office.merge(file);
    }
    assert_eq!(told(&office), Vec::<String>::new());
    assert_eq!(office.keeper.house().disputes().unwrap().len(), 1);
}

#[test]
fn a_new_household_a_visit_and_a_change_that_was_taken_back_are_none() {
    let (mut one, mut two, mut office, [zhang, _]) = three();
    let new = one.add("赵淑芬", "1号");
    one.set(new, "nickname", "芬");
    one.ask(Request::new("visit.start").with_name("household", zhang));
    one.set(zhang, "door", "14号");
    one.ask(Request::new("undo"));
    two.set(zhang, "nickname", "富子");
    let files = [one.export("1.zfb"), two.export("2.zfb")];
    for file in &files {
        office.merge(file);
    }
    assert_eq!(told(&office), Vec::<String>::new());
}

#[test]
fn steps_and_facts_of_one_issue_that_crossed_are_told_and_a_confidential_one_does_not_say_whose_it_is() {
    let (mut one, mut two, mut office, [zhang, _]) = three();
    let record = |secret: &str| {
        let issue = Request::new("issue.record").with_name("household", zhang).with("text", "没有广场");
        issue.with("field", "culture").with("confidential", secret)
    };
    let issues = [one.ask(record("no")), one.ask(record("yes"))];
    two.merge(&one.export("1.zfb"));
    for issue in issues {
        let screen = Request::new("issue.screen").with_name("issue", issue).with("decision", "accept");
        one.ask(screen.with("unit", "文化馆"));
        two.ask(Request::new("issue.set").with_name("issue", issue).with("class", "larger"));
    }
    let files = [one.export("2.zfb"), two.export("3.zfb")];
    for file in &files {
        office.merge(file);
    }
    let said: Vec<String> = told(&office).iter().map(|line| sorted(line)).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    for head in ["张守富: ", "(保密): "] {
        let line = said.iter().find(|line| line.starts_with(head)).unwrap_or_else(|| panic!("{said:?}"));
        assert!(line.contains("张文彬 文体生活 拟定级 较大") && line.contains("陈明 文体生活 甄别 受理"), "{line}");
    }
    assert!(crossed(&office.keeper).iter().all(|one| one.issue.is_some()));
}
