//! The slate: what is being typed, by the place where it is typed, and the heartbeat of a running visit.

use std::path::Path;
use std::sync::Arc;

use crate::clock::Now;
use crate::log::{Disk, Draft, DraftId, Drafts};
use crate::text::{Said, Trouble};

/// Drafts by place. At most one sync a second; what is younger may be lost with the power, nothing else.
pub struct Slate {
    drafts: Drafts,
    /// Drafts that actions consumed which are not acknowledged yet: shown to nobody, and not let go before.
    recorded: Vec<DraftId>,
    saved_at: u64,
}

/// The key of the running visit's heartbeat.
const HEARTBEAT: &str = "visit";
/// The shortest time between two saves: a second of boot time, in milliseconds.
const PACE_MS: u64 = 1_000;

impl Slate {
    /// Reads the drafts of a data folder, without those that the journal says were consumed.
    pub fn open(disk: Arc<dyn Disk>, folder: &Path, day: &str, consumed: &[DraftId]) -> (Self, Vec<Said>) {
        let (drafts, findings) = Drafts::open(disk, folder, Some(day), consumed);
        (Self { drafts, recorded: Vec::new(), saved_at: 0 }, findings)
    }

    /// Gives every place with what is typed there, and the cursor in bytes.
    pub fn all(&self) -> Vec<(String, String, usize)> {
        let there = self.drafts.drafts().filter(|(id, _)| !self.recorded.contains(id));
        let drafts = there.map(|(_, draft)| {
            let place = String::from_utf8_lossy(&draft.place).into_owned();
            (place, draft.text.clone(), usize::try_from(draft.cursor).unwrap_or(0))
        });
        drafts.collect()
    }

    /// Gives the draft of a place, for the commit that consumes it.
    pub fn id(&self, place: &str) -> Option<DraftId> {
        let mut there = self.drafts.drafts().filter(|(id, _)| !self.recorded.contains(id));
        there.find(|(_, draft)| draft.place == place.as_bytes()).map(|(id, _)| id)
    }

    /// Takes what stands at a place now. Empty text lets the draft go.
    pub fn put(&mut self, place: &str, text: &str, cursor: usize, now: Now) {
        if text.is_empty() {
            self.clear(place);
            return;
        }
        let id = self.id(place).unwrap_or_else(|| self.drafts.new_id());
        let cursor = u32::try_from(cursor).unwrap_or(u32::MAX);
        let place = place.as_bytes().to_vec();
        self.drafts.put(id, Draft { place, text: text.to_owned(), cursor, at: now.wall_ms });
    }

    /// Lets the draft of a place go.
    pub fn clear(&mut self, place: &str) {
        if let Some(id) = self.id(place) {
            self.drafts.consume(id);
        }
    }

    /// Takes note that an action consumed the draft of a place.
    pub fn recorded(&mut self, place: &str) {
        self.recorded.extend(self.id(place));
    }

    /// Lets go what was consumed: the actions are acknowledged.
    pub fn let_go(&mut self) {
        for id in self.recorded.drain(..) {
            self.drafts.consume(id);
        }
    }

    /// Has drafts again whose actions were refused.
    pub fn take_back(&mut self) {
        self.recorded.clear();
    }

    /// Takes the heartbeat of the running visit, or lets it go.
    pub fn beat(&mut self, heartbeat: Option<&str>) {
        match heartbeat {
            Some(text) => self.drafts.beat(HEARTBEAT, text.as_bytes()),
            None => self.drafts.end_beat(HEARTBEAT),
        }
    }

    /// Gives the heartbeat that was found.
    pub fn heartbeat(&self) -> Option<String> {
        let (_, bytes) = self.drafts.beats().find(|(key, _)| *key == HEARTBEAT)?;
        Some(String::from_utf8_lossy(bytes).into_owned())
    }

    /// Tells whether something waits to be saved.
    pub fn is_changed(&self) -> bool {
        self.drafts.is_changed()
    }

    /// Saves what changed, unless that was done less than a second ago.
    pub fn save(&mut self, now: Now) -> Result<(), Trouble> {
        let waited = now.boot_ms.checked_sub(self.saved_at).is_none_or(|waited| waited >= PACE_MS);
        if waited { self.save_now(now) } else { Ok(()) }
    }

    /// Saves what changed.
    pub fn save_now(&mut self, now: Now) -> Result<(), Trouble> {
        self.drafts.flush()?;
        self.saved_at = now.boot_ms;
        Ok(())
    }
}
