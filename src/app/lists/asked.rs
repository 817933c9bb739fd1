//! Words that only issues have, on the screen and with `--where`: where they stand, their field and class, their lamp, a disagreement,
//! a close-out number. All other words find households, as in the lookup box, or stand in the line (`house/docket/shown.rs`).

use super::{List, Query};
use crate::app::house::close_numbers;
use crate::app::{Case, House};
use crate::domain::{Class, Field, Kind, Light, Name, Numbers, State};
use crate::text::{Lang, Text, Trouble, t};

/// One thing that is asked of issues.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// All of them.
    All,
    /// Where it stands.
    State(State),
    /// 长期: where it stands, or its class.
    LongTerm,
    /// What one person said in confidence 保密.
    Confidential,
    /// 存量: known before the visits began.
    Stock,
    /// How its day stands, in the words of the list.
    Lit(Light),
    /// Due today.
    Today,
    /// The field that it is about.
    Field(Field),
    /// How much weighs in it, as proposed or confirmed.
    Class(Class),
    /// 建议, which has no class.
    Suggestion,
    /// 临期: due today or on the next working day, or its day is just over.
    Yellow,
    /// 超期.
    Red,
    /// People decided differently without knowing of each other.
    Disputed,
    /// Some issues, by their close-out number.
    Issues(Vec<Name>),
}

/// The most words that one thing is called by.
const MOST: usize = 4;
/// The lists whose rows are issues.
const ISSUES: [&str; 2] = ["issues", "duties"];
/// The words that are no names of states, among them the shorter ones that stand in the list; scripts call the lamps by their
/// colours.
const OTHERS: [(Text, Asked); 31] = [
    (t("全部", "all"), Asked::All),
    (t("长期", "long-term"), Asked::LongTerm),
    (t("待甄别", "to screen"), Asked::State(State::Screening)),
    (t("待解释", "to explain"), Asked::State(State::Explaining)),
    (t("并案", "joined"), Asked::State(State::Joined)),
    (t("待方案", "to plan"), Asked::State(State::Planning)),
    (t("办理中", "at work"), Asked::State(State::Working)),
    (t("重办", "redo"), Asked::State(State::Redo)),
    (t("待反馈", "to tell"), Asked::State(State::FeedbackDue)),
    (t("待销号", "to close"), Asked::State(State::CloseCheck)),
    (t("已销号", "closed"), Asked::State(State::Closed)),
    (t("稳定", "stable"), Asked::State(State::Stable)),
    (t("现场解决", "on site"), Asked::Class(Class::OnSite)),
    (t("当场解决", "on the spot"), Asked::Class(Class::OnSite)),
    (t("保密", "secret"), Asked::Confidential),
    (t("(保密)", "(secret)"), Asked::Confidential),
    (t("存量", "stock"), Asked::Stock),
    (t("存量问题", "stock issue"), Asked::Stock),
    (t("刚到期", "just due"), Asked::Lit(Light::Passed)),
    (t("今天到期", "due today"), Asked::Today),
    (t("今天到期", "today"), Asked::Today),
    (t("按期", "in time"), Asked::Lit(Light::Met)),
    (t("逾期完成", "done late"), Asked::Lit(Light::MetLate)),
    (t("逾期", "late"), Asked::Lit(Light::MetLate)),
    (t("临期", "soon"), Asked::Yellow),
    (t("超期", "overdue"), Asked::Red),
    (t("临期", "yellow"), Asked::Yellow),
    (t("超期", "red"), Asked::Red),
    (t("不一致", "disputed"), Asked::Disputed),
    (t("建议", "suggestion"), Asked::Suggestion),
    (t("当场", "onsite"), Asked::Class(Class::OnSite)),
];

impl Query<'_> {
    /// Narrows the question by what is typed: households, or where the list is one of issues those that the page of issues would
    /// show; 我的 are those of whoever this laptop speaks for.
    ///
    /// # Errors
    /// `bad-number` where a close-out number is miswritten or unknown; where the view cannot be read.
    pub fn narrowed(mut self, list: &List, typed: &str) -> Result<Self, Trouble> {
        if !ISSUES.contains(&list.word) {
            return Ok(self.among(typed));
        }
        let sieve = self.house.sieve(typed, self.device.speaker())?;
        let all = self.house.docket(self.now_ms)?.0;
        self.issues = Some(all.iter().filter(|entry| sieve.lets(entry)).map(|entry| entry.case.issue.name).collect());
        Ok(self)
    }

    /// Tells whether an issue is asked about.
    pub(super) fn wants(&self, issue: Name) -> bool {
        self.issues.as_ref().is_none_or(|issues| issues.contains(&issue))
    }
}

impl Asked {
    /// Reads all that was typed; gives what is asked of issues, and the rest, which finds households.
    ///
    /// # Errors
    /// `bad-number` where a close-out number is miswritten or unknown.
    pub fn read_all(typed: &str, house: &House) -> Result<(Vec<Self>, String), Trouble> {
        let words: Vec<&str> = typed.split_whitespace().collect();
        let (mut all, mut rest, mut at) = (Vec::new(), Vec::new(), 0);
        while let Some(word) = words.get(at) {
            // In English a state is several words: the longest that is one counts.
            let several = (2..=MOST).rev().find_map(|many| {
                let words = words.get(at..at + many)?.join(" ");
                Self::named(&words).map(|asked| (asked, many))
            });
            let one = || Self::read(word, house).map(|asked| asked.map(|asked| (asked, 1)));
            if let Some((asked, many)) = several.map_or_else(one, |several| Ok(Some(several)))? {
                all.push(asked);
                at += many;
            } else {
                rest.push(*word);
                at += 1;
            }
        }
        Ok((all, rest.join(" ")))
    }

    /// Reads a word; none where it is one that finds households.
    ///
    /// # Errors
    /// `bad-number` where a close-out number is miswritten or unknown.
    pub fn read(word: &str, house: &House) -> Result<Option<Self>, Trouble> {
        if let Some(named) = Self::named(word) {
            return Ok(Some(named));
        }
        // Doors and phones have numbers with dashes too, but under codes that no laptop closes out by.
        let find = |numbers: &Numbers| {
            if numbers.is_of_known_code(word) {
                close_numbers::find(numbers, word)
            } else {
                Ok(close_numbers::run_together(numbers, word))
            }
        };
        Ok(house.shelf(|shelf, _| find(shelf.numbers()))?.map(Self::Issues))
    }

    /// Reads what has a name, in the words of lists or of scripts.
    fn named(word: &str) -> Option<Self> {
        let is = |name: Text| [Lang::Zh, Lang::En].iter().any(|lang| name.get(*lang).eq_ignore_ascii_case(word));
        if let Some((_, asked)) = OTHERS.iter().find(|(name, _)| is(*name)) {
            return Some(asked.clone());
        }
        if let Some(state) = State::ALL.iter().find(|state| state.word() == word || is(state.name())) {
            return Some(Self::State(*state));
        }
        // A key of the entry line, such as 6, is a number of something else here.
        if let Some(field) = Field::find(word).filter(|_| word.chars().nth(1).is_some()) {
            return Some(Self::Field(field));
        }
        let class = Class::ALL.iter().find(|class| class.word() == word || is(class.name()));
        class.map(|class| Self::Class(*class))
    }

    /// Tells whether an issue fits.
    pub fn fits(&self, case: &Case, light: Option<Light>) -> bool {
        match self {
            Self::All => true,
            Self::State(state) => case.state == *state,
            Self::LongTerm => case.state == State::LongTerm || Self::Class(Class::LongTerm).fits(case, light),
            Self::Confidential => case.issue.confidential,
            Self::Stock => case.flow.kind == Some(Kind::Stock),
            Self::Lit(lit) => light == Some(*lit),
            Self::Today => matches!(light, Some(Light::Yellow { left: 0 } | Light::OnTime { left: 0 })),
            Self::Field(field) => Field::find(&case.issue.field) == Some(*field),
            Self::Class(class) => case.flow.kind != Some(Kind::Suggestion) && case.flow.class == Some(*class),
            Self::Suggestion => case.flow.kind == Some(Kind::Suggestion),
            Self::Yellow => light.is_some_and(Light::is_yellow),
            Self::Red => light.is_some_and(Light::is_red),
            Self::Disputed => !case.flow.disputes.is_empty(),
            Self::Issues(names) => names.contains(&case.issue.name),
        }
    }
}
