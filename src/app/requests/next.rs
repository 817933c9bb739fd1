//! 下次联系: what was said of the next contact where a visit ended. Where the words name a time it is an appointment (plan 二(二)3(1):
//! 实行预约走访): whoever looks for the household sees when somebody is to come.

use crate::app::Desk;
use crate::app::house::awaited::Agreed;
use crate::domain::{Birth, Name, NextContact, Sort, Value, Visit};
use crate::text::Trouble;

/// Keeps the words, with the date of the time they name, and makes the appointment; one of this laptop's that still lies ahead is
/// changed, not doubled, and nobody has confirmed the new time. What another laptop agreed on stays. Words that come from paper are
/// read as of the day of the visit. Gives the moment, where there is one.
pub(super) fn keep(desk: &mut Desk<'_>, visit: Name, said: &str) -> Result<Option<i64>, Trouble> {
    let now_ms = desk.action.now().wall_ms;
    let record = desk.action.record(visit)?;
    let later = record.as_deref().and_then(Visit::read).filter(|visit| visit.entered_later);
    let next = NextContact::of(said, later.map_or(now_ms, |visit| visit.started));
    desk.action.set(visit, "next", Value::text(&next.words))?;
    let household = record.and_then(|record| record.link("household"));
    let Some((at, household)) = next.at.filter(|at| *at >= now_ms).zip(household) else { return Ok(None) };
    let mut ahead = None;
    let all = desk.shelf.children_of(desk.shelf.home_of(household), Sort::Appointment);
    for name in all.into_iter().filter(|name| !desk.shelf.is_elsewhere(name.writer)) {
        let awaits = desk.action.record(name)?.as_deref().and_then(Agreed::of).map(|one| one.at).filter(|at| *at > now_ms);
        ahead = ahead.max(awaits.map(|at| (std::cmp::Reverse(at), name)));
    }
    if let Some((_, appointment)) = ahead {
        desk.action.set(appointment, "at", Value::At(at))?;
        if desk.action.record(appointment)?.is_some_and(|record| record.value("confirmed").is_some()) {
            desk.action.set(appointment, "confirmed", Value::Nothing)?;
        }
    } else {
        let facts = vec![("at".into(), Value::At(at))];
        desk.action.create(Sort::Appointment, Birth { links: vec![("household".into(), household)], facts })?;
    }
    Ok(Some(at))
}
