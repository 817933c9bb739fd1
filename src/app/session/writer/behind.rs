//! How far the writer is behind what people say and type: on a disk that takes long it is, and the screens have to tell.

use std::sync::atomic::Ordering;

use super::Order;
use crate::app::session::Session;
use crate::app::session::message::Ask;
use crate::app::session::shared::Shared;

impl Order {
    /// Tells whether this is something that a person said, typed or does: it is not saved before it was dealt with.
    pub(in crate::app) const fn is_said(&self) -> bool {
        matches!(self, Self::Ask(_, Ask::Do(_)) | Self::Draft { .. } | Self::Tick | Self::Save)
    }
}

impl Shared {
    /// Counts off what was said and is saved now, or refused.
    pub(super) fn dealt_with(&self, said: usize) {
        self.unsaid.fetch_sub(said, Ordering::SeqCst);
        self.rounds.fetch_add(1, Ordering::SeqCst);
    }
}

impl Session {
    /// Tells how often the writer has dealt with something, while there is something that it has not; none where all that was
    /// said or typed so far is saved or refused. Where this stays the same the disk keeps it waiting.
    pub fn behind(&self) -> Option<u64> {
        let unsaid = self.shared.unsaid.load(Ordering::SeqCst);
        (unsaid > 0).then(|| self.shared.rounds.load(Ordering::SeqCst))
    }
}
