//! 同户不同项: changes of different facts of one household, or of one issue, by people who had not seen each other's. Nothing is to
//! be chosen, as both stand; whoever reads the card should know that nobody had it before them as it is now.
//!
//! What had not been seen is told by the exports themselves: each says what its laptop knew when it was made, and of the last
//! ones that were merged it is remembered what crossed ([`Crossing`]). Where a file brings changes of others to a laptop that knew the
//! own ones already, as the office's does that a group takes back, the stamps tell: what came now nobody here had seen, and who wrote
//! earlier than the own change, by less than a day, had not seen that. So of two groups the one that wrote later lists it. Of two
//! changes of others that came in one and the same file nothing is known here; the laptop that merged them first knows. Looked for only
//! when somebody asks.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::app::house::face::whereabouts;
use crate::app::{Crossing, Glance, House, Peers, Progress, Shelf, disputes, requests::again};
use crate::domain::flow::{STEP, Taken};
use crate::domain::{Body, Field, Household, Issue, Kept, Name, RETRACT, Record, Sort, Value, facts};
use crate::hanzi::clean;
use crate::log::{Ranges, Reader, bytes};
use crate::text::{Said, Trouble, t};
use crate::view::View;

/// What was changed in parallel of one household, or one issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parallel {
    /// The household it is about, where it is about one.
    pub household: Option<Name>,
    /// The issue, where it is one that was changed.
    pub issue: Option<Name>,
    /// That issue is confidential: lists do not say whose it is, nor show whose card it is.
    pub is_hidden: bool,
    /// The head of the household.
    pub head: Said,
    /// Where it lives.
    pub place: String,
    /// Who changed what, the earliest first.
    pub changes: Vec<Change>,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The fact's register key; `step/` and the step's word where it is one.
    pub key: String,
    /// What was changed: the fact with whose it is, or the issue's field with the step.
    pub fact: Said,
    /// What it says since.
    pub value: Said,
    /// The value in the form that requests take.
    pub written: String,
    /// How much of it a list says.
    pub glance: Glance,
    /// Who changed it.
    pub actor: String,
    /// When, by the clock of that laptop as it was corrected, milliseconds since 1970 UTC.
    pub at: i64,
    /// On which laptop: its code, else its group.
    pub laptop: String,
}

/// Households and issues that are listed at most, those changed last.
pub const MOST: usize = 200;

/// Changes that are looked up before others may ask the shelf.
const AT_ONCE: usize = 500;

/// What a change is about: a household, or an issue.
type Unit = (Sort, Name);

/// One change as it was found.
struct Found {
    kept: Arc<Kept>,
    unit: Unit,
    /// The fact, or the step, which nobody else may have changed.
    about: (Name, String),
    laptop: Option<u64>,
}

impl House {
    /// Looks for changes of one household, or issue, that crossed in the exports merged last; those changed last come first.
    ///
    /// # Errors
    /// Those of reading journal and view; `stopped`.
    pub fn crossed(&self, peers: &Peers, journal: &Reader, progress: &Progress) -> Result<Vec<Parallel>, Trouble> {
        let mut wanted = Ranges::default();
        let came = peers.iter().flat_map(|peer| peer.crossings.ranges().chain(peer.returned.ranges()));
        for (writer, first, last) in came {
            // A roster is nobody's word.
            if self.shelf(|shelf, _| shelf.writer(writer).is_some()) {
                wanted.insert_range(writer, first, last);
            }
        }
        let written = written(&wanted, journal, progress)?;
        let mut found = Vec::new();
        progress.part(80, 90, written.len() as u64);
        // The screens ask the shelf in between.
        for some in written.chunks(AT_ONCE) {
            self.shelf(|shelf, view| {
                for kept in some {
                    progress.go(1)?;
                    found.extend(read(kept, shelf, view)?);
                }
                Ok::<(), Trouble>(())
            })?;
        }
        found.sort_by_key(|found: &Found| found.kept.operation.name);
        let mut units: BTreeMap<Unit, BTreeSet<Name>> = BTreeMap::new();
        let exports = peers.iter().map(|peer| peer.crossings.iter().count() + peer.returned.iter().count());
        progress.part(90, 100, exports.sum::<usize>() as u64);
        for peer in peers.iter() {
            for crossing in peer.crossings.iter() {
                cross(&crossing, &found, |_, _| true, &mut units, progress)?;
            }
            for crossing in peer.returned.iter() {
                cross(&crossing, &found, is_earlier, &mut units, progress)?;
            }
        }
        let of: BTreeMap<Name, &Found> = found.iter().map(|found| (found.kept.operation.name, found)).collect();
        let mut all = Vec::new();
        for (unit, names) in units {
            let mut changes: Vec<&Found> = names.iter().filter_map(|name| of.get(name).copied()).collect();
            changes.sort_by_key(|found| (found.kept.operation.stamp, found.kept.operation.name));
            all.push((changes.last().map(|last| last.kept.operation.stamp), unit, changes));
        }
        all.sort_by_key(|(last, unit, _)| (std::cmp::Reverse(*last), *unit));
        all.truncate(MOST);
        self.shelf(|shelf, view| all.into_iter().map(|(_, unit, changes)| told(unit, &changes, shelf, view)).collect())
    }
}

/// Reads the changes among some operations from the journal, from its newest file back until all of them are found.
fn written(wanted: &Ranges, journal: &Reader, progress: &Progress) -> Result<Vec<Arc<Kept>>, Trouble> {
    let (mut missing, mut all) = (wanted.clone(), Vec::new());
    progress.part(0, 80, journal.length());
    for file in journal.files().rev() {
        if missing.count() == 0 {
            break;
        }
        let mut found = Ranges::default();
        journal.read_file(file, &mut |frame| {
            progress.go(frame.operations.len() as u64)?;
            let mut rest = frame.operations;
            while let Ok((one, tail)) = bytes::split(rest) {
                rest = tail;
                if let Ok(name) = bytes::name_of(one)
                    && missing.contains(name)
                    && found.insert(name)
                    && let Ok(kept) = bytes::decode(one)
                    && is_change(&kept)
                {
                    all.push(Arc::new(kept));
                }
            }
            Ok(())
        })?;
        missing = missing.without(&found);
    }
    Ok(all)
}

/// Tells whether an operation may be a person's change of something that was there: a register, or a step.
fn is_change(kept: &Kept) -> bool {
    let operation = &kept.operation;
    match operation.body {
        Body::Value(_) => !operation.key.is_empty() && operation.key != RETRACT,
        Body::Step(_) => operation.key.is_empty(),
        _ => false,
    }
}

/// Reads one change; none where it no longer stands, or is about something that has no facts of its own to be disagreed about.
fn read(kept: &Arc<Kept>, shelf: &Shelf, view: &dyn View) -> Result<Option<Found>, Trouble> {
    let operation = &kept.operation;
    let Some(record) = view.record(operation.entity)? else { return Ok(None) };
    let Some(sort) = record.sort() else { return Ok(None) };
    if record.is_retracted() || !stands(kept, &record) {
        return Ok(None);
    }
    let is_step = operation.key.is_empty();
    if !is_step && facts::find(sort, &operation.key).is_none() {
        return Ok(None);
    }
    let about = if is_step { operation.name.to_string() } else { operation.key.to_string() };
    let (unit, whose) = match sort {
        // A write goes to each record of a family.
        Sort::Household => {
            let home = shelf.home_of(operation.entity);
            ((Sort::Household, home), home)
        }
        Sort::Member => match record.link("household") {
            Some(home) => ((Sort::Household, shelf.home_of(home)), operation.entity),
            None => return Ok(None),
        },
        Sort::Issue => ((Sort::Issue, operation.entity), operation.entity),
        _ => return Ok(None),
    };
    let laptop = shelf.writer(operation.name.writer).map(|writer| writer.laptop);
    Ok(Some(Found { unit, about: (whose, about), laptop, kept: Arc::clone(kept) }))
}

/// Tells whether what was written is what stands there now, or one of it.
fn stands(kept: &Kept, record: &Record) -> bool {
    let name = kept.operation.name;
    if kept.operation.key.is_empty() {
        return !record.events_taken_back().contains(&name);
    }
    let register = record.register(&kept.operation.key);
    // What an undo put back is told where it was said first.
    register
        .is_some_and(|register| register.heads().any(|head| again::stood(head).unwrap_or(head.operation.name) == name))
}

/// Tells whether what came was written before what stood here, so that its writer had not seen that: whoever sees a change goes on from
/// its stamp, unless that is more than a day ahead of the clock; of such a one nothing can be told. What stood here had not seen what
/// came later.
fn is_earlier(came: &Found, stood: &Found) -> bool {
    let (came, stood) = (&came.kept.operation, stood.kept.operation.stamp);
    came.stamp < stood && stood.is_followed_at(came.wall_ms)
}

/// Adds what crossed of each household or issue: changes of different facts, on different laptops, of which a pair may be one by what
/// is known of it. `found` is in order of name.
fn cross(
    crossing: &Crossing,
    found: &[Found],
    may_be: impl Fn(&Found, &Found) -> bool,
    units: &mut BTreeMap<Unit, BTreeSet<Name>>,
    progress: &Progress,
) -> Result<(), Trouble> {
    progress.go(1)?;
    let side = |ranges: &Ranges| {
        let mut by_unit: BTreeMap<Unit, Vec<&Found>> = BTreeMap::new();
        for (writer, first, last) in ranges.iter() {
            let place = |name: Name| found.partition_point(|one| one.kept.operation.name < name);
            let from = place(Name::new(writer, first));
            let own = found.get(from..).unwrap_or_default().iter();
            for one in own.take_while(|one| one.kept.operation.name <= Name::new(writer, last)) {
                by_unit.entry(one.unit).or_default().push(one);
            }
        }
        by_unit
    };
    let (came, unseen) = (side(&crossing.came), side(&crossing.unseen));
    for (unit, came) in came {
        let Some(unseen) = unseen.get(&unit) else { continue };
        // One fact that both sides changed is a disagreement, or both said the same.
        let [ones, others] = [(&came, unseen), (unseen, &came)].map(|(side, other)| alone(side, other));
        for one in ones {
            for other in others.iter().filter(|other| other.laptop != one.laptop && may_be(one, other)) {
                units.entry(unit).or_default().extend([one, other].map(|found| found.kept.operation.name));
            }
        }
    }
    Ok(())
}

/// Gives the changes of one side that are of facts which the other side did not change.
fn alone<'a>(side: &[&'a Found], other: &[&Found]) -> Vec<&'a Found> {
    let theirs: BTreeSet<&(Name, String)> = other.iter().map(|found| &found.about).collect();
    side.iter().copied().filter(|found| !theirs.contains(&found.about)).collect()
}

/// Puts what crossed of one household or issue into words.
fn told((sort, name): Unit, changes: &[&Found], shelf: &Shelf, view: &dyn View) -> Result<Parallel, Trouble> {
    let record = view.record(name)?;
    let issue = record.as_deref().filter(|_| sort == Sort::Issue).and_then(Issue::read);
    let household = match (&issue, record.as_deref()) {
        (Some(_), Some(record)) => disputes::household_of(record, view)?.map(|home| shelf.home_of(home)),
        _ => Some(name),
    };
    let known = match household {
        Some(home) => shelf.household(home, view)?.unwrap_or_default(),
        None => Household::default(),
    };
    let talk = record.as_deref().map(|record| disputes::talk_of(record, household, view)).transpose()?.flatten();
    let is_hidden = issue.as_ref().is_some_and(|issue| issue.confidential);
    let head = match (&record, is_hidden) {
        (_, true) => disputes::CONFIDENTIAL.into(),
        (Some(record), _) => {
            let other = disputes::other_head(record, "", talk.as_ref(), shelf);
            other.unwrap_or_else(|| disputes::plain(&known.head))
        }
        (None, _) => disputes::plain(&known.head),
    };
    let place = talk.map_or_else(|| whereabouts(&known), |talk| clean::line(&talk.village));
    let field = issue.as_ref().map(|issue| Field::from_word(&issue.field).map_or(t("问题", "issue"), Field::name));
    let mut told = Vec::new();
    for found in changes {
        told.extend(change(found, field.map(Said::from), shelf, view)?);
    }
    // A family of several records has one word of it.
    told.dedup_by(|one, other| (&one.fact, &one.value, one.at) == (&other.fact, &other.value, other.at));
    Ok(Parallel {
        household,
        issue: (sort == Sort::Issue).then_some(name),
        is_hidden,
        head,
        place: if is_hidden { String::new() } else { place },
        changes: told,
    })
}

fn change(found: &Found, field: Option<Said>, shelf: &Shelf, view: &dyn View) -> Result<Option<Change>, Trouble> {
    let operation = &found.kept.operation;
    let Some(record) = view.record(operation.entity)? else { return Ok(None) };
    let sort = record.sort().unwrap_or(Sort::Household);
    let person = disputes::person(&record);
    let whose = field.or_else(|| (!person.is_empty()).then(|| disputes::plain(&person)));
    let (fact, value, written, glance) = match &operation.body {
        Body::Step(_) => {
            let Some(step) = Taken::read(&found.kept) else { return Ok(None) };
            let said = disputes::told_step(&step, std::slice::from_ref(&step), shelf.numbers());
            (Said::from(step.step.name()), said, step.step.word().to_owned(), Glance::Anybody)
        }
        Body::Value(value) => {
            let key = operation.key.as_str();
            let fact = disputes::fact_said(facts::find(sort, key), key);
            let said = match value {
                // The number itself stands beside it.
                Value::Yes(yes) if key.starts_with("phone/") => {
                    if *yes { t("在用", "in use") } else { t("不用了", "no longer used") }.into()
                }
                value => disputes::said(value, sort, key, shelf, view)?,
            };
            (fact, said, disputes::written(value), Glance::of_fact(sort, key))
        }
        _ => return Ok(None),
    };
    let fact = match whose {
        Some(whose) => {
            Said::from(t("{whose} {fact}", "{whose} {fact}")).with_words("whose", whose).with_words("fact", fact)
        }
        None => fact,
    };
    let key = match &operation.body {
        Body::Step(step) => format!("{STEP}{}", step.step),
        _ => operation.key.to_string(),
    };
    Ok(Some(Change {
        key,
        fact,
        value,
        written,
        glance,
        actor: clean::line(&operation.actor),
        at: shelf.clocks().right_by(operation.name.writer, operation.wall_ms),
        laptop: disputes::laptop(operation.name.writer, shelf),
    }))
}

#[cfg(test)]
mod tests;
