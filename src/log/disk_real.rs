//! The machine's own disk, through the standard library.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Seek, Write};
use std::path::Path;

use super::disk::{AppendFile, Disk, Lock, ReadFile};

/// Reads and writes the real file system.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealDisk;

impl AppendFile for File {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write_all(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.sync_data()
    }
}

impl Disk for RealDisk {
    fn create_dir(&self, dir: &Path) -> io::Result<()> {
        if dir.is_dir() {
            return Ok(());
        }
        let above = dir.parent().filter(|above| !above.as_os_str().is_empty());
        if let Some(above) = above {
            self.create_dir(above)?;
        }
        match fs::create_dir(dir) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists || !dir.is_dir() => Err(error),
            _ => self.sync_dir(above.unwrap_or(Path::new("."))),
        }
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(dir)? {
            if let Ok(name) = entry?.file_name().into_string() {
                names.push(name);
            }
        }
        Ok(names)
    }

    fn read(&self, path: &Path) -> io::Result<Box<dyn ReadFile>> {
        Ok(Box::new(File::open(path)?))
    }

    #[cfg(any(target_os = "linux", target_os = "android"))]
    fn read_back(&self, path: &Path) -> io::Result<Box<dyn ReadFile>> {
        let file = File::open(path)?;
        // An advice: where it is not taken the file is read as any other.
        let _ = rustix::fs::fadvise(&file, 0, None, rustix::fs::Advice::DontNeed);
        Ok(Box::new(file))
    }

    fn length(&self, path: &Path) -> io::Result<u64> {
        Ok(fs::metadata(path)?.len())
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn AppendFile>> {
        Ok(Box::new(OpenOptions::new().append(true).create_new(true).open(path)?))
    }

    fn append_to(&self, path: &Path) -> io::Result<Box<dyn AppendFile>> {
        Ok(Box::new(OpenOptions::new().append(true).open(path)?))
    }

    fn truncate(&self, path: &Path, length: u64) -> io::Result<()> {
        // A handle of its own: on Windows one that only appends may not shorten the file.
        let file = OpenOptions::new().write(true).open(path)?;
        file.set_len(length)?;
        file.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn is_dir(&self, dir: &Path) -> bool {
        dir.is_dir()
    }

    fn remove_all(&self, path: &Path) -> io::Result<()> {
        if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }
    }

    #[cfg(unix)]
    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        match File::open(dir)?.sync_all() {
            // Some file systems have no such thing as syncing a folder; there is nothing more to ask of them.
            Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
            result => result,
        }
    }

    /// Windows offers no way to sync a folder; NTFS journals its names by itself.
    #[cfg(not(unix))]
    fn sync_dir(&self, _dir: &Path) -> io::Result<()> {
        Ok(())
    }

    fn lock(&self, path: &Path, words: &[u8]) -> io::Result<Lock> {
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        match file.try_lock() {
            Ok(()) => {
                // The lock is what counts: a full disk may keep the words out, but not the program.
                let _ = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| file.write_all(words));
                Ok(Lock::Held(Box::new(file)))
            }
            Err(TryLockError::WouldBlock) => {
                let mut found = Vec::new();
                // On Windows a locked file cannot be read by others; then there are no words.
                let _ = file.take(64).read_to_end(&mut found);
                Ok(Lock::Taken(found))
            }
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::super::disk::{Disk, Lock};
    use super::RealDisk;

    #[test]
    fn files_are_made_appended_cut_renamed_and_listed() {
        let home = tempfile::tempdir().unwrap();
        let dir = home.path().join("a/b");
        RealDisk.create_dir(&dir).unwrap();
        RealDisk.create_dir(&dir).unwrap();
        let path = dir.join("one");
        let mut file = RealDisk.create(&path).unwrap();
        file.append(b"abcdef").unwrap();
        file.sync().unwrap();
        assert!(RealDisk.create(&path).is_err());
        RealDisk.truncate(&path, 3).unwrap();
        RealDisk.append_to(&path).unwrap().append(b"X").unwrap();
        RealDisk.rename(&path, &dir.join("two")).unwrap();
        RealDisk.sync_dir(&dir).unwrap();
        let mut text = String::new();
        RealDisk.read(&dir.join("two")).unwrap().read_to_string(&mut text).unwrap();
        assert_eq!((text.as_str(), RealDisk.length(&dir.join("two")).unwrap()), ("abcX", 4));
        assert_eq!(RealDisk.list(&dir).unwrap(), ["two"]);
        // Windows 7 takes a file out of its folder when the last who has it open closes it.
        drop(file);
        RealDisk.remove(&dir.join("two")).unwrap();
        assert!(RealDisk.list(&dir).unwrap().is_empty());
    }

    #[test]
    fn a_lock_is_taken_once_and_free_again_when_dropped() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("lock");
        let first = RealDisk.lock(&path, b"17").unwrap();
        assert!(matches!(first, Lock::Held(_)));
        let Lock::Taken(words) = RealDisk.lock(&path, b"18").unwrap() else { panic!("taken twice") };
        assert!(cfg!(windows) || words == b"17");
        drop(first);
        assert!(matches!(RealDisk.lock(&path, b"19").unwrap(), Lock::Held(_)));
    }
}
