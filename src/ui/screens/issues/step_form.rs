//! A step: the few facts that it takes, and its day. What is refused is said, and what was typed stays, a kill included.
//!
//! Keystrokes: fill in, F8. Digits pick from lists, Ctrl-Y fills in the unit and the person who were given something of the
//! field last, Esc goes back to the case.

use super::shape::{self, Action, PICKING, WRITING};
use super::understood::{day, is_day, joined};
use crate::app::{Docket, Dossier, Entry, Message, Move, Request};
use crate::domain::choice::LEVELS;
use crate::domain::{Calendar, Class, Name, StepWord, Visit, local};
use crate::text::{Said, Text, t};
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::form::{Form, KeptForm, Refusal, Step};
use crate::ui::keys::Table;
use crate::ui::page::{Go, Keyed, Screen};

/// Asks for the facts of a step.
#[derive(Debug, PartialEq)]
pub struct TakeStep {
    pub(super) entry: Entry,
    pub(super) it: Move,
    pub(super) form: KeptForm,
    /// The unit and the person of the last time.
    pub(super) given: Option<(String, String)>,
    /// The visit in which the household may have been told.
    pub(super) visit: Option<Visit>,
    /// The issues it may be joined to.
    docket: Docket,
    /// Those that what was typed may mean, and the one that it means.
    pub(super) meant: (Vec<Entry>, Option<Name>),
}

/// A day that is written in later is a day and no moment: noon, in milliseconds.
const NOON: i64 = 12 * 3_600_000;

/// What only scripts write: words of requests, and what they take.
const WORDS: [&str; 3] = [" (issue.", " (answer=", " (actor"];

/// Leaves the words of scripts out of a sentence; people press the digit of a step.
pub(super) fn without_words(said: &str) -> String {
    let mut said = said.to_owned();
    while let Some(start) = WORDS.iter().filter_map(|word| said.find(word)).min() {
        let Some(rest) = said.get(start..).and_then(|rest| rest.find(')')) else { break };
        said.replace_range(start..=start + rest, "");
    }
    said
}

impl TakeStep {
    /// Opens the form with what is likely.
    pub(super) fn of(dossier: &Dossier, it: Move, desk: &Desk) -> Self {
        let entry = dossier.entry.clone();
        let needs_all = shape::gives(it) || it.decided == Some("join");
        let house = desk.session.house().filter(|_| needs_all);
        let docket = house.and_then(|house| house.docket(desk.now.wall_ms).ok()).unwrap_or_default();
        let given = if shape::gives(it) { docket.given_last(&entry.case.issue.field) } else { None };
        let flow = &entry.case.flow;
        let mut form = Form::new(shape::of(it));
        if it.decided == Some("accept")
            && let Some(class) = flow.class.filter(|class| *class != Class::OnSite)
        {
            form = form.with("class", class.word()).at("unit");
        }
        if it.step == StepWord::Escalate
            && let Some(next) = LEVELS.get(flow.level() + 1)
        {
            form = form.with("level", next.word).at("to");
        }
        let visit = dossier.visit.clone().filter(|_| it.step == StepWord::Feedback);
        if it.step == StepWord::Feedback {
            form = form.with("visit", if visit.is_some() { shape::LAST } else { "none" }).at("answer");
        }
        if let Some(visit) = &visit {
            form = form.with("way", &visit.kind).at("answer");
            // What was said in a visit of another day was said on that day.
            if local::day(visit.started) != local::day(desk.now.wall_ms) {
                form = form.proposed("on", &local::short_day_beside(visit.started, desk.now.wall_ms));
            }
        }
        let form = KeptForm::at(format!("issue/{}/{}", entry.case.issue.name, it.word()), form);
        Self { entry, it, form, given, visit, docket, meant: (Vec::new(), None) }
    }

    /// Reads which issue is meant.
    fn understand(&mut self, desk: &Desk) {
        if self.it.decided == Some("join") {
            self.meant = joined(self.form.text("with"), self.entry.case.issue.name, &self.docket, desk);
        }
    }

    /// Gives when it happened; nothing for today.
    fn on(&self, now_ms: i64) -> Option<i64> {
        let day = day("on", self.form.text("on"), now_ms).filter(|day| *day != local::day(now_ms))?;
        let at = local::at(day, chrono::NaiveTime::MIN) + NOON;
        // On the day of the step before it, it stands behind that one.
        let before = self.entry.case.flow.steps.iter().map(|step| step.at).chain([self.entry.case.issue.at]);
        let same = before.filter(|at| local::day(*at) == day).max();
        Some(same.map_or(at, |before| at.max(before)))
    }

    /// Gives what is to be recorded.
    fn request(&self, now_ms: i64) -> Result<Request, Refusal> {
        let mut request =
            Request::new(&format!("issue.{}", self.it.step.word())).with_name("issue", self.entry.case.issue.name);
        if let Some(kind) = self.it.turns_into() {
            request = request.with("turn_into", kind);
        } else if let Some(decided) = self.it.decided {
            request = request.with("decision", decided);
        }
        for (key, text) in self.form.texts().filter(|(_, text)| !text.is_empty()) {
            let said = day(key, text, now_ms).filter(|_| is_day(key));
            request = match (key, said) {
                ("on", Some(_)) => match self.on(now_ms) {
                    Some(on) => request.with(key, local::rfc3339(on)),
                    None => request,
                },
                (_, Some(day)) => request.with(key, day.to_string()),
                ("visit", _) if text != shape::LAST => request,
                ("visit", _) => {
                    let visit = self.visit.as_ref().ok_or((key, NO_VISIT.into()))?;
                    request.with_name(key, visit.name)
                }
                ("with", _) => request.with_name(key, self.meant.1.ok_or((key, WHICH.into()))?),
                (key, None) if is_day(key) => return Err((key, NO_DAY.with("text", text))),
                _ => request.with(key, text),
            };
        }
        Ok(request)
    }

    /// Fills in whose such an issue was the last time.
    fn as_before(&mut self, desk: &mut Desk) -> Go {
        let Some((unit, person)) = self.given.clone() else {
            return Go::say(t("这个领域还没有交给过谁.", "Nothing of this field was given to anybody yet."));
        };
        let form = std::mem::replace(&mut *self.form, Form::new(&[]));
        *self.form = form.typed("unit", &unit).typed("person", &person).at("person");
        self.form.keep(desk);
        Go::Stay
    }
}

const NO_VISIT: Text = t(
    "办结以后还没有走访过这一户, 还没记. 选 不是走访时.",
    "Nobody visited since it was solved, nothing is recorded. Pick “in no visit”.",
);
const WHICH: Text = t(
    "说不准是哪一件, 还没记. 多写几个字, 或加上 #2.",
    "Which issue is not clear, nothing is recorded. Write more, or #2.",
);
const NO_DAY: Text = t(
    "看不懂 “{text}” 是哪天, 还没记. 写成 5-16, 昨天, 周三.",
    "“{text}” is not understood as a day, nothing is recorded. Write 5-16 or yesterday.",
);

impl Screen for TakeStep {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        self.drawn(canvas);
    }

    fn why(&self, _: &Desk) -> Option<Said> {
        let due = self.entry.timed.map(|timed| timed.deadline.why(Calendar::built_in()));
        let day = t(
            "哪天: 这一步实际办的那天. 赶没赶上时限照这天看, 不照记下的那天.",
            "The day: when the step was really taken. Whether it was in time is judged by it, not by when it is written down.",
        );
        due.into_iter().chain([day.into()]).reduce(Said::apart)
    }

    fn form(&mut self) -> Option<&mut KeptForm> {
        Some(&mut self.form)
    }

    fn typed(&mut self, desk: &mut Desk) -> Go {
        self.understand(desk);
        Go::Stay
    }

    fn shown(&mut self, desk: &mut Desk) -> Go {
        self.understand(desk);
        Go::Stay
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        match self.form.heard(message, desk) {
            Some(Ok(answer)) => {
                let number = answer.more.get("number").and_then(|number| number.as_str());
                desk.notice = Some(match number {
                    Some(number) => {
                        t("已销号, 编号 {number}. Ctrl-Z 撤回.", "Closed out as {number}. Ctrl-Z takes it back.")
                            .with("number", number)
                    }
                    None => Said::from(t("记下了: {step}. Ctrl-Z 撤回.", "Recorded: {step}. Ctrl-Z takes it back."))
                        .with_words("step", self.it.name()),
                });
                Go::Back
            }
            Some(Err(trouble)) => {
                self.form.keep(desk);
                Go::say(t("{why}", "{why}").with("why", without_words(&self.form.said(trouble).say(desk.lang))))
            }
            None => Go::Stay,
        }
    }

    fn busy(&self) -> bool {
        self.form.is_asked()
    }
}

impl Keyed for TakeStep {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&WRITING, &PICKING];

    fn table(&self) -> &'static Table<Action> {
        if self.form.is_picking() { &PICKING } else { &WRITING }
    }

    fn lacks(&self) -> usize {
        self.form.lacks()
    }

    fn act(&mut self, action: Action, desk: &mut Desk) -> Go {
        match action {
            _ if self.form.is_asked() => return Go::Stay,
            Action::Back => return Go::Back,
            Action::AsBefore => return self.as_before(desk),
            Action::Form(step) if self.form.step(step, desk) => {
                self.understand(desk);
                let request = self.request(desk.now.wall_ms);
                return self.form.record(request, desk).map_or(Go::Stay, Go::Say);
            }
            Action::Form(Step::Afresh) => self.understand(desk),
            Action::Form(_) => {}
        }
        Go::Stay
    }
}
