//! 首访: which visit is the first one, and that what somebody said of a visit's purpose stays.

use crate::app::Desk;
use crate::domain::{Name, Sort, Value, Visit};
use crate::text::Trouble;

/// Writes the purpose that somebody said of a visit, also where the same was taken for it: it was said from then on.
pub(super) fn say(desk: &mut Desk<'_>, visit: Name, purpose: Value) -> Result<(), Trouble> {
    if is_said(desk, visit)? {
        desk.action.set(visit, "purpose", purpose)
    } else {
        desk.action.write_over(visit, "purpose", purpose)
    }
}

/// Tells whether the purpose of a visit is that of a first one.
pub(super) fn is_one(desk: &Desk<'_>, visit: Name) -> Result<bool, Trouble> {
    Ok(desk.action.record(visit)?.is_some_and(|record| record.text("purpose") == Some("first")))
}

/// Tells whether somebody said the purpose of a visit, or it is what a visit of its time is taken for.
fn is_said(desk: &Desk<'_>, visit: Name) -> Result<bool, Trouble> {
    Ok(desk.action.record(visit)?.is_some_and(|record| record.written("purpose").is_some()))
}

/// Gives the visits of a household that were carried out, each with whether it covers the household.
fn carried_out(desk: &Desk<'_>, household: Name) -> Result<Vec<(Visit, bool)>, Trouble> {
    let (counting, may_be_phoned) = (desk.counting(), desk.may_be_phoned(household)?);
    let mut all = Vec::new();
    for name in desk.shelf.children_of(desk.shelf.home_of(household), Sort::Visit) {
        let visit = desk.action.record(name)?.as_deref().and_then(Visit::read);
        let visit = visit.filter(|visit| visit.outcome == "done");
        all.extend(visit.map(|visit| {
            let covers = visit.covers(counting, may_be_phoned);
            (visit, covers)
        }));
    }
    Ok(all)
}

/// Tells whether a visit is the first one 首访: none that counts was carried out before it. One entered later is put where it was,
/// not where it is written down.
pub(super) fn is_first(desk: &Desk<'_>, household: Name, on: Option<i64>) -> Result<bool, Trouble> {
    match on {
        None => Ok(!desk.shelf.standing(household).is_covered()),
        Some(on) => Ok(carried_out(desk, household)?.iter().all(|(visit, covers)| !covers || visit.started > on)),
    }
}

/// Where a visit that counts and is for the first time was entered later, those after it that were taken for it are so no more; one of
/// which somebody said so is.
pub(super) fn settle_first(desk: &mut Desk<'_>, visit: Name, household: Name, on: i64) -> Result<(), Trouble> {
    let mut others = carried_out(desk, household)?;
    others.retain(|(other, _)| other.name != visit);
    let is_before = |(other, covers): &(Visit, bool)| *covers && other.started <= on;
    if others.iter().any(is_before) {
        return Ok(());
    }
    for (other, _) in others.iter().filter(|(other, _)| other.purpose == "first" && other.started > on) {
        if !is_said(desk, other.name)? {
            desk.action.set(other.name, "purpose", Value::text("routine"))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::app::Request;
    use crate::app::exchange::some_laptops::Laptop;
    use crate::domain::{Name, Visit};

    fn purpose(laptop: &Laptop, visit: Name) -> String {
        let read = |visit| laptop.keeper.house().view().record(visit).unwrap().as_deref().and_then(Visit::read);
        read(visit).unwrap().purpose
    }

    // Somebody had said that it was the first one, and a sheet of paper from before made it routine.
    #[test]
    fn a_purpose_that_somebody_said_stays_when_an_earlier_visit_comes_from_paper() {
        let mut one = Laptop::new(1, "一组", "陈明");
        let paper = |one: &mut Laptop, home, day: u32, purpose: &str| {
            let start = Request::new("visit.start").with_name("household", home).with("outcome", "done");
            let start = start.with("on", format!("2021-05-{day:02}T08:00:00+08:00")).with("minutes", 20);
            one.ask(if purpose.is_empty() { start } else { start.with("purpose", purpose) })
        };
        for (door, said, set, kept) in [
            ("1", "", "", "routine"),
            ("2", "first", "", "first"),
            ("3", "", "first", "first"),
            ("4", "feedback", "", "feedback"),
        ] {
            let home = one.add("张守富", door);
            let visit = paper(&mut one, home, 12, said);
            if !set.is_empty() {
                one.ask(Request::new("visit.set").with_name("visit", visit).with("purpose", set));
            }
            let earlier = paper(&mut one, home, 10, "");
            assert_eq!((purpose(&one, visit).as_str(), purpose(&one, earlier).as_str()), (kept, "first"), "{door}");
        }
        // It was put down in one go, and what it had been for was overlooked.
        let home = one.add("张守富", "6");
        let visit = paper(&mut one, home, 12, "");
        let earlier = paper(&mut one, home, 10, "feedback");
        assert_eq!((purpose(&one, visit).as_str(), purpose(&one, earlier).as_str()), ("first", "feedback"));
        // Of the earlier one itself somebody says at its end that it was another.
        let home = one.add("张守富", "5");
        let visit = paper(&mut one, home, 12, "");
        let start = Request::new("visit.start").with_name("household", home).with("on", "2021-05-10T08:00:00+08:00");
        let earlier = one.ask(start);
        one.ask(
            Request::new("visit.finish").with_name("visit", earlier).with("minutes", 20).with("purpose", "feedback"),
        );
        assert_eq!((purpose(&one, visit).as_str(), purpose(&one, earlier).as_str()), ("first", "feedback"));
    }
}
