//! 家庭成员. Health and phones are for scripts only.

use super::{Cell, Column, List, Query, kept, shown};
use std::collections::BTreeSet;

use crate::domain::{Name, Record, Sort, Value, choice};
use crate::text::{Trouble, t};

pub const LIST: List =
    List {
        word: "members", about: t("家庭成员", "members of families"), columns: COLUMNS, by_household: true, rows
    };

const COLUMNS: &[Column] = &[
    shown("head", t("户主", "head")),
    shown("village", t("村(居)", "village")),
    shown("name", t("姓名", "name")),
    shown("relation", t("与户主关系", "relation")),
    shown("sex", t("性别", "sex")),
    shown("birth_year", t("出生年", "birth year")),
    kept("health", t("身体状况", "health")),
    kept("phone", t("电话", "phone")),
    kept("away", t("在外", "away")),
    kept("remark", t("备注", "remark")),
    kept("household", t("户编号", "household")),
    kept("id", t("编号", "id")),
];

fn rows(query: &Query<'_>) -> Result<Vec<Vec<Cell>>, Trouble> {
    let mut members = query.each(|record| {
        let is_one = record.sort() == Some(Sort::Member) && !record.is_retracted();
        is_one.then(|| record.clone())
    })?;
    let mut shown = BTreeSet::new();
    for home in members.iter().filter_map(|(_, home)| home.name).collect::<BTreeSet<Name>>() {
        if query.house.shelf(|shelf, _| shelf.is_hidden(home)) {
            continue;
        }
        let people = query.house.shelf(|shelf, view| shelf.members_of(home, view))?;
        shown.extend(people.iter().map(|record| record.entity()));
    }
    members.retain(|(record, _)| shown.contains(&record.entity()));
    members.sort_by(|(a, at), (b, bt)| {
        (&at.household.village, at.name, a.entity()).cmp(&(&bt.household.village, bt.name, b.entity()))
    });
    let rows = members.into_iter().map(|(record, home)| {
        let text = |key: &str| record.text(key).unwrap_or_default();
        vec![
            Cell::name(home.household.head),
            Cell::place(home.household.village),
            Cell::name(text("name")),
            Cell::text(text("relation")),
            Cell::choice(choice::SEXES, text("sex")),
            Cell::number(number(&record, "birth_year")),
            Cell::choice(choice::HEALTH, text("health")),
            Cell::text(text("phone")),
            Cell::value(record.value("away")),
            Cell::text(text("remark")),
            home.name.map_or(Cell::Nothing, |name| Cell::Id(Sort::Household, name)),
            Cell::Id(Sort::Member, record.entity()),
        ]
    });
    Ok(rows.collect())
}

fn number(record: &Record, key: &str) -> Option<i64> {
    record.value(key).and_then(Value::as_number)
}
