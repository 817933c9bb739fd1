//! What can be done with a household: the digits of its card.

use crate::text::t;
use crate::ui::keys::{Key, Table, row, table};

/// What can be done on a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Does the first thing that makes sense now.
    First,
    /// Starts a visit, or goes back to it.
    Start,
    /// Starts a visit by phone.
    Phone,
    /// Makes or changes an appointment.
    Appoint,
    /// Enters a visit later from paper.
    FromPaper,
    /// Changes what is known.
    Facts,
    /// Shows everything that happened.
    History,
    /// Says which other household is the same family.
    Same,
}

pub(super) static KEYS: Table<Action> = table(
    t("户卡", "Card"),
    &[
        row(&[Key::Enter], t("走访", "Visit"), Action::First),
        row(&[Key::Digit(1)], t("开始走访", "Start visit"), Action::Start).quiet(),
        row(&[Key::Digit(2)], t("电话访问", "Visit by phone"), Action::Phone).quiet(),
        row(&[Key::Digit(3)], t("预约", "Appointment"), Action::Appoint).quiet(),
        row(&[Key::Digit(4)], t("补录", "Enter later"), Action::FromPaper).quiet(),
        row(&[Key::Digit(5)], t("改资料", "Edit facts"), Action::Facts).quiet(),
        row(&[Key::Digit(6)], t("往来记录", "History"), Action::History).quiet(),
        row(&[], t("和另一户是同一户", "The same family as …"), Action::Same).quiet(),
    ],
)
.advice(t(
    "坐下来谈就按 Enter 开始走访, 同时开始计时; 其余按上面的数字.",
    "Enter begins the visit and its timer; the digits above do the rest.",
));
