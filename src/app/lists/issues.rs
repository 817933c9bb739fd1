//! 问题 and 建议, in order of time. What is confidential shows its text to scripts only.

use super::{Cell, Column, List, Query, kept, shown};
use crate::domain::{Class, Field, Issue, Kind, Line, Sort};
use crate::text::{Trouble, t};

pub const LIST: List = List {
    word: "issues",
    about: t("问题和建议", "issues and suggestions"),
    columns: COLUMNS,
    by_household: true,
    rows,
};

const COLUMNS: &[Column] = &[
    shown("at", t("登记", "recorded")),
    shown("head", t("户主", "head")),
    shown("village", t("村(居)", "village")),
    shown("kind", t("类型", "type")),
    shown("field", t("领域", "field")),
    shown("class", t("拟定级", "proposed class")),
    shown("recorder", t("登记人", "recorded by")),
    shown("text", t("内容", "text")),
    kept("confidential", t("保密", "confidential")),
    kept("done", t("当场怎么解决的", "what was done")),
    kept("with", t("同一件事", "same as")),
    kept("line", t("记下的一句", "line")),
    kept("visit", t("走访编号", "visit")),
    kept("household", t("户编号", "household")),
    kept("id", t("编号", "id")),
];

fn rows(query: &Query<'_>) -> Result<Vec<Vec<Cell>>, Trouble> {
    let mut issues = query.each(Issue::read)?;
    issues.sort_by_key(|(issue, _)| (issue.at, issue.name));
    let view = query.house.righted();
    let mut rows = Vec::new();
    for (issue, home) in issues {
        // Its own words, else those of the line it came from.
        let text = match issue.line {
            Some(line) if issue.text.is_empty() => {
                view.record(line)?.as_deref().and_then(Line::read).map(|line| line.text).unwrap_or_default()
            }
            _ => issue.text,
        };
        let hidden = issue.confidential;
        rows.push(vec![
            Cell::At(issue.at),
            if hidden { Cell::confidential(home.household.head.as_str()) } else { home.speaker() },
            Cell::text(home.household.village),
            Cell::named(&issue.kind, Kind::from_word(&issue.kind).map(Kind::name)),
            Cell::named(&issue.field, Field::from_word(&issue.field).map(Field::name)),
            Cell::named(&issue.class, Class::from_word(&issue.class).map(Class::name)),
            Cell::text(&issue.recorder),
            if hidden { Cell::confidential(text) } else { Cell::text(text) },
            Cell::Yes(hidden),
            Cell::text(&issue.done),
            issue.with.map_or(Cell::Nothing, |name| Cell::Id(Sort::Issue, name)),
            issue.line.map_or(Cell::Nothing, |name| Cell::Id(Sort::Line, name)),
            issue.visit.map_or(Cell::Nothing, |name| Cell::Id(Sort::Visit, name)),
            home.name.map_or(Cell::Nothing, |name| Cell::Id(Sort::Household, name)),
            Cell::Id(Sort::Issue, issue.name),
        ]);
    }
    Ok(rows)
}
