//! 问题: every issue with where it stands, the most urgent first, narrowed by what one types.
//!
//! Keystrokes: F4; a word in the box (超期, 待反馈, 东里, a number, a name), Tab for the usual ones; Enter opens the case. A list
//! has other eyes on it: what was said stands in the case, and of what is confidential not even whose it is.

mod case;
mod drawn;
mod page;
mod shape;
mod step_drawn;
mod step_form;
#[cfg(test)]
mod tests;
mod understood;

use crate::app::{Counts, Docket, Entry, Message};
use crate::text::{Lang, Said, Text, Trouble, t};
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::field::Field;
use crate::ui::kept::{Kept, Unkept};
use crate::ui::keys::{Key, Table, row, table};
use crate::ui::list::{List, Scroll};
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::screens::Beside;
use crate::ui::screens::lookup::namesakes::ByName;
pub use case::OneIssue;
pub(super) use page::beside;
pub use step_form::TakeStep;

/// Shows the issues.
#[derive(Debug, PartialEq, Default)]
pub struct Issues {
    docket: Docket,
    counts: Counts,
    /// Those that are shown, as places in the docket.
    shown: Vec<usize>,
    /// Where those of one name stand in the docket, of those that are shown.
    by_name: ByName,
    /// Why what was typed finds nothing.
    wrong: Option<Trouble>,
    field: Field,
    list: List,
    /// Another page lies on top.
    below: bool,
}

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    /// Opens the case.
    Open,
    /// Narrows the list by the next of the usual words.
    Turn,
}

static KEYS: Table<Action> = table(
    t("问题", "Issues"),
    &[row(&[Key::Enter], t("打开", "Open"), Action::Open), row(&[Key::Tab], t("换一类", "Next kind"), Action::Turn)],
)
.advice(t(
    "最急的在最上面; 打 超期, 农业, 村名, 姓名 只看那些, Enter 打开.",
    "The most urgent is on top; a field, village or name narrows, Enter opens.",
));

/// The usual words, as the counts above the list have them; the last one stands for all.
const WORDS: [Text; 5] =
    [t("我的", "mine"), t("超期", "overdue"), t("临期", "soon"), t("待反馈", "to tell"), t("", "")];

impl Issues {
    /// Opens the page.
    pub fn new() -> Self {
        Self::default()
    }

    fn selected(&self) -> Option<&Entry> {
        let at = self.shown.get(self.list.selected().min(self.shown.len().saturating_sub(1)))?;
        self.docket.0.get(*at)
    }

    /// Reads the issues anew; the one that was selected stays so.
    fn reread(&mut self, desk: &Desk) -> Go {
        let Some(house) = desk.session.house() else { return Go::Stay };
        let selected = self.selected().map(|entry| entry.case.issue.name);
        match house.docket(desk.now.wall_ms) {
            Ok(docket) => self.docket = docket,
            Err(trouble) => return Go::Say(trouble.told()),
        }
        self.counts = self.docket.counts(&desk.session.speaker());
        self.sift(desk);
        let is_it = |at: &usize| self.docket.0.get(*at).map(|entry| entry.case.issue.name) == selected;
        if let Some(row) = self.shown.iter().position(is_it).filter(|_| selected.is_some()) {
            self.list.select(row);
        }
        Go::Stay
    }

    /// Leaves what was typed for.
    fn sift(&mut self, desk: &Desk) {
        let Some(house) = desk.session.house() else { return };
        self.wrong = None;
        match house.sieve(self.field.text(), &desk.session.speaker()) {
            Ok(sieve) => {
                let all = self.docket.0.iter().enumerate();
                self.shown = all.filter(|(_, entry)| sieve.lets(entry)).map(|(at, _)| at).collect();
                let shown = self.shown.iter().filter_map(|at| Some((*at, self.docket.0.get(*at)?)));
                let told = shown.filter(|(_, entry)| drawn::is_told(entry));
                self.by_name = ByName::of(told.map(|(at, entry)| (entry.head.clone(), at)));
            }
            Err(trouble) => {
                self.shown.clear();
                self.wrong = Some(trouble);
            }
        }
    }

    /// Tells which of the usual words the list is narrowed by; none where something else was typed.
    fn kind(&self) -> Option<usize> {
        let is_it = |word: &Text| [Lang::Zh, Lang::En].iter().any(|lang| word.get(*lang) == self.field.text().trim());
        WORDS.iter().position(is_it)
    }

    /// Puts the next of the usual words into the box.
    fn turn(&mut self, desk: &Desk) {
        let now = self.kind().unwrap_or(WORDS.len() - 1);
        if let Some(word) = WORDS.get((now + 1) % WORDS.len()) {
            self.field.set(word.get(desk.lang), usize::MAX);
        }
        self.list.select(0);
        self.sift(desk);
    }
}

impl Screen for Issues {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        self.drawn(canvas);
    }

    fn field(&mut self) -> Option<Kept<'_>> {
        Some(Kept::not(Unkept::Question, &mut self.field))
    }

    fn typed(&mut self, desk: &mut Desk) -> Go {
        self.list.select(0);
        self.sift(desk);
        Go::Stay
    }

    fn beside(&self, _: &Desk) -> Option<Beside> {
        Some(Beside::issue(self.selected()?.case.issue.name))
    }

    fn list(&mut self, _: &Desk) -> Option<Scroll<'_>> {
        Some(Scroll { list: &mut self.list, len: self.shown.len() })
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

    fn take_up(&mut self, desk: &mut Desk) {
        // Other ones are mine now.
        self.reread(desk);
    }

    fn why(&self, _: &Desk) -> Option<Said> {
        let counts = t(
            "我的: 该我反馈的, 和我负责办的, 还没答复完. 超期: 过了时限至少 1 个工作日. 临期: 今天或下一个工作日到期, 或刚到期. 待反馈: 办结了, 还没告诉群众.",
            "Mine: those I have to tell about or to solve, not done yet. Overdue: at least one working day past its day. Soon: due today or on the next working day, or just due. To tell: solved, and the household does not know yet.",
        );
        let due = self.selected().and_then(|entry| drawn::why(&entry.case, entry.timed.into_iter()));
        due.into_iter().chain([counts.into()]).reduce(Said::apart)
    }
}

impl Keyed for Issues {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&KEYS];

    fn table(&self) -> &'static Table<Action> {
        &KEYS
    }

    fn act(&mut self, action: Action, desk: &mut Desk) -> Go {
        match action {
            Action::Open => match self.selected().map(|entry| entry.case.issue.name) {
                Some(issue) => {
                    self.below = true;
                    Go::open(OneIssue::of(issue))
                }
                None => Go::say(t(
                    "没有可打开的. 删掉筛选的字, 看全部.",
                    "There is none to open. Empty the box to see all.",
                )),
            },
            Action::Turn => {
                self.turn(desk);
                Go::Stay
            }
        }
    }
}
