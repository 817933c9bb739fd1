//! Laptops by the words people have for them: code, group, one of the people, or the number in lists.

use std::collections::BTreeSet;

use crate::domain::Writer;
use crate::text::{Trouble, t};

/// Finds the laptop that a word means among what laptops said of themselves.
///
/// # Errors
/// `peer-unknown` where the word means none or several.
pub(super) fn find<'a>(word: &str, all: impl Iterator<Item = &'a Writer>) -> Result<u64, Trouble> {
    let is_meant = |writer: &&Writer| {
        [&writer.code, &writer.group].into_iter().chain(&writer.visitors).any(|name| name == word)
            || format!("{:016x}", writer.laptop) == word
    };
    let found: BTreeSet<u64> = all.filter(is_meant).map(|writer| writer.laptop).collect();
    match (found.first(), found.len()) {
        (Some(laptop), 1) => Ok(*laptop),
        (Some(_), count) => {
            let said = t("{word} 有 {n} 台电脑, 请写编号.", "{word} has {n} laptops; give its code.");
            Err(Trouble::new("peer-unknown", said.with("word", word).with("n", count))
                .hint(t("zoufang list devices 列出编号.", "“zoufang list devices” lists the codes.")))
        }
        (None, _) => {
            let said = t("没有 {word} 这台电脑.", "There is no laptop {word}.");
            Err(Trouble::new("peer-unknown", said.with("word", word))
                .hint(t("zoufang list devices 列出认识的电脑.", "“zoufang list devices” lists those that are known.")))
        }
    }
}
