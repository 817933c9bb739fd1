//! 走访数量: how many are to be visited at least, and how many were (plan 二(二)1).

use super::{Cell, Column, List, Query, shown};
use crate::domain::campaign::QuotaUnit;
use crate::domain::choice;
use crate::text::{Said, Text, Trouble, t};

pub const LIST: List = List {
    word: "quotas",
    about: t("应访数量和已访数量", "how many are to be visited, and how many were"),
    columns: COLUMNS,
    by_household: false,
    rows,
};

const COLUMNS: &[Column] = &[
    shown("kinds", t("类别", "kinds")),
    shown("wanted", t("应访", "wanted")),
    shown("covered", t("已访", "visited")),
    shown("left", t("还差", "left")),
    shown("listed", t("名册上", "listed")),
];

/// Kinds of households that are counted together.
const TOGETHER: [&[&str]; 3] = [&["supported"], &["community", "self_employed"], &["enterprise"]];

fn rows(query: &Query<'_>) -> Result<Vec<Vec<Cell>>, Trouble> {
    let campaign = query.house.campaign();
    let (quota, by_persons) = (campaign.quota(), campaign.quota.count == QuotaUnit::Persons);
    let wanted = [quota.supported, quota.community, quota.enterprises].map(i64::from);
    let households = query.households()?;
    let rows = TOGETHER.iter().zip(wanted).map(|(kinds, wanted)| {
        let (mut listed, mut covered) = (0, 0);
        for (name, one) in households.iter().filter(|(_, one)| kinds.contains(&one.kind.as_str())) {
            // Where persons count, a household of unknown size is at least its head.
            let counts = if by_persons { one.size.unwrap_or(1).max(1) } else { 1 };
            listed += counts;
            covered += if query.house.shelf(|shelf, _| shelf.standing(*name)).is_covered() { counts } else { 0 };
        }
        vec![
            Cell::Word(kinds.join(" "), names(kinds)),
            Cell::Number(wanted),
            Cell::Number(covered),
            Cell::Number((wanted - covered).max(0)),
            Cell::Number(listed),
        ]
    });
    Ok(rows.collect())
}

fn names(kinds: &[&str]) -> Said {
    let name = |at: usize| -> Text {
        let kind = kinds.get(at).copied().unwrap_or_default();
        choice::name_of(choice::HOUSEHOLD_KINDS, kind).unwrap_or(t("", ""))
    };
    if kinds.len() == 1 {
        return name(0).into();
    }
    Said::from(t("{one}, {other}", "{one}, {other}")).with_words("one", name(0)).with_words("other", name(1))
}
