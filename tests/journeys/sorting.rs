//! How a sentence is sorted: what is chosen in the strip waits like anything typed, until it is put down or left.

use super::harness::Press;
use super::kitchen::{Kitchen, sit_down};
use super::talk::gather;

// On the page of the end it was nowhere but on the screen: a kill, another speaker or F2 took it away.
#[test]
fn what_is_chosen_over_a_note_at_the_end_waits_until_it_is_put_down() {
    let (mut kitchen, mut terminal) = sit_down(70);
    kitchen.talk(&mut terminal, 900);
    terminal.keys("书记吃回扣\r").keys("机井坏了\r").press(Press::F(8));
    for _ in 0..4 {
        terminal.press(Press::Up);
    }
    terminal.press(Press::Tab).keys("5*");
    Kitchen::flat(&mut terminal);
    let mut terminal = kitchen.open();
    terminal.press(Press::Enter).press(Press::F(8));
    assert!(terminal.screen().contains("社会治理 一般 拟 保密"), "{}", terminal.screen());
    terminal.keys("+").press(Press::F(2)).press(Press::Ctrl('o')).press(Press::F(8));
    assert!(terminal.screen().contains("社会治理 较大 拟 保密"), "{}", terminal.screen());
    // Closed it stands before the note. Whoever else speaks sees the note as it is.
    terminal.press(Press::Esc);
    assert!(terminal.screen().contains("5+* 书记吃回扣"), "{}", terminal.screen());
    terminal.press(Press::Ctrl('r')).keys("张锦秋\r");
    assert!(terminal.screen().contains("书记吃回扣") && !terminal.screen().contains("5+*"), "{}", terminal.screen());
    // The end waits for it, whoever ends.
    terminal.press(Press::Down).press(Press::Down).press(Press::Down).press(Press::Down).press(Press::Enter);
    assert!(terminal.notice().contains("这条备注选了归类还没记下"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.screen().contains("问题和建议 1 件"), "{}", terminal.screen());
    // Chosen and left again, the other one stays a note.
    terminal.press(Press::Tab).keys("6").press(Press::Backspace).press(Press::Enter);
    assert!(terminal.screen().contains("问题和建议 1 件"), "{}", terminal.screen());
    terminal.press(Press::Down).press(Press::Down).press(Press::Down).press(Press::Enter);
    assert!(terminal.line_from_below(1).contains("15 分, 计入"), "{}", terminal.screen());
    assert_eq!(kitchen.written(&mut terminal), ["governance larger problem * 书记吃回扣", "note 机井坏了"]);
}

// Backspace set it back to a note; behind Esc, and whenever it came back to be changed, it was an issue again.
#[test]
fn a_sentence_set_back_to_a_note_stays_one() {
    let (kitchen, mut terminal) = sit_down(72);
    terminal.keys("3 户也说过").press(Press::Tab).press(Press::Backspace).press(Press::Esc);
    assert!(
        terminal.screen().contains("> '3 户也说过") && terminal.screen().contains("备注    Tab"),
        "{}",
        terminal.screen()
    );
    Kitchen::flat(&mut terminal);
    let mut terminal = kitchen.open();
    terminal.press(Press::Enter).press(Press::Enter);
    terminal.press(Press::Up).keys("了\r").keys("4 井坏了").press(Press::Tab).press(Press::Backspace);
    terminal.press(Press::Enter).press(Press::F(8));
    assert!(terminal.screen().contains("问题和建议 0 件"), "{}", terminal.screen());
    // Sorted at the end after all, with every character.
    terminal.press(Press::Down).press(Press::Down).press(Press::Down);
    terminal.press(Press::Tab).keys("6").press(Press::Enter);
    assert_eq!(kitchen.written(&mut terminal), ["culture general problem 3 户也说过了", "note 4 井坏了"]);
}

// A digit that is no field's closed the strip without a word and stood in the sentence, and every mark behind it too: `都关了9+++！8`.
#[test]
fn a_digit_that_is_no_field_is_answered_and_changes_nothing() {
    let (kitchen, mut terminal) = sit_down(74);
    terminal.keys("卫生室都关了").press(Press::Tab);
    for (digit, said) in [("9", "9 没有这一类"), ("７", "7 没有这一类"), ("8", "8 没有这一类")] {
        terminal.keys(digit);
        let screen = terminal.screen();
        assert!(terminal.notice().contains(said) && terminal.notice().contains("1 到 6, 其他按 0"), "{screen}");
        assert!(screen.contains("> 卫生室都关了") && screen.contains("2医疗"), "{screen}");
    }
    terminal.keys("3+").press(Press::Enter);
    // Words go on with the line, and it is said that marks behind them are words too.
    terminal.keys("路灯不亮").press(Press::Tab).keys("三");
    assert!(terminal.notice().contains("归类收起了"), "{}", terminal.screen());
    terminal.keys("天+");
    let screen = terminal.screen();
    assert!(terminal.notice().contains("归类收起了") && screen.contains("> 路灯不亮三天+"), "{screen}");
    terminal.press(Press::Backspace).press(Press::Enter);
    assert_eq!(kitchen.written(&mut terminal), ["environment larger problem 卫生室都关了", "note 路灯不亮三天"]);
}

#[test]
fn a_digit_that_is_no_field_is_answered_in_a_talk_too() {
    let (_laptop, mut terminal) = gather(74);
    terminal.keys("1#机井坏了").press(Press::Tab).keys("9").keys("８");
    let screen = terminal.screen();
    assert!(terminal.notice().contains("8 没有这一类") && screen.contains("> 1#机井坏了"), "{screen}");
    terminal.keys("4+").press(Press::Enter);
    assert!(terminal.screen().contains("农业农村 较大"), "{}", terminal.screen());
}

// It changed how the visit came out: meant as the field of the note, and 22 lines were kept as 外出.
#[test]
fn a_digit_on_a_note_at_the_end_chooses_nothing_and_says_what_it_waits_for() {
    let (mut kitchen, mut terminal) = sit_down(75);
    kitchen.talk(&mut terminal, 900);
    terminal.keys("机井坏了\r").press(Press::F(8));
    for _ in 0..3 {
        terminal.press(Press::Up);
    }
    for digit in ["2", "９"] {
        terminal.keys(digit);
        let screen = terminal.screen();
        assert!(terminal.notice().contains("先按 Tab 再按"), "{screen}");
        assert!(screen.contains("1完成*") && !screen.contains("9不满意*"), "{screen}");
    }
    terminal.press(Press::Tab).keys("８");
    assert!(terminal.notice().contains("8 没有这一类"), "{}", terminal.screen());
    terminal.keys("4").press(Press::Enter);
    assert!(terminal.screen().contains("问题和建议 1 件"), "{}", terminal.screen());
    // Words behind a digit are its own: they go on with the visit.
    terminal.press(Press::Esc).keys("校车太远\r").press(Press::F(8));
    for _ in 0..3 {
        terminal.press(Press::Up);
    }
    terminal.keys("6 村里没有路灯");
    assert!(terminal.screen().contains("> 6 村里没有路灯"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert_eq!(
        kitchen.written(&mut terminal),
        ["agriculture general problem 机井坏了", "note 校车太远", "culture general problem 村里没有路灯"]
    );
}

// Somebody talked for a quarter of an hour, and the visit was kept as 外出 without a word.
#[test]
fn an_outcome_without_anybody_is_asked_about_where_something_was_said() {
    let (_kitchen, mut terminal) = sit_down(76);
    terminal.press(Press::F(8)).keys("2");
    assert!(!terminal.screen().contains("结果却是"), "nothing was said: {}", terminal.screen());
    terminal.press(Press::Esc).keys("机井坏了\r").press(Press::F(8));
    assert!(terminal.screen().contains("记了 1 条, 结果却是外出?"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.notice().contains("记了 1 条, 结果却是外出; 再按一次 Enter 就这样记"), "{}", terminal.screen());
    // Anything else in between, and it is asked again.
    terminal.press(Press::Up).press(Press::Down).press(Press::Enter);
    assert!(terminal.notice().contains("再按一次 Enter 就这样记"), "{}", terminal.screen());
    // Another time is no outcome without anybody.
    terminal.keys("4");
    assert!(!terminal.screen().contains("结果却是"), "{}", terminal.screen());
    terminal.keys("3").press(Press::Enter).press(Press::Enter);
    assert!(terminal.line_from_below(1).contains("已结束: 拒访"), "{}", terminal.screen());
}

// The minutes alone show that somebody was there.
#[test]
fn full_minutes_without_anybody_are_asked_about() {
    let (mut kitchen, mut terminal) = sit_down(77);
    kitchen.talk(&mut terminal, 900);
    terminal.press(Press::F(8)).keys("2").press(Press::Enter);
    assert!(terminal.notice().contains("计了 15 分, 结果却是外出; 再按一次 Enter 就这样记"), "{}", terminal.screen());
    terminal.press(Press::Enter);
    assert!(terminal.line_from_below(1).contains("已结束: 外出"), "{}", terminal.screen());
}
