//! An hour of work as a script, with counted keys: find, visit, write down, correct, look up meanwhile, interruption, lock,
//! resume, wrap up, and an evening talk with twenty households and forty lines. It is told twice: among 5,000 households, and in
//! one village where after every single key the folder is copied as a kill would leave it and the program opened on the copy
//! (`remains.rs`). A shorter script is killed after every key and goes on (`flat_battery.rs`).

use std::fmt::Write as _;
use std::ops::Range;

use super::harness::{Laptop, Press, Terminal};
use super::kitchen::sit_down;
use super::office::{behind, import, set_up};
use super::remains::{self, Page, Recorded};
use crate::county::VILLAGES;

/// What a key may cost on the line, in bytes on the average of the hour: a frame each, and the seconds between them.
const BYTES_A_KEY: usize = 600;
/// What a typed character may cost, and a second while a visit runs; the barrier's answer included.
const KEY: usize = 300;
const TICK: usize = 300;

/// A laptop with a roster of 5,000 households in ten villages of five groups.
fn county(seed: u64, households: Range<usize>) -> Laptop {
    let laptop = Laptop::new(seed);
    set_up(&laptop, "一组", "陈明");
    let surnames: Vec<char> = "张王李赵刘陈杨黄周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹".chars().collect();
    let (first, second): (Vec<char>, Vec<char>) = (
        "守世成玉传宗淑敬江先立建秀金玉文德桂春长".chars().collect(),
        "富芳友珍宝海兰民云德忠英国山义平福明华军".chars().collect(),
    );
    let mut rows = String::from("户主姓名,联系电话,家庭人口,镇(街道),村(居),组,门牌号\n");
    for at in households {
        let head: String = [surnames[at * 7 % 30], first[at / 30 % 20], second[at * 11 / 7 % 20]].iter().collect();
        let (village, group, door) = (VILLAGES[at / 500], at / 100 % 5 + 1, at % 100 + 1);
        let head = if at == 211 { "张守富" } else { &head };
        let _ = writeln!(rows, "{head},138{at:08},4,东里镇,{village},{group},{door}号");
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("五千户.csv");
    std::fs::write(&path, rows).unwrap();
    behind(&laptop, |keeper| import(keeper, path.to_str().unwrap()));
    laptop
}

/// Somebody who works for an hour: what was recorded so far, and what stands on the page, are known at every key.
struct Hour {
    laptop: Laptop,
    terminal: Terminal,
    /// What the journal must have.
    recorded: Recorded,
    /// The page to which the keys lead back after a kill; none where nothing is typed that could be lost.
    page: Option<Page>,
    back: &'static [Press],
    /// Whether it is looked, after every key, at what a kill would leave.
    kills: bool,
    looks: usize,
}

impl Hour {
    fn begin(laptop: Laptop, kills: bool) -> Self {
        let terminal = laptop.start((80, 24), &[], &[]);
        Self { laptop, terminal, recorded: Recorded::default(), page: None, back: &[], kills, looks: 0 }
    }

    fn look(&mut self) {
        if self.kills {
            self.looks += 1;
            remains::found_again(&self.laptop, &self.terminal, self.back, self.page.as_ref(), &self.recorded);
        }
    }

    /// Presses keys that change what is typed or where one is: all of the page is found again after each.
    fn press(&mut self, keys: &[Press]) -> &mut Self {
        for key in keys {
            self.terminal.press(*key);
            self.page = Some(Page::of(&self.terminal));
            self.look();
        }
        self
    }

    /// Types, as [`Hour::press`] presses.
    fn keys(&mut self, text: &str) -> &mut Self {
        for key in text.chars() {
            self.terminal.keys(&key.to_string());
            self.page = Some(Page::of(&self.terminal));
            self.look();
        }
        self
    }

    /// Presses keys that open or look for something and type nothing: what was on the page before is found again after each.
    fn aside(&mut self, keys: &[Press]) -> &mut Self {
        for key in keys {
            self.terminal.press(*key);
            self.look();
        }
        self
    }

    /// Types what is looked for, as [`Hour::aside`] presses.
    fn looked_for(&mut self, text: &str) -> &mut Self {
        for key in text.chars() {
            self.terminal.keys(&key.to_string());
            self.look();
        }
        self
    }

    /// Presses Enter, which records a sentence.
    fn record(&mut self, text: &str) -> &mut Self {
        self.recorded.said.push(text.to_owned());
        self.press(&[Press::Enter])
    }

    /// Lets people talk, with the program looking on.
    fn pass(&mut self, minutes: u64) -> &mut Self {
        for _ in 0..minutes * 2 {
            self.laptop.clock.pass(30);
            self.terminal.settle();
        }
        self.page = Some(Page::of(&self.terminal));
        self
    }

    /// Presses the keys that lead back to what is on no page: nothing that was typed.
    fn elsewhere(&mut self, back: &'static [Press]) -> &mut Self {
        (self.back, self.page) = (back, None);
        self
    }

    /// Counts the keys of a piece of work beyond its text.
    fn beyond(&mut self, text: &str, work: impl FnOnce(&mut Self)) -> usize {
        let before = self.terminal.pressed();
        work(self);
        self.terminal.pressed() - before - text.chars().count()
    }

    fn screen(&self) -> String {
        self.terminal.screen()
    }

    /// The hour itself. Gives how many keys it took and how many bytes it cost on the line.
    fn work(mut self) -> (usize, usize, usize) {
        let start = self.terminal.drawn();

        // Find and start among all households: initials, door, Enter, 1.
        self.looked_for("zsf 12");
        assert!(self.screen().contains("> 张守富") || self.screen().contains("张守富"), "{}", self.screen());
        self.aside(&[Press::Enter]);
        self.back = &[Press::Enter];
        self.recorded.visits = 1;
        self.keys("1");
        assert!(self.terminal.line(0).contains("走访 张守富  东里东村 3组 12号"), "{}", self.screen());
        assert!(self.terminal.pressed() <= 8, "find and start took {} keys", self.terminal.pressed());

        // Three problems, before and after the sentence, and a note; a problem is its text and at most three keys.
        for (text, prefix, after, issues) in [
            ("机井坏了浇不上地", "4 ", &[][..], 1),
            ("村小学校车只到村口", "", &[Press::Tab][..], 1),
            ("卫生室药不全", "", &[Press::Tab][..], 1),
            ("儿子在青岛", "", &[][..], 0),
        ] {
            let keys = self.beyond(text, |hour| {
                hour.keys(&format!("{prefix}{text}")).aside(after);
                hour.recorded.issues += issues;
                hour.record(text);
            });
            assert!(keys <= 3, "{text}: {keys} keys beyond the text");
            assert!(self.screen().contains(text), "{}", self.screen());
        }
        self.pass(5);

        // A correction, a pause for a caller, and another household looked up while the visit runs.
        self.aside(&[Press::Up]).press(&[Press::Home]).keys("大").press(&[Press::Backspace]).keys("小");
        self.press(&[Press::End]).keys(", 过年回来");
        self.recorded.said.pop();
        self.record("小儿子在青岛, 过年回来");
        self.press(&[Press::Ctrl('t'), Press::Ctrl('t')]);
        self.aside(&[Press::F(2)]).looked_for("lsy");
        assert!(self.terminal.line(0).contains("走访中 张守富 05:00"), "{}", self.screen());
        self.press(&[Press::Ctrl('o')]);
        assert!(self.screen().contains("小儿子在青岛, 过年回来"), "{}", self.screen());

        // Somebody comes in: one key covers all of it in the middle of a sentence, one key brings it back, the minute counts.
        self.keys("6 没有地方");
        let keys = self.beyond("", |hour| {
            hour.aside(&[Press::Ctrl('l')]);
            assert!(!hour.screen().contains("张守富") && !hour.screen().contains("没有地方"), "{}", hour.screen());
            hour.elsewhere(&[Press::Enter]).pass(1);
            assert!(hour.terminal.line(0).contains("走访中 06:00"), "{}", hour.screen());
            hour.press(&[Press::Enter]);
        });
        assert_eq!(keys, 2, "lock and back");
        assert!(self.screen().contains("> 6 没有地方") && self.terminal.line(2).contains("06:00"), "{}", self.screen());

        // The battery is taken out in the middle of it; one key later it goes on.
        self.keys("跳");
        self.terminal.kill9();
        let last = (self.terminal.pressed(), self.terminal.drawn() - start);
        self.terminal = self.laptop.start((80, 24), &[], &[]);
        self.press(&[Press::Enter]);
        assert!(self.screen().contains("> 6 没有地方跳"), "{}", self.screen());
        self.keys("舞");
        self.recorded.issues += 1;
        self.record("没有地方跳舞").pass(10);
        let keys = self.beyond("", |hour| {
            hour.back = &[Press::Enter, Press::F(8)];
            hour.press(&[Press::F(8)]);
            hour.recorded.ended = 1;
            hour.elsewhere(&[]).aside(&[Press::Enter]);
        });
        assert!(self.terminal.line_from_below(1).contains("16 分, 计入"), "{}", self.screen());
        assert!(keys <= 2, "ending took {keys}");

        // The evening: twenty households of a group by doors, forty lines by number.
        self.back = &[Press::F(5)];
        self.press(&[Press::F(5)]).aside(&[Press::Enter]).keys("文化广场");
        self.back = &[Press::Enter];
        self.recorded.talks = 1;
        self.press(&[Press::F(8)]);
        assert!(self.terminal.line(0).contains("文化广场"), "{}", self.screen());
        self.keys("@");
        for door in 41..=60 {
            self.keys(&format!("东里东村 3组 {door}号"));
            self.recorded.visits += 1;
            self.press(&[Press::Enter]);
        }
        self.press(&[Press::Esc]);
        assert!(self.terminal.line(0).contains("到场 20 户"), "{}", self.screen());
        for line in 0..40 {
            let text = format!("说的第{line}件事");
            let keys = self.beyond(&text, |hour| {
                hour.keys(&format!("{}#{text}", line % 20 + 1)).record(&text);
            });
            assert!(keys <= 4, "who speaks and Enter took {keys} keys");
            if line % 5 == 0 {
                self.pass(2);
            }
        }
        self.pass(1);
        self.back = &[Press::Enter, Press::F(8)];
        self.press(&[Press::F(8)]);
        assert!(self.screen().contains("到场 20 户: 满时 20 户, 不足 0 户"), "{}", self.screen());
        self.recorded.ended = 22;
        self.elsewhere(&[]).aside(&[Press::Enter]);
        let last = (last.0 + self.terminal.pressed(), last.1 + self.terminal.drawn());
        self.terminal.leave();
        self.terminal.wait_exit();
        assert_eq!(Recorded::on(&self.laptop), self.recorded.sorted());
        assert_eq!((self.recorded.said.len(), self.recorded.issues), (45, 4));
        (last.0, last.1, self.looks)
    }
}

#[test]
fn an_hour_of_visits_and_a_talk_of_twenty_households_in_counted_keys() {
    let (keys, bytes, _) = Hour::begin(county(81, 0..5_000), false).work();
    println!("the hour: {keys} keys, {bytes} bytes, {} a key with its ticks", bytes / keys);
    assert!(bytes / keys < BYTES_A_KEY, "{bytes} bytes for {keys} keys");
}

#[test]
fn killed_after_every_key_of_the_hour_nothing_is_lost() {
    let (keys, _, looks) = Hour::begin(county(85, 200..300), true).work();
    assert_eq!(looks, keys);
}

// A slow serial line, or a session over a modem: only what changed is drawn.
#[test]
fn a_key_and_a_second_of_a_visit_cost_a_few_bytes_whatever_the_size() {
    for (seed, size) in [(83, (80, 24)), (84, (200, 60))] {
        let (mut kitchen, mut terminal) = sit_down(seed);
        terminal.resize(size).settle();
        let mut cost = |times: usize, work: &mut dyn FnMut(&mut Terminal)| {
            let before = terminal.drawn();
            (0..times).for_each(|_| work(&mut terminal));
            (terminal.drawn() - before) / times
        };
        let key = cost(30, &mut |terminal| {
            terminal.keys("走");
        });
        let tick = cost(30, &mut |terminal| {
            kitchen.laptop.clock.pass(1);
            terminal.settle();
        });
        println!("{size:?}: {key} bytes a key, {tick} a tick");
        assert!(key <= KEY && tick <= TICK, "{size:?}: {key} bytes a key, {tick} a tick");
    }
}
