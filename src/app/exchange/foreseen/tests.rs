//! What is foreseen of an export file is what its merge then does.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use proptest::prelude::*;

use super::overlay::Overlay;
use super::{Foreseen, Foresight, Homes, foresee_alone};
use crate::app::exchange::some_laptops::Laptop;
use crate::app::exchange::touched::{How, NAMED};
use crate::app::session::jobs;
use crate::app::{Brings, Parcel, Progress, Request, Share, Touches};
use crate::domain::{Birth, Body, Kept, Name, Operation, Prevs, Sort, Stamp, Value, Writer};
use crate::exchange::{Manifest, write};
use crate::log::{Ranges, bytes};
use crate::text::Lang;

/// Looks at a file or a folder on a laptop.
fn look(laptop: &Laptop, place: &Path) -> Vec<(PathBuf, Brings)> {
    let (known, house) = (laptop.keeper.what_is_known(), laptop.keeper.house());
    let offers = jobs::look(place, laptop.keeper.device().laptop, known, house, &Progress::default());
    offers.into_iter().map(|offer| (offer.file, offer.state.unwrap())).collect()
}

fn foresee(laptop: &Laptop, file: &Path) -> Foreseen {
    look(laptop, file).remove(0).1.foreseen.unwrap()
}

/// Merges a file and tells which households it changed.
fn merged(laptop: &mut Laptop, file: &Path) -> Touches {
    let mut parcel = laptop.keeper.open_parcel(file).unwrap();
    let (entities, fresh) = (parcel.touches().unwrap(), parcel.plan.fresh.clone());
    laptop.merge(file);
    laptop.keeper.house().touched(&fresh, &entities, NAMED).unwrap()
}

fn told(touches: &Touches) -> Vec<(&str, &str, How)> {
    touches.first.iter().map(|one| (one.head.as_str(), one.place.as_str(), one.how)).collect()
}

/// Gives what an export file brings.
fn fresh(parcel: &mut Parcel) -> Vec<Arc<Kept>> {
    let mut all = Vec::new();
    parcel
        .each_fresh(|fresh| {
            all.extend(fresh);
            Ok(())
        })
        .unwrap();
    all
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
    let foreseen = foresee(&two, &file);
    assert_eq!(foreseen.disputes, 2);
    let want = [
        ("张守富", "东里东村 3组 12号", How::Disputed(2)),
        ("李桂英", "东里东村 3组 8号", How::Changed),
        ("赵淑芬", "东里东村 3组 1号", How::New),
    ];
    // The door is the one that is used here now.
    let want = want.map(|(head, place, how)| (head, if head == "张守富" { "东里东村 3组 16号" } else { place }, how));
    assert_eq!(told(&foreseen.households), want);
    assert_eq!(foreseen.households.counts, [1, 0, 1, 1]);
    let said = |lang| foreseen.households.said().unwrap().say(lang);
    assert_eq!(
        (said(Lang::Zh).as_str(), said(Lang::En).as_str()),
        ("不一致 1, 有改动 1, 新户 1", "1 disputed, 1 changed, 1 new")
    );
    let journal = two.keeper.reader();
    assert_eq!((journal.length(), journal.end()), before, "nothing was written");
    let mut parcel = two.keeper.open_parcel(&file).unwrap();
    let (entities, fresh) = (parcel.touches().unwrap(), parcel.plan.fresh.clone());
    two.merge(&file);
    let touched = house.touched(&fresh, &entities, NAMED).unwrap();
    let ways = |touches: &Touches| touches.first.iter().map(|one| (one.name, one.how)).collect::<Vec<_>>();
    assert_eq!(ways(&touched), ways(&foreseen.households));
    assert_eq!(house.disputed_by(&[&fresh, &known]).unwrap(), [2, 2], "both sides count it");
}

// The page named one of the two and the command the other, and neither said that they become one.
#[test]
fn two_households_that_become_one_are_said_to_under_one_name_before_the_merge_as_after_it() {
    let (mut one, mut two, [zhang, li, wang]) = two();
    one.set(li, "nickname", "老李");
    for (household, other) in [(li, zhang), (wang, li)] {
        one.ask(Request::new("household.same").with_name("household", household).with_name("other", other));
    }
    let file = one.export("1.zfb");
    let foreseen = foresee(&two, &file).households;
    assert_eq!(told(&foreseen), [("张守富, 李桂英, 王成友", "东里东村 3组 12号", How::Joined)]);
    let said = |lang| foreseen.said().unwrap().say(lang);
    assert_eq!((said(Lang::Zh).as_str(), said(Lang::En).as_str()), ("合成一户 1", "1 joined"));
    let touched = merged(&mut two, &file);
    assert_eq!((touched.counts, told(&touched)), (foreseen.counts, told(&foreseen)));
    // What is known already is not said again by whoever says something else of them.
    one.set(zhang, "door", "14号");
    let file = one.export("2.zfb");
    assert_eq!(told(&foresee(&two, &file).households)[0].2, How::Changed);
}

// It was counted, and stood among the others without a name.
#[test]
fn a_row_without_a_head_is_nobodys_household_before_the_merge_and_after_it() {
    let (mut one, mut two) = (Laptop::new(1, "一组", "陈明"), Laptop::new(2, "二组", "张文彬"));
    one.import("户主姓名,联系电话,村(居),门牌号\n张守富,13853301234,东里东村,12号\n,13853301235,东里东村,9号\n李桂英,13853305678,东里东村,8号\n");
    let whole = one.export("1.zfb");
    let foreseen = foresee(&two, &whole).households;
    assert_eq!(foreseen.counts, [0, 0, 0, 2]);
    assert_eq!(
        foreseen.first.iter().map(|one| one.head.as_str()).collect::<BTreeSet<_>>(),
        ["张守富", "李桂英"].into()
    );
    let touched = merged(&mut two, &whole);
    assert_eq!((touched.counts, told(&touched)), (foreseen.counts, told(&foreseen)));
    // It becomes somebody's with its head; until then nothing that is written on it makes it one.
    let doubtful = |laptop: &Laptop| laptop.keeper.house().shelf(|shelf, _| shelf.doubtful().next());
    let row = doubtful(&one).unwrap();
    for (at, (fact, value, count)) in [("door", "10号", 0), ("head", "王成友", 1)].into_iter().enumerate() {
        one.set(row, fact, value);
        let file = one.export(&format!("{}.zfb", at + 2));
        let foreseen = foresee(&two, &file).households;
        assert_eq!(foreseen.counts, [0, 0, count, 0], "{fact}");
        let touched = merged(&mut two, &file);
        assert_eq!((touched.counts, told(&touched)), (foreseen.counts, told(&foreseen)), "{fact}");
    }
}

// It was counted among the disagreements and not among the households, and where it was listed it had no name.
#[test]
fn a_row_without_a_head_that_people_disagree_about_is_named_by_its_number() {
    let (mut one, mut two) = (Laptop::new(1, "一组", "陈明"), Laptop::new(2, "二组", "张文彬"));
    one.import("户主姓名,联系电话,村(居),门牌号\n张守富,13853301234,东里东村,12号\n,13853301235,东里东村,9号\n");
    let file = one.export("1.zfb");
    two.merge(&file);
    let row = one.keeper.house().shelf(|shelf, _| shelf.doubtful().next()).unwrap();
    one.set(row, "door", "10号");
    two.set(row, "door", "11号");
    let file = one.export("2.zfb");
    let foreseen = foresee(&two, &file);
    assert_eq!((foreseen.disputes, foreseen.households.counts), (1, [1, 0, 0, 0]));
    let touched = merged(&mut two, &file);
    for touches in [&foreseen.households, &touched] {
        assert_eq!(told(touches), [("", "东里镇 东里东村 11号", How::Disputed(1))]);
        let whose = |lang| touches.first[0].whose.say(lang);
        assert_eq!((whose(Lang::Zh).as_str(), whose(Lang::En).as_str()), ("没有户主 第3行", "no head, row 3"));
    }
    assert_eq!(touched.counts, foreseen.households.counts);
    let disputes = two.keeper.house().disputes().unwrap();
    let said: Vec<(String, &str)> = disputes.iter().map(|one| (one.head.say(Lang::Zh), one.place.as_str())).collect();
    assert_eq!(said, [("没有户主 第3行".to_owned(), "东里镇 东里东村 11号")]);
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
    let foreseen = foresee(&one, &file);
    assert_eq!((foreseen.disputes, foreseen.households.counts), (0, [0, 0, 1, NAMED + 20]));
    assert_eq!(foreseen.households.first.len(), NAMED);
    assert_eq!(foreseen.households.first[0].how, How::Changed);
}

// Of all that came behind it nothing was told.
#[test]
fn a_file_that_cannot_be_read_to_its_end_hides_nothing_of_those_behind_it() {
    let (mut one, two, [zhang, li, _]) = two();
    one.set(zhang, "door", "14号");
    let broken = one.export("1.zfb");
    one.set(li, "door", "18号");
    let sound = one.export("2.zfb");
    let (house, known) = (two.keeper.house(), two.keeper.known());
    let view = house.view();
    let [mut first, mut second] = [&broken, &sound].map(|file| two.keeper.open_parcel(file).unwrap());
    // The stick is drawn out, or breaks, once the file was looked at.
    std::fs::OpenOptions::new().write(true).open(&broken).unwrap().set_len(60).unwrap();
    let mut foresight = Foresight::of(house, view.as_ref(), &known);
    assert!(foresight.add(&mut first, &Progress::default()).is_err());
    foresight.add(&mut second, &Progress::default()).unwrap();
    let foreseen = foresight.foresee(&Progress::default()).unwrap();
    let households: Vec<_> = foreseen.iter().flatten().map(|one| told(&one.households).len()).collect();
    assert_eq!((foreseen.len(), households), (1, vec![2]));
}

#[test]
fn what_was_laid_over_of_a_file_is_taken_off_and_what_was_before_it_stays() {
    let (mut one, two, [zhang, li, _]) = two();
    one.set(zhang, "door", "14号");
    let mut parcel = two.keeper.open_parcel(&one.export("1.zfb")).unwrap();
    let before = fresh(&mut parcel);
    one.set(zhang, "door", "16号");
    one.set(li, "door", "18号");
    let mut parcel = two.keeper.open_parcel(&one.export("2.zfb")).unwrap();
    let all = fresh(&mut parcel);
    let known = two.keeper.known();
    let view = two.keeper.house().view();
    let mut overlay = Overlay::over(view.as_ref(), &known);
    assert!(before.iter().all(|operation| overlay.put(0, &operation.bytes)));
    let said = |overlay: &Overlay<'_>| [zhang, li].map(|home| overlay.operations(home).unwrap());
    let (laid, length) = (said(&overlay), overlay.len());
    let news: Vec<_> = all.iter().filter(|operation| !before.contains(operation)).collect();
    assert!(news.iter().all(|operation| overlay.put(1, &operation.bytes)) && said(&overlay) != laid);
    overlay.take_off(1);
    assert_eq!((said(&overlay), overlay.len()), (laid, length));
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
        bytes::encode(&operation).unwrap()
    };
    let mut fresh = vec![birth(1, zhang)];
    fresh.extend((2..=20_000).map(|seq| birth(seq, Name::new(77, seq - 1))));
    // And two that belong to each other.
    fresh.extend([birth(30_000, Name::new(77, 30_001)), birth(30_001, Name::new(77, 30_000))]);
    let house = Arc::clone(&one.keeper.house);
    let view = house.view();
    let known = Ranges::default();
    let mut overlay = Overlay::over(view.as_ref(), &known);
    assert!(fresh.iter().all(|operation| overlay.put(0, operation)));
    let mut homes = Homes::of(&house, &overlay);
    for seq in [20_000, 1, 2, 3, 4, 30_000] {
        let home = homes.home(Name::new(77, seq)).unwrap();
        assert_eq!(home, (seq <= 3).then_some(zhang), "{seq}");
    }
}

// Only what was here counted: of two files that contradict each other neither said so, and of one with a further value none.
#[test]
fn disagreements_among_the_files_of_a_stick_are_foreseen_and_further_values_and_what_settles_them() {
    let mut world = World::of(&[
        (0, Act::Set { home: 0, fact: 0, value: 0 }),
        (1, Act::Set { home: 0, fact: 0, value: 1 }),
        (2, Act::Set { home: 0, fact: 0, value: 2 }),
        (2, Act::Set { home: 1, fact: 0, value: 2 }),
    ]);
    let told = |world: &World| -> Vec<(u64, usize, String)> {
        let all = look(&world.office, world.stick.path());
        let told = |brings: Brings| (brings.in_turn.fresh, brings.foreseen.unwrap());
        let told = all.into_iter().map(|(_, brings)| told(brings));
        told.map(|(fresh, told)| {
            (fresh, told.disputes, told.households.said().map_or(String::new(), |said| said.say(Lang::Zh)))
        })
        .collect()
    };
    let (one, two) = ("不一致 1".to_owned(), "不一致 1, 有改动 1".to_owned());
    let fresh: Vec<u64> = told(&world).iter().map(|(fresh, ..)| *fresh).collect();
    assert_eq!(told(&world), [(fresh[0], 1, one.clone()), (fresh[1], 1, one.clone()), (fresh[2], 1, two.clone())]);
    // Here it is disputed already: the third brings a further value.
    let files: Vec<PathBuf> = look(&world.office, world.stick.path()).into_iter().map(|(file, _)| file).collect();
    world.office.merge(&files[0]);
    world.office.merge(&files[1]);
    let nothing = (0, 0, String::new());
    assert_eq!(told(&world), [nothing.clone(), nothing.clone(), (fresh[2], 1, two.clone())]);
    // A fourth that knows of all of them and settles it.
    for from in [0, 1] {
        world.happens(50 + from, 2, Act::Merge { from });
    }
    world.happens(60, 2, Act::Set { home: 0, fact: 0, value: 0 });
    world.happens(61, 2, Act::Export { number: 90 });
    let after = told(&world);
    assert_eq!((&after[2].2, &after[3].2), (&"有改动 2".to_owned(), &"有改动 1".to_owned()));
    assert_eq!((after[2].1, after[3].1), (0, 0), "once all of them are merged nothing is disputed");
}

// Of a file with more than 50,000 new records no household was named.
#[test]
fn a_very_long_file_names_its_households_too_the_disputed_first_and_can_be_stopped() {
    let (mut one, mut two, [zhang, ..]) = two();
    one.set(zhang, "door", "14号");
    two.set(zhang, "door", "16号");
    let small = one.export("1.zfb");
    let mut parcel = two.keeper.open_parcel(&small).unwrap();
    let mut operations: BTreeMap<Name, Vec<u8>> =
        fresh(&mut parcel).iter().map(|kept| (kept.operation.name, kept.bytes.to_vec())).collect();
    let few = operations.len();
    for seq in 1..=60_000 {
        let facts = vec![("head".into(), Value::text(format!("孙传宝{seq}")))];
        let (name, body) = (Name::new(77, seq), Body::Birth(Sort::Household, Birth { links: Vec::new(), facts }));
        let (actor, key, prevs, stamp) = ("".into(), "".into(), Prevs::new(), Stamp::default());
        let operation = Operation { name, stamp, wall_ms: 0, actor, entity: name, key, prevs, body };
        operations.insert(name, bytes::encode(&operation).unwrap());
    }
    let file = small.with_file_name("2.zfb");
    let from = Writer { laptop: 7, group: "三组".into(), ..Writer::default() };
    let manifest = Manifest { campaign: two.keeper.campaign_id(), from, ..Manifest::default() };
    let mut out = std::fs::File::create(&file).unwrap();
    write(&manifest, || operations.values().map(|raw| Ok(raw.as_slice())), &mut out).unwrap();
    let foreseen = foresee(&two, &file);
    assert_eq!((foreseen.disputes, foreseen.households.counts), (1, [1, 0, 0, 60_000]));
    assert_eq!((foreseen.households.first[0].name, foreseen.households.first.len()), (zhang, NAMED));
    assert_eq!(look(&two, &file)[0].1.in_turn.fresh, 60_000 + few as u64);
    // Stopped half way through it.
    let progress = Progress::default();
    let known = two.keeper.known();
    let mut parcel = two.keeper.open_parcel(&file).unwrap();
    progress.stop();
    let stopped = foresee_alone(&mut parcel, &known, two.keeper.house(), &progress).unwrap_err();
    assert_eq!(stopped.kind, "stopped");
}

/// Something that happens on one of the groups' laptops.
#[derive(Debug, Clone, Copy)]
enum Act {
    /// A fact of a household gets a value.
    Set { home: usize, fact: usize, value: usize },
    /// A new household.
    Add,
    /// Somebody in a household.
    Member { home: usize },
    /// A visit with a line that becomes an issue.
    Issue { home: usize },
    /// An issue goes on by a step.
    Step { decline: bool },
    /// Another laptop's export is merged.
    Merge { from: usize },
    /// A file goes onto the stick.
    Export { number: usize },
}

fn act() -> impl Strategy<Value = (usize, Act)> {
    let of = prop_oneof![
        8 => (0..4_usize, 0..2_usize, 0..3_usize).prop_map(|(home, fact, value)| Act::Set { home, fact, value }),
        1 => Just(Act::Add),
        1 => (0..4_usize).prop_map(|home| Act::Member { home }),
        1 => (0..4_usize).prop_map(|home| Act::Issue { home }),
        3 => any::<bool>().prop_map(|decline| Act::Step { decline }),
        3 => (0..3_usize).prop_map(|from| Act::Merge { from }),
        3 => (0..99_usize).prop_map(|number| Act::Export { number }),
    ];
    (0..3_usize, of)
}

/// Three groups and an office that know the same households and an issue; then what happened, and a stick with what was exported.
struct World {
    office: Laptop,
    groups: Vec<Laptop>,
    homes: Vec<Name>,
    issue: Name,
    stick: tempfile::TempDir,
}

impl World {
    fn of(acts: &[(usize, Act)]) -> Self {
        let mut groups: Vec<Laptop> = [(2, "一组", "陈明"), (3, "二组", "张文彬"), (4, "三组", "苗兴英")]
            .map(|(laptop, group, person)| Laptop::new(laptop, group, person))
            .into();
        let mut office = Laptop::new(9, "办公室", "李光军");
        let homes =
            [("张守富", "12号"), ("李桂英", "8号"), ("王成友", "9号")].map(|(head, door)| groups[0].add(head, door));
        groups[0].ask(Request::new("visit.start").with_name("household", homes[0]));
        let issue = groups[0].ask(Request::new("issue.record").with("text", "没有广场").with("field", "culture"));
        let file = groups[0].export("first.zfb");
        groups.iter_mut().skip(1).for_each(|group| group.merge(&file));
        office.merge(&file);
        let mut world = Self { office, groups, homes: homes.into(), issue, stick: tempfile::tempdir().unwrap() };
        for (at, (group, act)) in acts.iter().enumerate() {
            world.happens(at, *group, *act);
        }
        for group in 0..3 {
            world.happens(1000 + group, group, Act::Export { number: group });
        }
        world
    }

    fn happens(&mut self, at: usize, group: usize, act: Act) {
        let home = |home: usize| self.homes[home % self.homes.len()];
        let laptop = &mut self.groups[group];
        match act {
            Act::Set { home: of, fact, value } => {
                let value = [["14号", "16号", "18号"], ["富子", "老富", "守富"]][fact][value];
                laptop.try_ask(
                    Request::new("household.set")
                        .with_name("household", home(of))
                        .with(["door", "nickname"][fact], value),
                );
            }
            Act::Add => {
                let new = laptop.add(&format!("孙传宝{at}"), "2号");
                self.homes.push(new);
            }
            Act::Member { home: of } => {
                laptop.try_ask(Request::new("member.add").with_name("household", home(of)).with("name", "赵淑芬"));
            }
            Act::Issue { home: of } => {
                laptop.try_ask(Request::new("visit.start").with_name("household", home(of)));
                laptop.try_ask(Request::new("issue.record").with("text", "路不平").with("field", "culture"));
            }
            Act::Step { decline } => {
                let screen = Request::new("issue.screen").with_name("issue", self.issue);
                laptop.try_ask(if decline {
                    screen.with("decision", "unsupported").with("why", "政策不支持")
                } else {
                    screen.with("decision", "accept").with("class", "general").with("unit", "文化馆")
                });
            }
            Act::Merge { from } if from != group => {
                let file = self.groups[from].export(&format!("{at}.zfb"));
                self.groups[group].merge(&file);
            }
            Act::Merge { .. } => {}
            Act::Export { number } => {
                let file = laptop.export(&format!("{at}.zfb"));
                std::fs::copy(file, self.stick.path().join(format!("{number:02}-{at}.zfb"))).unwrap();
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn what_is_foreseen_of_a_whole_stick_is_what_merging_all_of_it_then_brings(
        acts in prop::collection::vec(act(), 0..30),
    ) {
        let mut world = World::of(&acts);
        let foreseen = look(&world.office, world.stick.path());
        prop_assert!(foreseen.len() >= 3);
        let (mut lots, mut entities) = (Vec::new(), Vec::new());
        for (file, brings) in &foreseen {
            let mut parcel = world.office.keeper.open_parcel(file).unwrap();
            entities.push(parcel.touches().unwrap());
            let merged = world.office.keeper.merge(parcel).unwrap();
            world.office.keeper.finish().unwrap();
            let share = Share { fresh: merged.fresh, repeated: merged.repeated, quarantined: merged.quarantined };
            prop_assert_eq!(brings.in_turn, share);
            lots.push(merged.names);
        }
        let house = world.office.keeper.house();
        let disputes = house.disputed_by(&lots.iter().collect::<Vec<_>>()).unwrap();
        for (((_, brings), disputes), (lot, entities)) in foreseen.iter().zip(disputes).zip(lots.iter().zip(&entities)) {
            let foreseen = brings.foreseen.as_ref().unwrap();
            let touched = house.touched(lot, entities, NAMED).unwrap();
            prop_assert_eq!(foreseen.disputes, disputes);
            let ways = |touches: &Touches| touches.first.iter().map(|one| (one.name, one.how)).collect::<BTreeSet<_>>();
            prop_assert_eq!(ways(&foreseen.households), ways(&touched));
            prop_assert_eq!(foreseen.households.counts, touched.counts);
            let missing = house.of_whom(&house.view().known().holes(), &crate::app::Peers::default());
            prop_assert!(missing.is_empty() && brings.missing.is_empty());
        }
    }
}
