//! The one journey without the barrier: nobody asks for anything to be saved, and what is typed is on disk all the same.

use std::fs;

use super::harness::Press;
use super::kitchen::sit_down;

#[test]
fn what_is_typed_reaches_the_disk_by_itself_and_survives_a_kill() {
    let (kitchen, mut terminal) = sit_down(34);
    let text = "机井坏了两个月没有人修";
    terminal.send(text.as_bytes());
    let drafts = kitchen.laptop.data().join("drafts.log");
    let holds = |bytes: &[u8]| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    // It takes less than a second; a loaded machine gets more before the story is called broken.
    let saved = (0..2_000_000).any(|_| {
        std::thread::yield_now();
        fs::read(&drafts).is_ok_and(|bytes| holds(&bytes))
    });
    assert!(saved, "the draft never reached the disk");
    terminal.kill9();
    let mut terminal = kitchen.open();
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains(&format!("> {text}")), "{}", terminal.screen());
}
