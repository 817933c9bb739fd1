//! Nobody met: the outcomes of a visit that spoke with nobody, and those after which nobody is gone to any more.

use crate::app::Args;
use crate::domain::choice;
use crate::text::{Trouble, t};

/// The outcomes after which a household is no longer asked for.
pub(super) const GONE: [&str; 2] = ["moved", "deceased"];

/// Tells whether nobody was met in a visit of this outcome; how satisfied they were is refused then.
pub(super) fn answers_none(args: &Args, outcome: &str) -> Result<bool, Trouble> {
    let is_with_nobody = choice::NOBODY.contains(&outcome);
    if is_with_nobody && args.text("satisfaction").is_some_and(|said| !said.is_empty()) {
        let said = t("没有谈到人, 没有满意度.", "nobody was spoken with, so nobody said how satisfied they are.");
        let hint = t("满意度 空着.", "Leave satisfaction empty.");
        return Err(Trouble::new("bad-value", said).about("satisfaction").hint(hint));
    }
    Ok(is_with_nobody)
}

#[cfg(test)]
mod tests {
    use crate::app::Request;
    use crate::app::exchange::some_laptops::Laptop;

    // The screen asks nobody, and the command line put down how satisfied somebody was who had not been there.
    #[test]
    fn nobody_who_was_not_met_is_satisfied() {
        let mut one = Laptop::new(1, "一组", "陈明");
        let home = one.add("张守富", "12号");
        let satisfied = |visit| Request::new("visit.set").with_name("visit", visit).with("satisfaction", "mostly");
        for (outcome, is_refused) in [("absent", true), ("refused", true), ("later", false), ("done", false)] {
            let visit = one.ask(Request::new("visit.start").with_name("household", home));
            one.ask(Request::new("visit.finish").with("outcome", outcome).with("short_why", "有事"));
            let answer = one.keeper.run(&satisfied(visit)).map_err(|trouble| trouble.kind);
            assert_eq!(answer.err(), is_refused.then_some("bad-value"), "{outcome}");
            one.keeper.finish().unwrap();
            // What says nothing is refused nowhere.
            one.ask(satisfied(visit).with("satisfaction", ""));
        }
    }
}
