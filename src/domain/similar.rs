//! Whether two sentences are about the same thing, as far as words tell: "3户也说过类似的".
//!
//! A proposal only: a person looks at the sentences and decides. Alike are sentences that name the same thing (a word of
//! two characters or more from the words of the fields: 机井, 卫生室), or that share a third of the shorter one's pairs of
//! neighbouring characters.

use std::collections::BTreeSet;

use super::entry::words_in;

/// Characters that bind sentences together and mean nothing by themselves.
const EMPTY: &str = "的了着过吗呢啊吧呀也都就还又很太个是在有没";
/// So many pairs have to be shared where no known word is.
const LEAST: usize = 2;

/// The words of a sentence, read once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    pairs: BTreeSet<(char, char)>,
    things: BTreeSet<&'static str>,
}

impl Words {
    /// Reads a sentence.
    pub fn of(text: &str) -> Self {
        let mut pairs = BTreeSet::new();
        for part in text.split(|ch: char| !ch.is_alphanumeric() || ch.is_ascii()) {
            let chars: Vec<char> = part.chars().filter(|ch| !EMPTY.contains(*ch)).collect();
            pairs.extend(chars.iter().zip(chars.iter().skip(1)).map(|(one, other)| (*one, *other)));
        }
        let things = words_in(text).into_iter().map(|(_, word)| word).filter(|word| word.chars().nth(1).is_some());
        Self { pairs, things: things.collect() }
    }

    /// Tells whether two sentences are about the same thing.
    pub fn is_like(&self, other: &Self) -> bool {
        if !self.things.is_disjoint(&other.things) {
            return true;
        }
        let shared = self.pairs.intersection(&other.pairs).count();
        shared >= LEAST && shared * 3 >= self.pairs.len().min(other.pairs.len())
    }
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn sentences_about_one_thing_are_alike_and_others_are_not() {
        let like = |one: &str, other: &str| Words::of(one).is_like(&Words::of(other));
        for (one, other) in [
            ("3组机井坏了浇不上地, 涉及20多户", "机井不出水"),
            ("卫生室药不全", "去卫生室拿不到药"),
            ("东头那棵老槐树要倒了", "老槐树快倒了, 怕砸着人"),
        ] {
            assert!(like(one, other) && like(other, one), "{one} / {other}");
        }
        for (one, other) in [
            ("3组机井坏了浇不上地", "村里没有地方跳舞"),
            ("儿子在青岛", "儿子不在家"),
            ("太远了", "太远了"),
            ("", "机井坏了"),
        ] {
            assert!(!like(one, other), "{one} / {other}");
        }
    }
}
