//! The keys of the page of cells in doubt: over a cell, and while words or its right value are typed.

use crate::text::t;
use crate::ui::keys::{Key, Table, row, table};

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    /// Opens the household's card.
    Open,
    /// Takes what is proposed.
    Take,
    /// Starts to write the right value.
    Correct,
    /// The cell is right as it stands.
    Settle,
    /// Records what was written.
    Record,
    /// Writes nothing.
    Close,
    /// Says which household it is.
    Same,
    /// Types words to narrow the list to.
    Narrow,
    /// Narrows the list to what was typed.
    Narrowed,
}

/// With nothing to check.
pub(super) static NONE: Table<Action> =
    table(t("待核对: 没有", "In doubt: nothing"), &[row(&[Key::Tab], t("筛选", "Narrow"), Action::Narrow)]);

pub(super) static KEYS: Table<Action> = table(
    t("待核对", "In doubt"),
    &[
        row(&[Key::Digit(1)], t("采纳", "Take"), Action::Take),
        row(&[Key::Digit(2)], t("改正", "Correct"), Action::Correct),
        row(&[Key::Digit(3)], t("照现在的", "Keep"), Action::Settle),
        row(&[Key::Digit(4)], t("同一户", "Same as"), Action::Same),
        row(&[Key::Enter], t("户卡", "Card"), Action::Open),
        row(&[Key::Tab], t("筛选", "Narrow"), Action::Narrow),
    ],
);

/// On what only tells people apart, which nobody writes here: the footer leaves out what cannot be done.
pub(super) static APART: Table<Action> = table(
    t("待核对: 只用来区分人的", "In doubt: what only tells apart"),
    &[
        row(&[Key::Digit(3)], t("照现在的", "Keep"), Action::Settle),
        row(&[Key::Digit(4)], t("同一户", "Same as"), Action::Same),
        row(&[Key::Enter], t("户卡", "Card"), Action::Open),
        row(&[Key::Tab], t("筛选", "Narrow"), Action::Narrow),
        row(&[Key::Digit(1)], t("采纳", "Take"), Action::Take).quiet(),
        row(&[Key::Digit(2)], t("改正", "Correct"), Action::Correct).quiet(),
    ],
);

pub(super) static NARROWING: Table<Action> = table(
    t("待核对: 筛选", "In doubt: narrow to"),
    &[
        row(&[Key::Enter, Key::Tab], t("筛选", "Narrow"), Action::Narrowed),
        row(&[Key::Esc], t("看全部", "Show all"), Action::Close),
    ],
)
.hint(t("村, 原因, 文件", "village, reason, file"));

pub(super) static WRITING: Table<Action> = table(
    t("待核对: 改正", "In doubt: the right value"),
    &[
        row(&[Key::Enter], t("记下", "Record"), Action::Record),
        row(&[Key::Esc], t("不改了", "Leave it"), Action::Close),
    ],
);
