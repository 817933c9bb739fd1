//! Pending: a question that a page waits for, and how far its answer is, so that no wait is without a number.

use crate::app::{Message, Ticket};
use crate::text::{Said, Text, t};

/// What a page waits for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pending {
    ticket: Option<Ticket>,
    percent: u8,
}

impl Pending {
    /// Waits for an answer; an earlier question no longer counts.
    pub fn ask(&mut self, ticket: Ticket) {
        *self = Self { ticket: Some(ticket), percent: 0 };
    }

    /// Tells whether this is the answer waited for, and waits no more if it is.
    pub fn is_answered_by(&mut self, ticket: Ticket) -> bool {
        let is_it = self.ticket == Some(ticket);
        if is_it {
            *self = Self::default();
        }
        is_it
    }

    /// Takes how far the answer is. Gives true for a message that told it.
    pub fn hear(&mut self, message: &Message) -> bool {
        match message {
            Message::Working(ticket, percent) if self.ticket == Some(*ticket) => {
                self.percent = *percent;
                true
            }
            _ => false,
        }
    }

    /// Tells whether something is waited for.
    pub const fn is_on(&self) -> bool {
        self.ticket.is_some()
    }

    /// Says what is being done with how far it is in place of `{far}`; nothing there in the first moments.
    pub fn say(&self, doing: Text) -> Said {
        if self.percent == 0 {
            return doing.with("far", "");
        }
        Said::from(doing).with_words("far", t("{n}% ", "{n}% ").with("n", self.percent))
    }
}

#[cfg(test)]
mod tests {
    use super::Pending;
    use crate::app::{Message, Ticket};
    use crate::text::{Lang, t};

    #[test]
    fn only_what_was_asked_last_is_heard_and_how_far_it_is_is_said() {
        let (first, second) = (Ticket(1), Ticket(2));
        let mut pending = Pending::default();
        pending.ask(first);
        pending.ask(second);
        let say = |pending: &Pending| pending.say(t("正在数 {far}…", "counting {far}…")).say(Lang::Zh);
        assert_eq!((say(&pending).as_str(), pending.hear(&Message::Working(first, 40))), ("正在数 …", false));
        assert!(pending.hear(&Message::Working(second, 35)));
        assert_eq!(say(&pending), "正在数 35% …");
        assert!(!pending.is_answered_by(first) && pending.is_on());
        assert!(pending.is_answered_by(second) && !pending.is_on());
        assert!(!pending.hear(&Message::Working(second, 90)), "over");
    }
}
