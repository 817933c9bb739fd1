//! What is foreseen of an export file is what its merge then does.

use std::sync::Arc;

use super::{Homes, foresee};
use crate::app::some_laptops::Laptop;
use crate::app::touched::{How, NAMED};
use crate::app::{Request, Touches};
use crate::domain::{Birth, Body, Kept, Name, Operation, Prevs, Sort, Stamp};
use crate::log::bytes;
use crate::text::Lang;

fn told(touches: &Touches) -> Vec<(&str, &str, How)> {
    touches.first.iter().map(|one| (one.head.as_str(), one.place.as_str(), one.how)).collect()
}

/// Two laptops that know the same three households; gives those.
fn two() -> (Laptop, Laptop, [Name; 3]) {
    let (mut one, mut two) = (Laptop::new(1, "一组", "陈明"), Laptop::new(2, "二组", "张文彬"));
    let homes = [one.add("张守富", "12号"), one.add("李桂英", "8号"), one.add("王成友", "9号")];
    let file = one.export("0.zfb");
    two.merge(&file);
    (one, two, homes)
}

#[test]
fn the_households_that_a_merge_changes_are_named_before_it_and_are_those_that_it_changes() {
    let (mut one, mut two, [zhang, li, wang]) = two();
    one.set(zhang, "door", "14号");
    one.set(zhang, "nickname", "富子");
    // What belongs to a household touches it, through the visit and the line.
    one.ask(Request::new("visit.start").with_name("household", li));
    one.ask(Request::new("issue.record").with("text", "没有广场").with("field", "culture"));
    let new = one.add("赵淑芬", "1号");
    one.ask(Request::new("member.add").with_name("household", new).with("name", "孙传宝"));
    two.set(zhang, "door", "16号");
    two.set(zhang, "nickname", "老富");
    two.set(wang, "door", "10号");
    let file = one.export("1.zfb");
    let (known, house) = (two.keeper.known(), Arc::clone(&two.keeper.house));
    let journal = two.keeper.reader();
    let before = (journal.length(), journal.end());
    let mut parcel = two.keeper.open_parcel(&file).unwrap();
    let foreseen = foresee(&mut parcel, &known, &house).unwrap().unwrap();
    assert_eq!(foreseen.disputes, 2);
    let want = [
        ("张守富", "东里东村 3组 12号", How::Disputed(2)),
        ("李桂英", "东里东村 3组 8号", How::Changed),
        ("赵淑芬", "东里东村 3组 1号", How::New),
    ];
    // The door is the one that is used here now.
    let want = want.map(|(head, place, how)| (head, if head == "张守富" { "东里东村 3组 16号" } else { place }, how));
    assert_eq!(told(&foreseen.households), want);
    assert_eq!(foreseen.households.counts, [1, 1, 1]);
    let said = |lang| foreseen.households.said().unwrap().say(lang);
    assert_eq!(
        (said(Lang::Zh).as_str(), said(Lang::En).as_str()),
        ("不一致 1, 有改动 1, 新户 1", "1 disputed, 1 changed, 1 new")
    );
    let journal = two.keeper.reader();
    assert_eq!((journal.length(), journal.end()), before, "nothing was written");
    let (entities, fresh) = (parcel.touches().unwrap(), parcel.plan.fresh.clone());
    let disputed = house.shelf(|shelf, _| shelf.disputed().clone());
    two.merge(&file);
    let touched = house.touched(&fresh, &entities, &disputed, NAMED).unwrap();
    let ways = |touches: &Touches| touches.first.iter().map(|one| (one.name, one.how)).collect::<Vec<_>>();
    assert_eq!(ways(&touched), ways(&foreseen.households));
    assert_eq!(house.disputed_by(&[&fresh, &known]).unwrap(), [2, 2], "both sides count it");
}

#[test]
fn what_a_file_settles_is_no_disagreement_and_only_the_first_are_named() {
    let (mut one, mut two, [zhang, ..]) = two();
    one.set(zhang, "door", "14号");
    two.set(zhang, "door", "16号");
    let file = two.export("2.zfb");
    one.merge(&file);
    assert_eq!(one.keeper.house().disputes().unwrap().len(), 1);
    // The other laptop takes it in and settles it; its word comes back.
    let file = one.export("3.zfb");
    two.merge(&file);
    two.set(zhang, "door", "18号");
    for at in 0..NAMED + 20 {
        two.add(&format!("孙传宝{at}"), "2号");
    }
    let file = two.export("4.zfb");
    let (known, house) = (one.keeper.known(), Arc::clone(&one.keeper.house));
    let mut parcel = one.keeper.open_parcel(&file).unwrap();
    let foreseen = foresee(&mut parcel, &known, &house).unwrap().unwrap();
    assert_eq!((foreseen.disputes, foreseen.households.counts), (0, [0, 1, NAMED + 20]));
    assert_eq!(foreseen.households.first.len(), NAMED);
    assert_eq!(foreseen.households.first[0].how, How::Changed);
}

// A file on a stick is looked at before anybody asks for it: whoever made this one ended the program, and a visit with it.
#[test]
fn a_file_that_chains_very_many_births_says_of_each_what_the_merge_would() {
    let (one, _, [zhang, ..]) = two();
    let birth = |seq: u32, of: Name| {
        let body = Body::Birth(Sort::Member, Birth { links: vec![("household".into(), of)], facts: Vec::new() });
        let (name, stamp) = (Name::new(77, seq), Stamp::default());
        let (actor, key, prevs) = ("".into(), "".into(), Prevs::new());
        let operation = Operation { name, stamp, wall_ms: 0, actor, entity: name, key, prevs, body };
        let bytes = bytes::encode(&operation).unwrap();
        Arc::new(Kept { operation, bytes: bytes.into() })
    };
    let mut fresh = vec![birth(1, zhang)];
    fresh.extend((2..=20_000).map(|seq| birth(seq, Name::new(77, seq - 1))));
    // And two that belong to each other.
    fresh.extend([birth(30_000, Name::new(77, 30_001)), birth(30_001, Name::new(77, 30_000))]);
    let house = Arc::clone(&one.keeper.house);
    let view = house.view();
    let mut homes = Homes::of(&fresh, &house, view.as_ref());
    for seq in [20_000, 1, 2, 3, 4, 30_000] {
        let home = homes.home(Name::new(77, seq)).unwrap();
        assert_eq!(home, (seq <= 3).then_some(zhang), "{seq}");
    }
}
