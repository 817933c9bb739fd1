//! 换人: whoever joins a visit or a talk that runs is one of its visitors from the first thing on that is recorded in that name. No
//! undo takes that back, as it is no part of what was said.

use crate::app::Desk;
use crate::domain::{Name, Value};
use crate::text::Trouble;

/// Counts who acts among the visitors of a visit, where it runs.
pub(super) fn visit(desk: &mut Desk<'_>, visit: Name) -> Result<(), Trouble> {
    if desk.is_running(visit) { went(desk, visit) } else { Ok(()) }
}

/// Counts who acts among the visitors of a talk, where it runs, and of the households that are there.
pub(super) fn talk(desk: &mut Desk<'_>, talk: Name) -> Result<(), Trouble> {
    if !desk.is_running(talk) {
        return Ok(());
    }
    went(desk, talk)?;
    for presence in desk.present(talk)?.into_iter().filter(|presence| presence.left.is_none()) {
        went(desk, presence.visit)?;
    }
    Ok(())
}

fn went(desk: &mut Desk<'_>, to: Name) -> Result<(), Trouble> {
    let actor = desk.action.actor().to_owned();
    let Some(record) = desk.action.record(to)? else { return Ok(()) };
    let mut visitors = record.value("visitors").map(|value| value.as_words().to_vec()).unwrap_or_default();
    if actor.is_empty() || visitors.iter().any(|visitor| visitor.as_str() == actor) {
        return Ok(());
    }
    visitors.push(actor.as_str().into());
    desk.action.mark(to, "visitors", Value::words(visitors))
}
