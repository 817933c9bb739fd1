//! The beginning of a talk: where, who leads it, in the evening or in the field.
//!
//! Keystrokes: F5, place, F8; the village of the household used last stands there, Up changes it.

use super::Talk;
use crate::app::{Message, Request, Ticket};
use crate::domain::choice;
use crate::text::t;
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::field::Field;
use crate::ui::form::{self, Form, Input, Step};
use crate::ui::keys::Table;
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::theme::Look;

/// Asks where a talk is and who leads it.
#[derive(Debug, PartialEq, Eq)]
pub struct TalkBegin {
    form: Form,
    asked: Option<Ticket>,
}

static SHAPE: &[Input] = &[
    form::text("village", t("村(居)", "village"), t("如 东里东村", "such as 东里东村")),
    form::text("place", t("地点", "place"), t("如 文化广场, 可空着", "such as the square; may stay empty")),
    form::pick("kind", t("方式", "way"), choice::TALK_KINDS),
    form::text("visitors", t("走访干部", "visitors"), t("几个人用空格隔开", "several with blanks between")),
];

static WRITING: Table<Step> = form::writing(t("开始夜话", "Begin a talk"));
static PICKING: Table<Step> = form::picking(t("开始夜话: 选", "Begin a talk: pick"));

const PLACE: &str = "talk/begin";

impl TalkBegin {
    /// Opens the form with what is likely.
    pub fn new(desk: &Desk) -> Self {
        let house = desk.session.house();
        let last = house.as_ref().and_then(|house| house.opening_list(1, desk.now.wall_ms).names.first().copied());
        let village = house.zip(last).and_then(|(house, name)| house.household(name).ok()).map(|one| one.village);
        let village = village.unwrap_or_default();
        let form = Form::new(SHAPE)
            .at(if village.is_empty() { "village" } else { "place" })
            .with("village", &village)
            .with("kind", "talk")
            .with("visitors", &desk.session.device().visitors.join(" "));
        Self { form, asked: None }
    }

    fn record(&mut self, desk: &mut Desk) -> Go {
        if self.form.text("village").is_empty() {
            self.form.go("village");
            return Go::say(t("请写在哪个村.", "Which village, please."));
        }
        let mut request = Request::new("talk.start").consuming(PLACE);
        for (key, text) in self.form.texts().filter(|(_, text)| !text.is_empty()) {
            request = request.with(key, text);
        }
        self.asked = Some(desk.ask(request));
        Go::Stay
    }
}

impl Screen for TalkBegin {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        let gap = u16::from(canvas.height() >= 14);
        canvas.write(1, gap, canvas.words(t("开始夜话", "Begin a talk")), Look::Strong);
        let rows = canvas.height().saturating_sub(2 * gap + 3);
        self.form.draw(&mut canvas.part(0, 2 * gap + 1, canvas.width(), rows), 0);
        let words = t(
            "F8 开始计时. 到场的户随后用 @ 加, 每户各计各的时间.",
            "F8 starts the timer. Households are added with @ then, each with a time of its own.",
        );
        let y = canvas.height().saturating_sub(2);
        canvas.write_wrapped(1, y, 2, canvas.words(words), Look::Dim);
    }

    fn field(&mut self) -> Option<&mut Field> {
        self.form.field()
    }

    fn draft(&self) -> Option<String> {
        Some(PLACE.to_owned())
    }

    fn kept(&mut self) -> Option<(String, usize)> {
        Some(self.form.kept())
    }

    fn put_back(&mut self, text: &str, cursor: usize) {
        self.form.put_back(text, cursor);
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        let Message::Answer(ticket, result) = message else { return Go::Stay };
        if self.asked != Some(*ticket) {
            return Go::Stay;
        }
        self.asked = None;
        match result.as_ref() {
            Ok(answer) => {
                desk.let_go(PLACE);
                answer.name().map_or(Go::Back, |talk| Go::swap(Talk::of(talk)))
            }
            Err(trouble) => super::said(trouble, desk),
        }
    }

    fn busy(&self) -> bool {
        self.asked.is_some()
    }
}

impl Keyed for TalkBegin {
    type Action = Step;
    const TABLES: &'static [&'static Table<Step>] = &[&WRITING, &PICKING];

    fn table(&self) -> &'static Table<Step> {
        if self.form.is_picking() { &PICKING } else { &WRITING }
    }

    fn act(&mut self, step: Step, desk: &mut Desk) -> Go {
        if self.asked.is_some() {
            return Go::Stay;
        }
        if self.form.step(step) {
            return self.record(desk);
        }
        desk.keep(PLACE, self.form.kept());
        Go::Stay
    }
}
