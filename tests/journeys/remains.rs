//! What a kill at this moment would leave on the disk, looked at without killing: the bytes of the journal and of the drafts.

use std::path::PathBuf;

use super::harness::{Laptop, Press, Terminal};

/// Reads what a kill at this moment leaves of words: what is being typed, and what was recorded. The journal of a roster is long,
/// so of a file that was there before only what came since is read.
pub struct Remains {
    folder: PathBuf,
    before: Vec<(PathBuf, usize)>,
}

impl Remains {
    /// Remembers what is there now.
    pub fn of(laptop: &Laptop) -> Self {
        let mut disk = Self { folder: laptop.data(), before: Vec::new() };
        disk.before =
            disk.files().into_iter().map(|file| (file.clone(), std::fs::read(&file).unwrap().len())).collect();
        disk
    }

    fn files(&self) -> Vec<PathBuf> {
        let journal = std::fs::read_dir(self.folder.join("journal")).unwrap();
        let drafts = Some(self.folder.join("drafts.log")).filter(|drafts| drafts.exists());
        journal.map(|file| file.unwrap().path()).chain(drafts).collect()
    }

    /// Tells whether words are there that were not before.
    fn holds(&self, words: &str) -> bool {
        self.files().into_iter().any(|file| {
            let bytes = std::fs::read(&file).unwrap();
            let before = self.before.iter().find(|(other, _)| *other == file).map_or(0, |(_, length)| *length);
            // Drafts are written anew from time to time, and are short then.
            let new = bytes.get(before..).unwrap_or(&bytes);
            memchr::memmem::find(new, words.as_bytes()).is_some()
        })
    }

    /// Types a sentence; after every key of it the whole of it so far is there.
    pub fn typed(&self, terminal: &mut Terminal, sentence: &str) {
        let mut so_far = line(terminal);
        for ch in sentence.chars() {
            terminal.keys(&ch.to_string());
            so_far.push(ch);
            assert!(self.holds(so_far.trim()), "{so_far} is lost\n{}", terminal.screen());
        }
    }

    /// Puts down what is typed; the words are there whatever became of them.
    pub fn put_down(&self, terminal: &mut Terminal, keys: &[Press], words: &str) {
        for key in keys {
            terminal.press(*key);
            assert!(self.holds(words), "{words} is lost at {key:?}\n{}", terminal.screen());
        }
    }
}

/// Gives what stands in the line.
pub fn line(terminal: &Terminal) -> String {
    let screen = terminal.screen();
    let line = screen.lines().rfind(|line| line.starts_with("  > ")).unwrap_or_default();
    line.trim_start_matches("  > ").to_owned()
}
