//! What the journal asks of a disk, and nothing more: a trait, so that tests can make it fail and cut its power.
//!
//! A file's bytes are safe after [`AppendFile::sync`]; its name is safe after [`Disk::sync_dir`] of its folder. Until
//! then a power cut may keep any part of either. Everything the journal promises is built on these two calls alone.

use std::any::Any;
use std::io::{self, Read, Seek};
use std::path::Path;

use crate::seal::Seal;

/// Reads a file from any offset.
pub trait ReadFile: Read + Seek + Send {}

impl<T: Read + Seek + Send> ReadFile for T {}

/// Writes at the end of one file.
pub trait AppendFile: Send {
    /// Writes all bytes at the end of the file. After an error some of them may be there.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Returns once every byte appended so far, and the length, would survive a power cut.
    ///
    /// After an error the operating system may have forgotten the bytes while still showing them; the caller must not
    /// trust the file past its last successful sync, even if a later sync succeeds.
    fn sync(&mut self) -> io::Result<()>;
}

/// Tells whether a lock file could be taken.
pub enum Lock {
    /// Held until the value is dropped or the process ends, however it ends.
    Held(Box<dyn Any + Send + Sync>),
    /// Another holder has it; these are the words it left in the file, empty where they cannot be read.
    Taken(Vec<u8>),
}

/// Holds files in folders. Paths are whole paths; every call may fail with the machine's own error.
pub trait Disk: Send + Sync {
    /// Creates a folder and those above it, durably. A folder that exists is no error.
    fn create_dir(&self, dir: &Path) -> io::Result<()>;

    /// Lists the names in a folder, in no order. Names that are not Unicode are left out: none of ours are.
    fn list(&self, dir: &Path) -> io::Result<Vec<String>>;

    /// Opens a file for reading.
    fn read(&self, path: &Path) -> io::Result<Box<dyn ReadFile>>;

    /// Opens a file that was written and synced for reading back what the device took, where the system can be told to
    /// forget what it still has of it in memory.
    fn read_back(&self, path: &Path) -> io::Result<Box<dyn ReadFile>> {
        self.read(path)
    }

    /// Tells a file's length in bytes.
    fn length(&self, path: &Path) -> io::Result<u64>;

    /// Creates an empty file and opens it for appending; an existing file is an error.
    fn create(&self, path: &Path) -> io::Result<Box<dyn AppendFile>>;

    /// Opens an existing file for appending.
    fn append_to(&self, path: &Path) -> io::Result<Box<dyn AppendFile>>;

    /// Cuts a file back to a length and syncs it.
    fn truncate(&self, path: &Path, length: u64) -> io::Result<()>;

    /// Renames a file within its folder, over an existing one if there is one, at once or not at all.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Tells whether a folder is there.
    fn is_dir(&self, dir: &Path) -> bool;

    /// Removes a file, or a folder with all that is in it. After an error some of it may be gone.
    fn remove_all(&self, path: &Path) -> io::Result<()>;

    /// Returns once the names created, renamed and removed in a folder would survive a power cut.
    fn sync_dir(&self, dir: &Path) -> io::Result<()>;

    /// Gives what the frames and settings written to this disk are sealed with; by default nothing.
    fn seal(&self) -> &Seal {
        &CLEAR
    }

    /// Takes a lock file, creating it if need be, and leaves words in it for whoever finds it taken.
    fn lock(&self, path: &Path, words: &[u8]) -> io::Result<Lock>;
}

static CLEAR: Seal = Seal::CLEAR;
