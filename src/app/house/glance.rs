//! At a glance: how much of a fact or of a roster's cell a list says, with other eyes in the room, in one place (rule 8 of the screens).

use crate::app::disputes::decided;
use crate::domain::facts::Eyes;
use crate::domain::{CLOCK, Doubt, Sort, along, hidden};
use crate::intake::{Field, Why};

/// How much of a value a list says; the later, the less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Glance {
    /// Whoever looks on may read it.
    Anybody,
    /// A row says it, unless the screen is covered.
    Uncovered,
    /// No row says it: an illness, a phone, what somebody said or wrote freely. It stands where one line is looked at alone,
    /// unless the screen is covered.
    Alone,
}

/// Facts that no row of a list says.
const ALONE: [&str; 11] = [
    "health",
    "remark",
    "phone",
    "wechat",
    "text",
    "done",
    "away_reason",
    "declared_why",
    "gap_why",
    "short_why",
    "next",
];

impl Glance {
    /// Judges a register.
    pub fn of_fact(sort: Sort, key: &str) -> Self {
        match along::find(sort, key) {
            _ if key == CLOCK => Self::Anybody,
            _ if ALONE.contains(&key) => Self::Alone,
            Some(fact) if fact.eyes == Eyes::Lists => Self::Anybody,
            Some(_) => Self::Uncovered,
            None if decided::label(key).is_some() => Self::Uncovered,
            // What a newer program keeps there is not known.
            None => Self::Alone,
        }
    }

    /// Judges a cell in doubt. What it would have been says little of what stands in it: a remark, or a whole line of the
    /// list, is free text whatever fact it was taken for.
    pub fn of_cell(doubt: &Doubt) -> Self {
        // Whatever the cell should have been, a number in it tells whom to ring up.
        let least = if hidden::tells(&doubt.raw) { Self::Uncovered } else { Self::Anybody };
        let glance = match Why::from_stored(&doubt.why) {
            Some(Why::RemarkMeans(_) | Why::Member(_) | Why::NotUnderstood) | None => Self::Alone,
            Some(_) if doubt.key.starts_with("phone/") => Self::Uncovered,
            Some(_) => match along::find(Sort::Household, &doubt.key) {
                Some(_) => Self::of_fact(Sort::Household, &doubt.key),
                None => Self::Uncovered,
            },
        };
        glance.max(least)
    }

    /// Judges the samples of a roster's column. Of a column that is not used nobody knows what is in it.
    pub fn of_column(field: Option<Field>) -> Self {
        let Some(field) = field else { return Self::Alone };
        match field {
            // A sample of these tells of nobody.
            Field::Number | Field::Town | Field::Village | Field::Group | Field::Sex | Field::Kind | Field::Size => {
                Self::Anybody
            }
            // Of a status, what is not understood is a remark.
            Field::Health | Field::Remark | Field::Status | Field::AwayReason | Field::Wechat => Self::Alone,
            _ => Self::Uncovered,
        }
    }

    /// Tells whether a covered screen hides it.
    pub fn is_private(self) -> bool {
        self > Self::Anybody
    }
}

#[cfg(test)]
mod tests {
    use super::Glance;
    use crate::domain::facts::{Eyes, FACTS, Shape};
    use crate::domain::{Doubt, Sort};
    use crate::intake::{FIELDS, Field};

    fn cell(key: &str, why: &str) -> Doubt {
        Doubt { key: key.into(), raw: "老伴高血压已去世".into(), why: why.into() }
    }

    #[test]
    fn every_fact_of_the_card_is_covered_and_illness_phones_and_free_text_are_in_no_row() {
        for fact in FACTS {
            let glance = Glance::of_fact(fact.sort, fact.key);
            assert_eq!(glance.is_private(), fact.eyes == Eyes::Card, "{}", fact.key);
        }
        for (sort, key) in [(Sort::Member, "health"), (Sort::Member, "phone"), (Sort::Household, "remark")] {
            assert_eq!(Glance::of_fact(sort, key), Glance::Alone, "{key}");
        }
        // What is written freely on a card; a name and a habit are not.
        let named = ["paired", "preferred_time", "name", "relation"];
        let free = |shape| matches!(shape, Shape::Text);
        for fact in FACTS.iter().filter(|fact| fact.eyes == Eyes::Card && free(fact.shape)) {
            let alone = Glance::of_fact(fact.sort, fact.key) == Glance::Alone;
            assert_eq!(alone, !named.contains(&fact.key), "{}", fact.key);
        }
        assert_eq!(Glance::of_fact(Sort::Household, "of_next_year"), Glance::Alone);
    }

    #[test]
    fn a_remark_is_free_text_whatever_fact_it_was_taken_for() {
        for (key, why) in [
            ("standing", "remark-means deceased"),
            ("away", "remark-means yes"),
            ("head", "member 7"),
            ("head", "not-understood"),
            ("remark", "remark-means "),
            ("village", "of-next-year"),
        ] {
            assert_eq!(Glance::of_cell(&cell(key, why)), Glance::Alone, "{key} {why}");
        }
        assert_eq!(Glance::of_cell(&cell("phone/", "phone-digits 12")), Glance::Uncovered);
        assert_eq!(Glance::of_cell(&cell("village", "village-unknown 东里东村")), Glance::Anybody);
        let numbered = Doubt { raw: "赵六13853301234".into(), ..cell("head", "name-odd") };
        assert_eq!(Glance::of_cell(&numbered), Glance::Uncovered);
    }

    #[test]
    fn a_column_of_illnesses_remarks_or_nobody_knows_what_shows_no_samples_in_its_row() {
        assert_eq!(Glance::of_column(None), Glance::Alone);
        for row in &FIELDS {
            let alone =
                matches!(row.field, Field::Health | Field::Remark | Field::Status | Field::AwayReason | Field::Wechat);
            assert_eq!(Glance::of_column(Some(row.field)) == Glance::Alone, alone, "{:?}", row.field);
        }
    }
}
