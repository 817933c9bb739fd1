//! How much memory a piece of work takes at most: it runs in a process of its own, this test program once more, which asks
//! the system for its greatest size. What is reserved counts too, touched or not, so that no claim of a file hides.

use std::process::Command;

/// Says to a process which of the tests is measured in it, and what it works on.
const MEASURED: &str = "ZOUFANG_MEASURED_TEST";
const GIVEN: &str = "ZOUFANG_MEASURED_WITH";

/// Gives what a test works on in a process of its own; none in the process of all tests.
pub fn given(test: &str) -> Option<String> {
    let measured = std::env::var(MEASURED).ok().filter(|measured| measured == test);
    measured.and_then(|_| std::env::var(GIVEN).ok())
}

/// Runs a test once more in a process of its own, which is given something to work on there, and gives what it printed.
pub fn alone(test: &str, given: &str) -> String {
    let mut alone = Command::new(std::env::current_exe().unwrap());
    alone.args(["--exact", test, "--nocapture", "--test-threads", "1"]).env(MEASURED, test).env(GIVEN, given);
    // Otherwise each thread reserves 64 MiB as soon as it asks for a byte.
    let ended = alone.env("MALLOC_ARENA_MAX", "1").output().unwrap();
    let said = String::from_utf8_lossy(&ended.stdout).into_owned();
    assert!(ended.status.success() && said.contains("1 passed"), "{said}{}", String::from_utf8_lossy(&ended.stderr));
    said
}

/// Does a piece of work, and gives how many KiB it took at most. True only of the first in a process.
pub fn taken_by(work: impl FnOnce()) -> u64 {
    let before = kib("VmSize");
    work();
    kib("VmPeak") - before
}

/// Both at once, for a test that works on nothing but what it makes itself: gives how much it took in its own process.
pub fn took(test: &str, work: impl FnOnce()) -> Option<u64> {
    if given(test).is_some() {
        return Some(taken_by(work));
    }
    alone(test, "");
    None
}

fn kib(what: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(what)?.strip_prefix(':')).unwrap();
    line.trim().trim_end_matches("kB").trim().parse().unwrap()
}

#[test]
fn what_is_reserved_is_measured_though_nothing_of_it_is_touched() {
    let work = || drop(std::hint::black_box(Vec::<u8>::with_capacity(64 << 20)));
    if let Some(took) = took("room::what_is_reserved_is_measured_though_nothing_of_it_is_touched", work) {
        assert!((64 << 10..66 << 10).contains(&took), "{took} KiB");
    }
}

#[test]
fn nothing_takes_next_to_nothing() {
    if let Some(took) = took("room::nothing_takes_next_to_nothing", || ()) {
        assert!(took < 512, "{took} KiB");
    }
}
