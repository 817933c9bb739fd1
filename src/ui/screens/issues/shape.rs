//! Shape: the lines of the form of each step, made from the facts of the table, and its keys.

use std::sync::LazyLock;

use crate::app::Move;
use crate::domain::StepWord;
use crate::domain::choice::Choice;
use crate::domain::facts::Shape;
use crate::domain::flow::StepFact;
use crate::text::{Text, t};
use crate::ui::form::{self, Input, Step};
use crate::ui::keys::{Key, Row, Table, row, table};
use crate::ui::screens::card::YES_NO;

/// What can be done in the form of a step.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    /// A step of the form.
    Form(Step),
    /// Fills in the unit and the person of the last time.
    AsBefore,
    /// Leaves; what was typed is kept.
    Back,
}

/// What to write into a line.
const HINTS: &[(&str, Text)] = &[
    ("unit", t("如 镇水利站", "such as the water station")),
    ("person", t("姓名", "a name")),
    ("people", t("几个人用空格隔开", "blanks between")),
    ("with", t("那一件的户主, 或销号编号", "the head of that household, or its number")),
    ("until", t("如 6-10, 下周三", "such as 6-10")),
    ("finish", t("如 9-30", "such as 9-30")),
    ("milestone", t("长期的才填, 如 7-15", "long-term only, such as 7-15")),
    ("on", t("空着就是今天; 如 昨天, 5-16", "empty for today; yesterday, 5-16")),
];

/// Lines that repeat what the household said.
const SECRET: [&str; 4] = ["text", "why", "goal", "people"];

/// Which visit: the one that the page names, or none.
pub(super) const LAST: &str = "last";
const VISITS: &[Choice] = &[
    Choice { word: LAST, name: t("最近一次", "the last one") },
    Choice { word: "none", name: t("不是走访时", "in no visit") },
];

/// The answers of a household, with what tells the last two apart: tried in vain this time, or so often that it is over.
const TOLD: &[Choice] = &[
    Choice { word: "satisfied", name: t("满意", "satisfied") },
    Choice { word: "mostly", name: t("基本满意", "mostly satisfied") },
    Choice { word: "explained", name: t("已解释", "explained") },
    Choice { word: "dissatisfied", name: t("不满意", "not satisfied") },
    Choice { word: "absent", name: t("没联系到(再联系)", "not found (try again)") },
    Choice { word: "unreachable", name: t("算联系不上(满次数)", "unreachable (tried enough)") },
];

fn hint(key: &str) -> Text {
    HINTS.iter().find(|(own, _)| *own == key).map_or(t("", ""), |(_, hint)| *hint)
}

fn input(fact: &StepFact) -> Input {
    let list = match fact.shape {
        Shape::Yes => YES_NO,
        Shape::Entity if fact.key == "visit" => VISITS,
        _ => Move::list(fact),
    };
    let is_told = list.iter().map(|choice| choice.word).eq(TOLD.iter().map(|choice| choice.word));
    let list = if is_told { TOLD } else { list };
    Input { key: fact.key, name: fact.name(), list, hint: hint(fact.key), secret: SECRET.contains(&fact.key) }
}

/// Gives the lines of a step: its facts and the day.
pub(super) fn of(it: Move) -> &'static [Input] {
    static ALL: LazyLock<Vec<(Move, Vec<Input>)>> = LazyLock::new(|| {
        let on = form::text("on", t("哪天", "day"), hint("on"));
        let shape = |it: Move| it.facts().into_iter().map(input).chain([on]).collect();
        Move::every().into_iter().map(|it| (it, shape(it))).collect()
    });
    ALL.iter().find(|(own, _)| *own == it).map_or(&[], |(_, shape)| shape)
}

/// Tells whether a step says whose an issue is.
pub(super) fn gives(it: Move) -> bool {
    it.decided == Some("accept") || it.step == StepWord::Assign
}

const fn of_form(row: Row<Step>) -> Row<Action> {
    let Row { keys, words, action, quiet, itself, picks, again } = row;
    Row { keys, words, action: Action::Form(action), quiet, itself, picks, again }
}

const RECORD: Text = t("记下", "Record");
const BACK: Row<Action> = row(&[Key::Esc], t("返回", "Back"), Action::Back);
const AS_BEFORE: Row<Action> = row(&[Key::Ctrl('y')], t("照上次的单位", "Unit as before"), Action::AsBefore).quiet();

static TYPED: [Row<Action>; 7] = {
    let [enter, record, down, up, afresh] = form::typed(RECORD);
    [of_form(enter), of_form(record), BACK, AS_BEFORE, of_form(down), of_form(up), of_form(afresh)]
};

static PICKED: [Row<Action>; 16] = {
    let [enter, record, down, up, afresh, left, right, a, b, c, d, e, f, g] = form::picked(RECORD);
    [
        of_form(enter),
        of_form(record),
        BACK,
        AS_BEFORE,
        of_form(down),
        of_form(up),
        of_form(afresh),
        of_form(left),
        of_form(right),
        of_form(a),
        of_form(b),
        of_form(c),
        of_form(d),
        of_form(e),
        of_form(f),
        of_form(g),
    ]
};

const FILL_IN: Text = t(
    "一行一行填, 可不填的空着; F8 记下. Esc 返回, 写的留着.",
    "Fill in line by line; F8 records. Esc leaves, what was typed stays.",
);

pub(super) static WRITING: Table<Action> = table(t("走一步", "A step"), &TYPED).advice(FILL_IN);
pub(super) static PICKING: Table<Action> =
    table(t("走一步: 选", "A step: pick"), &PICKED).hint(t("数字 选", "Digits pick")).advice(FILL_IN);

#[cfg(test)]
mod tests {
    use super::of;
    use crate::app::Move;
    use crate::domain::{StepWord, choice};
    use crate::text::Lang;

    // 没联系到 and 联系不上 stood side by side and sounded the same.
    #[test]
    fn the_two_answers_that_nobody_gave_are_told_apart_and_no_answer_is_missing() {
        let feedback = Move::every().into_iter().find(|it| it.step == StepWord::Feedback).unwrap();
        let list = of(feedback).iter().find(|input| input.key == "answer").unwrap().list;
        let words = |list: &[choice::Choice]| list.iter().map(|choice| choice.word).collect::<Vec<_>>();
        assert_eq!(words(list), words(choice::ANSWERS));
        for lang in [Lang::Zh, Lang::En] {
            for (own, of_domain) in list.iter().zip(choice::ANSWERS) {
                assert!(own.name.get(lang).contains(of_domain.name.get(lang)), "{}", own.word);
            }
        }
        assert_eq!(choice::name_of(list, "absent").unwrap().get(Lang::Zh), "没联系到(再联系)");
        assert_eq!(choice::name_of(list, "unreachable").unwrap().get(Lang::Zh), "算联系不上(满次数)");
    }
}
