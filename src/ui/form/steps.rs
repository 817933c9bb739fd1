//! Steps: the keys of a form, the same in every one; what F8 comes to has its own words where it is more than recording.

use crate::text::{Text, t};
use crate::ui::keys::{Key, Row, Table, row, table};

/// What the keys of a form do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Goes to the next line; on the last one records.
    Enter,
    /// Goes to the next line.
    Down,
    /// Goes to the line before.
    Up,
    /// Picks the choice before.
    Left,
    /// Picks the choice after.
    Right,
    /// Picks a choice by its number.
    Pick(u8),
    /// Records.
    Record,
    /// Empties all lines.
    Afresh,
    /// Shows who wrote the line before; for forms of what is recorded already.
    Past,
}

const ENTER: Row<Step> = row(&[Key::Enter], t("下一行", "Next line"), Step::Enter);
const RECORD: Text = t("记下", "Record");
const DOWN: Row<Step> = row(&[Key::Tab, Key::Down], t("下移", "Down"), Step::Down).quiet();
const UP: Row<Step> = row(&[Key::BackTab, Key::Up], t("上移", "Up"), Step::Up).quiet();

const AFRESH: Row<Step> = row(&[Key::Ctrl('n')], t("清空重写", "Start afresh"), Step::Afresh).quiet();

/// How many choices the longest list has: the rows at the end of what [`picked`] gives.
pub(super) const CHOICES: usize = 7;

const fn nth(keys: &'static [Key], words: Text, number: u8) -> Row<Step> {
    row(keys, words, Step::Pick(number)).quiet().picks()
}

/// Gives the rows of the lines that take text; F8 says what it does here.
pub const fn typed(record: Text) -> [Row<Step>; 5] {
    [ENTER, row(&[Key::F(8)], record, Step::Record), DOWN, UP, AFRESH]
}

/// Gives the rows of the lines that are picked.
pub const fn picked(record: Text) -> [Row<Step>; 14] {
    let [enter, record, down, up, afresh] = typed(record);
    [
        enter,
        record,
        down,
        up,
        afresh,
        row(&[Key::Left], t("选前一项", "Choice before"), Step::Left).quiet(),
        row(&[Key::Right, Key::Blank], t("选后一项", "Choice after"), Step::Right).quiet(),
        nth(&[Key::Digit(1)], t("选第 1 项", "Choice 1"), 1),
        nth(&[Key::Digit(2)], t("选第 2 项", "Choice 2"), 2),
        nth(&[Key::Digit(3)], t("选第 3 项", "Choice 3"), 3),
        nth(&[Key::Digit(4)], t("选第 4 项", "Choice 4"), 4),
        nth(&[Key::Digit(5)], t("选第 5 项", "Choice 5"), 5),
        nth(&[Key::Digit(6)], t("选第 6 项", "Choice 6"), 6),
        nth(&[Key::Digit(7)], t("选第 7 项", "Choice 7"), 7),
    ]
}

static TYPED: [Row<Step>; 5] = typed(RECORD);
static PICKED: [Row<Step>; 14] = picked(RECORD);

/// Writes the table of a form's lines that take text.
pub const fn writing(place: Text) -> Table<Step> {
    table(place, &TYPED).advice(FILL_IN)
}

const PAST: Row<Step> = row(&[Key::Ctrl('f')], t("谁改过", "Who wrote it"), Step::Past);

static TYPED_ANEW: [Row<Step>; 6] = {
    let [enter, record, down, up, afresh] = typed(RECORD);
    [enter, record, PAST, down, up, afresh]
};
static PICKED_ANEW: [Row<Step>; 15] = {
    let [enter, record, down, up, afresh, left, right, a, b, c, d, e, f, g] = picked(RECORD);
    [enter, record, PAST.quiet(), down, up, afresh, left, right, a, b, c, d, e, f, g]
};

/// Writes the table of the lines that take text, in a form of what may be recorded already: who wrote a line is asked with a key.
pub const fn writing_anew(place: Text) -> Table<Step> {
    table(place, &TYPED_ANEW).advice(FILL_IN)
}

/// Writes the table of the lines that are picked, in a form of what may be recorded already.
pub const fn picking_anew(place: Text) -> Table<Step> {
    table(place, &PICKED_ANEW).hint(t("数字 选了就到下一行", "Digits pick and go on")).advice(FILL_IN)
}

const FILL_IN: Text = t(
    "一行一行填, 不知道的空着, Enter 到下一行; 填好按 F8 记下.",
    "Fill in line by line, leave empty what is not known; F8 records it.",
);

/// Writes the table of a form's lines that are picked.
pub const fn picking(place: Text) -> Table<Step> {
    table(place, &PICKED).hint(t("数字 选了就到下一行", "Digits pick and go on")).advice(FILL_IN)
}
