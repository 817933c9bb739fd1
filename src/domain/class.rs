//! Classes 定级, kinds 类型 and the marks that stand for them on the entry line (plan 二(三)2, `domain.md` 2 and 5).
//!
//! A visitor only proposes a class 拟定级; screening confirms it.

use super::coded::coded;
use crate::hanzi::forms;

coded! {
    /// How large an issue is, which decides when it is due.
    pub enum Class {
        /// 现场解决: solved while still in the household.
        OnSite = "on_site", "现场解决", "solved on the spot";
        /// 一般.
        General = "general", "一般", "general";
        /// 较大.
        Larger = "larger", "较大", "larger";
        /// 重大, or touching many people.
        Major = "major", "重大", "major";
        /// 长期: a task of long standing with a date of its own.
        LongTerm = "long_term", "长期", "long-term";
    }
}

coded! {
    /// What kind of thing was said.
    pub enum Kind {
        /// 问题.
        Problem = "problem", "问题", "problem";
        /// 意见建议: no deadline, but weighed and answered.
        Suggestion = "suggestion", "建议", "suggestion";
        /// 存量问题: known before the visits began, due on a fixed day.
        Stock = "stock", "存量", "stock issue";
    }
}

coded! {
    /// A mark of the entry line. The code words are the marks themselves.
    pub enum Mark {
        /// `+`.
        Larger = "+", "较大", "larger";
        /// `++`.
        Major = "++", "重大", "major";
        /// `~`.
        LongTerm = "~", "长期", "long-term";
        /// `!`.
        OnSite = "!", "当场解决", "solved on the spot";
        /// `?`.
        Suggestion = "?", "建议", "suggestion";
        /// `*`.
        Confidential = "*", "保密", "confidential";
    }
}

impl Mark {
    /// Gives the class that the mark proposes, if it proposes one.
    pub const fn class(self) -> Option<Class> {
        match self {
            Self::Larger => Some(Class::Larger),
            Self::Major => Some(Class::Major),
            Self::LongTerm => Some(Class::LongTerm),
            Self::OnSite => Some(Class::OnSite),
            Self::Suggestion | Self::Confidential => None,
        }
    }

    /// Gives the half-width form of a mark's character (`+ ~ ! ? *`); anything else is `None`. Besides the full-width
    /// forms, 〜 is taken for `~`: some input methods write it so.
    pub fn character(typed: char) -> Option<char> {
        match forms::half(typed) {
            mark @ ('+' | '~' | '!' | '?' | '*') => Some(mark),
            '〜' => Some('~'),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_back_and_stands_once() {
        assert!(Class::ALL.iter().all(|class| Class::from_word(class.word()) == Some(*class)));
        assert!(Kind::ALL.iter().all(|kind| Kind::from_word(kind.word()) == Some(*kind)));
        assert!(Mark::ALL.iter().all(|mark| Mark::from_word(mark.word()) == Some(*mark)));
        assert_eq!(Class::from_word("较大"), None);
    }

    #[test]
    fn marks_are_the_same_in_either_width() {
        let wide: String = "＋～！？＊〜".chars().filter_map(Mark::character).collect();
        assert_eq!(wide, "+~!?*~");
        assert!("6a，　。".chars().all(|typed| Mark::character(typed).is_none()));
    }

    #[test]
    fn every_class_but_general_has_a_mark() {
        let marked: Vec<Class> = Mark::ALL.iter().filter_map(|mark| mark.class()).collect();
        assert!(Class::ALL.iter().all(|class| marked.contains(class) != (*class == Class::General)));
    }
}
