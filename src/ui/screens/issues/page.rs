//! How one issue looks: its face stays, the steps taken scroll, the steps that may be taken stand below them.

use super::case::OneIssue;
use super::drawn::{class, field, head, look, state, whose};
use ratatui::layout::Size;

use crate::app::{Dossier, TakenStep};
use crate::domain::flow::Timed;
use crate::domain::local;
use crate::text::{Said, Text, t};
use crate::ui::canvas::{Canvas, columns, whole, wrap};
use crate::ui::desk::Desk;
use crate::ui::page::Screen;
use crate::ui::screens::Beside;
use crate::ui::screens::entry_row::is_tall;
use crate::ui::theme::Look;

const COVERED: Text = t("(遮挡)", "(covered)");
/// Rows from which on there is room for blanks and for a long text.
const TALL: u16 = 16;
/// Columns before what a step says: the day.
const DAY: u16 = 8;

/// One row: what stands in it, and how it looks.
type Line = (String, Look);

impl OneIssue {
    pub(super) fn drawn(&self, canvas: &mut Canvas<'_>) {
        let Some(dossier) = &self.dossier else {
            let gone =
                t("这一件已经撤去, 或还没有读出来. Esc 返回.", "It was taken back, or is not read yet. Esc goes back.");
            canvas.write_told(1, 1, 2, canvas.words(gone), Look::Dim);
            return;
        };
        let (wide, high) = (canvas.width(), canvas.height());
        let face = face(canvas, dossier);
        for (y, (line, look)) in (0..).zip(&face) {
            canvas.write_cut(1, y, wide.saturating_sub(2), line, *look);
        }
        let moves = moves(canvas.desk, dossier, wide);
        let (top, rows) = middle(high, face.len(), moves.len());
        let told = told(canvas.desk, dossier, wide);
        let over = told.len().saturating_sub(usize::from(rows));
        let start = over.saturating_sub(usize::from(self.back));
        for (y, (line, look)) in (top..top + rows).zip(told.iter().skip(start)) {
            canvas.write_cut(1, y, wide.saturating_sub(2), line, *look);
        }
        // The last row says that there is more, where it is not at its end.
        let more = if start < over {
            Some((top + rows.saturating_sub(1), t("下面还有 {n}", "{n} more below"), over - start))
        } else {
            (start > 0).then_some((top, t("上面还有 {n}, 按 Up", "{n} more above: Up"), start))
        };
        if let Some((y, words, n)) = more.filter(|_| rows > 1) {
            let said = canvas.say(&words.with("n", n));
            canvas.write_right(y, format!("  {said} "), Look::Dim);
        }
        // What may be done follows what was done; on a low page it stays at the bottom.
        let used = if is_tall(high) { u16::try_from(told.len()).unwrap_or(rows).min(rows) } else { rows };
        for (y, line) in (top + used + gap(high)..high).zip(&moves) {
            canvas.write(1, y, line, Look::Accent);
        }
    }

    /// Gives how far the steps taken can be scrolled back.
    pub(super) fn most_back(&self, desk: &Desk) -> u16 {
        let Some(dossier) = &self.dossier else { return 0 };
        let Size { width: wide, height: high } = Beside::own(self.beside(desk), desk);
        let lines = face_lines(desk, dossier, wide, high, String::new()).len();
        let (_, rows) = middle(high, lines, moves(desk, dossier, wide).len());
        let over = told(desk, dossier, wide).len().saturating_sub(usize::from(rows));
        u16::try_from(over).unwrap_or(u16::MAX)
    }
}

fn gap(high: u16) -> u16 {
    u16::from(high >= TALL)
}

/// Gives the first row and the rows of the steps taken.
fn middle(high: u16, face: usize, moves: usize) -> (u16, u16) {
    let as_rows = |count: usize| u16::try_from(count).unwrap_or(high);
    let top = as_rows(face) + gap(high);
    (top, high.saturating_sub(top + gap(high) + as_rows(moves)))
}

fn face(canvas: &Canvas<'_>, dossier: &Dossier) -> Vec<Line> {
    let head = head(canvas.desk, &dossier.entry, canvas.covered);
    face_lines(canvas.desk, dossier, canvas.width(), canvas.height(), head)
}

/// Gives whose it is and where it stands, what was said, what is due, and who is responsible.
fn face_lines(desk: &Desk, dossier: &Dossier, wide: u16, high: u16, head: String) -> Vec<Line> {
    let entry = &dossier.entry;
    let room = usize::from(wide.saturating_sub(2));
    let lang = desk.lang;
    let hides = desk.covered && entry.case.issue.confidential;
    let confidential = if entry.case.issue.confidential { t("保密", "confidential") } else { t("", "") };
    let place = if hides { String::new() } else { entry.place.clone() };
    let what = [field(entry).get(lang), class(entry).get(lang), &state(entry).say(lang), confidential.get(lang)]
        .into_iter()
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    // On a low terminal where it stands is beside whose it is, or below where that would cut it.
    let both = format!("{head}  {what}");
    let mut lines = vec![match (high >= TALL, columns(&both) <= wide.saturating_sub(2)) {
        (true, _) => (format!("{head}  {place}"), Look::Strong),
        (false, true) => (both, Look::Strong),
        (false, false) => (head, Look::Strong),
    }];
    if high < TALL && lines.iter().all(|(line, _)| !line.ends_with(&what)) {
        lines.push((what.clone(), Look::Plain));
    }
    let text = if desk.covered { COVERED.get(lang).to_owned() } else { dossier.text.clone() };
    let mut words = wrap(&text, room);
    let most = if high >= TALL { 4 } else { 1 };
    if words.len() > most {
        let rest = words.split_off(most - 1).concat();
        words.push(rest);
    }
    lines.extend(words.into_iter().map(|line| (line, Look::Plain)));
    if high >= TALL {
        lines.push((what, Look::Plain));
        let came = entry.case.issue.came().filter(|_| !hides);
        lines.extend(came.map(|came| (source(came).say(lang), Look::Plain)));
    }
    let dues = [dossier.dues.plan, dossier.dues.answer].into_iter().flatten();
    let mut dues: Vec<Timed> = dues.collect();
    if high < TALL {
        dues = entry.timed.into_iter().collect();
    }
    lines.extend(dues.into_iter().map(|timed| due(desk, timed, wide.saturating_sub(2))));
    if high >= TALL {
        lines.push((owners(dossier).say(lang), Look::Plain));
    }
    lines
}

/// Says where an issue came from that nobody said in a visit, and when it was received there.
fn source(came: Said) -> Said {
    Said::from(t("来源: {came}", "source: {came}")).with_words("came", came)
}

/// Says one deadline, and how it stands; with the key that explains it where there is room.
fn due(desk: &Desk, timed: Timed, room: u16) -> Line {
    let today = local::day(desk.now.wall_ms);
    let calendar = crate::domain::Calendar::built_in();
    let (light, stands) = (timed.light(today, calendar), timed.stands(today, calendar));
    let said = |words: Text| {
        let said = Said::from(words).with_words("due", timed.deadline.said(today)).with_words("light", stands.clone());
        said.say(desk.lang)
    };
    let whole = said(t("{due}  {light}  (Ctrl-W 为什么)", "{due}  {light}  (Ctrl-W: why)"));
    let fits = columns(&whole) <= room;
    (if fits { whole } else { said(t("{due}  {light}", "{due}  {light}")) }, look(light))
}

/// Says who is responsible, who has to tell the household, and its number.
fn owners(dossier: &Dossier) -> Said {
    let entry = &dossier.entry;
    let whose = whose(entry);
    let parts = [
        (t("负责: {it}", "responsible: {it}"), whose.as_str()),
        (t("谁反馈: {it}", "to be told by: {it}"), entry.case.teller()),
        (t("销号编号: {it}", "number: {it}"), entry.number.as_deref().unwrap_or_default()),
    ];
    let said = parts.into_iter().filter(|(_, it)| !it.trim().is_empty()).map(|(words, it)| words.with("it", it));
    let beside = |a: Said, b: Said| Said::from(t("{a}   {b}", "{a}   {b}")).with_words("a", a).with_words("b", b);
    said.reduce(beside).unwrap_or_else(|| t("", "").into())
}

/// Gives what happened, from its recording on.
fn told(desk: &Desk, dossier: &Dossier, wide: u16) -> Vec<Line> {
    let issue = &dossier.entry.case.issue;
    let born = t("登记  {who}", "recorded  {who}").with("who", &issue.recorder).say(desk.lang);
    let mut lines = rows(desk, issue.at, &born, wide, Look::Plain);
    if !issue.done.is_empty() {
        let done = if desk.covered { COVERED.get(desk.lang) } else { issue.done.as_str() };
        lines.extend(rows(
            desk,
            issue.at,
            &t("当场: {it}", "on the spot: {it}").with("it", done).say(desk.lang),
            wide,
            Look::Plain,
        ));
    }
    for step in &dossier.steps {
        let look = if step.counts { Look::Plain } else { Look::Dim };
        lines.extend(rows(desk, step.at, &step_words(desk, step, sayings(desk, step)), wide, look));
    }
    lines
}

/// Breaks one thing that happened into rows, its day before the first.
fn rows(desk: &Desk, at: i64, words: &str, wide: u16, look: Look) -> Vec<Line> {
    let day = local::short_day_beside(at, desk.now.wall_ms);
    // Of another year it is longer.
    let place = usize::from(DAY).max(day.len() + 1);
    let lines = wrap(words, usize::from(wide).saturating_sub(place + 3));
    let row = |(nth, line): (usize, String)| {
        let before = if nth == 0 { day.as_str() } else { "" };
        (format!("{before:<place$}{line}"), look)
    };
    lines.into_iter().enumerate().map(row).collect()
}

/// Gives what a step says, as the page of its issue shows it.
fn sayings(desk: &Desk, step: &TakenStep) -> Vec<String> {
    let hides = |secret: bool| secret && desk.covered;
    let covered = || COVERED.get(desk.lang).to_owned();
    step.sayings.iter().map(|it| if hides(it.secret) { covered() } else { it.said.say(desk.lang) }).collect()
}

/// Says a step: 甄别  受理, 较大, 镇水利站, 李明  (陈明).
fn step_words(desk: &Desk, step: &TakenStep, sayings: Vec<String>) -> String {
    let lang = desk.lang;
    let sayings = sayings.join(", ");
    let later = step.recorded.map_or_else(String::new, |at| {
        let day = local::short_day_beside(at, desk.now.wall_ms);
        t("  {day} 补记", "  entered {day}").with("day", day).say(lang)
    });
    let other = if step.counts { "" } else { t("  (后来改过)", "  (changed since)").get(lang) };
    let said = t("{step}  {sayings}  {who}{later}{other}", "{step}  {sayings}  {who}{later}{other}")
        .with("sayings", sayings)
        .with("who", &step.actor)
        .with("later", later)
        .with("other", other)
        .with_words("step", step.step.name());
    said.say(lang).replace("    ", "  ")
}

/// Gives what is shown of an issue beside the list: other eyes are in the room, so what was said is not, and of what is confidential
/// not even whose it is.
pub(in crate::ui::screens) fn beside(desk: &Desk, dossier: &Dossier) -> Beside {
    let (lang, entry) = (desk.lang, &dossier.entry);
    let mut beside = Beside::titled(head(desk, entry, true));
    if !entry.case.issue.confidential {
        beside.say(entry.place.clone(), Look::Plain);
    }
    let what = [field(entry).get(lang), class(entry).get(lang), &state(entry).say(lang)].join(" ");
    beside.say(what, Look::Plain);
    for timed in [dossier.dues.plan, dossier.dues.answer].into_iter().flatten() {
        // What stands beside a list is wrapped.
        let (words, look) = due(desk, timed, u16::MAX);
        beside.say(words, look);
    }
    beside.say(owners(dossier).say(lang), Look::Plain);
    beside.gap();
    let born = t("登记  {who}", "recorded  {who}").with("who", &entry.case.issue.recorder).say(lang);
    beside.say(format!("{}  {born}", local::short_day_beside(entry.case.issue.at, desk.now.wall_ms)), Look::Plain);
    for step in &dossier.steps {
        let day = local::short_day_beside(step.at, desk.now.wall_ms);
        let look = if step.counts { Look::Plain } else { Look::Dim };
        let open = step.sayings.iter().filter(|saying| !saying.secret).map(|saying| saying.said.say(lang));
        beside.say(format!("{day}  {}", step_words(desk, step, open.collect())), look);
    }
    beside.gap();
    let moves: Vec<&str> = dossier.moves.iter().map(|it| it.name().get(lang)).collect();
    beside.fact(t("下一步", "next"), moves.join(", "));
    beside
}

/// Gives what may be done now, each with its digit, in as many rows as it needs; at most five.
fn moves(desk: &Desk, dossier: &Dossier, wide: u16) -> Vec<String> {
    let numbered = (1..=10).zip(&dossier.moves).map(|(number, it)| {
        let name = it.name().get(desk.lang);
        whole(&format!("{} {name}", number % 10))
    });
    let first = t("下一步:", "Next:").get(desk.lang).to_owned();
    let all: Vec<String> = std::iter::once(first).chain(numbered).collect();
    let mut lines = wrap(&all.join("  "), usize::from(wide.saturating_sub(2)));
    lines.truncate(5);
    lines.into_iter().map(|line| line.trim_start().to_owned()).collect()
}
