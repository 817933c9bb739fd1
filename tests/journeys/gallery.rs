//! Pictures of every screen as text, from the real program at 80 by 24, in both languages: `docs/screens.md`.
//!
//! The day's walk makes them (`day.rs`), so they cannot show what the program does not. `ZOUFANG_WRITE_DOCS=1` writes them anew.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use super::day::{Day, Sight, pictures};
use super::harness::Press;
use crate::commands::rosters::same_as_file;

#[test]
fn the_pictures_of_the_screens_are_what_the_program_shows() {
    let (zh, en) = (pictures("zh"), pictures("en"));
    let mut out = String::from(
        "# 界面 Screens\n\n程序自己画的 (80x24), 和真的一样; 住户都是编的. Drawn by the program itself at 80x24; the people are invented.\n",
    );
    for ((title, english, chinese), (_, _, other)) in zh.iter().zip(en) {
        let _ = write!(
            out,
            "\n## {title} · {english}\n\n```\n{}\n```\n\n```\n{}\n```\n",
            chinese.trim_end(),
            other.trim_end()
        );
    }
    out.push_str("\n# 宽屏 Wide\n\n120 列起, 选中的一行知道的都在右边. From 120 columns on, what is known of the selected line stands beside it.\n");
    Day { size: WIDE, ..Day::default() }.walk(&mut |sight| {
        if IN_WIDE.contains(&sight.zh) {
            let _ = write!(out, "\n## {} · {}\n\n```\n{}\n```\n", sight.zh, sight.en, sight.screen().trim_end());
        }
    });
    same_as_file("docs/screens.md", &out);
    for (title, _, picture) in zh.iter().chain(en) {
        // Characters of ambiguous width carry no layout; what people write may have them, and these people wrote none.
        let odd = picture.chars().find(|c| matches!(c, '\u{2190}'..='\u{21ff}' | '\u{2500}'..='\u{27bf}' | '\u{2022}'));
        assert_eq!(odd, None, "{title}\n{picture}");
        for line in picture.lines() {
            assert!(zoufang::hanzi::width::columns(line) <= 80, "{title}: {line}");
        }
    }
}

/// How words begin that people wrote, not the program: names that are too long for their columns.
const WRITTEN: [&str; 2] = ["钱七139", "赵六（"];

// "same phone, same name,~" and "Mind: that laptop's ~": half a sentence says nothing.
#[test]
fn no_sentence_of_the_program_is_cut_at_eighty_columns() {
    let mut written = 0;
    for (title, english, picture) in pictures("zh").iter().chain(pictures("en")) {
        let words = picture.split_whitespace();
        // A mark or a folder begins with the sign; what is cut ends in it.
        for word in words.filter(|word| word.len() > 1 && word.ends_with('~')) {
            let is_written =
                WRITTEN.iter().any(|begins| word.starts_with(begins) || begins.starts_with(&word[..word.len() - 1]));
            assert!(is_written, "{title} {english}: {word}\n{picture}");
            written += 1;
        }
    }
    assert!(written > 0, "nothing of what people wrote is cut either: the sign is another one");
}

/// A wide terminal, and the pages that stand for all lists on it.
const WIDE: (u16, u16) = (160, 24);
const IN_WIDE: [&str; 4] = ["查找", "问题", "一件问题", "不一致"];

// Only what changed is drawn: half a character of the page before, or the end of its bar, stays where that goes wrong.
#[test]
fn every_screen_looks_as_if_it_were_drawn_anew() {
    Day::default().walk(&mut |sight| {
        let before = sight.terminal.cells();
        sight.terminal.resize((80, 25)).settle().resize((80, 24)).settle();
        for (row, (was, is)) in before.iter().zip(sight.terminal.cells()).enumerate() {
            assert!(*was == is, "{}: row {row}\n{}", sight.zh, sight.terminal.screen());
        }
    });
}

/// The day in both languages and in all, in sixteen and in no colours, to be looked at: `cat` shows one on the terminal at hand,
/// light or dark.
#[test]
#[ignore = "writes what has to be looked at: target/tmp/looks"]
fn every_screen_as_it_is_painted() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("looks");
    for (lang, day) in [("zh", Day::default()), ("en", Day { lang: "en", ..Day::default() })] {
        for (colours, day) in [("256", day), ("16", Day { sixteen: true, ..day }), ("0", Day { plain: true, ..day })] {
            let folder = folder.join(format!("{lang}-{colours}"));
            std::fs::create_dir_all(&folder).unwrap();
            let mut number = 0;
            day.walk(&mut |sight| {
                number += 1;
                let file = folder.join(format!("{number:03} {}", sight.zh));
                std::fs::write(file, sight.terminal.painted()).unwrap();
            });
        }
    }
}

/// Places that no picture shows, each with its reason.
const UNSEEN: [(&str, &str); 18] = [
    ("正在加口令", "stands while it is sealed: stopped.rs"),
    ("正在算钥匙", "stands for a fraction of a second while a passphrase is made a key: passphrase.rs"),
    ("住户: 正在写名册", "stands while the roster is written: stopped.rs"),
    ("户卡: 迁出, 去世", "stands where nobody is left: tests of the card"),
    ("合并: 正在合并", "stands while files are merged: exchange.rs"),
    ("合并: 正在看或导出", "stands while it is exported: stopped.rs"),
    ("活动结束: 正在核对", "stands while it is verified: stopped.rs"),
    ("活动结束: 正在清除", "stands while it is removed: handover.rs of the screens"),
    ("导入名册: 正在读", "stands while a roster is read: import.rs, rule 10"),
    ("导入名册: 没有导入", "stands once an import was taken back: import.rs"),
    ("待核对: 只用来区分人的", "stands on an identity number that is not right: doubts.rs of the screens"),
    ("待核对: 没有", "stands where nothing is in doubt: import.rs"),
    ("不一致: 没有", "stands where nothing is disputed: tests of the page"),
    ("新旧名册对照: 没有", "stands where the lists say the same: import.rs"),
    ("疑似重复户: 没有", "stands where nothing seems to be entered twice: import.rs"),
    ("合过的户: 没有", "stands where nothing was joined: story.rs"),
    ("退出以前, 有没存上的", "stands where the disk takes nothing: leaving.rs"),
    ("名册: 正在改", "stands while a list is taken back: stopped.rs"),
];

/// What lies on top of a page, and the last page of all: the help that names a page's place does not open there.
const OVER: [&str; 11] = [
    "活动结束: 清除了",
    "退出以前",
    "菜单",
    "命令",
    "帮助",
    "为什么",
    "换人",
    "粘贴了几行",
    "留着的几行",
    "锁屏",
    "锁屏, 有口令",
];

// A page nobody walked past stood in no picture, and none of the rules was tried on it.
#[test]
fn every_place_that_has_keys_is_come_past_or_it_is_written_here_why_not() {
    let mut seen = BTreeSet::new();
    let mut look = |sight: Sight<'_>| {
        if OVER.contains(&sight.zh) {
            seen.insert(sight.zh.to_owned());
            return;
        }
        // Help names the place on its first line, as the program knows it.
        // Where F1 is tried it opens no help, and the page has the name of its place.
        if sight.zh == "试试终端: F1" {
            seen.insert(sight.zh.to_owned());
            return;
        }
        let page = |screen: String| screen.lines().rev().skip(2).map(str::to_owned).collect::<Vec<_>>();
        let before = page(sight.terminal.screen());
        sight.terminal.press(Press::F(1));
        let place = sight.terminal.line(1).trim().to_owned();
        sight.terminal.press(Press::Esc);
        assert_eq!(page(sight.terminal.screen()), before, "{}", sight.zh);
        seen.insert(place);
    };
    Day::default().walk(&mut look);
    let reference = zoufang::ui::reference();
    // 试试终端: F8 Try it: F8
    let english = |line: &str| {
        let starts = |sign: &[u8]| {
            sign[0].is_ascii_uppercase() && sign[1..].iter().all(|sign| b" abcdefghijklmnopqrstuvwxyz".contains(sign))
        };
        line.as_bytes().windows(3).position(starts).unwrap_or(line.len())
    };
    let places = reference.lines().filter_map(|line| line.strip_prefix("## "));
    let places = places.map(|line| line[..english(line)].trim().to_owned());
    // These are lists of keys, and no place.
    let places: Vec<String> = places.filter(|place| !["去哪里", "到处都能用"].contains(&place.as_str())).collect();
    assert!(seen.iter().all(|place| places.contains(place)), "{seen:?}\n{places:?}");
    let missing: Vec<&String> = places.iter().filter(|place| !seen.contains(*place)).collect();
    let unseen: Vec<&str> = UNSEEN.iter().map(|(place, _)| *place).collect();
    assert_eq!(missing, unseen);
}
