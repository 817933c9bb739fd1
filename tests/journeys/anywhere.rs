//! What the ten rules say of every page and is no look at it: Ctrl-Z wherever one types, and what runs, wherever one goes meanwhile.

use std::path::Path;

use super::day::Day;
use super::harness::{Press, Terminal};
use super::kitchen::sit_down;
use super::ten_rules::{NOBODY, OVER, each, page, places};

/// Pages of one household, by the keys that lead there from the lookup; `zsf` is the one that is visited.
const OF_A_HOUSEHOLD: [&str; 6] = ["lgy\r", "lgy\r3", "lgy\r4", "lgy\r5", "lgy\r6", "zsf\r"];

/// Shows every page that a place of the menu or a key of a card leads to.
fn go_around(terminal: &mut Terminal, mut look: impl FnMut(&str, &mut Terminal)) {
    let places = places();
    let (_, rows) = places.iter().find(|(place, _)| place.starts_with("去哪里")).unwrap();
    for (_, words) in rows {
        terminal.press(Press::Ctrl('p')).paste(words).press(Press::Enter);
        look(words, terminal);
    }
    for keys in OF_A_HOUSEHOLD {
        terminal.press(Press::F(2)).press(Press::Ctrl('u')).keys(keys);
        look(keys, terminal);
    }
    assert!(rows.len() >= 15, "{rows:?}");
}

// Rule 2. Which fields keep a draft was looked at where somebody had thought of it, and Ctrl-Z in a visit alone.
#[test]
fn rule_2_what_is_typed_is_a_draft_and_ctrl_z_takes_it_back_wherever_a_field_has_the_cursor() {
    let mut fields = 0;
    each(Day::default(), |sight| {
        let (zh, terminal) = (sight.zh, &mut *sight.terminal);
        if terminal.cursor().is_none() {
            return;
        }
        fields += 1;
        let (header, before) = (terminal.line(0), page(terminal));
        // A word of its own, behind whatever stands there.
        terminal.keys(" ");
        let with_blank = page(terminal);
        let letter = |at: usize| char::from(b"abcdefghijklmnopqrstuvwxyz"[at % 26]);
        let word: String = ['q', letter(fields / 26), letter(fields)].into_iter().collect();
        terminal.keys(&word);
        assert_ne!(page(terminal), with_blank, "{zh}: nothing was typed\n{}", terminal.screen());
        // It is a draft, on the disk by now, or one is told that it is none.
        let said = terminal.press(Press::Ctrl('s')).notice();
        let is_told = said.contains("不存") || said.contains("没存上");
        let drafts = std::fs::read(Path::new(&sight.folder).join("data/drafts.log")).unwrap_or_default();
        let is_kept = drafts.windows(word.len()).any(|bytes| bytes == word.as_bytes());
        assert!(is_kept != is_told || zh == "锁屏, 有口令", "{zh}: kept {is_kept}\n{}", terminal.screen());
        terminal.press(Press::Ctrl('z'));
        assert!(!terminal.notice().contains("撤"), "{zh}\n{}", terminal.screen());
        assert_eq!(page(terminal), with_blank, "{zh}: it is not what was typed that was taken back");
        terminal.press(Press::Backspace);
        assert_eq!((terminal.line(0), page(terminal)), (header, before), "{zh}");
    });
    assert!(fields >= 30, "only {fields} screens have a field");
}

// Rules 2, 6 and 8. A visit that runs stands in the header of every page with its minutes; Ctrl-Z answers on every page; locked the
// screen says the minutes, which run on, and not whose.
#[test]
fn rules_2_6_and_8_on_every_page_what_runs_is_said_ctrl_z_answers_and_the_lock_stops_no_timer() {
    let (mut kitchen, mut terminal) = sit_down(81);
    for at in 0..40 {
        terminal.keys(&format!("第{at}句\r"));
    }
    kitchen.talk(&mut terminal, 60);
    go_around(&mut terminal, |place, terminal| {
        let header = terminal.line(0);
        assert!(header.contains("走访中") && header.contains("01:00"), "{place}\n{}", terminal.screen());
        terminal.press(Press::Ctrl('z'));
        assert!(terminal.notice().contains("撤"), "{place}: Ctrl-Z says nothing\n{}", terminal.screen());
    });
    for (key, minutes) in [(Press::F(2), "02:00"), (Press::F(4), "03:00"), (Press::Ctrl('o'), "04:00")] {
        terminal.press(key).press(Press::Ctrl('l'));
        kitchen.talk(&mut terminal, 60);
        let header = terminal.line(0);
        assert!(header.contains(minutes) && !header.contains("张守富"), "{}", terminal.screen());
        terminal.press(Press::Enter);
        assert!(terminal.screen().contains(minutes), "{}", terminal.screen());
    }
}

// Rule 6. One page that says 已保存 while the disk takes nothing hides it from whoever types there.
#[cfg(unix)]
#[test]
fn rule_6_every_page_says_that_it_is_not_saved_while_the_disk_takes_nothing() {
    let (mut silent, mut seen) = (Vec::new(), 0);
    each(Day::default(), |sight| {
        let (zh, terminal) = (sight.zh, &mut *sight.terminal);
        if OVER.contains(&zh) || NOBODY.contains(&zh) {
            return;
        }
        let [data, elsewhere] = ["data", "elsewhere"].map(|name| Path::new(&sight.folder).join(name));
        // Who speaks is asked for on every page, and a name that is half typed is a draft.
        let header = |terminal: &mut Terminal| {
            terminal.press(Press::Ctrl('r')).keys("q").press(Press::Esc);
            terminal.line(0)
        };
        std::fs::rename(&data, &elsewhere).unwrap();
        let refused = header(terminal);
        std::fs::rename(&elsewhere, &data).unwrap();
        let taken = header(terminal);
        if !refused.ends_with("没存上!") || !taken.ends_with("已保存") {
            silent.push(format!("{zh}: {refused} / {taken}"));
        }
        seen += 1;
    });
    assert!(silent.is_empty() && seen >= 80, "{seen} {silent:#?}");
}

// Rule 8. What an undo took back was said in full above a list that neighbours look on.
#[test]
fn rule_8_an_undo_names_what_was_said_on_the_page_of_the_visit_and_neither_on_a_list_nor_covered() {
    let (_kitchen, mut terminal) = sit_down(82);
    let mut undone = |before: &[Press]| {
        terminal.press(Press::Ctrl('o')).keys("机井坏了\r");
        for key in before {
            terminal.press(*key);
        }
        let said = terminal.press(Press::Ctrl('z')).notice();
        assert!(said.contains("撤回了刚记的一句"), "{before:?}: {said}\n{}", terminal.screen());
        said.contains("机井")
    };
    assert!(undone(&[]), "whoever said it reads it");
    assert!(!undone(&[Press::F(2)]) && !undone(&[Press::F(4)]), "a list");
    assert!(!undone(&[Press::Ctrl('b')]), "covered");
}

/// A row of the card that does what another one does, which stands in the menu for both.
const AGAIN: (&str, &str) = ("户卡 ", "走访");
/// Rows that pick from a list by its digits: a short one lacks the last of them.
const PICKS: &str = "选第 ";

// Rule 1. Three ways to everything: whatever a place has a row for stands in its menu with a number, and in the palette.
#[test]
fn rule_1_every_row_of_a_place_is_in_its_menu_with_a_number_and_in_the_palette() {
    let (places, mut seen) = (places(), 0);
    each(Day { size: (200, 60), ..Day::default() }, |sight| {
        let (zh, terminal) = (sight.zh, &mut *sight.terminal);
        if OVER.contains(&zh) || zh == "试试终端: F1" {
            return;
        }
        let name = format!("{} ", terminal.press(Press::F(1)).line(1).trim());
        let palette = terminal.press(Press::Esc).press(Press::Ctrl('p')).screen();
        // Esc leads to the menu wherever the footer says so.
        let by_esc = terminal.press(Press::Esc).line_from_below(0).contains("Esc 菜单");
        let menu = if by_esc {
            terminal.press(Press::Esc).screen()
        } else {
            terminal.press(Press::Ctrl('p')).press(Press::Ctrl('p')).screen()
        };
        let numbered = |line: &str| {
            let (number, words) = line.trim_start_matches(['>', ' ']).split_once(' ')?;
            number.bytes().all(|byte| byte.is_ascii_digit()).then(|| words.trim_start().to_owned())
        };
        let numbered: Vec<String> = menu.lines().filter_map(numbered).collect();
        let (_, rows) = places.iter().find(|(place, _)| place.starts_with(&name)).unwrap();
        for (_, words) in
            rows.iter().filter(|(_, words)| !words.starts_with(PICKS) && (name.as_str(), words.as_str()) != AGAIN)
        {
            let is_there = numbered.iter().any(|line| line.starts_with(words)) && palette.contains(words.as_str());
            assert!(is_there, "{zh}: {words}\n{menu}\n{palette}");
            seen += 1;
        }
        terminal.press(Press::Esc);
    });
    assert!(seen >= 300, "only {seen} rows were looked for");
}
