//! Lately: what was done on the page where a visit or a talk ends, the last thing last. Some of it is recorded, and an undo of the
//! laptop takes it back; the rest only the page itself can take back. In one row, so that the last thing goes first whichever it was.

use crate::app::{Answer, Ticket};
use crate::text::Trouble;

/// The things done, until they are taken back.
#[derive(Debug, PartialEq)]
pub struct Lately<T> {
    done: Vec<Done<T>>,
    /// The last question that this page asked, or that was counted.
    asked: Ticket,
}

/// One thing that was done.
#[derive(Debug, PartialEq)]
enum Done<T> {
    /// It is recorded, or on its way.
    Recorded(Ticket),
    /// The page takes it back.
    Here(T),
}

impl<T> Default for Lately<T> {
    fn default() -> Self {
        Self { done: Vec::new(), asked: Ticket::default() }
    }
}

impl<T> Lately<T> {
    /// Remembers what the page itself takes back.
    pub fn push(&mut self, here: T) {
        self.done.push(Done::Here(here));
    }

    /// Remembers what the page asked to be recorded.
    pub fn ask(&mut self, ticket: Ticket) {
        self.done.push(Done::Recorded(ticket));
        self.asked = ticket;
    }

    /// Hears an answer: what was refused was not done, and what somebody recorded on another page meanwhile was.
    pub fn hear(&mut self, ticket: Ticket, result: &Result<Answer, Trouble>) {
        match result {
            Err(_) => self.done.retain(|done| !matches!(done, Done::Recorded(asked) if *asked == ticket)),
            Ok(answer) if answer.recorded && ticket > self.asked => self.ask(ticket),
            // A timer and what this laptop is called have no undo; an undo is nothing to take back.
            Ok(_) => {}
        }
    }

    /// Takes the last thing out: what the page has to take back; none where an undo of the laptop does.
    pub fn pop(&mut self) -> Option<T> {
        match self.done.pop()? {
            Done::Here(here) => Some(here),
            Done::Recorded(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Lately;
    use crate::app::{Answer, Ticket};
    use crate::text::{Trouble, t};

    #[test]
    fn the_last_thing_goes_first_whichever_it_was() {
        let mut lately = Lately::default();
        lately.push('a');
        lately.ask(Ticket(4));
        lately.push('b');
        assert_eq!([lately.pop(), lately.pop(), lately.pop(), lately.pop()], [Some('b'), None, Some('a'), None]);
    }

    #[test]
    fn what_was_refused_was_not_done_and_an_undo_is_nothing_to_take_back() {
        let mut lately = Lately::default();
        lately.push('a');
        lately.ask(Ticket(4));
        lately.hear(Ticket(4), &Err(Trouble::new("disk-full", t("", ""))));
        // Who speaks, and what is taken back, is nothing to take back.
        lately.hear(Ticket(5), &Ok(Answer::default()));
        assert_eq!(lately.pop(), Some('a'));
        // Recorded on another page, and answered once it was taken back already.
        lately.push('b');
        let recorded = || Ok(Answer { recorded: true, ..Answer::default() });
        lately.hear(Ticket(6), &recorded());
        assert_eq!([lately.pop(), lately.pop()], [None, Some('b')]);
        lately.hear(Ticket(6), &recorded());
        lately.push('c');
        assert_eq!([lately.pop(), lately.pop()], [Some('c'), None]);
    }
}
