//! Registers that nobody fills in by name: what a request writes along with what was asked for, and what people decide.
//!
//! They can be disagreed about like any fact, so they have words and a form too; but no request takes them as values.

use crate::text::t;

use super::Sort;
use super::choice;
use super::facts::{self, Eyes, Fact, Shape, fact};
use super::household::{ROW_OF, SAME};
use Eyes::{Card, Lists};
use Sort::{Household, Issue, Line, Talk, Visit};

/// Milliseconds of a day, the longest span there is.
const DAY_MS: i64 = 86_400_000;

/// Every such register.
const ALONG: &[Fact] = &[
    fact(Household, SAME, t("同一户", "same family"), Shape::Yes, Card),
    fact(Household, ROW_OF, t("名册的一行", "roster row"), Shape::Entity, Card),
    fact(Line, "visit", t("哪次走访", "visit"), Shape::Entity, Card),
    fact(Issue, "household", t("户", "household"), Shape::Entity, Card),
    fact(Issue, "visit", t("哪次走访", "visit"), Shape::Entity, Card),
    fact(Visit, "left_ms", t("离开时的计时", "counted when they left"), Shape::Number(0, DAY_MS), Lists),
    fact(Visit, "left_gaps", t("离开前的中断", "gaps before they left"), Shape::Number(0, 9999), Lists),
    fact(Visit, "missed_ms", t("不在场的时间", "missed"), Shape::Number(0, DAY_MS), Lists),
    fact(Visit, "gap_why", t("中断不计的原因", "why a gap is not counted"), Shape::Text, Card),
    fact(Talk, "kind", t("走访方式", "way"), Shape::Choice(choice::TALK_KINDS), Lists),
    fact(Talk, "village", t("村(居)", "village"), Shape::Text, Lists),
    fact(Talk, "place", t("地点", "place"), Shape::Text, Lists),
    fact(Talk, "visitors", t("走访干部", "visitors"), Shape::Words, Lists),
    fact(Talk, "ended", t("结束", "ended"), Shape::At, Lists),
    fact(Talk, "outcome", t("结果", "outcome"), Shape::Choice(choice::OUTCOMES), Lists),
    fact(Talk, "proven_ms", t("计时", "counted"), Shape::Number(0, DAY_MS), Lists),
    fact(Talk, "declared_ms", t("自述", "declared"), Shape::Number(0, DAY_MS), Lists),
    fact(Talk, "declared_why", t("自述原因", "why declared"), Shape::Text, Card),
    fact(Talk, "gap_why", t("中断不计的原因", "why a gap is not counted"), Shape::Text, Card),
];

/// Finds the words and the form of any register: a fact, or one that is written along.
pub fn find(sort: Sort, key: &str) -> Option<&'static Fact> {
    facts::find(sort, key).or_else(|| ALONG.iter().find(|fact| fact.holds(sort, key)))
}

#[cfg(test)]
mod tests {
    use super::{ALONG, facts};

    #[test]
    fn what_is_written_along_is_no_fact_that_a_request_takes() {
        for (at, along) in ALONG.iter().enumerate() {
            assert!(facts::FACTS.iter().all(|fact| (fact.sort, fact.key) != (along.sort, along.key)), "{}", along.key);
            let later = ALONG.iter().skip(at + 1);
            assert!(later.clone().all(|other| (other.sort, other.key) != (along.sort, along.key)), "{}", along.key);
        }
    }
}
