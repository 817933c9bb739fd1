//! 导入过的名册: every list that was brought in, here or on another laptop, the newest first.
//!
//! Keystrokes: menu, the place, a line; 2 takes the whole import back, 1 has it again. Ctrl-Z takes the answer back.

use super::{Beside, reasons};
use crate::app::{Listed, Message, Request, Ticket, all_imports};
use crate::domain::local;
use crate::hanzi::clean;
use crate::text::{Said, Text, t};
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::keys::{Key, Table, row, table};
use crate::ui::list::{Column, List, Scroll, draw_headed};
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::screens::reading;
use crate::ui::screens::settled::Settled;
use crate::ui::theme::Look;

const IN_USE: Text = t("在用", "in use");
const TAKEN_BACK: Text = t("已撤销", "taken back");

/// Rows around the list: the sentence above it and a blank, the heads, a word below.
const AROUND: u16 = 6;

const COLUMNS: [Column; 5] = [
    Column::new(t("时间", "When"), 11),
    Column::new(t("文件", "File"), 20).grows(2),
    Column::new(t("户数", "Now"), 6),
    Column::new(t("谁", "By"), 8).drops(1),
    Column::new(t("状态", "State"), 10).worded(),
];

/// Shows the lists that were brought in.
#[derive(Debug, PartialEq, Default)]
pub struct Imports {
    lines: Vec<Line>,
    list: List,
    answering: Option<(Ticket, Settled)>,
}

/// One import, and how many households stand on its rows now.
#[derive(Debug, PartialEq)]
struct Line {
    import: Listed,
    households: usize,
}

impl Imports {
    /// Opens the page.
    pub fn new() -> Self {
        Self::default()
    }

    fn read(&mut self, desk: &Desk) -> Go {
        let Some(house) = desk.session.house() else { return Go::Stay };
        match all_imports(&house) {
            Ok(all) => {
                let households = |list: &Listed| house.shelf(|shelf, _| shelf.households_of(list.writer));
                let line = |import| Line { households: households(&import), import };
                self.lines = all.into_iter().rev().map(line).collect();
                Go::Stay
            }
            Err(trouble) => Go::Say(trouble.told()),
        }
    }

    /// Takes the selected import back, or has it again.
    fn answer(&mut self, stand: bool, desk: &mut Desk) -> Go {
        let Some(line) = self.lines.get(self.list.selected().min(self.lines.len().saturating_sub(1))) else {
            return Go::Stay;
        };
        if self.answering.is_some() {
            return Go::Stay;
        }
        if line.import.stands == stand {
            return Go::say(if stand {
                t("这份名册在用.", "This list is in use.")
            } else {
                t("已经撤销了; 1 恢复.", "It was taken back already; 1 has it again.")
            });
        }
        let (word, done) = if stand {
            ("import.restore", t("又在用了", "In use again"))
        } else {
            ("import.undo", t("整份撤销了", "Taken back"))
        };
        let settled = Settled::of(done).whose(clean::line(&line.import.file), "");
        let request = Request::new(word).with_name("import", line.import.import);
        self.answering = Some((desk.ask_of_list(request), settled));
        Go::Stay
    }
}

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    /// Has an import again that was taken back.
    Restore,
    /// Takes an import back.
    TakeBack,
}

static KEYS: Table<Action> = table(
    t("导入过的名册", "Rosters brought in"),
    &[
        row(&[Key::Digit(1)], t("恢复", "Have it again"), Action::Restore),
        row(&[Key::Digit(2)], t("整份撤销", "Take it back"), Action::TakeBack),
    ],
);

impl Screen for Imports {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        let title = t("导入过的名册   {n} 次", "Rosters brought in   {n}").with("n", self.lines.len());
        let so_far = t("{n} 次", "{n}").with("n", self.lines.len());
        reading::title(canvas, t("导入过的名册", "Rosters brought in"), so_far, &title);
        if self.lines.is_empty() {
            let words = t(
                "还没有导入过名册. 菜单里有 导入名册.",
                "No roster was brought in yet. The menu has Import a roster.",
            );
            let words = reading::nothing(canvas.desk, words);
            canvas.write_told(2, 2, 2, canvas.words(words), Look::Dim);
            return;
        }
        let window = canvas.height().saturating_sub(AROUND).max(1);
        let mut drawn = Vec::new();
        for index in self.list.shown(canvas, self.lines.len(), window) {
            let Some(Line { import, households }) = self.lines.get(index) else { continue };
            let at = import.when;
            let state =
                if import.stands { (canvas.words(IN_USE), Look::Plain) } else { (canvas.words(TAKEN_BACK), Look::Dim) };
            let cells = vec![
                (format!("{} {}", local::short_day(at), local::clock(at)), Look::Dim),
                (clean::line(&import.file), Look::Strong),
                (households.to_string(), Look::Plain),
                (clean::line(&import.by), Look::Plain),
                (state.0.to_owned(), state.1),
            ];
            drawn.push((cells, self.list.is_selected(index, self.lines.len())));
        }
        draw_headed(canvas, 2, &COLUMNS, &drawn);
        let words = t(
            "撤销以后, 已有走访或改动的户留下; 别的不再列出. 恢复就都回来.",
            "After taking back, households that people have written on stay; the others are no longer listed.",
        );
        canvas.write_told(1, canvas.height().saturating_sub(2), 2, canvas.words(words), Look::Dim);
    }

    fn why(&self, _: &Desk) -> Option<Said> {
        (!self.lines.is_empty()).then(reasons::households_of_an_import)
    }

    fn beside(&self, desk: &Desk) -> Option<Beside> {
        let Line { import, households } =
            self.lines.get(self.list.selected().min(self.lines.len().saturating_sub(1)))?;
        let mut beside = Beside::titled(clean::line(&import.file));
        beside.fact(t("标题", "title"), clean::line(&import.title));
        let day = local::short_day_beside(import.when, desk.now.wall_ms);
        beside.fact(t("时间", "when"), format!("{day} {}", local::clock(import.when)));
        beside.fact(t("谁导入", "by"), clean::line(&import.by));
        beside.fact(t("户数", "households"), households.to_string());
        let state = if import.stands { IN_USE } else { TAKEN_BACK };
        beside.fact(t("状态", "state"), state.get(desk.lang));
        beside.filled()
    }

    fn list(&mut self, _: &Desk) -> Option<Scroll<'_>> {
        Some(Scroll { list: &mut self.list, len: self.lines.len() })
    }

    fn shown(&mut self, desk: &mut Desk) -> Go {
        self.read(desk)
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        match message {
            Message::Answer(ticket, answer) if self.answering.as_ref().is_some_and(|(asked, _)| asked == ticket) => {
                let settled = self.answering.take();
                if let Err(trouble) = answer.as_ref() {
                    return Go::say(t("没有记下: {why}", "Not recorded: {why}").with_words("why", trouble.told()));
                }
                self.read(desk);
                settled.map_or(Go::Stay, |(_, settled)| Go::Say(settled.said(desk)))
            }
            // Something was brought in, merged or taken back elsewhere.
            Message::Filled | Message::Answer(..) | Message::Merged(..) => self.read(desk),
            _ => Go::Stay,
        }
    }
}

impl Keyed for Imports {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&KEYS];

    fn table(&self) -> &'static Table<Action> {
        &KEYS
    }

    fn act(&mut self, action: Action, desk: &mut Desk) -> Go {
        match action {
            Action::Restore => self.answer(true, desk),
            Action::TakeBack => self.answer(false, desk),
        }
    }
}
