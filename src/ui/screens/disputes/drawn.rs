//! How disagreements look: one line for each, and below whose fact the selected one is and its values side by side.
//!
//! A list has other eyes on it and says neither an illness nor a whole phone number; the values below do, unless covered. A
//! value that does not fit beside who wrote it has them in a row below it. Where there are more values than rows, the
//! one in use is always among those that are drawn.
//!
//! What stood there before (以前) is said once where every writer had seen the same, else with each value.

use std::collections::BTreeSet;

use super::Disputes;
use crate::app::{Dispute, Earlier, Side};
use crate::domain::hidden::for_lists;
use crate::domain::local;
use crate::hanzi::width;
use crate::text::{Lang, Said, t};
use crate::ui::canvas::{Canvas, columns, wrap};
use crate::ui::desk::Desk;
use crate::ui::glance;
use crate::ui::lent::draw_lent_in_turn;
use crate::ui::list::Column;
use crate::ui::page::Screen;
use crate::ui::screens::Beside;
use crate::ui::screens::lookup::namesakes::{ByName, told_apart};
use crate::ui::screens::reading;
use crate::ui::screens::settled::Settled;
use crate::ui::theme::Look;

const COLUMNS: [Column; 4] = [
    Column::new(t("户", "Head"), 8).grows(1),
    Column::new(t("住在", "Place"), 14).place().drops(2).grows(1),
    Column::new(t("哪一项", "Fact"), 20).drops(1).worded(),
    Column::new(t("几个值", "Values"), 14).grows(2).several(),
];

/// The column that says whose it is.
const HEAD: usize = 0;
/// The column that says where it lives: the village goes only where nothing is left free.
const PLACE: usize = 1;
/// Rows above the list: the title and a blank.
const ABOVE: u16 = 2;
/// Rows that the list keeps, where it has so many, whatever the values below it need.
const KEPT: usize = 3;
/// Rows below the list at least, so that it does not jump from one line to the next.
const BELOW: u16 = 7;
/// Rows that a long value takes at most.
const LONG: usize = 3;
/// Columns before a value: the edge, its number and two blanks.
const NUMBER: u16 = 5;

/// One value as it is drawn.
struct Laid {
    /// The value, in as many rows as it may take.
    value: Vec<String>,
    /// Who wrote it, when, on which laptop, and whether it is used now.
    by: String,
    /// The same without the laptop, for where there is no room.
    by_short: String,
    /// Who wrote it stands beside the value, not below it.
    beside: bool,
    /// What its writer had seen there, where others had seen something else.
    before: Option<String>,
}

impl Laid {
    fn of(desk: &Desk, dispute: &Dispute, side: &Side, before: Option<&Earlier>, wide: u16, most: usize) -> Self {
        let room = wide.saturating_sub(NUMBER);
        let text = shown(desk, dispute, side);
        let (by, by_short) = (by(desk, side, true), by(desk, side, false));
        let beside = columns(&text) + 3 + columns(&by) <= room;
        let mut value = wrap(&text, usize::from(room));
        if value.len() > most {
            let rest = value.split_off(most.saturating_sub(1)).concat();
            value.push(width::cut(&rest, usize::from(room), "~").into_owned());
        }
        let before = before.map(|earlier| stood(desk, dispute, earlier));
        Self { value, by, by_short, beside, before }
    }

    fn rows(&self) -> u16 {
        let more = u16::from(!self.beside) + u16::from(self.before.is_some());
        u16::try_from(self.value.len()).unwrap_or(u16::MAX).saturating_add(more)
    }
}

impl Disputes {
    /// Gives the rows that the list has on a page of so many columns and rows.
    pub(super) fn window(&self, desk: &Desk, wide: u16, high: u16) -> u16 {
        high.saturating_sub(ABOVE + self.below(desk, wide, high)).max(1)
    }

    /// Gives the rows below the list: a blank, whose fact it is and what stood before, its values, a third one.
    fn below(&self, desk: &Desk, wide: u16, high: u16) -> u16 {
        // While a third value is written it is what matters.
        let kept = if self.writing { 1 } else { u16::try_from(self.open.len().clamp(1, KEPT)).unwrap_or(1) };
        let values: u16 = self.laid(desk, wide, LONG).iter().map(Laid::rows).sum();
        (1 + self.head(desk, wide) + values + self.third()).max(BELOW).min(high.saturating_sub(ABOVE + kept))
    }

    /// Gives the rows that a third value takes.
    fn third(&self) -> u16 {
        if self.writing { 2 } else { 0 }
    }

    fn laid(&self, desk: &Desk, wide: u16, most: usize) -> Vec<Laid> {
        let dispute = self.selected();
        let differs = dispute.is_some_and(|dispute| self.seen_by_all(dispute).is_none());
        let sides = dispute.iter().flat_map(|dispute| dispute.sides.iter().map(move |side| (*dispute, side)));
        let before = |side: &Side| self.before.get(&side.writing).filter(|_| differs);
        sides.map(|(dispute, side)| Laid::of(desk, dispute, side, before(side), wide, most)).collect()
    }

    /// Gives what stood there before, where every writer had seen the same.
    fn seen_by_all(&self, dispute: &Dispute) -> Option<&Earlier> {
        let mut all = dispute.sides.iter().map(|side| self.before.get(&side.writing));
        let first = all.next()??;
        all.all(|other| other == Some(first)).then_some(first)
    }

    /// Says what stood there before, where that is said once: 以前: 12号; how far it is while it is being read.
    fn before_all(&self, desk: &Desk) -> Option<String> {
        let dispute = self.selected()?;
        if let Some(earlier) = self.seen_by_all(dispute) {
            return Some(stood(desk, dispute, earlier));
        }
        let is_read = |side: &Side| self.before.contains_key(&side.writing);
        let waits = self.reading.is_on() && !dispute.sides.iter().all(is_read);
        waits.then(|| self.reading.say(t("以前: 正在读 {far}…", "before: reading {far}…")).say(desk.lang))
    }

    /// Tells whether what stood there before has room beside whose fact it is.
    fn stands_beside(desk: &Desk, dispute: &Dispute, before: &str, wide: u16) -> bool {
        2 + columns(&whose_said(dispute, desk)) + 3 + columns(before) <= wide
    }

    /// Gives the rows that say whose fact it is, and what stood there before.
    fn head(&self, desk: &Desk, wide: u16) -> u16 {
        let (Some(dispute), Some(before)) = (self.selected(), self.before_all(desk)) else { return 1 };
        if Self::stands_beside(desk, dispute, &before, wide) { 1 } else { 2 }
    }

    /// Lays the values of the selected disagreement into the rows there are, and gives which of them are drawn.
    fn fitted(&self, desk: &Desk, wide: u16, high: u16) -> (Vec<Laid>, Vec<usize>) {
        let room = self.below(desk, wide, high).saturating_sub(1 + self.head(desk, wide) + self.third());
        let all = self.laid(desk, wide, LONG);
        let fits = all.iter().map(Laid::rows).sum::<u16>() <= room;
        let all = if fits { all } else { self.laid(desk, wide, 1) };
        let current = self.selected().and_then(|dispute| dispute.sides.iter().position(|side| side.current));
        let rows: Vec<u16> = all.iter().map(Laid::rows).collect();
        let drawn = chosen(&rows, self.first_drawn(), current, room);
        (all, drawn)
    }

    /// Goes on to the values that were not drawn for want of rows; from the last ones back to the first.
    pub(super) fn turn(&mut self, desk: &Desk) {
        let own = Beside::own(self.beside(desk), desk);
        let (all, drawn) = self.fitted(desk, own.width, own.height);
        let first = self.first_drawn();
        let next = (first..all.len()).find(|at| !drawn.contains(at)).unwrap_or(0);
        self.turned = (self.list.selected(), next);
    }

    fn first_drawn(&self) -> usize {
        let (of, first) = self.turned;
        if of == self.list.selected() { first } else { 0 }
    }

    pub(super) fn drawn(&self, canvas: &mut Canvas<'_>) {
        let title = t(
            "不一致   {n} 处. 各写的都留着; 选定以前先用写得最晚的 (照各台的钟).",
            "Disputed   {n}. All stay; until one is chosen that of the latest clock counts.",
        );
        let so_far = t("{n} 处", "{n}").with("n", self.open.len());
        reading::title(canvas, t("不一致", "Disputed"), so_far, &title.with("n", self.open.len()));
        if self.open.is_empty() {
            let nothing = reading::nothing(canvas.desk, t("没有不一致.", "Nothing is disputed."));
            canvas.write(2, 2, canvas.words(nothing), Look::Dim);
            let words = t(
                "0 看同一户上各人改了哪几项, 谁也没有看到谁的.",
                "0 shows which facts of one household people changed, none having seen the other's.",
            );
            canvas.write_told(2, 4, 3, canvas.words(words), Look::Dim);
            return;
        }
        let window = self.window(canvas.desk, canvas.width(), canvas.height());
        let mut drawn = Vec::new();
        for index in self.list.shown(canvas, self.open.len(), window) {
            let Some(dispute) = self.open.get(index) else { continue };
            let cells = vec![
                (self.named(canvas.desk, dispute), Look::Strong),
                (dispute.place.clone(), Look::Plain),
                (for_lists(&canvas.say(&fact(dispute))), Look::Plain),
                (listed(canvas, dispute), Look::Plain),
            ];
            drawn.push((cells, self.list.is_selected(index, self.open.len())));
        }
        draw_lent_in_turn(canvas, ABOVE, &COLUMNS, &[HEAD, PLACE], &drawn, 0..drawn.len());
        self.draw_sides(canvas);
    }

    /// Says whose fact it is, and of namesakes what tells them apart. What lists hide tells nobody that it is in this one.
    fn named(&self, desk: &Desk, dispute: &Dispute) -> String {
        let head = dispute.head.say(desk.lang);
        if !is_told(dispute) {
            return head;
        }
        let named = self.by_name.at(&key(dispute)).iter().filter_map(|at| self.open.get(*at));
        let others = named.filter(|other| other.household != dispute.household);
        told_apart(head, &dispute.place, others.map(|other| other.place.as_str()))
    }

    /// Shows each value of the selected disagreement with who wrote it, when, and on which laptop.
    fn draw_sides(&self, canvas: &mut Canvas<'_>) {
        let Some(dispute) = self.selected() else { return };
        let (wide, high) = (canvas.width(), canvas.height());
        let (all, drawn) = self.fitted(canvas.desk, wide, high);
        let mut y = high.saturating_sub(self.below(canvas.desk, wide, high));
        if drawn.len() < all.len() {
            let more = t("{n} 个值, Right 看其余的", "{n} values; Right shows the rest").with("n", all.len());
            canvas.write(2, y, canvas.say(&more), Look::Dim);
        }
        let whose = whose_said(dispute, canvas.desk);
        canvas.write_cut(2, y + 1, wide.saturating_sub(2), &whose, Look::Plain);
        y += 2;
        if let Some(before) = self.before_all(canvas.desk) {
            let beside = Self::stands_beside(canvas.desk, dispute, &before, wide);
            let (x, row) = if beside { (2 + columns(&whose) + 3, y - 1) } else { (NUMBER, y) };
            canvas.write_cut(x, row, wide.saturating_sub(x), &before, Look::Dim);
            y += u16::from(!beside);
        }
        for at in drawn {
            let Some(laid) = all.get(at).filter(|laid| !self.writing || y + laid.rows() + self.third() <= high) else {
                continue;
            };
            let number = if at < 9 { (at + 1).to_string() } else { String::new() };
            canvas.write(2, y, number, Look::Strong);
            let mut x = NUMBER;
            for (row, line) in (y..).zip(&laid.value) {
                x = canvas.write(NUMBER, row, line, Look::Strong);
            }
            let below = y + u16::try_from(laid.value.len()).unwrap_or(u16::MAX);
            let (x, row) = if laid.beside { (x + 3, y) } else { (NUMBER, below) };
            let room = wide.saturating_sub(x);
            let by = if columns(&laid.by) <= room { &laid.by } else { &laid.by_short };
            canvas.write_cut(x, row, room, by, Look::Plain);
            y += laid.rows();
            if let Some(before) = &laid.before {
                canvas.write_cut(NUMBER, y - 1, wide.saturating_sub(NUMBER), before, Look::Dim);
            }
        }
        if self.writing {
            let y = high.saturating_sub(2);
            let x = canvas.write(2, y, "> ", Look::Strong);
            glance::field(canvas, x, y, &self.field, dispute.glance);
        }
    }
}

/// Tells whether the list says whose it is.
fn is_told(dispute: &Dispute) -> bool {
    dispute.household.is_some() && !dispute.is_hidden
}

/// Gives the name that namesakes share, whatever the language.
fn key(dispute: &Dispute) -> String {
    dispute.head.say(Lang::Zh)
}

/// Gives where those of one name stand, but for those of whom the list does not say whose they are.
pub(super) fn by_name(open: &[Dispute]) -> ByName {
    ByName::of(open.iter().enumerate().filter(|(_, one)| is_told(one)).map(|(at, one)| (key(one), at)))
}

/// Chooses which values are drawn: as many from a first one on as there is room for, and the one in use beside them. Where there
/// is room for one alone it is the first: turned on, each is seen once.
fn chosen(rows: &[u16], first: usize, current: Option<usize>, room: u16) -> Vec<usize> {
    let room_of = |drawn: &[usize]| drawn.iter().filter_map(|at| rows.get(*at)).sum::<u16>();
    let mut drawn: Vec<usize> = Vec::new();
    for at in first..rows.len() {
        drawn.push(at);
        if room_of(&drawn) > room && drawn.len() > 1 {
            drawn.pop();
            break;
        }
    }
    if let Some(current) = current.filter(|current| !drawn.contains(current)) {
        drawn.push(current);
        while room_of(&drawn) > room && drawn.len() > 2 {
            drawn.remove(drawn.len() - 2);
        }
        if room_of(&drawn) > room && drawn.len() == 2 {
            drawn.pop();
        }
        drawn.sort_unstable();
    }
    drawn
}

/// Names a fact, with the person of the household whose it is: 老伴 刘桂芝 身体状况.
fn fact(dispute: &Dispute) -> Said {
    if dispute.person.is_empty() {
        return dispute.fact.clone();
    }
    Said::from(t("{person} {fact}", "{person} {fact}"))
        .with("person", &dispute.person)
        .with_words("fact", dispute.fact.clone())
}

/// Says that a disagreement is settled, of whom lists may say it.
pub(super) fn settled(dispute: &Dispute, desk: &Desk) -> Settled {
    let fact = for_lists(fact(dispute).say(desk.lang).trim_end());
    let done = if dispute.issue.is_some() {
        t("{fact} 照选的这一步", "{fact} as chosen")
    } else {
        t("{fact} 选定了", "{fact} settled")
    };
    let settled = Settled::of(done.with("fact", fact));
    let settled = settled.whose(for_lists(&dispute.head.say(desk.lang)), dispute.place.clone());
    settled.besides(t("下次导出时一起带走.", "It goes out with the next export."))
}

/// Says whose fact it is in full: 冯海水的老伴 刘桂芝 身体状况.
fn whose(dispute: &Dispute) -> Said {
    let words = if dispute.person.is_empty() {
        t("{head} {fact}", "{head} {fact}")
    } else {
        t("{head}的{fact}", "{head}: {fact}")
    };
    // A talk is known by its village and its day.
    let village = if dispute.household.is_none() && !dispute.place.is_empty() { dispute.place.as_str() } else { "" };
    let head = Said::from(t("{village}{head}", "{village}{head}")).with_words("head", dispute.head.clone());
    let head = head.with("village", if village.is_empty() { String::new() } else { format!("{village} ") });
    Said::from(words).with_words("head", head).with_words("fact", fact(dispute))
}

fn whose_said(dispute: &Dispute, desk: &Desk) -> String {
    glance::on_card(desk.covered, whose(dispute).say(desk.lang).trim_end().to_owned())
}

/// Gives the values as a row may show them: other eyes are in the room.
fn listed(canvas: &Canvas<'_>, dispute: &Dispute) -> String {
    glance::in_row(canvas.desk, dispute.glance, glance::SELECT, || {
        let values: Vec<String> = dispute.sides.iter().map(|side| canvas.say(&side.value)).collect();
        // Of a step its beginning is enough here, where that differs: all of it stands below.
        let begin = |value: &String| value.split(", ").take(BEGINNING).collect::<Vec<_>>().join(", ");
        let begun: Vec<String> = values.iter().map(begin).collect();
        let differs = begun.iter().collect::<BTreeSet<_>>().len() == begun.len();
        if dispute.issue.is_some() && differs { begun.join(" / ") } else { values.join(" / ") }
    })
}

/// Of a step so many clauses stand in the list: 受理, 定级 较大.
const BEGINNING: usize = 2;

/// Gives a value as it may be shown below the list.
fn shown(desk: &Desk, dispute: &Dispute, side: &Side) -> String {
    glance::alone(desk, dispute.glance, || side.value.say(desk.lang))
}

/// Says what stood there before, as the values are shown: 以前: 12号.
fn stood(desk: &Desk, dispute: &Dispute, earlier: &Earlier) -> String {
    let said = glance::alone(desk, dispute.glance, || earlier.said.say(desk.lang));
    t("以前: {it}", "before: {it}").with("it", said).say(desk.lang)
}

fn by(desk: &Desk, side: &Side, with_laptop: bool) -> String {
    let day = local::short_day_beside(side.at, desk.now.wall_ms);
    let now = if side.current { t("  现在用的", "  used now") } else { t("", "") };
    let laptop = if with_laptop { format!(" {}", side.laptop) } else { String::new() };
    format!("{} {day} {}{laptop}{}", side.actor, local::clock(side.at), now.get(desk.lang))
}

#[cfg(test)]
mod tests {
    use super::chosen;

    // On the smallest terminal the one in use was drawn whatever one turned to: between others nobody could choose.
    #[test]
    fn with_room_for_one_value_each_is_seen_in_turn() {
        for first in 0..3 {
            assert_eq!(chosen(&[2, 2, 2], first, Some(1), 3), [first]);
        }
        assert_eq!(chosen(&[2, 2, 2], 0, Some(2), 4), [0, 2]);
        assert_eq!(chosen(&[1, 1, 1, 1], 1, Some(0), 3), [0, 1, 2]);
    }
}
