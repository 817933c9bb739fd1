//! 本机: who this laptop is, as the first run asked it, changed later: its people, group, code and the phone of each.
//!
//! Keystrokes: Esc menu or Ctrl-P 本机; change a line, F8 records, Esc leaves all as it was. Who speaks goes on speaking.

use super::setup::{WHO, groups, who};
use crate::app::{Message, Request, Ticket};
use crate::domain::own_phones;
use crate::hanzi::names;
use crate::text::t;
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::form::{Form, KeptForm, Step};
use crate::ui::keys::{Key, Table, row, table};
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::theme::Look;

/// Changes who this laptop is.
#[derive(Debug, PartialEq, Eq)]
pub struct Laptop {
    form: KeptForm,
    /// What was asked for, and who uses the laptop then.
    asked: Option<(Ticket, Vec<String>)>,
}

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    /// A step of the form.
    Form(Step),
    /// Leaves all as it was.
    Leave,
}

static KEYS: Table<Action> = table(
    t("本机", "This laptop"),
    &[
        row(&[Key::Enter], t("下一行", "Next line"), Action::Form(Step::Enter)),
        row(&[Key::F(8)], t("记下", "Record"), Action::Form(Step::Record)),
        row(&[Key::Esc], t("不改了", "Leave it"), Action::Leave),
        row(&[Key::Tab, Key::Down], t("下移", "Down"), Action::Form(Step::Down)).quiet(),
        row(&[Key::BackTab, Key::Up], t("上移", "Up"), Action::Form(Step::Up)).quiet(),
    ],
);

/// Where the draft of the page lies.
const PLACE: &str = "laptop";

impl Laptop {
    /// Opens the form with what holds now.
    pub fn new(desk: &Desk) -> Self {
        let (device, visitors) = (desk.session.device(), desk.session.visitors());
        let form = Form::new(&WHO)
            .with("visitors", &visitors.join("、"))
            .with("group", &device.group)
            .with("code", &device.code)
            .with("phone", &own_phones::said(&device.phones, &visitors));
        Self { form: KeptForm::at(PLACE, form), asked: None }
    }

    fn record(&mut self, desk: &mut Desk) -> Go {
        let now = match who(&self.form) {
            Ok(now) => now,
            Err((line, said)) => {
                self.form.go(line);
                return Go::Say(said);
            }
        };
        let (mut visitors, speaker) = (now.visitors, desk.session.speaker());
        // The order of the names says who speaks; here they are written in any.
        visitors.sort_by_key(|visitor| *visitor != speaker);
        let request = Request::new("device.set").with("visitors", visitors.clone());
        let request = request.with("group", now.group).with("code", now.code).with("phone", self.form.text("phone"));
        self.asked = Some((desk.ask(request.consuming(PLACE)), visitors));
        Go::Stay
    }
}

impl Screen for Laptop {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        let gap = u16::from(canvas.height() >= 14);
        canvas.write(1, gap, canvas.words(t("这台电脑是谁的", "Whose laptop this is")), Look::Strong);
        let y = 2 * gap + 1;
        let rows = canvas.height().saturating_sub(y + 2);
        let y = y + self.form.draw(&mut canvas.part(0, y, canvas.width(), rows), 0) + gap;
        let words = match self.form.key() {
            "visitors" => canvas.words(t(
                "这里的人都写进以后的走访; 不来的去掉. 记过的不变.",
                "All of them go with later visits; take out who does not come. Records stay as they are.",
            )),
            "group" => &groups(),
            "code" => canvas.words(t(
                "销号编号以它开头, 各台不能一样.",
                "Close-out numbers begin with it; no two laptops may have the same.",
            )),
            _ if names::split(self.form.text("visitors")).len() > 1 => canvas.words(t(
                "各写各的: 陈明 138…、张锦秋 139…; 只写号码是正在说的人的. 走访结束时念给人听, 印在联系卡上.",
                "Each with the name: 陈明 138…, 张锦秋 139…; a number alone is the speaker's. Read out at the end of a visit, and on the cards.",
            )),
            _ => canvas
                .words(t("走访结束时念给人听, 印在联系卡上.", "Read out at the end of a visit, and on the cards.")),
        };
        canvas.write_wrapped(1, y, canvas.height().saturating_sub(y), words, Look::Dim);
    }

    fn form(&mut self) -> Option<&mut KeptForm> {
        Some(&mut self.form)
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        let Message::Answer(ticket, result) = message else { return Go::Stay };
        let Some((_, visitors)) = self.asked.take_if(|(asked, _)| asked == ticket) else { return Go::Stay };
        match result.as_ref() {
            Ok(_) => {
                desk.session.used_by(&visitors);
                desk.let_go(PLACE);
                desk.notice = Some(t("本机改好了.", "This laptop is changed.").into());
                Go::Back
            }
            Err(trouble) => {
                self.form.go_where(trouble);
                Go::Stay
            }
        }
    }

    fn busy(&self) -> bool {
        self.asked.is_some()
    }
}

impl Keyed for Laptop {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&KEYS];

    fn table(&self) -> &'static Table<Action> {
        &KEYS
    }

    fn act(&mut self, action: Action, desk: &mut Desk) -> Go {
        match action {
            _ if self.asked.is_some() => {}
            Action::Leave => {
                self.form.put_aside();
                desk.let_go(PLACE);
                return Go::Back;
            }
            Action::Form(step) if self.form.step(step, desk) => return self.record(desk),
            Action::Form(_) => {}
        }
        Go::Stay
    }
}
