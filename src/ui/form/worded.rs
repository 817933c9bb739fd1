//! Words typed where a line is picked: they mean a choice, or go into the remark of the same form. None of them is lost.

use unicode_segmentation::UnicodeSegmentation;

use super::{Form, back};
use crate::domain::choice;
use crate::hanzi::clean;
use crate::text::{Text, t};

/// The line that takes what is none of the choices.
const REMARK: &str = "remark";

const IN_REMARK: Text = t("“{word}” 不在这几项里, 写进备注了.", "“{word}” is none of these and stands in the remark.");
const NOWHERE: Text = t("“{word}” 不在这几项里, 没有记.", "“{word}” is none of these and is not kept.");

/// What is typed on a line that is picked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    typed: String,
    /// What was chosen before, and what the remark said.
    chosen: String,
    remark: String,
}

impl Form {
    /// Takes words where a line is picked; false where the line is none of these.
    pub fn say(&mut self, words: &str) -> bool {
        let words = clean::line(words);
        if !self.is_picking() || words.is_empty() {
            return false;
        }
        let fresh = Word {
            typed: String::new(),
            chosen: self.text(self.key()).to_owned(),
            remark: self.text(REMARK).to_owned(),
        };
        self.word.get_or_insert_with(|| Box::new(fresh)).typed.push_str(&words);
        self.follow();
        true
    }

    /// Takes the last character of such words away; false where there are none.
    pub fn unsay(&mut self) -> bool {
        let Some(word) = &mut self.word else { return false };
        let last = word.typed.grapheme_indices(true).next_back().map_or(0, |(at, _)| at);
        word.typed.truncate(last);
        self.follow();
        self.word.take_if(|word| word.typed.is_empty());
        true
    }

    /// Takes all of such words away; false where there are none.
    pub(super) fn unsay_all(&mut self) -> bool {
        let is_any = self.word.is_some();
        while self.unsay() {}
        is_any
    }

    /// Lets the line and the remark say what the words mean.
    fn follow(&mut self) {
        let (Some(word), Some(input)) = (self.word.clone(), self.input()) else { return };
        let meant = choice::meant(input.list, &word.typed);
        self.put(self.at, meant.map_or(word.chosen.as_str(), |choice| choice.word));
        if let Some(line) = self.line(REMARK) {
            let blank = if word.remark.is_empty() || word.typed.is_empty() { "" } else { " " };
            let words = if meant.is_some() { String::new() } else { format!("{blank}{}", word.typed) };
            self.put(line, &format!("{}{words}", word.remark));
        }
    }

    /// Ends the words, as the line is left: what they changed can be taken back.
    pub(super) fn end_words(&mut self) {
        let Some(word) = self.word.take() else { return };
        let Word { chosen, remark, .. } = *word;
        let lines = [(Some(self.at), chosen), (self.line(REMARK), remark)];
        for (line, before) in lines.into_iter().filter_map(|(line, before)| Some((line?, before))) {
            if self.fields.get(line).is_some_and(|field| field.text() != before) {
                self.past.push(back::Past::Picked(line, before));
            }
        }
    }

    /// Gives the words that are none of the choices, and what is said of them.
    pub(super) fn astray(&self) -> Option<(Text, &str)> {
        let (word, input) = (self.word.as_ref()?, self.input()?);
        let is_none = choice::meant(input.list, &word.typed).is_none();
        let said = if self.line(REMARK).is_some() { IN_REMARK } else { NOWHERE };
        is_none.then_some((said, word.typed.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Form, Input, Step, pick, text};
    use crate::domain::choice;
    use crate::text::t;

    const SHAPE: &[Input] = &[
        pick("health", t("身体状况", "health"), choice::HEALTH),
        pick("sex", t("性别", "sex"), choice::SEXES),
        text("remark", t("备注", "remark"), t("", "")),
    ];

    fn type_in(form: &mut Form, words: &str) {
        words.chars().for_each(|ch| assert!(form.say(ch.encode_utf8(&mut [0; 4]))));
    }

    fn says(form: &Form) -> [&str; 3] {
        ["health", "sex", "remark"].map(|key| form.text(key))
    }

    // 女 was thrown away at 性别, and so was 高血压.
    #[test]
    fn a_word_is_the_choice_that_it_means_and_any_other_one_is_in_the_remark() {
        let mut form = Form::new(SHAPE).with("remark", "耳背");
        type_in(&mut form, "慢性病");
        assert_eq!((says(&form), form.astray()), (["chronic", "", "耳背"], None));
        form.step(Step::Enter);
        type_in(&mut form, "女");
        assert_eq!(says(&form), ["chronic", "female", "耳背"]);
        form.step(Step::Up);
        type_in(&mut form, "高血压");
        assert_eq!(says(&form), ["chronic", "female", "耳背 高血压"]);
        assert!(form.astray().is_some_and(|(said, word)| said.zh.contains("备注") && word == "高血压"));
        let (kept, cursor) = form.kept();
        let mut back = Form::new(SHAPE).with("remark", "耳背");
        back.put_back(&kept, cursor);
        assert_eq!(says(&back), says(&form), "it is in the draft");
        assert!(form.unsay());
        assert_eq!(says(&form), ["chronic", "female", "耳背 高血"]);
        form.step(Step::Pick(1));
        assert_eq!(says(&form), ["healthy", "female", "耳背 高血"]);
        // Each change is taken back by itself.
        assert!(form.take_back());
        assert_eq!(says(&form), ["chronic", "female", "耳背 高血"]);
        assert!(form.take_back());
        assert_eq!(says(&form), ["chronic", "female", "耳背"]);
    }

    #[test]
    fn words_are_taken_back_as_they_stand_and_where_no_remark_is_it_is_said_that_they_are_not_kept() {
        let mut form = Form::new(SHAPE);
        type_in(&mut form, "打工");
        assert!(form.take_back());
        assert_eq!((says(&form), form.astray()), (["", "", ""], None));
        assert!(!form.unsay());
        let mut form = Form::new(SHAPE.get(..2).unwrap());
        type_in(&mut form, "打工");
        assert!(form.astray().is_some_and(|(said, _)| said.zh.contains("没有记")));
        form.step(Step::Down);
        assert_eq!(form.astray(), None);
    }
}
