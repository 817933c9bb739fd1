//! Undoing: what Ctrl-Z takes back. What the sentence above the footer offers goes first; then, in a form, its own last change and nothing
//! behind it; then text while the line has text, what was chosen on the page, and the last thing recorded (`screens.md`, rule 2).

use super::Stack;
use crate::app::Request;
use crate::domain::Name;
use crate::text::{Text, t};
use crate::ui::desk::Desk;
use crate::ui::field::Edit;
use crate::ui::screens::Page;

const NOTHING_IN_FORM: Text = t(
    "这张表里没有可撤的. 要撤以前记下的, 先离开这一页 (Esc).",
    "Nothing in this form to take back. For what was recorded before, leave the page first (Esc).",
);

/// Tells whether a sentence that stands above the footer offers to take back what was recorded. One that stays while one types is
/// about what is typed.
pub(super) fn is_offered(desk: &Desk) -> bool {
    !desk.led && desk.notice.as_ref().is_some_and(|said| said.names("Ctrl-Z", desk.lang))
}

impl Stack {
    /// Takes back.
    pub(super) fn undo(&mut self, desk: &mut Desk) {
        let is_offered = self.offered;
        let page = self.top_mut().face_mut();
        if is_offered {
            self.undo_recorded(desk);
        } else if let Some(form) = page.lines_of_form() {
            if form.take_back() {
                self.edited(Edit::Changed, desk);
            } else {
                desk.notice = Some(NOTHING_IN_FORM.into());
            }
        } else if let Some(mut field) = page.field().filter(|field| field.can_take_back()) {
            let edit = field.take_back();
            self.edited(edit, desk);
        } else if !page.take_back(desk) {
            self.undo_recorded(desk);
        }
    }

    /// Asks for the last thing recorded to be taken back, and says from where while something runs: leaving its page never ends it.
    fn undo_recorded(&self, desk: &mut Desk) {
        let runs = desk.session.running().or_else(|| desk.session.interrupted());
        let request = Request::new("undo");
        let request = runs.map_or(request.clone(), |running| request.with("from", self.seen_from(running.visit)));
        desk.ask_of_list(request);
    }

    /// Says where one is, of a visit or talk: on its page, where it ends, or elsewhere.
    fn seen_from(&self, visit: Name) -> &'static str {
        match self.top() {
            _ if self.is_on(visit) => "page",
            Page::WrapUp(page) if page.ends(visit) => "end",
            Page::TalkEnd(page) if page.ends(visit) => "end",
            _ => "elsewhere",
        }
    }
}
