//! 导入: which lists were brought in.

use super::{Cell, Column, List, Query, shown};
use crate::app::imported_lists;
use crate::domain::Sort;
use crate::text::{Trouble, t};

pub const LIST: List = List {
    word: "imports",
    about: t("导入过的名册", "rosters brought in"),
    columns: COLUMNS,
    by_household: false,
    rows,
};

const COLUMNS: &[Column] = &[
    shown("at", t("时间", "at")),
    shown("file", t("文件", "file")),
    shown("title", t("标题", "title")),
    shown("households", t("户数", "households")),
    shown("id", t("编号", "id")),
];

fn rows(query: &Query<'_>) -> Result<Vec<Vec<Cell>>, Trouble> {
    let all = imported_lists(query.house)?;
    let row = |listed: crate::app::Listed| {
        let households = query.house.shelf(|shelf, _| shelf.households_of(listed.writer));
        vec![
            Cell::At(listed.when),
            Cell::text(&listed.file),
            Cell::text(&listed.title),
            Cell::Number(i64::try_from(households).unwrap_or(i64::MAX)),
            Cell::Id(Sort::Import, listed.import),
        ]
    };
    Ok(all.into_iter().map(row).collect())
}
