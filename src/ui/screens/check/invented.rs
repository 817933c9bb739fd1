//! Invented: the household of the trial, as the lookup, a visit and the list of issues show one. Nothing of it is recorded.

use crate::domain::timer::minutes_seconds;
use crate::text::{Text, t};
use crate::ui::called;
use crate::ui::canvas::Canvas;
use crate::ui::field::Field;
use crate::ui::screens::visit::picture::minimum_ms;
use crate::ui::theme::Look;

/// Its head, in either language: it is what an input method is tried with.
pub(super) const HEAD: Text = t("张三", "张三");
const FACTS: Text = t(
    "男67  假想村 3组 12号  假想户, 什么都不记下",
    "m67  Invented village 3-12  an invented household, nothing is recorded",
);
const SAID: Text = t("备注  校车只到村口", "note  no bus comes by");

/// What was said with marks that some terminals make wider, and what ends in the same column where they do not.
pub(super) const MARKED: &str = "“路灯”‘不亮’…—|";
pub(super) const UNMARKED: &str = "机井又坏了----|";

/// Words in colours, each behind what it is said of: two in a row.
const COLOURED: [[(Text, Text, Look); 2]; 2] = [
    [
        (t("路灯不亮", "lamp is out"), t("超期", "late"), Look::Late),
        (t("机井坏了", "well is broken"), t("快到期", "soon"), Look::Soon),
    ],
    [(t("走访", "visit"), t("现在", "now"), Look::Accent), (t("以前的事", "what was"), t("次要", "minor"), Look::Dim)],
];
/// Where the second of two stands.
const SECOND: u16 = 20;

/// Draws its line of the lookup.
fn line(canvas: &mut Canvas<'_>, y: u16) {
    let x = canvas.write(3, y, canvas.words(HEAD), Look::Strong) + 3;
    let room = canvas.width().saturating_sub(x);
    canvas.write_clauses(x, y, room, canvas.words(FACTS), Look::Plain);
}

/// Draws the time of its visit, a full bar and the word beside it.
fn dial(canvas: &mut Canvas<'_>, y: u16, counted: u64) {
    let first = if canvas.width() < 60 { 1 } else { 6 };
    let x = canvas.write(first, y, minutes_seconds(counted), Look::Strong) + first;
    let x = canvas.bar(x, y, canvas.width().saturating_sub(x + 8).min(30), 1, 1) + 1;
    canvas.write(x, y, canvas.words(t("已满", "full")), Look::Accent);
}

/// Draws its visit, some time behind the minimum.
pub(super) fn visit(canvas: &mut Canvas<'_>, y: u16) {
    line(canvas, y);
    dial(canvas, y + 1, minimum_ms(canvas.desk) + 80_000);
    let x = canvas.write(3, y + 2, "19:44", Look::Plain) + 2;
    canvas.write(x, y + 2, canvas.words(SAID), Look::Plain);
}

/// Draws its visit as the minimum is full.
pub(super) fn full(canvas: &mut Canvas<'_>, y: u16) {
    line(canvas, y);
    dial(canvas, y + 1, minimum_ms(canvas.desk));
}

/// Draws the box of the lookup, and below it the household where what is typed finds it.
pub(super) fn lookup(canvas: &mut Canvas<'_>, y: u16, typed: &Field) {
    let x = canvas.write(1, y, canvas.words(t("查找: ", "Find: ")), Look::Strong);
    let rows = canvas.field(x, y, typed, true);
    if called::by(HEAD, &typed.text().trim().to_lowercase()) {
        canvas.write(1, y + rows, ">", Look::Plain);
        line(canvas, y + rows);
    }
}

/// Draws what it said, with the marks and without.
pub(super) fn marks(canvas: &mut Canvas<'_>, y: u16) {
    line(canvas, y);
    for (y, time, words) in [(y + 1, "19:44", MARKED), (y + 2, "19:47", UNMARKED)] {
        let x = canvas.write(3, y, time, Look::Plain) + 2;
        canvas.write_as_is(x, y, words, Look::Plain);
    }
}

/// Draws words in every colour that lists have.
pub(super) fn colours(canvas: &mut Canvas<'_>, y: u16) {
    line(canvas, y);
    for (y, row) in (y + 1..).zip(COLOURED) {
        for (x, (about, word, look)) in [3, SECOND].into_iter().zip(row) {
            let x = canvas.write(x, y, canvas.words(about), Look::Plain) + 1;
            canvas.write(x, y, canvas.words(word), look);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MARKED, UNMARKED};
    use crate::hanzi::width::columns;

    #[test]
    fn both_lines_of_marks_end_in_the_same_column_where_marks_are_narrow() {
        assert_eq!(columns(MARKED), columns(UNMARKED));
        assert!(UNMARKED.ends_with("-|") && !UNMARKED.contains(['“', '‘', '…', '—']));
    }
}
