//! Remarks that mean something: 长期在外, 已搬迁, 住儿子家. Proposed as facts, never taken for granted.

use crate::domain::Value;

/// What a remark or status cell means.
struct Meaning {
    parts: &'static [&'static str],
    facts: &'static [(&'static str, Said)],
}

#[derive(Clone, Copy)]
enum Said {
    Yes,
    Word(&'static str),
}

/// Reasons are those of the plan's phone visits (`campaign-plan.txt` 二(一)): 长期在外, 住院, 其他.
const MEANINGS: [Meaning; 5] = [
    Meaning {
        parts: &["去世", "已故", "病故", "亡故", "死亡", "过世"],
        facts: &[("standing", Said::Word("deceased"))],
    },
    Meaning {
        parts: &["搬迁", "搬走", "迁出", "已迁", "搬离", "已搬", "户口迁", "搬到", "搬去"],
        facts: &[("standing", Said::Word("moved"))],
    },
    Meaning { parts: &["住院"], facts: &[("away", Said::Yes), ("away_reason", Said::Word("住院"))] },
    Meaning {
        parts: &[
            "长期在外",
            "常年在外",
            "在外务工",
            "外出务工",
            "在外打工",
            "外出打工",
            "长期外出",
            "常年外出",
            "在外地",
            "长期不在家",
            "常年不在家",
            "外地打工",
            "外地务工",
            "长期不在村",
        ],
        facts: &[("away", Said::Yes), ("away_reason", Said::Word("长期在外"))],
    },
    Meaning {
        parts: &[
            "儿子家",
            "女儿家",
            "住儿子",
            "住女儿",
            "子女家",
            "随子女",
            "随儿子",
            "随女儿",
            "跟儿子住",
            "跟女儿住",
            "孩子家",
            "敬老院",
            "养老院",
            "养老中心",
        ],
        facts: &[("away", Said::Yes), ("away_reason", Said::Word("其他"))],
    },
];

/// Words that turn a meaning around or put it into the past.
const TURNS: [&str; 10] = ["未", "没", "不再", "已回", "返乡", "回村", "曾", "原来", "以前", "搬回"];

/// Gives the facts that a remark proposes. Each clause is read by itself, so 未搬迁 proposes nothing.
pub(crate) fn meanings(remark: &str) -> Vec<(&'static str, Value)> {
    let mut out: Vec<(&'static str, Value)> = Vec::new();
    for clause in remark.split(['；', ';', ',', '，', '。', '、', '.', ' ', '\n']) {
        if TURNS.iter().any(|turn| clause.contains(turn)) {
            continue;
        }
        let meant = MEANINGS.iter().filter(|meaning| meaning.parts.iter().any(|part| clause.contains(part)));
        for (key, said) in meant.flat_map(|meaning| meaning.facts) {
            if !out.iter().any(|(known, _)| known == key) {
                let value = match said {
                    Said::Yes => Value::Yes(true),
                    Said::Word(word) => Value::text(*word),
                };
                out.push((key, value));
            }
        }
    }
    out
}

/// Gives `moved` or `deceased` where words say so.
pub(crate) fn standing(words: &str) -> Option<&'static str> {
    let said = meanings(words);
    ["moved", "deceased"].into_iter().find(|word| said.iter().any(|(_, value)| *value == Value::text(*word)))
}

/// Reads yes or no in the words of a column such as 是否长期在外.
pub(crate) fn answer(tight: &str) -> Option<bool> {
    match tight {
        "是" | "有" | "√" | "✓" | "1" | "y" | "Y" | "在外" | "外出" | "不在家" | "不在" => Some(true),
        "否" | "无" | "没有" | "×" | "x" | "X" | "0" | "n" | "N" | "不是" | "在家" | "/" | "-" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{answer, meanings, standing};
    use crate::domain::Value;

    #[test]
    fn remarks_propose_facts() {
        let away = |reason: &str| vec![("away", Value::Yes(true)), ("away_reason", Value::text(reason))];
        assert_eq!(meanings("饭店；长期在外务工"), away("长期在外"));
        assert_eq!(meanings("住县城儿子家"), away("其他"));
        assert_eq!(meanings("已搬迁"), [("standing", Value::Text("moved".into()))]);
        assert_eq!(standing("2019年病故"), Some("deceased"));
    }

    #[test]
    fn a_turned_clause_proposes_nothing() {
        for remark in ["未搬迁", "曾在外务工", "在外务工已回村", "没有搬走", "听力不好", "低保", ""]
        {
            assert_eq!(meanings(remark), [], "{remark}");
        }
        assert_eq!((answer("是"), answer("否"), answer("青岛")), (Some(true), Some(false), None));
    }
}
