//! Astray: a mark that stands as a word is asked about once; Enter again puts the line down as it stands.

use crate::domain::entry::Entry;
use crate::text::{Said, t};

/// Remembers the entry that was asked about.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Astray(Option<Entry>);

impl Astray {
    /// Asks about the marks of an entry; nothing where none went astray, or where it was asked about before.
    pub fn ask(&mut self, entry: &Entry) -> Option<Said> {
        let prefix = entry.astray()?;
        if self.0.as_ref() == Some(entry) {
            return None;
        }
        self.0 = Some(entry.clone());
        let words = if prefix.contains('*') {
            t(
                "这样写不保密. 领域数字和 * 连写在前, 再空一格, 如 {prefix} …, 或按 Tab. 再按 Enter 照原样记.",
                "Not confidential so: write the field and * together, as {prefix} …, or press Tab. Enter again: as it stands.",
            )
        } else {
            t(
                "记号没起作用. 领域数字和记号连写在前, 再空一格, 如 {prefix} …, 或按 Tab. 再按 Enter 照原样记.",
                "The mark does nothing so: write field and mark together, as {prefix} …, or press Tab. Enter again: as it stands.",
            )
        };
        Some(words.with("prefix", prefix))
    }
}
