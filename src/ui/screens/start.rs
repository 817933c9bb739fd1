//! Start: the page that stands until the lookup does. It shows how to reach help, menu and commands.

use crate::text::t;
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::keys::{Key, Table, row, table};
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::theme::Look;

/// Holds nothing: there is nothing to choose yet.
#[derive(Debug, PartialEq, Eq, Default)]
pub struct Start;

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    /// Speaks the other language.
    Speak,
}

static KEYS: Table<Action> = table(t("开始", "Start"), &[row(&[Key::Ctrl('e')], t("English", "中文"), Action::Speak)]);

impl Screen for Start {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        canvas.write(2, 1, canvas.words(t("走访", "Household visits")), Look::Strong);
        canvas.write(2, 3, canvas.words(t("还没有名册.", "No roster yet.")), Look::Plain);
    }
}

impl Keyed for Start {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&KEYS];

    fn table(&self) -> &'static Table<Action> {
        &KEYS
    }

    fn act(&mut self, action: Action, desk: &mut Desk) -> Go {
        match action {
            Action::Speak => desk.lang = desk.lang.other(),
        }
        Go::Stay
    }
}
