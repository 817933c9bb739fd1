//! The desk: everything a request may look at and change while it is carried out.

use crate::domain::Name;

use super::action::{Action, Before};
use super::running::Running;
use super::{Device, Shelf};

/// What lies on the table while one request is carried out. When it fails, all of it is put back as it was.
pub struct Desk<'a> {
    /// The operations being written.
    pub action: Action<'a>,
    /// What belongs to what.
    pub shelf: &'a Shelf,
    /// The visit whose timer runs on this laptop.
    pub running: &'a mut Option<Running>,
    /// Who this laptop is.
    pub device: &'a mut Device,
    /// What this laptop did before, for taking back.
    pub past: &'a mut Vec<Vec<Before>>,
    /// From how many counted minutes on a visit counts (plan 二(二)3(1)).
    pub minimum_minutes: i64,
}

impl Desk<'_> {
    /// Tells whether a visit is the one whose timer runs here.
    pub fn is_running(&self, visit: Name) -> bool {
        self.running.as_ref().is_some_and(|running| running.visit == visit)
    }
}
