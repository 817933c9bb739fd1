//! 下次联系: what was said of the next contact where a visit ended. Where the words name a time it is an appointment (plan 二(二)3(1):
//! 实行预约走访): whoever looks for the household sees when somebody is to come.

use crate::app::Desk;
use crate::app::house::seen::awaited;
use crate::domain::{Birth, Name, NextContact, Sort, Value};
use crate::text::Trouble;

/// Keeps the words, with the date of the time they name, and makes the appointment; one that still lies ahead is changed, not
/// doubled. Gives its moment, where there is one.
pub(super) fn keep(desk: &mut Desk<'_>, visit: Name, said: &str) -> Result<Option<i64>, Trouble> {
    let now_ms = desk.action.now().wall_ms;
    let next = NextContact::of(said, now_ms);
    desk.action.set(visit, "next", Value::text(&next.words))?;
    let household = desk.action.record(visit)?.and_then(|record| record.link("household"));
    let Some((at, household)) = next.at.zip(household) else { return Ok(None) };
    let mut ahead = None;
    for name in desk.shelf.children_of(desk.shelf.home_of(household), Sort::Appointment) {
        let awaits = desk.action.record(name)?.as_deref().and_then(awaited).filter(|at| *at > now_ms);
        ahead = ahead.max(awaits.map(|at| (std::cmp::Reverse(at), name)));
    }
    if let Some((_, appointment)) = ahead {
        desk.action.set(appointment, "at", Value::At(at))?;
    } else {
        let facts = vec![("at".into(), Value::At(at))];
        desk.action.create(Sort::Appointment, Birth { links: vec![("household".into(), household)], facts })?;
    }
    Ok(Some(at))
}
