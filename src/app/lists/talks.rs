//! 夜话: every talk with who led it, how long it was, and how many came and spoke; reported apart from other visits.

use super::{Cell, Column, List, Query, shown};
use crate::domain::{Sort, Talk, choice};
use crate::text::{Trouble, t};

pub const LIST: List = List {
    word: "talks",
    about: t("夜话和田间场次", "evening talks and talks in the field"),
    columns: COLUMNS,
    by_household: false,
    rows,
};

const COLUMNS: &[Column] = &[
    shown("at", t("时间", "at")),
    shown("kind", t("方式", "way")),
    shown("village", t("村(居)", "village")),
    shown("place", t("地点", "place")),
    shown("visitors", t("走访干部", "visitors")),
    shown("minutes", t("计时分钟", "counted minutes")),
    shown("households", t("到场户数", "households")),
    shown("covered", t("满时户数", "long enough")),
    shown("lines", t("记下", "lines")),
    shown("state", t("状态", "state")),
    shown("id", t("编号", "id")),
];

fn rows(query: &Query<'_>) -> Result<Vec<Vec<Cell>>, Trouble> {
    let mut talks: Vec<Talk> = Vec::new();
    query.house.righted().each(&mut |record| {
        talks.extend(Talk::read(&record));
        true
    })?;
    talks.sort_by_key(|talk| (talk.started, talk.name));
    let count = |count: usize| Cell::Number(i64::try_from(count).unwrap_or(i64::MAX));
    let mut rows = Vec::new();
    for talk in talks {
        let Some(gathering) = query.house.gathering(talk.name, query.now_ms)? else { continue };
        let counted = query.house.shelf(|_, view| {
            let visits = gathering.present.iter().map(|guest| view.record(guest.presence.visit));
            let visits =
                visits.filter_map(|record| record.ok().flatten().as_deref().and_then(crate::domain::Visit::read));
            visits.filter(|visit| visit.covers(query.house.counting(), false)).count()
        });
        rows.push(vec![
            Cell::At(talk.started),
            Cell::choice(choice::VISIT_KINDS, &talk.kind),
            Cell::text(&talk.village),
            Cell::text(&talk.place),
            Cell::Words(talk.visitors),
            Cell::Number((talk.proven_ms + talk.declared_ms) / 60_000),
            count(gathering.present.len()),
            count(counted),
            count(gathering.said.len()),
            match talk.outcome.as_str() {
                "" => Cell::Word("running".to_owned(), t("进行中", "running").into()),
                outcome => Cell::choice(choice::OUTCOMES, outcome),
            },
            Cell::Id(Sort::Talk, talk.name),
        ]);
    }
    Ok(rows)
}
