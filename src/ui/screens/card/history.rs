//! 往来记录: everything that happened with a household, the latest first; nothing is changed here.
//!
//! Keystrokes: arrows and page keys; Enter, who recorded this one line, Tab, all of the household. Covered, what was said and what only the card may show is left out.

use super::Audit;
use super::appoint::in_full;
use super::face;
use super::sheet::{Appointment, Person, Sheet, Words, Written};
use crate::domain::{Name, Visit, local};
use crate::text::t;
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
    /// Shows who recorded what the cursor is at, where and when.
    One,
    /// The same of the whole household.
    All,
    /// Returns to the card.
    Back,
}

static KEYS: Table<Action> = table(
    t("往来记录", "History"),
    &[
        row(&[Key::Enter], t("这一条的来历", "Who recorded it"), Action::One),
        row(&[Key::Tab], t("全户来历", "Whole household"), Action::All),
        row(&[Key::Digit(0)], t("返回户卡", "Card"), Action::Back),
    ],
);

/// One thing that happened.
enum Event<'a> {
    Visit(&'a Visit),
    Appointment(&'a Appointment),
    Person(&'a Person),
    Words(&'a Words),
    Written(&'a Written),
}

/// Gives what may be shown of what happened, the latest first.
fn events(sheet: &Sheet, covered: bool) -> Vec<Event<'_>> {
    let words = sheet.words.iter().filter(|_| !covered).map(Event::Words);
    let written = sheet.written.iter().filter(|written| !(covered && written.secret)).map(Event::Written);
    let all = sheet.visits.iter().map(Event::Visit);
    let all = all.chain(sheet.appointments.iter().map(Event::Appointment));
    let all = all.chain(sheet.persons.iter().map(Event::Person)).chain(words).chain(written);
    let mut all: Vec<Event<'_>> = all.collect();
    all.sort_by_key(|event| -event.at());
    all
}

impl Event<'_> {
    fn at(&self) -> i64 {
        match self {
            Self::Visit(visit) => visit.started,
            Self::Appointment(appointment) => appointment.made,
            Self::Person(person) => person.at,
            Self::Words(words) => words.at,
            Self::Written(written) => written.at,
        }
    }

    fn look(&self) -> Look {
        match self {
            Self::Visit(_) => Look::Strong,
            Self::Written(_) => Look::Dim,
            _ => Look::Plain,
        }
    }

    fn text(&self, canvas: &Canvas<'_>) -> String {
        let covered = canvas.desk.covered;
        match self {
            Self::Visit(visit) => {
                let mut text = face::visit_words(canvas, visit);
                for (label, said) in [(t("原因", "why"), &visit.short_why), (t("下次", "next"), &visit.next)] {
                    if !said.is_empty() && !covered {
                        text = format!("{text}   {}: {said}", canvas.words(label));
                    }
                }
                text
            }
            Self::Appointment(appointment) => {
                let said = t("预约 {when} ({by})", "appointment {when} ({by})")
                    .with("by", &appointment.by)
                    .with_words("when", in_full(appointment.at, canvas.desk.now.wall_ms));
                canvas.say(&said)
            }
            Self::Person(person) => {
                let said = t("家庭成员 {who}", "member {who}").with("who", face::person_words(canvas, person, covered));
                canvas.say(&said)
            }
            Self::Words(words) => format!("{} ({})", face::words_words(canvas, words), words.by),
            Self::Written(written) => {
                let said = t("资料 {name}: {value} ({by})", "fact {name}: {value} ({by})")
                    .with("by", &written.by)
                    .with_words("name", written.name.clone())
                    .with_words("value", written.value.clone());
                canvas.say(&said)
            }
        }
    }

    /// Opens who recorded this one thing.
    fn audit(&self, household: Name) -> Audit {
        let plain = |text: &str| t("{it}", "{it}").with("it", text);
        match self {
            Self::Visit(visit) => {
                let name = t("{day} 的走访", "the visit of {day}").with("day", local::short_day(visit.started));
                Audit::of_records(household, vec![visit.name], name)
            }
            Self::Appointment(appointment) => {
                Audit::of_records(household, vec![appointment.name], t("预约", "appointment"))
            }
            Self::Person(person) => {
                let name = if person.name.is_empty() { &person.relation } else { &person.name };
                Audit::of_records(household, person.id.into_iter().collect(), plain(name))
            }
            Self::Words(words) => Audit::of_records(household, words.names.clone(), plain(&words.text)),
            Self::Written(written) => Audit::of_fact(household, &written.key, written.name.clone()),
        }
    }
}

impl History {
    /// Opens the page.
    pub(super) fn of(household: Name) -> Self {
        Self { household, sheet: None, list: List::new() }
    }

    fn events(&self, desk: &Desk) -> Vec<Event<'_>> {
        self.sheet.as_ref().map_or_else(Vec::new, |sheet| events(sheet, desk.covered))
    }
}

impl Screen for History {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        let Some(sheet) = &self.sheet else { return };
        canvas.write(1, 0, &sheet.household.head, Look::Strong);
        let events = events(sheet, canvas.desk.covered);
        if events.is_empty() {
            canvas.write(1, 2, canvas.words(t("还没有往来.", "Nothing has happened yet.")), Look::Plain);
            return;
        }
        let room = usize::from(canvas.width().saturating_sub(15));
        let height = canvas.height().saturating_sub(2);
        let mut start = self.list.window(events.len(), height).start;
        let selected = self.list.selected().min(events.len() - 1);
        // A line that takes several rows must not push the selected one out of sight.
        let rows = |from: usize| -> usize {
            let above = events.iter().take(selected + 1).skip(from);
            above.map(|event| wrap(&event.text(canvas), room).len()).sum()
        };
        while start < selected && rows(start) > usize::from(height) {
            start += 1;
        }
        let mut y = 2;
        for (index, event) in events.iter().enumerate().skip(start) {
            if y >= canvas.height() {
                break;
            }
            let day = local::short_day(event.at());
            canvas.write(0, y, if index == selected { ">" } else { " " }, Look::Accent);
            canvas.write(2 + 5_u16.saturating_sub(columns(&day)), y, &day, Look::Dim);
            canvas.write(8, y, local::clock(event.at()), Look::Dim);
            for line in wrap(&event.text(canvas), room) {
                canvas.write(14, y, line, event.look());
                y += 1;
            }
        }
    }

    fn list(&mut self, desk: &Desk) -> Option<Scroll<'_>> {
        let len = self.events(desk).len();
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

    fn act(&mut self, action: Action, desk: &mut Desk) -> Go {
        match action {
            Action::One => {
                let events = self.events(desk);
                events
                    .get(self.list.selected().min(events.len().saturating_sub(1)))
                    .map_or(Go::Stay, |event| Go::open(event.audit(self.household)))
            }
            Action::All => Go::open(Audit::of(self.household)),
            Action::Back => Go::Back,
        }
    }
}
