//! What an undo took back, in words: whoever pressed it sees what went and whose it was, and how to have it again.

use serde_json::Value as Json;

use crate::app::{Answer, Ask, TALK_LATER};
use crate::domain::facts::FACTS;
use crate::domain::{Sort, StepWord};
use crate::hanzi::width::cut;
use crate::text::{Said, Text, t};
use crate::ui::desk::Desk;
use crate::ui::whole_list;

/// What is said of an action that created something of a sort.
const CREATED: [(Sort, Text); 8] = [
    (
        Sort::Import,
        t(
            "撤回了导入的名册; 在菜单的 导入过的名册 里按 1 恢复.",
            "The roster brought in was taken back; Rosters brought in in the menu has it again (1).",
        ),
    ),
    (Sort::Household, t("撤回了新登记的户{about}.", "The new household was taken back{about}.")),
    (Sort::Member, t("撤回了刚加的家里人{about}.", "The person added was taken back{about}.")),
    (Sort::Appointment, t("撤回了预约{about}.", "The appointment was taken back{about}.")),
    (Sort::Visit, t("撤回了刚开始的走访{about}.", "The visit just begun was taken back{about}.")),
    (Sort::Line, t("撤回了刚记的一句{about}.", "The line just written was taken back{about}.")),
    (Sort::Issue, t("撤回了刚记的一件{about}.", "The issue just written was taken back{about}.")),
    (Sort::Talk, t("撤回了刚开的夜话.", "The talk just begun was taken back.")),
];

/// The same of what was entered later from paper.
const LATER: [(Sort, Text); 2] = [
    (Sort::Visit, t("撤回了补录的走访{about}.", "The visit entered later was taken back{about}.")),
    (Sort::Talk, t("撤回了补录的夜话.", "The talk entered later was taken back.")),
];

/// The columns that the words of a line or an issue may take.
const WORDS: usize = 30;

/// Says what an answer took back; nothing where it is no answer to an undo. Covered, it shows no words.
pub fn said(answer: &Answer, covered: bool) -> Option<Said> {
    answer.more.get("undone")?;
    let reopened = answer.more.get("reopened").and_then(Json::as_bool) == Some(true);
    let about = answer.more.get("about").map(|about| self::about(about, covered, reopened));
    let about = about.unwrap_or_else(|| t("", "").into());
    let is_later = answer.more.get("typed").is_some_and(|typed| typed.get(TALK_LATER).is_some());
    let said = if is_later {
        t(
            "撤回了结束{about}. 补录又没写完, 按 F5 回去接着写.",
            "The end was taken back{about}. What is entered later goes on with F5.",
        )
    } else if reopened {
        t(
            "撤回了结束{about}. 还没结束, 按 Ctrl-O 回去接着来.",
            "The end was taken back{about}. It is open again, Ctrl-O goes on with it.",
        )
    } else {
        match came(answer) {
            Some(1) => t("撤回了刚到场的户{about}.", "The household that had just come was taken back{about}."),
            Some(_) => t("撤回了刚到场的 {n} 户.", "The {n} households that had just come were taken back."),
            None if roster(answer).is_some() => roster(answer).unwrap_or(t("", "")),
            None if clock(answer).is_some() => clock(answer).unwrap_or(t("", "")),
            None if about_is(answer, "village") => {
                t("撤回了改由谁说, 又是全村说的{about}.", "Said by the whole village again{about}.")
            }
            None if about_is(answer, "moved") && said_by_several(answer) => {
                t("撤回了改由谁说, 又是这几户说的{about}.", "Said by these households again{about}.")
            }
            None if about_is(answer, "moved") => {
                t("撤回了改由谁说, 又是这户说的{about}.", "Said by this household again{about}.")
            }
            None if presence(answer).is_some() => presence(answer).unwrap_or(t("", "")),
            None => {
                let is_later = about_is(answer, "later");
                let all = LATER.iter().filter(|_| is_later).chain(&CREATED);
                let created = answer.id.and_then(|(sort, _)| all.into_iter().find(|(known, _)| *known == sort));
                let change = t("撤回了上一步改动{about}.", "The last change was taken back{about}.");
                created.map_or(change, |(_, words)| *words)
            }
        }
    };
    let said = Said::from(said).with_words("about", about).with("n", came(answer).unwrap_or_default());
    let by = answer.more.get("about").and_then(|about| about.get("by")).and_then(Json::as_str);
    let by = by.filter(|by| !by.is_empty());
    Some(match by {
        Some(by) => said.then(t("是 {by} 记的.", "{by} had recorded it.").with("by", by)),
        None => said,
    })
}

/// Lets what was written where a visit ended stand there again, half written: the end that it was recorded with is taken back.
pub fn put_back(answer: &Answer, desk: &mut Desk) {
    let typed = answer.more.get("typed").and_then(Json::as_object).into_iter().flatten();
    for (place, text) in typed.filter_map(|(place, text)| Some((place, text.as_str()?))) {
        // How a visit came out, and which talk is entered later, is nobody's own.
        if place == TALK_LATER || place.ends_with("/outcome") {
            desk.session.share(place, text);
            continue;
        }
        let draft = Ask::Draft { place: place.clone(), text: text.to_owned(), cursor: text.len() };
        desk.session.ask(draft);
    }
}

/// Says what becomes of a laptop's times whose correction was taken back.
fn clock(answer: &Answer) -> Option<Text> {
    let about = answer.more.get("about")?;
    if about.get("clock_right").is_some() {
        return Some(t(
            "撤回了 电脑时间没错 或它的撤去{about}.",
            "That a clock is right, or that this was taken back, was taken back{about}.",
        ));
    }
    let corrected = about.get("corrected")?.as_bool()?;
    Some(if corrected {
        t(
            "撤回了时间更正的改动{about}, 又照以前更正的.",
            "The change of a clock's correction was taken back{about}, as corrected before.",
        )
    } else {
        t(
            "撤回了时间更正{about}, 又照它自己的钟.",
            "The correction of a clock was taken back{about}, as it says itself.",
        )
    })
}

/// Says that a roster which was taken back is in use again, or the other way round.
fn roster(answer: &Answer) -> Option<Text> {
    let (_, stands) = whole_list::change(answer).filter(|_| answer.id.is_none())?;
    Some(if stands {
        t("撤回了整份撤销: 这份名册又在用了.", "The roster that was taken back is in use again.")
    } else {
        t("撤回了恢复: 这份名册又撤销了.", "The roster that was had again is taken back again.")
    })
}

/// Says what became of a household at a talk.
fn presence(answer: &Answer) -> Option<Text> {
    Some(match answer.more.get("about")?.get("presence")?.as_str()? {
        "left" => t("撤回了先走{about}: 又在场了.", "Here again{about}."),
        "back" => t("撤回了回来{about}: 又是先走了.", "Left again{about}."),
        _ => t("撤回了去掉{about}: 又在场了.", "Back among those who came{about}."),
    })
}

/// Tells whether something holds of what it was about: that it was changed who said a line, or that it was entered later.
fn about_is(answer: &Answer, what: &str) -> bool {
    answer.more.get("about").is_some_and(|about| about.get(what).and_then(Json::as_bool) == Some(true))
}

/// Tells whether several households said a line together.
fn said_by_several(answer: &Answer) -> bool {
    answer.more.get("about").is_some_and(|about| about.get("households").is_some())
}

/// Counts the households that had come to a talk; none where it was about something else.
fn came(answer: &Answer) -> Option<u64> {
    answer.more.get("about")?.get("came")?.as_u64()
}

/// Says whose it was and which: `: 张守富 电话`, `: 张守富 路灯不亮`.
fn about(about: &Json, covered: bool, reopened: bool) -> Said {
    if about.get("confidential").and_then(Json::as_bool) == Some(true) {
        return t(": 保密的一条", ": a confidential one").into();
    }
    let text = |key: &str| about.get(key).and_then(Json::as_str).unwrap_or_default();
    let fact = FACTS.iter().find(|fact| fact.key == text("fact") && fact.sort.letter().to_string() == text("of"));
    // That it ended is said already.
    let fact = fact.filter(|_| !reopened);
    let head = ["head", "laptop"].into_iter().map(text).find(|head| !head.is_empty());
    let words = Some(text("text")).filter(|words| !covered && !words.is_empty()).map(|words| cut(words, WORDS, " …"));
    let plain = |word: &str| t("{it}", "{it}").with("it", word);
    let many = about.get("households").and_then(Json::as_u64);
    let head = head.map(|head| match many {
        Some(many) => t("{it} 等 {n} 户", "{it} and others, {n} in all").with("it", head).with("n", many),
        None => plain(head),
    });
    let step = StepWord::from_word(text("step")).map(|step| step.name().into());
    let parts = [head, fact.map(|fact| fact.name.into()), step, words.as_deref().map(plain)];
    let beside = |a: Said, b: Said| Said::from(t("{a} {b}", "{a} {b}")).with_words("a", a).with_words("b", b);
    match parts.into_iter().flatten().reduce(beside) {
        Some(all) => Said::from(t(": {all}", ": {all}")).with_words("all", all),
        None => t("", "").into(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::said;
    use crate::app::Answer;
    use crate::text::Lang;

    #[test]
    fn of_a_clock_it_says_whose_and_by_what_its_times_go_now() {
        let words = |corrected: bool| {
            let about = json!({"laptop": "二组 张文彬", "corrected": corrected});
            said(&Answer::default().with("undone", 1).with("about", about), false).unwrap().say(Lang::Zh)
        };
        assert_eq!(words(false), "撤回了时间更正: 二组 张文彬, 又照它自己的钟.");
        assert_eq!(words(true), "撤回了时间更正的改动: 二组 张文彬, 又照以前更正的.");
    }
}
