//! The fewest keys by which a household is found and its visit begun, counted for every other household of a county of 5,000: all
//! of them take too long without optimization (`docs/measured.md` has those).
//!
//! Counted are the characters typed, a Down for each line above its own, Enter on the line and one key that begins. What is typed
//! is what a visitor knows: initials of the head or the beginning of them, alone or with the door, the group, or the village.

#[path = "../bench/people.rs"]
mod people;

use std::collections::HashMap;

use people::{Dice, given};
use zoufang::hanzi::pinyin;
use zoufang::lookup::{Index, Row};

use super::row;
use crate::county::VILLAGES;

const HOUSEHOLDS: u32 = 5_000;
/// Of so many households one is counted.
const STEP: usize = 2;
/// Lines of an answer that are looked through.
const LINES: usize = 40;
/// Enter on the line, and what begins the visit on the card.
const ENTER: usize = 2;

/// Ten villages of five groups of a hundred doors; that of a household is drawn, so that several may have the same.
fn county() -> Vec<Row> {
    let (mut dice, given) = (Dice::new(2021), given());
    let household = |at: u32| {
        let village = VILLAGES[at as usize / 500];
        let group = u16::try_from(at / 100 % 5 + 1).unwrap();
        row(&dice.name(&given), "东里镇", village, group, &format!("{}号", dice.below(100) + 1))
    };
    (0..HOUSEHOLDS).map(household).collect()
}

/// Gives what may be typed for a household, the shortest first.
fn lines(row: &Row) -> Vec<String> {
    let initials = pinyin::initials(&row.head).remove(0);
    let (door, group) = (row.door.trim_end_matches('号'), row.group.unwrap().to_string());
    let village = &pinyin::place_initials(&row.village)[0][..2];
    let beginnings = (1..=initials.len()).map(|end| &initials[..end]);
    let all = beginnings.flat_map(|name| {
        [name.to_owned(), format!("{name}{door}"), format!("{name}{group}"), format!("{name} {village}")]
    });
    let mut all: Vec<String> = all.collect();
    all.sort_by_key(String::len);
    all
}

/// Gives the fewest keys for each household; more than all its lines give where none lists it.
fn fewest() -> Vec<usize> {
    let county = county();
    let index = Index::build((0..).zip(&county));
    let mut answers: HashMap<String, Vec<u32>> = HashMap::new();
    let mut of = |slot: u32, row: &Row| {
        let mut best = usize::MAX;
        for line in lines(row) {
            // A longer line cannot be quicker.
            if line.len() + ENTER >= best {
                break;
            }
            let typed = line.len();
            let answer =
                answers.entry(line).or_insert_with_key(|line| index.find(line, LINES, &|| true).unwrap().slots);
            let above = answer.iter().position(|found| *found == slot);
            best = above.map_or(best, |above| best.min(typed + above + ENTER));
        }
        best
    };
    (0..).zip(&county).step_by(STEP).map(|(slot, row)| of(slot, row)).collect()
}

#[test]
fn nearly_every_household_is_found_and_begun_in_eight_keys() {
    let fewest = fewest();
    let within = |keys: usize| fewest.iter().filter(|fewest| **fewest <= keys).count();
    assert_eq!(fewest.len(), 2_500);
    // Of all 5,000 it is 991 in a thousand, and 999 within thirteen keys.
    assert!(within(8) * 1_000 >= fewest.len() * 985, "{} of {} within 8", within(8), fewest.len());
    assert!(within(13) * 1_000 >= fewest.len() * 995, "{} of {} within 13", within(13), fewest.len());
}
