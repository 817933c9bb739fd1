//! 疑似重复户: families entered twice, side by side with the reasons; a person decides each with one key.
//!
//! Keystrokes: F7, 3 (or the palette). The likeliest pair is selected: 1 they are one, 2 they are not; what is passed over
//! with Down stays. A list that is another version of what is known stands first: 1 joins all its certain rows. Tab shows
//! what was joined, where 2 parts again. Ctrl-Z takes the last answer back.

mod drawn;

use super::{Beside, Card, reasons};
use crate::app::{Ask, Doubled, Joined, Message, Pair, Request, Twin, Unlike, Version, face};
use crate::hanzi::clean;
use crate::text::{Said, t};
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::keys::{Key, Table, row, table};
use crate::ui::list::{List, Scroll};
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::pending::Pending;
use crate::ui::screens::settled::{Settled, Settling};

/// Shows families entered twice.
#[derive(Debug, PartialEq, Default)]
pub struct Twins {
    found: Option<Doubled>,
    list: List,
    /// What was joined is shown, not what is proposed.
    parting: bool,
    looking: Pending,
    settling: Settling,
}

/// One line of the list.
enum Line<'a> {
    Version(&'a Version),
    Pair(&'a Pair),
    Joined(&'a Joined),
}

impl Line<'_> {
    fn sides(&self) -> Option<&[Twin; 2]> {
        match self {
            Self::Version(_) => None,
            Self::Pair(pair) => Some(&pair.sides),
            Self::Joined(joined) => Some(&joined.sides),
        }
    }

    fn unlike(&self) -> &[Unlike] {
        match self {
            Self::Version(_) => &[],
            Self::Pair(pair) => &pair.unlike,
            Self::Joined(joined) => &joined.unlike,
        }
    }
}

impl Twins {
    /// Opens the page.
    pub fn new() -> Self {
        Self::default()
    }

    fn lines(&self) -> Vec<Line<'_>> {
        let Some(found) = &self.found else { return Vec::new() };
        if self.parting {
            return found.joined.iter().map(Line::Joined).collect();
        }
        found.versions.iter().map(Line::Version).chain(found.pairs.iter().map(Line::Pair)).collect()
    }

    fn look(&mut self, desk: &mut Desk) {
        self.looking.ask(desk.session.ask(Ask::LookForTwins));
    }

    /// Asks for the answer about the selected line.
    fn answer(&mut self, one_family: bool, desk: &mut Desk) -> Go {
        if self.settling.is_on() {
            return Go::Stay;
        }
        let lines = self.lines();
        let Some(line) = lines.get(self.list.selected().min(lines.len().saturating_sub(1))) else { return Go::Stay };
        let (request, settled) = match (line, one_family) {
            (Line::Version(version), true) => (
                Request::new("roster.bind").with_name("import", version.import),
                Settled::of(t("{n} 户并成同一户", "Joined, {n} households")).whose(clean::line(&version.file), ""),
            ),
            (Line::Version(_), false) => {
                return Go::say(t(
                    "留着不并也可以; 按 1 并了以后, 个别不对的再分开.",
                    "It may stay as it is; after joining with 1, single ones can be parted.",
                ));
            }
            (Line::Joined(_), true) => {
                return Go::say(t("已经是同一户; 2 分开.", "They are one already; 2 parts them."));
            }
            (Line::Pair(Pair { sides, .. }) | Line::Joined(Joined { sides, .. }), _) => {
                let [one, other] = sides;
                let (word, done) = match (line, one_family) {
                    (_, true) => ("household.same", t("记作同一户", "One family")),
                    (Line::Joined(_), false) => ("household.apart", t("分开了", "Parted")),
                    (_, false) => ("household.apart", t("记作两户", "Two families")),
                };
                let request = Request::new(word).with_name("household", one.face.name);
                let settled = sides.iter().fold(Settled::of(done), |settled, side| {
                    settled.whose(side.face.head.clone(), face::whereabouts(&side.household))
                });
                (request.with_name("other", other.face.name), settled)
            }
        };
        self.settling.ask(request, settled, desk);
        Go::Stay
    }
}

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    /// They are one family.
    Same,
    /// They are not.
    Apart,
    /// Opens the card of the left one.
    Open,
    /// Shows what was joined, or what is proposed.
    Turn,
}

/// With nothing to answer.
static NONE: Table<Action> = table(
    t("疑似重复户: 没有", "Entered twice: nothing"),
    &[row(&[Key::Tab], t("看合过的", "Joined ones"), Action::Turn)],
);

static NONE_JOINED: Table<Action> = table(
    t("合过的户: 没有", "Joined households: nothing"),
    &[row(&[Key::Tab], t("看疑似的", "Proposed ones"), Action::Turn)],
);

static KEYS: Table<Action> = table(
    t("疑似重复户", "Entered twice"),
    &[
        row(&[Key::Digit(1)], t("是同一户", "One family"), Action::Same),
        row(&[Key::Digit(2)], t("不是", "Two families"), Action::Apart),
        row(&[Key::Enter], t("打开户卡", "Card"), Action::Open),
        row(&[Key::Tab], t("看合过的", "Joined ones"), Action::Turn),
    ],
);

static PARTING: Table<Action> = table(
    t("合过的户", "Joined households"),
    &[
        row(&[Key::Digit(2)], t("分开", "Part them"), Action::Apart),
        row(&[Key::Enter], t("打开户卡", "Card"), Action::Open),
        row(&[Key::Tab], t("看疑似的", "Proposed ones"), Action::Turn),
    ],
);

impl Screen for Twins {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        self.drawn(canvas);
    }

    fn why(&self, _: &Desk) -> Option<Said> {
        let lines = self.lines();
        Some(match lines.get(self.list.selected().min(lines.len().saturating_sub(1)))? {
            Line::Pair(pair) => reasons::alike(&pair.likeness),
            Line::Version(_) => reasons::another_version(),
            Line::Joined(_) => reasons::joined(),
        })
    }

    fn beside(&self, _: &Desk) -> Option<Beside> {
        let lines = self.lines();
        match lines.get(self.list.selected().min(lines.len().saturating_sub(1)))? {
            Line::Version(version) => {
                let mut beside = Beside::titled(clean::line(&version.file));
                beside.fact(t("对得上", "known"), version.bound.len().to_string());
                beside.fact(t("对不上", "not known"), (version.alone.saturating_sub(version.bound.len())).to_string());
                beside.filled()
            }
            Line::Pair(Pair { sides: [one, _], .. }) | Line::Joined(Joined { sides: [one, _], .. }) => {
                Beside::household(Some(one.face.name))
            }
        }
    }

    fn list(&mut self, _: &Desk) -> Option<Scroll<'_>> {
        let len = self.lines().len();
        Some(Scroll { list: &mut self.list, len })
    }

    fn shown(&mut self, desk: &mut Desk) -> Go {
        self.look(desk);
        Go::Stay
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        if self.looking.hear(message) {
            return Go::Stay;
        }
        if let Some(answered) = self.settling.hear(message, desk) {
            if answered.is_ok() {
                self.look(desk);
            }
            return Go::Say(answered.unwrap_or_else(|why| why));
        }
        match message {
            Message::Doubled(ticket, found) if self.looking.is_answered_by(*ticket) => match found.as_ref() {
                Ok(found) => self.found = Some(found.clone()),
                Err(trouble) => return Go::Say(trouble.told()),
            },
            // Something was recorded or taken back elsewhere.
            Message::Filled | Message::Answer(..) => self.look(desk),
            _ => {}
        }
        Go::Stay
    }
}

impl Keyed for Twins {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&KEYS, &NONE, &PARTING, &NONE_JOINED];

    fn table(&self) -> &'static Table<Action> {
        match (self.parting, self.lines().is_empty()) {
            (false, false) => &KEYS,
            (false, true) => &NONE,
            (true, false) => &PARTING,
            (true, true) => &NONE_JOINED,
        }
    }

    fn act(&mut self, action: Action, desk: &mut Desk) -> Go {
        match action {
            Action::Same => return self.answer(true, desk),
            Action::Apart => return self.answer(false, desk),
            Action::Open => {
                let lines = self.lines();
                let line = lines.get(self.list.selected().min(lines.len().saturating_sub(1)));
                if let Some([one, _]) = line.and_then(Line::sides) {
                    return Go::open(Card::of(one.face.name));
                }
            }
            Action::Turn => {
                self.parting = !self.parting;
                self.list = List::new();
            }
        }
        Go::Stay
    }
}
