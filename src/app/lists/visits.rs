//! 走访: every visit, counted or not, in order of time.

use super::{Cell, Column, List, Query, kept, shown};
use crate::domain::{Sort, Visit, choice};
use crate::text::{Trouble, t};

pub const LIST: List =
    List { word: "visits", about: t("走访", "visits"), columns: COLUMNS, by_household: true, rows };

const COLUMNS: &[Column] = &[
    shown("started", t("时间", "time")),
    shown("head", t("户主", "head")),
    shown("village", t("村(居)", "village")),
    shown("kind", t("方式", "way")),
    shown("purpose", t("目的", "purpose")),
    shown("visitors", t("走访干部", "visitors")),
    shown("minutes", t("分钟", "minutes")),
    shown("outcome", t("结果", "outcome")),
    shown("covers", t("算数", "counts")),
    shown("entered_later", t("补录", "later")),
    kept("proven_ms", t("计时毫秒", "proven ms")),
    kept("declared_ms", t("自述毫秒", "declared ms")),
    kept("ended", t("结束", "ended")),
    kept("short_why", t("不足原因", "why short")),
    kept("satisfaction", t("满意度", "satisfaction")),
    kept("told", t("讲解", "explained")),
    kept("gave", t("发放", "handed over")),
    kept("next", t("下次联系", "next contact")),
    kept("household", t("户编号", "household")),
    kept("id", t("编号", "id")),
];

fn rows(query: &Query<'_>) -> Result<Vec<Vec<Cell>>, Trouble> {
    let counting = query.house.counting();
    let mut visits = query.each(Visit::read)?;
    visits.sort_by_key(|(visit, _)| (visit.started, visit.name));
    let rows = visits.into_iter().map(|(visit, home)| {
        let may_be_phoned = home.household.may_be_phoned();
        vec![
            Cell::At(visit.started),
            Cell::name(home.household.head),
            Cell::place(home.household.village),
            Cell::choice(choice::VISIT_KINDS, &visit.kind),
            Cell::choice(choice::PURPOSES, &visit.purpose),
            Cell::Words(visit.visitors.clone()),
            Cell::Number(visit.counted_minutes()),
            match visit.outcome.as_str() {
                "" => Cell::Word("running".to_owned(), t("进行中", "running").into()),
                outcome => Cell::choice(choice::OUTCOMES, outcome),
            },
            Cell::Yes(visit.covers(counting, may_be_phoned)),
            Cell::Yes(visit.entered_later),
            Cell::Number(visit.proven_ms),
            Cell::Number(visit.declared_ms),
            Cell::at(visit.ended),
            Cell::text(&visit.short_why),
            Cell::choice(choice::SATISFACTION, &visit.satisfaction),
            Cell::Words(visit.told.clone()),
            Cell::Words(visit.gave.clone()),
            Cell::text(&visit.next),
            home.name.map_or(Cell::Nothing, |name| Cell::Id(Sort::Household, name)),
            Cell::Id(Sort::Visit, visit.name),
        ]
    });
    Ok(rows.collect())
}
