//! Lookup: households found while one types.
//!
//! Keystrokes: what one knows of the household, in any order (`dl zsf`), Enter opens the card; arrows choose another
//! line; Ctrl-N makes a household of what was typed. Digits are text here: groups, doors, phones. After a card the old
//! question stands dim in the box and the first key replaces it. An Enter that comes before its answer waits for it.

mod address;
mod drawn;
mod group;
pub(super) mod lines;
pub(super) mod namesakes;
mod new;

use super::{Beside, Browse, Card, Import, Page, reasons};
use std::path::PathBuf;

use crate::app::{Ask, Face, Hits, Message, RosterBack, Ticket};
use crate::hanzi::clean;
use crate::text::{Said, Text, Trouble, t};
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::field::Field;
use crate::ui::kept::{Kept, Unkept};
use crate::ui::keys::{Key, Row, Table, row, table};
use crate::ui::list::{List, Scroll};
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::pending::Pending;
use group::Left;
pub use new::NewHousehold;

/// What is said while the roster is written for the township.
const WRITING: Text = t("正在写名册 {far}…", "Writing the roster {far}…");
/// Finds households while one types.
#[derive(Debug, PartialEq, Default)]
pub struct Lookup {
    field: Field,
    list: List,
    hits: Hits,
    faces: Vec<Face>,
    /// The newest question, while its answer is awaited.
    asked: Option<Ticket>,
    /// The roster is being written for the township.
    giving: Pending,
    /// Enter was pressed before the answer came.
    hurried: bool,
    /// The question before a card was opened; the next text replaces it.
    old: Option<String>,
    /// Another page lies on top.
    below: bool,
    /// A page to open on top as soon as this one is shown.
    first: Option<Box<Page>>,
    /// How many are left to visit where the selected one lives.
    left: Option<Left>,
}

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    /// Opens the card of the selected household.
    Open,
    /// Makes a new household.
    New,
    /// Looks at villages and groups.
    Browse,
    /// Brings a roster in.
    Import,
    /// Gives the roster back to the township.
    GiveBack,
    /// Stops writing the roster.
    Stop,
    /// Speaks the other language.
    Speak,
}

const OPEN: Row<Action> = row(&[Key::Enter], t("打开", "Open"), Action::Open);
const NEW: Row<Action> = row(&[Key::Ctrl('n')], t("新建", "New"), Action::New);
const BROWSE: Row<Action> = row(&[Key::Ctrl('g')], t("按村组看", "By village"), Action::Browse);
const SPEAK: Row<Action> = row(&[Key::Ctrl('e')], t("English", "中文"), Action::Speak).quiet();

static KEYS: Table<Action> = table(
    t("住户", "Households"),
    &[
        OPEN,
        NEW,
        BROWSE,
        row(&[], t("导入名册", "Import a roster"), Action::Import),
        row(&[], t("名册还给镇街", "Give the roster back"), Action::GiveBack),
        SPEAK,
    ],
)
.advice(t(
    "打姓名首字母就能找, 如 张守富 打 zsf; 村, 组, 电话也行. 选中了按 Enter.",
    "Type initials such as zsf, a village, a group or a phone; Enter opens one.",
));

static GIVING: Table<Action> = table(
    t("住户: 正在写名册", "Households: writing the roster"),
    &[row(&[Key::Esc], t("停下, 不写名册", "Stop, write none"), Action::Stop), OPEN, NEW, BROWSE, SPEAK],
);

/// The fewest lines asked for; a taller page asks for more.
const LINES: usize = 40;

impl Lookup {
    /// Opens the page.
    pub fn new() -> Self {
        Self::default()
    }

    /// Opens the page with another one on top of it.
    pub fn with(page: impl Into<Page>) -> Self {
        Self { first: Some(Box::new(page.into())), ..Self::default() }
    }

    /// Opens the page, with a new household on top where its form was left half written.
    pub fn unfinished(desk: &Desk) -> Self {
        if desk.session.draft(new::PLACE).is_some() { Self::with(NewHousehold::named("")) } else { Self::new() }
    }

    fn ask(&mut self, desk: &mut Desk) {
        if desk.session.house().is_none() {
            return;
        }
        let most = usize::from(desk.body.height).max(LINES).max(self.list.selected() + 2);
        let typed = self.field.text().to_owned();
        self.asked = Some(desk.session.ask(Ask::Find { typed, most }));
    }

    fn open(&mut self) -> Go {
        let last = self.faces.len().saturating_sub(1);
        let Some(face) = self.faces.get(self.list.selected().min(last)) else {
            return Go::say(t(
                "没有可打开的住户. Ctrl-N 新建, 或换个词找.",
                "No household to open. Ctrl-N makes a new one, or try other words.",
            ));
        };
        let card = Card::found(face);
        self.leave(card)
    }

    fn leave(&mut self, page: impl Into<Page>) -> Go {
        self.below = true;
        self.old = Some(self.field.text().to_owned()).filter(|text| !text.is_empty());
        Go::open(page)
    }
}

impl Screen for Lookup {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        self.draw_page(canvas);
    }

    fn field(&mut self) -> Option<Kept<'_>> {
        Some(Kept::not(Unkept::Question, &mut self.field))
    }

    fn typed(&mut self, desk: &mut Desk) -> Go {
        if let Some(old) = self.old.take()
            && let Some(new) = self.field.text().strip_prefix(&old).filter(|new| !new.is_empty())
        {
            let new = new.to_owned();
            self.field.set(&new, usize::MAX);
        }
        self.list.select(0);
        self.hurried = false;
        self.ask(desk);
        Go::Stay
    }

    fn list(&mut self, _: &Desk) -> Option<Scroll<'_>> {
        Some(Scroll { list: &mut self.list, len: self.faces.len() })
    }

    fn beside(&self, _: &Desk) -> Option<Beside> {
        let selected = self.faces.get(self.list.selected().min(self.faces.len().saturating_sub(1)));
        Beside::household(selected.map(|face| face.name))
    }

    fn moved(&mut self, desk: &mut Desk) -> Go {
        self.look_round(desk);
        // The last line that is here is not the last one there is.
        if self.list.selected() + 1 >= self.faces.len() && self.hits.total > self.faces.len() {
            let most = self.faces.len() + LINES;
            self.asked = Some(desk.session.ask(Ask::Find { typed: self.field.text().to_owned(), most }));
        }
        Go::Stay
    }

    fn shown(&mut self, desk: &mut Desk) -> Go {
        if let Some(page) = self.first.take() {
            self.below = true;
            return Go::Open(page);
        }
        self.below = false;
        self.ask(desk);
        Go::Stay
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        if self.giving.hear(message) {
            return Go::say(self.giving.say(WRITING));
        }
        match message {
            Message::Found { ticket, hits, faces } if self.asked == Some(*ticket) => {
                self.asked = None;
                self.hits = hits.clone();
                self.faces.clone_from(faces);
                self.look_round(desk);
                if std::mem::take(&mut self.hurried) && !self.below {
                    return self.open();
                }
            }
            // A page on top has asked since, and the question here is not answered any more; coming back asks anew.
            Message::Found { ticket, .. } if self.asked.is_some_and(|mine| mine < *ticket) => {
                self.asked = None;
                self.hurried = false;
            }
            Message::Filled if !self.below => self.ask(desk),
            Message::GivenBack(ticket, written) if self.giving.is_answered_by(*ticket) => {
                return Go::say(given_back(written.as_ref().as_ref()));
            }
            Message::Answer(_, result) if !self.below && result.is_ok() => self.ask(desk),
            _ => {}
        }
        Go::Stay
    }

    fn why(&self, desk: &Desk) -> Option<Said> {
        Some(reasons::covered(desk))
    }

    fn busy(&self) -> bool {
        self.asked.is_some() || self.giving.is_on()
    }
}

/// Says where the roster was written, or why it was not.
fn given_back(written: Result<&(PathBuf, RosterBack), &Trouble>) -> Said {
    match written {
        Ok((path, _)) => {
            let name = path.file_name().map_or_else(String::new, |name| clean::line(&name.to_string_lossy()));
            let folder = path.parent().map_or_else(String::new, |folder| clean::line(&folder.to_string_lossy()));
            t("已写好 {file}, 在 {folder}", "Written: {file} in {folder}").with("file", name).with("folder", folder)
        }
        Err(trouble) => trouble.told(),
    }
}

impl Keyed for Lookup {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&KEYS, &GIVING];

    fn table(&self) -> &'static Table<Action> {
        if self.giving.is_on() { &GIVING } else { &KEYS }
    }

    fn act(&mut self, action: Action, desk: &mut Desk) -> Go {
        match action {
            Action::Open if self.asked.is_some() => {
                self.hurried = true;
                Go::Stay
            }
            Action::Open => self.open(),
            Action::New => {
                let named = NewHousehold::named(self.field.text()).at_talk(desk);
                self.leave(named)
            }
            Action::Browse => self.leave(Browse::new()),
            Action::Import => self.leave(Import::new()),
            Action::GiveBack => {
                self.giving.ask(desk.session.ask(Ask::GiveBack));
                Go::say(self.giving.say(WRITING))
            }
            Action::Stop => {
                desk.session.ask(Ask::StopWorking);
                Go::Stay
            }
            Action::Speak => {
                desk.lang = desk.lang.other();
                Go::Stay
            }
        }
    }
}

#[cfg(test)]
mod tests;
