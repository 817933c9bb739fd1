//! Visit: the page of a running visit: its timer above, what people say below, and the line where it is written down.
//!
//! Keys of a person at a kitchen table:
//! - a note: the sentence, Enter. A problem: `6 ` before the sentence, Enter; or after it Tab and Enter where the
//!   suggested field is right, Tab, digit, Enter where it is not. Larger: one `+` more.
//! - a line written down: Up brings the last one back as it would be typed, Up again the one before it; Enter puts the
//!   change down, Tab sorts it anew, Ctrl-D takes it away, Down and Esc leave it.
//! - what was explained and handed over: Shift-Tab, or Up above the first line: digits tick, Down returns. Words go into
//!   the line; digits that were meant as their beginning are fetched with Shift-Tab.
//! - the end: F8. Leaving by F2 or closing the window never ends a visit; Ctrl-O comes back.
//!
//! The line is empty again as soon as it is asked for, and open; a sentence that is refused comes back into it, or
//! waits beside it where something else was typed meanwhile.

mod asking;
mod changing;
pub(super) mod flow;
mod header;
mod keys;
mod nearby;
pub(super) mod picture;
mod refused;
pub(super) mod story;
pub(super) mod strip;
#[cfg(test)]
mod tests;
mod ticking;
mod writing;

pub(super) use asking::{change, class, record, sort};
pub(super) use header::header;

use crate::app::{Ask, Message, Nearby, Request, Ticket};
use crate::domain::Name;
use crate::domain::entry::{Entry, IssueLine, Press, Strip, parse};
use crate::text::{Said, Trouble, t};
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::field::Field;
use crate::ui::frame::Header;
use crate::ui::kept::Kept;
use crate::ui::keys::Table;
use crate::ui::list::{List, Scroll};
use crate::ui::page::{Go, Keyed, Screen};

use super::alike::{PAUSED, RESUMED};
use super::answer::{self, Half};
use super::astray::Astray;
use super::{Beside, reasons};
pub use keys::Action;
use keys::{CHANGE, HOW, LINE, NEARBY, STRIP, TICKS};
use story::{Spoken, Story};
use ticking::Ticked;

/// Shows a running visit: its timer, and what people say.
#[derive(Debug, PartialEq)]
pub struct Visit {
    name: Name,
    household: Name,
    story: Story,
    field: Field,
    mode: Mode,
    changing: Option<Changing>,
    /// The digits ticked last, until something else is done: words behind them may be theirs.
    ticked: Ticked,
    sent: Vec<Sent>,
    /// Half an answer whose sentence is in the line again.
    half: Half,
    astray: Astray,
    /// What other households of the village said.
    nearby: Vec<Nearby>,
    /// The issue that the sentence is one more of once it is told how it was solved.
    joining: Option<Name>,
}

/// Where the cursor is.
#[derive(Debug, PartialEq)]
enum Mode {
    /// In the line.
    Line,
    /// In the strip over the line.
    Strip(Strip),
    /// In the answer to 当场怎么解决的; the sentence waits.
    How(IssueLine),
    /// In what others of the village said about the same thing; the sentence waits.
    Nearby(List),
    /// In the top rows.
    Ticks,
}

/// A line written down that is in the field again.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Changing {
    spoken: Spoken,
    /// The line as it came into the field.
    before: String,
}

/// What was asked for and is not answered yet.
#[derive(Debug, PartialEq)]
struct Sent {
    ticket: Ticket,
    /// The line as typed; empty where no line goes with it.
    line: String,
    cursor: usize,
    changing: Option<Changing>,
    /// The issue that it is one more of.
    joined: Option<Name>,
}

impl Visit {
    /// Opens the page on the running visit of a household; it must have been started.
    pub fn of(visit: Name, household: Name) -> Self {
        Self {
            name: visit,
            household,
            story: Story::default(),
            field: Field::new(),
            mode: Mode::Line,
            changing: None,
            ticked: Ticked::default(),
            sent: Vec::new(),
            half: Half::default(),
            astray: Astray::default(),
            nearby: Vec::new(),
            joining: None,
        }
    }

    /// Tells whether this is the page of a visit.
    pub fn is_of(&self, visit: Name) -> bool {
        self.name == visit
    }

    fn place(&self, what: &str) -> String {
        format!("visit/{}/{what}", self.name)
    }

    /// The place of what is being typed.
    fn draft_place(&self) -> String {
        match self.mode {
            Mode::How(_) => self.place("how"),
            _ => self.line_place(self.changing.as_ref()),
        }
    }

    /// The place of the line's draft; a line that is changed has one of its own, so that it never becomes a new line.
    fn line_place(&self, changing: Option<&Changing>) -> String {
        changing.map_or_else(|| self.place("line"), |changing| self.place(&format!("line/{}", changing.spoken.line)))
    }

    fn read(&mut self, desk: &Desk) {
        self.story = Story::read(&desk.session, self.name, self.household);
    }

    fn ask(&mut self, request: Request, desk: &mut Desk) {
        let ticket = desk.session.ask(Ask::Do(request));
        self.sent.push(Sent { ticket, line: String::new(), cursor: 0, changing: None, joined: None });
    }

    fn pause(&mut self, desk: &mut Desk) -> Go {
        let paused = desk.session.running().is_some_and(|running| running.timer.is_paused());
        self.ask(Request::new(if paused { "visit.resume" } else { "visit.pause" }), desk);
        Go::say(if paused { RESUMED } else { PAUSED })
    }

    fn press(&mut self, press: Press, desk: &mut Desk) {
        if let Mode::Strip(strip) = &self.mode {
            let strip = strip.clone().press(press);
            // What is chosen is no more lost than what is typed.
            let (place, text) = (self.line_place(self.changing.as_ref()), strip.written());
            desk.session.ask(Ask::Draft { place, cursor: text.len(), text });
            self.mode = Mode::Strip(strip);
        }
    }

    /// Closes the strip; what was chosen stands before the sentence.
    fn close_strip(&mut self) {
        if let Mode::Strip(strip) = &self.mode {
            let written = strip.written();
            if written != self.field.text() {
                self.field.set(&written, usize::MAX);
            }
        }
        self.mode = Mode::Line;
    }
}

/// Shows a trouble as the notice.
pub(super) fn said(trouble: &Trouble) -> Go {
    Go::Say(trouble.told())
}

impl Screen for Visit {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        picture::draw(self, canvas);
    }

    fn header(&self, desk: &Desk) -> Header {
        header(&self.story, desk)
    }

    fn field(&mut self) -> Option<Kept<'_>> {
        let place = self.draft_place();
        matches!(self.mode, Mode::Line | Mode::How(_)).then(|| Kept::at(place, &mut self.field))
    }

    fn lets_type(&mut self, desk: &mut Desk) -> bool {
        if matches!(self.mode, Mode::Strip(_)) {
            strip::say_closed(desk);
        }
        self.close_strip();
        true
    }

    fn refuses(&mut self, typed: char, _desk: &Desk) -> Option<Said> {
        strip::no_field(typed).filter(|_| matches!(self.mode, Mode::Strip(_)))
    }

    fn typed(&mut self, desk: &mut Desk) -> Go {
        if matches!(self.mode, Mode::Line) && self.half.is_waiting() {
            self.half.follow(self.place("how"), &self.sentence(), desk);
        }
        self.words_behind_ticks()
    }

    fn takes_lines(&self) -> bool {
        matches!(self.mode, Mode::Line) && self.changing.is_none()
    }

    fn put_line(&mut self, line: &str, place: &str, desk: &mut Desk) -> bool {
        let entry = parse(line);
        let is_asked = self.is_told_more(&entry, desk) || self.is_numbered(&entry);
        if entry.refusal().is_some() || entry.astray().is_some() || is_asked {
            return false;
        }
        match asking::record(self.name, &entry, "") {
            // Refused, it waits again where it waited before.
            Some(request) => self.ask(request.consuming(place), desk),
            None => desk.let_go(place),
        }
        true
    }

    fn draft(&mut self) -> Option<String> {
        Some(self.draft_place())
    }

    fn kept(&mut self) -> Option<(String, usize)> {
        Some(match &self.mode {
            Mode::How(issue) => answer::kept(&issue.written(), &self.field),
            _ => (self.field.text().to_owned(), self.field.cursor()),
        })
    }

    fn put_aside(&mut self) -> bool {
        let words = self.field.take();
        let is_left = !words.trim().is_empty() || !matches!(self.mode, Mode::Line);
        self.mode = Mode::Line;
        (self.changing, self.half, self.joining) = (None, Half::default(), None);
        self.ticked = Ticked::default();
        is_left
    }

    fn take_up(&mut self, desk: &mut Desk) {
        self.part_kept(desk);
        self.resume_change(desk);
        self.resume_answer(desk);
    }

    fn list(&mut self, _: &Desk) -> Option<Scroll<'_>> {
        let len = self.alike().len();
        match &mut self.mode {
            Mode::Nearby(list) => Some(Scroll { list, len }),
            _ => None,
        }
    }

    fn beside(&self, desk: &Desk) -> Option<Beside> {
        let began = self.story.visit.as_ref().map_or(desk.now.wall_ms, |visit| visit.started);
        Some(Beside::visited(self.household, began))
    }

    fn shown(&mut self, desk: &mut Desk) -> Go {
        self.read(desk);
        self.listen(desk);
        self.part_kept(desk);
        self.resume_change(desk);
        self.resume_answer(desk);
        Go::Stay
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        match message {
            Message::Answer(ticket, result) => return self.answered(*ticket, result, desk),
            Message::Filled => {
                self.read(desk);
                self.listen(desk);
                self.follow_change(desk);
                self.resume_change(desk);
                self.resume_answer(desk);
            }
            Message::Merged(..) | Message::Imported(..) => {
                self.read(desk);
                self.follow_change(desk);
            }
            _ => {}
        }
        Go::Stay
    }

    fn second_hand(&self) -> bool {
        true
    }

    fn busy(&self) -> bool {
        !self.sent.is_empty()
    }

    fn why(&self, desk: &Desk) -> Option<Said> {
        let entry = match &self.mode {
            Mode::Strip(strip) => reasons::strip(strip, desk),
            Mode::How(issue) => reasons::entry(&Entry::Issue(issue.clone()), desk),
            Mode::Line | Mode::Nearby(_) | Mode::Ticks => reasons::entry(&parse(self.field.text()), desk),
        };
        let timer = desk.session.running().map(|running| {
            if self.story.is_by_phone() { reasons::covered(desk) } else { reasons::timer(&running, desk) }
        });
        entry.into_iter().chain(timer).reduce(Said::apart)
    }
}

impl Keyed for Visit {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&LINE, &CHANGE, &STRIP, &HOW, &NEARBY, &TICKS];

    fn table(&self) -> &'static Table<Action> {
        match self.mode {
            Mode::Line if self.changing.is_some() => &CHANGE,
            Mode::Line => &LINE,
            Mode::Strip(_) => &STRIP,
            Mode::How(_) => &HOW,
            Mode::Nearby(_) => &NEARBY,
            Mode::Ticks => &TICKS,
        }
    }

    fn act(&mut self, action: Action, desk: &mut Desk) -> Go {
        let ticked = std::mem::take(&mut self.ticked);
        match action {
            Action::Enter => return self.enter(desk),
            Action::Sort if self.field.text().trim().is_empty() => {
                return Go::say(t("先写下这一句, 再按 Tab 归类.", "Write the line first, then sort it with Tab."));
            }
            Action::Sort => self.mode = Mode::Strip(Strip::open(self.field.text())),
            Action::Around => return self.look_around(desk),
            Action::Join => return self.join(desk),
            Action::Press(press) => self.press(press, desk),
            Action::Close | Action::Down => self.close_strip(),
            Action::Up => return self.before(desk),
            Action::After => return self.after(desk),
            Action::Ticks => return self.go_to_ticks(&ticked, desk),
            Action::Leave => self.leave_change(desk),
            Action::TakeAway => return self.take_away(desk),
            Action::Move => return self.give_away(desk),
            Action::Tick(digit) => {
                self.tick_off(digit, desk);
                self.ticked = ticked.and(digit, self.field.is_empty());
            }
            Action::Check => return self.check_size(desk),
            Action::Reword => return self.back_to_line(desk),
            Action::Pause => return self.pause(desk),
            Action::Finish => return self.finish(desk),
        }
        Go::Stay
    }

    fn unpress(&mut self, action: Action, was_paused: bool, desk: &mut Desk) {
        self.unticked(desk);
        match self.mode {
            Mode::How(_) => drop(self.back_to_line(desk)),
            _ => self.mode = Mode::Line,
        }
        self.leave_change(desk);
        if matches!(action, Action::Pause) {
            self.ask(Request::new(if was_paused { "visit.pause" } else { "visit.resume" }), desk);
        }
    }
}
