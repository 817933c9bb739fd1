//! 不一致: two people wrote different things without knowing of each other; both stay until someone chooses.
//!
//! Keystrokes: Down to the disagreement, the digit of the right value; or Enter and a third value. What was chosen goes
//! out with the next export, so that it is settled for everyone.

use super::Card;
use crate::app::{Ask, Dispute, Message, Request, Side, Ticket};
use crate::domain::local;
use crate::text::t;
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::field::Field;
use crate::ui::keys::{Key, Table, row, table};
use crate::ui::list::{Column, List, Scroll, draw_line, fit};
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::theme::Look;

/// Shows what people disagree about.
#[derive(Debug, PartialEq, Default)]
pub struct Disputes {
    open: Vec<Dispute>,
    list: List,
    field: Field,
    /// A third value is being written.
    writing: bool,
    resolving: Option<Ticket>,
}

impl Disputes {
    /// Opens the page.
    pub fn new() -> Self {
        Self::default()
    }

    fn selected(&self) -> Option<&Dispute> {
        self.open.get(self.list.selected().min(self.open.len().saturating_sub(1)))
    }

    fn reread(&mut self, desk: &Desk) -> Go {
        let Some(house) = desk.session.house() else { return Go::Stay };
        match house.disputes() {
            Ok(disputes) => {
                self.open = disputes;
                Go::Stay
            }
            Err(trouble) => Go::say(t("{why}", "{why}").with("why", trouble.say(desk.lang))),
        }
    }

    fn resolve(&mut self, value: &str, desk: &mut Desk) -> Go {
        if self.resolving.is_some() {
            return Go::Stay;
        }
        let Some(dispute) = self.selected() else { return Go::Stay };
        let mut request = Request::new("conflict.resolve")
            .with_name("entity", dispute.entity)
            .with("fact", dispute.key.as_str())
            .with("value", value);
        if self.writing {
            request = request.consuming(place(dispute));
        }
        self.resolving = Some(desk.session.ask(Ask::Do(request)));
        Go::Stay
    }

    fn pick(&mut self, digit: u8, desk: &mut Desk) -> Go {
        let chosen = usize::from(digit).checked_sub(1);
        let side = self.selected().zip(chosen).and_then(|(dispute, at)| dispute.sides.get(at));
        match side.map(|side| side.written.clone()) {
            Some(value) => self.resolve(&value, desk),
            None => Go::say(t("没有这个编号的值.", "There is no value of that number.")),
        }
    }
}

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    /// Chooses the value of a number.
    Pick(u8),
    /// Starts to write a third value.
    Write,
    /// Opens the household's card.
    Open,
    /// Records the third value.
    Record,
    /// Writes no third value.
    Close,
}

static LIST: Table<Action> = table(
    t("不一致", "Disputed"),
    &[
        row(&[Key::Digit(1)], t("用第一个", "The first"), Action::Pick(1)),
        row(&[Key::Digit(2)], t("用第二个", "The second"), Action::Pick(2)),
        row(&[Key::Digit(3)], t("用第三个", "The third"), Action::Pick(3)).quiet(),
        row(&[Key::Digit(4)], t("用第四个", "The fourth"), Action::Pick(4)).quiet(),
        row(&[Key::Enter], t("另写一个", "Other"), Action::Write),
        row(&[Key::Tab], t("打开户卡", "Card"), Action::Open),
    ],
);

static THIRD: Table<Action> = table(
    t("不一致: 另写一个", "Disputed: another value"),
    &[
        row(&[Key::Enter], t("定为这个", "Settle on this"), Action::Record),
        row(&[Key::Esc], t("不写了", "Write none"), Action::Close),
    ],
);

const COLUMNS: [Column; 4] = [
    Column::new(t("户", "Household"), 8),
    Column::new(t("住在", "Place"), 20).drops(2).grows(1),
    Column::new(t("哪一项", "Fact"), 12).drops(1),
    Column::new(t("几个值", "Values"), 16).grows(2),
];

/// Rows below the list: a blank, the values, a third one.
const BELOW: u16 = 7;

impl Screen for Disputes {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        let title = t(
            "不一致   {n} 处. 各写的都留着; 选定以前, 用后写的那个.",
            "Disputed   {n}. All values stay; until one is chosen the later one is used.",
        );
        let title = canvas.say(&title.with("n", self.open.len()));
        canvas.write(1, 0, title, Look::Plain);
        if self.open.is_empty() {
            canvas.write(2, 2, canvas.words(t("没有不一致.", "Nothing is disputed.")), Look::Dim);
            return;
        }
        let widths = fit(&COLUMNS, canvas.width());
        for (y, index) in (2..).zip(self.list.window(self.open.len(), window(canvas.height()))) {
            let Some(dispute) = self.open.get(index) else { continue };
            let values: Vec<String> = dispute.sides.iter().map(|side| shown(canvas, dispute, side)).collect();
            let cells = [
                (dispute.head.clone(), Look::Strong),
                (dispute.place.clone(), Look::Plain),
                (canvas.say(&dispute.fact), Look::Plain),
                (values.join(" / "), Look::Soon),
            ];
            draw_line(canvas, y, &COLUMNS, &widths, &cells, self.list.is_selected(index, self.open.len()));
        }
        self.draw_sides(canvas);
    }

    fn field(&mut self) -> Option<&mut Field> {
        self.writing.then_some(&mut self.field)
    }

    fn draft(&self) -> Option<String> {
        self.selected().filter(|_| self.writing).map(place)
    }

    fn put_aside(&mut self) -> bool {
        let words = self.field().map(Field::take).unwrap_or_default();
        self.writing = false;
        !words.trim().is_empty()
    }

    fn list(&mut self, desk: &Desk) -> Option<Scroll<'_>> {
        // While a value is being written it belongs to the line it was begun for.
        let (len, window) = (self.open.len(), window(desk.body.height));
        (!self.writing).then_some(Scroll { list: &mut self.list, len, window })
    }

    fn shown(&mut self, desk: &mut Desk) -> Go {
        self.reread(desk)
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        match message {
            Message::Answer(ticket, answer) if self.resolving == Some(*ticket) => {
                self.resolving = None;
                if answer.is_err() {
                    return Go::Stay;
                }
                self.field.take();
                self.writing = false;
                match self.reread(desk) {
                    Go::Stay => Go::say(t("已选定, 下次导出时一起带走.", "Settled; it goes out with the next export.")),
                    other => other,
                }
            }
            // Something was recorded, merged or taken back elsewhere: the list is what is disputed now.
            Message::Filled | Message::Answer(..) | Message::Merged(..) if !self.writing => self.reread(desk),
            _ => Go::Stay,
        }
    }
}

/// Names the place where a third value is typed.
fn place(dispute: &Dispute) -> String {
    format!("dispute/{}/{}", dispute.entity, dispute.key)
}

/// Gives a value as it may be shown: covered, lists keep to themselves what only the card shows.
fn shown(canvas: &Canvas<'_>, dispute: &Dispute, side: &Side) -> String {
    if canvas.desk.covered && dispute.private {
        canvas.words(t("(遮挡)", "(covered)")).to_owned()
    } else {
        canvas.say(&side.value)
    }
}

/// Gives the rows that the list has on a page of a height.
fn window(height: u16) -> u16 {
    height.saturating_sub(2 + BELOW).max(1)
}

impl Disputes {
    /// Shows each value of the selected disagreement with who wrote it, when, and on which laptop.
    fn draw_sides(&self, canvas: &mut Canvas<'_>) {
        let Some(dispute) = self.selected() else { return };
        let top = canvas.height().saturating_sub(BELOW - 1);
        for ((y, number), side) in (top..).zip(1..=4).zip(&dispute.sides) {
            let x = canvas.write(2, y, format!("{number}  {}", shown(canvas, dispute, side)), Look::Strong);
            let now = if side.current { t("  现在用的", "  used now") } else { t("", "") };
            let by = format!(
                "   {} {} {} {}{}",
                side.actor,
                local::short_day(side.at),
                local::clock(side.at),
                side.laptop,
                canvas.words(now)
            );
            canvas.write(x, y, by, Look::Plain);
        }
        if self.writing {
            let y = canvas.height().saturating_sub(2);
            let x = canvas.write(2, y, "> ", Look::Plain);
            canvas.field(x, y, &self.field, true);
        }
    }
}

impl Keyed for Disputes {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&LIST, &THIRD];

    fn table(&self) -> &'static Table<Action> {
        if self.writing { &THIRD } else { &LIST }
    }

    fn act(&mut self, action: Action, desk: &mut Desk) -> Go {
        match action {
            Action::Pick(digit) => return self.pick(digit, desk),
            Action::Write => {
                let Some(dispute) = self.selected() else { return Go::Back };
                let draft = desk.session.draft(&place(dispute));
                self.writing = true;
                if let Some((text, cursor)) = draft {
                    self.field.set(&text, cursor);
                }
            }
            Action::Open => {
                if let Some(household) = self.selected().and_then(|dispute| dispute.household) {
                    return Go::open(Card::of(household));
                }
            }
            Action::Record => {
                if self.field.is_empty() {
                    return Go::say(t("还没有写.", "Nothing is written yet."));
                }
                let value = self.field.text().to_owned();
                return self.resolve(&value, desk);
            }
            // The text stays a draft of this line.
            Action::Close => {
                self.field.take();
                self.writing = false;
            }
        }
        Go::Stay
    }
}
