//! Afterwards: personal data leaves a laptop once the office proves that it has all of it.
//!
//! The proof is an export of the office that says what the office knows: nothing that was recorded here may be missing in
//! it. A first look only says what would go and what would stay. Files are removed, not overwritten: on today's disks
//! overwriting proves nothing; what guards a laptop that leaves the house for good is wiping the disk.

use std::path::{Path, PathBuf};

use crate::app::session::slate::is_typed;
use crate::app::{Keeper, Parcel};
use crate::domain::Writer;
use crate::exchange::Header;
use crate::log::{DRAFTS_FILE, LOCK_FILE};
use crate::text::{Said, Trouble, t};

/// Folders and files of a data folder that hold what people recorded or typed.
const FOLDERS: [&str; 5] = ["journal", "view", "backup", "quarantine", "sealed"];
const FILES: [&str; 5] = ["device.toml", "device-copy.toml", "shapes.toml", "peers.toml", "campaign-keys.toml"];

/// What is handed over: who has it all, what goes here, and what stays elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    /// The laptop whose export proves that it has everything.
    pub to: Writer,
    /// Records that it has.
    pub records: u64,
    /// What goes: files and folders of the data folder, and this laptop's backups in the second folder.
    pub goes: Vec<PathBuf>,
    /// What a person has to see to.
    pub stays: Vec<Said>,
}

/// A hand-over that was looked at, or done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedOver {
    /// What it names.
    pub handover: Handover,
    /// It was removed; else it was only looked at.
    pub removed: bool,
    /// What could not be removed.
    pub left: Vec<PathBuf>,
}

impl Keeper {
    /// Looks at what a hand-over would remove; changes nothing.
    ///
    /// # Errors
    /// `not-handed-over` where the export is this laptop's own or lacks something that is known here; `drafts-left` where
    /// something is typed and not recorded; `visit-running`; what is wrong with the file.
    pub fn hand_over(&self, office: &Path) -> Result<Handover, Trouble> {
        self.hand_over_to(&Parcel::open(office, &self.ours(), &self.known(), &self.journal.reader(), &self.digests)?)
    }

    /// As [`Keeper::hand_over`], where the office's export was verified already.
    ///
    /// # Errors
    /// As there.
    pub fn hand_over_to(&self, parcel: &Parcel) -> Result<Handover, Trouble> {
        if parcel.plan.from.laptop == self.device.laptop {
            return Err(Trouble::new(
                "not-handed-over",
                t(
                    "这是本机自己的导出包, 证明不了办公室都有了.",
                    "This laptop exported it itself; that proves nothing.",
                ),
            )
            .hint(bring_theirs()));
        }
        let known = self.known();
        let lacks = known.without(&parcel.sender_has()).count();
        if lacks > 0 {
            let said = t(
                "那台电脑还缺这里的 {n} 条, 没有清除任何东西.",
                "That laptop lacks {n} {n:record|records} of this one; nothing was removed.",
            );
            return Err(Trouble::new("not-handed-over", said.with("n", lacks)).hint(bring_theirs()));
        }
        let typed = self.slate.all().iter().filter(|(place, ..)| is_typed(place)).count();
        if typed > 0 {
            let said = t("还有 {n} 处打了没记下的字.", "There are {n} texts typed and not recorded.");
            return Err(Trouble::new("drafts-left", said.with("n", typed)).hint(t(
                "zoufang list drafts 列出它们; 在界面上记下或删掉.",
                "“zoufang list drafts” shows them; record or delete them on the screens.",
            )));
        }
        if self.running.is_some() || self.interrupted.is_some() {
            return Err(Trouble::new("visit-running", t("还有一次走访没结束.", "A visit is still running."))
                .hint(t("先结束它.", "Finish it first.")));
        }
        let (mut goes, mut stays) = (self.own_files(), Vec::new());
        if let Some(second) = &self.device.backup {
            if second.is_dir() {
                goes.extend(self.backups_in(second));
            } else {
                let said = t(
                    "第二个备份文件夹 {dir} 不在, 里面的备份要自己删.",
                    "The second backup folder {dir} is not there: delete the backups in it.",
                );
                stays.push(said.with("dir", second.display()));
            }
        }
        for folder in [&self.device.last_folder, &self.device.folder_before].into_iter().flatten() {
            let said = t(
                "导出到 {dir} 的导出包 (.zfb) 还在, 拷到别处的也在.",
                "Exports (.zfb) in {dir} stay, and wherever they were copied to.",
            );
            stays.push(said.with("dir", folder.display()));
        }
        stays.push(t("导入时用的名册文件还在原处.", "The roster files that were imported stay where they are.").into());
        stays.push(
            t(
                "文件删掉以后, 专门的软件也许还能找回; 电脑要转手, 请整盘清除.",
                "Special software may find deleted files again; before the laptop goes to others, wipe the disk.",
            )
            .into(),
        );
        Ok(Handover { to: parcel.plan.from.clone(), records: known.count(), goes, stays })
    }

    /// Removes what [`Keeper::hand_over`] named. Gives what could not be removed.
    ///
    /// # Errors
    /// Those of [`Keeper::hand_over`], looked at again.
    pub fn remove_all(self, office: &Path) -> Result<(Handover, Vec<PathBuf>), Trouble> {
        let handover = self.hand_over(office)?;
        let left = self.remove(&handover);
        Ok((handover, left))
    }

    /// Removes what a hand-over names. Gives what could not be removed.
    pub fn remove(self, handover: &Handover) -> Vec<PathBuf> {
        let folder = self.place.folder.clone();
        // Nothing may be open in there any more.
        drop(self);
        let remove = |path: &&PathBuf| {
            let removed = if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
            removed.is_err() && path.exists()
        };
        let left: Vec<PathBuf> = handover.goes.iter().filter(remove).cloned().collect();
        // Only where nothing else lies in it.
        let _ = std::fs::remove_file(folder.join(LOCK_FILE));
        let _ = std::fs::remove_dir(&folder);
        left
    }

    fn own_files(&self) -> Vec<PathBuf> {
        let folder = &self.place.folder;
        let mut all: Vec<PathBuf> = FOLDERS.iter().chain(&FILES).map(|name| folder.join(name)).collect();
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        // With the copies of damaged files that were set aside, and every key ring.
        all.extend(
            entries
                .map(|entry| entry.path())
                .filter(|path| path.file_name().is_some_and(|name| is_own_file(&name.to_string_lossy()))),
        );
        all.retain(|path| path.exists());
        all.sort();
        all.dedup();
        // The note beside the drafts goes before them: alone it would be missing them.
        all.sort_by_key(|path| path.extension().is_none_or(|ending| ending != "end"));
        all
    }

    fn backups_in(&self, folder: &Path) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
        let is_own = |path: &PathBuf| {
            let header =
                std::fs::File::open(path).ok().and_then(|mut file| Header::read(&mut file, &self.ours().keys).ok());
            header.is_some_and(|header| header.from.laptop == self.device.laptop)
        };
        entries.filter(|path| path.extension().is_some_and(|ending| ending == "zfb")).filter(is_own).collect()
    }
}

fn is_own_file(name: &str) -> bool {
    let is_ring = || Path::new(name).extension().is_some_and(|ending| ending == "zfk");
    FILES.iter().chain([&DRAFTS_FILE]).any(|own| name.starts_with(own)) || (name.starts_with("keys") && is_ring())
}

fn bring_theirs() -> Said {
    t(
        "先导出给办公室合并, 再拿办公室合并以后导出的包来.",
        "Export to the office, let it merge, and bring what the office exports after that.",
    )
    .into()
}
