//! 更正时间: by how much the clock of a laptop is wrong, as a person sees it who stands before it or calls there.
//!
//! Keystrokes: F7, 7, what its clock shows, F8; where that was not now, on the next line what the time really was then. Nothing is
//! filled in: what a file says of a clock is as old as the file. Nothing that was recorded changes; the times of that laptop are
//! shown as they were, on every laptop after the next exchange. PgDn goes to the next laptop. Where it is right by now and all that it
//! wrote was off by less than two days, Ctrl-T says so and it is named no more; not while an export of it is ahead of now. Of the clock
//! here, where no record is wrong, that is noted here alone. Ctrl-Z takes it back, Ctrl-D all that was ever said of that clock.

use chrono::NaiveTime;

use crate::app::{Device, House, Message, Request, Ticket, WrongClock, whose_laptop};
use crate::domain::spoken::{self, Hours, Side};
use crate::domain::{Back, Clocks, Righting, local, skew};
use crate::text::{Said, Text, t};
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::form::{self, Form, Input, KeptForm, Step};
use crate::ui::keys::{Key, Row, Table, row, table};
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::theme::Look;

/// Asks what a laptop's clock shows.
#[derive(Debug, PartialEq, Eq)]
pub struct SetRight {
    laptop: u64,
    who: String,
    doubt: Said,
    /// What is known that it showed, at a moment that is over.
    reading: i64,
    /// How it went back: which of its two times was wrong is not known.
    back: Option<Back>,
    /// It is what a file says, not what was recorded.
    by_file: bool,
    /// Says how it was corrected before, or that it was said to be right, and how that is taken back.
    corrected: Option<Said>,
    form: KeptForm,
    asked: Option<Ticket>,
    /// By how much the clock is ahead, as it is being recorded.
    ahead_ms: Option<i64>,
    /// The laptops that may be meant, and which of them this one is.
    turn: (Vec<WrongClock>, usize),
}

/// What the keys do here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// What they do in every form.
    Form(Step),
    /// Says that it is right now, and what it wrote before needs no correction.
    Right,
    /// Takes back all that was said of this clock.
    Forget,
    /// Goes to the next laptop.
    Next,
}

static SHAPE: &[Input] = &[
    form::text("shows", t("它的钟显示", "its clock shows"), t("如 2031-05-18 19:42", "such as 2031-05-18 19:42")),
    form::text(
        "was",
        t("那时其实是", "it really was then"),
        t("正看着它的钟就空着; 不是就写 2021-05-18 19:42", "empty: seen right now; else such as 2021-05-18 19:42"),
    ),
    form::text(
        "from",
        t("从它的哪天起不对", "wrong from its day on"),
        t("如 2031-05-01; 空着按差多少定", "as 2031-05-01; empty: by the error"),
    ),
];

const fn of_form(row: Row<Step>) -> Row<Action> {
    Row {
        keys: row.keys,
        words: row.words,
        action: Action::Form(row.action),
        quiet: row.quiet,
        itself: row.itself,
        picks: row.picks,
        again: row.again,
    }
}

static ROWS: [Row<Action>; 8] = {
    let [enter, record, down, up, afresh] = form::typed(t("记下", "Record"));
    let right = row(&[Key::Ctrl('t')], t("现在没错, 不用更正", "It is right, nothing to correct"), Action::Right);
    let forget = row(&[Key::Ctrl('d')], t("撤去更正", "Take corrections back"), Action::Forget).quiet();
    let next = row(&[Key::PageDown], t("换一台", "Next laptop"), Action::Next);
    [of_form(enter), of_form(record), of_form(down), of_form(up), of_form(afresh), right.quiet(), forget, next]
};

static WRITING: Table<Action> = table(t("更正时间", "Correct a clock"), &ROWS).advice(t(
    "看着那台电脑的钟填, 或打电话问; 不知道的别猜. F8 记下.",
    "Read that laptop's clock, or call there; guess nothing. F8 records it.",
));

/// A clock that differs by less is not wrong: a minute.
const LEAST_MS: i64 = 60_000;

/// What a person said of a clock.
struct Understood {
    shows: i64,
    /// When it showed that; none is now.
    was: Option<i64>,
    righting: Righting,
}

impl SetRight {
    /// Opens the form of one of the laptops that may be meant, with empty lines; none where there is no such laptop.
    pub fn among(turn: Vec<WrongClock>, at: usize, desk: &Desk) -> Option<Self> {
        let WrongClock { laptop, who, reading, back, by_file, doubt } = turn.get(at)?.clone();
        let (who, corrected, form) = (whose_laptop(&who), said_of(desk, laptop), Form::new(SHAPE));
        let form = KeptForm::at(format!("clock/{laptop:016x}"), form);
        let (asked, ahead_ms, turn) = (None, None, (turn, at));
        Some(Self { laptop, who, doubt, reading, back, by_file, corrected, form, asked, ahead_ms, turn })
    }

    /// Goes to the next laptop; what was written of this one is kept as it stands.
    fn next(&mut self, desk: &mut Desk) -> Go {
        let (turn, at) = &self.turn;
        if turn.len() < 2 {
            return Go::say(t("别台的一台也不认识.", "No other laptop is known."));
        }
        match Self::among(turn.clone(), (at + 1) % turn.len(), desk) {
            Some(page) => {
                self.form.keep(desk);
                Go::swap(page)
            }
            None => Go::Stay,
        }
    }

    /// Gives what was said, or why nothing follows from it.
    fn understood(&self, now_ms: i64) -> Result<Understood, Text> {
        let was = match self.form.text("was") {
            "" => None,
            said => Some(spoken::read_in(Hours::Clock, said, now_ms, Side::Behind).ok_or(UNCLEAR)?),
        };
        let shows = match self.form.text("shows") {
            "" => return Err(EMPTY),
            // A clock may be ahead: what it shows is near what the time was then.
            said => spoken::reading(said, was.unwrap_or(now_ms)).ok_or(UNCLEAR)?,
        };
        let minute = |at: i64| at.div_euclid(60_000);
        let old = [Some(self.reading), self.back.map(|back| back.from_ms)];
        if was.is_none() && old.into_iter().flatten().any(|at| minute(at) == minute(shows)) {
            return Err(NOT_NOW);
        }
        let mut righting = Righting::proposed(shows, was.unwrap_or(now_ms));
        if righting.ahead_ms.abs() < LEAST_MS {
            return Err(RIGHT);
        }
        match self.form.text("from") {
            "" => {}
            from => righting.from_ms = Some(local::at(local::read_day(from).ok_or(UNCLEAR)?, NaiveTime::MIN)),
        }
        if righting.holds(shows) { Ok(Understood { shows, was, righting }) } else { Err(BEGINS_LATE) }
    }

    fn record(&mut self, desk: &mut Desk) -> Go {
        let Understood { shows, was, righting } = match self.understood(desk.now.wall_ms) {
            Ok(understood) => understood,
            Err(why) => return Go::say(Said::from(why).then(t("还没记.", "Nothing is recorded.").into())),
        };
        let request = Request::new("clock.correct")
            .with("laptop", format!("{:016x}", self.laptop))
            .with("shows", local::rfc3339(shows));
        let ends = [("was", was), ("from", righting.from_ms), ("until", righting.until_ms)];
        let request = ends
            .into_iter()
            .filter_map(|(key, at)| Some((key, at?)))
            .fold(request, |request, (key, at)| request.with(key, local::rfc3339(at)));
        let request = if self.by_file { request.with("exported", local::rfc3339(self.reading)) } else { request };
        self.asked = Some(desk.ask(request.consuming(self.form.place())));
        self.ahead_ms = Some(righting.ahead_ms);
        Go::Stay
    }

    fn right(&mut self, desk: &mut Desk) -> Go {
        let request = Request::new("clock.right").with("laptop", format!("{:016x}", self.laptop));
        let request = if self.by_file { request.with("exported", local::rfc3339(self.reading)) } else { request };
        self.asked = Some(desk.ask(request));
        Go::Stay
    }

    fn forget(&mut self, desk: &mut Desk) -> Go {
        if self.corrected.is_none() {
            return Go::say(t("这台电脑没有更正过时间, 也没说过它没错.", "Nothing was ever said of that clock."));
        }
        let request = Request::new("clock.forget").with("laptop", format!("{:016x}", self.laptop));
        self.asked = Some(desk.ask(request));
        Go::Stay
    }

    /// Says what is known that the clock showed, and what may be written of that.
    fn known(&self, now_ms: i64) -> Said {
        let said = |at: i64| format!("{} {}", local::day(at), local::clock(at));
        let Some(back) = self.back else {
            return t(
                "记录或导出时它显示 {at}. 照这个填, 下一行就要写那时其实是哪天几点; 问清再写.",
                "When it recorded or exported it showed {at}. To go by that, say on the next line what the time really was then; ask.",
            )
            .with("at", said(self.reading));
        };
        let words = if back.from_ms > now_ms {
            t(
                "它写过 {from}, 后来又写 {to}: 是以前快了. 写 {from}, 下一行写那时其实是哪天几点. 它现在的钟不用填.",
                "It wrote {from}, and later {to}: it was ahead before. Write {from}, and on the next line what the time really was then. What it shows now is not asked for.",
            )
        } else {
            t(
                "它写过 {from}, 后来又写 {to}: 不是现在慢了, 就是以前快了, 问清再填. 以前快了: 写 {from}, 下一行写那时其实是几点. 现在慢了: 写它的钟现在显示几点, 从 {day} 起.",
                "It wrote {from}, and later {to}: either it is behind now, or it was ahead before; ask which. Ahead before: write {from}, and on the next line what the time really was then. Behind now: write what it shows now, from {day} on.",
            )
        };
        let day = local::day(back.reading).to_string();
        words.with("from", said(back.from_ms)).with("to", said(back.reading)).with("day", day)
    }
}

/// Gives what was said of a clock, in records or here alone, and how it is taken back.
pub(super) fn said_of(desk: &Desk, laptop: u64) -> Option<Said> {
    let before = |house: std::sync::Arc<House>| house.shelf(|shelf, _| said_before(shelf.clocks(), laptop));
    desk.session.house().and_then(before).or_else(|| said_here(&desk.session.device(), laptop))
}

/// Gives what was said here of the clock of this laptop, and how it is taken back.
fn said_here(device: &Device, laptop: u64) -> Option<Said> {
    let words = t(
        "说过本机现在没错, 只记在本机. 说错了按 Ctrl-D 撤去.",
        "It was said here that this laptop is right now. Ctrl-D takes that back.",
    );
    (device.laptop == laptop && device.says_clock_right()).then(|| words.into())
}

/// Gives what was said of a clock before, and how it is taken back.
fn said_before(clocks: &Clocks, laptop: u64) -> Option<Said> {
    let righting = clocks.of(laptop).and_then(|said| said.iter().next_back());
    let corrected = righting.map(|righting| {
        let words = t("已更正: {said}. 更正错了按 Ctrl-D 撤去.", "Corrected: {said}. Ctrl-D takes that back.");
        Said::from(words).with_words("said", righting.said())
    });
    let is_right = clocks.looked_at().any(|(looked, _)| looked == laptop);
    let right = t("说过它现在没错. 说错了按 Ctrl-D 撤去.", "It was said to be right now. Ctrl-D takes that back.");
    corrected.or_else(|| is_right.then(|| right.into()))
}

const EMPTY: Text =
    t("先写它的钟显示几点, 如 2031-05-18 19:42.", "First say what its clock shows, such as 2031-05-18 19:42.");
const UNCLEAR: Text = t(
    "看不懂. 写成 2031-05-18 19:42, 日子写成 2031-05-01.",
    "Not understood. Write 2031-05-18 19:42, and a day as 2031-05-01.",
);
const NOT_NOW: Text = t(
    "这是导出时的时间, 不是现在的: 下一行写上那时其实是哪天几点.",
    "That is what it showed at the export, not now: say on the next line what the time really was then.",
);
const RIGHT: Text = t("照这样它的钟没有错.", "By that its clock is not wrong.");
const BEGINS_LATE: Text = t(
    "从哪天起不对, 比它的钟显示的还晚: 照它自己的钟写那一天.",
    "It begins after what the clock shows: give the day as that clock showed it.",
);

/// What is said where a clock is noted to be right, by where that stands.
const RIGHT_NOW: [(&str, Text); 2] = [
    (
        "everywhere",
        t(
            "记下了: 它的钟现在没错, 不再提; 合并以后各台一样. Ctrl-Z 撤回.",
            "Noted: its clock is right now and named no more, on any laptop after merging. Ctrl-Z takes it back.",
        ),
    ),
    (
        "here",
        t(
            "记下了: 本机的钟现在没错, 只记在本机. Ctrl-Z 撤回.",
            "Noted here alone: the clock of this laptop is right now. Ctrl-Z takes it back.",
        ),
    ),
];
const FAR: Text = t(
    "以前记的差了 {n} 天, 还要更正: 写它那时显示的, 下一行写那时其实是几点.",
    "What was recorded before is off by {n} {n:day|days} and has to be corrected: write what it showed, and what the time really was.",
);

/// Says whose clock was corrected, and by how much.
fn recorded(who: &str, ahead_ms: i64) -> Said {
    let words =
        t("已更正: {who}的钟{error}. Ctrl-Z 撤回.", "Corrected: the clock of {who} was {error}. Ctrl-Z takes it back.");
    words.with("who", who).with_words("error", skew::error_in_full(ahead_ms))
}

impl Screen for SetRight {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        let gap = u16::from(canvas.height() >= 14);
        let place = match (self.turn.0.len(), self.turn.1 + 1) {
            (..=1, _) => t("", "").into(),
            (count, at) => t(" ({at}/{n})", " ({at}/{n})").with("at", at).with("n", count),
        };
        let title = Said::from(t("{who}{place}: {doubt}", "{who}{place}: {doubt}"));
        let title = title.with("who", &self.who).with_words("place", place).with_words("doubt", self.doubt.clone());
        let y = 2 * gap + canvas.write_wrapped(1, gap, 2, &canvas.say(&title), Look::Strong);
        let rows = canvas.height().saturating_sub(y + 4);
        let y = y + self.form.draw(&mut canvas.part(0, y, canvas.width(), rows), 0) + gap;
        let now_ms = canvas.desk.now.wall_ms;
        let (said, look) = match self.understood(now_ms) {
            Ok(understood) => (understood.righting.said(), Look::Accent),
            Err(why) => (why.into(), Look::Dim),
        };
        let y = y + canvas.write_told(3, y, 2, &canvas.say(&said), look) + gap;
        let known = canvas.say(&self.known(now_ms));
        let look = if self.back.is_some() { Look::Late } else { Look::Plain };
        let y = y + canvas.write_wrapped(3, y, 4, &known, look) + gap;
        let y = if self.back.is_some_and(|back| back.by_ms() < skew::CORRECTED_MS) {
            let words = t(
                "钟已经调好, 以前记的也不用更正: 按 Ctrl-T, 以后不再提.",
                "The clock was set right and nothing needs correction: Ctrl-T, and it is named no more.",
            );
            y + canvas.write_told(3, y, 2, canvas.words(words), Look::Plain) + gap
        } else {
            y
        };
        let y = match &self.corrected {
            Some(said) => y + canvas.write_told(3, y, 2, &canvas.say(said), Look::Plain) + gap,
            None => y,
        };
        let words = t(
            "差几分钟不要紧; 不知道的别猜. 记录一条不改, 只是它的时间照更正的显示, 合并以后各台都一样. 那台电脑的钟也要调好.",
            "Some minutes do not matter; guess nothing. No record is changed: its times are shown corrected, on every laptop after merging. Set that clock right too.",
        );
        canvas.write_told(3, y, canvas.height().saturating_sub(y), canvas.words(words), Look::Dim);
    }

    fn form(&mut self) -> Option<&mut KeptForm> {
        Some(&mut self.form)
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        let Message::Answer(ticket, result) = message else { return Go::Stay };
        if self.asked != Some(*ticket) {
            return Go::Stay;
        }
        self.asked = None;
        let ahead_ms = self.ahead_ms.take();
        let answer = match result.as_ref() {
            Ok(answer) => answer,
            Err(trouble) => {
                self.form.go_where(trouble);
                return Go::Stay;
            }
        };
        let stands = answer.more.get("recorded").and_then(serde_json::Value::as_str);
        let words = RIGHT_NOW.iter().find(|(known, _)| stands == Some(known)).map(|(_, words)| Said::from(*words));
        let days = answer.more.get("days").and_then(serde_json::Value::as_i64);
        let far = days.map(|days| FAR.with("n", days));
        desk.notice = words.map(|words| far.clone().into_iter().fold(words, Said::then)).or(desk.notice.take());
        if far.is_some() {
            return Go::Stay;
        }
        // What was written stays half written unless it is what was recorded.
        if ahead_ms.is_some() {
            desk.let_go(self.form.place());
        }
        desk.tell(ahead_ms.map(|ahead_ms| recorded(&self.who, ahead_ms)).as_slice());
        Go::Back
    }

    fn busy(&self) -> bool {
        self.asked.is_some()
    }
}

impl Keyed for SetRight {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&WRITING];

    fn table(&self) -> &'static Table<Action> {
        &WRITING
    }

    fn act(&mut self, action: Action, desk: &mut Desk) -> Go {
        match action {
            _ if self.asked.is_some() => Go::Stay,
            Action::Right => self.right(desk),
            Action::Forget => self.forget(desk),
            Action::Next => self.next(desk),
            Action::Form(step) if self.form.step(step, desk) => self.record(desk),
            Action::Form(_) => Go::Stay,
        }
    }
}
