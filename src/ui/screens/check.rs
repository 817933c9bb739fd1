//! 试试这个终端: a minute with an invented household, to learn what this terminal and keyboard can do.
//!
//! Keystrokes: F8 (or Enter where nothing happens), 张三 and Enter, 1 or 2 three times. Esc leaves at any point; the menu
//! has it again. What does not work gets its other way, and the footer says so where it matters (`ui/otherwise.rs`): without
//! F-keys it names the digits of the menu, without an input method it says, wherever one types, that letters will do; without a
//! bell fifteen minutes stand in a bar, and in the footer until the visit ends; where quotation marks are wide they are shown as
//! something alike, and it says that they are kept as typed; without colours only bold and dim are used, and it says that there
//! are words.

use super::Import;
use crate::app::{Ask, Request};
use crate::text::{Text, t};
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::field::Field;
use crate::ui::kept::{Kept, Unkept};
use crate::ui::keys::{Key, Table, row, table};
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::theme::Look;

/// What is tried, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Step {
    #[default]
    Keys,
    Method,
    Bell,
    Width,
    Colours,
    Done,
}

/// What is kept of a laptop, as the program then does it another way.
const NO_F_KEYS: &str = "no_f_keys";
const NO_COLOURS: &str = "no_colours";

/// The steps that a person answers, what is kept of each, its name, and what is said where it does not work.
const TRIED: [(Step, &str, Text, Text); 5] = [
    (
        Step::Keys,
        NO_F_KEYS,
        t("F 键", "F-keys"),
        t(
            "没反应: 下面一行改写菜单的数字, 如 Esc 4.",
            "none: the footer names the menu's digits instead, such as Esc 4.",
        ),
    ),
    (
        Step::Method,
        "no_method",
        t("中文输入法", "input method"),
        t("没有汉字: 查人用拼音首字母, 如 zsf.", "no Chinese came: people are found by initials, such as zsf."),
    ),
    (
        Step::Bell,
        "no_bell",
        t("铃声", "bell"),
        t(
            "听不见: 满 15 分钟时, 底下那句话反白, 最下一行一直写到走访结束.",
            "not heard: at 15 minutes the sentence below stands in a bar, and the footer says so until the visit ends.",
        ),
    ),
    (
        Step::Width,
        "wide",
        t("字符宽度", "width"),
        t(
            "不齐: 引号, 圆圈数字等显示成相近的, 最下面提醒记下的不变.",
            "uneven: quotation marks and the like are shown as something alike; it says at the bottom that they are kept as typed.",
        ),
    ),
    (
        Step::Colours,
        NO_COLOURS,
        t("颜色", "colours"),
        t(
            "看不清: 以后只用粗细, 不用颜色; 超期, 快到期最下面提醒看字.",
            "not readable: bold and dim only from now on; where colours warned it says at the bottom to read the words.",
        ),
    ),
];

/// Tries the terminal.
#[derive(Debug, PartialEq, Default)]
pub struct Check {
    step: Step,
    field: Field,
    /// Which of [`TRIED`] do not work.
    missing: [bool; TRIED.len()],
    /// A roster is brought in afterwards.
    then_import: bool,
}

impl Check {
    /// Opens the page; `then_import` goes on to bringing in a roster.
    pub fn new(then_import: bool) -> Self {
        Self { then_import, ..Self::default() }
    }

    fn leave(&self) -> Go {
        if self.then_import { Go::swap(Import::new()) } else { Go::Back }
    }

    /// Notes what became of a step and goes on to the next.
    fn tried(&mut self, works: bool, desk: &mut Desk) -> Go {
        let Some(at) = TRIED.iter().position(|(step, ..)| *step == self.step) else { return self.leave() };
        if let Some(missing) = self.missing.get_mut(at) {
            *missing = !works;
        }
        self.step = TRIED.get(at + 1).map_or(Step::Done, |(step, ..)| *step);
        desk.bell = self.step == Step::Bell;
        if self.step == Step::Done {
            let mut request = Request::new("device.terminal");
            for ((_, key, ..), missing) in TRIED.iter().zip(self.missing) {
                request = request.with(key, missing);
            }
            desk.session.ask(Ask::Do(request));
        }
        Go::Stay
    }
}

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    /// It works.
    Yes,
    /// It does not.
    No,
    /// What was typed is what the input method gave.
    Typed,
    /// Once more.
    Again,
    /// Says that a digit answers.
    Answer,
    /// Leaves.
    Leave,
}

const SKIP: crate::ui::keys::Row<Action> = row(&[Key::Esc], t("不试了", "Skip"), Action::Leave);

static KEYS: Table<Action> = table(
    t("试试终端: F 键", "Try it: F-keys"),
    &[
        row(&[Key::F(8)], t("按这个", "Press this"), Action::Yes).itself(),
        row(&[Key::Enter], t("没反应", "Nothing happens"), Action::No),
        SKIP,
    ],
);

static METHOD: Table<Action> = table(
    t("试试终端: 输入法", "Try it: input method"),
    &[row(&[Key::Enter], t("打好了", "Typed"), Action::Typed), SKIP],
);

static ASKED: Table<Action> = table(
    t("试试终端: 看和听", "Try it: eyes and ears"),
    &[
        row(&[Key::Digit(1)], t("是", "Yes"), Action::Yes),
        row(&[Key::Digit(2)], t("不是", "No"), Action::No),
        row(&[Key::Digit(3)], t("再来一次", "Once more"), Action::Again),
        row(&[Key::Enter], t("请回答", "Answer, please"), Action::Answer).quiet(),
        SKIP,
    ],
);

static DONE: Table<Action> =
    table(t("试试终端: 完了", "Try it: done"), &[row(&[Key::Enter, Key::Esc], t("好", "Good"), Action::Leave)]);

impl Screen for Check {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        let title =
            t("试试这个终端   一分钟, 随时可以 Esc 不试", "Try this terminal   a minute; Esc leaves at any time");
        canvas.write(1, 0, canvas.words(title), Look::Strong);
        let asked = match self.step {
            Step::Keys => t(
                "假设来到 张三 家, 走访完了. 按 F8 结束. (有的电脑要同时按 Fn.) 没反应就按 Enter.",
                "Suppose a visit to 张三 is over: press F8. (Some laptops want Fn with it.) If nothing happens, press Enter.",
            ),
            Step::Method => t(
                "打开中文输入法, 打 张三, 再按 Enter. 打不出汉字就直接 Enter.",
                "With the Chinese input method on, type 张三, then Enter. Where none comes, just Enter.",
            ),
            Step::Bell => t("刚才响了一声. 听见了吗?", "The bell rang just now. Was it heard?"),
            Step::Width => t("下面两行的竖线对齐了吗?", "Do the bars of these two lines stand under one another?"),
            Step::Colours => t("下面四个词都看得清, 分得开吗?", "Are these four words readable and different?"),
            Step::Done => {
                t("试完了, 记住了. 菜单里随时可以再试.", "Done, and remembered. The menu has it again at any time.")
            }
        };
        let mut y = 2 + canvas.write_told(2, 2, 3, canvas.words(asked), Look::Plain) + 1;
        match self.step {
            Step::Method => {
                canvas.write(2, y, ">", Look::Strong);
                canvas.field(4, y, &self.field, true);
            }
            Step::Width => {
                canvas.write_as_is(2, y, "“”‘’…—|", Look::Plain);
                canvas.write(2, y + 1, "------|", Look::Plain);
            }
            Step::Colours => {
                let words = [
                    (t("现在", "now"), Look::Accent),
                    (t("快到期", "soon"), Look::Soon),
                    (t("超期", "late"), Look::Late),
                    (t("次要", "minor"), Look::Dim),
                ];
                let mut x = 2;
                for (word, look) in words {
                    x = canvas.write(x, y, canvas.words(word), look) + 3;
                }
            }
            Step::Done => {
                for ((_, _, name, otherwise), missing) in TRIED.iter().zip(self.missing) {
                    canvas.write(2, y, canvas.words(*name), Look::Plain);
                    let words = if missing { *otherwise } else { t("好用", "works") };
                    let look = if missing { Look::Soon } else { Look::Dim };
                    let room = canvas.width().saturating_sub(18);
                    let words = canvas.words(words);
                    let rows = if canvas.height() < 16 { 2 } else { 4 };
                    y += canvas.part(18, y, room, rows).write_told(0, 0, rows, words, look).max(1);
                }
            }
            Step::Keys | Step::Bell => {}
        }
    }

    fn field(&mut self) -> Option<Kept<'_>> {
        (self.step == Step::Method).then(|| Kept::not(Unkept::Trial, &mut self.field))
    }
}

impl Keyed for Check {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&KEYS, &METHOD, &ASKED, &DONE];

    fn table(&self) -> &'static Table<Action> {
        match self.step {
            Step::Keys => &KEYS,
            Step::Method => &METHOD,
            Step::Done => &DONE,
            _ => &ASKED,
        }
    }

    fn act(&mut self, action: Action, desk: &mut Desk) -> Go {
        match action {
            Action::Yes => self.tried(true, desk),
            Action::No => self.tried(false, desk),
            Action::Typed => {
                let works = self.field.text().chars().any(|ch| !ch.is_ascii() && ch.is_alphabetic());
                self.tried(works, desk)
            }
            Action::Answer => Go::say(t("请用数字回答: 是 按 1, 不是 按 2.", "A digit answers: 1 is yes, 2 is no.")),
            Action::Again => {
                desk.bell = self.step == Step::Bell;
                Go::Stay
            }
            Action::Leave => self.leave(),
        }
    }
}
