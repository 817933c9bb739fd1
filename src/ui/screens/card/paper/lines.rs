//! Lines: what was said in a visit that is entered later, a line each, once the visit itself is recorded.

use super::{FromPaper, Stage};
use crate::domain::entry::{Entry, parse};
use crate::domain::{Name, local};
use crate::text::{Text, t};
use crate::ui::desk::Desk;
use crate::ui::form::Step;
use crate::ui::page::{Go, Screen};
use crate::ui::screens::answer;
use crate::ui::screens::visit::story::{Spoken, Story};
use crate::ui::screens::visit::{record, said};

const GONE: Text = t("撤回了补录的走访, 按 4 重新补录.", "The visit entered later was taken back; 4 enters it anew.");

const GONE_WITH_A_LINE_LEFT: Text = t(
    "撤回了补录的走访. 没记下的那一句还在: 按 4 重新补录, 接着写.",
    "The visit entered later was taken back. The line not recorded is kept: 4 enters it anew and goes on with it.",
);

impl FromPaper {
    /// Puts the waiting line down with what was done, or goes back to it.
    pub(super) fn answered(&mut self, step: Step, desk: &mut Desk) -> Go {
        let Stage::How(visit, lines, issue) = &mut self.stage else { return Go::Stay };
        let (visit, lines, issue) = (*visit, std::mem::take(lines), issue.clone());
        let (written, done) = (issue.written(), self.line.text().trim().to_owned());
        if step == Step::Up {
            answer::keep(self.how_place(), &written, &self.line, desk);
            self.line.set(&written, usize::MAX);
            self.stage = Stage::Lines(visit, lines);
            return Go::Stay;
        }
        self.line.set(&written, usize::MAX);
        self.put_down(visit, lines, &Entry::Issue(issue), written, &done, desk)
    }

    /// Goes on with the lines of a visit where half of one was left: no other page leads to it.
    pub(super) fn go_on_with_lines(&mut self, desk: &mut Desk) -> Go {
        let draft = desk.session.draft(&self.line_place()).filter(|_| self.stage == Stage::Form);
        let visit = draft.as_ref().and_then(|(text, _)| text.split_once('\n')?.0.parse().ok());
        let Some((draft, visit)) = draft.zip(visit) else { return Go::Stay };
        let story = Story::read(&desk.session, visit, self.household);
        let Some(began) = story.visit.map(|visit| visit.started) else { return Go::Stay };
        self.began = began;
        self.stage = Stage::Lines(visit, story.spoken.iter().map(Spoken::written).collect());
        self.put_back(&draft.0, draft.1);
        Go::say(t("接着上次没写完的那一句.", "Half a line was left here: go on with it."))
    }

    /// Reads again what is recorded of the visit: an undo takes lines out, and where it takes the visit the page goes too. What is
    /// not recorded is kept for the next one.
    pub(super) fn read_again(&mut self, desk: &mut Desk) -> Go {
        let (Stage::Lines(visit, lines) | Stage::How(visit, lines, _)) = &mut self.stage else { return Go::Stay };
        if desk.session.house().is_none() {
            return Go::Stay;
        }
        let visit = *visit;
        let story = Story::read(&desk.session, visit, self.household);
        if story.visit.is_some() {
            *lines = story.spoken.iter().map(Spoken::written).collect();
            return Go::Stay;
        }
        let place = self.line_place();
        // Where an answer is typed the line was kept before.
        if matches!(self.stage, Stage::Lines(..)) {
            desk.keep(&place, answer::kept(&visit.to_string(), &self.line));
        }
        let is_left = desk.session.draft(&place).is_some();
        desk.notice = Some(if is_left { GONE_WITH_A_LINE_LEFT } else { GONE }.into());
        Go::Back
    }

    /// Takes over the line that was left where its visit was taken back.
    pub(super) fn take_over(&mut self, desk: &mut Desk) {
        let Stage::Lines(visit, _) = self.stage else { return };
        let Some((text, cursor)) = desk.session.draft(&self.line_place()) else { return };
        let Some((of, line)) = text.split_once('\n') else { return };
        let stands = |of| Story::read(&desk.session, of, self.household).visit.is_some();
        if of.parse().is_ok_and(stands) {
            return;
        }
        self.line.set(line, cursor.saturating_sub(of.len() + 1));
        desk.keep(&self.line_place(), answer::kept(&visit.to_string(), &self.line));
    }

    pub(super) fn note(&mut self, desk: &mut Desk) -> Go {
        if !matches!(self.stage, Stage::Lines(..)) {
            return Go::Stay;
        }
        let text = self.line.text().trim().to_owned();
        if text.is_empty() {
            return Go::Back;
        }
        let entry = parse(&text);
        if let Some(refusal) = entry.refusal() {
            return said(&refusal);
        }
        if let Some(question) = self.astray.ask(&entry).or_else(|| self.astray.ask_numbered(&entry)) {
            return Go::Say(question);
        }
        let Stage::Lines(visit, lines) = &mut self.stage else { return Go::Stay };
        let (visit, lines) = (*visit, std::mem::take(lines));
        if let Entry::Issue(issue) = entry.clone()
            && issue.on_site()
        {
            let (text, cursor) = answer::kept(&visit.to_string(), &self.line);
            desk.keep(&self.line_place(), (text, cursor));
            let half = desk.session.draft(&self.how_place());
            let (done, cursor) = half.and_then(|draft| answer::of(&issue.written(), &draft)).unwrap_or_default();
            self.line.set(&done, cursor);
            self.stage = Stage::How(visit, lines, issue);
            return Go::Stay;
        }
        self.put_down(visit, lines, &entry, text, "", desk)
    }

    fn put_down(
        &mut self,
        visit: Name,
        mut lines: Vec<String>,
        entry: &Entry,
        text: String,
        done: &str,
        desk: &mut Desk,
    ) -> Go {
        let Some(request) = record(visit, entry, done) else {
            self.stage = Stage::Lines(visit, lines);
            return Go::Stay;
        };
        let request = request.with("on", local::rfc3339(self.began)).consuming(self.line_place());
        lines.push(text);
        self.stage = Stage::Noting(visit, lines, desk.ask(request));
        Go::Stay
    }
}
