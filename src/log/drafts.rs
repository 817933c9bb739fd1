//! Drafts: what is being typed and which visits are running, saved at a pace the caller chooses, in one small file.
//!
//! Changes collect in memory until [`Drafts::flush`] appends the latest of each and syncs; the later record of a key
//! wins. Losing the last second is allowed, blocking the program is not: whatever the file looks like, opening succeeds.
//! How far it was saved stands beside it, so that a file which lost whole records is found out as well.
//! A draft goes away when the journal has the action that consumed it. As the two files are not written at once, opening
//! also drops the drafts that the journal's latest frames name.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{ErrorKind, Read, Seek, SeekFrom};
use std::num::NonZeroU64;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::seal::Seal;
use crate::text::{Said, Trouble};

use super::disk::{AppendFile, Disk};
use super::draft_record::{Draft, Record};
use super::failure::{SYNCING, WRITING, failure, newer, too_large};
use super::frame::{self, Step, Walk};
use super::payload::DraftId;
use super::segment::{BadHeader, HEADER, Header, Kind, Position};
use super::temp::{ENDING, Temp};
use super::{aside, finding};
use end::End;

mod end;

/// The file's name in the data folder.
pub const DRAFTS_FILE: &str = "drafts.log";
/// The file is written anew when it is larger than this and more than half of it is outdated.
const COMPACT: u64 = 256 << 10;

/// Holds the drafts and heartbeats of one data folder.
pub struct Drafts {
    disk: Arc<dyn Disk>,
    path: PathBuf,
    fields: BTreeMap<DraftId, Draft>,
    beats: BTreeMap<String, Vec<u8>>,
    changed_fields: BTreeSet<DraftId>,
    /// Of the changed ones those whose words are other ones, and not their cursor alone.
    changed_words: BTreeSet<DraftId>,
    changed_beats: BTreeSet<String>,
    last: u64,
    open: Open,
    /// How far the file is saved; its edition is the highest ever seen.
    end: End,
    /// The file is not as it should be: it is written even with nothing new in it, so that its loss is found out from now on,
    /// and what was said of it is said once.
    must_write: bool,
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
    Missing,
    /// Its last bytes are no whole record: so many.
    Torn(u64),
    /// Every record holds, and it was saved with other ones later.
    Earlier,
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
            changed_words: BTreeSet::new(),
            changed_beats: BTreeSet::new(),
            last: 0,
            open: Open::Anew,
            end: End::default(),
            must_write: false,
        };
        let mut findings = Vec::new();
        let saved = End::read(drafts.disk.as_ref(), &drafts.path);
        match drafts.read(saved) {
            // The journal or the note beside them tells of drafts: there was a file.
            Found::Missing => {
                drafts.must_write = day.is_some();
                if !consumed.is_empty() || saved != End::default() {
                    findings.push(finding::drafts_missing());
                }
            }
            // A program that kept no note of how far it saved has written it.
            Found::Sound if drafts.end.edition == 0 => {
                drafts.open = Open::Anew;
                drafts.must_write = day.is_some();
            }
            Found::Sound => {}
            Found::Torn(bytes) => {
                drafts.must_write = day.is_some();
                findings.push(finding::drafts_torn(bytes));
            }
            Found::Damaged => {
                let copy = day.and_then(|day| drafts.set_aside(dir, day));
                drafts.must_write = copy.is_some();
                findings.push(finding::drafts_damaged(copy.as_deref()));
            }
            Found::Earlier => {
                let copy = day.and_then(|day| drafts.set_aside(dir, day));
                drafts.must_write = copy.is_some();
                findings.push(finding::drafts_earlier(copy.as_deref()));
            }
            Found::Newer => {
                drafts.open = Open::Never;
                findings.push(finding::drafts_newer());
            }
        }
        drafts.end.edition = drafts.end.edition.max(saved.edition);
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
        let before = self.fields.get(&id);
        if before != Some(&draft) {
            if before.is_none_or(|before| (&before.place, &before.text) != (&draft.place, &draft.text)) {
                self.changed_words.insert(id);
            }
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

    /// Gives the drafts whose words no flush has written yet.
    pub fn unwritten(&self) -> impl Iterator<Item = &Draft> {
        self.changed_words.iter().filter_map(|id| self.fields.get(id))
    }

    /// Tells whether no flush has written the latest heartbeat of a key yet.
    pub fn has_unwritten_beat(&self) -> bool {
        self.changed_beats.iter().any(|key| self.beats.contains_key(key))
    }

    /// Has the next flush write all of it into a new file, whether or not something changed: the disk refused something else, and is asked
    /// again. False where this program must not write the file.
    pub fn write_again(&mut self) -> bool {
        if matches!(self.open, Open::Never) {
            return false;
        }
        self.open = Open::Anew;
        self.must_write = true;
        true
    }

    /// Tells whether a flush would write something.
    pub fn is_changed(&self) -> bool {
        self.must_write || !self.changed_fields.is_empty() || !self.changed_beats.is_empty()
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
        self.changed_words.clear();
        self.changed_beats.clear();
        self.must_write = false;
        if self.end.length > COMPACT && self.end.length > 2 * self.live() {
            // What changed is safe already; a failure here only means that the next flush tries again.
            self.open = Open::Anew;
            let _ = self.write_anew();
        }
        if matches!(self.open, Open::Going(_)) {
            // Without it nothing is lost; only a later loss would not be found out.
            let _ = self.end.write(&self.disk, &self.path);
        }
        Ok(())
    }

    fn append(&mut self, mut file: Box<dyn AppendFile>) -> Result<(), Trouble> {
        let mut bytes = Vec::new();
        let seal = self.disk.seal();
        for id in &self.changed_fields {
            let record = self.fields.get(id).map_or(Record::Gone(*id), |draft| Record::Draft(*id, draft.clone()));
            add(&mut bytes, self.end.length, &record, seal)?;
        }
        for key in &self.changed_beats {
            let ended = Record::BeatEnded(key.clone());
            let record = self.beats.get(key).map_or(ended, |beat| Record::Beat(key.clone(), beat.clone()));
            add(&mut bytes, self.end.length, &record, seal)?;
        }
        let written = file.append(&bytes).and_then(|()| file.sync());
        written.map_err(|error| failure(SYNCING, &self.path, &error))?;
        self.end.length += bytes.len() as u64;
        self.open = Open::Going(file);
        Ok(())
    }

    fn write_anew(&mut self) -> Result<(), Trouble> {
        let mut name = self.path.clone().into_os_string();
        name.push(ENDING);
        // A file of this edition may be there already, its name not synced.
        self.end = End { edition: self.end.edition.saturating_add(1), length: 0 };
        let mut bytes = header(self.end.edition).encode();
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
        self.end.length = bytes.len() as u64;
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

    /// Reads the file. A torn end is no damage: it is the second that may be lost, and is said as calmly. A last record that is
    /// there in its full length and does not hold is damage, as it may have been safe for long, and so is one that was saved. What a
    /// newer program wrote is none.
    fn read(&mut self, saved: End) -> Found {
        let length = match self.disk.length(&self.path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Found::Missing,
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
        let edition = header.ok().filter(|header| header.kind == Kind::Drafts).map(|header| header.before.offset);
        let mut sound = read.is_ok() && edition.is_some();
        let edition = edition.unwrap_or_default();
        self.end.edition = edition;
        let Ok(mut walk) = Walk::new(file, HEADER as u64, length, self.disk.seal()) else { return Found::Damaged };
        let mut torn = None;
        loop {
            match walk.step() {
                Step::Frame { .. } => match Record::decode(walk.payload()) {
                    Some(record) => self.learn(record),
                    None => sound = false,
                },
                Step::Gap { from, to } if to == length => torn = Some(from),
                Step::Gap { .. } => sound = false,
                Step::Unknown => return Found::Newer,
                Step::End => break,
            }
        }
        sound &= walk.failure().is_none();
        match torn {
            _ if !sound => Found::Damaged,
            Some(from) if self.is_unfinished(from) && !saved.is_beyond(edition, from) => Found::Torn(length - from),
            Some(_) => Found::Damaged,
            None if saved.is_beyond(edition, length) => Found::Earlier,
            None => {
                self.open = Open::Found;
                self.end = End { edition, length };
                Found::Sound
            }
        }
    }

    /// Tells whether what stands from an offset on is what a cut leaves of a record that was being written.
    fn is_unfinished(&self, from: u64) -> bool {
        let mut end = Vec::new();
        let read = self.disk.read(&self.path).and_then(|mut file| {
            file.seek(SeekFrom::Start(from))?;
            file.read_to_end(&mut end)
        });
        read.is_ok() && frame::is_unfinished(&end)
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

/// The header of an edition: no segment stands before drafts, so its place is free.
fn header(edition: u64) -> Header {
    Header { kind: Kind::Drafts, before: Position { segment: 0, offset: edition } }
}

/// Appends a record's frame to bytes that will stand at an offset of the file.
fn add(bytes: &mut Vec<u8>, offset: u64, record: &Record, seal: &Seal) -> Result<(), Trouble> {
    let at = offset + bytes.len() as u64;
    frame::encode(bytes, at, &[&record.encode()], seal).map_err(|_| too_large())
}

#[cfg(test)]
mod tests;
