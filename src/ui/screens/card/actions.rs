//! What can be done with a household: the digits of its card, and which of it Enter does.

use crate::domain::Household;
use crate::text::{Text, t};
use crate::ui::keys::{Key, Row, Table, row, table};

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

/// Gives the actions, with what Enter does in a word.
const fn rows(first: Text) -> [Row<Action>; 8] {
    [
        row(&[Key::Enter], first, Action::First).again(),
        row(&[Key::Digit(1)], t("开始走访", "Start visit"), Action::Start).quiet(),
        row(&[Key::Digit(2)], t("电话访问", "Visit by phone"), Action::Phone).quiet(),
        row(&[Key::Digit(3)], t("预约", "Appointment"), Action::Appoint).quiet(),
        row(&[Key::Digit(4)], t("补录", "Enter later"), Action::FromPaper).quiet(),
        row(&[Key::Digit(5)], t("改资料", "Edit facts"), Action::Facts).quiet(),
        row(&[Key::Digit(6)], t("往来记录", "History"), Action::History).quiet(),
        row(&[], t("和另一户是同一户", "The same family as …"), Action::Same).quiet(),
    ]
}

pub(super) static HERE: Table<Action> = table(t("户卡", "Card"), &rows(t("走访", "Visit"))).advice(t(
    "坐下来谈就按 Enter 开始走访, 同时开始计时; 其余按上面的数字.",
    "Enter begins the visit and its timer; the digits above do the rest.",
));

pub(super) static AWAY: Table<Action> =
    table(t("户卡: 长期在外", "Card: away"), &rows(t("电话访问", "Visit by phone"))).advice(t(
        "长期在外的打电话, 按 Enter 开始; 人回来了按 1 当面谈.",
        "Who is away is called: Enter begins; 1 where somebody has come back.",
    ));

pub(super) static GONE: Table<Action> = table(t("户卡: 迁出, 去世", "Card: gone"), &rows(t("往来记录", "History")))
    .advice(t(
        "这一户不在册了: Enter 看往来记录; 其实还在的, 按 5 改状态.",
        "It is gone: Enter shows the history; where it is not, say so under 5.",
    ));

/// Gives the keys at a household, by what makes sense there first.
pub(super) fn keys(household: &Household) -> &'static Table<Action> {
    if household.is_gone() {
        &GONE
    } else if household.away {
        &AWAY
    } else {
        &HERE
    }
}
