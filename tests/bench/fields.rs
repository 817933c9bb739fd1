//! How often the proposed field is the one a person chose, on sentences that the list of words was not made from.
//!
//! `cargo bench --bench fields`. The sentences are invented: `tests/data/field_sentences.csv`.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a bench measures and prints")]

use zoufang::domain::Field;
use zoufang::domain::entry::suggest;

const SENTENCES: &str = include_str!("../data/field_sentences.csv");

fn main() {
    let all = SENTENCES.lines().filter(|line| !line.starts_with('#'));
    let (notes, all): (Vec<_>, Vec<_>) =
        all.map(|line| line.split_once(',').unwrap()).partition(|(field, _)| *field == "note");
    let all: Vec<(Field, &str)> =
        all.into_iter().map(|(field, text)| (Field::from_word(field).unwrap(), text)).collect();
    println!("{:<14}{:>6}{:>8}{:>8}{:>8}", "field", "all", "right", "other", "none");
    let show = |name: &str, wanted: Option<Field>| {
        let (mut right, mut other, mut none) = (0, 0, 0);
        let of = all.iter().filter(|(field, _)| wanted.is_none_or(|wanted| wanted == *field));
        for (field, text) in of.clone() {
            match suggest(text) {
                Some((found, _)) if found == *field => right += 1,
                Some((found, words)) => {
                    other += 1;
                    if wanted.is_some() {
                        println!("  {text}: {} {words:?}", found.word());
                    }
                }
                None => none += 1,
            }
        }
        println!("{name:<14}{:>6}{right:>8}{other:>8}{none:>8}", of.count());
    };
    for field in Field::ALL.iter().filter(|field| **field != Field::Other) {
        show(field.word(), Some(*field));
    }
    show("all", None);
    let proposed = notes.iter().filter(|(_, note)| suggest(note).is_some()).count();
    println!("plain notes {}, a field proposed for {proposed}", notes.len());
}
