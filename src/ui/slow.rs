//! A slow disk: what was said or typed is not saved yet, and the header must not say that it is.
//!
//! The screens never wait for the disk: keys are taken, lists are searched, and what is recorded stands on the page once it is
//! durable. After a second of waiting the header says 正在保存; after ten a sentence says what that means for people.

use super::desk::Desk;
use super::wait::Wait;
use crate::text::{Said, t};

/// After so long, in milliseconds, the header says that it is being saved: nobody is told of what a blink takes.
const NOTICED: u64 = 1_000;
/// After so long a sentence says what to do, and what not.
const LONG: u64 = 10_000;

/// Looks whether the disk keeps people's words waiting. Called once before each frame.
pub(super) fn follow(desk: &mut Desk) {
    desk.waits = Wait::next(desk.waits, desk.session.behind(), desk.now.boot_ms);
    if is_noticed(desk) {
        // The frame that says so must go as soon as it is no longer true.
        desk.session.will_settle();
    }
}

fn waited(desk: &Desk) -> Option<u64> {
    desk.waits.map(|wait| desk.now.boot_ms.saturating_sub(wait.since()))
}

/// Tells whether the header says that it is being saved.
pub(super) fn is_noticed(desk: &Desk) -> bool {
    waited(desk).is_some_and(|waited| waited >= NOTICED)
}

/// Gives the time in milliseconds until more is to be said of it; none where nothing waits, or all is said.
pub(super) fn comes_in(desk: &Desk) -> Option<u64> {
    let waited = waited(desk)?;
    [NOTICED, LONG].into_iter().find(|until| waited < *until).map(|until| until - waited)
}

/// Says what a long wait means.
pub(super) fn line(desk: &Desk) -> Option<Said> {
    let said = t(
        "还在保存: 磁盘很慢. 可以接着打字; 先别关机, 别拔盘, 存上了这里会说.",
        "Still saving: the disk is slow. Type on; do not switch off or unplug, it will say when it is saved.",
    );
    waited(desk).filter(|waited| *waited >= LONG).map(|_| said.into())
}

#[cfg(test)]
mod tests {
    use super::{Wait, comes_in, follow, is_noticed, line};
    use crate::ui::desk::Desk;
    use crate::ui::frame;

    #[test]
    fn the_header_tells_after_a_second_and_a_sentence_after_ten() {
        let mut desk = Desk::for_tests();
        let at = |desk: &mut Desk, ms: u64| {
            desk.now.boot_ms = 5_000 + ms;
            (frame::saved(desk), comes_in(desk), line(desk).is_some(), is_noticed(desk))
        };
        assert_eq!(at(&mut desk, 0), ("已保存".into(), None, false, false));
        desk.waits = Wait::next(None, Some(1), 5_000);
        assert_eq!(at(&mut desk, 400), ("已保存".into(), Some(600), false, false));
        assert_eq!(at(&mut desk, 1_000), ("正在保存".into(), Some(9_000), false, true));
        assert_eq!(at(&mut desk, 10_000), ("正在保存".into(), None, true, true));
        follow(&mut desk);
        assert_eq!(at(&mut desk, 10_001), ("已保存".into(), None, false, false), "nothing waits below");
    }
}
