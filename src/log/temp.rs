//! A file under a temporary name: it becomes a real one by rename, or it goes away.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::text::Trouble;

use super::disk::{AppendFile, Disk};
use super::failure::{CREATING, SYNCING, WRITING, failure};

/// How temporary names end; whatever bears one at opening was never finished.
pub(crate) const ENDING: &str = ".tmp";

/// Removes its file when dropped, unless it was renamed.
pub(crate) struct Temp {
    disk: Arc<dyn Disk>,
    path: PathBuf,
    file: Option<Box<dyn AppendFile>>,
    renamed: bool,
}

impl Temp {
    /// Creates the file, over a leftover of the same name.
    pub fn create(disk: Arc<dyn Disk>, path: PathBuf) -> Result<Self, Trouble> {
        if disk.length(&path).is_ok() {
            disk.remove(&path).map_err(|error| failure(CREATING, &path, &error))?;
        }
        let file = disk.create(&path).map_err(|error| failure(CREATING, &path, &error))?;
        Ok(Self { disk, path, file: Some(file), renamed: false })
    }

    pub fn append(&mut self, bytes: &[u8]) -> Result<(), Trouble> {
        let path = &self.path;
        self.file.as_mut().map_or(Ok(()), |file| file.append(bytes)).map_err(|error| failure(WRITING, path, &error))
    }

    /// Syncs and closes the file; nothing can be appended after that.
    pub fn close(&mut self) -> Result<(), Trouble> {
        let path = &self.path;
        self.file.take().map_or(Ok(()), |mut file| file.sync()).map_err(|error| failure(SYNCING, path, &error))
    }

    /// Closes the file without a sync, for what a power cut may take.
    pub fn close_unsynced(&mut self) {
        self.file = None;
    }

    /// Gives the closed file its real name; the folder is not synced yet.
    pub fn rename(mut self, to: &Path) -> Result<(), Trouble> {
        self.disk.rename(&self.path, to).map_err(|error| failure(SYNCING, to, &error))?;
        self.renamed = true;
        Ok(())
    }
}

impl Drop for Temp {
    fn drop(&mut self) {
        // Windows removes no open file.
        self.file = None;
        if !self.renamed {
            let _ = self.disk.remove(&self.path);
        }
    }
}

/// Replaces a small file as a whole: whatever happens, either the old bytes or the new ones are there afterwards.
///
/// # Errors
/// A disk's failure; the old file is then kept, except when only the last step failed, the sync of the folder.
pub fn replace(disk: &Arc<dyn Disk>, path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    let mut name = path.as_os_str().to_owned();
    name.push(ENDING);
    let mut temp = Temp::create(Arc::clone(disk), name.into())?;
    temp.append(bytes)?;
    temp.close()?;
    temp.rename(path)?;
    let dir = path.parent().unwrap_or(Path::new(""));
    disk.sync_dir(dir).map_err(|error| failure(SYNCING, path, &error))
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use super::super::disk::Disk;
    use super::super::disk_faulty::{Act, Cut, CutBytes, CutNames, FaultyDisk};
    use super::replace;

    #[test]
    fn a_replaced_file_is_the_old_one_or_the_new_one_whatever_fails() {
        let (faulty, path) = (FaultyDisk::default(), Path::new("d/device.toml"));
        faulty.create_dir(Path::new("d")).unwrap();
        let disk: Arc<dyn Disk> = Arc::new(faulty.clone());
        replace(&disk, path, b"old").unwrap();
        let begun = faulty.moments();
        for step in 0..5 {
            faulty.fail(Act::Any, step, 1);
            assert!(replace(&disk, path, b"new").is_err(), "step {step}");
            faulty.heal();
            assert_eq!(disk.list(Path::new("d")).unwrap(), ["device.toml"]);
        }
        for moment in begun..=faulty.moments() {
            for names in [CutNames::Synced, CutNames::All, CutNames::Some] {
                let left = faulty.power_cut(moment, Cut { bytes: CutBytes::Synced, names, seed: 1 });
                let bytes = left.bytes(path).unwrap();
                assert!(bytes == b"old" || bytes == b"new", "{moment}: {bytes:?}");
            }
        }
    }
}
