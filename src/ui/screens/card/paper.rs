//! 补录: a visit entered later from paper, then what was said, line by line, in the words of the entry line.
//!
//! Keystrokes: `昨晚 7点` Enter `21` Enter, digits, F8; then every line (`4+ 机井坏了`) and Enter; an empty line ends. The visit is
//! begun and ended by one request: whatever happens, none is left without its end.

mod lines;

use crate::app::{Answer, Message, Request, Ticket};
use crate::domain::choice::{self, Choice};
use crate::domain::entry::{Entry, IssueLine, Length, parse};
use crate::domain::spoken::{self, Side, length};
use crate::domain::{Name, is_long_enough, local};
use crate::text::{Said, Trouble, t};
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::field::Field;
use crate::ui::form::{self, Form, Input, Step};
use crate::ui::kept::Kept;
use crate::ui::keys::{Key, Table, row, table};
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::screens::alike::{HOW_LONG, WHAT_WAS_DONE};
use crate::ui::screens::astray::Astray;
use crate::ui::screens::visit::picture::foreseen;
use crate::ui::screens::when::{hour, in_full, not_behind};
use crate::ui::screens::{answer, nearby, reasons, ways};
use crate::ui::theme::Look;

/// Asks when a visit was, how long, and what came of it.
#[derive(Debug, PartialEq, Eq)]
pub struct FromPaper {
    household: Name,
    head: String,
    form: Form,
    line: Field,
    astray: Astray,
    /// When the visit was whose lines are written, milliseconds since 1970 UTC.
    began: i64,
    stage: Stage,
    /// The outcome without anybody, and the minutes, that were asked about.
    with_nobody: Option<(String, i64)>,
}

/// How far the visit is recorded.
#[derive(Debug, PartialEq, Eq)]
enum Stage {
    Form,
    Recording(Ticket),
    /// What was said.
    Lines(Name, Vec<String>),
    /// What was done on the spot about a line that waits.
    How(Name, Vec<String>, IssueLine),
    /// A line is being recorded.
    Noting(Name, Vec<String>, Ticket),
}

/// What came of a visit; a discarded one is not entered later.
static OUTCOMES: &[Choice] = match choice::OUTCOMES.split_last() {
    Some((_, rest)) => rest,
    None => &[],
};

static SHAPE: &[Input] = &[
    form::text("on", t("什么时候", "when"), t("如 昨晚 7点, 5-12 19:30", "such as yesterday 19:00, 5-12 19:30")),
    form::text("minutes", t("谈了几分钟", "minutes"), t("如 21 或 1小时20分", "such as 21, or 1 hour 20 min")),
    form::pick("outcome", t("结果", "outcome"), OUTCOMES),
    form::pick("kind", t("走访方式", "way"), choice::VISIT_KINDS),
    form::text("visitors", t("走访干部", "visitors"), t("几个人用空格隔开", "several: blanks between")),
    form::pick("satisfaction", t("满意度", "satisfaction"), choice::SATISFACTION),
    form::text("short_why", t("不足时间的原因", "why short"), t("够了时间不用填", "only if too short")),
];

static WRITING: Table<Step> = form::writing(t("补录", "Entered later"));
static PICKING: Table<Step> = form::picking(t("补录: 选", "Entered later: pick"));
static LINES: Table<Step> = table(
    t("补录: 说了什么", "Entered later: what was said"),
    &[
        row(&[Key::Enter], t("记下, 空行结束", "Record, empty to end"), Step::Enter),
        row(&[Key::F(8)], t("结束", "Finish"), Step::Record),
    ],
)
.ways(ways::VISIT);
static HOW: Table<Step> = table(
    t("补录: 当场怎么解决的", "Entered later: what was done"),
    &[
        row(&[Key::Enter], t("记下 (可以空着)", "Put down (or empty)"), Step::Enter),
        row(&[Key::Esc, Key::Up], t("回到那一句", "Back"), Step::Up),
    ],
);

impl FromPaper {
    /// Opens the form; `visitors` go on a visit that begins now, and likely went on this one.
    pub(super) fn of(household: Name, head: &str, visitors: &[String]) -> Self {
        let form = Form::new(SHAPE).with("outcome", "done").with("kind", "home").with("visitors", &visitors.join("、"));
        Self {
            household,
            head: head.to_owned(),
            form,
            line: Field::new(),
            astray: Astray::default(),
            began: 0,
            stage: Stage::Form,
            with_nobody: None,
        }
    }

    fn place(&self) -> String {
        format!("card/{}/paper", self.household)
    }

    /// The place of what is being typed.
    fn draft_place(&self) -> String {
        match self.stage {
            Stage::Lines(..) => self.line_place(),
            Stage::How(..) => self.how_place(),
            _ => self.place(),
        }
    }

    fn line_place(&self) -> String {
        format!("card/{}/paper/line", self.household)
    }

    fn how_place(&self) -> String {
        format!("card/{}/paper/how", self.household)
    }

    fn understood(&self, now_ms: i64) -> Option<i64> {
        spoken::read(self.form.text("on"), now_ms, Side::Behind)
    }

    fn on(&self, now_ms: i64) -> Option<i64> {
        self.understood(now_ms).filter(|at| *at <= now_ms)
    }

    /// Reads how long it was; or says why that is not known.
    fn minutes(&self) -> Result<i64, Said> {
        let minutes = length::whole(self.form.text("minutes"));
        let minutes = minutes.map_err(|doubt| doubt.said().unwrap_or_else(|| HOW_LONG.into()))?;
        i64::try_from(minutes).ok().filter(|minutes| *minutes <= 24 * 60).ok_or_else(|| HOW_LONG.into())
    }

    fn is_done(&self) -> bool {
        self.form.text("outcome") == "done"
    }

    /// Says what keeps the form from being recorded, and in which line.
    fn missing(&self, desk: &Desk) -> Option<(&'static str, Said)> {
        let minimum = desk.session.house().map_or(15, |house| house.minimum_minutes());
        let now_ms = desk.now.wall_ms;
        if self.on(now_ms).is_none() {
            let said = not_behind(self.form.text("on"), self.understood(now_ms), now_ms);
            return Some(("on", said));
        }
        if self.form.text("visitors").is_empty() {
            return Some(("visitors", t("请写谁去走访的.", "Who went, please.").into()));
        }
        if !self.is_done() {
            return None;
        }
        let minutes = match self.minutes() {
            Ok(minutes) => minutes,
            Err(said) => return Some(("minutes", said)),
        };
        let short = self.form.text("kind") != "phone" && !is_long_enough(minutes * 60_000, minimum);
        (short && self.form.text("short_why").is_empty()).then(|| {
            let said = t(
                "不足 {minimum} 分钟: 请写原因, 照样保留并注明, 不算覆盖.",
                "Under {minimum} {minimum:minute|minutes}: the reason, please; it is kept and marked, but does not count.",
            );
            ("short_why", said.with("minimum", minimum))
        })
    }

    /// Asks once about full minutes where nobody was spoken with: a digit may have been meant for another outcome, and those minutes
    /// are not kept.
    fn ask_about_nobody(&mut self, desk: &Desk) -> Option<Said> {
        let minimum = desk.session.house().map_or(15, |house| house.minimum_minutes());
        let word = self.form.text("outcome").to_owned();
        let outcome = choice::name_of(OUTCOMES, &word).filter(|_| choice::NOBODY.contains(&word.as_str()))?;
        let minutes = self.minutes().ok().filter(|minutes| is_long_enough(minutes * 60_000, minimum))?;
        let asked = Some((word, minutes));
        if self.with_nobody == asked {
            return None;
        }
        self.with_nobody = asked;
        let words = t(
            "谈了 {minutes} 分, 结果却是{outcome}; 再按 F8 就这样记, 不记分钟. 不对就改.",
            "Minutes: {minutes}, but the outcome is {outcome}; F8 again records it so, without minutes. Else change it.",
        );
        Some(words.with("minutes", minutes).with_words("outcome", outcome))
    }

    /// Says of minutes that were written where nobody was spoken with that they are not kept.
    fn minutes_left_out(&self) -> Option<Said> {
        let outcome = choice::name_of(OUTCOMES, self.form.text("outcome")).filter(|_| !self.is_done())?;
        let minutes = Some(self.form.text("minutes")).filter(|minutes| !minutes.is_empty())?;
        let words = t(
            "结果是{outcome}: 写的分钟 ({minutes}) 没有记.",
            "The outcome is {outcome}: the minutes ({minutes}) are not recorded.",
        );
        Some(words.with("minutes", minutes).with_words("outcome", outcome))
    }

    /// Hears what became of the visit or of a line.
    fn hear(&mut self, ticket: Ticket, result: &Result<Answer, Trouble>, desk: &mut Desk) {
        match &mut self.stage {
            Stage::Recording(asked) if *asked == ticket => match result {
                Ok(answer) => {
                    desk.let_go(&self.place());
                    self.began = self.on(desk.now.wall_ms).unwrap_or(desk.now.wall_ms);
                    self.stage = answer.name().map_or(Stage::Form, |visit| Stage::Lines(visit, Vec::new()));
                    self.take_over(desk);
                }
                Err(trouble) => {
                    self.form.go_where(trouble);
                    self.stage = Stage::Form;
                }
            },
            Stage::Noting(visit, lines, asked) if *asked == ticket => {
                let (visit, mut lines) = (*visit, std::mem::take(lines));
                if result.is_ok() {
                    self.line.take();
                    desk.let_go(&self.line_place());
                    desk.let_go(&self.how_place());
                } else {
                    lines.pop();
                }
                self.stage = Stage::Lines(visit, lines);
            }
            _ => {}
        }
    }

    fn record(&mut self, desk: &mut Desk) -> Go {
        if let Some((line, said)) = self.missing(desk) {
            self.form.go(line);
            return Go::Say(said);
        }
        if let Some(question) = self.ask_about_nobody(desk) {
            self.form.go("outcome");
            return Go::Say(question);
        }
        let on = self.on(desk.now.wall_ms).map(local::rfc3339).unwrap_or_default();
        let (kind, outcome) = (self.form.text("kind"), self.form.text("outcome"));
        let mut request = Request::new("visit.start")
            .with_name("household", self.household)
            .with("on", on)
            .with("kind", if kind.is_empty() { "home" } else { kind })
            .with("outcome", if outcome.is_empty() { "done" } else { outcome })
            .with("visitors", self.form.text("visitors"))
            .consuming(self.place());
        if self.is_done() {
            request = request.with("minutes", self.minutes().unwrap_or(0));
        }
        for key in ["short_why", "satisfaction"] {
            if !self.form.text(key).is_empty() {
                request = request.with(key, self.form.text(key));
            }
        }
        self.stage = Stage::Recording(desk.ask(request));
        self.minutes_left_out().map_or(Go::Stay, Go::Say)
    }
}

impl Screen for FromPaper {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        let gap = u16::from(canvas.height() >= 14);
        let title = t("补录 {head} 的走访", "A visit of {head}, entered later").with("head", &self.head);
        canvas.write_cut(1, gap, canvas.width().saturating_sub(2), &canvas.say(&title), Look::Strong);
        let mut y = 2 * gap + 1;
        if let Stage::Lines(_, lines) | Stage::Noting(_, lines, _) | Stage::How(_, lines, _) = &self.stage {
            let said = t(
                "走访已记下. 说了什么, 一行一句, 空行结束:",
                "The visit is recorded. What was said, line by line, an empty one ends:",
            );
            y += canvas.write_told(1, y, 2, canvas.words(said), Look::Plain) + gap;
            let room = canvas.height().saturating_sub(y + 4).max(1);
            for line in lines.iter().skip(lines.len().saturating_sub(usize::from(room))) {
                canvas.write_cut(3, y, canvas.width().saturating_sub(4), line, Look::Dim);
                y += 1;
            }
            if let Stage::How(_, _, issue) = &self.stage {
                canvas.write_cut(3, y, canvas.width().saturating_sub(4), &issue.written(), Look::Dim);
                y += 1;
            }
            canvas.write(1, y, "> ", Look::Strong);
            y += canvas.field(3, y, &self.line, true);
            if matches!(self.stage, Stage::How(..)) {
                let words = WHAT_WAS_DONE;
                canvas.write_clauses(3, y, canvas.width().saturating_sub(3), canvas.words(words), Look::Dim);
                return;
            }
            let entry = parse(self.line.text());
            if matches!(entry, Entry::Issue(_)) || entry.refusal().is_some() || entry.astray().is_some() {
                let said = Length::ALL.map(|length| foreseen(&entry, length, canvas.desk));
                nearby::draw_below(canvas, 3, y, 1, &said, None);
            } else {
                let words = t("问题这样写: 4+ 机井坏了 (F1)", "A problem: 4+ the well is broken (F1)");
                let words = canvas.say(&words.into());
                canvas.write_clauses(3, y, canvas.width().saturating_sub(3), &words, Look::Dim);
            }
            return;
        }
        let rows = canvas.height().saturating_sub(y + 2);
        y += self.form.draw(&mut canvas.part(0, y, canvas.width(), rows), 0) + gap;
        let now_ms = canvas.desk.now.wall_ms;
        let asked = hour(self.form.text("on"), now_ms, Side::Behind).map(|asked| (asked, Look::Soon));
        let said = self.on(now_ms).map(|at| (in_full(at, now_ms), Look::Accent)).or(asked);
        if let Some((said, look)) = said {
            canvas.write_cut(3, y, canvas.width().saturating_sub(3), &canvas.say(&said), look);
        }
    }

    fn lines_of_form(&mut self) -> Option<&mut Form> {
        matches!(self.stage, Stage::Form | Stage::Recording(_)).then_some(&mut self.form)
    }

    fn field(&mut self) -> Option<Kept<'_>> {
        let place = self.draft_place();
        let field = match self.stage {
            Stage::Lines(..) | Stage::How(..) => Some(&mut self.line),
            Stage::Noting(..) => None,
            _ => self.form.field(),
        };
        field.map(|field| Kept::at(place, field))
    }

    fn draft(&mut self) -> Option<String> {
        Some(self.draft_place())
    }

    fn kept(&mut self) -> Option<(String, usize)> {
        match &self.stage {
            // With its visit: the page may be gone by the time it comes back.
            Stage::Lines(visit, _) => Some(answer::kept(&visit.to_string(), &self.line)),
            Stage::How(_, _, issue) => Some(answer::kept(&issue.written(), &self.line)),
            _ => Some(self.form.kept()),
        }
    }

    fn put_aside(&mut self) -> bool {
        // Once the visit is recorded its form says when it was: only the line is somebody's own.
        match &mut self.stage {
            Stage::Form | Stage::Recording(_) => return self.form.put_aside(),
            Stage::How(visit, lines, _) => self.stage = Stage::Lines(*visit, std::mem::take(lines)),
            Stage::Lines(..) | Stage::Noting(..) => {}
        }
        !self.line.take().trim().is_empty()
    }

    fn put_back(&mut self, text: &str, cursor: usize) {
        match self.stage {
            Stage::Form => self.form.put_back(text, cursor),
            Stage::Lines(visit, _) => {
                if let Some((line, cursor)) = answer::of(&visit.to_string(), &(text.to_owned(), cursor)) {
                    self.line.set(&line, cursor);
                }
            }
            _ => {}
        }
    }

    fn shown(&mut self, desk: &mut Desk) -> Go {
        if self.stage == Stage::Form { self.go_on_with_lines(desk) } else { self.read_again(desk) }
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        match message {
            Message::Answer(ticket, result) => self.hear(*ticket, result, desk),
            Message::Merged(..) | Message::Imported(..) => {}
            _ => return Go::Stay,
        }
        self.read_again(desk)
    }

    fn why(&self, desk: &Desk) -> Option<Said> {
        Some(reasons::covered(desk))
    }

    fn busy(&self) -> bool {
        matches!(self.stage, Stage::Recording(_) | Stage::Noting(..))
    }
}

impl Keyed for FromPaper {
    type Action = Step;
    const TABLES: &'static [&'static Table<Step>] = &[&WRITING, &PICKING, &LINES, &HOW];

    fn table(&self) -> &'static Table<Step> {
        match self.stage {
            Stage::Lines(..) | Stage::Noting(..) => &LINES,
            Stage::How(..) => &HOW,
            _ if self.form.is_picking() => &PICKING,
            _ => &WRITING,
        }
    }

    fn lacks(&self) -> usize {
        if matches!(self.stage, Stage::Lines(..) | Stage::Noting(..) | Stage::How(..)) { 0 } else { self.form.lacks() }
    }

    fn act(&mut self, step: Step, desk: &mut Desk) -> Go {
        match (&self.stage, step) {
            (Stage::Lines(..), Step::Record) if self.line.is_empty() => Go::Back,
            (Stage::Lines(..), _) => self.note(desk),
            (Stage::How(..), step) => self.answered(step, desk),
            (Stage::Form, step) => {
                if self.form.step(step) {
                    return self.record(desk);
                }
                let place = self.place();
                desk.keep(&place, self.form.kept());
                Go::Stay
            }
            _ => Go::Stay,
        }
    }
}
