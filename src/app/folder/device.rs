//! Who this laptop is: its name, group and visitors, kept in `device.toml` beside the journal.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::app::requests::pen;
use crate::log::{Disk, settings};
use crate::seal::Signer;
use crate::text::{Said, Trouble, t};

/// This laptop.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Device {
    /// A random number, given once.
    pub laptop: u64,
    /// The key with which it signs what it exports: whoever has it signs as this laptop.
    pub signing: String,
    /// A short name, such as `一组1`.
    pub code: String,
    /// The group it belongs to, such as `一组`.
    pub group: String,
    /// Who speaks now, first; then the others who use the laptop.
    pub visitors: Vec<String>,
    /// The own phone of each of them, for the contact card.
    pub phones: BTreeMap<String, String>,
    /// The only phone that older programs kept. Read from their files it is that of the first visitor, and stands there.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// Where the last export went.
    pub last_folder: Option<PathBuf>,
    /// Where export files were looked at or merged from since; exports go there only when somebody says so.
    pub merged_from: Option<PathBuf>,
    /// Where exports went before they went there: it keeps a second copy while it is within reach.
    pub folder_before: Option<PathBuf>,
    /// The last operation of each of this laptop's writers that an export holds, by writer number.
    pub exported: BTreeMap<String, u32>,
    /// When that was, milliseconds since 1970 UTC; before the first export, when the campaign began here.
    pub exported_at: i64,
    /// When the campaign began here, milliseconds since 1970 UTC; 0 where that is not known.
    pub began_at: i64,
    /// A second folder for backups, such as a stick or another disk.
    pub backup: Option<PathBuf>,
    /// How many operations the last backup beside the data holds.
    pub backed_up: u64,
    /// When it was made, milliseconds since 1970 UTC.
    pub backed_up_at: i64,
    /// How many operations the last backup in the second folder holds.
    pub second_holds: u64,
    /// Somebody said that the clock is right although this laptop had recorded under a later one, or nothing for half a year:
    /// nothing up to that moment makes it doubtful.
    pub clock_right_after: i64,
    /// When it was last said although most others had come further, by the clock as it stood: for a month they do not make it doubtful.
    pub clock_right_said: i64,
    /// How far those others had come then. Where they are ahead by more than then it is another doubt.
    pub clock_right_others: i64,
    /// The correction of this laptop's clock that somebody here knows of, by the operation that wrote it.
    pub correction_seen: String,
    /// An export under this laptop's own number brought what it did not know, and nobody has said yet that they saw it.
    pub copied: bool,
    /// Under a passphrase the screen is covered after so many minutes without a key: none is ten, 0 is never.
    pub lock_after: Option<u32>,
    /// The number of the campaign's key that exports are sealed with here. Where it is gone nothing goes out in the clear.
    pub campaign_key: Option<u32>,
    /// `zh` or `en`; empty follows the system.
    pub lang: String,
    /// The bell does not ring at the minimum, as somebody here wished.
    pub silent: bool,
    /// True where the households are invented ones to practise on: the screens say so, and no real campaign takes its
    /// exports.
    pub practice: bool,
    /// What this laptop's terminal and keyboard cannot do, as a person tried it.
    pub terminal: Terminal,
}

/// What a terminal and its keyboard cannot do and the program does another way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "a list of things that a person said do not work")]
pub struct Terminal {
    /// F-keys do nothing: F2 to F9, of which F8 was tried, and F1 and F10 where nothing is said of those alone.
    pub no_f_keys: bool,
    /// F1 does nothing, as many terminals take it for themselves; nothing is said of it where all were tried with one key.
    pub no_f1: Option<bool>,
    /// F10 does nothing, as many terminals have a menu of their own on it.
    pub no_f10: Option<bool>,
    /// Colours cannot be read.
    pub no_colours: bool,
    /// Nobody hears the bell.
    pub no_bell: bool,
    /// Characters of ambiguous width, such as quotation marks, take two columns.
    pub wide: bool,
    /// No input method gives Chinese here.
    pub no_method: bool,
}

impl Terminal {
    /// Tells whether an F-key does nothing.
    pub fn lacks_f(self, number: u8) -> bool {
        let alone = match number {
            1 => self.no_f1,
            10 => self.no_f10,
            _ => None,
        };
        alone.unwrap_or(self.no_f_keys)
    }

    /// Tells whether some F-key does nothing.
    pub fn lacks_some_f(self) -> bool {
        [1, 8, 10].into_iter().any(|number| self.lacks_f(number))
    }
}

impl Device {
    /// The file of the settings.
    pub(in crate::app) const FILE: &str = "device.toml";
    /// A copy of it, for the day on which it is damaged: where exports and backups go, and the key that signs, are nowhere else.
    pub(in crate::app) const COPY: &str = "device-copy.toml";

    /// Starts the settings of a laptop that has none, with a number of its own.
    pub fn fresh() -> Self {
        Self { laptop: pen::seed_from_environment().unwrap_or_else(pen::random), ..Self::default() }
    }

    /// Reads the settings in a data folder; none when there are none yet.
    pub fn read(disk: &dyn Disk, folder: &Path) -> Result<Option<Self>, Trouble> {
        Self::read_from(disk, &folder.join(Self::FILE))
    }

    /// Reads the copy of the settings; none where there is none that makes sense.
    pub(in crate::app) fn read_copy(disk: &dyn Disk, folder: &Path) -> Option<Self> {
        Self::read_from(disk, &folder.join(Self::COPY)).ok().flatten().filter(|device| device.laptop != 0)
    }

    fn read_from(disk: &dyn Disk, path: &Path) -> Result<Option<Self>, Trouble> {
        let text = settings::load_text(disk, path).map_err(|error| unreadable(settings::why(&error)))?;
        let read = text.map(|text| toml::from_str::<Self>(&text)).transpose();
        let read = read.map_err(|error| unreadable(t("{why}", "{why}").with("why", error.message())))?;
        Ok(read.map(Self::with_phone_of_the_first))
    }

    /// Gives the one phone of an older file to the first visitor.
    fn with_phone_of_the_first(mut self) -> Self {
        let phone = std::mem::take(&mut self.phone);
        if let Some(first) = self.visitors.first().filter(|_| !phone.is_empty()) {
            self.phones.entry(first.clone()).or_insert(phone);
        }
        self
    }

    /// Gives the own phone of a person; none where it is not known.
    pub fn phone_of(&self, person: &str) -> Option<&str> {
        self.phones.get(person).map(String::as_str)
    }

    /// Writes the settings; the old ones stay until the new ones are on disk.
    pub fn write(&self, disk: &Arc<dyn Disk>, folder: &Path) -> Result<(), Trouble> {
        let text = toml::to_string(self).map_err(|error| unreadable(t("{why}", "{why}").with("why", error)))?;
        settings::save_text(disk, &folder.join(Self::FILE), &text)?;
        // What is written counts; a copy that cannot be made is no reason to refuse.
        let _ = settings::save_text(disk, &folder.join(Self::COPY), &text);
        Ok(())
    }

    /// Gives what this laptop signs with; none before it has a key.
    pub fn signer(&self) -> Option<Signer> {
        Signer::from_text(&self.signing)
    }

    /// Gives it as one of which nothing is in any backup yet.
    #[must_use]
    pub fn without_backups(self) -> Self {
        Self { backed_up: 0, second_holds: 0, ..self }
    }

    /// Gives it a key to sign with, where it has none and the system has chance.
    pub(in crate::app) fn with_signer(mut self) -> Self {
        if self.signer().is_none()
            && let Ok(signer) = Signer::random()
        {
            self.signing = signer.to_text().to_string();
        }
        self
    }

    /// Gives after how many minutes without a key the screen is covered; none for never.
    pub fn lock_minutes(&self) -> Option<u32> {
        Some(self.lock_after.unwrap_or(LOCK_AFTER)).filter(|minutes| *minutes > 0)
    }

    /// Gives the folders that export files lay in, the one used last first.
    pub fn used_folders(&self) -> Vec<PathBuf> {
        self.merged_from.iter().chain(&self.last_folder).cloned().collect()
    }

    /// Gives the other folder that exports went to, for a second copy of what goes to this one, while it is within reach.
    pub fn second_folder(&self, folder: &Path, disk: &dyn Disk) -> Option<PathBuf> {
        let before = [&self.last_folder, &self.folder_before].into_iter().flatten();
        before.into_iter().find(|other| *other != folder && disk.is_dir(other)).cloned()
    }

    /// Gives who speaks now.
    pub fn speaker(&self) -> &str {
        self.visitors.first().map_or("", String::as_str)
    }
}

const LOCK_AFTER: u32 = 10;

pub(in crate::app) fn unreadable(cause: Said) -> Trouble {
    Trouble::new(
        "device-unreadable",
        t("本机设置 device.toml 读不出: {cause}", "device.toml cannot be read: {cause}").with_words("cause", cause),
    )
    .hint(t(
        "改好它, 或删掉它重新填写姓名和小组; 记录不受影响.",
        "Mend it, or delete it and enter name and group again; no record is affected.",
    ))
}

#[cfg(test)]
mod tests {
    use super::{Device, Terminal};

    // It was shown behind whoever spoke.
    #[test]
    fn the_one_phone_of_an_older_file_is_that_of_the_first_visitor() {
        let read = |text: &str| toml::from_str::<Device>(text).unwrap().with_phone_of_the_first();
        let older = read("visitors = [\"陈明\", \"张锦秋\"]\nphone = \"13853301234\"\n");
        assert_eq!((older.phone_of("陈明"), older.phone_of("张锦秋")), (Some("13853301234"), None));
        let kept = toml::to_string(&older).unwrap();
        assert!(!kept.contains("phone = "), "{kept}");
        assert_eq!(read(&kept), older);
    }

    // One key was tried for all of them, and that result is kept on the laptops.
    #[test]
    fn where_one_key_was_tried_for_all_none_works_and_where_each_was_each_is_told_apart() {
        let read = |text: &str| toml::from_str::<Device>(text).unwrap().terminal;
        let lacks = |terminal: Terminal| [1, 2, 8, 9, 10].map(|number| terminal.lacks_f(number));
        assert_eq!(lacks(read("[terminal]\nno_f_keys = true\n")), [true; 5]);
        assert_eq!(lacks(read("[terminal]\nno_f_keys = false\n")), [false; 5]);
        for (no_f1, no_f10) in [(false, true), (true, false), (true, true), (false, false)] {
            for no_f_keys in [false, true] {
                let tried = Terminal { no_f_keys, no_f1: Some(no_f1), no_f10: Some(no_f10), ..Terminal::default() };
                let kept = Device { terminal: tried, ..Device::default() };
                let kept = read(&toml::to_string(&kept).unwrap());
                assert_eq!(lacks(kept), [no_f1, no_f_keys, no_f_keys, no_f_keys, no_f10]);
                assert_eq!(kept.lacks_some_f(), no_f1 || no_f_keys || no_f10);
            }
        }
    }
}
