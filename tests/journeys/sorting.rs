//! How a sentence is sorted: what is chosen in the strip waits like anything typed, until it is put down or left.

use super::harness::Press;
use super::kitchen::{Kitchen, sit_down};

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
