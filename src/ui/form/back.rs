//! Taking back in a form: its last change goes first, in whichever line it was; what the form came with stays.

use super::Form;
use crate::ui::field::Edit;

/// A change that is behind: in another line than the one with the cursor, or of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Past {
    /// Another choice was picked in a line, or what a beginning of it meant, where this stood.
    Picked(usize, String),
    /// A line was left in which something had been typed.
    Left(usize),
    /// All lines were emptied, in which this stood, with the cursor in that one.
    Emptied(Vec<String>, usize),
}

impl Form {
    /// Takes back the last change, with the cursor in its line; tells whether there was one.
    pub fn take_back(&mut self) -> bool {
        (self.clearing, self.landed) = (false, None);
        if self.unsay_all() {
            return true;
        }
        // What was typed since the cursor came here is the last.
        if self.here() != self.came_to && self.take_back_in(self.at) {
            return true;
        }
        while let Some(past) = self.past.pop() {
            match past {
                Past::Picked(line, before) => {
                    self.put(line, &before);
                    self.arrive(line);
                    return true;
                }
                Past::Left(line) if self.take_back_in(line) => {
                    self.past.push(Past::Left(line));
                    self.arrive(line);
                    return true;
                }
                Past::Left(_) => {}
                Past::Emptied(lines, at) => {
                    for (line, text) in lines.iter().enumerate() {
                        self.put(line, text);
                    }
                    self.arrive(at);
                    return true;
                }
            }
        }
        self.take_back_of_draft()
    }

    /// Takes back what a draft brought, of which nobody knows what came last: from the last line up.
    fn take_back_of_draft(&mut self) -> bool {
        for line in (0..self.fields.len()).rev() {
            let Some((field, given)) = self.fields.get(line).zip(self.given.get(line)) else { continue };
            if field.text() == given {
                continue;
            }
            let given = given.clone();
            if self.is_picked(line) {
                self.put(line, &given);
            } else if !self.take_back_in(line) {
                continue;
            }
            self.arrive(line);
            return true;
        }
        false
    }

    /// Puts into a line what was meant by the beginning that was typed there; that one comes back when it is taken back.
    pub fn fill(&mut self, key: &str, typed: &str, text: &str) {
        let Some(line) = self.line(key) else { return };
        self.past.extend([Past::Left(line), Past::Picked(line, typed.to_owned())]);
        self.put(line, text);
        if line == self.at {
            self.arrive(line);
        }
    }

    /// Goes on by itself behind a digit: Enter right behind it belongs to it. From the last line it goes nowhere.
    pub fn go_on(&mut self) {
        if self.at + 1 < self.shape.len() {
            self.go_to(self.at + 1);
            self.landed = self.fields.get(self.at).cloned();
        }
    }

    /// Puts the cursor into a line, and remembers the one that it leaves where something was typed there.
    pub(super) fn go_to(&mut self, line: usize) {
        self.end_words();
        if line != self.at && self.here() != self.came_to && !self.is_picked(self.at) {
            self.past.push(Past::Left(self.at));
        }
        self.arrive(line);
    }

    /// Puts the cursor into a line.
    pub(super) fn arrive(&mut self, line: usize) {
        self.word = None;
        self.at = line;
        self.came_to = self.here().to_owned();
    }

    /// Gives all that stands in the lines, where it is more than the form came with.
    pub(super) fn all(&self) -> Option<Past> {
        let texts = || self.fields.iter().map(|field| field.text().to_owned()).collect();
        (!self.is_as_given()).then(|| Past::Emptied(texts(), self.at))
    }

    fn here(&self) -> &str {
        self.fields.get(self.at).map_or("", |field| field.text())
    }

    fn is_picked(&self, line: usize) -> bool {
        self.shape.get(line).is_some_and(|input| !input.list.is_empty())
    }

    pub(super) fn put(&mut self, line: usize, text: &str) {
        if let Some(field) = self.fields.get_mut(line) {
            field.set(text, usize::MAX);
        }
    }

    fn take_back_in(&mut self, line: usize) -> bool {
        !self.is_picked(line) && self.fields.get_mut(line).is_some_and(|field| field.take_back() == Edit::Changed)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Form, Input, Step, pick, text};
    use crate::domain::choice;
    use crate::text::t;

    const SHAPE: &[Input] = &[
        text("head", t("户主", "head"), t("", "")),
        pick("sex", t("性别", "sex"), choice::SEXES),
        text("door", t("门牌", "door"), t("", "")),
    ];

    const PICKED: &[Input] = &[
        pick("own", t("本人", "own"), choice::SEXES),
        pick("sex", t("性别", "sex"), choice::SEXES),
        text("door", t("门牌", "door"), t("", "")),
    ];

    fn type_in(form: &mut Form, words: &str) {
        form.field().unwrap().insert(words);
    }

    fn texts(form: &Form) -> Vec<&str> {
        form.texts().map(|(_, text)| text).collect()
    }

    #[test]
    fn each_change_is_taken_back_in_its_line_the_last_one_first() {
        let mut form = Form::new(SHAPE).with("door", "12号");
        assert!(!form.take_back(), "what it came with stays");
        type_in(&mut form, "李秋生");
        form.step(Step::Enter);
        form.step(Step::Pick(2));
        form.step(Step::Up);
        form.step(Step::Right);
        assert_eq!(texts(&form), ["李秋生", "male", "12号"]);
        form.step(Step::Down);
        type_in(&mut form, "楼");
        assert!(form.take_back());
        assert_eq!((texts(&form), form.key()), (vec!["李秋生", "male", "12号"], "door"));
        assert!(form.take_back());
        assert_eq!((texts(&form), form.key()), (vec!["李秋生", "female", "12号"], "sex"));
        assert!(form.take_back());
        assert_eq!(texts(&form), ["李秋生", "", "12号"]);
        assert!(form.take_back());
        assert_eq!((texts(&form), form.key()), (vec!["", "", "12号"], "head"));
        assert!(!form.take_back());
    }

    #[test]
    fn a_choice_goes_before_what_was_typed_earlier_in_the_line_that_comes_next() {
        let mut form = Form::new(SHAPE).at("door");
        type_in(&mut form, "9号");
        form.step(Step::Up);
        form.step(Step::Pick(1));
        assert_eq!((texts(&form), form.key()), (vec!["", "male", "9号"], "door"));
        assert!(form.take_back());
        assert_eq!(texts(&form), ["", "", "9号"]);
        assert!(form.take_back());
        assert_eq!((texts(&form), form.key()), (vec!["", "", ""], "door"));
    }

    // The village that a digit picked had taken the beginning of its name with it, and Enter behind the digit went past the next line.
    #[test]
    fn what_a_beginning_meant_gives_way_to_it_and_enter_behind_a_digit_belongs_to_the_digit() {
        let mut form = Form::new(SHAPE).at("door");
        type_in(&mut form, "9号");
        form.step(Step::Down);
        type_in(&mut form, "李2");
        form.fill("head", "李", "李秋生");
        form.go_on();
        assert_eq!((texts(&form), form.key()), (vec!["李秋生", "", "9号"], "sex"));
        form.step(Step::Enter);
        assert_eq!(form.key(), "sex", "it belongs to the digit");
        assert!(form.take_back());
        assert_eq!((texts(&form), form.key()), (vec!["李", "", "9号"], "head"));
        assert!(form.take_back());
        assert_eq!(texts(&form), ["", "", "9号"]);
    }

    // Enter behind Ctrl-Z did nothing: it was taken for the one behind the digit.
    #[test]
    fn whoever_was_led_elsewhere_since_goes_on_with_enter() {
        let sent_back: [fn(&mut Form); 2] = [|form| assert!(form.take_back()), |form| form.go("sex")];
        for elsewhere in sent_back {
            let mut form = Form::new(PICKED);
            form.step(Step::Pick(1));
            assert_eq!(form.key(), "sex");
            elsewhere(&mut form);
            let before = form.key();
            form.step(Step::Enter);
            assert_ne!(form.key(), before);
        }
    }

    #[test]
    fn what_was_emptied_comes_back_and_what_a_draft_brought_goes() {
        let mut form = Form::new(SHAPE).with("sex", "male");
        type_in(&mut form, "李秋生");
        form.step(Step::Enter);
        form.step(Step::Pick(2));
        form.step(Step::Afresh);
        form.step(Step::Afresh);
        assert_eq!((texts(&form), form.key()), (vec!["", "male", ""], "head"));
        assert!(form.take_back());
        assert_eq!((texts(&form), form.key()), (vec!["李秋生", "female", ""], "door"));
        let (kept, cursor) = form.kept();
        let mut back = Form::new(SHAPE).with("sex", "male");
        back.put_back(&kept, cursor);
        assert!(back.take_back());
        assert_eq!((texts(&back), back.key()), (vec!["李秋生", "male", ""], "sex"));
        // Words from a draft go one by one.
        while back.take_back() {}
        assert_eq!((texts(&back), back.key()), (vec!["", "male", ""], "head"));
    }
}
