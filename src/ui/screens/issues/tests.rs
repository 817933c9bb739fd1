//! The list and the forms of the issues, without anything below them.

use super::shape;
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
