//! Leaving: a household goes early, is back, or was never there.

use super::Talk;
use super::guests::called;
use crate::app::{Request, Ticket};
use crate::text::{Said, Text, t};
use crate::ui::desk::Desk;
use crate::ui::page::Go;

const POINT_FIRST: Text = t("先用上下键指着一户.", "Point at a household with Up and Down first.");

/// What was asked for about a household last, and what became of it: only what was recorded can be undone.
#[derive(Debug, PartialEq, Default)]
pub(super) enum Moved {
    #[default]
    Nothing,
    Asked(Ticket),
    Unwanted(Ticket),
    Recorded,
}

impl Moved {
    /// Undoes it, once it is known to be recorded.
    pub fn undo(&mut self, desk: &mut Desk) {
        *self = match std::mem::take(self) {
            Self::Asked(ticket) => Self::Unwanted(ticket),
            Self::Recorded => {
                desk.ask(Request::new("undo"));
                Self::Nothing
            }
            other => other,
        };
    }

    /// Hears what became of it; another answer says that something was recorded since.
    pub fn answered(&mut self, ticket: Ticket, is_recorded: bool, desk: &mut Desk) {
        *self = match std::mem::take(self) {
            Self::Asked(asked) if asked == ticket && is_recorded => Self::Recorded,
            Self::Unwanted(asked) if asked == ticket && is_recorded => {
                desk.ask(Request::new("undo"));
                Self::Nothing
            }
            Self::Asked(asked) if asked != ticket => Self::Asked(asked),
            Self::Unwanted(asked) if asked != ticket => Self::Unwanted(asked),
            _ => Self::Nothing,
        };
    }
}

impl Talk {
    /// Lets the household pointed at leave, or come back.
    pub(super) fn leave(&mut self, desk: &mut Desk) -> Go {
        self.moved = Moved::Nothing;
        let guests = self.gathering.as_ref().map(|gathering| gathering.present.as_slice()).unwrap_or_default();
        let pointed = guests.iter().find(|guest| Some(guest.presence.number) == self.pointed);
        let Some(guest) = pointed else {
            return Go::say(POINT_FIRST);
        };
        if self.is_later() {
            return Go::say(t(
                "补录: 先走的在散场页 (F8) 选中, 按 2 写待了几分钟.",
                "Entered later: on the last page (F8) select it, press 2 and write its minutes.",
            ));
        }
        let (head, household) = (called(guests, guest, desk.lang), guest.presence.household);
        if guest.presence.left.is_some() {
            let request = Request::new("talk.come").with_name("talk", self.name);
            self.move_household(request.with("households", vec![household.to_string()]), desk);
            return Go::Say(self.is_back(&head));
        }
        self.move_household(
            Request::new("talk.leave").with_name("talk", self.name).with_name("household", household),
            desk,
        );
        Go::say(
            t("{head} 先走了, 时间停在此刻. 再按 Ctrl-X 算回来.", "{head} left, the time stops. Ctrl-X again: back.")
                .with("head", head),
        )
    }

    fn move_household(&mut self, request: Request, desk: &mut Desk) {
        self.ask(request, desk);
        self.moved = self.sent.last().map_or(Moved::Nothing, |sent| Moved::Asked(sent.ticket));
    }

    /// Says that a household is back; of one entered later that it was there all the time.
    pub(super) fn is_back(&self, head: &str) -> Said {
        let said = if self.is_later() {
            t("{head} 改作全程在场.", "{head} was there all the time now.")
        } else {
            t("{head} 回来了, 接着计时.", "{head} is back, the time goes on.")
        };
        said.with("head", head)
    }

    pub(super) fn remove(&mut self, desk: &mut Desk) -> Go {
        self.moved = Moved::Nothing;
        let guests = self.gathering.as_ref().map(|gathering| gathering.present.as_slice()).unwrap_or_default();
        let pointed = guests.iter().find(|guest| Some(guest.presence.number) == self.pointed);
        let Some((head, household)) = pointed.map(|guest| (called(guests, guest, desk.lang), guest.presence.household))
        else {
            return Go::say(POINT_FIRST);
        };
        self.move_household(
            Request::new("talk.remove").with_name("talk", self.name).with_name("household", household),
            desk,
        );
        let said =
            t("去掉了 {head}: 没有来过. Ctrl-Z 找回.", "{head} is taken out, as if never here. Ctrl-Z brings it back.");
        Go::Say(said.with("head", head))
    }
}
