//! The clock of this laptop: what somebody said here of it, noted with the laptop and in no record.

use std::collections::BTreeMap;

use crate::app::Desk;
use crate::app::keeper::clock_doubt;
use crate::domain::{Clocks, Name, Value, local, skew};
use crate::text::{Trouble, t};

/// Refuses what would go by a clock that is before the program existed.
pub(super) fn may_be_right(now_ms: i64) -> Result<(), Trouble> {
    if now_ms >= skew::BEGINNING_MS {
        return Ok(());
    }
    let year = chrono::Datelike::year(&local::day(now_ms));
    let said = t("本机的时间是 {year} 年, 还没记.", "This laptop's clock says {year}; nothing is recorded.");
    Err(Trouble::new("own-clock", said.with("year", year))
        .hint(t("先把本机的钟调对, 再来一次.", "Set this laptop's clock, then do it again.")))
}

/// Notes that somebody said here that the clock of this laptop is right, of all that makes it doubtful; `others` is how far others have
/// come by files that are not merged. Tells whether anything did: a word without a doubt would silence a later one.
pub(super) fn note_right(desk: &mut Desk<'_>, others: Option<i64>) -> Result<bool, Trouble> {
    let now_ms = desk.action.now().wall_ms;
    may_be_right(now_ms)?;
    let (shelf, clock, before) = (desk.shelf, Clocks::entity(desk.device.laptop), desk.device.said_of_clock());
    if clock_doubt::corrected(shelf, desk.action.view(), desk.device, now_ms).is_some() {
        let said = desk.action.record(clock)?;
        desk.device.see_correction(said.as_deref());
    }
    // Also of a laptop that recorded nothing yet: its campaign began under some clock.
    if clock_doubt::recorded(shelf, desk.device, now_ms).is_some() {
        let latest = shelf.latest_of(desk.device.laptop).unwrap_or_default();
        desk.device.clock_right_after = latest.max(desk.device.began_at);
    }
    let merged = clock_doubt::others(shelf, desk.device, now_ms, &BTreeMap::new());
    if let Some(others) = others.filter(|others| *others > now_ms).max(merged) {
        (desk.device.clock_right_said, desk.device.clock_right_others) = (now_ms, others);
    }
    Ok(changes_here(desk, clock, before))
}

/// Takes back what was said here of the clock of this laptop. Tells whether anything was.
pub(super) fn forget_right(desk: &mut Desk<'_>) -> bool {
    let (clock, before) = (Clocks::entity(desk.device.laptop), desk.device.said_of_clock());
    (desk.device.clock_right_after, desk.device.clock_right_said, desk.device.clock_right_others) = (0, 0, 0);
    changes_here(desk, clock, before)
}

fn changes_here(desk: &mut Desk<'_>, clock: Name, before: Value) -> bool {
    let changes = desk.device.said_of_clock() != before;
    if changes {
        desk.action.changes_here(clock, before);
    }
    changes
}
