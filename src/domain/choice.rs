//! Choices: the closed lists of the field's words, each with the code word that is stored.

use crate::hanzi::{forms, pinyin};
use crate::text::{Text, t};

/// One choice of a closed list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// The word that is stored.
    pub word: &'static str,
    /// The words on the screen.
    pub name: Text,
}

const fn choice(word: &'static str, zh: &'static str, en: &'static str) -> Choice {
    Choice { word, name: t(zh, en) }
}

/// 户类别: the five kinds of households (plan 二(二)1).
pub const HOUSEHOLD_KINDS: &[Choice] = &[
    choice("supported", "结对帮扶", "supported"),
    choice("community", "社区", "community"),
    choice("self_employed", "个体工商户", "self-employed"),
    choice("enterprise", "企业", "enterprise"),
    choice("service_user", "服务对象", "service user"),
];

/// 性别.
pub const SEXES: &[Choice] = &[choice("male", "男", "m"), choice("female", "女", "f")];

/// 身体状况 (plan 二(二)2(2)).
pub const HEALTH: &[Choice] = &[
    choice("healthy", "健康", "healthy"),
    choice("chronic", "慢性病", "chronic illness"),
    choice("serious", "大病", "serious illness"),
    choice("disabled", "残疾", "disability"),
    choice("dependent", "失能", "needs care"),
    choice("other", "其他", "other"),
];

/// 走访方式.
pub const VISIT_KINDS: &[Choice] = &[
    choice("home", "入户", "at home"),
    choice("phone", "电话", "by phone"),
    choice("field", "田间走访", "in the field"),
    choice("talk", "乡村夜话", "evening talk"),
    choice("business", "进企业/商户", "at a business"),
];

/// 走访目的.
pub const PURPOSES: &[Choice] = &[
    choice("first", "首访", "first visit"),
    choice("feedback", "反馈", "feedback"),
    choice("routine", "常态联系", "routine contact"),
    choice("look_back", "回访", "look-back"),
    choice("verification", "现场核查", "verification"),
];

/// 走访结果. Only `done` can count toward coverage.
pub const OUTCOMES: &[Choice] = &[
    choice("done", "完成", "done"),
    choice("absent", "外出", "nobody home"),
    choice("refused", "拒访", "refused"),
    choice("later", "另约", "another time"),
    choice("moved", "迁出", "moved out"),
    choice("deceased", "去世", "deceased"),
    choice("discarded", "作废", "discarded"),
];

/// The outcomes of a visit in which nobody was spoken with.
pub const NOBODY: [&str; 4] = ["absent", "refused", "moved", "deceased"];

/// 夜话, 田间: the ways of visiting many households at once.
pub const TALK_KINDS: &[Choice] =
    &[choice("talk", "乡村夜话", "evening talk"), choice("field", "田间走访", "in the field")];

/// 类型 of what was said, as a visitor chooses it.
pub const ISSUE_KINDS: &[Choice] = &[choice("problem", "问题", "problem"), choice("suggestion", "建议", "suggestion")];

/// 来源: where an issue came from, where nobody said it in a visit.
pub const SOURCES: &[Choice] = &[
    choice("visit", "走访", "visit"),
    choice("contact", "来电/微信", "call or WeChat"),
    choice("hotline", "12345热线", "12345 hotline"),
    choice("survey", "满意度调查", "survey"),
    choice("approval", "审批手续", "approval"),
    choice("petition", "信访", "petition"),
    choice("inspection", "巡视巡察", "inspection"),
    choice("superior", "上级交办", "from above"),
];

/// 满意度.
pub const SATISFACTION: &[Choice] = &[
    choice("satisfied", "满意", "satisfied"),
    choice("mostly", "基本满意", "mostly satisfied"),
    choice("dissatisfied", "不满意", "not satisfied"),
];

/// 户的状态.
pub const STANDING: &[Choice] =
    &[choice("here", "在册", "listed"), choice("moved", "迁出", "moved out"), choice("deceased", "去世", "deceased")];

/// 定级 at screening: all that is left after what is solved on the spot (plan 二(三)2).
pub const CONFIRMED_CLASSES: &[Choice] = &[
    choice("general", "一般", "general"),
    choice("larger", "较大", "larger"),
    choice("major", "重大", "major"),
    choice("long_term", "长期", "long-term"),
];

/// 甄别的结果 (plan 二(三)1).
pub const SCREENED: &[Choice] = &[
    choice("accept", "受理", "accepted"),
    choice("unsupported", "政策不支持", "unsupported"),
    choice("join", "并案", "joined to another"),
];

/// What becomes of a suggestion 意见建议.
pub const WEIGHED: &[Choice] = &[
    choice("adopt", "采纳", "adopted"),
    choice("consider", "参考", "considered"),
    choice("decline", "不采纳", "declined"),
];

/// The ladder of 逐级上报, from the lowest on (plan 二(三)1).
pub const LEVELS: &[Choice] = &[
    choice("group", "小组", "group"),
    choice("bureau", "局", "bureau"),
    choice("township", "镇街/部门", "township or department"),
    choice("county", "县", "county"),
    choice("city", "市", "city"),
];

/// 催办, 督办, 通报 (plan 二(三)3).
pub const URGED: &[Choice] = &[
    choice("urge", "催办", "urged"),
    choice("supervise", "督办", "supervised"),
    choice("circulate", "通报", "circulated"),
];

/// 延期审批 (Shandong's hotline rules).
pub const APPROVED: &[Choice] = &[choice("approved", "批准", "approved"), choice("refused", "不批准", "refused")];

/// What a household says to the answer 反馈 (plan 二(三)4).
pub const ANSWERS: &[Choice] = &[
    choice("satisfied", "满意", "satisfied"),
    choice("mostly", "基本满意", "mostly satisfied"),
    choice("explained", "已解释", "explained"),
    choice("dissatisfied", "不满意", "not satisfied"),
    choice("absent", "没联系到", "not found"),
    choice("unreachable", "联系不上", "unreachable"),
];

/// 回头看 (plan 二(四)1).
pub const LOOKED_BACK: &[Choice] = &[choice("stable", "稳定", "lasting"), choice("relapse", "反弹", "relapsed")];

/// 现场核查 (plan 二(四)2).
pub const VERIFIED: &[Choice] = &[choice("passed", "合格", "passed"), choice("failed", "不合格", "failed")];

/// Finds the name of a stored word.
pub fn name_of(list: &[Choice], word: &str) -> Option<Text> {
    list.iter().find(|choice| choice.word == word).map(|choice| choice.name)
}

/// Finds the choice that somebody means who types: its words, a beginning of them that no other choice has, or its pinyin. None where
/// it is none of them, or not clear which.
pub fn meant(list: &[Choice], typed: &str) -> Option<Choice> {
    let typed = forms::half_width(typed).trim().to_lowercase();
    if typed.is_empty() {
        return None;
    }
    let one = |is_meant: &dyn Fn(&Choice) -> bool| {
        let mut all = list.iter().copied().filter(is_meant);
        all.next().filter(|_| all.next().is_none())
    };
    let is_begun = |word: &str| word.to_lowercase().starts_with(&typed);
    let is_spelled = |name: &str| {
        [pinyin::place_initials(name), pinyin::place_full(name)].into_iter().flatten().any(|spelled| spelled == typed)
    };
    find(list, &typed)
        .or_else(|| one(&|choice| is_spelled(choice.name.zh)))
        .or_else(|| one(&|choice| [choice.word, choice.name.zh, choice.name.en].into_iter().any(is_begun)))
}

/// Finds a choice by its stored word or by what people write for it.
pub fn find(list: &[Choice], said: &str) -> Option<Choice> {
    let said = said.trim();
    list.iter().copied().find(|c| c.word == said || c.name.zh == said || c.name.en.eq_ignore_ascii_case(said))
}

#[cfg(test)]
mod tests {
    use super::{HEALTH, SEXES, meant};

    #[test]
    fn what_is_typed_means_a_choice_by_its_words_their_beginning_or_their_pinyin_where_that_is_clear() {
        for (list, typed, word) in [
            (SEXES, "女", Some("female")),
            (SEXES, "female", Some("female")),
            (SEXES, "Ｍ", Some("male")),
            (SEXES, "nan", Some("male")),
            (SEXES, "n", None),
            (HEALTH, "慢性病", Some("chronic")),
            (HEALTH, "慢", Some("chronic")),
            (HEALTH, "mxb", Some("chronic")),
            (HEALTH, "db", Some("serious")),
            (HEALTH, "Needs", Some("dependent")),
            (HEALTH, "d", None),
            (HEALTH, "高血压", None),
            (HEALTH, " ", None),
        ] {
            assert_eq!(meant(list, typed).map(|choice| choice.word), word, "{typed}");
        }
    }
}
