//! The list and the forms of the issues, without anything below them.

use super::shape;
use super::step_form::without_words;
use crate::app::Move;
use crate::ui::canvas::columns;

#[test]
fn every_step_has_a_form_with_words_for_each_line_and_its_day_last() {
    for it in Move::every() {
        let shape = shape::of(it);
        assert_eq!(shape.last().map(|input| input.key), Some("on"), "{}", it.word());
        for input in shape {
            assert!(!input.name.zh.is_empty() && !input.name.en.is_empty(), "{} {}", it.word(), input.key);
            // At 40 columns there is still room to write.
            assert!(columns(input.name.zh) <= 18, "{} {}", it.word(), input.key);
        }
        assert!(shape.iter().all(|input| input.list.len() <= 7), "{}: a digit for each", it.word());
    }
}

#[test]
fn a_refusal_on_the_screen_names_steps_and_not_the_words_of_scripts() {
    let said = "现在可以: 甄别 (issue.screen), 记进展 (issue.progress). 由本人来记 (actor).";
    assert_eq!(without_words(said), "现在可以: 甄别, 记进展. 由本人来记.");
    assert_eq!(without_words("时限 5月25日 (周二) 已过"), "时限 5月25日 (周二) 已过");
}
