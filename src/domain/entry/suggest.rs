//! Which field a sentence is probably about, from words people use in villages.
//!
//! A proposal only: it is shown with a question mark and chosen by a person. At each place the longest known word
//! counts, so 卫生室 is health though 卫生 alone is environment; a longer word weighs more than a short one. Of equal
//! fields the one named first wins.
//!
//! A thing alone proposes nothing: 闺女在小学当老师 is a note. It counts once the sentence says that something is wrong or
//! wanted: 坏了, 太远, 想要, or what is wrong by itself, as 浇不上. 没, 不 and their like say so only beside a thing: 路灯不亮, but not
//! 儿子不在家. What stands right beside such a word weighs more, and what only tells the place weighs least: 学校门口路灯不亮
//! is about the lamp. Where a person says that a line is an issue (Tab, a mark) the thing is enough: [`topic`].

use std::sync::OnceLock;

use crate::domain::fields::Field;
use crate::hanzi::is_han;

const WORDS: &str = include_str!("../data/field_words.txt");

/// So many characters may stand between 没 and the thing it is said of: 路灯一直不亮.
const BESIDE: usize = 6;
/// So many between a thing and the word right beside it: 水泵又都坏了.
const TOUCHING: usize = 2;
/// What stands right beside a word that says something is wrong weighs so much more.
const MEANT: usize = 2;
/// What is wrong by itself weighs so much more than a thing.
const WRONG: usize = 2;
/// What hints at a field, or tells only where something is, weighs so much.
const FAINT: usize = 1;

/// What a word of the list does in a sentence; its sign in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// `1` a thing of a field.
    Thing(Field),
    /// `1?` hints at a field.
    Hint(Field),
    /// `1!` is wrong by itself, and of a field.
    Wrong(Field),
    /// `!` says that something is wrong or wanted.
    Says,
    /// `~` says so only beside a thing.
    SaysBeside,
    /// `@` makes what stands before it a place.
    Place,
    /// `-` says nothing.
    Nothing,
}

/// A known word of a sentence.
#[derive(Debug, Clone, Copy)]
struct Found {
    part: Part,
    word: &'static str,
    /// The characters between it and the known word before it; none where there is none, or more than characters.
    after: Option<usize>,
}

/// Gives the words in order, each with what it does; 其他 has none.
fn words() -> &'static [(Part, &'static str)] {
    static READ: OnceLock<Vec<(Part, &str)>> = OnceLock::new();
    READ.get_or_init(|| {
        let mut all: Vec<_> = WORDS.lines().filter_map(row).flatten().collect();
        all.sort_unstable_by_key(|(_, word)| *word);
        all
    })
}

fn row(line: &'static str) -> Option<impl Iterator<Item = (Part, &'static str)>> {
    let (key, words) = line.split_once(' ')?;
    let part = part(key)?;
    Some(words.split_whitespace().map(move |word| (part, word)))
}

fn part(key: &str) -> Option<Part> {
    let mut signs = key.chars();
    let first = signs.next()?;
    Some(match (Field::from_digit(first), first, signs.next()) {
        (Some(field), _, None) => Part::Thing(field),
        (Some(field), _, Some('?')) => Part::Hint(field),
        (Some(field), _, Some('!')) => Part::Wrong(field),
        (None, '!', None) => Part::Says,
        (None, '~', None) => Part::SaysBeside,
        (None, '@', None) => Part::Place,
        (None, '-', None) => Part::Nothing,
        _ => return None,
    })
}

/// Gives the longest known word that a text begins with. The last word in order up to the text is that word, or shares with the
/// text what the one looked for is within.
fn longest(text: &str) -> Option<(Part, &'static str)> {
    let all = words();
    let mut shared = text;
    loop {
        let upto = all.partition_point(|(_, word)| *word <= shared);
        let (part, word) = *all.get(upto.checked_sub(1)?)?;
        if text.starts_with(word) {
            return Some((part, word));
        }
        let same = shared.chars().zip(word.chars()).take_while(|(one, other)| one == other);
        shared = shared.get(..same.map(|(one, _)| one.len_utf8()).sum()).filter(|shared| !shared.is_empty())?;
    }
}

/// Gives every known word of a sentence in the order they stand.
fn read(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut after = None;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let step = if let Some((part, word)) = longest(rest) {
            found.push(Found { part, word, after });
            after = Some(0);
            word.len()
        } else {
            after = after.filter(|_| is_han(first)).map(|between| between + 1);
            first.len_utf8()
        };
        rest = rest.get(step..).unwrap_or_default();
    }
    found
}

/// Gives the neighbours of a word that stand so near in the same breath.
fn near(found: &[Found], at: usize, most: usize) -> impl Iterator<Item = Part> {
    let is_near = move |after: Option<usize>| after.is_some_and(|between| between <= most);
    let before =
        at.checked_sub(1).and_then(|at| found.get(at)).filter(|_| is_near(found.get(at).and_then(|one| one.after)));
    let behind = found.get(at + 1).filter(|one| is_near(one.after));
    before.into_iter().chain(behind).map(|one| one.part)
}

/// Tells whether a word says, where it stands, that something is wrong or wanted.
fn says_wrong(found: &[Found], at: usize) -> bool {
    match found.get(at).map(|one| one.part) {
        Some(Part::Wrong(_) | Part::Says) => true,
        Some(Part::SaysBeside) => near(found, at, BESIDE).any(|part| matches!(part, Part::Thing(_))),
        _ => false,
    }
}

/// Tells whether a thing only says where something is: 学校门口.
fn is_place(found: &[Found], at: usize) -> bool {
    let is_near = |next: &Found| next.after.is_some_and(|between| between <= TOUCHING);
    found.get(at + 1).is_some_and(|next| next.part == Part::Place && is_near(next))
}

/// Gives the field a word speaks for, and how much it weighs there.
fn weight(found: &[Found], at: usize) -> Option<(Field, usize)> {
    let one = found.get(at)?;
    let long = one.word.chars().count();
    Some(match one.part {
        Part::Thing(field) if is_place(found, at) => (field, FAINT),
        Part::Thing(field) if near(found, at, TOUCHING).any(|part| matches!(part, Part::Says | Part::SaysBeside)) => {
            (field, long + MEANT)
        }
        Part::Thing(field) => (field, long),
        Part::Hint(field) => (field, FAINT),
        Part::Wrong(field) => (field, long + WRONG),
        Part::Says | Part::SaysBeside | Part::Place | Part::Nothing => return None,
    })
}

/// Chooses the field that weighs most, with its words.
fn choose(found: &[Found]) -> Option<(Field, Vec<&'static str>)> {
    // In the order in which they are named; each word is weighed once, as a pasted line may have thousands.
    let mut fields: Vec<(Field, usize)> = Vec::new();
    for (field, weight) in (0..found.len()).filter_map(|at| weight(found, at)) {
        match fields.iter_mut().find(|(of, _)| *of == field) {
            Some((_, all)) => *all += weight,
            None => fields.push((field, weight)),
        }
    }
    let (field, _) = fields.into_iter().reduce(|best, one| if one.1 > best.1 { one } else { best })?;
    let is_of = |part| matches!(part, Part::Thing(of) | Part::Hint(of) | Part::Wrong(of) if of == field);
    Some((field, once(found.iter().filter(|one| is_of(one.part)))))
}

/// Gives each word once.
fn once<'all>(found: impl Iterator<Item = &'all Found>) -> Vec<&'static str> {
    let mut words: Vec<&'static str> = Vec::new();
    for one in found {
        if !words.contains(&one.word) {
            words.push(one.word);
        }
    }
    words
}

/// Proposes a field where a sentence says that something is wrong or wanted, and gives the words that name the field, in
/// the order they stand; nothing where no such word is known.
pub fn suggest(text: &str) -> Option<(Field, Vec<&'static str>)> {
    let found = read(text);
    if (0..found.len()).any(|at| says_wrong(&found, at)) { choose(&found) } else { None }
}

/// Proposes a field for what a person says is an issue: a known thing is enough.
pub fn topic(text: &str) -> Option<(Field, Vec<&'static str>)> {
    choose(&read(text))
}

/// Gives the words that say something is wrong or wanted, in the order they stand, besides those that name a field.
pub fn wrong_in(text: &str) -> Vec<&'static str> {
    let found = read(text);
    let says = found
        .iter()
        .enumerate()
        .filter(|(at, one)| matches!(one.part, Part::Says | Part::SaysBeside) && says_wrong(&found, *at));
    once(says.map(|(_, one)| one))
}

/// Gives the known things of a sentence in the order they stand, each with its field.
pub fn words_in(text: &str) -> Vec<(Field, &'static str)> {
    let of = |one: Found| match one.part {
        Part::Thing(field) | Part::Wrong(field) => Some((field, one.word)),
        _ => None,
    };
    read(text).into_iter().filter_map(of).collect()
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
    fn a_thing_alone_proposes_nothing_until_a_person_says_it_is_an_issue() {
        for said in
            ["闺女在小学当老师", "邻居帮着照看钥匙", "种了五亩苹果", "卫生室就在隔壁", "路灯去年装的", "老太太爱看戏"]
        {
            assert_eq!(suggest(said), None, "{said}");
            assert!(topic(said).is_some(), "{said}");
        }
        assert_eq!(topic("昨天来过"), None);
    }

    #[test]
    fn no_and_not_count_beside_a_thing_and_not_in_what_is_well() {
        assert_eq!(suggest("老师没来"), Some((Field::Education, vec!["老师"])));
        assert_eq!(wrong_in("老师没来"), vec!["没"]);
        for said in ["老师不错", "去年修了路, 儿子没来", "卫生室没意见", "孩子没回来"] {
            assert_eq!((suggest(said), wrong_in(said)), (None, Vec::new()), "{said}");
        }
    }

    #[test]
    fn what_only_tells_the_place_weighs_least() {
        assert_eq!(suggest("卫生室门口路灯坏了").map(|(field, _)| field), Some(Field::Agriculture));
        assert_eq!(suggest("卫生室坏了").map(|(field, _)| field), Some(Field::Health));
        let weights = |text| (weight(&read(text), 0), suggest(text).map(|(field, _)| field));
        assert_eq!(weights("卫生院门口路坏了"), (Some((Field::Health, FAINT)), Some(Field::Agriculture)));
        assert_eq!(weights("卫生院, 门口路坏了").0, Some((Field::Health, 3)), "another breath is another place");
    }

    #[test]
    fn every_row_of_the_list_is_read() {
        let rows = WORDS.lines().filter(|line| !line.starts_with('#'));
        assert!(rows.clone().all(|line| row(line).is_some_and(|words| words.count() > 0)));
        for (_, word) in words() {
            assert_eq!(longest(word).map(|(_, found)| found), Some(*word));
        }
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
