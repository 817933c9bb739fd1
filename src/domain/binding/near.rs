//! Who comes nearest: rows that say something else than before, compared with the households they may mean.
//!
//! A row and a household are bound where each is for the other clearly ahead of anybody else. Those bound are out of the
//! question for the rest, so the comparing goes on until nothing more is clear. What is left are families that are there
//! several times: where as many rows stand against as many households, each may mean each, and the nearest are bound.

use std::collections::HashMap;

use super::super::Name;
use super::super::likeness::{self, Likeness, Renamed};
use super::Listed;
use super::equal::{Group, alike, groups, pair};

/// By how many points a household must be likelier than any other.
const AHEAD: i32 = 25;
/// How often what is left is compared again.
const ROUNDS: usize = 16;
/// More than the number of things said of a household, of which so many make a point.
const FACTS: i32 = 64;

/// Equal rows that may mean equal households, by their places in the lists of groups.
#[derive(Debug, Clone, Copy)]
struct Near {
    row: u32,
    known: u32,
    points: i32,
}

/// The best of those that something was compared with, and how near the next one comes.
#[derive(Debug, Clone, Copy)]
struct Best {
    at: u32,
    points: i32,
    next: i32,
}

impl Best {
    fn see(seen: &mut HashMap<u32, Self>, whose: u32, at: u32, points: i32) {
        let best = seen.entry(whose).or_insert(Self { at, points: 0, next: 0 });
        *best = if points > best.points {
            Self { at, points, next: best.points }
        } else {
            Self { next: best.next.max(points), ..*best }
        };
    }
}

/// The rows and the households that are not bound yet.
#[derive(Debug)]
struct Left<'a> {
    rows: Vec<Group<'a>>,
    known: Vec<Group<'a>>,
    near: Vec<Near>,
    bound: Vec<(Name, Name)>,
}

/// So many of them are one piece of work.
const PIECE: usize = 500;

/// The comparing of rows with the households that have a phone, a number or a door in common with them, a piece at a time.
#[derive(Debug)]
pub(super) struct Comparing<'a> {
    rows: Vec<Group<'a>>,
    known: Vec<Group<'a>>,
    renamed: Renamed,
    by_key: HashMap<String, Vec<u32>>,
    near: Vec<Near>,
    /// How many of the households are in `by_key`, and how many of the rows were compared.
    indexed: usize,
    compared: usize,
}

impl<'a> Comparing<'a> {
    pub(super) fn of(known: &[&'a Listed], rows: &[&'a Listed], renamed: Renamed) -> Self {
        let (rows, known, by_key) = (groups(rows), groups(known), HashMap::new());
        Self { rows, known, renamed, by_key, near: Vec::new(), indexed: 0, compared: 0 }
    }

    /// Does the next piece, and gives how many of how many are done; none once all are.
    pub(super) fn go_on(&mut self) -> Option<(u64, u64)> {
        let (known, rows) = (self.known.len(), self.rows.len());
        if self.indexed < known {
            self.index((self.indexed + PIECE).min(known));
        } else if self.compared < rows {
            self.compare((self.compared + PIECE).min(rows));
        } else {
            return None;
        }
        Some(((self.indexed + self.compared) as u64, (known + rows) as u64))
    }

    fn index(&mut self, end: usize) {
        for (group, at) in self.known.iter().zip(0_u32..).take(end).skip(self.indexed) {
            for key in likeness::keys(group.household, &Renamed::new()) {
                self.by_key.entry(key).or_default().push(at);
            }
        }
        self.indexed = end;
    }

    fn compare(&mut self, end: usize) {
        for (group, row) in self.rows.iter().zip(0_u32..).take(end).skip(self.compared) {
            let keys = likeness::keys(group.household, &self.renamed);
            let mut found: Vec<u32> = keys.iter().filter_map(|key| self.by_key.get(key)).flatten().copied().collect();
            found.sort_unstable();
            found.dedup();
            for at in found {
                let Some(other) = self.known.get(at as usize) else { continue };
                let likeness = Likeness::of(other.household, group.household, &self.renamed);
                if likeness.has_name() && likeness.is_asked() {
                    self.near.push(Near { row, known: at, points: likeness.points() });
                }
            }
        }
        self.compared = end;
    }

    /// Binds rows to the households that they come nearest to, of those that were compared.
    pub(super) fn bound(self) -> Vec<(Name, Name)> {
        let Self { rows, known, near, .. } = self;
        let mut left = Left { rows, known, near, bound: Vec::new() };
        left.rounds(AHEAD);
        left.keep_even();
        left.rounds(1);
        left.bound
    }
}

impl Left<'_> {
    /// Binds those that are for each other ahead of anybody else, by so many points, until there are none.
    fn rounds(&mut self, ahead: i32) {
        for _ in 0..ROUNDS {
            let (mut of_row, mut of_known) = (HashMap::new(), HashMap::new());
            for near in &self.near {
                Best::see(&mut of_row, near.row, near.known, near.points);
                Best::see(&mut of_known, near.known, near.row, near.points);
            }
            let before = self.bound.len();
            let is_first =
                |best: Option<&Best>, at| best.is_some_and(|best| best.at == at && best.points - best.next >= ahead);
            for near in &self.near {
                if is_first(of_row.get(&near.row), near.known)
                    && is_first(of_known.get(&near.known), near.row)
                    && let Some(row) = self.rows.get_mut(near.row as usize)
                    && let Some(known) = self.known.get_mut(near.known as usize)
                {
                    pair(row, known, &mut self.bound);
                }
            }
            if self.bound.len() == before {
                return;
            }
            let (rows, known) = (&self.rows, &self.known);
            self.near.retain(|near| count(rows, near.row) > 0 && count(known, near.known) > 0);
        }
    }

    /// Keeps those where as many rows stand against as many households, each nearer the more is said of both alike; and
    /// binds them where all the rows say the same, or of all the households the same is said.
    fn keep_even(&mut self) {
        let mut even = Vec::new();
        for cluster in clusters(std::mem::take(&mut self.near)) {
            let side = |of: fn(&Near) -> u32| {
                let mut all: Vec<u32> = cluster.iter().map(of).collect();
                all.sort_unstable();
                all.dedup();
                all
            };
            let (rows, known) = (side(|near| near.row), side(|near| near.known));
            let sum = |groups: &[Group<'_>], all: &[u32]| all.iter().map(|at| count(groups, *at)).sum::<usize>();
            if sum(&self.rows, &rows) != sum(&self.known, &known) {
                continue;
            }
            if rows.len() == 1 || known.len() == 1 {
                let (rows, known) = (take(&mut self.rows, &rows), take(&mut self.known, &known));
                self.bound.extend(rows.into_iter().zip(known));
                continue;
            }
            even.extend(cluster.into_iter().filter_map(|near| {
                let (row, known) = (self.rows.get(near.row as usize)?, self.known.get(near.known as usize)?);
                Some(Near { points: near.points * FACTS + alike(row.household, known.household), ..near })
            }));
        }
        self.near = even;
    }
}

fn count(groups: &[Group<'_>], at: u32) -> usize {
    groups.get(at as usize).map_or(0, |group| group.names.len())
}

/// Takes the names out of groups, in order.
fn take(groups: &mut [Group<'_>], which: &[u32]) -> Vec<Name> {
    let mut all = Vec::new();
    for at in which {
        all.extend(groups.get_mut(*at as usize).map(|group| std::mem::take(&mut group.names)).into_iter().flatten());
    }
    all.sort_unstable();
    all
}

/// Puts together what hangs together: rows with all that they may mean, and all rows that may mean the same.
fn clusters(near: Vec<Near>) -> Vec<Vec<Near>> {
    let (mut of_row, mut of_known): (HashMap<u32, Vec<usize>>, HashMap<u32, Vec<usize>>) = Default::default();
    for (at, near) in near.iter().enumerate() {
        of_row.entry(near.row).or_default().push(at);
        of_known.entry(near.known).or_default().push(at);
    }
    let mut clusters = Vec::new();
    for first in 0..near.len() {
        let (mut cluster, mut next) = (Vec::new(), vec![first]);
        while let Some(one) = next.pop().and_then(|at| near.get(at)) {
            let row = of_row.remove(&one.row).unwrap_or_default();
            next.extend(&row);
            cluster.extend(row.iter().filter_map(|at| near.get(*at)));
            next.extend(of_known.remove(&one.known).unwrap_or_default());
        }
        if !cluster.is_empty() {
            clusters.push(cluster);
        }
    }
    clusters
}
