//! Roomy: what a card says beyond its face where there is room: what is not done yet, one by one, and beside a visit what was
//! before it.

use super::sheet::{Sheet, Stand, Words};
use super::{face, people};
use crate::domain::{Kind, Visit, local};
use crate::text::{Said, Text, t};
use crate::ui::canvas::Canvas;
use crate::ui::theme::Look;

/// Rows that one issue takes at most.
const ROWS: u16 = 2;

/// Gives the issues from before a moment that are not done, those first that the household is to be told of. What stood before stands on the face.
fn waiting(sheet: &Sheet, before: i64) -> Vec<(&Stand, &Words)> {
    let is_stock = |words: &Words| words.issue.as_ref().is_some_and(|issue| issue.kind == Kind::Stock.word());
    let words = |stand: &Stand| sheet.words.iter().find(|words| words.names.contains(&stand.issue));
    let open = sheet.cases.iter().filter(|stand| !stand.state.is_done());
    let mut open: Vec<_> = open.filter_map(|stand| Some((stand, words(stand)?))).collect();
    open.retain(|(_, words)| !is_stock(words) && words.at < before);
    open.sort_by_key(|(stand, words)| (!stand.state.is_to_be_told(), -words.at));
    open
}

/// Draws what came up before a moment and is not done yet: where it stands, the words, and till when the household is to be answered. Gives the rows used.
pub fn open(canvas: &mut Canvas<'_>, sheet: &Sheet, before: i64) -> u16 {
    let all = waiting(sheet, before);
    if canvas.covered || all.is_empty() {
        return 0;
    }
    let label = canvas.say(&t("没办完的 {n} 件", "Not done: {n}").with("n", all.len()));
    canvas.write(1, 0, label, Look::Dim);
    let (mut y, today) = (1, local::day(canvas.desk.now.wall_ms));
    for (stand, words) in all {
        let rows = canvas.height().saturating_sub(y);
        if rows == 0 {
            break;
        }
        let state = canvas.words(stand.state.name());
        let x = canvas.write(1, y, state, if stand.state.is_to_be_told() { Look::Strong } else { Look::Plain }) + 2;
        let due = stand.answer.map(|timed| face::due(&timed, today)).filter(|_| !stand.state.is_told());
        let said = Said::from(match due {
            // Cut, the words say enough; a day would not.
            Some(_) => t("{due}  {words}", "{due}  {words}"),
            None => t("{words}", "{words}"),
        });
        let (due, look) = due.unwrap_or((t("", "").into(), Look::Plain));
        let look = if look == Look::Strong { Look::Plain } else { look };
        let said = said.with("words", face::words_words(canvas, words)).with_words("due", due);
        y += canvas.write_wrapped(x, y, rows.min(ROWS), &canvas.say(&said), look).max(1);
    }
    y
}

/// Draws a household beside a visit that began then: what is known, what is not done yet, and what was before.
pub fn before(canvas: &mut Canvas<'_>, sheet: &Sheet, since: i64) {
    let (width, height) = (canvas.width(), canvas.height());
    let y = face::tabled(canvas, sheet, height / 3, people::MORE_ON_CARD) + 1;
    let used = open(&mut canvas.part(0, y, width, height.saturating_sub(y)), sheet, since);
    let y = y + used + u16::from(used > 0);
    rest(&mut canvas.part(0, y, width, height.saturating_sub(y)), sheet, since, face::MORE_ON_CARD);
}

/// Draws what happened before a moment, but for what [`open`] says; `more` says where one finds what has no room.
pub fn rest(canvas: &mut Canvas<'_>, sheet: &Sheet, since: i64, more: Text) {
    let visits: Vec<&Visit> = sheet.visits.iter().filter(|visit| visit.started < since).collect();
    let shown = waiting(sheet, since);
    let is_shown = |words: &Words| shown.iter().any(|(_, other)| other.names == words.names);
    let words: Vec<&Words> = sheet.words.iter().filter(|words| words.at < since && !is_shown(words)).collect();
    face::some(canvas, &visits, &words, more);
}
