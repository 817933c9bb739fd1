//! Rows: the parts of the wrap-up page in their order, and how a gap is declared in one line.

use crate::domain::Name;
use crate::domain::spoken::length::{self, Doubt};
use crate::text::Said;
use crate::ui::screens::alike::MINUTES_AND_WHY;

/// A part of the page that the cursor can be in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Back to the visit; first while the minimum is not reached.
    GoOn,
    /// Why it was shorter than the minimum.
    Why,
    /// A gap, by its place in the timer.
    Gap(usize),
    /// How the visit came out.
    Outcome,
    /// A note that can become an issue.
    Note(Name),
    /// 满意度.
    Satisfaction,
    /// 下次联系.
    Next,
    /// The end.
    End,
}

impl Part {
    /// Names the draft of a part that takes text.
    pub fn draft(self) -> Option<String> {
        match self {
            Self::Why => Some("why".to_owned()),
            Self::Next => Some("next".to_owned()),
            Self::Gap(gap) => Some(format!("gap/{gap}")),
            _ => None,
        }
    }
}

/// Gives the parts from top to bottom. Where nobody was spoken with nobody is asked how satisfied they are.
pub fn parts(
    short: bool,
    has_reason: bool,
    gaps: usize,
    notes: impl Iterator<Item = Name>,
    is_with_nobody: bool,
) -> Vec<Part> {
    let mut parts = Vec::new();
    if short {
        parts.push(Part::GoOn);
    }
    if short || has_reason {
        parts.push(Part::Why);
    }
    parts.extend((0..gaps).map(Part::Gap));
    parts.push(Part::Outcome);
    parts.extend(notes.map(Part::Note));
    parts.extend(Some(Part::Satisfaction).filter(|_| !is_with_nobody));
    parts.extend([Part::Next, Part::End]);
    parts
}

/// Reads minutes and the reason of one line: `6 停电, 一直在谈`, 1小时20分 停电, full-width digits too; or says what is missing or in doubt.
pub fn declared(line: &str) -> Result<(u64, String), Said> {
    let refused = |doubt: Doubt| doubt.said().unwrap_or_else(|| MINUTES_AND_WHY.into());
    let (minutes, rest) = length::from_start(line).map_err(refused)?;
    let why =
        rest.trim_matches(|ch: char| ch.is_whitespace() || matches!(ch, ',' | '，' | '、' | ':' | '：' | '.' | '。'));
    if why.is_empty() { Err(MINUTES_AND_WHY.into()) } else { Ok((minutes, why.to_owned())) }
}

#[cfg(test)]
mod tests {
    use super::{MINUTES_AND_WHY, Part, declared, parts};
    use crate::domain::Name;
    use crate::text::Lang;

    #[test]
    fn going_on_comes_first_only_while_the_visit_is_short() {
        let note = Name::new(7, 3);
        let short = parts(true, false, 1, [note].into_iter(), false);
        assert_eq!(short.first(), Some(&Part::GoOn));
        assert_eq!(short.get(2), Some(&Part::Gap(0)));
        let full = parts(false, false, 0, [note].into_iter(), false);
        assert_eq!(full, [Part::Outcome, Part::Note(note), Part::Satisfaction, Part::Next, Part::End]);
        let absent = parts(false, false, 0, [note].into_iter(), true);
        assert_eq!(absent, [Part::Outcome, Part::Note(note), Part::Next, Part::End]);
    }

    #[test]
    fn a_gap_is_declared_in_one_line_in_either_width() {
        for line in ["6 停电", "６　停电", "6分钟, 停电", "6分，停电 "] {
            assert_eq!(declared(line).ok(), Some((6, "停电".to_owned())), "{line}");
        }
        for line in ["", "6", "停电", "6 分钟"] {
            assert_eq!(declared(line).unwrap_err(), MINUTES_AND_WHY.into(), "{line}");
        }
    }

    // An hour was recorded as one minute of 小时 停电, and 一个半小时 refused with a hint that named no hours.
    #[test]
    fn a_gap_is_declared_in_hours_and_what_may_mean_two_things_is_said() {
        for line in ["1.5小时停电", "一个半小时, 停电", "90 停电", "1小时30分 停电"] {
            assert_eq!(declared(line).ok(), Some((90, "停电".to_owned())), "{line}");
        }
        for (line, said) in [("40-50 停电", "不止一个数"), ("1.5 停电", "是小时还是分钟"), ("5分半 停电", "不是整分钟")]
        {
            assert!(declared(line).unwrap_err().say(Lang::Zh).contains(said), "{line}");
        }
    }
}
