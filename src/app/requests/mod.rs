//! The rows of the request table, by what they are about.

pub(in crate::app) mod action;
pub(in crate::app) mod again;
mod appointment;
pub(in crate::app) mod args;
mod clock;
mod clock_here;
mod compared;
mod conflict;
pub(in crate::app) mod desk;
mod device;
mod facts;
mod first;
mod flow;
mod household;
mod import;
mod issue;
mod joins;
mod line;
mod member;
mod minutes;
mod next;
mod nobody;
pub(in crate::app) mod once;
pub(in crate::app) mod pen;
pub(in crate::app) mod request;
mod talk;
mod together;
mod twins;
pub(super) mod undo;
mod visit;

pub(super) use flow::is_open;
pub use together::TOGETHER;

use crate::app::requests::request::Row;

/// Gives every row.
pub fn all() -> impl Iterator<Item = &'static Row> {
    [
        household::ROWS,
        member::ROWS,
        appointment::ROWS,
        visit::ROWS,
        talk::ROWS,
        line::ROWS,
        issue::ROWS,
        flow::ROWS,
        import::ROWS,
        twins::ROWS,
        compared::ROWS,
        conflict::ROWS,
        together::ROWS,
        undo::ROWS,
        device::ROWS,
        clock::ROWS,
    ]
    .into_iter()
    .flatten()
}
