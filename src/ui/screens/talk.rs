//! Talk: the page of an evening talk 乡村夜话, or one in the field: who is there above, what is said below, and one line.
//!
//! Keys of a person in the village square:
//! - who comes: `@zsf` Enter, and the next `zsf`; a whole group: `@东里 3组` Ctrl-A; Esc goes back to the line.
//! - who speaks: `5# ` before the sentence, `3,7# ` for several, `0# ` for the village; or Up and Down point at a household.
//!   Behind it stands the same entry line as on a visit. Whoever was named alone is pointed at from then on, and says what comes
//!   without a number; the line below says who. Past the first or the last one nobody is, and then it is asked once.
//! - a line written down: Ctrl-Y brings the last one back as it would be typed, Up or Ctrl-Y again the one before it; another
//!   number before the `#` moves it to that household.
//! - who leaves early: point or `5#`, Ctrl-X; once more and they are back. The end: F8.
//! - the wrong village was chosen at the beginning: it has a row in the menu.

mod adding;
mod begin;
mod changing;
mod dial;
mod end;
mod guests;
mod keys;
mod leaving;
mod meant;
mod nearby;
mod past;
mod picture;
mod place;
mod refused;
mod sorting;
#[cfg(test)]
mod tests;
mod village;
mod who;
mod writing;

use std::collections::BTreeSet;

use crate::app::{Ask, Gathering, Message, Nearby, Request, Ticket, Utterance};
use crate::domain::Name;
use crate::domain::entry::{Entry, IssueLine, Strip, parse, speakers};
use crate::text::{Said, t};
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
use super::visit::{change, class, said, strip};
use super::{Beside, reasons};
use adding::Adding;
pub use begin::{TalkBegin, unfinished, visit_runs};
pub use end::TalkEnd;
pub use keys::Action;
use keys::{ADDING, CHANGE, HOW, LINE, NEARBY, STRIP};
use leaving::{Gone, Moved};
use past::PAST;
pub use place::TalkPlace;
use who::{WHO, written};

/// Shows a running talk.
#[derive(Debug, PartialEq)]
pub struct Talk {
    name: Name,
    gathering: Option<Gathering>,
    /// What was said here, and what the village said elsewhere, for what is about the same thing.
    here: Vec<Nearby>,
    elsewhere: Vec<Nearby>,
    /// The village that was listened to, and the townships in which it was looked for.
    heard_of: BTreeSet<String>,
    /// The issue that the sentence is one more of once it is told how it was solved.
    joining: Option<Name>,
    field: Field,
    mode: Mode,
    adding: Adding,
    /// The number of the household that the arrows point at.
    pointed: Option<u16>,
    changing: Option<Changing>,
    /// It was asked who says the line that stands there.
    asked_who: bool,
    /// It was asked whether those who left say it.
    asked_left: Vec<u16>,
    sent: Vec<Sent>,
    /// Half an answer whose sentence is in the line again.
    half: Half,
    astray: Astray,
    /// The household that left, came back or was taken out last.
    moved: Moved,
    gone: Gone,
    /// How many were there when the form of a new household was opened, which comes once it is recorded.
    making: Option<usize>,
    /// The talk is over, and this line of it is to be changed; nothing new is said.
    past: Option<Name>,
}

/// Where the cursor is.
#[derive(Debug, PartialEq)]
enum Mode {
    /// In the line.
    Line,
    /// In the strip over the line; the speakers wait.
    Strip(Vec<u16>, Strip),
    /// In the answer to 当场怎么解决的.
    How(Vec<u16>, IssueLine),
    /// In what others of the village said about the same thing; the sentence waits.
    Nearby(List),
}

/// A line written down that is in the field again.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Changing(Utterance);

/// What was asked for and is not answered yet: the line as typed, empty where none goes with it, and the issue that it is one
/// more of.
#[derive(Debug, PartialEq)]
struct Sent {
    ticket: Ticket,
    line: String,
    changing: Option<Changing>,
    joined: Option<Name>,
}

impl Talk {
    /// Opens the page on the running talk.
    pub fn of(talk: Name) -> Self {
        Self {
            name: talk,
            gathering: None,
            here: Vec::new(),
            elsewhere: Vec::new(),
            heard_of: BTreeSet::new(),
            joining: None,
            field: Field::new(),
            mode: Mode::Line,
            adding: Adding::default(),
            pointed: None,
            changing: None,
            asked_who: false,
            asked_left: Vec::new(),
            sent: Vec::new(),
            half: Half::default(),
            astray: Astray::default(),
            moved: Moved::default(),
            gone: Gone::default(),
            making: None,
            past: None,
        }
    }

    /// Opens the page on a line of a talk that is over, to change it, to say who said it, or to take it away.
    pub fn past(talk: Name, line: Name) -> Self {
        Self { past: Some(line), ..Self::of(talk) }
    }

    /// Tells whether this is the page of a talk.
    pub fn is_of(&self, talk: Name) -> bool {
        self.name == talk
    }

    /// The place of the line's draft; a line that is changed has one of its own, so that it never becomes a new line.
    fn place(&self) -> String {
        let changed = self.changing.as_ref().and_then(|Changing(utterance)| utterance.lines.first());
        changed.map_or_else(|| self.place_of("line"), |line| self.place_of(&format!("line/{line}")))
    }

    /// The place of what is being typed.
    fn draft_place(&self) -> String {
        if matches!(self.mode, Mode::How(..)) { self.place_of("how") } else { self.place() }
    }

    fn place_of(&self, what: &str) -> String {
        format!("talk/{}/{what}", self.name)
    }

    fn read(&mut self, desk: &Desk) {
        if let Some(house) = desk.session.house() {
            self.gathering = house.gathering(self.name, desk.now.wall_ms).ok().flatten();
        }
        self.here = self.gathering.as_ref().map(Gathering::said_here).unwrap_or_default();
        let kept = desk.session.draft(&self.place_of(WHO)).filter(|_| self.past.is_none());
        self.pointed = kept.and_then(|(household, _)| self.number(&household));
    }

    fn ask(&mut self, request: Request, desk: &mut Desk) {
        let ticket = desk.session.ask(Ask::Do(request));
        self.sent.push(Sent { ticket, line: String::new(), changing: None, joined: None });
    }

    /// Tells whether it is entered later, from paper: no timer runs.
    fn is_later(&self) -> bool {
        self.gathering.as_ref().is_some_and(|gathering| gathering.talk.lasted_ms.is_some())
    }

    fn pause(&mut self, desk: &mut Desk) -> Go {
        if self.is_later() {
            return Go::say(t("补录不计时.", "What is entered later has no timer."));
        }
        let paused = desk.session.running().is_some_and(|running| running.timer.is_paused());
        self.ask(Request::new(if paused { "visit.resume" } else { "visit.pause" }), desk);
        Go::say(if paused { RESUMED } else { PAUSED })
    }

    fn close(&mut self, desk: &mut Desk) {
        if matches!(self.mode, Mode::Strip(..) | Mode::Nearby(_)) {
            self.close_strip();
        } else {
            if self.is_adding() {
                self.adding.settle(self.gathering.as_ref(), desk);
            }
            let (text, place) = (self.left_behind(), self.place());
            self.changing = None;
            self.half = Half::default();
            self.adding.forget();
            self.field.set(&text, text.len());
            desk.session.ask(Ask::Draft { place, cursor: text.len(), text });
        }
    }
}

impl Screen for Talk {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        picture::draw(self, canvas);
    }

    fn header(&self, desk: &Desk) -> Header {
        picture::header(self.gathering.as_ref(), desk)
    }

    fn field(&mut self) -> Option<Kept<'_>> {
        let place = self.draft_place();
        matches!(self.mode, Mode::Line | Mode::How(..)).then(|| Kept::at(place, &mut self.field))
    }

    fn lets_type(&mut self, desk: &mut Desk) -> bool {
        if matches!(self.mode, Mode::Strip(..)) {
            strip::say_closed(desk);
        }
        self.close_strip();
        true
    }

    fn refuses(&mut self, typed: char, _desk: &Desk) -> Option<Said> {
        strip::no_field(typed).filter(|_| matches!(self.mode, Mode::Strip(..)))
    }

    fn takes_lines(&self) -> bool {
        matches!(self.mode, Mode::Line) && self.changing.is_none() && !self.is_adding() && self.past.is_none()
    }

    /// Behind the numbers of who speaks stand signs that are in no name.
    fn asks(&mut self, first: char) -> bool {
        self.is_adding() && !"#＃,，、".contains(first)
    }

    fn whole_lines(&self, lines: &[String]) -> Vec<String> {
        self.each_with_who(lines)
    }

    fn put_line(&mut self, line: &str, place: &str, desk: &mut Desk) -> bool {
        let Ok((Some(who), rest)) = self.who(line) else { return false };
        let entry = parse(&rest);
        let is_asked_about = who.iter().any(|number| self.has_left(*number)) && !self.is_later();
        let is_open = entry.refusal().is_some() || entry.astray().is_some();
        if is_open || is_asked_about || self.named_in(&entry).is_some() || self.is_told_more(&who, &entry, desk) {
            return false;
        }
        if entry == Entry::Empty {
            desk.let_go(place);
        } else {
            // Refused, it waits again where it waited before.
            self.ask(self.record(&who, &entry, "").consuming(place), desk);
            self.goes_on(&who, desk);
        }
        true
    }

    fn typed(&mut self, desk: &mut Desk) -> Go {
        self.asked_who = false;
        self.asked_left.clear();
        (self.gone, self.making) = (Gone::default(), None);
        self.drop_sign();
        self.one_sign();
        self.next_name(desk);
        self.keep_sign();
        if matches!(self.mode, Mode::Line) && self.half.is_waiting() {
            self.half.follow(self.place_of("how"), &self.sentence(), desk);
        }
        if self.is_adding() {
            self.adding.ask(self.field.text(), self.gathering.as_ref(), desk);
        }
        Go::Stay
    }

    fn draft(&mut self) -> Option<String> {
        Some(self.draft_place())
    }

    fn kept(&mut self) -> Option<(String, usize)> {
        Some(match &self.mode {
            Mode::How(who, issue) => answer::kept(&written(who, &issue.written()), &self.field),
            _ => (self.field.text().to_owned(), self.field.cursor()),
        })
    }

    fn put_aside(&mut self) -> bool {
        let words = self.field.take();
        let is_left = !words.trim().is_empty() || !matches!(self.mode, Mode::Line);
        self.mode = Mode::Line;
        self.adding.forget();
        (self.changing, self.asked_who, self.half) = (None, false, Half::default());
        (self.joining, self.pointed, self.making) = (None, None, None);
        self.asked_left.clear();
        self.gone = Gone::default();
        is_left
    }

    fn take_up(&mut self, desk: &mut Desk) {
        self.read(desk);
        self.part_kept(desk);
        self.resume_change(desk);
        self.resume_answer(desk);
        if self.is_adding() {
            self.adding.ask(self.field.text(), self.gathering.as_ref(), desk);
        }
    }

    fn list(&mut self, _: &Desk) -> Option<Scroll<'_>> {
        if self.is_adding() {
            return Some(self.adding.scroll());
        }
        if !matches!(self.mode, Mode::Nearby(_)) {
            return None;
        }
        let len = self.alike().len();
        match &mut self.mode {
            Mode::Nearby(list) => Some(Scroll { list, len }),
            _ => None,
        }
    }

    fn beside(&self, desk: &Desk) -> Option<Beside> {
        self.meant(desk)
    }

    fn shown(&mut self, desk: &mut Desk) -> Go {
        self.read(desk);
        if self.past.is_some() {
            return self.take_up_past(desk);
        }
        self.listen(desk);
        self.part_kept(desk);
        self.take_over(desk);
        self.resume_change(desk);
        self.resume_answer(desk);
        if self.is_adding() {
            self.adding.ask(self.field.text(), self.gathering.as_ref(), desk);
        }
        Go::Stay
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        match message {
            Message::Answer(ticket, result) => return self.answered(*ticket, result, desk),
            Message::Found { ticket, hits, faces } => {
                if self.adding.is_overtaken(*ticket) {
                    self.adding.ask(self.field.text(), self.gathering.as_ref(), desk);
                } else {
                    self.adding.found(*ticket, hits, faces, self.gathering.as_ref(), desk);
                }
            }
            Message::Filled | Message::Merged(..) | Message::Imported(..) => {
                self.read(desk);
                self.listen(desk);
                self.follow_change(desk);
                self.resume_change(desk);
                self.resume_answer(desk);
            }
            _ => {}
        }
        Go::Stay
    }

    fn second_hand(&self) -> bool {
        true
    }

    fn busy(&self) -> bool {
        !self.sent.is_empty() || self.adding.is_busy()
    }

    fn why(&self, desk: &Desk) -> Option<Said> {
        let entry = match &self.mode {
            Mode::Strip(_, strip) => reasons::strip(strip, desk),
            Mode::How(_, issue) => reasons::entry(&Entry::Issue(issue.clone()), desk),
            Mode::Line | Mode::Nearby(_) => reasons::entry(&parse(speakers(self.field.text()).1), desk),
        };
        let talk = reasons::talk_under_way(desk.session.running().as_ref(), desk);
        entry.into_iter().chain([talk]).reduce(Said::apart)
    }
}

impl Keyed for Talk {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&LINE, &ADDING, &CHANGE, &STRIP, &HOW, &NEARBY];

    fn table(&self) -> &'static Table<Action> {
        match self.mode {
            Mode::Line if self.changing.is_some() => &CHANGE,
            Mode::Line if self.is_adding() => &ADDING,
            Mode::Line => &LINE,
            Mode::Strip(..) => &STRIP,
            Mode::How(..) => &HOW,
            Mode::Nearby(_) => &NEARBY,
        }
    }

    fn act(&mut self, action: Action, desk: &mut Desk) -> Go {
        if self.past.is_some() && !self.is_of_past(action) {
            return Go::say(PAST);
        }
        match action {
            Action::Enter => return self.enter(desk),
            Action::Sort => return self.open_strip(),
            Action::Press(press) => self.press(press, desk),
            Action::Close => {
                self.close(desk);
                return self.gone_back();
            }
            Action::Before => self.point(false, desk),
            Action::After => self.point(true, desk),
            Action::Add => return self.begin_adding(desk),
            Action::AddThis => return self.add(false, desk),
            Action::AddAll => return self.add(true, desk),
            Action::New => return self.make(),
            Action::Last | Action::Earlier => return self.earlier(desk),
            Action::Later => {
                let go = self.later(desk);
                return if go == Go::Stay { self.gone_back() } else { go };
            }
            Action::TakeAway => return self.take_away(desk),
            Action::Leave => return self.leave(desk),
            Action::Remove => return self.remove(desk),
            Action::Around => return self.look_around(desk),
            Action::Join => return self.join(desk),
            Action::Reword => return self.back_to_line(desk),
            Action::Pause => return self.pause(desk),
            Action::Place => return self.put_right_where(),
            Action::Finish => return self.finish(desk),
        }
        Go::Stay
    }

    fn unpress(&mut self, action: Action, was_paused: bool, desk: &mut Desk) {
        match self.mode {
            Mode::How(..) => drop(self.back_to_line(desk)),
            _ => self.mode = Mode::Line,
        }
        // The digits behind the sign of who comes are given back with the first one.
        if self.is_adding() {
            self.field.take();
            self.adding.forget();
            self.close(desk);
        } else if self.changing.is_some() {
            self.close(desk);
        }
        match action {
            Action::Before => self.point(true, desk),
            Action::After => self.point(false, desk),
            Action::Leave | Action::Remove => self.unleave(desk),
            Action::Pause if !self.is_later() => {
                self.ask(Request::new(if was_paused { "visit.pause" } else { "visit.resume" }), desk);
            }
            _ => {}
        }
    }
}
