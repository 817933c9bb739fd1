//! What the page of disagreements shows on terminals of two sizes, and what it keeps to itself.

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use super::{Action, Disputes};
use crate::app::{Ask, Before, Dispute, Earlier, Glance, Message, Side, Ticket};
use crate::domain::Name;
use crate::text::{Lang, t};
use crate::ui::canvas::{Canvas, lines};
use crate::ui::desk::Desk;
use crate::ui::keys::Key;
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::screens::{Known, card::Sheet};

const NOW: i64 = 1_621_338_120_000;
const TEN_YEARS: i64 = 3_652 * 86_400_000;

fn side(value: &str, actor: &str, at: i64, current: bool) -> Side {
    let said = t("{it}", "{it}").with("it", value);
    let (actor, laptop) = (actor.to_owned(), "二组1".to_owned());
    // No two values here are by one person at one time.
    let writing = Name::new(u64::try_from(at).unwrap(), value.chars().map(u32::from).sum());
    Side { writing, value: said, written: value.to_owned(), actor, at, laptop, current }
}

fn dispute(person: &str, fact: crate::text::Text, secret: bool, values: &[&str]) -> Dispute {
    let last = values.len().saturating_sub(1);
    let sides = values.iter().enumerate().map(|(at, value)| side(value, "张文彬", NOW, at == last)).collect();
    Dispute {
        entity: Name::new(1, 1),
        key: "health".to_owned(),
        issue: None,
        household: Some(Name::new(1, 1)),
        is_hidden: false,
        head: t("冯海水", "冯海水").into(),
        person: person.to_owned(),
        place: "东里镇 东里东村 3组".to_owned(),
        fact: fact.into(),
        glance: if secret { Glance::Alone } else { Glance::Anybody },
        sides,
    }
}

/// Says what each writer had seen, in order of the values.
fn seen(page: &mut Disputes, earlier: &[&str]) {
    for (side, said) in page.open[0].sides.iter().zip(earlier) {
        let words = t("{it}", "{it}").with("it", said);
        page.before.insert(side.writing, Earlier { said: words, written: Some((*said).to_owned()) });
    }
}

fn drawn(page: &Disputes, desk: &mut Desk, wide: u16, high: u16) -> String {
    let area = Rect::new(0, 0, wide, high);
    desk.body = Size::new(wide, high);
    let mut buffer = Buffer::empty(area);
    page.draw(&mut Canvas::new(&mut buffer, &mut None, area, desk));
    lines(&buffer).join("\n")
}

fn page(open: Vec<Dispute>) -> Disputes {
    let mut page = Disputes::default();
    page.take(open);
    page
}

// The head seemed to have his wife's illness, and everybody in the room could read it in the list.
#[test]
fn a_line_says_whose_it_is_and_neither_an_illness_nor_a_phone() {
    let health = dispute("老伴 刘桂芝", t("身体状况", "health"), true, &["慢性病", "重病"]);
    let door = dispute("", t("门牌", "door"), false, &["12号", "14号"]);
    let (mut desk, mut page) = (Desk::for_tests(), page(vec![door, health]));
    let said = drawn(&page, &mut desk, 80, 21);
    assert!(said.contains("冯海水") && said.contains("老伴 刘桂芝 身体状况  (选中再看)"), "{said}");
    assert!(said.contains("12号 / 14号") && !said.contains("慢性病"), "{said}");
    page.list(&desk).unwrap().key(Key::Down, 1);
    let said = drawn(&page, &mut desk, 80, 21);
    assert!(said.contains("冯海水的老伴 刘桂芝 身体状况\n  1  慢性病   张文彬"), "{said}");
    desk.covered = true;
    let said = drawn(&page, &mut desk, 80, 21);
    assert!(!said.contains("慢性病") && said.contains("1  (遮挡)   张文彬"), "{said}");
    desk.covered = false;
    let said = drawn(&page, &mut desk, 40, 9);
    assert!(said.contains("冯海水的老伴 刘桂芝 身体状况"), "the column is dropped, the fact is not\n{said}");
}

// Of two of one name at 40 columns nobody knew whose door it was that two people had written differently.
#[test]
fn namesakes_say_where_they_live_and_what_is_hidden_is_nobodys_namesake() {
    let at = |seq: u32, place: &str| Dispute {
        household: Some(Name::new(1, seq)),
        place: place.to_owned(),
        ..dispute("", t("门牌", "door"), false, &["12号", "14号"])
    };
    let two = vec![at(1, "东里镇 东里东村 3组 12号"), at(2, "东里镇 东里东村 3组 9号")];
    let (mut desk, mut page) = (Desk::for_tests(), page(two));
    for (wide, high) in [(40, 9), (80, 21)] {
        let said = drawn(&page, &mut desk, wide, high);
        assert!(said.contains("冯海水 12号 ") && said.contains("冯海水 9号 "), "{said}");
    }
    let mut one_hidden = page.open.clone();
    one_hidden[1].is_hidden = true;
    page.take(one_hidden);
    let said = drawn(&page, &mut desk, 40, 9);
    assert!(!said.contains("冯海水 12号") && !said.contains("冯海水 9号"), "{said}");
    page.take(vec![at(1, "东里镇 东里东村 3组 12号"), at(1, "东里镇 东里东村 3组 12号")]);
    let said = drawn(&page, &mut desk, 40, 9);
    assert!(!said.contains("冯海水 12号"), "one household is nobody's namesake\n{said}");
}

// The list said (保密), and on a wide terminal the card of the household stood beside it.
#[test]
fn beside_a_confidential_issue_no_card_stands() {
    let (mut desk, known) =
        (Desk::for_tests(), Known::of_household(Name::new(1, 1), Sheet::default(), &Desk::for_tests()));
    desk.body = Size::new(160, 37);
    let mut page = page(vec![dispute("", t("文体生活 甄别", "culture screen"), false, &["受理", "不受理"])]);
    assert!(page.beside(&desk).unwrap().laid(&known, &desk).unwrap().has_card());
    page.open[0].is_hidden = true;
    assert!(!page.beside(&desk).unwrap().laid(&known, &desk).unwrap().has_card());
}

// Of five values four were drawn, and the one in use was the fifth.
#[test]
fn every_value_can_be_seen_and_the_one_in_use_is_always_there() {
    let values = ["11号", "12号", "13号", "14号", "15号", "16号", "17号", "18号", "19号", "20号", "21号"];
    let (mut desk, mut page) = (Desk::for_tests(), page(vec![dispute("", t("门牌", "door"), false, &values)]));
    let said = drawn(&page, &mut desk, 80, 21);
    assert!(values.iter().all(|value| said.contains(&format!("{value}   张文彬"))), "{said}");
    assert!(said.contains("9  19号") && !said.contains("10 "), "{said}");
    let mut seen = String::new();
    for _ in 0..12 {
        let said = drawn(&page, &mut desk, 40, 9);
        assert!(said.contains("现在用的") && said.contains("11 个值, Right 看其余的"), "{said}");
        seen.push_str(&said);
        page.turn(&desk);
    }
    assert!(values.iter().take(10).all(|value| seen.contains(&format!("{value}   张文彬"))), "{seen}");
}

// A long value pushed the laptop and 现在用的 off the page, without a sign.
#[test]
fn a_long_value_leaves_room_for_who_wrote_it_and_another_year_is_told() {
    let long = "大儿子在青岛打工, 每年春节和秋收回来两次, 平时家里只有老两口, 有事打小女儿的电话";
    let mut one = dispute("", t("备注", "remark"), true, &["耳背", long]);
    one.sides[0].at += TEN_YEARS;
    let mut desk = Desk::for_tests();
    let page = page(vec![one]);
    let said = drawn(&page, &mut desk, 80, 21);
    assert!(said.contains("有事打小女儿的电话\n     张文彬 5-18 19:42 二组1  现在用的"), "{said}");
    assert!(said.contains("1  耳背   张文彬 2031-5-1"), "{said}");
    let said = drawn(&page, &mut desk, 40, 9);
    assert!(said.contains("~\n     张文彬 5-18 19:42 二组1  现在用的"), "{said}");
}

// On the smallest terminal it was drawn over the values.
#[test]
fn a_third_value_has_a_row_of_its_own_on_the_smallest_terminal_too() {
    let long = "大儿子在青岛打工, 每年春节和秋收回来两次";
    let three = (0..3).map(|_| dispute("", t("备注", "remark"), true, &["耳背", long])).collect();
    let (mut desk, mut page) = (Desk::for_tests(), page(three));
    page.writing = true;
    page.field.set("3号", usize::MAX);
    for (wide, high) in [(40, 9), (80, 21)] {
        let said = drawn(&page, &mut desk, wide, high);
        let lines: Vec<&str> = said.lines().map(str::trim_end).collect();
        let [.., above, third] = lines.as_slice() else { panic!("{said}") };
        assert_eq!(*third, "  > 3号", "{said}");
        assert!(above.is_empty() || above.ends_with("现在用的"), "{said}");
    }
}

// Ctrl-Z took back what was chosen before of another fact.
#[test]
fn with_the_line_open_nothing_that_was_chosen_before_is_taken_back() {
    let (mut desk, mut page) =
        (Desk::for_tests(), page(vec![dispute("", t("门牌", "door"), false, &["12号", "14号"])]));
    assert!(!page.take_back(&mut desk), "the choice before goes");
    page.act(Action::Write, &mut desk);
    assert!(page.field().is_some() && page.take_back(&mut desk), "the line goes");
    assert!(page.field().is_none() && !page.take_back(&mut desk));
}

// Who had to choose saw two values and not which of them was the change.
#[test]
fn what_stood_before_is_said_once_where_both_had_seen_the_same() {
    let (mut desk, mut page) =
        (Desk::for_tests(), page(vec![dispute("", t("门牌", "door"), false, &["14号", "16号"])]));
    seen(&mut page, &["12号", "12号"]);
    for (wide, high) in [(80, 21), (40, 9)] {
        let said = drawn(&page, &mut desk, wide, high);
        assert!(said.contains("冯海水 门牌   以前: 12号\n  1  14号   张文彬"), "{said}");
        assert_eq!(said.matches("以前: ").count(), 1, "{said}");
        assert!(said.contains("2  16号") && said.contains("现在用的"), "{said}");
    }
    desk.lang = Lang::En;
    let said = drawn(&page, &mut desk, 40, 9);
    assert!(said.contains("冯海水 door   before: 12号\n"), "{said}");
}

#[test]
fn who_had_seen_something_else_has_it_beside_their_own_value() {
    let (mut desk, mut page) =
        (Desk::for_tests(), page(vec![dispute("", t("门牌", "door"), false, &["14号", "16号"])]));
    seen(&mut page, &["12号", "13号"]);
    let said = drawn(&page, &mut desk, 80, 21);
    let (first, second) = (said.find("以前: 12号").unwrap(), said.find("以前: 13号").unwrap());
    let (one, other) = (said.find("1  14号").unwrap(), said.find("2  16号").unwrap());
    assert!(one < first && first < other && other < second, "{said}");
    // On a low terminal, one after the other.
    let said = drawn(&page, &mut desk, 40, 9);
    assert!(
        said.contains("  1  14号   张文彬") && said.contains("\n     以前: 12号") && !said.contains("16号   "),
        "{said}"
    );
    page.turn(&desk);
    let said = drawn(&page, &mut desk, 40, 9);
    assert!(said.contains("现在用的\n     以前: 13号") && said.contains("  2  16号"), "{said}");
}

#[test]
fn a_long_word_that_stood_before_has_a_row_of_its_own() {
    let long = "大儿子在青岛打工, 每年春节和秋收回来两次, 平时家里只有老两口, 有事打小女儿的电话";
    let (mut desk, mut page) =
        (Desk::for_tests(), page(vec![dispute("", t("备注", "remark"), true, &["耳背", "眼花"])]));
    seen(&mut page, &[long, long]);
    let said = drawn(&page, &mut desk, 80, 21);
    assert!(said.contains("冯海水 备注\n     以前: 大儿子在青岛打工"), "{said}");
    assert!(said.contains("1  耳背   张文彬") && said.contains("2  眼花   张文彬"), "{said}");
    desk.covered = true;
    let said = drawn(&page, &mut desk, 80, 21);
    assert!(said.contains("以前: (遮挡)") && !said.contains("青岛"), "{said}");
}

// The journal of a year is not read within a glance.
#[test]
fn while_it_is_read_the_page_says_so_and_the_values_are_there() {
    let (mut desk, mut page) =
        (Desk::for_tests(), page(vec![dispute("", t("门牌", "door"), false, &["14号", "16号"])]));
    page.look_before(&mut desk);
    assert_eq!(desk.session.asked, [Ask::LookBefore]);
    assert_eq!(page.heard(&Message::Working(Ticket(1), 40), &mut desk), Go::Stay);
    let said = drawn(&page, &mut desk, 80, 21);
    assert!(said.contains("以前: 正在读 40% …") && said.contains("1  14号"), "{said}");
    let before: Before = page.open[0]
        .sides
        .iter()
        .map(|side| (side.writing, Earlier { said: t("空", "nothing").into(), written: None }))
        .collect();
    page.heard(&Message::Before(Ticket(1), Box::new(Ok(before))), &mut desk);
    let said = drawn(&page, &mut desk, 80, 21);
    assert!(said.contains("以前: 空") && !said.contains("正在读"), "{said}");
    page.look_before(&mut desk);
    assert_eq!(desk.session.asked.len(), 1, "what was read is not read again");
}

#[test]
fn a_phone_behind_the_name_of_a_person_is_in_no_row_and_covered_not_below_it_either() {
    let mut desk = Desk::for_tests();
    let page = page(vec![dispute("老伴 刘桂芝13905331111", t("性别", "sex"), false, &["男", "女"])]);
    let said = drawn(&page, &mut desk, 120, 21);
    let rows: Vec<&str> = said.lines().filter(|line| line.contains("139053")).collect();
    assert!(matches!(rows.as_slice(), [below] if below.contains("冯海水的老伴")), "{said}");
    desk.covered = true;
    let said = drawn(&page, &mut desk, 100, 21);
    assert!(said.contains("刘桂芝139****1111") && !said.contains("13905331111"), "{said}");
}

// Digits that choose stood in the footer, and there was nothing to choose.
#[test]
fn with_nothing_disputed_no_key_offers_to_choose() {
    let page = page(Vec::new());
    let keys: Vec<Key> = page.table().rows.iter().flat_map(|row| row.keys).copied().collect();
    assert_eq!(keys, [Key::Digit(0)]);
}

// A blank was recorded: the household had no head any more and was in no list.
#[test]
fn a_blank_is_no_third_value() {
    let (mut desk, mut page) =
        (Desk::for_tests(), page(vec![dispute("", t("户主", "head"), false, &["李守富", "王守富"])]));
    page.act(Action::Write, &mut desk);
    for blank in ["", " ", "　 "] {
        page.field.set(blank, usize::MAX);
        assert_eq!(page.act(Action::Record, &mut desk), Go::say(t("还没有写.", "Nothing is written yet.")));
    }
    assert!(desk.session.asked.is_empty(), "{:?}", desk.session.asked);
    page.field.set("张守富", usize::MAX);
    page.act(Action::Record, &mut desk);
    assert_eq!(desk.session.asked.len(), 1);
}

// `唐仁 1组 90号 出生年 1955 / 1957`, and half of the row was free.
#[test]
fn the_village_is_named_where_other_columns_leave_room_for_it() {
    let far = "东里镇 清泉沟北村 12组 190号";
    let one = Dispute { place: far.to_owned(), ..dispute("", t("出生年", "birth year"), false, &["1955", "1957"]) };
    let (mut desk, page) = (Desk::for_tests(), page(vec![one]));
    let row = |said: &str| said.lines().find(|line| line.starts_with("> ")).unwrap_or_default().to_owned();
    let said = drawn(&page, &mut desk, 80, 21);
    assert!(row(&said).contains(far) && row(&said).contains("1955 / 1957"), "{said}");
    // Where they have as much to say themselves the town goes first, then the village.
    let (mut page, long) = (page, ["一九五五年三月初二", "一九五七年三月初二"]);
    let one = dispute("老伴 刘桂芝", t("出生年", "birth year"), false, &long);
    let head = t("淄博东里商贸有限公司", "淄博东里商贸有限公司").into();
    page.open[0] = Dispute { place: far.to_owned(), head, ..one };
    let said = drawn(&page, &mut desk, 80, 21);
    assert!(row(&said).contains("12组 190号") && !row(&said).contains(far), "{said}");
}
