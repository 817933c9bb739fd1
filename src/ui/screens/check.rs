//! 试试这个终端: a minute with an invented household, to learn what this terminal and keyboard can do.
//!
//! It is the line of a household in the lookup, its visit, and what is due to it: each key does there what it does in the field, and
//! nothing is recorded of it.
//!
//! Keystrokes: F8, F1 and F10 (or Enter where one does nothing), 张三 and Enter, 1 or 2 three times. Esc leaves at any point; the
//! menu has it again. F8 is tried for F2 to F9; F1 and F10 many terminals take for themselves. What does not work gets its other way,
//! and the footer says so where it matters (`ui/otherwise.rs`): for an F-key it names the digits of the menu, without an input
//! method it says, wherever one types, that letters will do; without a bell fifteen minutes stand in a bar, and in the footer
//! until the visit ends; where quotation marks are wide they are shown as something alike, and it says that they are kept as
//! typed; without colours only bold and dim are used, and it says that there are words.

mod invented;
mod results;

use super::Import;
use crate::app::{Ask, Request};
use crate::text::{Text, t};
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

impl Step {
    /// Says what is to be done, or asks.
    const fn asks(self) -> Text {
        match self {
            Self::F8 => t(
                "假设来到 张三 家, 走访完了. 按 F8 结束. (有的电脑要同时按 Fn.) 没反应就按 Enter.",
                "Suppose a visit to 张三 is over: press F8. (Some laptops want Fn with it.) If nothing happens, press Enter.",
            ),
            Self::F1 => t(
                "再按 F1, 那是帮助. 没反应, 或是打开了别的窗口, 关掉它再按 Enter.",
                "Now F1, which is the help. If nothing happens, or another window opens, close that and press Enter.",
            ),
            Self::F10 => t(
                "再按 F10, 那是菜单. 没反应, 或是打开了终端自己的菜单, 关掉它再按 Enter.",
                "Now F10, which is the menu. If nothing happens, or a menu of the terminal opens, close that and press Enter.",
            ),
            Self::Method => t(
                "找这一户: 打开中文输入法, 打 张三, 再按 Enter. 打不出汉字就直接 Enter.",
                "Find it: with the Chinese input method on, type 张三, then Enter. Where none comes, just Enter.",
            ),
            Self::Bell => t(
                "走访满了时间, 刚才响了一声. 听见了吗? 不想让它响, 以后 Ctrl-P 里选 铃声: 关.",
                "The visit is full, and the bell rang. Was it heard? It can be turned off later: Ctrl-P, Turn the bell off.",
            ),
            Self::Width => t(
                "张三 家说的两句, 后面的竖线对齐了吗?",
                "What was said there, in two lines: do the bars behind them stand under one another?",
            ),
            Self::Colours => t(
                "超期, 快到期, 现在, 次要: 下面这四个词都看得清, 分得开吗?",
                "Late, soon, now and minor: are these four words below readable and different?",
            ),
            Self::Done => {
                t("试完了, 记住了. 菜单里随时可以再试.", "Done, and remembered. The menu has it again at any time.")
            }
        }
    }
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
        let room = canvas.width().saturating_sub(1);
        canvas.write_clauses(1, 0, room, canvas.words(title), Look::Strong);
        // What was tried has a line each, however low the window is.
        let rows =
            if self.step == Step::Done { canvas.height().saturating_sub(3 + results::LINES).clamp(1, 3) } else { 3 };
        let y = 2 + canvas.write_told(2, 2, rows, canvas.words(self.step.asks()), Look::Plain) + 1;
        match self.step {
            Step::F8 | Step::F1 | Step::F10 => invented::visit(canvas, y),
            Step::Method => invented::lookup(canvas, y, &self.field),
            Step::Bell => invented::full(canvas, y),
            Step::Width => invented::marks(canvas, y),
            Step::Colours => invented::colours(canvas, y),
            Step::Done => self.draw_results(canvas, y),
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
    use super::results::{DEAD, results};
    use super::{Check, Step};
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;

    use crate::app::Ask;
    use crate::text::Lang;
    use crate::ui::canvas::{Canvas, lines};
    use crate::ui::desk::Desk;
    use crate::ui::keys::Key;
    use crate::ui::page::{Keyed, Screen};

    const STEPS: [Step; 7] = [Step::F8, Step::F1, Step::F10, Step::Method, Step::Bell, Step::Width, Step::Colours];

    fn drawn(check: &Check, lang: Lang, (width, height): (u16, u16)) -> Vec<String> {
        let area = Rect::new(0, 0, width, height);
        let (mut buffer, mut cursor) = (Buffer::empty(area), None);
        let mut desk = Desk::for_tests();
        desk.lang = lang;
        check.draw(&mut Canvas::new(&mut buffer, &mut cursor, area, &desk));
        lines(&buffer)
    }

    // The household was one sentence, and what was tried stood by itself.
    #[test]
    fn every_trial_is_one_of_the_invented_household_as_the_field_has_them() {
        for (lang, size) in [(Lang::Zh, (80, 21)), (Lang::En, (80, 21)), (Lang::Zh, (40, 9)), (Lang::En, (40, 9))] {
            for step in STEPS {
                let check = Check { step, ..Check::new(false) };
                let rows = drawn(&check, lang, size);
                let at = rows.iter().position(|row| row.contains("张三  ") && row.contains("67")).unwrap();
                let is_invented =
                    if size.0 < 60 { ["假想", "Invented"] } else { ["假想户", "an invented household"] };
                assert!(is_invented.iter().any(|words| rows[at].contains(words)), "{step:?}\n{rows:?}");
                assert!(!rows.iter().any(|row| row.contains('~')), "{step:?}\n{rows:?}");
                let wanted: &[&str] = match (step, lang) {
                    (Step::F8 | Step::F1 | Step::F10, _) => &["16:20 ", "19:44"],
                    (Step::Method, Lang::Zh) => &["查找:"],
                    (Step::Method, Lang::En) => &["Find:"],
                    (Step::Bell, _) => &["15:00 ", "[===="],
                    (Step::Width, _) => &["”‘不亮’…—|", "----|"],
                    (_, Lang::Zh) => &["路灯不亮 超期", "快到期", "现在", "次要"],
                    (_, Lang::En) => &["lamp is out late", "soon", "now", "minor"],
                };
                assert!(wanted.iter().all(|words| rows.iter().any(|row| row.contains(words))), "{step:?}\n{rows:?}");
            }
        }
    }

    #[test]
    fn what_is_typed_finds_the_invented_household_as_the_lookup_does() {
        for (typed, is_found) in
            [("", true), ("张", true), ("张三", true), ("zs", true), ("zhangs", true), ("李", false)]
        {
            let mut check = Check { step: Step::Method, ..Check::new(false) };
            check.field().unwrap().insert(typed);
            let rows = drawn(&check, Lang::Zh, (80, 21));
            assert_eq!(rows.iter().any(|row| row.starts_with(" > 张三")), is_found, "{typed}\n{rows:?}");
        }
    }

    // At 40x12 the last ones were not there, and those before them ended in the middle.
    #[test]
    fn what_does_not_work_has_a_line_each_however_low_the_window_is() {
        for lang in [Lang::Zh, Lang::En] {
            for missing in (0..1_u8 << 7).map(|bits| std::array::from_fn(|at| bits & (1 << at) != 0)) {
                let check = Check { step: Step::Done, missing, ..Check::new(false) };
                let rows = drawn(&check, lang, (40, 9));
                let all: Vec<_> = results(missing).collect();
                for (name, otherwise) in &all {
                    let row = rows.iter().find(|row| row.starts_with(&format!("  {} ", name.get(lang)))).unwrap();
                    let works = ["好用", "works"].iter().any(|works| row.trim_end().ends_with(works));
                    assert_eq!(works, otherwise.is_none(), "{rows:?}");
                    // The short words are whole.
                    let (at, _) = row.trim_start().split_once("  ").unwrap();
                    let beside = row.split_once(at).unwrap().1.trim();
                    let fits = |(whole, short): &(crate::text::Said, crate::text::Said)| {
                        whole.say(lang).starts_with(beside) || short.say(lang) == beside
                    };
                    assert!(otherwise.as_ref().is_none_or(fits), "{beside}\n{rows:?}");
                }
                assert!(!rows.iter().any(|row| row.contains('~')), "{rows:?}");
            }
            // Where there is room every word stands there.
            let check = Check { step: Step::Done, missing: [true; 7], ..Check::new(false) };
            let rows: String = drawn(&check, lang, (80, 21)).concat().split_whitespace().collect();
            for (_, otherwise) in results([true; 7]) {
                let whole: String = otherwise.unwrap().0.say(lang).split_whitespace().collect();
                assert!(rows.contains(&whole), "{whole}");
            }
        }
    }

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
            let (_, said) = results(check.missing).next().unwrap();
            let said = said.map(|(whole, _)| whole.say(Lang::Zh));
            let dead = DEAD.iter().find(|(dead, ..)| *dead == kept);
            let expected = dead.map(|(_, keys, way)| format!("{keys} 没反应: 下面一行改写别的, 如 {way}."));
            assert_eq!((said.is_none(), said), (kept == [false; 3], expected));
        }
    }
}
