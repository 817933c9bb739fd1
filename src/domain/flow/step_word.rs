//! The words of steps 流程的步骤.

use super::super::coded::coded;

coded! {
    /// A step in the life of an issue. The code words stand in operations and never change.
    pub enum StepWord {
        /// 甄别 with the township (plan 二(三)1).
        Screen = "screen", "甄别", "screen";
        /// 权衡 a suggestion: 采纳, 参考, 不采纳.
        Weigh = "weigh", "权衡建议", "weigh";
        /// 交办 to a unit and a person.
        Assign = "assign", "交办", "assign";
        /// 改级.
        Grade = "grade", "改级", "grade anew";
        /// 方案 (plan 二(三)2).
        Plan = "plan", "提出方案", "plan";
        /// 进展.
        Progress = "progress", "记进展", "note progress";
        /// 上报, one level up (plan 二(三)1).
        Escalate = "escalate", "上报", "escalate";
        /// 催办, 督办, 通报 (plan 二(三)3).
        Urge = "urge", "催办", "urge";
        /// 申请延期.
        Extend = "extend", "申请延期", "ask for an extension";
        /// 延期审批.
        ExtendDecide = "extend_decide", "延期审批", "decide on an extension";
        /// 办结.
        Resolve = "resolve", "办结", "resolve";
        /// 解释 (plan 二(三)1).
        Explain = "explain", "解释", "explain";
        /// 反馈 to the household (plan 二(三)4).
        Feedback = "feedback", "反馈", "tell the household";
        /// 退回: not ours, or not good enough to be closed out.
        Return = "return", "退回", "return";
        /// 销号 (plan 二(三)3).
        Close = "close", "销号", "close out";
        /// 回头看 (plan 二(四)1).
        LookBack = "look_back", "回头看", "look back";
        /// 现场核查 (plan 二(四)2).
        Verify = "verify", "现场核查", "verify on site";
        /// 重办.
        Reopen = "reopen", "重办", "reopen";
        /// 转交 the duty to tell the household.
        HandOver = "hand_over", "转交反馈", "hand the telling over";
    }
}
