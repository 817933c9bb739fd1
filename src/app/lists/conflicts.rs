//! 不一致: facts that people wrote differently without knowing of each other; one row for each value.

use super::{Cell, Column, Home, List, Query, issues, kept, shown};
use crate::app::disputes::{self, person};
use crate::app::{Before, Earlier, Glance, Progress};
use crate::app::{disputes::decided, requests::again};
use crate::domain::facts::Fact;
use crate::domain::{CLOCK, Kept, Phone, Record, Sort, along, value_of};
use crate::text::{Said, Trouble, t};

pub const LIST: List = List {
    word: "conflicts",
    about: t(
        "不一致: 每个值一行; 流程的用 conflict.resolve 选定 (value 是步骤编号), 或再做一次那一步",
        "disagreements, one row for each value; one about a step is settled by conflict.resolve (its value the step's id), or by taking the step once more",
    ),
    columns: COLUMNS,
    by_household: true,
    rows,
};

const COLUMNS: &[Column] = &[
    shown("head", t("户主", "head")),
    shown("person", t("家里人", "person")),
    shown("village", t("村(居)", "village")),
    shown("fact", t("项目", "fact")),
    shown("value", t("写的是", "value")),
    shown("before", t("以前", "before")),
    shown("used", t("暂用", "used now")),
    shown("by", t("谁写的", "by")),
    shown("at", t("何时", "at")),
    shown("device", t("哪台电脑", "laptop")),
    kept("differs", t("哪几项不一样", "what differs")),
    kept("household", t("户编号", "household")),
    kept("entity", t("编号", "id")),
    kept("step", t("步骤编号", "step")),
];

fn rows(query: &Query<'_>) -> Result<Vec<Vec<Cell>>, Trouble> {
    let disputed = query.house.shelf(|shelf, _| shelf.disputed().clone());
    let stood = query.house.before(query.journal, &Progress::default())?;
    let found = query.each(|record| {
        let is_disputed = |key: &&str| disputed.contains(&(record.entity(), (*key).to_owned()));
        let keys: Vec<String> = record.registers().map(|(key, _)| key).filter(is_disputed).map(str::to_owned).collect();
        (!keys.is_empty()).then(|| (keys, record.clone()))
    })?;
    let mut rows = Vec::new();
    for ((keys, record), home) in found {
        let sort = record.sort().unwrap_or(Sort::Household);
        for key in keys {
            let Some(register) = record.register(&key) else { continue };
            let is_hidden = query.house.shelf(|shelf, view| disputes::is_hidden(&record, &key, shelf, view))?;
            let village = village(query, &record, is_hidden, &home)?;
            let fact = along::find(sort, &key);
            let head = head(query, &record, &key, is_hidden, &home)?;
            let shown = register.shown().map(|head| head.operation.name);
            for written in register.heads() {
                let (writer, at) = query.house.shelf(|shelf, _| again::said_by(written, shelf.clocks()));
                rows.push(vec![
                    head.clone(),
                    Cell::name(person(&record)),
                    village.clone(),
                    Cell::Word(key.clone(), fact_words(fact, &key)),
                    value(query, sort, &key, written)?.or_confidential(is_hidden),
                    before(stood.get(&written.operation.name), Glance::of_fact(sort, &key)).or_confidential(is_hidden),
                    Cell::Yes(shown == Some(written.operation.name)),
                    Cell::text(&written.operation.actor),
                    Cell::At(at),
                    device(query, writer),
                    Cell::Nothing,
                    home.name.map_or(Cell::Nothing, |name| Cell::Id(Sort::Household, name)),
                    Cell::Id(sort, record.entity()),
                    Cell::Nothing,
                ]);
            }
        }
    }
    rows.extend(steps(query, &stood)?);
    Ok(rows)
}

/// Gives what people decided differently about an issue without knowing of each other.
fn steps(query: &Query<'_>, stood: &Before) -> Result<Vec<Vec<Cell>>, Trouble> {
    let mut rows = Vec::new();
    for listed in issues::listed(query)? {
        let issue = &listed.case.issue;
        for dispute in &listed.case.flow.disputes {
            for side in &dispute.sides {
                let own = || side.step.word().to_owned();
                let said = query.house.shelf(|shelf, _| disputes::told_step(side, &dispute.sides, shelf.numbers()));
                let stored = side.said().map_or_else(own, |(stored, _)| stored.to_owned());
                let apart = disputes::differing(side, &dispute.sides);
                let apart: Vec<String> =
                    apart.map(|(fact, value)| format!("{}={}", fact.key, disputes::stored_as(value))).collect();
                let shown = dispute.sides.last().is_some_and(|last| last.name == side.name);
                rows.push(vec![
                    listed.head(),
                    Cell::Nothing,
                    listed.home.village(issue.confidential),
                    Cell::Word(format!("step/{}", side.step.word()), side.step.name().into()),
                    Cell::Told(stored, said),
                    before(stood.get(&side.name), Glance::Anybody),
                    Cell::Yes(shown),
                    Cell::text(&side.actor),
                    Cell::At(side.recorded),
                    device(query, side.name.writer),
                    Cell::text(apart.join(" ")),
                    listed.home.name.map_or(Cell::Nothing, |name| Cell::Id(Sort::Household, name)),
                    Cell::Id(Sort::Issue, issue.name),
                    Cell::text(side.name.to_string()),
                ]);
            }
        }
    }
    Ok(rows)
}

/// Names the household, else what it is about; whose a confidential issue is, scripts alone are told.
fn head(query: &Query<'_>, record: &Record, key: &str, is_hidden: bool, home: &Home) -> Result<Cell, Trouble> {
    if is_hidden {
        return Ok(Cell::confidential(home.household.head.as_str()));
    }
    let other = query.house.shelf(|shelf, view| {
        let talk = disputes::talk_of(record, home.name, view)?;
        Ok::<_, Trouble>(disputes::other_head(record, key, talk.as_ref(), shelf))
    })?;
    if let (None, Some(name), true) = (&other, home.name, home.household.head.is_empty()) {
        let said = query.house.shelf(|_, view| disputes::head_of(Some(name), &home.household, view))?;
        return Ok(Cell::Word(String::new(), said));
    }
    Ok(other.map_or_else(|| Cell::name(&home.household.head), |said| Cell::Word(String::new(), said)))
}

/// Gives the village of the household, else of the talk; that of a confidential issue to scripts alone.
fn village(query: &Query<'_>, record: &Record, is_hidden: bool, home: &Home) -> Result<Cell, Trouble> {
    if is_hidden {
        return Ok(home.village(true));
    }
    let talk = query.house.shelf(|_, view| disputes::talk_of(record, home.name, view))?;
    Ok(Cell::place(talk.map_or_else(|| home.household.village.to_string(), |talk| talk.village)))
}

fn fact_words(fact: Option<&Fact>, key: &str) -> Said {
    let name = disputes::named(fact, key);
    match key.strip_prefix("phone/") {
        Some(phone) => Said::from(t("{name} {phone}", "{name} {phone}"))
            .with_words("name", name)
            .with("phone", Phone::masked(phone)),
        None => name,
    }
}

/// Gives a value: as its words to people, as it is to scripts.
fn value(query: &Query<'_>, sort: Sort, key: &str, head: &Kept) -> Result<Cell, Trouble> {
    let Some(value) = value_of(head) else {
        return Ok(Cell::Word("retract".to_owned(), t("撤去", "taken back").into()));
    };
    let written = disputes::written(value);
    if Glance::of_fact(sort, key) == Glance::Alone && !written.is_empty() {
        return Ok(Cell::on_card(written));
    }
    let said = query.house.shelf(|shelf, view| {
        let decided = decided::said(head.operation.entity, key, value, shelf, view)?;
        decided.map_or_else(|| disputes::said(value, sort, key, shelf, view), Ok)
    })?;
    Ok(match Cell::value(Some(value)) {
        Cell::Text(_) | Cell::Word(..) | Cell::Nothing => Cell::Told(written, said),
        Cell::Number(_) if key.ends_with("_ms") => Cell::Word(written, said),
        // A decision, a correction of a clock: their words say more than the value.
        Cell::Yes(_) | Cell::Words(_) if decided::label(key).is_some() || key == CLOCK => Cell::Word(written, said),
        cell => cell,
    })
}

/// Gives what stood there before, as the value itself is given; nothing where that has not arrived.
fn before(stood: Option<&Earlier>, glance: Glance) -> Cell {
    let Some(Earlier { said, written: Some(written) }) = stood else { return Cell::Nothing };
    if glance == Glance::Alone && !written.is_empty() {
        return Cell::on_card(written);
    }
    Cell::Told(written.clone(), said.clone())
}

/// Gives the laptop that wrote something: its code, else its group.
fn device(query: &Query<'_>, writer: u64) -> Cell {
    query.house.shelf(|shelf, _| match shelf.writer(writer) {
        Some(writer) if writer.code.is_empty() => Cell::text(&writer.group),
        Some(writer) => Cell::text(&writer.code),
        None => Cell::Nothing,
    })
}
