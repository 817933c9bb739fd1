//! Spelled: a person's name typed as pinyin, told without a column of pinyin. Pairs of initials find candidates, the
//! characters decide.
//!
//! Letters have to go beyond the surname, or beyond the first character of a given name: a surname alone would list every
//! family that has married one.

use crate::hanzi::pinyin;

/// Bounds the readings of each part of a name.
const FEW: usize = 2;
/// Names longer than this have no given name of their own (阿卜杜热依木).
const PERSON: usize = 4;
/// Letters of the longest syllable: `zhuang`.
const SYLLABLE: usize = 6;

/// Gives the initials that the first two characters of a name may have whose pinyin begins so: `zn`, `zg` and `zj` for
/// `zhangjianguo`, as `zha`, `zhan` and `zhang` are syllables. At most six, and none for letters that are initials alone.
pub(super) fn pairs(typed: &str) -> Vec<String> {
    let Some(first) = typed.chars().next() else { return Vec::new() };
    let is_vowel = |letter: char| matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'v');
    let mut pairs: Vec<String> = Vec::new();
    let mut sounds = false;
    for (letter, next) in typed.chars().zip(typed.chars().skip(1)).take(SYLLABLE) {
        sounds = sounds || is_vowel(letter);
        let pair: String = [first, next].into_iter().collect();
        // No syllable begins with one of these.
        if sounds && !matches!(next, 'i' | 'u' | 'v') && !pairs.contains(&pair) {
            pairs.push(pair);
        }
    }
    pairs
}

/// Tells whether a person's name (folded) begins so in pinyin: `zhangjian` and `zhangjg` for 张建国, `jianguo` for the
/// given name alone.
pub(super) fn begins(name: &str, typed: &str) -> bool {
    let (surname, given) = parts(name, pinyin::surname_len(name));
    let goes_on = |rest: &str| {
        let by_initials = || few(pinyin::place_initials(given)).iter().any(|key| key.starts_with(rest));
        few(pinyin::place_full(given)).iter().any(|key| key.starts_with(rest)) || by_initials()
    };
    let whole = || few(pinyin::full(surname)).iter().filter_map(|key| beyond(key, typed)).any(goes_on);
    let own = || {
        let (first, rest) = parts(given_name(name), 1);
        let last = |typed: &str| few(pinyin::place_full(rest)).iter().any(|key| key.starts_with(typed));
        few(pinyin::place_full(first)).iter().filter_map(|key| beyond(key, typed)).any(last)
    };
    whole() || own()
}

/// Gives the given name of a person: 建国 of 张建国; nothing of a name that is too long to be taken apart.
pub(super) fn given_name(name: &str) -> &str {
    if name.chars().nth(PERSON).is_some() { "" } else { parts(name, pinyin::surname_len(name)).1 }
}

/// Gives what is typed beyond a syllable that stands there whole.
fn beyond<'a>(key: &str, typed: &'a str) -> Option<&'a str> {
    typed.strip_prefix(key).filter(|rest| !rest.is_empty())
}

fn parts(name: &str, chars: usize) -> (&str, &str) {
    let at = name.char_indices().nth(chars).map_or(name.len(), |(at, _)| at);
    name.split_at_checked(at).unwrap_or((name, ""))
}

fn few(mut readings: Vec<String>) -> Vec<String> {
    readings.truncate(FEW);
    readings
}

#[cfg(test)]
mod tests {
    use super::{begins, given_name, pairs};

    #[test]
    fn a_surname_alone_says_too_little_and_a_letter_more_is_enough() {
        for typed in ["zhangj", "zhangjian", "zhangjianguo", "zhangjg", "jiang", "jianguo"] {
            assert!(begins("张建国", typed), "{typed}");
        }
        for typed in ["zhang", "zhan", "zjg", "jian", "jia", "guo", "jg", "zhangg", "zhangjianguoa", ""] {
            assert!(!begins("张建国", typed), "{typed}");
        }
        for typed in ["shandegui", "dandg", "degui"] {
            assert!(begins("单德贵", typed), "{typed}");
        }
        assert!(begins("欧阳志远", "ouyangzhi") && begins("欧阳志远", "zhiyuan") && !begins("欧阳志远", "ouyang"));
        assert!(begins("张伟", "zhangw") && !begins("张伟", "wei"), "one character says too little");
    }

    #[test]
    fn the_initials_that_a_pinyin_may_have_are_few() {
        assert_eq!(pairs("zhangjianguo"), ["zn", "zg", "zj"]);
        assert_eq!(pairs("anan"), ["an", "aa"]);
        assert_eq!(pairs("zhuangj"), ["za", "zn", "zg", "zj"]);
        for typed in ["", "z", "zjg", "zsf", "zhi"] {
            assert!(pairs(typed).is_empty(), "{typed}: {:?}", pairs(typed));
        }
    }

    #[test]
    fn a_given_name_is_what_stands_behind_the_surname() {
        assert_eq!(["张建国", "欧阳志远", "张", ""].map(given_name), ["建国", "志远", "", ""]);
        assert_eq!(given_name("阿卜杜热依木"), "");
    }
}
