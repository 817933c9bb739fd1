//! WrapUp: the end of a visit.

use crate::domain::Name;
use crate::text::t;
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::keys::{Key, Table, row, table};
use crate::ui::page::{Go, Keyed, Screen};

/// Shows the end of a visit.
#[derive(Debug, PartialEq, Eq)]
pub struct WrapUp {
    visit: Name,
    household: Name,
}

impl WrapUp {
    /// Opens the page.
    pub fn of(visit: Name, household: Name) -> Self {
        Self { visit, household }
    }
}

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    /// Goes back.
    Back,
}

static KEYS: Table<Action> = table(t("结束走访", "Wrap-up"), &[row(&[Key::Enter], t("返回", "Back"), Action::Back)]);

impl Screen for WrapUp {
    fn draw(&self, _canvas: &mut Canvas<'_>) {}
}

impl Keyed for WrapUp {
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
