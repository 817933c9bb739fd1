//! 缺: records that somebody wrote and that have not come here, with who has them.

use super::{Cell, Column, List, Query, shown};
use crate::text::{Trouble, t};

pub const LIST: List = List {
    word: "missing",
    about: t("写了而没有传到这里的记录, 谁那里有", "records that have not come here, and who has them"),
    columns: COLUMNS,
    by_household: false,
    rows,
};

const COLUMNS: &[Column] = &[
    shown("group", t("小组", "group")),
    shown("visitors", t("走访干部", "visitors")),
    shown("roster", t("名册", "roster")),
    shown("records", t("缺", "missing")),
    shown("first", t("从第", "from")),
    shown("last", t("到第", "to")),
    shown("more", t("还有别的段", "and other pieces")),
    shown("holders", t("谁那里有", "who has them")),
];

/// Names a roster by its list, as far as that is known here.
fn roster(called: String) -> Cell {
    let words = if called.is_empty() {
        t("(一份名册)", "(a roster)").into()
    } else {
        t("{it}", "{it}").with("it", &called)
    };
    Cell::Told(called, words)
}

#[expect(clippy::unnecessary_wraps, reason = "a row of the table of lists")]
fn rows(query: &Query<'_>) -> Result<Vec<Vec<Cell>>, Trouble> {
    let missing = query.house.missing(&query.place.peers());
    let row = |one: crate::app::Missing| {
        let more = one.is_in_pieces();
        let whose = one.whose.unwrap_or_default();
        let holders = one.holders.iter().map(|holder| format!("{} {}", holder.group, holder.visitors.join("、")));
        vec![
            Cell::text(&whose.group),
            Cell::Words(whose.visitors),
            one.of_roster.map_or(Cell::Nothing, roster),
            Cell::Number(i64::try_from(one.count).unwrap_or(i64::MAX)),
            Cell::Number(one.first.0.into()),
            Cell::Number(one.first.1.into()),
            Cell::Yes(more),
            Cell::Words(holders.collect()),
        ]
    };
    Ok(missing.into_iter().map(row).collect())
}
