//! Several names in one text: parted by 、 and its like, or by blanks where the names are Chinese.

use super::{clean, is_han, surnames};

/// The characters of a Chinese name, at most.
const LONGEST: usize = 4;

/// Splits a text into names. A blank parts Chinese names but belongs to a name such as `Chen Ming`; it parts them beside a 、 or
/// a comma too where all between those are names of two to four characters. A blank inside a name, as people write it to fill
/// a column (`陈 明`, `欧阳 娜娜`), is no part of it.
pub fn split(text: &str) -> Vec<String> {
    let parts = |c: char| matches!(c, '、' | ',' | '，' | ';' | '；' | '/');
    let is_listed = text.contains(parts);
    let mut all = Vec::new();
    for piece in text.split(parts) {
        let words = whole(piece);
        let is_name = |name: &String| name.chars().all(is_han) && (2..=LONGEST).contains(&name.chars().count());
        if words.iter().all(is_name) || (!is_listed && piece.chars().any(is_han)) {
            all.extend(words);
        } else {
            all.push(piece.to_owned());
        }
    }
    all.iter().map(|name| clean::line(name)).filter(|name| !name.is_empty()).collect()
}

/// Gives what stands between blanks, a surname and what follows it as one.
fn whole(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let is_last = words.peek().is_none();
        match all.last_mut() {
            Some(before) if goes_on(before, word, is_last) => before.push_str(word),
            _ => all.push(word.to_owned()),
        }
    }
    all
}

/// Tells whether a word belongs to the one before it: that is a surname, or it is one character with nothing behind it.
fn goes_on(before: &str, word: &str, is_last: bool) -> bool {
    let (first, second): (Vec<char>, Vec<char>) = (before.chars().collect(), word.chars().collect());
    let is_surname = match first.as_slice() {
        [_] => true,
        [a, b] => surnames::double(*a, *b).is_some(),
        _ => false,
    };
    let fits = first.len() + second.len() <= LONGEST && first.iter().chain(&second).all(|ch| is_han(*ch));
    fits && second.len() <= 2 && (is_surname || (is_last && second.len() == 1))
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn names_are_parted_as_people_write_them() {
        for said in ["陈明、张锦秋", "陈明,张锦秋", "陈明 张锦秋", " 陈明，  张锦秋 "] {
            assert_eq!(split(said), ["陈明", "张锦秋"], "{said}");
        }
        assert_eq!(split("Chen Ming"), ["Chen Ming"]);
        assert_eq!(split("Chen Ming, Zhang Jinqiu"), ["Chen Ming", "Zhang Jinqiu"]);
        assert!(split(" 、 ").is_empty());
    }

    // 陈明，林芳 张锦秋 was two people, the second called 林芳 张锦秋.
    #[test]
    fn commas_and_blanks_part_names_together() {
        for said in ["陈明，林芳 张锦秋", "陈明 林芳、张锦秋", "陈明　林芳 张锦秋，", "陈 明, 林  芳 张锦秋"]
        {
            assert_eq!(split(said), ["陈明", "林芳", "张锦秋"], "{said}");
        }
        assert_eq!(split("陈明, Chen Ming"), ["陈明", "Chen Ming"]);
        assert_eq!(split("东里镇 畜牧兽医工作站, 陈明"), ["东里镇 畜牧兽医工作站", "陈明"]);
    }

    #[test]
    fn a_blank_inside_a_name_parts_nothing() {
        for (said, names) in [
            ("陈 明", vec!["陈明"]),
            ("陈　明　李 小明", vec!["陈明", "李小明"]),
            ("欧阳 娜娜", vec!["欧阳娜娜"]),
            ("诸葛 亮、陈明", vec!["诸葛亮", "陈明"]),
            ("陈明 张锦 秋", vec!["陈明", "张锦秋"]),
            ("欧阳娜娜 陈明", vec!["欧阳娜娜", "陈明"]),
        ] {
            assert_eq!(split(said), names, "{said}");
        }
    }
}
