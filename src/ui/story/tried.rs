//! What is tried of a terminal: the trial itself, and the other ways where F-keys do nothing.

use crossterm::event::KeyCode;

use super::Table;
use crate::app::Message;
use crate::text::{Trouble, t};
use crate::ui::screens::Check;

// What was refused told a laptop without F-keys to press F8.
#[test]
fn what_went_wrong_names_the_other_way_where_an_f_key_does_nothing_and_what_people_wrote_stays() {
    let mut table = Table::demo();
    let said = t("没有打开 {file}.", "{file} was not opened.").with("file", "F8.zfb");
    let trouble = Trouble::new("disk-full", said).hint(t("先按 F8.", "F8 first."));
    table.stack.heard(&Message::Failed(trouble), &mut table.desk);
    assert!(table.screen().contains("没有打开 F8.zfb. 先按 F8."), "{}", table.screen());
    table.desk.terminal.no_f_keys = true;
    assert!(table.screen().contains("没有打开 F8.zfb. 先按 Esc 3."), "{}", table.screen());
}

// A laptop on which no F-key works was told to press F1, and a list of the other names did not help.
#[test]
fn without_f_keys_sentences_name_the_other_way_and_only_the_key_itself_is_tried() {
    let mut table = Table::demo();
    table.desk.terminal.no_f_keys = true;
    table.control('g');
    assert!(table.screen().contains("Esc 01 看全部"), "{}", table.screen());
    let mut table = Table::new(Check::new(false));
    table.desk.terminal.no_f_keys = true;
    assert!(table.screen().contains("F8 按这个") && table.screen().contains("按 F8 结束"), "{}", table.screen());
    table.control('p');
    table.press(KeyCode::Enter);
    assert!(table.screen().contains("从菜单里选的不算") && table.screen().contains("F8 按这个"), "{}", table.screen());
    table.press(KeyCode::F(8));
    // So are F1 and F10, which work everywhere else.
    assert!(table.screen().contains("再按 F1, 那是帮助"), "{}", table.screen());
    table.press(KeyCode::F(1));
    assert!(table.screen().contains("再按 F10, 那是菜单"), "{}", table.screen());
    table.press(KeyCode::F(10));
    assert!(table.screen().contains("打开中文输入法"), "{}", table.screen());
}

// Esc 01 stood there, and Esc left the page: 01 was typed into the field below.
#[test]
fn where_esc_is_taken_a_laptop_without_f_keys_is_shown_the_palette() {
    let mut table = Table::demo();
    table.desk.terminal.no_f_keys = true;
    let footer = |table: &Table| table.screen().lines().last().unwrap().to_owned();
    assert!(footer(&table).contains("Esc 3 结束") && footer(&table).contains("Esc 01 帮助"), "{}", footer(&table));
    table.press(KeyCode::Tab);
    assert!(footer(&table).contains("Esc 收起   Ctrl-P 命令"), "{}", footer(&table));
    table.control('p');
    table.type_in("bz");
    table.press(KeyCode::Enter);
    assert!(table.screen().contains("到处都能用"), "it does what it says\n{}", table.screen());
}

// Enter did nothing at all where a digit answers.
#[test]
fn enter_on_a_question_of_the_terminal_says_which_keys_answer() {
    let mut table = Table::new(Check::new(false));
    for key in [8, 1, 10] {
        table.press(KeyCode::F(key));
    }
    table.press(KeyCode::Enter);
    assert!(table.screen().contains("听见了吗"), "{}", table.screen());
    table.press(KeyCode::Enter);
    assert!(table.screen().contains("听见了吗") && table.screen().contains("是 按 1, 不是 按 2"), "{}", table.screen());
}
