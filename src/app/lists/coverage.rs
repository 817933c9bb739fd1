//! 覆盖 不落一户: for each village how many households there are, how many are covered, how many are left (plan 二(二)3).

use std::collections::BTreeMap;

use super::{Cell, Column, List, Query, shown};
use crate::domain::Word;
use crate::text::{Trouble, t};

pub const LIST: List = List {
    word: "coverage",
    about: t("各村覆盖情况", "coverage of each village"),
    columns: COLUMNS,
    by_household: true,
    rows,
};

const COLUMNS: &[Column] = &[
    shown("town", t("镇(街道)", "township")),
    shown("village", t("村(居)", "village")),
    shown("households", t("户数", "households")),
    shown("covered", t("已访", "visited")),
    shown("by_phone", t("其中电话", "of them by phone")),
    shown("short", t("不足", "short")),
    shown("refused", t("拒访", "refused")),
    shown("left", t("未访", "left")),
    shown("out", t("迁出去世", "moved or deceased")),
    shown("percent", t("覆盖%", "covered %")),
];

#[derive(Default)]
struct Count {
    households: i64,
    covered: i64,
    by_phone: i64,
    short: i64,
    refused: i64,
    out: i64,
}

fn rows(query: &Query<'_>) -> Result<Vec<Vec<Cell>>, Trouble> {
    let mut villages: BTreeMap<(Word, Word), Count> = BTreeMap::new();
    for (name, one) in query.households()? {
        let standing = query.house.shelf(|shelf, _| shelf.standing(name));
        let count = villages.entry((one.town, one.village)).or_default();
        let covered = standing.is_covered();
        // Moved out and deceased are taken out of the count, unless they were visited before.
        if one.standing != "here" && !covered {
            count.out += 1;
            continue;
        }
        count.households += 1;
        count.covered += i64::from(covered);
        count.by_phone += i64::from(covered && standing.visited.as_ref().is_some_and(|visit| visit.by_phone));
        count.short += i64::from(!covered && standing.visited.is_some());
        count.refused += i64::from(!covered && standing.tried.as_ref().is_some_and(|(how, _)| how == "refused"));
    }
    let rows = villages.into_iter().map(|((town, village), count)| {
        vec![
            Cell::place(town),
            Cell::place(village),
            Cell::Number(count.households),
            Cell::Number(count.covered),
            Cell::Number(count.by_phone),
            Cell::Number(count.short),
            Cell::Number(count.refused),
            Cell::Number(count.households - count.covered),
            Cell::Number(count.out),
            // Rounded down: 100 means all.
            Cell::Number(if count.households == 0 { 100 } else { count.covered * 100 / count.households }),
        ]
    });
    Ok(rows.collect())
}
