//! Setup: who this laptop is, asked once, at the first run.
//!
//! Keystrokes: the name, Enter, the group (a number is enough; a name that the campaign knows brings its group along),
//! Enter, Enter, Enter (code and phone may wait), 1 roster, 2 practice or 3 empty, Enter. What is typed is a draft in the
//! folder to be; it stays on the page when that cannot be written.

use std::collections::BTreeMap;

use super::{Check, Lookup, Passphrase};
use crate::app::{Ask, Device, Message};
use crate::domain::choice::Choice;
use crate::domain::{Campaign, own_phones};
use crate::hanzi::{forms, names};
use crate::text::{Lang, Text, Trouble, t};
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::form::{self, Form, Input, KeptForm, Refusal, Step};
use crate::ui::keys::{Key, Row, Table, row, table};
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::theme::Look;

/// Asks who this laptop is.
#[derive(Debug, PartialEq, Eq)]
pub struct Setup {
    form: KeptForm,
    trouble: Option<Trouble>,
    making: bool,
}

/// How to begin.
static BEGINNINGS: &[Choice] = &[
    Choice { word: "roster", name: t("导入名册", "import a roster") },
    Choice { word: "practice", name: t("先用练习数据", "practise first") },
    Choice { word: "empty", name: t("空的开始", "start empty") },
];

/// The lines that say who the laptop is.
pub(super) static WHO: [Input; 4] = {
    [
        form::text("visitors", t("姓名", "name"), t("几个人用一台, 用 、 隔开", "several: commas between")),
        form::text("group", t("小组", "group"), t("打数字就行, 如 1", "a number will do, such as 1")),
        form::text("code", t("本机编号", "laptop code"), t("可以不填", "may stay empty")),
        form::text("phone", t("自己的电话", "own phone"), t("印在联系卡上, 可以以后填", "for contact cards, may wait")),
    ]
};

static SHAPE: &[Input] = {
    let [visitors, group, code, phone] = WHO;
    &[visitors, group, code, phone, form::pick("start", t("怎么开始", "begin with"), BEGINNINGS)]
};

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    /// A step of the form.
    Form(Step),
    /// Speaks the other language.
    Speak,
}

const fn step(keys: &'static [Key], words: Text, step: Step) -> Row<Action> {
    row(keys, words, Action::Form(step))
}

const NEXT: Row<Action> = step(&[Key::Enter], t("下一行", "Next line"), Step::Enter);
const BEGIN: Row<Action> = step(&[Key::F(8)], t("开始", "Begin"), Step::Record);
const SPEAK: Row<Action> = row(&[Key::Ctrl('e')], t("English", "中文"), Action::Speak);
const DOWN: Row<Action> = step(&[Key::Tab, Key::Down], t("下移", "Down"), Step::Down).quiet();
const UP: Row<Action> = step(&[Key::BackTab, Key::Up], t("上移", "Up"), Step::Up).quiet();

static WRITING: Table<Action> = table(t("第一次使用", "First run"), &[NEXT, BEGIN, SPEAK, DOWN, UP]);
static PICKING: Table<Action> = table(
    t("第一次使用: 怎么开始", "First run: begin with"),
    &[
        step(&[Key::Enter], t("开始", "Begin"), Step::Enter),
        BEGIN.quiet(),
        SPEAK,
        DOWN,
        UP,
        step(&[Key::Left], t("选前一项", "Choice before"), Step::Left).quiet(),
        step(&[Key::Right, Key::Blank], t("选后一项", "Choice after"), Step::Right).quiet(),
        step(&[Key::Digit(1)], t("导入名册", "Import a roster"), Step::Pick(1)).quiet().picks(),
        step(&[Key::Digit(2)], t("先用练习数据", "Practise first"), Step::Pick(2)).quiet().picks(),
        step(&[Key::Digit(3)], t("空的开始", "Start empty"), Step::Pick(3)).quiet().picks(),
    ],
)
.hint(t("数字 选", "Digits pick"));

impl Default for Setup {
    fn default() -> Self {
        Self::new()
    }
}

impl Setup {
    /// Opens the page.
    pub fn new() -> Self {
        let form = KeptForm::at(PLACE, Form::new(SHAPE).with("start", "roster"));
        Self { form, trouble: None, making: false }
    }

    fn device(&self, lang: Lang) -> Result<Device, Refusal> {
        let lang = if lang == Lang::En { "en" } else { "zh" }.to_owned();
        Ok(Device { lang, ..who(&self.form)? })
    }

    fn begin(&mut self, desk: &mut Desk) -> Go {
        self.trouble = None;
        match self.device(desk.lang) {
            Ok(device) => {
                if self.form.text("start") != "practice" {
                    return Go::open(Passphrase::first(device));
                }
                self.making = true;
                Go::Do(Ask::SetUp { device: Box::new(device), practice: true, passphrase: None })
            }
            Err((line, said)) => {
                self.form.go(line);
                Go::Say(said)
            }
        }
    }

    fn go_on(&self) -> Go {
        Go::swap(Lookup::with(Check::new(self.form.text("start") == "roster")))
    }

    /// Says what will happen with what is chosen.
    fn outcome(&self) -> Text {
        match self.form.text("start") {
            "roster" => t(
                "接着选名册文件 (.xlsx, .csv), 导入前先看一遍怎么理解的.",
                "Next you choose the roster (.xlsx, .csv) and see how it is understood before it is taken in.",
            ),
            "practice" => t(
                "用编造的住户练手. 正式开始时先退出, 把上面那个文件夹改名或删掉, 再打开.",
                "Invented households to practise on. For the real work leave, rename or delete the folder above, and come back.",
            ),
            _ => t(
                "没有住户, 边走边建; 名册以后随时可以导入.",
                "No households yet: add them on the way; a roster can come at any time.",
            ),
        }
    }
}

/// Reads who the laptop is from the lines [`WHO`] of a form; or gives the line that cannot be read, and why.
pub(super) fn who(form: &Form) -> Result<Device, Refusal> {
    let visitors = names::split(form.text("visitors"));
    if visitors.is_empty() {
        let said =
            t("请先写姓名: 记下的每一句都写明是谁记的.", "The name first, please: every record says whose it is.");
        return Err(("visitors", said.into()));
    }
    let phones = own_phones::read(form.text("phone"), &visitors, &BTreeMap::new());
    let phones = phones.map_err(|wrong| ("phone", wrong.said()))?;
    let code = forms::half_width(form.text("code")).into_owned();
    Ok(Device { code, group: group(form.text("group"), &visitors), visitors, phones, ..Device::default() })
}

/// Gives the group: as numbered in the campaign, as written, or that of the first visitor.
fn group(said: &str, visitors: &[String]) -> String {
    let number = forms::number(said).or_else(|| forms::group(said));
    if let Some(number) = number {
        return group_name(number);
    }
    let theirs = || visitors.iter().find_map(|name| Campaign::built_in().group_of(name));
    match theirs() {
        Some(group) if said.is_empty() => group_name(group.number),
        _ => said.to_owned(),
    }
}

/// Names the groups of the campaign with their leaders.
pub(super) fn groups() -> String {
    let groups = Campaign::built_in().groups.iter();
    let named = groups.map(|group| format!("{} {} {}", group.number, group_name(group.number), group.leader));
    named.collect::<Vec<_>>().join("   ")
}

fn group_name(number: u32) -> String {
    format!("{}组", forms::numeral(number))
}

/// Where the draft of the page lies.
const PLACE: &str = "setup";

impl Screen for Setup {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        let rows = canvas.height();
        let roomy = rows >= 16;
        let folder = canvas.desk.session.folder().display().to_string();
        let mut y = u16::from(roomy);
        canvas.write(
            1,
            y,
            canvas.words(t("第一次使用, 先说说这台电脑是谁的", "First run: whose laptop is this?")),
            Look::Strong,
        );
        y += 1;
        if roomy {
            let kept = t(
                "资料只放在这台电脑上: {folder}. 这里填的以后都能改 (Esc 菜单, 本机).",
                "Everything stays on this laptop: {folder}. All of this can be changed later (Esc, This laptop).",
            );
            y += canvas.write_wrapped(1, y, 2, &canvas.say(&kept.with("folder", folder)), Look::Dim) + 1;
        }
        let below = if roomy { 6 } else { 2 };
        let mut part = canvas.part(0, y, canvas.width(), (rows - y).saturating_sub(below));
        y += self.form.draw(&mut part, 0) + u16::from(roomy);
        let words = match (self.form.key(), &self.trouble) {
            (_, Some(trouble)) => {
                canvas.write_wrapped(1, y, rows - y, &canvas.say(&trouble.told()), Look::Late);
                return;
            }
            ("group", _) => groups(),
            ("start", _) => canvas.words(self.outcome()).to_owned(),
            _ => String::new(),
        };
        canvas.write_told(1, y, rows.saturating_sub(y), &words, Look::Dim);
    }

    fn form(&mut self) -> Option<&mut KeptForm> {
        Some(&mut self.form)
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        match message {
            Message::Opened { findings, .. } => {
                desk.let_go(PLACE);
                desk.tell(findings);
                self.go_on()
            }
            Message::Failed(trouble) => {
                self.making = false;
                self.trouble = Some(trouble.clone());
                Go::say(t("没能开始; 填的都还在.", "It could not begin; what was typed is still there."))
            }
            _ => Go::Stay,
        }
    }

    /// From the page of the passphrase the campaign may be there already.
    fn shown(&mut self, desk: &mut Desk) -> Go {
        if desk.session.house().is_some() { self.go_on() } else { Go::Stay }
    }

    fn busy(&self) -> bool {
        self.making
    }

    fn comes_first(&self) -> Option<Text> {
        Some(t(
            "先填好姓名, 做完第一次使用, 然后才有这一页.",
            "First the names: when the first run is done this page is there.",
        ))
    }
}

impl Keyed for Setup {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&WRITING, &PICKING];

    fn table(&self) -> &'static Table<Action> {
        if self.form.is_picking() { &PICKING } else { &WRITING }
    }

    fn act(&mut self, action: Action, desk: &mut Desk) -> Go {
        match action {
            Action::Speak => desk.lang = desk.lang.other(),
            Action::Form(_) if self.making => {}
            Action::Form(step) if self.form.step(step, desk) => {
                // What is picked is no more lost than what is typed, and comes back from the page of the passphrase.
                self.form.keep(desk);
                return self.begin(desk);
            }
            Action::Form(_) => {}
        }
        Go::Stay
    }
}
