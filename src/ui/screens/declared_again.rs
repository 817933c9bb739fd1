//! Declared again: what was declared of a gap before stands again where the last declaration of it is taken back; the timer itself
//! has no undo.

use super::alike::NOT_DECLARED;
use crate::app::{Answer, Request};
use crate::domain::timer::{Gap, lasting};
use crate::text::{Said, t};

/// Makes the request that has a gap declared as it was before; a gap is no longer than it is, whatever minutes are asked for.
pub fn declared_again(gap: usize, before: Option<&(u64, String)>) -> Request {
    let (minutes, why) = before.map_or((0, ""), |(ms, why)| (ms.div_ceil(60_000), why.as_str()));
    Request::new("visit.declare").with("gap", gap + 1).with("minutes", minutes).with("why", why)
}

/// Says what stands of it then.
pub fn not_declared(before: Option<&(u64, String)>) -> Said {
    let again = |(_, why): &(u64, String)| t("自述改回了: {why}.", "Declared as before: {why}.").with("why", why);
    before.map_or_else(|| NOT_DECLARED.into(), again)
}

/// Says what was declared of a gap just now, and where it was asked for more than the gap has, why it is not more.
pub fn said(gap: Option<&Gap>, answer: &Answer) -> Said {
    let asked = answer.more.get("asked_ms").and_then(serde_json::Value::as_u64).unwrap_or(0);
    match gap.and_then(|gap| gap.declared.as_ref()) {
        None => NOT_DECLARED.into(),
        Some((ms, _)) if *ms < asked => {
            let is_known = gap.is_some_and(|gap| gap.length_ms.is_some());
            let words = if is_known {
                t(
                    "中断只有 {time}, 按 {time} 记为自述, 会注明.",
                    "The gap is only {time}: so much is kept as declared, and marked so.",
                )
            } else {
                t(
                    "一段最多自述 {time}, 按 {time} 记, 会注明.",
                    "At most {time} of a gap can be declared: so much is kept, and marked so.",
                )
            };
            words.with_words("time", lasting(*ms))
        }
        Some((0, why)) => {
            t("记下了: {why}; 这段中断不计.", "Recorded: {why}; this gap does not count.").with("why", why)
        }
        Some((ms, _)) => t("已记为自述 {time}, 会注明.", "{time} is kept as declared, and marked so.")
            .with_words("time", lasting(*ms)),
    }
}

/// Says beside a gap what was declared of it.
pub fn beside(declared: &(u64, String)) -> Said {
    let words = if declared.0 == 0 {
        t("不计: {why}", "not counted: {why}")
    } else {
        t("自述 {time}: {why}", "declared {time}: {why}")
    };
    words.with_words("time", lasting(declared.0)).with("why", &declared.1)
}
