//! The campaign's key: the office makes it and hands it out as a file; who has it locks what he exports and opens what the
//! others export, and a stick that a stranger finds tells nothing but the campaign's name.
//!
//! It is kept beside the journal, sealed where that is. A newer key is used for writing, the older ones still open.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::app::folder::secret::no_chance;
use crate::app::{Device, Place};
use crate::domain::Campaign;
use crate::log::settings;
use crate::seal::Seal;
use crate::text::{Trouble, t};

/// Where the keys are kept.
pub(in crate::app) const FILE: &str = "campaign-keys.toml";
/// How the file that is handed out is called.
const ENDING: &str = "zfkey";
const HANDED_OUT: &str = "活动密钥.zfkey";
/// No key file is longer.
const MOST: u64 = 4096;

/// The keys of one laptop, the newest last.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    keys: Vec<String>,
}

/// The file that is handed out.
#[derive(Debug, Serialize, Deserialize)]
struct HandedOut {
    campaign: String,
    /// The key's number, which follows from it: a digit that went wrong on a stick makes no key that nobody has. It stands
    /// before the key, so that no cut takes it alone. Older programs did not write it.
    number: Option<u32>,
    key: String,
}

impl Place {
    /// Gives the campaign's keys, the newest last.
    pub(in crate::app) fn campaign_keys(&self) -> Result<Vec<Seal>, Trouble> {
        let path = self.home().join(FILE);
        let text = settings::load_text(self.disk.as_ref(), &path).map_err(|error| {
            let said = t("活动密钥 {file} 读不出: {why}.", "The campaign key {file} cannot be read: {why}.");
            let said = said.with("file", FILE).with_words("why", settings::why(&error));
            Trouble::new("key-unreadable", said).hint(t(
                "退出再打开, 然后向办公室再要一次.",
                "Leave and start again, then ask the office for it once more.",
            ))
        })?;
        let kept: Kept = toml::from_str(&text.unwrap_or_default()).unwrap_or_default();
        Ok(kept.keys.iter().filter_map(|key| Seal::from_text(key)).collect())
    }

    /// Remembers in the settings which key exports are sealed with; one that is gone stays remembered.
    pub(in crate::app) fn note_campaign_key(&self, device: &mut Device) -> Result<(), Trouble> {
        let number = self.campaign_key_number()?;
        if number.is_some() && device.campaign_key != number {
            let noted = Device { campaign_key: number, ..device.clone() };
            noted.write(&self.disk, &self.home())?;
            *device = noted;
        }
        Ok(())
    }

    fn keep_key(&self, seal: &Seal) -> Result<(), Trouble> {
        let mut keys = self.campaign_keys()?;
        keys.retain(|other| other.id() != seal.id());
        keys.push(seal.clone());
        let kept = Kept { keys: keys.iter().map(|seal| seal.to_text().to_string()).collect() };
        let text = zeroize::Zeroizing::new(toml::to_string(&kept).unwrap_or_default());
        settings::save_text(&self.disk, &self.home().join(FILE), &text)
    }

    /// Makes a key, keeps it, and writes the file that is handed out: into a folder, or to a file that is named. Gives
    /// where it is and the key's number.
    ///
    /// # Errors
    /// `file-exists`; what keeps it from being written.
    pub fn new_campaign_key(&self, campaign: &str, out: &Path) -> Result<(PathBuf, u32), Trouble> {
        let seal = Seal::random().map_err(|_| no_chance())?;
        let file = hand_out(&seal, campaign, out)?;
        self.keep_key(&seal)?;
        Ok((file, seal.id().unwrap_or_default()))
    }

    /// Writes the file of the key that is used for writing once more, for whoever has not got it.
    ///
    /// # Errors
    /// `no-campaign-key` where there is none; as [`Place::new_campaign_key`].
    pub fn campaign_key_again(&self, campaign: &str, out: &Path) -> Result<(PathBuf, u32), Trouble> {
        let seal = self.campaign_keys()?.pop();
        let none = t("还没有活动密钥.", "There is no campaign key yet.");
        let seal = seal.ok_or_else(|| Trouble::new("no-campaign-key", none))?;
        Ok((hand_out(&seal, campaign, out)?, seal.id().unwrap_or_default()))
    }

    /// Takes a key that was handed out. Gives its number, and whether it was there already.
    ///
    /// # Errors
    /// `key-unreadable` where the file is none; `bundle-other-campaign`.
    pub fn take_campaign_key(&self, campaign: &str, file: &Path) -> Result<(u32, bool), Trouble> {
        let seal = read(campaign, file)?;
        let known = self.campaign_keys()?.iter().any(|other| other.id() == seal.id());
        if !known {
            self.keep_key(&seal)?;
        }
        Ok((seal.id().unwrap_or_default(), known))
    }

    /// Gives the number of the key that is used for writing; none where there is none.
    pub fn campaign_key_number(&self) -> Result<Option<u32>, Trouble> {
        Ok(self.campaign_keys()?.last().and_then(Seal::id))
    }

    /// Finds a file with a key in a folder that is not at hand yet.
    pub fn key_waiting(&self, campaign: &str, folder: &Path) -> Option<PathBuf> {
        let known = self.campaign_keys().ok()?;
        let files = std::fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path());
        files
            .filter(|path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(ENDING)))
            .find(|path| read(campaign, path).is_ok_and(|seal| known.iter().all(|other| other.id() != seal.id())))
    }
}

/// Says that the key is gone with which exports were sealed.
pub(in crate::app) fn lost(number: u32) -> Trouble {
    let said = t(
        "没有导出: 这台电脑有过活动密钥 (号 {number}), 现在找不到了; 不加密的导出包谁都能读.",
        "Not exported: this laptop had the campaign's key ({number}), which is gone; an export in the clear can be read by anyone.",
    );
    Trouble::new("campaign-key-lost", said.with("number", number)).hint(t(
        "向办公室再要一次, F7 按 8 收下 (或 zoufang key 文件); 办公室也没有了, 就再做一把.",
        "Ask the office for it once more and take it with F7, 8 (or “zoufang key FILE”); where the office has none either, it makes another.",
    ))
}

/// Writes the file that is handed out: into a folder, or to a file that is named.
fn hand_out(seal: &Seal, campaign: &str, out: &Path) -> Result<PathBuf, Trouble> {
    let file = if out.is_dir() { out.join(HANDED_OUT) } else { out.to_owned() };
    if file.exists() {
        let said = t("{file} 已经有了, 没有覆盖.", "{file} is there already; it was not overwritten.");
        return Err(Trouble::new("file-exists", said.with("file", file.display())));
    }
    let (campaign, key) = (campaign.to_owned(), seal.to_text().to_string());
    let text =
        zeroize::Zeroizing::new(toml::to_string(&HandedOut { campaign, number: seal.id(), key }).unwrap_or_default());
    std::fs::write(&file, text.as_bytes()).map_err(|error| crate::exchange::not_written(&error))?;
    Ok(file)
}

fn read(campaign: &str, file: &Path) -> Result<Seal, Trouble> {
    let unreadable = || {
        let said = t("{file} 不是活动密钥.", "{file} is no campaign key.");
        Trouble::new("key-unreadable", said.with("file", file.display()))
            .hint(t("向办公室要 活动密钥.zfkey.", "Ask the office for 活动密钥.zfkey."))
    };
    let data = std::fs::metadata(file).map_err(|error| super::file::unreadable(file, &error))?;
    // Whatever else bears the name, such as a pipe, may never end.
    let is_fit = data.is_file() && data.len() <= MOST;
    let text = if is_fit { std::fs::read_to_string(file).ok() } else { None };
    let handed: HandedOut = text.and_then(|text| toml::from_str(&text).ok()).ok_or_else(unreadable)?;
    if !Campaign::is_same(&handed.campaign, campaign) {
        return Err(crate::exchange::other_campaign(&handed.campaign, campaign));
    }
    let seal = Seal::from_text(&handed.key).filter(|seal| handed.number.is_none() || handed.number == seal.id());
    seal.ok_or_else(unreadable)
}
