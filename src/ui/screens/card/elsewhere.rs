//! Elsewhere: a household in whose home another laptop was when that told of it. Whoever begins a visit there is asked once.

use super::sheet::Sheet;
use crate::domain::local;
use crate::text::{Said, t};

/// Asks whether a visit is meant, where another one of the same day may still run; what was told on another day is over.
pub(super) fn asked(sheet: &Sheet, now_ms: i64) -> Option<Said> {
    let (told, who) = sheet.elsewhere.as_ref().filter(|(told, _)| local::days_between(told.at, now_ms) == 0)?;
    let said = told.words().with("who", who).with("at", local::clock(told.at));
    let words = t(
        "{told}, 没听说结束. 真要在这里开始, 再按一次.",
        "{told}, no end is known. If a visit is to begin here, once more.",
    );
    Some(words.with_words("told", said))
}
