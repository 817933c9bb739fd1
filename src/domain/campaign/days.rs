//! Days as a campaign file writes them: as text, or as TOML's own.

use chrono::NaiveDate as Day;
use serde::Deserialize;
use serde::de::{Deserializer, Error as _};

use crate::domain::local::read_day;

pub(super) fn day<'de, D: Deserializer<'de>>(from: D) -> Result<Day, D::Error> {
    let value = toml::Value::deserialize(from)?;
    let written = match &value {
        toml::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    read_day(&written).ok_or_else(|| D::Error::custom(format!("not a day: {written}")))
}

pub(super) fn optional_day<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Day>, D::Error> {
    day(from).map(Some)
}

pub(super) fn month_day<'de, D: Deserializer<'de>>(from: D) -> Result<(u32, u32), D::Error> {
    let written = String::deserialize(from)?;
    // 2020 is a leap year, so the 29th of February is a day.
    let leap = read_day(&format!("2020-{written}"));
    leap.map(|day| (chrono::Datelike::month(&day), chrono::Datelike::day(&day)))
        .ok_or_else(|| D::Error::custom(format!("not a month and day: {written}")))
}
