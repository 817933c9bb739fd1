//! Exchange: export to the stick and merge from it.

use crate::text::t;
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::keys::{Key, Table, row, table};
use crate::ui::page::{Go, Keyed, Screen};

/// Shows export to the stick and merge from it.
#[derive(Debug, PartialEq, Eq, Default)]
pub struct Exchange {}

impl Exchange {
    /// Opens the page.
    pub fn new() -> Self {
        Self::default()
    }
}

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    /// Goes back.
    Back,
}

static KEYS: Table<Action> = table(t("合并", "Exchange"), &[row(&[Key::Enter], t("返回", "Back"), Action::Back)]);

impl Screen for Exchange {
    fn draw(&self, _canvas: &mut Canvas<'_>) {}
}

impl Keyed for Exchange {
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
