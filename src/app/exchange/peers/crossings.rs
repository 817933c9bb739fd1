//! What crossed in the last exports of a laptop. Who only hands in never gets what the others write, so what it had not seen grows from
//! evening to evening by what they wrote: kept is the growth, not the whole of it once more for each evening.

use super::{ranges_of, text_of};
use crate::log::Ranges;

/// Exports of a laptop of which it is remembered what crossed: with an exchange every evening, two weeks.
const KEPT: usize = 14;
/// Ranges that are remembered of one at most: each evening of each laptop is one, so of forty laptops fifty evenings. One that brings
/// more, or lacks more, is not remembered.
pub(super) const LONGEST: usize = 2000;

/// What one export brought, and what nobody who had made it had seen: of these two neither knew of the other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Crossing {
    /// What it brought.
    pub came: Ranges,
    /// What was known here by then, and not to the laptop that made it.
    pub unseen: Ranges,
}

/// What crossed in the last exports, the newest last.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Crossings {
    all: Vec<Step>,
}

/// One of them, as it differs from the one before; before the first there is nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Step {
    came: Ranges,
    /// What is unseen and was not, or not known here.
    more: Ranges,
    /// What was unseen and is so no longer.
    seen: Ranges,
}

impl Step {
    /// Gives what is unseen, by what was before.
    fn after(&self, unseen: &Ranges) -> Ranges {
        let mut unseen = unseen.without(&self.seen);
        unseen.extend(&self.more);
        unseen
    }

    fn length(&self) -> usize {
        [&self.came, &self.more, &self.seen].map(|ranges| ranges.iter().count()).iter().sum()
    }
}

impl Crossings {
    /// Adds the newest one. Gives false where there is nothing to be remembered of it, or too much.
    pub(super) fn add(&mut self, Crossing { came, unseen }: Crossing) -> bool {
        let lengths = [&came, &unseen].map(|ranges| ranges.iter().count());
        if lengths.iter().any(|length| *length == 0 || *length > LONGEST) {
            return false;
        }
        let before = self.all.iter().fold(Ranges::default(), |unseen, step| step.after(&unseen));
        let (more, seen) = (unseen.without(&before), before.without(&unseen));
        self.all.push(Step { came, more, seen });
        while self.all.len() > KEPT || (self.all.len() > 1 && self.length() > 2 * LONGEST) {
            let first = self.all.remove(0);
            if let Some(next) = self.all.first_mut() {
                next.more = next.after(&first.more);
                next.seen = Ranges::default();
            }
        }
        true
    }

    fn length(&self) -> usize {
        self.all.iter().map(Step::length).sum()
    }

    /// Gives each of them, the oldest first.
    pub fn iter(&self) -> impl Iterator<Item = Crossing> + '_ {
        self.all.iter().scan(Ranges::default(), |unseen, step| {
            *unseen = step.after(unseen);
            Some(Crossing { came: step.came.clone(), unseen: unseen.clone() })
        })
    }

    /// Gives every range that came or was unseen in any of them.
    pub fn ranges(&self) -> impl Iterator<Item = (u64, u32, u32)> + '_ {
        self.all.iter().flat_map(|step| step.came.iter().chain(step.more.iter()))
    }

    /// Reads them: of each a line `came|unseen`, and what was seen of the one before. Without these each line says the whole of what
    /// was unseen, as it was written once.
    pub(super) fn read(lines: &[String], seen: &[String]) -> Self {
        let mut read = Self::default();
        for (at, line) in lines.iter().enumerate() {
            let Some((came, unseen)) = line.split_once('|') else { continue };
            let (came, unseen) = (ranges_of(came.split(',')), ranges_of(unseen.split(',')));
            if seen.len() == lines.len() {
                let seen = ranges_of(seen.get(at).map_or("", String::as_str).split(','));
                read.all.push(Step { came, more: unseen, seen });
            } else {
                read.add(Crossing { came, unseen });
            }
        }
        read
    }

    /// Writes them as [`Crossings::read`] reads them.
    pub(super) fn written(&self) -> (Vec<String>, Vec<String>) {
        let line = |step: &Step| (format!("{}|{}", text_of(&step.came), text_of(&step.more)), text_of(&step.seen));
        self.all.iter().map(line).unzip()
    }
}

#[cfg(test)]
mod tests {
    use super::{Crossing, Crossings, KEPT, LONGEST};
    use crate::log::Ranges;

    fn runs(from: u64, to: u64) -> Ranges {
        let mut ranges = Ranges::default();
        (from..to).for_each(|writer| assert!(ranges.insert_range(writer, 1, 40)));
        ranges
    }

    /// What crosses in an evening: forty laptops write, and nothing goes back to this one.
    fn evening(at: u64) -> Crossing {
        let mut unseen = runs(0, at * 40);
        unseen = unseen.without(&runs(at * 40 - 40, at * 40 - 39));
        Crossing { came: runs(at + 1_000_000, at + 1_000_001), unseen }
    }

    fn length(crossings: &Crossings) -> usize {
        let (lines, seen) = crossings.written();
        lines.iter().chain(&seen).map(String::len).sum()
    }

    // Groups that only hand in lack what everybody else writes: after five evenings nothing was told of any of them.
    #[test]
    fn who_only_hands_in_is_remembered_for_dozens_of_evenings_in_little_room() {
        let mut crossings = Crossings::default();
        for at in 1..=50 {
            assert!(crossings.add(evening(at)), "{at}");
            let last = (at.saturating_sub(KEPT as u64) + 1)..=at;
            assert_eq!(crossings.iter().collect::<Vec<_>>(), last.map(evening).collect::<Vec<_>>(), "{at}");
        }
        assert!(length(&crossings) < 60_000, "{}", length(&crossings));
        let mut before = crossings.clone();
        assert!(!crossings.add(Crossing { came: runs(7, 8), unseen: runs(0, LONGEST as u64 + 1) }));
        assert_eq!(crossings, before, "too much is not remembered, and what was stays");
        // Everything went back to it.
        let back = Crossing { came: runs(2_000_000, 2_000_001), unseen: runs(5_000, 5_001) };
        assert!(before.add(back.clone()));
        assert_eq!(before.iter().last(), Some(back));
        let (lines, seen) = before.written();
        assert_eq!(Crossings::read(&lines, &seen), before);
    }

    #[test]
    fn whatever_crosses_it_takes_no_more_room_than_so_much() {
        let mut crossings = Crossings::default();
        let longest = LONGEST as u64;
        for at in 1..40 {
            let (came, unseen) = (runs(at * longest, (at + 1) * longest), runs((at + 1) * longest, (at + 2) * longest));
            assert!(crossings.add(Crossing { came: came.clone(), unseen: unseen.clone() }));
            assert_eq!(crossings.iter().last(), Some(Crossing { came, unseen }));
        }
        assert!(length(&crossings) < 2 * LONGEST * 30, "{}", length(&crossings));
    }

    // Each line said once the whole of what was unseen.
    #[test]
    fn what_a_program_of_before_wrote_is_read_as_it_was_meant() {
        let line = |came: &str, unseen: &str| format!("{came}|{unseen}");
        let lines = [
            line("0000000000000007 1-3", "0000000000000008 1-9"),
            line("0000000000000007 4-5", "0000000000000009 1-1"),
        ];
        let read: Vec<Crossing> = Crossings::read(&lines, &[]).iter().collect();
        let of = |writer, first, last| {
            let mut ranges = Ranges::default();
            ranges.insert_range(writer, first, last);
            ranges
        };
        let want = [(of(7, 1, 3), of(8, 1, 9)), (of(7, 4, 5), of(9, 1, 1))];
        assert_eq!(read, want.map(|(came, unseen)| Crossing { came, unseen }));
    }
}
