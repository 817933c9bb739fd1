//! Dial: how long the talk has been, and how far its households are: each counts from when it was added, so what the talk has
//! counted makes none of them full.
//!
//! The bar is that of the household that is full next. 已满 stands there only when everyone who is there is full.

use crate::app::{Gathering, Running};
use crate::domain::Fullness;
use crate::text::{Said, t};
use crate::ui::canvas::Canvas;
use crate::ui::screens::visit::picture::{GAP_AT_THE_END, Towards, draw_towards, minded, minimum_ms, to_go};

/// From how many columns on it is said when the last one is full too.
const WIDE: u16 = 80;
/// Fewer columns have room for few words.
const NARROW: u16 = 60;
/// Households that are full within a second of each other came together, in milliseconds.
const TOGETHER: u64 = 1_000;

/// Draws it.
pub(super) fn draw(running: &Running, gathering: &Gathering, canvas: &mut Canvas<'_>, y: u16) {
    let whole = minimum_ms(canvas.desk);
    let present = gathering.present.iter().map(|guest| &guest.presence);
    let fullness = running.fullness(present, i64::try_from(whole / 60_000).unwrap_or(i64::MAX));
    // A warning takes the room of the last one.
    let is_wide = canvas.width() >= WIDE && minded(running, GAP_AT_THE_END, canvas).is_empty();
    let state = said(&fullness, whole, is_wide, canvas.width() < NARROW);
    let counted = if fullness.is_full() { whole } else { fullness.next_ms.map_or(0, milliseconds) };
    let towards = Towards { counted, state, is_full: fullness.is_full() };
    draw_towards(running, &towards, GAP_AT_THE_END, canvas, y);
}

fn milliseconds(ms: i64) -> u64 {
    u64::try_from(ms).unwrap_or(0)
}

/// Says how many are full, and when the next one is.
fn said(fullness: &Fullness, whole: u64, is_wide: bool, is_narrow: bool) -> Said {
    let missing = |ms: i64| whole.saturating_sub(milliseconds(ms));
    let words: Said = match (fullness.next_ms.map(missing), fullness.last_ms.map(missing)) {
        _ if fullness.came == 0 => t("加了户才计", "counts once they are added").into(),
        (Some(next), Some(last)) => {
            let words = if is_narrow {
                t("满 {full}/{came} 户, 还差 {next}", "{full}/{came} full, {next} to go")
            } else if last.saturating_sub(next) < TOGETHER {
                t("满 {full} / {came} 户, 还差 {next}", "{full} of {came} full, {next} to go")
            } else if is_wide {
                t(
                    "满 {full} / {came} 户, 下一户还差 {next}, 都满还差 {last}",
                    "{full} of {came} full, next {next} to go, all {last}",
                )
            } else {
                t("满 {full} / {came} 户, 下一户还差 {next}", "{full} of {came} full, next {next} to go")
            };
            words.with("next", to_go(next)).with("last", to_go(last))
        }
        _ if fullness.full == fullness.came => t("{came} 户已满", "{came} full").into(),
        // Whoever is short has left.
        _ if fullness.is_full() => t("在场的已满, {full} / {came} 户", "all here full, {full} of {came}").into(),
        _ => t("满 {full} / {came} 户, 都走了", "{full} of {came} full, all left").into(),
    };
    words.with("full", fullness.full).with("came", fullness.came)
}

#[cfg(test)]
mod tests {
    use super::said;
    use crate::domain::Fullness;
    use crate::text::Lang;

    #[test]
    fn full_is_said_of_households_and_never_of_the_talk() {
        const MINUTE: i64 = 60_000;
        let said = |came, full, next: Option<i64>, last: Option<i64>, is_wide| {
            let ms = |minutes: Option<i64>| minutes.map(|minutes| minutes * MINUTE);
            let fullness = Fullness { came, full, next_ms: ms(next), last_ms: ms(last) };
            said(&fullness, 900_000, is_wide, false).say(Lang::Zh)
        };
        assert_eq!(said(0, 0, None, None, true), "加了户才计");
        assert_eq!(said(29, 0, Some(14), Some(10), true), "满 0 / 29 户, 下一户还差 01:00, 都满还差 05:00");
        assert_eq!(said(29, 0, Some(14), Some(10), false), "满 0 / 29 户, 下一户还差 01:00");
        assert_eq!(said(29, 3, Some(14), Some(14), true), "满 3 / 29 户, 还差 01:00");
        assert_eq!(said(29, 29, None, None, true), "29 户已满");
        assert_eq!(said(29, 27, None, None, true), "在场的已满, 27 / 29 户");
        assert_eq!(said(2, 0, None, None, true), "满 0 / 2 户, 都走了");
    }
}
