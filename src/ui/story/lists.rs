//! What takes as long as a whole list: how far it is, and its stop, on whatever page.

use crossterm::event::KeyCode;

use super::Table;
use crate::app::{Answer, Ask, Doing, Message, Request, Ticket};
use crate::domain::{Name, Sort};
use crate::text::Lang;

fn import() -> Name {
    Name::new(7, 1)
}

fn answered(stands: bool) -> Answer {
    Answer::default().with("import", import().to_string()).with("stands", stands)
}

/// Says what took so long, by the message that says it five times a second.
fn goes_on(table: &mut Table, households: u64) {
    table.desk.session.underway().begin(Doing::Placing, households);
    table.stack.heard(&Message::Underway, &mut table.desk);
}

fn answer(table: &mut Table, answer: Answer) {
    let last = table.desk.session.asked.iter().rposition(|ask| matches!(ask, Ask::Do(_))).unwrap();
    let ticket = Ticket(u64::try_from(last).unwrap() + 1);
    table.stack.heard(&Message::Answer(ticket, Box::new(Ok(answer))), &mut table.desk);
}

fn asked(table: &Table) -> Option<Ask> {
    table.desk.session.asked.last().cloned()
}

#[test]
fn an_undo_that_takes_long_says_how_far_it_is_and_esc_has_the_roster_as_it_was() {
    for (lang, far, back, stopped) in [
        (Lang::Zh, "0 / 10482 户", "正在改回原来的样子", "停下了, 名册还是原来的样子"),
        (Lang::En, "0 / 10482 households", "Putting it back as it was", "Stopped; the rosters are as they were"),
    ] {
        let mut table = Table::demo();
        table.desk.lang = lang;
        table.control('z');
        assert_eq!(asked(&table), Some(Ask::Do(Request::new("undo"))));
        assert!(!table.screen().contains("Esc 停下"), "not before it takes long");
        goes_on(&mut table, 10_482);
        let screen = table.screen();
        assert!(screen.contains(far) && (screen.contains("Esc 停下") || screen.contains("Esc Stop")), "{screen}");
        table.press(KeyCode::Esc);
        assert!(table.screen().contains(back), "{}", table.screen());
        // What was imported is taken back: it is had again.
        answer(&mut table, Answer { id: Some((Sort::Import, import())), ..answered(false).with("undone", 1) });
        assert_eq!(asked(&table), Some(Ask::Do(Request::new("import.restore").with_name("import", import()))));
        table.press(KeyCode::Esc);
        answer(&mut table, answered(true));
        assert!(table.screen().contains(stopped), "{}", table.screen());
        assert_eq!(table.desk.session.asked.len(), 2, "one key too many changes nothing");
        table.press(KeyCode::Esc);
        let screen = table.screen();
        assert!(screen.contains("01  "), "Esc is the menu again\n{screen}");
    }
}

#[test]
fn what_is_typed_while_a_list_is_taken_back_goes_where_it_belongs() {
    let mut table = Table::demo();
    table.desk.ask_of_list(Request::new("import.undo").with_name("import", import()));
    goes_on(&mut table, 700);
    table.type_in("路灯");
    assert_eq!(table.top().field.text(), "路灯");
    assert!(table.screen().contains("Esc 停下") && table.screen().contains("0 / 700 户"), "{}", table.screen());
    answer(&mut table, answered(false));
    assert!(!table.screen().contains("Esc 停下"), "{}", table.screen());
    // A word is undone by its import: a line recorded since stays.
    table.desk.ask_of_list(Request::new("import.undo").with_name("import", import()));
    goes_on(&mut table, 700);
    table.press(KeyCode::Esc);
    answer(&mut table, answered(false));
    assert_eq!(asked(&table), Some(Ask::Do(Request::new("undo").with_name("import", import()))));
}

#[test]
fn what_is_no_roster_s_says_that_its_undo_does_not_stop() {
    let mut table = Table::demo();
    table.control('z');
    goes_on(&mut table, 700);
    table.press(KeyCode::Esc);
    answer(&mut table, Answer::default().with("undone", 4_000));
    assert!(table.screen().contains("已经撤回了: 不是名册的一步停不下来"), "{}", table.screen());
    assert_eq!(table.desk.session.asked.len(), 1);
}
