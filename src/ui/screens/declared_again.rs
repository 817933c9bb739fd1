//! Declared again: what was declared of a gap before stands again where the last declaration of it is taken back; the timer itself
//! has no undo.

use super::alike::NOT_DECLARED;
use crate::app::Request;
use crate::text::{Said, t};

/// Makes the request that has a gap declared as it was before; a gap is no longer than it is, whatever minutes are asked for.
pub fn declared_again(gap: usize, before: Option<&(u64, String)>) -> Request {
    let (minutes, why) = before.map_or((0, "撤销"), |(ms, why)| (ms.div_ceil(60_000), why.as_str()));
    Request::new("visit.declare").with("gap", gap + 1).with("minutes", minutes).with("why", why)
}

/// Says what stands of it then.
pub fn not_declared(before: Option<&(u64, String)>) -> Said {
    let again = |(_, why): &(u64, String)| t("自述改回了: {why}.", "Declared as before: {why}.").with("why", why);
    before.map_or_else(|| NOT_DECLARED.into(), again)
}
