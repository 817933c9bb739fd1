//! Beside: what stands beside a list on a wide terminal: what is known of the selected line (`screens.md`, rule 9).
//!
//! A page gives it as a value ([`Screen::beside`]) and draws nothing of it: how wide it is and how it is drawn stands here, once
//! for all lists. Of a household or an issue it says only which one is meant: its record is read once and kept ([`Known`]).
//! Other eyes are in the room there as on the list: no illness, no whole phone, nothing that was said.
//!
//! [`Screen::beside`]: crate::ui::page::Screen::beside

mod known;
#[cfg(test)]
mod tests;

use super::card::{Sheet, face};
use super::issues;
use crate::domain::Name;
use crate::text::{Lang, Said, Text, t};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::desk::Desk;
use crate::ui::theme::Look;
pub use known::Known;
use known::{About, Read};

/// Columns from which on there is room for it, and what the list keeps then at least.
const WIDE: u16 = 120;
const LIST: u16 = 80;
/// Columns between the list and what stands beside it.
const GAP: u16 = 3;
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
            Some(Read::Household(sheet)) if self.is_instead => Laid { rows: Vec::new(), card: Some(sheet) },
            Some(Read::Household(sheet)) => Laid { rows: self.rows, card: Some(sheet) },
            Some(Read::Issue(dossier)) => Laid { rows: issues::beside(desk, dossier).rows, card: None },
            None => Laid { rows: self.rows, card: None },
        };
        (!laid.rows.is_empty() || laid.card.is_some()).then_some(laid)
    }
}

/// What stands beside a list in one frame.
pub(in crate::ui) struct Laid<'a> {
    rows: Vec<Row>,
    /// The household that it is about, as its card shows it covered.
    card: Option<&'a Sheet>,
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
        for row in &self.rows {
            let rows = high.saturating_sub(y);
            y += match row {
                Row::Gap => 1,
                Row::Said(said, look) => canvas.write_wrapped(1, y, rows, &canvas.say(said), *look),
                Row::Labelled(label, said, look) => {
                    canvas.write(1, y, canvas.words(*label), Look::Dim);
                    canvas.write_wrapped(1 + left, y, rows, &canvas.say(said), *look).max(1)
                }
            };
        }
        if let Some(sheet) = self.card {
            y += u16::from(y > 0);
            let (width, rows) = (canvas.width(), high.saturating_sub(y));
            draw_card(&mut canvas.part(0, y, width, rows), sheet);
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

/// Gives the columns of a list on a terminal of so many, and of what stands beside it; on narrow terminals nothing does.
pub(in crate::ui) fn split(width: u16) -> (u16, u16) {
    if width < WIDE {
        return (width, 0);
    }
    let list = LIST.max(width * 3 / 5);
    (list, width.saturating_sub(list + GAP))
}

/// Gives the column where what stands beside a list begins.
pub(in crate::ui) const fn left_of(list: u16) -> u16 {
    list + GAP
}
