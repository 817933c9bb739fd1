//! A form as a page holds it: its lines are one draft at one place, which goes with the request that records them.
//!
//! A page gives it in `Screen::form` and has its field and its draft by that. It asks what a step comes to, and what an answer was.

use std::ops::{Deref, DerefMut};

use super::{Form, Step};
use crate::app::{Answer, Message, Request, Ticket};
use crate::text::{Said, Trouble};
use crate::ui::desk::Desk;
use crate::ui::kept::Kept;

/// What keeps a form from being recorded: the line that it is about, and the sentence for the person.
pub type Refusal = (&'static str, Said);

/// A form, the place of its draft, and what was asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct KeptForm {
    form: Form,
    place: String,
    asked: Option<Ticket>,
}

impl KeptForm {
    /// Keeps a form as the draft of a place.
    pub fn at(place: impl Into<String>, form: Form) -> Self {
        Self { form, place: place.into(), asked: None }
    }

    /// Gives the place of the draft.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// Gives the field that has the cursor; none on a line that is picked.
    pub fn field(&mut self) -> Option<Kept<'_>> {
        let place = self.place.as_str();
        self.form.field().map(|field| Kept::at(place, field))
    }

    /// Keeps what stands in the lines.
    pub fn keep(&self, desk: &mut Desk) {
        desk.keep(&self.place, self.form.kept());
    }

    /// Tells whether what was asked for is not answered yet. Until then no step is taken.
    pub const fn is_asked(&self) -> bool {
        self.asked.is_some()
    }

    /// Takes a step and keeps the draft; tells whether the form is to be recorded.
    pub fn step(&mut self, step: Step, desk: &mut Desk) -> bool {
        if self.is_asked() {
            return false;
        }
        let records = self.form.step(step);
        if !records {
            self.keep(desk);
        }
        records
    }

    /// Asks for what the form comes to, and the draft goes with it. Where it comes to nothing the cursor goes into the line that is
    /// named, and its sentence is given.
    pub fn record(&mut self, request: Result<Request, Refusal>, desk: &mut Desk) -> Option<Said> {
        match request {
            Ok(request) => {
                self.asked = Some(desk.ask(request.consuming(self.place.as_str())));
                None
            }
            Err((line, said)) => {
                self.form.go(line);
                Some(said)
            }
        }
    }

    /// Hears a message; gives what was answered where it is the answer. Once it is recorded the draft is let go; else the cursor goes
    /// into the line that something is wrong with.
    pub fn heard<'a>(&mut self, message: &'a Message, desk: &mut Desk) -> Option<Result<&'a Answer, &'a Trouble>> {
        let Message::Answer(ticket, result) = message else { return None };
        self.asked.take_if(|asked| asked == ticket)?;
        let result = result.as_ref().as_ref();
        match result {
            Ok(_) => desk.let_go(&self.place),
            Err(trouble) => self.form.go_where(trouble),
        }
        Some(result)
    }
}

impl Deref for KeptForm {
    type Target = Form;

    fn deref(&self) -> &Form {
        &self.form
    }
}

impl DerefMut for KeptForm {
    fn deref_mut(&mut self) -> &mut Form {
        &mut self.form
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Input, Step, text};
    use super::{Form, KeptForm};
    use crate::app::{Answer, Message, Request};
    use crate::text::{Trouble, t};
    use crate::ui::desk::Desk;

    const SHAPE: &[Input] = &[text("head", t("户主", "head"), t("", "")), text("door", t("门牌", "door"), t("", ""))];

    #[test]
    fn what_cannot_be_recorded_leaves_the_cursor_where_it_is_wrong_and_asks_for_nothing() {
        let (mut form, mut desk) = (KeptForm::at("here", Form::new(SHAPE)), Desk::for_tests());
        let said = form.record(Err(("door", t("门牌?", "the door?").into())), &mut desk);
        assert_eq!((said, form.key(), form.is_asked()), (Some(t("门牌?", "the door?").into()), "door", false));
        assert!(form.step(Step::Record, &mut desk), "it can be recorded at once");
    }

    #[test]
    fn until_its_own_answer_comes_no_step_is_taken_and_then_it_can_be_recorded_again() {
        let (mut form, mut desk) = (KeptForm::at("here", Form::new(SHAPE)), Desk::for_tests());
        assert_eq!(form.record(Ok(Request::new("household.add")), &mut desk), None);
        let ticket = form.asked.unwrap();
        assert!(!form.step(Step::Record, &mut desk) && !form.step(Step::Down, &mut desk));
        assert_eq!(form.key(), "head");
        let other = crate::app::Ticket(ticket.0 + 1);
        assert_eq!(form.heard(&Message::Answer(other, Box::new(Ok(Answer::default()))), &mut desk), None);
        assert!(form.is_asked(), "that was another one's answer");
        let trouble = Trouble::new("missing", t("没填", "missing")).about("door");
        let refused = Message::Answer(ticket, Box::new(Err(trouble.clone())));
        assert_eq!(form.heard(&refused, &mut desk), Some(Err(&trouble)));
        assert_eq!((form.key(), form.is_asked()), ("door", false));
        assert!(form.step(Step::Enter, &mut desk));
    }
}
