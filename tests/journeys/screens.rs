//! The screens as such: opening, help, menu, commands, sizes, languages, and leaving the terminal as it was.

use super::harness::{Laptop, Press};

const SIZE: (u16, u16) = (80, 24);

#[test]
fn it_opens_helps_lists_finds_and_leaves_a_clean_terminal() {
    let laptop = Laptop::new(1);
    let mut terminal = laptop.start(SIZE, &[], &[]);
    assert!(
        terminal.line(0).contains("走访") && terminal.line(0).contains("5月18日 周二 19:42"),
        "{}",
        terminal.screen()
    );
    assert!(
        terminal.line_from_below(0).contains("Esc 菜单") && terminal.line_from_below(0).contains("F1 帮助"),
        "{}",
        terminal.screen()
    );
    assert!(terminal.is_reversed(79, 0));
    assert_eq!(terminal.title(), "走访");
    assert!(terminal.cursor().is_some(), "the first page can be filled in at once");

    terminal.press(Press::F(1));
    assert!(terminal.screen().contains("到处都能用"), "{}", terminal.screen());
    terminal.press(Press::Esc);
    assert!(!terminal.screen().contains("到处都能用"));

    terminal.press(Press::Esc);
    assert!(terminal.screen().contains("02  住户"), "{}", terminal.screen());
    terminal.keys("02");
    assert!(!terminal.screen().contains("02  住户"));

    terminal.press(Press::Ctrl('p')).keys("tc");
    assert!(terminal.screen().contains("退出") && !terminal.screen().contains("遮挡"), "{}", terminal.screen());
    assert!(terminal.cursor().is_some(), "the cursor stands where one types");
    terminal.press(Press::Esc);

    terminal.leave();
    assert_eq!(terminal.wait_exit().exit_code(), 0);
    terminal.assert_clean();
}

// Terminals send one lone byte for Esc, the first byte of every other key.
#[test]
fn a_lone_escape_opens_and_closes_the_menu() {
    let laptop = Laptop::new(1);
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.send(b"\x1b");
    terminal.wait_for("02  住户").send(b"\x1b");
    terminal.wait_for("F1 帮助");
}

#[test]
fn the_palette_can_end_the_program_too() {
    let laptop = Laptop::new(1);
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.press(Press::Ctrl('p')).keys("leave").send(b"\r");
    assert_eq!(terminal.wait_exit().exit_code(), 0);
    terminal.assert_clean();
}

#[test]
fn ctrl_c_needs_two() {
    let laptop = Laptop::new(1);
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.press(Press::Ctrl('c'));
    assert!(terminal.line_from_below(1).contains("再按一次"), "{}", terminal.screen());
    terminal.send(&[3]);
    assert_eq!(terminal.wait_exit().exit_code(), 0);
    terminal.assert_clean();
}

#[test]
fn a_window_of_another_size_is_drawn_anew_and_a_tiny_one_says_so() {
    let laptop = Laptop::new(1);
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.press(Press::Esc);
    for size in [(200, 60), (40, 12), (39, 30), (80, 24)] {
        terminal.resize(size).settle();
        let screen = terminal.screen();
        assert_eq!(screen.contains("窗口太小"), size.0 < 40, "{size:?}\n{screen}");
        assert_eq!(screen.contains("菜单"), size.0 >= 40, "{size:?}\n{screen}");
        if size.0 >= 40 {
            assert!(terminal.line_from_below(0).contains("Esc 关闭"), "{size:?}\n{screen}");
        }
    }
}

// crossterm's default source of events is edge-triggered and stops at the first event: a key that came together with
// a resize was not seen before the next key.
#[test]
fn keys_that_come_together_with_a_resize_are_not_lost() {
    let laptop = Laptop::new(1);
    let mut terminal = laptop.start(SIZE, &[], &[]);
    for round in 0..60 {
        terminal.resize((80 + round % 2, 24)).settle();
    }
}

#[test]
fn english_is_the_second_language_and_ctrl_e_changes_over() {
    let laptop = Laptop::new(1);
    let mut terminal = laptop.start(SIZE, &[("ZOUFANG_LANG", "en")], &[]);
    assert!(
        terminal.line_from_below(0).contains("Esc Menu") && terminal.line(0).contains("18 May 19:42"),
        "{}",
        terminal.screen()
    );
    terminal.press(Press::Ctrl('e'));
    assert!(terminal.line_from_below(0).contains("Esc 菜单"), "{}", terminal.screen());
}

// Under NO_COLOR the backend could reset the modifiers with the colours.
#[test]
fn without_colours_the_bars_are_still_reversed() {
    let laptop = Laptop::new(1);
    let mut terminal = laptop.start(SIZE, &[("NO_COLOR", "1")], &[]);
    terminal.press(Press::Esc);
    assert!(
        terminal.is_reversed(0, 0) && (1..SIZE.1).any(|row| terminal.is_reversed(40, row)),
        "{}",
        terminal.screen()
    );
    assert!(!terminal.has_colour());
}

// A paste without brackets, as on Windows: the Enter in it must not choose anything.
#[test]
fn a_burst_of_characters_is_text_with_its_line_ends() {
    let laptop = Laptop::new(1);
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.press(Press::Ctrl('p'));
    terminal.send("退出\r退".as_bytes());
    terminal.settle();
    assert!(terminal.screen().contains("> 退出 退"), "{}", terminal.screen());
}

#[test]
fn a_paste_is_text_and_never_a_command() {
    let laptop = Laptop::new(1);
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.press(Press::Ctrl('p')).paste("退出\r\n\u{11}");
    assert!(terminal.screen().contains("> 退出"), "{}", terminal.screen());
}

#[test]
fn a_panic_leaves_the_terminal_clean_and_says_what_happened() {
    let laptop = Laptop::new(1);
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.press(Press::Ctrl('p')).send(b"\x1b[57397u");
    assert_eq!(terminal.wait_exit().exit_code(), 101);
    terminal.assert_clean();
    assert!(terminal.screen().contains("asked to panic"), "{}", terminal.screen());
}

// A damaged index panics while it opens, is caught and rebuilt: that must not tear the screen away.
#[test]
fn a_panic_aside_keeps_the_screen_and_is_told_at_the_end() {
    let laptop = Laptop::new(1);
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.send(b"\x1b[57396u");
    terminal.settle().press(Press::Esc);
    assert!(terminal.screen().contains("02  住户") && !terminal.screen().contains("aside"), "{}", terminal.screen());
    terminal.leave();
    assert_eq!(terminal.wait_exit().exit_code(), 0);
    terminal.assert_clean();
    assert!(terminal.screen().contains("asked to panic aside"), "{}", terminal.screen());
}

#[test]
fn a_signal_to_end_leaves_the_terminal_clean() {
    for (name, code) in [("TERM", 143), ("HUP", 129), ("QUIT", 131)] {
        let laptop = Laptop::new(1);
        let mut terminal = laptop.start(SIZE, &[], &[]);
        terminal.signal(name);
        assert_eq!(terminal.wait_exit().exit_code(), code, "{name}");
        terminal.assert_clean();
    }
}

#[test]
fn without_a_terminal_it_says_so() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_zoufang")).env("ZOUFANG_LANG", "zh").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("这里不是终端"));
}

#[test]
fn an_hour_on_the_clock_changes_what_the_header_says() {
    let mut laptop = Laptop::new(1);
    let mut terminal = laptop.start(SIZE, &[], &[]);
    laptop.clock.pass(3_600);
    terminal.settle();
    assert!(terminal.line(0).contains("20:42"), "{}", terminal.screen());
    laptop.clock.set_wall("2021-05-19T08:00:00+08:00");
    terminal.settle();
    assert!(terminal.line(0).contains("5月19日 周三 08:00"), "{}", terminal.screen());
}

#[test]
fn a_killed_program_starts_again() {
    let laptop = Laptop::new(1);
    let mut terminal = laptop.start(SIZE, &[], &[]);
    assert!(!terminal.kill9().success());
    let terminal = laptop.start(SIZE, &[], &[]);
    assert!(terminal.screen().contains("走访"));
}

// Ctrl-Z is ours, but a shell, a session manager or a person at another terminal can stop the program all the same.
#[test]
fn stopped_and_gone_on_the_terminal_was_given_back_and_is_taken_again() {
    let laptop = Laptop::new(1);
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.press(Press::Ctrl('p')).keys("tc");
    terminal.signal("TSTP");
    terminal.wait_until_stopped();
    terminal.assert_clean();
    // The size changes while nobody listens.
    terminal.resize((100, 30));
    terminal.signal("CONT");
    terminal.wait_until_taken();
    terminal.settle();
    assert!(terminal.screen().contains("> tc") && terminal.screen().contains("退出"), "{}", terminal.screen());
    assert!(terminal.is_reversed(99, 0), "drawn for the new size\n{}", terminal.screen());
    terminal.press(Press::Esc).leave();
    assert_eq!(terminal.wait_exit().exit_code(), 0);
    terminal.assert_clean();
}

// SIGSTOP cannot be caught: whoever sends it finds the terminal as it is, but going on draws everything anew.
#[test]
fn frozen_and_thawed_everything_is_drawn_anew() {
    let laptop = Laptop::new(1);
    let mut terminal = laptop.start(SIZE, &[], &[]);
    let before = terminal.screen();
    terminal.signal("STOP");
    terminal.scribble("bash: 别的程序写在上面\r\n");
    assert_ne!(terminal.screen(), before);
    terminal.signal("CONT");
    terminal.wait_for(&before);
    terminal.leave();
    assert_eq!(terminal.wait_exit().exit_code(), 0);
    terminal.assert_clean();
}

// Somebody pulls at the corner of the window while typing.
#[test]
fn a_storm_of_sizes_loses_no_key_and_leaves_a_clean_terminal() {
    let laptop = Laptop::new(1);
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.press(Press::Ctrl('p'));
    for round in 0..200u16 {
        terminal.resize((1 + round * 37 % 200, 1 + round * 13 % 60));
        if round % 20 == 0 {
            terminal.keys("z");
        }
    }
    terminal.resize(SIZE).settle();
    assert!(terminal.screen().contains("> zzzzzzzzzz"), "{}", terminal.screen());
    terminal.press(Press::Esc).leave();
    assert_eq!(terminal.wait_exit().exit_code(), 0);
    terminal.assert_clean();
}

// 一件问题, 结束页 and their like take Esc to go back: the menu was not to be had there. It is on every page a day comes past.
#[test]
fn the_menu_opens_on_every_page_that_has_an_own_esc_too() {
    let (mut looked, mut own) = (0, 0);
    super::day::Day::default().walk(&mut |sight| {
        let (zh, terminal) = (sight.zh, sight.terminal);
        if super::ten_rules::OVER.contains(&zh) {
            return;
        }
        let title = |terminal: &super::harness::Terminal| {
            let footer = terminal.line_from_below(0);
            footer.contains("直接选") && footer.contains("Enter 选   Esc 关闭")
        };
        let (before, footer) = (terminal.screen(), terminal.line_from_below(0));
        own += usize::from(footer.contains("F10"));
        // Where F10 itself is tried it opens nothing.
        let is_tried = zh == "试试终端: F10";
        let ways = [&[Press::Ctrl('p'), Press::Ctrl('p')][..], &[Press::F(10)]];
        for keys in ways.into_iter().take(if is_tried { 1 } else { 2 }) {
            for key in keys {
                terminal.press(*key);
            }
            assert!(title(terminal), "{zh}\n{}", terminal.screen());
            terminal.press(Press::Esc);
            assert!(!title(terminal), "{zh}\n{}", terminal.screen());
            let line = |screen: &str| screen.lines().nth(3).unwrap_or_default().to_owned();
            assert_eq!(line(&terminal.screen()), line(&before), "{zh}: the page is still there");
        }
        looked += 1;
    });
    assert!(looked >= 30 && own >= 5, "{looked} pages, {own} with an own Esc");
}
