//! Which records are one household: rows of several rosters, and the same family entered twice.
//!
//! Every record says itself whom it belongs with ([`household::ties`](crate::domain::household::ties)); records tied
//! together, however far round, are one household, and the one that stands for them all is chosen the same way on every
//! laptop: not a row that was bound to another household, and of those the smallest name. Only records with ties are kept
//! here, so that a campaign without any costs nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::Name;

/// The records that are tied to others.
#[derive(Debug, Default)]
pub struct Kin {
    /// What each record says.
    said: BTreeMap<Name, Said>,
    /// Who says something of a record.
    heard: BTreeMap<Name, BTreeSet<Name>>,
    /// The household that each tied record stands for.
    homes: BTreeMap<Name, Name>,
    /// The records of each household of more than one.
    records: BTreeMap<Name, BTreeSet<Name>>,
}

/// What one record says.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Said {
    ties: BTreeSet<Name>,
    /// It is a row bound to a household.
    bound: bool,
}

impl Kin {
    /// Takes in what a record says: its ties, and whether one of them binds it to a household. `is_known` tells of which
    /// records more than the name has arrived. Gives every record whose household may have changed.
    pub fn take(
        &mut self,
        own: Name,
        ties: BTreeSet<Name>,
        bound: bool,
        is_known: impl Fn(Name) -> bool,
    ) -> BTreeSet<Name> {
        let before = self.said.get(&own).cloned().unwrap_or_default();
        let now = Said { ties, bound };
        if before == now && !self.heard.contains_key(&own) {
            return BTreeSet::new();
        }
        let mut touched: BTreeSet<Name> = before.ties.union(&now.ties).copied().chain([own]).collect();
        let old: Vec<Name> = touched.iter().flat_map(|name| self.all(*name)).collect();
        touched.extend(old);
        for other in before.ties.difference(&now.ties) {
            if let Some(heard) = self.heard.get_mut(other) {
                heard.remove(&own);
                if heard.is_empty() {
                    self.heard.remove(other);
                }
            }
        }
        for other in now.ties.difference(&before.ties) {
            self.heard.entry(*other).or_default().insert(own);
        }
        if now == Said::default() {
            self.said.remove(&own);
        } else {
            self.said.insert(own, now);
        }
        self.group(&mut touched, is_known);
        touched
    }

    /// Puts records together anew, and adds those they turn out to belong with.
    fn group(&mut self, touched: &mut BTreeSet<Name>, is_known: impl Fn(Name) -> bool) {
        for name in touched.iter() {
            if let Some(home) = self.homes.remove(name) {
                self.records.remove(&home);
            }
        }
        let mut left = touched.clone();
        while let Some(first) = left.pop_first() {
            let group = self.reachable(first);
            for name in &group {
                left.remove(name);
            }
            touched.extend(&group);
            if group.len() < 2 {
                continue;
            }
            let Some(home) = self.chosen(&group, &is_known) else { continue };
            self.homes.extend(group.iter().map(|name| (*name, home)));
            self.records.insert(home, group);
        }
    }

    fn reachable(&self, first: Name) -> BTreeSet<Name> {
        let mut found = BTreeSet::from([first]);
        let mut open = vec![first];
        while let Some(name) = open.pop() {
            let said = self.said.get(&name).into_iter().flat_map(|said| &said.ties);
            for next in said.chain(self.heard.get(&name).into_iter().flatten()) {
                if found.insert(*next) {
                    open.push(*next);
                }
            }
        }
        found
    }

    /// Chooses who stands for a household.
    fn chosen(&self, group: &BTreeSet<Name>, is_known: impl Fn(Name) -> bool) -> Option<Name> {
        let bound = |name: &&Name| self.said.get(name).is_some_and(|said| said.bound);
        let known: BTreeSet<Name> = group.iter().filter(|name| is_known(**name)).copied().collect();
        let group = if known.is_empty() { group } else { &known };
        group.iter().find(|name| !bound(name)).or(group.first()).copied()
    }

    /// Gives the household that a record stands for: itself, where it is tied to none.
    pub fn home(&self, name: Name) -> Name {
        self.homes.get(&name).copied().unwrap_or(name)
    }

    /// Gives all records of the household that one belongs to.
    pub fn all(&self, name: Name) -> Vec<Name> {
        match self.records.get(&self.home(name)) {
            Some(records) => records.iter().copied().collect(),
            None => vec![name],
        }
    }

    /// Tells whether a record is one of several.
    pub fn is_tied(&self, name: Name) -> bool {
        self.homes.contains_key(&name)
    }

    /// Gives the tied records of a writer.
    pub fn of_writer(&self, writer: u64) -> impl Iterator<Item = Name> {
        self.homes.range(Name::new(writer, 0)..=Name::new(writer, u32::MAX)).map(|(name, _)| *name)
    }

    /// Gives every household of more than one record.
    pub fn households(&self) -> impl Iterator<Item = (Name, &BTreeSet<Name>)> {
        self.records.iter().map(|(home, records)| (*home, records))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Kin;
    use crate::domain::Name;

    fn name(number: u64) -> Name {
        Name::new(number, 1)
    }

    fn say(kin: &mut Kin, own: u64, ties: &[u64], bound: bool) -> Vec<u64> {
        let ties: BTreeSet<Name> = ties.iter().map(|tie| name(*tie)).collect();
        kin.take(name(own), ties, bound, |_| true).into_iter().map(|name| name.writer).collect()
    }

    #[test]
    fn a_row_stands_for_the_household_it_is_bound_to_until_it_no_longer_is() {
        let mut kin = Kin::default();
        assert_eq!(say(&mut kin, 1, &[5], true), [1, 5], "the row's own name is the smaller one");
        assert_eq!((kin.home(name(1)), kin.home(name(5))), (name(5), name(5)));
        assert_eq!(say(&mut kin, 1, &[], false), [1, 5]);
        assert!(!kin.is_tied(name(1)) && !kin.is_tied(name(5)));
        assert_eq!(kin.households().count(), 0);
    }

    #[test]
    fn families_tied_round_corners_are_one_household_in_any_order() {
        let said: [(u64, &[u64], bool); 4] = [(2, &[3], false), (3, &[7], false), (9, &[7], true), (1, &[2], true)];
        for turn in 0..4 {
            let mut kin = Kin::default();
            for step in 0..4 {
                let (own, ties, bound) = said[(turn + step) % 4];
                say(&mut kin, own, ties, bound);
            }
            assert_eq!(kin.all(name(9)).len(), 5);
            assert!(kin.all(name(9)).iter().all(|one| kin.home(*one) == name(2)), "{kin:?}");
        }
    }

    #[test]
    fn taking_a_tie_back_parts_what_it_held_together() {
        let mut kin = Kin::default();
        say(&mut kin, 1, &[2], false);
        say(&mut kin, 2, &[3], false);
        assert_eq!(say(&mut kin, 1, &[], false), [1, 2, 3]);
        assert_eq!((kin.home(name(1)), kin.home(name(3))), (name(1), name(2)));
    }

    // A part of a merge may be missing: what is known stands meanwhile.
    #[test]
    fn a_household_of_which_only_the_name_has_arrived_stands_for_nobody() {
        let mut kin = Kin::default();
        let tie = BTreeSet::from([name(1)]);
        kin.take(name(5), tie.clone(), true, |known| known == name(5));
        assert_eq!(kin.home(name(5)), name(5));
        kin.take(name(1), BTreeSet::new(), false, |_| true);
        assert_eq!(kin.home(name(5)), name(1));
    }
}
