//! A whole list: a word about one takes as long as the list is. How far it is stands above the footer of whatever page is shown
//! meanwhile, and Esc has it as it was before: it is one record, written in one go, so it is taken back as soon as it is there.

use super::keys::{Key, Table, row, table};
use crate::app::{Answer, Message, Request, Ticket};
use crate::domain::Name;
use crate::text::{Said, t};

pub(super) static KEYS: Table<Action> = table(
    t("名册: 正在改", "A roster: at work"),
    &[row(&[Key::Esc], t("停下, 照原来的", "Stop, as it was"), Action::Stop)],
);

/// What can be done meanwhile.
#[derive(Debug, Clone, Copy)]
pub(super) enum Action {
    /// Has it as it was before.
    Stop,
}

/// What was asked about whole lists and is not answered yet.
#[derive(Debug, Default)]
pub struct WholeList {
    asked: Vec<(Ticket, Asked)>,
    /// What has it as it was, of each that is answered.
    opposites: Vec<Request>,
    /// It takes so long that it is shown.
    shown: bool,
    stopping: Stopping,
}

/// What was asked: a word about a list, or the undo of whatever was last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Word,
    Undo,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Stopping {
    #[default]
    No,
    /// As soon as it is recorded.
    Wanted,
    /// It is being taken back.
    Going,
}

impl WholeList {
    /// Notes that something was asked which may take as long as a list.
    pub(super) fn note(&mut self, ticket: Ticket, request: &Request) {
        self.asked.push((ticket, if request.word == "undo" { Asked::Undo } else { Asked::Word }));
    }

    /// Tells whether it takes so long that people are told.
    pub(super) const fn is_shown(&self) -> bool {
        self.shown
    }

    /// Stops it.
    pub(super) fn stop(&mut self) {
        if self.stopping == Stopping::No {
            self.stopping = Stopping::Wanted;
        }
    }

    /// Says how far it is; nothing before it takes long.
    pub(super) fn line(&self, far: Option<Said>) -> Option<Said> {
        if !self.shown {
            return None;
        }
        let far = far.unwrap_or_else(|| t("正在撤回或恢复 …", "Taking back, or having again …").into());
        Some(match self.stopping {
            Stopping::No => far,
            _ => Said::from(t("正在改回原来的样子: {far}", "Putting it back as it was: {far}")).with_words("far", far),
        })
    }

    /// Hears that something was answered. Gives what is to be asked for a stop, and what is to be said of it.
    pub(super) fn heard(&mut self, message: &Message) -> (Vec<Request>, Option<Said>) {
        const NOTHING: (Vec<Request>, Option<Said>) = (Vec::new(), None);
        let (ticket, answer) = match message {
            Message::Underway => {
                self.shown |= !self.asked.is_empty();
                return NOTHING;
            }
            Message::Answer(ticket, answer) => (ticket, answer),
            _ => return NOTHING,
        };
        let Some(at) = self.asked.iter().position(|(asked, _)| asked == ticket) else { return NOTHING };
        let (_, asked) = self.asked.swap_remove(at);
        self.opposites.extend(answer.as_ref().as_ref().ok().and_then(|answer| opposite(answer, asked)));
        if !self.asked.is_empty() {
            return NOTHING;
        }
        let done = std::mem::take(self);
        let said = match done.stopping {
            Stopping::Wanted if done.opposites.is_empty() => t(
                "已经撤回了: 不是名册的一步停不下来, 要么整步撤回, 要么不撤.",
                "It is taken back: what is no roster's does not stop half way.",
            ),
            Stopping::Wanted => {
                *self = Self { stopping: Stopping::Going, shown: true, ..Self::default() };
                return (done.opposites, None);
            }
            Stopping::Going => t("停下了, 名册还是原来的样子.", "Stopped; the rosters are as they were."),
            Stopping::No => return NOTHING,
        };
        (Vec::new(), answer.is_ok().then(|| said.into()))
    }
}

/// Gives what has a roster as it was before an answer. A word is undone, whatever was recorded since; what an undo took back is
/// said once more, and the next undo takes it back again.
fn opposite(answer: &Answer, asked: Asked) -> Option<Request> {
    let (import, stands) = change(answer)?;
    let word = match asked {
        Asked::Word => "undo",
        Asked::Undo if stands => "import.undo",
        Asked::Undo => "import.restore",
    };
    Some(Request::new(word).with_name("import", import))
}

/// Gives the import that an answer is about, and whether it stands now.
pub(super) fn change(answer: &Answer) -> Option<(Name, bool)> {
    let import = answer.more.get("import")?.as_str()?.parse().ok()?;
    Some((import, answer.more.get("stands")?.as_bool()?))
}
