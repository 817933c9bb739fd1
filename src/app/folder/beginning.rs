//! The beginning: a campaign folder is made, and what is typed before there is one is kept. Both only under the folder's
//! lock: of two windows on one folder the second begins nothing over the first.

use std::sync::Arc;

use super::place::{today, unreachable_folder};
use crate::app::session::slate::Slate;
use crate::app::{Device, Place};
use crate::clock::Clock;
use crate::log::{DRAFTS_FILE, FolderLock, Journal};
use crate::text::{Said, Trouble, t};

/// What is typed before there is a campaign. While it is held no other window writes into the folder.
pub struct FirstDrafts {
    /// What is typed.
    pub slate: Slate,
    #[expect(dead_code, reason = "held, not looked at: it keeps other programs out")]
    lock: FolderLock,
}

impl Place {
    /// Tells whether something typed lies there, though there is no campaign yet.
    pub fn has_drafts(&self) -> bool {
        self.disk.length(&self.folder.join(DRAFTS_FILE)).is_ok()
    }

    /// Opens what is typed before there is a campaign, with what was found damaged of it; makes the folder for it.
    ///
    /// # Errors
    /// `already-open` where another window has the folder; the disk's failure.
    pub fn first_drafts(&self, clock: &Clock) -> Result<(FirstDrafts, Vec<Said>), Trouble> {
        let lock = self.make_folder()?;
        let (slate, found) = Slate::open(Arc::clone(&self.disk), &self.folder, &today(clock), &[]);
        Ok((FirstDrafts { slate, lock }, found))
    }

    /// Makes a new campaign folder; nothing counts before the journal is whole.
    ///
    /// # Errors
    /// `already-open` where another window has the folder; `journal-exists` where a campaign lies there; the disk's
    /// failure.
    pub fn create(&self, device: &Device, clock: &Clock) -> Result<(), Trouble> {
        let _held = self.begin()?;
        self.create_held(device, clock)
    }

    /// Takes the lock of a folder in which there is no campaign yet.
    ///
    /// # Errors
    /// As [`Place::create`].
    pub(in crate::app) fn begin(&self) -> Result<FolderLock, Trouble> {
        let lock = self.make_folder()?;
        if self.exists() {
            let said =
                t("{dir} 里已有活动数据, 没有动它.", "There is a campaign in {dir} already; it was left as it is.");
            return Err(Trouble::new("journal-exists", said.with("dir", self.folder.display())).hint(t(
                "退出再打开, 就接着用它; 要另起一份就用 --data 指一个新文件夹.",
                "Leave and start again to go on with it, or name a new folder with --data.",
            )));
        }
        Ok(lock)
    }

    /// As [`Place::create`], where the lock is held already.
    pub(in crate::app) fn create_held(&self, device: &Device, clock: &Clock) -> Result<(), Trouble> {
        // The first daily backup is due a day after there is something to back up.
        let now_ms = clock.now().wall_ms;
        let device = Device { backed_up_at: now_ms, exported_at: now_ms, began_at: now_ms, ..device.clone() };
        let device = device.with_signer();
        self.disk.create_dir(&self.home()).map_err(|error| unreachable_folder(&self.folder, &error))?;
        device.write(&self.disk, &self.home())?;
        Journal::create(Arc::clone(&self.disk), &self.journal_folder(), &today(clock)).map(|_| ())
    }

    fn make_folder(&self) -> Result<FolderLock, Trouble> {
        self.disk.create_dir(&self.folder).map_err(|error| unreachable_folder(&self.folder, &error))?;
        FolderLock::take(self.disk.as_ref(), &self.folder)
    }
}
