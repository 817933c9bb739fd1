//! Unsaid: what stood in the line when the visit came to its end, without Enter, is put down like any other sentence. Once the
//! visit is over nothing would ever bring it back. Where several use the laptop it is whoever typed it that says so.

use super::{Sent, WrapUp};
use crate::app::Request;
use crate::domain::entry::{Entry, parse};
use crate::text::{Text, t};
use crate::ui::desk::Desk;
use crate::ui::screens::visit::record;

/// Says that it was.
pub(in crate::ui::screens) const LEFT_STANDING: Text =
    t("输入行里没按 Enter 的那一句, 也记下了.", "What stood in the line without Enter is put down too.");
/// The drafts of the line: what was refused before, and what was typed last.
const PLACES: [&str; 2] = ["kept", "line"];

impl WrapUp {
    pub(super) fn take_up_line(&mut self, desk: &mut Desk) {
        for place in PLACES.map(|what| self.place(what)) {
            for (who, line) in desk.session.left_at(&place) {
                let line = line.trim();
                // What cannot be recorded as it is, such as `6+` alone, is a note with every character.
                let entry = Some(parse(line)).filter(|entry| entry.refusal().is_none());
                let entry = entry.unwrap_or_else(|| Entry::Note(line.to_owned()));
                let Some(request) = record(self.visit, &entry, "") else { continue };
                self.ask(in_the_name_of(&who, request, desk).consuming(place.clone()), Sent::Other, desk);
                desk.notice = Some(LEFT_STANDING.into());
            }
        }
    }
}

/// Records as the person who typed it.
pub(in crate::ui::screens) fn in_the_name_of(who: &str, request: Request, desk: &Desk) -> Request {
    if who.is_empty() || who == desk.session.speaker() { request } else { request.with("actor", who) }
}
