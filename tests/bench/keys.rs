//! What a key and a tick cost: milliseconds from the key to the settled frame, and bytes on the line, in the real program in
//! a pseudo terminal, at 80x24 and 200x60, with 10,000 households.
//!
//! `cargo bench --bench keys`. The time goes through two pseudo terminals' buffers, the emulator and the barrier's answer, and
//! is an upper bound that grows with what else the machine does; beside it stands the processor time of the program itself, all
//! its threads, on Linux. The bytes hold the answer too (at most 10).
#![cfg(unix)]
#![expect(
    clippy::disallowed_methods,
    reason = "a bench measures in microseconds, which the program's clock does not have"
)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a bench may stop at the first surprise"
)]

#[allow(dead_code, reason = "what the journeys need and a bench does not")]
#[path = "../journeys/harness.rs"]
mod harness;
#[allow(dead_code, reason = "what the journeys need and a bench does not")]
#[path = "../journeys/office.rs"]
mod office;

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use harness::{Laptop, Press, Terminal};
use zoufang::app::Request;

const HOUSEHOLDS: usize = 10_000;
const TIMES: u32 = 200;

fn roster() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let surnames: Vec<char> = "张王李赵刘陈杨黄周吴徐孙马朱胡郭何高林罗".chars().collect();
    let given: Vec<char> = "守世成玉传宗淑敬江先立建秀金富芳友珍宝海兰民云德忠英国山义平".chars().collect();
    let mut rows = String::from("户主姓名,联系电话,家庭人口,镇(街道),村(居),组,门牌号\n");
    for at in 0..HOUSEHOLDS {
        let head: String = [surnames[at * 7 % 20], given[at / 20 % 30], given[at * 11 / 7 % 30]].iter().collect();
        let village = ["东里东村", "东里西村", "韩旺村", "福禄坪村"][at / 2_500];
        let (group, door) = (at / 100 % 5 + 1, at % 100 + 1);
        let _ = writeln!(rows, "{head},138{at:08},4,东里镇,{village},{group},{door}号");
    }
    std::fs::write(folder.path().join("名册.csv"), rows).unwrap();
    folder
}

/// Gives the processor time that the program took so far, in milliseconds; 0 where the system does not say.
fn worked(terminal: &Terminal) -> f64 {
    let threads = std::fs::read_dir(format!("/proc/{}/task", terminal.process())).into_iter().flatten().flatten();
    let of_thread = |thread: std::fs::DirEntry| {
        let told = std::fs::read_to_string(thread.path().join("schedstat")).ok()?;
        told.split(' ').next()?.parse::<u64>().ok()
    };
    Duration::from_nanos(threads.filter_map(of_thread).sum()).as_secs_f64() * 1_000.0
}

/// Does something many times and prints median and 95th percentile of the milliseconds, the mean of the program's own, and of
/// the bytes.
fn measure(what: &str, terminal: &mut Terminal, mut work: impl FnMut(&mut Terminal, u32)) {
    let mut millis = Vec::new();
    let (before, worked_before) = (terminal.drawn(), worked(terminal));
    for time in 0..TIMES {
        let start = Instant::now();
        work(terminal, time);
        millis.push(start.elapsed().as_secs_f64() * 1_000.0);
    }
    let bytes = (terminal.drawn() - before) / millis.len();
    let own = (worked(terminal) - worked_before) / f64::from(TIMES);
    millis.sort_by(f64::total_cmp);
    let [median, most] = [50, 95].map(|percent| millis[millis.len() * percent / 100]);
    println!("  {what:24} {median:6.2} ms, 95%: {most:6.2} ms, its own {own:5.2} ms, {bytes} bytes");
}

fn main() {
    let mut laptop = Laptop::new(1);
    office::set_up(&laptop, "一组", "陈明");
    let folder = roster();
    office::behind(&laptop, |keeper| {
        office::import(keeper, folder.path().join("名册.csv").to_str().unwrap());
        let household = office::household(keeper, 0);
        office::ask(keeper, &Request::new("visit.start").with_name("household", household));
        keeper.close().unwrap();
    });
    for size in [(80, 24), (200, 60)] {
        println!("{} x {}", size.0, size.1);
        let mut terminal = laptop.start(size, &[], &[]);
        terminal.press(Press::Enter);
        measure("nothing but the barrier", &mut terminal, |terminal, _| {
            terminal.settle();
        });
        measure("a key in a visit", &mut terminal, |terminal, time| {
            // Forty characters, then an empty line again.
            if time % 40 == 39 {
                terminal.press(Press::Ctrl('u'));
            } else {
                terminal.keys("走");
            }
        });
        terminal.press(Press::Ctrl('u'));
        measure("a tick of a visit", &mut terminal, |terminal, _| {
            laptop.clock.pass(1);
            terminal.settle();
        });
        terminal.press(Press::F(2));
        measure("a letter in the lookup", &mut terminal, |terminal, time| {
            terminal.keys(["z", "s", "f", "\x7f", "\x7f", "\x7f"][time as usize % 6]);
        });
        measure("a line down the list", &mut terminal, |terminal, time| {
            terminal.press(if time / 50 % 2 == 0 { Press::Down } else { Press::Up });
        });
        measure("menu opened, closed", &mut terminal, |terminal, _| {
            terminal.press(Press::Esc);
        });
        terminal.kill9();
    }
}
