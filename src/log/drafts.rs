//! Drafts: what is being typed and which visits are running, saved at a pace the caller chooses, in one small file.
//!
//! Changes collect in memory until [`Drafts::flush`] appends the latest of each and syncs; the later record of a key
//! wins. Losing the last second is allowed, blocking the program is not: whatever the file looks like, opening succeeds.
//! A draft goes away when the journal has the action that consumed it. As the two files are not written at once, opening
//! also drops the drafts that the journal's latest frames name.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{ErrorKind, Read};
use std::num::NonZeroU64;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::seal::Seal;
use crate::text::{Said, Trouble};

use super::disk::{AppendFile, Disk};
use super::draft_record::Record;
use super::failure::{SYNCING, WRITING, failure, newer, too_large};
use super::frame::{self, Step, Walk};
use super::reader::DraftId;
use super::segment::{BadHeader, HEADER, Header, Kind, Position};
use super::temp::{ENDING, Temp};
use super::{aside, finding};

/// The file's name in the data folder.
pub const DRAFTS_FILE: &str = "drafts.log";
/// The file is written anew when it is larger than this and more than half of it is outdated.
const COMPACT: u64 = 256 << 10;

/// Holds what stands in one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Which field it is, in the words of the screens; opaque here.
    pub place: Vec<u8>,
    /// What was typed.
    pub text: String,
    /// Where the cursor stands, as the field counts.
    pub cursor: u32,
    /// Wall clock of the last change, milliseconds since 1970.
    pub at: i64,
}

/// Holds the drafts and heartbeats of one data folder.
pub struct Drafts {
    disk: Arc<dyn Disk>,
    path: PathBuf,
    fields: BTreeMap<DraftId, Draft>,
    beats: BTreeMap<String, Vec<u8>>,
    changed_fields: BTreeSet<DraftId>,
    changed_beats: BTreeSet<String>,
    last: u64,
    open: Open,
    length: u64,
}

/// How the next flush writes.
enum Open {
    /// All into a new file: there is none, or it is damaged or not to be trusted.
    Anew,
    /// At the end of a sound file that was found.
    Found,
    /// At the end of a file that is open, its name durable.
    Going(Box<dyn AppendFile>),
    /// Nothing: a newer program wrote the file, and this one must not touch it.
    Never,
}

/// What was found in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    Sound,
    Damaged,
    Newer,
}

impl Drafts {
    /// Reads the drafts in a data folder, without those consumed. Writes nothing but a copy of a damaged file, under a
    /// name with the date `day`; without one, not even that. Returns what was found damaged.
    pub fn open(disk: Arc<dyn Disk>, dir: &Path, day: Option<&str>, consumed: &[DraftId]) -> (Self, Vec<Said>) {
        let mut drafts = Self {
            disk,
            path: dir.join(DRAFTS_FILE),
            fields: BTreeMap::new(),
            beats: BTreeMap::new(),
            changed_fields: BTreeSet::new(),
            changed_beats: BTreeSet::new(),
            last: 0,
            open: Open::Anew,
            length: 0,
        };
        let mut findings = Vec::new();
        match drafts.read() {
            Found::Sound => {}
            Found::Damaged => {
                let copy = day.and_then(|day| drafts.set_aside(dir, day));
                findings.push(finding::drafts_damaged(copy.as_deref()));
            }
            Found::Newer => {
                drafts.open = Open::Never;
                findings.push(finding::drafts_newer());
            }
        }
        for id in consumed {
            drafts.last = drafts.last.max(id.0.get());
            drafts.consume(*id);
        }
        (drafts, findings)
    }

    /// Gives a draft's name that was never used.
    pub fn new_id(&mut self) -> DraftId {
        self.last = self.last.saturating_add(1);
        DraftId(NonZeroU64::new(self.last).unwrap_or(NonZeroU64::MAX))
    }

    /// Takes the latest state of a draft.
    pub fn put(&mut self, id: DraftId, draft: Draft) {
        self.last = self.last.max(id.0.get());
        if self.fields.get(&id) != Some(&draft) {
            self.fields.insert(id, draft);
            self.changed_fields.insert(id);
        }
    }

    /// Lets a draft go: it was recorded, or thrown away.
    pub fn consume(&mut self, id: DraftId) {
        if self.fields.remove(&id).is_some() {
            self.changed_fields.insert(id);
        }
    }

    /// Takes the latest heartbeat of a key, such as a running visit.
    pub fn beat(&mut self, key: &str, bytes: &[u8]) {
        if self.beats.get(key).map(Vec::as_slice) != Some(bytes) {
            self.beats.insert(key.to_owned(), bytes.to_vec());
            self.changed_beats.insert(key.to_owned());
        }
    }

    /// Lets a key's heartbeat go.
    pub fn end_beat(&mut self, key: &str) {
        if self.beats.remove(key).is_some() {
            self.changed_beats.insert(key.to_owned());
        }
    }

    /// Gives the drafts, oldest name first.
    pub fn drafts(&self) -> impl Iterator<Item = (DraftId, &Draft)> {
        self.fields.iter().map(|(id, draft)| (*id, draft))
    }

    /// Gives the heartbeats in the order of their keys.
    pub fn beats(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.beats.iter().map(|(key, bytes)| (key.as_str(), bytes.as_slice()))
    }

    /// Tells whether a flush would write something.
    pub fn is_changed(&self) -> bool {
        !self.changed_fields.is_empty() || !self.changed_beats.is_empty()
    }

    /// Saves what changed since the last flush, with one sync.
    ///
    /// # Errors
    /// The disk's failure; the changes stay, and the next flush writes everything into a new file.
    pub fn flush(&mut self) -> Result<(), Trouble> {
        if !self.is_changed() {
            return Ok(());
        }
        let appended = match std::mem::replace(&mut self.open, Open::Anew) {
            Open::Anew => self.write_anew(),
            Open::Found => {
                self.disk.append_to(&self.path).map_err(|error| failure(WRITING, &self.path, &error)).and_then(|file| {
                    // A program that was killed may have left the name unsynced.
                    self.sync_name()?;
                    self.append(file)
                })
            }
            Open::Going(file) => self.append(file),
            Open::Never => {
                self.open = Open::Never;
                return Err(newer(DRAFTS_FILE));
            }
        };
        appended?;
        self.changed_fields.clear();
        self.changed_beats.clear();
        if self.length > COMPACT && self.length > 2 * self.live() {
            // What changed is safe already; a failure here only means that the next flush tries again.
            self.open = Open::Anew;
            let _ = self.write_anew();
        }
        Ok(())
    }

    fn append(&mut self, mut file: Box<dyn AppendFile>) -> Result<(), Trouble> {
        let mut bytes = Vec::new();
        let seal = self.disk.seal();
        for id in &self.changed_fields {
            let record = self.fields.get(id).map_or(Record::Gone(*id), |draft| Record::Draft(*id, draft.clone()));
            add(&mut bytes, self.length, &record, seal)?;
        }
        for key in &self.changed_beats {
            let ended = Record::BeatEnded(key.clone());
            let record = self.beats.get(key).map_or(ended, |beat| Record::Beat(key.clone(), beat.clone()));
            add(&mut bytes, self.length, &record, seal)?;
        }
        let written = file.append(&bytes).and_then(|()| file.sync());
        written.map_err(|error| failure(SYNCING, &self.path, &error))?;
        self.length += bytes.len() as u64;
        self.open = Open::Going(file);
        Ok(())
    }

    fn write_anew(&mut self) -> Result<(), Trouble> {
        let mut name = self.path.clone().into_os_string();
        name.push(ENDING);
        let mut bytes = Header { kind: Kind::Drafts, before: Position::START }.encode();
        let seal = self.disk.seal();
        add(&mut bytes, 0, &Record::Last(self.last), seal)?;
        for (id, draft) in &self.fields {
            add(&mut bytes, 0, &Record::Draft(*id, draft.clone()), seal)?;
        }
        for (key, beat) in &self.beats {
            add(&mut bytes, 0, &Record::Beat(key.clone(), beat.clone()), seal)?;
        }
        let mut temp = Temp::create(Arc::clone(&self.disk), name.into())?;
        temp.append(&bytes)?;
        temp.close()?;
        temp.rename(&self.path)?;
        self.sync_name()?;
        self.length = bytes.len() as u64;
        let file = self.disk.append_to(&self.path).map_err(|error| failure(WRITING, &self.path, &error))?;
        self.open = Open::Going(file);
        Ok(())
    }

    fn sync_name(&self) -> Result<(), Trouble> {
        let dir = self.path.parent().unwrap_or(Path::new(""));
        self.disk.sync_dir(dir).map_err(|error| failure(SYNCING, &self.path, &error))
    }

    /// About how many bytes a new file would have.
    fn live(&self) -> u64 {
        let extra = self.disk.seal().extra();
        let drafts = self.fields.values().map(|draft| 64 + extra + draft.place.len() + draft.text.len());
        let beats = self.beats.iter().map(|(key, beat)| 32 + extra + key.len() + beat.len());
        drafts.chain(beats).sum::<usize>() as u64
    }

    /// Reads the file. A torn end is no damage: it is the second that may be lost. What a newer program wrote is none either.
    fn read(&mut self) -> Found {
        let length = match self.disk.length(&self.path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Found::Sound,
            Err(_) => return Found::Damaged,
            Ok(length) => length,
        };
        let Ok(mut file) = self.disk.read(&self.path) else { return Found::Damaged };
        let mut header = Vec::new();
        let read = file.by_ref().take(HEADER as u64).read_to_end(&mut header);
        let header = Header::decode(&header);
        if header == Err(BadHeader::Newer) {
            return Found::Newer;
        }
        let mut sound = read.is_ok() && header.is_ok_and(|header| header.kind == Kind::Drafts);
        let Ok(mut walk) = Walk::new(file, HEADER as u64, length, self.disk.seal()) else { return Found::Damaged };
        let mut torn = false;
        loop {
            match walk.step() {
                Step::Frame { .. } => match Record::decode(walk.payload()) {
                    Some(record) => self.learn(record),
                    None => sound = false,
                },
                Step::Gap { to, .. } if to == length => torn = true,
                Step::Gap { .. } => sound = false,
                Step::Unknown => return Found::Newer,
                Step::End => break,
            }
        }
        sound &= walk.failure().is_none();
        if sound && !torn {
            self.open = Open::Found;
            self.length = length;
        }
        if sound { Found::Sound } else { Found::Damaged }
    }

    fn learn(&mut self, record: Record) {
        match record {
            Record::Draft(id, draft) => {
                self.last = self.last.max(id.0.get());
                self.fields.insert(id, draft);
            }
            Record::Gone(id) => {
                self.last = self.last.max(id.0.get());
                self.fields.remove(&id);
            }
            Record::Beat(key, bytes) => {
                self.beats.insert(key, bytes);
            }
            Record::BeatEnded(key) => {
                self.beats.remove(&key);
            }
            Record::Last(last) => self.last = self.last.max(last),
        }
    }

    fn set_aside(&self, dir: &Path, day: &str) -> Option<String> {
        let name = |count: u32| format!("{DRAFTS_FILE}.damaged-{day}-{count}");
        let name = (1..100).map(name).find(|name| self.disk.length(&dir.join(name)).is_err())?;
        aside::copy(self.disk.as_ref(), &self.path, 0, &dir.join(&name)).then_some(name)
    }
}

/// Appends a record's frame to bytes that will stand at an offset of the file.
fn add(bytes: &mut Vec<u8>, offset: u64, record: &Record, seal: &Seal) -> Result<(), Trouble> {
    let at = offset + bytes.len() as u64;
    frame::encode(bytes, at, &[&record.encode()], seal).map_err(|_| too_large())
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use super::super::disk::Disk;
    use super::super::disk_faulty::{Act, FaultyDisk};
    use super::super::reader::DraftId;
    use super::{COMPACT, DRAFTS_FILE, Draft, Drafts};

    fn open(disk: &FaultyDisk, consumed: &[DraftId]) -> (Drafts, usize) {
        disk.create_dir(Path::new("data")).unwrap();
        let (drafts, findings) = Drafts::open(Arc::new(disk.clone()), Path::new("data"), Some("2021-05-28"), consumed);
        (drafts, findings.len())
    }

    fn draft(text: &str) -> Draft {
        Draft { place: b"note".to_vec(), text: text.to_owned(), cursor: 1, at: 5 }
    }

    fn texts(drafts: &Drafts) -> Vec<&str> {
        drafts.drafts().map(|(_, draft)| draft.text.as_str()).collect()
    }

    #[test]
    fn the_latest_text_is_there_again_and_consumed_drafts_are_not() {
        let disk = FaultyDisk::default();
        let (mut drafts, _) = open(&disk, &[]);
        let (one, two, three) = (drafts.new_id(), drafts.new_id(), drafts.new_id());
        drafts.put(one, draft("机井"));
        drafts.put(two, draft("校车"));
        drafts.put(three, draft("戏台"));
        drafts.beat("visit/1", b"19:42");
        drafts.flush().unwrap();
        drafts.put(one, draft("机井坏了"));
        drafts.beat("visit/1", b"19:43");
        drafts.consume(two);
        drafts.flush().unwrap();
        assert!(!drafts.is_changed());
        let (mut again, found) = open(&disk, &[three]);
        assert_eq!((texts(&again), found), (vec!["机井坏了"], 0));
        assert_eq!(again.beats().collect::<Vec<_>>(), [("visit/1", &b"19:43"[..])]);
        assert!(again.new_id() > three);
        again.end_beat("visit/1");
        again.flush().unwrap();
        let (again, _) = open(&disk, &[]);
        assert_eq!((texts(&again), again.beats().count()), (vec!["机井坏了"], 0));
    }

    #[test]
    fn names_are_not_given_again_after_everything_was_consumed_and_compacted() {
        let disk = FaultyDisk::default();
        let (mut drafts, _) = open(&disk, &[]);
        let mut last = drafts.new_id();
        for turn in 0..600_u32 {
            last = drafts.new_id();
            drafts.put(last, draft(&"村".repeat(200)));
            drafts.flush().unwrap();
            drafts.consume(last);
            drafts.beat("turn", &turn.to_le_bytes());
            drafts.flush().unwrap();
        }
        let path = Path::new("data").join(DRAFTS_FILE);
        assert!(disk.length(&path).unwrap() <= COMPACT);
        assert!(open(&disk, &[]).0.new_id() > last);
    }

    #[test]
    fn after_any_failure_the_next_flush_saves_everything() {
        for act in [Act::Open, Act::Write, Act::Sync, Act::Rename, Act::SyncDir, Act::Any] {
            for skip in 0..6 {
                let disk = FaultyDisk::default();
                let (mut drafts, _) = open(&disk, &[]);
                let id = drafts.new_id();
                disk.fail(act, skip, 1);
                for turn in 0..6 {
                    drafts.put(id, draft(&turn.to_string()));
                    let _ = drafts.flush();
                }
                disk.heal();
                drafts.flush().unwrap();
                let (again, found) = open(&disk, &[]);
                assert_eq!((texts(&again), found), (vec!["5"], 0), "{act:?} {skip}");
            }
        }
    }

    // It was taken for damage, and the next flush replaced the file.
    #[test]
    fn what_a_newer_program_wrote_is_left_alone_to_the_byte() {
        let disk = FaultyDisk::default();
        let (mut drafts, _) = open(&disk, &[]);
        let id = drafts.new_id();
        drafts.put(id, draft("机井"));
        drafts.flush().unwrap();
        let path = Path::new("data").join(DRAFTS_FILE);
        let sound = disk.bytes(&path).unwrap();
        // A frame of a suite that this program does not know, its crc right; and a file of a newer format.
        let payload = b"sealed";
        let (key, length) = (7_u32.to_le_bytes(), u32::try_from(payload.len()).unwrap().to_le_bytes());
        let mut sum = crc32fast::Hasher::new();
        for part in [&(sound.len() as u64).to_le_bytes()[..], &[1], &key, &length, payload] {
            sum.update(part);
        }
        let sum = sum.finalize().to_le_bytes();
        let sealed = [&sound[..], &[1], &key, &length, &sum, payload].concat();
        let mut newer_file = sound[..24].to_vec();
        newer_file[8] = 2;
        newer_file.extend(crc32fast::hash(&newer_file).to_le_bytes());
        for bytes in [sealed, newer_file] {
            disk.put(&path, bytes.clone());
            let (mut drafts, found) = open(&disk, &[]);
            assert_eq!(found, 1);
            let id = drafts.new_id();
            drafts.put(id, draft("校车"));
            for _ in 0..2 {
                assert_eq!(drafts.flush().unwrap_err().kind, "newer-format");
            }
            assert_eq!(disk.bytes(&path).unwrap(), bytes);
        }
    }

    #[test]
    fn a_damaged_file_never_blocks_and_is_set_aside() {
        let disk = FaultyDisk::default();
        let (mut drafts, _) = open(&disk, &[]);
        let (one, two) = (drafts.new_id(), drafts.new_id());
        drafts.put(one, draft("机井"));
        drafts.flush().unwrap();
        drafts.put(two, draft("校车"));
        drafts.flush().unwrap();
        let path = Path::new("data").join(DRAFTS_FILE);
        let bytes = disk.bytes(&path).unwrap();
        for place in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[place] ^= 0x20;
            disk.put(&path, damaged.clone());
            let (mut left, found) = open(&disk, &[]);
            let torn = texts(&left) == ["机井"];
            assert!(torn || found == 1, "at {place}");
            assert!(!texts(&left).is_empty() && texts(&left).iter().all(|text| ["机井", "校车"].contains(text)));
            if !torn {
                let copy = Path::new("data/drafts.log.damaged-2021-05-28-1");
                assert_eq!(disk.bytes(copy).unwrap(), damaged);
                disk.remove(copy).unwrap();
            }
            let id = left.new_id();
            left.put(id, draft("戏台"));
            left.flush().unwrap();
            assert!(texts(&open(&disk, &[]).0).contains(&"戏台"));
        }
        for length in 0..bytes.len() {
            disk.put(&path, bytes[..length].to_vec());
            let (left, _) = open(&disk, &[]);
            assert!(["机井", "校车"].starts_with(&texts(&left)));
        }
    }
}
