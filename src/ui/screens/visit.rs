//! Visit: the page of a running visit: its timer above, what people say below, and the line where it is written down.
//!
//! Keys of a person at a kitchen table:
//! - a note: the sentence, Enter. A problem: `6 ` before the sentence, Enter; or after it Tab and Enter where the
//!   suggested field is right, Tab, digit, Enter where it is not. Larger: one `+` more.
//! - the last line: Up brings it back as it would be typed, Enter puts the change down, Tab sorts it anew, Ctrl-D takes
//!   it away. Up again reaches what was explained and handed over: digits tick, Down returns.
//! - the end: F8. Leaving by F2 or closing the window never ends a visit; Ctrl-O comes back.
//!
//! The line is empty again as soon as it is asked for, and open; a sentence that is refused comes back into it, or
//! waits beside it where something else was typed meanwhile.

mod asking;
mod keys;
mod nearby;
pub(super) mod picture;
pub(super) mod story;
pub(super) mod strip;
#[cfg(test)]
mod tests;

pub(super) use asking::{change, class, sort};

use crate::app::{Answer, Ask, Message, Nearby, Request, Ticket};
use crate::domain::entry::{Entry, IssueLine, Press, Strip, parse};
use crate::domain::{Name, local};
use crate::text::{Said, Trouble, t};
use crate::ui::beat;
use crate::ui::canvas::{Canvas, columns};
use crate::ui::desk::Desk;
use crate::ui::field::Field;
use crate::ui::frame::{self, Header};
use crate::ui::keys::Table;
use crate::ui::list::{List, Scroll};
use crate::ui::page::{Go, Keyed, Screen};

use super::{WrapUp, reasons};
pub use keys::Action;
use keys::{CHANGE, HOW, LINE, NEARBY, STRIP, TICKS};
use story::{Spoken, Story};

/// Shows a running visit: its timer, and what people say.
#[derive(Debug, PartialEq)]
pub struct Visit {
    name: Name,
    household: Name,
    story: Story,
    field: Field,
    mode: Mode,
    changing: Option<Changing>,
    sent: Vec<Sent>,
    /// A refused sentence that found another one in the line.
    kept: Option<String>,
    /// What other households of the village said.
    nearby: Vec<Nearby>,
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
            sent: Vec::new(),
            kept: None,
            nearby: Vec::new(),
        }
    }

    /// Tells whether this is the page of a visit.
    pub fn is_of(&self, visit: Name) -> bool {
        self.name == visit
    }

    fn place(&self, what: &str) -> String {
        format!("visit/{}/{what}", self.name)
    }

    /// The place of the line's draft; a line that is changed has one of its own, so that it never becomes a new line.
    fn line_place(&self, changing: Option<&Changing>) -> String {
        changing.map_or_else(|| self.place("line"), |changing| self.place(&format!("line/{}", changing.spoken.line)))
    }

    fn read(&mut self, desk: &Desk) {
        self.story = Story::read(&desk.session, self.name, self.household);
    }

    fn enter(&mut self, desk: &mut Desk) -> Go {
        match &self.mode {
            Mode::Strip(strip) => {
                let entry = strip.entry();
                self.put_down(entry, desk)
            }
            Mode::How(issue) => {
                let issue = issue.clone();
                let done = self.field.text().trim().to_owned();
                self.told(issue, &done, desk)
            }
            Mode::Line | Mode::Ticks | Mode::Nearby(_) => {
                let entry = parse(self.field.text());
                self.put_down(entry, desk)
            }
        }
    }

    /// Records an entry, or says why not; what was solved on the spot asks how first.
    fn put_down(&mut self, entry: Entry, desk: &mut Desk) -> Go {
        if let Some(trouble) = entry.refusal() {
            return said(&trouble, desk);
        }
        match entry {
            Entry::Empty if self.changing.is_some() => Go::say(t(
                "要撤去这一条, 按 Ctrl-D; 不改按 Esc.",
                "Ctrl-D takes this line away, Esc leaves it as it is.",
            )),
            Entry::Issue(issue) if issue.on_site() => {
                self.ask_how(issue, desk);
                Go::Stay
            }
            entry => {
                self.send(&entry, "", desk);
                Go::Stay
            }
        }
    }

    /// Lets the line wait, with its signs in front, while the field asks what was done.
    fn ask_how(&mut self, issue: IssueLine, desk: &mut Desk) {
        let written = issue.written();
        let (place, cursor) = (self.line_place(self.changing.as_ref()), written.len());
        desk.session.ask(Ask::Draft { place, text: written, cursor });
        let before = self.changing.as_ref().and_then(|changing| changing.spoken.issue.as_ref());
        let before = before.map(|issue| (issue.done.clone(), usize::MAX));
        let (done, cursor) = desk.session.draft(&self.place("how")).or(before).unwrap_or_default();
        self.field.set(&done, cursor);
        self.mode = Mode::How(issue);
    }

    fn told(&mut self, issue: IssueLine, done: &str, desk: &mut Desk) -> Go {
        let written = issue.written();
        self.field.set(&written, usize::MAX);
        self.send(&Entry::Issue(issue), done, desk);
        Go::Stay
    }

    /// Goes back from the answer to the sentence.
    fn back_to_line(&mut self, desk: &mut Desk) {
        if let Mode::How(issue) = &self.mode {
            let written = issue.written();
            let (text, cursor) = (self.field.text().to_owned(), self.field.cursor());
            self.field.set(&written, usize::MAX);
            desk.session.ask(Ask::Draft { place: self.place("how"), text, cursor });
        }
        self.mode = Mode::Line;
    }

    fn send(&mut self, entry: &Entry, done: &str, desk: &mut Desk) {
        let changing = self.changing.take();
        let mut requests: Vec<Request> = match &changing {
            Some(changing) => asking::change(&changing.spoken, entry, done, desk.now.wall_ms),
            None => asking::record(self.name, entry, done).into_iter().collect(),
        };
        let place = self.line_place(changing.as_ref());
        let cursor = self.field.cursor();
        let line = self.field.take();
        self.mode = Mode::Line;
        let Some(last) = requests.pop() else {
            // Nothing is different: only the draft goes.
            desk.session.ask(Ask::Draft { place, text: String::new(), cursor: 0 });
            return;
        };
        for request in requests {
            let ticket = desk.session.ask(Ask::Do(request));
            self.sent.push(Sent { ticket, line: String::new(), cursor: 0, changing: None });
        }
        let ticket = desk.session.ask(Ask::Do(last.consuming(place)));
        self.sent.push(Sent { ticket, line, cursor, changing });
    }

    fn answered(&mut self, ticket: Ticket, result: &Result<Answer, Trouble>, desk: &mut Desk) -> Go {
        self.read(desk);
        let sent = self.sent.iter().position(|sent| sent.ticket == ticket).map(|at| self.sent.remove(at));
        match (sent, result) {
            (Some(sent), Err(trouble)) => {
                self.put_back(sent, desk);
                said(trouble, desk)
            }
            (Some(sent), Ok(answer)) => {
                if answer.more.get("reached").and_then(serde_json::Value::as_bool) == Some(true) {
                    beat::reached(desk);
                }
                if !sent.line.is_empty() {
                    desk.session.ask(Ask::Draft { place: self.place("how"), text: String::new(), cursor: 0 });
                }
                self.fetch_kept(desk);
                Go::Stay
            }
            (None, Ok(answer)) if answer.more.contains_key("undone") => {
                if self.story.visit.is_none() {
                    desk.notice = Some(t("撤回了: 这次走访没有开始.", "Taken back: the visit was not begun.").into());
                    return Go::Back;
                }
                Go::say(t("撤回了上一步.", "The last step was taken back."))
            }
            (None, _) => Go::Stay,
        }
    }

    /// Puts a refused line back where it was typed; beside the line where another one is being typed.
    fn put_back(&mut self, sent: Sent, desk: &mut Desk) {
        if sent.line.is_empty() {
            return;
        }
        if self.field.is_empty() && self.changing.is_none() && matches!(self.mode, Mode::Line) {
            self.field.set(&sent.line, sent.cursor);
            self.changing = sent.changing;
            let (place, text, cursor) = (self.line_place(self.changing.as_ref()), sent.line, sent.cursor);
            desk.session.ask(Ask::Draft { place, text, cursor });
        } else if sent.changing.is_none() {
            let text = self.kept.take().map_or(sent.line.clone(), |kept| format!("{kept} {}", sent.line));
            self.kept = Some(text.clone());
            desk.session.ask(Ask::Draft { place: self.place("kept"), cursor: text.len(), text });
        }
    }

    /// Brings a line that was refused earlier back into the empty field.
    fn fetch_kept(&mut self, desk: &mut Desk) {
        if !self.field.is_empty() || self.changing.is_some() || !matches!(self.mode, Mode::Line) {
            return;
        }
        let Some(text) = self.kept.take() else { return };
        self.field.set(&text, usize::MAX);
        let (place, cursor) = (self.place("line"), text.len());
        desk.session.ask(Ask::Draft { place, text, cursor });
        desk.session.ask(Ask::Draft { place: self.place("kept"), text: String::new(), cursor: 0 });
    }

    fn up(&mut self, desk: &mut Desk) -> Go {
        match &self.changing {
            Some(changing) if self.field.text() == changing.before => {
                self.leave_change(desk);
                self.mode = Mode::Ticks;
            }
            Some(_) => {
                return Go::say(t(
                    "改动还没记下: Enter 记下, Esc 不改.",
                    "The change is not put down yet: Enter does, Esc leaves it.",
                ));
            }
            None if !self.field.text().trim().is_empty() => {
                return Go::say(t(
                    "先按 Enter 记下这一句, 再往上.",
                    "Put this line down with Enter first, then go up.",
                ));
            }
            None if self.kept.is_some() => {
                self.field.take();
                self.fetch_kept(desk);
            }
            None => match self.story.spoken.last().cloned() {
                Some(spoken) => self.start_change(spoken, desk),
                None => self.mode = Mode::Ticks,
            },
        }
        Go::Stay
    }

    fn start_change(&mut self, spoken: Spoken, desk: &Desk) {
        let before = spoken.written();
        let changing = Changing { spoken, before: before.clone() };
        let draft = desk.session.draft(&self.line_place(Some(&changing)));
        let (text, cursor) = draft.unwrap_or((before, usize::MAX));
        self.field.set(&text, cursor);
        self.changing = Some(changing);
    }

    fn leave_change(&mut self, desk: &mut Desk) {
        let place = self.line_place(self.changing.as_ref());
        if self.changing.take().is_some() {
            self.field.take();
            desk.session.ask(Ask::Draft { place, text: String::new(), cursor: 0 });
        }
    }

    fn take_away(&mut self, desk: &mut Desk) -> Go {
        let Some(changing) = self.changing.clone() else { return Go::Stay };
        self.leave_change(desk);
        let request = Request::new("line.retract").with_name("line", changing.spoken.line);
        self.ask(request, desk);
        Go::say(t("撤去了这一条. Ctrl-Z 可以找回.", "The line is taken away. Ctrl-Z brings it back."))
    }

    fn ask(&mut self, request: Request, desk: &mut Desk) {
        let ticket = desk.session.ask(Ask::Do(request));
        self.sent.push(Sent { ticket, line: String::new(), cursor: 0, changing: None });
    }

    fn tick_off(&mut self, key: &'static str, desk: &mut Desk) {
        self.story.tick(key);
        let request = Request::new("visit.set").with_name("visit", self.name).with(key, self.story.is_ticked(key));
        self.ask(request, desk);
    }

    fn pause(&mut self, desk: &mut Desk) -> Go {
        let paused = desk.session.running().is_some_and(|running| running.timer.is_paused());
        self.ask(Request::new(if paused { "visit.resume" } else { "visit.pause" }), desk);
        Go::say(if paused {
            t("继续计时.", "The timer runs on.")
        } else {
            t("已暂停, 暂停的时间不计入. Ctrl-T 继续.", "Paused; this time does not count. Ctrl-T goes on.")
        })
    }

    fn press(&mut self, press: Press) {
        if let Mode::Strip(strip) = &self.mode {
            self.mode = Mode::Strip(strip.clone().press(press));
        }
    }

    /// Takes up a change that was under way when the page was left or the program ended.
    fn resume_change(&mut self, desk: &Desk) {
        if let Some(last) = self.story.spoken.last().cloned().filter(|_| self.field.is_empty())
            && self.changing.is_none()
            && matches!(self.mode, Mode::Line)
            && desk.session.draft(&self.place(&format!("line/{}", last.line))).is_some()
        {
            self.start_change(last, desk);
        }
    }
}

/// Shows a trouble as the notice.
pub(super) fn said(trouble: &Trouble, desk: &Desk) -> Go {
    Go::Say(Said::from(t("{what}", "{what}")).with("what", trouble.say(desk.lang)))
}

/// Draws the header of the pages of a visit: who, and how the visit is.
pub(super) fn header(story: &Story, desk: &Desk) -> Header {
    let left = t("走访 {head}  {place}", "Visit {head}  {place}").with("head", &story.head).with("place", &story.place);
    let left = left.say(desk.lang);
    let about = story.about().say(desk.lang);
    let (clock, saved) = (local::clock(desk.now.wall_ms), frame::saved(desk));
    // That everything is saved is said last of all to go.
    let rights = [format!("{about}  {clock}  {saved}"), format!("{about}  {saved}"), format!("{clock}  {saved}")];
    let room = desk.body.width.saturating_sub(4 + columns(&left));
    let right = rights.into_iter().find(|right| columns(right) <= room).unwrap_or(saved);
    Header { left, middle: String::new(), right }
}

impl Screen for Visit {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        picture::draw(self, canvas);
    }

    fn header(&self, desk: &Desk) -> Header {
        header(&self.story, desk)
    }

    fn field(&mut self) -> Option<&mut Field> {
        matches!(self.mode, Mode::Line | Mode::How(_)).then_some(&mut self.field)
    }

    fn lets_type(&mut self) -> bool {
        self.mode = Mode::Line;
        true
    }

    fn takes_lines(&self) -> bool {
        matches!(self.mode, Mode::Line) && self.changing.is_none()
    }

    fn put_line(&mut self, line: &str, desk: &mut Desk) -> bool {
        let entry = parse(line);
        if entry.refusal().is_some() || matches!(&entry, Entry::Issue(issue) if issue.on_site()) {
            return false;
        }
        if let Some(request) = asking::record(self.name, &entry, "") {
            let ticket = desk.session.ask(Ask::Do(request));
            self.sent.push(Sent { ticket, line: line.to_owned(), cursor: line.len(), changing: None });
        }
        true
    }

    fn draft(&self) -> Option<String> {
        Some(match self.mode {
            Mode::How(_) => self.place("how"),
            _ => self.line_place(self.changing.as_ref()),
        })
    }

    fn list(&mut self, desk: &Desk) -> Option<Scroll<'_>> {
        let len = self.alike().len();
        let window = desk.body.height / 2;
        match &mut self.mode {
            Mode::Nearby(list) => Some(Scroll { list, len, window }),
            _ => None,
        }
    }

    fn shown(&mut self, desk: &mut Desk) -> Go {
        self.read(desk);
        self.listen(desk);
        self.kept = desk.session.draft(&self.place("kept")).map(|(text, _)| text).or(self.kept.take());
        self.fetch_kept(desk);
        self.resume_change(desk);
        Go::Stay
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        match message {
            Message::Answer(ticket, result) => return self.answered(*ticket, result, desk),
            Message::Filled => {
                self.read(desk);
                self.listen(desk);
                self.resume_change(desk);
            }
            Message::Merged(..) | Message::Imported(..) => self.read(desk),
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
            Mode::Strip(strip) => strip.entry(),
            Mode::How(issue) => Entry::Issue(issue.clone()),
            Mode::Line | Mode::Nearby(_) | Mode::Ticks => parse(self.field.text()),
        };
        let timer = desk.session.running().map(|running| reasons::timer(&running, desk));
        reasons::due(&entry, desk).into_iter().chain(timer).reduce(reasons::both)
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
        match action {
            Action::Enter => return self.enter(desk),
            Action::Sort if self.field.text().trim().is_empty() => {
                return Go::say(t("先写下这一句, 再按 Tab 归类.", "Write the line first, then sort it with Tab."));
            }
            Action::Sort => self.mode = Mode::Strip(Strip::open(self.field.text())),
            Action::Around => return self.look_around(desk),
            Action::Join => return self.join(desk),
            Action::Press(press) => self.press(press),
            Action::Close | Action::Down => self.mode = Mode::Line,
            Action::Up => return self.up(desk),
            Action::Leave => self.leave_change(desk),
            Action::TakeAway => return self.take_away(desk),
            Action::Tick(key) => self.tick_off(key, desk),
            Action::Skip => {
                if let Mode::How(issue) = &self.mode {
                    let issue = issue.clone();
                    return self.told(issue, "", desk);
                }
            }
            Action::Reword => self.back_to_line(desk),
            Action::Pause => return self.pause(desk),
            Action::Finish => return Go::open(WrapUp::of(self.name, self.household)),
        }
        Go::Stay
    }
}
