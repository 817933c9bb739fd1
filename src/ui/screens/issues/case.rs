//! One issue: what was said, whose it is, what is due, every step that was taken, and those that may be taken now.
//!
//! Keystrokes: Enter on a line of the list; the digit of a step opens its form. Up and Down scroll the steps taken, Tab opens
//! the household's card, Esc leaves, Ctrl-Z takes the last step back.

use super::TakeStep;
use super::drawn::why;
use crate::app::{Dossier, Message};
use crate::domain::Name;
use crate::text::{Said, Text, t};
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::keys::{Key, Row, Table, row, table};
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::screens::{Beside, Card};

/// Shows one issue.
#[derive(Debug, PartialEq)]
pub struct OneIssue {
    issue: Name,
    pub(super) dossier: Option<Dossier>,
    /// Rows of the steps taken that are scrolled back from their end.
    pub(super) back: u16,
    /// Another page lies on top.
    below: bool,
}

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    /// Takes the step of a number, from 0 on.
    Take(usize),
    /// Scrolls by so many rows.
    Scroll(i16),
    /// Opens the household's card.
    Card,
    /// Leaves.
    Back,
}

const fn nth(keys: &'static [Key], words: crate::text::Text, at: usize) -> Row<Action> {
    row(keys, words, Action::Take(at)).quiet()
}

static KEYS: Table<Action> = table(
    t("一件问题", "One issue"),
    &[
        row(&[Key::Esc], t("返回", "Back"), Action::Back),
        row(&[Key::Tab], t("打开户卡", "Card"), Action::Card),
        nth(&[Key::Digit(1)], t("第 1 种下一步", "Next step 1"), 0),
        nth(&[Key::Digit(2)], t("第 2 种下一步", "Next step 2"), 1),
        nth(&[Key::Digit(3)], t("第 3 种下一步", "Next step 3"), 2),
        nth(&[Key::Digit(4)], t("第 4 种下一步", "Next step 4"), 3),
        nth(&[Key::Digit(5)], t("第 5 种下一步", "Next step 5"), 4),
        nth(&[Key::Digit(6)], t("第 6 种下一步", "Next step 6"), 5),
        nth(&[Key::Digit(7)], t("第 7 种下一步", "Next step 7"), 6),
        nth(&[Key::Digit(8)], t("第 8 种下一步", "Next step 8"), 7),
        nth(&[Key::Digit(9)], t("第 9 种下一步", "Next step 9"), 8),
        nth(&[Key::Digit(0)], t("第 10 种下一步", "Next step 10"), 9),
        row(&[Key::Up], t("往上看", "Scroll up"), Action::Scroll(1)).quiet(),
        row(&[Key::Down], t("往下看", "Scroll down"), Action::Scroll(-1)).quiet(),
        row(&[Key::PageUp], t("上一页", "Page up"), Action::Scroll(5)).quiet(),
        row(&[Key::PageDown], t("下一页", "Page down"), Action::Scroll(-5)).quiet(),
    ],
)
.hint(t("数字 走下一步", "Digits take a step"))
.advice(t(
    "最下面是现在可以走的步, 按它的数字; 记错了按 Ctrl-Z 撤回.",
    "What can be done now stands below: press its digit; Ctrl-Z takes back.",
));

impl OneIssue {
    /// Opens the page.
    pub fn of(issue: Name) -> Self {
        Self { issue, dossier: None, back: 0, below: false }
    }

    fn reread(&mut self, desk: &Desk) -> Go {
        let Some(house) = desk.session.house() else { return Go::Stay };
        match house.dossier(self.issue, desk.now.wall_ms) {
            Ok(dossier) => self.dossier = dossier,
            Err(trouble) => return Go::Say(trouble.told()),
        }
        Go::Stay
    }

    fn take(&mut self, at: usize, desk: &mut Desk) -> Go {
        let Some(dossier) = &self.dossier else { return Go::Back };
        match dossier.moves.get(at) {
            Some(step) => {
                let form = TakeStep::of(dossier, *step, desk);
                self.below = true;
                self.back = 0;
                Go::open(form)
            }
            None => Go::say(t("没有这个编号的一步.", "There is no step of that number.")),
        }
    }
}

impl Screen for OneIssue {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        self.drawn(canvas);
    }

    /// Beside it stands the household that said it, as its card does while it is covered; of what is confidential nothing while the
    /// page is covered.
    fn beside(&self, desk: &Desk) -> Option<Beside> {
        let entry = self.dossier.as_ref().map(|dossier| &dossier.entry)?;
        let hides = desk.covered && entry.case.issue.confidential;
        Beside::household(entry.household.filter(|_| !hides))
    }

    fn shown(&mut self, desk: &mut Desk) -> Go {
        self.below = false;
        self.reread(desk)
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        let is_news = match message {
            Message::Filled | Message::Merged(..) => true,
            Message::Answer(_, answer) => answer.is_ok(),
            _ => false,
        };
        if is_news && !self.below { self.reread(desk) } else { Go::Stay }
    }

    fn why(&self, _: &Desk) -> Option<Said> {
        let dossier = self.dossier.as_ref()?;
        let said = why(&dossier.entry.case, dossier.dues.plan.into_iter().chain(dossier.dues.answer));
        Some(said.unwrap_or_else(|| t("这一件没有时限.", "This issue has no deadline.").into()))
    }
}

const WHOLE_VILLAGE: Text = t("全村说的, 没有户卡.", "The whole village said it: there is no card.");
const NOT_HERE: Text = t(
    "说这件事的那一户还没传到这台电脑, 合并记下那一户的电脑的导出包就有了.",
    "The household that said it has not come to this laptop yet: merge an export of the laptop that has it.",
);

impl Keyed for OneIssue {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&KEYS];

    fn table(&self) -> &'static Table<Action> {
        &KEYS
    }

    fn act(&mut self, action: Action, desk: &mut Desk) -> Go {
        match action {
            Action::Take(at) => return self.take(at, desk),
            Action::Scroll(rows) => {
                self.back = self.back.saturating_add_signed(rows).min(self.most_back(desk));
            }
            Action::Card => {
                let entry = self.dossier.as_ref().map(|dossier| &dossier.entry);
                let household = entry.and_then(|entry| entry.household);
                let nobody = if entry.is_some_and(|entry| entry.is_awaited) { NOT_HERE } else { WHOLE_VILLAGE };
                return household.map_or_else(
                    || Go::say(nobody),
                    |household| {
                        self.below = true;
                        Go::open(Card::of(household))
                    },
                );
            }
            Action::Back => return Go::Back,
        }
        Go::Stay
    }
}
