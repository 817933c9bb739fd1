//! Hesitation: in the first days, whoever looks at a page for a while without pressing a key is told in one line what to do
//! here. The line stands where notices stand, costs no key, and goes with the next one.
//!
//! What it says is written at the table of the place (`keys.rs`), like everything else that is said of keys.

use super::desk::Desk;
use super::keys::Key;
use super::page::Face;
use crate::domain::local;
use crate::text::{Said, t};

/// How long a page is looked at before the line comes, in milliseconds of boot time.
const LOOKING: u64 = 12_000;
/// The days in which it comes, the day of the first run among them.
const FIRST_DAYS: i64 = 3;

fn is_new_here(desk: &Desk) -> bool {
    let began = desk.session.device().began_at;
    began > 0 && (0..FIRST_DAYS).contains(&local::days_between(began, desk.now.wall_ms))
}

/// Gives the time in milliseconds until the line comes; none where it is there already, or never comes.
pub(super) fn comes_in(desk: &Desk) -> Option<u64> {
    let left = desk.touched.saturating_add(LOOKING).checked_sub(desk.now.boot_ms).filter(|left| *left > 0)?;
    is_new_here(desk).then_some(left)
}

/// Says what to do on a page, where somebody hesitates.
pub(super) fn line(page: &dyn Face, desk: &Desk) -> Option<Said> {
    let looked = desk.now.boot_ms.saturating_sub(desk.touched);
    if looked < LOOKING || !is_new_here(desk) {
        return None;
    }
    if let Some(advice) = page.advice() {
        return Some(advice.into());
    }
    let lines = page.lines();
    let first = lines.iter().find(|line| !line.keys.is_empty())?;
    let said = if lines.iter().any(|line| line.keys.contains(&Key::Esc)) {
        t("{key} {words}; F1 看这里还能做什么.", "{key}: {words}. F1 shows what else can be done here.")
    } else {
        t("{key} {words}; Esc 看这里还能做什么.", "{key}: {words}. Esc shows what else can be done here.")
    };
    Some(said.with("key", first.key()).with_words("words", first.words))
}
