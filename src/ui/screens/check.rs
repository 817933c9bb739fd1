//! 试试这个终端: a minute with an invented household, to learn what this terminal and keyboard can do.
//!
//! Keystrokes: F8, F1 and F10 (or Enter where one does nothing), 张三 and Enter, 1 or 2 three times. Esc leaves at any point; the
//! menu has it again. F8 is tried for F2 to F9; F1 and F10 many terminals take for themselves. What does not work gets its other way,
//! and the footer says so where it matters (`ui/otherwise.rs`): for an F-key it names the digits of the menu, without an input
//! method it says, wherever one types, that letters will do; without a bell fifteen minutes stand in a bar, and in the footer
//! until the visit ends; where quotation marks are wide they are shown as something alike, and it says that they are kept as
//! typed; without colours only bold and dim are used, and it says that there are words.

use super::Import;
use crate::app::{Ask, Request};
use crate::text::{Said, Text, t};
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::field::Field;
use crate::ui::kept::{Kept, Unkept};
use crate::ui::keys::{Key, Row, Table, row, table};
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::theme::Look;

/// What is tried, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Step {
    #[default]
    F8,
    F1,
    F10,
    Method,
    Bell,
    Width,
    Colours,
    Done,
}

/// The steps that a person answers, and what is kept of a laptop where one does not work.
const TRIED: [(Step, &str); 7] = [
    (Step::F8, "no_f_keys"),
    (Step::F1, "no_f1"),
    (Step::F10, "no_f10"),
    (Step::Method, "no_method"),
    (Step::Bell, "no_bell"),
    (Step::Width, "wide"),
    (Step::Colours, "no_colours"),
];

/// Which of F8, F1 and F10 do nothing, the keys that are meant, and the other way of the first.
const DEAD: [([bool; 3], &str, &str); 7] = [
    ([true, true, true], "F1-F10", "Esc 4"),
    ([true, true, false], "F1-F9", "Esc 4"),
    ([true, false, true], "F2-F10", "Esc 4"),
    ([true, false, false], "F2-F9", "Esc 4"),
    ([false, true, true], "F1, F10", "Esc 01"),
    ([false, true, false], "F1", "Esc 01"),
    ([false, false, true], "F10", "Ctrl-P"),
];

/// The name of each of the others, and what is said where it does not work.
const OTHERS: [(Text, Text); 4] = [
    (
        t("中文输入法", "input method"),
        t("没有汉字: 查人用拼音首字母, 如 zsf.", "no Chinese came: people are found by initials, such as zsf."),
    ),
    (
        t("铃声", "bell"),
        t(
            "听不见: 满 15 分钟时, 底下那句话反白, 最下一行一直写到走访结束.",
            "not heard: at 15 minutes the sentence below stands in a bar, and the footer says so until the visit ends.",
        ),
    ),
    (
        t("字符宽度", "width"),
        t(
            "不齐: 引号, 圆圈数字等显示成相近的, 最下面提醒记下的不变.",
            "uneven: quotation marks and the like are shown as something alike; it says at the bottom that they are kept as typed.",
        ),
    ),
    (
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

    /// Gives what was tried, by its name, and what is said where it does not work.
    fn results(&self) -> impl Iterator<Item = (Text, Option<Said>)> {
        let [f8, f1, f10, others @ ..] = self.missing;
        let dead = DEAD.iter().find(|(dead, ..)| *dead == [f8, f1, f10]);
        let words = t(
            "{keys} 没反应: 下面一行改写别的, 如 {way}.",
            "{keys}: nothing; the footer names another way, such as {way}.",
        );
        let f_keys = dead.map(|(_, keys, way)| words.with("keys", keys).with("way", way));
        let others = OTHERS.into_iter().zip(others);
        let others = others.map(|((name, otherwise), missing)| (name, missing.then(|| otherwise.into())));
        std::iter::once((t("F 键", "F-keys"), f_keys)).chain(others)
    }

    /// Notes what became of a step and goes on to the next.
    fn tried(&mut self, works: bool, desk: &mut Desk) -> Go {
        let Some(at) = TRIED.iter().position(|(step, _)| *step == self.step) else { return self.leave() };
        if let Some(missing) = self.missing.get_mut(at) {
            *missing = !works;
        }
        self.step = TRIED.get(at + 1).map_or(Step::Done, |(step, _)| *step);
        desk.bell = self.step == Step::Bell;
        if self.step == Step::Done {
            let mut request = Request::new("device.terminal");
            for ((_, key), missing) in TRIED.iter().zip(self.missing) {
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

const SKIP: Row<Action> = row(&[Key::Esc], t("不试了", "Skip"), Action::Leave);

const NOTHING: Row<Action> = row(&[Key::Enter], t("没反应", "Nothing"), Action::No);
const PRESS: Text = t("按这个", "Press it");

static F8: Table<Action> =
    table(t("试试终端: F8", "Try it: F8"), &[row(&[Key::F(8)], PRESS, Action::Yes).itself(), NOTHING, SKIP]);

static F1: Table<Action> =
    table(t("试试终端: F1", "Try it: F1"), &[row(&[Key::F(1)], PRESS, Action::Yes).itself(), NOTHING, SKIP]);

static F10: Table<Action> =
    table(t("试试终端: F10", "Try it: F10"), &[row(&[Key::F(10)], PRESS, Action::Yes).itself(), NOTHING, SKIP]);

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
            Step::F8 => t(
                "假设来到 张三 家, 走访完了. 按 F8 结束. (有的电脑要同时按 Fn.) 没反应就按 Enter.",
                "Suppose a visit to 张三 is over: press F8. (Some laptops want Fn with it.) If nothing happens, press Enter.",
            ),
            Step::F1 => t(
                "再按 F1, 那是帮助. 没反应, 或是打开了别的窗口, 关掉它再按 Enter.",
                "Now F1, which is the help. If nothing happens, or another window opens, close that and press Enter.",
            ),
            Step::F10 => t(
                "再按 F10, 那是菜单. 没反应, 或是打开了终端自己的菜单, 关掉它再按 Enter.",
                "Now F10, which is the menu. If nothing happens, or a menu of the terminal opens, close that and press Enter.",
            ),
            Step::Method => t(
                "打开中文输入法, 打 张三, 再按 Enter. 打不出汉字就直接 Enter.",
                "With the Chinese input method on, type 张三, then Enter. Where none comes, just Enter.",
            ),
            Step::Bell => t(
                "刚才响了一声. 听见了吗? 不想让它响, 以后 Ctrl-P 里选 铃声: 关.",
                "The bell rang just now. Was it heard? It can be turned off later: Ctrl-P, Turn the bell off.",
            ),
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
                for (name, otherwise) in self.results() {
                    canvas.write(2, y, canvas.words(name), Look::Plain);
                    let look = if otherwise.is_some() { Look::Soon } else { Look::Dim };
                    let words = otherwise.unwrap_or_else(|| t("好用", "works").into());
                    let room = canvas.width().saturating_sub(18);
                    let words = canvas.say(&words);
                    let rows = if canvas.height() < 16 { 2 } else { 4 };
                    y += canvas.part(18, y, room, rows).write_told(0, 0, rows, &words, look).max(1);
                }
            }
            Step::F8 | Step::F1 | Step::F10 | Step::Bell => {}
        }
    }

    fn field(&mut self) -> Option<Kept<'_>> {
        (self.step == Step::Method).then(|| Kept::not(Unkept::Trial, &mut self.field))
    }
}

impl Keyed for Check {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&F8, &F1, &F10, &METHOD, &ASKED, &DONE];

    fn table(&self) -> &'static Table<Action> {
        match self.step {
            Step::F8 => &F8,
            Step::F1 => &F1,
            Step::F10 => &F10,
            Step::Method => &METHOD,
            Step::Done => &DONE,
            Step::Bell | Step::Width | Step::Colours => &ASKED,
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

#[cfg(test)]
mod tests {
    use super::{Check, DEAD, Step};
    use crate::app::Ask;
    use crate::text::Lang;
    use crate::ui::desk::Desk;
    use crate::ui::keys::Key;
    use crate::ui::page::Keyed;

    // Only F8 was tried, and F1 and F10 stood in the footers of terminals that have a help and a menu of their own on them.
    #[test]
    fn each_key_is_tried_by_itself_and_what_is_kept_and_said_of_it_is_that() {
        for works in [[true; 3], [true, false, true], [true, true, false], [true, false, false], [false; 3]] {
            let (mut check, mut desk) = (Check::new(false), Desk::for_tests());
            for (works, key) in works.into_iter().zip([8, 1, 10]) {
                let pressed = if works { Key::F(key) } else { Key::Enter };
                let action = check.table().action(pressed).unwrap();
                check.act(action, &mut desk);
            }
            assert_eq!(check.step, Step::Method);
            for key in [Key::Enter, Key::Digit(1), Key::Digit(1), Key::Digit(1)] {
                let action = check.table().action(key).unwrap();
                check.act(action, &mut desk);
            }
            let Some(Ask::Do(request)) = desk.session.asked.last() else { panic!("{:?}", desk.session.asked) };
            let kept = ["no_f_keys", "no_f1", "no_f10"].map(|key| request.args.yes(key));
            assert_eq!(kept, works.map(|works| !works));
            let (_, said) = check.results().next().unwrap();
            let said = said.map(|said| said.say(Lang::Zh));
            let dead = DEAD.iter().find(|(dead, ..)| *dead == kept);
            let expected = dead.map(|(_, keys, way)| format!("{keys} 没反应: 下面一行改写别的, 如 {way}."));
            assert_eq!((said.is_none(), said), (kept == [false; 3], expected));
        }
    }
}
