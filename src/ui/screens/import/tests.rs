//! An import is counted, stopped, taken back; what is read anew is counted too.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Action, How, Import, Stage};
use crate::app::{Ask, Correction, Imported, Message, Preview, Ticket, Told};
use crate::domain::Name;
use crate::intake::{Far, Guess, read};
use crate::text::{Lang, Trouble, t};
use crate::ui::canvas::{Canvas, lines};
use crate::ui::desk::Desk;
use crate::ui::page::{Go, Keyed, Screen};

fn drawn(page: &Import, desk: &Desk) -> String {
    let area = Rect::new(0, 0, 80, 21);
    let mut buffer = Buffer::empty(area);
    page.draw(&mut Canvas::new(&mut buffer, &mut None, area, desk));
    lines(&buffer).join("\n")
}

fn preview() -> Preview {
    let text = "户主姓名,联系电话\n张守富,13853301234\n李桂英,13853305678\n";
    Preview {
        file: "五月.csv".into(),
        reading: read(text.as_bytes(), "五月.csv", &Guess::default()).unwrap(),
        correction: Correction::default(),
        would: Imported { households: 2, ..Imported::default() },
        doubts: Vec::new(),
    }
}

fn stopped() -> Trouble {
    Trouble::new("stopped", t("停下了, 什么都没有改.", "Stopped; nothing was changed."))
}

/// A page on which Enter was pressed, and the ticket of its import.
fn importing(desk: &mut Desk) -> (Import, Ticket) {
    let mut page = Import { stage: Stage::Understood(Box::new(preview())), ..Import::default() };
    page.act(Action::Import, desk);
    let Stage::Importing(ticket, _) = page.stage else { panic!("{page:?}") };
    (page, ticket)
}

#[test]
fn an_import_says_how_far_it_is_and_stopped_the_list_is_still_at_hand() {
    let mut desk = Desk::for_tests();
    let (mut page, ticket) = importing(&mut desk);
    page.heard(&Message::Working(ticket, 72), &mut desk);
    assert!(drawn(&page, &desk).contains("正在导入 2 行 72% …"), "{}", drawn(&page, &desk));
    assert!(matches!(page.act(Action::Stop, &mut desk), Go::Say(_)));
    let go = page.heard(&Message::Imported(ticket, Box::new(Err(stopped()))), &mut desk);
    assert!(matches!(&go, Go::Say(said) if said.say(desk.lang).contains("什么都没有导入")), "{go:?}");
    assert!(matches!(page.stage, Stage::Understood(_)) && desk.session.asked == [Ask::Import], "{page:?}");
}

// The stop came when the last row was written: what is there goes again.
#[test]
fn an_import_that_was_written_by_the_time_it_is_stopped_is_taken_back() {
    let mut desk = Desk::for_tests();
    let (mut page, ticket) = importing(&mut desk);
    page.act(Action::Stop, &mut desk);
    let imported = Imported { households: 2, import: Some(Name::new(7, 1)), ..Imported::default() };
    page.heard(&Message::Imported(ticket, Box::new(Ok(imported))), &mut desk);
    let word = |ask: &Ask| if let Ask::Do(request) = ask { Some(request.word.clone()) } else { None };
    assert_eq!(desk.session.asked.iter().filter_map(word).collect::<Vec<_>>(), ["import.undo"]);
}

#[test]
fn reading_counts_its_rows_and_says_how_it_is_stopped() {
    let mut desk = Desk::for_tests();
    let stage = Stage::Reading(Ticket(1), "五月.csv".into(), How::default());
    let mut page = Import { stage, ..Import::default() };
    page.heard(&Message::Reading(Ticket(1), Far { row: 400, of: 1_000 }), &mut desk);
    let shown = drawn(&page, &desk);
    assert!(shown.contains("辨认第 400 行, 共 1000 行") && shown.contains("Esc 停下"), "{shown}");
    page.heard(&Message::Working(Ticket(1), 37), &mut desk);
    assert!(drawn(&page, &desk).contains("37%"), "{}", drawn(&page, &desk));
}

#[test]
fn reading_anew_counts_its_rows() {
    let mut desk = Desk::for_tests();
    let mut page = Import { stage: Stage::Understood(Box::new(preview())), ..Import::default() };
    page.act(Action::Guessed, &mut desk);
    assert_eq!(desk.session.asked, [Ask::Preview("五月.csv".into(), Told::All(Correction::default()))]);
    page.heard(&Message::Reading(Ticket(1), Far { row: 400, of: 1_000 }), &mut desk);
    assert!(drawn(&page, &desk).contains("正在重新读: 辨认第 400 行, 共 1000 行"), "{}", drawn(&page, &desk));
    // Held against a large campaign it stood at its last row for seconds.
    page.heard(&Message::Working(Ticket(1), 37), &mut desk);
    assert!(drawn(&page, &desk).contains("正在重新读: 和原有的户对照 37%"), "{}", drawn(&page, &desk));
}

// 2 表头上移 stood below the meanings, and 2 was 联系电话 there.
#[test]
fn while_a_column_is_picked_no_keys_of_the_list_behind_it_are_offered() {
    let mut desk = Desk::for_tests();
    let mut page = Import { stage: Stage::Understood(Box::new(preview())), ..Import::default() };
    assert!(drawn(&page, &desk).contains("2 表头上移"), "{}", drawn(&page, &desk));
    page.act(Action::Pick, &mut desk);
    let shown = drawn(&page, &desk);
    assert!(shown.contains("是什么?") && !shown.contains("表头上移"), "{shown}");
    page.act(Action::Unpicked, &mut desk);
    assert!(drawn(&page, &desk).contains("2 表头上移"), "{}", drawn(&page, &desk));
}

// The column was taken for ages, and nothing said that none of them would be on a card.
#[test]
fn the_preview_says_that_ages_of_no_year_are_not_taken() {
    let mut desk = Desk::for_tests();
    let text = "户主姓名,年龄\n张守富,67\n李桂英,58\n";
    let reading = read(text.as_bytes(), "五月.csv", &Guess::default()).unwrap();
    let preview = Preview { reading, ..preview() };
    let page = Import { stage: Stage::Understood(Box::new(preview)), ..Import::default() };
    for (lang, words) in [(Lang::Zh, "年龄没有用 (2 人)"), (Lang::En, "Ages were not taken (2 people)")] {
        desk.lang = lang;
        assert!(drawn(&page, &desk).contains(words), "{}", drawn(&page, &desk));
    }
}

// The meanings stopped at the eleventh with nothing below them, and 0 不用 was out of sight.
#[test]
fn the_meanings_of_a_column_say_that_there_are_more_and_what_0_is() {
    let desk = &mut Desk::for_tests();
    let mut page = Import { stage: Stage::Understood(Box::new(preview())), ..Import::default() };
    page.act(Action::Pick, desk);
    let shown = drawn(&page, desk);
    assert!(shown.contains("0 不用   下面还有") && !shown.contains("0    不用"), "{shown}");
    page.picking.as_mut().unwrap().select(super::correct::choices().len() - 1);
    let shown = drawn(&page, desk);
    assert!(shown.contains("0    不用") && !shown.contains("下面还有"), "{shown}");
}

// 请检查文件是否还在 was said of a folder that was there.
#[test]
fn of_a_folder_it_is_said_what_to_write_behind_it() {
    let folder = tempfile::tempdir().unwrap();
    let said = crate::intake::read_file(folder.path(), &Guess::default()).unwrap_err().say(Lang::Zh);
    assert!(said.contains("是文件夹, 不是名册") && said.contains("/名册.xlsx"), "{said}");
    assert!(!said.contains("占用"), "{said}");
}

// The column was read as the phones, and the Enter of a habit brought all of it in before anybody had seen that.
#[test]
fn enter_right_behind_a_digit_imports_nothing_until_it_was_looked_at() {
    let desk = &mut Desk::for_tests();
    let mut page = Import { stage: Stage::Understood(Box::new(preview())), ..Import::default() };
    let says =
        |go: &Go, words: &str| assert!(matches!(go, Go::Say(said) if said.say(Lang::Zh).contains(words)), "{go:?}");
    page.act(Action::Pick, desk);
    says(&page.act(Action::Picked, desk), "这一列是什么?");
    assert!(page.picking.is_some(), "{page:?}");
    for by_digit in [Action::PickedAt(2), Action::HeaderDown, Action::Kind, Action::Guessed] {
        page.act(by_digit, desk);
        assert!(matches!(page.stage, Stage::Again(..)), "{by_digit:?} {page:?}");
        // Pressed while it is being read it is none that somebody means either.
        page.act(Action::Wait, desk);
        page.stage = Stage::Understood(Box::new(preview()));
        says(&page.act(Action::Import, desk), "请看一眼; 对就再按 Enter 导入");
        assert!(matches!(page.stage, Stage::Understood(_)) && !desk.session.asked.contains(&Ask::Import), "{page:?}");
        page.act(Action::Pick, desk);
    }
    // Whoever moved on since has seen it.
    page.act(Action::PickedAt(2), desk);
    page.stage = Stage::Understood(Box::new(preview()));
    page.moved(desk);
    page.act(Action::Import, desk);
    assert!(matches!(page.stage, Stage::Importing(..)), "{page:?}");
}
