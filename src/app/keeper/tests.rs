//! What is acknowledged is shown, also where the view cannot follow the journal and is made anew in the middle of it.

use std::path::Path;
use std::sync::Arc;

use super::Keeper;
use crate::app::exchange::some_laptops::Laptop;
use crate::app::folder::rescue::tests::heads;
use crate::app::rosters::import::Roster;
use crate::app::{Device, Place, Request};
use crate::clock::Clock;
use crate::domain::{Kept, Name, Record};
use crate::intake::{Guess, read};
use crate::log::disk_faulty::{Act, FaultyDisk};
use crate::log::{Position, Ranges};
use crate::text::{Trouble, t};
use crate::view::{Applied, View};

/// A view that takes nothing in, as one on a full disk.
struct Full(Arc<dyn View>);

impl View for Full {
    fn record(&self, entity: Name) -> Result<Option<Arc<Record>>, Trouble> {
        self.0.record(entity)
    }

    fn apply_to(&self, _: &[Arc<Kept>], _: Position, _: Position) -> Result<Applied, Trouble> {
        Err(Trouble::new("view-failed", t("查询库写不进", "the view takes nothing")))
    }

    fn each(&self, visit: &mut dyn FnMut(Arc<Record>) -> bool) -> Result<(), Trouble> {
        self.0.each(visit)
    }

    fn known(&self) -> Ranges {
        self.0.known()
    }

    fn mark(&self) -> Position {
        self.0.mark()
    }

    fn reach(&self) -> Position {
        self.0.reach()
    }
}

fn laptop(folder: &Path) -> (FaultyDisk, Place, Keeper) {
    let disk = FaultyDisk::default();
    let place = Place { disk: Arc::new(disk.clone()), ..Place::new(folder.join("data")) };
    let device = Device { laptop: 1, visitors: vec!["陈明".into()], ..Device::default() };
    place.create(&device, &Clock::machine()).unwrap();
    let keeper = open(&place);
    (disk, place, keeper)
}

fn open(place: &Place) -> Keeper {
    let opened = place.open(Clock::machine()).unwrap();
    assert!(opened.findings.is_empty(), "{:?}", opened.findings);
    let mut keeper = opened.keeper;
    keeper.fill().unwrap();
    keeper
}

fn add(keeper: &mut Keeper, head: &str) -> Result<(), Trouble> {
    keeper.run(&Request::new("household.add").with("head", head)).map(|_| ())
}

fn fills_up(keeper: &mut Keeper) {
    keeper.show(Arc::new(Full(keeper.house.view()))).unwrap();
}

// The view was made of what had been synced by then. The rest of the group was acknowledged afterwards, and in no view ever again.
#[test]
fn what_waits_for_its_sync_is_in_the_view_that_is_made_anew_meanwhile() {
    let home = tempfile::tempdir().unwrap();
    let (_, place, mut keeper) = laptop(home.path());
    add(&mut keeper, "张守富").unwrap();
    fills_up(&mut keeper);
    add(&mut keeper, "李桂英").unwrap();
    keeper.sync().unwrap();
    let two = ["张守富", "李桂英"];
    assert_eq!(heads(&keeper), two);
    add(&mut keeper, "赵淑芬").unwrap();
    keeper.sync().unwrap();
    let all = [&two[..], &["赵淑芬"]].concat();
    assert_eq!(heads(&keeper), all);
    keeper.close().unwrap();
    drop(keeper);
    assert_eq!(heads(&open(&place)), all);
}

#[test]
fn where_that_sync_fails_the_whole_group_is_refused_and_not_shown() {
    let home = tempfile::tempdir().unwrap();
    let (disk, place, mut keeper) = laptop(home.path());
    add(&mut keeper, "从没存下的").unwrap();
    fills_up(&mut keeper);
    disk.fail(Act::Sync, 0, 1);
    assert!(add(&mut keeper, "也没存下的").is_err());
    assert!(heads(&keeper).is_empty());
    assert!(add(&mut keeper, "还是没存下的").is_err(), "the group is refused together");
    assert!(keeper.sync().is_err());
    add(&mut keeper, "张守富").unwrap();
    keeper.sync().unwrap();
    assert_eq!(heads(&keeper), ["张守富"]);
    keeper.close().unwrap();
    drop(keeper);
    assert_eq!(heads(&open(&place)), ["张守富"]);
}

fn roster() -> Roster {
    let text = "户主姓名,联系电话\n张守富,13853301234\n李桂英,13853305678\n";
    Roster::of(&read(text.as_bytes(), "名单.csv", &Guess::default()).unwrap()).unwrap()
}

#[test]
fn a_roster_is_shown_whole_where_the_view_is_made_anew_while_it_is_imported() {
    let home = tempfile::tempdir().unwrap();
    let (disk, place, mut keeper) = laptop(home.path());
    fills_up(&mut keeper);
    disk.fail(Act::Sync, 1, 1);
    assert!(keeper.import(&roster(), "名单.csv").is_err());
    disk.heal();
    fills_up(&mut keeper);
    keeper.import(&roster(), "名单.csv").unwrap();
    while keeper.work().unwrap() {}
    assert!(keeper.preview(&roster()).unwrap().bring.known);
    add(&mut keeper, "赵淑芬").unwrap();
    keeper.sync().unwrap();
    assert_eq!(keeper.house.count(), 3);
    keeper.close().unwrap();
    drop(keeper);
    assert_eq!(open(&place).house.count(), 3);
}

#[test]
fn a_line_that_waits_is_shown_where_the_view_is_made_anew_in_the_middle_of_an_import() {
    let home = tempfile::tempdir().unwrap();
    let (_, _, mut keeper) = laptop(home.path());
    keeper.import(&roster(), "名单.csv").unwrap();
    add(&mut keeper, "赵淑芬").unwrap();
    let backlog = std::mem::take(&mut keeper.backlog);
    let end = keeper.journal.end();
    fills_up(&mut keeper);
    keeper.adopt(backlog, end);
    assert_eq!(keeper.work(), Ok(false));
    keeper.sync().unwrap();
    assert_eq!(keeper.house.count(), 3);
}

// The pen went on counting: who writes was never said, nothing waited for an export, and the refused names were missing for good.
#[test]
fn what_is_recorded_after_a_failed_sync_is_introduced_and_leaves_no_gap() {
    let home = tempfile::tempdir().unwrap();
    let (disk, _, mut keeper) = laptop(home.path());
    for head in ["张守富", "李桂英"] {
        add(&mut keeper, "从没存下的").unwrap();
        disk.fail(Act::Sync, 0, 1);
        assert!(keeper.sync().is_err());
        let before = keeper.not_exported();
        add(&mut keeper, head).unwrap();
        keeper.sync().unwrap();
        assert!(keeper.not_exported() > before, "it waits for an export");
        let known = keeper.known();
        assert!(known.iter().all(|(_, first, _)| first == 1), "{known:?}");
        let writers = known.iter().map(|(writer, ..)| writer).collect::<std::collections::BTreeSet<_>>();
        assert_eq!(writers.len(), known.iter().count(), "no gap between: {known:?}");
    }
    assert_eq!(heads(&keeper), ["张守富", "李桂英"]);
}

// On the page of the end who spoke had changed, and Ctrl-Z took a sentence back instead of what was chosen there.
#[test]
fn an_answer_says_whether_an_undo_would_take_it_back() {
    let home = tempfile::tempdir().unwrap();
    let (_, _, mut keeper) = laptop(home.path());
    let mut recorded = |request: Request| keeper.run(&request).unwrap().recorded;
    assert!(recorded(Request::new("household.add").with("head", "张守富")));
    assert!(!recorded(Request::new("device.set").with("speaker", "林芳")));
    assert!(!recorded(Request::new("undo")));
}

// Stopped, the taking back of a list is taken back in its turn. What was recorded meanwhile is later, and is not meant.
#[test]
fn the_last_action_about_an_import_is_taken_back_whatever_was_recorded_since() {
    let home = tempfile::tempdir().unwrap();
    let (_, _, mut keeper) = laptop(home.path());
    let import = keeper.import(&roster(), "名单.csv").unwrap().import.unwrap();
    while keeper.work().unwrap() {}
    let of_it = |word: &str| Request::new(word).with_name("import", import);
    keeper.run(&of_it("import.undo")).unwrap();
    add(&mut keeper, "赵淑芬").unwrap();
    assert_eq!(heads(&keeper), ["赵淑芬"]);
    let answer = keeper.run(&of_it("undo")).unwrap();
    assert_eq!((answer.more["stands"].as_bool(), keeper.house.count()), (Some(true), 3));
    keeper.run(&Request::new("undo")).unwrap();
    assert_eq!(keeper.house.count(), 2, "then what was recorded last");
    let answer = keeper.run(&Request::new("undo")).unwrap();
    assert_eq!((answer.more["stands"].as_bool(), keeper.house.count()), (Some(false), 0), "and the import itself");
    assert_eq!(keeper.run(&of_it("undo")).unwrap_err().kind, "nothing-to-undo");
}

// What a merge brought is read again from the journal while it is shown.
#[test]
fn a_merge_is_shown_whole_where_the_journal_cannot_be_read_for_a_moment() {
    let home = tempfile::tempdir().unwrap();
    let (disk, _, mut keeper) = laptop(home.path());
    let mut other = Laptop::new(2, "二组", "张文彬");
    other.add("李桂英", "8号");
    let parcel = keeper.open_parcel(&other.export("1.zfb")).unwrap();
    keeper.merge(parcel).unwrap();
    assert!(keeper.backlog_left() > 0);
    disk.fail(Act::Read, 0, 1);
    assert_eq!(keeper.work(), Ok(false));
    assert_eq!((heads(&keeper), keeper.backlog_left()), (vec!["李桂英".to_owned()], 0));
}

// They stood in the order of their names, which are random in each run of the program: the one just added came in anywhere.
#[test]
fn members_stand_in_the_order_in_which_they_were_added() {
    let home = tempfile::tempdir().unwrap();
    let (_, place, mut keeper) = laptop(home.path());
    let household = keeper.run(&Request::new("household.add").with("head", "张守富")).unwrap().name().unwrap();
    keeper.close().unwrap();
    drop(keeper);
    let added = ["刘桂芝", "张建国", "张建红", "张小明", "王桂香", "张大山"];
    for name in added {
        let mut keeper = open(&place);
        keeper.run(&Request::new("member.add").with_name("household", household).with("name", name)).unwrap();
        keeper.close().unwrap();
    }
    let keeper = open(&place);
    let people = keeper.house.shelf(|shelf, view| shelf.members_of(household, view)).unwrap();
    let names: Vec<_> = people.iter().map(|person| person.text("name").unwrap_or_default().to_owned()).collect();
    assert_eq!(names, added);
}
