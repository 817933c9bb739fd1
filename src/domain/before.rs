//! Before: what stood in a register before a value was written there, as its writer had seen it.
//!
//! A write names every head that its writer saw, so the answer is what those say: not what stood on this laptop, and not the
//! same for two people of whom one had seen more. What somebody wrote on the way to the value they left there, a mistyped
//! number put right a moment later, belongs to that value, unless whoever disagrees had seen it, or it stood there beside another
//! word and the writer chose between them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Kept, Name, Operation, Value, value_of};

/// Every write of one register that has arrived, as it was written: also those that were written over.
#[derive(Debug, Clone, Default)]
pub struct Writings {
    all: BTreeMap<Name, Arc<Kept>>,
}

/// What stood there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stood {
    /// What people had written, the earliest first; several where they disagreed.
    Written(Vec<Value>),
    /// Nobody had written, or it was taken back: what the record was born with counted.
    Born,
    /// What was seen has not arrived here.
    Unknown,
}

impl Writings {
    /// Takes in one write.
    pub fn put(&mut self, kept: Arc<Kept>) {
        self.all.insert(kept.operation.name, kept);
    }

    /// Tells what the writer of a value had seen there. `others` are the writes that it disagrees with; `laptop` tells which
    /// laptop a writer is.
    pub fn before(&self, value: Name, others: &[Name], laptop: impl Fn(u64) -> Option<u64>) -> Stood {
        let Some(wrote) = self.said_first(value) else { return Stood::Unknown };
        let seen_by_others = self.seen_by(others);
        let own_hand = |other: &Operation| {
            let (one, two) = (wrote.operation.name.writer, other.name.writer);
            other.actor == wrote.operation.actor
                && (one == two || laptop(one).is_some_and(|one| laptop(two) == Some(one)))
        };
        let mut found: BTreeMap<_, &Value> = BTreeMap::new();
        let (mut looked, mut is_unknown) = (BTreeSet::new(), false);
        let mut next = self.words(&wrote.operation);
        while let Some((name, beside_others)) = next.pop() {
            if !looked.insert(name) {
                continue;
            }
            let Some(kept) = self.said_first(name) else {
                is_unknown = true;
                continue;
            };
            // A taking back says nothing itself; what stands again because of it stands beside it.
            let Some(value) = value_of(kept) else { continue };
            let own = kept.operation.name;
            let on_the_way = own_hand(&kept.operation) && !beside_others;
            if on_the_way && !seen_by_others.contains(&name) && !seen_by_others.contains(&own) {
                next.extend(self.words(&kept.operation));
            } else {
                found.insert((kept.operation.stamp, own), value);
            }
        }
        let mut values: Vec<Value> = Vec::new();
        for value in found.into_values() {
            values.extend(Some(value).filter(|value| !values.contains(value)).cloned());
        }
        match (values.is_empty(), is_unknown) {
            (false, _) => Stood::Written(values),
            (true, true) => Stood::Unknown,
            (true, false) => Stood::Born,
        }
    }

    /// Gives what a write names, and whether several words stood there: who settled that had a word of their own as one of them.
    fn words(&self, wrote: &Operation) -> Vec<(Name, bool)> {
        let said = |name: &Name| self.said_first(*name).and_then(|kept| value_of(kept));
        let mut values = wrote.prevs.iter().filter_map(said);
        let first = values.next();
        let beside_others = values.any(|value| Some(value) != first);
        wrote.prevs.iter().map(|name| (*name, beside_others)).collect()
    }

    /// Gives a write; where an undo put a word back, the write that said it first.
    fn said_first(&self, name: Name) -> Option<&Arc<Kept>> {
        let mut kept = self.all.get(&name)?;
        // A word can be put back again and again.
        for _ in 0..self.all.len() {
            let stood = kept.operation.again_of().and_then(|stood| self.all.get(&stood));
            let Some(stood) = stood else { break };
            kept = stood;
        }
        Some(kept)
    }

    /// Gives everything that the writers of some values had seen there, those values among it.
    fn seen_by(&self, values: &[Name]) -> BTreeSet<Name> {
        let (mut seen, mut next) = (BTreeSet::new(), values.to_vec());
        while let Some(name) = next.pop() {
            if seen.insert(name)
                && let Some(kept) = self.all.get(&name)
            {
                next.extend(&kept.operation.prevs);
            }
        }
        seen
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Stood, Writings};
    use crate::domain::{Body, Kept, Name, Operation, Prevs, Retract, Stamp, Value};

    /// One write: by which laptop (each is one writer) and which of its writes, what it saw, what it says; none takes back.
    type Write<'a> = (u64, u32, &'a [(u64, u32)], Option<&'a str>);

    fn kept((writer, seq, prevs, says): Write<'_>, stamp: u64, wall_ms: i64) -> Arc<Kept> {
        let prevs: Prevs = prevs.iter().map(|(writer, seq)| Name::new(*writer, *seq)).collect();
        let body = match says {
            Some("") => Body::Value(Value::Nothing),
            Some(text) => Body::Value(Value::Text(text.into())),
            None => Body::Retract(Retract::default()),
        };
        let (name, entity) = (Name::new(writer, seq), Name::new(9, 1));
        let (stamp, actor) =
            (Stamp(stamp << 16), ["", "陈明", "张文彬", "杜颖"][usize::try_from(writer).unwrap()].into());
        let operation = Operation { name, stamp, wall_ms, actor, entity, key: "door".into(), prevs, body };
        Arc::new(Kept { operation, bytes: [].as_slice().into() })
    }

    fn writings(all: &[Write<'_>]) -> Writings {
        let mut writings = Writings::default();
        for (at, write) in (1..).zip(all) {
            // The clock stands where the stamp is: nothing is put back.
            writings.put(kept(*write, at, i64::try_from(at).unwrap()));
        }
        writings
    }

    fn before(all: &Writings, of: (u64, u32), others: &[(u64, u32)]) -> Stood {
        let others: Vec<Name> = others.iter().map(|(writer, seq)| Name::new(*writer, *seq)).collect();
        all.before(Name::new(of.0, of.1), &others, Some)
    }

    fn written(values: &[&str]) -> Stood {
        Stood::Written(values.iter().map(|value| Value::Text((*value).into())).collect())
    }

    #[test]
    fn what_both_had_seen_stood_before_and_nothing_where_nobody_had_written() {
        let all =
            writings(&[(1, 1, &[], Some("12号")), (1, 2, &[(1, 1)], Some("14号")), (2, 1, &[(1, 1)], Some("16号"))]);
        assert_eq!(before(&all, (1, 2), &[(2, 1)]), written(&["12号"]));
        assert_eq!(before(&all, (2, 1), &[(1, 2)]), written(&["12号"]));
        let all = writings(&[(1, 1, &[], Some("14号")), (2, 1, &[], Some("16号"))]);
        assert_eq!(before(&all, (1, 1), &[(2, 1)]), Stood::Born);
        let all = writings(&[(1, 1, &[], Some("")), (2, 1, &[(1, 1)], Some("16号"))]);
        assert_eq!(before(&all, (2, 1), &[]), Stood::Written(vec![Value::Nothing]), "emptied by somebody");
    }

    // One of the two had seen a third one's word.
    #[test]
    fn each_side_has_its_own_before() {
        let all = writings(&[
            (3, 1, &[], Some("12号")),
            (3, 2, &[(3, 1)], Some("13号")),
            (1, 1, &[(3, 2)], Some("14号")),
            (2, 1, &[(3, 1)], Some("16号")),
        ]);
        assert_eq!(before(&all, (1, 1), &[(2, 1)]), written(&["13号"]));
        assert_eq!(before(&all, (2, 1), &[(1, 1)]), written(&["12号"]));
    }

    #[test]
    fn what_was_written_on_the_way_belongs_to_the_value_unless_the_other_had_seen_it() {
        let mine = [(3, 1, &[][..], Some("12号")), (1, 1, &[(3, 1)], Some("13号")), (1, 2, &[(1, 1)], Some("14号"))];
        let mut all = writings(&mine);
        all.put(kept((2, 1, &[(3, 1)], Some("16号")), 9, 9));
        assert_eq!(before(&all, (1, 2), &[(2, 1)]), written(&["12号"]), "13号 was only typed on the way");
        let mut all = writings(&mine);
        all.put(kept((2, 1, &[(1, 1)], Some("16号")), 9, 9));
        assert_eq!(before(&all, (1, 2), &[(2, 1)]), written(&["13号"]), "both had seen 13号");
    }

    #[test]
    fn who_settled_a_disagreement_had_seen_all_of_it() {
        let all = writings(&[
            (1, 1, &[], Some("12号")),
            (2, 1, &[], Some("13号")),
            (3, 1, &[(1, 1), (2, 1)], Some("14号")),
            (1, 2, &[(1, 1), (7, 7)], Some("15号")),
            (2, 2, &[(7, 7)], Some("16号")),
        ]);
        assert_eq!(before(&all, (3, 1), &[(1, 2)]), written(&["12号", "13号"]));
        assert_eq!(before(&all, (2, 2), &[(3, 1)]), Stood::Unknown, "it has not arrived");
        assert_eq!(before(&all, (7, 7), &[]), Stood::Unknown);
    }

    // One's own word had stood there beside the other's, and was left out as if it had only been typed on the way.
    #[test]
    fn who_chose_the_others_word_had_had_a_word_of_their_own() {
        let mut all = writings(&[
            (3, 1, &[], Some("12号")),
            (1, 1, &[(3, 1)], Some("13号")),
            (2, 1, &[(3, 1)], Some("14号")),
            (1, 2, &[(1, 1), (2, 1)], Some("14号")),
        ]);
        all.put(kept((3, 2, &[(3, 1)], Some("16号")), 9, 9));
        assert_eq!(before(&all, (1, 2), &[(3, 2)]), written(&["13号", "14号"]));
        // What was typed on the way to the own word is still none.
        all.put(kept((1, 3, &[(1, 2)], Some("15号")), 10, 10));
        assert_eq!(before(&all, (1, 3), &[(3, 2)]), written(&["13号", "14号"]), "14号 was chosen, and then changed");
    }

    // An undo writes what stood before once more, beside the taking back.
    #[test]
    fn what_an_undo_put_back_is_what_was_said_first() {
        let mut all = writings(&[(3, 1, &[], Some("12号")), (3, 2, &[(3, 1)], Some("13号")), (3, 3, &[(3, 2)], None)]);
        // Beside the taking back it names what it lets stand again, under the old stamp.
        all.put(kept((3, 4, &[(3, 3), (3, 1)], Some("12号")), 1, 1_000));
        all.put(kept((1, 1, &[(3, 3), (3, 4)], Some("14号")), 7, 7));
        assert_eq!(before(&all, (1, 1), &[]), written(&["12号"]));
        // Of the word that stands again: what stood before it was said first.
        assert_eq!(before(&all, (3, 4), &[(1, 1)]), Stood::Born);
        // Taken back before anybody else had written.
        let all = writings(&[(3, 1, &[], Some("12号")), (3, 2, &[(3, 1)], None), (1, 1, &[(3, 2)], Some("14号"))]);
        assert_eq!(before(&all, (1, 1), &[]), Stood::Born);
    }
}
