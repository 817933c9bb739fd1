//! About: whose thing an undo takes back, and which, so that whoever pressed it knows what went: it may not be on the screen.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};

use crate::app::Desk;
use crate::app::exchange::clocks;
use crate::app::requests::action::{Before, EVENT, HERE};
use crate::domain::{Body, CLOCK, CLOCK_RIGHT, Clocks, Name, RETRACT, Record, Register, Sort, Value, facts, hidden};
use crate::text::Trouble;

/// How many links lead from a record to its household at most: issue, line, visit, household.
const STEPS: usize = 4;
/// The links that lead there, the nearest first.
const LINKS: [&str; 3] = ["household", "line", "visit"];
/// Whose words are shown: what somebody said, and who somebody is.
const WORDS: [(Sort, &str); 3] = [(Sort::Line, "text"), (Sort::Issue, "text"), (Sort::Member, "name")];

/// Names what an action was about: `head`, the household's; `text`, what was said; `fact` with `of`, what was changed; `moved`, a
/// line that others say, `head` then being whose it is again, or `village` where it is the whole village's; `step`, of an issue;
/// `came`, how many households had come to a talk; `later`, a visit or a talk that was entered later from paper; `by`, who did it,
/// where it is not who takes it back; `households`, how many said it, where several did; `confidential` in the place of all of
/// them. Of a laptop's clock: `laptop`, whose it is, and `corrected` where a correction of before stands again; `clock_right` where it was said
/// that it is right.
pub(super) fn about(desk: &Desk<'_>, last: &[Before], created: Option<Name>) -> Result<Map<String, Json>, Trouble> {
    let mut about = Map::new();
    let Some(entity) = created.or_else(|| last.first().map(|before| before.entity)) else { return Ok(about) };
    let of_clock = |before: &&Before| {
        let is_said = before.key == CLOCK || before.key == HERE || before.key.starts_with(CLOCK_RIGHT);
        is_said && before.entity == Clocks::entity(entity.writer)
    };
    // A correction says more than that a clock is right.
    if let Some(clock) = last.iter().filter(of_clock).max_by_key(|before| before.key == CLOCK) {
        let own = desk.shelf.writers().into_values().rfind(|writer| writer.laptop == entity.writer);
        about.insert("laptop".to_owned(), own.map_or_else(String::new, clocks::who).into());
        if clock.key != CLOCK {
            about.insert("clock_right".to_owned(), true.into());
            return Ok(about);
        }
        let stood = clock.value.as_ref().is_some_and(|value| *value != Value::Nothing);
        about.insert("corrected".to_owned(), stood.into());
        return Ok(about);
    }
    let Some(record) = desk.action.record(entity)? else { return Ok(about) };
    let sort = record.sort();
    let mut changed = last.iter().filter(|before| before.entity == entity && created.is_none());
    // Whose a line is, is no fact of it that people know by a name.
    let said = matches!(sort, Some(Sort::Line | Sort::Issue));
    let is_moved = |before: &Before| said && ["household", "visit"].contains(&before.key.as_str());
    let moved = created.is_none() && last.iter().any(|before| before.entity == entity && is_moved(before));
    if moved {
        about.insert("moved".to_owned(), true.into());
    }
    let fact = changed.find_map(|before| facts::find(sort?, &before.key).filter(|_| !is_moved(before)));
    if let Some((fact, sort)) = fact.zip(sort) {
        about.insert("fact".to_owned(), fact.key.into());
        about.insert("of".to_owned(), sort.letter().to_string().into());
    }
    // A step of an issue says more than what changed along with it.
    let mut events = last.iter().filter(|before| before.key == EVENT).map(|before| before.by);
    let step = events.find_map(|name| record.events().find(|kept| kept.operation.name == name));
    if let Some(Body::Step(step)) = step.map(|kept| &kept.operation.body) {
        about.remove("fact");
        about.remove("of");
        about.insert("step".to_owned(), step.step.as_str().into());
    }
    // Households that came to a talk, each with a visit of its own.
    if created.is_some() && sort == Some(Sort::Visit) && record.link("talk").is_some() {
        about.insert("came".to_owned(), last.iter().filter(|before| before.key.is_empty()).count().into());
    }
    // Entered later from paper 补录, without a timer.
    if created.is_some() && matches!(sort, Some(Sort::Visit | Sort::Talk)) && record.first_fact("on").is_some() {
        about.insert("later".to_owned(), true.into());
    }
    if let Some(presence) = presence(&record, last) {
        about.insert("presence".to_owned(), presence.into());
    }
    let said_by = said_by(desk, last, sort)?;
    if said_by > 1 {
        about.insert("households".to_owned(), said_by.into());
    }
    // Several people write on one laptop.
    if let Some(who) = recorder(&record, last).filter(|who| who != desk.action.actor()) {
        about.insert("by".to_owned(), who.into());
    }
    // Who said what is confidential is not told to whoever looks on.
    if is_confidential(desk, &record)? {
        about.insert("confidential".to_owned(), true.into());
        return Ok(about);
    }
    let again = if moved { whose_again(desk, &record, last)? } else { None };
    if moved && again.is_none() {
        about.insert("village".to_owned(), true.into());
    }
    let mut at = record;
    let mut text = words(&at);
    for _ in 0..STEPS {
        if at.sort() == Some(Sort::Household) {
            if !moved {
                about.insert("head".to_owned(), head(&at).into());
            }
            break;
        }
        let Some(next) = LINKS.iter().find_map(|link| at.link(link)) else { break };
        // An issue without words of its own says what its line says.
        let line = at.link("line").filter(|_| text.is_empty());
        if let Some(line) = line.map(|line| desk.action.record(line)).transpose()?.flatten() {
            text = words(&line);
        }
        let Some(next) = desk.action.record(next)? else { break };
        at = next;
    }
    if let Some(household) = again.map(|household| desk.action.record(household)).transpose()?.flatten() {
        about.insert("head".to_owned(), head(&household).into());
    }
    if !text.is_empty() {
        about.insert("text".to_owned(), text.into());
    }
    Ok(about)
}

fn head(household: &Record) -> String {
    hidden::for_lists(household.text("head").unwrap_or_default())
}

/// Gives the household that says a line again once its move is taken back: its own, else that of its visit; none where that is the
/// whole village.
fn whose_again(desk: &Desk<'_>, record: &Record, last: &[Before]) -> Result<Option<Name>, Trouble> {
    let link = |role: &str| {
        let before = last.iter().find(|before| before.entity == record.entity() && before.key == role);
        match before.map(|before| &before.value) {
            None => record.link(role),
            Some(Some(Value::Entity(name))) => Some(*name),
            Some(Some(Value::Nothing)) => None,
            Some(_) => record.birth().and_then(|(_, birth)| birth.link(role)),
        }
    };
    if let Some(household) = link("household") {
        return Ok(Some(household));
    }
    let visit = link("visit").map(|visit| desk.action.record(visit)).transpose()?.flatten();
    if let Some(household) = visit.and_then(|visit| visit.link("household")) {
        return Ok(Some(household));
    }
    // An issue says what its line says.
    match record.link("line").map(|line| desk.action.record(line)).transpose()?.flatten() {
        Some(line) => whose_again(desk, &line, last),
        None => Ok(None),
    }
}

/// Gives who did it: who wrote what the action wrote in a record.
fn recorder(record: &Record, last: &[Before]) -> Option<String> {
    let own = last.iter().find(|before| before.entity == record.entity())?;
    let written = record.register(&own.key).into_iter().flat_map(Register::heads);
    let kept = written.chain(record.events()).chain(record.born()).find(|kept| kept.operation.name == own.by)?;
    Some(kept.operation.actor.to_string())
}

/// Says what an action did with a household at a talk: it `left`, came `back`, or was taken `out`.
fn presence(record: &Record, last: &[Before]) -> Option<&'static str> {
    record.link("talk").filter(|_| record.sort() == Some(Sort::Visit))?;
    let of_it = |before: &&Before| before.entity == record.entity();
    last.iter().filter(of_it).find_map(|before| match before.key.as_str() {
        RETRACT => Some("out"),
        "left_ms" if before.value.as_ref().is_none_or(|value| *value == Value::Nothing) => Some("left"),
        "left_ms" => Some("back"),
        _ => None,
    })
}

/// Counts the households that said one line or issue together.
fn said_by(desk: &Desk<'_>, last: &[Before], sort: Option<Sort>) -> Result<usize, Trouble> {
    let mut households = BTreeSet::new();
    if matches!(sort, Some(Sort::Line | Sort::Issue)) {
        for before in last {
            let record = desk.action.record(before.entity)?.filter(|record| record.sort() == sort);
            households.extend(record.and_then(|record| record.link("household")));
        }
    }
    Ok(households.len())
}

/// Tells whether it is a confidential issue, or the line that became one.
fn is_confidential(desk: &Desk<'_>, record: &Record) -> Result<bool, Trouble> {
    let hidden = |record: &Record| record.value("confidential").is_some_and(Value::is_yes);
    if record.sort() != Some(Sort::Line) {
        return Ok(record.sort() == Some(Sort::Issue) && hidden(record));
    }
    for issue in desk.shelf.children_of(record.entity(), Sort::Issue) {
        if desk.action.record(issue)?.is_some_and(|issue| hidden(&issue)) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn words(record: &Record) -> String {
    let key = WORDS.iter().find(|(sort, _)| record.sort() == Some(*sort)).map(|(_, key)| *key);
    key.and_then(|key| record.text(key)).unwrap_or_default().to_owned()
}
