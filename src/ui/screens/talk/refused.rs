//! Refused: what becomes of a line once it is answered; one that was refused comes back into the line, or waits until the line is
//! empty again.

use super::who::WHO;
use super::{Mode, Sent, Talk, said};
use crate::app::{Answer, Ask, Ticket};
use crate::domain::entry::{Speakers, speakers};
use crate::text::{Said, Text, Trouble, t};
use crate::ui::desk::Desk;
use crate::ui::lines;
use crate::ui::page::Go;
use crate::ui::screens::alike::talk_not_begun;
use crate::ui::screens::joining;

/// Where what was not recorded of a talk that was taken back waits for the next one.
const FOR_ANOTHER: &str = "talk/left";

const KEPT_FOR_ANOTHER: Text = t(
    "没记下的那一句留着, 下一场开了就在输入行里.",
    "What was not recorded is kept, and stands in the line of the next one.",
);

/// Gives what was said, without the numbers of who said it; names are the same in every talk.
fn without_numbers(line: &str) -> &str {
    match speakers(line) {
        (Speakers::Called { .. }, _) => line,
        (_, words) => words,
    }
}

impl Talk {
    pub(super) fn answered(&mut self, ticket: Ticket, result: &Result<Answer, Trouble>, desk: &mut Desk) -> Go {
        let is_later = self.is_later();
        self.read(desk);
        if self.gathering.is_none() {
            let is_kept = self.keep_for_another(desk);
            if is_kept {
                desk.notice = Some(Said::from(talk_not_begun(is_later)).then(KEPT_FOR_ANOTHER.into()));
            } else if result.as_ref().is_ok_and(|answer| answer.more.contains_key("undone")) {
                desk.notice = Some(talk_not_begun(is_later).into());
            }
            return Go::Back;
        }
        self.listen_to_who_came(desk);
        self.moved.answered(ticket, result.is_ok(), desk);
        if let Ok(answer) = result {
            self.follow_undo(answer, desk);
        }
        self.adding.follow(self.gathering.as_ref());
        self.follow_made(desk);
        let sent = self.sent.iter().position(|sent| sent.ticket == ticket).map(|at| self.sent.remove(at));
        match (sent, result) {
            (Some(sent), Err(trouble)) => {
                self.put_back_refused(sent, trouble, desk);
                said(trouble)
            }
            (Some(sent), Ok(_)) => {
                if !sent.line.is_empty() && !matches!(self.mode, Mode::How(..)) {
                    desk.session.ask(Ask::Draft { place: self.place_of("how"), text: String::new(), cursor: 0 });
                    if sent.joined.is_some() {
                        joining::forget(self.place_of("with"), &sent.line, desk);
                    }
                }
                if self.past.is_some() && self.changing.is_none() {
                    return Go::Back;
                }
                Go::Stay
            }
            (None, _) => Go::Stay,
        }
    }

    /// Keeps what was not recorded of a talk that was taken back for the next one, without the numbers of who said it; tells whether
    /// there was something.
    fn keep_for_another(&mut self, desk: &mut Desk) -> bool {
        desk.session.share(&self.place_of(WHO), "");
        let sent = std::mem::take(&mut self.sent).into_iter().filter(|sent| sent.changing.is_none());
        let typed = match &self.mode {
            Mode::How(_, issue) => issue.written(),
            _ if self.is_adding() || self.changing.is_some() => String::new(),
            _ => self.field.text().to_owned(),
        };
        let waiting = lines::taken(&self.place_of("line"), desk);
        let all = sent.map(|sent| sent.line).chain([typed]).chain(waiting);
        let all: Vec<String> =
            all.map(|line| without_numbers(&line).trim().to_owned()).filter(|it| !it.is_empty()).collect();
        if all.is_empty() {
            return false;
        }
        desk.let_go(&self.place_of("line"));
        for line in all {
            lines::wait(FOR_ANOTHER, &line, None, desk);
        }
        self.field.take();
        self.mode = Mode::Line;
        true
    }

    /// Takes over what was kept of a talk that was taken back: the first line stands in the empty field, the others wait.
    pub(super) fn take_over(&mut self, desk: &mut Desk) {
        if self.past.is_some() {
            return;
        }
        let before = desk.session.draft(FOR_ANOTHER).map(|(text, _)| text);
        if before.is_some() {
            desk.let_go(FOR_ANOTHER);
        }
        let all: Vec<String> = before.into_iter().chain(lines::taken(FOR_ANOTHER, desk)).collect();
        for line in &all {
            lines::wait(&self.place_of("line"), line, None, desk);
        }
        let is_free = self.field.is_empty() && self.changing.is_none() && matches!(self.mode, Mode::Line);
        if !all.is_empty()
            && is_free
            && let Some(text) = lines::fetch(&self.place_of("line"), desk)
        {
            self.field.set(&text, usize::MAX);
        }
    }

    /// Lets what an earlier program kept beside the line wait as a line.
    pub(super) fn part_kept(&self, desk: &mut Desk) {
        let place = self.place_of("kept");
        if let Some((text, _)) = desk.session.draft(&place) {
            lines::wait(&self.place_of("line"), &text, None, desk);
            desk.let_go(&place);
        }
    }

    /// Puts a refused line back where it was typed, still joined with what it was; where another one is being typed it waits.
    pub(super) fn put_back_refused(&mut self, sent: Sent, why: &Trouble, desk: &mut Desk) {
        if sent.line.is_empty() {
            return;
        }
        if let Some(theirs) = sent.joined.filter(|_| self.joining.is_none()) {
            joining::keep(self.place_of("with"), &sent.line, theirs, desk);
        }
        if self.field.is_empty() && self.changing.is_none() && matches!(self.mode, Mode::Line) {
            self.field.set(&sent.line, usize::MAX);
            self.changing = sent.changing;
            let (place, cursor) = (self.place(), sent.line.len());
            desk.session.note_refused(&place, &sent.line, why);
            desk.session.ask(Ask::Draft { place, cursor, text: sent.line });
        } else if sent.changing.is_none() {
            lines::wait(&self.place_of("line"), &sent.line, Some(why), desk);
        }
    }
}
