//! The slate: what is being typed, by the place where it is typed, and the heartbeat of a running visit.

use std::path::Path;
use std::sync::Arc;

use crate::clock::Now;
use crate::log::{Disk, Draft, DraftId, Drafts};
use crate::text::{Said, Trouble};

/// Drafts by place. At most one sync a second; what is younger may be lost with the power, nothing else.
pub struct Slate {
    drafts: Drafts,
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
        (Self { drafts, saved_at: 0 }, findings)
    }

    /// Gives every place with what is typed there, and the cursor in bytes.
    pub fn all(&self) -> Vec<(String, String, usize)> {
        let drafts = self.drafts.drafts().map(|(_, draft)| {
            let place = String::from_utf8_lossy(&draft.place).into_owned();
            (place, draft.text.clone(), usize::try_from(draft.cursor).unwrap_or(0))
        });
        drafts.collect()
    }

    /// Gives the draft of a place, for the commit that consumes it.
    pub fn id(&self, place: &str) -> Option<DraftId> {
        self.drafts.drafts().find(|(_, draft)| draft.place == place.as_bytes()).map(|(id, _)| id)
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

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use crate::app::{Device, Keeper, Place, Request};
    use crate::clock::{Clock, Now};
    use crate::log::disk_faulty::FaultyDisk;
    use crate::log::{Disk, Drafts};

    const WORDS: &str = "张守富";

    /// A clock that stands still, some time after the program began.
    fn at(boot_ms: u64) -> Clock {
        Clock::standing(Now { wall_ms: 1_621_338_120_000, boot_ms })
    }

    fn laptop(folder: &Path, laptop: u64, disk: Arc<dyn Disk>) -> Keeper {
        let place = Place { disk, ..Place::new(folder.to_owned()) };
        place.create(&Device { laptop, visitors: vec!["陈明".into()], ..Device::default() }, &at(1)).unwrap();
        let mut keeper = place.open(at(1)).unwrap().keeper;
        keeper.fill().unwrap();
        keeper
    }

    /// Lets somebody type, which is saved, and press Enter when so much time has passed: not acknowledged yet.
    fn type_and_enter(keeper: &mut Keeper, boot_ms: u64) {
        keeper.slate.put("lookup", WORDS, WORDS.len(), keeper.clock.now());
        keeper.slate.save_now(keeper.clock.now()).unwrap();
        keeper.clock = at(boot_ms);
        keeper.run(&Request::new("household.add").with("head", WORDS).consuming("lookup")).unwrap();
    }

    fn texts(disk: &FaultyDisk, keeper: &Keeper, consumed: &[super::DraftId]) -> Vec<String> {
        let drafts = Drafts::open(Arc::new(disk.clone()), &keeper.place.home(), None, consumed).0;
        drafts.drafts().map(|(_, draft)| draft.text.clone()).collect()
    }

    // At opening only the newest part of the journal tells which drafts were recorded; a few bundles push an action out of it.
    #[test]
    fn that_a_draft_was_recorded_is_saved_before_a_merge_lies_behind_the_action() {
        let home = tempfile::tempdir().unwrap();
        let disk = FaultyDisk::default();
        let mut keeper = laptop(&home.path().join("office"), 1, Arc::new(disk.clone()));
        let mut other = laptop(&home.path().join("group"), 2, Arc::new(FaultyDisk::default()));
        other.run(&Request::new("household.add").with("head", "李桂英")).unwrap();
        other.sync().unwrap();
        let file = other.export(home.path(), None).unwrap().path;
        type_and_enter(&mut keeper, 2);
        keeper.sync().unwrap();
        assert_eq!(texts(&disk, &keeper, &[]), [WORDS], "within the second nothing is saved");
        keeper.merge(keeper.open_parcel(&file).unwrap()).unwrap();
        assert!(texts(&disk, &keeper, &[]).is_empty());
    }
}
