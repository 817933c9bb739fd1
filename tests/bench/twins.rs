//! How many families that stand twice in made rosters are proposed, and how many that do not: precision and recall, by size.
//!
//! `cargo bench --bench twins [-- SEED]`: five seeds of each size, from the given one on. Those reported are none that the rule
//! was looked at with, which are those from 1 on.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "a bench measures and prints")]

mod planted;

use planted::{Score, planted};

/// The first seed that is reported.
const REPORTED: u64 = 9_001;
const SEEDS: u64 = 5;

fn main() {
    let first = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(REPORTED);
    let mut largest = Score::default();
    for families in [500, 5_000, 50_000] {
        let scores: Vec<Score> = (first..first + SEEDS).map(|seed| planted(families, seed).score()).collect();
        let least = |of: fn(&Score) -> f64| scores.iter().map(of).fold(1.0, f64::min);
        let mut all = Score::default();
        for score in &scores {
            all.add(score);
        }
        println!(
            "{families} families, {} pairs: precision {:.3} (least {:.3}), recall {:.3} (least {:.3}), {} wrong",
            all.planted,
            all.precision(),
            least(Score::precision),
            all.recall(),
            least(Score::recall),
            all.wrong,
        );
        largest = all;
    }
    for (kind, (planted, found)) in &largest.by_kind {
        println!("  {found:>5} of {planted:>5}  {kind}");
    }
    for (kind, wrong) in &largest.wrong_by_kind {
        println!("  {wrong:>5} wrong     {kind}");
    }
}
