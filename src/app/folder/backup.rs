//! Backups: everything that is known as one export file, read back before it counts, beside the data and where one wishes.
//!
//! A backup is an export of everything, so `restore` is a merge into a new campaign, and an older program reads it. It is made
//! when the program ends and something was recorded since the last one, and once a day while it runs. Old ones of this
//! laptop go by a simple schedule: the five newest stay, then one a day for a week, then one a week for five weeks. One that holds more than the newest stays
//! whatever its age.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::text::{Said, Text, Trouble, cause, t};

use crate::app::{Export, Exported, Keeper, Progress, requests::pen};
use crate::exchange::{Header, Keys, Lock, UNDONE, file_name, free_name, ring_of};
use crate::log::{Disk, Ranges, Reader};
use crate::seal::Keyring;

/// The folder beside the journal.
pub(in crate::app) const FOLDER: &str = "backup";
/// What the names of backups begin with.
const BEGINNING: &str = "备份-";

/// So many of the newest stay whatever their age.
const NEWEST: usize = 5;
/// One of each day stays for so many days.
const DAYS: i64 = 7;
/// One of each week stays for so many weeks.
const WEEKS: i64 = 5;
const DAY_MS: i64 = 86_400_000;

/// Gives the key ring of a backup that is under a passphrase; none where the file is in the clear.
///
/// # Errors
/// Those of a file that cannot be read or is no bundle; `keys-damaged`.
pub fn backup_ring(path: &Path) -> Result<Option<Keyring>, Trouble> {
    let file = File::open(path).map_err(|error| crate::app::exchange::file::unreadable(path, &error))?;
    let ring = ring_of(&mut std::io::BufReader::new(file))?;
    ring.map(|bytes| Keyring::decode(&bytes)).transpose().map_err(|_| super::sealing::keys_damaged(path))
}

/// A backup to be made, beside the writer where people go on typing.
pub struct Backup {
    export: Export,
    laptop: u64,
    /// The file name that is wished for.
    name: String,
    beside: Option<PathBuf>,
    second: Option<PathBuf>,
}

/// What a backup came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BackedUp {
    /// The files written, the one beside the data first.
    pub files: Vec<Exported>,
    /// Why there is none beside the data, where the second folder has one all the same.
    pub beside: Option<Trouble>,
    /// Why the second folder has none.
    pub missing: Option<Trouble>,
    /// What the files lack, where the journal is damaged.
    pub lacks: Option<Trouble>,
    /// Old backups that were taken away.
    pub removed: usize,
    /// Why this laptop did not keep the note of it; none where it did. The files are as good either way.
    pub unnoted: Option<Trouble>,
    /// Operations that were known when it was begun.
    holds: u64,
    /// When it was begun, milliseconds since 1970 UTC.
    at: i64,
}

impl BackedUp {
    /// What one backup in a folder of its own came to.
    pub fn alone(file: Exported) -> Self {
        Self {
            lacks: file.lacks(),
            holds: file.operations,
            files: vec![file],
            beside: None,
            missing: None,
            removed: 0,
            unnoted: None,
            at: 0,
        }
    }

    fn take(&mut self, file: Exported, removed: usize) {
        self.removed += removed;
        self.lacks = self.lacks.take().or_else(|| file.lacks());
        self.files.push(file);
    }
}

impl Backup {
    /// Writes the files, each read back before it counts, and takes old ones of this laptop away. A full disk beside the data is
    /// no reason to leave the stick without one.
    ///
    /// # Errors
    /// Those of [`Export::write`] for the backup beside the data, where the second folder has none either; else what is wrong
    /// with one of the two is only told.
    pub fn make(&self, journal: &Reader, progress: &Progress) -> Result<BackedUp, Trouble> {
        let (at, holds) = (self.export.now_ms, self.export.knows.count());
        let mut done = BackedUp { holds, at, ..BackedUp::default() };
        if let Some(beside) = &self.beside {
            let folder = self.export.onto.create_dir(beside).map_err(|error| no_folder(beside, &error));
            done.beside = folder.and_then(|()| self.keep_in(beside, journal, progress, &mut done)).err();
        }
        if let Some(second) = &self.second {
            done.missing = self.keep_in(second, journal, progress, &mut done).err();
        }
        match done.beside.take_if(|_| done.files.is_empty()) {
            Some(trouble) => Err(trouble),
            None => Ok(done),
        }
    }

    fn keep_in(
        &self,
        folder: &Path,
        journal: &Reader,
        progress: &Progress,
        done: &mut BackedUp,
    ) -> Result<(), Trouble> {
        let file = self.write_to(folder, journal, progress).map_err(|trouble| not_backed_up(folder, trouble))?;
        let ours = (self.laptop, &self.export.keys());
        let removed = prune(self.export.onto.as_ref(), folder, ours, self.export.now_ms, &file.path);
        done.take(file, removed);
        Ok(())
    }

    fn write_to(&self, folder: &Path, journal: &Reader, progress: &Progress) -> Result<Exported, Trouble> {
        let disk = self.export.onto.as_ref();
        if !disk.is_dir(folder) {
            let said = t("没有 {dir} 这个文件夹.", "There is no folder {dir}.");
            return Err(Trouble::new("folder-missing", said.with("dir", folder.display())).hint(PLUGGED_IN));
        }
        let path = folder.join(free_name(&self.name, |name| disk.length(&folder.join(name)).is_ok()));
        self.export.write_watched(journal, &path, progress)
    }
}

impl Keeper {
    /// Makes a backup in the data folder and in the second folder, where one is set and there.
    ///
    /// # Errors
    /// As writing an export, for the backup beside the data; what is wrong with the second folder is only told.
    pub fn back_up(&mut self) -> Result<BackedUp, Trouble> {
        let done = self.backup()?.make(&self.journal.reader(), &Progress::default())?;
        Ok(self.remember_backup(done))
    }

    /// Makes a backup in one folder, read back before it counts.
    pub fn back_up_to(&self, folder: &Path) -> Result<Exported, Trouble> {
        let written = self.backup()?.write_to(folder, &self.journal.reader(), &Progress::default());
        written.map_err(|trouble| not_backed_up(folder, trouble))
    }

    /// Gives the backup of everything known now.
    ///
    /// # Errors
    /// Where the key ring that goes along cannot be read; `folder-gone`.
    pub fn backup(&self) -> Result<Backup, Trouble> {
        // One beside the data would make the folder anew, with nothing in it.
        if !self.place.exists() {
            return Err(self.folder_lost());
        }
        let now_ms = self.clock.now().wall_ms;
        let export = Export {
            onto: Arc::clone(&self.place.exports),
            campaign: self.campaign_id(),
            from: pen::introduction(&self.device),
            to: None,
            now_ms,
            knows: self.known(),
            introductions: self.introductions(),
            had: Ranges::default(),
            lock: self.own_lock()?,
            signer: self.device.signer(),
            keep_out_of: None,
        };
        // Whose laptop it is stands in the file; where that is sealed its name does not give it away.
        let person = if matches!(export.lock, Lock::Clear) { self.device.speaker() } else { "" };
        Ok(Backup {
            export,
            laptop: self.device.laptop,
            name: format!("{BEGINNING}{}", file_name(&self.device.group, person, now_ms)),
            beside: Some(self.place.home().join(FOLDER)),
            second: self.device.backup.clone(),
        })
    }

    /// Gives the backup to where something known is missing; none where nothing is, or all is only practised.
    ///
    /// # Errors
    /// As [`Keeper::backup`].
    pub fn backup_due(&self) -> Result<Option<Backup>, Trouble> {
        let (known, device) = (self.known().count(), &self.device);
        let (beside, second) = (known > device.backed_up, device.backup.is_some() && known > device.second_holds);
        let due = !device.practice && (beside || second);
        if !due {
            return Ok(None);
        }
        let all = self.backup()?;
        Ok(Some(Backup { beside: all.beside.filter(|_| beside), second: all.second.filter(|_| second), ..all }))
    }

    /// Gives the backup that is due where the last one is a day old, as on a laptop that is never closed.
    ///
    /// # Errors
    /// As [`Keeper::backup`].
    pub fn backup_overdue(&self) -> Result<Option<Backup>, Trouble> {
        let age = self.clock.now().wall_ms - self.device.backed_up_at;
        if age.abs() < DAY_MS { Ok(None) } else { self.backup_due() }
    }

    /// Remembers what the backups hold, and gives what is wrong with them.
    pub(in crate::app) fn take_backup(&mut self, done: BackedUp) -> Result<(), Trouble> {
        let done = self.remember_backup(done);
        done.lacks.or(done.unnoted).or(done.beside).or(done.missing).map_or(Ok(()), Err)
    }

    /// Remembers what the backups hold; where that cannot be kept the files are there all the same.
    fn remember_backup(&mut self, mut done: BackedUp) -> BackedUp {
        let noted = self.note_backup(&done);
        done.unnoted = noted.err().map(|why| not_noted(&done.files, why));
        done
    }

    fn note_backup(&mut self, done: &BackedUp) -> Result<(), Trouble> {
        let mut device = self.device.clone();
        if done.beside.is_none() {
            device.backed_up = done.holds;
            device.backed_up_at = done.at;
        }
        if device.backup.is_some() && done.missing.is_none() {
            device.second_holds = done.holds;
        }
        device.write(&self.place.disk, &self.place.home())?;
        self.device = device;
        Ok(())
    }
}

/// Says that only the note of backups was not kept, where they are, and what follows: one more is made.
fn not_noted(files: &[Exported], why: Trouble) -> Trouble {
    let files: Vec<String> = files.iter().map(|file| file.path.display().to_string()).collect();
    let words = t(
        "备份好了, 文件完整, 读回核对过: {files}. 只是本机没记下这一次, 以后会再备份一份: {why}",
        "Backed up; the file is whole and was read back: {files}. Only the note of it was not kept here, so that one more is made later: {why}",
    );
    Trouble { said: words.with("files", files.join(", ")).with_words("why", why.said), ..why }
}

fn no_folder(folder: &Path, error: &std::io::Error) -> Trouble {
    let said = t(
        "没有备份: 备份文件夹 {dir} 建不了, {cause}.",
        "Not backed up: the backup folder {dir} cannot be made, {cause}.",
    );
    Trouble::new("backup-failed", said.with("dir", folder.display()).with_words("cause", cause(error))).hint(NO_ROOM)
}

const NO_ROOM: Text = t(
    "记录都在这台电脑里, 不受影响. 腾出空间, 看看那里能不能写; 退出时会再备份, 或用 zoufang backup.",
    "All records are on this laptop and safe. Make room, see whether that place can be written; leaving backs up again, or “zoufang backup” does.",
);
/// The same behind a sentence that says already where the records are.
const MAKE_ROOM: Text = t(
    "腾出空间, 看看那里能不能写; 退出时会再备份, 或用 zoufang backup.",
    "Make room, see whether that place can be written; leaving backs up again, or “zoufang backup” does.",
);
const PLUGGED_IN: Text = t(
    "记录都在这台电脑里, 不受影响. 插好那个盘再退出一次, 或用 zoufang device --set backup=另一个文件夹.",
    "All records are on this laptop and safe. Put that disk in and leave once more, or “zoufang device --set backup=FOLDER” names another.",
);

/// Says of what kept a backup from being written that it was one, where it was to lie, and what becomes of the records. Why
/// a record cannot be read is for `check` to find out, and whoever stopped it knows.
fn not_backed_up(folder: &Path, trouble: Trouble) -> Trouble {
    let not = t("没有备份到 {dir}", "Not backed up to {dir}").with("dir", folder.display());
    let said = trouble.said.clone().instead(UNDONE, not.clone());
    let said = if trouble.kind == "folder-missing" {
        Said::from(t("{not}: {why}", "{not}: {why}")).with_words("not", not).with_words("why", said)
    } else {
        said
    };
    let trouble = Trouble { said, ..trouble };
    match trouble.kind {
        "bundle-not-written" => trouble.hint(NO_ROOM),
        "export-failed" | "read-back" => trouble.hint(MAKE_ROOM),
        _ => trouble,
    }
}

/// Takes away the backups of a laptop in a folder that the schedule does not keep; gives how many. Those of other laptops
/// stay, as does what cannot be read or removed, and the one just written, whatever the clock says of the others. So does
/// each that holds a record which the one just written lacks: a damaged journal must not cost what is safe.
fn prune(disk: &dyn Disk, folder: &Path, (laptop, keys): (u64, &Keys), now_ms: i64, written: &Path) -> usize {
    let found = of_laptop(disk, folder, laptop, keys);
    let Some(new) = found.iter().find(|kept| kept.path == written) else { return 0 };
    let times: Vec<i64> = found.iter().map(|kept| kept.made).collect();
    let old = outdated(&times, now_ms).into_iter().filter_map(|at| found.get(at));
    let goes = |kept: &&KeptBackup| kept.path != written && kept.contains.without(&new.contains).count() == 0;
    old.filter(goes).filter(|kept| disk.remove(&kept.path).is_ok()).count()
}

/// A backup that lies in a folder.
pub(in crate::app) struct KeptBackup {
    /// When it was made, milliseconds since 1970 UTC.
    pub made: i64,
    pub path: PathBuf,
    /// The operations in it.
    pub contains: Ranges,
}

/// Gives the backups of a laptop in a folder that can be read, the newest first.
pub(in crate::app) fn of_laptop(disk: &dyn Disk, folder: &Path, laptop: u64, keys: &Keys) -> Vec<KeptBackup> {
    let mut found: Vec<KeptBackup> = Vec::new();
    for name in disk.list(folder).unwrap_or_default() {
        let path = folder.join(&name);
        let is_backup =
            name.starts_with(BEGINNING) && path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zfb"));
        if !is_backup {
            continue;
        }
        let header = disk.read(&path).ok().and_then(|mut file| Header::read(&mut file, keys).ok());
        if let Some(header) = header.filter(|header| header.from.laptop == laptop) {
            found.push(KeptBackup { made: header.exported_ms, path, contains: header.contains });
        }
    }
    found.sort_by(|a, b| (b.made, &b.path).cmp(&(a.made, &a.path)));
    found
}

/// Gives the places of the backups that the schedule does not keep, of times with the newest first. One that seems to come
/// from the future, as a clock was wrong, is kept.
fn outdated(times: &[i64], now_ms: i64) -> Vec<usize> {
    let mut kept: Vec<(bool, i64)> = Vec::new();
    let mut old = Vec::new();
    for (at, made) in times.iter().enumerate() {
        let age = (now_ms - made) / DAY_MS;
        // Days and weeks by the calendar of time itself: which of two on one day stays does not matter.
        let slot = match age {
            ..DAYS => (true, made.div_euclid(DAY_MS)),
            _ => (false, made.div_euclid(7 * DAY_MS)),
        };
        let is_new = !kept.contains(&slot);
        if at < NEWEST || age < 0 || (is_new && age < DAYS + 7 * WEEKS) {
            kept.push(slot);
        } else {
            old.push(at);
        }
    }
    old
}

#[cfg(test)]
mod tests {
    use super::{DAY_MS, outdated};

    #[test]
    fn the_newest_stay_then_one_a_day_then_one_a_week() {
        let now = 1_000 * DAY_MS + DAY_MS / 2;
        // Four a day for a hundred days, the newest first.
        let times: Vec<i64> = (0..400).map(|at| now - at * DAY_MS / 4).collect();
        let old = outdated(&times, now);
        let kept: Vec<i64> =
            (0..times.len()).filter(|at| !old.contains(at)).map(|at| (now - times[at]) / DAY_MS).collect();
        assert!((15..=20).contains(&kept.len()), "{kept:?}");
        assert_eq!(&kept[..5], [0, 0, 0, 0, 1], "the five newest");
        for day in 1..7 {
            assert!(kept.contains(&day), "one of day {day}: {kept:?}");
        }
        assert!(kept.iter().all(|age| *age < 42), "{kept:?}");
        assert!(outdated(&[now + 400 * DAY_MS; 9], now).is_empty(), "a wrong clock costs no backup");
    }
}
