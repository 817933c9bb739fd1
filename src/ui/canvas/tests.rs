//! What a canvas draws, held against the buffer.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier};

use super::{Canvas, lines};
use crate::hanzi::width;
use crate::ui::desk::Desk;
use crate::ui::field::Field;
use crate::ui::otherwise::Shown;
use crate::ui::theme::{Look, Theme};

fn drawn(width: u16, height: u16, draw: impl FnOnce(&mut Canvas<'_>)) -> (Vec<String>, Option<Position>) {
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    let mut cursor = None;
    let desk = Desk::for_tests();
    draw(&mut Canvas::new(&mut buffer, &mut cursor, Rect::new(0, 0, width, height), &desk));
    (lines(&buffer), cursor)
}

#[test]
fn text_is_cut_at_the_edge_and_never_in_the_middle_of_a_character() {
    let (lines, _) = drawn(7, 2, |canvas| {
        assert_eq!(canvas.write(0, 0, "东里东村", Look::Plain), 6);
        canvas.write(0, 9, "nowhere", Look::Plain);
        canvas.write(9, 0, "nowhere", Look::Plain);
        canvas.write_right(1, "3组", Look::Plain);
    });
    assert_eq!(lines, ["东里东", "    3组"]);
}

#[test]
fn a_cut_text_says_so_and_takes_its_room() {
    let (lines, _) = drawn(20, 1, |canvas| {
        let x = canvas.write_cut(0, 0, 7, "东里东村", Look::Plain);
        assert_eq!(x, 7);
        let x = canvas.write_cut(x, 0, 4, "3", Look::Plain);
        canvas.write(x, 0, "x", Look::Plain);
    });
    assert_eq!(lines, ["东里东~3   x"]);
}

// A popup at an odd column over Chinese lost its border: the half-covered glyph was drawn over it (ratatui#2526).
#[test]
fn clearing_blanks_the_characters_that_its_edges_cut_in_half() {
    let (lines, _) = drawn(10, 1, |canvas| {
        canvas.write(0, 0, "东里东村三", Look::Plain);
        let mut part = canvas.part(3, 0, 4, 1);
        part.clear();
        part.write(0, 0, "[ab]", Look::Plain);
    });
    assert_eq!(lines, ["东 [ab] 三"]);
}

#[test]
fn a_selected_line_is_of_one_piece_whatever_colours_stood_on_it_and_nothing_of_it_is_dim() {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 8, 1));
    let desk = Desk::for_tests();
    let mut cursor = None;
    let mut canvas = Canvas::new(&mut buffer, &mut cursor, Rect::new(0, 0, 8, 1), &desk);
    canvas.write(0, 0, ">", Look::Accent);
    canvas.write(2, 0, "未访", Look::Soon);
    canvas.write(6, 0, "5", Look::Dim);
    canvas.look(0, Look::Bar);
    let is_clear = |cell: &Cell| cell.fg == Color::Reset && cell.bg == Color::Reset;
    assert!(buffer.content.iter().all(|cell| is_clear(cell) && !cell.modifier.contains(Modifier::DIM)));
}

// Every page that waited told people that their quotation marks are kept, and there were none.
#[test]
fn that_marks_are_kept_as_typed_is_no_word_about_the_points_of_the_program() {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 20, 1));
    let mut desk = Desk::for_tests();
    desk.terminal.wide = true;
    let mut narrowed = |words: &str| {
        buffer.reset();
        let (mut shown, mut cursor) = (Shown::default(), None);
        let mut canvas = Canvas::new(&mut buffer, &mut cursor, Rect::new(0, 0, 20, 1), &desk).noting(&mut shown);
        canvas.write(0, 0, words, Look::Plain);
        (shown.narrowed, lines(&buffer).concat())
    };
    assert_eq!(narrowed("正在读 35% …"), (false, "正在读 35%..".to_owned()));
    assert_eq!(narrowed("他说“好” 啊啊啊"), (true, "他说\"好\" 啊啊啊".to_owned()));
    // In lists and on the card this stood as 他说~好, as if it had been cut.
    assert_eq!(narrowed("他说…好"), (true, "他说.好".to_owned()));
}

// 他说… stood as 他说~, as if it had been cut.
#[test]
fn an_ellipsis_that_somebody_typed_is_a_mark_kept_as_typed() {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 20, 1));
    let mut desk = Desk::for_tests();
    desk.terminal.wide = true;
    for (typed, stood) in [("他说…好", "他说.好"), ("等等 …", "等等 ."), ("等等……", "等等..")] {
        let (mut shown, mut cursor) = (Shown::default(), None);
        let mut canvas = Canvas::new(&mut buffer, &mut cursor, Rect::new(0, 0, 20, 1), &desk).noting(&mut shown);
        canvas.field(0, 0, &Field::with(typed), true);
        let column = u16::try_from(width::columns(typed)).unwrap();
        assert_eq!((shown.narrowed, cursor), (true, Some(Position::new(column, 0))));
        assert_eq!(lines(&buffer).concat(), stood);
        buffer.reset();
    }
}

#[test]
fn what_has_no_room_says_so() {
    let (lines, _) = drawn(10, 3, |canvas| {
        assert_eq!(canvas.write_wrapped(0, 0, 2, "记录一条不改, 只是它的时间照更正的", Look::Plain), 2);
        canvas.write_wrapped(0, 2, 1, "saved here", Look::Plain);
    });
    assert_eq!(lines, ["记录一条不", "改, 只是~", "saved here"]);
}

#[test]
fn of_the_title_of_a_list_its_name_is_found_first() {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 20, 1));
    let desk = Desk::for_tests();
    Canvas::new(&mut buffer, &mut None, Rect::new(0, 0, 20, 1), &desk).title(0, "待核对   9 处");
    let bold: Vec<bool> = [1, 10].map(|x| buffer[(x, 0)].modifier.contains(Modifier::BOLD)).into();
    assert_eq!((lines(&buffer), bold), (vec![" 待核对   9 处".to_owned()], vec![true, false]));
}

#[test]
fn a_bar_fills_by_whole_columns_between_its_brackets() {
    let (lines, _) = drawn(12, 3, |canvas| {
        canvas.bar(0, 0, 12, 0, 900);
        canvas.bar(0, 1, 12, 450, 900);
        canvas.bar(0, 2, 12, 9_000, 900);
    });
    assert_eq!(lines, ["[          ]", "[=====     ]", "[==========]"]);
}

// A message over a dim row was dim up to where the row had ended, and bright behind it.
#[test]
fn what_is_written_over_something_has_nothing_of_its_look() {
    let area = Rect::new(0, 0, 12, 2);
    let (mut buffer, mut anew) = (Buffer::empty(area), Buffer::empty(area));
    let (desk, mut cursor) = (Desk::for_tests(), None);
    let over = |canvas: &mut Canvas<'_>| {
        canvas.write(1, 0, "谁说的?", Look::Accent);
        canvas.write(0, 1, "5# 村小学", Look::Plain);
    };
    over(&mut Canvas::new(&mut anew, &mut cursor, area, &desk));
    let mut canvas = Canvas::new(&mut buffer, &mut cursor, area, &desk);
    canvas.write(1, 0, "号# ", Look::Dim);
    canvas.write(5, 0, "3", Look::Late);
    canvas.look(1, Look::Bar);
    over(&mut canvas);
    assert_eq!(buffer.content[..9], anew.content[..9]);
    let behind: Vec<Modifier> = [0, 9].map(|x| buffer[(x, 1)].modifier).into();
    assert_eq!(behind, [Modifier::empty(), Modifier::REVERSED], "what nothing is written over keeps its look");
}

#[test]
fn with_sixteen_colours_a_blank_has_no_ground_and_a_selected_row_is_of_one_piece() {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 2));
    let mut desk = Desk::for_tests();
    desk.theme = Theme::sixteen();
    let mut cursor = None;
    let mut canvas = Canvas::new(&mut buffer, &mut cursor, Rect::new(0, 0, 12, 2), &desk);
    canvas.write(0, 0, " ", Look::Accent);
    canvas.write(0, 1, "超期", Look::Late);
    canvas.look(1, Look::Bar);
    assert!(buffer.content.iter().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset));
}

#[test]
fn without_colours_a_bar_has_no_colour_and_can_still_be_read() {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
    let mut desk = Desk::for_tests();
    desk.theme = Theme::plain();
    Canvas::new(&mut buffer, &mut None, Rect::new(0, 0, 12, 1), &desk).bar(0, 0, 12, 1, 2);
    assert_eq!(lines(&buffer), ["[=====     ]"]);
    assert!(buffer.content.iter().all(|cell| cell.bg == ratatui::style::Color::Reset));
}

#[test]
fn the_cursor_stands_in_columns_behind_the_text_of_the_field() {
    let (lines, cursor) = drawn(12, 4, |canvas| {
        canvas.write(0, 1, "> ", Look::Plain);
        assert_eq!(canvas.field(2, 1, &Field::with("村小学校车只到村口"), true), 2);
    });
    assert_eq!(lines, ["", "> 村小学校车", "  只到村口", ""]);
    assert_eq!(cursor, Some(Position::new(10, 2)));
}
