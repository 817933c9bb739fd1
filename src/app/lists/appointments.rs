//! 预约 in order of time (plan 二(二)3(1): 实行预约走访).

use super::{Cell, Column, List, Query, kept, shown};
use crate::app::house::face;
use crate::domain::{Sort, Value, choice};
use crate::text::{Trouble, t};

pub const LIST: List =
    List { word: "appointments", about: t("预约", "appointments"), columns: COLUMNS, by_household: true, rows };

const COLUMNS: &[Column] = &[
    shown("at", t("时间", "time")),
    shown("head", t("户主", "head")),
    shown("village", t("村(居)", "village")),
    shown("place", t("组 门牌", "group, door")),
    shown("kind", t("方式", "way")),
    shown("confirmed", t("已确认", "confirmed")),
    shown("outcome", t("结果", "outcome")),
    kept("household", t("户编号", "household")),
    kept("id", t("编号", "id")),
];

fn rows(query: &Query<'_>) -> Result<Vec<Vec<Cell>>, Trouble> {
    let mut all = query.each(|record| {
        let is_one = record.sort() == Some(Sort::Appointment) && !record.is_retracted();
        is_one.then(|| (record.value("at").and_then(Value::as_at).unwrap_or_default(), record.clone()))
    })?;
    all.sort_by_key(|((at, record), _)| (*at, record.entity()));
    let rows = all.into_iter().map(|((at, record), home)| {
        let text = |key: &str| record.text(key).unwrap_or_default();
        vec![
            Cell::At(at),
            Cell::name(&home.household.head),
            Cell::place(&home.household.village),
            Cell::place(face::group_and_door(&home.household)),
            Cell::choice(choice::VISIT_KINDS, text("kind")),
            Cell::Yes(record.value("confirmed").is_some_and(Value::is_yes)),
            Cell::text(text("outcome")),
            home.name.map_or(Cell::Nothing, |name| Cell::Id(Sort::Household, name)),
            Cell::Id(Sort::Appointment, record.entity()),
        ]
    });
    Ok(rows.collect())
}
