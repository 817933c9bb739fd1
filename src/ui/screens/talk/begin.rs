//! The beginning of a talk: where, who leads it, in the evening or in the field; or one that is over and was noted on paper.
//!
//! Keystrokes: F5, Enter, place, F8; the village of today's appointment or of the household used last stands there as what is
//! selected does: Enter keeps it, and another one is typed over it, by a beginning of its name or its letters. For one on paper its
//! time and minutes too: then no timer runs, and its unfinished page comes back with F5.

use super::{Talk, village};
use crate::app::{Message, Request, TALK_LATER};
use crate::domain::spoken::{self, Hours, Side, length};
use crate::domain::{Name, Talk as Known, choice, local};
use crate::text::{Said, Text, t};
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::form::{self, Form, Input, KeptForm, Refusal, Step};
use crate::ui::keys::{Row, Table, table};
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::screens::alike::HOW_LONG;
use crate::ui::screens::when::{in_full, not_behind};
use crate::ui::theme::Look;

/// Asks where a talk is and who leads it.
#[derive(Debug, PartialEq, Eq)]
pub struct TalkBegin {
    form: KeptForm,
    unknown: village::Unknown,
}

static SHAPE: &[Input] = &[
    form::text(
        "village",
        t("村(居)", "village"),
        t("如 东里东村; 首字母 dldc 也行", "such as 东里东村; or its letters, dldc"),
    ),
    form::text("place", t("地点", "place"), t("如 文化广场, 可空着", "such as the square; may stay empty")),
    form::pick("kind", t("方式", "way"), choice::TALK_KINDS),
    form::text("visitors", t("走访干部", "visitors"), t("几个人用空格隔开", "several: blanks between")),
    form::text(
        "on",
        t("补录: 哪天", "later: when"),
        t("散场后补记才填, 如 昨晚 7点半", "if from paper, such as yesterday 19:30"),
    ),
    form::text(
        "minutes",
        t("补录: 几分钟", "later: minutes"),
        t("谈了多久, 如 90 或 1.5小时", "how long, such as 90, or 1.5 hours"),
    ),
];

/// Gives the talk that is being entered later, where one is not finished. One that was taken back is none: it is let go.
pub fn unfinished(desk: &mut Desk) -> Option<Name> {
    let talk = desk.session.draft(TALK_LATER).and_then(|(name, _)| name.parse().ok())?;
    if is_taken_back(talk, desk) {
        let_go(desk);
        return None;
    }
    Some(talk)
}

fn is_taken_back(talk: Name, desk: &Desk) -> bool {
    let record = desk.session.house().and_then(|house| house.shelf(|_, view| view.record(talk)).ok().flatten());
    record.is_some_and(|record| Known::read(&record).is_none())
}

/// Forgets which talk is being entered later: no page has to go back to it.
pub fn let_go(desk: &mut Desk) {
    desk.session.share(TALK_LATER, "");
    desk.let_go(TALK_LATER);
}

const BEGIN: Text = t("开始", "Begin");
static TYPED: [Row<Step>; 5] = form::typed(BEGIN);
static PICKED: [Row<Step>; 14] = form::picked(BEGIN);
static WRITING: Table<Step> = table(t("开始夜话", "Begin a talk"), &TYPED).advice(FILL_IN);
static PICKING: Table<Step> =
    table(t("开始夜话: 选", "Begin a talk: pick"), &PICKED).hint(t("数字 选", "Digits pick")).advice(FILL_IN);

const FILL_IN: Text = t(
    "村和地点写上就行, F8 开始计时; 到场的户之后再加.",
    "Village and place will do; F8 starts the timer, who comes is added then.",
);

const END_IT: Text = t("按 Ctrl-O 回去结束它; 填的都留着.", "Ctrl-O goes back to end it; the form is kept.");

/// Says whose visit runs or was interrupted; none where it is a talk, or nothing.
pub fn visit_runs(desk: &Desk) -> Option<Said> {
    let running = desk.session.running().or_else(|| desk.session.interrupted()).filter(|open| !open.is_talk())?;
    let head = desk.session.house()?.running_words(&running);
    let words = t("{head} 的走访还没结束.", "The visit of {head} still runs.");
    Some(words.with_words("head", head))
}

impl TalkBegin {
    /// Opens the form with what is likely.
    pub fn new(desk: &Desk) -> Self {
        let village = village::likely(desk).unwrap_or_default();
        let form = Form::new(SHAPE)
            .at("village")
            .proposed("village", &village)
            .with("kind", "talk")
            .with("visitors", &desk.session.device().visitors.join("、"));
        Self { form: KeptForm::at("talk/begin", form), unknown: village::Unknown::default() }
    }

    /// Reads when it was: 7点半 of an evening talk is 19:30, of a talk in the field the morning's.
    fn understood(&self, now_ms: i64) -> Option<i64> {
        let hours = if self.form.text("kind") == "field" { Hours::Day } else { Hours::Evening };
        spoken::read_in(hours, self.form.text("on"), now_ms, Side::Behind)
    }

    fn on(&self, now_ms: i64) -> Option<i64> {
        self.understood(now_ms).filter(|at| *at <= now_ms)
    }

    /// Tells whether it is one from paper: either of the two lines says so, and each asks for the other.
    fn is_later(&self) -> bool {
        ["on", "minutes"].iter().any(|key| !self.form.text(key).is_empty())
    }

    /// Gives what is to be recorded.
    fn request(&mut self, desk: &mut Desk) -> Result<Request, Refusal> {
        if let Some(said) = self.unknown.refuses(&mut self.form, desk) {
            return Err(("village", said));
        }
        if !self.is_later()
            && let Some(said) = visit_runs(desk)
        {
            return Err((self.form.key(), said.then(END_IT.into())));
        }
        let on = self.on(desk.now.wall_ms);
        if self.is_later() {
            if on.is_none() {
                let now_ms = desk.now.wall_ms;
                return Err(("on", not_behind(self.form.text("on"), self.understood(now_ms), now_ms)));
            }
            if let Err(doubt) = length::whole(self.form.text("minutes")) {
                return Err(("minutes", doubt.said().unwrap_or_else(|| HOW_LONG.into())));
            }
            if unfinished(desk).is_some() {
                return Err((self.form.key(), ANOTHER.into()));
            }
        }
        let mut request = Request::new("talk.start");
        for (key, text) in self.form.texts().filter(|(_, text)| !text.is_empty()) {
            request = match key {
                "on" => request.with("on", on.map(local::rfc3339).unwrap_or_default()),
                "minutes" => request.with("minutes", length::whole(text).unwrap_or(0)),
                _ => request.with(key, text),
            };
        }
        Ok(request)
    }
}

const ANOTHER: Text = t(
    "还有一场补录没写完: 清空这里的日期按 F5 去写完, 再补下一场.",
    "Another one is being entered later: go on with it (F5) and end it first.",
);

impl Screen for TalkBegin {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        let gap = u16::from(canvas.height() >= 14);
        canvas.write(1, gap, canvas.words(t("开始夜话", "Begin a talk")), Look::Strong);
        let rows = canvas.height().saturating_sub(2 * gap + 3);
        let y = 2 * gap + 1 + self.form.draw(&mut canvas.part(0, 2 * gap + 1, canvas.width(), rows), 0) + gap;
        let now_ms = canvas.desk.now.wall_ms;
        if let Some(at) = self.on(now_ms).filter(|_| self.form.key() != "village" && y + 2 < canvas.height()) {
            canvas.write(3, y, canvas.say(&in_full(at, now_ms)), Look::Accent);
        }
        let words = if self.is_later() {
            t(
                "F8 之后加到场的户, 写谁说了什么, 不计时; 每户算谈了全程, 先走的散场页按 2 改.",
                "After F8 add who came and what was said, without timer; each counts all of it, 2 at the end changes that.",
            )
        } else {
            t(
                "F8 开始计时. 到场的户随后用 @ 加, 每户各计各的时间.",
                "F8 starts the timer. Households are added with @ then, each with a time of its own.",
            )
        };
        if self.form.key() == "village" && village::draw(self.form.text("village"), canvas) {
            return;
        }
        let y = canvas.height().saturating_sub(2);
        let words = canvas.say(&words.into());
        canvas.write_told(1, y, 2, &words, Look::Dim);
    }

    fn form(&mut self) -> Option<&mut KeptForm> {
        Some(&mut self.form)
    }

    /// A digit behind a beginning of a name picks one of the villages that are shown.
    fn typed(&mut self, desk: &mut Desk) -> Go {
        village::typed(&mut self.form, desk);
        Go::Stay
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        match self.form.heard(message, desk) {
            Some(Ok(answer)) => {
                let Some(talk) = answer.name() else { return Go::Back };
                if self.is_later() {
                    // Whoever speaks can go on with it.
                    desk.session.share(TALK_LATER, &talk.to_string());
                }
                Go::swap(Talk::of(talk))
            }
            Some(Err(trouble)) => super::said(trouble),
            None => Go::Stay,
        }
    }

    fn busy(&self) -> bool {
        self.form.is_asked()
    }
}

impl Keyed for TalkBegin {
    type Action = Step;
    const TABLES: &'static [&'static Table<Step>] = &[&WRITING, &PICKING];

    fn table(&self) -> &'static Table<Step> {
        if self.form.is_picking() { &PICKING } else { &WRITING }
    }

    fn lacks(&self) -> usize {
        self.form.lacks()
    }

    fn act(&mut self, step: Step, desk: &mut Desk) -> Go {
        if let Some(go) = village::entered(&mut self.form, step, desk) {
            return go;
        }
        if !self.form.step(step, desk) {
            return Go::Stay;
        }
        let request = self.request(desk);
        self.form.record(request, desk).map_or(Go::Stay, Go::Say)
    }
}
