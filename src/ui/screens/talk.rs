//! Talk: the page of an evening talk 乡村夜话, or one in the field: who is there above, what is said below, and one line.
//!
//! Keys of a person in the village square:
//! - who comes: `@zsf` Enter, and the next `zsf`; a whole group: `@东里 3组` Ctrl-A; Esc goes back to the line.
//! - who speaks: `5# ` before the sentence, `3,7# ` for several, `0# ` for the village; or Up and Down point at a household.
//!   Behind it stands the same entry line as on a visit. Where nobody is named it is asked once.
//! - the last line: Ctrl-Y brings it back as it would be typed; another number before the `#` moves it to that household.
//! - who leaves early: point, Ctrl-X; once more and they are back. The end: F8.

mod adding;
mod begin;
mod end;
mod keys;
mod picture;

use crate::app::{Answer, Ask, Gathering, Message, Request, Ticket, Utterance};
use crate::domain::Name;
use crate::domain::entry::{Entry, IssueLine, Press, Speakers, Strip, parse, speakers};
use crate::text::{Said, Trouble, t};
use crate::ui::beat;
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::field::Field;
use crate::ui::frame::Header;
use crate::ui::keys::Table;
use crate::ui::list::Scroll;
use crate::ui::page::{Go, Keyed, Screen};

use super::reasons;
use super::visit::{change, story::Spoken};
use super::visit::{class, said};
use adding::{Adding, there};
pub use begin::{TalkBegin, unfinished};
pub use end::TalkEnd;
pub use keys::Action;
use keys::{ADDING, CHANGE, HOW, LINE, STRIP};

/// Shows a running talk.
#[derive(Debug, PartialEq)]
pub struct Talk {
    name: Name,
    gathering: Option<Gathering>,
    field: Field,
    mode: Mode,
    adding: Adding,
    /// The number of the household that the arrows point at.
    pointed: Option<u16>,
    changing: Option<Changing>,
    /// It was asked who says the line that stands there.
    asked_who: bool,
    sent: Vec<Sent>,
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
}

/// A line written down that is in the field again.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Changing(Utterance);

/// What was asked for and is not answered yet: the line as typed, empty where none goes with it.
#[derive(Debug, PartialEq)]
struct Sent {
    ticket: Ticket,
    line: String,
}

impl Talk {
    /// Opens the page on the running talk.
    pub fn of(talk: Name) -> Self {
        Self {
            name: talk,
            gathering: None,
            field: Field::new(),
            mode: Mode::Line,
            adding: Adding::default(),
            pointed: None,
            changing: None,
            asked_who: false,
            sent: Vec::new(),
        }
    }

    /// Tells whether this is the page of a talk.
    pub fn is_of(&self, talk: Name) -> bool {
        self.name == talk
    }

    fn place(&self) -> String {
        format!("talk/{}/line", self.name)
    }

    fn read(&mut self, desk: &Desk) {
        if let Some(house) = desk.session.house() {
            self.gathering = house.gathering(self.name, desk.now.wall_ms).ok().flatten();
        }
    }

    fn household(&self, number: u16) -> Option<Name> {
        let guests = self.gathering.as_ref().map(|gathering| gathering.present.as_slice()).unwrap_or_default();
        guests.iter().find(|guest| guest.presence.number == number).map(|guest| guest.presence.household)
    }

    /// Tells who says a line, and what it says: none where nobody is named; or what is wrong with the numbers.
    fn who(&self, line: &str) -> Result<(Option<Vec<u16>>, String), Said> {
        let (who, rest) = speakers(line);
        match who {
            Speakers::Unsaid => Ok((self.pointed.map(|number| vec![number]), rest.to_owned())),
            Speakers::Village => Ok((Some(Vec::new()), rest.to_owned())),
            Speakers::Clash => Err(t(
                "0# 是全村, 不能和户号一起写.",
                "0# is the village and cannot stand with the number of a household.",
            )
            .into()),
            Speakers::Households(numbers) => match numbers.iter().find(|number| self.household(**number).is_none()) {
                Some(missing) => Err(t(
                    "没有 {number} 号. 先加上这一户 (@), 或改号.",
                    "There is no number {number}. Add the household first (@), or change the number.",
                )
                .with("number", missing)),
                None => Ok((Some(numbers), rest.to_owned())),
            },
        }
    }

    fn enter(&mut self, desk: &mut Desk) -> Go {
        match &self.mode {
            Mode::Strip(who, strip) => {
                let (who, entry) = (who.clone(), strip.entry());
                self.put_down(who, entry, desk)
            }
            Mode::How(who, issue) => {
                let (who, issue, done) = (who.clone(), issue.clone(), self.field.text().trim().to_owned());
                self.told(&who, issue, &done, desk)
            }
            Mode::Line => match self.who(self.field.text()) {
                Err(wrong) => Go::Say(wrong),
                Ok((who, rest)) => {
                    let entry = parse(&rest);
                    let Some(who) = who.or_else(|| self.asked(&entry)) else {
                        self.asked_who = true;
                        return Go::say(t(
                            "谁说的? 前面加 号# (几户 3,7#), 或用上下键指着一户; 再按 Enter 记作全村.",
                            "Who says so? Put 5# before it (3,7# for several), or point with Up and Down; Enter again: the village.",
                        ));
                    };
                    self.put_down(who, entry, desk)
                }
            },
        }
    }

    /// Gives the village where it was asked who says a line and nobody was named again; an empty line is nobody's.
    fn asked(&self, entry: &Entry) -> Option<Vec<u16>> {
        (self.asked_who || *entry == Entry::Empty).then(Vec::new)
    }

    fn put_down(&mut self, who: Vec<u16>, entry: Entry, desk: &mut Desk) -> Go {
        if let Some(trouble) = entry.refusal() {
            return said(&trouble, desk);
        }
        match entry {
            Entry::Empty if self.changing.is_some() => Go::say(t(
                "要撤去这一条, 按 Ctrl-D; 不改按 Esc.",
                "Ctrl-D takes this line away, Esc leaves it as it is.",
            )),
            Entry::Empty => Go::Stay,
            Entry::Issue(issue) if issue.on_site() => {
                let before = self.changing.as_ref().and_then(|Changing(utterance)| utterance.issues.first());
                let before = before.and_then(Option::as_ref).map(|issue| issue.done.clone()).unwrap_or_default();
                self.field.set(&before, usize::MAX);
                self.mode = Mode::How(who, issue);
                Go::Stay
            }
            entry => self.send(&who, &entry, "", desk),
        }
    }

    fn told(&mut self, who: &[u16], issue: IssueLine, done: &str, desk: &mut Desk) -> Go {
        self.send(who, &Entry::Issue(issue), done, desk)
    }

    fn send(&mut self, who: &[u16], entry: &Entry, done: &str, desk: &mut Desk) -> Go {
        let requests = match self.changing.clone() {
            Some(Changing(utterance)) => match self.changed(&utterance, who, entry, done, desk) {
                Ok(requests) => requests,
                Err(wrong) => return Go::Say(wrong),
            },
            None => vec![self.record(who, entry, done)],
        };
        let line = match entry {
            Entry::Issue(issue) => written(who, &issue.written()),
            Entry::Note(text) => written(who, text),
            _ => String::new(),
        };
        self.field.take();
        self.mode = Mode::Line;
        self.changing = None;
        self.asked_who = false;
        let mut requests = requests.into_iter().rev();
        let Some(last) = requests.next() else {
            desk.session.ask(Ask::Draft { place: self.place(), text: String::new(), cursor: 0 });
            return Go::Stay;
        };
        for request in requests.rev() {
            let ticket = desk.session.ask(Ask::Do(request));
            self.sent.push(Sent { ticket, line: String::new() });
        }
        let ticket = desk.session.ask(Ask::Do(last.consuming(self.place())));
        self.sent.push(Sent { ticket, line });
        Go::Stay
    }

    /// Makes the request that writes a new line down.
    fn record(&self, who: &[u16], entry: &Entry, done: &str) -> Request {
        let households: Vec<String> =
            who.iter().filter_map(|number| self.household(*number)).map(|name| name.to_string()).collect();
        let (request, text) = match entry {
            Entry::Issue(issue) => (class(Request::new("talk.issue"), issue, done), issue.text.clone()),
            Entry::Note(text) => (Request::new("talk.note"), text.clone()),
            _ => (Request::new("talk.note"), String::new()),
        };
        request.with_name("talk", self.name).with("households", households).with("text", text)
    }

    /// Makes the requests that turn a line into what is written now.
    fn changed(
        &self,
        utterance: &Utterance,
        who: &[u16],
        entry: &Entry,
        done: &str,
        desk: &Desk,
    ) -> Result<Vec<Request>, Said> {
        let mut requests = Vec::new();
        if who != utterance.speakers {
            match (utterance.lines.as_slice(), who) {
                ([line], [number]) => {
                    let household = self.household(*number);
                    let request = Request::new("line.move").with_name("line", *line);
                    requests.extend(household.map(|household| request.with_name("household", household)));
                }
                _ => {
                    return Err(t(
                        "只能从一户换到一户. 几户同说的, 先 Ctrl-D 撤去再重写.",
                        "A line moves from one household to one other. Take it away with Ctrl-D and write it anew.",
                    )
                    .into());
                }
            }
        }
        for (line, issue) in utterance.lines.iter().zip(&utterance.issues) {
            let spoken = Spoken::of(*line, utterance.at, &utterance.text, issue.clone());
            requests.extend(change(&spoken, entry, done, desk.now.wall_ms));
        }
        Ok(requests)
    }

    fn answered(&mut self, ticket: Ticket, result: &Result<Answer, Trouble>, desk: &mut Desk) -> Go {
        self.read(desk);
        if self.gathering.is_none() {
            return Go::Back;
        }
        self.adding.leave_out(&there(self.gathering.as_ref()));
        let sent = self.sent.iter().position(|sent| sent.ticket == ticket).map(|at| self.sent.remove(at));
        match (sent, result) {
            (Some(sent), Err(trouble)) => {
                // What was refused comes back where nothing else was typed; the draft keeps it otherwise.
                if !sent.line.is_empty() && self.field.is_empty() {
                    self.field.set(&sent.line, usize::MAX);
                }
                said(trouble, desk)
            }
            (Some(_), Ok(answer)) => {
                if answer.more.get("reached").and_then(serde_json::Value::as_bool) == Some(true) {
                    beat::reached(desk);
                }
                Go::Stay
            }
            (None, Ok(answer)) if answer.more.contains_key("undone") => {
                Go::say(t("撤回了上一步.", "The last step was taken back."))
            }
            (None, _) => Go::Stay,
        }
    }

    fn ask(&mut self, request: Request, desk: &mut Desk) {
        let ticket = desk.session.ask(Ask::Do(request));
        self.sent.push(Sent { ticket, line: String::new() });
    }

    /// Points at the household before or after; before the first one nobody is pointed at.
    fn point(&mut self, after: bool) {
        let guests = self.gathering.as_ref().map(|gathering| gathering.present.as_slice()).unwrap_or_default();
        let numbers: Vec<u16> = guests.iter().map(|guest| guest.presence.number).collect();
        let at = self.pointed.and_then(|number| numbers.iter().position(|other| *other == number));
        let next = match (at, after) {
            (None, true) => Some(0),
            (None, false) => numbers.len().checked_sub(1),
            (Some(at), true) => Some((at + 1).min(numbers.len().saturating_sub(1))),
            (Some(at), false) => at.checked_sub(1),
        };
        self.pointed = next.and_then(|at| numbers.get(at)).copied();
    }

    fn last(&mut self) -> Go {
        if !self.field.text().trim().is_empty() {
            return Go::say(t("先按 Enter 记下这一句.", "Put this line down with Enter first."));
        }
        let Some(last) = self.gathering.as_ref().and_then(|gathering| gathering.said.last()).cloned() else {
            return Go::say(t("还没有记下什么.", "Nothing is written down yet."));
        };
        let spoken = Spoken::of(self.name, last.at, &last.text, last.issues.first().cloned().flatten());
        self.field.set(&written(&last.speakers, &spoken.written()), usize::MAX);
        self.changing = Some(Changing(last));
        Go::Stay
    }

    fn take_away(&mut self, desk: &mut Desk) -> Go {
        let Some(Changing(utterance)) = self.changing.take() else { return Go::Stay };
        self.field.take();
        desk.session.ask(Ask::Draft { place: self.place(), text: String::new(), cursor: 0 });
        for line in &utterance.lines {
            self.ask(Request::new("line.retract").with_name("line", *line), desk);
        }
        Go::say(t("撤去了这一条. Ctrl-Z 可以找回.", "The line is taken away. Ctrl-Z brings it back."))
    }

    /// Lets the household pointed at leave, or come back.
    fn leave(&mut self, desk: &mut Desk) -> Go {
        let guests = self.gathering.as_ref().map(|gathering| gathering.present.as_slice()).unwrap_or_default();
        let pointed = guests.iter().find(|guest| Some(guest.presence.number) == self.pointed);
        let Some(guest) = pointed else {
            return Go::say(t("先用上下键指着一户.", "Point at a household with Up and Down first."));
        };
        if self.is_later() {
            return Go::say(t(
                "补录: 先走的在散场页 (F8) 选中, 按 2 写待了几分钟.",
                "Entered later: on the last page (F8) select it, press 2 and write its minutes.",
            ));
        }
        let (head, household) = (guest.face.head.clone(), guest.presence.household);
        if guest.presence.left.is_some() {
            let request = Request::new("talk.come").with_name("talk", self.name);
            self.ask(request.with("households", vec![household.to_string()]), desk);
            return Go::say(t("{head} 回来了, 接着计时.", "{head} is back, the time goes on.").with("head", head));
        }
        self.ask(Request::new("talk.leave").with_name("talk", self.name).with_name("household", household), desk);
        Go::say(
            t("{head} 先走了, 时间停在此刻. 再按 Ctrl-X 算回来.", "{head} left, the time stops. Ctrl-X again: back.")
                .with("head", head),
        )
    }

    fn remove(&mut self, desk: &mut Desk) -> Go {
        let Some(household) = self.pointed.and_then(|number| self.household(number)) else {
            return Go::say(t("先用上下键指着一户.", "Point at a household with Up and Down first."));
        };
        self.pointed = None;
        self.ask(Request::new("talk.remove").with_name("talk", self.name).with_name("household", household), desk);
        Go::Stay
    }

    fn open_strip(&mut self) -> Go {
        match self.who(self.field.text()) {
            Err(wrong) => Go::Say(wrong),
            Ok((_, rest)) if rest.trim().is_empty() => {
                Go::say(t("先写下这一句, 再按 Tab 归类.", "Write the line first, then sort it with Tab."))
            }
            Ok((None, _)) => Go::say(t(
                "先说谁说的: 号# 写在前面, 0# 是全村.",
                "First who says it: the number and # before it; 0# is the village.",
            )),
            Ok((Some(who), rest)) => {
                self.mode = Mode::Strip(who, Strip::open(&rest));
                Go::Stay
            }
        }
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
        Go::say(if paused {
            t("继续计时.", "The timer runs on.")
        } else {
            t("已暂停, 暂停的时间不计入. Ctrl-T 继续.", "Paused; this time does not count. Ctrl-T goes on.")
        })
    }

    fn press(&mut self, press: Press) {
        if let Mode::Strip(who, strip) = &self.mode {
            self.mode = Mode::Strip(who.clone(), strip.clone().press(press));
        }
    }

    fn close(&mut self, desk: &mut Desk) {
        if matches!(self.mode, Mode::Strip(..)) {
            self.mode = Mode::Line;
        } else {
            self.changing = None;
            self.field.take();
            desk.session.ask(Ask::Draft { place: self.place(), text: String::new(), cursor: 0 });
        }
    }
}

/// Writes a line with who says it, as one would type it.
fn written(who: &[u16], line: &str) -> String {
    let numbers: Vec<String> = who.iter().map(u16::to_string).collect();
    format!("{}# {line}", if who.is_empty() { "0".to_owned() } else { numbers.join(",") })
}

impl Screen for Talk {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        picture::draw(self, canvas);
    }

    fn header(&self, desk: &Desk) -> Header {
        picture::header(self.gathering.as_ref(), desk)
    }

    fn field(&mut self) -> Option<&mut Field> {
        (!matches!(self.mode, Mode::Strip(..))).then_some(&mut self.field)
    }

    fn lets_type(&mut self) -> bool {
        self.mode = Mode::Line;
        true
    }

    fn takes_lines(&self) -> bool {
        matches!(self.mode, Mode::Line) && self.changing.is_none() && !self.is_adding()
    }

    fn put_line(&mut self, line: &str, desk: &mut Desk) -> bool {
        let Ok((Some(who), rest)) = self.who(line) else { return false };
        let entry = parse(&rest);
        if entry.refusal().is_some() || matches!(&entry, Entry::Issue(issue) if issue.on_site()) {
            return false;
        }
        if entry != Entry::Empty {
            let ticket = desk.session.ask(Ask::Do(self.record(&who, &entry, "")));
            self.sent.push(Sent { ticket, line: line.to_owned() });
        }
        true
    }

    fn typed(&mut self, desk: &mut Desk) -> Go {
        self.asked_who = false;
        if self.is_adding() {
            self.adding.ask(self.field.text(), desk);
        }
        Go::Stay
    }

    fn draft(&self) -> Option<String> {
        // While a line is changed or an answer is given the line itself is on disk already.
        (self.changing.is_none() && matches!(self.mode, Mode::Line)).then(|| self.place())
    }

    fn list(&mut self, desk: &Desk) -> Option<Scroll<'_>> {
        if !self.is_adding() {
            return None;
        }
        Some(self.adding.scroll(desk.body.height))
    }

    fn shown(&mut self, desk: &mut Desk) -> Go {
        self.read(desk);
        if self.is_adding() {
            self.adding.ask(self.field.text(), desk);
        }
        Go::Stay
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        match message {
            Message::Answer(ticket, result) => return self.answered(*ticket, result, desk),
            Message::Found { ticket, hits, faces } => {
                if self.adding.is_overtaken(*ticket) {
                    self.adding.ask(self.field.text(), desk);
                } else {
                    self.adding.found(*ticket, hits, faces, &there(self.gathering.as_ref()));
                }
            }
            Message::Filled | Message::Merged(..) | Message::Imported(..) => self.read(desk),
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
            Mode::Strip(_, strip) => strip.entry(),
            Mode::How(_, issue) => Entry::Issue(issue.clone()),
            Mode::Line => parse(speakers(self.field.text()).1),
        };
        let talk = reasons::talk(desk.session.running().as_ref(), desk);
        reasons::due(&entry, desk).into_iter().chain([talk]).reduce(reasons::both)
    }
}

impl Keyed for Talk {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&LINE, &ADDING, &CHANGE, &STRIP, &HOW];

    fn table(&self) -> &'static Table<Action> {
        match self.mode {
            Mode::Line if self.changing.is_some() => &CHANGE,
            Mode::Line if self.is_adding() => &ADDING,
            Mode::Line => &LINE,
            Mode::Strip(..) => &STRIP,
            Mode::How(..) => &HOW,
        }
    }

    fn act(&mut self, action: Action, desk: &mut Desk) -> Go {
        match action {
            Action::Enter => return self.enter(desk),
            Action::Sort => return self.open_strip(),
            Action::Press(press) => self.press(press),
            Action::Close => self.close(desk),
            Action::Before => self.point(false),
            Action::After => self.point(true),
            Action::Add => return self.begin_adding(desk),
            Action::AddThis => return self.add(false, desk),
            Action::AddAll => return self.add(true, desk),
            Action::Last => return self.last(),
            Action::TakeAway => return self.take_away(desk),
            Action::Leave => return self.leave(desk),
            Action::Remove => return self.remove(desk),
            Action::Skip => {
                if let Mode::How(who, issue) = &self.mode {
                    let (who, issue) = (who.clone(), issue.clone());
                    return self.told(&who, issue, "", desk);
                }
            }
            Action::Pause => return self.pause(desk),
            Action::Finish => return Go::open(TalkEnd::of(self.name)),
        }
        Go::Stay
    }
}
