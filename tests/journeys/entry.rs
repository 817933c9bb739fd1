//! Writing down while people talk: before, after, in full width, changed and taken back; keys are counted.

use super::harness::Press;
use super::kitchen::sit_down;

#[test]
fn what_is_typed_before_or_after_becomes_what_it_says() {
    let (kitchen, mut terminal) = sit_down(21);
    terminal.keys("想要个小广场\r");
    // Before the sentence: two keys and Enter.
    terminal.keys("6 文化大院晚上不开门");
    assert!(terminal.screen().contains("文体生活 一般 拟  方案 5月25日前  回复 6月1日前"), "{}", terminal.screen());
    terminal.keys("\r４＋＋＊　机井坏了，浇不上地\r");
    terminal.keys("6？ 端午想办个戏台\r");
    // After it, with the suggested field: Tab and Enter.
    terminal.keys("村小学校车只到村口").press(Press::Tab);
    assert!(terminal.screen().contains("基础教育 一般 拟"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    // After it, with another field and a mark, in full width: Tab, two keys, Enter.
    terminal.keys("邻居盖房占道").press(Press::Tab).keys("３＋").press(Press::Enter);
    assert!(terminal.screen().contains("生态环境 较大"), "{}", terminal.screen());
    assert_eq!(
        kitchen.written(&mut terminal),
        [
            "note 想要个小广场",
            "culture general problem 文化大院晚上不开门",
            "agriculture major problem * 机井坏了，浇不上地",
            "culture general suggestion 端午想办个戏台",
            "education general problem 村小学校车只到村口",
            "environment larger problem 邻居盖房占道",
        ]
    );
}

// What a problem costs beside its words, in each of its forms; one written without its blank is asked about and no problem.
#[test]
fn a_problem_costs_its_text_and_as_many_keys_as_its_form() {
    let (kitchen, mut terminal) = sit_down(29);
    let forms = [
        ("", "\t\r", 2, "agriculture general problem"),
        ("", "\t3\r", 3, "environment general problem"),
        ("4 ", "\r", 3, "agriculture general problem"),
        ("", "\t+\r", 3, "agriculture larger problem"),
        ("", "\t~\r", 3, "agriculture long_term problem"),
        ("", "\t?\r", 3, "agriculture general suggestion"),
        ("", "\t*\r", 3, "agriculture general problem *"),
        ("4+ ", "\r", 4, "agriculture larger problem"),
        ("4+", "\t\r", 4, "agriculture larger problem"),
        ("", "\t++\r", 4, "agriculture major problem"),
        ("", "\t3+\r", 4, "environment larger problem"),
        ("4++ ", "\r", 5, "agriculture major problem"),
        ("4++", "\t\r", 5, "agriculture major problem"),
        ("4+", "\r\r", 4, "note 4+"),
    ];
    let mut written = Vec::new();
    for (at, (before, after, keys, becomes)) in forms.into_iter().enumerate() {
        let text = format!("机井坏了浇不上地{at}");
        let start = terminal.pressed();
        terminal.keys(&format!("{before}{text}"));
        for key in after.chars() {
            terminal.keys(&key.to_string());
        }
        assert_eq!(terminal.pressed() - start - text.chars().count(), keys, "{before}… {after:?}");
        let blank = if becomes.starts_with("note ") { "" } else { " " };
        written.push(format!("{becomes}{blank}{text}"));
    }
    assert_eq!(kitchen.written(&mut terminal), written);
}

// The signs are learnt where they are used.
#[test]
fn the_help_of_the_line_says_how_a_problem_is_written() {
    let (_kitchen, mut terminal) = sit_down(28);
    terminal.press(Press::F(1));
    let screen = terminal.screen();
    for words in ["一行怎么写", "4 机井坏了", "4+ 4++", "较大, 重大", "长期, 当场解决, 建议"] {
        assert!(screen.contains(words), "{words}\n{screen}");
    }
}

#[test]
fn sentences_that_begin_with_a_number_stay_text() {
    let (kitchen, mut terminal) = sit_down(22);
    let said = ["3组机井坏了", "60岁以上", "12345打了没人管", "5~8月没水", "６０岁以上的补贴"];
    for line in said {
        terminal.keys(&format!("{line}\r"));
    }
    assert_eq!(kitchen.written(&mut terminal), said.map(|line| format!("note {line}")));
}

#[test]
fn what_cannot_be_recorded_stays_in_the_line_with_a_sentence() {
    let (kitchen, mut terminal) = sit_down(23);
    terminal.keys("6+~ 路灯不亮");
    assert!(terminal.screen().contains("+ 和 ~ 只能留一个"), "{}", terminal.screen());
    terminal.keys("\r");
    // The sentence is longer than a row, and read to its end; the line stays in sight.
    assert!(terminal.notice().contains("不能同时用"), "{}", terminal.screen());
    assert!(terminal.notice().contains("拿不准就都不写, 甄别时再定"), "{}", terminal.screen());
    assert!(terminal.screen().contains("> 6+~ 路灯不亮"), "{}", terminal.screen());
    // The strip puts it right.
    terminal.press(Press::Tab).keys("～").press(Press::Enter);
    assert_eq!(kitchen.written(&mut terminal), ["culture long_term problem 路灯不亮"]);
}

#[test]
fn what_was_solved_on_the_spot_asks_how_in_the_same_line() {
    let (kitchen, mut terminal) = sit_down(24);
    terminal.keys("5！ 两家为滴水吵架\r");
    assert!(terminal.screen().contains("当场怎么解决的?"), "{}", terminal.screen());
    terminal.keys("两家说开了\r");
    terminal.keys("2! 不会用医保码\r\r");
    assert!(terminal.screen().contains("医疗卫生 现场解决"), "{}", terminal.screen());
    // Esc leads back to the sentence and takes no answer away.
    terminal.keys("4! 灯坏了\r").keys("当场打了").press(Press::Esc);
    assert!(terminal.screen().contains("> 4! 灯坏了"), "{}", terminal.screen());
    terminal.press(Press::Enter).keys("电话\r");
    // Left standing with F8 it is asked as well, and not taken for done.
    terminal.keys("5! 水管漏").press(Press::F(8));
    assert!(terminal.screen().contains("当场怎么解决的?"), "{}", terminal.screen());
    terminal.keys("修好了").press(Press::F(8));
    assert!(terminal.screen().contains("继续走访"), "{}", terminal.screen());
    terminal.leave();
    terminal.wait_exit();
    let (_, lines) = kitchen.recorded();
    let done: Vec<String> = lines.into_iter().map(|(_, issue)| issue.unwrap().done).collect();
    assert_eq!(done, ["两家说开了", "", "当场打了电话", "修好了"]);
}

#[test]
fn the_last_line_is_changed_sorted_and_taken_back() {
    let (kitchen, mut terminal) = sit_down(25);
    terminal.keys("路灯不亮\r");
    terminal.press(Press::Up).keys(", 三个月了\r");
    assert!(terminal.screen().contains("路灯不亮, 三个月了"), "{}", terminal.screen());
    terminal.press(Press::Up).press(Press::Tab).keys("5+").press(Press::Enter);
    assert!(terminal.screen().contains("社会治理 较大"), "{}", terminal.screen());
    // Back as it would be typed; as a note again it keeps its words.
    terminal.press(Press::Up);
    assert!(terminal.screen().contains("> 5+ 路灯不亮, 三个月了"), "{}", terminal.screen());
    terminal.press(Press::Home);
    (0..3).for_each(|_| {
        terminal.press(Press::Delete);
    });
    terminal.press(Press::Enter);
    assert!(!terminal.screen().contains("社会治理"), "{}", terminal.screen());
    // Away with Ctrl-D, back with Ctrl-Z.
    terminal.press(Press::Up).press(Press::Ctrl('d'));
    assert!(!terminal.screen().contains("路灯"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('z'));
    assert!(terminal.screen().contains("路灯不亮, 三个月了"), "{}", terminal.screen());
    assert_eq!(kitchen.written(&mut terminal), ["note 路灯不亮, 三个月了"]);
}

#[test]
fn any_line_can_be_changed_not_only_the_last_one() {
    let (kitchen, mut terminal) = sit_down(27);
    for line in (1..=12).map(|number| format!("第{number}句\r")) {
        terminal.keys(&line);
    }
    // Up to the first, which stays in sight; above it are the ticks.
    for _ in 1..=12 {
        terminal.press(Press::Up);
    }
    let screen = terminal.screen();
    assert!(screen.contains("> 第1句") && screen.contains("> 19:42  备注  第1句"), "{screen}");
    terminal.press(Press::Up);
    assert!(terminal.screen().contains("按数字勾选"), "{}", terminal.screen());
    terminal.press(Press::Down);
    // Down leads on through the lines and out of them; what was changed is not left by accident.
    for _ in 1..=3 {
        terminal.press(Press::Up);
    }
    terminal.press(Press::Down).press(Press::Up).keys("改").press(Press::Up);
    assert!(terminal.line_from_below(1).contains("改动还没记下"), "{}", terminal.screen());
    terminal.press(Press::Down).press(Press::Enter);
    terminal.press(Press::Up).press(Press::Down).keys("第13句\r");
    let want: Vec<String> =
        (1..=13).map(|number| format!("note 第{number}句{}", if number == 10 { "改" } else { "" })).collect();
    assert_eq!(kitchen.written(&mut terminal), want);
}

#[test]
fn ctrl_z_on_an_empty_line_takes_back_the_last_thing_recorded() {
    let (kitchen, mut terminal) = sit_down(26);
    terminal.keys("6 想要个小广场\r").keys("记错了\r").press(Press::Ctrl('z'));
    // It says whose line went, and which: it may not be on the screen.
    assert!(terminal.line_from_below(1).contains("撤回了刚记的一句: 张守富 记错了."), "{}", terminal.screen());
    assert_eq!(terminal.screen().matches("记错了").count(), 1, "{}", terminal.screen());
    terminal.press(Press::F(2)).press(Press::Down).press(Press::Enter).press(Press::Ctrl('z'));
    assert!(terminal.line_from_below(1).contains("撤回了刚记的一件: 张守富 想要个小广场."), "{}", terminal.screen());
    terminal.press(Press::Ctrl('o')).keys("6 想要个小广场\r");
    assert_eq!(kitchen.written(&mut terminal), ["culture general problem 想要个小广场"]);
}

#[test]
fn ctrl_z_goes_on_back_past_a_line_that_was_changed() {
    let (kitchen, mut terminal) = sit_down(29);
    terminal.keys("第一句\r").keys("3 路灯不亮\r");
    terminal.press(Press::Up).keys(", 三个月了\r");
    assert!(terminal.screen().contains("三个月了"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('z'));
    assert!(terminal.line_from_below(1).contains("撤回了上一步改动: 张守富"), "{}", terminal.screen());
    terminal.keys("x").press(Press::Backspace);
    assert!(terminal.screen().contains("路灯不亮"), "{}", terminal.screen());
    assert!(!terminal.screen().contains("三个月了"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('z')).keys("x").press(Press::Backspace);
    assert!(!terminal.screen().contains("路灯不亮"), "{}", terminal.screen());
    assert_eq!(kitchen.written(&mut terminal), ["note 第一句"]);
}

#[test]
fn the_lock_covers_the_screen_without_asking_the_terminal_anything() {
    let (_kitchen, mut terminal) = sit_down(30);
    terminal.keys("没说完").press(Press::Ctrl('l'));
    assert!(terminal.screen().contains("屏幕已遮住") && !terminal.screen().contains("没说完"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("> 没说完"), "{}", terminal.screen());
}

#[test]
fn notes_become_problems_on_the_wrap_up_page() {
    let (mut kitchen, mut terminal) = sit_down(27);
    kitchen.talk(&mut terminal, 900);
    terminal.keys("村小学校车只到村口\r").press(Press::F(8)).press(Press::Home);
    terminal.press(Press::Up).press(Press::Up).press(Press::Up).press(Press::Tab).keys("+").press(Press::Enter);
    assert!(terminal.screen().contains("记下 1 条, 问题和建议 1 件"), "{}", terminal.screen());
    terminal.keys("7");
    assert_eq!(kitchen.written(&mut terminal), ["education larger problem 村小学校车只到村口"]);
    assert_eq!(kitchen.recorded().0.satisfaction, "satisfied");
}

// A character that no input method has is written by its code point; what would turn the screen round, or cannot be seen, goes.
#[test]
fn rare_characters_come_through_the_terminal_and_invisible_ones_do_not() {
    let (kitchen, mut terminal) = sit_down(29);
    terminal.keys("王U+20BB7").keys(" ").keys("友家没水");
    assert!(terminal.screen().contains("> 王\u{20BB7}友家没水"), "{}", terminal.screen());
    assert_eq!(terminal.before_cursor(4), "没水", "the cursor stands behind it, in columns");
    terminal.press(Press::Enter).keys("门\u{202e}牌\u{200b}掉\u{feff}了 e\u{301}");
    assert!(terminal.screen().contains("> 门牌掉了 e"), "{}", terminal.screen());
    terminal.press(Press::Backspace).keys("a\u{304}b\r");
    assert_eq!(kitchen.written(&mut terminal), ["note 王\u{20BB7}友家没水", "note 门牌掉了 a\u{304}b"]);
}

// Arabic runs from right to left where a terminal draws it so; here it stands as it was typed, in columns that count.
#[test]
fn arabic_letters_in_a_sentence_keep_the_cursor_in_its_column() {
    let (kitchen, mut terminal) = sit_down(31);
    terminal.keys("教门");
    let (start, row) = terminal.cursor().unwrap();
    terminal.keys("مسجد");
    assert_eq!(terminal.cursor(), Some((start + 4, row)), "four letters, four columns\n{}", terminal.screen());
    terminal.keys("旁边");
    assert_eq!(terminal.cursor(), Some((start + 8, row)), "{}", terminal.screen());
    assert_eq!(terminal.before_cursor(8), "مسجد旁边");
    // A vowel sign stands on its letter, takes no column, and goes with it.
    for _ in 0..2 {
        terminal.press(Press::Left);
    }
    terminal.keys("ب\u{64e}");
    assert_eq!(terminal.cursor(), Some((start + 5, row)), "{}", terminal.screen());
    terminal.press(Press::Left);
    assert_eq!(terminal.cursor(), Some((start + 4, row)), "{}", terminal.screen());
    terminal.press(Press::Delete);
    for column in (0..4).rev() {
        terminal.press(Press::Left);
        assert_eq!(terminal.cursor(), Some((start + column, row)), "{}", terminal.screen());
    }
    terminal.press(Press::End).keys("没路灯\r");
    assert_eq!(kitchen.written(&mut terminal), ["note 教门مسجد旁边没路灯"]);
}

// Some input methods send the digit that chose a candidate along with it, or commit digits of full width: it is what was said.
#[test]
fn what_an_input_method_commits_with_digits_is_text_and_chooses_nothing() {
    let (kitchen, mut terminal) = sit_down(32);
    terminal.keys("路灯1").keys("２个").keys("3不亮").keys("４５\r");
    // Alone, in front of the sentence, one digit would be a field and several of them none.
    terminal.keys("１２").keys("号井坏了\r");
    assert_eq!(kitchen.written(&mut terminal), ["note 路灯1２个3不亮４５", "note １２号井坏了"]);
}
