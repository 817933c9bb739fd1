//! 为什么 on a card: why the household counts as covered or not, and what it is owed.

use super::sheet::Sheet;
use crate::domain::{Calendar, local};
use crate::text::{Said, t};

/// Explains whether the household is covered.
pub(super) fn covered(sheet: &Sheet, minimum: i64) -> Option<Said> {
    let visited = sheet.standing.visited.as_ref()?;
    Some(if visited.covers {
        t(
            "这一户已覆盖: {day} 的走访计 {m} 分钟. 方案二(二)3(1): 每户不少于 {minimum} 分钟.",
            "This household is covered: the visit of {day} counts {m} {m:minute|minutes}. Plan 2(2)3(1): at least {minimum} {minimum:minute|minutes} each.",
        )
    } else {
        t(
            "这一户还没覆盖: {day} 的走访只计 {m} 分钟, 或是没有登记在外原因的电话. 方案二(二)3(1).",
            "This household is not covered: the visit of {day} counts {m} {m:minute|minutes} only, or it was a call without a \
             recorded reason for being away. Plan 2(2)3(1).",
        )
    }
    .with("day", local::short_day(visited.at))
    .with("minimum", minimum)
    .with("m", visited.counted_ms / 60_000))
}

/// Explains what the household is owed; none where nothing is.
pub(super) fn owed(sheet: &Sheet) -> Option<Said> {
    let owed = sheet.owed();
    let first = owed.first()?;
    let said = t(
        "欠反馈 {n} 件: 办结了或解释不了的, 还没有当面告诉这一户. 谁走访谁反馈 (方案二(三)4).",
        "To be told, {n}: solved, or not supported, and this household was not told yet. Who visited tells (plan 2(3)4).",
    );
    let said = said.with("n", owed.len());
    Some(match first.answer {
        Some(timed) => said.then(timed.deadline.why(Calendar::built_in())),
        None => said,
    })
}
