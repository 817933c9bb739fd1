//! An hour of work as a script, with counted keys: find, visit, write down, correct, look up meanwhile, interruption, lock,
//! resume, wrap up, and an evening talk with twenty households and forty lines. After every key of it what was typed is on
//! the disk (`remains.rs`); a shorter one is killed after every key and goes on (`flat_battery.rs`).

use std::fmt::Write as _;

use zoufang::domain::{Issue, Line};

use super::harness::{Laptop, Press, Terminal};
use super::kitchen::sit_down;
use super::office::{behind, import, set_up};
use super::remains::Remains;

/// What a key may cost on the line, in bytes on the average of the hour: a frame each, and the seconds between them.
const BYTES_A_KEY: usize = 450;
/// What a typed character may cost, and a second while a visit runs; the barrier's answer included.
const KEY: usize = 300;
const TICK: usize = 300;

/// A laptop with a roster of 5,000 households in ten villages of five groups.
fn county(seed: u64) -> Laptop {
    let laptop = Laptop::new(seed);
    set_up(&laptop, "一组", "陈明");
    let villages = [
        "东里东村",
        "东里西村",
        "韩旺村",
        "福禄坪村",
        "唐山村",
        "河西村",
        "龙王官庄村",
        "石楼村",
        "青龙官庄村",
        "下柳沟村",
    ];
    let surnames: Vec<char> = "张王李赵刘陈杨黄周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹".chars().collect();
    let (first, second): (Vec<char>, Vec<char>) = (
        "守世成玉传宗淑敬江先立建秀金玉文德桂春长".chars().collect(),
        "富芳友珍宝海兰民云德忠英国山义平福明华军".chars().collect(),
    );
    let mut rows = String::from("户主姓名,联系电话,家庭人口,镇(街道),村(居),组,门牌号\n");
    for at in 0..5_000_usize {
        let head: String = [surnames[at * 7 % 30], first[at / 30 % 20], second[at * 11 / 7 % 20]].iter().collect();
        let (village, group, door) = (villages[at / 500], at / 100 % 5 + 1, at % 100 + 1);
        let head = if at == 211 { "张守富" } else { &head };
        let _ = writeln!(rows, "{head},138{at:08},4,东里镇,{village},{group},{door}号");
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("五千户.csv");
    std::fs::write(&path, rows).unwrap();
    behind(&laptop, |keeper| import(keeper, path.to_str().unwrap()));
    laptop
}

fn pass(laptop: &mut Laptop, terminal: &mut Terminal, minutes: u64) {
    for _ in 0..minutes * 2 {
        laptop.clock.pass(30);
        terminal.settle();
    }
}

/// Counts the keys of a piece of work beyond its text.
fn beyond(terminal: &mut Terminal, text: &str, work: impl FnOnce(&mut Terminal)) -> usize {
    let before = terminal.pressed();
    work(terminal);
    terminal.pressed() - before - text.chars().count()
}

/// Counts the lines and the issues that were written down.
fn recorded(laptop: &Laptop) -> (usize, usize) {
    behind(laptop, |keeper| {
        keeper.house().shelf(|_, view| {
            let mut count = (0, 0);
            view.each(&mut |record| {
                count.0 += usize::from(Line::read(&record).is_some_and(|line| !line.text.is_empty()));
                count.1 += usize::from(Issue::read(&record).is_some());
                true
            })
            .unwrap();
            count
        })
    })
}

#[test]
fn an_hour_of_visits_and_a_talk_of_twenty_households_in_counted_keys() {
    let mut laptop = county(81);
    let mut terminal = laptop.start((80, 24), &[], &[]);
    let start = terminal.drawn();
    let disk = Remains::of(&laptop);

    // Find and start among 5,000 households: initials, door, Enter, 1.
    terminal.keys("zsf 12");
    assert!(terminal.screen().contains("> 张守富") || terminal.screen().contains("张守富"), "{}", terminal.screen());
    terminal.press(Press::Enter).keys("1");
    assert!(terminal.line(0).contains("走访 张守富  东里东村 3组 12号"), "{}", terminal.screen());
    assert!(terminal.pressed() <= 8, "find and start took {} keys", terminal.pressed());

    // Three problems, before and after the sentence, and a note; a problem is its text and at most three keys.
    for (text, prefix, after) in [
        ("机井坏了浇不上地", "4 ", &[][..]),
        ("村小学校车只到村口", "", &[Press::Tab][..]),
        ("卫生室药不全", "", &[Press::Tab][..]),
        ("儿子在青岛", "", &[][..]),
    ] {
        let keys = beyond(&mut terminal, text, |terminal| {
            disk.typed(terminal, &format!("{prefix}{text}"));
            disk.put_down(terminal, &[after, &[Press::Enter]].concat(), text);
        });
        assert!(keys <= 3, "{text}: {keys} keys beyond the text");
        assert!(terminal.screen().contains(text), "{}", terminal.screen());
    }
    pass(&mut laptop, &mut terminal, 5);

    // A correction, a pause for a caller, and another household looked up while the visit runs.
    terminal.press(Press::Up);
    disk.typed(&mut terminal, ", 过年回来");
    disk.put_down(&mut terminal, &[Press::Enter], "儿子在青岛, 过年回来");
    terminal.press(Press::Ctrl('t')).press(Press::Ctrl('t'));
    terminal.press(Press::F(2)).keys("lsy");
    assert!(terminal.line(0).contains("走访中 张守富 05:00"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('o'));
    assert!(terminal.screen().contains("儿子在青岛, 过年回来"), "{}", terminal.screen());
    // Somebody comes in: one key covers all of it in the middle of a sentence, one key brings it back, the minute counts.
    disk.typed(&mut terminal, "6 没有地方");
    let keys = beyond(&mut terminal, "", |terminal| {
        terminal.press(Press::Ctrl('l'));
        assert!(
            !terminal.screen().contains("张守富") && !terminal.screen().contains("没有地方"),
            "{}",
            terminal.screen()
        );
        pass(&mut laptop, terminal, 1);
        assert!(terminal.line(0).contains("走访中 06:00"), "{}", terminal.screen());
        terminal.press(Press::Enter);
    });
    assert_eq!(keys, 2, "lock and back");
    assert!(terminal.screen().contains("> 6 没有地方") && terminal.line(2).contains("06:00"), "{}", terminal.screen());
    // The battery is taken out in the middle of it; one key later it goes on.
    disk.typed(&mut terminal, "跳");
    terminal.kill9();
    let mut last = (terminal.pressed(), terminal.drawn() - start);
    let mut terminal = laptop.start((80, 24), &[], &[]);
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("> 6 没有地方跳"), "{}", terminal.screen());
    disk.typed(&mut terminal, "舞");
    disk.put_down(&mut terminal, &[Press::Enter], "没有地方跳舞");
    pass(&mut laptop, &mut terminal, 10);
    let keys = beyond(&mut terminal, "", |terminal| {
        terminal.press(Press::F(8)).press(Press::Enter);
    });
    assert!(terminal.line_from_below(1).contains("16 分, 计入"), "{}", terminal.screen());
    assert!(keys <= 2, "ending took {keys}");

    // The evening: twenty households of a group by doors, forty lines by number.
    terminal.press(Press::F(5));
    disk.typed(&mut terminal, "文化广场");
    disk.put_down(&mut terminal, &[Press::F(8)], "文化广场");
    assert!(terminal.line(0).contains("文化广场"), "{}", terminal.screen());
    terminal.keys("@");
    for door in 41..=60 {
        terminal.keys(&format!("东里东村 3组 {door}号\r"));
    }
    terminal.press(Press::Esc);
    assert!(terminal.line(0).contains("到场 20 户"), "{}", terminal.screen());
    for line in 0..40 {
        let text = format!("说的第{line}件事");
        let keys = beyond(&mut terminal, &text, |terminal| {
            disk.typed(terminal, &format!("{}#{text}", line % 20 + 1));
            disk.put_down(terminal, &[Press::Enter], &text);
        });
        assert!(keys <= 4, "who speaks and Enter took {keys} keys");
        if line % 5 == 0 {
            pass(&mut laptop, &mut terminal, 2);
        }
    }
    pass(&mut laptop, &mut terminal, 1);
    terminal.press(Press::F(8));
    assert!(terminal.screen().contains("到场 20 户: 满时 20 户, 不足 0 户"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    last = (last.0 + terminal.pressed(), last.1 + terminal.drawn());
    terminal.send(&[0x11]);
    terminal.wait_exit();

    assert_eq!(recorded(&laptop), (45, 4));
    let (keys, bytes) = last;
    println!("the hour: {keys} keys, {bytes} bytes, {} a key with its ticks", bytes / keys);
    assert!(bytes / keys < BYTES_A_KEY, "{bytes} bytes for {keys} keys");
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
