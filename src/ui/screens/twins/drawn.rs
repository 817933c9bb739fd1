//! How families entered twice are shown: the pairs, and the selected one side by side.

use super::{Line, Twins};
use crate::app::{Twin, Unlike, face, lists};
use crate::domain::{Likeness, Phone, local};
use crate::hanzi::clean;
use crate::text::{Said, Text, t};
use crate::ui::canvas::Canvas;
use crate::ui::list::{self, Cell, Column, draw_line, fit_for};
use crate::ui::screens::reading;
use crate::ui::theme::Look;

const COLUMNS: [Column; 6] = [
    Column::new(t("户主", "Head"), 8),
    Column::new(t("住在", "Place"), 18).place().drops(2).grows(1),
    Column::new(t("另一户", "Other"), 8),
    Column::new(t("住在", "Place"), 18).place().drops(3).grows(1),
    Column::new(t("像不像", "Likeness"), 10).grows(1).worded(),
    Column::new(t("因为", "Because"), 20).drops(1).grows(2).worded(),
];

/// Columns before what the first of the two says.
const LABEL: u16 = 10;
/// Rows above the list.
const ABOVE: u16 = 2;
/// Rows below the list: a blank, two heads side by side with what is known, a blank, the reasons.
const BELOW: u16 = 9;
/// Rows that the list keeps on a low terminal; what is said of the two gives way.
const LEAST: u16 = 3;

/// Facts with a row of their own in any case.
const ALWAYS: [&str; 5] = ["head", "town", "village", "group", "door"];

/// Gives the rows below the list on a page of a height, with so many facts more that differ.
fn rest(height: u16, more: usize) -> u16 {
    let more = u16::try_from(more).unwrap_or(u16::MAX);
    BELOW.saturating_add(more).min(height.saturating_sub(ABOVE + LEAST))
}

/// Gives the facts that differ and have no row of their own.
fn more<'a>(line: &'a Line<'_>) -> impl Iterator<Item = &'a Unlike> {
    line.unlike().iter().filter(|unlike| !ALWAYS.contains(&unlike.key))
}

impl Twins {
    /// Gives the rows that the list has on a page of a height.
    pub(super) fn window(&self, height: u16) -> u16 {
        let lines = self.lines();
        let selected = lines.get(self.list.selected().min(lines.len().saturating_sub(1)));
        let more = selected.map_or(0, |line| more(line).count());
        height.saturating_sub(ABOVE + rest(height, more)).max(1)
    }

    pub(super) fn drawn(&self, canvas: &mut Canvas<'_>) {
        let lines = self.lines();
        let title = match (&self.found, self.parting) {
            (None, _) => self.looking.say(t("疑似重复户   正在比对 {far}…", "Entered twice   comparing {far}…")),
            (Some(_), false) => t(
                "疑似重复户   {n} 处. 合了随时可以再分开, 记的都在; (用) 的是合后显示的.",
                "Entered twice   {n}. Joined ones can be parted any time; (used) shows then.",
            )
            .with("n", lines.len()),
            (Some(_), true) => t("合过的户   {n} 对.", "Joined households   {n}.").with("n", lines.len()),
        };
        let name =
            if self.parting { t("合过的户", "Joined households") } else { t("疑似重复户", "Entered twice") };
        reading::title(canvas, name, t("{n} 处", "{n}").with("n", lines.len()), &title);
        if lines.is_empty() {
            if self.found.is_some() {
                let nothing = if self.parting {
                    t("还没有合过.", "Nothing was joined yet.")
                } else {
                    t("没有疑似重复的户.", "No household seems to be entered twice.")
                };
                let nothing = reading::nothing(canvas.desk, nothing);
                canvas.write(2, 2, canvas.words(nothing), Look::Dim);
            }
            return;
        }
        let rows = self.window(canvas.height());
        let shown = self.list.shown(canvas, lines.len(), rows);
        // The row above the list and the blank below it say what stands outside the window.
        let outside =
            [(ABOVE.saturating_sub(1), list::above(&shown)), (ABOVE + rows, list::below(&shown, lines.len()))];
        for (y, said) in outside.into_iter().filter_map(|(y, said)| Some((y, said?))) {
            canvas.write(2, y, canvas.say(&said), Look::Dim);
        }
        let cells: Vec<Vec<Cell>> =
            lines.get(shown.clone()).unwrap_or_default().iter().map(|line| cells(canvas, line)).collect();
        let widths = fit_for(&COLUMNS, canvas.width(), cells.iter().map(Vec::as_slice));
        for ((y, index), cells) in (ABOVE..).zip(shown).zip(&cells) {
            let Some(line) = lines.get(index) else { continue };
            let selected = self.list.is_selected(index, lines.len());
            if let Line::Version(version) = line {
                let said = t(
                    "名册 {file}: {n} 户和原有的户对得上, 另有 {rest} 户对不上",
                    "list {file}: {n} {n:household|households} {n:is|are} known already, {rest} {rest:is|are} not",
                )
                .with("file", clean::line(&version.file))
                .with("n", version.bound.len())
                .with("rest", version.alone.saturating_sub(version.bound.len()));
                canvas.write(0, y, if selected { ">" } else { " " }, Look::Accent);
                canvas.write(2, y, canvas.say(&said), if selected { Look::Strong } else { Look::Plain });
            } else {
                draw_line(canvas, y, &COLUMNS, &widths, cells, selected);
            }
        }
        if let Some(line) = lines.get(self.list.selected().min(lines.len().saturating_sub(1))) {
            below(canvas, line);
        }
    }
}

/// Gives the cells of a pair, proposed or joined; a version of a list has none.
fn cells(canvas: &Canvas<'_>, line: &Line<'_>) -> Vec<Cell> {
    let Some([one, other]) = line.sides() else { return Vec::new() };
    let (score, why) = match line {
        Line::Pair(pair) => (canvas.say(&score(&pair.likeness)), lists::reasons(&pair.likeness.signs)),
        Line::Joined(joined) => {
            let said = t("{by} {day}", "{by} {day}").with("by", &joined.by);
            (String::new(), said.with("day", local::short_day(joined.at)))
        }
        Line::Version(_) => (String::new(), t("", "").into()),
    };
    vec![
        (clean::line(&one.face.head), Look::Strong),
        (whereabouts(one), Look::Plain),
        (clean::line(&other.face.head), Look::Strong),
        (whereabouts(other), Look::Plain),
        (score, Look::Plain),
        (canvas.say(&why), Look::Plain),
    ]
}

/// Says how much alike two households are: 很像 105.
fn score(likeness: &Likeness) -> Said {
    let (_, grade) = likeness.grade();
    Said::from(t("{grade} {points}", "{grade} {points}")).with_words("grade", grade).with("points", likeness.points())
}

/// Says one thing about one of the two.
type Says = fn(&Canvas<'_>, &Twin) -> String;

/// Shows the selected pair side by side.
fn below(canvas: &mut Canvas<'_>, line: &Line<'_>) {
    let more: Vec<&Unlike> = more(line).collect();
    let room_below = rest(canvas.height(), more.len()).saturating_sub(1);
    let top = canvas.height().saturating_sub(room_below);
    let Some([one, other]) = line.sides() else {
        let said = t(
            "两台电脑各导入了一版. 1 把对得上的并成同一户 (一步, Ctrl-Z 可撤); 对不上的照旧各是一户.",
            "Two laptops imported a version each. 1 joins what is found again (one step, Ctrl-Z takes it back); the rest stay as they are.",
        );
        canvas.write_told(2, top, room_below.min(3), canvas.words(said), Look::Plain);
        return;
    };
    // On a low terminal those with the highest numbers are dropped; the reasons never are.
    let rows: [(u16, &str, Text, Says); 6] = [
        (4, "head", t("户主", "head"), who),
        (1, "", t("住在", "place"), |canvas, twin| {
            let lives = Column::new(t("", ""), 0).place();
            lives.fitted(&whereabouts(twin), side_room(canvas).saturating_sub(1), canvas.desk.lang).into_owned()
        }),
        (2, "", t("电话", "phone"), |_, twin| phones(twin)),
        (5, "kind", t("类别", "kind"), |canvas, twin| canvas.say(&twin.face.kind)),
        (6, "size", t("人口", "people"), |_, twin| {
            twin.household.size.map_or_else(String::new, |size| size.to_string())
        }),
        (3, "", t("走访", "visits"), |canvas, twin| canvas.say(&twin.face.standing)),
    ];
    // What they say differently stands below, with whose word is shown once they are one.
    let stands_below = |key: &str| more.iter().any(|unlike| unlike.key == key);
    let kept = rows.into_iter().filter(|(drops, key, ..)| *drops < room_below && !stands_below(key));
    let mut y = top;
    for (.., name, said) in kept {
        let sides = [said(canvas, one), said(canvas, other)];
        let look = if sides[0] == sides[1] { Look::Plain } else { Look::Strong };
        beside(canvas, y, name, &sides, look);
        y += 1;
    }
    let last = canvas.height().saturating_sub(1);
    let fits = usize::from(last.saturating_sub(y));
    for unlike in more.iter().take(fits) {
        let sides = [0, 1].map(|side| differs(canvas, unlike, side));
        beside(canvas, y, unlike.name, &sides, Look::Strong);
        y += 1;
    }
    let mut words = match line {
        Line::Pair(pair) => {
            let said = Said::from(t("{score} 分, 因为 {why}", "{score} points: {why}"));
            let said = said.with_words("score", score(&pair.likeness));
            canvas.say(&said.with_words("why", lists::reasons(&pair.likeness.signs)))
        }
        _ => String::new(),
    };
    if more.len() > fits {
        let rest = t("另有 {n} 项不同; ", "{n} more differ; ").with("n", more.len() - fits);
        words.insert_str(0, &canvas.say(&rest));
    }
    if matches!(line, Line::Pair(_)) {
        canvas.write(2, last, canvas.words(t("像不像", "alike")), Look::Dim);
    }
    canvas.write_clauses(LABEL, last, canvas.width().saturating_sub(LABEL), &words, Look::Plain);
}

/// Gives the columns of each side.
fn side_room(canvas: &Canvas<'_>) -> u16 {
    canvas.width().saturating_sub(LABEL + 2) / 2
}

/// Writes what each of the two says side by side.
fn beside(canvas: &mut Canvas<'_>, y: u16, name: Text, sides: &[String; 2], look: Look) {
    let room = side_room(canvas);
    canvas.write(2, y, canvas.words(name), Look::Dim);
    canvas.write_cut(LABEL, y, room.saturating_sub(1), &sides[0], look);
    canvas.write_cut(LABEL + room, y, room, &sides[1], look);
}

/// Says what one of the two says of a fact, and whether it is shown once they are one.
fn differs(canvas: &Canvas<'_>, unlike: &Unlike, side: usize) -> String {
    let said = unlike.says.get(side).map(|said| canvas.say(said)).unwrap_or_default();
    if canvas.desk.covered {
        return canvas.words(t("(遮挡)", "(covered)")).to_owned();
    }
    if unlike.shown == Some(side) { format!("{} {said}", canvas.words(t("(用)", "(used)"))) } else { said }
}

fn whereabouts(twin: &Twin) -> String {
    face::whereabouts(&twin.household)
}

fn who(canvas: &Canvas<'_>, twin: &Twin) -> String {
    format!("{} {}", clean::line(&twin.face.head), canvas.say(&twin.face.who))
}

fn phones(twin: &Twin) -> String {
    twin.household.phones.iter().map(|phone| Phone::masked(phone)).collect::<Vec<_>>().join(" ")
}
