//! 销号编号 of all laptops: who has which, and what is shown where one was given twice.
//!
//! A number is given from what one laptop knows. A copied disk, a restored image or two laptops of one code may give it
//! twice. Then the earlier close-out keeps it as it is, and every other one is shown with a suffix made from its own name. The
//! suffix is worked out, not written: every laptop that knows the same shows the same, in whatever order it came. A
//! close-out that was taken back keeps its number too, as it may stand on paper.

use std::collections::BTreeMap;

use super::close_number::{CloseNumber, spoken};
use super::flow::{NUMBER, StepWord};
use super::{Body, Name, Record, Stamp, Value};

/// Which close-outs have which number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Numbers {
    given: BTreeMap<CloseNumber, BTreeMap<(Stamp, Name), Name>>,
}

impl Numbers {
    /// Takes in the close-outs of a record.
    pub fn take(&mut self, record: &Record) {
        for kept in record.events() {
            let Body::Step(step) = &kept.operation.body else { continue };
            if step.step != StepWord::Close.word() {
                continue;
            }
            let written = step.facts.iter().find(|(key, _)| key == NUMBER).and_then(|(_, value)| value.as_text());
            if let Some((number, _)) = written.and_then(|text| CloseNumber::parse(text).ok()) {
                self.given
                    .entry(number)
                    .or_default()
                    .insert((kept.operation.stamp, kept.operation.name), record.entity());
            }
        }
    }

    /// Gives the next number of a code, from all that is known.
    pub fn next(&self, code: &str) -> CloseNumber {
        let first = CloseNumber::new(code, 0);
        let last = self.given.range(first..).take_while(|(number, _)| number.code() == code).last();
        CloseNumber::new(code, last.map_or(0, |(number, _)| number.counter()).saturating_add(1))
    }

    /// Says a close-out's number as it is shown everywhere: with a suffix where another one has it by right.
    pub fn said(&self, number: &CloseNumber, close: Name) -> String {
        match self.suffix(number, close) {
            Some(suffix) => format!("{number}-{suffix}"),
            None => number.to_string(),
        }
    }

    /// Says the number of a close-out step as it is shown everywhere; as it was written where it has another form.
    pub fn of(&self, close: Name, written: Option<&Value>) -> Option<String> {
        let written = written.and_then(Value::as_text)?;
        let number = CloseNumber::parse(written).ok().map(|(number, _)| self.said(&number, close));
        Some(number.unwrap_or_else(|| written.to_owned()))
    }

    /// Tells whether a text is written as a number of a code that somebody closed out under, miswritten or not.
    pub fn is_of_known_code(&self, text: &str) -> bool {
        CloseNumber::code_in(text).is_some_and(|code| {
            let first = CloseNumber::new(&code, 0);
            self.given.range(first..).next().is_some_and(|(number, _)| number.code() == code)
        })
    }

    /// Finds the issues of a number, by the suffix too where one is given: the one that has it by right first.
    pub fn find(&self, number: &CloseNumber, suffix: &str) -> Vec<Name> {
        let holders = self.holders(number).into_iter();
        let meant =
            holders.filter(|(close, _)| suffix.is_empty() || self.suffix(number, *close).as_deref() == Some(suffix));
        meant.map(|(_, issue)| issue).collect()
    }

    /// Gives the issues of a number, each with its first close-out under it: one that was closed out twice has one number.
    fn holders(&self, number: &CloseNumber) -> Vec<(Name, Name)> {
        let mut holders: Vec<(Name, Name)> = Vec::new();
        for ((_, close), issue) in self.given.get(number).into_iter().flatten() {
            if holders.iter().all(|(_, other)| other != issue) {
                holders.push((*close, *issue));
            }
        }
        holders
    }

    fn suffix(&self, number: &CloseNumber, close: Name) -> Option<String> {
        let holders = self.holders(number);
        let (_, issue) = self.given.get(number)?.iter().find(|((_, name), _)| *name == close)?;
        let place = holders.iter().position(|(_, holder)| holder == issue).filter(|place| *place > 0)?;
        let (close, _) = *holders.get(place)?;
        let mine = |count| spoken(mixed(close), count);
        // As short as tells it from the others that lost it.
        let others: Vec<Name> = holders.iter().skip(1).map(|(name, _)| *name).filter(|other| *other != close).collect();
        let alone = |count: &u32| others.iter().all(|other| spoken(mixed(*other), *count) != mine(*count));
        Some(mine((2..12).find(alone).unwrap_or(12)))
    }
}

/// One number of a name; it never changes, as suffixes are made of it.
fn mixed(name: Name) -> u64 {
    name.writer.wrapping_add(u64::from(name.seq).wrapping_mul(0xD6E8_FEB8_6659_FD93))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn given(closes: &[(u32, Name)]) -> Numbers {
        let mut numbers = Numbers::default();
        for (counter, close) in closes {
            let number = CloseNumber::new("一组1", *counter);
            let stamp = Stamp(u64::from(close.seq));
            numbers.given.entry(number).or_default().insert((stamp, *close), Name::new(9 + close.writer, close.seq));
        }
        numbers
    }

    #[test]
    fn the_next_number_follows_the_greatest_one_known_of_its_code() {
        let numbers = given(&[(1, Name::new(1, 1)), (7, Name::new(1, 2)), (3, Name::new(2, 1))]);
        assert_eq!(numbers.next("一组1").counter(), 8);
        assert_eq!(numbers.next("一组").counter(), 1);
        assert_eq!(numbers.next("一组2").counter(), 1);
    }

    #[test]
    fn of_a_number_given_twice_the_earlier_close_out_keeps_it_and_the_other_is_found_by_its_suffix() {
        let (first, second) = (Name::new(9, 1), Name::new(8, 2));
        let numbers = given(&[(31, second), (31, first)]);
        let number = CloseNumber::new("一组1", 31);
        assert_eq!(numbers.said(&number, first), number.to_string());
        let other = numbers.said(&number, second);
        let (read, suffix) = CloseNumber::parse(&other).unwrap();
        // Pinned: what stands on paper must be found by later programs too.
        assert_eq!((read, suffix.as_str()), (number.clone(), "X2"));
        assert_eq!(numbers.find(&number, &suffix), [Name::new(17, 2)]);
        assert_eq!(numbers.find(&number, ""), [Name::new(18, 1), Name::new(17, 2)]);
    }

    #[test]
    fn an_issue_that_was_closed_out_twice_under_one_number_is_one_issue() {
        let mut numbers = given(&[(31, Name::new(3, 1)), (31, Name::new(8, 2))]);
        let number = CloseNumber::new("一组1", 31);
        let all = numbers.given.get_mut(&number).unwrap();
        for issue in all.values_mut() {
            *issue = Name::new(9, 9);
        }
        assert_eq!(numbers.said(&number, Name::new(8, 2)), number.to_string());
        assert_eq!(numbers.find(&number, ""), [Name::new(9, 9)]);
    }

    proptest! {
        #[test]
        fn no_two_close_outs_show_the_same_however_many_copies_gave_one_number(
            closes in prop::collection::btree_set((0_u64..4, 0_u32..500), 1..60),
        ) {
            let closes: Vec<(u32, Name)> = closes.into_iter().map(|(w, s)| (1, Name::new(w, s))).collect();
            let numbers = given(&closes);
            let number = CloseNumber::new("一组1", 1);
            let said: BTreeSet<String> = closes.iter().map(|(_, close)| numbers.said(&number, *close)).collect();
            prop_assert_eq!(said.len(), closes.len());
            prop_assert!(said.contains(&number.to_string()));
        }
    }
}
