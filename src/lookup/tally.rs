//! Browsing by place: how many households, how many of them visited, per group, village or town.

use std::collections::BTreeMap;

/// Counts the households of a place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tally {
    /// Township.
    pub town: String,
    /// Village; empty in a tally of a town.
    pub village: String,
    /// Group; none for households without one, and in tallies of villages and towns.
    pub group: Option<u16>,
    /// Households.
    pub households: usize,
    /// Households with a visit that counts.
    pub visited: usize,
}

impl Tally {
    /// Counts the households that are not yet visited.
    pub fn unvisited(&self) -> usize {
        self.households.saturating_sub(self.visited)
    }
}

/// Adds tallies of groups up to villages.
pub fn by_village(groups: &[Tally]) -> Vec<Tally> {
    sum(groups.iter().map(|tally| Tally { group: None, ..tally.clone() }))
}

/// Adds tallies of groups or villages up to towns.
pub fn by_town(groups: &[Tally]) -> Vec<Tally> {
    sum(groups.iter().map(|tally| Tally { group: None, village: String::new(), ..tally.clone() }))
}

/// Adds up tallies of the same place, in the order of places.
pub(super) fn sum(tallies: impl IntoIterator<Item = Tally>) -> Vec<Tally> {
    let mut sums: BTreeMap<(String, String, Option<u16>), (usize, usize)> = BTreeMap::new();
    for tally in tallies {
        let (households, visited) = sums.entry((tally.town, tally.village, tally.group)).or_default();
        *households += tally.households;
        *visited += tally.visited;
    }
    let tally = |((town, village, group), (households, visited))| Tally { town, village, group, households, visited };
    sums.into_iter().map(tally).collect()
}
