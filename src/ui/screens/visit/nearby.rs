//! What others of the village said about the same thing, and putting a sentence down as one more of theirs.

use super::{Mode, Sent, Visit, asking};
use crate::app::{Ask, Nearby};
use crate::domain::entry::{Entry, IssueLine, parse};
use crate::domain::similar::Words;
use crate::domain::{Class, Field, Kind, local};
use crate::hanzi::clean;
use crate::text::{Said, t};
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::list::List;
use crate::ui::page::Go;
use crate::ui::theme::Look;

use super::story::Spoken;

impl Visit {
    /// Reads anew what the village said.
    pub(super) fn listen(&mut self, desk: &Desk) {
        let house = desk.session.house();
        self.nearby = house.and_then(|house| house.said_nearby(self.household).ok()).unwrap_or_default();
    }

    /// Gives the sentences that are about the same thing as what is typed, the latest first.
    pub(super) fn alike(&self) -> Vec<&Nearby> {
        let text = match parse(self.field.text()) {
            Entry::Note(text) => text,
            Entry::Issue(issue) => issue.text,
            _ => return Vec::new(),
        };
        if self.nearby.is_empty() || self.changing.is_some() {
            return Vec::new();
        }
        let words = Words::of(&text);
        self.nearby.iter().filter(|nearby| nearby.words.is_like(&words)).collect()
    }

    /// Says how many households said something alike; nothing where none did.
    pub(super) fn echo(&self) -> Option<Said> {
        let mut households: Vec<_> = self.alike().iter().map(|nearby| nearby.household).collect();
        households.sort_unstable();
        households.dedup();
        let words = t("{n}户也说过类似的 (Down 看)", "{n} said so too (Down)");
        (!households.is_empty()).then(|| words.with("n", households.len()))
    }

    pub(super) fn look_around(&mut self, desk: &Desk) -> Go {
        if desk.covered {
            return Go::say(t("已遮挡, Ctrl-B 再按一次才看得到.", "Covered; Ctrl-B once more shows it."));
        }
        if self.alike().is_empty() {
            return Go::say(t("村里还没有人说过类似的.", "Nobody in the village has said so yet."));
        }
        self.mode = Mode::Nearby(List::new());
        Go::Stay
    }

    /// Puts the sentence down as the same thing as the selected one: classed as that is, unless it was classed already.
    pub(super) fn join(&mut self, desk: &mut Desk) -> Go {
        let Mode::Nearby(list) = &self.mode else { return Go::Stay };
        let all = self.alike();
        let Some(chosen) = all.get(list.selected().min(all.len().saturating_sub(1))) else { return Go::Stay };
        let Some(theirs) = chosen.issue.clone() else {
            self.mode = Mode::Line;
            return Go::say(t(
                "那一条是备注, 没有归类; 这一句照常记.",
                "That one is a note and not classed; put this one down as usual.",
            ));
        };
        let entry = match parse(self.field.text()) {
            Entry::Issue(issue) if !issue.on_site() => issue,
            Entry::Issue(IssueLine { text, confidential, .. }) => as_theirs(&theirs, text, confidential),
            Entry::Note(text) => as_theirs(&theirs, text, false),
            _ => return Go::Stay,
        };
        let Some(request) = asking::record(self.name, &Entry::Issue(entry), "") else { return Go::Stay };
        let place = self.line_place(None);
        let cursor = self.field.cursor();
        let line = self.field.take();
        self.mode = Mode::Line;
        let request = request.with_name("with", theirs.name).consuming(place);
        let ticket = desk.session.ask(Ask::Do(request));
        self.sent.push(Sent { ticket, line, cursor, changing: None });
        Go::say(t("记作同一件事; 各户各自答复.", "Put down as the same thing; each household is answered."))
    }
}

fn as_theirs(theirs: &crate::domain::Issue, text: String, confidential: bool) -> IssueLine {
    let class = Class::from_word(&theirs.class).filter(|class| *class != Class::OnSite);
    IssueLine {
        field: Field::from_word(&theirs.field).unwrap_or(Field::Other),
        class: class.unwrap_or(Class::General),
        kind: Kind::from_word(&theirs.kind).filter(|kind| *kind != Kind::Stock).unwrap_or(Kind::Problem),
        confidential,
        text,
    }
}

/// Draws the sentences that are alike: when, how it is classed, the words; not whose, as neighbours sit at the table.
pub(super) fn draw(page: &Visit, list: &List, canvas: &mut Canvas<'_>, y: u16, rows: u16) {
    let all = page.alike();
    for (row, index) in (y..).zip(list.window(all.len(), rows)) {
        let Some(nearby) = all.get(index) else { continue };
        let selected = list.is_selected(index, all.len());
        canvas.write(0, row, if selected { ">" } else { " " }, Look::Accent);
        let x = canvas.write(2, row, local::short_day(nearby.at), Look::Dim).max(7) + 2;
        let label = Spoken::of(nearby.household, nearby.at, "", nearby.issue.clone()).label(true);
        let label = canvas.say(&label);
        let x = canvas.write(x, row, &label, Look::Dim).max(x + 10) + 2;
        let room = canvas.width().saturating_sub(x);
        canvas.write_cut(x, row, room, &clean::line(&nearby.text), Look::Plain);
        if selected {
            canvas.look(row, Look::Bar);
        }
    }
}
