//! 记录来历: who recorded what about a household, when, on which laptop; also what no longer stands.
//!
//! Keystrokes: from the history, Tab for all of the household, Enter for what the cursor is at: one issue, one visit, one
//! member; from a line of the facts, Tab for that fact alone, from a line of a member Ctrl-F; arrows and page keys. Covered, what only the card may show is
//! left out.

use crate::app::{Ask, Message, Traced, TracedFact};
use crate::domain::facts::{self, Eyes};
use crate::domain::{Name, Sort, local};
use crate::text::{Said, t};
use crate::ui::canvas::{Canvas, columns, wrap};
use crate::ui::desk::Desk;
use crate::ui::glance;
use crate::ui::keys::{Key, Table, row, table};
use crate::ui::list::{Cell, Column, List, Scroll, draw_headed, fit_for};
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::pending::Pending;
use crate::ui::screens::Beside;
use crate::ui::theme::Look;

/// Rows around the list: the sentence above it, a blank, the heads.
const AROUND: u16 = 3;

/// Columns of a moment of this year, and of another one: 5-18 19:42, 2031-12-18 19:42.
const MOMENT: u16 = 11;
const WITH_YEAR: u16 = 16;
/// Columns of its day alone, which a narrow list has: 5-18, 2031-12-18. The hour stands below, with the selected line.
const DAY: u16 = 5;
const DAY_WITH_YEAR: u16 = 10;
/// Columns of what it is in a narrow list.
const WHAT_NARROW: u16 = 12;
const COLUMNS: [Column; 5] = [
    Column::new(t("时间", "When"), MOMENT),
    Column::new(t("谁", "Who"), 8).drops(1),
    Column::new(t("电脑", "Laptop"), 7).drops(2),
    Column::new(t("什么", "What"), 14).worded(),
    Column::new(t("内容", "Words"), 12).grows(1),
];
/// Rows that the selected line takes at most, whole, below the list, with a blank above it; on a low terminal without one.
const WHOLE: u16 = 5;
const WHOLE_LOW: u16 = 3;
/// Rows from which on a terminal is not low, and columns from which on it is not narrow.
const TALL: u16 = 16;
const NARROW: u16 = 66;

/// What of a household is looked at.
#[derive(Debug, PartialEq)]
enum About {
    /// Everything.
    All,
    /// One fact of the household or of a member: its register key, or the beginning up to the slash, and its name.
    Fact(Option<Name>, String, Said),
    /// One record, such as an issue with the line it was said in.
    Records(Vec<Name>, Said),
}

/// One line of the list: a record, or one fact that it says.
#[derive(Debug, Clone, Copy)]
struct Entry<'a> {
    traced: &'a Traced,
    said: &'a Said,
    stands: bool,
}

/// Shows everything that was recorded about a household, or about one thing of it.
#[derive(Debug, PartialEq)]
pub struct Audit {
    household: Name,
    about: About,
    found: Option<Vec<Traced>>,
    list: List,
    reading: Pending,
}

impl Audit {
    /// Opens the page.
    pub fn of(household: Name) -> Self {
        Self { household, about: About::All, found: None, list: List::new(), reading: Pending::default() }
    }

    /// Opens the page on one fact.
    pub fn of_fact(household: Name, key: impl Into<String>, name: impl Into<Said>) -> Self {
        Self { about: About::Fact(None, key.into(), name.into()), ..Self::of(household) }
    }

    /// Opens the page on one fact of a member.
    pub fn of_member(household: Name, member: Name, key: impl Into<String>, name: impl Into<Said>) -> Self {
        Self { about: About::Fact(Some(member), key.into(), name.into()), ..Self::of(household) }
    }

    /// Opens the page on one thing of the household, which may be several records.
    pub fn of_records(household: Name, records: Vec<Name>, name: impl Into<Said>) -> Self {
        Self { about: About::Records(records, name.into()), ..Self::of(household) }
    }

    /// Gives what a record says of what is looked at, which may be two phones; nothing where it says nothing of it.
    fn about<'a>(&self, traced: &'a Traced) -> Vec<Entry<'a>> {
        let whole = Entry { traced, said: &traced.value, stands: traced.stands };
        match &self.about {
            About::All => vec![whole],
            About::Fact(member, _, _) if !is_of(traced, *member) => Vec::new(),
            About::Fact(_, key, _) => {
                let is_it =
                    |fact: &&TracedFact| fact.key == *key || (key.ends_with('/') && fact.key.starts_with(key.as_str()));
                let facts = traced.facts.iter().filter(is_it);
                facts.map(|fact| Entry { traced, said: &fact.value, stands: fact.stands }).collect()
            }
            About::Records(names, _) => names.contains(&traced.of).then_some(whole).into_iter().collect(),
        }
    }

    /// Tells whether other eyes must not see what is looked at, nor what it is called; taken for one until it is known.
    fn is_secret(&self) -> bool {
        match &self.about {
            About::All => false,
            About::Fact(member, key, _) => {
                let fact = facts::find(if member.is_some() { Sort::Member } else { Sort::Household }, key);
                key.ends_with('/') || fact.is_some_and(|fact| fact.eyes == Eyes::Card)
            }
            About::Records(names, _) => {
                let is_secret = |traced: &Traced| names.contains(&traced.of) && traced.private;
                self.found.as_ref().is_none_or(|found| found.iter().any(is_secret))
            }
        }
    }

    /// Gives the cells of a line, its words whole.
    fn cells(desk: &Desk, entry: &Entry<'_>, wide: u16) -> Vec<Cell> {
        let traced = entry.traced;
        let look = if entry.stands { Look::Plain } else { Look::Dim };
        let said = glance::on_card(desk.covered, entry.said.say(desk.lang));
        let old = t("(旧) {it}", "(old) {it}");
        let said = if entry.stands { said } else { old.with("it", said).say(desk.lang) };
        let by = if traced.by.is_empty() { t("(名册)", "(roster)").get(desk.lang) } else { &traced.by };
        vec![
            (if wide < NARROW { day(traced.at, desk) } else { moment(traced.at, desk) }, Look::Dim),
            (by.to_owned(), look),
            (traced.laptop.clone(), look),
            (traced.what.say(desk.lang), look),
            (said, look),
        ]
    }

    /// Gives the columns: a moment of another year needs more of them, and a narrow list has the day alone.
    fn columns(&self, desk: &Desk, wide: u16) -> [Column; 5] {
        let is_wide = |entry: &Entry<'_>| columns(&moment(entry.traced.at, desk)) > MOMENT;
        let has_year = self.shown_lines(desk.covered).iter().any(is_wide);
        let mut all = COLUMNS;
        let [when, .., what, _] = &mut all;
        when.width = match (wide < NARROW, has_year) {
            (true, true) => DAY_WITH_YEAR,
            (true, false) => DAY,
            (false, true) => WITH_YEAR,
            (false, false) => MOMENT,
        };
        if wide < NARROW {
            what.width = WHAT_NARROW;
        }
        all
    }

    /// Gives the rows below the list in which the selected line stands whole; none where no line is cut.
    fn foot(&self, desk: &Desk, wide: u16, high: u16) -> u16 {
        let shape = self.columns(desk, wide);
        let shown = self.shown_lines(desk.covered);
        let lines: Vec<Vec<Cell>> = shown.iter().map(|entry| Self::cells(desk, entry, wide)).collect();
        let widths = fit_for(&shape, wide, lines.iter().map(Vec::as_slice));
        let is_cut = |cells: &&Vec<Cell>| {
            let mut each = shape.iter().zip(&widths).zip(cells.iter());
            each.any(|((column, room), (text, _))| {
                room.is_none_or(|room| columns(&column.fitted(text, room, desk.lang)) > room)
            })
        };
        let room = usize::from(wide.saturating_sub(2));
        let cut = shown.iter().zip(&lines).filter(|(_, cells)| is_cut(cells));
        let need =
            cut.map(|(entry, cells)| wrap(&whole_line(entry.traced, cells, desk), room).len()).max().unwrap_or(0);
        let most = if high < TALL { WHOLE_LOW } else { WHOLE };
        u16::try_from(need).unwrap_or(most).min(most)
    }

    /// Gives the rows of the list on a page of so many columns and rows.
    fn window(&self, desk: &Desk, wide: u16, high: u16) -> u16 {
        let foot = self.foot(desk, wide, high);
        high.saturating_sub(AROUND + foot + u16::from(foot > 0 && high >= TALL)).max(1)
    }

    fn shown_lines(&self, covered: bool) -> Vec<Entry<'_>> {
        if covered && self.is_secret() {
            return Vec::new();
        }
        let shown = self.found.iter().flatten().filter(|traced| !(covered && traced.private));
        shown.flat_map(|traced| self.about(traced)).collect()
    }
}

/// Says when: 5-18 19:42, with the year where it is another one; nothing of what a roster says.
fn moment(at: i64, desk: &Desk) -> String {
    if at == 0 {
        return String::new();
    }
    format!("{} {}", local::short_day_beside(at, desk.now.wall_ms), local::clock(at))
}

/// Says on which day, as [`moment`] does.
fn day(at: i64, desk: &Desk) -> String {
    if at == 0 { String::new() } else { local::short_day_beside(at, desk.now.wall_ms) }
}

/// Says a line whole: the words, what they are, who, on which laptop, and the hour where the list has the day alone.
fn whole_line(traced: &Traced, cells: &[Cell], desk: &Desk) -> String {
    let said = |at: usize| cells.get(at).map(|(text, _)| text.as_str());
    let hour = Some(moment(traced.at, desk)).filter(|moment| said(0) != Some(moment));
    // Day and hour stay in one row.
    let hour = hour.map(|moment| moment.replace(' ', "\u{a0}"));
    let parts = [said(4), said(3), hour.as_deref(), said(1), said(2)];
    let parts: Vec<&str> = parts.into_iter().flatten().filter(|text| !text.is_empty()).collect();
    parts.join("  ")
}

/// Tells whether a line is of a member, or of the household itself where none is meant.
fn is_of(traced: &Traced, member: Option<Name>) -> bool {
    member.map_or(traced.sort == Sort::Household, |member| traced.of == member)
}

static KEYS: Table<()> = table(t("记录来历", "Who recorded what"), &[row(&[Key::Enter], t("返回", "Back"), ())]);

impl Screen for Audit {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        let lines = self.shown_lines(canvas.desk.covered);
        let title = match &self.found {
            None => self.reading.say(t("记录来历   正在读 {far}…", "Who recorded what   reading {far}…")),
            Some(_) if canvas.desk.covered && self.is_secret() => {
                t("记录来历   已遮挡 (Ctrl-B)", "Who recorded what   covered (Ctrl-B)").into()
            }
            Some(_) if canvas.width() < NARROW => {
                t("记录来历   {n} 条; (旧) 已不算数", "Who recorded what   {n}; (old): replaced").with("n", lines.len())
            }
            Some(_) => t(
                "记录来历   {n} 条, 新的在前; (旧) 已被改掉或撤去",
                "Who recorded what   {n}, latest first; (old) ones no longer stand",
            )
            .with("n", lines.len()),
        };
        let title = canvas.say(&title);
        match &self.about {
            About::Fact(_, _, name) | About::Records(_, name) if !(canvas.desk.covered && self.is_secret()) => {
                let room = canvas.width().saturating_sub(2);
                canvas.write_cut(1, 0, room, &canvas.say(name), Look::Strong);
                canvas.title(1, &title);
            }
            _ => {
                canvas.title(0, &title);
            }
        }
        let (wide, high) = (canvas.width(), canvas.height());
        let window = self.window(canvas.desk, wide, high);
        let mut drawn = Vec::new();
        let mut whole = String::new();
        for index in self.list.shown(canvas, lines.len(), window) {
            let Some(entry) = lines.get(index) else { continue };
            let (cells, selected) = (Self::cells(canvas.desk, entry, wide), self.list.is_selected(index, lines.len()));
            if selected {
                whole = whole_line(entry.traced, &cells, canvas.desk);
            }
            drawn.push((cells, selected));
        }
        draw_headed(canvas, AROUND - 1, &self.columns(canvas.desk, wide), &drawn);
        let foot = self.foot(canvas.desk, wide, high);
        if foot > 0 {
            canvas.part(0, 0, wide.saturating_sub(1), high).write_wrapped(1, high - foot, foot, &whole, Look::Plain);
        }
    }

    fn beside(&self, desk: &Desk) -> Option<Beside> {
        let lines = self.shown_lines(desk.covered);
        let entry = lines.get(self.list.selected().min(lines.len().saturating_sub(1)))?;
        let traced = entry.traced;
        let mut beside = Beside::titled(traced.what.say(desk.lang));
        beside.say(glance::on_card(desk.covered, entry.said.say(desk.lang)), Look::Plain);
        beside.gap();
        if traced.at != 0 {
            beside.fact(t("时间", "when"), format!("{} {}", local::day(traced.at), local::clock(traced.at)));
        }
        beside.fact(t("谁记的", "by"), traced.by.clone());
        beside.fact(t("电脑", "laptop"), traced.laptop.clone());
        let state =
            if entry.stands { t("现在算数", "stands") } else { t("已被改掉或撤去", "no longer stands") };
        beside.fact(t("状态", "state"), state.get(desk.lang));
        beside.filled()
    }

    fn list(&mut self, desk: &Desk) -> Option<Scroll<'_>> {
        let len = self.shown_lines(desk.covered).len();
        Some(Scroll { list: &mut self.list, len })
    }

    fn shown(&mut self, desk: &mut Desk) -> Go {
        self.reading.ask(desk.session.ask(Ask::Trace(self.household)));
        Go::Stay
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        if self.reading.hear(message) {
            return Go::Stay;
        }
        match message {
            Message::Traced(ticket, traced) if self.reading.is_answered_by(*ticket) => match traced.as_ref() {
                Ok(found) => self.found = Some(found.clone()),
                Err(trouble) => return Go::Say(trouble.told()),
            },
            Message::Answer(..) | Message::Filled => return self.shown(desk),
            _ => {}
        }
        Go::Stay
    }

    fn busy(&self) -> bool {
        self.reading.is_on()
    }
}

impl Keyed for Audit {
    type Action = ();
    const TABLES: &'static [&'static Table<()>] = &[&KEYS];

    fn table(&self) -> &'static Table<()> {
        &KEYS
    }

    fn act(&mut self, (): (), _desk: &mut Desk) -> Go {
        Go::Back
    }
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;

    use super::Audit;
    use crate::app::Traced;
    use crate::domain::{Name, Sort};
    use crate::text::{Lang, Text, t};
    use crate::ui::canvas::{Canvas, lines};
    use crate::ui::desk::Desk;
    use crate::ui::page::Screen;

    fn traced(what: Text, value: &str, stands: bool) -> Traced {
        Traced {
            of: Name { writer: 1, seq: 1 },
            sort: Sort::Household,
            at: 1_621_338_120_000,
            by: "陈明".to_owned(),
            laptop: "一组1".to_owned(),
            what: what.into(),
            value: t("{it}", "{it}").with("it", value),
            stands,
            private: false,
            facts: Vec::new(),
        }
    }

    fn drawn(page: &Audit, lang: Lang, width: u16, height: u16) -> Vec<String> {
        let area = Rect::new(0, 0, width, height);
        let (mut buffer, mut desk) = (Buffer::empty(area), Desk::for_tests());
        desk.lang = lang;
        page.draw(&mut Canvas::new(&mut buffer, &mut None, area, &desk));
        lines(&buffer)
    }

    // `environment solved on t~` stood there, and of a sentence its first twelve characters.
    #[test]
    fn what_was_said_stands_whole_somewhere_at_every_size() {
        let said = "三组那口机井从去年秋天就坏了, 二十多户浇不上地, 村里说没有钱修, 盼着镇上来看看";
        let class = "environment solved on the spot";
        let found = vec![traced(t("登记问题", "issue"), class, true), traced(t("记下", "put down"), said, true)];
        for (width, height) in [(40, 10), (80, 21), (96, 21), (119, 40)] {
            for (at, want) in [(0, class), (1, said)] {
                let mut page = Audit { found: Some(found.clone()), ..Audit::of(Name { writer: 1, seq: 1 }) };
                page.list.select(at);
                let screen = drawn(&page, Lang::En, width, height);
                let all: String = screen.iter().map(|line| line.trim()).collect();
                assert!(all.replace(' ', "").contains(&want.replace(' ', "")), "{screen:#?}");
                assert!(screen.iter().any(|line| line.starts_with("> ")), "{screen:#?}");
            }
        }
        let screen = drawn(&Audit { found: Some(found), ..Audit::of(Name { writer: 1, seq: 1 }) }, Lang::En, 80, 21);
        assert!(screen[3].ends_with("environment solved on the spot"), "{screen:#?}");
    }

    // `2026-11-~` stood there at 40 columns, and of other words nine columns.
    #[test]
    fn a_narrow_list_has_the_day_and_more_of_what_was_said_and_the_hour_below() {
        let due = traced(t("预约", "appointment"), "2021-05-18 19:30", true);
        let page = Audit { found: Some(vec![due]), ..Audit::of(Name { writer: 1, seq: 1 }) };
        for (lang, want) in [
            (Lang::Zh, "> 5-18   预约          2021-05-18 19:30"),
            (Lang::En, "> 5-18   appointment   2021-05-18 19:30"),
        ] {
            let screen = drawn(&page, lang, 40, 9);
            assert!(screen.iter().any(|line| line == want), "{screen:#?}");
            assert!(screen.iter().any(|line| line.contains(" 5-18 19:42")), "{screen:#?}");
        }
    }

    // It was dim and nothing else: where a terminal shows no dim, and on the selected line, nobody saw it.
    #[test]
    fn what_no_longer_stands_has_a_word_for_it() {
        let household = Name { writer: 1, seq: 1 };
        let door = |door, stands| traced(t("门牌", "door"), door, stands);
        let page = Audit { found: Some(vec![door("7号", true), door("9号", false)]), ..Audit::of(household) };
        let drawn = drawn(&page, Lang::Zh, 80, 8);
        assert!(drawn[0].ends_with("(旧) 已被改掉或撤去"), "{drawn:#?}");
        assert!(drawn.iter().any(|line| line.ends_with("  7号")), "{drawn:#?}");
        assert!(drawn.iter().any(|line| line.ends_with("  (旧) 9号")), "{drawn:#?}");
    }
}
