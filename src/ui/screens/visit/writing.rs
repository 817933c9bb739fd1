//! Writing: a line is put down, classed or not; what was solved on the spot is asked for first.

use super::{Mode, Sent, Visit, asking, said};
use crate::app::{Ask, Request};
use crate::domain::Name;
use crate::domain::entry::{Entry, IssueLine, named_before, parse};
use crate::ui::desk::Desk;
use crate::ui::lines;
use crate::ui::page::Go;
use crate::ui::screens::WrapUp;
use crate::ui::screens::alike::EMPTIED;
use crate::ui::screens::answer::{self, Half};
use crate::ui::screens::astray::numbered;
use crate::ui::screens::joining;
use crate::ui::screens::nearby::STILL_JOINED;

impl Visit {
    pub(super) fn enter(&mut self, desk: &mut Desk) -> Go {
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
                match self.astray.ask(&entry) {
                    Some(question) => Go::Say(question),
                    None => self.put_down(entry, desk),
                }
            }
        }
    }

    /// Records an entry, or says why not; what was solved on the spot asks how first.
    pub(super) fn put_down(&mut self, entry: Entry, desk: &mut Desk) -> Go {
        if let Some(trouble) = entry.refusal() {
            return said(&trouble);
        }
        if self.is_numbered(&entry)
            && let Some(question) = self.astray.ask_numbered(&entry)
        {
            return Go::Say(question);
        }
        match entry {
            Entry::Empty if self.changing.is_some() => Go::say(EMPTIED),
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

    /// Tells whether the words of an entry begin with the numbers of a talk, and those of a line that is changed did not before.
    pub(super) fn is_numbered(&self, entry: &Entry) -> bool {
        let before = self.changing.as_ref().and_then(|changing| named_before(&changing.spoken.text));
        numbered(entry).is_some_and(|sign| before != Some(sign))
    }

    /// Lets the line wait, with its signs in front, while the field asks what was done.
    pub(super) fn ask_how(&mut self, issue: IssueLine, desk: &mut Desk) {
        let written = issue.written();
        let (place, cursor) = (self.line_place(self.changing.as_ref()), written.len());
        desk.session.ask(Ask::Draft { place, text: written.clone(), cursor });
        self.joining = self.joining.or_else(|| self.link(&written, desk));
        if let Some(theirs) = self.joining {
            joining::keep(self.place("with"), &written, theirs, desk);
        }
        let before = self.changing.as_ref().and_then(|changing| changing.spoken.issue.as_ref());
        let before = before.map(|issue| (issue.done.clone(), usize::MAX));
        let kept = desk.session.draft(&self.place("how")).and_then(|draft| answer::of(&written, &draft));
        let half = self.half.take().or(kept);
        let (done, cursor) = half.or(before).unwrap_or_default();
        self.field.set(&done, cursor);
        self.mode = Mode::How(issue);
    }

    pub(super) fn told(&mut self, issue: IssueLine, done: &str, desk: &mut Desk) -> Go {
        let written = issue.written();
        self.field.set(&written, usize::MAX);
        self.send(&Entry::Issue(issue), done, desk);
        Go::Stay
    }

    /// Goes back from the answer to the sentence; what that was to be joined with stays kept for it.
    pub(super) fn back_to_line(&mut self, desk: &mut Desk) -> Go {
        let is_joined = self.joining.take().is_some();
        if let Mode::How(issue) = &self.mode {
            let written = issue.written();
            self.half.put_by(self.place("how"), &written, &self.field, desk);
            self.field.set(&written, usize::MAX);
        }
        self.mode = Mode::Line;
        if is_joined { Go::say(STILL_JOINED) } else { Go::Stay }
    }

    /// Gives the sentence in the line as an answer knows it.
    pub(super) fn sentence(&self) -> String {
        match parse(self.field.text()) {
            Entry::Issue(issue) => issue.written(),
            _ => self.field.text().trim().to_owned(),
        }
    }

    /// Gives the issue that a sentence is still to be joined with.
    fn link(&self, sentence: &str, desk: &Desk) -> Option<Name> {
        joining::kept(&self.place("with"), sentence, desk).filter(|_| self.changing.is_none())
    }

    /// Tells whether more is kept of a sentence than its words: what it is joined with, or how it was solved.
    pub(super) fn is_told_more(&self, entry: &Entry, desk: &Desk) -> bool {
        let Entry::Issue(issue) = entry else { return false };
        let written = issue.written();
        let half = desk.session.draft(&self.place("how")).and_then(|draft| answer::of(&written, &draft));
        half.is_some() || self.link(&written, desk).is_some()
    }

    /// Goes on with an answer that was half given, or asked for to join what another said, when the page was left or the program ended.
    pub(super) fn resume_answer(&mut self, desk: &mut Desk) {
        if !matches!(self.mode, Mode::Line) || self.half.is_waiting() {
            return;
        }
        if let Entry::Issue(issue) = parse(self.field.text())
            && issue.on_site()
        {
            let written = issue.written();
            let half = desk.session.draft(&self.place("how")).and_then(|draft| answer::of(&written, &draft));
            self.joining = self.link(&written, desk);
            if half.is_some() || self.joining.is_some() {
                self.ask_how(issue, desk);
            }
        }
    }

    /// Goes on to the end. A change or an answer that stands there is put down first, what was solved on the spot is asked for;
    /// a sentence that stands there is taken up there.
    pub(super) fn finish(&mut self, desk: &mut Desk) -> Go {
        if let Some(held) = lines::holds(&self.place("line"), self.field.text(), desk) {
            return Go::Say(held);
        }
        let entry = parse(self.field.text());
        let is_asked = matches!(&entry, Entry::Issue(issue) if issue.on_site()) && matches!(self.mode, Mode::Line);
        let is_astray = (entry.astray().is_some() || self.is_numbered(&entry)) && matches!(self.mode, Mode::Line);
        if self.changing.is_some() || is_asked || is_astray || matches!(self.mode, Mode::How(_)) {
            let go = self.enter(desk);
            if go != Go::Stay || matches!(self.mode, Mode::How(_)) {
                return go;
            }
        }
        self.mode = Mode::Line;
        self.field.take();
        Go::open(WrapUp::of(self.name, self.household))
    }

    pub(super) fn send(&mut self, entry: &Entry, done: &str, desk: &mut Desk) {
        // What was chosen stands in the line where it is refused.
        self.close_strip();
        let sentence = match entry {
            Entry::Issue(issue) => Some(issue.written()),
            _ => None,
        };
        let joined = self.joining.take().or_else(|| self.link(sentence.as_deref()?, desk));
        let changing = self.changing.take();
        let requests: Vec<Request> = match &changing {
            Some(changing) => asking::change(&changing.spoken, entry, done, desk.now.wall_ms),
            None => asking::record(self.name, entry, done).into_iter().collect(),
        };
        let join = |request: Request| match joined {
            Some(theirs) => request.with_name("with", theirs),
            None => request,
        };
        let requests = requests.into_iter().map(join).collect();
        let place = self.line_place(changing.as_ref());
        let cursor = self.field.cursor();
        let typed = self.field.take();
        // What it is joined with is kept for the sentence with its signs in front.
        let line = sentence.filter(|_| joined.is_some()).unwrap_or(typed);
        self.half = Half::default();
        self.mode = Mode::Line;
        let Some(request) = Request::together(requests) else {
            // Nothing is different: only the draft goes.
            desk.session.ask(Ask::Draft { place, text: String::new(), cursor: 0 });
            return;
        };
        let ticket = desk.session.ask(Ask::Do(request.consuming(place)));
        self.sent.push(Sent { ticket, line, cursor, changing, joined });
    }
}
