//! 名册不同, 不再列入: what the newest rosters say otherwise, and whom they no longer list.

use super::{Cell, List, Query, kept, shown};
use crate::app::{Compared, Progress, What};
use crate::domain::facts::{self, Eyes, Shape};
use crate::domain::{Sort, Value};
use crate::text::{Trouble, t};

pub const DIFFERENCES: List = List {
    word: "differences",
    about: t("名册不同: 新名册和我们写的不一样", "where a newer roster says otherwise than people wrote"),
    columns: &[
        shown("head", t("户主", "head")),
        shown("place", t("住在", "place")),
        shown("fact", t("项目", "fact")),
        shown("ours", t("现在用的", "in use")),
        shown("listed", t("名册写的", "as listed")),
        kept("household", t("户编号", "household")),
        kept("row", t("名册行编号", "row")),
    ],
    by_household: true,
    rows: differences,
};

pub const UNLISTED: List = List {
    word: "unlisted",
    about: t("不再列入: 本村最新的名册没有列的户", "households that the newest roster of their village does not list"),
    columns: &[
        shown("head", t("户主", "head")),
        shown("place", t("住在", "place")),
        shown("visits", t("走访", "visits")),
        kept("household", t("户编号", "household")),
        kept("roster", t("名册编号", "roster")),
    ],
    by_household: true,
    rows: unlisted,
};

fn compared(query: &Query<'_>) -> Result<Vec<Compared>, Trouble> {
    let mut all = query.house.compared(query.now_ms, &Progress::default())?;
    all.retain(|compared| query.asks_about(compared.household));
    Ok(all)
}

fn differences(query: &Query<'_>) -> Result<Vec<Vec<Cell>>, Trouble> {
    let rows = compared(query)?.into_iter().filter_map(|one| match one.what {
        What::Differs { key, ours, listed, row } => {
            let fact = facts::find(Sort::Household, &key);
            let cell = |value: Option<&Value>| match (fact.map(|fact| (fact.shape, fact.eyes)), value) {
                (Some((Shape::Choice(list), _)), Some(Value::Text(word))) => Cell::choice(list, word),
                (Some((_, Eyes::Card)), Some(Value::Text(text))) => Cell::on_card(text),
                _ => Cell::value(value),
            };
            Some(vec![
                Cell::name(one.head),
                Cell::text(one.place),
                Cell::named(&key, fact.map(|fact| fact.name)),
                cell(ours.as_ref()),
                cell(Some(&listed)),
                Cell::Id(Sort::Household, one.household),
                Cell::Id(Sort::Household, row),
            ])
        }
        What::Unlisted { .. } => None,
    });
    Ok(rows.collect())
}

fn unlisted(query: &Query<'_>) -> Result<Vec<Vec<Cell>>, Trouble> {
    let rows = compared(query)?.into_iter().filter_map(|one| match one.what {
        What::Unlisted { roster, face } => Some(vec![
            Cell::name(one.head),
            Cell::text(one.place),
            Cell::Word(face.standing.say(crate::text::Lang::Zh), face.standing),
            Cell::Id(Sort::Household, one.household),
            Cell::Text(roster.to_string()),
        ]),
        What::Differs { .. } => None,
    });
    Ok(rows.collect())
}
