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
                if self.fetch_kept(desk) {
                    return Go::say(t(
                        "没记下的那一句回到了输入行.",
                        "What was not recorded stands in the line again.",
                    ));
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
        let all = self.kept.take().into_iter().chain(sent.map(|sent| sent.line)).chain([typed]).chain(waiting);
        let all: Vec<String> =
            all.map(|line| without_numbers(&line).trim().to_owned()).filter(|it| !it.is_empty()).collect();
        if all.is_empty() {
            return false;
        }
        for place in [self.place_of("kept"), self.place_of("line")] {
            desk.session.ask(Ask::Draft { place, text: String::new(), cursor: 0 });
        }
        let before = desk.session.draft(FOR_ANOTHER).map(|(text, _)| text);
        let text = before.into_iter().chain(all).collect::<Vec<_>>().join(" ");
        desk.session.ask(Ask::Draft { place: FOR_ANOTHER.to_owned(), cursor: text.len(), text });
        self.field.take();
        self.mode = Mode::Line;
        true
    }

    /// Takes over what was kept of a talk that was taken back.
    pub(super) fn take_over(&mut self, desk: &mut Desk) {
        let Some((left, _)) = desk.session.draft(FOR_ANOTHER).filter(|_| self.past.is_none()) else { return };
        let text = self.kept.take().map_or(left.clone(), |kept| format!("{kept} {left}"));
        desk.session.ask(Ask::Draft { place: self.place_of("kept"), cursor: text.len(), text: text.clone() });
        desk.session.ask(Ask::Draft { place: FOR_ANOTHER.to_owned(), text: String::new(), cursor: 0 });
        self.kept = Some(text);
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
            desk.session.ask(Ask::Draft { place: place.clone(), cursor, text: sent.line.clone() });
            desk.session.note_refused(&place, &sent.line, why);
        } else if sent.changing.is_none() {
            let text = self.kept.take().map_or(sent.line.clone(), |kept| format!("{kept} {}", sent.line));
            self.kept = Some(text.clone());
            desk.session.ask(Ask::Draft { place: self.place_of("kept"), cursor: text.len(), text });
            desk.session.note_refused(&self.place_of("kept"), &sent.line, why);
        }
    }

    /// Brings a line that was refused earlier back into the empty field; tells whether there was one.
    pub(super) fn fetch_kept(&mut self, desk: &mut Desk) -> bool {
        if !self.field.is_empty() || self.changing.is_some() || !matches!(self.mode, Mode::Line) {
            return false;
        }
        let Some(text) = self.kept.take() else { return false };
        self.field.set(&text, usize::MAX);
        let (place, cursor) = (self.place(), text.len());
        desk.session.ask(Ask::Draft { place, text, cursor });
        desk.session.ask(Ask::Draft { place: self.place_of("kept"), text: String::new(), cursor: 0 });
        true
    }
}
