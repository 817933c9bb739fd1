//! 整改流程: the steps of an issue, from screening to close-out and beyond. Each is a row of the domain's table
//! ([`crate::domain::flow::STEPS`]); what more it needs stands in `rules`.

mod draft;
mod fill;
mod rules;
mod settle;
mod take;

use crate::app::requests::request::{Row, Takes, may, must};
use crate::domain::StepWord;
use crate::text::t;
pub(in crate::app) use rules::is_open;
pub(super) use settle::settle;

/// The issue, by its id or by its close-out number.
const ISSUE: Takes = must("issue", "哪一件, 或销号编号", "which issue, or its close-out number");
/// When it happened.
const ON: Takes = may("on", "补录: 当时的时间", "entered later: when it happened");

pub const ROWS: &[Row] = &[
    Row {
        word: "issue.screen",
        about: t("甄别: 受理, 政策不支持, 并案", "screen: accepted, unsupported, or joined to another"),
        takes: &[
            ISSUE,
            must("decision", "accept unsupported join", "accept, unsupported or join"),
            may(
                "class",
                "定级: general larger major long_term (受理; 默认照拟定级)",
                "the class (when accepted; as proposed unless given)",
            ),
            may("unit", "责任单位 (受理必填)", "the responsible unit (needed to accept)"),
            may("person", "责任人", "the responsible person"),
            may("with", "并到哪一件 (并案必填)", "which issue it joins (needed to join)"),
            may("people", "参加会商的双方", "who took part, of both sides"),
            may("why", "原因 (政策不支持必填)", "why (needed where unsupported)"),
            ON,
        ],
        run: |desk, args| take::take(desk, args, StepWord::Screen),
    },
    Row {
        word: "issue.weigh",
        about: t("建议: 采纳, 参考, 不采纳", "weigh a suggestion: adopted, considered, declined"),
        takes: &[
            ISSUE,
            must("decision", "adopt consider decline", "adopt, consider or decline"),
            must("why", "原因", "why"),
            ON,
        ],
        run: |desk, args| take::take(desk, args, StepWord::Weigh),
    },
    Row {
        word: "issue.assign",
        about: t("交办或转办: 责任单位和责任人", "assign to a unit and a person"),
        takes: &[
            ISSUE,
            must("unit", "责任单位", "the responsible unit"),
            may("person", "责任人", "the responsible person"),
            may("why", "原因", "why"),
            ON,
        ],
        run: |desk, args| take::take(desk, args, StepWord::Assign),
    },
    Row {
        word: "issue.grade",
        about: t("改级; 起算日不变", "grade anew; the clock's first day stays"),
        takes: &[
            ISSUE,
            must("class", "general larger major long_term", "general, larger, major or long_term"),
            must("why", "原因", "why"),
            ON,
        ],
        run: |desk, args| take::take(desk, args, StepWord::Grade),
    },
    Row {
        word: "issue.plan",
        about: t(
            "提出解决方案; 长期的写明目标, 措施, 单位, 人, 时限",
            "make a plan; a long-term one with goal, measures, unit, person and finish date",
        ),
        takes: &[
            ISSUE,
            must("text", "工作措施", "the measures"),
            may("goal", "目标任务 (长期必填)", "the goal (needed where long-term)"),
            may("unit", "责任单位", "the responsible unit"),
            may("person", "责任人", "the responsible person"),
            may("finish", "完成时限 2021-09-30 (长期必填)", "the finish date, 2021-09-30 (needed where long-term)"),
            ON,
        ],
        run: |desk, args| take::take(desk, args, StepWord::Plan),
    },
    Row {
        word: "issue.progress",
        about: t("记进展; 长期的可定下一个节点", "note progress; a long-term issue may set its next milestone"),
        takes: &[
            ISSUE,
            must("text", "内容", "the words"),
            may("milestone", "下一个节点的日子 (长期)", "the day of the next milestone (long-term)"),
            ON,
        ],
        run: |desk, args| take::take(desk, args, StepWord::Progress),
    },
    Row {
        word: "issue.escalate",
        about: t(
            "上报一级: 小组, 局, 镇街/部门, 县, 市",
            "escalate by one level: group, bureau, township or department, county, city",
        ),
        takes: &[
            ISSUE,
            may("level", "哪一级 (默认下一级)", "which level (the next one unless given)"),
            must("to", "报给谁", "who was told"),
            must("why", "原因", "why"),
            ON,
        ],
        run: |desk, args| take::take(desk, args, StepWord::Escalate),
    },
    Row {
        word: "issue.urge",
        about: t("催办, 督办, 通报", "urge, supervise or circulate"),
        takes: &[
            ISSUE,
            must("kind", "urge supervise circulate", "urge, supervise or circulate"),
            must("to", "对谁", "to whom"),
            may("text", "内容", "the words"),
            ON,
        ],
        run: |desk, args| take::take(desk, args, StepWord::Urge),
    },
    Row {
        word: "issue.extend",
        about: t("申请延期: 到期前, 一轮一次", "ask for an extension: before it is due, once a round"),
        takes: &[
            ISSUE,
            must("until", "延到哪天 2021-06-10", "the new day, 2021-06-10"),
            must("why", "原因", "why"),
            ON,
        ],
        run: |desk, args| take::take(desk, args, StepWord::Extend),
    },
    Row {
        word: "issue.extend_decide",
        about: t("批不批延期; 不能自己批自己的", "decide on an extension; not one's own"),
        takes: &[
            ISSUE,
            must("decision", "approved refused", "approved or refused"),
            must("by", "谁批的", "who decided"),
            may("until", "批到哪天 (默认照申请)", "until which day (as asked unless given)"),
            may("why", "原因", "why"),
            ON,
        ],
        run: |desk, args| take::take(desk, args, StepWord::ExtendDecide),
    },
    Row {
        word: "issue.resolve",
        about: t("办结: 解决了, 等反馈", "resolved; the household is to be told"),
        takes: &[ISSUE, must("text", "结果", "the result"), ON],
        run: |desk, args| take::take(desk, args, StepWord::Resolve),
    },
    Row {
        word: "issue.explain",
        about: t(
            "解释: 政策不支持的; 当面说清了写 told",
            "explain what the policy does not support; “told” where it was said in person",
        ),
        takes: &[ISSUE, must("text", "怎么解释的", "the explanation"), may("told", "已当面说清", "told in person"), ON],
        run: |desk, args| take::take(desk, args, StepWord::Explain),
    },
    Row {
        word: "issue.feedback",
        about: t("反馈群众, 记下群众怎么说", "tell the household, and note what it says"),
        takes: &[
            ISSUE,
            must(
                "answer",
                "satisfied mostly explained dissatisfied absent unreachable",
                "satisfied, mostly, explained, dissatisfied, absent or unreachable",
            ),
            may("way", "home phone field talk business", "home, phone, field, talk or business"),
            may("text", "群众的话", "what was said"),
            may("visit", "哪次走访", "which visit"),
            ON,
        ],
        run: |desk, args| take::take(desk, args, StepWord::Feedback),
    },
    Row {
        word: "issue.return",
        about: t(
            "退回: 不属本单位的退回甄别; 销号没通过的退回办理",
            "return: not ours, to screening; not fit to be closed out, to work",
        ),
        takes: &[ISSUE, must("why", "原因", "why"), ON],
        run: |desk, args| take::take(desk, args, StepWord::Return),
    },
    Row {
        word: "issue.close",
        about: t("销号: 反馈以后, 给编号", "close out, after the household was told; gives the number"),
        takes: &[ISSUE, may("text", "核对了什么", "what was checked"), ON],
        run: |desk, args| take::take(desk, args, StepWord::Close),
    },
    Row {
        word: "issue.look_back",
        about: t("回头看: 稳定或反弹", "look back: lasting, or relapsed"),
        takes: &[ISSUE, must("result", "stable relapse", "stable or relapse"), may("text", "内容", "the words"), ON],
        run: |desk, args| take::take(desk, args, StepWord::LookBack),
    },
    Row {
        word: "issue.verify",
        about: t("现场核查: 不合格的重办", "verify on site; what fails is done again"),
        takes: &[
            ISSUE,
            must("result", "passed failed", "passed or failed"),
            must("people", "谁去核查", "who verified"),
            may("text", "内容", "the words"),
            ON,
        ],
        run: |desk, args| take::take(desk, args, StepWord::Verify),
    },
    Row {
        word: "issue.reopen",
        about: t("重办: 已经销号或答复的再办", "reopen what was closed out or answered"),
        takes: &[
            ISSUE,
            must("why", "原因", "why"),
            may("turn_into", "problem: 建议转成问题", "problem: a suggestion becomes a problem"),
            ON,
        ],
        run: |desk, args| take::take(desk, args, StepWord::Reopen),
    },
    Row {
        word: "issue.hand_over",
        about: t("转交反馈: 换一位走访干部", "hand the telling over to another visitor"),
        takes: &[ISSUE, must("to", "交给谁", "to whom"), must("why", "原因", "why"), ON],
        run: |desk, args| take::take(desk, args, StepWord::HandOver),
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_take_what_the_steps_of_the_flow_have() {
        assert_eq!(ROWS.len(), StepWord::ALL.len());
        for (row, step) in ROWS.iter().zip(StepWord::ALL) {
            assert_eq!(row.word, format!("issue.{}", step.word()));
            let taken: Vec<(&str, bool)> = row.takes.iter().map(|takes| (takes.key, takes.must)).collect();
            let facts = step.row().unwrap().facts.iter().map(|fact| (fact.key, fact.must));
            let others = taken.iter().copied().filter(|(key, _)| rules::OTHERS.contains(key));
            let mut all: Vec<(&str, bool)> = facts.chain(others).collect();
            let mut taken = taken.clone();
            all.sort_unstable();
            taken.sort_unstable();
            assert_eq!(taken, all, "{}", row.word);
        }
    }
}
