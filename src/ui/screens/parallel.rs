//! 同户不同项: different facts of one household, or of one issue, that people changed without having seen each other's. Both
//! stand and nothing is to be chosen; it is told so that somebody looks at the whole.
//!
//! Keystrokes: from 不一致 0; Enter opens the issue, else the card; Tab the card.

use super::{Beside, Card, OneIssue, reasons};
use crate::app::{Ask, Change, MOST_PARALLEL, Message, Parallel};
use crate::domain::hidden::for_lists;
use crate::domain::local;
use crate::text::{Said, Trouble, t};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::desk::Desk;
use crate::ui::glance;
use crate::ui::keys::{Key, Table, row, table};
use crate::ui::list::{self, Column, List, Scroll, draw_lines};
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::pending::Pending;
use crate::ui::theme::Look;

const COLUMNS: [Column; 3] = [
    Column::new(t("户", "Household"), 9).grows(1),
    Column::new(t("住在", "Place"), 22).place().drops(1).grows(1),
    Column::new(t("谁改了哪一项", "Who changed what"), 24).grows(3).several(),
];

/// Rows above the list: the title and a blank.
const ABOVE: u16 = 2;
/// Rows below it: a blank, whose they are, the changes.
const BELOW: u16 = 8;
/// Rows that the list keeps on a low terminal.
const LEAST: u16 = 2;

/// Shows what was changed in parallel.
#[derive(Debug, PartialEq, Default)]
pub struct Parallels {
    found: Option<Result<Vec<Parallel>, Trouble>>,
    list: List,
    looking: Pending,
}

impl Parallels {
    /// Opens the page.
    pub fn new() -> Self {
        Self::default()
    }

    fn lines(&self) -> &[Parallel] {
        self.found.as_ref().and_then(|found| found.as_ref().ok()).map_or(&[], Vec::as_slice)
    }

    fn selected(&self) -> Option<&Parallel> {
        self.lines().get(self.list.selected().min(self.lines().len().saturating_sub(1)))
    }

    fn title(&self) -> Said {
        match &self.found {
            None => self.looking.say(t("同户不同项   正在找 {far}…", "Parallel   looking {far}…")),
            Some(_) if self.lines().len() >= MOST_PARALLEL => t(
                "同户不同项   只列最近的 {n} 处. 都算数, 没有要选的.",
                "Parallel   the last {n} only. All count, nothing is to be chosen.",
            )
            .with("n", self.lines().len()),
            Some(_) => t(
                "同户不同项   {n} 处. 改的时候谁也没有看到谁的; 都算数, 没有要选的.",
                "Parallel   {n}. Nobody had seen the other's; all count, nothing is to be chosen.",
            )
            .with("n", self.lines().len()),
        }
    }

    /// Shows each change of the selected household with who made it, when, and on which laptop.
    fn below(&self, canvas: &mut Canvas<'_>, y: u16) {
        let Some(one) = self.selected() else { return };
        let whose = format!("{} {}", for_lists(&canvas.say(&one.head)), one.place);
        canvas.write_cut(2, y, canvas.width().saturating_sub(2), whose.trim_end(), Look::Plain);
        let room = usize::from(canvas.height().saturating_sub(y + 1));
        let fits = if one.changes.len() > room { room.saturating_sub(1) } else { room };
        for (y, change) in (y + 1..).zip(one.changes.iter().rev().take(fits)) {
            let room = canvas.width().saturating_sub(2);
            let said = line(canvas.desk, change, room);
            canvas.write_cut(2, y, room, &said, Look::Strong);
        }
        if one.changes.len() > fits {
            let more = t("更早的还有 {n} 项", "{n} earlier ones more").with("n", one.changes.len() - fits);
            canvas.write(2, canvas.height().saturating_sub(1), canvas.say(&more), Look::Dim);
        }
    }
}

/// Gives the rows that the list has on a page of a height.
fn window(height: u16) -> u16 {
    height.saturating_sub(ABOVE + BELOW).max(LEAST)
}

/// Says one change: who, when, on which laptop, what; where there is no room the laptop goes first, then the hour.
fn line(desk: &Desk, change: &Change, room: u16) -> String {
    let value = glance::alone(desk, change.glance, || change.value.say(desk.lang));
    let day = local::short_day_beside(change.at, desk.now.wall_ms);
    let (fact, clock) = (glance::on_card(desk.covered, change.fact.say(desk.lang)), local::clock(change.at));
    let by = [format!("{day} {clock} {}", change.laptop), format!("{day} {clock}"), day];
    let said = by.map(|by| format!("{}  {value}   {} {by}", fact.trim_end(), change.actor));
    let fits = said.iter().find(|said| columns(said) <= room);
    fits.or(said.last()).cloned().unwrap_or_default()
}

/// Says in a row who changed which facts: 陈明 门牌 / 张文彬 小名.
fn listed(canvas: &Canvas<'_>, one: &Parallel) -> String {
    let words = |change: &Change| format!("{} {}", change.actor, canvas.say(&change.fact).trim_end());
    for_lists(&one.changes.iter().map(words).collect::<Vec<_>>().join(" / "))
}

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    /// Opens the issue that was changed, else the card.
    Open,
    /// Opens the household's card.
    Card,
}

static KEYS: Table<Action> = table(
    t("同户不同项", "Parallel"),
    &[row(&[Key::Enter], t("打开看看", "Open"), Action::Open), row(&[Key::Tab], t("打开户卡", "Card"), Action::Card)],
);

impl Screen for Parallels {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        let title = canvas.say(&self.title());
        canvas.title(0, &title);
        match &self.found {
            Some(Err(trouble)) => {
                let said = canvas.say(&trouble.told());
                canvas.write_wrapped(2, 2, 3, &said, Look::Late);
            }
            Some(Ok(found)) if found.is_empty() => {
                let words = t(
                    "最近几次合并里没有: 没有哪一户是几个人各改各的.",
                    "None in the last merges: no household was changed by several people at once.",
                );
                canvas.write_told(2, 2, 3, canvas.words(words), Look::Dim);
            }
            _ => {}
        }
        if self.lines().is_empty() {
            return;
        }
        let rows = window(canvas.height());
        let shown = self.list.shown(canvas, self.lines().len(), rows);
        if let Some(said) = list::below(&shown, self.lines().len()) {
            canvas.write(2, ABOVE + rows, canvas.say(&said), Look::Dim);
        }
        let mut drawn = Vec::new();
        for index in shown {
            let Some(one) = self.lines().get(index) else { continue };
            let cells = vec![
                (for_lists(&canvas.say(&one.head)), Look::Strong),
                (one.place.clone(), Look::Plain),
                (listed(canvas, one), Look::Plain),
            ];
            drawn.push((cells, self.list.is_selected(index, self.lines().len())));
        }
        draw_lines(canvas, ABOVE, &COLUMNS, &drawn);
        self.below(canvas, ABOVE + rows + 1);
    }

    fn why(&self, _: &Desk) -> Option<Said> {
        Some(reasons::parallel())
    }

    fn beside(&self, desk: &Desk) -> Option<Beside> {
        let one = self.selected()?;
        let mut beside = Beside::titled(for_lists(&one.head.say(desk.lang)));
        beside.say(one.place.clone(), Look::Plain);
        beside.or_card(one.household.filter(|_| !one.is_hidden)).filled()
    }

    fn list(&mut self, _: &Desk) -> Option<Scroll<'_>> {
        let len = self.lines().len();
        Some(Scroll { list: &mut self.list, len })
    }

    fn shown(&mut self, desk: &mut Desk) -> Go {
        self.looking.ask(desk.session.ask(Ask::LookForCrossed));
        Go::Stay
    }

    fn heard(&mut self, message: &Message, _: &mut Desk) -> Go {
        if self.looking.hear(message) {
            return Go::Stay;
        }
        if let Message::Crossed(ticket, found) = message
            && self.looking.is_answered_by(*ticket)
        {
            self.found = Some(found.as_ref().clone());
        }
        Go::Stay
    }
}

impl Keyed for Parallels {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&KEYS];

    fn table(&self) -> &'static Table<Action> {
        &KEYS
    }

    fn act(&mut self, action: Action, _: &mut Desk) -> Go {
        let Some(one) = self.selected() else { return Go::Stay };
        match (action, one.issue, one.household) {
            (Action::Open, Some(issue), _) => Go::open(OneIssue::of(issue)),
            (_, _, Some(household)) => Go::open(Card::of(household)),
            (Action::Card, _, None) => Go::say(t("这件不属于哪一户.", "It belongs to no household.")),
            (Action::Open, None, None) => Go::Stay,
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::{Rect, Size};

    use super::{Action, MOST_PARALLEL, Parallels};
    use crate::app::{Ask, Change, Glance, Message, Parallel, Ticket};
    use crate::domain::Name;
    use crate::text::{Lang, Text, t};
    use crate::ui::canvas::{Canvas, lines};
    use crate::ui::desk::Desk;
    use crate::ui::keys::Key;
    use crate::ui::page::{Go, Keyed, Screen};
    use crate::ui::screens::{Known, card::Sheet};

    fn change(fact: Text, value: &str, actor: &str, glance: Glance) -> Change {
        Change {
            key: "door".to_owned(),
            fact: fact.into(),
            value: t("{it}", "{it}").with("it", value),
            written: value.to_owned(),
            glance,
            actor: actor.to_owned(),
            at: 1_621_338_120_000,
            laptop: "二组1".to_owned(),
        }
    }

    fn one(head: Text, changes: Vec<Change>) -> Parallel {
        let place = "东里镇 东里东村 3组".to_owned();
        Parallel { household: Some(Name::new(1, 1)), issue: None, is_hidden: false, head: head.into(), place, changes }
    }

    fn page(desk: &mut Desk) -> Parallels {
        let door = change(t("门牌", "door"), "14号", "陈明", Glance::Anybody);
        let health = change(t("老伴 刘桂芝 身体状况", "wife health"), "慢性病", "张文彬", Glance::Alone);
        let all =
            vec![one(t("张守富", "张守富"), vec![door.clone(), health]), one(t("李桂英", "李桂英"), vec![door; 12])];
        let mut page = Parallels::new();
        page.shown(desk);
        assert_eq!(desk.session.asked, [Ask::LookForCrossed]);
        page.heard(&Message::Working(Ticket(1), 40), desk);
        assert!(drawn(&page, desk, 80, 21).contains("正在找 40% …"));
        page.heard(&Message::Crossed(Ticket(1), Box::new(Ok(all))), desk);
        page
    }

    fn drawn(page: &Parallels, desk: &mut Desk, wide: u16, high: u16) -> String {
        let area = Rect::new(0, 0, wide, high);
        desk.body = Size::new(wide, high);
        let mut buffer = Buffer::empty(area);
        page.draw(&mut Canvas::new(&mut buffer, &mut None, area, desk));
        lines(&buffer).join("\n")
    }

    #[test]
    fn a_row_says_who_changed_what_and_the_values_stand_below_unless_covered() {
        let mut desk = Desk::for_tests();
        let page = page(&mut desk);
        for (wide, high) in [(80, 21), (40, 9)] {
            let said = drawn(&page, &mut desk, wide, high);
            assert!(said.contains("> 张守富") && said.contains("陈明 门牌 +1"), "{said}");
            assert!(said.contains("门牌  14号   陈明 5-18 19:42 二组1"), "{said}");
            assert!(said.contains("身体状况  慢性病"), "{said}");
        }
        desk.covered = true;
        let said = drawn(&page, &mut desk, 80, 21);
        assert!(said.contains("身体状况  (遮挡)") && !said.contains("慢性病"), "{said}");
        (desk.covered, desk.lang) = (false, Lang::En);
        let said = drawn(&page, &mut desk, 80, 21);
        assert!(said.contains("Parallel   2. Nobody had seen the other's"), "{said}");
    }

    // The list said (保密), and on a wide terminal the card of the household stood beside it.
    #[test]
    fn beside_a_confidential_issue_no_card_stands() {
        let mut desk = Desk::for_tests();
        let known = Known::of_household(Name::new(1, 1), Sheet::default(), &desk);
        let mut page = page(&mut desk);
        assert!(page.beside(&desk).unwrap().laid(&known, &desk).unwrap().has_card());
        for one in page.found.iter_mut().flatten().flatten() {
            one.is_hidden = true;
        }
        assert!(!page.beside(&desk).unwrap().laid(&known, &desk).unwrap().has_card());
    }

    #[test]
    fn where_there_are_more_changes_than_rows_it_says_so_and_the_card_opens() {
        let mut desk = Desk::for_tests();
        let mut page = page(&mut desk);
        desk.body = Size::new(40, 9);
        assert!(page.list(&desk).unwrap().key(Key::Down, 1));
        let said = drawn(&page, &mut desk, 40, 9);
        assert!(said.contains("> 李桂英") && said.contains("更早的还有 10 项"), "{said}");
        assert!(matches!(page.act(Action::Open, &mut desk), Go::Open(_)));
        // What is left out is said.
        let many = vec![page.lines()[0].clone(); MOST_PARALLEL];
        let said = drawn(&Parallels { found: Some(Ok(many)), ..Parallels::default() }, &mut desk, 80, 21);
        assert!(said.contains("只列最近的 200 处"), "{said}");
        let mut page = Parallels { found: Some(Ok(Vec::new())), ..Parallels::default() };
        assert!(drawn(&page, &mut desk, 40, 9).contains("最近几次合并里没有"));
        assert_eq!(page.act(Action::Card, &mut desk), Go::Stay);
    }

    #[test]
    fn a_phone_behind_the_name_of_a_person_is_in_no_row_and_covered_not_below_it_either() {
        let mut desk = Desk::for_tests();
        let mut page = page(&mut desk);
        let sex = change(t("妻子 刘桂芝13905331111 性别", "wife sex"), "女", "陈明", Glance::Anybody);
        page.found = Some(Ok(vec![one(t("张守富", "张守富"), vec![sex])]));
        let said = drawn(&page, &mut desk, 100, 21);
        let rows: Vec<&str> = said.lines().filter(|line| line.contains("13905331111")).collect();
        assert!(matches!(rows.as_slice(), [below] if below.contains("性别  女")), "{said}");
        desk.covered = true;
        let said = drawn(&page, &mut desk, 100, 21);
        assert!(said.contains("刘桂芝139****1111") && !said.contains("13905331111"), "{said}");
    }
}
