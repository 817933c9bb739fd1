//! The list and the forms of the issues, without anything below them.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::drawn::{COLUMNS_EN, COLUMNS_ZH};
use super::step_form::without_words;
use super::{Issues, shape};
use crate::app::{Counts, Move};
use crate::domain::{Class, Duty, Field, Kind, Light, State};
use crate::text::{Lang, Text, t};
use crate::ui::canvas::{Canvas, columns, lines};
use crate::ui::desk::Desk;
use crate::ui::list::fit;
use crate::ui::short;

#[test]
fn every_step_has_a_form_with_words_for_each_line_and_its_day_last() {
    for it in Move::every() {
        let shape = shape::of(it);
        assert_eq!(shape.last().map(|input| input.key), Some("on"), "{}", it.word());
        for input in shape {
            assert!(!input.name.zh.is_empty() && !input.name.en.is_empty(), "{} {}", it.word(), input.key);
            // At 40 columns there is still room to write.
            assert!(columns(input.name.zh) <= 18, "{} {}", it.word(), input.key);
        }
        assert!(shape.iter().all(|input| input.list.len() <= 7), "{}: a digit for each", it.word());
    }
}

#[test]
fn a_refusal_on_the_screen_names_steps_and_not_the_words_of_scripts() {
    let said = "现在可以: 甄别 (issue.screen), 记进展 (issue.progress). 由本人来记 (actor).";
    assert_eq!(without_words(said), "现在可以: 甄别, 记进展. 由本人来记.");
    assert_eq!(without_words("时限 5月25日 (周二) 已过"), "时限 5月25日 (周二) 已过");
}

// `to screen` and `to close` stood in the list and found nobody, as `being worked on` did.
#[test]
fn every_word_of_the_list_narrows_it_in_either_language_however_short_it_stands_there() {
    let house = crate::app::Place::new(std::path::PathBuf::new()).empty_house();
    let read = |typed: &str| house.sieve(typed, "陈明").unwrap();
    let households = read("查无此人");
    let states = State::ALL.iter().map(|state| (state.name(), state.word()));
    let classes =
        Class::ALL.iter().filter(|class| **class != Class::LongTerm).map(|class| (class.name(), class.word()));
    let fields = Field::ALL.iter().map(|field| (field.name(), field.word()));
    let lights = [(Light::Passed, "刚到期"), (Light::Met, "按期"), (Light::MetLate, "逾期完成")];
    let lights = lights.map(|(light, word)| (t(word, light.said().say(Lang::En).leak()), word));
    let others = [
        (t("当场", "on site"), "on_site"),
        (t("今天到期", "due today"), "今天到期"),
        (t("不一致", "disputed"), "disputed"),
        (t("建议", "suggestion"), "suggestion"),
        (t("存量", "stock issue"), "存量"),
        (t("(保密)", "(secret)"), "保密"),
        (t("待反馈", "to tell"), "feedback_due"),
        (t("全部", "all"), "全部"),
    ];
    for (name, word) in states.chain(classes).chain(fields).chain(lights).chain(others) {
        // Where it stands and its class are one word.
        let want = if word == State::LongTerm.word() { read("长期") } else { read(word) };
        assert_ne!(want, households, "{word}");
        for (lang, room) in [Lang::Zh, Lang::En].into_iter().flat_map(|lang| (1..30).map(move |room| (lang, room))) {
            let said = short::fitting(name.get(lang), room, lang);
            assert_eq!(read(&said), want, "{said}");
            assert_ne!(read(&format!("张守富 {said}")), want, "a household as well: {said}");
        }
    }
    assert_ne!(read("to screen"), read("to close"));
    assert_eq!(read("being worked on"), read("办理中"));
    for words in super::WORDS {
        assert_eq!(read(words.zh), read(words.en), "{}", words.zh);
    }
}

// `found to la~`, `milestone 12 day~` and 长期方案 还有 1~, with ten days left, stood there.
#[test]
fn no_word_of_the_list_is_cut_at_any_width() {
    let counted = |n| [Light::OnTime { left: n }, Light::Red { over: n }];
    let lights = |most: u32| {
        let counted = [1, 2, 12, 99].into_iter().filter(move |n| *n <= most).flat_map(counted);
        [Light::Met, Light::MetLate, Light::Passed, Light::Yellow { left: 0 }].into_iter().chain(counted)
    };
    let dues = |lang| -> Vec<String> {
        // What is solved on the spot is due on the day itself.
        let most = |duty: &Duty| if *duty == Duty::OnSite { 12 } else { 99 };
        let both = Duty::ALL.iter().flat_map(|duty| lights(most(duty)).map(move |light| (duty, light)));
        both.map(|(duty, light)| format!("{} {}", duty.name().get(lang), light.said().say(lang))).collect()
    };
    let names = |names: Vec<Text>, lang| names.into_iter().map(|name| name.get(lang).to_owned()).collect();
    for (lang, shape) in [(Lang::Zh, &COLUMNS_ZH), (Lang::En, &COLUMNS_EN)] {
        let classes =
            Class::ALL.iter().map(|class| if *class == Class::OnSite { t("当场", "on site") } else { class.name() });
        let states = State::ALL.iter().map(|state| state.name()).chain([t("不一致", "disputed")]);
        let said: [Vec<String>; 4] = [
            names(Field::ALL.iter().map(|field| field.name()).collect(), lang),
            names(classes.chain([Kind::Suggestion.name()]).collect(), lang),
            names(states.collect(), lang),
            dues(lang),
        ];
        for wide in [40, 48, 60, 80, 96, 100, 119] {
            for ((column, room), said) in shape.iter().zip(fit(shape, wide)).skip(2).zip(&said) {
                let Some(room) = room else { continue };
                for said in said {
                    let fitted = column.fitted(said, room, lang);
                    assert!(columns(&fitted) <= room, "{wide}: {said} as {fitted} in {room}");
                }
            }
        }
    }
}

// `all 3` stood there at 40 columns, and there were thirty.
#[test]
fn a_count_is_whole_or_not_there() {
    let page = Issues { counts: Counts { mine: 27, late: 0, soon: 11, to_tell: 0, all: 30 }, ..Issues::default() };
    let first = |lang, wide: u16| {
        let area = Rect::new(0, 0, wide, 10);
        let (mut buffer, mut desk) = (Buffer::empty(area), Desk::for_tests());
        desk.lang = lang;
        page.drawn(&mut Canvas::new(&mut buffer, &mut None, area, &desk));
        lines(&buffer).swap_remove(0)
    };
    assert_eq!(first(Lang::En, 60), " mine 27  overdue 0  soon 11  to tell 0  all 30");
    assert_eq!(first(Lang::En, 40), " mine 27  overdue 0  soon 11  all 30");
    assert_eq!(first(Lang::En, 20), " mine 27  soon 11");
    assert_eq!(first(Lang::Zh, 40), " 我的 27 超期 0 临期 11 待反馈 0 全部 30");
}
