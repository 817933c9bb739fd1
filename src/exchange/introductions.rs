//! Introductions: which laptop, of which group and people, each writer of a header is.
//!
//! A writer introduces itself in its first operation, and that may be among what is missing: then the header is all there is
//! to tell whom to ask. What a header says only fills that gap; an introduction that has come itself counts.

use std::collections::BTreeMap;

use crate::domain::Writer;

use super::fields::{Fields, put_text, put_varint};

/// Laptops that a header introduces at most, each as often as its people changed.
const MOST: usize = 100_000;
/// People that it names at most, of all laptops together.
const MOST_PEOPLE: usize = 200_000;
/// What a laptop, one of its people and a writer take in memory, beside the bytes of their texts.
const LAPTOP: usize = 256;
const PERSON: usize = 64;
const WRITER: usize = 24;

/// Who writers are. Many of them are one laptop, which stands here once for all of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Introductions {
    people: Vec<Writer>,
    /// Of each writer its place among the people.
    writers: BTreeMap<u64, usize>,
}

impl Introductions {
    /// Collects who writers are; of one that comes twice the later counts.
    pub fn of<'a>(writers: impl IntoIterator<Item = (u64, &'a Writer)>) -> Self {
        let mut known: BTreeMap<(u64, &str, &str, &[String]), usize> = BTreeMap::new();
        let mut all = Self::default();
        for (writer, who) in writers {
            let next = known.len();
            let place = *known.entry((who.laptop, &who.code, &who.group, &who.visitors)).or_insert(next);
            if place == all.people.len() {
                all.people.push(Writer { program: String::new(), ..who.clone() });
            }
            all.writers.insert(writer, place);
        }
        all
    }

    /// Gives who a writer is.
    pub fn who(&self, writer: u64) -> Option<&Writer> {
        self.people.get(*self.writers.get(&writer)?)
    }

    /// Gives every writer, in order, with who it is.
    pub fn iter(&self) -> impl Iterator<Item = (u64, &Writer)> {
        self.writers.iter().filter_map(|(writer, place)| Some((*writer, self.people.get(*place)?)))
    }

    /// Collects laptops, each with all the writers that it was; of a writer that comes twice the later counts.
    pub fn of_laptops<W: IntoIterator<Item = u64>>(laptops: impl IntoIterator<Item = (Writer, W)>) -> Self {
        let mut all = Self::default();
        for (who, writers) in laptops {
            all.writers.extend(writers.into_iter().map(|writer| (writer, all.people.len())));
            all.people.push(who);
        }
        all
    }

    /// Gives those of some writers.
    #[must_use]
    pub fn among(&self, wanted: impl Fn(u64) -> bool) -> Self {
        self.some(|writer, _| wanted(writer))
    }

    /// Gives those that there is room for, in order of their writers: so many bytes, as [`Introductions::size`] counts them.
    #[must_use]
    pub fn within(&self, room: usize) -> Self {
        let mut left = room;
        self.some(|_, new| {
            let size = WRITER + new.map_or(0, size);
            let fits = size <= left;
            left -= if fits { size } else { 0 };
            fits
        })
    }

    /// Gives about how many bytes they take.
    pub fn size(&self) -> usize {
        WRITER * self.writers.len() + self.people.iter().map(size).sum::<usize>()
    }

    /// Gives those of some writers; of each it is said who it is where that laptop has no place yet.
    fn some(&self, mut wanted: impl FnMut(u64, Option<&Writer>) -> bool) -> Self {
        let mut some = Self::default();
        let mut places: Vec<Option<usize>> = vec![None; self.people.len()];
        for (writer, place) in &self.writers {
            let (Some(who), Some(new_place)) = (self.people.get(*place), places.get_mut(*place)) else { continue };
            if wanted(*writer, Some(who).filter(|_| new_place.is_none())) {
                let place = *new_place.get_or_insert_with(|| {
                    some.people.push(who.clone());
                    some.people.len() - 1
                });
                some.writers.insert(*writer, place);
            }
        }
        some
    }

    /// Tells whether nobody is introduced.
    pub fn is_empty(&self) -> bool {
        self.writers.is_empty()
    }

    /// Writes them. `None` where they are too many, or a text is longer than a header may hold.
    pub(super) fn put(&self, out: &mut Vec<u8>) -> Option<()> {
        if self.people.len() > MOST || self.people.iter().map(|who| who.visitors.len()).sum::<usize>() > MOST_PEOPLE {
            return None;
        }
        put_varint(out, self.people.len() as u64);
        for who in &self.people {
            out.extend(who.laptop.to_le_bytes());
            put_text(out, &who.code)?;
            put_text(out, &who.group)?;
            put_varint(out, who.visitors.len() as u64);
            for visitor in &who.visitors {
                put_text(out, visitor)?;
            }
        }
        put_varint(out, self.writers.len() as u64);
        for (writer, place) in &self.writers {
            out.extend(writer.to_le_bytes());
            put_varint(out, *place as u64);
        }
        Some(())
    }

    /// Reads them; too many of them, writers out of order, and such as are nobody of those named, are refused. Of a laptop no more is
    /// kept than [`Writer::kept_short`] says.
    pub(super) fn take(fields: &mut Fields<'_>) -> Option<Self> {
        let mut all = Self::default();
        let people = fields.varint()?;
        if people > MOST as u64 {
            return None;
        }
        let mut named = 0;
        for _ in 0..people {
            let laptop = u64::from_le_bytes(fields.take()?);
            let (code, group) = (Writer::short(fields.text_here()?), Writer::short(fields.text_here()?));
            let mut visitors = Vec::new();
            for _ in 0..fields.varint()? {
                let visitor = fields.text_here()?;
                if visitors.len() < Writer::MOST_PEOPLE {
                    visitors.push(Writer::short(visitor));
                }
                named += 1;
                if named > MOST_PEOPLE {
                    return None;
                }
            }
            all.people.push(Writer { laptop, code, group, visitors, program: String::new() });
        }
        for _ in 0..fields.varint()? {
            let writer = u64::from_le_bytes(fields.take()?);
            let place = usize::try_from(fields.varint()?).ok().filter(|place| *place < all.people.len())?;
            if all.writers.last_key_value().is_some_and(|(before, _)| *before >= writer) {
                return None;
            }
            all.writers.insert(writer, place);
        }
        Some(all)
    }
}

fn size(who: &Writer) -> usize {
    let texts = [&who.code, &who.group].into_iter().chain(&who.visitors);
    LAPTOP + PERSON * who.visitors.len() + texts.map(String::len).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Fields, Introductions, Writer};

    fn who(laptop: u64, group: &str) -> Writer {
        Writer { laptop, group: group.into(), visitors: vec!["陈明".into()], ..Writer::default() }
    }

    proptest! {
        #[test]
        fn who_writers_are_reads_back_and_each_laptop_is_written_once(
            list in prop::collection::vec((any::<u64>(), 0u64..4, 0usize..3), 0..60),
        ) {
            let all: Vec<(u64, Writer)> = list
                .into_iter()
                .map(|(writer, laptop, group)| (writer, who(laptop, ["一组", "二组", ""][group])))
                .collect();
            let told = Introductions::of(all.iter().map(|(writer, who)| (*writer, who)));
            let mut out = Vec::new();
            told.put(&mut out).unwrap();
            let read = Introductions::take(&mut Fields::new(&out)).unwrap();
            prop_assert_eq!(&read, &told);
            prop_assert!(read.people.len() <= 12);
            for (writer, who) in all.iter().rev() {
                prop_assert!(read.who(*writer).is_some_and(|told| told.laptop < 4) && who.laptop < 4);
            }
            prop_assert!(read.among(|_| false).is_empty());
            let each = |some: &Introductions| some.iter().map(|(writer, who)| (writer, who.clone())).collect::<Vec<_>>();
            prop_assert_eq!(each(&read.among(|_| true)), each(&told));
            let all = told.within(told.size());
            prop_assert_eq!((each(&all), all.size() <= told.size()), (each(&told), true));
            for room in [0, 300, 1000] {
                let some = read.within(room);
                prop_assert!(some.size() <= room && some.iter().all(|(writer, who)| told.who(writer) == Some(who)));
            }
        }

        #[test]
        fn no_bytes_make_them_fail_other_than_by_refusal(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            let _ = Introductions::take(&mut Fields::new(&bytes));
        }
    }

    #[test]
    fn of_a_laptop_so_many_people_are_read_and_of_a_text_so_much() {
        let long = Writer { laptop: 1, visitors: vec!["人".repeat(300); 60], ..who(1, &"\n组".repeat(200)) };
        let mut out = Vec::new();
        Introductions::of([(5, &long)]).put(&mut out).unwrap();
        let read = Introductions::take(&mut Fields::new(&out)).unwrap();
        assert_eq!(read.who(5), Some(&long.kept_short()));
        assert_eq!(long.kept_short(), Writer { visitors: vec!["人".repeat(100); 40], ..who(1, &"组".repeat(100)) });
        let crowd = Writer { laptop: 1, visitors: vec![String::new(); 200_001], ..Writer::default() };
        assert_eq!(Introductions::of([(5, &crowd)]).put(&mut Vec::new()), None, "nobody could read it");
    }

    #[test]
    fn counts_that_lie_and_writers_that_are_nobody_are_refused() {
        let told = Introductions::of([(5, &who(1, "一组")), (7, &who(2, "二组"))]);
        let mut out = Vec::new();
        told.put(&mut out).unwrap();
        for cut in 0..out.len() {
            assert_eq!(Introductions::take(&mut Fields::new(&out[..cut])), None, "cut to {cut}");
        }
        let last = out.len() - 1;
        let mut nobody = out.clone();
        nobody[last] = 2;
        assert_eq!(Introductions::take(&mut Fields::new(&nobody)), None, "there are two");
        let mut twice = out.clone();
        twice[last - 8] = 5;
        assert_eq!(Introductions::take(&mut Fields::new(&twice)), None, "a writer comes once");
        let mut many = out;
        many.splice(0..1, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]);
        assert_eq!(Introductions::take(&mut Fields::new(&many)), None, "more laptops than bytes");
    }
}
