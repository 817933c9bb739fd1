//! What happens to a line while its answer is awaited, and when it is refused.

use super::{Action, Visit};
use crate::app::{Answer, Ask, Message, Ticket};
use crate::domain::Name;
use crate::text::{Trouble, t};
use crate::ui::desk::Desk;
use crate::ui::page::{Go, Keyed, Screen};

struct Table {
    page: Visit,
    desk: Desk,
}

impl Table {
    fn new() -> Self {
        Self { page: Visit::of(Name::new(7, 2), Name::new(7, 1)), desk: Desk::for_tests() }
    }

    fn say(&mut self, line: &str) {
        self.page.field().unwrap().insert(line);
    }

    /// Presses Enter and gives the question that followed.
    fn enter(&mut self) -> Ticket {
        assert_eq!(self.page.act(Action::Enter, &mut self.desk), Go::Stay);
        Ticket(u64::try_from(self.desk.session.asked.len()).unwrap())
    }

    fn refuse(&mut self, ticket: Ticket) {
        let trouble = Trouble::new("disk-full", t("磁盘满了.", "The disk is full."));
        let go = self.page.heard(&Message::Answer(ticket, Box::new(Err(trouble))), &mut self.desk);
        assert!(matches!(go, Go::Say(_)), "{go:?}");
    }

    fn record(&mut self, ticket: Ticket) {
        self.page.heard(&Message::Answer(ticket, Box::new(Ok(Answer::default()))), &mut self.desk);
    }

    fn line(&self) -> &str {
        self.page.field.text()
    }

    fn draft(&self, what: &str) -> Option<String> {
        self.desk.session.draft(&self.page.place(what)).map(|(text, _)| text)
    }
}

#[test]
fn the_line_is_empty_and_open_as_soon_as_it_is_asked_for() {
    let mut table = Table::new();
    table.say("6+ 想要个小广场");
    let ticket = table.enter();
    assert_eq!((table.line(), table.page.busy()), ("", true));
    let Some(Ask::Do(request)) = table.desk.session.asked.last() else { panic!() };
    assert_eq!(request.word, "issue.record");
    assert_eq!(request.args.text("class").as_deref(), Some("larger"));
    assert_eq!(request.draft.as_deref(), table.page.draft().as_deref());
    table.record(ticket);
    assert!(!table.page.busy());
}

#[test]
fn a_refused_line_is_in_the_field_again() {
    let mut table = Table::new();
    table.say("机井坏了");
    let ticket = table.enter();
    table.refuse(ticket);
    assert_eq!(table.line(), "机井坏了");
    assert_eq!(table.draft("line").as_deref(), Some("机井坏了"));
}

#[test]
fn a_refused_line_waits_beside_what_was_typed_meanwhile() {
    let mut table = Table::new();
    table.say("机井坏了");
    let first = table.enter();
    table.say("路灯不亮");
    table.refuse(first);
    assert_eq!((table.line(), table.page.kept.as_deref()), ("路灯不亮", Some("机井坏了")));
    assert_eq!(table.draft("kept").as_deref(), Some("机井坏了"));
    let second = table.enter();
    table.record(second);
    assert_eq!((table.line(), table.page.kept.as_deref()), ("机井坏了", None));
    assert_eq!((table.draft("kept"), table.draft("line").as_deref()), (None, Some("机井坏了")));
}

#[test]
fn two_refused_lines_are_both_kept() {
    let mut table = Table::new();
    table.say("机井坏了");
    let first = table.enter();
    table.say("路灯不亮");
    let second = table.enter();
    table.refuse(first);
    assert_eq!(table.line(), "机井坏了");
    table.refuse(second);
    assert_eq!((table.line(), table.page.kept.as_deref()), ("机井坏了", Some("路灯不亮")));
}
