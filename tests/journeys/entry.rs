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
    assert!(terminal.line_from_below(1).contains("不能同时用"), "{}", terminal.screen());
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
    terminal.keys("2! 不会用医保码\r").press(Press::Esc);
    assert!(terminal.screen().contains("医疗卫生 现场解决"), "{}", terminal.screen());
    terminal.send(&[0x11]);
    terminal.wait_exit();
    let (_, lines) = kitchen.recorded();
    let done: Vec<String> = lines.into_iter().map(|(_, issue)| issue.unwrap().done).collect();
    assert_eq!(done, ["两家说开了", ""]);
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
fn ctrl_z_on_an_empty_line_takes_back_the_last_thing_recorded() {
    let (kitchen, mut terminal) = sit_down(26);
    terminal.keys("6 想要个小广场\r").keys("记错了\r").press(Press::Ctrl('z'));
    assert!(!terminal.screen().contains("记错了"), "{}", terminal.screen());
    assert_eq!(kitchen.written(&mut terminal), ["culture general problem 想要个小广场"]);
}

#[test]
fn ctrl_z_goes_on_back_past_a_line_that_was_changed() {
    let (kitchen, mut terminal) = sit_down(29);
    terminal.keys("第一句\r").keys("3 路灯不亮\r");
    terminal.press(Press::Up).keys(", 三个月了\r");
    assert!(terminal.screen().contains("三个月了"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('z'));
    assert!(terminal.screen().contains("路灯不亮"), "{}", terminal.screen());
    assert!(!terminal.screen().contains("三个月了"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('z'));
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
