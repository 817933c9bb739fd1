//! Beat: what a tick of the running visit says, on whatever page one is: the bell at the minimum, and a gap.

use super::desk::Desk;
use crate::app::Beat;
use crate::domain::local;
use crate::domain::timer::{Cause, Gap, lasting};
use crate::text::{Said, Text, t};

/// Rings and tells what a tick brought.
pub(super) fn tell(beat: &Beat, desk: &mut Desk) {
    if let Some(gap) = &beat.gap {
        desk.notice = Some(gap_notice(gap));
    }
    if beat.rings {
        desk.notice = Some(ring(desk));
    }
}

/// Rings once, where the bell is not off, and says that the minimum is reached. At a talk it is by everyone who is there.
pub(super) fn ring(desk: &mut Desk) -> Said {
    let minutes = desk.session.house().map_or(15, |house| house.minimum_minutes());
    desk.bell = !desk.silent;
    desk.loud = desk.terminal.no_bell;
    let words = if desk.session.running().is_some_and(|running| running.is_talk()) {
        t("在场的都已满{minutes}分钟.", "All who are here have {minutes} {minutes:minute|minutes}.")
    } else {
        t("已满{minutes}分钟.", "{minutes} {minutes:minute|minutes} {minutes:is|are} full.")
    };
    words.with("minutes", minutes)
}

fn gap_notice(gap: &Gap) -> Said {
    Said::from(t(
        "中断了 {length} ({cause}), 没有计入. F8 结束页可以自述.",
        "A gap of {length} ({cause}) does not count. F8 can declare it.",
    ))
    .with_words("length", length(gap))
    .with_words("cause", cause(gap.cause))
}

/// Says how long a gap was; nobody knows after the laptop was started anew.
pub(super) fn length(gap: &Gap) -> Said {
    match gap.length_ms {
        Some(ms) => lasting(ms),
        None => t("多久不详", "unknown length").into(),
    }
}

/// Says when something was: the clock, with the day where that is another one.
pub(super) fn moment(at: i64, now_ms: i64) -> String {
    let clock = local::clock(at);
    if local::days_between(at, now_ms) == 0 { clock } else { format!("{} {clock}", local::short_day(at)) }
}

/// Says why a gap came about, as far as the program can know.
pub(super) const fn cause(cause: Cause) -> Text {
    match cause {
        Cause::Slept => t("电脑睡眠?", "laptop slept?"),
        Cause::Ended => t("程序关闭过", "program closed"),
        Cause::Reopened => t("结束过又接着来", "had been ended"),
        Cause::Rebooted => t("电脑重启过", "laptop restarted"),
    }
}

#[cfg(test)]
mod tests {
    use super::ring;
    use crate::text::Lang;
    use crate::ui::desk::Desk;

    #[test]
    fn with_the_bell_off_the_minimum_is_said_and_not_heard() {
        for (silent, no_bell) in [(false, false), (true, false), (false, true), (true, true)] {
            let mut desk = Desk::for_tests();
            desk.silent = silent;
            desk.terminal.no_bell = no_bell;
            assert_eq!(ring(&mut desk).say(Lang::Zh), "已满15分钟.");
            // What stands in a bar is for whoever cannot hear it, and not for whoever does not want to.
            assert_eq!((desk.bell, desk.loud), (!silent, no_bell));
        }
    }
}
