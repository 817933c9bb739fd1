//! kill -9 at random moments of what the screens do at length: a list coming in, a merge, an evening in the square, a view
//! being made anew. What was acknowledged is there, a list or a merge is there whole or not at all, what was typed before is
//! as it was, and `check` finds nothing wrong but a view that is made anew.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use zoufang::app::check::{Repair, Wrong, check};
use zoufang::app::{Place, Request, Slate};
use zoufang::clock::Clock;
use zoufang::domain::{Household, Line, Sort};
use zoufang::log::RealDisk;
use zoufang::seal::Seal;
use zoufang::view::{SledView, View};

use super::harness::{Laptop, Press};
use super::office::{ask, behind, set_up};
use super::{exchange, import, talk};
use crate::histories::Chance;
use crate::rebuild::copy;

/// How often each is killed.
const KILLS: usize = 50;
/// No work takes so many looks.
const MOST: usize = 2_000_000;
/// What was typed on a card and not recorded.
const TYPED: &str = "耳背, 说话要大声";

/// The moments at which to kill, in looks at the process. How long work takes changes with what else the machine does: the
/// range of moments follows it.
struct Moments {
    chance: Chance,
    most: usize,
    before: usize,
    after: usize,
}

impl Moments {
    fn of(seed: u64) -> Self {
        Self { chance: Chance::new(seed), most: 4_000, before: 0, after: 0 }
    }

    fn next(&mut self) -> usize {
        self.chance.below(self.most)
    }

    /// Takes note whether the work was done when the program was killed.
    fn was(&mut self, done: bool) {
        // Far off until both were met, a little off afterwards.
        let step = if self.before > 0 && self.after > 0 { self.most / 8 + 1 } else { self.most / 2 };
        if done {
            self.after += 1;
            self.most = (self.most - step).max(8);
        } else {
            self.before += 1;
            self.most = (self.most + step).min(MOST);
        }
    }

    fn assert_both(&self) {
        println!("{} were killed before it was done, {} after", self.before, self.after);
        assert!(self.before > 3 && self.after > 3, "{} before, {} after", self.before, self.after);
    }
}

/// A laptop with two households of its own, and a sentence typed and not recorded.
fn laptop(seed: u64) -> Laptop {
    let laptop = Laptop::new(seed);
    set_up(&laptop, "办公室", "王主任");
    behind(&laptop, |keeper| {
        for head in ["张守富", "李桂英"] {
            ask(keeper, &Request::new("household.add").with("head", head).with("village", "东里东村"));
        }
    });
    let now = Clock::machine().now();
    let mut slate = Slate::open(Arc::new(RealDisk), &laptop.data(), "2021-05-18", &[]).0;
    slate.put("card/remark@王主任", TYPED, TYPED.len(), now);
    slate.save_now(now).unwrap();
    laptop
}

/// Looks at what a kill left, with nothing opened for writing first. Gives the heads of all households.
fn left(laptop: &Laptop) -> BTreeSet<String> {
    let place = Place::new(laptop.data());
    let checked = check(&place, &Clock::machine()).unwrap();
    // sled that is killed while it begins a folder may leave one that it cannot open: the view is made anew, said as such.
    let is_view = |wrong: &Wrong| wrong.repair == Some(Repair::Rebuild);
    let is_closed = || SledView::open(&laptop.data().join("view"), &Seal::CLEAR).is_err();
    // A small merge is one frame of the open file: killed within it, its end is unfinished and opening cuts it off.
    let is_end = |wrong: &Wrong| wrong.repair == Some(Repair::Open);
    let is_expected = |wrong: &Wrong| is_end(wrong) || is_view(wrong) && is_closed();
    assert!(checked.wrong.iter().all(is_expected), "{:?}", checked.wrong);
    let slate = Slate::open(Arc::new(RealDisk), &laptop.data(), "2021-05-18", &[]).0;
    assert!(slate.all().iter().any(|(_, text, _)| text == TYPED), "{:?}", slate.all());
    let (memory, found) = place.read_only().unwrap();
    assert!(found.is_empty(), "{found:?}");
    let mut heads = BTreeSet::new();
    let read = memory.each(&mut |record| {
        let is_home = record.sort() == Some(Sort::Household);
        heads.extend(is_home.then(|| Household::read(&[record]).head.to_string()));
        true
    });
    read.unwrap();
    assert!(heads.contains("张守富") && heads.contains("李桂英"), "{heads:?}");
    heads
}

/// Puts a data folder back as it was.
fn put_back(untouched: &Path, laptop: &Laptop) {
    std::fs::remove_dir_all(laptop.data()).unwrap();
    copy(untouched, &laptop.data());
}

#[test]
fn a_list_that_was_coming_in_is_there_whole_or_not_at_all() {
    let laptop = laptop(91);
    let stick = tempfile::tempdir().unwrap();
    std::fs::copy(super::office::roster("r500.xlsx"), stick.path().join("东里名单.xlsx")).unwrap();
    let untouched = stick.path().join("untouched");
    copy(&laptop.data(), &untouched);
    let mut moments = Moments::of(21);
    for _ in 0..KILLS {
        let mut terminal = import::open(&laptop, &stick.path().to_string_lossy());
        terminal.press(Press::Enter);
        assert!(terminal.screen().contains("还什么都没有改"), "{}", terminal.screen());
        terminal.kill_behind(b"\r", moments.next());
        let count = left(&laptop).len();
        assert!(count == 2 || count > 400, "half a list: {count}");
        moments.was(count > 2);
        if count > 2 {
            put_back(&untouched, &laptop);
        }
    }
    moments.assert_both();
}

#[test]
fn a_merge_at_the_exchange_page_is_there_whole_or_not_at_all() {
    let (office, stick) = (laptop(92), tempfile::tempdir().unwrap());
    exchange::export(&exchange::group(11, "一组", "陈明", "r500.xlsx", "12号"), stick.path());
    let folder = tempfile::tempdir().unwrap();
    let untouched = folder.path().join("untouched");
    copy(&office.data(), &untouched);
    let mut moments = Moments::of(22);
    for _ in 0..KILLS {
        let mut terminal = exchange::open(&office, stick.path());
        assert!(terminal.screen().contains("可合并"), "{}", terminal.screen());
        terminal.kill_behind(b"\r", moments.next());
        let count = left(&office).len();
        assert!(count == 2 || count > 400, "half a merge: {count}");
        moments.was(count > 2);
        if count > 2 {
            put_back(&untouched, &office);
        }
    }
    moments.assert_both();
    // The same merge goes on as if nothing had been.
    let mut terminal = exchange::open(&office, stick.path());
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("已合并 1 个导出包"), "{}", terminal.screen());
}

#[test]
fn an_evening_in_the_square_keeps_every_sentence_once() {
    let (laptop, mut terminal) = talk::gather(93);
    let mut moments = Moments::of(23);
    let mut said = Vec::new();
    for round in 0..KILLS {
        let sentence = format!("第{round}句");
        terminal.keys(&format!("{}#{sentence}", 1 + round % 2));
        terminal.kill_behind(b"\r", moments.next());
        terminal = laptop.start((80, 24), &[], &[]);
        terminal.keys("1");
        // Where it stands in the line it was not recorded.
        let screen = terminal.screen();
        let stands = screen.lines().any(|line| line.trim_start().starts_with("> ") && line.contains(&sentence));
        moments.was(!stands);
        if stands {
            terminal.press(Press::Enter);
        }
        said.push(sentence);
    }
    moments.assert_both();
    terminal.leave();
    terminal.wait_exit();
    let place = Place::new(laptop.data());
    let checked = check(&place, &Clock::machine()).unwrap();
    assert!(checked.wrong.is_empty(), "{:?}", checked.wrong);
    let mut texts: Vec<(i64, String)> = Vec::new();
    let read = place.read_only().unwrap().0.each(&mut |record| {
        texts.extend(Line::read(&record).map(|line| (i64::from(line.name.seq), line.text)));
        true
    });
    read.unwrap();
    let found: BTreeSet<&str> = texts.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(found, said.iter().map(String::as_str).collect());
    assert_eq!(texts.len(), said.len(), "each once");
}

#[test]
fn a_view_that_was_being_made_anew_costs_nothing() {
    let laptop = laptop(94);
    behind(&laptop, |keeper| super::office::import(keeper, "r500.xlsx"));
    let whole = left(&laptop).len();
    assert!(whole > 400, "{whole}");
    let (mut chance, view) = (Chance::new(24), laptop.data().join("view"));
    std::fs::remove_dir_all(&view).unwrap();
    let most = laptop.looks_at_a_start((80, 24));
    for _ in 0..KILLS {
        let _ = std::fs::remove_dir_all(&view);
        laptop.start_and_kill((80, 24), chance.below(most));
        assert_eq!(left(&laptop).len(), whole);
    }
    let mut terminal = laptop.start((80, 24), &[], &[]);
    terminal.leave();
    terminal.wait_exit();
    assert_eq!(left(&laptop).len(), whole);
}
