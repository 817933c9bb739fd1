//! The slate: what is being typed, by the place where it is typed, and the heartbeat of a running visit.

use std::path::Path;
use std::sync::Arc;

use super::loss::Loss;
use crate::clock::Now;
use crate::log::{Disk, Draft, DraftId, Drafts};
use crate::text::{Said, Trouble};

/// Drafts by place. At most one sync a second; what is younger may be lost with the power, nothing else.
pub struct Slate {
    drafts: Drafts,
    /// Drafts that actions consumed which are not acknowledged yet: shown to nobody, and not let go before.
    recorded: Vec<DraftId>,
    /// Drafts whose requests have to wait.
    held: Vec<DraftId>,
    /// Drafts that were refused while something else was being typed at their place: kept, shown once the program is opened
    /// again and the place is free, and never written over.
    stepped_aside: Vec<DraftId>,
    saved_at: u64,
    /// The disk did not take what was to be saved last.
    is_refused: bool,
}

/// The key of the running visit's heartbeat.
const HEARTBEAT: &str = "visit";
/// The shortest time between two saves: a second of boot time, in milliseconds.
const PACE_MS: u64 = 1_000;

/// Tells whether a place keeps what somebody typed. Beside the line of a visit or a talk stands which issue it is joined with and
/// which household says it, in numbers that say nothing to anybody.
pub(in crate::app) fn is_typed(place: &str) -> bool {
    let place = place.split_once('@').map_or(place, |(place, _)| place);
    let is_of_line = place.starts_with("visit/") || place.starts_with("talk/");
    !(is_of_line && ["/with", "/who"].iter().any(|what| place.ends_with(what)))
}

impl Slate {
    /// Reads the drafts of a data folder, without those that the journal says were consumed.
    pub fn open(disk: Arc<dyn Disk>, folder: &Path, day: &str, consumed: &[DraftId]) -> (Self, Vec<Said>) {
        let (drafts, findings) = Drafts::open(disk, folder, Some(day), consumed);
        let mut slate = Self {
            drafts,
            recorded: Vec::new(),
            held: Vec::new(),
            stepped_aside: Vec::new(),
            saved_at: 0,
            is_refused: false,
        };
        // Of several at one place the newest is the one that was being typed.
        let ids: Vec<DraftId> = slate.drafts.drafts().map(|(id, _)| id).collect();
        slate.show_again(ids.into_iter().rev());
        (slate, findings)
    }

    /// Gives the drafts that are shown, at most one for each place.
    fn shown(&self) -> impl Iterator<Item = (DraftId, &Draft)> {
        let hidden = [&self.recorded, &self.held, &self.stepped_aside];
        self.drafts.drafts().filter(move |(id, _)| !hidden.iter().any(|ids| ids.contains(id)))
    }

    /// Shows drafts again. Where another one is shown at the place by now that one stays.
    fn show_again(&mut self, ids: impl Iterator<Item = DraftId>) {
        let ids: Vec<DraftId> = ids.collect();
        self.stepped_aside.extend(&ids);
        for id in ids {
            let place = self.drafts.drafts().find(|(other, _)| *other == id).map(|(_, draft)| draft.place.clone());
            if !self.shown().any(|(_, draft)| Some(&draft.place) == place.as_ref()) {
                self.stepped_aside.retain(|other| *other != id);
            }
        }
    }

    /// Gives every place with what is typed there, and the cursor in bytes.
    pub fn all(&self) -> Vec<(String, String, usize)> {
        let drafts = self.shown().map(|(_, draft)| {
            let place = String::from_utf8_lossy(&draft.place).into_owned();
            (place, draft.text.clone(), usize::try_from(draft.cursor).unwrap_or(0))
        });
        drafts.collect()
    }

    /// Gives the draft of a place, for the commit that consumes it.
    pub fn id(&self, place: &str) -> Option<DraftId> {
        self.shown().find(|(_, draft)| draft.place == place.as_bytes()).map(|(id, _)| id)
    }

    /// Takes what stands at a place now. Empty text lets the draft go.
    pub fn put(&mut self, place: &str, text: &str, cursor: usize, now: Now) {
        if text.is_empty() {
            self.clear(place);
            return;
        }
        let id = self.id(place).or_else(|| self.brought_back(place, text)).unwrap_or_else(|| self.drafts.new_id());
        let cursor = u32::try_from(cursor).unwrap_or(u32::MAX);
        let place = place.as_bytes().to_vec();
        self.drafts.put(id, Draft { place, text: text.to_owned(), cursor, at: now.wall_ms });
    }

    /// Gives the draft that made room at a place, where its words are put back there as they were.
    fn brought_back(&mut self, place: &str, text: &str) -> Option<DraftId> {
        let mut aside = self.drafts.drafts().filter(|(id, _)| self.stepped_aside.contains(id));
        let (id, _) = aside.find(|(_, draft)| draft.place == place.as_bytes() && draft.text == text)?;
        self.stepped_aside.retain(|other| *other != id);
        Some(id)
    }

    /// Lets the draft of a place go.
    pub fn clear(&mut self, place: &str) {
        if let Some(id) = self.id(place) {
            self.drafts.consume(id);
        }
    }

    /// Hides the draft of a place: the request that consumes it has to wait, and what is typed meanwhile is another one.
    pub fn hold(&mut self, place: &str) -> Option<DraftId> {
        let id = self.id(place)?;
        self.held.push(id);
        Some(id)
    }

    /// Shows a draft again whose request had to wait and was refused.
    pub fn give_back(&mut self, id: DraftId) {
        self.held.retain(|held| *held != id);
        self.show_again([id].into_iter());
    }

    /// Takes note that an action consumed a draft.
    pub fn recorded(&mut self, id: Option<DraftId>) {
        self.held.retain(|held| Some(*held) != id);
        self.recorded.extend(id);
    }

    /// Lets go what was consumed: the actions are acknowledged.
    pub fn let_go(&mut self) {
        for id in self.recorded.drain(..) {
            self.drafts.consume(id);
        }
    }

    /// Has drafts again whose actions were refused.
    pub fn take_back(&mut self) {
        let refused = std::mem::take(&mut self.recorded);
        self.show_again(refused.into_iter());
    }

    /// Lets a refused draft make room for what is being typed at its place.
    pub fn step_aside(&mut self, place: &str, text: &str) {
        let at_place = self.shown().find(|(_, draft)| draft.place == place.as_bytes() && draft.text == text);
        let id = at_place.map(|(id, _)| id);
        self.stepped_aside.extend(id);
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

    /// Tells whether something waits to be saved, and nothing was for a second.
    pub fn is_due(&self, now: Now) -> bool {
        self.is_changed() && self.has_rested(now)
    }

    fn has_rested(&self, now: Now) -> bool {
        now.boot_ms.checked_sub(self.saved_at).is_none_or(|waited| waited >= PACE_MS)
    }

    /// Saves what changed, unless that was done less than a second ago.
    pub fn save(&mut self, now: Now) -> Result<(), Trouble> {
        if self.has_rested(now) { self.save_now(now) } else { Ok(()) }
    }

    /// Saves what changed.
    pub fn save_now(&mut self, now: Now) -> Result<(), Trouble> {
        let saved = self.drafts.flush();
        self.is_refused = saved.is_err();
        if saved.is_ok() {
            self.saved_at = now.boot_ms;
        }
        saved
    }

    /// Takes note that the disk did not take a record. Whether it takes something again shows with the next saving, which writes in any
    /// case.
    pub fn ask_again(&mut self) {
        self.is_refused = self.drafts.write_again();
    }

    /// Tells whether the disk did not take what was to be saved last.
    pub const fn is_refused(&self) -> bool {
        self.is_refused
    }

    /// Gives what would be lost if the disk took nothing more; what it was not asked to take yet it may take.
    pub fn loss(&self) -> Loss {
        if !self.is_refused {
            return Loss::default();
        }
        let places = self.drafts.unwritten().map(|draft| String::from_utf8_lossy(&draft.place).into_owned());
        Loss { places: places.collect(), minutes: self.drafts.has_unwritten_beat(), is_all: false }
    }

    /// Gives what is lost with the folder: all of it.
    pub fn loss_of_all(&self) -> Loss {
        let places = self.drafts.drafts().map(|(_, draft)| String::from_utf8_lossy(&draft.place).into_owned());
        Loss { places: places.collect(), minutes: self.drafts.beats().next().is_some(), is_all: true }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use super::{Loss, Slate, is_typed};
    use crate::clock::Now;
    use crate::log::disk_faulty::FaultyDisk;

    const NOW: Now = Now { wall_ms: 1_621_338_120_000, boot_ms: 1 };

    fn open(disk: &FaultyDisk) -> Slate {
        Slate::open(Arc::new(disk.clone()), Path::new("/data"), "2021-05-28", &[]).0
    }

    fn texts(slate: &Slate) -> Vec<String> {
        slate.all().into_iter().map(|(_, text, _)| text).collect()
    }

    // `list drafts` showed a sentence twice, once with the name of an issue below it.
    #[test]
    fn what_a_sentence_is_joined_with_and_who_says_it_was_typed_by_nobody() {
        for (place, typed) in [
            ("visit/7.2/with", false),
            ("visit/7.2/with@陈明", false),
            ("talk/7.2/with", false),
            ("talk/7.2/who@陈明", false),
            ("visit/7.2/line@陈明", true),
            ("visit/7.2/how", true),
            ("issue/7.4/join/with", true),
        ] {
            assert_eq!(is_typed(place), typed, "{place}");
        }
    }

    // A line that was refused was said to be gone on leaving, and its draft lay on the disk.
    #[test]
    fn lost_is_what_the_disk_did_not_take_and_nothing_that_lies_there() {
        let disk = FaultyDisk::default();
        crate::log::Disk::create_dir(&disk, Path::new("/data")).unwrap();
        let mut slate = open(&disk);
        slate.put("line", "机井坏了", 0, NOW);
        slate.beat(Some("1"));
        slate.save_now(NOW).unwrap();
        disk.refuse(std::io::ErrorKind::StorageFull);
        slate.put("note", "路灯", 0, NOW);
        assert_eq!(slate.loss(), Loss::default(), "the disk was not asked yet");
        slate.clear("note");
        // The record was refused, and the line stands there again.
        slate.put("line", "机井坏了", 3, NOW);
        slate.beat(Some("2"));
        slate.save_now(NOW).unwrap_err();
        assert_eq!(slate.loss(), Loss { minutes: true, ..Loss::default() });
        slate.put("note", "路灯不亮", 0, NOW);
        slate.beat(None);
        assert_eq!(slate.loss(), Loss { places: vec!["note".into()], ..Loss::default() });
        disk.heal();
        slate.save_now(NOW).unwrap();
        assert_eq!(slate.loss(), Loss::default());
        assert_eq!(slate.loss_of_all().places, ["line", "note"]);
    }

    // Both stood at the place, and the next key wrote over the older one.
    #[test]
    fn a_refused_sentence_stays_beside_the_one_that_was_typed_since() {
        let disk = FaultyDisk::default();
        crate::log::Disk::create_dir(&disk, Path::new("/data")).unwrap();
        let mut slate = open(&disk);
        slate.put("visit", "第一句", 0, NOW);
        slate.recorded(slate.id("visit"));
        slate.put("visit", "第二", 0, NOW);
        slate.take_back();
        slate.put("visit", "第二句", 0, NOW);
        assert_eq!(texts(&slate), ["第二句"]);
        slate.save_now(NOW).unwrap();
        let mut slate = open(&disk);
        assert_eq!(texts(&slate), ["第二句"], "as it was being typed");
        slate.recorded(slate.id("visit"));
        slate.let_go();
        slate.put("visit", "第三句", 0, NOW);
        slate.clear("visit");
        slate.save_now(NOW).unwrap();
        assert_eq!(texts(&open(&disk)), ["第一句"], "it is shown once the place is free");
        slate.put("visit", "第一句", 0, NOW);
        slate.clear("visit");
        slate.save_now(NOW).unwrap();
        assert!(texts(&open(&disk)).is_empty(), "it was put back into the field, and is not there twice");
    }
}
