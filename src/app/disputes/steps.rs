//! Steps of an issue that people took differently without knowing of each other, as one more disagreement to choose in.

use super::{Dispute, Side, head_of, household_of, laptop, other_head, plain, talk_of};
use crate::app::house::close_numbers;
use crate::app::house::face::whereabouts;
use crate::app::{Earlier, Glance, Shelf};
use crate::domain::facts::Shape;
use crate::domain::flow::{self, StepFact, Taken};
use crate::domain::{Field, Flow, Household, Issue, Name, Numbers, Record, Sort, StepWord, Value, choice};
use crate::hanzi::clean;
use crate::text::{Said, Text, Trouble, t};
use crate::view::View;

const NOT_TAKEN: Text = t("还没有走这一步", "not taken yet");
pub(in crate::app) const CONFIDENTIAL: Text = t("(保密)", "(secret)");
/// The facts that are written freely and tell two steps apart: they may repeat what the household said.
const FREE: [&str; 1] = ["goal"];

/// Gives what stands in the place of a register's key of each disagreement about the steps of an issue; none where it was
/// taken back.
pub(in crate::app) fn disputed(record: &Record) -> Vec<String> {
    // Of one step nobody disagrees, and most issues have none yet.
    if record.events().nth(2).is_none() {
        return Vec::new();
    }
    let flow = Issue::read(record).map(|issue| Flow::of(&issue, record));
    flow.iter().flat_map(|flow| &flow.disputes).map(|dispute| dispute.slot.key()).collect()
}

/// Reads one disagreement; none where the issue has no such one.
pub(super) fn read(record: &Record, key: &str, shelf: &Shelf, view: &dyn View) -> Result<Option<Dispute>, Trouble> {
    let Some(issue) = Issue::read(record) else { return Ok(None) };
    let flow = Flow::of(&issue, record);
    let Some(dispute) = flow.disputes.iter().find(|dispute| dispute.slot.key() == key) else { return Ok(None) };
    let mut words: Vec<StepWord> = Vec::new();
    for side in &dispute.sides {
        words.extend(Some(side.step).filter(|step| !words.contains(step)));
    }
    let several = words.len() > 1;
    let mut sides: Vec<(&Taken, Side)> = Vec::new();
    for step in &dispute.sides {
        let side = side(step, dispute, several, shelf);
        // Who decided the same is on the same side.
        match sides.iter_mut().find(|(other, _)| other.agrees(step)) {
            Some(other) => *other = (step, side),
            None => sides.push((step, side)),
        }
    }
    let household = household_of(record, view)?;
    let known = match household {
        Some(name) => shelf.household(name, view)?.unwrap_or_default(),
        None => Household::default(),
    };
    let talk = talk_of(record, household, view)?;
    let hidden = issue.confidential;
    let place = talk.as_ref().map_or_else(|| whereabouts(&known), |talk| clean::line(&talk.village));
    let names = words.into_iter().map(|step| Said::from(step.name()));
    let step = names.reduce(|all, one| {
        Said::from(t("{all} / {one}", "{all} / {one}")).with_words("all", all).with_words("one", one)
    });
    let field = Field::from_word(&issue.field).map_or(t("问题", "issue"), Field::name);
    let free =
        dispute.sides.iter().any(|side| differing(side, &dispute.sides).any(|(fact, _)| FREE.contains(&fact.key)));
    Ok(Some(Dispute {
        entity: record.entity(),
        key: key.to_owned(),
        issue: Some(record.entity()),
        household,
        is_hidden: hidden,
        head: match other_head(record, key, talk.as_ref(), shelf) {
            // Lists do not say whose it is.
            _ if hidden => CONFIDENTIAL.into(),
            Some(head) => head,
            None => head_of(household, &known, view)?,
        },
        person: String::new(),
        place: if hidden { String::new() } else { place },
        fact: Said::from(t("{field} {step}", "{field} {step}"))
            .with_words("field", field)
            .with_words("step", step.unwrap_or_else(|| t("", "").into())),
        glance: if free { Glance::Alone } else { Glance::Anybody },
        sides: sides.into_iter().map(|(_, side)| side).collect(),
    }))
}

/// Gives one answer; where they are of `several` steps each says which.
fn side(step: &Taken, dispute: &flow::Dispute, several: bool, shelf: &Shelf) -> Side {
    let told = told(step, &dispute.sides, shelf.numbers());
    let value = if several && step.said().is_some() {
        Said::from(t("{step}: {told}", "{step}: {told}")).with_words("step", step.step.name()).with_words("told", told)
    } else {
        told
    };
    Side {
        writing: step.name,
        value,
        written: step.name.to_string(),
        actor: clean::line(&step.actor),
        at: step.recorded,
        laptop: laptop(step.name.writer, shelf),
        current: dispute.sides.last().is_some_and(|last| last.name == step.name),
    }
}

/// Gives the steps that a disagreement is about.
pub(super) fn names(record: &Record, key: &str) -> Vec<Name> {
    let flow = Issue::read(record).map(|issue| Flow::of(&issue, record));
    let disputes = flow.iter().flat_map(|flow| &flow.disputes).filter(|dispute| dispute.slot.key() == key);
    disputes.flat_map(|dispute| &dispute.sides).map(|side| side.name).collect()
}

/// Gives what stood in the place of each step of a disagreement before it was taken, as whoever took it had seen it.
pub(in crate::app) fn before(record: &Record, key: &str, shelf: &Shelf) -> Vec<(Name, Earlier)> {
    let flow = Issue::read(record).map(|issue| Flow::of(&issue, record));
    let dispute = flow.as_ref().and_then(|flow| flow.disputes.iter().find(|dispute| dispute.slot.key() == key));
    let Some(dispute) = dispute else { return Vec::new() };
    let taken: Vec<Taken> = record.events().filter_map(|event| Taken::read(event)).collect();
    let earlier = |side: &Taken| {
        let seen = taken.iter().filter(|step| side.saw.contains(&step.name)).map(|step| Earlier {
            said: told(step, &dispute.sides, shelf.numbers()),
            written: Some(step.name.to_string()),
        });
        seen.reduce(Earlier::joined)
            .unwrap_or_else(|| if side.saw.is_empty() { Earlier::nothing(NOT_TAKEN) } else { Earlier::unknown() })
    };
    dispute.sides.iter().map(|side| (side.name, earlier(side))).collect()
}

/// Says what a step decided, and what tells it apart from the others: 受理, 定级 较大.
pub(in crate::app) fn told(side: &Taken, sides: &[Taken], numbers: &Numbers) -> Said {
    let own = close_numbers::said(side, numbers).map_or_else(|| side.step.name().into(), |(_, said)| said);
    differing(side, sides).fold(own, |said, (fact, value)| {
        Said::from(t("{said}, {fact} {value}", "{said}, {fact} {value}"))
            .with_words("said", said)
            .with_words("fact", fact.name())
            .with_words("value", worded(fact, value))
    })
}

/// Gives the facts of one side that not every side says alike; where they decide the same, these tell them apart.
pub(in crate::app) fn differing<'a>(
    side: &'a Taken,
    sides: &'a [Taken],
) -> impl Iterator<Item = (&'static StepFact, &'a Value)> {
    let facts = side.step.row().map_or(&[][..], |row| row.facts);
    let named = side.weighed().filter_map(|(key, value)| Some((facts.iter().find(|fact| fact.key == key)?, value)));
    named.filter(|(fact, value)| sides.iter().any(|other| other.fact(fact.key) != Some(*value)))
}

fn worded(fact: &StepFact, value: &Value) -> Said {
    let choice = match (fact.shape, value.as_text()) {
        (Shape::Choice(list), Some(word)) => choice::name_of(list, word),
        _ => None,
    };
    choice.map_or_else(|| plain(&stored_as(value)), Said::from)
}

/// Gives a fact of a step in the form that requests take.
pub(in crate::app) fn stored_as(value: &Value) -> String {
    let day = flow::day(value).map(|day| day.to_string());
    let issue = value.as_entity().map(|issue| issue.with_letter(Sort::Issue.letter()));
    day.or(issue).unwrap_or_else(|| value.as_text().unwrap_or_default().to_owned())
}
