//! The ten rules of the screens, a test each. What holds for every screen is tried on every screen that a day comes past
//! (`day.rs`): real keys, the real program, the terminal's own cells.

use std::collections::BTreeSet;
use std::path::Path;

use unicode_width::UnicodeWidthChar;
use zoufang::app::Request;
use zoufang::hanzi::width;

use super::day::{Day, PASSPHRASE, Sight, pictures};
use super::harness::{Laptop, Press, Terminal};
use super::kitchen::sit_down;
use super::office::{ask, behind, set_up};
use super::stopped::stopped;

/// The last page of all: everything is gone, and the program can only be left.
const LAST: &str = "活动结束: 清除了";
/// What lies on top of a page: it has keys of its own and takes no text but its own.
pub const OVER: [&str; 11] =
    [LAST, "退出以前", "为什么", "换人", "菜单", "命令", "帮助", "锁屏", "锁屏, 有口令", "粘贴了几行", "留着的几行"];
/// Said of a word where a line of a form is picked: it stands in the remark.
const NO_CHOICE: &str = "不在这几项里";
/// Beside these nothing is said to be saved: there is nothing at hand that could be.
const NOTHING_SAVED: [&str; 2] = ["开始: 打不开", LAST];
/// Nobody is known yet.
pub const NOBODY: [&str; 5] = ["第一次使用", "第一次使用: 怎么开始", "口令", "输入口令", "开始: 打不开"];
/// On these laptops nothing waits for an export.
const NOTHING_WAITS: [&str; 7] = ["恢复码", "锁屏, 有口令", "换口令", "加口令", "活动结束: 清除", LAST, "第一次使用"];
const BOTH: [&str; 2] = ["zh", "en"];
const SIZES: [(u16, u16); 3] = [(40, 12), (80, 24), (200, 60)];

/// Looks at every screen of a day.
pub fn each(day: Day, mut look: impl FnMut(&mut Sight<'_>)) {
    let mut seen = 0;
    day.walk(&mut |mut sight| {
        seen += 1;
        look(&mut sight);
    });
    assert!(seen >= 95, "only {seen} screens were looked at");
}

/// The screen without the sentence above the footer, which goes with the next key.
pub fn page(terminal: &Terminal) -> String {
    let screen = terminal.screen();
    let mut lines: Vec<&str> = screen.split('\n').collect();
    lines.remove(lines.len() - 2);
    lines.join("\n")
}

/// Takes back what was typed, and goes back to where no field had the cursor.
fn untype(zh: &str, terminal: &mut Terminal, count: usize, had_cursor: bool) {
    if terminal.cursor().is_none() && terminal.screen().contains(NO_CHOICE) {
        (0..count).for_each(|_| {
            terminal.press(Press::Backspace);
        });
        return;
    }
    if terminal.cursor().is_none() {
        // What was refused is said in as many rows as it needs; this takes one.
        terminal.press(Press::Ctrl('s'));
        return;
    }
    (0..count).for_each(|_| {
        terminal.press(Press::Backspace);
    });
    match zh {
        _ if had_cursor => {}
        // Words typed at the ticks went to the line below them.
        "走访: 讲了什么" => drop(terminal.press(Press::BackTab)),
        // So did those typed at what neighbours said.
        "走访: 也说过类似的" => drop(terminal.press(Press::Down)),
        "夜话: 也说过类似的" => drop(terminal.press(Press::Tab).press(Press::Down)),
        // Typing on is an answer to the question of a paste.
        "粘贴了几行" => drop(terminal.press(Press::Ctrl('u')).paste("第一件\n第二件")),
        "留着的几行" => drop(terminal.press(Press::Enter)),
        // And those typed over the strip.
        "走访: 归类" | "夜话: 归类" | "结束页: 归类" => drop(terminal.press(Press::Tab)),
        // Those typed where a visit or a talk ends are said in it.
        "结束页" | "结束页: 不足15分" | "夜话结束" | "夜话结束: 补录" => {
            terminal.press(Press::F(8));
        }
        // So did those typed over what explains, the help and the numbers of the end.
        "帮助" => drop(terminal.press(Press::F(1))),
        // And those typed over what is to be known before leaving.
        "退出以前" => drop(terminal.press(Press::Ctrl('q'))),
        "为什么" => drop(terminal.press(Press::F(8)).press(Press::Ctrl('w'))),
        // It opens on its last row.
        "结束页: 备注" => {
            terminal.press(Press::F(8)).press(Press::Up).press(Press::Up).press(Press::Up);
        }
        _ => drop(terminal.press(Press::Esc)),
    }
}

/// One row of `docs/keys.md`: its first key and its words.
pub type Row = (String, String);

/// Every place with its hint and rows, as the program itself lists them.
pub fn places() -> Vec<(String, Vec<Row>)> {
    let all = zoufang::ui::reference();
    let place = |section: &str| {
        let rows = section.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| |"));
        let row = |line: &str| {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            (cells[1].split(' ').next().unwrap_or_default().to_owned(), cells[2].to_owned())
        };
        (section.to_owned(), rows.map(row).collect())
    };
    all.split("\n## ").skip(1).map(place).collect()
}

// Rule 1. A footer that says what no row does, or a letter that does something, is found on whatever screen it is.
#[test]
fn rule_1_keys_come_from_the_rows_and_no_bare_letter_is_a_command() {
    let places = places();
    let everywhere = places.iter().find(|(place, _)| place.starts_with("到处都能用")).unwrap().1.clone();
    let mut seen = 0;
    each(Day::default(), |sight| {
        let (zh, terminal) = (sight.zh, &mut *sight.terminal);
        // The footer is rows of one place, and those of everywhere behind them.
        let footer = terminal.line_from_below(0);
        let pieces: Vec<&str> = footer.trim().split("   ").collect();
        let is_row = |rows: &[Row], piece: &str| rows.iter().any(|(key, words)| piece == format!("{key} {words}"));
        let own: Vec<&&str> = pieces.iter().filter(|piece| !is_row(&everywhere, piece)).collect();
        let of = |(place, rows): &&(String, Vec<Row>)| {
            own.iter().all(|piece| is_row(rows, piece) || place.contains(&format!("\n{piece} · ")))
        };
        assert!(places.iter().any(|place| of(&place)), "{zh}: {footer}");

        let before = page(terminal);
        // Of the place that the cursor is in, as F1 names it; where F1 is what is tried it names none.
        if !OVER.contains(&zh) && zh != "试试终端: F1" {
            let name = format!("{} ", terminal.press(Press::F(1)).line(1).trim());
            let mut here = places.iter().filter(|(place, _)| place.starts_with(&name));
            assert!(here.any(|place| of(&place)), "{zh}: {footer}\n{}", terminal.screen());
            terminal.press(Press::Esc);
        }
        // Every command of the footer is in the palette by its name, whatever its key.
        if !OVER.contains(&zh) {
            let words: Vec<String> =
                own.iter().filter_map(|piece| piece.split_once(' ')).map(|(_, words)| words.to_owned()).collect();
            for words in
                words.iter().filter(|words| places.iter().any(|(_, rows)| rows.iter().any(|row| row.1 == **words)))
            {
                terminal.press(Press::Ctrl('p')).paste(words);
                assert!(terminal.screen().matches(words).count() >= 2, "{zh}: {words}\n{}", terminal.screen());
                terminal.press(Press::Esc);
            }
            assert_eq!(page(terminal), before, "{zh}: the palette was closed");
        }
        if zh == "命令" || zh == "换人" || zh == "菜单" {
            return;
        }
        let had_cursor = terminal.cursor().is_some();
        let letters = "abcdefghijklmnopqrstuvwxyz";
        // Over the menu the first of them has the words go to the page, each of them on some screen.
        let (end, begin) = letters.split_at(seen % letters.len());
        seen += 1;
        for (over_menu, letters) in [(false, letters.to_owned()), (true, format!("{begin}{end}"))] {
            if over_menu && OVER.contains(&zh) {
                continue;
            }
            if over_menu {
                terminal.press(Press::Ctrl('p')).press(Press::Ctrl('p'));
            }
            terminal.keys(&letters);
            let screen = terminal.screen().replace("\n    ", "");
            let is_text = screen.contains(&letters) || screen.contains("这里不能打字") || OVER.contains(&zh);
            // A passphrase is not shown; of what fills the line the last of it stands on the next one.
            let wrapped = [letters.get(25..).unwrap_or_default(), "*"].contains(&terminal.before_cursor(1).as_str());
            assert!(is_text || wrapped, "{zh}: letters are neither text nor refused\n{screen}");
            untype(zh, terminal, letters.len(), had_cursor);
            assert_eq!(page(terminal), before, "{zh}: a letter did something");
        }
    });
}

// Rule 1. The day typed as an input method in full width types it is the same day.
#[test]
fn rule_1_full_width_forms_mean_the_same_in_a_whole_day() {
    let half_width = |screen: &str| {
        let half = |ch: char| match ch {
            '\u{3000}' => ' ',
            '！'..='～' => char::from_u32(u32::from(ch) - 0xfee0).unwrap(),
            other => other,
        };
        let screen: String = screen.chars().map(half).collect();
        screen.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let mut half = pictures("zh").iter();
    each(Day { full_width: true, ..Day::default() }, |sight| {
        let (zh, _, screen) = half.next().unwrap();
        assert_eq!((sight.zh, half_width(&sight.screen())), (*zh, half_width(screen)));
    });
}

/// Where text is typed: how one gets there, how one gets back there after a kill, what is typed.
const FIELDS: [(&str, &str, &str, &str); 10] = [
    ("新建住户", "<f2> 高宗海 <ctrl-n>", "<f2> 高宗海 <ctrl-n>", "东里社"),
    ("改一项", "<f2> zsf <enter> 5 <down> <enter>", "<f2> zsf <enter> 5 <down> <enter>", "1385330"),
    ("家庭成员", "<f2> zsf <enter> 5 <end> <enter>", "<f2> zsf <enter> 5 <end> <enter>", "张小"),
    ("预约", "<f2> zsf <enter> 3", "<f2> zsf <enter> 3", "明天 下"),
    ("补录", "<f2> zsf <enter> 4", "<f2> zsf <enter> 4", "昨晚 7"),
    ("选名册", "<ctrl-p> drmc <enter>", "<ctrl-p> drmc <enter>", "/media/u"),
    ("开始夜话", "<f5>", "<f5>", "文化广"),
    ("走一步", "<f4> <enter> 1 <down>", "<f4> <enter> 1", "镇水利"),
    ("走访", "<f2> zsf <enter> 1", "<enter>", "6 村里没有地方"),
    ("结束页", "<f8> <down>", "<enter> <f8> <down>", "来客人"),
];

// Rule 2. The battery is taken out in the middle of a word, in every place where one types.
#[test]
fn rule_2_what_is_typed_anywhere_is_there_after_a_kill_with_its_cursor() {
    let laptop = Laptop::new(73);
    set_up(&laptop, "一组", "陈明");
    behind(&laptop, |keeper| {
        let request = Request::new("household.add").with("head", "张守富").with("village", "东里东村");
        let home = ask(keeper, &request).name().unwrap();
        let request = Request::new("issue.record").with_name("household", home).with("text", "村头路灯不亮");
        ask(keeper, &request.with("field", "governance"));
        keeper.close().unwrap();
    });
    let mut walker = Day::default().hands(laptop);
    for (name, there, back, text) in FIELDS {
        walker.go(there);
        walker.terminal().keys(text).press(Press::Left);
        let (screen, cursor) = (walker.terminal().screen(), walker.terminal().cursor());
        assert!(screen.contains(text) && cursor.is_some(), "{name}\n{screen}");
        walker.flat();
        walker.go(back);
        assert!(walker.terminal().screen().contains(text), "{name}\n{}", walker.terminal().screen());
        // The rows above may be others now: a visit that was killed has a gap.
        let column = |cursor: Option<(u16, u16)>| cursor.map(|(column, _)| column);
        assert_eq!(column(walker.terminal().cursor()), column(cursor), "{name}\n{}", walker.terminal().screen());
        walker.terminal().press(Press::End);
        (0..text.chars().count()).for_each(|_| {
            walker.terminal().press(Press::Backspace);
        });
    }
}

// Rule 2. There is no key for saving, and none that throws away.
#[test]
fn rule_2_ctrl_s_answers_ctrl_c_asks_and_ctrl_z_takes_back_text_first() {
    each(Day::default(), |sight| {
        let (zh, terminal) = (sight.zh, &mut *sight.terminal);
        if zh.starts_with("锁屏") || zh == LAST {
            return;
        }
        let before = page(terminal);
        terminal.press(Press::Ctrl('s'));
        let saved = ["已自动保存", "已保存", "没有打开, 什么也没存上"];
        let said = terminal.line_from_below(1);
        assert!(saved.iter().any(|words| said.contains(words)), "{zh}\n{}", terminal.screen());
        terminal.press(Press::Ctrl('c'));
        assert!(terminal.notice().contains("再按一次 Ctrl-C 退出"), "{zh}\n{}", terminal.screen());
        // Another key, and it is forgotten.
        terminal.press(Press::Ctrl('s')).press(Press::Ctrl('c')).press(Press::Ctrl('s'));
        assert_eq!(page(terminal), before, "{zh}");
    });
    let (kitchen, mut terminal) = sit_down(74);
    terminal.keys("路灯不亮\r").keys("机井坏").press(Press::Ctrl('z'));
    assert!(terminal.screen().contains("路灯不亮") && !terminal.screen().contains("机井坏"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('z'));
    assert!(terminal.line_from_below(1).contains("张守富 路灯不亮"), "{}", terminal.screen());
    assert_eq!(terminal.screen().matches("路灯不亮").count(), 1, "{}", terminal.screen());
    assert!(kitchen.written(&mut terminal).is_empty());
}

// Rule 3. One sentence, sorted before it, after it, at the end of the visit: the same thing is recorded.
#[test]
fn rule_3_a_sentence_may_be_sorted_before_after_or_at_the_end() {
    let (mut kitchen, mut terminal) = sit_down(75);
    kitchen.talk(&mut terminal, 900);
    terminal.keys("3+ 沟里倒垃圾\r");
    terminal.keys("沟里倒垃圾").press(Press::Tab).keys("3+").press(Press::Enter);
    terminal.keys("沟里倒垃圾\r").press(Press::F(8));
    terminal.press(Press::Up).press(Press::Up).press(Press::Up).press(Press::Tab).keys("3+").press(Press::Enter);
    let written = kitchen.written(&mut terminal);
    assert_eq!(written, ["environment larger problem 沟里倒垃圾"; 3]);
}

// Rule 4. An input method's window follows the terminal's cursor: it stands right behind what was typed, in columns.
#[test]
fn rule_4_the_real_cursor_stands_behind_what_is_typed_and_never_in_the_last_two_rows() {
    for (size, least) in [((80, 24), 14), ((40, 12), 14)] {
        let mut fields = 0;
        each(Day { size, ..Day::default() }, |sight| {
            let (zh, terminal) = (sight.zh, &mut *sight.terminal);
            if ["菜单", "帮助", "为什么", "锁屏", "粘贴了几行", "留着的几行", "退出以前", LAST].contains(&zh)
            {
                assert_eq!(terminal.cursor(), None, "{zh} takes no text\n{}", terminal.screen());
                return;
            }
            let (before, had_cursor) = (page(terminal), terminal.cursor().is_some());
            terminal.keys("a𠮷东");
            if let Some((_, row)) = terminal.cursor() {
                fields += 1;
                // Where the line is full the last of it stands on the next one.
                let typed = terminal.before_cursor(5).trim_start().to_owned();
                // A passphrase is not shown.
                let is_hidden = typed.ends_with("***");
                let is_there = is_hidden || (typed.ends_with('东') && "a𠮷东".ends_with(&typed));
                assert!(is_there, "{zh}: {typed}\n{}", terminal.screen());
                let over = OVER.contains(&zh);
                assert!(over || row + 2 < size.1, "{zh}: row {row}\n{}", terminal.screen());
            } else {
                let said = terminal.notice();
                let is_said = said.contains("这里不能打字") || terminal.screen().contains(NO_CHOICE);
                assert!(is_said, "{zh}: typed into nothing\n{}", terminal.screen());
            }
            untype(zh, terminal, 3, had_cursor);
            assert_eq!(page(terminal), before, "{zh}");
        });
        assert!(fields >= least, "{size:?}: only {fields} screens took text");
        // A long sentence wraps to three rows and pushes what is above it, not the footer.
        let (_kitchen, mut terminal) = sit_down(76);
        terminal.resize(size).settle();
        terminal.keys(&"村里没有地方跳舞".repeat(20));
        let (_, row) = terminal.cursor().unwrap();
        assert!(row + 2 < size.1 && terminal.before_cursor(4) == "跳舞", "{}", terminal.screen());
        assert_eq!(terminal.screen().matches("地方").count().min(3), 3, "{}", terminal.screen());
        assert!(terminal.line_from_below(0).contains("Esc 菜单"), "{}", terminal.screen());
    }
}

/// Tells whether terminals disagree about the columns of a character.
fn is_ambiguous(ch: char) -> bool {
    ch.width() != ch.width_cjk() && !ch.is_ascii()
}

/// Fails where a piece in a colour has no word beside it; gives the colours that the screen has.
fn assert_words_beside_colours(zh: &str, terminal: &Terminal) -> BTreeSet<String> {
    let screen = terminal.screen();
    let mut colours = BTreeSet::new();
    for row in 0..24 {
        let mut pieces = terminal.coloured(row);
        pieces.retain(|(_, piece)| !piece.trim().is_empty());
        for (colour, piece) in &pieces {
            let is_word = |text: &str| text.chars().filter(|ch| ch.is_alphabetic()).count() >= 2;
            let is_sign = [">", "["].contains(&piece.trim()) || piece.chars().all(|ch| ch == '=');
            // A number in a colour has its word in the same colour on the same line.
            let has_word = pieces.iter().any(|(other, text)| other == colour && is_word(text));
            assert!(is_sign || has_word, "{zh}: “{piece}” in a colour alone\n{screen}");
            colours.insert(format!("{colour:?}"));
        }
    }
    colours
}

// Rule 5. The console of a laptop without a desktop: one kind of bar, and a word all the same.
#[test]
fn rule_5_a_word_stands_beside_every_one_of_sixteen_colours_and_the_pages_say_the_same() {
    let (mut colours, mut many) = (BTreeSet::new(), pictures("zh").iter());
    each(Day { sixteen: true, ..Day::default() }, |sight| {
        colours.extend(assert_words_beside_colours(sight.zh, sight.terminal));
        let (zh, _, screen) = many.next().unwrap();
        let same = (*zh, screen) == (sight.zh, &sight.screen());
        // The one page that tries colours says otherwise what it tried.
        assert!(same || sight.zh.starts_with("试试"), "{}\n{}", sight.zh, sight.screen());
    });
    // What is late and the filled bar: no letters have a ground.
    let looks = ["(Idx(1), Default)", "(Idx(6), Idx(6))"];
    assert_eq!(colours.into_iter().collect::<Vec<_>>(), looks);
}

// Rule 5. A box, an arrow or a tick is two columns wide on some terminals and tears what stands behind it.
#[test]
fn rule_5_no_ambiguous_character_carries_layout_and_a_word_stands_beside_every_colour() {
    for lang in BOTH {
        let mut coloured = Vec::new();
        each(Day { lang, ..Day::default() }, |sight| {
            let (zh, terminal) = (sight.zh, &mut *sight.terminal);
            let screen = terminal.screen();
            for line in screen.lines() {
                assert!(width::columns(line) <= 80, "{zh}: {line}");
                if let Some(at) = line.find(is_ambiguous) {
                    let (_, behind) = line.split_at(at);
                    let in_words = |ch: char| !is_ambiguous(ch) || "“”‘’…—".contains(ch);
                    assert!(behind.chars().all(in_words), "{zh}: {line}");
                    assert!(!behind.trim_end().contains("   "), "{zh}: something is lined up behind it: {line}");
                }
            }
            assert_words_beside_colours(zh, terminal);
            coloured.push((zh, sight.screen()));
        });
        each(Day { lang, plain: true, ..Day::default() }, |sight| {
            assert!(!sight.terminal.has_colour(), "{}", sight.zh);
            let with = coloured.iter().find(|(zh, _)| *zh == sight.zh);
            // The one page that tries colours says otherwise what it tried.
            let screen = sight.screen();
            assert_eq!(with.map(|(_, screen)| screen), Some(&screen), "{}", sight.zh);
        });
    }
}

/// Marks of a sentence; no layout stands behind one.
const IN_SENTENCES: &str = "“”‘’…—";

// Rule 5. The day comes past no slow disk, no stop and no refusal: their words are read where they are written.
#[test]
fn rule_5_no_words_of_the_screens_have_a_character_that_terminals_disagree_about() {
    let (mut folders, mut files) = (vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui")], 0);
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            // What is written into a document is on no screen.
            let is_apart = ["tests", "story", "reference"].iter().any(|name| path.file_stem().unwrap() == *name);
            if path.is_dir() && !is_apart {
                folders.push(path);
            } else if !is_apart {
                let source = std::fs::read_to_string(&path).unwrap();
                let (code, _) = source.split_once("mod tests {").unwrap_or((&source, ""));
                for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
                    let tears = |ch: char| is_ambiguous(ch) && !IN_SENTENCES.contains(ch) || ch >= '\u{1F000}';
                    assert!(!line.contains(tears), "{}: {line}", path.display());
                }
                files += 1;
            }
        }
    }
    assert!(files >= 150, "only {files} files were read");
}

// Rule 6. Who, when, what runs, what waits for a stick, that it is saved; and below, what can be done.
#[test]
fn rule_6_the_header_says_who_when_what_runs_and_that_it_is_saved_and_the_footer_what_can_be_done() {
    for (lang, sizes, saved, menu, waiting, visiting) in [
        ("zh", &SIZES[..2], "已保存", "菜单", "待导出", "走访中 张守富 01:00"),
        ("en", &SIZES[1..2], "saved", "Menu", "export", "visiting 张守富 01:00"),
    ] {
        for size in sizes.iter().copied() {
            each(Day { lang, size, ..Day::default() }, |sight| {
                let (zh, terminal) = (sight.zh, &mut *sight.terminal);
                let header = terminal.line(0);
                assert!(
                    [0, size.0 - 1].iter().all(|column| terminal.is_reversed(*column, 0)),
                    "{zh} {size:?}: {header}"
                );
                let talk = zh.starts_with("夜话");
                let none = NOTHING_SAVED.contains(&zh);
                let who = header.contains("陈明") || NOBODY.contains(&zh) || size.0 < 80;
                let when = header.contains(':') || talk || none || size.0 < 80;
                assert_eq!(header.contains(saved), !none, "{zh} {size:?}: {header}");
                assert!(who && when, "{zh} {size:?}: {header}");
                // On narrow terminals it has no room beside what runs; Ctrl-W says it there.
                let waits = !NOBODY.contains(&zh) && !NOTHING_WAITS.contains(&zh);
                let counts = header.contains(waiting) || !waits || size.0 < 80;
                assert!(counts, "{zh} {size:?}: {header}");
                let footer = terminal.line_from_below(0);
                let out = [
                    "为什么",
                    "锁屏",
                    "锁屏, 有口令",
                    "走访: 讲了什么",
                    "试试这个终端",
                    "粘贴了几行",
                    "留着的几行",
                    LAST,
                ]
                .contains(&zh);
                let esc = footer.contains("Esc ") || footer.contains(menu) || out;
                assert!(esc, "{zh} {size:?}: {footer}");
            });
        }
        let (mut kitchen, mut terminal) = sit_down(77);
        if lang == "en" {
            terminal.press(Press::F(2)).press(Press::Ctrl('e')).press(Press::Ctrl('o'));
        }
        kitchen.talk(&mut terminal, 60);
        for key in [2, 4, 5, 7] {
            terminal.press(Press::F(key));
            assert!(terminal.line(0).contains(visiting), "F{key}\n{}", terminal.screen());
        }
    }
}

/// Where numbers stand that people must trust, and what their explanation says.
const WHY: [(&str, &[&str]); 27] = [
    ("按村组看", &["15 分钟", "方案"]),
    ("查找", &["15 分钟", "方案", "还没有导出的"]),
    ("户卡", &["15 分钟", "方案"]),
    ("补录", &["15 分钟", "方案"]),
    ("走访", &["15 分钟", "已证 09:00", "工作日", "5月18日"]),
    ("走访: 归类", &["是因为句子里有", "工作日", "5月18日", "方案"]),
    ("走访: 讲了什么", &["15 分钟"]),
    ("没结束的走访", &["15 分钟", "已证 09:00"]),
    ("结束页", &["15 分钟", "已证 16:00"]),
    ("夜话", &["15 分钟", "在场"]),
    ("夜话结束", &["15 分钟", "在场"]),
    ("问题", &["工作日", "方案", "超期"]),
    ("一件问题", &["工作日", "方案"]),
    ("往来记录", &["15 分钟", "方案", "电话只算长期在外"]),
    ("合并", &["新:", "已有:", "不一致:"]),
    ("涉及的户", &["不一致:", "有改动:", "新户:"]),
    ("同户不同项", &["最近 14 次合并"]),
    ("疑似重复户", &["电话相同 +40", "60 分起 可能", "100 分起 很像"]),
    ("导入名册", &["新:", "原有:", "有变化:", "没再列:", "待核对:"]),
    ("走一步", &["工作日", "照这天看"]),
    ("导入过的名册", &["户数:", "不算:"]),
    ("结束页: 不足15分", &["15 分钟", "已证 02:00"]),
    ("待核对", &["一格看不准算一处", "不算:"]),
    ("新旧名册对照", &["一户不再列算一处", "不再列入:"]),
    ("不一致", &["谁也没见过别人写的", "算一处"]),
    ("活动结束", &["逐条对这台电脑的全部记录"]),
    ("合过的户", &["两户算一对", "分开了的不算"]),
];
/// Pages with a number that is nothing to be explained, each with its reason.
const PLAIN: [(&str, &str); 32] = [
    ("第一次使用", FORM),
    ("改资料: 不在家", FORM),
    ("新建住户", FORM),
    ("新建住户: 选", FORM),
    ("改资料", FORM),
    ("改一项", FORM),
    ("选一项", FORM),
    ("家庭成员", FORM),
    ("家庭成员: 选", FORM),
    ("预约", FORM),
    ("预约: 选", FORM),
    ("移到别户", ROWS),
    ("一条的来历", ROWS),
    ("记录来历", ROWS),
    ("开始夜话", FORM),
    ("开始夜话: 选", FORM),
    ("夜话: 村和地点", FORM),
    ("更正时间", "says by how much, and from which day, of what was typed above it"),
    ("活动密钥: 已有", "the number of the key, by which people tell one from another"),
    ("本机", "people, a group, a code and a phone: nothing is counted"),
    ("试试终端: F8", INVENTED),
    ("试试终端: F1", INVENTED),
    ("试试终端: F10", INVENTED),
    ("试试终端: 输入法", INVENTED),
    ("试试终端: 看和听", INVENTED),
    ("第一次使用: 怎么开始", FORM),
    ("口令", FORM),
    ("恢复码", "the code itself, and how many digits are written down"),
    ("输入口令", FORM),
    ("换口令", FORM),
    ("加口令", FORM),
    ("开始: 打不开", "a file's name"),
];
const FORM: &str = "what people wrote, or are asked to write, and digits that pick";
const INVENTED: &str = "an invented household, of which nothing is recorded or counted, and the key to press";
const ROWS: &str = "counts the rows of the list itself, and says what is written in each";

// Rule 7. A number that cannot say where it comes from is one that people argue about.
#[test]
fn rule_7_every_number_that_people_must_trust_explains_itself() {
    let mut explained = 0;
    each(Day::default(), |sight| {
        let (zh, terminal) = (sight.zh, &mut *sight.terminal);
        let Some((_, wanted)) = WHY.iter().find(|(name, _)| *name == zh) else { return };
        let before = page(terminal);
        terminal.press(Press::Ctrl('w'));
        // It may be longer than the window.
        let mut said = terminal.read_columns(18, 44);
        for _ in 0..12 {
            said.push_str(&terminal.press(Press::Down).read_columns(18, 44));
        }
        for words in *wanted {
            let words: String = words.split_whitespace().collect();
            assert!(said.contains(&words), "{zh}: {words}\n{}", terminal.screen());
        }
        terminal.press(Press::Ctrl('w'));
        assert_eq!(page(terminal), before, "{zh}");
        explained += 1;
    });
    assert_eq!(explained, WHY.len());
}

// Rule 7. The table above says what is explained; a page that shows numbers and explains none is found here.
#[test]
fn rule_7_no_page_shows_a_number_without_a_reason_or_it_is_written_here_why_none_is_needed() {
    let mut silent = Vec::new();
    each(Day::default(), |sight| {
        // A folder has digits in its name on one run and none on the next.
        let screen = sight.screen();
        let (zh, terminal) = (sight.zh, &mut *sight.terminal);
        let body = screen.lines().skip(1).collect::<Vec<_>>();
        let has_number = body[..body.len() - 2].iter().any(|line| line.contains(|ch: char| ch.is_ascii_digit()));
        if OVER.contains(&zh) || !has_number {
            return;
        }
        let said = terminal.press(Press::Ctrl('w')).read_columns(18, 44);
        let (_, said) = said.split_once("为什么").unwrap_or_default();
        // What the header counts is explained on every page, behind what the page has to say.
        silent.extend((said.is_empty() || said.starts_with("待导出") || said.starts_with("这里没有")).then_some(zh));
        terminal.press(Press::Ctrl('w'));
    });
    let plain: Vec<&str> = PLAIN.iter().map(|(zh, _)| *zh).collect();
    assert_eq!(silent, plain);
}

/// What other eyes must not read: an illness, whole phones, what was said in an earlier visit.
const SECRETS: [&str; 25] = [
    "慢性病",
    "尿毒症",
    "透析",
    "肝硬化",
    "重病",
    "高血压",
    "双相",
    "残疾",
    "癫痫",
    "肾移植",
    "住院",
    "13905331111",
    "139 0533 1111",
    "13853300008",
    "138 5330 0008",
    "１３８　５３３０",
    "13853301234",
    "138 5330 1234",
    "13853300004",
    "138533000061",
    "138533000019",
    "1385330003",
    "13853300006",
    "村头路灯不亮",
    "chronic",
];
/// Lists that show more of the selected line below them.
const BELOW: [&str; 10] = [
    "待核对",
    "待核对: 改正",
    "待核对: 筛选",
    "不一致",
    "不一致: 三个值以上",
    "不一致: 另写一个",
    "同户不同项",
    "新旧名册对照",
    "疑似重复户",
    "合过的户",
];
/// Pages of one household or of one piece of work; every other screen is a list that anybody may look at.
const CARDS: [&str; 33] = [
    "户卡",
    "户卡: 不在家",
    "改资料",
    "改资料: 不在家",
    "改一项",
    "选一项",
    "家庭成员",
    "家庭成员: 选",
    "走访",
    "走访: 改一条",
    "走访: 也说过类似的",
    "夜话: 也说过类似的",
    "粘贴了几行",
    "留着的几行",
    "走访: 归类",
    "走访: 讲了什么",
    "走访: 当场怎么解决的",
    "往来记录",
    "往来记录: 不在家",
    "往来记录: 改一条",
    "一条的来历",
    "记录来历",
    "为什么",
    "结束页",
    "结束页: 中断",
    "结束页: 备注",
    "结束页: 不足15分",
    "结束页: 写字的地方",
    "结束页: 归类",
    "结束页: 当场怎么解决的",
    "一件问题",
    // One column, looked at to say what it is.
    "导入名册: 列是什么",
    "走一步: 选",
];

/// What people said: complaints, and whose neighbours are meant.
const SAID: [&str; 5] = ["3组机井坏了", "滴水吵架", "村里晚上太黑", "端午想办个戏台", "垃圾没人收"];
/// There one of these is what is being typed.
const UNDER_THE_HAND: [&str; 3] = ["走访: 改一条", "往来记录: 改一条", "夜话: 也说过类似的"];

/// Gives what stands in the first columns of a screen, and what stands behind them.
fn torn(screen: &str, columns: usize) -> (String, String) {
    let at = |line: &str| {
        let mut used = 0;
        let behind = |ch: char| {
            used += ch.width().unwrap_or(1);
            used > columns
        };
        line.find(behind).unwrap_or(line.len())
    };
    let (left, right): (Vec<&str>, Vec<&str>) = screen.lines().map(|line| line.split_at(at(line))).unzip();
    let left: Vec<&str> = left.into_iter().map(str::trim_end).collect();
    (left.join("\n"), right.join("\n"))
}

/// Gives the title and the rows of a list, without what stands below them.
fn rows_of(screen: &str) -> String {
    let lines: Vec<&str> = screen.lines().collect();
    let pieces = lines.split(|line| line.is_empty() || line.contains("Right 看其余的"));
    let pieces: Vec<String> = pieces.filter(|piece| !piece.is_empty()).map(|piece| piece.join("\n")).collect();
    pieces[..2].concat()
}

// Rule 8. Neighbours sit at the table and look on.
#[test]
fn rule_8_lists_never_show_illness_phones_or_complaints_and_cover_hides_them_on_cards_too() {
    let (mut hidden, mut unseen, mut below) = (0, 0, BTreeSet::new());
    for size in SIZES {
        each(Day { size, ..Day::default() }, |sight| {
            let (zh, terminal) = (sight.zh, &mut *sight.terminal);
            let (open, before) = (terminal.screen(), page(terminal));
            let count = |text: &str| SECRETS.iter().filter(|secret| text.contains(*secret)).count();
            let shown = count(&open);
            // Beside the list no more is said of the selected line than in it.
            let (list, beside) = if size == SIZES[2] { torn(&open, 120) } else { (open.clone(), String::new()) };
            let listed = if BELOW.contains(&zh) { count(&rows_of(&list)) + count(&beside) } else { shown };
            assert!(listed == 0 || CARDS.contains(&zh), "{zh} {size:?}\n{open}");
            below.extend((shown > 0 && BELOW.contains(&zh)).then_some(zh));
            if OVER.contains(&zh) {
                return;
            }
            terminal.press(Press::Ctrl('b'));
            let covered = terminal.screen();
            for secret in SECRETS {
                assert!(!covered.contains(secret), "{zh} {size:?}: {secret}\n{covered}");
            }
            let is_told = |said: &&&str| covered.contains(**said);
            assert_eq!(SAID.iter().find(is_told).filter(|_| !UNDER_THE_HAND.contains(&zh)), None, "{zh}\n{covered}");
            unseen += SAID.iter().filter(|said| open.contains(*said) && !covered.contains(*said)).count();
            hidden += shown;
            terminal.press(Press::Ctrl('b')).press(Press::Ctrl('s'));
            // Locked, nothing at all is to be seen; Enter comes back, in a field too.
            terminal.press(Press::Ctrl('l'));
            let names = ["张守富", "李桂英", "孙传宝", "机井", "路灯", "13853"];
            assert!(names.iter().all(|name| !terminal.screen().contains(name)), "{zh}\n{}", terminal.screen());
            if terminal.screen().contains("口令:") {
                terminal.keys(PASSPHRASE);
            }
            terminal.press(Press::Enter);
            assert_eq!(page(terminal), before, "{zh}");
        });
    }
    assert!(
        ["待核对", "不一致", "新旧名册对照"].iter().all(|zh| below.contains(zh)),
        "nothing to be hidden: {below:?}"
    );
    assert!(hidden >= 20 && unseen >= 20, "the day shows too little to be hidden: {hidden}, {unseen}");
}

/// What must be on a screen at any size, in Chinese.
const MATTERS: [(&str, &[&str]); 40] = [
    ("第一次使用", &["姓名", "小组", "怎么开始"]),
    ("查找", &["查找: dl zsf", "2 / 6 户", "张守富", "张世芳"]),
    ("按村组看", &["东里东村", "未访 3"]),
    ("新建住户", &["高宗海", "村(居)"]),
    ("户卡", &["张守富", "男67", "3组 12号", "138 5330 1234", "1 开始走访", "4 补录", "6 往来记录"]),
    ("改资料", &["张守富", "电话", "138 5330 1234"]),
    ("家庭成员", &["姓名", "与户主关系"]),
    ("预约", &["明天 19:30", "5月19日 周三 19:30"]),
    ("补录", &["昨晚 7点", "21"]),
    ("补录: 说了什么", &["> 院墙外堆土"]),
    ("走访: 当场怎么解决的", &["09:00", "还差 06:00", "5! 两家为滴水吵架", "当场怎么解决的"]),
    ("走访: 讲了什么", &["09:00", "讲了", "6文体", "9联系卡"]),
    ("走访", &["09:00", "还差 06:00", "两家为滴水吵架", "> 6 村里没有地方跳舞", "文体生活 一般", "方案 5"]),
    ("走访: 归类", &["09:00", "6文体", "++ 重大", "* 保密", "村里没有地方跳舞"]),
    ("没结束的走访", &["张守富", "09:00", "1 接着来", "3 作废"]),
    ("结束页", &["16:00", "已满", "计入", "结果", "结束这次走访"]),
    ("往来记录", &["张守富", "村里没有地方跳舞"]),
    ("一条的来历", &["19:51", "陈明", "登记问题"]),
    ("记录来历", &["19:58", "陈明", "结果"]),
    ("开始夜话", &["文化广场", "走访干部"]),
    ("夜话: 加户", &["1 张守富", "2 李桂英", "王成友", "> @"]),
    ("夜话", &["12:00", "3 王成友", "端午想办个戏台", "> 2#校车只到村口"]),
    ("夜话结束", &["张守富", "16:00", "王成友", "04:00", "不足"]),
    ("导入名册", &["五月.csv", "新 6 户", "户主姓名"]),
    ("待核对", &["孙传宝", "电话"]),
    ("疑似重复户", &["高宗海", "2", " 分, 因为"]),
    ("新旧名册对照", &["赵淑芬", "高宗海"]),
    ("合并", &["合并   U盘", "二组 张文彬", "可合并"]),
    ("不一致", &["高宗海", "备注", "陈明", "8号 / 7号"]),
    ("涉及的户", &["高宗海", "不一致 1 处", "什么都没有改"]),
    ("同户不同项", &["高宗海", "方便时间  晚上", "苗兴英"]),
    ("导入过的名册", &["六月.csv"]),
    ("问题", &["超期", "待反馈", "张守富", "待甄别", "筛选"]),
    ("一件问题", &["张守富", "登记", "下一步", "1 受理"]),
    ("走一步", &["张守富", "受理", "镇水利站", "哪天"]),
    ("本机", &["姓名", "陈明", "一组", "本机编号", "自己的电话"]),
    ("换人", &["陈明", "新的人"]),
    ("退出以前", &["条没有导出到U盘", "Enter 退出", "4 去导出", "Esc 不退出"]),
    ("菜单", &["打开", "Enter"]),
    ("帮助", &["住户", "Enter"]),
];

// Rule 9. Columns go in a fixed order; what the work needs stays.
#[test]
fn rule_9_every_screen_shows_what_matters_at_40x12_80x24_and_200x60() {
    for size in SIZES {
        let mut looked = 0;
        let mut look = |zh: &str, screen: &str| {
            for line in screen.lines() {
                assert!(width::columns(line) <= usize::from(size.0), "{zh}: {line}");
            }
            let Some((_, wanted)) = MATTERS.iter().find(|(name, _)| *name == zh) else { return };
            for words in *wanted {
                assert!(screen.contains(words), "{zh} {size:?}: {words}\n{screen}");
            }
            looked += 1;
        };
        if size == (80, 24) {
            for (zh, _, screen) in pictures("zh") {
                look(zh, screen);
            }
        } else {
            each(Day { size, ..Day::default() }, |sight| look(sight.zh, &sight.terminal.screen()));
        }
        assert_eq!(looked, MATTERS.len());
    }
    each(Day { size: SIZES[0], lang: "en", ..Day::default() }, |sight| {
        let screen = sight.terminal.screen();
        let footer = sight.terminal.line_from_below(0);
        let out = ["Esc", "Enter", "Down"].iter().any(|key| footer.contains(key));
        assert!(out, "{}\n{screen}", sight.en);
        assert!(screen.lines().all(|line| width::columns(line) <= 40), "{}\n{screen}", sight.en);
    });
    let (_kitchen, mut terminal) = sit_down(78);
    terminal.keys("村里没有地方");
    for small in [(200, 11), (40, 11), (39, 60), (39, 12)] {
        terminal.resize(small).settle();
        assert!(terminal.screen().contains("窗口太小"), "{small:?}\n{}", terminal.screen());
    }
    terminal.keys("跳舞").resize((80, 24)).settle();
    assert!(terminal.screen().contains("> 村里没有地方跳舞"), "{}", terminal.screen());
}

/// Pages with a selected line beside which nothing stands on a wide terminal, each with its reason.
const ALONE: [(&str, &str); 21] = [
    ("夜话: 村和地点", LINES),
    ("家庭成员", LINES),
    ("家庭成员: 选", LINES),
    ("开始夜话", LINES),
    ("开始夜话: 选", LINES),
    ("改一项", LINES),
    ("改资料", LINES),
    ("改资料: 不在家", LINES),
    ("新建住户", LINES),
    ("新建住户: 选", LINES),
    ("更正时间", LINES),
    ("本机", LINES),
    ("第一次使用", LINES),
    ("第一次使用: 怎么开始", LINES),
    ("补录", LINES),
    ("补录: 选", LINES),
    ("走一步", LINES),
    ("走一步: 选", LINES),
    ("选一项", LINES),
    ("预约", LINES),
    ("预约: 选", LINES),
];
const LINES: &str = "a form: its lines say all there is";
/// Columns that are there on a wide terminal alone may have so many blank ones behind short words.
const BLANK: usize = 12;

/// The lines of the list that has a selected line, as columns of characters; none where there is no list.
fn listed(terminal: &Terminal, wide: usize) -> Option<Vec<Vec<char>>> {
    let screen = terminal.screen();
    let cells = |line: &str| {
        let twice = line.chars().flat_map(|ch| std::iter::repeat_n(ch, ch.width().unwrap_or(1)));
        twice.take(wide).collect::<Vec<char>>()
    };
    let lines: Vec<Vec<char>> = screen.lines().map(cells).collect();
    let lines = &lines[1..lines.len() - 2];
    let selected = lines.iter().position(|line| line.first() == Some(&'>'))?;
    let is_blank = |line: &Vec<char>| line.iter().all(|ch| *ch == ' ');
    let first = lines[..selected].iter().rposition(is_blank).map_or(0, |at| at + 1);
    let last = lines[selected..].iter().position(is_blank).map_or(lines.len(), |at| selected + at);
    // What stands right above or below the list begins elsewhere.
    let is_line = |line: &&Vec<char>| line.get(1) == Some(&' ') && line.get(2).is_some_and(|ch| *ch != ' ');
    Some(lines[first..last].iter().filter(is_line).cloned().collect())
}

/// The widest strip that is blank in all lines, between their first and last columns.
fn widest_gap(lines: &[Vec<char>]) -> usize {
    let blank = |at: usize| lines.iter().all(|line| line.get(at).is_none_or(|ch| *ch == ' '));
    let end = lines.iter().map(|line| line.iter().rposition(|ch| *ch != ' ').map_or(0, |at| at + 1)).max().unwrap_or(0);
    let (mut widest, mut run) = (0, 0);
    for at in 0..end {
        run = if blank(at) { run + 1 } else { 0 };
        widest = widest.max(run);
    }
    widest
}

// Rule 9. At 200 columns half the terminal stood blank between a name and its village, on all lists but the lookup.
#[test]
fn rule_9_a_wide_terminal_shows_what_is_known_of_the_selected_line_and_no_wider_gaps() {
    let mut gaps: Vec<(&str, usize)> = Vec::new();
    each(Day::default(), |sight| {
        gaps.extend(listed(sight.terminal, 80).map(|lines| (sight.zh, widest_gap(&lines))));
    });
    let (mut alone, mut seen) = (BTreeSet::new(), BTreeSet::new());
    each(Day { size: SIZES[2], ..Day::default() }, |sight| {
        let (zh, terminal) = (sight.zh, &*sight.terminal);
        if zh == "问题" {
            let (own, pane) = torn(&terminal.screen(), 120);
            let selected = own.lines().find_map(|line| line.strip_prefix("> ")).unwrap();
            let head = selected.split_whitespace().next().unwrap().trim_end_matches('~');
            assert!(pane.lines().nth(1).is_some_and(|line| line.contains(head)), "{}", terminal.screen());
            for known in ["组 ", "谁反馈: ", "前  ", "登记  ", "下一步"] {
                assert!(pane.contains(known), "{known}\n{}", terminal.screen());
            }
        }
        let Some(lines) = listed(terminal, 120).filter(|_| !OVER.contains(&zh)) else { return };
        let Some((_, before)) = gaps.iter().find(|(name, _)| *name == zh) else { return };
        let columns = |line: &str| -> Vec<char> {
            line.chars().flat_map(|ch| std::iter::repeat_n(ch, ch.width().unwrap_or(1))).collect()
        };
        let rows: Vec<Vec<char>> = terminal.screen().lines().skip(1).take(57).map(columns).collect();
        let is_apart = rows.iter().all(|row| row.iter().skip(120).take(3).all(|ch| *ch == ' '));
        let is_beside = is_apart && rows.iter().any(|row| row.len() > 123);
        if is_beside {
            seen.insert(zh)
        } else {
            alone.insert(zh)
        };
        let gap = widest_gap(&lines);
        assert!(gap <= BLANK.max(*before), "{zh}: {before} columns at 80, {gap} at 200\n{}", terminal.screen());
    });
    assert_eq!(alone.into_iter().collect::<Vec<_>>(), ALONE.iter().map(|(zh, _)| *zh).collect::<Vec<_>>());
    assert!(seen.len() >= 12, "{seen:?}");
}

/// Blank rows above the line that is typed in, at most.
const BLANK_ROWS: usize = 2;

/// Fails where rows stand blank between what was said and the line below it, where the line is in the last rows of a page that is
/// not full, and where nothing is said of who is talked with beside it or below it.
fn assert_line_follows(zh: &str, terminal: &Terminal, size: (u16, u16)) {
    let screen = terminal.screen();
    let (own, beside) = if size.0 > 120 { torn(&screen, 120) } else { (screen.clone(), String::new()) };
    let rows: Vec<&str> = own.lines().collect();
    // In the strip and at the ticks no field has the cursor.
    let line = rows.iter().rposition(|row| row.starts_with("  > ") || row.trim_end() == "  >").unwrap_or_else(|| {
        panic!("{zh}: no line to type in\n{screen}");
    });
    let (mut widest, mut run) = (0, 0);
    for row in &rows[1..line] {
        run = if row.is_empty() { run + 1 } else { 0 };
        widest = widest.max(run);
    }
    assert!(widest <= BLANK_ROWS, "{zh}: {widest} blank rows above the line\n{screen}");
    assert!(line < rows.len() / 2, "{zh}: the line stands far below\n{screen}");
    let beside = if size.0 > 120 { beside } else { rows[line + 2..rows.len() - 2].join("\n") };
    let known = ["结对", "3组", "还没记下的", "都记下了", "还没有人到"];
    assert!(known.iter().any(|words| beside.contains(words)), "{zh}: nothing of who is talked with\n{screen}");
    let is_cut = own.lines().skip(1).take(line).any(|row| row.contains('~'));
    assert!(size.0 <= 120 || !is_cut, "{zh}: cut where there is room\n{screen}");
}

// Rule 9. At 200x60 forty rows stood blank between what people had said and the line that it is written in.
#[test]
fn rule_9_the_line_follows_what_was_said_and_a_pane_says_who_it_is_on_wide_and_on_tall_terminals() {
    for size in [SIZES[2], (80, 60)] {
        let (mut seen, mut cards) = (BTreeSet::new(), 0);
        each(Day { size, ..Day::default() }, |sight| {
            let (zh, terminal) = (sight.zh, &*sight.terminal);
            if zh.starts_with("走访") || zh == "夜话" || zh.starts_with("夜话: ") && zh != "夜话: 村和地点"
            {
                seen.insert(zh);
                assert_line_follows(zh, terminal, size);
            }
            if zh == "户卡" || zh == "户卡: 不在家" {
                let screen = terminal.screen();
                let past = if size.0 > 120 { torn(&screen, 120).1 } else { screen.clone() };
                // What happened before has a day before it; of a household with an issue something did.
                let is_told = past.lines().any(|row| row.contains(" 5-"));
                cards += usize::from(is_told);
                assert!(is_told || !screen.contains("问题 "), "{zh}\n{screen}");
            }
        });
        assert!(seen.len() >= 8 && cards >= 1, "{cards} {seen:?}");
    }
}

// Rule 10. A list that takes long can be stopped while it is read, and nothing was changed.
#[test]
fn rule_10_what_takes_long_is_cancelled_without_harm_and_leaving_never_ends_a_visit() {
    let (mut kitchen, mut terminal) = sit_down(79);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("十万行.csv");
    let row = |at: u32| format!("张{at},138{at:08},{},东里镇,东里东村\n", at % 9);
    let rows: String = (0..100_000).map(row).collect();
    std::fs::write(&path, format!("户主姓名,联系电话,家庭人口,镇(街道),村(居)\n{rows}")).unwrap();
    let choose = |terminal: &mut Terminal| {
        terminal.press(Press::Ctrl('p')).keys("drmc\r").press(Press::Ctrl('u')).keys(path.to_str().unwrap());
    };
    choose(&mut terminal);
    stopped(&mut terminal, "\r", "已停下, 没有读完", choose);
    assert!(terminal.line_from_below(1).contains("什么都没有改"), "{}", terminal.screen());
    // The visit went on meanwhile, whatever page is open, however one leaves.
    for key in [2, 4, 5, 7] {
        kitchen.talk(&mut terminal, 60);
        terminal.press(Press::F(key));
    }
    assert!(terminal.line(0).contains("走访中 张守富 04:00"), "{}", terminal.screen());
    terminal.leave();
    terminal.wait_exit();
    let mut terminal = kitchen.open();
    assert!(terminal.screen().contains("上次有一次走访没有结束"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("04:00"), "{}", terminal.screen());
    let (visit, lines) = {
        terminal.leave();
        terminal.wait_exit();
        kitchen.recorded()
    };
    assert!(visit.ended.is_none() && lines.is_empty());
}
