//! Damage of the journal that was dealt with: what it said stays in a small file beside it, so that it is a note from then on
//! and no trouble. Other damage says something else and is told as ever.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use crate::app::Place;
use crate::log::{Journal, Position, settings};
use crate::text::{Lang, Said, Trouble};

/// The file, in the journal's folder.
const FILE: &str = "damage.txt";

/// What was dealt with.
#[derive(Debug, Default)]
pub struct Settled(BTreeSet<String>);

impl Settled {
    /// Tells whether a damage was dealt with.
    pub fn has(&self, damage: &Said) -> bool {
        self.0.contains(&damage.say(Lang::Zh))
    }
}

impl Place {
    fn settled_file(&self) -> PathBuf {
        self.journal_folder().join(FILE)
    }

    /// Reads what was dealt with; a file that cannot be read is as good as none.
    pub(in crate::app) fn settled(&self) -> Settled {
        let text = settings::load_text(self.disk.as_ref(), &self.settled_file()).ok().flatten().unwrap_or_default();
        Settled(text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect())
    }

    /// Finds all that is damaged in the journal; nothing is changed.
    ///
    /// # Errors
    /// Only what keeps the journal from being read at all.
    pub(in crate::app) fn damage(&self) -> Result<Vec<Said>, Trouble> {
        let (reader, opening) = Journal::read_only(Arc::clone(&self.disk), &self.journal_folder())?;
        let mut all = opening.findings;
        all.extend(reader.read_from(Position::START, &mut |_| Ok(()))?);
        Ok(all)
    }

    /// Notes damage as dealt with.
    ///
    /// # Errors
    /// The disk's failure.
    pub(in crate::app) fn settle(&self, damage: &[Said]) -> Result<(), Trouble> {
        let Settled(mut lines) = self.settled();
        let before = lines.len();
        lines.extend(damage.iter().map(|said| said.say(Lang::Zh)));
        if lines.len() == before {
            return Ok(());
        }
        let text: String = lines.into_iter().map(|line| line + "\n").collect();
        settings::save_text(&self.disk, &self.settled_file(), &text)
    }
}
