//! 谁走访谁反馈: which households each visitor has to tell, from the moment an issue is solved or to be explained (plan 二(三)4).

use super::{Cell, Column, List, Query, issues, kept, shown};
use crate::domain::Sort;
use crate::text::{Trouble, t};

pub const LIST: List = List {
    word: "duties",
    about: t("待反馈: 谁走访谁反馈", "households to be told, by who visited them"),
    columns: COLUMNS,
    by_household: true,
    rows,
};

const COLUMNS: &[Column] = &[
    shown("teller", t("谁反馈", "told by")),
    shown("head", t("户主", "head")),
    shown("village", t("村(居)", "village")),
    shown("state", t("现状", "state")),
    shown("since", t("起于", "since")),
    shown("due", t("时限", "due")),
    shown("light", t("按期", "in time")),
    shown("attempts", t("没联系到", "attempts")),
    shown("text", t("内容", "text")),
    kept("household", t("户编号", "household")),
    kept("id", t("编号", "id")),
];

fn rows(query: &Query<'_>) -> Result<Vec<Vec<Cell>>, Trouble> {
    let mut listed = issues::listed(query)?;
    listed.retain(|listed| listed.case.state.is_to_be_told());
    listed.sort_by_key(|listed| {
        let due = listed.timed.map(|timed| timed.deadline.due);
        (listed.case.teller().to_owned(), due.is_none(), due, listed.case.issue.at, listed.case.issue.name)
    });
    let rows = listed.iter().map(|listed| {
        let case = &listed.case;
        let own = case.flow.heads().next_back().map_or(case.issue.at, |step| step.at);
        let since = case.solved_by().map_or(own, |step| step.at.max(own));
        vec![
            Cell::text(case.teller()),
            listed.head(),
            listed.home.village(case.issue.confidential),
            listed.state(),
            Cell::At(since),
            listed.due(query.now_ms),
            listed.lamp(query.now_ms),
            Cell::number(i64::try_from(case.flow.attempts()).ok()),
            listed.text(),
            listed.home.name.map_or(Cell::Nothing, |name| Cell::Id(Sort::Household, name)),
            Cell::Id(Sort::Issue, case.issue.name),
        ]
    });
    Ok(rows.collect())
}
