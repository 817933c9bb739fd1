//! What happens to a line whose talk is taken back while its answer is awaited.

use super::{Action, Talk};
use crate::app::{Message, Ticket};
use crate::domain::Name;
use crate::text::{Lang, Trouble, t};
use crate::ui::desk::Desk;
use crate::ui::page::{Go, Keyed, Screen};

// It was sent in the moment in which the talk was undone: the page went, and the sentence with it.
#[test]
fn a_line_refused_as_its_talk_is_gone_stands_in_the_line_of_the_next_one() {
    let (mut desk, mut page) = (Desk::for_tests(), Talk::of(Name::new(7, 2)));
    page.field().unwrap().insert("0# 机井坏了");
    assert_eq!(page.act(Action::Enter, &mut desk), Go::Stay);
    let ticket = Ticket(u64::try_from(desk.session.asked.len()).unwrap());
    page.field().unwrap().insert("3# 路灯不亮");
    let trouble = Trouble::new("no-talk", t("这一场夜话撤销了.", "this talk was taken back."));
    let go = page.heard(&Message::Answer(ticket, Box::new(Err(trouble))), &mut desk);
    assert_eq!(go, Go::Back);
    assert!(desk.notice.as_ref().is_some_and(|said| said.say(Lang::Zh).contains("下一场")), "{:?}", desk.notice);
    let mut next = Talk::of(Name::new(7, 9));
    next.shown(&mut desk);
    assert_eq!(next.field.text(), "机井坏了 路灯不亮");
    let mut third = Talk::of(Name::new(7, 10));
    third.shown(&mut desk);
    assert_eq!(third.field.text(), "", "once");
}
