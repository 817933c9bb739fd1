//! What a power cut could have left: the events of a disk, played again up to a moment.
//!
//! Synced bytes and names are there; of the rest a part that a [`Cut`] chooses, bytes and names independently, as harsh as
//! a file system may be. A sync that failed leaves holes where its bytes were, even when a later one succeeds.

use std::collections::BTreeMap;
use std::path::PathBuf;

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

/// The file that each name leads to.
pub(crate) type Names = BTreeMap<PathBuf, usize>;
/// The file of a name that is a folder: it has no bytes.
pub(crate) const DIR: usize = usize::MAX;
/// Names to be set to a file, or taken away.
pub(crate) type Sets = Vec<(PathBuf, Option<usize>)>;

/// One thing that happened to a disk.
#[derive(Debug, Clone)]
pub(crate) enum Event {
    Write { file: usize, bytes: Vec<u8> },
    Truncate { file: usize, length: usize },
    Sync { file: usize },
    SyncFailed { file: usize },
    Names { dir: PathBuf, sets: Sets },
    SyncDir { dir: PathBuf },
}

pub(crate) fn set_names(names: &mut Names, sets: &[(PathBuf, Option<usize>)]) {
    for (path, file) in sets {
        match file {
            Some(file) => names.insert(path.clone(), *file),
            None => names.remove(path),
        };
    }
}

/// What is durable and what is pending while events are played again.
pub(crate) struct Replay {
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
    pub fn new(names: &Names, files: &[Vec<u8>]) -> Self {
        let played = |durable: &Vec<u8>| Played { durable: durable.clone(), pending: Vec::new() };
        let files = files.iter().map(played).enumerate().collect();
        Self { names: names.clone(), pending_names: Vec::new(), files }
    }

    pub fn play(&mut self, event: &Event) {
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
            Event::Names { dir, sets } => {
                for file in sets.iter().filter_map(|(_, file)| *file).filter(|file| *file != DIR) {
                    self.files.entry(file).or_default();
                }
                self.pending_names.push((dir.clone(), sets.clone()));
            }
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

    pub fn end(mut self, cut: Cut, chance: &mut Chance) -> (Names, Vec<Vec<u8>>) {
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
        // A folder is there as long as anything in it is.
        let paths: Vec<PathBuf> = self.names.keys().cloned().collect();
        for dir in paths.iter().flat_map(|path| path.ancestors().skip(1)).filter(|dir| !dir.as_os_str().is_empty()) {
            self.names.entry(dir.to_owned()).or_insert(DIR);
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
