//! Narrow: the lines of a talk's end where there are few columns. A column is as wide as what it says, and the name has what is
//! left. Where that is too little whole words go, in a fixed order: what was declared, who left early, how much is noted. The minutes,
//! 不足 and how satisfied a household is stay, and stand below one another.

use super::super::picture::minutes;
use super::drawn::{LEFT_EARLY, Minded, Row};
use crate::domain::choice;
use crate::text::{Text, t};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::list::{Cell, Column, draw_line};
use crate::ui::theme::Look;

/// Up to so many columns below which the footer has no room for 7, 8 and 9 in English.
const NARROW: u16 = 78;

/// What a name has before others give way to it, as far as it needs that: with what tells namesakes apart.
const NAME: u16 = 11;

/// The column of the names.
const HEAD: usize = 1;

/// Blank columns between two columns, and the sign of the selected line with the blank behind it.
const GAP: u16 = 2;
const SIGN: u16 = 2;

/// What still stands in a line, the most first.
const LEVELS: [Level; 4] = [
    Level { declared: true, left: true, noted: true },
    Level { declared: false, left: true, noted: true },
    Level { declared: false, left: false, noted: true },
    Level { declared: false, left: false, noted: false },
];

#[derive(Debug, Clone, Copy)]
struct Level {
    declared: bool,
    left: bool,
    noted: bool,
}

/// Says that nothing is noted of a household.
const NOTHING: Text = t("没记", "none");

/// Tells whether a page of so many columns is drawn so.
pub(super) const fn is_narrow(width: u16) -> bool {
    width < NARROW
}

/// The keys of how satisfied a household is, which the footer has no room for.
pub(super) const CHOICES: Text = t("满意度  7满意  8基本满意  9不满意", "Satisfied?  7yes  8mostly  9not");

/// Names how satisfied a household is.
fn satisfied(word: &str) -> Text {
    match word {
        "satisfied" => t("满意", "yes"),
        "mostly" => t("基本", "mostly"),
        "dissatisfied" => t("不满", "not"),
        _ => choice::name_of(choice::SATISFACTION, word).unwrap_or(t("", "")),
    }
}

fn cells(row: &Row, level: Level, canvas: &Canvas<'_>) -> Vec<Cell> {
    let remarks = [
        (row.is_short, t("不足", "short")),
        (row.lines == 0 && !level.noted, NOTHING),
        (row.has_left && level.left, LEFT_EARLY.1),
        (row.is_declared && level.declared, t("自述", "declared")),
    ];
    let remarks: Vec<&str> = remarks.iter().filter(|(is, _)| *is).map(|(_, words)| canvas.words(*words)).collect();
    let noted = match row.lines {
        _ if !level.noted => String::new(),
        0 => canvas.words(NOTHING).to_owned(),
        count => canvas.say(&t("{n}条", "{n}").with("n", count)),
    };
    vec![
        (row.number.to_string(), Look::Dim),
        (row.name.clone(), Look::Strong),
        (minutes(row.ms), Look::Plain),
        (noted, row.minded.look(Minded::Silent)),
        (canvas.words(satisfied(&row.satisfaction)).to_owned(), Look::Plain),
        (remarks.join(" "), row.minded.look(Minded::Short)),
    ]
}

/// Gives each column its width: what its longest cell needs, none where that is nothing; the name what is left.
fn fitted(lines: &[Vec<Cell>], room: u16) -> Vec<Option<u16>> {
    let count = lines.first().map_or(0, Vec::len);
    let need = |at: usize| lines.iter().filter_map(|line| line.get(at)).map(|(text, _)| columns(text)).max();
    let needs: Vec<u16> = (0..count).map(|at| need(at).unwrap_or(0)).collect();
    let others = needs.iter().enumerate().filter(|(at, need)| *at != HEAD && **need > 0);
    let name = room.saturating_sub(SIGN + others.map(|(_, need)| need + GAP).sum::<u16>());
    let width = |(at, need): (usize, u16)| if at == HEAD { Some(name.min(need)) } else { (need > 0).then_some(need) };
    needs.into_iter().enumerate().map(width).collect()
}

/// Draws those of the lines that a window shows, the first in row `y`; the line `selected` has the bar.
pub(super) fn draw(canvas: &mut Canvas<'_>, y: u16, rows: &[Row], shown: std::ops::Range<usize>, selected: usize) {
    let need = rows.iter().map(|row| columns(&row.name)).max().unwrap_or(0).min(NAME);
    let lines = |level: Level| rows.iter().map(|row| cells(row, level, canvas)).collect::<Vec<_>>();
    let all = LEVELS.into_iter().map(|level| {
        let lines = lines(level);
        let widths = fitted(&lines, canvas.width());
        (lines, widths)
    });
    let fits = |(_, widths): &(_, Vec<Option<u16>>)| widths.get(HEAD).copied().flatten() >= Some(need);
    let mut last = None;
    for one in all {
        let is_enough = fits(&one);
        last = Some(one);
        if is_enough {
            break;
        }
    }
    let Some((lines, widths)) = last else { return };
    let shape = [Column::new(t("", ""), 0).right(), PLAIN, PLAIN.right(), PLAIN.right(), PLAIN, PLAIN];
    for ((y, line), at) in (y..).zip(lines.get(shown.clone()).unwrap_or_default()).zip(shown) {
        draw_line(canvas, y, &shape, &widths, line, at == selected);
    }
}

const PLAIN: Column = Column::new(t("", ""), 0);
