//! What a kill at this moment would leave, looked at without killing: the folder is copied as it lies, and the program opened
//! on the copy. Of a process that is killed the system keeps all that was written, so no more is there and no less.
//!
//! The moment is the one at which the program has answered the barrier: drafts are saved then. Without it that takes up to a
//! second (`real_time.rs`), and the words of that second are what a kill may cost.

use std::sync::Arc;

use zoufang::app::Place;
use zoufang::domain::{Issue, Line, Record, Talk, Visit};
use zoufang::view::View;

use crate::images::copy_live;

use super::harness::{Laptop, Press, Terminal};

/// What a page shows, without the sentence above the footer, which goes with the next key; and the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    lines: Vec<String>,
    cursor: Option<(u16, u16)>,
}

impl Page {
    /// Looks at what is shown now.
    pub fn of(terminal: &Terminal) -> Self {
        let mut lines: Vec<String> = terminal.screen().split('\n').map(str::to_owned).collect();
        lines.remove(lines.len() - 2);
        Self { lines, cursor: terminal.cursor() }
    }
}

/// What the journal has: the sentences, in order of their letters, and how many of what else.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recorded {
    pub said: Vec<String>,
    pub issues: usize,
    pub visits: usize,
    pub talks: usize,
    /// Visits and talks that ended.
    pub ended: usize,
}

impl Recorded {
    /// Reads all of a laptop's journal, and nothing else of it.
    pub fn on(laptop: &Laptop) -> Self {
        let mut found = Self::default();
        let (journal, _) = Place::new(laptop.data()).read_only().unwrap();
        let mut count = |record: Arc<Record>| {
            found.said.extend(Line::read(&record).map(|line| line.text).filter(|text| !text.is_empty()));
            found.issues += usize::from(Issue::read(&record).is_some());
            if let Some(visit) = Visit::read(&record) {
                found.visits += 1;
                found.ended += usize::from(visit.ended.is_some());
            }
            if let Some(talk) = Talk::read(&record) {
                found.talks += 1;
                found.ended += usize::from(talk.ended.is_some());
            }
            true
        };
        journal.each(&mut count).unwrap();
        found.sorted()
    }

    /// Gives the same in the order in which it is compared.
    pub fn sorted(&self) -> Self {
        let mut sorted = self.clone();
        sorted.said.sort();
        sorted
    }
}

/// Fails unless a program that is opened on what a kill would leave now has all that was recorded, and shows the page again,
/// its cursor where it was, behind the keys that lead back.
pub fn found_again(laptop: &Laptop, terminal: &Terminal, back: &[Press], page: Option<&Page>, recorded: &Recorded) {
    let left = laptop.as_it_lies(copy_live);
    assert_eq!(Recorded::on(&left), recorded.sorted(), "{}", terminal.screen());
    let mut again = left.start((80, 24), &[], &[]);
    for key in back {
        again.press(*key);
    }
    if let Some(page) = page {
        assert_eq!(Page::of(&again), *page, "{}\n\n{}", terminal.screen(), again.screen());
    }
}

/// Gives what stands in the line.
pub fn line(terminal: &Terminal) -> String {
    let screen = terminal.screen();
    let line = screen.lines().rfind(|line| line.starts_with("  > ")).unwrap_or_default();
    line.trim_start_matches("  > ").to_owned()
}
