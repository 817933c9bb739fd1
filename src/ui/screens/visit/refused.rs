//! Refused: what becomes of a line once it is answered; one that was refused comes back into the line, or waits beside it
//! while another is being typed.

use super::{Mode, Sent, Visit, said};
use crate::app::{Answer, Ask, Ticket};
use crate::text::Trouble;
use crate::ui::desk::Desk;
use crate::ui::lines;
use crate::ui::page::Go;
use crate::ui::screens::alike::NOT_BEGUN;
use crate::ui::screens::joining;

impl Visit {
    pub(super) fn answered(&mut self, ticket: Ticket, result: &Result<Answer, Trouble>, desk: &mut Desk) -> Go {
        self.read(desk);
        let sent = self.sent.iter().position(|sent| sent.ticket == ticket).map(|at| self.sent.remove(at));
        match (sent, result) {
            (Some(sent), Err(trouble)) => {
                self.put_back(sent, trouble, desk);
                said(trouble)
            }
            (Some(sent), Ok(_)) => {
                if !sent.line.is_empty() && !matches!(self.mode, Mode::How(_)) {
                    desk.session.ask(Ask::Draft { place: self.place("how"), text: String::new(), cursor: 0 });
                    if sent.joined.is_some() {
                        joining::forget(self.place("with"), &sent.line, desk);
                    }
                }
                Go::Stay
            }
            (None, Ok(answer)) if answer.more.contains_key("undone") && self.story.visit.is_none() => {
                desk.notice = Some(NOT_BEGUN.into());
                Go::Back
            }
            (None, _) => Go::Stay,
        }
    }

    /// Puts a refused line back where it was typed, still joined with what it was; beside the line where another one is being typed.
    pub(super) fn put_back(&mut self, sent: Sent, why: &Trouble, desk: &mut Desk) {
        if sent.line.is_empty() {
            return;
        }
        if let Some(theirs) = sent.joined.filter(|_| self.joining.is_none()) {
            joining::keep(self.place("with"), &sent.line, theirs, desk);
        }
        if self.field.is_empty() && self.changing.is_none() && matches!(self.mode, Mode::Line) {
            self.field.set(&sent.line, sent.cursor);
            self.changing = sent.changing;
            let place = self.line_place(self.changing.as_ref());
            desk.session.note_refused(&place, &sent.line, why);
            desk.session.ask(Ask::Draft { place, text: sent.line, cursor: sent.cursor });
        } else if sent.changing.is_none() {
            lines::wait(&self.place("line"), &sent.line, Some(why), desk);
        }
    }

    /// Brings the line that waits first back into the empty field; tells whether there was one.
    pub(super) fn fetch_waiting(&mut self, desk: &mut Desk) -> bool {
        if !self.field.text().trim().is_empty() || self.changing.is_some() || !matches!(self.mode, Mode::Line) {
            return false;
        }
        let Some(text) = lines::fetch(&self.place("line"), desk) else { return false };
        self.field.set(&text, usize::MAX);
        true
    }

    /// Lets what an earlier program kept beside the line wait as a line.
    pub(super) fn part_kept(&self, desk: &mut Desk) {
        let place = self.place("kept");
        if let Some((text, _)) = desk.session.draft(&place) {
            lines::wait(&self.place("line"), &text, None, desk);
            desk.let_go(&place);
        }
    }
}
