//! What the cells of one column look like, counted over the first rows of a list.

use super::field::Field;
use super::letters::{is_nothing, tight};
use super::{identity, kinds, numbered, phones};
use crate::domain::places::Places;
use crate::hanzi::is_han;

/// How many cells must be seen before content decides.
const ENOUGH: u32 = 3;

/// Counts over the cells of one column.
#[derive(Debug, Clone, Default)]
pub(crate) struct Look {
    seen: u32,
    phones: u32,
    ids: u32,
    sexes: u32,
    kinds: u32,
    towns: u32,
    villages: u32,
    names: u32,
    /// Names with a phone behind them in one cell.
    numbered: u32,
}

impl Look {
    /// Counts one cell.
    pub fn see(&mut self, text: &str, places: &Places) {
        let text = tight(text);
        if is_nothing(&text) {
            return;
        }
        self.seen += 1;
        let digits = text.chars().filter(char::is_ascii_digit).count();
        if text.chars().count() >= 15 && digits >= 6 {
            self.ids += u32::from(identity::read(&text).mask.is_some());
        }
        let is_name = |text: &str| (2..=4).contains(&text.chars().count()) && text.chars().all(is_han);
        if digits >= 7 {
            self.numbered += u32::from(numbered::apart(&text).is_some_and(|apart| is_name(&apart.rest)));
            self.phones += u32::from(!phones::read(&text, None).numbers.is_empty());
        }
        if digits == 0 {
            let sex = matches!(text.as_ref(), "男" | "女" | "男性" | "女性");
            let kind = kinds::of(&text).is_some();
            let town = places.town(&text).name().is_some();
            let village =
                places.village(None, &text).name().is_some() || matches!(text.chars().next_back(), Some('村'));
            self.sexes += u32::from(sex);
            self.kinds += u32::from(kind);
            self.towns += u32::from(town);
            self.villages += u32::from(village);
            self.names += u32::from(is_name(&text) && !kind && !town && !village && !sex);
        }
    }

    /// Gives the field that most cells look like, with its share in percent; names apart, they look like too many things.
    pub fn field(&self) -> Option<(Field, u8)> {
        let counts = [
            (Field::Id, self.ids),
            (Field::Phone, self.phones),
            (Field::Sex, self.sexes),
            (Field::Kind, self.kinds),
            (Field::Town, self.towns),
            (Field::Village, self.villages),
        ];
        let (field, count) = counts.into_iter().rev().max_by_key(|(_, count)| *count)?;
        let percent = self.percent(count);
        (percent >= 70).then_some((field, percent))
    }

    /// Gives the share of cells in percent that may be names of people.
    pub fn names(&self) -> u8 {
        self.percent(self.names)
    }

    /// Tells whether the content is of the plainest kinds, which an unknown header cannot hide.
    pub fn is_plain(&self) -> bool {
        matches!(self.field(), Some((Field::Town | Field::Village | Field::Kind | Field::Sex, _)))
    }

    /// Tells whether the content cannot be what a header says: nothing fits it and something else clearly does.
    pub fn denies(&self, field: Field) -> bool {
        // Names of places that are on no list look like names of people, so only other fields speak against those.
        let (fitting, names_deny) = match field {
            Field::Phone => (self.phones, true),
            Field::Id => (self.ids, true),
            Field::Sex => (self.sexes, true),
            Field::Head => (self.names + self.numbered, false),
            Field::Kind => (self.kinds, false),
            Field::Town => (self.towns + self.villages, false),
            Field::Village => (self.villages + self.towns, false),
            _ => return false,
        };
        let other = self.field().is_some_and(|(other, _)| other != field);
        fitting == 0 && self.seen >= 5 && (other || (names_deny && self.names() >= 80))
    }

    fn percent(&self, count: u32) -> u8 {
        if self.seen < ENOUGH { 0 } else { u8::try_from(count * 100 / self.seen).unwrap_or(100) }
    }
}
