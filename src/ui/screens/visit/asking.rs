//! Asking: the requests that an entry line becomes, for a new line and for one that is changed.

use serde_json::Value as Json;

use super::story::Spoken;
use crate::app::Request;
use crate::domain::Name;
use crate::domain::entry::{Entry, IssueLine};
use crate::domain::local;

/// Gives the request that writes down a new line of a visit; none for an entry that cannot be recorded.
pub fn record(visit: Name, entry: &Entry, done: &str) -> Option<Request> {
    match entry {
        Entry::Note(text) => Some(Request::new("visit.note").with_name("visit", visit).with("text", text.as_str())),
        Entry::Issue(issue) => {
            let request = Request::new("issue.record").with_name("visit", visit).with("text", issue.text.as_str());
            Some(class(request, issue, done))
        }
        _ => None,
    }
}

/// Gives the request that makes an issue of a line that is written down already.
pub fn sort(line: Name, issue: &IssueLine, done: &str) -> Request {
    class(Request::new("issue.record").with_name("line", line), issue, done)
}

/// Gives the requests that turn a line into what the entry says now; none where it says the same.
pub fn change(spoken: &Spoken, entry: &Entry, done: &str, now_ms: i64) -> Vec<Request> {
    let (text, issue) = match entry {
        Entry::Note(text) => (text, None),
        Entry::Issue(issue) => (&issue.text, Some(issue)),
        _ => return Vec::new(),
    };
    let mut requests = Vec::new();
    if *text != spoken.text {
        let reword = Request::new("line.set").with_name("line", spoken.line).with("text", text.as_str());
        requests.push(reword);
        // An issue with words of its own follows its line.
        if let Some(own) = spoken.issue.as_ref().filter(|own| !own.text.is_empty() && issue.is_some()) {
            requests.push(Request::new("issue.set").with_name("issue", own.name).with("text", text.as_str()));
        }
    }
    match (&spoken.issue, issue) {
        (None, Some(issue)) => requests.push(sort(spoken.line, issue, done)),
        (Some(own), None) => requests.push(Request::new("issue.retract").with_name("issue", own.name)),
        (Some(own), Some(issue)) => {
            let before = spoken.as_issue().map(|before| (before.signs(), before.on_site()));
            if before != Some((issue.signs(), issue.on_site())) || (issue.on_site() && own.done != done) {
                requests.push(reclass(own.name, issue, done, now_ms));
            }
        }
        (None, None) => {}
    }
    requests
}

pub fn class(request: Request, issue: &IssueLine, done: &str) -> Request {
    let request = request
        .with("field", issue.field.word())
        .with("class", issue.class.word())
        .with("kind", issue.kind.word())
        .with("confidential", issue.confidential);
    if issue.on_site() { request.with("done", done) } else { request }
}

/// Classes an issue anew. What was told on the spot stays told only while it is solved on the spot.
fn reclass(own: Name, issue: &IssueLine, done: &str, now_ms: i64) -> Request {
    let told_at = if issue.on_site() { local::rfc3339(now_ms) } else { String::new() };
    let done = if issue.on_site() { done } else { "" };
    class(Request::new("issue.set").with_name("issue", own), issue, done)
        .with("done", done)
        .with("told_at", Json::String(told_at))
}
