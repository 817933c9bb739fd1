//! 问题 and 建议, in order of time. What is confidential shows its text to scripts only.

use super::query::Home;
use super::{Cell, Column, List, Query, kept, shown};
use crate::app::Case;
use crate::domain::flow::Timed;
use crate::domain::{Calendar, Class, Field, Flow, Issue, Kind, Light, NUMBER, Sort, choice, local};
use crate::text::{Said, Trouble, t};

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
    shown("confirmed", t("定级", "class")),
    shown("state", t("现状", "state")),
    shown("due", t("时限", "due")),
    shown("light", t("按期", "in time")),
    shown("responsible", t("责任单位", "responsible")),
    shown("number", t("销号编号", "number")),
    shown("recorder", t("登记人", "recorded by")),
    shown("text", t("内容", "text")),
    kept("duty", t("到期的是", "what is due")),
    kept("person", t("责任人", "person")),
    kept("teller", t("谁反馈", "told by")),
    kept("told", t("答复于", "told on")),
    kept("round", t("第几轮", "round")),
    kept("level", t("报到哪一级", "escalated to")),
    kept("disputed", t("不一致", "disputed")),
    kept("confidential", t("保密", "confidential")),
    kept("done", t("当场怎么解决的", "what was done")),
    kept("source", t("来源", "source")),
    kept("received", t("收到日期", "received")),
    kept("with", t("同一件事", "same as")),
    kept("line", t("记下的一句", "line")),
    kept("visit", t("走访编号", "visit")),
    kept("household", t("户编号", "household")),
    kept("id", t("编号", "id")),
];

/// An issue of a list: where it stands, what is due, and whose it is.
pub(super) struct Listed {
    pub case: Case,
    pub home: Home,
    pub timed: Option<Timed>,
    pub light: Option<Light>,
    text: String,
}

impl Listed {
    /// Shows the day it is due.
    pub fn due(&self, now_ms: i64) -> Cell {
        let Some(Timed { deadline, .. }) = self.timed else { return Cell::Nothing };
        Cell::Word(deadline.due.to_string(), deadline.said(local::day(now_ms)))
    }

    /// Shows how it stands by that day.
    pub fn lamp(&self, now_ms: i64) -> Cell {
        let stands = |timed: Timed| timed.stands(local::day(now_ms), Calendar::built_in());
        let both = self.light.zip(self.timed);
        both.map_or(Cell::Nothing, |(light, timed)| Cell::Word(light.word().to_owned(), stands(timed)))
    }

    /// Shows where it stands, and that people decided differently.
    pub fn state(&self) -> Cell {
        let name = Said::from(self.case.state.name());
        let said = if self.case.flow.disputes.is_empty() {
            name
        } else {
            Said::from(t("{state} (不一致)", "{state} (disputed)")).with_words("state", name)
        };
        Cell::Word(self.case.state.word().to_owned(), said)
    }

    /// Shows what was said; not where it is confidential.
    pub fn text(&self) -> Cell {
        if self.case.issue.confidential { Cell::confidential(&self.text) } else { Cell::text(&self.text) }
    }

    /// Shows whose household; not where it is confidential.
    pub fn head(&self) -> Cell {
        let head = self.home.household.head.as_str();
        if self.case.issue.confidential { Cell::confidential(head) } else { self.home.speaker() }
    }
}

/// Reads the issues asked about, in order of time.
pub(super) fn listed(query: &Query<'_>) -> Result<Vec<Listed>, Trouble> {
    let found = query.each(|record| Issue::read(record).map(|issue| (Flow::of(&issue, record), issue)))?;
    let view = query.house.righted();
    let (rules, calendar, today) = (&query.house.campaign().deadline, Calendar::built_in(), local::day(query.now_ms));
    let mut all = Vec::new();
    for ((flow, issue), home) in found {
        if !query.wants(issue.name) {
            continue;
        }
        let case = Case::of(issue, flow, view.as_ref())?;
        let timed = case.dues(rules, calendar).now();
        let light = timed.map(|timed| timed.light(today, calendar));
        let line = case.issue.line.map(|line| view.record(line)).transpose()?.flatten();
        let text = case.issue.words(line.as_deref()).to_owned();
        all.push(Listed { case, home, timed, light, text });
    }
    all.sort_by_key(|listed| (listed.case.issue.at, listed.case.issue.name));
    Ok(all)
}

fn rows(query: &Query<'_>) -> Result<Vec<Vec<Cell>>, Trouble> {
    let listed = listed(query)?;
    Ok(listed.iter().map(|listed| row(listed, query)).collect())
}

fn row(listed: &Listed, query: &Query<'_>) -> Vec<Cell> {
    let Listed { case, home, timed, .. } = listed;
    let (issue, flow) = (&case.issue, &case.flow);
    let (unit, person) = case.responsible();
    let class = flow.said("class").and(flow.class);
    let closed = flow.closing();
    let number =
        closed.and_then(|close| query.house.shelf(|shelf, _| shelf.numbers().of(close.name, close.fact(NUMBER))));
    let id = |sort, name: Option<_>| name.map_or(Cell::Nothing, |name| Cell::Id(sort, name));
    vec![
        Cell::At(issue.at),
        listed.head(),
        home.village(issue.confidential),
        Cell::named(&issue.kind, Kind::from_word(&issue.kind).map(Kind::name)),
        Cell::named(&issue.field, Field::from_word(&issue.field).map(Field::name)),
        Cell::named(&issue.class, Class::from_word(&issue.class).map(Class::name)),
        class.map_or(Cell::Nothing, |class| Cell::named(class.word(), Some(class.name()))),
        listed.state(),
        listed.due(query.now_ms),
        listed.lamp(query.now_ms),
        Cell::text(unit),
        Cell::text(number.unwrap_or_default()),
        Cell::text(&issue.recorder),
        listed.text(),
        timed.map_or(Cell::Nothing, |timed| Cell::named(timed.deadline.duty.word(), Some(timed.deadline.duty.name()))),
        Cell::text(person),
        Cell::text(case.teller()),
        Cell::at(flow.round().told),
        Cell::number(i64::try_from(flow.rounds.len()).ok()),
        choice::LEVELS.get(flow.level()).map_or(Cell::Nothing, |level| Cell::named(level.word, Some(level.name))),
        Cell::Yes(!flow.disputes.is_empty()),
        Cell::Yes(issue.confidential),
        Cell::text(&issue.done),
        Cell::choice(choice::SOURCES, &issue.source),
        Cell::text(issue.received.map_or_else(String::new, |day| day.to_string())),
        id(Sort::Issue, issue.with),
        id(Sort::Line, issue.line),
        id(Sort::Visit, issue.visit),
        id(Sort::Household, home.name),
        Cell::Id(Sort::Issue, issue.name),
    ]
}
