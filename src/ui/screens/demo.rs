//! Demo: a screen of the tests that uses everything a screen can: a field, a list, two places, digits, a second hand.

use crate::app::{Ask, Message, Request};
use crate::text::{Said, t};
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::field::Field;
use crate::ui::kept::Kept;
use crate::ui::keys::{Key, Table, row, table};
use crate::ui::list::{Column, List, Scroll, draw_line, fit};
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::theme::Look;

/// Rows of invented people.
const NAMES: [&str; 5] = ["张守富", "李桂英", "王成友", "刘玉珍", "张世芳"];

#[derive(Debug, PartialEq, Default)]
pub struct Demo {
    pub field: Field,
    pub list: List,
    pub strip: bool,
    pub typed: usize,
    pub ticks: usize,
    pub heard: usize,
    pub picked: Option<u8>,
    pub waiting: bool,
}

#[derive(Debug, Clone, Copy)]
pub enum Action {
    Enter,
    Strip,
    Close,
    Pick(u8),
    Deeper,
    Ask,
}

static LINE: Table<Action> = table(
    t("演示", "Demo"),
    &[
        row(&[Key::Enter], t("记下", "Record"), Action::Enter),
        row(&[Key::Tab], t("归类", "Sort"), Action::Strip),
        row(&[Key::F(8)], t("结束", "Finish"), Action::Deeper),
        row(&[Key::Ctrl('n')], t("新建", "New"), Action::Ask),
    ],
);

static STRIP: Table<Action> = table(
    t("归类条", "Strip"),
    &[
        row(&[Key::Digit(6)], t("文体", "Culture"), Action::Pick(6)),
        row(&[Key::Mark('+')], t("较大", "Larger"), Action::Pick(10)),
        row(&[Key::Esc], t("收起", "Close"), Action::Close),
    ],
);

impl Screen for Demo {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        const COLUMNS: [Column; 1] = [Column::new(t("姓名", "Name"), 10)];
        let widths = fit(&COLUMNS, canvas.width());
        for (y, index) in (0..).zip(self.list.shown(canvas, NAMES.len(), 3)) {
            let cells = [(NAMES[index].to_owned(), Look::Plain)];
            draw_line(canvas, y, &COLUMNS, &widths, &cells, self.list.is_selected(index, NAMES.len()));
        }
        let bottom = canvas.height() - 1;
        canvas.write(0, bottom, "> ", Look::Plain);
        canvas.field(2, bottom, &self.field, !self.strip);
    }

    fn field(&mut self) -> Option<Kept<'_>> {
        (!self.strip).then(|| Kept::at("demo/line", &mut self.field))
    }

    fn typed(&mut self, _desk: &mut Desk) -> Go {
        self.typed += 1;
        Go::Stay
    }

    fn list(&mut self, _: &Desk) -> Option<Scroll<'_>> {
        Some(Scroll { list: &mut self.list, len: NAMES.len() })
    }

    fn heard(&mut self, _message: &Message, _desk: &mut Desk) -> Go {
        self.heard += 1;
        self.waiting = false;
        Go::Stay
    }

    fn second_hand(&self) -> bool {
        true
    }

    fn tick(&mut self, desk: &mut Desk) -> Go {
        self.ticks += 1;
        desk.bell = self.ticks == 3;
        Go::Stay
    }

    fn busy(&self) -> bool {
        self.waiting
    }

    fn why(&self, _desk: &Desk) -> Option<Said> {
        Some(t("满 15 分钟才算.", "It counts from 15 minutes on.").into())
    }
}

impl Keyed for Demo {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&LINE, &STRIP];

    fn table(&self) -> &'static Table<Action> {
        if self.strip { &STRIP } else { &LINE }
    }

    fn act(&mut self, action: Action, _desk: &mut Desk) -> Go {
        match action {
            Action::Enter => return Go::say(t("记下了 {line}", "Recorded {line}").with("line", self.field.take())),
            Action::Strip => self.strip = true,
            Action::Close => self.strip = false,
            Action::Pick(digit) => {
                self.picked = Some(digit);
                self.strip = false;
            }
            Action::Deeper => return Go::open(Self::default()),
            Action::Ask => {
                self.waiting = true;
                return Go::Do(Ask::Do(Request::new("undo")));
            }
        }
        Go::Stay
    }
}
