//! Ranges: which operations of which writers are known, in a few bytes a writer.

use std::collections::BTreeMap;

use crate::domain::Name;

/// A set of names, kept per writer as ascending, separate ranges (both ends included).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ranges {
    writers: BTreeMap<u64, Vec<(u32, u32)>>,
}

impl Ranges {
    /// Adds a name; gives false when it was known.
    pub fn insert(&mut self, name: Name) -> bool {
        self.insert_range(name.writer, name.seq, name.seq)
    }

    /// Adds a range of one writer; gives false when all of it was known. An empty range (`first > last`) adds nothing.
    pub fn insert_range(&mut self, writer: u64, first: u32, last: u32) -> bool {
        if first > last {
            return false;
        }
        let ranges = self.writers.entry(writer).or_default();
        // The common case: one writer's operations arrive in order.
        if let Some((_, end)) = ranges.last_mut()
            && end.checked_add(1) == Some(first)
        {
            *end = last;
            return true;
        }
        let from = ranges.partition_point(|(_, end)| end.saturating_add(1) < first);
        let to = ranges.partition_point(|(start, _)| *start <= last.saturating_add(1));
        let touched = ranges.get(from..to).unwrap_or_default();
        if touched.iter().any(|(start, end)| *start <= first && last <= *end) {
            return false;
        }
        let start = touched.iter().map(|(start, _)| *start).min().map_or(first, |start| start.min(first));
        let end = touched.iter().map(|(_, end)| *end).max().map_or(last, |end| end.max(last));
        ranges.splice(from..to.max(from), [(start, end)]);
        true
    }

    /// Tells whether a name is in the set.
    pub fn contains(&self, name: Name) -> bool {
        let Some(ranges) = self.writers.get(&name.writer) else { return false };
        let at = ranges.partition_point(|(_, end)| *end < name.seq);
        ranges.get(at).is_some_and(|(start, _)| *start <= name.seq)
    }

    /// Adds all of another set, in one pass over both.
    pub fn extend(&mut self, other: &Self) {
        for (writer, theirs) in &other.writers {
            if let [(first, last)] = theirs.as_slice() {
                self.insert_range(*writer, *first, *last);
            } else {
                let ours = self.writers.entry(*writer).or_default();
                *ours = joined(ours, theirs);
            }
        }
    }

    /// Gives every range as (writer, first, last), in order.
    pub fn iter(&self) -> impl Iterator<Item = (u64, u32, u32)> + '_ {
        self.writers.iter().flat_map(|(writer, ranges)| ranges.iter().map(|(first, last)| (*writer, *first, *last)))
    }

    /// Gives the ranges of one writer.
    pub fn of(&self, writer: u64) -> &[(u32, u32)] {
        self.writers.get(&writer).map(Vec::as_slice).unwrap_or_default()
    }

    /// Gives what is in `self` but not in `other`.
    #[must_use]
    pub fn without(&self, other: &Self) -> Self {
        let mut rest = Self::default();
        for (writer, first, last) in self.iter() {
            let mut next = Some(first);
            let others = other.of(writer);
            let reached = others.partition_point(|(_, to)| *to < first);
            for (from, to) in others.get(reached..).unwrap_or_default() {
                let Some(start) = next else { break };
                if *from > start {
                    rest.insert_range(writer, start, last.min(from - 1));
                }
                if *to >= start {
                    next = to.checked_add(1);
                }
                if *to >= last {
                    next = None;
                }
            }
            if let Some(start) = next {
                rest.insert_range(writer, start, last);
            }
        }
        rest
    }

    /// Counts the names.
    pub fn count(&self) -> u64 {
        self.iter().map(|(_, first, last)| u64::from(last) - u64::from(first) + 1).sum()
    }

    /// Gives the greatest sequence number of a writer.
    pub fn last_of(&self, writer: u64) -> Option<u32> {
        self.of(writer).last().map(|(_, last)| *last)
    }

    /// Gives the holes: ranges between 1 and a writer's last known operation that have not arrived.
    #[must_use]
    pub fn holes(&self) -> Self {
        let mut whole = Self::default();
        for writer in self.writers.keys() {
            if let Some(last) = self.last_of(*writer) {
                whole.insert_range(*writer, 1, last);
            }
        }
        whole.without(self)
    }
}

/// Joins two lists of ascending, separate ranges.
#[expect(clippy::stable_sort_primitive, reason = "it sees two rows that ascend, and merges them")]
fn joined(one: &[(u32, u32)], other: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let mut all = [one, other].concat();
    all.sort();
    let mut joined: Vec<(u32, u32)> = Vec::with_capacity(all.len());
    for (first, last) in all {
        match joined.last_mut() {
            Some((_, end)) if first <= end.saturating_add(1) => *end = last.max(*end),
            _ => joined.push((first, last)),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn names(ranges: &Ranges) -> BTreeSet<Name> {
        ranges.iter().flat_map(|(w, first, last)| (first..=last).map(move |seq| Name::new(w, seq))).collect()
    }

    proptest! {
        #[test]
        fn ranges_are_a_set_of_names(
            ours in prop::collection::vec((0u64..3, 0u32..40, 0u32..6), 0..30),
            theirs in prop::collection::vec((0u64..3, 0u32..40, 0u32..6), 0..30),
        ) {
            let build = |list: &[(u64, u32, u32)]| {
                let mut ranges = Ranges::default();
                let mut naive = BTreeSet::new();
                for (writer, first, more) in list {
                    let all: BTreeSet<_> = (*first..=first + more).map(|seq| Name::new(*writer, seq)).collect();
                    let news = !all.is_subset(&naive);
                    assert_eq!(ranges.insert_range(*writer, *first, first + more), news);
                    naive.extend(all);
                }
                (ranges, naive)
            };
            let (a, a_naive) = build(&ours);
            let (b, b_naive) = build(&theirs);
            prop_assert_eq!(names(&a), a_naive.clone());
            prop_assert_eq!(names(&a.without(&b)), a_naive.difference(&b_naive).copied().collect());
            prop_assert_eq!(a.count(), a_naive.len() as u64);
            for writer in 0..3 {
                for seq in 0..50 {
                    prop_assert_eq!(a.contains(Name::new(writer, seq)), a_naive.contains(&Name::new(writer, seq)));
                }
            }
            let mut both = a.clone();
            both.extend(&b);
            prop_assert_eq!(names(&both), a_naive.union(&b_naive).copied().collect());
            for ranges in both.writers.values() {
                prop_assert!(ranges.windows(2).all(|pair| pair[0].1 + 1 < pair[1].0), "merged and ascending");
            }
        }
    }

    // What a bundle says that its sender knows may be four million ranges: one pass takes a moment, one for each range for ever.
    #[test]
    fn very_many_ranges_are_held_against_each_other_in_one_pass() {
        let every = |from: u32| {
            let mut ranges = Ranges::default();
            (0..200_000).for_each(|n| assert!(ranges.insert(Name::new(1, from + 8 * n))));
            ranges
        };
        let (ours, theirs) = (every(0), every(4));
        assert_eq!(ours.without(&theirs), ours);
        assert_eq!(ours.without(&ours), Ranges { writers: BTreeMap::new() });
        let mut both = ours.clone();
        both.extend(&theirs);
        assert_eq!((both.count(), both.of(1).len()), (400_000, 400_000));
        assert_eq!((both.without(&theirs), both.without(&ours)), (ours, theirs));
    }

    #[test]
    fn the_ends_of_the_numbers_are_safe() {
        let mut ranges = Ranges::default();
        assert!(ranges.insert(Name::new(1, u32::MAX)));
        assert!(!ranges.insert(Name::new(1, u32::MAX)));
        assert!(ranges.insert_range(1, 0, u32::MAX));
        assert_eq!(ranges.count(), 1 << 32);
        assert_eq!(ranges.without(&ranges.clone()).count(), 0);
    }

    #[test]
    fn holes_lie_between_what_arrived() {
        let mut ranges = Ranges::default();
        ranges.insert_range(2, 5, 9);
        assert_eq!(ranges.holes().of(2), [(1, 4)]);
    }
}
