//! A word that stands again: an undo writes what stood before once more, and people are told who said it, when and where.

use crate::domain::{Clocks, Kept, Name};
use crate::log::bytes;

/// Gives what an operation lets stand again, by its bytes: there its clock is as it was read, also where it was corrected since.
pub(in crate::app) fn stood(kept: &Kept) -> Option<Name> {
    bytes::decode(&kept.bytes).ok()?.operation.again_of()
}

/// Gives by which writer something was said, and when, milliseconds since 1970 UTC: not by whom and when it was put back.
pub(in crate::app) fn said_by(kept: &Kept, clocks: &Clocks) -> (u64, i64) {
    let operation = &kept.operation;
    match stood(kept) {
        Some(stood) => (stood.writer, clocks.right_by(stood.writer, operation.stamp.wall_ms())),
        None => (operation.name.writer, operation.wall_ms),
    }
}

#[cfg(test)]
mod tests {
    use crate::app::Request;
    use crate::app::exchange::some_laptops::Laptop;
    use crate::domain::{Name, local};

    /// Says of each value of the one disagreement what it is, who said it, where and when.
    fn sides(laptop: &Laptop) -> Vec<String> {
        let disputes = laptop.keeper.house().disputes().unwrap();
        let sides = disputes.iter().flat_map(|dispute| &dispute.sides);
        let mut said: Vec<String> = sides
            .map(|side| format!("{} {} {} {}", side.written, side.actor, side.laptop, local::day(side.at)))
            .collect();
        said.sort();
        said
    }

    fn disputed() -> (Laptop, Name) {
        let (mut one, mut two) = (Laptop::new(1, "一组", "陈明"), Laptop::new(2, "二组", "张文彬"));
        let zhang = one.add("张守富", "12号");
        two.merge(&one.export("0.zfb"));
        two.year = 2031;
        two.set(zhang, "nickname", "富子");
        one.set(zhang, "nickname", "小富");
        one.merge(&two.export("1.zfb"));
        (one, zhang)
    }

    // A stamp older than the clock told such a word: that of a value from the future is not, and it became the undoer's own.
    #[test]
    fn a_value_from_the_future_that_an_undo_puts_back_stays_its_writers() {
        let (mut one, zhang) = disputed();
        let want = ["富子 张文彬 二组 2031-05-18", "小富 陈明 一组 2021-05-18"];
        assert_eq!(sides(&one), want);
        for value in ["富子", "小富"] {
            let choose = Request::new("conflict.resolve").with_name("entity", zhang).with("fact", "nickname");
            one.ask(choose.with("value", value));
            assert!(sides(&one).is_empty());
            one.ask(Request::new("undo"));
            assert_eq!(sides(&one), want, "{value}");
        }
        // So it is on every laptop, and put back once more.
        let mut other = Laptop::new(3, "办公室", "李光军");
        other.merge(&one.export("2.zfb"));
        assert_eq!(sides(&other), want);
    }
}
