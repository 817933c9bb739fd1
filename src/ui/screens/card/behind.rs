//! Behind: a card that stands there by itself, behind a visit that ended or was entered later. An Enter too many begins nothing there;
//! what the next one begins is said, by how the household is visited.

use super::actions::Action;
use crate::text::{Text, t};

/// What is said at a card that nobody opened.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Behind {
    /// Where Enter begins a visit.
    home: Text,
    /// Where it begins a call.
    phone: Text,
}

/// The household to go to next.
pub(super) static NEXT: Behind = Behind {
    home: t(
        "这是下一户 {head}. 到了按 1 开始走访, 或再按 Enter.",
        "This is the next one, {head}. There: 1 begins the visit, or Enter once more.",
    ),
    phone: t(
        "这是下一户 {head}, 长期在外. 再按 Enter 开始电话访问; 人回来了按 1.",
        "This is the next one, {head}, who is away. Enter once more begins a call; 1 where somebody is back.",
    ),
};

/// A visit of it was entered later.
pub(super) static PAPER: Behind = Behind {
    home: t(
        "{head} 的补录写完了. 现在去走访才按 1 开始, 或再按 Enter.",
        "{head} is entered. Only to visit now: 1 begins the visit, or Enter once more.",
    ),
    phone: t(
        "{head} 的补录写完了. 现在打电话访问才按 2 开始, 或再按 Enter.",
        "{head} is entered. Only to call now: 2 begins the call, or Enter once more.",
    ),
};

impl Behind {
    /// Gives what is said where Enter does this first.
    pub(super) fn words(&self, first: Action) -> Text {
        if first == Action::Phone { self.phone } else { self.home }
    }
}
