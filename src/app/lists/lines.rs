//! 记下的: every line that was written down, in order of time. A line that became something confidential hides its words.

use super::{Cell, Column, List, Query, kept, shown};
use crate::domain::{Issue, Line, Name, Sort};
use crate::text::{Trouble, t};

pub const LIST: List =
    List { word: "lines", about: t("记下的话", "lines written down"), columns: COLUMNS, by_household: true, rows };

const COLUMNS: &[Column] = &[
    shown("at", t("时间", "time")),
    shown("head", t("户主", "head")),
    shown("village", t("村(居)", "village")),
    shown("recorder", t("记录人", "written by")),
    shown("issue", t("已归类", "is an issue")),
    shown("text", t("内容", "text")),
    kept("visit", t("走访编号", "visit")),
    kept("household", t("户编号", "household")),
    kept("id", t("编号", "id")),
];

fn rows(query: &Query<'_>) -> Result<Vec<Vec<Cell>>, Trouble> {
    let mut lines = query.each(Line::read)?;
    lines.sort_by_key(|(line, _)| (line.at, line.name));
    let mut rows = Vec::new();
    for (line, home) in lines {
        let issue = issue_of(query, line.name)?;
        let hidden = issue.as_ref().is_some_and(|issue| issue.confidential);
        rows.push(vec![
            Cell::At(line.at),
            if hidden { Cell::confidential(home.household.head.as_str()) } else { home.speaker() },
            home.village(hidden),
            Cell::text(&line.recorder),
            Cell::Yes(issue.is_some()),
            if hidden { Cell::confidential(line.text) } else { Cell::text(line.text) },
            line.visit.map_or(Cell::Nothing, |name| Cell::Id(Sort::Visit, name)),
            home.name.map_or(Cell::Nothing, |name| Cell::Id(Sort::Household, name)),
            Cell::Id(Sort::Line, line.name),
        ]);
    }
    Ok(rows)
}

/// Gives the issue that a line became, if it became one.
fn issue_of(query: &Query<'_>, line: Name) -> Result<Option<Issue>, Trouble> {
    query.house.shelf(|shelf, view| {
        for issue in shelf.children_of(line, Sort::Issue) {
            if let Some(issue) = view.record(issue)?.as_deref().and_then(Issue::read) {
                return Ok(Some(issue));
            }
        }
        Ok(None)
    })
}
