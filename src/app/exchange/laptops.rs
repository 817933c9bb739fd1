//! Laptops by the words people have for them: code, group, one of the people, or the number in lists.

use std::collections::BTreeSet;

use crate::domain::Writer;
use crate::text::{Trouble, t};

/// Finds the laptop that a word means among what laptops said of themselves.
///
/// # Errors
/// `peer-unknown` where the word means none or several.
pub(in crate::app) fn find<'a>(word: &str, all: impl Iterator<Item = &'a Writer>) -> Result<u64, Trouble> {
    let all: Vec<&Writer> = all.collect();
    let found = meant(word, &all);
    match (found.first(), found.len()) {
        (Some(laptop), 1) => Ok(*laptop),
        (Some(_), count) => {
            let said = t("{word} 有 {n} 台电脑.", "{word} has {n} laptops.");
            let words = found.iter().map(|laptop| own_word(*laptop, &all)).collect::<Vec<_>>().join(" / ");
            Err(Trouble::new("peer-unknown", said.with("word", word).with("n", count))
                .hint(t("写其中一个: {words}.", "Give one of them: {words}.").with("words", words)))
        }
        (None, _) => {
            let said = t("没有 {word} 这台电脑.", "There is no laptop {word}.");
            Err(Trouble::new("peer-unknown", said.with("word", word))
                .hint(t("zoufang list devices 列出认识的电脑.", "“zoufang list devices” lists those that are known.")))
        }
    }
}

/// Finds the laptop that a word means among the others.
///
/// # Errors
/// `peer-unknown` where the word means none of them, this one, or several.
pub(in crate::app) fn find_other<'a>(
    word: &str,
    own: &'a Writer,
    all: impl Iterator<Item = &'a Writer>,
) -> Result<u64, Trouble> {
    let (mut ours, others): (Vec<&Writer>, Vec<&Writer>) = all.partition(|writer| writer.laptop == own.laptop);
    ours.push(own);
    if meant(word, &others).is_empty() && !meant(word, &ours).is_empty() {
        let said = t("{word} 就是这台电脑.", "{word} is this laptop itself.").with("word", word);
        return Err(Trouble::new("peer-unknown", said).hint(t(
            "写另一台的编号, 小组或姓名; zoufang list devices 列出认识的电脑.",
            "Give the code, group or a name of another one; “zoufang list devices” lists those that are known.",
        )));
    }
    find(word, others.into_iter())
}

/// Gives the laptops that a word means.
fn meant(word: &str, all: &[&Writer]) -> BTreeSet<u64> {
    let is_meant = |writer: &&&Writer| {
        [&writer.code, &writer.group].into_iter().chain(&writer.visitors).any(|name| name == word)
            || format!("{:016x}", writer.laptop) == word
    };
    all.iter().filter(is_meant).map(|writer| writer.laptop).collect()
}

/// Gives a word that means one laptop and no other: its code, one of its people, else its number.
fn own_word(laptop: u64, all: &[&Writer]) -> String {
    let own = all.iter().filter(|writer| writer.laptop == laptop);
    let mut words = own.flat_map(|writer| std::iter::once(&writer.code).chain(&writer.visitors));
    let word = words.find(|word| !word.is_empty() && meant(word, all).len() == 1);
    word.cloned().unwrap_or_else(|| format!("{laptop:016x}"))
}

#[cfg(test)]
mod tests {
    use super::find;
    use crate::domain::Writer;
    use crate::text::Lang;

    // “Give its code” was said of laptops that have none.
    #[test]
    fn of_several_laptops_each_is_said_by_a_word_that_means_it_alone() {
        let writer = |laptop, code: &str, person: &str| {
            let (code, group) = (code.to_owned(), "一组".to_owned());
            Writer { laptop, code, group, visitors: vec![person.to_owned()], ..Writer::default() }
        };
        let all = [writer(1, "甲", "陈明"), writer(2, "", "张锦秋"), writer(3, "", "陈明")];
        let trouble = find("一组", all.iter()).unwrap_err().say(Lang::Zh);
        assert_eq!(trouble, "一组 有 3 台电脑. 写其中一个: 甲 / 张锦秋 / 0000000000000003.");
        for (word, laptop) in [("甲", 1), ("张锦秋", 2), ("0000000000000003", 3)] {
            assert_eq!(find(word, all.iter()), Ok(laptop));
        }
    }
}
