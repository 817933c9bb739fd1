//! Words of `--where` that only issues have: where they stand, their field and class, their lamp, a disagreement, a close-out
//! number. All other words find households, as in the lookup box.

use super::{List, Query};
use crate::app::house::close_numbers;
use crate::app::{Case, House};
use crate::domain::{Class, Field, Kind, Light, Name, Numbers, State};
use crate::text::{Lang, Text, Trouble, t};

/// One thing that is asked of issues.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// Where it stands.
    State(State),
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

/// The lists whose rows are issues.
const ISSUES: [&str; 2] = ["issues", "duties"];
/// The words that are no states; scripts call the lamps by their colours.
const OTHERS: [(Text, Asked); 7] = [
    (t("临期", "soon"), Asked::Yellow),
    (t("超期", "overdue"), Asked::Red),
    (t("临期", "yellow"), Asked::Yellow),
    (t("超期", "red"), Asked::Red),
    (t("不一致", "disputed"), Asked::Disputed),
    (t("建议", "suggestion"), Asked::Suggestion),
    (t("当场", "onsite"), Asked::Class(Class::OnSite)),
];

impl Query<'_> {
    /// Narrows the question by what is typed: households, and where the list is one of issues by what they are.
    ///
    /// # Errors
    /// `bad-number` where a close-out number is miswritten or unknown.
    pub fn narrowed(mut self, list: &List, typed: &str) -> Result<Self, Trouble> {
        let mut rest = Vec::new();
        for word in typed.split_whitespace() {
            match ISSUES.contains(&list.word).then(|| Asked::read(word, self.house)).transpose()?.flatten() {
                Some(asked) => self.asked.push(asked),
                None => rest.push(word),
            }
        }
        let rest = rest.join(" ");
        Ok(if rest.is_empty() && !self.asked.is_empty() { self } else { self.among(&rest) })
    }

    /// Tells whether an issue is asked about.
    pub(super) fn wants(&self, case: &Case, light: Option<Light>) -> bool {
        self.asked.iter().all(|asked| asked.fits(case, light))
    }
}

impl Asked {
    /// Reads a word; none where it is one that finds households.
    ///
    /// # Errors
    /// `bad-number` where a close-out number is miswritten or unknown.
    pub fn read(word: &str, house: &House) -> Result<Option<Self>, Trouble> {
        let is = |name: Text| [Lang::Zh, Lang::En].iter().any(|lang| name.get(*lang).eq_ignore_ascii_case(word));
        if let Some(state) = State::ALL.iter().find(|state| state.word() == word || is(state.name())) {
            return Ok(Some(Self::State(*state)));
        }
        if let Some((_, asked)) = OTHERS.iter().find(|(name, _)| is(*name)) {
            return Ok(Some(asked.clone()));
        }
        // A key of the entry line, such as 6, is a number of something else here.
        if let Some(field) = Field::find(word).filter(|_| word.chars().nth(1).is_some()) {
            return Ok(Some(Self::Field(field)));
        }
        if let Some(class) = Class::ALL.iter().find(|class| class.word() == word || is(class.name())) {
            return Ok(Some(Self::Class(*class)));
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

    /// Tells whether an issue fits.
    pub fn fits(&self, case: &Case, light: Option<Light>) -> bool {
        match self {
            Self::State(state) => case.state == *state,
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
