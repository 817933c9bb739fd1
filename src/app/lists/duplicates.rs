//! 疑似重复户: pairs of households that may be one family, the likeliest first.

use super::{Cell, Column, List, Query, kept, shown};
use crate::app::Progress;
use crate::domain::{Sign, Sort};
use crate::text::{Said, Trouble, t};

pub const LIST: List = List {
    word: "duplicates",
    about: t("疑似重复户: 每对一行, 最像的在前", "households that may be one family, one row for each pair"),
    columns: COLUMNS,
    by_household: true,
    rows,
};

const COLUMNS: &[Column] = &[
    shown("head", t("户主", "head")),
    shown("village", t("村(居)", "village")),
    shown("other_head", t("另一户", "other head")),
    shown("other_village", t("另一户村(居)", "other village")),
    shown("grade", t("像不像", "likeness")),
    shown("points", t("分", "points")),
    shown("why", t("因为", "because")),
    kept("household", t("户编号", "household")),
    kept("other", t("另一户编号", "other")),
];

fn rows(query: &Query<'_>) -> Result<Vec<Vec<Cell>>, Trouble> {
    let pairs = query.house.doubled(query.now_ms, &Progress::default())?.pairs;
    let wanted = pairs.into_iter().filter(|pair| pair.sides.iter().any(|side| query.asks_about(side.face.name)));
    Ok(wanted
        .map(|pair| {
            let [one, other] = pair.sides;
            let (grade, words) = pair.likeness.grade();
            vec![
                Cell::name(one.household.head),
                Cell::place(one.household.village),
                Cell::name(other.household.head),
                Cell::place(other.household.village),
                Cell::Word(grade.to_owned(), words.into()),
                Cell::Number(pair.likeness.points().into()),
                reasons(&pair.likeness.signs),
                Cell::Id(Sort::Household, one.face.name),
                Cell::Id(Sort::Household, other.face.name),
            ]
        })
        .collect())
}

/// Gives the signs, as words for people and as words for scripts.
fn reasons(signs: &[Sign]) -> Cell {
    let codes: Vec<&str> = signs.iter().map(|sign| sign.code()).collect();
    Cell::Word(codes.join(" "), said(signs))
}

/// Says the signs one after another.
pub fn said(signs: &[Sign]) -> Said {
    let mut words = signs.iter().map(|sign| Said::from(sign.words()));
    let first = words.next().unwrap_or_else(|| t("", "").into());
    words.fold(first, |all, word| {
        Said::from(t("{all}, {word}", "{all}, {word}")).with_words("all", all).with_words("word", word)
    })
}
