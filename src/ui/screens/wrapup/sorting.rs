//! Sorting: a note becomes a problem or a suggestion before the visit ends.
//!
//! What is chosen and not put down yet is a draft, written as signs before the note: a kill, another speaker or another page takes
//! nothing of it. Its cursor stands behind it while the strip is open, and before it once that is closed.

use super::rows::Part;
use super::{Mode, Sent, WrapUp, said, sort};
use crate::app::{Ask, Request};
use crate::domain::Name;
use crate::domain::entry::{Entry, IssueLine, Press, Strip, parse};
use crate::text::{Text, t};
use crate::ui::desk::Desk;
use crate::ui::field::Field;
use crate::ui::page::Go;

const CHOSEN_NOT_DOWN: Text = t(
    "这条备注选了归类还没记下: Enter 记下, 只要备注就按 Backspace.",
    "How this note is sorted is chosen and not put down: Enter does, Backspace leaves it a note.",
);

impl WrapUp {
    /// Opens the strip over the note that the cursor is at, with what was chosen there before.
    pub(super) fn open_strip(&mut self, desk: &mut Desk) -> Go {
        let Part::Note(line) = self.at else {
            return Go::say(t("移到一条备注上, 再按 Tab 归类.", "Go to a note first, then sort it with Tab."));
        };
        let chosen = self.chosen(line, desk);
        let strip = self.notes().find(|spoken| spoken.line == line);
        let strip = strip.map(|spoken| match chosen {
            Some(chosen) => Strip::open(&chosen),
            // Of what reads as an issue and is a note somebody said so: it is sorted whole.
            None if matches!(parse(&spoken.text), Entry::Issue(_)) => Strip::open(&spoken.written()),
            None => Strip::open(&spoken.text),
        });
        if let Some(strip) = strip {
            self.mode = Mode::Strip(line, strip);
        }
        Go::Stay
    }

    /// Names the draft of what is chosen for a note.
    pub(super) fn sorting(&self, line: Name) -> String {
        self.place(&format!("sort/{line}"))
    }

    /// Gives what whoever speaks has chosen for a note and not put down, as signs before it.
    pub(super) fn chosen(&self, line: Name, desk: &Desk) -> Option<String> {
        let (chosen, _) = desk.session.draft(&self.sorting(line))?;
        self.is_of(line, &chosen).then_some(chosen)
    }

    /// Tells whether signs stand before a note as it reads now, and are not on their way.
    fn is_of(&self, line: Name, chosen: &str) -> bool {
        let is_sent = self.sent.iter().any(|(_, sent)| *sent == Sent::Sorted(line));
        !is_sent && self.notes().any(|spoken| spoken.line == line && spoken.text.ends_with(Strip::open(chosen).text()))
    }

    /// Changes what is chosen in the strip, and keeps it.
    pub(super) fn press(&mut self, press: Press, desk: &mut Desk) {
        let Mode::Strip(line, strip) = &self.mode else { return };
        let (line, strip) = (*line, strip.clone().press(press));
        if strip.note {
            // It is one already; whoever had chosen something else for it has his answer.
            desk.session.share(&self.sorting(line), "");
        } else {
            let (place, text) = (self.sorting(line), strip.written());
            desk.session.ask(Ask::Draft { place, cursor: text.len(), text });
        }
        self.mode = Mode::Strip(line, strip);
    }

    /// Closes the strip, or the answer behind it; what was chosen stands before the note.
    pub(super) fn close_strip(&mut self, desk: &mut Desk) {
        if let Mode::Strip(line, _) | Mode::How(line, ..) = &self.mode
            && let Some(text) = self.chosen(*line, desk)
        {
            desk.session.ask(Ask::Draft { place: self.sorting(*line), text, cursor: 0 });
        }
        self.mode = Mode::Parts;
    }

    /// Opens the strip again that was open when the page was left, the program ended or another person began to speak.
    pub(super) fn resume_sorting(&mut self, desk: &mut Desk) {
        if self.mode != Mode::Parts {
            return;
        }
        let is_open = |line: Name| desk.session.draft(&self.sorting(line)).is_some_and(|(_, cursor)| cursor > 0);
        let open =
            self.notes().map(|spoken| spoken.line).find(|line| is_open(*line) && self.chosen(*line, desk).is_some());
        if let Some(line) = open {
            self.at = Part::Note(line);
            self.open_strip(desk);
        }
    }

    /// Goes to a note for which somebody has chosen something that is not put down: once the visit is over nobody comes back to it.
    pub(super) fn half_sorted(&mut self, desk: &Desk) -> Option<Go> {
        let chosen = |line: Name| {
            let left = desk.session.left_at(&self.sorting(line)).into_iter().map(|(_, chosen)| chosen);
            Some((line, left.rev().find(|chosen| self.is_of(line, chosen))?))
        };
        let (line, chosen) = self.notes().map(|spoken| spoken.line).find_map(chosen)?;
        self.at = Part::Note(line);
        self.mode = Mode::Strip(line, Strip::open(&chosen));
        Some(Go::say(CHOSEN_NOT_DOWN))
    }

    /// Makes an issue of a note.
    pub(super) fn put_down(&mut self, line: Name, entry: Entry, desk: &mut Desk) -> Go {
        if let Some(trouble) = entry.refusal() {
            return said(&trouble);
        }
        self.mode = Mode::Parts;
        let Entry::Issue(issue) = entry else { return Go::Stay };
        if issue.on_site() {
            let (done, cursor) = desk.session.draft(&self.place(&format!("how/{line}"))).unwrap_or_default();
            let mut field = Field::new();
            field.set(&done, cursor);
            self.mode = Mode::How(line, issue, field);
            return Go::Stay;
        }
        self.make_issue(line, &issue, "", desk);
        Go::Stay
    }

    /// Asks for the issue of a note; a prefix that the strip has read is no longer part of its words.
    pub(super) fn make_issue(&mut self, line: Name, issue: &IssueLine, done: &str, desk: &mut Desk) {
        self.mode = Mode::Parts;
        self.step(true, desk);
        let is_reworded = self.notes().any(|spoken| spoken.line == line && spoken.text != issue.text);
        let reword = || Request::new("line.set").with_name("line", line).with("text", issue.text.as_str());
        let requests = is_reworded.then(reword).into_iter().chain([sort(line, issue, done)]).collect();
        if let Some(request) = Request::together(requests) {
            self.ask(request.consuming(self.place(&format!("how/{line}"))), Sent::Sorted(line), desk);
        }
    }
}
