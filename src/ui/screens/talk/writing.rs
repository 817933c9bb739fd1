//! Writing: a line is put down for those who say it, each household its own; and what becomes of it once it is answered.

use super::adding::{is_adding, there};
use super::who::written;
use super::{Changing, Mode, Sent, Talk, TalkEnd, class, said};
use crate::app::{Answer, Ask, Request, Ticket};
use crate::domain::Name;
use crate::domain::entry::{Entry, IssueLine, parse};
use crate::text::{Trouble, t};
use crate::ui::beat;
use crate::ui::desk::Desk;
use crate::ui::page::Go;

impl Talk {
    pub(super) fn enter(&mut self, desk: &mut Desk) -> Go {
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

    pub(super) fn put_down(&mut self, who: Vec<u16>, entry: Entry, desk: &mut Desk) -> Go {
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

    pub(super) fn told(&mut self, who: &[u16], issue: IssueLine, done: &str, desk: &mut Desk) -> Go {
        self.send(who, &Entry::Issue(issue), done, desk)
    }

    pub(super) fn send(&mut self, who: &[u16], entry: &Entry, done: &str, desk: &mut Desk) -> Go {
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

    /// Goes on to the end; what stands in the line is put down first.
    pub(super) fn finish(&mut self, desk: &mut Desk) -> Go {
        let stands = !self.field.text().trim().is_empty() && !self.is_adding();
        if stands || matches!(self.mode, Mode::How(..)) {
            let go = self.enter(desk);
            if go != Go::Stay || matches!(self.mode, Mode::How(..)) {
                return go;
            }
        }
        Go::open(TalkEnd::of(self.name))
    }

    /// Gives the request that puts down what stood in the line when the program ended; whom nobody named is the village.
    pub(in crate::ui::screens) fn left_standing(talk: Name, line: &str, desk: &Desk) -> Option<Request> {
        let mut page = Self::of(talk);
        page.read(desk);
        if page.gathering.is_none() || line.trim().is_empty() || is_adding(line) {
            return None;
        }
        let (who, rest) = page.who(line).unwrap_or_else(|_| (None, line.to_owned()));
        let entry = Some(parse(&rest)).filter(|entry| entry.refusal().is_none());
        let entry = entry.unwrap_or_else(|| Entry::Note(rest.trim().to_owned()));
        (entry != Entry::Empty).then(|| page.record(&who.unwrap_or_default(), &entry, "").consuming(page.place()))
    }

    /// Makes the request that writes a new line down.
    pub(super) fn record(&self, who: &[u16], entry: &Entry, done: &str) -> Request {
        let households: Vec<String> =
            who.iter().filter_map(|number| self.household(*number)).map(|name| name.to_string()).collect();
        let (request, text) = match entry {
            Entry::Issue(issue) => (class(Request::new("talk.issue"), issue, done), issue.text.clone()),
            Entry::Note(text) => (Request::new("talk.note"), text.clone()),
            _ => (Request::new("talk.note"), String::new()),
        };
        request.with_name("talk", self.name).with("households", households).with("text", text)
    }

    pub(super) fn answered(&mut self, ticket: Ticket, result: &Result<Answer, Trouble>, desk: &mut Desk) -> Go {
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
            (None, _) => Go::Stay,
        }
    }
}
