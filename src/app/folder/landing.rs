//! A file that lands on a stick or in another folder: written beside its place, synced, read back, and only then given its
//! name. Whatever fails leaves nothing behind, and is told to people with a stick in their hands.

use std::io::{self, BufReader, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::exchange::{Bundle, Keys, NOT_EXPORTED, UNDONE, not_written};
use crate::log::Disk;
use crate::log::disk::AppendFile;
use crate::text::{Trouble, cause, t};

use crate::app::Progress;

/// How the hidden name of what is being written ends.
const PART: &str = ".part";

/// A bundle's length, and the hash at its end.
type Written = (u64, [u8; 32]);
/// A file being written beside its place.
pub(in crate::app) type Outgoing = BufWriter<Appending>;

/// Where a bundle goes.
pub(in crate::app) struct Landing<'a> {
    pub disk: &'a dyn Disk,
    pub path: &'a Path,
    /// What opens it when it is read back.
    pub keys: Keys,
    pub progress: &'a Progress,
    /// Percent of the job when it is written; the rest is reading back.
    pub written: u64,
}

/// The end of a file.
pub(in crate::app) struct Appending(Box<dyn AppendFile>);

impl Write for Appending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.append(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Landing<'_> {
    /// Lets a bundle be written, and gives its length and hash once it lies there whole under its name.
    pub fn land(&self, write: impl FnOnce(&mut Outgoing) -> Result<Written, Trouble>) -> Result<Written, Trouble> {
        let name = self.path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let temp = self.folder().join(format!(".{name}{PART}"));
        let landed = self.put(&temp, write).and_then(|written| {
            self.read_back(&temp, written)?;
            self.name(&temp)?;
            Ok(written)
        });
        if landed.is_err() {
            let _ = self.disk.remove(&temp);
        }
        landed
    }

    /// Gives the folder that it is written into.
    pub fn folder(&self) -> PathBuf {
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
        folder.unwrap_or(Path::new(".")).to_owned()
    }

    fn put(
        &self,
        temp: &Path,
        write: impl FnOnce(&mut Outgoing) -> Result<Written, Trouble>,
    ) -> Result<Written, Trouble> {
        let failed = |error| failed(temp, &error);
        // What an export left that was killed.
        if self.disk.length(temp).is_ok() {
            self.disk.remove(temp).map_err(failed)?;
        }
        let mut out = BufWriter::new(Appending(self.disk.create(temp).map_err(failed)?));
        let written = write(&mut out)?;
        let mut file = out.into_inner().map_err(|error| failed(error.into_error()))?.0;
        file.sync().map_err(failed)?;
        Ok(written)
    }

    fn read_back(&self, temp: &Path, (length, hash): Written) -> Result<(), Trouble> {
        self.progress.part(self.written, 100, length);
        let file = self.disk.read_back(temp).map_err(|error| failed(temp, &error))?;
        let back = Bundle::read_with(&mut self.progress.reading(&mut BufReader::new(file)), &self.keys);
        if back.is_ok_and(|bundle| bundle.hash() == hash) {
            return Ok(());
        }
        let said = t(
            "{undone}: 写到 {file} 的内容读回来不一样. 电脑里的记录都在.",
            "{undone}: what was written to {file} reads back differently. All records are still on this laptop.",
        );
        let said = said.with_words(UNDONE, NOT_EXPORTED);
        let hint = t("这个U盘可能坏了, 换一个再导出一次.", "The stick may be broken; take another and export again.");
        Err(Trouble::new("read-back", said.with("file", self.path.display())).hint(hint))
    }

    /// Gives it its name. One that a power cut could take again does not count.
    fn name(&self, temp: &Path) -> Result<(), Trouble> {
        self.disk.rename(temp, self.path).map_err(|error| failed(self.path, &error))?;
        match self.disk.sync_dir(&self.folder()) {
            // A folder that one may write in and not look into: the file's own sync has to do.
            Err(error) if error.kind() != ErrorKind::PermissionDenied => {
                let _ = self.disk.remove(self.path);
                Err(failed(self.path, &error))
            }
            _ => Ok(()),
        }
    }
}

/// Tells whether a file is called as one that is being written, or that a kill left so.
pub(in crate::app) fn is_part(name: &str) -> bool {
    name.starts_with('.') && name.ends_with(PART)
}

/// Tells whether a stick or folder did not take what was written, so that another one may.
pub(in crate::app) fn is_of_the_disk(trouble: &Trouble) -> bool {
    ["bundle-not-written", "export-failed", "read-back"].contains(&trouble.kind)
}

pub(in crate::app) fn failed(path: &Path, error: &io::Error) -> Trouble {
    // A full or locked stick has words of its own, whichever call met it first.
    if matches!(error.kind(), ErrorKind::StorageFull | ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied) {
        return not_written(error);
    }
    Trouble::new(
        "export-failed",
        t(
            "{undone}: 写不了 {file}, {cause}. 电脑里的记录都在.",
            "{undone}: {file} cannot be written, {cause}. All records are still on this laptop.",
        )
        .with_words(UNDONE, NOT_EXPORTED)
        .with("file", path.display())
        .with_words("cause", cause(error)),
    )
    .hint(t("检查U盘是否插好, 是否已满或写保护.", "Check that the stick is in, not full and not write-protected."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    // A locked stick was told in the system's own English, a full one only when it was full in the middle of a block.
    #[test]
    fn a_full_or_locked_stick_is_told_in_words_a_person_understands() {
        for (kind, said) in [
            (ErrorKind::StorageFull, "没有导出: 空间不够."),
            (ErrorKind::ReadOnlyFilesystem, "没有导出: 这里不能写入."),
            (ErrorKind::PermissionDenied, "没有导出: 这里不能写入."),
        ] {
            let trouble = failed(Path::new("/media/usb/a.zfb"), &kind.into());
            assert!(trouble.say(Lang::Zh).starts_with(said), "{}", trouble.say(Lang::Zh));
        }
        let other = failed(Path::new("/media/usb/a.zfb"), &ErrorKind::NotFound.into());
        assert!(other.say(Lang::Zh).contains("/media/usb/a.zfb"));
    }
}
