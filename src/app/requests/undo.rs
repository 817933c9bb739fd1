//! 撤销: the last action of this laptop is taken back by operations of its own; nothing is erased.

mod about;
mod going;

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};

use super::{facts, import};
use crate::app::requests::action::{Before, EVENT, HERE};
use crate::app::requests::request::{Answer, Row, may};
use crate::app::{Args, Desk, TALK_LATER};
use crate::domain::flow::{Flow, Go, Place, Taken};
use crate::domain::household::ROW_OF;
use crate::domain::{Body, Issue, Kept, Name, RETRACT, Record, Sort, StepWord, Value};
use crate::text::{Trouble, t};

pub const ROWS: &[Row] = &[Row {
    word: "undo",
    about: t("撤销上一步", "take back the last action"),
    takes: &[
        may(IMPORT, "只撤关于这次导入的上一步", "the last action about this import alone"),
        may(
            going::WHERE,
            "page end elsewhere: 从哪一页; 还在计时的, 只有一分钟内在它自己的页上才撤开始",
            "page end elsewhere: from which page; the beginning of what still runs is taken back on its own pages alone, within a minute",
        ),
    ],
    run: undo,
}];

/// Names an import of which the last action is meant, whatever was recorded since.
pub(crate) const IMPORT: &str = "import";

/// Takes the action out that is to be taken back.
fn taken_out(desk: &mut Desk<'_>, args: &Args) -> Result<Option<Vec<Before>>, Trouble> {
    let Some(import) = args.name(IMPORT)? else { return Ok(desk.past.pop()) };
    facts::need(desk, import, Sort::Import)?;
    let at = desk.past.iter().rposition(|action| action.iter().any(|before| before.entity == import));
    Ok(at.map(|at| desk.past.remove(at)))
}

fn undo(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let Some(last) = taken_out(desk, args)? else {
        return Err(Trouble::new(
            "nothing-to-undo",
            t("这次打开以后没有可以撤销的.", "Nothing was done since the program began."),
        )
        .hint(t("以前记的在原处改.", "What was recorded before is changed where it stands.")));
    };
    going::need_over(desk, &last, args)?;
    if last.iter().any(|before| !stands_alone(desk, before, &last)) {
        return Err(Trouble::new(
            "built-on",
            t(
                "上一步记下以后又有改动, 不能整步撤销.",
                "something was built on the last action since; it cannot be taken back whole.",
            ),
        )
        .hint(t(
            "请逐项改回; 再按一次撤回更早的一步.",
            "Change it back one by one; pressed again, the action before it is taken back.",
        )));
    }
    let ended = last.iter().find(|before| before.key == "ended" && before.value.is_none()).map(|before| before.entity);
    // The one whose end was taken back just now is no other one.
    if ended.is_some() && desk.open().is_some_and(|open| Some(open.visit) != ended) {
        return Err(Trouble::new(
            "visit-running",
            t(
                "上一步是结束走访; 现在另有一次在进行, 不能撤回.",
                "the last action ended a visit; another one is running, so it cannot be taken back now.",
            ),
        )
        .hint(t("先结束正在进行的.", "End the running one first.")));
    }
    // What it was about is known before it is taken back.
    let created = created(desk, &last)?;
    let about = about::about(desk, &last, created.map(|(_, name)| name))?;
    let typed = ended.map(|visit| at_the_end(desk, visit)).transpose()?.unwrap_or_default();
    let import = import_of(desk, &last)?;
    let imported = imported(desk, &last)?;
    for before in last.iter().rev() {
        if before.key == ROW_OF && imported.contains(&before.entity.writer) {
            // Which households its rows mean goes with the import, and comes with it when it is had again.
        } else if before.key.is_empty() {
            desk.action.retract(before.entity, "撤销")?;
            desk.forget(before.entity);
        } else if before.key == HERE {
            desk.device.say_of_clock(before.value.as_ref());
        } else if before.key == EVENT {
            desk.action.take_back(before.entity, before.by, "撤销")?;
        } else if before.key == RETRACT {
            let taken_back = desk.action.record(before.entity)?.is_some_and(|record| record.is_retracted());
            if taken_back {
                desk.action.restore(before.entity)?;
            } else {
                desk.action.retract(before.entity, "撤销")?;
            }
        } else if !last.iter().any(|other| other.key.is_empty() && other.entity == before.entity) {
            // Where nobody had written, what a roster says counts again, and is in doubt again where it was.
            desk.action.put_back(before, "撤销")?;
        }
    }
    let reopened = ended.is_some_and(|visit| desk.reopen(visit));
    let undone = Answer { id: created, ..Answer::default() };
    let undone = match import {
        Some((import, stands)) => import::changed(undone, import, stands),
        None => undone,
    };
    Ok(undone.with("undone", last.len()).with("reopened", reopened).with("about", about).with("typed", typed))
}

/// Gives what was written where a visit ended, by the place of the draft that it was: taken back with the end, it is half written
/// again.
fn at_the_end(desk: &Desk<'_>, visit: Name) -> Result<Map<String, Json>, Trouble> {
    let record = desk.action.record(visit)?;
    let texts =
        [("next", "next"), ("why", "short_why"), ("outcome", "outcome")].into_iter().filter_map(|(draft, key)| {
            let text = record.as_ref()?.text(key).filter(|text| !text.is_empty())?;
            Some((format!("visit/{visit}/{draft}"), text.into()))
        });
    let mut typed: Map<String, Json> = texts.collect();
    // One entered later has no timer that would lead back to it.
    if record.as_ref().is_some_and(|record| record.sort() == Some(Sort::Talk) && record.value("lasted_ms").is_some()) {
        typed.insert(TALK_LATER.to_owned(), visit.to_string().into());
    }
    Ok(typed)
}

/// Gives the import that an action made, took back or had again, and whether it stands once the action is taken back.
fn import_of(desk: &Desk<'_>, last: &[Before]) -> Result<Option<(Name, bool)>, Trouble> {
    for before in last.iter().filter(|before| before.key.is_empty() || before.key == RETRACT) {
        let record = desk.action.record(before.entity)?.filter(|record| record.sort() == Some(Sort::Import));
        if let Some(record) = record {
            return Ok(Some((before.entity, !before.key.is_empty() && record.is_retracted())));
        }
    }
    Ok(None)
}

/// Gives the writers of the rows of the lists that an action brought in.
fn imported(desk: &Desk<'_>, last: &[Before]) -> Result<BTreeSet<u64>, Trouble> {
    let mut writers = BTreeSet::new();
    for created in last.iter().filter(|before| before.key.is_empty()) {
        let record = desk.action.record(created.entity)?.filter(|record| record.sort() == Some(Sort::Import));
        let rows = record.as_ref().and_then(|record| record.first_fact("roster")).and_then(Value::as_entity);
        writers.extend(rows.map(|head| head.writer));
    }
    Ok(writers)
}

/// Gives what an action created that people call it by: the issue rather than the line it was said in.
fn created(desk: &Desk<'_>, last: &[Before]) -> Result<Option<(Sort, Name)>, Trouble> {
    let mut found: Option<(Sort, Name)> = None;
    for before in last.iter().filter(|before| before.key.is_empty()) {
        let sort = desk.action.record(before.entity)?.and_then(|record| record.sort());
        // Of several the first.
        if sort > found.map(|(sort, _)| sort) {
            found = sort.map(|sort| (sort, before.entity));
        }
    }
    Ok(found)
}

/// Hands what an undo wrote to the actions that stood there before, so that undo after undo goes on back: the value
/// that stands again is theirs. What another laptop wrote stays its own.
pub(crate) fn hand_back(past: &mut [Vec<Before>], written: &[Before]) {
    // An event that was taken back is over: nothing stands there again.
    for undoing in written.iter().filter(|undoing| undoing.key != EVENT) {
        if let Some(stood) = undoing.again {
            for before in past.iter_mut().flatten().filter(|before| before.by == stood) {
                before.by = undoing.by;
            }
            continue;
        }
        let same = |before: &Before| before.entity == undoing.entity && before.key == undoing.key;
        let made = |before: &Before| before.entity == undoing.entity && before.key.is_empty();
        for action in past.iter_mut().rev() {
            if let Some(before) = action.iter_mut().rev().find(|before| same(before)) {
                before.by = undoing.by;
                break;
            }
            if action.iter().any(made) {
                action.push(Before { value: None, heads: Vec::new(), ..undoing.clone() });
                break;
            }
        }
    }
}

/// Tells whether a step was taken after one of an action that an issue stands by: it may rest on it. What was only noted
/// carries nothing.
fn built_on(record: &Record, action: &[Before]) -> bool {
    let own = |name: Name| action.iter().any(|other| other.by == name);
    let gone = record.events_taken_back();
    let steps = || record.events().filter(|kept| matches!(kept.operation.body, Body::Step(_)));
    let is_noted = |kept: &Kept| Taken::read(kept).is_some_and(|step| step.lead.place == Place::Each);
    let first =
        steps().filter(|kept| own(kept.operation.name) && !is_noted(kept)).map(|kept| kept.operation.stamp).min();
    let later = |kept: &Kept| first.is_some_and(|first| kept.operation.stamp > first);
    let others = |kept: &Kept| !own(kept.operation.name) && !gone.contains(&kept.operation.name);
    steps().any(|kept| later(kept) && others(kept)) || action.iter().any(|other| gone.contains(&other.by))
}

/// Tells whether a household whose issue was joined to this one 并案 was told since a step that this one stands by: it was told what
/// that step said.
fn told_since(desk: &Desk<'_>, record: &Record, step: Name) -> Result<bool, Trouble> {
    let taken = record.events().find(|kept| kept.operation.name == step);
    let Some(since) = taken.and_then(|kept| Taken::read(kept)).filter(|step| step.lead.go != Go::Stay) else {
        return Ok(false);
    };
    let mut joined: Vec<(Name, Flow)> = Vec::new();
    for name in desk.shelf.issues().iter().filter(|name| **name != record.entity()) {
        // What was joined was screened, and what was told has another step behind that.
        let other = desk.action.record(*name)?.filter(|other| other.events().nth(2).is_some());
        let Some(other) = other else { continue };
        joined.extend(
            Issue::read(&other)
                .map(|issue| (*name, Flow::of(&issue, &other)))
                .filter(|(_, flow)| flow.joined_to().is_some()),
        );
    }
    let (mut leads, mut known) = (BTreeSet::from([record.entity()]), 0);
    // One may be joined to another that was joined later on.
    while known < leads.len() {
        known = leads.len();
        let more = joined.iter().filter(|(_, flow)| flow.joined_to().is_some_and(|lead| leads.contains(&lead)));
        let more: Vec<Name> = more.map(|(name, _)| *name).collect();
        leads.extend(more);
    }
    let told = |flow: &Flow| {
        let last = flow.last(StepWord::Feedback);
        last.is_some_and(|told| told.lead.go != Go::Stay && told.stamp > since.stamp)
    };
    Ok(joined.iter().any(|(name, flow)| leads.contains(name) && told(flow)))
}

/// Tells whether nothing was written over a change since: its operation is still the only head, or for a created
/// entity, nothing but this action's own operations is current in it.
fn stands_alone(desk: &Desk<'_>, before: &Before, action: &[Before]) -> bool {
    if before.key == HERE {
        return true;
    }
    let Ok(Some(record)) = desk.action.record(before.entity) else { return false };
    let own = |name: &crate::domain::Name| action.iter().any(|other| other.by == *name);
    if before.key == EVENT {
        return !built_on(&record, action) && !told_since(desk, &record, before.by).unwrap_or(true);
    }
    if before.key.is_empty() {
        let gone = record.events_taken_back();
        let counts = |name: &Name| !gone.contains(name) && !record.takes_back(*name);
        return record.current().iter().filter(|name| counts(name)).all(own) && !record.is_retracted();
    }
    let alone = record.register(&before.key).is_some_and(|register| register.head_names().iter().all(own));
    if before.key == RETRACT {
        // Taken back, and nobody wrote on it since; or had again.
        let had_again = record.written(RETRACT).is_some();
        return record.is_retracted() || (alone && had_again);
    }
    alone
}
