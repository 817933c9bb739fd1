//! Visit: a running visit: its timer, and what people say.

use crate::domain::Name;
use crate::text::t;
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::keys::{Key, Table, row, table};
use crate::ui::page::{Go, Keyed, Screen};

/// Shows a running visit: its timer, and what people say.
#[derive(Debug, PartialEq, Eq)]
pub struct Visit {
    visit: Name,
    household: Name,
}

impl Visit {
    /// Opens the page on the running visit of a household; it must have been started.
    pub fn of(visit: Name, household: Name) -> Self {
        Self { visit, household }
    }

    /// Tells whether this is the page of a visit.
    pub fn is_of(&self, visit: Name) -> bool {
        self.visit == visit
    }
}

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    /// Goes back.
    Back,
}

static KEYS: Table<Action> = table(t("走访", "Visit"), &[row(&[Key::Enter], t("返回", "Back"), Action::Back)]);

impl Screen for Visit {
    fn draw(&self, _canvas: &mut Canvas<'_>) {}
}

impl Keyed for Visit {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&KEYS];

    fn table(&self) -> &'static Table<Action> {
        &KEYS
    }

    fn act(&mut self, action: Action, _desk: &mut Desk) -> Go {
        match action {
            Action::Back => Go::Back,
        }
    }
}
