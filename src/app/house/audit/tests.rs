//! The history of a household on a laptop whose clock goes on by a minute with every request.

use crate::app::{Device, Keeper, Place, Progress, Request, Traced};
use crate::clock::Clock;
use crate::domain::Name;
use crate::text::Lang;

/// A laptop whose clock goes on by a minute with every request.
struct Laptop {
    folder: tempfile::TempDir,
    keeper: Keeper,
    minutes: u32,
}

impl Laptop {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::new(folder.path().join("data"));
        let clock = Clock::from_file(folder.path().join("clock"));
        set(folder.path(), 0);
        let device = Device { laptop: 1, group: "一组".into(), visitors: vec!["陈明".into()], ..Device::default() };
        place.create(&device, &clock).unwrap();
        let mut keeper = place.open(clock).unwrap().keeper;
        keeper.fill().unwrap();
        Self { folder, keeper, minutes: 0 }
    }

    fn ask(&mut self, request: Request) -> Name {
        self.minutes += 1;
        set(self.folder.path(), self.minutes);
        let answer = self.keeper.run(&request).unwrap();
        self.keeper.finish().unwrap();
        answer.name().unwrap_or(Name::CAMPAIGN)
    }

    /// Reads what was recorded about a household, the latest first: what, the words, whether it stands.
    fn trace(&self, household: Name) -> Vec<(String, bool)> {
        let journal = self.keeper.journal.reader();
        let traced = self.keeper.house().trace(household, &journal, &Progress::default()).unwrap();
        let said = |one: &Traced| format!("{} {}", one.what.say(Lang::Zh), one.value.say(Lang::Zh));
        traced.iter().map(|one| (said(one), one.stands)).collect()
    }
}

fn set(folder: &std::path::Path, minutes: u32) {
    std::fs::write(folder.join("clock"), format!("2021-05-18T19:{minutes:02}:00+08:00\n")).unwrap();
}

fn told(lines: &[(&str, bool)]) -> Vec<(String, bool)> {
    lines.iter().map(|(line, stands)| ((*line).to_owned(), *stands)).collect()
}

// Whoever joined two families read 新建户 是 in the history.
#[test]
fn what_was_decided_about_a_household_is_said_in_words() {
    let mut laptop = Laptop::new();
    let one = laptop.ask(Request::new("household.add").with("head", "张德富"));
    let other = laptop.ask(Request::new("household.add").with("head", "张得富"));
    let about = |word| Request::new(word).with_name("household", one).with_name("other", other);
    laptop.ask(about("household.same"));
    assert_eq!(laptop.trace(one)[0], ("同一户 和 张得富 是同一户".to_owned(), true));
    laptop.ask(about("household.apart"));
    laptop.ask(Request::new("household.settle").with_name("household", one).with("fact", "phone/"));
    let lines = laptop.trace(one);
    assert_eq!(lines[..2], told(&[("已核对 电话", true), ("同一户 和 张得富 不是同一户", true)]));
    assert!(lines.contains(&("同一户 和 张得富 是同一户".to_owned(), false)), "{lines:?}");
}

// 家庭成员 儿子 儿子 stood there.
#[test]
fn a_member_who_is_called_by_the_relation_is_called_so_once() {
    let mut laptop = Laptop::new();
    let home = laptop.ask(Request::new("household.add").with("head", "张守富"));
    let member = |name, relation| {
        Request::new("member.add").with_name("household", home).with("name", name).with("relation", relation)
    };
    laptop.ask(member("儿子", "儿子"));
    laptop.ask(member("刘桂芝", "老伴"));
    assert_eq!(laptop.trace(home)[..2], told(&[("家庭成员 刘桂芝 老伴", true), ("家庭成员 儿子", true)]));
}

// What an undo puts back stood twice, the second time in the name of somebody who did not say it then.
#[test]
fn what_an_undo_puts_back_is_told_once_and_stands() {
    let mut laptop = Laptop::new();
    let home = laptop.ask(Request::new("household.add").with("head", "张守富"));
    let door = |door| Request::new("household.set").with_name("household", home).with("door", door);
    laptop.ask(door("12号"));
    laptop.ask(door("14号"));
    laptop.ask(Request::new("undo"));
    let want = [("门牌 撤回 撤销", true), ("门牌 14号", false), ("门牌 12号", true), ("新建户 张守富", true)];
    assert_eq!(laptop.trace(home), told(&want));
    // And once more from there.
    laptop.ask(door("16号"));
    laptop.ask(Request::new("undo"));
    laptop.ask(Request::new("undo"));
    let lines = laptop.trace(home);
    let stands: Vec<&str> = lines.iter().filter(|(_, stands)| *stands).map(|(line, _)| line.as_str()).collect();
    assert_eq!(stands, ["门牌 撤回 撤销", "新建户 张守富"], "{lines:?}");
    assert_eq!(lines.iter().filter(|(line, _)| line == "门牌 12号").count(), 1, "{lines:?}");
}
