//! Resume: a visit that was running when the program last ended.

use crate::domain::Name;
use crate::text::t;
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::keys::{Key, Table, row, table};
use crate::ui::page::{Go, Keyed, Screen};

/// Shows a visit that was running when the program last ended.
#[derive(Debug, PartialEq, Eq)]
pub struct Resume {
    visit: Name,
    household: Name,
}

impl Resume {
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

static KEYS: Table<Action> =
    table(t("没结束的走访", "Unfinished visit"), &[row(&[Key::Enter], t("返回", "Back"), Action::Back)]);

impl Screen for Resume {
    fn draw(&self, _canvas: &mut Canvas<'_>) {}
}

impl Keyed for Resume {
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
