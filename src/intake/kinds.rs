//! The kinds of household, and the everyday words that rosters use for them.

/// One kind: its fixed word and everything it is called, in clean text without blanks.
struct Kind {
    word: &'static str,
    names: &'static [&'static str],
}

const KINDS: [Kind; 5] = [
    Kind {
        word: "supported",
        names: &[
            "脱贫户",
            "脱贫",
            "建档立卡户",
            "建档立卡",
            "建档立卡贫困户",
            "建档立卡脱贫户",
            "已脱贫户",
            "贫困户",
            "结对帮扶",
            "结对帮扶户",
            "结对帮扶村群众",
            "帮扶户",
            "结对户",
            "脱贫享受政策户",
            "脱贫享受政策",
            "脱贫不享受政策户",
            "脱贫人口",
            "边缘户",
            "边缘易致贫户",
            "脱贫不稳定户",
            "突发严重困难户",
            "监测户",
            "监测对象",
            "即时帮扶户",
            "即时帮扶人口",
            "低保户",
            "五保户",
            "特困户",
            "困难户",
            "困难群众",
            "帮扶村群众",
            "一般脱贫户",
        ],
    },
    Kind {
        word: "community",
        names: &[
            "社区居民",
            "居民",
            "社区群众",
            "社区",
            "双报到",
            "\"双报到\"社区群众",
            "“双报到”社区群众",
            "双报到社区群众",
            "双报到群众",
            "双报到社区",
            "居民户",
            "小区居民",
            "城镇居民",
            "社区居民户",
        ],
    },
    Kind {
        word: "self_employed",
        names: &[
            "个体工商户",
            "个体",
            "个体户",
            "工商户",
            "商户",
            "个体经营",
            "个体经营户",
            "个体商户",
            "经营户",
            "门店",
            "店铺",
        ],
    },
    Kind {
        word: "enterprise",
        names: &[
            "企业",
            "公司",
            "民营企业",
            "私营企业",
            "规上企业",
            "规模以上企业",
            "文旅企业",
            "文化企业",
            "旅游企业",
            "小微企业",
            "企业主",
        ],
    },
    Kind {
        word: "service_user",
        names: &[
            "文体服务对象",
            "服务对象",
            "文体对象",
            "文艺爱好者",
            "体育爱好者",
            "文化服务对象",
            "读者",
            "文体爱好者",
            "文体队伍",
        ],
    },
];

/// Reads the word of a kind from clean text without blanks.
pub(crate) fn of(tight: &str) -> Option<&'static str> {
    let exactly = |text: &str| KINDS.iter().find(|kind| kind.names.contains(&text)).map(|kind| kind.word);
    // 脱贫户(已稳定): what stands before a bracket is the word.
    exactly(tight).or_else(|| exactly(tight.split('(').next().filter(|front| !front.is_empty())?))
}

/// Reads the kind from a title or section line that contains one of the longer words.
pub(crate) fn within(text: &str) -> Option<&'static str> {
    let mut found = KINDS
        .iter()
        .filter(|kind| kind.names.iter().any(|name| name.chars().count() >= 3 && text.contains(name)))
        .map(|kind| kind.word);
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// Tells whether a name is that of a business rather than of a person.
pub(crate) fn is_business(name: &str) -> bool {
    ["公司", "合作社", "厂", "商店", "超市", "经营部", "门市部", "饭店", "酒店", "农场", "中心", "工作室", "集团"]
        .iter()
        .any(|ending| name.ends_with(ending) && name.chars().count() > 4)
}

#[cfg(test)]
mod tests {
    use super::{KINDS, of, within};

    #[test]
    fn everyday_words_are_understood_and_mean_one_kind() {
        for (text, word) in [
            ("建档立卡户", "supported"),
            ("居民", "community"),
            ("个体", "self_employed"),
            ("脱贫", "supported"),
            ("企业(规上)", "enterprise"),
        ] {
            assert_eq!(of(text), Some(word), "{text}");
        }
        assert_eq!((of("甲类"), of("")), (None, None));
        let names: Vec<_> = KINDS.iter().flat_map(|kind| kind.names).collect();
        assert!(names.iter().enumerate().all(|(at, name)| !names[at + 1..].contains(name)));
        assert_eq!(within("一、东里镇脱贫户名单"), Some("supported"));
        assert_eq!(within("脱贫户和个体工商户名单"), None, "two kinds are none");
    }
}
