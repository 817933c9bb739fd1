//! The small files beside the journal, looked over at opening: what is damaged is set aside under a dated name, what was
//! changed by hand is used as it reads, and either is said with what it means.

use std::io::ErrorKind;

use crate::log::settings::{self, Found};
use crate::text::{Said, Text, t};

use crate::app::{
    Device, Place,
    exchange::{campaign_key, peers},
    rosters::corrections,
};

/// The files that can be lost without a record being lost, and what is to be done then.
const HABITS: [(&str, Text); 3] = [
    (
        peers::FILE,
        t(
            "别的电脑下次合并时重新认, 签名号可以再念一遍; 在那以前导出的会多一些.",
            "The other laptops are met anew at their next merge, and numbers can be compared aloud again; exports hold more until then.",
        ),
    ),
    (
        corrections::FILE,
        t("改过的名册列, 下次导入时再说一遍.", "Say once more which columns are which at the next import."),
    ),
    (
        campaign_key::FILE,
        t(
            "收过的活动密钥没有了: 在再收下以前 (F7 按 8) 不导出, 加密的也打不开.",
            "The campaign key is gone: until it is taken again (F7, 8) nothing is exported, and sealed exports do not open.",
        ),
    ),
];

/// How one of the files was found.
enum State {
    /// As it was written, or not there.
    Fine,
    /// Readable, and not what the program wrote last.
    Changed(Found),
    /// It makes no sense, or its end is gone.
    Damaged,
    /// The disk does not give it.
    Refused(std::io::Error),
}

impl Place {
    /// Gives what is damaged of the small files, and what it means. With a day that is set aside; without one nothing is
    /// touched. The settings are seen to where it is asked whose laptop it is.
    pub(in crate::app) fn damaged_habits(&self, day: Option<&str>) -> Vec<Said> {
        let said = |(file, means): &(&str, Text)| match self.state(file) {
            State::Damaged => Some(self.damaged(file, *means, day)),
            State::Refused(error) => {
                let said =
                    t("{file} 读不出来: {error}. 其余照常.", "{file} cannot be read: {error}. The rest is as usual.");
                Some(said.with("file", *file).with_words("error", settings::why(&error)))
            }
            State::Fine | State::Changed(_) => None,
        };
        HABITS.iter().filter_map(said).collect()
    }

    /// Gives which small files are not what the program wrote. With `anew` they get their marks anew, so that it is said once.
    pub(in crate::app) fn changed_habits(&self, anew: bool) -> Vec<Said> {
        let all = [Device::FILE].into_iter().chain(HABITS.map(|(file, _)| file));
        all.filter_map(|file| self.changed(file, anew)).collect()
    }

    fn state(&self, file: &str) -> State {
        match settings::find_text(self.disk.as_ref(), &self.home().join(file)) {
            Ok(Some(found)) if toml::from_str::<toml::Table>(&found.text).is_err() => State::Damaged,
            Ok(Some(found)) if found.is_changed => State::Changed(found),
            Ok(_) => State::Fine,
            Err(error) if error.kind() == ErrorKind::InvalidData => State::Damaged,
            Err(error) => State::Refused(error),
        }
    }

    fn changed(&self, file: &str, anew: bool) -> Option<Said> {
        let State::Changed(found) = self.state(file) else { return None };
        if anew {
            // Where that cannot be it is said once more.
            let _ = settings::save_text(&self.disk, &self.home().join(file), &found.text);
        }
        let said = t(
            "{file} 和程序写下的对不上: 有人手改过, 或有一处坏了. 照读到的用, 请看一下.",
            "{file} is not what the program wrote: changed by hand, or damaged in one place. It is used as it reads; please look.",
        );
        Some(said.with("file", file))
    }

    fn damaged(&self, file: &str, means: Text, day: Option<&str>) -> Said {
        let aside = day.and_then(|day| self.set_aside(file, day));
        let said = match aside {
            Some(_) => t(
                "{file} 坏了, 另存为 {aside}. 记录不受影响. {means}",
                "{file} was damaged and set aside as {aside}. No record is affected. {means}",
            ),
            None => t(
                "{file} 坏了, 没有用它. 记录不受影响. {means}",
                "{file} is damaged and not used. No record is affected. {means}",
            ),
        };
        said.with("file", file).with("aside", aside.unwrap_or_default()).with_words("means", means)
    }

    /// Gives a damaged file a dated name; none where that cannot be.
    pub(in crate::app) fn set_aside(&self, file: &str, day: &str) -> Option<String> {
        let (home, disk) = (self.home(), self.disk.as_ref());
        let name = |count: u32| format!("{file}.damaged-{day}-{count}");
        let name = (1..100).map(name).find(|name| disk.length(&home.join(name)).is_err())?;
        disk.rename(&home.join(file), &home.join(&name)).and_then(|()| disk.sync_dir(&home)).ok()?;
        Some(name)
    }
}
