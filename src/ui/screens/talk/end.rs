//! The end of a talk: what each household has counted, who has nothing noted, and who would still count as unvisited.
//!
//! Keystrokes: F8, look, Enter; while households are short the first Enter asks whether they are to stay unvisited, and the
//! second ends it; Enter right behind a digit ends nothing either. Esc goes on with the talk. Arrows to a household, 7, 8 or 9 how satisfied it is; the next
//! one is selected. A gap that the laptop slept through is declared with 1: minutes and why; Up and Down go to another gap, and
//! what was declared before is changed there. Of a talk entered later, 2 says how many minutes the selected household was there. Nothing ends by itself.

mod declaring;
mod drawn;
mod ending;
mod keys;
mod narrow;

use super::guests::called;
use super::said;
use crate::app::{Ask, Gathering, Guest, Message, Request, Running, Ticket};
use crate::domain::{Name, TalkMark, choice, is_long_enough};
use crate::text::{Said, t};
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::field::Field;
use crate::ui::frame::Header;
use crate::ui::kept::Kept;
use crate::ui::keys::Table;
use crate::ui::list::{List, Scroll};
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::screens::Beside;
use crate::ui::screens::alike::NO_GAP;
use crate::ui::screens::declared_again::{declared_again, not_declared};
use crate::ui::screens::lately::Lately;
use crate::ui::screens::pressed::Pressed;
use crate::ui::screens::reasons;
use crate::ui::screens::twice::Twice;
use crate::ui::screens::unsaid;

pub use keys::Action;
use keys::{DECLARING, KEYS, LATER, STAYING, WITHOUT_GAP};

/// Shows what a talk comes to before it ends.
#[derive(Debug, PartialEq)]
pub struct TalkEnd {
    talk: Name,
    gathering: Option<Gathering>,
    /// The timer has one, which can be declared.
    has_gap: bool,
    list: List,
    field: Field,
    writing: Option<Writing>,
    discarding: Twice,
    /// It was asked once whether a talk with nobody and nothing is meant.
    ending_empty: bool,
    /// It was asked once whether it is to end while households are short.
    ending_short: Twice,
    sent: Option<(Ticket, Sent)>,
    /// What was declared of the gap that is on its way.
    declared_before: Option<(u64, String)>,
    /// What was done here last; of a gap that was declared its place, and what was declared of it before.
    lately: Lately<(usize, Option<(u64, String)>)>,
    /// The digits pressed last, each with the answer that it changed.
    pressed: Pressed<Option<Answered>>,
}

/// An answer that a digit changed.
#[derive(Debug, PartialEq)]
struct Answered {
    visit: Name,
    before: String,
    /// One stands there now; the same digit once more takes it away.
    stands: bool,
}

/// What the field is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Writing {
    /// Minutes of a gap and why, by its place in the timer.
    Gap(usize),
    /// How many minutes the selected household was there.
    Stay,
}

/// What is awaited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sent {
    Finish,
    Discard,
    Declare,
}

impl TalkEnd {
    /// Opens the page for a talk that runs or was interrupted.
    pub fn of(talk: Name) -> Self {
        Self {
            talk,
            gathering: None,
            has_gap: false,
            list: List::new(),
            field: Field::new(),
            writing: None,
            discarding: Twice::default(),
            ending_empty: false,
            ending_short: Twice::default(),
            sent: None,
            declared_before: None,
            lately: Lately::default(),
            pressed: Pressed::default(),
        }
    }

    /// Tells whether this is where a talk ends.
    pub fn ends(&self, talk: Name) -> bool {
        self.talk == talk
    }

    /// Takes back what the digits pressed last did, and gives them.
    fn take_digits_back(&mut self, first: char, desk: &mut Desk) -> String {
        let (digits, before) = self.pressed.of_words(first, 3, desk);
        for Answered { visit, before, .. } in before.into_iter().rev().flatten() {
            let request = Request::new("visit.set").with_name("visit", visit);
            desk.session.ask(Ask::Do(request.with("satisfaction", before)));
        }
        digits
    }

    fn place(&self) -> String {
        self.place_of(self.writing.unwrap_or(Writing::Stay))
    }

    fn place_of(&self, writing: Writing) -> String {
        match writing {
            Writing::Stay => format!("talk/{}/stay", self.talk),
            Writing::Gap(gap) => format!("talk/{}/gap/{gap}", self.talk),
        }
    }

    /// Gives where a talk that is entered later ended; none where a timer counts.
    fn whole(&self) -> Option<TalkMark> {
        self.gathering.as_ref().and_then(|gathering| gathering.talk.whole())
    }

    fn running(&self, desk: &Desk) -> Option<Running> {
        let both = desk.session.running().into_iter().chain(desk.session.interrupted());
        both.into_iter().find(|running| running.visit == self.talk)
    }

    fn read(&mut self, desk: &Desk) {
        if let Some(house) = desk.session.house() {
            self.gathering = house.gathering(self.talk, desk.now.wall_ms).ok().flatten();
        }
        self.look_for_gap(desk);
    }

    fn look_for_gap(&mut self, desk: &Desk) {
        self.has_gap = self.running(desk).is_some_and(|running| !running.timer.gaps().is_empty());
    }

    fn ask(&mut self, request: Request, sent: Sent, desk: &mut Desk) {
        if self.sent.is_none() {
            let is_recorded = request.word != "visit.declare";
            let ticket = desk.ask(request);
            self.sent = Some((ticket, sent));
            if is_recorded {
                self.lately.ask(ticket);
            }
        }
    }

    /// Writes down how satisfied the selected household is and goes on to the next one.
    fn satisfied(&mut self, digit: u8, desk: &mut Desk) -> Go {
        let at = self.list.selected().min(self.guests().len().saturating_sub(1));
        let choice = (7..).zip(choice::SATISFACTION).find(|(other, _)| *other == digit).map(|(_, choice)| choice);
        let Some((guest, choice)) = self.guests().get(at).zip(choice) else { return Go::Stay };
        let word = if guest.satisfaction == choice.word { "" } else { choice.word };
        let (visit, before) = (guest.presence.visit, guest.satisfaction.clone());
        let said =
            t("{head}: {satisfied}.", "{head}: {satisfied}.").with("head", called(self.guests(), guest, desk.lang));
        let said = said.with_words("satisfied", if word.is_empty() { t("没有选", "not said") } else { choice.name });
        self.pressed.push(digit, Some(Answered { visit, before, stands: !word.is_empty() }), desk);
        let request = Request::new("visit.set").with_name("visit", visit).with("satisfaction", word);
        self.lately.ask(desk.ask(request));
        if !word.is_empty() && at + 1 < self.guests().len() {
            self.list.select(at + 1);
        }
        Go::Say(said)
    }

    fn guests(&self) -> &[Guest] {
        self.gathering.as_ref().map(|gathering| gathering.present.as_slice()).unwrap_or_default()
    }

    fn is_short(&self, guest: &Guest, desk: &Desk) -> bool {
        let (proven, declared) = self.counted(guest, desk);
        !is_long_enough(proven + declared, desk.session.house().map_or(15, |house| house.minimum_minutes()))
    }

    /// Counts who is short, with those who left early: so many stay unvisited.
    fn short(&self, desk: &Desk) -> usize {
        self.guests().iter().filter(|guest| self.is_short(guest, desk)).count()
    }

    fn counted(&self, guest: &Guest, desk: &Desk) -> (i64, i64) {
        match self.whole() {
            Some(whole) => guest.counted(whole, &[]),
            None => self.running(desk).map_or((0, 0), |running| guest.counted(running.mark(), &running.declared())),
        }
    }
}

impl Screen for TalkEnd {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        drawn::draw(self, canvas);
    }

    fn header(&self, desk: &Desk) -> Header {
        super::picture::header(self.gathering.as_ref(), desk)
    }

    /// Words typed where nothing is asked for are said in the talk, as long as it runs.
    fn leads_words(&mut self, first: char, desk: &mut Desk) -> Option<(Go, String)> {
        let is_running = desk.session.running().is_some_and(|running| running.visit == self.talk);
        let leads = self.writing.is_none() && is_running;
        leads.then(|| (Go::Back, self.take_digits_back(first, desk)))
    }

    /// A digit opened the field, and what follows shows that it was the number of who speaks: `12# …`.
    fn leads_written(&mut self, desk: &mut Desk) -> Option<(Go, String)> {
        let is_open =
            desk.session.running().is_some_and(|running| running.visit == self.talk) || self.whole().is_some();
        let text = self.field.text().to_owned();
        let sign = text.trim_start_matches(|sign: char| sign.is_numeric() || ",，、 ".contains(sign)).chars().next();
        if !is_open || self.writing.is_none() || !matches!(sign, Some('#' | '＃')) {
            return None;
        }
        let digits = self.take_digits_back('#', desk);
        let place = self.place();
        self.field.take();
        self.writing = None;
        desk.session.share(&place, "");
        Some((Go::Back, format!("{digits}{text}")))
    }

    fn field(&mut self) -> Option<Kept<'_>> {
        let place = self.place();
        self.writing.is_some().then(|| Kept::at(place, &mut self.field))
    }

    fn moved(&mut self, _desk: &mut Desk) -> Go {
        self.discarding.forget();
        self.ending_short.forget();
        self.pressed.clear();
        Go::Stay
    }

    /// A timer has no undo of its own.
    fn take_back(&mut self, desk: &mut Desk) -> bool {
        self.pressed.clear();
        let Some((gap, before)) = self.lately.pop() else { return false };
        desk.session.ask(Ask::Do(declared_again(gap, before.as_ref())));
        desk.notice = Some(not_declared(before.as_ref()));
        true
    }

    fn put_aside(&mut self) -> bool {
        self.discarding.forget();
        self.ending_short.forget();
        let words = self.field.take();
        self.writing = None;
        !words.trim().is_empty()
    }

    fn beside(&self, _: &Desk) -> Option<Beside> {
        let guests = self.guests();
        let guest = guests.get(self.list.selected().min(guests.len().saturating_sub(1)));
        Beside::household(guest.map(|guest| guest.face.name))
    }

    fn list(&mut self, _: &Desk) -> Option<Scroll<'_>> {
        let len = self.guests().len();
        Some(Scroll { list: &mut self.list, len })
    }

    fn shown(&mut self, desk: &mut Desk) -> Go {
        self.read(desk);
        for request in unsaid::of_talk(self.talk, desk) {
            self.lately.ask(desk.ask(request));
            desk.notice = Some(unsaid::LEFT_STANDING.into());
        }
        Go::Stay
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        match message {
            Message::Answer(ticket, result) => self.answered(*ticket, result, desk),
            Message::Filled => self.shown(desk),
            _ => Go::Stay,
        }
    }

    fn second_hand(&self) -> bool {
        true
    }

    fn tick(&mut self, desk: &mut Desk) -> Go {
        self.look_for_gap(desk);
        Go::Stay
    }

    fn busy(&self) -> bool {
        self.sent.is_some()
    }

    fn why(&self, desk: &Desk) -> Option<Said> {
        Some(reasons::talk(self.running(desk).as_ref(), desk))
    }
}

impl Keyed for TalkEnd {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&KEYS, &LATER, &DECLARING, &STAYING];

    fn table(&self) -> &'static Table<Action> {
        match self.writing {
            Some(Writing::Gap(_)) => &DECLARING,
            Some(Writing::Stay) => &STAYING,
            None if self.whole().is_some() => &LATER,
            None if self.has_gap => &KEYS,
            None => &WITHOUT_GAP,
        }
    }

    fn act(&mut self, action: Action, desk: &mut Desk) -> Go {
        if !matches!(action, Action::Discard) {
            self.discarding.forget();
        }
        if !matches!(action, Action::Finish) {
            self.ending_short.forget();
        }
        let behind_digit = ending::behind_digit(&self.pressed);
        if !matches!(action, Action::Satisfied(_) | Action::Declare | Action::Stay) {
            self.pressed.clear();
        }
        match action {
            Action::Finish => self.finish(behind_digit, desk),
            Action::Satisfied(digit) => self.satisfied(digit, desk),
            Action::Declare => {
                self.pressed.push(1, None, desk);
                let Some(gap) = self.likely_gap(desk) else {
                    return Go::say(NO_GAP);
                };
                self.open_gap(gap, desk);
                Go::Stay
            }
            Action::OtherGap(after) => {
                self.other_gap(after, desk);
                Go::Stay
            }
            Action::Stay => {
                self.pressed.push(2, None, desk);
                self.writing = Some(Writing::Stay);
                let (text, cursor) = desk.session.draft(&self.place()).unwrap_or_default();
                self.field.set(&text, cursor);
                Go::Stay
            }
            Action::Declared => self.declare(desk),
            Action::Close => {
                let place = self.place();
                self.field.take();
                self.writing = None;
                desk.session.share(&place, "");
                Go::Stay
            }
            Action::GoOn => Go::Back,
            Action::Discard => self.discard(desk),
        }
    }
}
