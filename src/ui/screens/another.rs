//! Another: another household, found by what one knows of it: the same family as this one 同一户, or the one that a line belongs to.
//!
//! Keystrokes: from the menu of the card, from 待核对 4; for a line Ctrl-X where it is changed in its visit, or 2 in 往来记录. Then as
//! in the lookup: `zsf`, Enter on the line. Ctrl-Z takes it back; families said to be one can be parted at any later time under
//! 疑似重复户, Tab.

use super::Beside;
use super::lookup::lines;
use crate::app::{Ask, Face, Message, Request, Ticket};
use crate::domain::Name;
use crate::hanzi::clean;
use crate::text::{Text, t};
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::field::Field;
use crate::ui::kept::{Kept, Unkept};
use crate::ui::keys::{Key, Table, row, table};
use crate::ui::list::{List, Scroll};
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::theme::Look;

/// Finds another household.
#[derive(Debug, PartialEq)]
pub struct Another {
    household: Name,
    head: String,
    wanted: Wanted,
    field: Field,
    list: List,
    faces: Vec<Face>,
    asked: Option<Ticket>,
    joining: Option<Ticket>,
}

/// What another household is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// It is the same family.
    Same,
    /// A line is its own.
    Line(Name),
}

/// Households asked for at once.
const MOST: usize = 40;

impl Another {
    /// Opens the page for a household, with what is likely to find the same family written down twice.
    pub fn same(household: Name, head: &str) -> Self {
        let mut page = Self::of(household, head, Wanted::Same);
        page.field.set(head, usize::MAX);
        page
    }

    /// Opens the page for a line of a household that another one said.
    pub fn of_line(line: Name, household: Name, head: &str) -> Self {
        Self::of(household, head, Wanted::Line(line))
    }

    fn of(household: Name, head: &str, wanted: Wanted) -> Self {
        let (head, field) = (clean::line(head), Field::new());
        Self { household, head, wanted, field, list: List::new(), faces: Vec::new(), asked: None, joining: None }
    }

    fn ask(&mut self, desk: &mut Desk) {
        let typed = self.field.text().to_owned();
        self.asked = Some(desk.session.ask(Ask::Find { typed, most: MOST }));
    }
}

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    /// The selected household is the one.
    Join,
}

static SAME: Table<Action> =
    table(t("同一户", "The same family"), &[row(&[Key::Enter], t("就是这一户", "This one"), Action::Join)]);
static LINE: Table<Action> =
    table(t("移到别户", "Another household's"), &[row(&[Key::Enter], t("移到这一户", "To this one"), Action::Join)]);

impl Screen for Another {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        let nobody = canvas.words(t("(无名)", "(no name)")).to_owned();
        let title = match self.wanted {
            Wanted::Same => t("{head} 和哪一户是同一户?", "{head} is the same family as which?"),
            Wanted::Line(_) => t("{head} 名下的这一句, 是哪一户的?", "This line of {head}: whose is it?"),
        };
        let head = if self.head.is_empty() { nobody } else { self.head.clone() };
        canvas.write(1, 0, canvas.say(&title.with("head", head)), Look::Strong);
        let x = canvas.write(1, 1, canvas.words(t("查找: ", "Find: ")), Look::Plain);
        canvas.field(x, 1, &self.field, true);
        if self.faces.is_empty() && self.asked.is_none() {
            canvas.write(
                2,
                3,
                canvas.words(t("没有别的户对得上. 换个词找.", "No other household matches. Try other words.")),
                Look::Dim,
            );
            return;
        }
        let height = canvas.height().saturating_sub(3);
        lines::draw(&mut canvas.part(0, 3, canvas.width(), height), &self.faces, &self.list);
    }

    fn field(&mut self) -> Option<Kept<'_>> {
        Some(Kept::not(Unkept::Question, &mut self.field))
    }

    fn typed(&mut self, desk: &mut Desk) -> Go {
        self.list.select(0);
        self.ask(desk);
        Go::Stay
    }

    fn beside(&self, _: &Desk) -> Option<Beside> {
        let selected = self.faces.get(self.list.selected().min(self.faces.len().saturating_sub(1)));
        Beside::household(selected.map(|face| face.name))
    }

    fn list(&mut self, _: &Desk) -> Option<Scroll<'_>> {
        Some(Scroll { list: &mut self.list, len: self.faces.len() })
    }

    fn shown(&mut self, desk: &mut Desk) -> Go {
        self.ask(desk);
        Go::Stay
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        match message {
            Message::Found { ticket, faces, .. } if self.asked == Some(*ticket) => {
                self.asked = None;
                self.faces = faces.iter().filter(|face| face.name != self.household).cloned().collect();
            }
            // Another page has asked since, and this question is not answered any more.
            Message::Found { ticket, .. } if self.asked.is_some_and(|mine| mine < *ticket) => self.ask(desk),
            Message::Answer(ticket, answer) if self.joining == Some(*ticket) => {
                self.joining = None;
                return match answer.as_ref() {
                    Ok(_) => {
                        if let Wanted::Line(_) = self.wanted {
                            desk.notice = Some(MOVED.into());
                        }
                        Go::Back
                    }
                    Err(trouble) => {
                        Go::say(t("没有记下: {why}", "Not recorded: {why}").with_words("why", trouble.told()))
                    }
                };
            }
            _ => {}
        }
        Go::Stay
    }

    fn busy(&self) -> bool {
        self.asked.is_some() || self.joining.is_some()
    }
}

const MOVED: Text = t(
    "移过去了, 归好的问题一起; 在那一户的往来记录里. Ctrl-Z 撤回.",
    "Moved, with the issue it became; it stands in the history of that household. Ctrl-Z takes it back.",
);

impl Keyed for Another {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&SAME, &LINE];

    fn table(&self) -> &'static Table<Action> {
        match self.wanted {
            Wanted::Same => &SAME,
            Wanted::Line(_) => &LINE,
        }
    }

    fn act(&mut self, Action::Join: Action, desk: &mut Desk) -> Go {
        if self.joining.is_some() || self.asked.is_some() {
            return Go::Stay;
        }
        let last = self.faces.len().saturating_sub(1);
        let Some(face) = self.faces.get(self.list.selected().min(last)) else { return Go::Stay };
        let request = match self.wanted {
            Wanted::Same => {
                Request::new("household.same").with_name("household", self.household).with_name("other", face.name)
            }
            Wanted::Line(line) => Request::new("line.move").with_name("line", line).with_name("household", face.name),
        };
        self.joining = Some(desk.session.ask(Ask::Do(request)));
        Go::Stay
    }
}
