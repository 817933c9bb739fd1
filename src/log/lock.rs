//! The program's own lock: one writer per data folder, taken before anything else is opened and freed when it ends.

use std::any::Any;
use std::path::Path;

use crate::text::{Said, Trouble, t};

use super::disk::{self, Disk};
use super::failure::{CREATING, failure};

/// The lock file's name in the data folder.
pub const LOCK_FILE: &str = "zoufang.lock";

/// A program that has just ended, or a process begun at that moment, may hold the lock a little longer: half a second.
const WAITS: u32 = 25;
const WAIT: std::time::Duration = std::time::Duration::from_millis(20);

/// Holds a data folder for writing until it is dropped, or the process ends in whatever way.
pub struct FolderLock {
    _held: Box<dyn Any + Send + Sync>,
}

impl FolderLock {
    /// Takes the lock of a data folder that exists. The file keeps this process's number, for whoever finds it taken.
    ///
    /// # Errors
    /// `already-open` when another process has it; otherwise the disk's failure.
    pub fn take(disk: &dyn Disk, dir: &Path) -> Result<Self, Trouble> {
        let path = dir.join(LOCK_FILE);
        let own = std::process::id().to_string();
        let mut waits = WAITS;
        loop {
            match disk.lock(&path, own.as_bytes()) {
                Ok(disk::Lock::Held(held)) => return Ok(Self { _held: held }),
                Ok(disk::Lock::Taken(_)) if waits > 0 => waits -= 1,
                Ok(disk::Lock::Taken(words)) => return Err(taken(dir, &words)),
                Err(error) => return Err(failure(CREATING, &path, &error)),
            }
            std::thread::sleep(WAIT);
        }
    }
}

fn taken(dir: &Path, words: &[u8]) -> Trouble {
    let process = std::str::from_utf8(words).ok().and_then(|words| words.trim().parse::<u32>().ok());
    let who = match process {
        Some(process) => t(" (进程 {process})", " (process {process})").with("process", process),
        None => Said::from(t("", "")),
    };
    let said = t("{dir} 已在另一个窗口中打开{who}.", "{dir} is open in another window{who}.");
    Trouble::new("already-open", said.with("dir", dir.display()).with_words("who", who))
        .hint(t("请回到那个窗口, 或先退出它.", "Go back to that window, or leave it first."))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::disk_faulty::FaultyDisk;
    use super::FolderLock;

    #[test]
    fn a_second_window_is_told_who_has_the_folder() {
        let (disk, dir) = (FaultyDisk::default(), Path::new("data"));
        let first = FolderLock::take(&disk, dir).unwrap();
        let trouble = FolderLock::take(&disk, dir).err().unwrap();
        assert_eq!(trouble.kind, "already-open");
        assert!(trouble.to_string().contains(&format!("进程 {}", std::process::id())));
        drop(first);
        assert!(FolderLock::take(&disk, dir).is_ok());
    }
}
