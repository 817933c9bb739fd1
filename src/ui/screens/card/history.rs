//! 往来记录: everything that happened with a household, the latest first; nothing is changed here.
//!
//! Keystrokes: arrows and page keys. Covered, what was said and what only the card may show is left out.

use super::Audit;
use super::appoint::in_full;
use super::face;
use super::sheet::Sheet;
use crate::domain::{Name, local};
use crate::text::{Text, t};
use crate::ui::canvas::{Canvas, columns, wrap};
use crate::ui::desk::Desk;
use crate::ui::keys::{Key, Table, row, table};
use crate::ui::list::{List, Scroll};
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::theme::Look;

/// Shows everything that happened with a household.
#[derive(Debug, PartialEq, Eq)]
pub struct History {
    household: Name,
    sheet: Option<Sheet>,
    list: List,
}

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    /// Returns to the card.
    Back,
    /// Shows who recorded what, where and when.
    Audit,
}

static KEYS: Table<Action> = table(
    t("往来记录", "History"),
    &[
        row(&[Key::Enter], t("返回户卡", "Back to the card"), Action::Back),
        row(&[Key::Tab], t("记录来历", "Who recorded what"), Action::Audit),
    ],
);

/// One thing that happened.
struct Entry {
    at: i64,
    text: String,
    look: Look,
}

impl History {
    /// Opens the page.
    pub(super) fn of(household: Name) -> Self {
        Self { household, sheet: None, list: List::new() }
    }

    fn len(&self) -> usize {
        self.sheet.as_ref().map_or(0, |sheet| {
            sheet.visits.len()
                + sheet.appointments.len()
                + sheet.words.len()
                + sheet.written.len()
                + sheet.persons.len()
        })
    }
}

fn entries(canvas: &Canvas<'_>, sheet: &Sheet) -> Vec<Entry> {
    let covered = canvas.desk.covered;
    let now_ms = canvas.desk.now.wall_ms;
    let mut all: Vec<Entry> = sheet
        .visits
        .iter()
        .map(|visit| {
            let mut text = face::visit_words(canvas, visit);
            let label = |text: &mut String, label: Text, said: &str| {
                if !said.is_empty() && !covered {
                    *text = format!("{text}   {}: {said}", canvas.words(label));
                }
            };
            label(&mut text, t("原因", "why"), &visit.short_why);
            label(&mut text, t("下次", "next"), &visit.next);
            Entry { at: visit.started, text, look: Look::Strong }
        })
        .collect();
    all.extend(sheet.appointments.iter().map(|appointment| {
        let said = t("预约 {when} ({by})", "appointment {when} ({by})")
            .with("by", &appointment.by)
            .with_words("when", in_full(appointment.at, now_ms));
        Entry { at: appointment.made, text: canvas.say(&said), look: Look::Plain }
    }));
    all.extend(sheet.persons.iter().map(|person| {
        let said = t("家庭成员 {who}", "member {who}").with("who", face::person_words(canvas, person, covered));
        Entry { at: person.at, text: canvas.say(&said), look: Look::Plain }
    }));
    if !covered {
        all.extend(sheet.words.iter().map(|words| {
            let text = format!("{} ({})", face::words_words(canvas, words), words.by);
            Entry { at: words.at, text, look: Look::Plain }
        }));
    }
    all.extend(sheet.written.iter().filter(|written| !(covered && written.secret)).map(|written| {
        let said = t("资料 {name}: {value} ({by})", "fact {name}: {value} ({by})")
            .with("by", &written.by)
            .with_words("name", written.name.clone())
            .with_words("value", written.value.clone());
        Entry { at: written.at, text: canvas.say(&said), look: Look::Dim }
    }));
    all.sort_by_key(|entry| -entry.at);
    all
}

impl Screen for History {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        let Some(sheet) = &self.sheet else { return };
        canvas.write(1, 0, &sheet.household.head, Look::Strong);
        let entries = entries(canvas, sheet);
        if entries.is_empty() {
            canvas.write(1, 2, canvas.words(t("还没有往来.", "Nothing has happened yet.")), Look::Plain);
            return;
        }
        let mut y = 2;
        let window = self.list.window(entries.len(), canvas.height().saturating_sub(2));
        for (index, entry) in entries.iter().enumerate().skip(window.start) {
            if y >= canvas.height() {
                break;
            }
            let selected = self.list.is_selected(index, entries.len());
            let day = local::short_day(entry.at);
            canvas.write(0, y, if selected { ">" } else { " " }, Look::Accent);
            canvas.write(2 + 5_u16.saturating_sub(columns(&day)), y, &day, Look::Dim);
            canvas.write(8, y, local::clock(entry.at), Look::Dim);
            let room = canvas.width().saturating_sub(15);
            for line in wrap(&entry.text, usize::from(room)) {
                canvas.write(14, y, line, entry.look);
                y += 1;
            }
        }
    }

    fn list(&mut self, desk: &Desk) -> Option<Scroll<'_>> {
        let len = self.len();
        Some(Scroll { list: &mut self.list, len, window: desk.body.height.saturating_sub(2).max(1) })
    }

    fn shown(&mut self, desk: &mut Desk) -> Go {
        self.sheet = desk.session.house().and_then(|house| Sheet::read(&house, self.household).ok());
        Go::Stay
    }

    fn heard(&mut self, message: &crate::app::Message, desk: &mut Desk) -> Go {
        if matches!(message, crate::app::Message::Answer(..)) {
            self.shown(desk);
        }
        Go::Stay
    }
}

impl Keyed for History {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&KEYS];

    fn table(&self) -> &'static Table<Action> {
        &KEYS
    }

    fn act(&mut self, action: Action, _desk: &mut Desk) -> Go {
        match action {
            Action::Back => Go::Back,
            Action::Audit => Go::open(Audit::of(self.household)),
        }
    }
}
