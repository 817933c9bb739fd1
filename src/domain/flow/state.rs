//! States: where an issue stands 现状, from recording to close-out (plan 二(三), `domain.md` 4).

use super::super::coded::coded;

coded! {
    /// Where an issue stands.
    pub enum State {
        /// 待甄别: recorded, and to be weighed with the township.
        Screening = "screening", "待甄别", "to be screened";
        /// 待解释: the policy does not support it; to be explained at once (plan 二(三)1).
        Explaining = "explaining", "待解释", "to be explained";
        /// 并案: worked on with another one; this household is answered by itself.
        Joined = "joined", "并案", "joined to another";
        /// 待方案: accepted; a plan is to be made.
        Planning = "planning", "待方案", "to be planned";
        /// 办理中.
        Working = "working", "办理中", "being worked on";
        /// 重办: worked on once more, by a clock of its own.
        Redo = "redo", "重办", "being done again";
        /// 长期: a lane of its own with milestones.
        LongTerm = "long_term", "长期", "long-term";
        /// 待反馈: solved, explained or weighed; the household is to be told (plan 二(三)4).
        FeedbackDue = "feedback_due", "待反馈", "to be told";
        /// 待销号: the household was told; the office checks.
        CloseCheck = "close_check", "待销号", "to be closed out";
        /// 已销号 (plan 二(三)3).
        Closed = "closed", "已销号", "closed out";
        /// 回头看稳定: looked at again and found to last (plan 二(四)).
        Stable = "stable", "回头看稳定", "found to last";
        /// 已答复: a suggestion whose author was answered.
        Answered = "answered", "已答复", "answered";
    }
}

impl State {
    /// Tells whether the household has been told and nobody works on it.
    pub const fn is_told(self) -> bool {
        matches!(self, Self::CloseCheck | Self::Closed | Self::Stable | Self::Answered)
    }

    /// Tells whether all is done: closed out or answered, and not being done again.
    pub const fn is_done(self) -> bool {
        matches!(self, Self::Closed | Self::Stable | Self::Answered)
    }

    /// Tells whether somebody has to go and tell the household 反馈.
    pub const fn is_to_be_told(self) -> bool {
        matches!(self, Self::Explaining | Self::FeedbackDue)
    }
}
