//! What happens to a line while its answer is awaited, and when it is refused.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use super::story::Spoken;
use super::{Action, Visit};
use crate::app::{Answer, Ask, Message, Nearby, Ticket};
use crate::domain::Name;
use crate::domain::similar::Words;
use crate::text::Lang;
use crate::ui::canvas::{Canvas, lines};
use crate::ui::desk::Desk;
use crate::ui::lines::waiting;
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::screens::joining::tests::{full, theirs};

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
        let go = self.page.heard(&Message::Answer(ticket, Box::new(Err(full()))), &mut self.desk);
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
    assert_eq!((table.line(), table.waiting()), ("路灯不亮", vec!["机井坏了".to_owned()]));
    let second = table.enter();
    table.record(second);
    assert_eq!(table.page.act(Action::Up, &mut table.desk), Go::Stay);
    assert_eq!((table.line(), table.waiting()), ("机井坏了", Vec::new()));
    assert_eq!(table.draft("line").as_deref(), Some("机井坏了"));
}

// They stood as one line, a blank between, and one Enter made one note of them.
#[test]
fn refused_lines_wait_as_lines_and_none_is_joined_with_another() {
    let mut table = Table::new();
    let sent = ["机井坏了", "路灯不亮", "5 吵架", "校车太远"].map(|line| {
        table.say(line);
        table.enter()
    });
    for ticket in sent {
        table.refuse(ticket);
    }
    assert_eq!(table.line(), "机井坏了");
    assert_eq!(table.waiting(), ["路灯不亮", "5 吵架", "校车太远"]);
    // The page that is opened after a start has them too.
    let mut again = Visit::of(table.page.name, table.page.household);
    again.shown(&mut table.desk);
    assert_eq!(waiting(&again.place("line"), &table.desk.session).len(), 3);
}

// What an earlier program had joined stood nowhere.
#[test]
fn what_an_earlier_program_kept_beside_the_line_waits_as_a_line() {
    let mut table = Table::new();
    let place = table.page.place("kept");
    table.desk.keep(&place, ("路灯不亮 校车太远".to_owned(), 0));
    table.page.shown(&mut table.desk);
    assert_eq!((table.waiting(), table.draft("kept")), (vec!["路灯不亮 校车太远".to_owned()], None));
}

// Of ten lines on a full disk the header spoke until the first of them was recorded.
#[test]
fn lines_that_the_disk_refused_are_known_until_the_last_one_is_recorded() {
    let mut table = Table::new();
    let mut sent = Vec::new();
    for line in ["机井坏了", "路灯不亮", "校车太远"] {
        table.say(line);
        sent.push(table.enter());
    }
    for ticket in sent {
        table.refuse(ticket);
    }
    let is_refused = |table: &Table| table.desk.session.refused_anywhere().is_some();
    for line in ["机井坏了", "路灯不亮", "校车太远"] {
        assert_eq!(table.line(), line);
        assert!(is_refused(&table), "{line}");
        let ticket = table.enter();
        table.record(ticket);
        if !table.waiting().is_empty() {
            assert_eq!(table.page.act(Action::Up, &mut table.desk), Go::Stay);
        }
    }
    assert!(!is_refused(&table));
}

impl Table {
    /// Gives the lines that wait beside the one that is typed in.
    fn waiting(&self) -> Vec<String> {
        let all = waiting(&self.page.place("line"), &self.desk.session);
        all.into_iter().map(|(_, text)| text).collect()
    }
}

impl Table {
    /// Joins what is typed with what another household said.
    fn join(&mut self) {
        let (text, words) = ("机井坏了".to_owned(), Words::of("机井坏了"));
        let (line, households) = (Name::new(8, 1), vec![Name::new(8, 2)]);
        self.page.nearby = vec![Nearby { line, households, at: 0, text, words, issue: Some(theirs()) }];
        assert_eq!(self.page.act(Action::Around, &mut self.desk), Go::Stay);
        let go = self.page.act(Action::Join, &mut self.desk);
        assert!(matches!(go, Go::Say(_)), "{go:?}");
    }

    fn last(&self) -> (Ticket, Option<Name>) {
        let Some(Ask::Do(request)) = self.desk.session.asked.last() else { panic!() };
        let with = request.args.text("with").and_then(|with| with.parse().ok());
        (Ticket(u64::try_from(self.desk.session.asked.len()).unwrap()), with)
    }
}

// The line and its answer came back where the disk was full, and the next Enter recorded a thing of its own.
#[test]
fn a_refused_line_is_still_joined_with_what_it_was_joined_with() {
    let mut table = Table::new();
    table.say("5! 机井坏了");
    table.join();
    table.say("修好了");
    table.enter();
    let (ticket, with) = table.last();
    assert_eq!(with, Some(theirs().name));
    table.refuse(ticket);
    assert_eq!(table.line(), "5! 机井坏了");
    table.enter();
    table.say("修好了");
    table.enter();
    let (ticket, with) = table.last();
    assert_eq!(with, Some(theirs().name), "as it was meant");
    table.record(ticket);
    assert_eq!(table.draft("with"), None, "it is recorded");
}

#[test]
fn a_refused_line_that_was_joined_at_once_comes_back_as_it_was_to_be_put_down() {
    let mut table = Table::new();
    table.say("机井坏了");
    table.join();
    let (ticket, with) = table.last();
    assert_eq!(with, Some(theirs().name));
    table.refuse(ticket);
    assert_ne!(table.line(), "机井坏了", "a note is joined with nothing");
    table.enter();
    assert_eq!(table.last().1, Some(theirs().name));
}

#[test]
fn another_sentence_is_not_joined_with_it_and_a_line_that_waits_beside_it_still_is() {
    let mut table = Table::new();
    table.say("5 机井坏了");
    table.join();
    let (ticket, _) = table.last();
    table.say("6! 路灯不亮");
    table.refuse(ticket);
    table.enter();
    table.say("换了灯");
    table.enter();
    let (ticket, with) = table.last();
    assert_eq!(with, None);
    table.record(ticket);
    assert_eq!(table.page.act(Action::Up, &mut table.desk), Go::Stay);
    assert_eq!(table.line(), "5 机井坏了");
    table.say(" 三天");
    table.enter();
    assert_eq!(table.last().1, None, "it says something else");
}

// A line that is changed to the same words is no sentence of its own.
#[test]
fn a_line_that_is_changed_is_joined_with_nothing() {
    let mut table = Table::new();
    table.say("5! 机井坏了");
    table.join();
    table.say("修好了");
    table.enter();
    let (ticket, _) = table.last();
    table.say("路灯不亮");
    table.refuse(ticket);
    table.page.field.take();
    let spoken = Spoken::of(Name::new(7, 5), 0, "机井", None);
    table.page.start_change(spoken, &mut table.desk);
    table.page.field.set("5! 机井坏了", usize::MAX);
    table.enter();
    table.page.field.set("修好了", usize::MAX);
    table.enter();
    let Some(Ask::Do(request)) = table.desk.session.asked.last() else { panic!() };
    assert!(!format!("{request:?}").contains("with"), "{request:?}");
    let (ticket, _) = table.last();
    table.record(ticket);
    assert_eq!(table.page.act(Action::Up, &mut table.desk), Go::Stay);
    assert_eq!(table.line(), "5! 机井坏了", "the one that waited");
    table.enter();
    table.page.field.set("修好了", usize::MAX);
    table.enter();
    assert_eq!(table.last().1, Some(theirs().name));
}

// The sign of the line stayed bold, and that digits tick was said by a `>` glued to 讲了.
#[test]
fn where_digits_tick_that_row_is_the_selected_one_and_the_sign_of_the_line_is_dim() {
    for width in [40, 80] {
        let area = Rect::new(0, 0, width, 20);
        let mut table = Table::new();
        let drawn = |table: &Table| {
            let (mut buffer, mut cursor) = (Buffer::empty(area), None);
            table.page.draw(&mut Canvas::new(&mut buffer, &mut cursor, area, &table.desk));
            let is_bar = |y| (0..width).all(|x| buffer[(x, y)].modifier.contains(Modifier::REVERSED));
            let rows: Vec<(String, bool)> = (0..).zip(lines(&buffer)).map(|(y, row)| (row, is_bar(y))).collect();
            let line = (0..20).find(|y| buffer[(2, *y)].symbol() == ">").unwrap();
            (rows, buffer[(2, line)].modifier, cursor.is_some())
        };
        table.page.act(Action::Ticks, &mut table.desk);
        let (rows, sign, has_cursor) = drawn(&table);
        let told = rows.iter().position(|(row, _)| row.starts_with("> 讲了")).unwrap();
        let bars: Vec<&str> = rows.iter().filter(|(_, is_bar)| *is_bar).map(|(row, _)| row.as_str()).collect();
        assert!(bars.concat().contains("1教育") && bars.concat().contains("9联系卡"), "{rows:?}");
        assert!(rows[told].1 && !has_cursor, "{rows:?}");
        assert_eq!(sign, Modifier::DIM);
        table.page.act(Action::Down, &mut table.desk);
        let (rows, sign, has_cursor) = drawn(&table);
        assert!(rows.iter().all(|(_, is_bar)| !is_bar) && has_cursor, "{rows:?}");
        assert_eq!(sign, Modifier::BOLD);
    }
}

// `4# 机井 坏了` was the words of a note, as the number of whoever speaks belongs to a talk.
#[test]
fn a_number_of_a_talk_before_the_words_is_asked_about_once_and_then_stands_as_it_is() {
    for (line, sign) in [
        ("4# 机井 坏了", "4#"),
        ("４，７＃ 机井坏了", "４，７＃"),
        ("全村# 没水", "全村#"),
        ("4#6+ 没水", "4#"),
        ("6 4# 没水", "4#"),
    ] {
        let mut table = Table::new();
        assert!(!table.page.put_line(line, "visit/paste", &mut table.desk), "a paste stops at it");
        table.say(line);
        let Go::Say(said) = table.page.act(Action::Enter, &mut table.desk) else { panic!("{line}") };
        let said = said.say(Lang::Zh);
        assert!(said.contains(&format!("这里的 {sign} 只是字")) && said.contains("再按 Enter"), "{said}");
        assert_eq!(table.line(), line);
        table.enter();
        let Some(Ask::Do(request)) = table.desk.session.asked.last() else { panic!() };
        assert!(request.args.text("text").is_some_and(|text| line.ends_with(&text)), "{line}");
    }
    // Where the visit ends it is asked about too, and so it is once it was sorted.
    let mut table = Table::new();
    table.say("4# 机井 坏了");
    assert!(matches!(table.page.act(Action::Finish, &mut table.desk), Go::Say(_)));
    table.page.act(Action::Sort, &mut table.desk);
    assert!(matches!(table.page.act(Action::Enter, &mut table.desk), Go::Say(_)), "it is another thing now");
    table.enter();
    for line in ["4#楼没水", "机井 4# 坏了", "打 *123# 没反应", "4#", "说了半天 7#"] {
        let mut table = Table::new();
        table.say(line);
        table.enter();
    }
}
