//! Lookup: households found while one types.
//!
//! Keystrokes: what one knows of the household, in any order (`dl zsf`), Enter opens the card; arrows choose another
//! line; Ctrl-N makes a household of what was typed. Digits are text here: groups, doors, phones. After a card the old
//! question stands dim in the box and the first key replaces it. An Enter that comes before its answer waits for it.

pub(super) mod lines;
mod new;

use super::card::{Sheet, face};
use super::{Browse, Card, Import, Page, reasons};
use std::path::PathBuf;

use crate::app::{Ask, Face, Hits, Message, RosterBack, Ticket};
use crate::domain::timer::minutes_seconds;
use crate::hanzi::clean;
use crate::text::{Lang, Said, Trouble, t};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::desk::Desk;
use crate::ui::field::Field;
use crate::ui::keys::{Key, Table, row, table};
use crate::ui::list::{List, Scroll};
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::theme::Look;
pub use new::NewHousehold;

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
    giving: Option<Ticket>,
    /// Enter was pressed before the answer came.
    hurried: bool,
    /// The question before a card was opened; the next text replaces it.
    old: Option<String>,
    /// Another page lies on top.
    below: bool,
    /// A page to open on top as soon as this one is shown.
    first: Option<Box<Page>>,
    /// The selected household, on wide terminals.
    aside: Option<Box<Sheet>>,
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
    /// Speaks the other language.
    Speak,
}

static KEYS: Table<Action> = table(
    t("住户", "Households"),
    &[
        row(&[Key::Enter], t("打开", "Open"), Action::Open),
        row(&[Key::Ctrl('n')], t("新建", "New"), Action::New),
        row(&[Key::Ctrl('g')], t("按村组看", "By village"), Action::Browse),
        row(&[], t("导入名册", "Import a roster"), Action::Import),
        row(&[], t("名册还给镇街", "Give the roster back"), Action::GiveBack),
        row(&[Key::Ctrl('e')], t("English", "中文"), Action::Speak).quiet(),
    ],
)
.advice(t(
    "打姓名首字母就能找, 如 张守富 打 zsf; 村, 组, 电话也行. 选中了按 Enter.",
    "Type initials such as zsf, a village, a group or a phone; Enter opens one.",
));

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

    /// Reads what stands beside the list, where there is room for it.
    fn look_aside(&mut self, desk: &Desk) {
        let selected = self.faces.get(self.list.selected().min(self.faces.len().saturating_sub(1)));
        let selected = selected.filter(|_| split(desk.body.width).1 > 0);
        let house = desk.session.house();
        self.aside = selected.zip(house).and_then(|(face, house)| Sheet::read(&house, face.name).ok()).map(Box::new);
    }

    fn open(&mut self) -> Go {
        let last = self.faces.len().saturating_sub(1);
        let Some(face) = self.faces.get(self.list.selected().min(last)) else {
            return Go::say(t(
                "没有可打开的住户. Ctrl-N 新建, 或换个词找.",
                "No household to open. Ctrl-N makes a new one, or try other words.",
            ));
        };
        let card = Card::of(face.name);
        self.leave(card)
    }

    fn leave(&mut self, page: impl Into<Page>) -> Go {
        self.below = true;
        self.old = Some(self.field.text().to_owned()).filter(|text| !text.is_empty());
        Go::open(page)
    }

    fn draw_box(&self, canvas: &mut Canvas<'_>) -> u16 {
        let count = if canvas.desk.session.house().is_some_and(|house| !house.is_complete()) {
            canvas.words(t("正在整理名册 …", "Sorting the roster …")).to_owned()
        } else {
            let shown = if self.field.text().trim().is_empty() { self.hits.of } else { self.hits.total };
            canvas.say(&t("{shown} / {of} 户", "{shown} / {of}").with("shown", shown).with("of", self.hits.of))
        };
        let x = canvas.write(1, 0, canvas.words(t("查找: ", "Find: ")), Look::Strong);
        let room = canvas.width().saturating_sub(x + columns(&count) + 3);
        canvas.write(canvas.width().saturating_sub(columns(&count) + 1), 0, &count, Look::Dim);
        let (width, height) = (x + room, canvas.height());
        let mut part = canvas.part(0, 0, width, height);
        let rows = part.field(x, 0, &self.field, true);
        if self.old.is_some() {
            part.write(x, 0, self.field.text(), Look::Dim);
        }
        rows
    }

    fn draw_running(canvas: &mut Canvas<'_>, y: u16) -> u16 {
        let desk = canvas.desk;
        let Some((running, house)) = desk.session.running().zip(desk.session.house()) else { return 0 };
        let said = t("走访中 {head} {time}   Ctrl-O 回到走访", "visiting {head} {time}   Ctrl-O goes back to it")
            .with("time", minutes_seconds(running.timer.counted_ms()))
            .with_words("head", house.running_words(&running));
        canvas.write_cut(1, y, canvas.width().saturating_sub(2), &canvas.say(&said), Look::Accent);
        1
    }

    /// Says what to do where nothing was found.
    fn draw_nothing(&self, canvas: &mut Canvas<'_>, y: u16) {
        let words: Vec<&str> = self.field.text().split_whitespace().collect();
        let said = if words.is_empty() {
            t(
                "还没有住户. Esc 菜单里可以导入名册; 或 Ctrl-N 新建一户.",
                "No households yet. The Esc menu imports a roster; Ctrl-N makes a household.",
            )
            .into()
        } else {
            t(
                "没有哪一户同时对上: {words}. 少打几个字再试, 或 Ctrl-N 新建这一户.",
                "No household matches all of: {words}. Try fewer words, or add a new one with Ctrl-N.",
            )
            .with("words", words.join(" + "))
        };
        let text = canvas.say(&said);
        canvas.write_wrapped(3, y, canvas.height().saturating_sub(y), &text, Look::Plain);
    }
}

/// Columns from which on the selected household is shown beside the list, and what the list then keeps at least.
const WIDE: u16 = 120;
const LIST_WIDTH: u16 = 80;
/// Columns between the list and what stands beside it.
const GAP: u16 = 3;

/// Gives the columns of the list and of what stands beside it; on narrow terminals nothing does.
fn split(width: u16) -> (u16, u16) {
    if width < WIDE {
        return (width, 0);
    }
    let list = LIST_WIDTH.max(width * 3 / 5);
    (list, width.saturating_sub(list + GAP))
}

/// Draws the selected household as its card is covered: this is a list, and other eyes are in the room.
fn draw_aside(canvas: &mut Canvas<'_>, sheet: &Sheet) {
    canvas.covered = true;
    let used = face::facts(canvas, sheet);
    let (width, rows) = (canvas.width(), canvas.height().saturating_sub(used + 1));
    face::past(&mut canvas.part(0, used + 1, width, rows), sheet);
}

impl Screen for Lookup {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        let gap = u16::from(canvas.height() >= 12);
        let mut y = self.draw_box(canvas);
        y += Self::draw_running(canvas, y);
        y += gap;
        let complete = canvas.desk.session.house().is_some_and(|house| house.is_complete());
        if self.faces.is_empty() && self.asked.is_none() && complete {
            self.draw_nothing(canvas, y);
            return;
        }
        let height = canvas.height().saturating_sub(y);
        let (list, aside) = split(canvas.width());
        match self.aside.as_ref().filter(|_| aside > 0) {
            Some(sheet) => {
                lines::draw(&mut canvas.part(0, y, list, height), &self.faces, &self.list);
                draw_aside(&mut canvas.part(list + GAP, y, aside, height), sheet);
            }
            None => lines::draw(&mut canvas.part(0, y, canvas.width(), height), &self.faces, &self.list),
        }
    }

    fn field(&mut self) -> Option<&mut Field> {
        Some(&mut self.field)
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

    fn list(&mut self, desk: &Desk) -> Option<Scroll<'_>> {
        let window = desk.body.height.saturating_sub(2).max(1);
        Some(Scroll { list: &mut self.list, len: self.faces.len(), window })
    }

    fn moved(&mut self, desk: &mut Desk) -> Go {
        self.look_aside(desk);
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
        match message {
            Message::Found { ticket, hits, faces } if self.asked == Some(*ticket) => {
                self.asked = None;
                self.hits = hits.clone();
                self.faces.clone_from(faces);
                self.look_aside(desk);
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
            Message::GivenBack(ticket, written) if self.giving == Some(*ticket) => {
                self.giving = None;
                return Go::say(given_back(written.as_ref().as_ref(), desk.lang));
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
        self.asked.is_some() || self.giving.is_some()
    }
}

/// Says where the roster was written, or why it was not.
fn given_back(written: Result<&(PathBuf, RosterBack), &Trouble>, lang: Lang) -> Said {
    match written {
        Ok((path, _)) => {
            let name = path.file_name().map_or_else(String::new, |name| clean::line(&name.to_string_lossy()));
            let folder = path.parent().map_or_else(String::new, |folder| clean::line(&folder.to_string_lossy()));
            t("已写好 {file}, 在 {folder}", "Written: {file} in {folder}").with("file", name).with("folder", folder)
        }
        Err(trouble) => t("{why}", "{why}").with("why", trouble.say(lang)),
    }
}

impl Keyed for Lookup {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&KEYS];

    fn table(&self) -> &'static Table<Action> {
        &KEYS
    }

    fn act(&mut self, action: Action, desk: &mut Desk) -> Go {
        match action {
            Action::Open if self.asked.is_some() => {
                self.hurried = true;
                Go::Stay
            }
            Action::Open => self.open(),
            Action::New => {
                let named = NewHousehold::named(self.field.text());
                self.leave(named)
            }
            Action::Browse => self.leave(Browse::new()),
            Action::Import => self.leave(Import::new()),
            Action::GiveBack => {
                self.giving = Some(desk.session.ask(Ask::GiveBack));
                Go::say(t("正在写名册 …", "Writing the roster …"))
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
