//! Setup: who this laptop is.

use crate::text::t;
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::keys::{Key, Table, row, table};
use crate::ui::page::{Go, Keyed, Screen};

/// Shows who this laptop is.
#[derive(Debug, PartialEq, Eq, Default)]
pub struct Setup {}

impl Setup {
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

static KEYS: Table<Action> =
    table(t("第一次使用", "First run"), &[row(&[Key::Enter], t("返回", "Back"), Action::Back)]);

impl Screen for Setup {
    fn draw(&self, _canvas: &mut Canvas<'_>) {}
}

impl Keyed for Setup {
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
