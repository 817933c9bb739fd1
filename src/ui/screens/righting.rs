//! 更正时间: by how much the clock of a laptop is wrong, as a person sees it who stands before it or calls there.
//!
//! Keystrokes: F7, 7, what its clock shows now, F8. Nothing that was recorded changes; the times of that laptop are shown
//! as they were, on every laptop after the next exchange. Ctrl-Z takes it back.

use chrono::NaiveTime;

use crate::app::{Message, Request, Ticket, WrongClock, whose_laptop};
use crate::domain::spoken::{self, Side};
use crate::domain::{Righting, local};
use crate::text::{Said, t};
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::form::{self, Form, Input, Step};
use crate::ui::kept::Kept;
use crate::ui::keys::Table;
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::theme::Look;

/// Asks what a laptop's clock shows now.
#[derive(Debug, PartialEq, Eq)]
pub struct SetRight {
    laptop: u64,
    who: String,
    doubt: Said,
    /// It went back: which of its two times was wrong is not known.
    went_back: bool,
    form: Form,
    asked: Option<Ticket>,
}

static SHAPE: &[Input] = &[
    form::text(
        "shows",
        t("它的钟现在显示", "its clock shows now"),
        t("如 2031-05-18 19:42", "such as 2031-05-18 19:42"),
    ),
    form::text(
        "from",
        t("从它的哪天起不对", "wrong from its day on"),
        t("如 2031-05-01; 空着按差多少定", "such as 2031-05-01; empty: by the error"),
    ),
];

static WRITING: Table<Step> = form::writing(t("更正时间", "Correct a clock"));

/// A clock that differs by less is not wrong: a minute.
const LEAST_MS: i64 = 60_000;

impl SetRight {
    /// Opens the form with the reading that cannot be right.
    pub fn of(wrong: &WrongClock) -> Self {
        let shows = format!("{} {}", local::day(wrong.reading), local::clock(wrong.reading));
        let since = wrong.since.map(|reading| local::day(reading).to_string()).unwrap_or_default();
        let form = Form::new(SHAPE).with("shows", &shows).with("from", &since);
        let (laptop, who, doubt) = (wrong.laptop, whose_laptop(&wrong.who), wrong.doubt.clone());
        Self { laptop, who, doubt, went_back: wrong.since.is_some(), form, asked: None }
    }

    fn place(&self) -> String {
        format!("clock/{:016x}", self.laptop)
    }

    /// Gives the moment that the clock is said to show, and the correction that follows from it.
    fn understood(&self, now_ms: i64) -> Option<(i64, Righting)> {
        let shows = spoken::read(self.form.text("shows"), now_ms, Side::Behind)?;
        let mut righting = Righting::proposed(shows, now_ms);
        match self.form.text("from") {
            "" => {}
            from => righting.from_ms = Some(local::at(local::read_day(from)?, NaiveTime::MIN)),
        }
        (righting.ahead_ms.abs() >= LEAST_MS).then_some((shows, righting))
    }

    fn record(&mut self, desk: &mut Desk) -> Go {
        let Some((shows, righting)) = self.understood(desk.now.wall_ms) else {
            return Go::say(t(
                "看不懂, 或没有错, 还没记. 写成 2031-05-18 19:42, 日子写成 2031-05-01.",
                "Not understood, or not wrong; nothing is recorded. Write 2031-05-18 19:42, and a day as 2031-05-01.",
            ));
        };
        let request = Request::new("clock.correct")
            .with("laptop", format!("{:016x}", self.laptop))
            .with("shows", local::rfc3339(shows));
        let ends = [("from", righting.from_ms), ("until", righting.until_ms)];
        let request = ends
            .into_iter()
            .filter_map(|(key, at)| Some((key, at?)))
            .fold(request, |request, (key, at)| request.with(key, local::rfc3339(at)));
        self.asked = Some(desk.ask(request.consuming(self.place())));
        Go::Stay
    }
}

impl Screen for SetRight {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        let gap = u16::from(canvas.height() >= 14);
        let title = Said::from(t("{who}: {doubt}", "{who}: {doubt}"));
        let title = title.with("who", &self.who).with_words("doubt", self.doubt.clone());
        canvas.write_cut(1, gap, canvas.width().saturating_sub(2), &canvas.say(&title), Look::Strong);
        let y = 2 * gap + 1;
        let rows = canvas.height().saturating_sub(y + 4);
        let y = y + self.form.draw(&mut canvas.part(0, y, canvas.width(), rows), 0) + gap;
        let (said, look) = match self.understood(canvas.desk.now.wall_ms) {
            Some((_, righting)) => (righting.said(), Look::Accent),
            None => (t("还看不懂, 或没有错.", "Not understood yet, or not wrong.").into(), Look::Dim),
        };
        let y = y + canvas.write_wrapped(3, y, 2, &canvas.say(&said), look) + gap;
        let asked = t(
            "不是现在慢了, 就是以前快了: 问清是哪样再填. 以前快了的, 现在的钟没错, 照下面填会把对的改错.",
            "Either it is behind now, or it was ahead before: ask which. Where it was ahead before it is right now, and what is filled in here would make right times wrong.",
        );
        let y =
            if self.went_back { y + canvas.write_wrapped(3, y, 3, canvas.words(asked), Look::Late) + gap } else { y };
        let words = t(
            "照那台电脑现在的钟改; 不在手边就照导出时的, 差几分钟不要紧. 记录一条不改, 只是它的时间照更正的显示, 合并以后各台都一样. 那台电脑的钟也要调好.",
            "As its clock shows now; where nobody is there, as at the export: some minutes do not matter. No record is changed: its times are shown corrected, on every laptop after merging. Set that clock right too.",
        );
        canvas.write_wrapped(3, y, canvas.height().saturating_sub(y), canvas.words(words), Look::Dim);
    }

    fn field(&mut self) -> Option<Kept<'_>> {
        let place = self.place();
        self.form.field().map(|field| Kept::at(place, field))
    }

    fn draft(&mut self) -> Option<String> {
        Some(self.place())
    }

    fn kept(&mut self) -> Option<(String, usize)> {
        Some(self.form.kept())
    }

    fn put_aside(&mut self) -> bool {
        self.form.put_aside()
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
        if let Err(trouble) = result.as_ref() {
            self.form.go_where(trouble);
            return Go::Stay;
        }
        desk.let_go(&self.place());
        Go::Back
    }

    fn busy(&self) -> bool {
        self.asked.is_some()
    }
}

impl Keyed for SetRight {
    type Action = Step;
    const TABLES: &'static [&'static Table<Step>] = &[&WRITING];

    fn table(&self) -> &'static Table<Step> {
        &WRITING
    }

    fn act(&mut self, step: Step, desk: &mut Desk) -> Go {
        if self.asked.is_some() {
            return Go::Stay;
        }
        if self.form.step(step) {
            return self.record(desk);
        }
        let place = self.place();
        desk.keep(&place, self.form.kept());
        Go::Stay
    }
}
