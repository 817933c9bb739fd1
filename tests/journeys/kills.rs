//! kill -9 of the screens at random moments: what was typed is recorded or still stands in the entry line, once, and whole.

use super::harness::{Press, Terminal};
use super::kitchen::{Kitchen, sit_down};
use crate::histories::Chance;

/// How often the program is killed.
const KILLS: usize = 160;
/// How long after the last key at most, in looks at the process. How long recording takes changes with what else the machine
/// does: the range of moments follows it.
const LOOKS: usize = 4_000;

/// Starts the program again and goes on with the visit.
fn again(kitchen: &Kitchen, terminal: &mut Terminal) {
    let mut next = kitchen.open();
    next.press(Press::Enter);
    *terminal = next;
}

#[test]
fn killed_at_any_moment_a_sentence_is_recorded_or_still_stands_in_the_line_once_and_whole() {
    let (kitchen, mut terminal) = sit_down(86);
    let mut chance = Chance::new(9);
    let mut said: Vec<String> = Vec::new();
    let (mut recorded, mut standing, mut most) = (0, 0, LOOKS);
    for round in 0..KILLS {
        let sentence = format!("第{round}句");
        terminal.keys(&sentence);
        // A problem is two operations and more: the line, and what is to be done about it.
        if chance.below(3) == 0 {
            terminal.press(Press::Tab);
        }
        terminal.kill_behind(b"\r", chance.below(most));
        again(&kitchen, &mut terminal);
        // Where it stands in the line it was not recorded: Enter records it, and the end counts each sentence.
        if terminal.screen().contains(&format!("> {sentence}")) {
            standing += 1;
            most += most / 8;
            terminal.press(Press::Enter);
        } else {
            recorded += 1;
            most -= most / 8;
        }
        assert!(!terminal.screen().contains(&format!("> {sentence}")), "{}", terminal.screen());
        said.push(sentence);
    }
    println!("{recorded} were recorded when it was killed, {standing} still stood in the line");
    assert!(recorded > 10 && standing > 10, "{recorded} recorded, {standing} standing");
    let lines: Vec<String> = kitchen.written(&mut terminal);
    let texts: Vec<&str> = lines.iter().map(|line| line.rsplit(' ').next().unwrap()).collect();
    assert_eq!(texts, said);
    // A problem has its issue, a note has none: no action is there by half.
    assert!(lines.iter().all(|line| line.starts_with("note ") || line.split(' ').count() == 4), "{lines:?}");
}
