//! A flat part of the index: rows that never change, ordered by place and name, and how tokens mark them.
//!
//! Places are few and their rows stand together, so a place is matched once and marks a range of rows.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;

use memchr::memmem::Finder;

use crate::domain::Word;

use super::column::{Class, Column, WORD};
use super::fold;
use super::marks::Marks;
use super::names::Names;
use super::people::People;
use super::phones::Phones;
use super::row::{Row, is_visited};
use super::token::{Script, Token};
use super::words;

/// A village and its rows.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) town: String,
    pub(super) village: String,
    pub(super) rows: Range<usize>,
}

/// The columns of a part. Row numbers count in the part's own order.
#[derive(Debug, Clone, Default)]
pub(super) struct Flat {
    heads: Names,
    people: People,
    phones: Phones,
    doors: Column,
    places: Vec<Place>,
    place_names: Names,
    groups: Vec<u16>,
    /// What stands for a group in words: few different ones, each read once.
    quarter_names: Names,
    quarter: Vec<u32>,
    hints: Vec<u8>,
    /// Kind and status words: few different sets, each stored once.
    word_sets: Vec<Vec<String>>,
    word_set: Vec<u32>,
    slots: Vec<u32>,
    by_slot: Vec<u32>,
}

/// What orders rows of equal rank: place, group, sound of the name, slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Order<'a>(&'a str, &'a str, u16, u128, u32);

impl Flat {
    /// Counts the rows.
    pub(super) fn len(&self) -> usize {
        self.slots.len()
    }

    /// Gives the slot of a row.
    pub(super) fn slot(&self, row: usize) -> u32 {
        self.slots.get(row).copied().unwrap_or(u32::MAX)
    }

    /// Finds the row of a slot.
    pub(super) fn row_of(&self, slot: u32) -> Option<usize> {
        let at = self.by_slot.binary_search_by_key(&slot, |row| self.slot(*row as usize)).ok()?;
        self.by_slot.get(at).map(|row| *row as usize)
    }

    /// Gives the order of a row among rows of the same rank.
    pub(super) fn order(&self, row: usize) -> Order<'_> {
        let place = self.places.partition_point(|place| place.rows.end <= row);
        let (town, village) = self.places.get(place).map_or(("", ""), |place| (&place.town, &place.village));
        Order(town, village, self.group(row), self.heads.order_key(row), self.slot(row))
    }

    /// Gives the group of a row, 0 for none.
    pub(super) fn group(&self, row: usize) -> u16 {
        self.groups.get(row).copied().unwrap_or(0)
    }

    /// Gives the hint of a row: mine, today, visited.
    pub(super) fn hint(&self, row: usize) -> u8 {
        self.hints.get(row).copied().unwrap_or(0)
    }

    /// Tells whether a row has a visit that counts.
    pub(super) fn visited(&self, row: usize) -> bool {
        is_visited(self.hint(row))
    }

    /// Gives the villages in order.
    pub(super) fn places(&self) -> &[Place] {
        &self.places
    }

    /// Marks the rows that match a token as typed. Stops early, with marks missing, once the answer is not wanted.
    pub(super) fn mark(&self, token: &Token, marks: &mut Marks<'_>) {
        let mut places = Marks::none(self.places.len(), &|| true);
        self.place_names.mark(token, &mut places);
        self.spread(token, &places, marks);
        self.mark_household(token, marks);
    }

    /// Marks those that match it by more than their village and township.
    pub(super) fn mark_household(&self, token: &Token, marks: &mut Marks<'_>) {
        self.heads.mark(token, marks);
        self.people.mark(token, marks);
        if marks.given_up() {
            return;
        }
        if let Some(digits) = &token.phone {
            self.phones.mark(digits, Class::Plain, |row| row, marks);
        }
        if let Some(group) = token.group {
            for (row, _) in self.groups.iter().enumerate().filter(|(_, its)| **its == group) {
                if !marks.set(row, Class::Plain) {
                    return;
                }
            }
        }
        if let Some(door) = &token.door {
            let finder = Finder::new(door);
            for hit in self.doors.hits(&finder) {
                if self.doors.numbers_are_whole(hit, door.len()) && !marks.set(hit.row, Class::Plain) {
                    return;
                }
            }
        }
        self.mark_quarters(token, marks);
        if token.script != Script::None {
            self.mark_words(token, marks);
        }
    }

    /// Marks the rows that sound like a token.
    pub(super) fn mark_sound(&self, token: &Token, marks: &mut Marks<'_>) {
        self.mark_household_sound(token, marks);
        let mut places = Marks::none(self.places.len(), &|| true);
        self.place_names.mark_sound(token, &mut places);
        self.spread(token, &places, marks);
    }

    /// Marks those that sound like it by more than their village and township.
    pub(super) fn mark_household_sound(&self, token: &Token, marks: &mut Marks<'_>) {
        self.heads.mark_sound(token, marks);
        self.people.mark_sound(token, marks);
    }

    /// Marks the rows of the villages among some that match a token by their own name, whatever their township is called.
    pub(super) fn mark_villages(&self, token: &Token, among: impl Fn(&str) -> bool, marks: &mut Marks<'_>) {
        let names = self.village_names(among);
        let mut places = Marks::none(self.places.len(), &|| true);
        names.mark(token, &mut places);
        if places.is_empty() {
            names.mark_sound(token, &mut places);
        }
        self.spread(token, &places, marks);
    }

    /// Gives the names of the villages among some, each in the row of its place.
    pub(super) fn village_names(&self, among: impl Fn(&str) -> bool) -> Names {
        let mut names = Names::default();
        for place in &self.places {
            if among(&place.village) {
                names.place(&fold::name(&place.village));
            }
            names.end_row();
        }
        names
    }

    /// Marks the rows of matching places. One letter inside a place's initials would match half the county.
    fn spread(&self, token: &Token, places: &Marks<'_>, marks: &mut Marks<'_>) {
        let one_letter = token.script == Script::Letters && token.text.len() == 1;
        for (place, class) in places.rows() {
            let inside = class == Class::Inside as u8;
            if let Some(place) = self.places.get(place).filter(|_| !(one_letter && inside)) {
                marks.set_range(place.rows.clone(), if inside { Class::Inside } else { Class::Word });
            }
        }
    }

    /// Marks the rows whose group is words that are read so: bq or beiqu for 北区. One letter would match too many.
    fn mark_quarters(&self, token: &Token, marks: &mut Marks<'_>) {
        let is_read = token.text.bytes().all(|b| b.is_ascii_alphanumeric());
        if !is_read || token.text.len() < 2 || token.script == Script::None {
            return;
        }
        let mut meant = Marks::none(self.quarter_names.len(), &|| true);
        self.quarter_names.mark_reading(&token.text, &mut meant);
        if meant.is_empty() {
            return;
        }
        let mut is_meant = vec![false; self.quarter_names.len()];
        for (quarter, _) in meant.rows() {
            is_meant.get_mut(quarter).into_iter().for_each(|it| *it = true);
        }
        for (row, quarter) in self.quarter.iter().enumerate() {
            if is_meant.get(*quarter as usize) == Some(&true) && !marks.set(row, Class::Plain) {
                return;
            }
        }
    }

    fn mark_words(&self, token: &Token, marks: &mut Marks<'_>) {
        let meant: Vec<bool> =
            self.word_sets.iter().map(|set| set.iter().any(|word| words::means(&token.text, word))).collect();
        if !meant.contains(&true) {
            return;
        }
        for (row, set) in self.word_set.iter().enumerate() {
            if meant.get(*set as usize) == Some(&true) && !marks.set(row, Class::Plain) {
                return;
            }
        }
    }

    /// Counts the bytes of the part, without the few texts of places and words.
    pub(super) fn size(&self) -> usize {
        let columns =
            [self.heads.size(), self.people.size(), self.phones.size(), self.doors.size(), self.place_names.size()];
        let quarters = self.quarter_names.size() + self.quarter.capacity() * 4;
        let numbers = self.slots.capacity() + self.by_slot.capacity() + self.word_set.capacity();
        columns.iter().sum::<usize>() + quarters + numbers * 4 + self.groups.capacity() * 2 + self.hints.capacity()
    }
}

/// Gathers rows in any order; [`Builder::finish`] orders them.
#[derive(Debug, Default)]
pub(super) struct Builder {
    heads: Names,
    people: People,
    phones: Phones,
    doors: Column,
    places: Ids,
    words: Ids,
    quarters: Ids,
    place: Vec<u32>,
    groups: Vec<u16>,
    quarter: Vec<u32>,
    hints: Vec<u8>,
    word_set: Vec<u32>,
    slots: Vec<u32>,
}

impl Builder {
    /// Adds a row.
    pub(super) fn push(&mut self, slot: u32, row: &Row) {
        self.heads.head(&fold::name(&row.head));
        row.also.iter().for_each(|name| self.heads.other(&fold::name(name)));
        self.heads.end_row();
        self.people.push(self.slots.len(), &row.members);
        row.phones.iter().for_each(|phone| self.phones.number(phone));
        self.phones.end_row();
        self.doors.key(WORD, &fold::door(&row.quarter));
        self.doors.key(WORD, &fold::door(&row.door));
        self.doors.end_row();
        self.place.push(self.places.id([row.town.as_str(), row.village.as_str()]));
        self.groups.push(row.group.unwrap_or(0));
        self.quarter.push(self.quarters.id([row.quarter.as_str()]));
        self.hints.push(row.hint());
        self.word_set.push(self.words.id(row.words.iter().map(Word::as_str)));
        self.slots.push(slot);
    }

    /// Orders the rows by place, group, sound of the name and slot. Where a slot was pushed twice, the later row can be
    /// found by its slot and the earlier ones are given as dead.
    pub(super) fn finish(self) -> (Flat, Vec<usize>) {
        let (places, place_rank) = self.places.sorted();
        let rank = |row: usize| self.place.get(row).and_then(|id| place_rank.get(*id as usize)).copied();
        let mut keyed: Vec<(u64, u128, u32, u32)> = (0_u32..)
            .zip(self.groups.iter().zip(&self.slots))
            .map(|(row, (group, slot))| {
                let place = u64::from(rank(row as usize).unwrap_or(u32::MAX));
                (place << 16 | u64::from(*group), self.heads.order_key(row as usize), *slot, row)
            })
            .collect();
        keyed.sort_unstable();
        let order: Vec<u32> = keyed.iter().map(|key| key.3).collect();
        let mut at = 0;
        let places: Vec<Place> = places
            .into_iter()
            .zip(0_u64..)
            .map(|(mut words, rank)| {
                let end = keyed.partition_point(|key| key.0 >> 16 <= rank);
                let village = words.pop().unwrap_or_default();
                let place = Place { town: words.pop().unwrap_or_default(), village, rows: at..end };
                at = end;
                place
            })
            .collect();
        drop(keyed);
        let mut place_names = Names::default();
        for place in &places {
            place_names.place(&fold::name(&place.town));
            place_names.place(&fold::name(&place.village));
            place_names.end_row();
        }
        let mut quarter_names = Names::default();
        for quarter in self.quarters.list.iter().flatten() {
            quarter_names.place(&fold::door(quarter));
            quarter_names.end_row();
        }
        let slots = in_order(&self.slots, &order);
        let mut by_slot: Vec<u32> = (0..).zip(&slots).map(|(row, _)| row).collect();
        let slot = |row: &u32| slots.get(*row as usize);
        // Later pushes first, because of equal slots the first is kept.
        by_slot.sort_unstable_by_key(|row| (slot(row), Reverse(order.get(*row as usize))));
        let mut dead: Vec<usize> = Vec::new();
        by_slot.dedup_by(|row, kept| {
            let again = slot(row) == slot(kept);
            if again {
                dead.push(*row as usize);
            }
            again
        });
        dead.sort_unstable();
        let folded = |set: Vec<String>| set.iter().map(|word| fold::words(word)).collect();
        let flat = Flat {
            heads: self.heads.in_order(&order),
            people: self.people.in_order(&order),
            phones: self.phones.in_order(&order),
            doors: self.doors.in_order(&order),
            places,
            place_names,
            groups: in_order(&self.groups, &order),
            quarter_names,
            quarter: in_order(&self.quarter, &order),
            hints: in_order(&self.hints, &order),
            word_sets: self.words.list.into_iter().map(folded).collect(),
            word_set: in_order(&self.word_set, &order),
            slots,
            by_slot,
        };
        (flat, dead)
    }
}

fn in_order<T: Copy>(values: &[T], order: &[u32]) -> Vec<T> {
    order.iter().filter_map(|row| values.get(*row as usize)).copied().collect()
}

/// Numbers for sets of texts that repeat: places, status words.
#[derive(Debug, Default)]
struct Ids {
    known: HashMap<String, u32>,
    list: Vec<Vec<String>>,
    key: String,
}

impl Ids {
    fn id<'a>(&mut self, texts: impl IntoIterator<Item = &'a str> + Clone) -> u32 {
        self.key.clear();
        for text in texts.clone() {
            self.key.push_str(text);
            self.key.push('\0');
        }
        if let Some(id) = self.known.get(&self.key) {
            return *id;
        }
        let id = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        self.known.insert(self.key.clone(), id);
        self.list.push(texts.into_iter().map(str::to_owned).collect());
        id
    }

    /// Gives the sets in order, and the place of each number in it.
    fn sorted(&self) -> (Vec<Vec<String>>, Vec<u32>) {
        let mut by_text: Vec<(&Vec<String>, usize)> = self.list.iter().zip(0..).collect();
        by_text.sort_unstable();
        let mut rank = vec![0; by_text.len()];
        for ((_, id), place) in by_text.iter().zip(0_u32..) {
            if let Some(its) = rank.get_mut(*id) {
                *its = place;
            }
        }
        (by_text.into_iter().map(|(texts, _)| texts.clone()).collect(), rank)
    }
}
