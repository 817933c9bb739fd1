//! 同户不同项: different facts of one household, or issue, that people changed without having seen each other's; one row for each
//! change. There is nothing to choose.

use super::{Cell, Column, List, Query, kept, shown};
use crate::app::{Glance, Progress};
use crate::domain::Sort;
use crate::text::{Trouble, t};

pub const LIST: List = List {
    word: "parallel",
    about: t(
        "同户不同项: 各人改了同一户 (或同一件问题) 的不同项, 改的时候谁也没有看到谁的; 每项一行, 没有要选的. 只看最近几次合并, 最多 200 户",
        "different facts of one household (or issue) that people changed without having seen each other's, one row for each; nothing is to be chosen. Of the last merges only, 200 households at most",
    ),
    columns: COLUMNS,
    by_household: true,
    rows,
};

const COLUMNS: &[Column] = &[
    shown("head", t("户主", "head")),
    shown("place", t("住在", "place")),
    shown("fact", t("项目", "fact")),
    shown("value", t("写的是", "value")),
    shown("by", t("谁写的", "by")),
    shown("at", t("何时", "at")),
    shown("device", t("哪台电脑", "laptop")),
    kept("household", t("户编号", "household")),
    kept("issue", t("问题编号", "issue")),
];

fn rows(query: &Query<'_>) -> Result<Vec<Vec<Cell>>, Trouble> {
    let all = query.house.crossed(&query.place.peers(), query.journal, &Progress::default())?;
    let mut rows = Vec::new();
    for one in all.iter().filter(|one| one.household.is_none_or(|home| query.asks_about(home))) {
        let head = one.household.map(|name| query.house.household(name)).transpose()?.map(|home| home.head.to_string());
        for change in one.changes.iter().cloned() {
            let value = if change.glance == Glance::Alone && !change.written.is_empty() {
                Cell::on_card(&change.written)
            } else {
                Cell::Told(change.written, change.value)
            };
            rows.push(vec![
                Cell::Told(head.clone().unwrap_or_default(), one.head.clone()),
                Cell::place(&one.place),
                Cell::Told(change.key, change.fact),
                value,
                Cell::text(&change.actor),
                Cell::At(change.at),
                Cell::text(&change.laptop),
                one.household.map_or(Cell::Nothing, |name| Cell::Id(Sort::Household, name)),
                one.issue.map_or(Cell::Nothing, |name| Cell::Id(Sort::Issue, name)),
            ]);
        }
    }
    Ok(rows)
}
