//! Lists: where the selection stands, which columns are left, and how a line is drawn.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use unicode_segmentation::UnicodeSegmentation;

use super::{Cell, Column, List, Scroll, draw_line, fit, fit_for};
use crate::text::{Lang, t};
use crate::ui::canvas::{Canvas, columns, lines};
use crate::ui::desk::Desk;
use crate::ui::keys::Key;
use crate::ui::theme::Look;

fn press(list: &mut List, len: usize, window: u16, key: Key) -> bool {
    Scroll { list, len }.key(key, window)
}

#[test]
fn the_selection_stays_in_the_list_and_the_window_follows_it() {
    let mut list = List::new();
    assert!(!press(&mut list, 100, 10, Key::Up));
    assert!(press(&mut list, 100, 10, Key::PageDown));
    assert_eq!((list.selected(), list.window(100, 10)), (9, 0..10));
    press(&mut list, 100, 10, Key::Down);
    assert_eq!(list.window(100, 10), 1..11);
    press(&mut list, 100, 10, Key::Up);
    assert_eq!(list.window(100, 10), 1..11, "the window moves only when it must");
    press(&mut list, 100, 10, Key::End);
    assert_eq!((list.selected(), list.window(100, 10)), (99, 90..100));
    assert!(!press(&mut list, 100, 10, Key::Down));
    press(&mut list, 100, 10, Key::Home);
    assert_eq!(list.window(100, 10), 0..10);
    assert!(!press(&mut list, 100, 10, Key::Tab));
}

#[test]
fn a_list_that_shrank_selects_its_last_row_and_an_empty_one_nothing_that_breaks() {
    let mut list = List::new();
    list.select(50);
    assert_eq!(list.window(7, 3), 4..7);
    assert!(list.is_selected(6, 7));
    assert_eq!(list.window(0, 3), 0..0);
    assert!(!press(&mut List::new(), 0, 3, Key::Down));
}

#[test]
fn another_height_never_loses_the_selected_row() {
    let mut list = List::new();
    for _ in 0..20 {
        press(&mut list, 1_000_000, 24, Key::PageDown);
    }
    for height in 0..80 {
        assert!(list.window(1_000_000, height).contains(&list.selected()), "{height}");
    }
}

const COLUMNS: [Column; 4] = [
    Column::new(t("姓名", "Name"), 8),
    Column::new(t("岁", "Age"), 3).drops(1).right(),
    Column::new(t("村", "Village"), 10).drops(2).grows(1),
    Column::new(t("负责", "Unit"), 12).drops(3),
];

#[test]
fn columns_drop_in_their_order_and_what_is_left_grows() {
    assert_eq!(fit(&COLUMNS, 41), [Some(8), Some(3), Some(10), Some(12)]);
    assert_eq!(fit(&COLUMNS, 40), [Some(8), Some(3), Some(23), None]);
    assert_eq!(fit(&COLUMNS, 20), [Some(8), Some(3), None, None]);
    assert_eq!(fit(&COLUMNS, 12), [Some(8), None, None, None]);
    assert_eq!(fit(&COLUMNS, 6), [Some(4), None, None, None]);
    assert_eq!(fit(&COLUMNS, 47), [Some(8), Some(3), Some(16), Some(12)]);
}

// At 200 columns 130 blank ones stood between a village and its numbers.
#[test]
fn a_column_in_front_of_others_grows_no_more_than_to_twice_its_width() {
    assert_eq!(fit(&COLUMNS, 61), [Some(8), Some(3), Some(20), Some(12)]);
    assert_eq!(fit(&COLUMNS, 200), [Some(8), Some(3), Some(20), Some(12)]);
    let with_words = [COLUMNS[0], COLUMNS[2], Column::new(t("几句", "Words"), 10).grows(2)];
    assert_eq!(fit(&with_words, 64), [Some(8), Some(20), Some(30)]);
}

// Half a terminal of 200 columns stood blank between a name and its village.
#[test]
fn beyond_80_columns_a_column_grows_for_what_it_has_to_say_alone() {
    let cells = |words: [&str; 4]| words.map(|text| (text.to_owned(), Look::Plain));
    let lines =
        [cells(["张守富", "67", "东里东村", "x"]), cells(["欧阳修远大人", "67", "东里", "镇水利站 李明 王立新"])];
    let widths = |room| fit_for(&COLUMNS, room, lines.iter().map(<[Cell; 4]>::as_slice));
    for room in [41, 61, 80] {
        assert_eq!(widths(room), fit(&COLUMNS, room), "what is looked at most stays where it is");
    }
    for room in [81, 200] {
        assert_eq!(widths(room), [Some(12), Some(3), Some(20), Some(20)]);
    }
    assert_eq!(fit_for(&COLUMNS, 41, []), fit(&COLUMNS, 41));
    let silent = [cells(["张守富", "67", "", "x"])];
    let widths = fit_for(&COLUMNS, 100, silent.iter().map(<[Cell; 4]>::as_slice));
    assert_eq!(widths, [Some(8), Some(3), None, Some(12)], "what says nothing is not there");
}

// A file was called by a word of the program, shortened.
#[test]
fn only_words_of_the_program_grow_shorter() {
    let area = Rect::new(0, 0, 30, 1);
    let (mut buffer, mut desk) = (Buffer::empty(area), Desk::for_tests());
    desk.lang = Lang::En;
    let shape = [Column::new(t("文件", "File"), 17), Column::new(t("户类别", "Kind"), 8).worded()];
    let cells = ["Dongli stock issue list.xlsx", "stock issue"].map(|text| (text.to_owned(), Look::Plain));
    let mut cursor = None;
    draw_line(&mut Canvas::new(&mut buffer, &mut cursor, area, &desk), 0, &shape, &fit(&shape, 30), &cells, false);
    assert_eq!(lines(&buffer), ["  Dongli stock iss~  stock"]);
}

// `东里镇 东里西村 2~` stood there: which door it is was what was cut.
#[test]
fn of_a_place_the_door_is_what_stays() {
    let column = Column::new(t("住在", "Place"), 8).place();
    let said = |room| column.fitted("东里镇 东里西村 2组 7号", room, Lang::Zh).into_owned();
    assert_eq!(said(23), "东里镇 东里西村 2组 7号");
    assert_eq!(said(22), "东里西村 2组 7号");
    assert_eq!(said(7), "2组 7号");
    assert_eq!(said(6), "东里镇 东里西村 2组 7号", "cut where it is drawn");
    assert_eq!(Column::new(t("备注", "Remark"), 8).fitted("耳背 有狗", 8, Lang::Zh), "耳背 有狗");
}

// Half a character stood at the end of a cell, or a mark on the next one.
#[test]
fn a_cell_is_cut_between_what_people_see_as_characters() {
    let typed = [
        "张守富家的门口",
        "e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}",
        "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}一家三口",
        "\u{2764}\u{fe0f}\u{2764}\u{fe0f}好好",
    ];
    let (area, desk) = (Rect::new(0, 0, 24, 1), Desk::for_tests());
    for text in typed {
        for room in 4..=10 {
            let shape = [Column::new(t("", ""), room), Column::new(t("", ""), 2)];
            let (mut buffer, widths) = (Buffer::empty(area), [Some(room), Some(2)]);
            let cells = [text, "|"].map(|text| (text.to_owned(), Look::Plain));
            draw_line(&mut Canvas::new(&mut buffer, &mut None, area, &desk), 0, &shape, &widths, &cells, false);
            let line = lines(&buffer).concat();
            let (cell, _) = line.split_once('|').unwrap();
            assert_eq!(columns(cell), 2 + room + 2, "{line:?}");
            let cell = cell.trim();
            let kept = cell.strip_suffix('~').unwrap_or(cell);
            assert!(kept.graphemes(true).eq(text.graphemes(true).take(kept.graphemes(true).count())), "{line:?}");
        }
    }
}

#[test]
fn the_selected_line_has_a_sign_and_a_bar_and_cells_stand_in_columns() {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 30, 2));
    let desk = Desk::for_tests();
    let mut cursor = None;
    let mut canvas = Canvas::new(&mut buffer, &mut cursor, Rect::new(0, 0, 30, 2), &desk);
    let widths = fit(&COLUMNS, 30);
    let cells = |name: &str| [name, "67", "东里东村", "x"].map(|text| (text.to_owned(), Look::Late)).to_vec();
    draw_line(&mut canvas, 0, &COLUMNS, &widths, &cells("张守富"), true);
    draw_line(&mut canvas, 1, &COLUMNS, &widths, &cells("欧阳修远长"), false);
    assert_eq!(lines(&buffer), ["> 张守富     67  东里东村", "  欧阳修~    67  东里东村"]);
    let reversed = |y| buffer.cell((29, y)).is_some_and(|cell| cell.modifier.contains(Modifier::REVERSED));
    assert!(reversed(0) && !reversed(1));
}
