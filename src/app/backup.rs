//! Backups: everything that is known as one export file, read back before it counts, beside the data and where one wishes.
//!
//! A backup is an export of everything, so `restore` is a merge into a new campaign, and an older program reads it. It is made
//! when the program ends and something was recorded since the last one. Old ones go by a simple schedule: the five newest
//! stay, then one a day for a week, then one a week for five weeks.

use std::path::{Path, PathBuf};

use crate::text::{Trouble, t};

use super::{Export, Exported, Keeper, folder_missing, pen};
use crate::exchange::{file_name, free_name};
use crate::log::Ranges;

/// The folder beside the journal.
const FOLDER: &str = "backup";
/// What the names of backups begin with.
const BEGINNING: &str = "备份-";

/// So many of the newest stay whatever their age.
const NEWEST: usize = 5;
/// One of each day stays for so many days.
const DAYS: i64 = 7;
/// One of each week stays for so many weeks.
const WEEKS: i64 = 5;
const DAY_MS: i64 = 86_400_000;

/// What a backup came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackedUp {
    /// The files written, the one beside the data first.
    pub files: Vec<Exported>,
    /// Why the second folder has none.
    pub missing: Option<Trouble>,
    /// Old backups that were taken away.
    pub removed: usize,
}

impl Keeper {
    /// Makes a backup in the data folder and in the second folder, where one is set and there.
    ///
    /// # Errors
    /// Those of [`Export::write`] for the backup beside the data; what is wrong with the second folder is only told.
    pub fn back_up(&mut self) -> Result<BackedUp, Trouble> {
        let beside = self.place.folder.join(FOLDER);
        std::fs::create_dir_all(&beside).map_err(|error| {
            let said = t("备份文件夹 {dir} 建不了: {cause}", "the backup folder {dir} cannot be made: {cause}");
            Trouble::new("backup-failed", said.with("dir", beside.display()).with("cause", error))
                .hint(t("检查磁盘是否已满; 记录不受影响.", "Check whether the disk is full; no record is affected."))
        })?;
        let mut files = vec![self.back_up_to(&beside)?];
        let mut removed = prune(&beside, self.clock.now().wall_ms);
        let mut missing = None;
        if let Some(second) = self.device.backup.clone() {
            match self.back_up_to(&second) {
                Ok(file) => {
                    files.push(file);
                    removed += prune(&second, self.clock.now().wall_ms);
                }
                Err(trouble) => missing = Some(trouble),
            }
        }
        let mut device = self.device.clone();
        device.backed_up = self.known().count();
        device.write(&self.place.disk, &self.place.folder)?;
        self.device = device;
        Ok(BackedUp { files, missing, removed })
    }

    /// Makes a backup in one folder, read back before it counts.
    pub fn back_up_to(&self, folder: &Path) -> Result<Exported, Trouble> {
        if !folder.is_dir() {
            return Err(folder_missing(folder));
        }
        let now_ms = self.clock.now().wall_ms;
        let export = Export {
            campaign: self.place.campaign_id(),
            from: pen::introduction(&self.device),
            now_ms,
            knows: self.known(),
            had: Ranges::default(),
        };
        let wished = format!("{BEGINNING}{}", file_name(&self.device.group, self.device.speaker(), now_ms));
        let path = folder.join(free_name(&wished, |name| folder.join(name).exists()));
        export.write(&self.journal.reader(), &path)
    }

    /// Tells whether something is known that no backup holds; what is only practised needs none.
    pub fn is_backup_due(&self) -> bool {
        !self.device.practice && self.known().count() > self.device.backed_up
    }
}

/// Takes away the backups of a folder that the schedule does not keep; gives how many. What cannot be read or removed stays.
fn prune(folder: &Path, now_ms: i64) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    let mut found: Vec<(i64, PathBuf)> = Vec::new();
    for entry in entries.flatten() {
        let path = entry.path();
        let is_ours = entry.file_name().to_string_lossy().starts_with(BEGINNING)
            && path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zfb"));
        let made = entry.metadata().ok().and_then(|meta| meta.modified().ok());
        let made = made.and_then(|made| made.duration_since(std::time::UNIX_EPOCH).ok());
        if let (true, Some(made)) = (is_ours, made) {
            found.push((i64::try_from(made.as_millis()).unwrap_or(i64::MAX), path));
        }
    }
    found.sort_by(|a, b| b.cmp(a));
    let times: Vec<i64> = found.iter().map(|(made, _)| *made).collect();
    let old = outdated(&times, now_ms);
    let paths = old.into_iter().filter_map(|at| found.get(at));
    paths.filter(|(_, path)| std::fs::remove_file(path).is_ok()).count()
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
