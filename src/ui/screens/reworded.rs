//! Reworded: somebody else changed a line while a change of it was under way here. Both stay in its history; whoever puts his own
//! down knows of it before he does.

use crate::domain::Name;
use crate::hanzi::width::cut;
use crate::text::{Said, t};
use crate::ui::desk::Desk;

/// The columns that the other words may take.
const WORDS: usize = 40;

/// Says what somebody else made of a line; nothing where it is as it was first written, or as whoever speaks left it.
pub fn said(line: Name, desk: &Desk) -> Option<Said> {
    let record = desk.session.house()?.righted().record(line).ok().flatten()?;
    let written = record.register("text")?.shown()?;
    let who = written.operation.actor.as_str();
    if who == desk.session.speaker() {
        return None;
    }
    let words = t(
        "{who} 也改过这一条, 现在是: {text}. Enter 记你这句, Esc 不改.",
        "{who} changed this line too: {text}. Enter puts yours down, Esc leaves it.",
    );
    Some(words.with("who", who).with("text", cut(record.text("text").unwrap_or_default(), WORDS, " …")))
}
