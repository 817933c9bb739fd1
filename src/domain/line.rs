//! What was said: lines 备注 and the issues 问题 they became.

use chrono::{Datelike, NaiveDate};

use super::flow::day;
use super::{Name, Record, Sort, Value, choice};
use crate::text::{Said, t};

/// One spoken line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its name.
    pub name: Name,
    /// When it was written down, milliseconds since 1970 UTC.
    pub at: i64,
    /// Who wrote it down.
    pub recorder: String,
    /// The text as it stands now.
    pub text: String,
    /// The visit it was said in.
    pub visit: Option<Name>,
    /// The household it belongs to, when it was moved there.
    pub household: Option<Name>,
}

impl Line {
    /// Reads a line from its record; nothing when it is not one or was taken back.
    pub fn read(record: &Record) -> Option<Self> {
        if record.sort()? != Sort::Line || record.is_retracted() {
            return None;
        }
        let born = record.born()?;
        Some(Self {
            name: record.entity(),
            at: record.first_fact("on").and_then(Value::as_at).unwrap_or(born.operation.wall_ms),
            recorder: born.operation.actor.to_string(),
            text: record.text("text").unwrap_or_default().to_owned(),
            visit: record.link("visit"),
            household: record.link("household"),
        })
    }
}

/// One issue, as recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// Its name.
    pub name: Name,
    /// When it was recorded, milliseconds since 1970 UTC.
    pub at: i64,
    /// Who recorded it; theirs is the feedback 谁走访谁反馈.
    pub recorder: String,
    /// The line it was said in; its text is the issue's, unless the issue has its own.
    pub line: Option<Name>,
    /// The first of the issues that are about the same thing, where it is not this one.
    pub with: Option<Name>,
    /// The visit it came up in.
    pub visit: Option<Name>,
    /// The household it concerns.
    pub household: Option<Name>,
    /// Its own text; empty when the line's is meant.
    pub text: String,
    /// `problem`, `suggestion` or `stock`.
    pub kind: String,
    /// Code word of the field.
    pub field: String,
    /// Code word of the proposed class.
    pub class: String,
    /// 保密.
    pub confidential: bool,
    /// What was done on the spot.
    pub done: String,
    /// Code word of where it came from; empty where somebody said it.
    pub source: String,
    /// The day on which it was received there.
    pub received: Option<NaiveDate>,
}

impl Issue {
    /// Reads an issue from its record; nothing when it is not one or was taken back.
    pub fn read(record: &Record) -> Option<Self> {
        if record.sort()? != Sort::Issue || record.is_retracted() {
            return None;
        }
        let born = record.born()?;
        let text = |key| record.text(key).unwrap_or_default().to_owned();
        Some(Self {
            name: record.entity(),
            at: record.first_fact("on").and_then(Value::as_at).unwrap_or(born.operation.wall_ms),
            recorder: born.operation.actor.to_string(),
            line: record.link("line"),
            with: record.link("with"),
            visit: record.link("visit"),
            household: record.link("household"),
            text: text("text"),
            kind: text("kind"),
            field: text("field"),
            class: text("class"),
            confidential: record.value("confidential").is_some_and(Value::is_yes),
            done: text("done"),
            source: text("source"),
            received: record.value("received").and_then(day),
        })
    }

    /// Says where it came from and when, as 12345热线, 4-20; none where that is not known.
    pub fn came(&self) -> Option<Said> {
        let source = choice::name_of(choice::SOURCES, &self.source);
        let day = self.received.map(|day| format!("{}-{}", day.month(), day.day()));
        Some(match (source, day) {
            (Some(source), Some(day)) => {
                Said::from(t("{source}, {day}", "{source}, {day}")).with_words("source", source).with("day", day)
            }
            (Some(source), None) => source.into(),
            (None, day) => t("{day}", "{day}").with("day", day?),
        })
    }

    /// Gives its words: its own, else those of the line it came from, given that line's record. Also where the line was taken
    /// back: whoever built on the issue meanwhile still has to know what it is about.
    pub fn words<'a>(&'a self, line: Option<&'a Record>) -> &'a str {
        let own = Some(self.text.as_str()).filter(|text| !text.is_empty());
        own.or_else(|| line?.text("text")).unwrap_or_default()
    }
}
