//! What happens to a line whose talk is taken back while its answer is awaited.

use super::{Action, Talk};
use crate::app::{Answer, Ask, Gathering, Message, Nearby, Ticket};
use crate::domain::similar::Words;
use crate::domain::{self, Name};
use crate::text::{Lang, Trouble, t};
use crate::ui::desk::Desk;
use crate::ui::lines;
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::screens::joining::tests::{full, theirs};

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
    let waiting = |page: &Talk, desk: &Desk| lines::waiting(&page.place_of("line"), &desk.session).pop();
    assert_eq!(next.field.text(), "机井坏了");
    assert_eq!(waiting(&next, &desk).map(|(_, text)| text).as_deref(), Some("路灯不亮"), "a line of its own");
    let mut third = Talk::of(Name::new(7, 10));
    third.shown(&mut desk);
    assert_eq!((third.field.text(), waiting(&third, &desk)), ("", None), "once");
}

// It was let go only together with a sentence.
#[test]
fn whom_the_arrows_pointed_at_goes_with_a_talk_that_is_gone() {
    let (mut desk, mut page) = (Desk::for_tests(), Talk::of(Name::new(7, 2)));
    let place = page.place_of("who");
    desk.session.share(&place, "8.2");
    assert!(desk.session.draft(&place).is_some());
    let trouble = Trouble::new("no-talk", t("这一场夜话撤销了.", "this talk was taken back."));
    assert_eq!(page.answered(Ticket(1), &Err(trouble), &mut desk), Go::Back);
    assert_eq!(desk.session.draft(&place).filter(|(text, _)| !text.is_empty()), None);
}

// The line came back where the disk was full, and the next Enter recorded a thing of its own.
#[test]
fn a_refused_line_is_still_joined_with_what_it_was_joined_with() {
    let (mut desk, mut page) = (Desk::for_tests(), Talk::of(Name::new(7, 2)));
    page.gathering = Some(gathering());
    let (text, words) = ("机井坏了".to_owned(), Words::of("机井坏了"));
    let (line, households) = (Name::new(8, 1), vec![Name::new(8, 2)]);
    page.elsewhere = vec![Nearby { line, households, at: 0, text, words, issue: Some(theirs()) }];
    page.field.set("0# 5 机井坏了", usize::MAX);
    assert_eq!(page.look_around(&desk), Go::Stay);
    assert!(matches!(page.join(&mut desk), Go::Say(_)));
    for _ in 0..2 {
        let Some(Ask::Do(request)) = desk.session.asked.last() else { panic!() };
        assert_eq!(request.args.text("same"), Some(theirs().name.to_string()));
        let sent = page.sent.pop().unwrap();
        page.put_back_refused(sent, &full(), &mut desk);
        assert_eq!(page.field.text(), "0# 5 机井坏了");
        assert_eq!(page.enter(&mut desk), Go::Stay);
    }
    let sent = page.sent.pop().unwrap();
    page.put_back_refused(sent, &full(), &mut desk);
    page.field.set("0# 5 机井坏了三天", usize::MAX);
    assert_eq!(page.enter(&mut desk), Go::Stay);
    let Some(Ask::Do(request)) = desk.session.asked.last() else { panic!() };
    assert_eq!(request.args.text("same"), None, "it says something else");
}

// Of ten lines on a full disk the header spoke until the first of them was recorded.
#[test]
fn lines_that_the_disk_refused_are_known_until_the_last_one_is_recorded() {
    let (mut desk, mut page) = (Desk::for_tests(), Talk::of(Name::new(7, 2)));
    page.gathering = Some(gathering());
    let answered = |page: &mut Talk, desk: &mut Desk, result: &Result<Answer, Trouble>| {
        let tickets: Vec<Ticket> = page.sent.iter().map(|sent| sent.ticket).collect();
        for ticket in tickets {
            page.answered(ticket, result, desk);
        }
    };
    for line in ["0# 机井坏了", "0# 路灯不亮", "0# 校车太远"] {
        page.field.set(line, usize::MAX);
        assert_eq!(page.enter(&mut desk), Go::Stay);
    }
    answered(&mut page, &mut desk, &Err(full()));
    assert_eq!(page.field.text(), "0# 机井坏了");
    assert_eq!(page.enter(&mut desk), Go::Stay);
    answered(&mut page, &mut desk, &Ok(Answer::default()));
    // The others wait as lines, and are put down one by one.
    for line in ["0# 路灯不亮", "0# 校车太远"] {
        assert!(desk.session.refused_anywhere().is_some(), "{line}");
        let (place, text) = lines::waiting(&page.place_of("line"), &desk.session).swap_remove(0);
        assert_eq!(text, line);
        assert!(page.put_line(&text, &place, &mut desk));
        answered(&mut page, &mut desk, &Ok(Answer::default()));
    }
    assert!(lines::waiting(&page.place_of("line"), &desk.session).is_empty());
}

/// A talk that nobody has come to.
pub(super) fn gathering() -> Gathering {
    let talk = domain::Talk {
        name: Name::new(7, 2),
        kind: "talk".to_owned(),
        village: "东里东村".to_owned(),
        place: String::new(),
        visitors: Vec::new(),
        started: 0,
        lasted_ms: None,
        ended: None,
        outcome: String::new(),
        proven_ms: 0,
        declared_ms: 0,
    };
    Gathering { talk, present: Vec::new(), said: Vec::new() }
}
