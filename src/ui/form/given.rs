//! What a form comes with: what is known, what is likely, and what a person typed elsewhere.

use super::Form;

impl Form {
    /// Puts a text into a line.
    #[must_use]
    pub fn with(mut self, key: &str, text: &str) -> Self {
        let line = self.line(key);
        if let Some((field, given)) =
            line.and_then(|line| Some((self.fields.get_mut(line)?, self.given.get_mut(line)?)))
        {
            field.give(text);
            text.clone_into(given);
        }
        self
    }

    /// Puts into a line what is likely: it gives way to the first character typed there.
    #[must_use]
    pub fn proposed(mut self, key: &str, text: &str) -> Self {
        if let Some(field) = self.line(key).and_then(|line| self.fields.get_mut(line)) {
            field.propose(text);
        }
        self.with(key, text)
    }

    /// Puts words into a line that a person typed elsewhere: they are as good as typed here.
    #[must_use]
    pub fn typed(mut self, key: &str, text: &str) -> Self {
        if let Some(field) = self.line(key).and_then(|line| self.fields.get_mut(line)) {
            field.set(text, usize::MAX);
        }
        self
    }

    /// Puts aside what was written since the form was made; tells whether something was.
    pub fn put_aside(&mut self) -> bool {
        let mut is_left = false;
        for (field, given) in self.fields.iter_mut().zip(&self.given) {
            is_left |= field.text() != given;
            field.give(given);
        }
        self.past.clear();
        self.arrive(self.at);
        is_left
    }
}

#[cfg(test)]
mod tests {
    use super::Form;
    use crate::text::t;
    use crate::ui::form::{Input, Step, text};

    const SHAPE: &[Input] =
        &[text("village", t("村(居)", "village"), t("", "")), text("place", t("地点", "place"), t("", ""))];

    fn type_in(form: &mut Form, words: &str) {
        form.field().unwrap().insert(words);
    }

    // Another village was typed behind the one that stood there: 东里东村前水北村.
    #[test]
    fn what_is_likely_gives_way_to_what_is_typed_and_what_is_known_or_brought_back_does_not() {
        let mut form = Form::new(SHAPE).proposed("village", "东里东村");
        assert_eq!(form.kept(), (String::new(), 0), "it is nobody's draft");
        // Gone past it gives way all the same.
        form.step(Step::Enter);
        form.step(Step::Up);
        type_in(&mut form, "前水北村");
        assert_eq!(form.text("village"), "前水北村");
        assert!(form.take_back());
        assert_eq!(form.text("village"), "东里东村");
        let mut known = Form::new(SHAPE).with("village", "东里东村");
        type_in(&mut known, "2");
        assert_eq!(known.text("village"), "东里东村2");
        form.step(Step::Enter);
        type_in(&mut form, "文化广场");
        let (kept, cursor) = form.kept();
        let mut back = Form::new(SHAPE).proposed("village", "东里东村");
        back.put_back(&kept, cursor);
        back.go("village");
        type_in(&mut back, "2");
        assert_eq!(back.text("village"), "东里东村2");
        // Emptied, the form begins with it again.
        back.put_aside();
        back.go("village");
        type_in(&mut back, "前水");
        assert_eq!(back.text("village"), "前水");
    }
}
