//! Declared again: what was declared of a gap before stands again where the last declaration of it is taken back; the timer itself
//! has no undo.

use super::alike::NOT_DECLARED;
use crate::app::Request;
use crate::domain::timer::minutes_seconds;
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

/// Says what was declared of a gap just now.
pub fn said(declared: Option<&(u64, String)>) -> Said {
    match declared {
        None => NOT_DECLARED.into(),
        Some((0, why)) => {
            t("记下了: {why}; 这段中断不计.", "Recorded: {why}; this gap does not count.").with("why", why)
        }
        Some((ms, _)) => t("已记为自述 {time}, 会注明.", "{time} is kept as declared, and marked so.")
            .with("time", minutes_seconds(*ms)),
    }
}

/// Says beside a gap what was declared of it.
pub fn beside(declared: &(u64, String)) -> Said {
    let words = if declared.0 == 0 {
        t("不计: {why}", "not counted: {why}")
    } else {
        t("自述 {time}: {why}", "declared {time}: {why}")
    };
    words.with("time", minutes_seconds(declared.0)).with("why", &declared.1)
}
