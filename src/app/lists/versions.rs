//! 名册的另一版: lists whose households are known from an earlier one, to be joined with one request.

use super::{Cell, Column, List, Query, shown};
use crate::app::Progress;
use crate::domain::Sort;
use crate::text::{Trouble, t};

pub const LIST: List = List {
    word: "versions",
    about: t(
        "名册的另一版: 和原有的户对得上, 还没有并 (roster.bind 一次并完)",
        "versions of a roster whose households are known and not joined yet (roster.bind joins them)",
    ),
    columns: COLUMNS,
    by_household: false,
    rows,
};

const COLUMNS: &[Column] = &[
    shown("file", t("文件", "file")),
    shown("bound", t("对得上", "found again")),
    shown("alone", t("名册里没并的户", "households standing alone")),
    shown("import", t("导入编号", "import")),
];

fn rows(query: &Query<'_>) -> Result<Vec<Vec<Cell>>, Trouble> {
    let count = |count: usize| Cell::Number(i64::try_from(count).unwrap_or(i64::MAX));
    let versions = query.house.doubled(query.now_ms, &Progress::default())?.versions;
    let row = |version: crate::app::Version| {
        vec![
            Cell::text(version.file),
            count(version.bound.len()),
            count(version.alone),
            Cell::Id(Sort::Import, version.import),
        ]
    };
    Ok(versions.into_iter().map(row).collect())
}
