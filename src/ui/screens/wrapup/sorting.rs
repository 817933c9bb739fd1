//! Sorting: a note becomes a problem or a suggestion before the visit ends.

use super::rows::Part;
use super::{Mode, Sent, WrapUp, said, sort};
use crate::app::Request;
use crate::domain::Name;
use crate::domain::entry::{Entry, IssueLine, Strip};
use crate::text::t;
use crate::ui::desk::Desk;
use crate::ui::field::Field;
use crate::ui::page::Go;

impl WrapUp {
    pub(super) fn open_strip(&mut self) -> Go {
        let Part::Note(line) = self.at else {
            return Go::say(t("移到一条备注上, 再按 Tab 归类.", "Go to a note first, then sort it with Tab."));
        };
        let strip = self.notes().find(|spoken| spoken.line == line).map(|spoken| Strip::open(&spoken.text));
        if let Some(strip) = strip {
            self.mode = Mode::Strip(line, strip);
        }
        Go::Stay
    }

    /// Makes an issue of a note.
    pub(super) fn put_down(&mut self, line: Name, entry: Entry, desk: &mut Desk) -> Go {
        if let Some(trouble) = entry.refusal() {
            return said(&trouble, desk);
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
            self.ask(request.consuming(self.place(&format!("how/{line}"))), Sent::Other, desk);
        }
    }
}
