//! The facts of steps: their keys, their forms, their words.

use super::super::facts::Shape;
use crate::text::{Text, t};

/// One fact of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepFact {
    /// Its key.
    pub key: &'static str,
    /// Whether it must be there.
    pub must: bool,
    /// Its form.
    pub shape: Shape,
}

/// Writes a fact that must be there.
pub(super) const fn must(key: &'static str, shape: Shape) -> StepFact {
    StepFact { key, must: true, shape }
}

/// Writes a fact that may be there.
pub(super) const fn may(key: &'static str, shape: Shape) -> StepFact {
    StepFact { key, must: false, shape }
}

/// The words of the facts.
const NAMES: &[(&str, Text)] = &[
    ("decision", t("决定", "decision")),
    ("class", t("定级", "class")),
    ("unit", t("责任单位", "responsible unit")),
    ("person", t("责任人", "responsible person")),
    ("with", t("并到哪一件", "joined to")),
    ("people", t("参加的人", "who took part")),
    ("why", t("原因", "why")),
    ("text", t("内容", "text")),
    ("goal", t("目标任务", "goal")),
    ("finish", t("完成时限", "finish date")),
    ("milestone", t("下一个节点", "next milestone")),
    ("level", t("哪一级", "level")),
    ("to", t("给谁", "to whom")),
    ("kind", t("催办 督办 通报", "kind of urging")),
    ("until", t("延到哪天", "extended to")),
    ("by", t("谁批的", "decided by")),
    ("told", t("已当面说清", "told in person")),
    ("answer", t("群众怎么说", "what the household says")),
    ("way", t("方式", "way")),
    ("visit", t("哪次走访", "visit")),
    ("result", t("结果", "result")),
];

impl StepFact {
    /// Gives its words.
    pub fn name(&self) -> Text {
        NAMES.iter().find(|(key, _)| *key == self.key).map_or(t("", ""), |(_, name)| *name)
    }
}
