//! A disk whose frames and settings are sealed: the disk beneath, and the key in hand.

use std::io;
use std::path::Path;
use std::sync::Arc;

use crate::seal::Seal;

use super::disk::{AppendFile, Disk, Lock, ReadFile};

/// Hands everything on to a disk, and the key to whoever writes frames.
#[derive(Clone)]
pub struct SealedDisk {
    disk: Arc<dyn Disk>,
    seal: Seal,
}

impl SealedDisk {
    /// Puts a key over a disk.
    pub fn new(disk: Arc<dyn Disk>, seal: Seal) -> Self {
        Self { disk, seal }
    }
}

impl Disk for SealedDisk {
    fn create_dir(&self, dir: &Path) -> io::Result<()> {
        self.disk.create_dir(dir)
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<String>> {
        self.disk.list(dir)
    }

    fn read(&self, path: &Path) -> io::Result<Box<dyn ReadFile>> {
        self.disk.read(path)
    }

    fn length(&self, path: &Path) -> io::Result<u64> {
        self.disk.length(path)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn AppendFile>> {
        self.disk.create(path)
    }

    fn append_to(&self, path: &Path) -> io::Result<Box<dyn AppendFile>> {
        self.disk.append_to(path)
    }

    fn truncate(&self, path: &Path, length: u64) -> io::Result<()> {
        self.disk.truncate(path, length)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.disk.rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.disk.remove(path)
    }

    fn is_dir(&self, dir: &Path) -> bool {
        self.disk.is_dir(dir)
    }

    fn remove_all(&self, path: &Path) -> io::Result<()> {
        self.disk.remove_all(path)
    }

    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        self.disk.sync_dir(dir)
    }

    fn seal(&self) -> &Seal {
        &self.seal
    }

    fn lock(&self, path: &Path, words: &[u8]) -> io::Result<Lock> {
        self.disk.lock(path, words)
    }
}
