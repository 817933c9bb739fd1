//! What is half written in the places where one seldom types: the battery is taken out, and it is found again.

use super::exchange::{export, group, office, open};
use super::harness::{Laptop, Press, Terminal};
use super::kitchen::sit_down;
use super::office::{behind, import, set_up};
use super::talk::{gather, pass};
use zoufang::app::{Place, Request};
use zoufang::domain::{Record, Talk};
use zoufang::log::{Drafts, RealDisk};

const SIZE: (u16, u16) = (80, 24);

/// Types at a place that `there` leads to, kills the program, and finds the text with its cursor where `back` leads to.
fn survives(
    laptop: &Laptop,
    stick: &str,
    mut terminal: Terminal,
    text: &str,
    there: impl Fn(&mut Terminal),
    back: impl Fn(&mut Terminal),
) -> Terminal {
    there(&mut terminal);
    terminal.keys(text).press(Press::Left);
    let (screen, cursor) = (terminal.screen(), terminal.cursor());
    assert!(screen.contains(text) && cursor.is_some(), "{text}\n{screen}");
    terminal.kill9();
    let mut terminal = laptop.start(SIZE, &[("ZOUFANG_STICKS", stick)], &[]);
    back(&mut terminal);
    let screen = terminal.screen();
    assert!(screen.contains(text), "{text}\n{screen}");
    let column = |cursor: Option<(u16, u16)>| cursor.map(|(column, _)| column);
    assert_eq!(column(terminal.cursor()), column(cursor), "{text}\n{screen}");
    terminal
}

#[test]
fn a_correction_and_a_folder_are_there_after_a_kill() {
    let laptop = Laptop::new(61);
    set_up(&laptop, "一组", "陈明");
    behind(&laptop, |keeper| import(keeper, "r500.xlsx"));
    let stick = tempfile::tempdir().unwrap();
    let stick = stick.path().to_string_lossy().into_owned();
    let start = || laptop.start(SIZE, &[("ZOUFANG_STICKS", &stick)], &[]);
    let doubts = |terminal: &mut Terminal| {
        terminal.press(Press::Ctrl('p')).keys("dhd\r");
        assert!(terminal.screen().contains("1 采纳"), "{}", terminal.screen());
    };
    let correct = |terminal: &mut Terminal| {
        doubts(terminal);
        terminal.keys("2");
    };
    let from_nothing = |terminal: &mut Terminal| {
        correct(terminal);
        terminal.press(Press::Ctrl('u'));
    };
    drop(survives(&laptop, &stick, start(), "1385330", from_nothing, correct));
    let folder = |terminal: &mut Terminal| {
        terminal.press(Press::F(7)).press(Press::Tab);
    };
    let from_nothing = |terminal: &mut Terminal| {
        folder(terminal);
        terminal.press(Press::Ctrl('u'));
    };
    drop(survives(&laptop, &stick, start(), "/media/u", from_nothing, folder));
}

#[test]
fn a_value_of_ones_own_in_a_disagreement_is_there_after_a_kill() {
    let stick = tempfile::tempdir().unwrap();
    export(&group(11, "一组", "陈明", "r500.xlsx", "12号"), stick.path());
    export(&group(12, "二组", "张文彬", "r500.xlsx", "14号"), stick.path());
    let office = office(21);
    let mut terminal = open(&office, stick.path());
    terminal.press(Press::Ctrl('a'));
    let write = |terminal: &mut Terminal| {
        terminal.press(Press::F(7)).keys("2").press(Press::Enter);
    };
    survives(&office, &stick.path().to_string_lossy(), terminal, "13号东", write, write);
}

#[test]
fn by_how_much_a_clock_is_wrong_is_there_after_a_kill() {
    let stick = tempfile::tempdir().unwrap();
    let mut group = Laptop::new(12);
    set_up(&group, "二组", "张文彬");
    group.clock.set_wall("2031-05-18T19:42:00+08:00");
    behind(&group, |keeper| super::office::ask(keeper, &Request::new("household.add").with("head", "张守富")));
    export(&group, stick.path());
    let office = office(21);
    let terminal = open(&office, stick.path());
    let right = |terminal: &mut Terminal| {
        terminal.press(Press::F(7)).keys("7");
    };
    let from_nothing = |terminal: &mut Terminal| {
        right(terminal);
        terminal.press(Press::Ctrl('u'));
    };
    survives(&office, &stick.path().to_string_lossy(), terminal, "2031-05-17", from_nothing, right);
}

#[test]
fn the_next_contact_and_a_gap_half_declared_are_there_after_a_kill() {
    let (mut kitchen, mut terminal) = sit_down(62);
    kitchen.talk(&mut terminal, 600);
    kitchen.laptop.clock.pass(370);
    terminal.settle();
    let end = |terminal: &mut Terminal| {
        terminal.press(Press::F(8));
    };
    let gap = |terminal: &mut Terminal| {
        end(terminal);
        terminal.press(Press::Down).press(Press::Down);
    };
    let resumed = |terminal: &mut Terminal| {
        assert!(terminal.screen().contains("没有结束"), "{}", terminal.screen());
        terminal.press(Press::Enter);
    };
    survives(&kitchen.laptop, "/nowhere", terminal, "6 停电", gap, |terminal| {
        resumed(terminal);
        gap(terminal);
    });
    let (mut kitchen, mut terminal) = sit_down(63);
    kitchen.talk(&mut terminal, 16 * 60);
    // The line above the end.
    let next = |terminal: &mut Terminal| {
        end(terminal);
        terminal.press(Press::Up);
    };
    survives(&kitchen.laptop, "/nowhere", terminal, "周五来", next, |terminal| {
        resumed(terminal);
        next(terminal);
    });
}

#[test]
fn how_long_a_household_was_at_a_talk_entered_later_is_there_after_a_kill() {
    let laptop = Laptop::new(64);
    set_up(&laptop, "一组", "陈明");
    behind(&laptop, |keeper| {
        let request = Request::new("household.add").with("head", "张守富").with("village", "东里东村");
        super::office::ask(keeper, &request);
    });
    let stay = |terminal: &mut Terminal| {
        terminal.press(Press::F(8)).keys("2");
    };
    let there = |terminal: &mut Terminal| {
        terminal
            .press(Press::F(5))
            .press(Press::Enter)
            .keys("文化广场")
            .press(Press::Down)
            .press(Press::Down)
            .press(Press::Down);
        terminal.keys("昨晚 7点").press(Press::Enter).keys("90").press(Press::F(8));
        terminal.keys("@张守富").press(Press::Enter).press(Press::Esc);
        stay(terminal);
    };
    let terminal = laptop.start(SIZE, &[("ZOUFANG_STICKS", "/nowhere")], &[]);
    survives(&laptop, "/nowhere", terminal, "25", there, |terminal| {
        terminal.press(Press::F(5));
        stay(terminal);
    });
}

// The words came back after a kill and whoever the arrows had pointed at did not: the next Enter asked who said so, and the one
// after it recorded the sentence for the village.
#[test]
fn whom_the_arrows_pointed_at_speaks_on_after_a_kill() {
    let (laptop, mut terminal) = gather(67);
    let again = |terminal: &mut Terminal| {
        terminal.kill9();
        *terminal = laptop.start(SIZE, &[], &[]);
        terminal.press(Press::Enter);
    };
    // After each arrow it is as it was: the first, the second, nobody as there is no other, and so back.
    let down = [(Press::Down, 1), (Press::Down, 2), (Press::Down, 0)];
    for (arrow, pointed) in down.into_iter().chain([(Press::Up, 2), (Press::Up, 1), (Press::Up, 0)]) {
        terminal.press(arrow);
        again(&mut terminal);
        let marks = [">  1 张守富", ">  2 李桂英"].map(|mark| terminal.line(3).contains(mark));
        assert_eq!(marks, [pointed == 1, pointed == 2], "{}", terminal.screen());
    }
    terminal.press(Press::Up).keys("机井坏了");
    again(&mut terminal);
    let screen = terminal.screen();
    assert!(screen.contains("> 机井坏了") && screen.contains("2 李桂英   备注"), "{screen}");
    terminal.press(Press::Enter);
    assert!(!terminal.screen().contains("> 机井坏了"), "nobody is asked for\n{}", terminal.screen());
    // Whoever else writes points for himself; what was half written comes back with whom it is of.
    terminal.keys("路灯不亮").press(Press::Ctrl('r')).keys("张锦秋\r");
    assert!(!terminal.line(3).contains(">  2"), "{}", terminal.screen());
    terminal.press(Press::Down).keys("校车太远");
    again(&mut terminal);
    let screen = terminal.screen();
    assert!(terminal.line(3).contains(">  1 张守富") && screen.contains("> 校车太远"), "{screen}");
    terminal.press(Press::Ctrl('r')).keys("1");
    let screen = terminal.screen();
    assert!(terminal.line(3).contains(">  2 李桂英") && screen.contains("> 路灯不亮"), "{screen}");
    // Where nobody is there to press Enter it is put down all the same, for whom each pointed at.
    terminal.kill9();
    let mut terminal = laptop.start(SIZE, &[], &[]);
    terminal.keys("2").press(Press::Enter).press(Press::Enter);
    assert!(terminal.line_from_below(1).contains("散场: 2 户"), "{}", terminal.screen());
    terminal.leave();
    terminal.wait_exit();
    let said = behind(&laptop, |keeper| {
        let house = keeper.house();
        let mut talk = None;
        let found = &mut |record: std::sync::Arc<Record>| {
            talk = talk.or(Talk::read(&record).map(|talk| talk.name));
            true
        };
        house.view().each(found).unwrap();
        house.gathering(talk.unwrap(), 0).unwrap().unwrap().said
    });
    let said: Vec<(&[u16], &str)> = said.iter().map(|one| (one.speakers.as_slice(), one.text.as_str())).collect();
    assert_eq!(said, [(&[2][..], "机井坏了"), (&[2][..], "路灯不亮"), (&[1][..], "校车太远")]);
    // Nothing of it is left behind.
    let home = Place::new(laptop.data()).home();
    let (drafts, _) = Drafts::open(std::sync::Arc::new(RealDisk), &home, None, &[]);
    let places = drafts.drafts().map(|(_, draft)| String::from_utf8_lossy(&draft.place).into_owned());
    assert_eq!(places.filter(|place| place.contains("/who")).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn the_folder_of_the_key_the_office_s_file_and_a_new_name_are_there_after_a_kill() {
    let laptop = Laptop::new(65);
    set_up(&laptop, "一组", "陈明");
    let stick = tempfile::tempdir().unwrap();
    let stick = stick.path().to_string_lossy().into_owned();
    let start = || laptop.start(SIZE, &[("ZOUFANG_STICKS", &stick)], &[]);
    for command in ["hdmy\r", "hdjs\r"] {
        let there = |terminal: &mut Terminal| {
            terminal.press(Press::Ctrl('p')).keys(command);
        };
        let from_nothing = |terminal: &mut Terminal| {
            there(terminal);
            terminal.press(Press::Ctrl('u'));
        };
        let mut terminal = survives(&laptop, &stick, start(), "/media/kingston", from_nothing, there);
        // Emptied it is nobody's draft any more, and what is found stands there as ever.
        terminal.press(Press::End).press(Press::Ctrl('u')).kill9();
        let mut terminal = start();
        there(&mut terminal);
        assert!(!terminal.screen().contains("kingston"), "{}", terminal.screen());
        drop(terminal);
    }
    let speaks = |terminal: &mut Terminal| {
        terminal.press(Press::Ctrl('r'));
    };
    let mut terminal = survives(&laptop, &stick, start(), "张锦秋", speaks, speaks);
    terminal.press(Press::Enter);
    assert!(terminal.notice().contains("现在是 张锦秋 在说"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('r')).keys("1");
    assert!(terminal.notice().contains("现在是 陈明 在说"), "{}", terminal.screen());
    speaks(&mut terminal);
    let asked = terminal.screen().lines().find(|row| row.contains("新的人:")).map(str::to_owned);
    assert_eq!(
        asked.map(|row| row.contains("张锦秋")),
        Some(false),
        "what was chosen is no draft\n{}",
        terminal.screen()
    );
}

#[test]
fn what_is_only_asked_says_that_it_is_not_kept_and_is_not_there_after_a_kill() {
    let laptop = Laptop::new(66);
    set_up(&laptop, "一组", "陈明");
    behind(&laptop, |keeper| import(keeper, "r500.xlsx"));
    let start = || laptop.start(SIZE, &[("ZOUFANG_STICKS", "/nowhere")], &[]);
    let boxes: [fn(&mut Terminal); 4] = [
        |_| {},
        |terminal| {
            terminal.press(Press::F(4));
        },
        |terminal| {
            terminal.press(Press::Ctrl('p')).keys("dhd\r").press(Press::Tab);
        },
        |terminal| {
            terminal.press(Press::Enter).press(Press::Ctrl('p')).keys("和另一户\r").press(Press::Ctrl('u'));
        },
    ];
    for there in boxes {
        let mut terminal = start();
        there(&mut terminal);
        terminal.press(Press::Ctrl('s'));
        assert!(terminal.notice().contains("已自动保存, 不用按保存"), "{}", terminal.screen());
        terminal.keys("東里").press(Press::Ctrl('s'));
        assert!(terminal.notice().contains("这里打的是要找的, 不存; 记下的都已自动保存"), "{}", terminal.screen());
        terminal.press(Press::Ctrl('c'));
        assert!(terminal.notice().contains("再按一次 Ctrl-C 退出. 这里打的是要找的, 不存"), "{}", terminal.screen());
        terminal.press(Press::Left).kill9();
        let mut terminal = start();
        there(&mut terminal);
        assert!(!terminal.screen().contains("東里"), "{}", terminal.screen());
    }
}

// Put right from the history of its household: once in the page of a talk that is over, once in that of a visit.
#[test]
fn a_line_that_is_put_right_from_the_history_is_there_after_a_kill() {
    let (mut laptop, mut terminal) = gather(72);
    pass(&mut laptop, &mut terminal, 16);
    terminal.keys("1#机井坏了\r").press(Press::F(8)).press(Press::Enter);
    let right = |terminal: &mut Terminal| {
        terminal.press(Press::F(2)).keys("zsf\r").keys("6").keys("1");
    };
    let from_the_end = |terminal: &mut Terminal| {
        right(terminal);
        terminal.press(Press::End);
    };
    let mut terminal = survives(&laptop, "/nowhere", terminal, ", 浇不上地", from_the_end, right);
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("备注  机井坏了, 浇不上地"), "{}", terminal.screen());
    // The whole line is gone from the draft once it is recorded.
    terminal.keys("1");
    assert!(terminal.screen().contains("> 1# 机井坏了, 浇不上地"), "{}", terminal.screen());
    let (mut kitchen, mut terminal) = sit_down(73);
    kitchen.talk(&mut terminal, 16 * 60);
    terminal.keys("路灯不亮\r").press(Press::F(8)).press(Press::F(8));
    let mut terminal = survives(&kitchen.laptop, "/nowhere", terminal, ", 三个月了", from_the_end, right);
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("备注  路灯不亮, 三个月了"), "{}", terminal.screen());
}

#[test]
fn the_box_of_who_comes_to_a_talk_is_there_after_a_kill() {
    let (mut laptop, mut terminal) = gather(74);
    pass(&mut laptop, &mut terminal, 1);
    let mut terminal = survives(
        &laptop,
        "/nowhere",
        terminal,
        "王成",
        |terminal| {
            terminal.keys("@");
        },
        |terminal| {
            assert!(terminal.screen().contains("没有结束"), "{}", terminal.screen());
            terminal.press(Press::Enter);
        },
    );
    assert!(terminal.screen().contains("王成友"), "it is looked for again\n{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.line(0).contains("到场 3 户"), "{}", terminal.screen());
}
