//! A disk in memory for tests: it fails on demand, and shows what a power cut at any moment could have left.
//!
//! Everything written is kept as a list of events. An image is made by playing the events up to a moment: synced bytes
//! and names are there, and of the rest a part that a [`Cut`] chooses, bytes and names independently, as harsh as a
//! file system may be. A sync that failed leaves holes where its bytes were, even when a later one succeeds.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Cursor, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::disk::{AppendFile, Disk, Lock, ReadFile};

/// Names what a disk does, for choosing what fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Any of the others.
    Any,
    /// A file is created or opened for appending.
    Open,
    /// Bytes are appended; half of them arrive when it fails.
    Write,
    /// A file is synced.
    Sync,
    /// A file is cut back.
    Truncate,
    /// A file is renamed.
    Rename,
    /// A file is removed.
    Remove,
    /// A folder's names are synced.
    SyncDir,
}

/// Chooses what of the unsynced bytes a power cut leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CutBytes {
    /// Nothing.
    Synced,
    /// Everything.
    All,
    /// Some first part of them.
    Prefix,
    /// All of the length, but a stretch of it reads as zeros.
    Zeros,
    /// All of the length, but a stretch of it is random.
    Garbage,
}

/// Chooses what of the unsynced creations, renames and removals a power cut leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CutNames {
    /// None.
    Synced,
    /// All.
    All,
    /// Each or not, by chance.
    Some,
}

/// Describes one power cut.
#[derive(Debug, Clone, Copy)]
pub struct Cut {
    /// What of the bytes is left.
    pub bytes: CutBytes,
    /// What of the names is left.
    pub names: CutNames,
    /// Where the chances come from: the same seed, the same image.
    pub seed: u64,
}

#[derive(Debug, Clone)]
enum Event {
    Write { file: usize, bytes: Vec<u8> },
    Truncate { file: usize, length: usize },
    Sync { file: usize },
    SyncFailed { file: usize },
    Names { dir: PathBuf, sets: Sets },
    SyncDir { dir: PathBuf },
}

#[derive(Debug)]
struct Fault {
    act: Act,
    skip: u64,
    times: u64,
}

/// The file that each name leads to.
type Names = BTreeMap<PathBuf, usize>;
/// Names to be set to a file, or taken away.
type Sets = Vec<(PathBuf, Option<usize>)>;

#[derive(Debug, Default)]
struct State {
    begun: (Names, Vec<Vec<u8>>),
    names: Names,
    files: Vec<Vec<u8>>,
    dirs: BTreeSet<PathBuf>,
    events: Vec<Event>,
    faults: Vec<Fault>,
    room: Option<usize>,
    locks: BTreeMap<PathBuf, Vec<u8>>,
}

/// Holds files in memory; clones share them.
#[derive(Debug, Clone, Default)]
pub struct FaultyDisk {
    state: Arc<Mutex<State>>,
}

impl FaultyDisk {
    /// Lets the acts of a kind fail: the next `skip` of them still succeed, then `times` of them fail.
    pub fn fail(&self, act: Act, skip: u64, times: u64) {
        self.state().faults.push(Fault { act, skip, times });
    }

    /// Lets all files together take no more than so many bytes; `None` takes the bound away.
    pub fn set_room(&self, bytes: Option<usize>) {
        self.state().room = bytes;
    }

    /// Ends all failures.
    pub fn heal(&self) {
        let mut state = self.state();
        state.faults.clear();
        state.room = None;
    }

    /// Counts what has happened so far: the moments at which power can be cut are `0..=moments()`.
    pub fn moments(&self) -> usize {
        self.state().events.len()
    }

    /// Makes the disk that a power cut right after the first `moment` events could have left.
    #[must_use]
    pub fn power_cut(&self, moment: usize, cut: Cut) -> Self {
        let state = self.state();
        let mut chance = Chance(cut.seed);
        let mut replay = Replay::new(&state.begun.0, &state.begun.1);
        for event in state.events.iter().take(moment) {
            replay.play(event);
        }
        let (names, files) = replay.end(cut, &mut chance);
        let left =
            State { begun: (names.clone(), files.clone()), names, files, dirs: state.dirs.clone(), ..State::default() };
        Self { state: Arc::new(Mutex::new(left)) }
    }

    /// Gives a file's bytes as a program sees them.
    pub fn bytes(&self, path: &Path) -> Option<Vec<u8>> {
        let state = self.state();
        state.names.get(path).and_then(|file| state.files.get(*file)).cloned()
    }

    /// Puts a file there, synced, as if by another hand: for damage.
    pub fn put(&self, path: &Path, bytes: Vec<u8>) {
        let mut state = self.state();
        let file = state.new_file();
        state.name(path, Some(file));
        state.write(file, bytes);
        state.events.push(Event::Sync { file });
        let dir = folder(path);
        state.dirs.insert(dir.clone());
        state.events.push(Event::SyncDir { dir });
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn act(&mut self, act: Act) -> io::Result<()> {
        for fault in &mut self.faults {
            if fault.act != act && fault.act != Act::Any {
                continue;
            }
            if fault.skip > 0 {
                fault.skip -= 1;
            } else if fault.times > 0 {
                fault.times -= 1;
                return Err(io::Error::other("injected"));
            }
        }
        Ok(())
    }

    fn find(&self, path: &Path) -> io::Result<usize> {
        self.names.get(path).copied().ok_or_else(|| ErrorKind::NotFound.into())
    }

    fn content(&mut self, file: usize) -> io::Result<&mut Vec<u8>> {
        self.files.get_mut(file).ok_or_else(|| ErrorKind::NotFound.into())
    }

    fn new_file(&mut self) -> usize {
        self.files.push(Vec::new());
        self.files.len() - 1
    }

    fn name(&mut self, path: &Path, file: Option<usize>) {
        self.rename(vec![(path.to_owned(), file)]);
    }

    fn rename(&mut self, sets: Sets) {
        set_names(&mut self.names, &sets);
        if let Some((path, _)) = sets.first() {
            self.events.push(Event::Names { dir: folder(path), sets });
        }
    }

    fn write(&mut self, file: usize, bytes: Vec<u8>) {
        if let Some(content) = self.files.get_mut(file) {
            content.extend_from_slice(&bytes);
        }
        self.events.push(Event::Write { file, bytes });
    }

    fn free(&self) -> usize {
        let used = self.names.values().filter_map(|file| self.files.get(*file)).map(Vec::len).sum();
        self.room.map_or(usize::MAX, |room| room.saturating_sub(used))
    }
}

fn folder(path: &Path) -> PathBuf {
    path.parent().unwrap_or(Path::new("")).to_owned()
}

fn set_names(names: &mut Names, sets: &[(PathBuf, Option<usize>)]) {
    for (path, file) in sets {
        match file {
            Some(file) => names.insert(path.clone(), *file),
            None => names.remove(path),
        };
    }
}

impl Disk for FaultyDisk {
    fn create_dir(&self, dir: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.dirs.extend(dir.ancestors().map(Path::to_owned));
        Ok(())
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<String>> {
        let state = self.state();
        if !state.dirs.contains(dir) {
            return Err(ErrorKind::NotFound.into());
        }
        let inside = state.names.keys().filter(|path| folder(path) == dir);
        Ok(inside.filter_map(|path| Some(path.file_name()?.to_str()?.to_owned())).collect())
    }

    fn read(&self, path: &Path) -> io::Result<Box<dyn ReadFile>> {
        let bytes = self.bytes(path).ok_or(ErrorKind::NotFound)?;
        Ok(Box::new(Cursor::new(bytes)))
    }

    fn length(&self, path: &Path) -> io::Result<u64> {
        Ok(self.bytes(path).ok_or(ErrorKind::NotFound)?.len() as u64)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn AppendFile>> {
        let mut state = self.state();
        state.act(Act::Open)?;
        if state.names.contains_key(path) {
            return Err(ErrorKind::AlreadyExists.into());
        }
        let file = state.new_file();
        state.name(path, Some(file));
        Ok(Box::new(Handle { disk: self.clone(), file }))
    }

    fn append_to(&self, path: &Path) -> io::Result<Box<dyn AppendFile>> {
        let mut state = self.state();
        state.act(Act::Open)?;
        let file = state.find(path)?;
        Ok(Box::new(Handle { disk: self.clone(), file }))
    }

    fn truncate(&self, path: &Path, length: u64) -> io::Result<()> {
        let mut state = self.state();
        state.act(Act::Truncate)?;
        let file = state.find(path)?;
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        state.content(file)?.truncate(length);
        state.events.extend([Event::Truncate { file, length }, Event::Sync { file }]);
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.act(Act::Rename)?;
        let file = state.find(from)?;
        state.rename(vec![(from.to_owned(), None), (to.to_owned(), Some(file))]);
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.act(Act::Remove)?;
        state.find(path)?;
        state.name(path, None);
        Ok(())
    }

    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.act(Act::SyncDir)?;
        state.events.push(Event::SyncDir { dir: dir.to_owned() });
        Ok(())
    }

    fn lock(&self, path: &Path, words: &[u8]) -> io::Result<Lock> {
        let mut state = self.state();
        if let Some(words) = state.locks.get(path) {
            return Ok(Lock::Taken(words.clone()));
        }
        state.locks.insert(path.to_owned(), words.to_vec());
        Ok(Lock::Held(Box::new(Hold { disk: self.clone(), path: path.to_owned() })))
    }
}

struct Hold {
    disk: FaultyDisk,
    path: PathBuf,
}

impl Drop for Hold {
    fn drop(&mut self) {
        self.disk.state().locks.remove(&self.path);
    }
}

struct Handle {
    disk: FaultyDisk,
    file: usize,
}

impl AppendFile for Handle {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut state = self.disk.state();
        let failed = state.act(Act::Write);
        let fits = if failed.is_err() { bytes.len() / 2 } else { bytes.len() }.min(state.free());
        state.write(self.file, bytes.iter().take(fits).copied().collect());
        failed?;
        if fits < bytes.len() { Err(ErrorKind::StorageFull.into()) } else { Ok(()) }
    }

    fn sync(&mut self) -> io::Result<()> {
        let mut state = self.disk.state();
        let failed = state.act(Act::Sync);
        let file = self.file;
        state.events.push(if failed.is_err() { Event::SyncFailed { file } } else { Event::Sync { file } });
        failed
    }
}

/// What is durable and what is pending while events are played again.
struct Replay {
    names: Names,
    pending_names: Vec<(PathBuf, Sets)>,
    files: BTreeMap<usize, Played>,
}

#[derive(Default)]
struct Played {
    durable: Vec<u8>,
    pending: Vec<Pending>,
}

enum Pending {
    Write(Vec<u8>),
    Truncate(usize),
}

impl Played {
    /// Applies the first `units` of what is pending: a written byte and a cut are one unit each.
    fn apply(&self, mut units: usize) -> Vec<u8> {
        let mut content = self.durable.clone();
        for pending in &self.pending {
            match pending {
                Pending::Write(bytes) => {
                    content.extend(bytes.iter().take(units));
                    units = units.saturating_sub(bytes.len());
                }
                Pending::Truncate(length) if units > 0 => {
                    content.truncate(*length);
                    units -= 1;
                }
                Pending::Truncate(_) => {}
            }
        }
        content
    }

    fn units(&self) -> usize {
        let unit = |pending: &Pending| if let Pending::Write(bytes) = pending { bytes.len() } else { 1 };
        self.pending.iter().map(unit).sum()
    }
}

impl Replay {
    fn new(names: &Names, files: &[Vec<u8>]) -> Self {
        let played = |durable: &Vec<u8>| Played { durable: durable.clone(), pending: Vec::new() };
        let files = files.iter().map(played).enumerate().collect();
        Self { names: names.clone(), pending_names: Vec::new(), files }
    }

    fn play(&mut self, event: &Event) {
        match event {
            Event::Write { file, bytes } => {
                self.files.entry(*file).or_default().pending.push(Pending::Write(bytes.clone()));
            }
            Event::Truncate { file, length } => {
                self.files.entry(*file).or_default().pending.push(Pending::Truncate(*length));
            }
            Event::Sync { file } => {
                let played = self.files.entry(*file).or_default();
                played.durable = played.apply(usize::MAX);
                played.pending.clear();
            }
            Event::SyncFailed { file } => {
                for pending in &mut self.files.entry(*file).or_default().pending {
                    if let Pending::Write(bytes) = pending {
                        bytes.fill(0);
                    }
                }
            }
            Event::Names { dir, sets } => self.pending_names.push((dir.clone(), sets.clone())),
            Event::SyncDir { dir } => {
                let (synced, rest): (Vec<_>, Vec<_>) =
                    std::mem::take(&mut self.pending_names).into_iter().partition(|(place, _)| place == dir);
                for (_, sets) in &synced {
                    set_names(&mut self.names, sets);
                }
                self.pending_names = rest;
            }
        }
    }

    fn end(mut self, cut: Cut, chance: &mut Chance) -> (Names, Vec<Vec<u8>>) {
        for (_, sets) in &self.pending_names {
            let kept = match cut.names {
                CutNames::Synced => false,
                CutNames::All => true,
                CutNames::Some => chance.below(2) == 0,
            };
            if kept {
                set_names(&mut self.names, sets);
            }
        }
        let count = self.files.keys().next_back().map_or(0, |last| last + 1);
        let mut files = vec![Vec::new(); count];
        for (number, played) in &self.files {
            if let Some(place) = files.get_mut(*number) {
                *place = left(played, cut.bytes, chance);
            }
        }
        (self.names, files)
    }
}

fn left(played: &Played, bytes: CutBytes, chance: &mut Chance) -> Vec<u8> {
    let mut content = match bytes {
        CutBytes::Synced => return played.durable.clone(),
        CutBytes::Prefix => return played.apply(chance.below(played.units() + 1)),
        CutBytes::All | CutBytes::Zeros | CutBytes::Garbage => played.apply(usize::MAX),
    };
    let safe = played.durable.len().min(content.len());
    let open = content.len() - safe;
    let (one, other) = (chance.below(open + 1), chance.below(open + 1));
    let torn = content.iter_mut().skip(safe + one.min(other)).take(one.abs_diff(other));
    match bytes {
        CutBytes::Zeros => torn.for_each(|byte| *byte = 0),
        CutBytes::Garbage => torn.for_each(|byte| *byte = u8::try_from(chance.below(256)).unwrap_or(0)),
        _ => {}
    }
    content
}

/// A small repeatable source of chances (SplitMix64).
#[derive(Debug, Clone)]
pub struct Chance(pub u64);

impl Chance {
    /// Draws a number below a bound; zero for a bound of zero.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        let bound = u64::try_from(bound).unwrap_or(u64::MAX).max(1);
        usize::try_from(mixed % bound).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::disk::Disk;
    use super::{Act, Cut, CutBytes, CutNames, FaultyDisk};

    fn cut(bytes: CutBytes, names: CutNames) -> Cut {
        Cut { bytes, names, seed: 7 }
    }

    #[test]
    fn only_what_was_synced_is_sure_to_survive() {
        let (disk, dir, path) = (FaultyDisk::default(), Path::new("d"), Path::new("d/f"));
        disk.create_dir(dir).unwrap();
        let mut file = disk.create(path).unwrap();
        file.append(b"safe").unwrap();
        file.sync().unwrap();
        assert_eq!(disk.power_cut(disk.moments(), cut(CutBytes::All, CutNames::Synced)).bytes(path), None);
        disk.sync_dir(dir).unwrap();
        file.append(b"tail").unwrap();
        let now = disk.moments();
        let left = |bytes| disk.power_cut(now, cut(bytes, CutNames::Synced)).bytes(path).unwrap();
        assert_eq!(left(CutBytes::Synced), b"safe");
        assert_eq!(left(CutBytes::All), b"safetail");
        assert!(b"safetail".starts_with(&left(CutBytes::Prefix)) && left(CutBytes::Prefix).starts_with(b"safe"));
        assert_eq!(left(CutBytes::Zeros).len(), 8);
        disk.rename(path, Path::new("d/g")).unwrap();
        let lost = disk.power_cut(disk.moments(), cut(CutBytes::Synced, CutNames::Synced));
        assert!(lost.bytes(path).is_some() && lost.bytes(Path::new("d/g")).is_none());
    }

    #[test]
    fn a_failed_sync_leaves_holes_that_a_later_sync_does_not_mend() {
        let (disk, path) = (FaultyDisk::default(), Path::new("d/f"));
        disk.create_dir(Path::new("d")).unwrap();
        let mut file = disk.create(path).unwrap();
        disk.sync_dir(Path::new("d")).unwrap();
        disk.fail(Act::Sync, 0, 1);
        file.append(b"ab").unwrap();
        assert!(file.sync().is_err());
        file.sync().unwrap();
        let left = disk.power_cut(disk.moments(), cut(CutBytes::All, CutNames::All));
        assert_eq!((left.bytes(path).unwrap(), disk.bytes(path).unwrap()), (vec![0, 0], b"ab".to_vec()));
    }

    #[test]
    fn a_full_disk_takes_what_fits() {
        let (disk, path) = (FaultyDisk::default(), Path::new("d/f"));
        disk.set_room(Some(3));
        let mut file = disk.create(path).unwrap();
        assert_eq!(file.append(b"abcd").unwrap_err().kind(), std::io::ErrorKind::StorageFull);
        assert_eq!(disk.bytes(path).unwrap(), b"abc");
        disk.heal();
        assert!(file.append(b"d").is_ok());
    }
}
