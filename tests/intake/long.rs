//! Long workbooks, whose rows are read along while the rest comes in, say what the same text file says.

use rust_xlsxwriter::{Format, Workbook};
use zoufang::intake::{self, Guess, Reading};

use super::{csv, text};

/// More than two pages of those that are read along.
const ROWS: usize = 9_000;

/// Makes a list of two villages, with all that may stand between its rows.
fn list() -> Vec<Vec<String>> {
    let line = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<String>>();
    let mut rows =
        vec![line(&["东里镇2021年受访群众名单"]), line(&["序号", "村", "组", "户主姓名", "联系电话", "年龄", "备注"])];
    for n in 0..ROWS {
        let village = if n < ROWS / 2 { "东里东村" } else { "东里西村" };
        let name: String = ["王李张刘陈", "守成桂玉传", "富友英珍宝"]
            .iter()
            .zip([n, n / 5, n / 25])
            .filter_map(|(words, at)| words.chars().nth(at % 5))
            .collect();
        let phone = if n % 11 == 0 { "1385330".to_owned() } else { format!("138{n:08}") };
        let (number, group, age) = ((n + 1).to_string(), (n % 9 + 1).to_string(), (30 + n % 60).to_string());
        rows.push(line(&[&number, village, &group, &name, &phone, &age, ["", "长期在外", "听力不好"][n % 3]]));
        match n % 1_500 {
            700 => rows.push(line(&["", "", "", "合计", "700", "", ""])),
            701 => rows.push(line(&["第三组"])),
            702 => rows.push(line(&["", "〃", "〃", "孙传宝", "13853301234", "41", ""])),
            703 => rows.push(line(&[&number, village, &group, &name, &phone, &age, ""])),
            _ => {}
        }
    }
    rows
}

fn as_text(rows: &[Vec<String>]) -> Reading {
    let lines: Vec<String> = rows.iter().map(|row| row.join(",")).collect();
    csv(&lines.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Reads the list as a workbook; equal villages below one another may be one merged cell.
fn as_workbook(rows: &[Vec<String>], merged: bool) -> Reading {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (at, row) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(row).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write(at, column, cell).unwrap();
        }
    }
    let village = |row: &Vec<String>| row.get(1).filter(|cell| cell.ends_with('村')).cloned();
    let mut from = 2;
    while merged && from < rows.len() {
        let run = rows[from..].iter().take_while(|row| village(row).is_some() && village(row) == village(&rows[from]));
        let past = from + run.count();
        if past > from + 1 {
            let at = |row: usize| u32::try_from(row).unwrap();
            sheet.merge_range(at(from), 1, at(past - 1), 1, &rows[from][1], &Format::new()).unwrap();
        }
        from = past.max(from + 1);
    }
    intake::read(&book.save_to_buffer().unwrap(), "名单.xlsx", &Guess::default()).unwrap()
}

fn assert_same(workbook: &Reading, text: &Reading) {
    assert_eq!((&workbook.title, &workbook.skipped, workbook.header), (&text.title, &text.skipped, text.header));
    assert_eq!(workbook.columns, text.columns);
    for (of_workbook, of_text) in workbook.rows.iter().zip(&text.rows) {
        assert_eq!(of_workbook, of_text);
    }
    assert_eq!((workbook.rows.len(), &workbook.members), (text.rows.len(), &text.members));
}

#[test]
fn sections_totals_dittos_and_rows_met_before_are_told_as_in_the_text_file() {
    let rows = list();
    let text = as_text(&rows);
    assert!(text.rows.len() > ROWS && text.skipped.len() > 10);
    assert_same(&as_workbook(&rows, false), &text);
}

#[test]
fn villages_merged_over_thousands_of_rows_are_told_for_each() {
    let plain: Vec<Vec<String>> = list().into_iter().filter(|row| row.len() < 2 || row[1] != "〃").collect();
    let (merged, separate) = (as_workbook(&plain, true), as_workbook(&plain, false));
    assert_same(&merged, &separate);
    assert!(merged.rows.iter().all(|row| text(row, "village").ends_with('村')));
}

#[test]
fn villages_written_once_for_a_run_are_told_for_the_rows_before_the_habit_shows() {
    let mut rows = list();
    let people =
        rows.iter_mut().enumerate().filter(|(_, row)| row.get(1).is_some_and(|village| village.ends_with('村')));
    for (at, row) in people {
        let often = at > ROWS / 2;
        if (often && at % 10 > 0) || at % 20 == 5 {
            row[1].clear();
        }
    }
    let read = as_text(&rows);
    let early = read.rows.iter().find(|row| row.row > 5 && rows[row.row as usize - 1][1].is_empty()).unwrap();
    assert_eq!(text(early, "village"), "东里东村");
    assert_same(&as_workbook(&rows, false), &read);
}

#[test]
fn a_column_that_begins_far_down_is_a_column() {
    let mut rows = list();
    let late = rows.len() - 3;
    rows[late].push("耳背".to_owned());
    let text = as_text(&rows);
    assert_eq!(text.columns.len(), 8);
    assert_same(&as_workbook(&rows, false), &text);
}

#[test]
fn one_person_a_row_makes_the_families_of_the_text_file() {
    let line = |cells: [&str; 4]| cells.map(str::to_owned).to_vec();
    let mut rows = vec![line(["村", "姓名", "与户主关系", "电话"])];
    for n in 0..3_000 {
        let phone = format!("138{n:08}");
        rows.push(line(["东里东村", "张守富", "户主", &phone]));
        rows.push(line(["东里东村", "刘桂芝", "妻", ""]));
        rows.push(line(["东里东村", "张世宝", "子", ""]));
    }
    let text = as_text(&rows);
    assert_eq!((text.rows.len(), text.members.len()), (3_000, 6_000));
    assert_same(&as_workbook(&rows, false), &text);
}
