//! What a request says: named values, read once at the border into the field's types.

use serde_json::{Map, Value as Json};

use crate::domain::Name;
use crate::hanzi::{clean, names};
use crate::text::{Trouble, t};

/// Named values of a request.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Args(pub Map<String, Json>);

impl Args {
    /// Adds a value.
    pub fn put(&mut self, key: &str, value: impl Into<Json>) {
        self.0.insert(key.to_owned(), value.into());
    }

    /// Gives the text under a key, cleaned of control characters; numbers and yes/no count as their text.
    pub fn text(&self, key: &str) -> Option<String> {
        match self.0.get(key)? {
            Json::String(text) => Some(clean::line(text)),
            Json::Number(number) => Some(number.to_string()),
            Json::Bool(yes) => Some(if *yes { "yes" } else { "no" }.to_owned()),
            _ => None,
        }
    }

    /// Gives a text that must be there and say something.
    pub fn need_text(&self, key: &'static str) -> Result<String, Trouble> {
        self.text(key).filter(|text| !text.is_empty()).ok_or_else(|| missing(key))
    }

    /// Gives the name of an entity that must be there.
    pub fn need_name(&self, key: &'static str) -> Result<Name, Trouble> {
        let text = self.need_text(key)?;
        text.parse().map_err(|_| {
            Trouble::new(
                "bad-value",
                t("“{key}” 不是编号: {text}", "“{key}” is not an id: {text}").with("key", key).with("text", &text),
            )
            .about(key)
        })
    }

    /// Gives the name of an entity, if one is given.
    pub fn name(&self, key: &'static str) -> Result<Option<Name>, Trouble> {
        if self.0.contains_key(key) { self.need_name(key).map(Some) } else { Ok(None) }
    }

    /// Gives a list of words; a single text is split as names are.
    pub fn words(&self, key: &str) -> Option<Vec<String>> {
        match self.0.get(key)? {
            Json::Array(items) => Some(items.iter().filter_map(Json::as_str).map(clean::line).collect()),
            Json::String(text) => Some(names::split(text)),
            _ => None,
        }
    }

    /// Gives a yes or no; absent is no.
    pub fn yes(&self, key: &str) -> bool {
        match self.0.get(key) {
            Some(Json::Bool(yes)) => *yes,
            Some(Json::String(text)) => matches!(text.as_str(), "yes" | "是" | "true" | "1"),
            _ => false,
        }
    }

    /// Gives a whole number, if one is given.
    pub fn number(&self, key: &str) -> Option<i64> {
        match self.0.get(key)? {
            Json::Number(number) => number.as_i64(),
            Json::String(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// Gives a moment written as RFC 3339, in milliseconds since 1970 UTC.
    pub fn at(&self, key: &'static str) -> Result<Option<i64>, Trouble> {
        let Some(text) = self.text(key) else { return Ok(None) };
        match chrono::DateTime::parse_from_rfc3339(&text) {
            Ok(at) => Ok(Some(at.timestamp_millis())),
            Err(_) => Err(Trouble::new(
                "bad-value",
                t("“{key}” 不是时间: {text}", "“{key}” is not a time: {text}").with("key", key).with("text", &text),
            )
            .about(key)
            .hint(t("时间写成 2021-05-18T19:30:00+08:00.", "Write the time as 2021-05-18T19:30:00+08:00."))),
        }
    }
}

/// Says that something a request needs is not there.
pub fn missing(key: &'static str) -> Trouble {
    Trouble::new("missing", t("缺少 “{key}”.", "“{key}” is missing.").with("key", key)).about(key)
}
