//! Status and kind words: what may be typed for the words that stand in the list, in Chinese and in English.

/// Each word as the list writes it, and what else people type for it.
const WORDS: &[(&str, &[&str])] = &[
    ("未访", &["未走访", "没访", "unvisited"]),
    ("已访", &["已走访", "访过", "visited"]),
    ("约", &["预约", "appointment"]),
    ("待核对", &["核对", "check"]),
    ("外出", &["没人", "absent"]),
    ("长期在外", &["在外", "away"]),
    ("拒访", &["拒绝", "refused"]),
    ("另约", &["改天", "later"]),
    ("迁出", &["搬走", "moved"]),
    ("去世", &["deceased"]),
    ("不足15分钟", &["不足", "short"]),
    ("结对帮扶", &["帮扶", "supported", "paired"]),
    ("社区", &["community", "resident"]),
    ("个体工商户", &["个体", "商户", "shop", "trader"]),
    ("企业", &["公司", "enterprise", "company"]),
    ("文体服务对象", &["文体", "service"]),
];

/// Fewest letters of an English word that already mean it; fewer are initials of people.
const LETTERS: usize = 4;

/// Tells whether a typed token (folded) means one of the words of a household (folded).
pub(super) fn means(token: &str, word: &str) -> bool {
    if token == word {
        return true;
    }
    if token.is_ascii() {
        return token.len() >= LETTERS && token.bytes().all(|b| b.is_ascii_lowercase()) && stands_for(token, word);
    }
    // 工商户 stands inside 个体工商户; a single 汉字 inside a word says too little.
    (token.chars().nth(1).is_some() && word.contains(token)) || stands_for(token, word)
}

fn stands_for(token: &str, word: &str) -> bool {
    WORDS.iter().any(|(said, others)| {
        let same = |other: &&str| *other == token || (token.is_ascii() && other.starts_with(token));
        word.starts_with(said) && (*said == token || others.iter().any(same))
    })
}

#[cfg(test)]
mod tests {
    use super::means;

    #[test]
    fn words_are_known_in_both_languages_and_by_their_beginning() {
        for (token, word) in [
            ("未访", "未访"),
            ("unvisited", "未访"),
            ("visi", "已访 5-12 21分"),
            ("约", "约今晚 19:30"),
            ("预约", "约"),
            ("核对", "待核对"),
            ("工商户", "个体工商户"),
            ("company", "企业"),
            ("visited", "visited"),
        ] {
            assert!(means(token, word), "{token} {word}");
        }
        for (token, word) in
            [("访", "未访"), ("visited", "未访"), ("visited", "unvisited"), ("vis", "已访"), ("约", "另约")]
        {
            assert!(!means(token, word), "{token} {word}");
        }
    }
}
