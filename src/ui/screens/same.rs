//! 同一户: says that a household and another one, found by what one knows of it, are one family.
//!
//! Keystrokes: from the menu of the card, from 待核对 4; then as in the lookup: `zsf`, Enter on the line. Ctrl-Z takes it back; under
//! 疑似重复户, Tab, they can be parted at any later time.

use super::lookup::lines;
use crate::app::{Ask, Face, Message, Request, Ticket};
use crate::domain::Name;
use crate::hanzi::clean;
use crate::text::t;
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::field::Field;
use crate::ui::kept::{Kept, Unkept};
use crate::ui::keys::{Key, Table, row, table};
use crate::ui::list::{List, Scroll};
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::theme::Look;

/// Finds the household that another one is the same as.
#[derive(Debug, PartialEq)]
pub struct SameAs {
    household: Name,
    head: String,
    field: Field,
    list: List,
    faces: Vec<Face>,
    asked: Option<Ticket>,
    joining: Option<Ticket>,
}

/// Households asked for at once.
const MOST: usize = 40;

impl SameAs {
    /// Opens the page for a household, with what is likely to find the other one.
    pub fn of(household: Name, head: &str) -> Self {
        let mut field = Field::default();
        field.set(head, usize::MAX);
        let head = clean::line(head);
        Self { household, head, field, list: List::new(), faces: Vec::new(), asked: None, joining: None }
    }

    fn ask(&mut self, desk: &mut Desk) {
        let typed = self.field.text().to_owned();
        self.asked = Some(desk.session.ask(Ask::Find { typed, most: MOST }));
    }
}

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    /// The selected household is the same family.
    Join,
}

static KEYS: Table<Action> =
    table(t("同一户", "The same family"), &[row(&[Key::Enter], t("就是这一户", "This one"), Action::Join)]);

impl Screen for SameAs {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        let nobody = canvas.words(t("(无名)", "(no name)")).to_owned();
        let title = t("{head} 和哪一户是同一户?", "{head} is the same family as which?");
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

    fn list(&mut self, desk: &Desk) -> Option<Scroll<'_>> {
        let window = desk.body.height.saturating_sub(3).max(1);
        Some(Scroll { list: &mut self.list, len: self.faces.len(), window })
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
                    Ok(_) => Go::Back,
                    Err(trouble) => {
                        Go::say(t("没有记下: {why}", "Not recorded: {why}").with("why", trouble.say(desk.lang)))
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

impl Keyed for SameAs {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&KEYS];

    fn table(&self) -> &'static Table<Action> {
        &KEYS
    }

    fn act(&mut self, Action::Join: Action, desk: &mut Desk) -> Go {
        if self.joining.is_some() || self.asked.is_some() {
            return Go::Stay;
        }
        let last = self.faces.len().saturating_sub(1);
        let Some(face) = self.faces.get(self.list.selected().min(last)) else { return Go::Stay };
        let request =
            Request::new("household.same").with_name("household", self.household).with_name("other", face.name);
        self.joining = Some(desk.session.ask(Ask::Do(request)));
        Go::Stay
    }
}
