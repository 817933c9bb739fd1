//! 往来记录: everything that happened with a household, the latest first.
//!
//! Keystrokes: arrows and page keys; Enter, who recorded this one line, Tab, all of the household. What was said is put right with
//! 1, in the field as it would be typed, or on the page of the talk where it was said in one, which can give it to others too;
//! given to another household with 2; and taken away with Ctrl-D. Covered, what was said and what only the card may show is left out.

mod event;

use super::Audit;
use super::sheet::Sheet;
use super::why;
use crate::app::{Ask, Request, Ticket};
use crate::domain::entry::{Entry, parse};
use crate::domain::{Name, local};
use crate::text::{Said, Text, t};
use crate::ui::canvas::{Canvas, columns, wrap};
use crate::ui::desk::Desk;
use crate::ui::field::Field;
use crate::ui::kept::Kept;
use crate::ui::keys::{Key, Table, row, table};
use crate::ui::list::{List, Scroll};
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::screens::alike::{EMPTIED, TAKEN_AWAY};
use crate::ui::screens::visit::story::Spoken;
use crate::ui::screens::visit::{change, said};
use crate::ui::screens::{Another, Beside, Talk, reasons, under_way};
use crate::ui::theme::Look;
use event::{Event, events};

/// Shows everything that happened with a household.
#[derive(Debug, PartialEq, Eq)]
pub struct History {
    household: Name,
    sheet: Option<Sheet>,
    list: List,
    /// What was said that is being put right.
    putting_right: Option<Spoken>,
    field: Field,
    sent: Option<Ticket>,
}

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    /// Shows who recorded what the cursor is at, where and when.
    One,
    /// The same of the whole household.
    All,
    /// Puts right what was said.
    PutRight,
    /// Takes it away.
    TakeAway,
    /// Gives it to another household.
    Move,
    /// Records what it says now.
    Record,
    /// Leaves it as it is.
    Leave,
    /// Returns to the card.
    Back,
}

static KEYS: Table<Action> = table(
    t("往来记录", "History"),
    &[
        row(&[Key::Enter], t("谁记的", "Who wrote it"), Action::One),
        row(&[Key::Tab], t("全户来历", "Whole household"), Action::All).quiet(),
        row(&[Key::Digit(1)], t("改说过的话", "Change"), Action::PutRight),
        row(&[Key::Digit(2)], t("移到别户", "Move"), Action::Move),
        row(&[Key::Ctrl('d')], t("撤去", "Take away"), Action::TakeAway),
        row(&[Key::Digit(0)], t("返回户卡", "Card"), Action::Back),
    ],
);

static WRITING: Table<Action> = table(
    t("往来记录: 改一条", "History: a line"),
    &[
        row(&[Key::Enter], t("改好", "Put down"), Action::Record),
        row(&[Key::Esc], t("不改", "Leave it"), Action::Leave),
    ],
);

const ONLY_WORDS: Text = t(
    "这里只改说过的话: 选中一句再按. 资料在 5 里改, 问题在 F4.",
    "Only what was said is put right here. Facts are changed under 5, issues under F4.",
);

impl History {
    /// Opens the page.
    pub(super) fn of(household: Name) -> Self {
        Self { household, sheet: None, list: List::new(), putting_right: None, field: Field::new(), sent: None }
    }

    /// Gives the line that the cursor is at, as it would be typed, and the talk it was said in.
    fn spoken(&self, desk: &Desk) -> Option<(Spoken, Option<Name>)> {
        let events = self.events(desk);
        let Event::Words(words) = events.get(self.list.selected().min(events.len().saturating_sub(1)))? else {
            return None;
        };
        let (line, text) = words.line.as_ref()?;
        Some((Spoken::of(*line, words.at, text, words.issue.clone()), words.talk))
    }

    fn put_right(&mut self, desk: &mut Desk) -> Go {
        let Some((spoken, talk)) = self.spoken(desk) else { return Go::say(ONLY_WORDS) };
        let open = desk.session.running().into_iter().chain(desk.session.interrupted()).map(|running| running.visit);
        match talk {
            // What is said in a talk that still goes on is put right there.
            Some(talk) if open.into_iter().any(|open| open == talk) => Go::say(STILL_GOES_ON),
            Some(talk) => Go::open(Talk::past(talk, spoken.line)),
            None => {
                self.begin(spoken, desk);
                Go::Stay
            }
        }
    }

    fn begin(&mut self, spoken: Spoken, desk: &Desk) {
        let before = (spoken.written(), usize::MAX);
        let (text, cursor) = desk.session.draft(&place(spoken.line)).unwrap_or(before);
        self.field.set(&text, cursor);
        self.putting_right = Some(spoken);
    }

    fn record(&mut self, desk: &mut Desk) -> Go {
        let Some(spoken) = self.putting_right.clone().filter(|_| self.sent.is_none()) else { return Go::Stay };
        let entry = parse(self.field.text());
        if let Some(trouble) = entry.refusal() {
            return said(&trouble);
        }
        if entry == Entry::Empty {
            return Go::say(EMPTIED);
        }
        let done = spoken.issue.as_ref().map(|issue| issue.done.clone()).unwrap_or_default();
        match Request::together(change(&spoken, &entry, &done, desk.now.wall_ms)) {
            Some(request) => {
                self.sent = Some(desk.session.ask(Ask::Do(request.consuming(place(spoken.line)))));
                Go::Stay
            }
            None => self.leave(desk),
        }
    }

    fn leave(&mut self, desk: &mut Desk) -> Go {
        if let Some(spoken) = self.putting_right.take() {
            desk.session.ask(Ask::Draft { place: place(spoken.line), text: String::new(), cursor: 0 });
        }
        self.field.take();
        Go::Stay
    }

    fn take_away(&mut self, desk: &mut Desk) -> Go {
        let Some((spoken, _)) = self.spoken(desk) else { return Go::say(ONLY_WORDS) };
        if spoken.issue.as_ref().is_some_and(|issue| under_way::is(issue.name, desk)) {
            return Go::say(under_way::STAYS);
        }
        self.sent = Some(desk.session.ask(Ask::Do(Request::new("line.retract").with_name("line", spoken.line))));
        Go::say(TAKEN_AWAY)
    }

    /// Asks which household it is of; in a talk that is said by its number there.
    fn give_away(&mut self, desk: &mut Desk) -> Go {
        let Some((spoken, talk)) = self.spoken(desk) else { return Go::say(ONLY_WORDS) };
        if talk.is_some() {
            return self.put_right(desk);
        }
        if spoken.issue.as_ref().is_some_and(|issue| under_way::is(issue.name, desk)) {
            return Go::say(under_way::STAYS);
        }
        let head = self.sheet.as_ref().map_or_else(String::new, Sheet::head);
        Go::open(Another::of_line(spoken.line, self.household, &head))
    }

    /// Gives the rows that the field takes, with a blank one above it.
    fn foot(&self, canvas: &Canvas<'_>) -> u16 {
        let rows = self.field.shown(canvas.width().saturating_sub(4)).rows.len();
        if self.putting_right.is_some() { u16::try_from(rows).unwrap_or(1) + 1 } else { 0 }
    }

    fn events(&self, desk: &Desk) -> Vec<Event<'_>> {
        self.sheet.as_ref().map_or_else(Vec::new, |sheet| events(sheet, desk.covered))
    }
}

const STILL_GOES_ON: Text = t("那场夜话还没散: 按 Ctrl-O 回去改.", "That talk still goes on: Ctrl-O leads to it.");

/// The draft of a line that is being put right.
fn place(line: Name) -> String {
    format!("history/line/{line}")
}

impl Screen for History {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        let Some(sheet) = &self.sheet else { return };
        canvas.write(1, 0, sheet.head(), Look::Strong);
        let events = events(sheet, canvas.desk.covered);
        if events.is_empty() {
            canvas.write(1, 2, canvas.words(t("还没有往来.", "Nothing has happened yet.")), Look::Plain);
            return;
        }
        let room = usize::from(canvas.width().saturating_sub(15));
        let foot = self.foot(canvas);
        let height = canvas.height().saturating_sub(2 + foot);
        if self.putting_right.is_some() {
            let y = canvas.height().saturating_sub(foot);
            let x = canvas.write(2, y + 1, "> ", Look::Strong);
            canvas.field(x, y + 1, &self.field, true);
        }
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
        let (mut y, mut drawn) = (2, start..start);
        for (index, event) in events.iter().enumerate().skip(start) {
            if y >= height + 2 {
                break;
            }
            drawn.end = index + 1;
            // A row of a roster has no time of its own.
            let (day, time) = match event.at() {
                0 => (String::new(), String::new()),
                at => (local::short_day(at), local::clock(at)),
            };
            let first = y;
            canvas.write(0, y, if index == selected { ">" } else { " " }, Look::Plain);
            canvas.write(2 + 5_u16.saturating_sub(columns(&day)), y, &day, Look::Dim);
            canvas.write(8, y, time, Look::Dim);
            for line in wrap(&event.text(canvas), room) {
                canvas.write(14, y, line, event.look());
                y += 1;
            }
            if index == selected {
                (first..y).for_each(|row| canvas.look(row, Look::Bar));
            }
        }
        canvas.note_rows(&drawn);
    }

    fn beside(&self, desk: &Desk) -> Option<Beside> {
        let events = self.events(desk);
        let event = events.get(self.list.selected().min(events.len().saturating_sub(1)))?;
        event.beside(self.sheet.as_ref()?, desk).filled()
    }

    fn list(&mut self, desk: &Desk) -> Option<Scroll<'_>> {
        let len = self.events(desk).len();
        Some(Scroll { list: &mut self.list, len }).filter(|_| self.putting_right.is_none())
    }

    fn field(&mut self) -> Option<Kept<'_>> {
        let place = place(self.putting_right.as_ref()?.line);
        Some(Kept::at(place, &mut self.field))
    }

    fn busy(&self) -> bool {
        self.sent.is_some()
    }

    fn shown(&mut self, desk: &mut Desk) -> Go {
        self.sheet = desk.session.house().and_then(|house| Sheet::read(&house, self.household).ok());
        Go::Stay
    }

    fn why(&self, desk: &Desk) -> Option<Said> {
        let own = self.sheet.as_ref().and_then(|sheet| why::covered(sheet, reasons::minimum(desk)));
        own.into_iter().chain([reasons::covered(desk)]).reduce(Said::apart)
    }

    fn heard(&mut self, message: &crate::app::Message, desk: &mut Desk) -> Go {
        let crate::app::Message::Answer(ticket, result) = message else { return Go::Stay };
        self.shown(desk);
        if self.sent != Some(*ticket) {
            return Go::Stay;
        }
        self.sent = None;
        match result.as_ref() {
            Ok(_) => {
                self.putting_right = None;
                self.field.take();
                Go::Stay
            }
            Err(trouble) => said(trouble),
        }
    }
}

impl Keyed for History {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&KEYS, &WRITING];

    fn table(&self) -> &'static Table<Action> {
        if self.putting_right.is_some() { &WRITING } else { &KEYS }
    }

    fn act(&mut self, action: Action, desk: &mut Desk) -> Go {
        match action {
            Action::One => {
                let events = self.events(desk);
                events
                    .get(self.list.selected().min(events.len().saturating_sub(1)))
                    .map_or(Go::Stay, |event| Go::open(event.audit(self.household)))
            }
            Action::PutRight => self.put_right(desk),
            Action::TakeAway => self.take_away(desk),
            Action::Move => self.give_away(desk),
            Action::Record => self.record(desk),
            Action::Leave => self.leave(desk),
            Action::All => Go::open(Audit::of(self.household)),
            Action::Back => Go::Back,
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;

    use super::super::tests;
    use super::History;
    use crate::domain::{Name, SHORT_AT_TALK};
    use crate::text::Lang;
    use crate::ui::canvas::{Canvas, lines};
    use crate::ui::desk::Desk;
    use crate::ui::page::Screen;
    use crate::ui::screens::Known;

    // In the list it was English, and beside it Chinese.
    #[test]
    fn why_a_visit_was_short_is_said_in_the_language_of_the_person_beside_the_list_too() {
        let (mut desk, known) = (Desk::for_tests(), Known::default());
        let mut sheet = tests::sheet();
        sheet.words.clear();
        sheet.visits[0].short_why = SHORT_AT_TALK.into();
        let page = History { sheet: Some(sheet), ..History::of(Name::new(7, 1)) };
        for (lang, want) in [(Lang::Zh, "夜话在场时间不足"), (Lang::En, "too short a time at the talk")] {
            desk.lang = lang;
            let area = Rect::new(0, 0, 60, 21);
            let mut buffer = Buffer::empty(area);
            let laid = page.beside(&desk).unwrap().laid(&known, &desk).unwrap();
            laid.draw(&mut Canvas::new(&mut buffer, &mut None, area, &desk));
            assert!(lines(&buffer).join("\n").contains(want), "{}", lines(&buffer).join("\n"));
        }
    }
}
