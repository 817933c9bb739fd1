//! Refused: what becomes of a line once it is answered; one that was refused comes back into the line, or waits beside it
//! while another is being typed.

use super::{Mode, Sent, Visit, said};
use crate::app::{Answer, Ask, Ticket};
use crate::text::Trouble;
use crate::ui::desk::Desk;
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
                self.fetch_kept(desk);
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
            desk.session.ask(Ask::Draft { place: place.clone(), text: sent.line.clone(), cursor: sent.cursor });
            desk.session.note_refused(&place, &sent.line, why);
        } else if sent.changing.is_none() {
            let text = self.kept.take().map_or(sent.line.clone(), |kept| format!("{kept} {}", sent.line));
            self.kept = Some(text.clone());
            desk.session.ask(Ask::Draft { place: self.place("kept"), cursor: text.len(), text });
            desk.session.note_refused(&self.place("kept"), &sent.line, why);
        }
    }

    /// Brings a line that was refused earlier back into the empty field.
    pub(super) fn fetch_kept(&mut self, desk: &mut Desk) {
        if !self.field.is_empty() || self.changing.is_some() || !matches!(self.mode, Mode::Line) {
            return;
        }
        let Some(text) = self.kept.take() else { return };
        self.field.set(&text, usize::MAX);
        let (place, cursor) = (self.place("line"), text.len());
        desk.session.ask(Ask::Draft { place, text, cursor });
        desk.session.ask(Ask::Draft { place: self.place("kept"), text: String::new(), cursor: 0 });
    }
}
