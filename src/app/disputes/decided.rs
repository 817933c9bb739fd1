//! What people decide about a household beside its facts, in words: which others are the same family, which row of a roster
//! is theirs, which cell has been checked, whose word stands where a roster says otherwise.

use crate::app::rosters::compared::{KEPT, STILL_HERE};
use crate::app::{Shelf, house::face};
use crate::domain::facts;
use crate::domain::household::{ROW_OF, SAME};
use crate::domain::{Household, Name, Sort, Value};
use crate::hanzi::clean;
use crate::text::{Said, Text, Trouble, t};
use crate::view::View;

/// The beginning of the register that says that a cell in doubt has been checked; the fact's key follows.
const SETTLED: &str = "settled/";

/// Names what a register of a household decides; none for a fact.
pub(in crate::app) fn label(key: &str) -> Option<Text> {
    let beginnings = [
        (SAME, t("同一户", "same family")),
        (SETTLED, t("已核对", "checked")),
        (KEPT, t("名册不同", "roster differs")),
    ];
    let whole = [(ROW_OF, t("名册的一行", "roster row")), (STILL_HERE, t("新名册没列", "not listed"))];
    let found = beginnings.iter().find(|(beginning, _)| key.starts_with(beginning));
    found.or_else(|| whole.iter().find(|(other, _)| key == *other)).map(|(_, words)| *words)
}

/// Says what was decided; none for a fact, or where the value is none of those a decision has. `own` is whose register it is.
pub(in crate::app) fn said(
    own: Name,
    key: &str,
    value: &Value,
    shelf: &Shelf,
    view: &dyn View,
) -> Result<Option<Said>, Trouble> {
    let fact = |key: &str| -> Said {
        let key = if key == "phone/" { "phone/-" } else { key };
        facts::find(Sort::Household, key).map_or_else(|| t("{key}", "{key}").with("key", key), |fact| fact.name.into())
    };
    if let (Some(other), Value::Yes(same)) = (key.strip_prefix(SAME), value) {
        let Ok(other) = other.parse() else { return Ok(None) };
        let words = if *same {
            t("和 {who} 是同一户", "the same family as {who}")
        } else {
            t("和 {who} 不是同一户", "not the same family as {who}")
        };
        return Ok(Some(words.with("who", head(other, view)?)));
    }
    if let Some(key) = key.strip_prefix(SETTLED) {
        return Ok(Some(fact(key)));
    }
    if let Some(key) = key.strip_prefix(KEPT) {
        let words = t("{fact}: 留着我们写的", "{fact}: what people wrote stays");
        return Ok(Some(Said::from(words).with_words("fact", fact(key))));
    }
    Ok(match (key, value) {
        (STILL_HERE, Value::Entity(_)) => Some(t("还在", "still here").into()),
        (ROW_OF, Value::Entity(home)) if *home == own => Some(t("单是一户", "a family of its own").into()),
        (ROW_OF, Value::Entity(home)) => {
            let known = shelf.household(*home, view)?.unwrap_or_default();
            let who = clean::line(&format!("{} {}", face::head(&known), face::whereabouts(&known)));
            Some(t("是 {who} 这一户的", "belongs to {who}").with("who", who.trim()))
        }
        _ => None,
    })
}

/// Names a record by its head alone: of two that are one family by now each has its own.
fn head(record: Name, view: &dyn View) -> Result<String, Trouble> {
    let known = view.record(record)?.map(|record| Household::read(&[record])).unwrap_or_default();
    Ok(clean::line(&face::head(&known)))
}
