//! Introductions: which laptop, of which group and people, each writer of a header is.
//!
//! A writer introduces itself in its first operation, and that may be among what is missing: then the header is all there is
//! to tell whom to ask. What a header says only fills that gap; an introduction that has come itself counts.

use std::collections::BTreeMap;

use crate::domain::Writer;

use super::fields::{Fields, put_text, put_varint};

/// Laptops that a header introduces at most, each as often as its people changed.
const MOST: usize = 100_000;

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

    /// Gives those of some writers.
    #[must_use]
    pub fn among(&self, wanted: impl Fn(u64) -> bool) -> Self {
        Self::of(self.iter().filter(|(writer, _)| wanted(*writer)))
    }

    /// Tells whether nobody is introduced.
    pub fn is_empty(&self) -> bool {
        self.writers.is_empty()
    }

    /// Writes them. `None` where they are too many, or a text is longer than a header may hold.
    pub(super) fn put(&self, out: &mut Vec<u8>) -> Option<()> {
        if self.people.len() > MOST {
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

    /// Reads them; too many of them, writers out of order, and such as are nobody of those named, are refused.
    pub(super) fn take(fields: &mut Fields<'_>) -> Option<Self> {
        let mut all = Self::default();
        let people = fields.varint()?;
        if people > MOST as u64 {
            return None;
        }
        for _ in 0..people {
            let laptop = u64::from_le_bytes(fields.take()?);
            let (code, group) = (fields.text()?, fields.text()?);
            let mut visitors = Vec::new();
            for _ in 0..fields.varint()? {
                visitors.push(fields.text()?);
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
        }

        #[test]
        fn no_bytes_make_them_fail_other_than_by_refusal(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            let _ = Introductions::take(&mut Fields::new(&bytes));
        }
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
