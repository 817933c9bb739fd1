//! Event: one thing that happened with a household: how its line reads, what is known of it, and who recorded it.

use super::super::Audit;
use super::super::face;
use super::super::sheet::{Appointment, Person, Sheet, Words, Written};
use crate::domain::{Name, Visit, choice, local, short_said};
use crate::text::t;
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::glance;
use crate::ui::screens::Beside;
use crate::ui::screens::when::in_full;
use crate::ui::theme::Look;

/// One thing that happened.
pub(super) enum Event<'a> {
    Visit(&'a Visit),
    Appointment(&'a Appointment),
    Person(&'a Person),
    Words(&'a Words),
    Written(&'a Written),
}

/// Gives what may be shown of what happened, the latest first.
pub(super) fn events(sheet: &Sheet, covered: bool) -> Vec<Event<'_>> {
    let words = sheet.words.iter().filter(|_| !covered).map(Event::Words);
    let written = sheet.written.iter().filter(|written| !(covered && written.secret)).map(Event::Written);
    let all = sheet.visits.iter().map(Event::Visit);
    let all = all.chain(sheet.appointments.iter().map(Event::Appointment));
    let all = all.chain(sheet.persons.iter().map(Event::Person)).chain(words).chain(written);
    let mut all: Vec<Event<'_>> = all.collect();
    all.sort_by_key(|event| -event.at());
    all
}

impl Event<'_> {
    /// Gives when it happened, in milliseconds since 1970 UTC; 0 for what a roster says.
    pub(super) fn at(&self) -> i64 {
        match self {
            Self::Visit(visit) => visit.started,
            Self::Appointment(appointment) => appointment.made,
            Self::Person(person) => person.at,
            Self::Words(words) => words.at,
            Self::Written(written) => written.at,
        }
    }

    /// Gives how its line looks.
    pub(super) fn look(&self) -> Look {
        match self {
            Self::Visit(_) => Look::Strong,
            Self::Written(_) => Look::Dim,
            _ => Look::Plain,
        }
    }

    /// Says it in a line that has its day before it.
    pub(super) fn text(&self, canvas: &Canvas<'_>) -> String {
        let covered = canvas.desk.covered;
        match self {
            Self::Visit(visit) => {
                let mut text = face::visit_told(canvas, visit);
                let why = canvas.say(&short_said(&visit.short_why));
                for (label, said) in [(t("原因", "why"), &why), (t("下次", "next"), &visit.next)] {
                    if !said.is_empty() && !covered {
                        text = format!("{text}   {}: {said}", canvas.words(label));
                    }
                }
                text
            }
            Self::Appointment(appointment) => {
                let said = t("预约 {when} ({by})", "appointment {when} ({by})")
                    .with("by", &appointment.by)
                    .with_words("when", in_full(appointment.at, canvas.desk.now.wall_ms));
                canvas.say(&said)
            }
            Self::Person(person) => {
                let said = t("家庭成员 {who}", "member {who}").with("who", face::person_words(canvas, person, covered));
                canvas.say(&said)
            }
            Self::Words(words) => format!("{} ({})", face::words_words(canvas, words), words.by),
            Self::Written(written) => {
                let said = t("资料 {name}: {value} ({by})", "fact {name}: {value} ({by})")
                    .with("by", &written.by)
                    .with_words("name", written.name.clone())
                    .with_words("value", written.value.clone());
                glance::on_card(canvas.covered, canvas.say(&said))
            }
        }
    }

    /// Gives what is known of it, for a wide terminal.
    pub(super) fn beside(&self, sheet: &Sheet, desk: &Desk) -> Beside {
        let lang = desk.lang;
        let covered = desk.covered;
        let moment = |at: i64| format!("{} {}", local::day(at), local::clock(at));
        let named = |list, word: &str| choice::name_of(list, word).map_or("", |name| name.get(lang));
        match self {
            Self::Visit(visit) => {
                let mut beside = Beside::titled(t("走访", "visit").get(lang));
                beside.fact(t("怎么访", "way"), named(choice::VISIT_KINDS, &visit.kind));
                beside.fact(t("开始", "began"), moment(visit.started));
                beside.fact(t("结束", "ended"), visit.ended.map(moment).unwrap_or_default());
                beside.fact(t("计入", "counted"), t("{m} 分", "{m} min").with("m", visit.counted_minutes()).say(lang));
                beside.fact(t("谁去的", "who went"), visit.visitors.join("、"));
                beside.fact(t("结果", "outcome"), named(choice::OUTCOMES, &visit.outcome));
                beside.fact(t("满意度", "satisfied"), named(choice::SATISFACTION, &visit.satisfaction));
                if !covered {
                    beside.fact(t("原因", "why"), short_said(&visit.short_why).say(lang));
                    beside.fact(t("下次", "next"), visit.next.clone());
                }
                beside
            }
            Self::Appointment(appointment) => {
                let mut beside = Beside::titled(t("预约", "appointment").get(lang));
                beside.fact(t("时间", "when"), in_full(appointment.at, desk.now.wall_ms).say(lang));
                beside.fact(t("谁约的", "by"), appointment.by.clone());
                beside.fact(t("记下", "recorded"), moment(appointment.made));
                beside
            }
            Self::Person(person) => {
                let mut beside = Beside::titled(glance::on_card(desk.covered, person.name.clone()));
                beside.fact(t("关系", "relation"), glance::on_card(desk.covered, person.relation.clone()));
                beside.fact(t("记下", "recorded"), moment(person.at));
                beside
            }
            Self::Words(words) => {
                let mut beside = Beside::titled(words.text.clone());
                beside.gap();
                if let Some(issue) = &words.issue {
                    let field =
                        crate::domain::Field::from_word(&issue.field).map_or("", |field| field.name().get(lang));
                    beside.fact(t("领域", "field"), field);
                    beside.fact(t("当场", "on the spot"), issue.done.clone());
                }
                let stand = sheet.cases.iter().find(|stand| words.names.contains(&stand.issue));
                beside.fact(t("现状", "state"), stand.map_or("", |stand| stand.state.name().get(lang)));
                let due =
                    stand.and_then(|stand| stand.answer).map(|timed| timed.deadline.said(local::day(desk.now.wall_ms)));
                beside.fact(t("时限", "due"), due.map(|due| due.say(lang)).unwrap_or_default());
                beside.fact(t("谁记的", "by"), words.by.clone());
                beside.fact(t("时间", "when"), moment(words.at));
                let place = if words.talk.is_some() { t("夜话上", "in a talk") } else { t("", "") };
                beside.fact(t("哪里说的", "said"), place.get(lang));
                beside
            }
            Self::Written(written) => {
                let mut beside = Beside::titled(written.name.say(lang));
                beside.say(glance::on_card(desk.covered, written.value.say(lang)), Look::Plain);
                beside.gap();
                beside.fact(t("谁写的", "by"), written.by.clone());
                beside.fact(t("时间", "when"), moment(written.at));
                beside
            }
        }
    }

    /// Opens who recorded this one thing.
    pub(super) fn audit(&self, household: Name) -> Audit {
        let plain = |text: &str| t("{it}", "{it}").with("it", text);
        match self {
            Self::Visit(visit) => {
                let name = t("{day} 的走访", "the visit of {day}").with("day", local::short_day(visit.started));
                Audit::of_records(household, vec![visit.name], name)
            }
            Self::Appointment(appointment) => {
                Audit::of_records(household, vec![appointment.name], t("预约", "appointment"))
            }
            Self::Person(person) => Audit::of_records(household, person.id.into_iter().collect(), person.called()),
            Self::Words(words) => Audit::of_records(household, words.names.clone(), plain(&words.text)),
            Self::Written(written) => Audit::of_fact(household, &written.key, written.name.clone()),
        }
    }
}
