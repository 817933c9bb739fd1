//! A step that is about to be taken, and the issue that it is taken of.

use std::sync::Arc;

use chrono::NaiveDate as Day;

use crate::app::Desk;
use crate::app::exchange::clocks::Righted;
use crate::app::house::cases::Case;
use crate::app::requests::facts;
use crate::domain::{Name, Sort, StepWord, Value, Word};
use crate::text::{Trouble, t};

/// A step that is about to be taken.
pub(super) struct Draft {
    /// Which.
    pub step: StepWord,
    /// Whose.
    pub issue: Name,
    /// The issue as it stands.
    pub case: Case,
    /// What the step says.
    pub facts: Vec<(Word, Value)>,
    /// The day on which it happens.
    pub day: Day,
    /// It settles a disagreement.
    pub settles: bool,
}

impl Draft {
    /// Gives a fact as text.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.fact(key).and_then(Value::as_text).filter(|text| !text.is_empty())
    }

    /// Gives a fact.
    pub fn fact(&self, key: &str) -> Option<&Value> {
        self.facts.iter().find(|(own, _)| own == key).map(|(_, value)| value)
    }

    /// Puts a fact that was not given.
    pub fn put(&mut self, key: &str, value: Value) {
        if self.fact(key).is_none() {
            self.facts.push((key.into(), value));
        }
    }

    /// Gives the word that it decides by.
    pub fn decided(&self) -> &str {
        let by = self.step.row().map_or("", |row| row.by);
        match self.fact(by) {
            Some(Value::Text(word)) => word,
            Some(Value::Yes(true)) => "yes",
            _ => "",
        }
    }
}

/// Reads an issue that must be there, times as they are to be shown.
pub(super) fn need_case(desk: &Desk<'_>, issue: Name) -> Result<Case, Trouble> {
    facts::need(desk, issue, Sort::Issue)?;
    let view = Righted { view: desk.action.view(), clocks: Arc::clone(desk.shelf.clocks()) };
    let record = crate::view::View::record(&view, issue)?;
    let case = record.map(|record| Case::read(&record, &view)).transpose()?.flatten();
    case.ok_or_else(|| {
        Trouble::new("not-found", t("这一件已经撤去.", "this issue was taken back."))
            .hint(t("撤去的问题没有流程.", "What was taken back has no steps."))
    })
}
