//! 待核对: cells of rosters that could not be taken at face value, with the reason.

use super::{Cell, Column, List, Query, kept, shown};
use crate::app::{DoubtfulCell, Glance};
use crate::domain::Sort;
use crate::domain::facts;
use crate::intake::{FIELDS, Why};
use crate::text::{Trouble, t};

pub const LIST: List =
    List {
        word: "doubts", about: t("待核对的格子", "cells in doubt"), columns: COLUMNS, by_household: true, rows
    };

const COLUMNS: &[Column] = &[
    shown("head", t("户主", "head")),
    shown("village", t("村(居)", "village")),
    kept("file", t("文件", "file")),
    shown("row", t("名单行", "row")),
    shown("fact", t("项目", "fact")),
    shown("raw", t("原文", "as written")),
    shown("why", t("原因", "why")),
    kept("code", t("原因词", "reason word")),
    shown("household", t("户编号", "household")),
];

fn rows(query: &Query<'_>) -> Result<Vec<Vec<Cell>>, Trouble> {
    let cells = query.house.doubts()?.into_iter().filter(|cell| query.asks_about(cell.household));
    let rows = cells
        .map(|DoubtfulCell { household, head, village, file, row, doubt, .. }| {
            let fact = facts::find(Sort::Household, &doubt.key);
            let field = FIELDS.iter().find(|row| row.field.fact() == doubt.key);
            let is_phone = doubt.key.starts_with("phone/");
            let why = Why::from_stored(&doubt.why);
            let code = why.as_ref().map_or_else(|| doubt.why.to_string(), |why| why.code().to_owned());
            let said = why.as_ref().map_or_else(|| t("{why}", "{why}").with("why", &doubt.why), Why::said);
            vec![
                Cell::name(head),
                Cell::place(village),
                Cell::text(file),
                Cell::Number(i64::from(row)),
                Cell::named(&doubt.key, field.map(|row| row.label).or(fact.map(|fact| fact.name))),
                match Glance::of_cell(&doubt) {
                    Glance::Alone => Cell::on_card(&doubt.raw),
                    _ if is_phone => Cell::Phones(vec![doubt.raw.to_string()]),
                    _ => Cell::name(&doubt.raw),
                },
                Cell::Word(said.say(crate::text::Lang::Zh), said),
                Cell::text(code),
                Cell::Id(Sort::Household, household),
            ]
        })
        .collect();
    Ok(rows)
}
