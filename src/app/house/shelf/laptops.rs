//! Laptops: which writer is which, when each wrote, and what is known of their clocks.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Shelf;
use crate::domain::{Clocks, Name, Readings, Stamp, Writer};
use crate::hanzi::clean;

impl Shelf {
    /// Gives which laptop a writer is.
    pub fn writer(&self, writer: u64) -> Option<&Writer> {
        self.writers.get(&writer)
    }

    /// Tells whether a writer is known to be another laptop than this one.
    pub(in crate::app) fn is_elsewhere(&self, writer: u64) -> bool {
        let laptop = self.writer(writer).map(|writer| writer.laptop);
        self.own.zip(laptop).is_some_and(|(own, laptop)| own != laptop)
    }

    /// Names whose laptop a writer is: its group, else its code, else who uses it.
    pub fn whose(&self, writer: u64) -> String {
        let Some(writer) = self.writer(writer) else { return String::new() };
        let words = [&writer.group, &writer.code].into_iter().chain(&writer.visitors).map(|word| clean::line(word));
        words.into_iter().find(|word| !word.is_empty()).unwrap_or_default()
    }

    /// Gives all writers known.
    pub fn writers(&self) -> BTreeMap<u64, &Writer> {
        self.writers.iter().map(|(number, writer)| (*number, writer)).collect()
    }

    /// Gives the latest wall clock under which a laptop recorded anything that stays for ever; none before its first word.
    pub fn latest_of(&self, laptop: u64) -> Option<i64> {
        self.runs_of(laptop).filter_map(|writer| self.latest_by(writer)).max()
    }

    /// Gives the latest wall clock under which a writer recorded anything that stays for ever, as that laptop read it.
    pub fn latest_by(&self, writer: u64) -> Option<i64> {
        self.readings.get(&writer).and_then(Readings::latest)
    }

    /// Gives the readings of the clock under which a writer recorded what stays for ever.
    pub(in crate::app) fn readings_of(&self, writer: u64) -> Option<&Readings> {
        self.readings.get(&writer)
    }

    /// Gives the runs of the program on a laptop after which none is known to have begun: the last one, but where a data folder was
    /// copied, or the runs were those of a program that did not say.
    pub(in crate::app) fn last_runs(&self, laptop: u64) -> BTreeSet<u64> {
        let before = self.runs_of(laptop).filter_map(|writer| self.readings_of(writer)).flat_map(Readings::after);
        let before: BTreeSet<u64> = before.map(|name| name.writer).collect();
        self.runs_of(laptop).filter(|writer| !before.contains(writer)).collect()
    }

    /// Tells whether one word is known to have been written after another on the same laptop, by the order in which it wrote,
    /// whatever its clock said.
    pub(in crate::app) fn is_after(&self, later: Name, earlier: Name) -> bool {
        if later.writer == earlier.writer {
            return later.seq > earlier.seq;
        }
        let laptop = |run: u64| self.writer(run).map(|writer| writer.laptop);
        let is_its = |run: u64| laptop(run).is_some() && laptop(run) == laptop(earlier.writer);
        let (mut open, mut known) = (vec![later.writer], BTreeSet::new());
        while let Some(run) = open.pop().filter(|run| is_its(*run)) {
            let before = self.readings_of(run).map_or(&[][..], Readings::after);
            if before.iter().any(|word| word.writer == earlier.writer && word.seq >= earlier.seq) {
                return true;
            }
            open.extend(before.iter().map(|word| word.writer).filter(|run| is_its(*run) && known.insert(*run)));
        }
        false
    }

    /// Gives the writers that a laptop was, one for each run of the program.
    pub(in crate::app) fn runs_of(&self, laptop: u64) -> impl Iterator<Item = u64> + '_ {
        self.writers.iter().filter(move |(_, writer)| writer.laptop == laptop).map(|(number, _)| *number)
    }

    /// Gives what people said of the clocks of laptops.
    pub fn clocks(&self) -> &Arc<Clocks> {
        &self.clocks
    }

    /// Gives the greatest stamp among what is current that is at most a day ahead of the wall clock.
    pub fn newest(&self) -> Stamp {
        self.newest
    }
}
