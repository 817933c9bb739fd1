//! Choices: the closed lists of the field's words, each with the code word that is stored.

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

/// 夜话, 田间: the ways of visiting many households at once.
pub const TALK_KINDS: &[Choice] =
    &[choice("talk", "乡村夜话", "evening talk"), choice("field", "田间走访", "in the field")];

/// 满意度.
pub const SATISFACTION: &[Choice] = &[
    choice("satisfied", "满意", "satisfied"),
    choice("mostly", "基本满意", "mostly satisfied"),
    choice("dissatisfied", "不满意", "not satisfied"),
];

/// 户的状态.
pub const STANDING: &[Choice] =
    &[choice("here", "在册", "listed"), choice("moved", "迁出", "moved out"), choice("deceased", "去世", "deceased")];

/// Finds the name of a stored word.
pub fn name_of(list: &[Choice], word: &str) -> Option<Text> {
    list.iter().find(|choice| choice.word == word).map(|choice| choice.name)
}

/// Finds a choice by its stored word or by what people write for it.
pub fn find(list: &[Choice], said: &str) -> Option<Choice> {
    let said = said.trim();
    list.iter().copied().find(|c| c.word == said || c.name.zh == said || c.name.en.eq_ignore_ascii_case(said))
}
