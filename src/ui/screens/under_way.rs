//! Under way: an issue on which steps were taken is neither taken away with the line that it was said in, nor moved.

use crate::domain::{Body, Name};
use crate::text::{Text, t};
use crate::ui::desk::Desk;

pub const STAYS: Text = t(
    "这一条的问题已经在办, 不能撤, 也不能挪. 在问题页 (F4) 走下一步.",
    "The issue of this line is being worked on and stays where it is. Go on with it under issues (F4).",
);

/// Tells whether a step of an issue stands.
pub fn is(issue: Name, desk: &Desk) -> bool {
    let record = desk.session.house().and_then(|house| house.righted().record(issue).ok().flatten());
    record.is_some_and(|record| {
        let gone = record.events_taken_back();
        let mut steps = record.events().filter(|kept| matches!(kept.operation.body, Body::Step(_)));
        steps.any(|kept| !gone.contains(&kept.operation.name))
    })
}
