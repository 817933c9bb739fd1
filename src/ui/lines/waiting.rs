//! Waiting: each line of a paste is a draft of its own until its record is made, beside the draft of the line that is typed in, and so
//! is each that the disk refused while another one stood there. So none is lost, made one with another, or recorded twice, wherever the
//! program ends; whoever comes back is asked about them again.

use super::{Apart, Lines};
use crate::app::Session;
use crate::text::{Said, Trouble, t};
use crate::ui::desk::Desk;

/// The places of the lines beside that of the line that is typed in, each with a number behind it.
fn beside(line: &str) -> String {
    format!("{line}s/")
}

/// Gives the lines that wait beside a line, in their order: the place of each, and the text.
pub fn waiting(line: &str, session: &Session) -> Vec<(String, String)> {
    let mut places: Vec<String> = session.left_under(&beside(line)).into_iter().map(|(place, ..)| place).collect();
    places.dedup();
    places.into_iter().filter_map(|place| session.draft(&place).map(|(text, _)| (place, text))).collect()
}

/// Takes the lines that wait beside a line: they are kept elsewhere from now on.
pub fn taken(line: &str, desk: &mut Desk) -> Vec<String> {
    let all = waiting(line, &desk.session);
    for (place, _) in &all {
        desk.let_go(place);
    }
    all.into_iter().map(|(_, text)| text).collect()
}

/// Lets a line wait as one of its own beside the line that is typed in; `why` where the disk refused it.
pub fn wait(line: &str, text: &str, why: Option<&Trouble>, desk: &mut Desk) {
    let mut lines = Lines { texts: vec![text.to_owned()], ..Lines::default() };
    lines.keep(line, desk);
    if let Some((place, why)) = lines.places.first().zip(why) {
        desk.session.note_refused(place, text, why);
    }
}

/// Lets the line that waits first beside an empty one be what is typed there; gives it.
pub fn fetch(line: &str, desk: &mut Desk) -> Option<String> {
    let (place, text) = waiting(line, &desk.session).into_iter().next()?;
    desk.keep(line, (text.clone(), text.len()));
    desk.let_go(&place);
    Some(text)
}

/// Says why one does not go on to the end yet, where lines wait beside the line.
pub fn holds(line: &str, typed: &str, desk: &Desk) -> Option<Said> {
    let left = waiting(line, &desk.session).len();
    let words = if typed.trim().is_empty() {
        t("还有 {n} 行没记: 先说怎么记, 再到结束.", "{n} {n:line|lines} left: say what becomes of them first.")
    } else {
        t("还有 {n} 行没记: 先按 Enter 记下这一句.", "{n} {n:line|lines} left: Enter records this one first.")
    };
    (left > 0).then(|| words.with("n", left))
}

impl Lines {
    /// Makes each line a draft beside the line that is typed in, behind those that wait there already.
    pub fn keep(&mut self, line: &str, desk: &mut Desk) {
        let begins = beside(line);
        let last = waiting(line, &desk.session).pop().and_then(|(place, _)| place.strip_prefix(&begins)?.parse().ok());
        let first: usize = last.map_or(1, |last: usize| last + 1);
        self.places = (first..).take(self.texts.len()).map(|number| format!("{begins}{number:06}")).collect();
        for (place, text) in self.places.iter().zip(&self.texts) {
            desk.keep(place, (text.clone(), text.len()));
        }
    }

    /// Gives those that wait beside a line; none where none does.
    pub fn waiting_at(line: &str, desk: &Desk) -> Option<Self> {
        let (places, texts): (Vec<String>, Vec<String>) = waiting(line, &desk.session).into_iter().unzip();
        (!texts.is_empty()).then_some(Self { texts, places, apart: Some(Apart::Waiting) })
    }

    /// Lets the drafts go: the lines are in the field, or nobody wants them.
    pub fn let_go(&self, desk: &mut Desk) {
        for place in &self.places {
            desk.let_go(place);
        }
    }
}
