//! How a household stands in the campaign: visited or not, tried, awaited.

use crate::domain::{Record, Value, Visit};

/// What lists say of a household beside its facts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// The best visit so far: the one with the most counted time among those that were carried out.
    pub visited: Option<Visited>,
    /// The outcome and start of the last attempt that was not carried out (`absent`, `refused`, …).
    pub tried: Option<(String, i64)>,
    /// The next appointment, milliseconds since 1970 UTC.
    pub appointment: Option<i64>,
    /// When it was last written of, for the last-used list.
    pub last: i64,
}

/// A visit that was carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visited {
    /// When it began.
    pub at: i64,
    /// Counted milliseconds.
    pub counted_ms: i64,
    /// Made by phone.
    pub by_phone: bool,
}

impl Standing {
    /// Takes in one visit.
    pub fn add_visit(&mut self, visit: &Visit) {
        self.last = self.last.max(visit.started);
        match visit.outcome.as_str() {
            "done" => {
                let this =
                    Visited { at: visit.started, counted_ms: visit.counted_ms(), by_phone: visit.kind == "phone" };
                if self.visited.as_ref().is_none_or(|best| best.counted_ms < this.counted_ms) {
                    self.visited = Some(this);
                }
            }
            "" | "discarded" => {}
            outcome => {
                if self.tried.as_ref().is_none_or(|(_, at)| *at < visit.started) {
                    self.tried = Some((outcome.to_owned(), visit.started));
                }
            }
        }
    }

    /// Takes in one appointment; one with an outcome is over.
    pub fn add_appointment(&mut self, record: &Record) {
        if record.value("outcome").is_none()
            && let Some(at) = record.value("at").and_then(Value::as_at)
        {
            self.appointment = Some(self.appointment.map_or(at, |other| other.min(at)));
        }
    }

    /// Tells whether a visit covers the household: at least the minimum, or by phone.
    pub fn is_covered(&self, minimum_minutes: i64) -> bool {
        self.visited.as_ref().is_some_and(|v| v.by_phone || v.counted_ms >= minimum_minutes * 60_000)
    }
}
