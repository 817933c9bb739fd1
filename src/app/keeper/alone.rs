//! The keeper without screens: what a command needs to open, do one thing, and leave everything in order.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use crate::domain::Writer;
use crate::exchange::Introductions;
use crate::log::{Disk, Ranges, Reader};
use crate::text::{Said, Trouble, t};

use crate::app::session::jobs::Known;
use crate::app::{
    Device, Export, Exported, House, Keeper, Parcel, Progress, exchange::laptops, requests::pen, whose_laptop,
};

impl Keeper {
    /// Fills the lookup, making the view anew if it cannot be read through. Gives what there is to say where that saved what only
    /// the view had.
    pub fn fill(&mut self) -> Result<Option<Said>, Trouble> {
        let now_ms = self.clock.now().wall_ms;
        match self.house.fill(self.device.speaker(), now_ms) {
            Ok(()) => {
                self.go_on();
                Ok(None)
            }
            Err(_) => self.remake(),
        }
    }

    /// Applies everything that waits, and acknowledges it.
    pub fn finish(&mut self) -> Result<(), Trouble> {
        while self.work()? {}
        self.sync()
    }

    /// Leaves everything in order: what was run acknowledged, drafts and the heartbeat of a running visit saved, the view current.
    pub fn close(&mut self) -> Result<(), Trouble> {
        self.sync()?;
        self.slate.save_now(self.clock.now())?;
        // The view can always be made again; the journal has everything.
        let _ = self.house.view().settle();
        Ok(())
    }

    /// Gives the readable side.
    pub fn house(&self) -> &Arc<House> {
        &self.house
    }

    /// Gives this laptop.
    pub fn device(&self) -> &Device {
        &self.device
    }

    /// Gives a reader of what is acknowledged now.
    pub fn reader(&self) -> Reader {
        self.journal.reader()
    }

    /// Gives what is known here, for looking at export files on another thread.
    pub(in crate::app) fn what_is_known(&self) -> Known {
        let (ours, names) = (self.ours(), self.known());
        Known { ours, names, journal: self.journal.reader(), digests: self.digests.clone() }
    }

    /// Verifies a bundle against what is known here; changes nothing.
    pub fn open_parcel(&self, path: &Path) -> Result<Parcel, Trouble> {
        Parcel::open(path, &self.ours(), &self.known(), &self.journal.reader(), &self.digests)
    }

    /// Exports everything, or what one laptop lacks, to a folder or to a new file, and remembers it once it was read back.
    ///
    /// # Errors
    /// `file-exists` rather than writing over somebody's file; `folder-missing`; those of [`Keeper::prepare_export`] and of
    /// [`Export::write`].
    pub fn export(&mut self, out: &Path, to: Option<u64>) -> Result<Exported, Trouble> {
        let disk = self.place.exports.as_ref();
        if !disk.is_dir(out) {
            fit_for_writing(disk, out)?;
        }
        let folder = if disk.is_dir(out) { out } else { out.parent().unwrap_or(Path::new(".")) };
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        // The same folder whatever the program is started in.
        let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        let second = self.device.second_folder(&folder, disk).filter(|_| to.is_none());
        let export = self.prepare_export(to)?;
        let mut exported = export.write_twice(&self.journal.reader(), out, second.as_deref(), &Progress::default())?;
        // What a damaged journal kept out of it still waits for an export.
        if exported.missing == 0 {
            exported.unnoted = self.remember_exported(&folder, &export.knows, &exported).err();
        }
        Ok(exported)
    }
}

impl Keeper {
    /// Prepares an export of everything, or of what one laptop lacks; of everything too for one that seems to be two.
    ///
    /// # Errors
    /// `peer-unknown` where nothing of that laptop was ever merged, so that nobody knows what it lacks; `nothing-lacking` where it
    /// has everything; `folder-gone`.
    pub fn prepare_export(&self, to: Option<u64>) -> Result<Export, Trouble> {
        // What is known would be said of a file that holds none of it.
        if !self.place.exists() {
            return Err(self.nothing_to_export());
        }
        let (had, to) = match to {
            None => (Ranges::default(), None),
            Some(laptop) => {
                let peers = self.place.peers();
                let peer = peers.of(laptop).cloned().ok_or_else(peer_unknown)?;
                // Of one that seems to be two it is known what both have, and not what either lacks.
                let had = if peer.is_parted { Ranges::default() } else { peer.has };
                if self.known().without(&had).count() == 0 {
                    return Err(nothing_lacking(&peer.who));
                }
                (had, Some(peer.who))
            }
        };
        Ok(Export {
            onto: Arc::clone(&self.place.exports),
            campaign: self.campaign_id(),
            from: pen::introduction(&self.device),
            to,
            now_ms: self.clock.now().wall_ms,
            knows: self.known(),
            introductions: self.introductions(),
            had,
            lock: self.shared_lock()?,
            signer: self.device.signer(),
            keep_out_of: Some(self.place.folder.clone()),
        })
    }

    /// Gives who the writers are of whom something is known here: by their own word, else by that of whoever told of them.
    pub(in crate::app) fn introductions(&self) -> Introductions {
        let (peers, known) = (self.place.peers(), self.known());
        self.house.shelf(|shelf, _| {
            let writers: BTreeSet<u64> = known.iter().map(|(writer, ..)| writer).collect();
            let who = |writer: u64| Some((writer, shelf.writer(writer).or_else(|| peers.introduced(writer))?));
            Introductions::of(writers.into_iter().filter_map(who))
        })
    }

    /// Finds a laptop by its code, its group, one of its people, or its number.
    ///
    /// # Errors
    /// `peer-unknown` when there is none, or several.
    pub fn find_laptop(&self, word: &str) -> Result<u64, Trouble> {
        let mut all: Vec<Writer> = self.house.shelf(|shelf, _| shelf.writers().into_values().cloned().collect());
        all.extend(self.place.peers().iter().map(|peer| peer.who.clone()));
        laptops::find_other(word, &pen::introduction(&self.device), all.iter())
    }
}

fn peer_unknown() -> Trouble {
    Trouble::new(
        "peer-unknown",
        t(
            "还没有合并过那台电脑的导出包, 不知道它缺什么.",
            "Nothing of that laptop was merged yet, so nobody knows what it lacks.",
        ),
    )
    .hint(t("先合并它的导出包, 或导出全部 (--full).", "Merge an export of it first, or export everything (--full)."))
}

/// Says that a laptop lacks nothing of what is known here.
fn nothing_lacking(who: &Writer) -> Trouble {
    let said = t("{who} 什么都不缺, 没有写文件.", "{who} lacks nothing; no file was written.");
    let hint = t(
        "要给它一份收据 (活动结束时要), 导出全部: 屏幕上按 4, 命令行不加 --for.",
        "For a receipt, as it needs where the campaign ends, export everything: 4 on the screen, no --for on the command line.",
    );
    Trouble::new("nothing-lacking", said.with("who", whose_laptop(who))).hint(hint)
}

/// Makes sure that a file can be made here and that none is overwritten.
fn fit_for_writing(disk: &dyn Disk, file: &Path) -> Result<(), Trouble> {
    if disk.length(file).is_ok() {
        let said = t("{file} 已经有了, 没有覆盖它.", "{file} is there already; it was not overwritten.");
        return Err(Trouble::new("file-exists", said.with("file", file.display()))
            .hint(t("换一个名字, 或只写文件夹, 会自动取名.", "Take another name, or give only the folder.")));
    }
    let is_folder = file.to_string_lossy().ends_with(std::path::is_separator);
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if is_folder || !disk.is_dir(folder) {
        let missing = if is_folder { file } else { folder };
        return Err(folder_missing(missing));
    }
    Ok(())
}

/// Says that a folder to write to is not there.
pub fn folder_missing(folder: &Path) -> Trouble {
    let said = t("没有 {dir} 这个文件夹, 没有导出.", "There is no folder {dir}; nothing was exported.");
    Trouble::new("folder-missing", said.with("dir", folder.display())).hint(t(
        "检查U盘是否插好, 或用 --out 写另一个文件夹.",
        "Check that the stick is in, or name another folder with --out.",
    ))
}

#[cfg(test)]
mod tests {
    use crate::app::exchange::some_laptops::Laptop;
    use crate::domain::Writer;
    use crate::log::Ranges;

    // What the one of the two folders had was taken for what the other one has.
    #[test]
    fn for_a_laptop_that_seems_to_be_two_everything_is_exported() {
        let mut laptop = Laptop::new(1, "一组", "陈明");
        for door in 1..=4 {
            laptop.add("张守富", &format!("{door}号"));
        }
        let (known, place) = (laptop.keeper.known(), &laptop.keeper.place);
        let mut halves = [Ranges::default(), Ranges::default()];
        for (writer, first, last) in known.iter() {
            for seq in first..=last {
                halves[seq as usize % 2].insert_range(writer, seq, seq);
            }
        }
        let (who, mut peers) = (Writer { laptop: 2, ..Writer::default() }, place.peers());
        peers.note(&who, &known, 7);
        peers.write(&place.disk, &place.home()).unwrap();
        assert_eq!(laptop.keeper.prepare_export(Some(2)).err().unwrap().kind, "nothing-lacking");
        let (who, mut peers) = (Writer { laptop: 3, ..Writer::default() }, place.peers());
        for half in &halves {
            assert!(peers.note(&who, half, 7));
        }
        peers.write(&place.disk, &place.home()).unwrap();
        assert!(peers.of(3).unwrap().is_parted && known.without(&peers.of(3).unwrap().has).count() == 0);
        let export = laptop.keeper.prepare_export(Some(3)).unwrap();
        assert_eq!((export.had.count(), export.to.unwrap().laptop), (0, 3));
    }
}
