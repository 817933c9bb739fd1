//! The end of a talk: what each household has counted, who has nothing noted, and who would still count as unvisited.
//!
//! Keystrokes: F8, look, Enter. Esc goes on with the talk. Arrows to a household, 7, 8 or 9 how satisfied it is; the next
//! one is selected. A gap that the laptop slept through is declared with 1: minutes and why. Of a talk entered later, 2 says how
//! many minutes the selected household was there. Nothing ends by itself.

mod drawn;
mod keys;

use super::said;
use crate::app::{Ask, Gathering, Guest, Message, Request, Running, Ticket};
use crate::domain::entry::{Speakers, speakers};
use crate::domain::timer::minutes_seconds;
use crate::domain::{Name, TalkMark, choice, is_long_enough};
use crate::hanzi::forms;
use crate::text::{Said, t};
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::field::Field;
use crate::ui::frame::Header;
use crate::ui::keys::Table;
use crate::ui::list::{List, Scroll};
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::screens::alike::{DISCARD, DISCARDED, MINUTES_AND_WHY, NOT_DECLARED};
use crate::ui::screens::lately::Lately;
use crate::ui::screens::pressed::Pressed;
use crate::ui::screens::reasons;
use crate::ui::screens::twice::Twice;
use crate::ui::screens::unsaid;
use crate::ui::screens::wrapup::declared as read_declared;

use drawn::AROUND;
pub use keys::Action;
use keys::{DECLARING, KEYS, LATER};

/// Shows what a talk comes to before it ends.
#[derive(Debug, PartialEq)]
pub struct TalkEnd {
    talk: Name,
    gathering: Option<Gathering>,
    list: List,
    field: Field,
    writing: Option<Writing>,
    discarding: Twice,
    /// It was asked once whether a talk with nobody and nothing is meant.
    ending_empty: bool,
    sent: Option<(Ticket, Sent)>,
    /// What was done here last; a gap that was declared by its number from 1.
    lately: Lately<u64>,
    /// The digits pressed last, each with whose answer it was and what stood there before.
    pressed: Pressed<Option<(Name, String)>>,
}

/// What the field is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Writing {
    /// Minutes of a gap and why.
    Gap,
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
            list: List::new(),
            field: Field::new(),
            writing: None,
            discarding: Twice::default(),
            ending_empty: false,
            sent: None,
            lately: Lately::default(),
            pressed: Pressed::default(),
        }
    }

    /// Takes back what the digits pressed last did, and gives them.
    fn take_digits_back(&mut self, first: char, desk: &mut Desk) -> String {
        let (digits, before) = self.pressed.of_words(first, 3, desk);
        for (visit, before) in before.into_iter().rev().flatten() {
            let request = Request::new("visit.set").with_name("visit", visit);
            desk.session.ask(Ask::Do(request.with("satisfaction", before)));
        }
        digits
    }

    fn place(&self) -> String {
        self.place_of(self.writing.unwrap_or(Writing::Gap))
    }

    fn place_of(&self, writing: Writing) -> String {
        match writing {
            Writing::Stay => format!("talk/{}/stay", self.talk),
            Writing::Gap => format!("talk/{}/gap", self.talk),
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

    /// What answers were left go with the end; a talk entered later is not unfinished any more.
    fn let_go(&self, desk: &mut Desk) {
        desk.session.share(&format!("talk/{}/how", self.talk), "");
        if self.whole().is_some() {
            desk.session.share(super::begin::LATER, "");
            desk.let_go(super::begin::LATER);
        }
    }

    /// Finds a gap that somebody began to declare and left: once the talk is over nothing leads back to it.
    fn half_a_gap(&self, desk: &Desk) -> Option<String> {
        let mut left = desk.session.left_at(&self.place_of(Writing::Gap)).into_iter().map(|(_, text)| text);
        let is_open = self.running(desk).is_some_and(|running| running.open_gaps().next().is_some());
        left.rfind(|text| is_open && !text.trim().is_empty())
    }

    fn finish(&mut self, desk: &mut Desk) -> Go {
        if let Some(half) = self.half_a_gap(desk) {
            self.writing = Some(Writing::Gap);
            self.field.set(&half, usize::MAX);
            return Go::say(t(
                "这段中断写了还没记下: Enter 记为自述, 不要就 Esc.",
                "This gap is written and not declared: Enter declares it, Esc writes none.",
            ));
        }
        let is_empty = self.gathering.as_ref().is_some_and(|one| one.present.is_empty() && one.said.is_empty());
        if is_empty && !std::mem::replace(&mut self.ending_empty, true) {
            return Go::say(t(
                "没有到场的户, 也没记下什么: 误开的按 Ctrl-D 作废; 真是这样, 再按 Enter.",
                "Nobody came and nothing was said: Ctrl-D discards it; Enter again keeps it so.",
            ));
        }
        let interrupted = desk.session.interrupted().is_some_and(|running| running.visit == self.talk);
        let request = Request::new("talk.finish").with_name("talk", self.talk).with("at_last", interrupted);
        self.ask(request, Sent::Finish, desk);
        Go::Stay
    }

    fn discard(&mut self, desk: &mut Desk) -> Go {
        if !self.discarding.again(desk) {
            return Go::say(DISCARD);
        }
        self.ask(Request::new("talk.discard").with_name("talk", self.talk), Sent::Discard, desk);
        Go::Stay
    }

    /// Records how many minutes the selected household was there.
    fn stayed(&mut self, desk: &mut Desk) -> Go {
        let said = self.field.text().trim().trim_end_matches(['分', '钟']);
        let minutes: Option<u64> = forms::half_width(said).trim().parse().ok().filter(|minutes| *minutes > 0);
        let at = self.list.selected().min(self.guests().len().saturating_sub(1));
        let Some((minutes, guest)) = minutes.zip(self.guests().get(at)) else {
            return Go::say(t("请写待了几分钟, 只写数字.", "How many minutes was it there? A number, please."));
        };
        let request = Request::new("talk.leave").with_name("talk", self.talk).with("minutes", minutes);
        let request = request.with_name("household", guest.presence.household).consuming(self.place());
        self.ask(request, Sent::Declare, desk);
        Go::Stay
    }

    fn declare(&mut self, desk: &mut Desk) -> Go {
        if self.writing == Some(Writing::Stay) {
            return self.stayed(desk);
        }
        // `12# …` typed here: the first digit opened this field.
        if matches!(speakers(&format!("1{}", self.field.text().trim())).0, Speakers::Households(_)) {
            return Go::say(t(
                "这像是谁说的一句话: Esc 再 Esc 回去, 在输入行里写.",
                "That looks like a line somebody said: Esc twice, and write it there.",
            ));
        }
        let Some((minutes, why)) = read_declared(self.field.text()) else {
            return Go::say(MINUTES_AND_WHY);
        };
        let request = Request::new("visit.declare").with("minutes", minutes).with("why", why).consuming(self.place());
        self.ask(request, Sent::Declare, desk);
        Go::Stay
    }

    /// Writes down how satisfied the selected household is and goes on to the next one.
    fn satisfied(&mut self, digit: u8, desk: &mut Desk) -> Go {
        let at = self.list.selected().min(self.guests().len().saturating_sub(1));
        let choice = (7..).zip(choice::SATISFACTION).find(|(other, _)| *other == digit).map(|(_, choice)| choice);
        let Some((guest, choice)) = self.guests().get(at).zip(choice) else { return Go::Stay };
        let word = if guest.satisfaction == choice.word { "" } else { choice.word };
        let (visit, before) = (guest.presence.visit, guest.satisfaction.clone());
        let said = t("{head}: {satisfied}.", "{head}: {satisfied}.").with("head", &guest.face.head);
        let said = said.with_words("satisfied", if word.is_empty() { t("没有选", "not said") } else { choice.name });
        self.pressed.push(digit, Some((visit, before)), desk);
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

    fn field(&mut self) -> Option<&mut Field> {
        self.writing.is_some().then_some(&mut self.field)
    }

    fn draft(&self) -> Option<String> {
        self.writing.is_some().then(|| self.place())
    }

    fn moved(&mut self, _desk: &mut Desk) -> Go {
        self.discarding.forget();
        Go::Stay
    }

    /// A timer has no undo of its own.
    fn take_back(&mut self, desk: &mut Desk) -> bool {
        self.pressed.clear();
        let Some(gap) = self.lately.pop() else { return false };
        let request = Request::new("visit.declare").with("gap", gap).with("minutes", 0).with("why", "撤销");
        desk.session.ask(Ask::Do(request));
        desk.notice = Some(NOT_DECLARED.into());
        true
    }

    fn put_aside(&mut self) -> bool {
        self.discarding.forget();
        let words = self.field.take();
        self.writing = None;
        !words.trim().is_empty()
    }

    fn list(&mut self, desk: &Desk) -> Option<Scroll<'_>> {
        let len = self.guests().len();
        Some(Scroll { list: &mut self.list, len, window: desk.body.height.saturating_sub(AROUND).max(1) })
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
            Message::Answer(ticket, result) => {
                self.read(desk);
                self.lately.hear(*ticket, result);
                if self.gathering.is_none() {
                    desk.notice = Some(t("撤回了刚开的夜话.", "The talk just begun was taken back.").into());
                    return Go::Home;
                }
                let Some((_, sent)) = self.sent.filter(|(asked, _)| asked == ticket) else { return Go::Stay };
                self.sent = None;
                match (result.as_ref(), sent) {
                    (Err(trouble), _) => said(trouble, desk),
                    (Ok(answer), Sent::Finish) => {
                        let count = |key: &str| answer.more.get(key).and_then(serde_json::Value::as_u64).unwrap_or(0);
                        let words = t(
                            "散场: {n} 户各记一次走访, {short} 户不足时还算未访. Ctrl-Z 撤回.",
                            "Ended: a visit for each household ({n}), {short} too short. Ctrl-Z takes it back.",
                        );
                        self.let_go(desk);
                        desk.notice = Some(words.with("n", count("households")).with("short", count("short")));
                        Go::Home
                    }
                    (Ok(_), Sent::Discard) => {
                        self.let_go(desk);
                        desk.notice = Some(DISCARDED.into());
                        Go::Home
                    }
                    (Ok(answer), Sent::Declare) => {
                        self.field.take();
                        desk.session.share(&self.place(), "");
                        if self.writing.take() == Some(Writing::Stay) {
                            return Go::Stay;
                        }
                        if let Some(gap) = answer.more.get("gap").and_then(serde_json::Value::as_u64) {
                            self.lately.push(gap);
                        }
                        let ms = answer.more.get("declared_ms").and_then(serde_json::Value::as_u64);
                        let said = t("已自述 {time}, 会标明.", "{time} is declared, and stays marked.");
                        Go::Say(said.with("time", minutes_seconds(ms.unwrap_or(0))))
                    }
                }
            }
            Message::Filled => self.shown(desk),
            _ => Go::Stay,
        }
    }

    fn second_hand(&self) -> bool {
        true
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
    const TABLES: &'static [&'static Table<Action>] = &[&KEYS, &LATER, &DECLARING];

    fn table(&self) -> &'static Table<Action> {
        match self.writing {
            Some(_) => &DECLARING,
            None if self.whole().is_some() => &LATER,
            None => &KEYS,
        }
    }

    fn act(&mut self, action: Action, desk: &mut Desk) -> Go {
        if !matches!(action, Action::Discard) {
            self.discarding.forget();
        }
        if !matches!(action, Action::Satisfied(_) | Action::Declare) {
            self.pressed.clear();
        }
        match action {
            Action::Finish => self.finish(desk),
            Action::Satisfied(digit) => self.satisfied(digit, desk),
            Action::Declare => {
                if self.running(desk).is_none_or(|running| running.open_gaps().next().is_none()) {
                    self.pressed.push(1, None, desk);
                    return Go::say(t("计时没有中断.", "The timer has no gap."));
                }
                self.writing = Some(Writing::Gap);
                if let Some((text, cursor)) = desk.session.draft(&self.place()) {
                    self.field.set(&text, cursor);
                }
                Go::Stay
            }
            Action::Stay => {
                self.writing = Some(Writing::Stay);
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
