//! 工作任务: the campaign's task table with what is due next (plan, 附件).

use super::{Cell, Column, List, Query, shown};
use crate::domain::local;
use crate::text::{Trouble, t};

pub const LIST: List =
    List {
        word: "tasks", about: t("工作任务", "tasks of the campaign"), columns: COLUMNS, by_household: false, rows
    };

const COLUMNS: &[Column] = &[
    shown("number", t("序号", "number")),
    shown("next_due", t("下次时限", "due next")),
    shown("due", t("时限", "due")),
    shown("lead", t("责任领导", "lead")),
    shown("unit", t("责任单位", "unit")),
    shown("persons", t("责任人", "persons")),
    shown("text", t("任务", "task")),
];

#[expect(clippy::unnecessary_wraps, reason = "a row of the table of lists")]
fn rows(query: &Query<'_>) -> Result<Vec<Vec<Cell>>, Trouble> {
    let today = local::day(query.now_ms);
    let rows = query.house.campaign().tasks.iter().map(|task| {
        vec![
            Cell::Number(i64::from(task.number)),
            task.next_due(today).map_or(Cell::Nothing, |day| Cell::Text(day.to_string())),
            Cell::Words(task.due_days().iter().map(ToString::to_string).collect()),
            Cell::Words(task.lead.clone()),
            Cell::Words(task.unit.clone()),
            Cell::Words(task.persons.clone()),
            Cell::text(&task.text),
        ]
    });
    Ok(rows.collect())
}
