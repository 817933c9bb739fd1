//! Few: a small map in order of key. A record has a handful of registers and nearly every register one head: a list in
//! order costs no allocation for its first entry and seldom one for more, where a tree takes a node for eleven. Many
//! entries, which only damage or malice would bring, become a tree, so that none of them costs more than the one before.

use std::collections::{BTreeMap, btree_map};
use std::slice;

use smallvec::SmallVec;

/// From so many entries on a tree is the better place.
const MANY: usize = 32;

/// Holds a few entries in order of key.
#[derive(Debug, Clone)]
pub struct Few<K, V>(Place<K, V>);

#[derive(Debug, Clone)]
enum Place<K, V> {
    List(SmallVec<[(K, V); 1]>),
    Tree(BTreeMap<K, V>),
}

impl<K, V> Default for Few<K, V> {
    fn default() -> Self {
        Self(Place::List(SmallVec::new()))
    }
}

impl<K: Ord, V> Few<K, V> {
    /// Gives the value of a key.
    pub fn get<Q>(&self, key: &Q) -> Option<&V>
    where
        K: std::borrow::Borrow<Q>,
        Q: Ord + ?Sized,
    {
        match &self.0 {
            Place::List(list) => {
                let at = list.binary_search_by(|(own, _)| own.borrow().cmp(key)).ok()?;
                list.get(at).map(|(_, value)| value)
            }
            Place::Tree(tree) => tree.get(key),
        }
    }

    /// Puts a value in the place of a key; gives what was there.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match &mut self.0 {
            Place::Tree(tree) => return tree.insert(key, value),
            Place::List(list) => match list.binary_search_by(|(own, _)| own.cmp(&key)) {
                Ok(at) => return list.get_mut(at).map(|(_, own)| std::mem::replace(own, value)),
                Err(at) => list.insert(at, (key, value)),
            },
        }
        self.grow();
        None
    }

    /// Changes the value of a key, which is put there first if it is not yet.
    pub fn change(&mut self, key: K, change: impl FnOnce(&mut V))
    where
        V: Default,
    {
        match &mut self.0 {
            Place::Tree(tree) => return change(tree.entry(key).or_default()),
            Place::List(list) => match list.binary_search_by(|(own, _)| own.cmp(&key)) {
                Ok(at) => return list.get_mut(at).map_or((), |(_, value)| change(value)),
                Err(at) => {
                    let mut value = V::default();
                    change(&mut value);
                    list.insert(at, (key, value));
                }
            },
        }
        self.grow();
    }

    /// Takes the value of a key out.
    pub fn remove(&mut self, key: &K) -> Option<V> {
        match &mut self.0 {
            Place::List(list) => {
                let at = list.binary_search_by(|(own, _)| own.cmp(key)).ok()?;
                Some(list.remove(at).1)
            }
            Place::Tree(tree) => tree.remove(key),
        }
    }

    /// Gives the entries in order of key.
    pub fn iter(&self) -> Iter<'_, K, V> {
        match &self.0 {
            Place::List(list) => Iter::List(list.iter()),
            Place::Tree(tree) => Iter::Tree(tree.iter()),
        }
    }

    /// Gives the keys in their order.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.iter().map(|(key, _)| key)
    }

    /// Gives the values in order of key.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }

    fn grow(&mut self) {
        if let Place::List(list) = &mut self.0
            && list.len() > MANY
        {
            self.0 = Place::Tree(std::mem::take(list).into_iter().collect());
        }
    }
}

/// Goes through the entries in order of key.
pub enum Iter<'a, K, V> {
    /// Of a list.
    List(slice::Iter<'a, (K, V)>),
    /// Of a tree.
    Tree(btree_map::Iter<'a, K, V>),
}

impl<'a, K, V> Iterator for Iter<'a, K, V> {
    type Item = (&'a K, &'a V);

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::List(list) => list.next().map(|(key, value)| (key, value)),
            Self::Tree(tree) => tree.next(),
        }
    }
}

impl<K: Ord, V: PartialEq> PartialEq for Few<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<K: Ord, V: Eq> Eq for Few<K, V> {}

impl<K: Ord, V> FromIterator<(K, V)> for Few<K, V> {
    /// Of two entries with one key the later counts.
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let entries = entries.into_iter();
        let mut few = Self(Place::List(SmallVec::with_capacity(entries.size_hint().0.min(MANY))));
        for (key, value) in entries {
            few.insert(key, value);
        }
        few
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::Few;

    proptest! {
        #[test]
        fn it_is_a_map_in_order_however_many_there_are(steps in prop::collection::vec((0_u8..4, 0_u8..90, 0_u8..9), 0..300)) {
            let (mut few, mut map) = (Few::default(), BTreeMap::new());
            for (what, key, value) in steps {
                match what {
                    0 => prop_assert_eq!(few.remove(&key), map.remove(&key)),
                    1 => {
                        few.change(key, |own| *own += value);
                        *map.entry(key).or_default() += value;
                    }
                    _ => prop_assert_eq!(few.insert(key, value), map.insert(key, value)),
                }
                prop_assert_eq!(few.get(&key), map.get(&key));
            }
            prop_assert!(few.iter().eq(map.iter()) && few.keys().eq(map.keys()) && few.values().eq(map.values()));
            let again: Few<u8, u8> = map.into_iter().collect();
            prop_assert_eq!(few, again);
        }
    }
}
