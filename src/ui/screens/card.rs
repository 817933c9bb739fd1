//! Card: everything known of one household.

use crate::domain::Name;
use crate::text::t;
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::keys::{Key, Table, row, table};
use crate::ui::page::{Go, Keyed, Screen};

/// Shows everything known of one household.
#[derive(Debug, PartialEq, Eq)]
pub struct Card {
    household: Name,
}

impl Card {
    /// Opens the page.
    pub fn of(household: Name) -> Self {
        Self { household }
    }
}

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    /// Goes back.
    Back,
}

static KEYS: Table<Action> = table(t("户卡", "Card"), &[row(&[Key::Enter], t("返回", "Back"), Action::Back)]);

impl Screen for Card {
    fn draw(&self, _canvas: &mut Canvas<'_>) {}
}

impl Keyed for Card {
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
