//! The place where a campaign lies on this laptop: its folder, and where in it what lies.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::app::underway::Underway;
use crate::app::{Device, Ours, Peers, requests::pen};
use crate::clock::Clock;
use crate::domain::{Campaign, local};
use crate::exchange::Keys;
use crate::log::{self, Disk, RealDisk};
use crate::seal::Cost;
use crate::text::{Trouble, cause, t};

/// The folder of what is sealed.
pub(in crate::app) const SEALED_FOLDER: &str = "sealed";

/// A data folder.
#[derive(Clone)]
pub struct Place {
    /// The folder.
    pub folder: PathBuf,
    /// The disk beneath it.
    pub disk: Arc<dyn Disk>,
    /// The disk that exports and backups go to: sticks and other folders, which fail by themselves.
    pub exports: Arc<dyn Disk>,
    /// The campaign.
    pub campaign: Arc<Campaign>,
    /// What guessing a passphrase made here costs.
    pub cost: Cost,
    /// What goes on while it is opened.
    pub underway: Underway,
    /// The number under which this run of the program writes, for tests; none where chance gives it.
    pub seed: Option<u64>,
}

impl Place {
    /// Gives the folder where everything lies: the data folder, or the one in it that holds what is sealed.
    pub fn home(&self) -> PathBuf {
        if self.disk.seal().id().is_some() { self.folder.join(SEALED_FOLDER) } else { self.folder.clone() }
    }

    /// Reads who this laptop is; none where nobody has said yet.
    pub fn device(&self) -> Result<Option<Device>, Trouble> {
        Device::read(self.disk.as_ref(), &self.home())
    }

    /// Reads what other laptops are known to have.
    pub fn peers(&self) -> Peers {
        Peers::read(self.disk.as_ref(), &self.home())
    }

    /// Names a folder on the real disk.
    pub fn new(folder: PathBuf) -> Self {
        let (campaign, seed) = (Arc::new(Campaign::built_in().clone()), pen::seed_from_environment());
        let (disk, exports) = (Arc::new(RealDisk), Arc::new(RealDisk));
        Self { folder, disk, exports, campaign, cost: Cost::USUAL, underway: Underway::default(), seed }
    }

    /// Gives the campaign's id, which every export carries.
    pub fn campaign_id(&self, practice: bool) -> String {
        self.campaign.id(practice)
    }

    /// Gives what is held against a bundle, for whoever only looks.
    ///
    /// # Errors
    /// `device-unreadable`.
    pub fn ours(&self) -> Result<Ours, Trouble> {
        Ok(self.ours_as(&self.device()?.unwrap_or_default()))
    }

    /// As [`Place::ours`], for a laptop that is known already.
    pub(in crate::app) fn ours_as(&self, device: &Device) -> Ours {
        let peers = self.peers();
        let mut signers = peers.signers();
        signers.extend(device.signer().map(|signer| (device.laptop, signer.public())));
        // A key file that cannot be read is as good as none: what it opens is then said to be locked.
        let shared = self.campaign_keys().unwrap_or_default();
        let keys = Keys::of(shared.into_iter().chain([self.disk.seal().clone()]));
        Ours { campaign: self.campaign_id(device.practice), keys, signers, peers }
    }

    /// Makes sure that whoever asks may look into the folder, where there is one: what cannot be read is not what is not
    /// there, and nobody should begin anew over it.
    ///
    /// # Errors
    /// `folder-unreachable`.
    pub fn reachable(&self) -> Result<(), Trouble> {
        match self.disk.list(&self.folder) {
            Err(error) if !matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                Err(unreachable_folder(&self.folder, &error))
            }
            _ => Ok(()),
        }
    }

    /// Tells whether a campaign lies there.
    pub fn exists(&self) -> bool {
        self.holds(&self.home()) || self.holds_sealed()
    }

    /// Tells whether a campaign lies in one of the two homes. A first creation that was cut short made a folder for the
    /// journal and nothing in it: that is none. Where there is a view or a backup too the journal was lost, and
    /// opening says so.
    pub(in crate::app) fn holds(&self, home: &Path) -> bool {
        let journal = home.join("journal");
        if !self.disk.is_dir(&journal) {
            return false;
        }
        let begun = self.disk.list(&journal).is_ok_and(|names| !names.iter().any(|name| log::is_segment(name)));
        !begun || home.join("view").exists() || self.disk.is_dir(&home.join("backup"))
    }

    /// Gives the journal's folder.
    pub fn journal_folder(&self) -> PathBuf {
        self.home().join("journal")
    }

    /// Gives the view's folder.
    pub(in crate::app) fn view_folder(&self) -> PathBuf {
        self.home().join("view")
    }
}

pub(in crate::app) fn today(clock: &Clock) -> String {
    local::day(clock.now().wall_ms).to_string()
}

pub(in crate::app) fn unreachable_folder(folder: &Path, error: &std::io::Error) -> Trouble {
    Trouble::new(
        "folder-unreachable",
        t("数据文件夹 {dir} 不能用: {cause}.", "the data folder {dir} cannot be used: {cause}.")
            .with("dir", folder.display())
            .with_words("cause", cause(error)),
    )
    .hint(t("换一个文件夹 (--data), 或检查磁盘.", "Use another folder (--data), or check the disk."))
}

/// Says that no campaign lies in a folder.
pub fn no_campaign(folder: &Path) -> Trouble {
    Trouble::new(
        "no-campaign",
        t("{dir} 里还没有活动数据.", "there is no campaign in {dir} yet.").with("dir", folder.display()),
    )
    .hint(t(
        "先运行 zoufang 填写姓名和小组, 或用 --data 指出数据在哪里.",
        "Run zoufang once to enter name and group, or say with --data where the data is.",
    ))
}
