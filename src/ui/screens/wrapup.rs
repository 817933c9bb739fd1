//! Wrap-up: how a visit ends: what was counted, what is still open, and where to go next.
//!
//! Keys: F8 and Enter end a full visit. Under 15 minutes the first choice is to go on; Down, the reason and Enter end it
//! all the same, kept and marked. Words typed where no text is asked for go on visiting, with the outcome as chosen. Digits choose
//! the outcome and the satisfaction wherever no text is typed, but on a note, whose field they would seem to be. Enter on a gap
//! declares it, on a note sorts it. Enter right behind a digit ends nothing and says what was chosen; an outcome without anybody,
//! where something was said, is asked about once more. Esc goes on visiting.

mod choosing;
mod ending;
mod keys;
mod next;
mod odd;
mod picture;
mod rows;
mod sorting;

use std::collections::BTreeMap;

use crate::app::{Ask, Message, Request, Running, Ticket};
use crate::domain::Name;
use crate::domain::choice::{self, Choice};
use crate::domain::entry::{IssueLine, Strip};
use crate::text::Said;
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::field::Field;
use crate::ui::frame::Header;
use crate::ui::kept::Kept;
use crate::ui::keys::Table;
use crate::ui::page::{Go, Keyed, Screen};

use super::beside::Beside;
use super::lately::Lately;
use super::pressed::Pressed;
use super::twice::Twice;
use super::visit::story::{Spoken, Story};
use super::visit::{header, picture as dial, said, sort, strip};
use super::{Card, reasons, unsaid};
use choosing::{Chosen, Step};
use ending::NO_REASON;
pub use keys::Action;
use keys::{GAP, HOW, NOTE, PARTS, STRIP, TEXT};
use rows::Part;
pub(super) use rows::declared;

/// Shows how a visit ends.
#[derive(Debug, PartialEq)]
pub struct WrapUp {
    visit: Name,
    household: Name,
    story: Story,
    outcome: &'static str,
    parts: Vec<Part>,
    at: Part,
    /// Text typed at the parts that take some.
    texts: BTreeMap<Part, Field>,
    mode: Mode,
    sent: Vec<(Ticket, Sent)>,
    discarding: Twice,
    /// What does not go with what was written down is ended so only when it is said twice.
    ending: Twice,
    /// The digits pressed last; words that follow may be theirs.
    pressed: Pressed<Chosen>,
    lately: Lately<Step>,
}

/// Where the cursor is.
#[derive(Debug, PartialEq)]
enum Mode {
    /// In the parts of the page.
    Parts,
    /// In the strip over a note.
    Strip(Name, Strip),
    /// In the answer to 当场怎么解决的.
    How(Name, IssueLine, Field),
}

/// What was asked for and is not answered yet.
#[derive(Debug, PartialEq, Eq)]
enum Sent {
    Finish,
    Discard,
    /// A gap was declared, and before it this was: its draft is gone, its text goes when that is recorded.
    Declare(usize, Option<(u64, String)>),
    /// A note was sorted: what was chosen for it goes when that is recorded.
    Sorted(Name),
    Other,
}

/// The outcomes that a person can choose; 作废 is a command of its own.
fn outcomes() -> impl Iterator<Item = (u8, &'static Choice)> {
    (1..).zip(choice::OUTCOMES.iter().filter(|choice| choice.word != "discarded"))
}

/// 满意 / 基本满意 / 不满意, on the digits after the outcomes.
fn satisfactions() -> impl Iterator<Item = (u8, &'static Choice)> {
    (7..).zip(choice::SATISFACTION)
}

impl WrapUp {
    /// Opens the page for a visit that runs or was interrupted.
    pub fn of(visit: Name, household: Name) -> Self {
        Self {
            visit,
            household,
            story: Story::default(),
            outcome: "done",
            parts: vec![Part::End],
            at: Part::End,
            texts: BTreeMap::new(),
            mode: Mode::Parts,
            sent: Vec::new(),
            discarding: Twice::default(),
            ending: Twice::default(),
            pressed: Pressed::default(),
            lately: Lately::default(),
        }
    }

    /// Tells whether this is where a visit ends.
    pub fn ends(&self, visit: Name) -> bool {
        self.visit == visit
    }

    /// Gives the timer: of the running visit, or of the one that was interrupted, as it was last seen.
    fn running(&self, desk: &Desk) -> Option<Running> {
        let both = desk.session.running().into_iter().chain(desk.session.interrupted());
        both.into_iter().find(|running| running.visit == self.visit)
    }

    /// Tells whether the visit as it is would stay under the minimum: then the reason is asked for.
    fn is_short(&self, desk: &Desk) -> bool {
        let counted = self.running(desk).map_or(0, |running| running.timer.counted_ms());
        self.outcome == "done" && !self.story.is_by_phone() && counted < dial::minimum_ms(desk)
    }

    /// Tells whether the outcome says that nobody was spoken with.
    fn is_with_nobody(&self) -> bool {
        choice::NOBODY.contains(&self.outcome)
    }

    /// Tells whether a call covers the household.
    fn may_be_phoned(&self, desk: &Desk) -> bool {
        let household = desk.session.house().and_then(|house| house.household(self.household).ok());
        household.is_some_and(|household| household.may_be_phoned())
    }

    fn read(&mut self, desk: &Desk) {
        self.story = Story::read(&desk.session, self.visit, self.household);
        self.arrange(desk);
    }

    /// Works out the parts anew; the cursor stays in its part as long as there is one.
    fn arrange(&mut self, desk: &Desk) {
        let gaps = self.running(desk).map_or(0, |running| running.timer.gaps().len());
        let reason = self.is_short(desk);
        let notes = self.notes().map(|spoken| spoken.line);
        self.parts = rows::parts(reason, !self.text(Part::Why).is_empty(), gaps, notes, self.is_with_nobody());
        if !self.parts.contains(&self.at) {
            self.at = Part::End;
        }
    }

    fn notes(&self) -> impl Iterator<Item = &Spoken> {
        self.story.spoken.iter().filter(|spoken| spoken.issue.is_none())
    }

    fn text(&self, part: Part) -> &str {
        self.texts.get(&part).map_or("", Field::text)
    }

    fn field_of(&mut self, part: Part) -> &mut Field {
        self.texts.entry(part).or_default()
    }

    fn place(&self, what: &str) -> String {
        format!("visit/{}/{what}", self.visit)
    }

    fn place_of(&self, part: Part) -> Option<String> {
        part.draft().map(|what| self.place(&what))
    }

    /// Brings back what was typed here before.
    fn bring_back(&mut self, desk: &Desk) {
        let chosen = desk.session.draft(&self.place("outcome")).map(|(word, _)| word).unwrap_or_default();
        if let Some((_, outcome)) = outcomes().find(|(_, outcome)| outcome.word == chosen) {
            self.outcome = outcome.word;
        }
        for part in self.parts.clone().into_iter().chain([Part::Why, Part::Next]) {
            let draft = self.place_of(part).and_then(|place| desk.session.draft(&place));
            if let Some((text, cursor)) = draft {
                let field = self.field_of(part);
                if field.is_empty() {
                    field.set(&text, cursor);
                }
            }
        }
    }

    fn step(&mut self, down: bool, desk: &Desk) {
        self.arrange(desk);
        let at = self.parts.iter().position(|part| *part == self.at).unwrap_or(0);
        let to = if down { at + 1 } else { at.saturating_sub(1) };
        if let Some(part) = self.parts.get(to) {
            self.at = *part;
        }
    }

    fn enter(&mut self, is_behind_digit: bool, desk: &mut Desk) -> Go {
        match &self.mode {
            Mode::Strip(line, strip) => {
                let (line, entry) = (*line, strip.entry());
                return self.put_down(line, entry, desk);
            }
            Mode::How(line, issue, field) => {
                let (line, issue, done) = (*line, issue.clone(), field.text().trim().to_owned());
                self.make_issue(line, &issue, &done, desk);
                return Go::Stay;
            }
            Mode::Parts => {}
        }
        match self.at {
            Part::GoOn => Go::Back,
            Part::Gap(gap) => self.declare(gap, desk),
            Part::Note(_) => self.open_strip(desk),
            Part::Why if self.text(Part::Why).trim().is_empty() => Go::say(NO_REASON),
            _ => self.finish(is_behind_digit, desk),
        }
    }

    fn ask(&mut self, request: Request, sent: Sent, desk: &mut Desk) {
        let is_recorded = request.word != "visit.declare";
        let ticket = desk.session.ask(Ask::Do(request));
        if is_recorded {
            self.lately.ask(ticket);
        }
        self.sent.push((ticket, sent));
    }
}

impl Screen for WrapUp {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        picture::draw(self, canvas);
    }

    fn header(&self, desk: &Desk) -> Header {
        header(&self.story, desk)
    }

    fn beside(&self, desk: &Desk) -> Option<Beside> {
        let began = self.story.visit.as_ref().map_or(desk.now.wall_ms, |visit| visit.started);
        Some(Beside::visited(self.household, began))
    }

    fn field(&mut self) -> Option<Kept<'_>> {
        let place = match &self.mode {
            Mode::How(line, _, _) => self.place(&format!("how/{line}")),
            Mode::Strip(..) => return None,
            Mode::Parts => self.place_of(self.at)?,
        };
        let field = match &mut self.mode {
            Mode::How(_, _, field) => field,
            _ => self.texts.entry(self.at).or_default(),
        };
        Some(Kept::at(place, field))
    }

    /// Words typed where there is no line are said in the visit, as long as it runs: people go on talking.
    fn leads_words(&mut self, first: char, desk: &mut Desk) -> Option<(Go, String)> {
        let is_running = desk.session.running().is_some_and(|running| running.visit == self.visit);
        let leads = self.mode == Mode::Parts && self.at.draft().is_none() && is_running;
        leads.then(|| (Go::Back, self.take_digits_back(first, desk)))
    }

    /// After a visit that was interrupted they are the reason that is asked for, if one is.
    fn lets_type(&mut self, _desk: &mut Desk) -> bool {
        let asked = self.mode == Mode::Parts && self.parts.contains(&Part::Why);
        if asked {
            self.at = Part::Why;
        }
        asked
    }

    /// On a note a digit seems to be its field, and is asked for by Tab.
    fn refuses(&mut self, typed: char, desk: &Desk) -> Option<Said> {
        match (&self.mode, self.at) {
            (Mode::Strip(..), _) => strip::no_field(typed),
            (Mode::Parts, Part::Note(_)) => self.tab_first(typed, desk),
            _ => None,
        }
    }

    fn take_back(&mut self, desk: &mut Desk) -> bool {
        self.take_last_back(desk)
    }

    fn put_aside(&mut self) -> bool {
        self.discarding.forget();
        self.ending.forget();
        self.pressed.clear();
        let is_left = self.texts.values().any(|field| !field.is_empty()) || self.mode != Mode::Parts;
        self.texts.clear();
        self.mode = Mode::Parts;
        is_left
    }

    fn take_up(&mut self, desk: &mut Desk) {
        self.bring_back(desk);
        self.arrange(desk);
        self.resume_sorting(desk);
    }

    fn shown(&mut self, desk: &mut Desk) -> Go {
        for request in unsaid::of_visit(self.visit, self.household, desk) {
            self.ask(request, Sent::Other, desk);
            desk.notice = Some(unsaid::LEFT_STANDING.into());
        }
        self.read(desk);
        self.bring_back(desk);
        self.arrange(desk);
        self.at = self.parts.first().copied().filter(|part| *part == Part::GoOn).unwrap_or(Part::End);
        self.resume_sorting(desk);
        Go::Stay
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        match message {
            Message::Answer(ticket, result) => return self.answered(*ticket, result, desk),
            Message::Filled | Message::Merged(..) | Message::Imported(..) => {
                self.read(desk);
                self.resume_sorting(desk);
            }
            Message::Beat(_) => self.arrange(desk),
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
        let strip = match &self.mode {
            Mode::Strip(_, strip) => reasons::strip(strip, desk),
            _ => None,
        };
        let timer = self.running(desk).map(|running| {
            if self.story.is_by_phone() { reasons::covered(desk) } else { reasons::timer(&running, desk) }
        });
        strip.into_iter().chain(timer).reduce(Said::apart)
    }
}

impl Keyed for WrapUp {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&GAP, &PARTS, &NOTE, &TEXT, &STRIP, &HOW];

    fn table(&self) -> &'static Table<Action> {
        match self.mode {
            Mode::How(..) => &HOW,
            Mode::Strip(..) => &STRIP,
            Mode::Parts if matches!(self.at, Part::Gap(_)) => &GAP,
            Mode::Parts if self.at.draft().is_some() => &TEXT,
            Mode::Parts if matches!(self.at, Part::Note(_)) => &NOTE,
            Mode::Parts => &PARTS,
        }
    }

    fn act(&mut self, action: Action, desk: &mut Desk) -> Go {
        if !matches!(action, Action::Discard) {
            self.discarding.forget();
        }
        if !matches!(action, Action::Enter) {
            self.ending.forget();
        }
        let is_behind_digit = self.pressed.has_some();
        if !matches!(action, Action::Choose(_)) {
            self.pressed.clear();
        }
        match action {
            Action::Enter => return self.enter(is_behind_digit, desk),
            Action::ToGap => return self.go_to_gap(desk),
            Action::Up => self.step(false, desk),
            Action::Down => self.step(true, desk),
            Action::Sort => return self.open_strip(desk),
            Action::Press(press) => self.press(press, desk),
            Action::Close => self.close_strip(desk),
            Action::Choose(digit) => return self.choose(digit, desk),
            Action::Back => return Go::Back,
            Action::Discard => return self.discard(desk),
        }
        Go::Stay
    }
}
