//! Where a command works: language, data folder and clock, from options, then the environment, then the system.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::passphrase;
use crate::app::Place;
use crate::clock::Clock;
use crate::domain::Campaign;
use crate::text::{Lang, Said, Trouble, cause, t};

/// Language, data folder and clock of one run.
#[derive(Clone)]
pub struct Setting {
    /// The language of everything that is said.
    pub lang: Lang,
    /// The data folder.
    pub folder: PathBuf,
    /// Whether `--data` named it.
    pub named: bool,
    /// The clock.
    pub clock: Clock,
    /// The campaign: the plan's own, or that of `--campaign`.
    pub campaign: Arc<Campaign>,
    /// The place once its passphrase was entered.
    pub unlocked: OnceLock<Place>,
}

impl Setting {
    /// Gives the place of the campaign as it lies there, perhaps under a passphrase that nobody has entered yet.
    pub fn place_as_it_is(&self) -> Place {
        Place { campaign: Arc::clone(&self.campaign), ..Place::new(self.folder.clone()) }
    }

    /// Gives the place of the campaign, ready to be opened; asks for the passphrase once where it is under one.
    ///
    /// # Errors
    /// `locked` where nobody can be asked; `wrong-passphrase`.
    pub fn place(&self) -> Result<Place, Trouble> {
        let place = self.place_as_it_is();
        place.reachable()?;
        if !place.is_locked() {
            return Ok(place);
        }
        if let Some(place) = self.unlocked.get() {
            return Ok(place.clone());
        }
        let place = place.unlock(&passphrase::existing(self.lang)?)?;
        Ok(self.unlocked.get_or_init(|| place).clone())
    }
}

/// Finds the language before the options are read, so that wrong usage is answered in it: `--lang`, else
/// `ZOUFANG_LANG`, else the locale, else Chinese.
pub fn language(args: &[OsString]) -> Lang {
    let words: Vec<&str> = args.iter().filter_map(|arg| arg.to_str()).collect();
    let given = words.iter().find_map(|word| word.strip_prefix("--lang=")).or_else(|| {
        let at = words.iter().position(|word| *word == "--lang")?;
        words.get(at + 1).copied()
    });
    let told = |name: &str| env::var(name).ok().filter(|word| !word.is_empty());
    match given {
        Some(word) => Lang::from_word(word),
        None => ["ZOUFANG_LANG", "LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .find_map(told)
            .map_or_else(Lang::default, |word| Lang::from_word(&word)),
    }
}

/// Finds the data folder: the one given, else `ZOUFANG_DATA`, else the platform's.
pub fn folder(given: Option<PathBuf>) -> Result<PathBuf, Trouble> {
    let told = || env::var_os("ZOUFANG_DATA").filter(|path| !path.is_empty()).map(PathBuf::from);
    let own = || directories::ProjectDirs::from("", "", "zoufang").map(|dirs| dirs.data_dir().to_owned());
    given.or_else(told).or_else(own).ok_or_else(|| {
        Trouble::new(
            "no-data-folder",
            t("不知道数据该放在哪里: 系统没有给出用户文件夹.", "the system names no folder where data could be kept."),
        )
        .hint(t("用 --data 指定一个文件夹.", "Name a folder with --data."))
    })
}

/// Reads the campaign of a file, with warnings of what was passed over in it; without one, the plan's own.
pub fn campaign(file: Option<&Path>) -> Result<(Arc<Campaign>, Vec<Said>), Trouble> {
    let Some(file) = file else { return Ok((Arc::new(Campaign::built_in().clone()), Vec::new())) };
    let text = std::fs::read_to_string(file).map_err(|error| {
        Trouble::new(
            "file-unreadable",
            t("打不开 {file}: {cause}.", "{file} cannot be opened: {cause}.")
                .with("file", file.display())
                .with_words("cause", cause(&error)),
        )
    })?;
    let (campaign, warnings) = Campaign::read(&text)?;
    Ok((Arc::new(campaign), warnings))
}
