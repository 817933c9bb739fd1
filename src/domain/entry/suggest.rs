//! Which field a sentence is probably about, from words people use in villages.
//!
//! A proposal only: it is shown with a question mark and chosen by a person. At each place the longest known word
//! counts, so 卫生室 is health though 卫生 alone is environment; a longer word weighs more than a short one. Of equal
//! fields the one named first wins.

use std::sync::OnceLock;

use crate::domain::fields::Field;

const WORDS: &str = include_str!("../data/field_words.txt");

/// Gives the words, each with its field; 其他 has none.
fn words() -> &'static [(Field, &'static str)] {
    static READ: OnceLock<Vec<(Field, &str)>> = OnceLock::new();
    READ.get_or_init(|| WORDS.lines().filter_map(row).flatten().collect())
}

fn row(line: &'static str) -> Option<impl Iterator<Item = (Field, &'static str)>> {
    let (key, words) = line.split_once(' ')?;
    let field = Field::find(key)?;
    Some(words.split_whitespace().map(move |word| (field, word)))
}

/// Proposes a field and gives the words that led to it, in the order they stand; nothing where no word is known.
pub fn suggest(text: &str) -> Option<(Field, Vec<&'static str>)> {
    let found = words_in(text);
    let weight =
        |field| found.iter().filter(|(of, _)| *of == field).map(|(_, word)| word.chars().count()).sum::<usize>();
    let mut best: Option<(Field, usize)> = None;
    for &(field, _) in &found {
        if best.is_none_or(|(_, most)| weight(field) > most) {
            best = Some((field, weight(field)));
        }
    }
    let (field, _) = best?;
    let mut words: Vec<&'static str> = Vec::new();
    for (_, word) in found.iter().filter(|(of, _)| *of == field) {
        if !words.contains(word) {
            words.push(word);
        }
    }
    Some((field, words))
}

/// Gives the known words of a sentence in the order they stand, each with its field.
pub fn words_in(text: &str) -> Vec<(Field, &'static str)> {
    let mut found = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let longest =
            words().iter().copied().filter(|(_, word)| rest.starts_with(word)).max_by_key(|(_, word)| word.len());
        let step = longest.map_or_else(|| rest.chars().next().map_or(1, char::len_utf8), |(_, word)| word.len());
        found.extend(longest);
        rest = rest.get(step..).unwrap_or_default();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_from_kitchen_tables_get_the_field_a_person_would_choose() {
        for (said, field) in [
            ("村小学校车只到村口", Field::Education),
            ("孙女上幼儿园没有老师接", Field::Education),
            ("卫生室药不全", Field::Health),
            ("老伴高血压, 拿药报销不了", Field::Health),
            ("垃圾桶满了没人收, 河里都是臭水", Field::Environment),
            ("村里卫生没人管", Field::Environment),
            ("3组机井坏了浇不上地, 涉及20多户", Field::Agriculture),
            ("苹果卖不出去", Field::Agriculture),
            ("村头路灯不亮", Field::Agriculture),
            ("农药化肥太贵", Field::Agriculture),
            ("邻居盖房占道, 打架了", Field::Governance),
            ("低保评得不公平", Field::Governance),
            ("12345打了没人管", Field::Governance),
            ("村里没有地方跳舞, 想要个小广场", Field::Culture),
            ("村文化大院晚上不开门, 白天大家都下地, 等于没有", Field::Culture),
            ("端午想办个戏台", Field::Culture),
        ] {
            assert_eq!(suggest(said).map(|(field, _)| field), Some(field), "{said}");
        }
    }

    #[test]
    fn the_words_that_led_there_are_given_and_unknown_talk_gets_nothing() {
        assert_eq!(suggest("村小学校车只到村口"), Some((Field::Education, vec!["小学", "校车"])));
        assert_eq!(suggest("儿子在青岛, 过年回来"), None);
        assert_eq!(suggest(""), None);
    }

    #[test]
    fn no_word_stands_twice() {
        let mut all: Vec<&str> = words().iter().map(|(_, word)| *word).collect();
        let count = all.len();
        let written =
            WORDS.lines().filter(|line| !line.starts_with('#')).map(|line| line.split_whitespace().count() - 1);
        assert_eq!(count, written.sum::<usize>());
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
