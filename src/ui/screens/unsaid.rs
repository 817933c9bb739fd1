//! Unsaid: what stood in the line when a visit or a talk came to its end, without Enter, is put down like any other sentence.
//! Once it is over nothing would ever bring it back. Where several use the laptop it is whoever typed it that says so.

use super::Talk;
use super::visit::record;
use crate::app::Request;
use crate::domain::entry::{Entry, IssueLine, parse};
use crate::domain::{Class, Name};
use crate::text::{Text, t};
use crate::ui::desk::Desk;

/// Says that it was.
pub const LEFT_STANDING: Text =
    t("输入行里没按 Enter 的那一句, 也记下了.", "What stood in the line without Enter is put down too.");
/// The drafts of the line of a visit or a talk: what was refused before, and what was typed last.
const PLACES: [&str; 2] = ["kept", "line"];

/// Gives the requests that put down what stood in the line of a visit.
pub fn of_visit(visit: Name, desk: &Desk) -> Vec<Request> {
    let mut requests = Vec::new();
    for place in PLACES.map(|what| format!("visit/{visit}/{what}")) {
        for (who, line) in desk.session.left_at(&place) {
            let line = line.trim();
            // What cannot be recorded as it is, such as `6+` alone, is a note with every character.
            let entry = Some(parse(line)).filter(|entry| entry.refusal().is_none());
            let entry = entry.unwrap_or_else(|| Entry::Note(line.to_owned()));
            let request = record(visit, &unanswered(entry), "");
            requests.extend(request.map(|request| in_the_name_of(&who, request, desk).consuming(place.clone())));
        }
    }
    requests
}

/// Gives the requests that put down what stood in the line of a talk.
pub fn of_talk(talk: Name, desk: &Desk) -> Vec<Request> {
    let mut requests = Vec::new();
    for place in PLACES.map(|what| format!("talk/{talk}/{what}")) {
        for (who, line) in desk.session.left_at(&place) {
            let request = Talk::left_standing(talk, &line, desk);
            requests.extend(request.map(|request| in_the_name_of(&who, request, desk).consuming(place.clone())));
        }
    }
    requests
}

/// Nobody has said what was done on the spot: until somebody does it is a problem like any other, and waits for its answer.
pub(super) fn unanswered(entry: Entry) -> Entry {
    match entry {
        Entry::Issue(issue) if issue.on_site() => Entry::Issue(IssueLine { class: Class::General, ..issue }),
        entry => entry,
    }
}

/// Records as the person who typed it.
fn in_the_name_of(who: &str, request: Request, desk: &Desk) -> Request {
    if who.is_empty() || who == desk.session.speaker() { request } else { request.with("actor", who) }
}
