//! Beside: what stands beside a list on a wide terminal: what is known of the selected line (`screens.md`, rule 9). Beside a visit
//! and a talk it is who is talked with; on a tall terminal that is not wide it stands below them.
//!
//! A page gives it as a value ([`Screen::beside`]) and draws nothing of it: how wide it is and how it is drawn stands here, once
//! for all lists. Of a household or an issue it says only which one is meant: its record is read once and kept ([`Known`]).
//! Other eyes are in the room there as on the list: no illness, no whole phone, nothing that was said. Beside a visit sit those of
//! the household itself, and it shows what the card shows.
//!
//! [`Screen::beside`]: crate::ui::page::Screen::beside

mod known;
#[cfg(test)]
mod tests;

use ratatui::layout::{Rect, Size};

use super::card::{Sheet, face, roomy};
use super::halves::{TALL, is_roomy, left_of, split};
use super::issues;
use crate::domain::Name;
use crate::text::{Lang, Said, Text, t};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::desk::Desk;
use crate::ui::theme::Look;
pub use known::Known;
use known::{About, Read};

/// Columns that a label takes at most beside what it labels.
const LABEL: u16 = 12;

/// What is known of the selected line.
#[derive(Debug, PartialEq, Default)]
pub struct Beside {
    rows: Vec<Row>,
    /// What it is about, of which all that is known is shown.
    about: Option<About>,
    /// What is said stands only where that cannot be read.
    is_instead: bool,
    eyes: Eyes,
    /// It stands below the page where only there is room.
    may_be_below: bool,
    /// What is said of the rows for which there is no room, `{n}` of them.
    more: Option<Text>,
}

/// Who looks on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Eyes {
    /// Anybody.
    #[default]
    Others,
    /// Those of the household, in a visit that began then.
    Own(i64),
}

/// One row, which is wrapped where it is long.
#[derive(Debug, PartialEq)]
enum Row {
    Said(Said, Look),
    Labelled(Text, Said, Look),
    Gap,
}

impl Beside {
    /// Begins with a title.
    pub fn titled(title: impl Into<String>) -> Self {
        let mut beside = Self::default();
        beside.say(title, Look::Strong);
        beside
    }

    /// Shows a household as its card does while it is covered; nothing where it cannot be read.
    pub fn household(name: Option<Name>) -> Option<Self> {
        Self::default().with_card(name).filled()
    }

    /// Shows a household to itself, in a visit that began then: what stands on its card, and what was before.
    pub fn visited(name: Name, since: i64) -> Self {
        Self { eyes: Eyes::Own(since), ..Self::default().with_card(Some(name)) }.or_below()
    }

    /// May stand below a page that keeps little in sight.
    #[must_use]
    pub fn or_below(self) -> Self {
        Self { may_be_below: true, ..self }
    }

    /// Says in its last row how many more rows there are, where not all have room.
    #[must_use]
    pub fn counting(self, more: Text) -> Self {
        Self { more: Some(more), ..self }
    }

    /// Shows where an issue stands and what was done; nothing where it cannot be read.
    pub fn issue(name: Name) -> Self {
        Self { about: Some(About::Issue(name)), ..Self::default() }
    }

    /// Shows a household below what is said.
    #[must_use]
    pub fn with_card(self, name: Option<Name>) -> Self {
        Self { about: name.map(About::Household).or(self.about), ..self }
    }

    /// Shows a household in the place of what is said, where it can be read.
    #[must_use]
    pub fn or_card(self, name: Option<Name>) -> Self {
        Self { is_instead: true, ..self.with_card(name) }
    }

    /// Says in a row of its own what people wrote, or what names no key; nothing where there is nothing to say.
    pub fn say(&mut self, said: impl Into<String>, look: Look) {
        self.tell(written(said), look);
    }

    /// Says a sentence of the program, which may name keys.
    pub fn tell(&mut self, said: impl Into<Said>, look: Look) {
        let said = said.into();
        if is_filled(&said) {
            self.rows.push(Row::Said(said, look));
        }
    }

    /// Says a fact with what it is, as [`Beside::say`] does; nothing where it is empty.
    pub fn fact(&mut self, label: Text, said: impl Into<String>) {
        self.explain(label, written(said));
    }

    /// Says a sentence of the program with what it is about.
    pub fn explain(&mut self, label: Text, said: impl Into<Said>) {
        let said = said.into();
        if is_filled(&said) {
            self.rows.push(Row::Labelled(label, said, Look::Plain));
        }
    }

    /// Leaves a row blank.
    pub fn gap(&mut self) {
        if !matches!(self.rows.last(), None | Some(Row::Gap)) {
            self.rows.push(Row::Gap);
        }
    }

    /// Gives it where it has something to say.
    pub fn filled(self) -> Option<Self> {
        (!self.rows.is_empty() || self.about.is_some()).then_some(self)
    }

    /// Joins it with what is known of what it is about; none where there is nothing to show.
    pub(in crate::ui) fn laid<'a>(self, known: &'a Known, desk: &Desk) -> Option<Laid<'a>> {
        let laid = match self.about.and_then(|about| known.of(about)) {
            Some(Read::Household(sheet)) if self.is_instead => {
                Laid { rows: Vec::new(), card: Some((sheet, self.eyes)), more: None }
            }
            Some(Read::Household(sheet)) => Laid { rows: self.rows, card: Some((sheet, self.eyes)), more: None },
            Some(Read::Issue(dossier)) => Laid { rows: issues::beside(desk, dossier).rows, card: None, more: None },
            None => Laid { rows: self.rows, card: None, more: self.more },
        };
        (!laid.rows.is_empty() || laid.card.is_some()).then_some(laid)
    }
}

/// What stands beside a list in one frame.
pub(in crate::ui) struct Laid<'a> {
    rows: Vec<Row>,
    /// The household that it is about, and who looks on.
    card: Option<(&'a Sheet, Eyes)>,
    /// What is said of the rows that have no room.
    more: Option<Text>,
}

impl Laid<'_> {
    #[cfg(test)]
    pub const fn has_card(&self) -> bool {
        self.card.is_some()
    }

    /// Draws it.
    pub fn draw(&self, canvas: &mut Canvas<'_>) {
        let high = canvas.height();
        let labels = self.rows.iter().filter_map(|row| match row {
            Row::Labelled(label, ..) => Some(columns(canvas.words(*label))),
            Row::Said(..) | Row::Gap => None,
        });
        let left = labels.max().unwrap_or(0).min(LABEL) + 2;
        let mut y = 0;
        for (at, row) in self.rows.iter().enumerate() {
            let (rows, not_yet) = (high.saturating_sub(y), self.rows.len() - at);
            if let Some(more) = self.more.filter(|_| rows == 1 && not_yet > 1) {
                canvas.write(1, y, canvas.say(&more.with("n", not_yet)), Look::Dim);
                return;
            }
            y += match row {
                Row::Gap => 1,
                Row::Said(said, look) => canvas.write_wrapped(1, y, rows, &canvas.say(said), *look),
                Row::Labelled(label, said, look) => {
                    canvas.write(1, y, canvas.words(*label), Look::Dim);
                    canvas.write_wrapped(1 + left, y, rows, &canvas.say(said), *look).max(1)
                }
            };
        }
        if let Some((sheet, eyes)) = self.card {
            y += u16::from(y > 0);
            let (width, rows) = (canvas.width(), high.saturating_sub(y));
            let mut canvas = canvas.part(0, y, width, rows);
            match eyes {
                Eyes::Others => draw_card(&mut canvas, sheet),
                Eyes::Own(since) => roomy::before(&mut canvas, sheet, since),
            }
        }
    }
}

fn written(words: impl Into<String>) -> Said {
    t("{it}", "{it}").with("it", words.into())
}

fn is_filled(said: &Said) -> bool {
    !said.say(Lang::Zh).trim().is_empty()
}

/// Draws a household as its card is covered: this is a list, and other eyes are in the room.
fn draw_card(canvas: &mut Canvas<'_>, sheet: &Sheet) {
    canvas.covered = true;
    let used = face::facts(canvas, sheet);
    let (width, rows) = (canvas.width(), canvas.height().saturating_sub(used + 1));
    face::past(&mut canvas.part(0, used + 1, width, rows), sheet);
}

impl Beside {
    /// Gives the columns and rows that a page with this beside it has: as many as it is drawn on.
    pub fn own(beside: Option<Self>, desk: &Desk) -> Size {
        let room = beside.filter(|_| is_roomy(desk.body)).and_then(|beside| beside.room(desk.body));
        room.map_or(desk.body, |[own, _]| own.as_size())
    }

    /// Gives where a page of that size stands, and where this does; none where there is no room for it.
    pub(in crate::ui) fn room(&self, size: Size) -> Option<[Rect; 2]> {
        let (list, beside) = split(size.width);
        if beside > 0 {
            return Some([Rect::new(0, 0, list, size.height), Rect::new(left_of(list), 0, beside, size.height)]);
        }
        let page = size.height / 5 * 3;
        let below = Rect::new(0, page + 1, size.width, size.height.saturating_sub(page + 1));
        (self.may_be_below && size.height >= TALL).then_some([Rect::new(0, 0, size.width, page), below])
    }
}
