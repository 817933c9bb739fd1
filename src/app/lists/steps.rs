//! 整改流程: every step of every issue in order of time, also what was taken back; where it was recorded later both days.

use std::collections::BTreeSet;

use super::query::Home;
use super::{Cell, Column, List, Query, kept, shown};
use crate::app::house::close_numbers;
use crate::domain::flow::{self, Taken};
use crate::domain::{Body, Flow, Issue, Name, Sort, Step, StepWord, Value};
use crate::text::{Text, Trouble, t};

pub const LIST: List = List {
    word: "steps",
    about: t("问题走过的每一步", "every step of every issue"),
    columns: COLUMNS,
    by_household: true,
    rows,
};

const COLUMNS: &[Column] = &[
    shown("at", t("日期", "date")),
    shown("head", t("户主", "head")),
    shown("village", t("村(居)", "village")),
    shown("step", t("步骤", "step")),
    shown("said", t("结果", "said")),
    shown("by", t("谁", "by")),
    shown("device", t("哪台电脑", "laptop")),
    shown("recorded", t("补记于", "recorded")),
    shown("stands", t("算数", "counts")),
    kept("text", t("内容", "text")),
    kept("why", t("原因", "why")),
    kept("turn", t("第几趟", "turn")),
    kept("household", t("户编号", "household")),
    kept("issue", t("问题编号", "issue")),
    kept("id", t("编号", "id")),
    kept("to", t("告诉了谁, 交给谁", "who was told")),
    kept("people", t("参加的人", "who took part")),
    kept("way", t("方式", "way")),
    kept("visit", t("走访编号", "visit")),
    kept("told", t("已当面说清", "told in person")),
    kept("unit", t("责任单位", "responsible unit")),
    kept("person", t("责任人", "responsible person")),
    kept("with", t("并到哪一件", "joined to")),
    kept("goal", t("目标任务", "goal")),
    kept("finish", t("完成时限", "finish date")),
    kept("milestone", t("下一个节点", "next milestone")),
    kept("until", t("延到哪天", "extended to")),
    kept("decided_by", t("谁批的", "decided by")),
];

/// What a step is called that this program does not know.
const LATER: Text = t("更新版本的程序记的一步", "a step of a newer program");

/// A step as it lies in the record.
struct Written {
    step: Step,
    name: Name,
    by: String,
    recorded: i64,
    taken: Option<Taken>,
}

impl Written {
    fn fact(&self, key: &str) -> Option<&Value> {
        self.step.facts.iter().find(|(own, _)| own == key).map(|(_, value)| value)
    }
}

/// The steps of an issue, and those of them that count.
struct Life {
    issue: Issue,
    steps: Vec<Written>,
    counts: BTreeSet<Name>,
}

fn rows(query: &Query<'_>) -> Result<Vec<Vec<Cell>>, Trouble> {
    let mut lives = query.each(|record| {
        let issue = Issue::read(record)?;
        let counts = Flow::of(&issue, record).heads().map(|step| step.name).collect();
        let steps = record.events().filter_map(|kept| match &kept.operation.body {
            Body::Step(step) => Some(Written {
                step: step.clone(),
                name: kept.operation.name,
                by: kept.operation.actor.to_string(),
                recorded: kept.operation.wall_ms,
                taken: Taken::read(kept),
            }),
            _ => None,
        });
        Some(Life { issue, steps: steps.collect(), counts })
    })?;
    lives.sort_by_key(|(life, _)| (life.issue.at, life.issue.name));
    let mut rows = Vec::new();
    for (life, home) in &mut lives {
        life.steps.sort_by_key(|step| (step.taken.as_ref().map_or(step.recorded, |taken| taken.at), step.name));
        rows.extend(life.steps.iter().map(|step| row(query, life, home, step)));
    }
    Ok(rows)
}

fn row(query: &Query<'_>, life: &Life, home: &Home, step: &Written) -> Vec<Cell> {
    let hidden = life.issue.confidential;
    let text = |key: &str| {
        let text = step.fact(key).and_then(Value::as_text).unwrap_or_default();
        if hidden && !text.is_empty() { Cell::confidential(text) } else { Cell::text(text) }
    };
    let plain = |key: &str| step.fact(key).and_then(Value::as_text).map_or(Cell::Nothing, Cell::text);
    let day = |key: &str| {
        let day = step.fact(key).and_then(flow::day);
        day.map_or(Cell::Nothing, |day| Cell::text(day.to_string()))
    };
    let id =
        |key: &str, sort| step.fact(key).and_then(Value::as_entity).map_or(Cell::Nothing, |name| Cell::Id(sort, name));
    let taken = step.taken.as_ref();
    let later = taken.filter(|taken| taken.is_entered_later());
    let device = query.house.shelf(|shelf, _| {
        shelf
            .writer(step.name.writer)
            .map(|writer| if writer.code.is_empty() { &writer.group } else { &writer.code }.clone())
    });
    let said = query.house.shelf(|shelf, _| taken.and_then(|taken| close_numbers::said(taken, shelf.numbers())));
    vec![
        Cell::At(taken.map_or(step.recorded, |taken| taken.at)),
        if hidden { Cell::confidential(home.household.head.as_str()) } else { Cell::name(&home.household.head) },
        home.village(hidden),
        Cell::Word(step.step.step.to_string(), taken.map_or(LATER, |taken| taken.step.name()).into()),
        said.map_or(Cell::Nothing, |(stored, said)| Cell::Word(stored, said)),
        Cell::text(&step.by),
        Cell::text(device.unwrap_or_default()),
        later.map_or(Cell::Nothing, |taken| Cell::At(taken.recorded)),
        Cell::Yes(life.counts.contains(&step.name)),
        text("text"),
        text("why"),
        Cell::number(taken.map(|taken| i64::from(taken.turn))),
        home.name.map_or(Cell::Nothing, |name| Cell::Id(Sort::Household, name)),
        Cell::Id(Sort::Issue, life.issue.name),
        Cell::text(step.name.to_string()),
        // Back to which state is no whom.
        if step.step.step == StepWord::Return.word() || step.step.step == StepWord::Reopen.word() {
            Cell::Nothing
        } else {
            plain("to")
        },
        Cell::value(step.fact("people")),
        plain("way"),
        id("visit", Sort::Visit),
        step.fact("told").map_or(Cell::Nothing, |told| Cell::Yes(told.is_yes())),
        plain("unit"),
        plain("person"),
        id("with", Sort::Issue),
        text("goal"),
        day("finish"),
        day("milestone"),
        day("until"),
        plain("by"),
    ]
}
