//! Export: everything this laptop knows as one file for the stick, read back before it is called safe.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::domain::{Name, Writer};
use crate::exchange::{Bundle, Keys, Lock, Manifest, addressed, file_name, free_name, not_written, write};
use crate::log::{Position, Ranges, Reader, bytes};
use crate::seal::Signer;
use crate::text::{Said, Text, Trouble, cause, t};

use super::{Progress, sticks};

/// Percent of an export when its operations are collected, and when they are written; the rest is reading back.
const COLLECTED: u64 = 20;
const WRITTEN: u64 = 80;

/// What is to be exported.
pub struct Export {
    /// The campaign's id.
    pub campaign: String,
    /// This laptop and its people.
    pub from: Writer,
    /// The laptop it is for, where it is not for everybody.
    pub to: Option<Writer>,
    /// Wall clock, milliseconds since 1970 UTC.
    pub now_ms: i64,
    /// All that this laptop knows.
    pub knows: Ranges,
    /// What the reader of the file is known to have already; empty for a full export.
    pub had: Ranges,
    /// What it is locked with.
    pub lock: Lock,
    /// Who signs it.
    pub signer: Option<Signer>,
    /// The campaign's own folder, where it is not to lie; none for a backup.
    pub keep_out_of: Option<PathBuf>,
}

/// What was exported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// The file.
    pub path: PathBuf,
    /// Operations in it.
    pub operations: u64,
    /// Operations that are known and should be in it, and cannot be read in the journal.
    pub missing: u64,
    /// Its length in bytes.
    pub length: u64,
    /// The hash at its end.
    pub hash: [u8; 32],
    /// The number of the key that signed it, for a laptop that meets this one for the first time; none where none did.
    pub number: Option<String>,
    /// It lies on a stick.
    pub on_stick: bool,
    /// The second copy, or what became of it; none where there was no other folder for one.
    pub copy: Option<Result<PathBuf, Trouble>>,
}

impl Exported {
    /// Says whether it can be carried away: on a stick, or still in a folder of this laptop.
    pub fn can_go(&self) -> Text {
        let copied = self.copy.as_ref().and_then(|copy| copy.as_ref().ok());
        if self.on_stick || copied.is_some_and(|copy| sticks::hold(copy)) {
            t("可以拔U盘", "the stick can be taken out")
        } else {
            t("还没有在U盘上", "it is not on a stick yet")
        }
    }

    /// Says with which number another laptop asks for this one when they meet for the first time.
    pub fn signed(&self) -> Said {
        let said =
            |number: &String| t(" 本机签名号 {number}.", " This laptop's number: {number}.").with("number", number);
        self.number.as_ref().map_or(t("", "").into(), said)
    }

    /// Says what it lacks; none where everything that should be in it is.
    pub fn lacks(&self) -> Option<Trouble> {
        let said = t(
            "{file} 里少 {n} 条: 日志有损坏, 这些读不出来. 其余 {all} 条都在里面, 读回核对过.",
            "{file} lacks {n} records: the journal is damaged and they cannot be read. The other {all} are in it and were read back.",
        );
        let said = said.with("file", self.path.display()).with("n", self.missing).with("all", self.operations);
        let hint = t(
            "以前的备份和导出包先留着. 退出以后运行 zoufang check --repair, 补得回的都补回来, 再做一次.",
            "Keep earlier backups and exports. Leave, run “zoufang check --repair”, which brings back what it can, and do this again.",
        );
        (self.missing > 0).then(|| Trouble::new("journal-damaged", said).hint(hint))
    }

    /// Says where the second copy is, or why there is none.
    pub fn second(&self) -> Said {
        match &self.copy {
            None => t("", "").into(),
            Some(Ok(path)) => t(" 另存一份: {file}", " A second copy: {file}").with("file", path.display()),
            Some(Err(trouble)) => Said::from(t(" 第二份没有写成: {why}", " No second copy: {why}"))
                .with_words("why", trouble.said.clone()),
        }
    }
}

impl Export {
    /// Writes the bundle to a folder, under a name people understand, or to a file named by them.
    pub fn write(&self, journal: &Reader, out: &Path) -> Result<Exported, Trouble> {
        self.write_watched(journal, out, &Progress::default())
    }

    /// As [`Export::write`]; it tells how far it is, and can be stopped: then nothing of it stays.
    pub fn write_watched(&self, journal: &Reader, out: &Path, progress: &Progress) -> Result<Exported, Trouble> {
        self.fits(out)?;
        progress.part(0, COLLECTED, self.knows.without(&self.had).count());
        let operations = self.collect(journal, progress)?;
        let lacking = self.lacking(&operations);
        // What cannot be given is not claimed either: whoever reads the file would take it to be safe here.
        let knows = self.knows.without(&lacking);
        let path = self.target(out);
        // Gone through twice: for the header, and for the blocks.
        progress.part(COLLECTED, WRITTEN, 2 * operations.len() as u64);
        let written =
            aside_then_there(&path, &self.keys(), progress, |temp| self.write_to(temp, knows, &operations, progress));
        let (length, hash) = progress.or_stopped(written)?;
        let number = self.signer.as_ref().map(|signer| signer.public().fingerprint());
        let (operations, missing) = (operations.len() as u64, lacking.count());
        let on_stick = sticks::hold(&path);
        Ok(Exported { path, operations, missing, length, hash, number, on_stick, copy: None })
    }

    /// Puts a second copy of what was exported into another folder, read back as the first was. Where that does not work
    /// the first stays as safe as it is.
    pub fn copy(&self, exported: &mut Exported, folder: &Path) {
        if !folder.is_dir() || exported.path.parent() == Some(folder) {
            return;
        }
        let path = self.target(folder);
        let copied = aside_then_there(&path, &self.keys(), &Progress::default(), |temp| {
            let length = std::fs::copy(&exported.path, temp).map_err(|error| failed(temp, &error))?;
            let file = File::options().write(true).open(temp).map_err(|error| failed(temp, &error))?;
            file.sync_all().map_err(|error| failed(temp, &error))?;
            Ok((length, exported.hash))
        });
        exported.copy = Some(copied.map(|_| path));
    }

    /// Gives the key that reads it back.
    pub(super) fn keys(&self) -> Keys {
        match &self.lock {
            Lock::Clear => Keys::default(),
            Lock::Shared(seal) | Lock::Own { seal, .. } => Keys::of([seal.clone()]),
        }
    }

    /// Keeps it out of the campaign's own folder: who looks for it on the stick would not find it.
    fn fits(&self, out: &Path) -> Result<(), Trouble> {
        let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let folder = if out.is_dir() { out } else { out.parent().unwrap_or(out) };
        match &self.keep_out_of {
            Some(own) if whole(folder).starts_with(whole(own)) => {
                let said = t(
                    "{dir} 是本机的数据文件夹, 没有导出.",
                    "{dir} holds this laptop's own data; nothing was exported.",
                );
                Err(Trouble::new("export-in-data", said.with("dir", folder.display()))
                    .hint(t("插上U盘, 或换一个文件夹.", "Put in a stick, or choose another folder.")))
            }
            _ => Ok(()),
        }
    }

    fn target(&self, out: &Path) -> PathBuf {
        if !out.is_dir() {
            return out.to_owned();
        }
        // A locked file does not give away in its name who wrote it.
        let person = self.from.visitors.first().filter(|_| matches!(self.lock, Lock::Clear)).map_or("", String::as_str);
        let mut wished = file_name(&self.from.group, person, self.now_ms);
        if let Some(to) = &self.to {
            let whom = [&to.code, &to.group].into_iter().find(|word| !word.is_empty());
            wished = addressed(&wished, whom.map_or("", String::as_str));
        }
        out.join(free_name(&wished, |name| out.join(name).exists()))
    }

    /// Gives the operations to be written, in the order of their names.
    fn collect(&self, journal: &Reader, progress: &Progress) -> Result<BTreeMap<Name, Vec<u8>>, Trouble> {
        let mut operations = BTreeMap::new();
        journal.read_from(Position::START, &mut |frame| {
            let mut rest = frame.operations;
            while let Ok((first, tail)) = bytes::split(rest) {
                if let Ok(name) = bytes::name_of(first)
                    && self.knows.contains(name)
                    && !self.had.contains(name)
                {
                    operations.entry(name).or_insert_with(|| first.to_vec());
                    progress.go(1)?;
                }
                rest = tail;
            }
            Ok(())
        })?;
        Ok(operations)
    }

    /// Finds what is known, was not had by the reader before, and was not found in the journal.
    fn lacking(&self, operations: &BTreeMap<Name, Vec<u8>>) -> Ranges {
        let mut found = Ranges::default();
        for name in operations.keys() {
            found.insert(*name);
        }
        self.knows.without(&self.had).without(&found)
    }

    fn write_to(
        &self,
        temp: &Path,
        knows: Ranges,
        operations: &BTreeMap<Name, Vec<u8>>,
        progress: &Progress,
    ) -> Result<(u64, [u8; 32]), Trouble> {
        let file = File::create(temp).map_err(|error| failed(temp, &error))?;
        let mut out = BufWriter::new(file);
        let manifest = Manifest {
            campaign: self.campaign.clone(),
            from: self.from.clone(),
            exported_ms: self.now_ms,
            knows,
            lock: self.lock.clone(),
            signer: self.signer.clone(),
        };
        let all = || operations.values().map(|raw| progress.go(1).map(|()| raw.as_slice()));
        let written = write(&manifest, all, &mut out)?;
        out.flush().map_err(|error| failed(temp, &error))?;
        out.get_ref().sync_all().map_err(|error| failed(temp, &error))?;
        Ok((written.length, written.hash))
    }
}

/// Writes a file beside its place, reads it back, and only then gives it its name; whatever fails leaves nothing behind.
fn aside_then_there(
    path: &Path,
    keys: &Keys,
    progress: &Progress,
    write: impl FnOnce(&Path) -> Result<(u64, [u8; 32]), Trouble>,
) -> Result<(u64, [u8; 32]), Trouble> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let temp = folder.join(format!(".{name}.part"));
    let outcome = write(&temp).and_then(|(length, hash)| {
        let mut file = BufReader::new(File::open(&temp).map_err(|error| failed(&temp, &error))?);
        progress.part(WRITTEN, 100, length);
        if Bundle::read_with(&mut progress.reading(&mut file), keys)?.hash() != hash {
            let said = t("写到 {file} 的内容读回来不一样.", "what was written to {file} reads back differently.");
            return Err(Trouble::new("read-back", said.with("file", path.display()))
                .hint(t("这个U盘可能坏了, 换一个.", "The stick may be broken; take another.")));
        }
        std::fs::rename(&temp, path).map_err(|error| failed(path, &error))?;
        sync_folder(folder);
        Ok((length, hash))
    });
    if outcome.is_err() {
        let _ = std::fs::remove_file(&temp);
    }
    outcome
}

/// Makes the new name durable where the system can; on a stick without it the file's own sync has to do.
fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

fn failed(path: &Path, error: &std::io::Error) -> Trouble {
    // A full or locked stick has words of its own, whichever call met it first.
    if matches!(error.kind(), ErrorKind::StorageFull | ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied) {
        return not_written(error);
    }
    Trouble::new(
        "export-failed",
        t(
            "写不了 {file}: {cause}. 电脑里的记录都在.",
            "{file} cannot be written: {cause}. All records are still on this laptop.",
        )
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
