//! 受访户: every household with how it stands.

use super::{Cell, Column, List, Query, kept, shown};
use crate::app::house::face;
use crate::domain::{Sort, choice};
use crate::text::{Trouble, t};

pub const LIST: List =
    List { word: "households", about: t("受访户", "households"), columns: COLUMNS, by_household: true, rows };

const COLUMNS: &[Column] = &[
    shown("head", t("户主", "head")),
    shown("sex", t("性别", "sex")),
    shown("age", t("年龄", "age")),
    shown("kind", t("类别", "kind")),
    shown("town", t("镇(街道)", "township")),
    shown("village", t("村(居)", "village")),
    shown("group", t("组", "group")),
    shown("door", t("门牌", "door")),
    shown("phones", t("电话", "phone")),
    shown("state", t("走访", "visits")),
    kept("covered", t("已覆盖", "covered")),
    kept("visited_at", t("走访时间", "visited at")),
    kept("minutes", t("计时分钟", "counted minutes")),
    kept("appointment", t("预约", "appointment")),
    kept("birth_year", t("出生年", "birth year")),
    kept("nickname", t("小名", "nickname")),
    kept("spouse", t("配偶", "spouse")),
    kept("size", t("家庭人口", "people")),
    kept("away", t("长期在外", "away")),
    kept("paired", t("结对干部", "paired visitor")),
    kept("preferred_time", t("方便时间", "best time")),
    kept("standing", t("状态", "standing")),
    kept("remark", t("备注", "remark")),
    kept("doubts", t("待核对", "cells in doubt")),
    kept("id", t("编号", "id")),
];

fn rows(query: &Query<'_>) -> Result<Vec<Vec<Cell>>, Trouble> {
    let year = i64::from(chrono::Datelike::year(&crate::domain::local::day(query.now_ms)));
    let mut rows = Vec::new();
    for (name, one) in query.households()? {
        let standing = query.house.shelf(|shelf, _| shelf.standing(name));
        let covered = standing.is_covered();
        let state = face::standing_words(&one, &standing, query.now_ms);
        let visited = standing.visited.as_ref();
        rows.push(vec![
            Cell::name(&one.head),
            Cell::choice(choice::SEXES, &one.sex),
            Cell::number(one.age(year)),
            Cell::choice(choice::HOUSEHOLD_KINDS, &one.kind),
            Cell::place(&one.town),
            Cell::place(&one.village),
            Cell::place(&one.group),
            Cell::place(&one.door),
            Cell::Phones(one.phones.iter().map(ToString::to_string).collect()),
            Cell::Word(state_word(&one.standing, &standing, covered).to_owned(), state),
            Cell::Yes(covered),
            Cell::at(visited.map(|visit| visit.at)),
            Cell::number(visited.map(|visit| visit.counted_ms / 60_000)),
            Cell::at(standing.told(query.now_ms).map(|one| one.at)),
            Cell::number(one.birth_year),
            Cell::name(&one.nickname),
            Cell::name(&one.spouse),
            Cell::number(one.size),
            Cell::Yes(one.away),
            Cell::name(&one.paired),
            Cell::text(&one.preferred_time),
            Cell::choice(choice::STANDING, &one.standing),
            Cell::text(&one.remark),
            Cell::Number(i64::try_from(one.doubts.len()).unwrap_or(i64::MAX)),
            Cell::Id(Sort::Household, name),
        ]);
    }
    Ok(rows)
}

/// Gives the word scripts get for how a household stands.
fn state_word(listed: &str, standing: &crate::app::Standing, covered: bool) -> &'static str {
    match listed {
        "moved" => "moved",
        "deceased" => "deceased",
        _ if covered => "visited",
        _ if standing.visited.is_some() => "short",
        _ if standing.tried.is_some() => "tried",
        _ => "not_visited",
    }
}
