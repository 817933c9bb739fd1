//! An appointment 预约: one line of spoken time, shown back in full before it is recorded (plan 二(二)3(1)).
//!
//! Keystrokes: `明天 19:30` F8. Enter goes on to the way of visiting and whether it was confirmed by phone. An
//! appointment that still lies ahead is changed, not doubled; recorded without a time it is taken back. One that nobody went to is
//! said to be missed, and the line of the time is empty: what is written there is its new time, and it is taken back when it is
//! recorded twice without one.

use super::person::YES_NO;
use super::sheet::{self, Sheet};
use crate::app::{Message, Request};
use crate::domain::choice;
use crate::domain::spoken::{self, Side};
use crate::domain::{Campaign, Name, local};
use crate::text::{Said, Text, t};
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::form::{self, Form, Input, KeptForm, Refusal, Step};
use crate::ui::keys::Table;
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::screens::twice::Twice;
use crate::ui::screens::when::{hour, in_full};
use crate::ui::theme::Look;

/// Asks when a household is to be visited.
#[derive(Debug, PartialEq, Eq)]
pub struct Appoint {
    household: Name,
    head: String,
    before: Option<sheet::Appointment>,
    /// Nobody went to it, and its time is over.
    is_missed: bool,
    form: KeptForm,
    taking_back: Twice,
}

static SHAPE: &[Input] = &[
    form::text("at", t("时间", "when"), t("如 明天 19:30, 5-20 晚, 周三 8点半", "such as tomorrow 19:30, 5-20 19:30")),
    form::pick("kind", t("走访方式", "way"), choice::VISIT_KINDS),
    form::pick("confirmed", t("已电话确认", "confirmed"), YES_NO),
];

static WRITING: Table<Step> = form::writing(t("预约", "Appointment"));
static PICKING: Table<Step> = form::picking(t("预约: 选", "Appointment: pick"));

/// Writes the time of an appointment as it stands in the form.
fn written(at: i64) -> String {
    format!("{} {}", local::day(at), local::clock(at))
}

impl Appoint {
    /// Opens the form, with the appointment that lists tell if there is one.
    pub(super) fn of(household: Name, sheet: &Sheet, now_ms: i64) -> Self {
        let before = sheet.next_appointment(now_ms).cloned();
        let is_missed = before.is_some() && sheet.standing.told(now_ms).is_some_and(|told| !told.is_ahead(now_ms));
        let form = match &before {
            // Nobody has confirmed a new time.
            Some(missed) if is_missed => Form::new(SHAPE).with("kind", &missed.kind),
            Some(appointment) => Form::new(SHAPE)
                .with("at", &written(appointment.at))
                .with("kind", &appointment.kind)
                .with("confirmed", if appointment.confirmed { "yes" } else { "" }),
            None => Form::new(SHAPE).with("kind", "home"),
        };
        let form = KeptForm::at(format!("card/{household}/appointment"), form);
        Self { household, head: sheet.head(), before, is_missed, form, taking_back: Twice::default() }
    }

    /// Gives the time as it was written: behind the time that stood there, the one typed after it is meant.
    fn time(&self) -> &str {
        let said = self.form.text("at");
        let typed = self.before.as_ref().and_then(|before| said.strip_prefix(written(before.at).as_str()));
        typed.map(str::trim).filter(|typed| !typed.is_empty()).unwrap_or(said)
    }

    /// Says how the time is understood, with what speaks against it.
    fn understood(&self, now_ms: i64) -> (Said, Look) {
        let said = self.time();
        if said.is_empty() {
            return match &self.before {
                Some(missed) if self.is_missed => {
                    let said = t(
                        "约的 {full} 已过, 没人去. 写上新的时间就改到那时.",
                        "Nobody went to the appointment of {full}. A new time moves it there.",
                    );
                    (Said::from(said).with_words("full", in_full(missed.at, now_ms)), Look::Soon)
                }
                Some(_) => (
                    t("时间空着记下, 就是撤掉这个预约.", "Recorded without a time, the appointment is taken back.")
                        .into(),
                    Look::Soon,
                ),
                None => (t("", "").into(), Look::Plain),
            };
        }
        let Some(at) = spoken::read(said, now_ms, Side::Ahead) else {
            if let Some(asked) = hour(said, now_ms, Side::Ahead) {
                return (asked, Look::Soon);
            }
            let said = t(
                "还看不懂: 要有哪天和几点, 如 明天 19:30.",
                "Not understood yet: a day and a time, such as tomorrow 19:30.",
            );
            return (said.into(), Look::Dim);
        };
        let full = in_full(at, now_ms);
        if at < now_ms {
            let said = Said::from(t("{full}, 已经过去了", "{full}, which is over"));
            return (said.with_words("full", full), Look::Late);
        }
        match Campaign::built_in().farm_season(local::day(at)) {
            Some(season) => {
                let said = t(
                    "{full}   正值{season}, 宜田间走访或夜话",
                    "{full}   busy season ({season}): rather in the field or an evening talk",
                );
                (said.with("season", &season.name).with_words("full", full), Look::Soon)
            }
            None => (full, Look::Accent),
        }
    }

    /// Gives what is to be recorded.
    fn request(&mut self, desk: &Desk) -> Result<Request, Refusal> {
        let now_ms = desk.now.wall_ms;
        let is_empty = self.form.text("at").is_empty();
        if is_empty && self.is_missed && !self.taking_back.again(desk) {
            return Err(("at", AGAIN.into()));
        }
        let said = self.time();
        let at = match (spoken::read(said, now_ms, Side::Ahead), &self.before) {
            (None, Some(before)) if is_empty => {
                return Ok(Request::new("appointment.retract").with_name("appointment", before.name));
            }
            (None, _) => return Err(("at", hour(said, now_ms, Side::Ahead).unwrap_or_else(|| UNCLEAR.into()))),
            (Some(at), _) if at < now_ms => return Err(("at", OVER.into())),
            (Some(at), _) => at,
        };
        let request = match &self.before {
            Some(before) => Request::new("appointment.set").with_name("appointment", before.name),
            None => Request::new("appointment.add").with_name("household", self.household),
        };
        let confirmed = if self.form.text("confirmed") == "yes" { "yes" } else { "no" };
        let request = request.with("at", local::rfc3339(at)).with("confirmed", confirmed);
        Ok(match self.form.text("kind") {
            "" => request,
            kind => request.with("kind", kind),
        })
    }
}

const AGAIN: Text = t(
    "没写新的时间, 没记. 再按一次就撤掉没人去的这个预约.",
    "No new time, nothing is recorded. The same key again takes the missed appointment back.",
);
const UNCLEAR: Text = t(
    "时间看不懂, 还没记. 写成 明天 19:30, 或 5-20 19:30.",
    "The time is not understood, nothing is recorded. Write tomorrow 19:30, or 5-20 19:30.",
);
const OVER: Text = t(
    "这个时间已经过去, 没记. 已经走访过的用 补录.",
    "That time is over, nothing is recorded. What has happened is entered with “Enter later”.",
);

impl Screen for Appoint {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        let gap = u16::from(canvas.height() >= 14);
        let title = t("约 {head} 的走访时间", "Appointment with {head}").with("head", &self.head);
        canvas.write_cut(1, gap, canvas.width().saturating_sub(2), &canvas.say(&title), Look::Strong);
        let y = 2 * gap + 1;
        let rows = canvas.height().saturating_sub(y + 2);
        let y = y + self.form.draw(&mut canvas.part(0, y, canvas.width(), rows), 0) + gap;
        let (said, look) = self.understood(canvas.desk.now.wall_ms);
        canvas.write_wrapped(3, y, canvas.height().saturating_sub(y), &canvas.say(&said), look);
    }

    fn form(&mut self) -> Option<&mut KeptForm> {
        Some(&mut self.form)
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        match self.form.heard(message, desk) {
            Some(Ok(_)) => Go::Back,
            _ => Go::Stay,
        }
    }

    fn busy(&self) -> bool {
        self.form.is_asked()
    }
}

impl Keyed for Appoint {
    type Action = Step;
    const TABLES: &'static [&'static Table<Step>] = &[&WRITING, &PICKING];

    fn table(&self) -> &'static Table<Step> {
        if self.form.is_picking() { &PICKING } else { &WRITING }
    }

    fn lacks(&self) -> usize {
        self.form.lacks()
    }

    fn act(&mut self, step: Step, desk: &mut Desk) -> Go {
        if !self.form.step(step, desk) {
            self.taking_back.forget();
            return Go::Stay;
        }
        let request = self.request(desk);
        self.form.record(request, desk).map_or(Go::Stay, Go::Say)
    }
}
