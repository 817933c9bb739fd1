//! Writing: a line is put down for those who say it, each household its own.

use super::adding::is_adding;
use super::who::written;
use super::{Changing, Mode, Sent, Talk, TalkEnd, class, said};
use crate::app::{Ask, Request};
use crate::domain::Name;
use crate::domain::entry::{Entry, IssueLine, note_written, parse};
use crate::text::t;
use crate::ui::desk::Desk;
use crate::ui::lines;
use crate::ui::page::Go;
use crate::ui::screens::alike::EMPTIED;
use crate::ui::screens::answer::{self, Half};
use crate::ui::screens::nearby::STILL_JOINED;
use crate::ui::screens::{joining, unsaid};

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
            Mode::Line | Mode::Nearby(_) => match self.who(self.field.text()) {
                Err(wrong) => Go::Say(wrong),
                Ok((who, rest)) => {
                    let entry = parse(&rest);
                    if let Some(question) = self.asks_for_named_in(&entry).or_else(|| self.astray.ask(&entry)) {
                        return Go::Say(question);
                    }
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
            return said(&trouble);
        }
        if let Some(question) = self.asks_for_named_in(&entry) {
            return Go::Say(question);
        }
        if entry != Entry::Empty
            && let Some(question) = self.asks_for_who_left(&who, desk)
        {
            return Go::Say(question);
        }
        match entry {
            Entry::Empty if self.changing.is_some() => Go::say(EMPTIED),
            Entry::Empty if self.field.text().trim().is_empty() => Go::Stay,
            Entry::Empty => {
                Go::say(t("这句话还没写: 号# 后面接着写.", "The words are missing: write them behind the #."))
            }
            Entry::Issue(issue) if issue.on_site() => {
                self.ask_how(who, issue, desk);
                Go::Stay
            }
            entry => self.send(&who, &entry, "", desk),
        }
    }

    /// Lets the line wait, with who says it and its signs in front, while the field asks what was done.
    pub(super) fn ask_how(&mut self, who: Vec<u16>, issue: IssueLine, desk: &mut Desk) {
        let line = written(&who, &issue.written());
        desk.session.ask(Ask::Draft { place: self.place(), cursor: line.len(), text: line.clone() });
        self.joining = self.joining.or_else(|| self.link(&line, desk));
        if let Some(theirs) = self.joining {
            joining::keep(self.place_of("with"), &line, theirs, desk);
        }
        let before = self.changing.as_ref().and_then(|Changing(utterance)| utterance.issues.first());
        let before = before.and_then(Option::as_ref).map(|issue| (issue.done.clone(), usize::MAX));
        let kept = desk.session.draft(&self.place_of("how")).and_then(|draft| answer::of(&line, &draft));
        let half = self.half.take().or(kept);
        let (done, cursor) = half.or(before).unwrap_or_default();
        self.field.set(&done, cursor);
        self.mode = Mode::How(who, issue);
    }

    /// Goes back from the answer to the sentence; what that was to be joined with stays kept for it.
    pub(super) fn back_to_line(&mut self, desk: &mut Desk) -> Go {
        let is_joined = self.joining.take().is_some();
        if let Mode::How(who, issue) = &self.mode {
            let line = written(who, &issue.written());
            self.half.put_by(self.place_of("how"), &line, &self.field, desk);
            self.field.set(&line, usize::MAX);
        }
        self.mode = Mode::Line;
        if is_joined { Go::say(STILL_JOINED) } else { Go::Stay }
    }

    /// Gives the sentence in the line, with who says it, as an answer knows it.
    pub(super) fn sentence(&self) -> String {
        let line = self.field.text().trim().to_owned();
        let Ok((who, rest)) = self.who(&line) else { return line };
        match parse(&rest) {
            Entry::Issue(issue) => written(&who.unwrap_or_default(), &issue.written()),
            _ => line,
        }
    }

    /// Gives the issue that a sentence, with who says it, is still to be joined with.
    fn link(&self, sentence: &str, desk: &Desk) -> Option<Name> {
        joining::kept(&self.place_of("with"), sentence, desk).filter(|_| self.changing.is_none())
    }

    /// Tells whether more is kept of a sentence than its words: what it is joined with, or how it was solved.
    pub(super) fn is_told_more(&self, who: &[u16], entry: &Entry, desk: &Desk) -> bool {
        let Entry::Issue(issue) = entry else { return false };
        let line = written(who, &issue.written());
        let half = desk.session.draft(&self.place_of("how")).and_then(|draft| answer::of(&line, &draft));
        half.is_some() || self.link(&line, desk).is_some()
    }

    /// Goes on with an answer that was half given, or asked for to join what another said, when the page was left or the program ended.
    pub(super) fn resume_answer(&mut self, desk: &mut Desk) {
        if !matches!(self.mode, Mode::Line) || self.half.is_waiting() {
            return;
        }
        if let Ok((Some(who), rest)) = self.who(self.field.text())
            && let Entry::Issue(issue) = parse(&rest)
            && issue.on_site()
        {
            let line = written(&who, &issue.written());
            let half = desk.session.draft(&self.place_of("how")).and_then(|draft| answer::of(&line, &draft));
            self.joining = self.link(&line, desk);
            if half.is_some() || self.joining.is_some() {
                self.ask_how(who, issue, desk);
            }
        }
    }

    pub(super) fn told(&mut self, who: &[u16], issue: IssueLine, done: &str, desk: &mut Desk) -> Go {
        self.send(who, &Entry::Issue(issue), done, desk)
    }

    pub(super) fn send(&mut self, who: &[u16], entry: &Entry, done: &str, desk: &mut Desk) -> Go {
        if let Some(stays) = self.held_by_work(Some(who), desk) {
            return Go::say(stays);
        }
        let line = match entry {
            Entry::Issue(issue) => written(who, &issue.written()),
            Entry::Note(text) => written(who, &note_written(text)),
            _ => String::new(),
        };
        let joined = self.joining.take().or_else(|| self.link(&line, desk));
        let requests = if let Some(Changing(utterance)) = self.changing.clone() {
            self.changed(&utterance, who, entry, done, desk)
        } else {
            let request = self.record(who, entry, done);
            vec![match joined {
                Some(theirs) => request.with_name("same", theirs),
                None => request,
            }]
        };
        let place = self.place();
        self.field.take();
        self.half = Half::default();
        self.mode = Mode::Line;
        let changing = self.changing.take();
        if changing.is_none() {
            self.goes_on(who, desk);
        }
        self.asked_who = false;
        self.asked_left.clear();
        let Some(request) = Request::together(requests) else {
            desk.session.ask(Ask::Draft { place, text: String::new(), cursor: 0 });
            return self.gone_back();
        };
        let ticket = desk.session.ask(Ask::Do(request.consuming(place)));
        self.sent.push(Sent { ticket, line, changing, joined });
        Go::Stay
    }

    /// Goes on to the end; what stands in the line is put down first.
    pub(super) fn finish(&mut self, desk: &mut Desk) -> Go {
        if let Some(held) = lines::holds(&self.place_of("line"), self.field.text(), desk) {
            return Go::Say(held);
        }
        let stands = !self.field.text().trim().is_empty() && !self.is_adding();
        if stands || matches!(self.mode, Mode::How(..)) {
            let go = self.enter(desk);
            if go != Go::Stay || matches!(self.mode, Mode::How(..)) {
                return go;
            }
        }
        Go::open(TalkEnd::of(self.name))
    }

    /// Gives the request that puts down what stood in the line when the program ended; whom nobody named or pointed at is the village.
    pub(in crate::ui::screens) fn left_standing(
        talk: Name,
        line: &str,
        who: &str,
        answers: &[(String, String)],
        links: &[(String, String)],
        desk: &Desk,
    ) -> Option<Request> {
        let mut page = Self::of(talk);
        page.read(desk);
        if page.gathering.is_none() || line.trim().is_empty() || is_adding(line) {
            return None;
        }
        page.pointed = page.pointed_by(who, desk);
        let (speakers, entry, done) = page.left(line, who, answers);
        let rest = page.who(line).map_or_else(|_| line.to_owned(), |(_, rest)| rest);
        let theirs = unsaid::joined(&unsaid::entry(&rest), links, who, |issue| written(&speakers, &issue.written()));
        let request = (entry != Entry::Empty).then(|| page.record(&speakers, &entry, &done))?;
        Some(match theirs {
            Some(theirs) => request.with_name("same", theirs),
            None => request,
        })
    }

    /// Gives the changes of lines that were half made: the place of each, whose it is, and what makes it whole.
    pub(in crate::ui::screens) fn left_changed(
        talk: Name,
        answers: &[(String, String)],
        desk: &Desk,
    ) -> Vec<(String, String, Vec<Request>)> {
        let mut page = Self::of(talk);
        page.read(desk);
        let said = page.gathering.as_ref().map(|gathering| gathering.said.clone()).unwrap_or_default();
        let mut all = Vec::new();
        for utterance in &said {
            let Some(place) = utterance.lines.first().map(|line| page.place_of(&format!("line/{line}"))) else {
                continue;
            };
            for (who, line) in desk.session.left_at(&place) {
                page.pointed = page.pointed_by(&who, desk);
                let (speakers, entry, done) = page.left(&line, &who, answers);
                let requests = page.changed(utterance, &speakers, &entry, &done, desk);
                all.push((place.clone(), who, requests));
            }
        }
        all
    }

    /// Reads a line that was left: who says it, what it says, and what was answered.
    fn left(&self, line: &str, who: &str, answers: &[(String, String)]) -> (Vec<u16>, Entry, String) {
        let (speakers, rest) = self.who(line).unwrap_or_else(|_| (None, line.to_owned()));
        let speakers = speakers.unwrap_or_default();
        let entry = unsaid::entry(&rest);
        let done = unsaid::done(&entry, answers, who, |issue| written(&speakers, &issue.written()));
        (speakers, unsaid::answered(entry, done.as_deref()), done.unwrap_or_default())
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
}
