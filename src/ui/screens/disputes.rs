//! 不一致: two people wrote different things without knowing of each other; both stay until someone chooses.
//!
//! Keystrokes: Down to the disagreement, the digit of the right value; or Enter and a third value. What was chosen goes
//! out with the next export, so that it is settled for everyone.

mod drawn;
#[cfg(test)]
mod tests;

use super::{Beside, Card, OneIssue, Parallels, reasons};
use crate::app::{Ask, Before, Dispute, Message, Request};
use crate::text::{Said, t};
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::field::Field;
use crate::ui::glance;
use crate::ui::kept::Kept;
use crate::ui::keys::{Key, Table, row, table};
use crate::ui::list::{List, Scroll};
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::pending::Pending;
use crate::ui::screens::lookup::namesakes::ByName;
use crate::ui::screens::settled::Settling;
use crate::ui::theme::Look;

/// Shows what people disagree about.
#[derive(Debug, PartialEq, Default)]
pub struct Disputes {
    open: Vec<Dispute>,
    /// Where those of one name stand among them.
    by_name: ByName,
    list: List,
    field: Field,
    /// A third value is being written.
    writing: bool,
    /// Which line has its values turned on, and to which of them.
    turned: (usize, usize),
    resolving: Settling,
    /// What stood before each value, as far as it was read.
    before: Before,
    reading: Pending,
    /// While it was being read something came in.
    once_more: bool,
}

impl Disputes {
    /// Opens the page.
    pub fn new() -> Self {
        Self::default()
    }

    fn selected(&self) -> Option<&Dispute> {
        self.open.get(self.list.selected().min(self.open.len().saturating_sub(1)))
    }

    /// Asks what stood before the values, where that was not read yet. Of a value that is there nothing about it changes.
    fn look_before(&mut self, desk: &mut Desk) {
        let mut sides = self.open.iter().flat_map(|dispute| &dispute.sides);
        if sides.all(|side| self.before.contains_key(&side.writing)) {
            return;
        }
        // The journal is read once at a time, however often something comes in meanwhile.
        if self.reading.is_on() {
            self.once_more = true;
        } else {
            self.reading.ask(desk.session.ask(Ask::LookBefore));
        }
    }

    fn take(&mut self, open: Vec<Dispute>) {
        self.by_name = drawn::by_name(&open);
        self.open = open;
    }

    fn reread(&mut self, desk: &mut Desk) -> Go {
        let Some(house) = desk.session.house() else { return Go::Stay };
        match house.disputes() {
            Ok(disputes) => {
                self.take(disputes);
                self.look_before(desk);
                Go::Stay
            }
            Err(trouble) => Go::Say(trouble.told()),
        }
    }

    fn resolve(&mut self, value: &str, desk: &mut Desk) -> Go {
        if self.resolving.is_on() {
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
        let settled = drawn::settled(dispute, desk);
        self.resolving.ask(request, settled, desk);
        Go::Stay
    }

    /// Closes the line; the text stays a draft of it. What was recorded or merged meanwhile shows.
    fn close(&mut self, desk: &mut Desk) -> Go {
        self.field.take();
        self.writing = false;
        self.reread(desk)
    }

    fn pick(&mut self, digit: u8, desk: &mut Desk) -> Go {
        let chosen = usize::from(digit).checked_sub(1);
        let side = self.selected().zip(chosen).and_then(|(dispute, at)| dispute.sides.get(at));
        match side.map(|side| side.written.clone()) {
            Some(_) if desk.covered => {
                Go::say(t("已遮挡: 先按 Ctrl-B 看清再选.", "Covered: Ctrl-B first, then choose."))
            }
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
    /// Goes on to values for which there was no room.
    Turn,
    /// Starts to write a third value.
    Write,
    /// Opens the issue whose steps are disputed.
    Issue,
    /// Opens the household's card.
    Open,
    /// Shows what was changed in parallel without contradicting.
    Parallel,
    /// Records the third value.
    Record,
    /// Writes no third value.
    Close,
}

/// With nothing to choose.
static NONE: Table<Action> = table(
    t("不一致: 没有", "Disputed: nothing"),
    &[row(&[Key::Digit(0)], t("同户不同项", "Parallel"), Action::Parallel)],
);

/// With two values to choose between, as nearly always.
static LIST: Table<Action> = table(
    t("不一致", "Disputed"),
    &[
        row(&[Key::Digit(1)], t("用第一个", "The first"), Action::Pick(1)),
        row(&[Key::Digit(2)], t("用第二个", "The second"), Action::Pick(2)),
        row(&[Key::Right], t("看其余的值", "The other values"), Action::Turn).quiet(),
        row(&[Key::Enter], t("另写一个", "Other"), Action::Write),
        row(&[Key::Tab], t("户卡", "Card"), Action::Open),
        row(&[Key::Digit(0)], t("同户不同项", "Parallel"), Action::Parallel),
    ],
);

static MANY: Table<Action> = table(
    t("不一致: 三个值以上", "Disputed: three values or more"),
    &[
        row(&[Key::Digit(1)], t("用第一个", "The first"), Action::Pick(1)),
        row(&[Key::Digit(2)], t("用第二个", "The second"), Action::Pick(2)),
        row(&[Key::Digit(3)], t("用第三个", "The third"), Action::Pick(3)),
        row(&[Key::Digit(4)], t("用第四个", "The fourth"), Action::Pick(4)).quiet(),
        row(&[Key::Digit(5)], t("用第五个", "The fifth"), Action::Pick(5)).quiet(),
        row(&[Key::Digit(6)], t("用第六个", "The sixth"), Action::Pick(6)).quiet(),
        row(&[Key::Digit(7)], t("用第七个", "The seventh"), Action::Pick(7)).quiet(),
        row(&[Key::Digit(8)], t("用第八个", "The eighth"), Action::Pick(8)).quiet(),
        row(&[Key::Digit(9)], t("用第九个", "The ninth"), Action::Pick(9)).quiet(),
        row(&[Key::Right], t("看其余的值", "The other values"), Action::Turn).quiet(),
        row(&[Key::Enter], t("另写一个", "Other"), Action::Write),
        row(&[Key::Tab], t("户卡", "Card"), Action::Open),
        row(&[Key::Digit(0)], t("同户不同项", "Parallel"), Action::Parallel).quiet(),
    ],
);

/// Nobody writes a third step here: it is taken on the page of its issue.
static STEPS: Table<Action> = table(
    t("不一致: 流程的一步", "Disputed: a step of an issue"),
    &[
        row(&[Key::Digit(1)], t("照第一个", "The first"), Action::Pick(1)),
        row(&[Key::Digit(2)], t("照第二个", "The second"), Action::Pick(2)),
        row(&[Key::Digit(3)], t("照第三个", "The third"), Action::Pick(3)).quiet(),
        row(&[Key::Digit(4)], t("照第四个", "The fourth"), Action::Pick(4)).quiet(),
        row(&[Key::Digit(5)], t("照第五个", "The fifth"), Action::Pick(5)).quiet(),
        row(&[Key::Digit(6)], t("照第六个", "The sixth"), Action::Pick(6)).quiet(),
        row(&[Key::Digit(7)], t("照第七个", "The seventh"), Action::Pick(7)).quiet(),
        row(&[Key::Digit(8)], t("照第八个", "The eighth"), Action::Pick(8)).quiet(),
        row(&[Key::Digit(9)], t("照第九个", "The ninth"), Action::Pick(9)).quiet(),
        row(&[Key::Right], t("看其余的值", "The other values"), Action::Turn).quiet(),
        row(&[Key::Enter], t("看这一件", "Issue"), Action::Issue),
        row(&[Key::Tab], t("户卡", "Card"), Action::Open),
        row(&[Key::Digit(0)], t("同户不同项", "Parallel"), Action::Parallel),
    ],
)
.advice(t(
    "按数字照那一个, 各处都照它; 说不准的先放着, Enter 看这一件.",
    "A digit settles it everywhere; if unsure leave it, or see it with Enter.",
));

static THIRD: Table<Action> = table(
    t("不一致: 另写一个", "Disputed: another value"),
    &[
        row(&[Key::Enter], t("定为这个", "Settle on this"), Action::Record),
        row(&[Key::Esc], t("不写了", "Write none"), Action::Close),
    ],
);

impl Screen for Disputes {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        self.drawn(canvas);
    }

    fn field(&mut self) -> Option<Kept<'_>> {
        let place = self.selected().filter(|_| self.writing).map(place)?;
        Some(Kept::at(place, &mut self.field))
    }

    fn put_aside(&mut self) -> bool {
        let words = self.field().map(|mut field| field.take()).unwrap_or_default();
        self.writing = false;
        !words.trim().is_empty()
    }

    /// The line that is open is what was begun last: with nothing in it to take back it closes, and no choice of before goes.
    fn take_back(&mut self, desk: &mut Desk) -> bool {
        let was_open = self.writing;
        if was_open {
            self.close(desk);
        }
        was_open
    }

    fn why(&self, _: &Desk) -> Option<Said> {
        Some(reasons::disputed())
    }

    fn beside(&self, desk: &Desk) -> Option<Beside> {
        let dispute = self.selected()?;
        let mut beside = Beside::titled(glance::on_card(desk.covered, dispute.head.say(desk.lang)));
        beside.say(dispute.place.clone(), Look::Plain);
        beside.or_card(dispute.household.filter(|_| !dispute.is_hidden)).filled()
    }

    fn list(&mut self, _: &Desk) -> Option<Scroll<'_>> {
        // While a value is being written it belongs to the line it was begun for.
        let len = self.open.len();
        (!self.writing).then_some(Scroll { list: &mut self.list, len })
    }

    fn shown(&mut self, desk: &mut Desk) -> Go {
        // A value that is being written belongs to the line it was begun for.
        if self.writing { Go::Stay } else { self.reread(desk) }
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        if self.reading.hear(message) {
            return Go::Stay;
        }
        match self.resolving.hear(message, desk) {
            Some(Ok(said)) => {
                self.field.take();
                self.writing = false;
                return match self.reread(desk) {
                    Go::Stay => Go::Say(said),
                    other => other,
                };
            }
            Some(Err(why)) => return Go::Say(why),
            None => {}
        }
        match message {
            Message::Before(ticket, before) if self.reading.is_answered_by(*ticket) => {
                match before.as_ref() {
                    Ok(before) => {
                        self.before.clone_from(before);
                        if std::mem::take(&mut self.once_more) {
                            self.look_before(desk);
                        }
                    }
                    Err(trouble) => return Go::Say(trouble.told()),
                }
                Go::Stay
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

impl Keyed for Disputes {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&NONE, &LIST, &MANY, &STEPS, &THIRD];

    fn table(&self) -> &'static Table<Action> {
        match self.selected() {
            _ if self.writing => &THIRD,
            None => &NONE,
            Some(dispute) if dispute.issue.is_some() => &STEPS,
            Some(dispute) if dispute.sides.len() > 2 => &MANY,
            _ => &LIST,
        }
    }

    fn act(&mut self, action: Action, desk: &mut Desk) -> Go {
        match action {
            Action::Pick(digit) => return self.pick(digit, desk),
            Action::Turn => self.turn(desk),
            Action::Write => {
                let Some(dispute) = self.selected() else { return Go::Back };
                let draft = desk.session.draft(&place(dispute));
                self.writing = true;
                if let Some((text, cursor)) = draft {
                    self.field.set(&text, cursor);
                }
            }
            Action::Issue => {
                if let Some(issue) = self.selected().and_then(|dispute| dispute.issue) {
                    return Go::open(OneIssue::of(issue));
                }
            }
            Action::Open => {
                if let Some(household) = self.selected().and_then(|dispute| dispute.household) {
                    return Go::open(Card::of(household));
                }
            }
            Action::Parallel => return Go::open(Parallels::new()),
            Action::Record => {
                if self.field.text().trim().is_empty() {
                    return Go::say(t("还没有写.", "Nothing is written yet."));
                }
                let value = self.field.text().to_owned();
                return self.resolve(&value, desk);
            }
            Action::Close => return self.close(desk),
        }
        Go::Stay
    }
}
