//! A disk in memory for tests: it fails on demand, can be full, and can lose its power or its program at any moment.

use std::collections::BTreeMap;
use std::io::{self, Cursor, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::seal::Seal;

use super::acts::Gate;
pub use super::acts::{Act, Held};
use super::disk::{AppendFile, Disk, Lock, ReadFile};
pub use super::power_cut::{Chance, Cut, CutBytes, CutNames};
use super::power_cut::{DIR, Event, Names, Replay, Sets, set_names};

#[derive(Debug)]
struct Fault {
    act: Act,
    skip: u64,
    times: u64,
    /// What the disk answers; none for an error of no kind.
    kind: Option<ErrorKind>,
}

#[derive(Debug, Default)]
struct State {
    begun: (Names, Vec<Vec<u8>>),
    names: Names,
    files: Vec<Vec<u8>>,
    events: Vec<Event>,
    faults: Vec<Fault>,
    room: Option<usize>,
    spoils: bool,
    locks: BTreeMap<PathBuf, Vec<u8>>,
}

/// Holds files in memory; clones share them.
#[derive(Debug, Clone, Default)]
pub struct FaultyDisk {
    state: Arc<Mutex<State>>,
    gate: Arc<Gate>,
    seal: Seal,
}

impl FaultyDisk {
    /// Lets the acts of a kind fail: the next `skip` of them still succeed, then `times` of them fail.
    pub fn fail(&self, act: Act, skip: u64, times: u64) {
        self.state().faults.push(Fault { act, skip, times, kind: None });
    }

    /// Lets everything fail for one reason from now on: a disk that became read-only, a folder without permission.
    pub fn refuse(&self, kind: ErrorKind) {
        self.state().faults.push(Fault { act: Act::Any, skip: 0, times: u64::MAX, kind: Some(kind) });
    }

    /// Lets appends or syncs of a kind take until what is given back is dropped: a disk that hangs.
    #[must_use]
    pub fn hold(&self, act: Act) -> Held {
        self.gate.hold(act)
    }

    /// Lets a byte of whatever is appended from now on become another one on its way: a stick that is worn out.
    pub fn spoil(&self) {
        self.state().spoils = true;
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
        state.spoils = false;
    }

    /// Counts what has happened so far: the moments at which power can be cut are `0..=moments()`.
    pub fn moments(&self) -> usize {
        self.state().events.len()
    }

    /// Makes an empty disk whose frames and settings are sealed.
    #[must_use]
    pub fn sealed(seal: Seal) -> Self {
        Self { seal, ..Self::default() }
    }

    /// Makes the disk that a power cut right after the first `moment` events could have left.
    #[must_use]
    pub fn power_cut(&self, moment: usize, cut: Cut) -> Self {
        let state = self.state();
        let (names, files) = state.replay(moment).end(cut, &mut Chance(cut.seed));
        let begun = (names.clone(), files.clone());
        self.with(State { begun, names, files, ..State::default() })
    }

    /// Makes the disk as it is when the program, but not the power, goes right after the first `moment` events: all is
    /// there, and what was not synced can still be lost.
    #[must_use]
    pub fn kill(&self, moment: usize) -> Self {
        let state = self.state();
        let all = Cut { bytes: CutBytes::All, names: CutNames::All, seed: 0 };
        let (names, files) = state.replay(moment).end(all, &mut Chance(0));
        let events = state.events.iter().take(moment).cloned().collect();
        let begun = state.begun.clone();
        self.with(State { begun, names, files, events, ..State::default() })
    }

    /// Gives the same disk with what lies in one folder in another: memory beside a real folder of that name.
    #[must_use]
    pub fn moved(&self, from: &Path, to: &Path) -> Self {
        let at = |path: &Path| path.strip_prefix(from).map_or_else(|_| path.to_owned(), |rest| to.join(rest));
        let all = |names: &Names| names.iter().map(|(path, file)| (at(path), *file)).collect::<Names>();
        let state = self.state();
        let event = |event: &Event| match event {
            Event::Names { dir, sets } => {
                let sets = sets.iter().map(|(path, file)| (at(path), *file)).collect();
                Event::Names { dir: at(dir), sets }
            }
            Event::SyncDir { dir } => Event::SyncDir { dir: at(dir) },
            other => other.clone(),
        };
        let begun = (all(&state.begun.0), state.begun.1.clone());
        let (names, files, events) = (all(&state.names), state.files.clone(), state.events.iter().map(event).collect());
        self.with(State { begun, names, files, events, ..State::default() })
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
        state.create_dir(&dir);
        state.events.push(Event::SyncDir { dir });
    }

    fn with(&self, state: State) -> Self {
        Self { state: Arc::new(Mutex::new(state)), seal: self.seal.clone(), ..Self::default() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn replay(&self, moment: usize) -> Replay {
        let mut replay = Replay::new(&self.begun.0, &self.begun.1);
        for event in self.events.iter().take(moment) {
            replay.play(event);
        }
        replay
    }

    fn act(&mut self, act: Act) -> io::Result<()> {
        for fault in &mut self.faults {
            if fault.act != act && (fault.act != Act::Any || act == Act::Read) {
                continue;
            }
            if fault.skip > 0 {
                fault.skip -= 1;
            } else if fault.times > 0 {
                fault.times -= 1;
                return Err(fault.kind.map_or_else(|| io::Error::other("injected"), io::Error::from));
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

    /// Makes a folder and those above it, durably.
    fn create_dir(&mut self, dir: &Path) {
        let above: Vec<&Path> = dir.ancestors().filter(|dir| !dir.as_os_str().is_empty()).collect();
        for dir in above.into_iter().rev() {
            if !self.names.contains_key(dir) {
                self.name(dir, Some(DIR));
                self.events.push(Event::SyncDir { dir: folder(dir) });
            }
        }
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

impl Disk for FaultyDisk {
    fn seal(&self) -> &Seal {
        &self.seal
    }

    fn create_dir(&self, dir: &Path) -> io::Result<()> {
        self.state().create_dir(dir);
        Ok(())
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<String>> {
        let state = self.state();
        if state.names.get(dir) != Some(&DIR) {
            return Err(ErrorKind::NotFound.into());
        }
        let inside = state.names.keys().filter(|path| folder(path) == dir);
        Ok(inside.filter_map(|path| Some(path.file_name()?.to_str()?.to_owned())).collect())
    }

    fn read(&self, path: &Path) -> io::Result<Box<dyn ReadFile>> {
        self.state().act(Act::Read)?;
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

    fn is_dir(&self, dir: &Path) -> bool {
        self.state().names.get(dir) == Some(&DIR)
    }

    fn remove_all(&self, path: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.find(path)?;
        let inside: Vec<PathBuf> = state.names.keys().filter(|name| name.starts_with(path)).cloned().collect();
        // What lies in a folder goes before the folder, and is gone for good with it.
        for name in inside.into_iter().rev() {
            state.act(Act::Remove)?;
            let sets = vec![(name, None)];
            set_names(&mut state.names, &sets);
            state.events.push(Event::Names { dir: folder(path), sets });
        }
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
        self.disk.gate.pass(Act::Write);
        let mut state = self.disk.state();
        let failed = state.act(Act::Write);
        let fits = if failed.is_err() { bytes.len() / 2 } else { bytes.len() }.min(state.free());
        let mut arrives: Vec<u8> = bytes.iter().take(fits).copied().collect();
        if let Some(byte) = arrives.last_mut().filter(|_| state.spoils) {
            *byte ^= 1;
        }
        state.write(self.file, arrives);
        failed?;
        if fits < bytes.len() { Err(ErrorKind::StorageFull.into()) } else { Ok(()) }
    }

    fn sync(&mut self) -> io::Result<()> {
        self.disk.gate.pass(Act::Sync);
        let mut state = self.disk.state();
        let failed = state.act(Act::Sync);
        let file = self.file;
        state.events.push(if failed.is_err() { Event::SyncFailed { file } } else { Event::Sync { file } });
        failed
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
