//! Half written: what somebody typed on a form or a card and did not record is said once after the start, with where it stands.
//! What stands in a visit or a talk comes back with that, a household half made opens by itself.

use crate::app::{Move, Session, face};
use crate::domain::{Issue, Name};
use crate::text::{Said, Text, t};
use crate::ui::desk::Desk;

/// The form of a talk that is not begun yet.
const TALK: (&str, Text) = ("talk/begin", t("开始夜话 (F5)", "the beginning of a talk (F5)"));

/// What can be half written on the card of a household, by what follows it in the place; the last stands for any fact.
const ON_CARDS: [(&str, Text); 4] = [
    ("paper", t("补录", "added later")),
    ("appointment", t("预约", "appointment")),
    ("member", t("家里人", "family")),
    ("", t("资料", "facts")),
];

/// How many of them are named.
const NAMED: usize = 3;

/// Says what is half written; nothing where nothing is.
pub fn said(desk: &Desk) -> Option<Said> {
    let mut all: Vec<Said> = Vec::new();
    for place in desk.session.half_written() {
        let one = named(&place, &desk.session);
        all.extend(one.filter(|one| !all.contains(one)));
    }
    let more = all.len().saturating_sub(NAMED);
    let beside = |a: Said, b: Said| Said::from(t("{a}, {b}", "{a}, {b}")).with_words("a", a).with_words("b", b);
    let named = all.into_iter().take(NAMED).reduce(beside)?;
    let words = if more > 0 {
        t(
            "上次没写完的还留着: {named}, 另有 {n} 处. 回到那里接着写.",
            "Half written and kept: {named}, and {n} more. It stands there as it was.",
        )
    } else {
        t("上次没写完的还留着: {named}. 回到那里接着写.", "Half written and kept: {named}. It stands there as it was.")
    };
    Some(Said::from(words).with_words("named", named).with("n", more))
}

/// Names what is half written at a place, where it is a form or a card.
fn named(place: &str, session: &Session) -> Option<Said> {
    if place == TALK.0 {
        return Some(TALK.1.into());
    }
    if let Some(rest) = place.strip_prefix("issue/") {
        return step(rest, session);
    }
    let (household, what) = place.strip_prefix("card/")?.split_once('/')?;
    let name: Name = household.parse().ok()?;
    let home = session.house()?.household(name).ok()?;
    let (_, words) = ON_CARDS.iter().find(|(begins, _)| what.starts_with(begins))?;
    Some(Said::from(t("{head} {what}", "{head} ({what})")).with("head", face::head(&home)).with_words("what", *words))
}

/// Names the step of an issue that is half written, with whose issue it is unless that is confidential.
fn step(place: &str, session: &Session) -> Option<Said> {
    let (issue, word) = place.split_once('/')?;
    let step = Move::every().into_iter().find(|it| it.word() == word)?;
    let issue: Name = issue.parse().ok()?;
    let head = session.house()?.shelf(|shelf, view| {
        let issue = view.record(issue).ok()?.as_deref().and_then(Issue::read).filter(|issue| !issue.confidential)?;
        shelf.household(shelf.household_of(issue.name)?, view).ok()?
    });
    let head = head.map(|household| face::head(&household)).unwrap_or_default();
    Some(Said::from(t("{head} {what} (F4)", "{head} ({what}, F4)")).with("head", head).with_words("what", step.name()))
}
