//! Import: a roster as it was understood, before anything is written.

use crate::text::t;
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::keys::{Key, Table, row, table};
use crate::ui::page::{Go, Keyed, Screen};

/// Shows a roster as it was understood, before anything is written.
#[derive(Debug, PartialEq, Eq, Default)]
pub struct Import {}

impl Import {
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

static KEYS: Table<Action> = table(t("导入名册", "Import"), &[row(&[Key::Enter], t("返回", "Back"), Action::Back)]);

impl Screen for Import {
    fn draw(&self, _canvas: &mut Canvas<'_>) {}
}

impl Keyed for Import {
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
