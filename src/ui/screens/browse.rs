//! 按村组看: villages with how many are visited, their groups, and the households of a group.
//!
//! Keystrokes: Ctrl-G from the lookup; Enter goes into a village, a group, a card; Esc comes back out. Tab leaves those that
//! are not visited yet. Nothing is typed here.

mod title;

use super::lookup::lines;
use super::reasons;
use super::{Beside, Card, is_roomy};
use crate::app::{Ask, Face, GroupCount, Message, Ticket};
use crate::domain::hidden::for_other_eyes;
use crate::hanzi::clean;
use crate::text::{Said, Text, t};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::desk::Desk;
use crate::ui::keys::{Key, Table, row, table};
use crate::ui::list::{Column, List, Scroll, draw_lines};
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::pending::Pending;
use crate::ui::theme::Look;

/// Shows villages, groups and households.
#[derive(Debug, PartialEq, Default)]
pub struct Browse {
    counts: Option<Vec<GroupCount>>,
    level: Level,
    /// The lists of villages, groups and households, each where it was left.
    lists: [List; 3],
    faces: Vec<Face>,
    counting: Pending,
    finding: Option<Ticket>,
    /// Only those that are not visited yet.
    open_only: bool,
}

/// How far in one is.
#[derive(Debug, PartialEq, Eq, Clone, Default)]
enum Level {
    /// All villages.
    #[default]
    Villages,
    /// The groups of a village, by town and village.
    Groups(String, String),
    /// The households of a group.
    Households(String, String, String),
}

/// One line of villages or groups.
struct Line {
    town: String,
    village: String,
    group: Option<String>,
    households: usize,
    covered: usize,
}

impl Line {
    /// Counts those that are not visited yet.
    const fn open(&self) -> usize {
        self.households.saturating_sub(self.covered)
    }
}

/// Households of a group asked for at most.
const MOST: usize = 2_000;

impl Browse {
    /// Opens the page.
    pub fn new() -> Self {
        Self::default()
    }

    fn depth(&self) -> usize {
        match self.level {
            Level::Villages => 0,
            Level::Groups(..) => 1,
            Level::Households(..) => 2,
        }
    }

    /// Gives the lines of the level of villages or groups.
    fn lines(&self) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        for count in self.counts.iter().flatten() {
            let within = match &self.level {
                Level::Villages => true,
                Level::Groups(town, village) => count.town == *town && count.village == *village,
                Level::Households(..) => false,
            };
            if !within {
                continue;
            }
            let group = matches!(self.level, Level::Groups(..)).then(|| count.group.clone());
            match lines.last_mut() {
                Some(last) if last.town == count.town && last.village == count.village && last.group == group => {
                    last.households += count.households;
                    last.covered += count.covered;
                }
                _ => lines.push(Line {
                    town: count.town.clone(),
                    village: count.village.clone(),
                    group,
                    households: count.households,
                    covered: count.covered,
                }),
            }
        }
        if self.open_only {
            lines.retain(|line| line.covered < line.households);
        }
        lines
    }

    fn selected(&self) -> usize {
        self.lists.get(self.depth()).map_or(0, List::selected)
    }

    fn read(&mut self, desk: &mut Desk) {
        self.counting.ask(desk.session.ask(Ask::CountGroups));
        self.find(desk);
    }

    /// Gives the group whose households are shown: the one that one is in, or the selected one.
    fn within(&self) -> Option<(String, String, String)> {
        match &self.level {
            Level::Villages => None,
            Level::Households(town, village, group) => Some((town.clone(), village.clone(), group.clone())),
            Level::Groups(..) => self.line().and_then(|line| Some((line.town, line.village, line.group?))),
        }
    }

    /// Gives the selected line of villages or groups.
    fn line(&self) -> Option<Line> {
        let mut lines = self.lines();
        let at = self.selected().min(lines.len().saturating_sub(1));
        (at < lines.len()).then(|| lines.swap_remove(at))
    }

    /// Asks for the households of a group; of the selected one only where they stand beside it.
    fn find(&mut self, desk: &mut Desk) {
        if self.depth() == 1 && !self.has_room_beside(desk) {
            return;
        }
        let Some((_, village, group)) = self.within() else { return };
        let open = if self.open_only { " 未访" } else { "" };
        let group = match group.as_str() {
            "" => String::new(),
            number if number.chars().all(|c| c.is_ascii_digit()) => format!(" {number}组"),
            named => format!(" {named}"),
        };
        let typed = format!("{village}{group}{open}");
        self.finding = Some(desk.session.ask(Ask::Find { typed, most: MOST }));
    }

    fn has_room_beside(&self, desk: &Desk) -> bool {
        is_roomy(desk.body) && self.beside(desk).is_some_and(|beside| beside.room(desk.body).is_some())
    }

    fn enter(&mut self, desk: &mut Desk) -> Go {
        let lines = self.lines();
        let at = self.selected();
        let line = lines.get(at.min(lines.len().saturating_sub(1)));
        let next = match (&self.level, line) {
            (Level::Villages, Some(line)) => Level::Groups(line.town.clone(), line.village.clone()),
            (Level::Groups(town, village), Some(line)) => {
                Level::Households(town.clone(), village.clone(), line.group.clone().unwrap_or_default())
            }
            (Level::Households(..), _) => {
                let face = self.faces.get(at.min(self.faces.len().saturating_sub(1)));
                return face.map_or(Go::Stay, |face| Go::open(Card::of(face.name)));
            }
            (_, None) => return Go::Stay,
        };
        self.level = next;
        let depth = self.depth();
        if let Some(list) = self.lists.get_mut(depth) {
            *list = List::new();
        }
        self.faces.clear();
        self.find(desk);
        Go::Stay
    }

    fn out(&mut self, desk: &mut Desk) -> Go {
        self.level = match std::mem::take(&mut self.level) {
            Level::Villages => return Go::Back,
            Level::Groups(..) => Level::Villages,
            Level::Households(town, village, _) => Level::Groups(town, village),
        };
        self.faces.clear();
        self.find(desk);
        Go::Stay
    }
}

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    /// Goes into what is selected.
    Enter,
    /// Comes back out.
    Out,
    /// Shows only those not visited yet, or all.
    Open,
}

static KEYS: Table<Action> = table(
    t("按村组看", "By village and group"),
    &[
        row(&[Key::Enter], t("进去", "Go in"), Action::Enter),
        row(&[Key::Esc], t("退出来", "Back out"), Action::Out),
        row(&[Key::Tab], t("只看未访/全部", "Unvisited or all"), Action::Open),
    ],
);

/// The town stands before villages alone: of groups it is in the title.
static COLUMNS: [Column; 5] = [
    Column::new(t("镇(街道)", "Town"), 12).drops(1),
    Column::new(t("村(居), 组", "Village, group"), 16).grows(1),
    Column::new(t("户", "All"), 7),
    Column::new(t("已访", "Visited"), 12).drops(2),
    Column::new(t("未访", "Open"), 11),
];

const OPEN_ONLY: Text = t("只看未访; Tab 看全部", "only those not visited yet; Tab shows all");

/// Rows above the list.
const ABOVE: u16 = 2;

impl Screen for Browse {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        let titles: Vec<String> = title::of(self).iter().map(|said| canvas.say(said)).collect();
        let fitting = titles.iter().find(|title| columns(title) < canvas.width()).or(titles.last());
        canvas.write(1, 0, fitting.map_or("", String::as_str), Look::Strong);
        if self.open_only {
            canvas.write(1, 1, canvas.words(OPEN_ONLY), Look::Dim);
        }
        let height = canvas.height().saturating_sub(ABOVE);
        if matches!(self.level, Level::Households(..)) {
            if let Some(list) = self.lists.get(2) {
                lines::draw_of_group(&mut canvas.part(0, ABOVE, canvas.width(), height), &self.faces, list);
            }
            return;
        }
        let lines = self.lines();
        if lines.is_empty() && self.counts.is_some() {
            let nothing = if self.open_only {
                t("都访过了. Tab 看全部.", "All are visited. Tab shows all.")
            } else {
                t("还没有住户.", "No households yet.")
            };
            canvas.write(2, ABOVE, canvas.words(nothing), Look::Dim);
            return;
        }
        let Some(list) = self.lists.get(self.depth()) else { return };
        let of_village = matches!(self.level, Level::Groups(..));
        let shape = COLUMNS.get(usize::from(of_village)..).unwrap_or_default();
        // Numbers end below one another, and so do the words on either side of them.
        let widest = |of: fn(&Line) -> usize| lines.iter().map(|line| of(line).to_string().len()).max().unwrap_or(0);
        let widths = [widest(|line| line.households), widest(|line| line.covered), widest(Line::open)];
        let mut drawn = Vec::new();
        for index in list.shown(canvas, lines.len(), height) {
            let Some(line) = lines.get(index) else { continue };
            let group = match line.group.as_deref() {
                None => clean::line(&for_other_eyes(&line.village)),
                Some(group) => canvas.say(&title::group(group)),
            };
            let count = |text, n: usize, width: usize| canvas.say(&Said::from(text).with("n", format!("{n:>width$}")));
            let [all, covered, open] = widths;
            let town = (!of_village).then(|| (clean::line(&for_other_eyes(&line.town)), Look::Dim));
            let cells = town.into_iter().chain([
                (group, Look::Strong),
                (count(t("{n} 户", "{n}"), line.households, all), Look::Plain),
                (count(t("已访 {n}", "{n} visited"), line.covered, covered), Look::Plain),
                if line.open() == 0 {
                    (canvas.words(t("都访过了", "all visited")).to_owned(), Look::Dim)
                } else {
                    (count(t("未访 {n}", "{n} open"), line.open(), open), Look::Plain)
                },
            ]);
            let cells = cells.collect();
            drawn.push((cells, list.is_selected(index, lines.len())));
        }
        draw_lines(canvas, ABOVE, shape, &drawn);
    }

    fn beside(&self, desk: &Desk) -> Option<Beside> {
        if self.depth() == 2 {
            let face = self.faces.get(self.selected().min(self.faces.len().saturating_sub(1)));
            return Beside::household(face.map(|face| face.name));
        }
        let line = self.line()?;
        let place = clean::line(&for_other_eyes(&format!("{} {}", line.town, line.village)));
        let group = line.group.as_deref().map(|group| title::group(group).say(desk.lang));
        let mut beside = Beside::titled(group.map_or_else(|| place.clone(), |group| format!("{place} {group}")));
        let counts = |households: usize, covered: usize| {
            let words = t("{n} 户, 已访 {covered}, 未访 {open}", "{n}, visited {covered}, open {open}");
            words
                .with("n", households)
                .with("covered", covered)
                .with("open", households.saturating_sub(covered))
                .say(desk.lang)
        };
        beside.say(counts(line.households, line.covered), Look::Plain);
        beside.gap();
        // Of a group its households; of a village its groups.
        if line.group.is_some() {
            // As many as have room; the last row says how many more there are.
            let room = usize::from(desk.body.height.saturating_sub(ABOVE + 2));
            for face in self.faces.iter().take(room) {
                let parts =
                    [face.head.clone(), face.who.say(desk.lang), face.place.clone(), face.standing.say(desk.lang)];
                let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
                beside.say(parts.join("  "), Look::Plain);
            }
            let more = self.faces.len().saturating_sub(room);
            if more > 0 {
                beside.tell(t("还有 {n} 户", "{n} more {n:household|households}").with("n", more), Look::Dim);
            }
            return beside.filled();
        }
        let here = |count: &&GroupCount| count.town == line.town && count.village == line.village;
        for count in self.counts.iter().flatten().filter(here) {
            let name = title::group(&count.group).say(desk.lang);
            beside.say(format!("{name}   {}", counts(count.households, count.covered)), Look::Plain);
        }
        beside.filled()
    }

    fn list(&mut self, _: &Desk) -> Option<Scroll<'_>> {
        let len = if self.depth() == 2 { self.faces.len() } else { self.lines().len() };
        let depth = self.depth();
        self.lists.get_mut(depth).map(|list| Scroll { list, len })
    }

    fn moved(&mut self, desk: &mut Desk) -> Go {
        if matches!(self.level, Level::Groups(..)) {
            self.faces.clear();
            self.find(desk);
        }
        Go::Stay
    }

    fn resized(&mut self, desk: &mut Desk) -> Go {
        // Asked for already they come, or are there.
        if self.depth() == 1 && self.finding.is_none() && self.faces.is_empty() {
            self.find(desk);
        }
        Go::Stay
    }

    fn shown(&mut self, desk: &mut Desk) -> Go {
        self.read(desk);
        Go::Stay
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        if self.counting.hear(message) {
            return Go::Stay;
        }
        match message {
            Message::GroupsCounted(ticket, counts) if self.counting.is_answered_by(*ticket) => match counts.as_ref() {
                Ok(counts) => {
                    self.counts = Some(counts.clone());
                    // The selected group is known only now.
                    if self.depth() == 1 {
                        self.find(desk);
                    }
                }
                Err(trouble) => return Go::Say(trouble.told()),
            },
            Message::Found { ticket, faces, .. } if self.finding == Some(*ticket) => {
                self.finding = None;
                // The same village may stand in two towns.
                let Some((town, village, group)) = self.within() else { return Go::Stay };
                let here = |face: &&Face| face.town == town && face.village == village;
                let of_group = |face: &&Face| !group.is_empty() || !face.place.contains('组');
                self.faces = faces.iter().filter(here).filter(of_group).cloned().collect();
            }
            // Another page has asked since, and this question is not answered any more.
            Message::Found { ticket, .. } if self.finding.is_some_and(|mine| mine < *ticket) => self.find(desk),
            Message::Filled | Message::Answer(..) => self.read(desk),
            _ => {}
        }
        Go::Stay
    }

    fn why(&self, desk: &Desk) -> Option<Said> {
        Some(reasons::covered(desk))
    }

    fn busy(&self) -> bool {
        self.counting.is_on() || self.finding.is_some()
    }
}

impl Keyed for Browse {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&KEYS];

    fn table(&self) -> &'static Table<Action> {
        &KEYS
    }

    fn act(&mut self, action: Action, desk: &mut Desk) -> Go {
        match action {
            Action::Enter => self.enter(desk),
            Action::Out => self.out(desk),
            Action::Open => {
                self.open_only = !self.open_only;
                let depth = self.depth();
                if let Some(list) = self.lists.get_mut(depth) {
                    *list = List::new();
                }
                self.find(desk);
                Go::Stay
            }
        }
    }
}
