//! Unsaid: what stood in the line when a visit or a talk came to its end, without Enter, is put down like any other sentence.
//! Once it is over nothing would ever bring it back. Where several use the laptop it is whoever typed it that says so.

use super::visit::story::Story;
use super::visit::{change, record};
use super::{Talk, answer, joining};
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

/// Gives the requests that put down what stood in the line of a visit, and what was half changed.
pub fn of_visit(visit: Name, household: Name, desk: &Desk) -> Vec<Request> {
    let mut requests = Vec::new();
    let answers = desk.session.left_at(&format!("visit/{visit}/how"));
    let links = desk.session.left_at(&format!("visit/{visit}/with"));
    for (place, who, line) in left(&format!("visit/{visit}"), desk) {
        let entry = entry(&line);
        let done = done(&entry, &answers, &who, IssueLine::written);
        let theirs = joined(&entry, &links, &who, IssueLine::written);
        let request = record(visit, &answered(entry, done.as_deref()), &done.unwrap_or_default());
        let request = request.map(|request| match theirs {
            Some(theirs) => request.with_name("with", theirs),
            None => request,
        });
        requests.extend(request.map(|request| in_the_name_of(&who, request, desk).consuming(place)));
    }
    for spoken in Story::read(&desk.session, visit, household).spoken {
        let place = format!("visit/{visit}/line/{}", spoken.line);
        for (who, line) in desk.session.left_at(&place) {
            let entry = entry(&line);
            let before = spoken.issue.as_ref().map(|issue| issue.done.clone()).filter(|done| !done.is_empty());
            let done = done(&entry, &answers, &who, IssueLine::written).or(before);
            let entry = answered(entry, done.as_deref());
            let changes = change(&spoken, &entry, &done.unwrap_or_default(), desk.now.wall_ms);
            requests.extend(consuming(changes, &place, &who, desk));
        }
    }
    requests
}

/// Gives the requests that put down what stood in the line of a talk, and what was half changed.
pub fn of_talk(talk: Name, desk: &Desk) -> Vec<Request> {
    let mut requests = Vec::new();
    let answers = desk.session.left_at(&format!("talk/{talk}/how"));
    let links = desk.session.left_at(&format!("talk/{talk}/with"));
    for (place, who, line) in left(&format!("talk/{talk}"), desk) {
        let request = Talk::left_standing(talk, &line, &who, &answers, &links, desk);
        requests.extend(request.map(|request| in_the_name_of(&who, request, desk).consuming(place)));
    }
    for (place, who, changes) in Talk::left_changed(talk, &answers, desk) {
        requests.extend(consuming(changes, &place, &who, desk));
    }
    requests
}

/// Gives what was left of a visit or a talk: the place of each draft, whose it is, and the line. What waits of a paste comes last.
fn left(of: &str, desk: &Desk) -> Vec<(String, String, String)> {
    let at = |what| {
        let place = format!("{of}/{what}");
        let found = desk.session.left_at(&place);
        found.into_iter().map(move |(who, line)| (place.clone(), who, line))
    };
    PLACES.into_iter().flat_map(at).chain(desk.session.left_under(&format!("{of}/lines/"))).collect()
}

/// Reads a line. What cannot be recorded as it is, such as `6+` alone, is a note with every character.
pub(super) fn entry(line: &str) -> Entry {
    let line = line.trim();
    let entry = Some(parse(line)).filter(|entry| entry.refusal().is_none());
    entry.unwrap_or_else(|| Entry::Note(line.to_owned()))
}

/// Gives half an answer that somebody left to a sentence of his own.
pub(super) fn done(
    entry: &Entry,
    answers: &[(String, String)],
    who: &str,
    sentence: impl Fn(&IssueLine) -> String,
) -> Option<String> {
    let Entry::Issue(issue) = entry else { return None };
    let half = answers.iter().find(|(other, _)| other == who).map(|(_, half)| (half.clone(), 0))?;
    answer::of(&sentence(issue), &half).map(|(done, _)| done.trim().to_owned()).filter(|done| !done.is_empty())
}

/// Gives the issue that a sentence of somebody's was to be joined with.
pub(super) fn joined(
    entry: &Entry,
    links: &[(String, String)],
    who: &str,
    sentence: impl Fn(&IssueLine) -> String,
) -> Option<Name> {
    let Entry::Issue(issue) = entry else { return None };
    let (_, link) = links.iter().find(|(other, _)| other == who)?;
    joining::of(&sentence(issue), link)
}

/// Makes one action of some requests, which consumes the draft that they come from.
fn consuming(requests: Vec<Request>, place: &str, who: &str, desk: &Desk) -> Option<Request> {
    let request = Request::together(requests)?.consuming(place.to_owned());
    Some(in_the_name_of(who, request, desk))
}

/// Nobody has said what was done on the spot: until somebody does it is a problem like any other, and waits for its answer.
pub(super) fn answered(entry: Entry, done: Option<&str>) -> Entry {
    match entry {
        Entry::Issue(issue) if issue.on_site() && done.is_none() => {
            Entry::Issue(IssueLine { class: Class::General, ..issue })
        }
        entry => entry,
    }
}

/// Records as the person who typed it.
fn in_the_name_of(who: &str, request: Request, desk: &Desk) -> Request {
    if who.is_empty() || who == desk.session.speaker() { request } else { request.with("actor", who) }
}
