//! Leaving: households go early, are back, or were never there: those whose numbers stand in the line, as what is said below it
//! names them, else the one that the arrows point at.

use super::Talk;
use super::guests::called;
use crate::app::{Answer, Ask, Guest, Request, Ticket};
use crate::text::{Said, Text, t};
use crate::ui::desk::Desk;
use crate::ui::page::Go;

const POINT_FIRST: Text =
    t("先用上下键指着一户, 或写上号, 如 5#.", "Point at a household with Up and Down first, or write its number: 5#.");

const NOT_THE_VILLAGE: Text = t(
    "0# 是全村, 走不了: 写先走那一户的号, 如 5#.",
    "0# is the village and goes nowhere: write who leaves, such as 5#.",
);

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

/// Who left with the last key: the same key once more brings them back, and the arrows go on from there.
#[derive(Debug, PartialEq, Default)]
pub(super) struct Gone {
    numbers: Vec<u16>,
    /// The number that the arrows pointed at, where it is one of them: they point at nobody now.
    pub pointed: Option<u16>,
    /// What stood in the line and said only whom the key was for: words whose first digit was that key are theirs.
    dropped: String,
    /// Who had left before the key that brought them back.
    before: Option<Box<Self>>,
}

impl Talk {
    fn present(&self) -> &[Guest] {
        self.gathering.as_ref().map(|gathering| gathering.present.as_slice()).unwrap_or_default()
    }

    /// Tells who is meant, and whether the line names them and says nothing else.
    fn meant_by_line(&self) -> Result<(Vec<u16>, bool), Said> {
        let line = self.field.text();
        match self.who(line)? {
            (None, _) => Err(POINT_FIRST.into()),
            (Some(who), _) if who.is_empty() => Err(NOT_THE_VILLAGE.into()),
            (Some(who), rest) => Ok((who, rest.trim().is_empty() && !line.trim().is_empty())),
        }
    }

    /// Tells who is brought back by an empty line: those who left with the last key, as long as none of them is back already.
    fn still_gone(&self) -> Option<Vec<u16>> {
        let numbers = &self.gone.numbers;
        let is_meant = self.field.text().trim().is_empty() && !numbers.is_empty();
        (is_meant && numbers.iter().all(|number| self.has_left(*number))).then(|| numbers.clone())
    }

    /// Takes numbers out of the line that said only whom a key was for, and gives what stood there.
    fn drop_numbers(&mut self, desk: &mut Desk) -> String {
        desk.session.ask(Ask::Draft { place: self.place(), text: String::new(), cursor: 0 });
        self.field.take()
    }

    /// Puts back what said whom the key was for.
    fn put_numbers_back(&mut self, dropped: &str, desk: &mut Desk) {
        if !dropped.is_empty() && self.field.is_empty() {
            self.field.set(dropped, usize::MAX);
            let (text, cursor) = (dropped.to_owned(), dropped.len());
            desk.session.ask(Ask::Draft { place: self.place(), text, cursor });
        }
    }

    /// Tells whether the household of a number has left.
    pub(super) fn has_left(&self, number: u16) -> bool {
        // What was asked for a moment ago is not read back yet.
        let is_asked = matches!(self.moved, Moved::Asked(_)) && self.gone.numbers.contains(&number);
        let is_gone = |guest: &Guest| guest.presence.number == number && guest.presence.left.is_some();
        is_asked || self.present().iter().any(is_gone)
    }

    /// Names households by their numbers.
    fn named_all(&self, numbers: &[u16], desk: &Desk) -> String {
        let guests = self.present();
        let named = guests.iter().filter(|guest| numbers.contains(&guest.presence.number));
        named.map(|guest| called(guests, guest, desk.lang)).collect::<Vec<_>>().join("、")
    }

    /// Asks once before a line is put down for somebody who has left: the number may be another one's.
    pub(super) fn asks_for_who_left(&mut self, who: &[u16], desk: &Desk) -> Option<Said> {
        let left: Vec<u16> = who.iter().copied().filter(|number| self.has_left(*number)).collect();
        if left.is_empty() || self.changing.is_some() || self.is_later() || self.asked_left == who {
            return None;
        }
        who.clone_into(&mut self.asked_left);
        let words = t(
            "{head} 先走了. 是他家说的, 再按 Enter; 不是就改前面的号.",
            "{head} left. If they did say so, Enter once more; else change the number.",
        );
        Some(words.with("head", self.named_all(&left, desk)))
    }

    /// Lets those who are meant leave, or come back where all of them have left. Nobody who left is pointed at: what is said next
    /// is somebody else's.
    pub(super) fn leave(&mut self, desk: &mut Desk) -> Go {
        let meant = self.still_gone().map_or_else(|| self.meant_by_line(), |gone| Ok((gone, false)));
        let (meant, is_alone) = match meant {
            Ok(meant) => meant,
            Err(why) => return self.moves_nobody(why),
        };
        if self.is_later() {
            let why = t(
                "补录: 先走的在散场页 (F8) 选中, 按 2 写待了几分钟.",
                "Entered later: on the last page (F8) select it, press 2 and write its minutes.",
            );
            return self.moves_nobody(why.into());
        }
        let there: Vec<u16> = meant.iter().copied().filter(|number| !self.has_left(*number)).collect();
        self.moved = Moved::Nothing;
        let gone = std::mem::take(&mut self.gone);
        let dropped = if is_alone { self.drop_numbers(desk) } else { String::new() };
        if there.is_empty() {
            let households = meant.iter().filter_map(|number| self.household(*number)).map(|name| name.to_string());
            let request = Request::new("talk.come").with_name("talk", self.name);
            let request = request.with("households", households.collect::<Vec<_>>());
            self.move_household(request, desk);
            if gone.pointed.is_some() {
                self.point_at(gone.pointed, desk);
            }
            self.gone = Gone { dropped, before: Some(Box::new(gone)), ..Gone::default() };
            return Go::Say(self.is_back(&self.named_all(&meant, desk)));
        }
        self.move_each("talk.leave", &there, desk);
        let pointed = self.pointed.filter(|number| there.contains(number));
        if pointed.is_some() {
            self.point_at(None, desk);
        }
        let said =
            t("{head} 先走了, 时间停在此刻. 再按 Ctrl-X 算回来.", "{head} left, the time stops. Ctrl-X again: back.")
                .with("head", self.named_all(&there, desk));
        self.gone = Gone { numbers: there, pointed, dropped, before: None };
        Go::Say(said)
    }

    /// Says why nobody is meant: what was done before is not this key's to take back.
    fn moves_nobody(&mut self, why: Said) -> Go {
        (self.moved, self.gone) = (Moved::Nothing, Gone::default());
        Go::Say(why)
    }

    /// Takes back what the key did, with whom the arrows pointed at and the numbers that stood in the line.
    pub(super) fn unleave(&mut self, desk: &mut Desk) {
        self.moved.undo(desk);
        let gone = std::mem::take(&mut self.gone);
        if gone.pointed.is_some() {
            self.point_at(gone.pointed, desk);
        }
        self.put_numbers_back(&gone.dropped, desk);
    }

    /// Follows an undo of what the key did with the last households: whom the arrows pointed at and the numbers that stood in the
    /// line are there again. Whoever is gone again is pointed at no more.
    pub(super) fn follow_undo(&mut self, answer: &Answer, desk: &mut Desk) {
        let is_presence = answer.more.get("about").is_some_and(|about| about.get("presence").is_some());
        if !is_presence || !answer.more.contains_key("undone") {
            return;
        }
        let gone = std::mem::take(&mut self.gone);
        if gone.pointed.is_some() {
            self.point_at(gone.pointed, desk);
        } else if self.pointed.is_some_and(|number| self.has_left(number)) {
            self.point_at(None, desk);
        }
        self.put_numbers_back(&gone.dropped, desk);
        self.gone = gone.before.map(|before| *before).unwrap_or_default();
    }

    /// Asks the same of several households, in one act.
    fn move_each(&mut self, word: &'static str, numbers: &[u16], desk: &mut Desk) {
        let households = numbers.iter().filter_map(|number| self.household(*number));
        let each = |name| Request::new(word).with_name("talk", self.name).with_name("household", name);
        if let Some(request) = Request::together(households.map(each).collect()) {
            self.move_household(request, desk);
        }
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
        let (meant, is_alone) = match self.meant_by_line() {
            Ok(meant) => meant,
            Err(why) => return self.moves_nobody(why),
        };
        self.moved = Moved::Nothing;
        let head = self.named_all(&meant, desk);
        let dropped = if is_alone { self.drop_numbers(desk) } else { String::new() };
        self.gone = Gone { dropped, ..Gone::default() };
        self.move_each("talk.remove", &meant, desk);
        let said =
            t("去掉了 {head}: 没有来过. Ctrl-Z 找回.", "{head} is taken out, as if never here. Ctrl-Z brings it back.");
        Go::Say(said.with("head", head))
    }
}
