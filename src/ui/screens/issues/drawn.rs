//! How the list looks: the counts, the box, one line for each issue.

use super::Issues;
use crate::app::{Case, Entry};
use crate::domain::flow::Timed;
use crate::domain::{Calendar, Class, Field, Kind, Light, local};
use crate::hanzi::clean;
use crate::text::{Lang, Said, Text, t};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::desk::Desk;
use crate::ui::lent::draw_lent;
use crate::ui::list::{Column, Line, headed};
use crate::ui::screens::lookup::namesakes::told_apart;
use crate::ui::screens::reading::{READING, is_reading};
use crate::ui::theme::Look;

/// English words are longer: shorter ones stand where they would be cut, and who is responsible from a wider window on.
pub(super) const COLUMNS_EN: [Column; 9] = [
    Column::new(t("户", "Head"), 8),
    Column::new(t("村(居)", "Village"), 8).drops(4).grows(1),
    Column::new(t("领域", "Field"), 11).drops(3).worded(),
    Column::new(t("定级", "Class"), 10).drops(2).worded(),
    Column::new(t("现状", "State"), 10).worded(),
    Column::new(t("时限", "Due"), 18).grows(1).worded(),
    Column::new(t("负责", "Unit"), 10).drops(5).grows(2),
    Column::new(t("谁反馈", "Tells"), 6).drops(6),
    Column::new(t("登记", "From"), 5).drops(7),
];

pub(super) const COLUMNS_ZH: [Column; 9] = [
    Column::new(t("户", "Head"), 8),
    Column::new(t("村(居)", "Village"), 8).drops(5).grows(1),
    Column::new(t("领域", "Field"), 8).drops(3).grows(1).worded(),
    Column::new(t("定级", ""), 4).drops(2).grows(1).worded(),
    Column::new(t("现状", "State"), 10).grows(1).worded(),
    Column::new(t("时限", "Due"), 18).grows(1).worded(),
    Column::new(t("负责", "Unit"), 10).drops(4).grows(2),
    Column::new(t("谁反馈", "Tells"), 6).drops(6),
    Column::new(t("登记", "From"), 5).drops(7),
];

/// From so many columns on a list says that people disagree and where an issue stands.
const BOTH: u16 = 120;
/// The column that says whose household it is.
const HEAD: usize = 0;
/// Rows above the list: counts, box, headings.
const ABOVE: u16 = 3;
const CONFIDENTIAL: Text = t("(保密)", "(secret)");

/// Gives the rows of the list on a page of so many rows.
pub(super) fn window(high: u16) -> u16 {
    high.saturating_sub(ABOVE).max(1)
}

/// Says whose household it is; not where it is confidential.
pub(super) fn head(desk: &Desk, entry: &Entry, hides: bool) -> String {
    if hides && entry.case.issue.confidential {
        CONFIDENTIAL.get(desk.lang).to_owned()
    } else {
        entry.instead_of_head().map_or_else(|| entry.head.clone(), |words| words.get(desk.lang).to_owned())
    }
}

/// Says in which village; of what is confidential that would tell whose it is.
fn village(entry: &Entry) -> String {
    if entry.case.issue.confidential { String::new() } else { entry.village.clone() }
}

pub(super) fn field(entry: &Entry) -> Text {
    Field::from_word(&entry.case.issue.field).map_or(t("", ""), Field::name)
}

/// Says its class, or that it is a suggestion.
pub(super) fn class(entry: &Entry) -> Text {
    match (entry.case.flow.kind, entry.case.flow.class) {
        (Some(Kind::Suggestion), _) => Kind::Suggestion.name(),
        (_, Some(Class::OnSite)) => t("当场", "on site"),
        (_, class) => class.map_or(t("", ""), Class::name),
    }
}

/// Says where it stands, and that people decided differently.
pub(super) fn state(entry: &Entry) -> Said {
    let state = Said::from(entry.case.state.name());
    if entry.case.flow.disputes.is_empty() {
        return state;
    }
    Said::from(t("不一致: {state}", "disputed: {state}")).with_words("state", state)
}

/// As [`state`], in one word where both would be cut.
fn state_in_list(entry: &Entry, width: u16) -> Said {
    if entry.case.flow.disputes.is_empty() || width > BOTH { state(entry) } else { t("不一致", "disputed").into() }
}

/// Says what is due and how it stands: 方案 超期 1 天; of what was closed out its number.
pub(super) fn due(entry: &Entry) -> (Said, Look) {
    if let Some(number) = entry.number.as_ref().filter(|_| entry.case.state.is_done()) {
        return (t("{it}", "{it}").with("it", number), Look::Plain);
    }
    let Some((timed, light)) = entry.timed.zip(entry.light) else { return (t("", "").into(), Look::Plain) };
    let said = Said::from(t("{duty} {light}", "{duty} {light}"));
    (said.with_words("duty", timed.deadline.duty.name()).with_words("light", light.said()), look(light))
}

/// Explains the days that are due; of what was joined to another one 并案, that they are that one's.
pub(super) fn why(case: &Case, dues: impl Iterator<Item = Timed>) -> Option<Said> {
    let days = dues.map(|timed| timed.deadline.why(Calendar::built_in())).reduce(Said::apart)?;
    let counted = t(
        "还有几天, 超期几天, 数的都是工作日; 刚到期: 那一天过了, 到下一个工作日才算超期.",
        "Days left and days over are working days; just due: its day is over, and from the next working day on it is overdue.",
    );
    let days = days.apart(counted.into());
    let joined = t("并到了另一件, 照那一件的时限.", "Joined to another issue: its day counts.");
    Some(if case.follows() { Said::from(joined).then(days) } else { days })
}

/// Gives how a light looks.
pub(super) fn look(light: Light) -> Look {
    match light {
        _ if light.is_red() => Look::Late,
        _ if light.is_yellow() => Look::Soon,
        _ => Look::Plain,
    }
}

/// Says the unit and the person that are responsible.
pub(super) fn whose(entry: &Entry) -> String {
    let (unit, person) = entry.case.responsible();
    clean::line(&format!("{unit} {person}"))
}

/// Tells whether the list says whose household it is.
pub(super) fn is_told(entry: &Entry) -> bool {
    entry.household.is_some() && !entry.case.issue.confidential
}

impl Issues {
    pub(super) fn drawn(&self, canvas: &mut Canvas<'_>) {
        self.draw_counts(canvas);
        self.draw_box(canvas);
        if self.shown.is_empty() {
            Self::draw_list(canvas, Vec::new());
            return self.draw_nothing(canvas);
        }
        let mut drawn = Vec::new();
        for row in self.list.shown(canvas, self.shown.len(), window(canvas.height())) {
            let Some(entry) = self.shown.get(row).and_then(|at| self.docket.0.get(*at)) else { continue };
            let (due, look) = due(entry);
            let cells = vec![
                (self.named(canvas.desk, entry), Look::Strong),
                (village(entry), Look::Plain),
                (canvas.words(field(entry)).to_owned(), Look::Plain),
                (canvas.words(class(entry)).to_owned(), Look::Plain),
                (canvas.say(&state_in_list(entry, canvas.width())), Look::Plain),
                (canvas.say(&due), look),
                (whose(entry), Look::Plain),
                (clean::line(entry.case.teller()), Look::Plain),
                (local::short_day_beside(entry.case.issue.at, canvas.desk.now.wall_ms), Look::Dim),
            ];
            drawn.push((cells, self.list.is_selected(row, self.shown.len())));
        }
        Self::draw_list(canvas, drawn);
    }

    fn draw_list(canvas: &mut Canvas<'_>, lines: Vec<Line>) {
        let columns = if canvas.desk.lang == Lang::En { &COLUMNS_EN } else { &COLUMNS_ZH };
        let lines = headed(canvas, columns, lines);
        draw_lent(canvas, 2, columns, HEAD, &lines, 0..lines.len());
    }

    /// Says whose household it is, and of namesakes what tells them apart. Those of what is confidential tell nobody that they are
    /// in the list.
    fn named(&self, desk: &Desk, entry: &Entry) -> String {
        let head = head(desk, entry, true);
        if !is_told(entry) {
            return head;
        }
        let named = self.by_name.at(&entry.head).iter().filter_map(|at| self.docket.0.get(*at));
        let others = named.filter(|other| other.household != entry.household);
        told_apart(head, &entry.place, others.map(|other| other.place.as_str()))
    }

    /// Says how many there are of each, as words that can be typed.
    fn draw_counts(&self, canvas: &mut Canvas<'_>) {
        let counts = &self.counts;
        let lit = |count: usize, look: Look| if count > 0 { look } else { Look::Plain };
        let pieces = [
            (t("我的 {n}", "mine {n}"), counts.mine, Look::Plain),
            (t("超期 {n}", "overdue {n}"), counts.late, lit(counts.late, Look::Late)),
            (t("临期 {n}", "soon {n}"), counts.soon, lit(counts.soon, Look::Soon)),
            (t("待反馈 {n}", "to tell {n}"), counts.to_tell, Look::Plain),
            (t("全部 {n}", "all {n}"), counts.all, Look::Plain),
        ];
        // The kind that is shown is marked as what keys move is; where something else was typed none is.
        let look = |(at, look): (usize, Look)| if self.kind() == Some(at) { Look::Bar } else { look };
        let said = pieces
            .into_iter()
            .enumerate()
            .map(|(at, (words, n, lit))| (canvas.say(&words.with("n", n)), n, look((at, lit))));
        let mut said: Vec<(String, usize, Look)> = said.collect();
        let need = |said: &[(String, usize, Look)], gap: u16| -> u16 {
            said.iter().map(|(words, ..)| columns(words) + gap).sum()
        };
        // A number is never cut: what there is none of goes, then what stands last.
        while need(&said, 1) > canvas.width() && !said.is_empty() {
            let none = said.iter().rposition(|(_, n, _)| *n == 0);
            said.remove(none.unwrap_or(said.len() - 1));
        }
        let gap = if need(&said, 2) < canvas.width() { 2 } else { 1 };
        let mut x = 1;
        for (words, _, look) in said {
            x = canvas.write(x, 0, words, look) + gap;
        }
    }

    fn draw_box(&self, canvas: &mut Canvas<'_>) {
        let x = canvas.write(1, 1, canvas.words(t("筛选: ", "Narrow: ")), Look::Strong);
        let count = t("{n} 件", "{n}").with("n", self.shown.len());
        let count = canvas.say(&count);
        let room = canvas.width().saturating_sub(x + columns(&count) + 3);
        canvas.write(canvas.width().saturating_sub(columns(&count) + 1), 1, &count, Look::Dim);
        // One row, whatever is typed: the list stays where it is.
        let shown = self.field.shown(room);
        let row = shown.rows.get(usize::from(shown.row)).copied().unwrap_or_default();
        canvas.write(x, 1, row, Look::Plain);
        canvas.cursor(x + shown.column, 1);
    }

    fn draw_nothing(&self, canvas: &mut Canvas<'_>) {
        let said = if let Some(trouble) = &self.wrong {
            canvas.say(&trouble.told())
        } else if is_reading(canvas.desk) {
            canvas.words(READING).to_owned()
        } else if self.docket.0.is_empty() {
            canvas
                .words(t("还没有问题. 走访时登记的都在这里.", "No issues yet. What visits record stands here."))
                .to_owned()
        } else {
            canvas
                .words(t(
                    "没有对得上的. 可以打 我的, 超期, 临期, 待反馈, 领域, 定级, 全村, 村名, 姓名, 单位, 销号编号.",
                    "None fits. Words are: mine, overdue, soon, a state, a field, a class, a village, a name, a unit, a close-out number.",
                ))
                .to_owned()
        };
        canvas.write_wrapped(2, ABOVE, canvas.height().saturating_sub(ABOVE), &said, Look::Dim);
    }
}
