//! A visit as people speak of it, and when it counts (plan 二(二)3(1): 每户访问时间不少于15分钟).

use super::{Name, Record, Value};
use crate::text::{Said, Text, t};

/// A visit 走访.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// Its name.
    pub name: Name,
    /// Whose household.
    pub household: Option<Name>,
    /// Code word of the way.
    pub kind: String,
    /// Code word of the purpose.
    pub purpose: String,
    /// Who went.
    pub visitors: Vec<String>,
    /// When it began, milliseconds since 1970 UTC: the day it is said to have happened.
    pub started: i64,
    /// Written down later from paper 补录.
    pub entered_later: bool,
    /// When it ended; none while it runs.
    pub ended: Option<i64>,
    /// Proven time in milliseconds.
    pub proven_ms: i64,
    /// Time declared by the visitor 自述, in milliseconds.
    pub declared_ms: i64,
    /// Code word of the outcome; empty while it runs.
    pub outcome: String,
    /// The household left the talk early that it is part of.
    pub left: bool,
    /// Why it was shorter than the minimum.
    pub short_why: String,
    /// Code word of the satisfaction.
    pub satisfaction: String,
    /// Topics explained: digits of fields and the campaign's own.
    pub told: Vec<String>,
    /// Things handed over: `handbook`, `letter`, `card`, `wechat`, `phone`.
    pub gave: Vec<String>,
    /// Next contact, as said.
    pub next: String,
}

/// What is handed over on a visit: its digit, its register, its name.
pub const GIVEN: [(char, &str, Text); 3] = [
    ('7', "gave/handbook", t("手册", "handbook")),
    ('8', "gave/letter", t("信", "letter")),
    ('9', "gave/card", t("联系卡", "card")),
];

/// When visits count, as the campaign says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counting {
    /// From how many counted minutes on (plan 二(二)3(1)).
    pub minimum_minutes: i64,
    /// Whether an evening talk counts for the households that were there.
    pub talks: bool,
}

impl Default for Counting {
    /// Counts as the plan does: from 15 minutes on, talks too.
    fn default() -> Self {
        Self { minimum_minutes: 15, talks: true }
    }
}

/// Why a household's visit at a talk is shorter than the minimum, where nobody said so.
pub const SHORT_AT_TALK: &str = "夜话在场时间不足";

/// Says why a visit is shorter than the minimum: as somebody wrote it, or in words of our own.
pub fn short_said(why: &str) -> Said {
    if why == SHORT_AT_TALK {
        return t("夜话在场时间不足", "too short a time at the talk").into();
    }
    t("{why}", "{why}").with("why", why)
}

impl Visit {
    /// Reads a visit from its record; nothing when it is not one or was taken back.
    pub fn read(record: &Record) -> Option<Self> {
        let (super::Sort::Visit, birth) = record.birth()? else { return None };
        if record.is_retracted() {
            return None;
        }
        let text = |key| record.text(key).unwrap_or_default().to_owned();
        let yes = |beginning: &'static str| -> Vec<String> {
            let keys = record.keys_under(beginning).into_iter();
            let ticked = keys.filter(|key| record.value(&format!("{beginning}{key}")).is_some_and(Value::is_yes));
            ticked.map(str::to_owned).collect()
        };
        let number = |key| record.value(key).and_then(Value::as_number).unwrap_or(0);
        let recorded = record.born().map_or(0, |born| born.operation.wall_ms);
        let on = birth.fact("on").and_then(Value::as_at);
        Some(Self {
            name: record.entity(),
            household: record.link("household"),
            kind: text("kind"),
            purpose: text("purpose"),
            visitors: record
                .value("visitors")
                .map(|v| v.as_words().iter().map(ToString::to_string).collect())
                .unwrap_or_default(),
            started: on.unwrap_or(recorded),
            entered_later: on.is_some(),
            ended: record.value("ended").and_then(Value::as_at),
            proven_ms: number("proven_ms"),
            declared_ms: number("declared_ms"),
            outcome: text("outcome"),
            left: record.value("left_ms").and_then(Value::as_number).is_some(),
            short_why: text("short_why"),
            satisfaction: text("satisfaction"),
            told: yes("told/"),
            gave: yes("gave/"),
            next: text("next"),
        })
    }

    /// Gives the counted time in milliseconds: proven, and what the visitor declared.
    pub fn counted_ms(&self) -> i64 {
        self.proven_ms.saturating_add(self.declared_ms)
    }

    /// Gives the counted whole minutes.
    pub fn counted_minutes(&self) -> i64 {
        self.counted_ms() / 60_000
    }

    /// Tells whether the visit covers its household: done and long enough. A phone visit has no minimum but counts only
    /// where the household is away for a recorded reason, which the caller knows (plan 二(二)3(1)). Whether an evening talk
    /// counts is the campaign's setting. Visits entered later from paper count by what was declared.
    pub fn covers(&self, counting: Counting, away_with_reason: bool) -> bool {
        let enough = match self.kind.as_str() {
            "phone" => away_with_reason,
            "talk" if !counting.talks => false,
            _ => is_long_enough(self.counted_ms(), counting.minimum_minutes),
        };
        self.outcome == "done" && enough
    }

    /// Tells whether it is only long enough because of time the visitor declared.
    pub fn rests_on_declared(&self, minimum_minutes: i64) -> bool {
        let enough = |ms| is_long_enough(ms, minimum_minutes);
        self.kind != "phone" && enough(self.counted_ms()) && !enough(self.proven_ms)
    }
}

/// Tells whether counted milliseconds reach the minimum (plan 二(二)3(1): 每户访问时间不少于15分钟).
pub fn is_long_enough(counted_ms: i64, minimum_minutes: i64) -> bool {
    counted_ms >= minimum_minutes * 60_000
}
