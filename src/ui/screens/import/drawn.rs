//! How the import page looks: files to choose from, then what was understood of one, column by column.

use std::collections::BTreeMap;

use super::{How, Import, Stage, UNDERSTOOD, correct, file_name, people};
use crate::app::{Glance, Preview};
use crate::domain::hidden::for_lists;
use crate::hanzi::clean;
use crate::intake::{ColumnGuess, Far, Skip, Why};
use crate::text::{Lang, Said, t};
use crate::ui::canvas::{Canvas, whole};
use crate::ui::desk::Desk;
use crate::ui::glance;
use crate::ui::list::{Column, List, draw_headed, draw_line, draw_lines, fit};
use crate::ui::screens::Beside;
use crate::ui::theme::Look;

/// Rows around the files to choose from.
const AROUND_FILES: u16 = 7;
/// Rows around the columns that were understood.
const AROUND_COLUMNS: u16 = 10;

/// Gives the rows that the list has on a page of a height.
pub(super) fn window(height: u16, columns: bool) -> u16 {
    height.saturating_sub(if columns { AROUND_COLUMNS } else { AROUND_FILES }).max(1)
}

const FILES: [Column; 2] =
    [Column::new(t("文件", "File"), 24).grows(1), Column::new(t("文件夹", "Folder"), 30).drops(1).grows(1)];

const COLUMNS: [Column; 5] = [
    Column::new(t("列", "Col"), 3),
    Column::new(t("表头", "Header"), 14),
    Column::new(t("当作", "Taken for"), 10).worded(),
    Column::new(t("为什么", "Why"), 14).drops(2).worded(),
    Column::new(t("例子", "Samples"), 18).drops(1).grows(1).several(),
];

/// The samples of the column that is asked about, in what its question leaves.
const SAMPLES: Column = Column::new(t("例子", "Samples"), 18).several();

const CHOICES: [Column; 2] =
    [Column::new(t("键", "Key"), 3), Column::new(t("当作", "Taken for"), 20).grows(1).worded()];

impl Import {
    pub(super) fn drawn(&self, canvas: &mut Canvas<'_>) {
        let title = canvas.words(t("导入名册   ", "Import   "));
        let x = canvas.write(1, 0, title, Look::Strong);
        match &self.stage {
            Stage::Choosing | Stage::Refused(_) => self.draw_choice(canvas, x),
            Stage::Reading(_, file, far) => {
                let words = t("正在读 {file} …", "Reading {file} …").with("file", file.display());
                canvas.write_wrapped(2, 2, 2, &canvas.say(&words), Look::Accent);
                canvas.write(2, 3, canvas.say(&how_far(*far)), Look::Plain);
                let words = t(
                    "还什么都没有改. Esc 停下, 什么都不会留下.",
                    "Nothing was changed yet. Esc stops it and leaves no trace.",
                );
                canvas.write_told(2, 5, 2, canvas.words(words), Look::Dim);
            }
            Stage::Understood(preview) => self.draw_understood(canvas, x, preview, &would(preview), Look::Plain),
            Stage::Again(_, preview, far) => {
                let words = Said::from(t("正在重新读: {far} …", "Reading it anew: {far} …"));
                let words = words.with_words("far", how_far(*far));
                self.draw_understood(canvas, x, preview, &words, Look::Accent);
            }
            Stage::Importing(_, preview) => {
                let words = t(
                    "正在导入 {n} 行 {far}… Esc 停下, 没写完的不留.",
                    "Importing {n} {n:row|rows} {far}… Esc stops it, and what is not written leaves nothing.",
                );
                let words = self.writing.say(words).with("n", preview.reading.rows.len());
                self.draw_understood(canvas, x, preview, &words, Look::Accent);
            }
            Stage::Done(said, preview) => self.draw_understood(canvas, x, preview, said, Look::Strong),
        }
    }

    fn draw_choice(&self, canvas: &mut Canvas<'_>, x: u16) {
        let x = canvas.write(x, 0, canvas.words(t("文件: ", "File: ")), Look::Plain);
        canvas.field(x, 0, &self.field, true);
        let rows = window(canvas.height(), false);
        let mut y = canvas.height().saturating_sub(4);
        if self.files.is_empty() {
            let words = if self.finding.is_some() {
                t(
                    "正在U盘, 桌面, 下载和文档里找名册 …, U盘慢的要几秒. 不用等, 知道在哪就在上面输入路径.",
                    "Looking for rosters on sticks, the desktop, in downloads and documents …; a slow stick takes seconds. Or type a path above.",
                )
            } else {
                t(
                    "U盘, 桌面, 下载和文档里没找到 .xlsx .xls .csv .tsv 文件. 请在上面输入路径.",
                    "No .xlsx, .xls, .csv or .tsv file on sticks, the desktop, in downloads or documents. Type a path above, please.",
                )
            };
            // What one does instead follows it: a tall window is empty below.
            y = y.min(3 + canvas.write_told(2, 2, 2, canvas.words(words), Look::Dim));
        }
        let mut drawn = Vec::new();
        for index in self.list.shown(canvas, self.files.len(), rows) {
            let Some(file) = self.files.get(index) else { continue };
            let name = file.file_name().map_or_else(String::new, |name| clean::line(&name.to_string_lossy()));
            let folder = file.parent().map_or_else(String::new, |folder| clean::line(&folder.to_string_lossy()));
            let selected = self.field.is_empty() && self.list.is_selected(index, self.files.len());
            drawn.push((vec![(name, Look::Plain), (folder, Look::Dim)], selected));
        }
        draw_lines(canvas, 2, &FILES, &drawn);
        if let Stage::Refused(said) = &self.stage {
            canvas.write_wrapped(2, y, 3, &canvas.say(said), Look::Late);
        } else {
            let words = t(
                "Up Down 选文件, 或输入路径; Enter 先看看怎样理解, 什么都不改.",
                "Choose with Up and Down, or type a path; Enter shows how it is understood and changes nothing.",
            );
            canvas.write_told(2, y, 3, canvas.words(words), Look::Dim);
        }
    }

    /// Shows a roster as it was understood; `said` says what would become of it, or what did.
    fn draw_understood(&self, canvas: &mut Canvas<'_>, x: u16, preview: &Preview, said: &Said, look: Look) {
        let reading = &preview.reading;
        let file = preview.file.file_name().map_or_else(String::new, |name| clean::line(&name.to_string_lossy()));
        let parts = [file.as_str(), reading.sheet.as_str(), reading.encoding, reading.title.as_deref().unwrap_or("")];
        let parts: Vec<String> = parts.iter().map(|part| clean::line(part)).filter(|part| !part.is_empty()).collect();
        let room = canvas.width().saturating_sub(x);
        canvas.write_cut(x, 0, room, &parts.join("   "), Look::Plain);
        canvas.write_told(2, 1, 2, &canvas.say(said), look);
        match canvas.desk.session.unapplied() {
            0 => canvas.write_told(2, 3, 3, &odd(preview, canvas.desk.lang), Look::Soon),
            left => {
                let words = t(
                    "已经存好, 正在列入住户, 还有 {n} 条. 可以接着做别的; 按 2 就撤销.",
                    "Safely recorded; being listed, {n} to go. You can go on; 2 takes it back.",
                );
                canvas.write_told(2, 3, 3, &canvas.say(&words.with("n", left)), Look::Accent)
            }
        };

        if let Some(picking) = &self.picking {
            self.draw_choices(canvas, preview, picking);
            return;
        }
        if matches!(self.stage, Stage::Understood(_)) {
            Self::draw_ways(canvas, preview);
        }
        let rows = window(canvas.height(), true);
        let mut drawn = Vec::new();
        for index in self.list.shown(canvas, reading.columns.len(), rows) {
            let Some(column) = reading.columns.get(index) else { continue };
            let taken = match column.field {
                Some(field) => (canvas.words(field.row().label).to_owned(), Look::Strong),
                None => (canvas.words(t("不用", "not used")).to_owned(), Look::Dim),
            };
            let cells = vec![
                (letters(column.index), Look::Dim),
                // The group above it is the same for many and hides the name.
                (clean::line(column.header.rsplit('/').next().unwrap_or_default()), Look::Plain),
                taken,
                (canvas.say(&column.reason.said()), Look::Plain),
                (self.samples(canvas.desk, column), Look::Dim),
            ];
            drawn.push((cells, self.list.is_selected(index, reading.columns.len())));
        }
        draw_headed(canvas, 6, &COLUMNS, &drawn);
    }
}

impl Import {
    /// Gives what is known of the selected file or column.
    pub(super) fn known(&self, desk: &Desk) -> Option<Beside> {
        let Some(preview) = self.preview() else {
            let file = self.files.get(self.list.selected().min(self.files.len().saturating_sub(1)));
            let file = file.filter(|_| self.field.is_empty() && self.is_choosing())?;
            let mut beside = Beside::titled(file_name(file));
            let folder = file.parent().map_or_else(String::new, |folder| clean::line(&folder.to_string_lossy()));
            beside.fact(t("文件夹", "folder"), folder);
            return beside.filled();
        };
        let columns = &preview.reading.columns;
        let column = columns.get(self.list.selected().min(columns.len().saturating_sub(1)))?;
        let mut beside = Beside::titled(format!("{} {}", letters(column.index), clean::line(&column.header)));
        let taken = column.field.map_or(t("不用", "not used"), |field| field.row().label);
        beside.fact(t("当作", "taken for"), taken.get(desk.lang));
        beside.explain(t("为什么", "why"), column.reason.said());
        beside.fact(t("例子", "samples"), self.samples(desk, column));
        beside.filled()
    }

    /// Gives the samples of a column as its row may show them.
    fn samples(&self, desk: &Desk, column: &ColumnGuess) -> String {
        let instead = match self.stage {
            Stage::Understood(_) => t("(按 1 看)", "(1 shows them)"),
            _ => t("(不列)", "(not listed)"),
        };
        glance::in_row(desk, Glance::of_column(column.field), instead, || joined(column))
    }

    /// Shows below the columns what can be corrected, and what is.
    fn draw_ways(canvas: &mut Canvas<'_>, preview: &Preview) {
        let y = 7 + window(canvas.height(), true);
        let quiet = UNDERSTOOD.lines().filter(|line| line.quiet);
        let ways: Vec<String> =
            quiet.map(|line| whole(&format!("{} {}", line.key(), canvas.words(line.words)))).collect();
        let corrected = correct::said(&preview.correction).map(|said| {
            let words = Said::from(t("您指定了: {what}.  ", "You said: {what}.  ")).with_words("what", said);
            canvas.say(&words)
        });
        let line = corrected.unwrap_or_default() + &ways.join("  ");
        canvas.write_told(2, y, 2, &line, Look::Dim);
    }

    /// Shows what the selected column can be taken for.
    fn draw_choices(&self, canvas: &mut Canvas<'_>, preview: &Preview, picking: &List) {
        let columns = &preview.reading.columns;
        let Some(column) = columns.get(self.list.selected().min(columns.len().saturating_sub(1))) else { return };
        let asked = t("{letter} 列 “{header}” 是什么? 写着: ", "What is column {letter} “{header}”? It says: ")
            .with("letter", letters(column.index))
            .with("header", clean::line(&column.header));
        let x = canvas.write(2, 6, canvas.say(&asked), Look::Strong);
        let room = canvas.width().saturating_sub(x);
        let samples = samples_alone(canvas, column);
        canvas.write_cut(x, 6, room, &SAMPLES.fitted(&samples, room, canvas.desk.lang), Look::Strong);
        let choices = correct::choices();
        let last = choices.len() - 1;
        let widths = fit(&CHOICES, canvas.width());
        let rows = window(canvas.height(), true);
        let shown = picking.shown(canvas, choices.len(), rows);
        if let Some(more) = last.checked_sub(shown.end) {
            // The last of them is what nobody would look for below.
            let words = match more {
                0 => t("0 不用", "0 not used").into(),
                _ => t("0 不用   下面还有 {n} 种, 用上下键看.", "0 not used   {n} more below: Up and Down.")
                    .with("n", more),
            };
            canvas.write_clauses(2, 7 + rows, canvas.width().saturating_sub(2), &canvas.say(&words), Look::Dim);
        }
        for (y, index) in (7..).zip(shown) {
            let Some(choice) = choices.get(index) else { continue };
            let key = match index {
                0..9 => (index + 1).to_string(),
                index if index == last => "0".to_owned(),
                _ => String::new(),
            };
            let words = choice.map_or(t("不用", "not used"), |field| field.row().label);
            let cells = [(key, Look::Dim), (canvas.words(words).to_owned(), Look::Plain)];
            draw_line(canvas, y, &CHOICES, &widths, &cells, picking.is_selected(index, choices.len()));
        }
    }
}

/// Says how far a reading is.
fn how_far(how: How) -> Said {
    match how {
        How::Compared(percent) => {
            t("和原有的户对照 {n}%", "comparing with the households known {n}%").with("n", percent)
        }
        How::Rows(Far { row: 0, .. }) => t("正在打开", "opening it").into(),
        How::Rows(Far { row, of: 0 }) => t("读到第 {row} 行", "row {row}").with("row", row),
        How::Rows(Far { row, of }) => {
            t("辨认第 {row} 行, 共 {of} 行", "understanding row {row} of {of}").with("row", row).with("of", of)
        }
    }
}

/// Says what importing would do.
fn would(preview: &Preview) -> Said {
    if !preview.reading.has_names() {
        return t(
            "没有找到姓名这一列. 用上下键选中它, 按 1 指定.",
            "No column of names was found. Select it with Up and Down and press 1.",
        )
        .into();
    }
    if preview.would.known {
        let words = "这份名册已经导入过, 再导入不会有新内容.";
        return t(words, "This roster was imported before; importing it again brings nothing new.").into();
    }
    let bound = match preview.would.bound {
        0 => Said::from(t("", "")),
        count => t(", 原有的 {n} 户 (有变化 {changed})", ", {n} known before ({changed} changed)")
            .with("n", count)
            .with("changed", preview.would.changed),
    };
    let unlisted = match preview.would.unlisted {
        0 => Said::from(t("", "")),
        count => t(", 没再列的 {n} 户", ", {n} no longer listed").with("n", count),
    };
    let nameless = match preview.would.only_doubts {
        0 => Said::from(t("", "")),
        count => t(", {n} 行没有姓名只留在待核对", ", {n} without a name, kept only in doubt").with("n", count),
    };
    t(
        "{rows} 行: 新 {new} 户{people}{bound}{unlisted}{nameless}. Enter 导入; 现在还什么都没有改.",
        "{rows} {rows:row|rows}: {new} new {new:household|households}{people}{bound}{unlisted}{nameless}. Enter imports; nothing was changed yet.",
    )
    .with("rows", preview.reading.rows.len() + preview.reading.members.len())
    .with_words("people", people(&preview.would))
    .with("new", preview.would.households)
    .with_words("bound", bound)
    .with_words("unlisted", unlisted)
    .with_words("nameless", nameless)
}

/// Says what will be in doubt, by reason, and which rows are not used.
fn odd(preview: &Preview, lang: Lang) -> String {
    let reading = &preview.reading;
    let mut reasons: BTreeMap<&'static str, (usize, String)> = BTreeMap::new();
    for why in preview.doubts.iter().filter_map(|doubt| Why::from_stored(&doubt.why)) {
        // What follows a comma is a question about this one cell.
        let words = why.said().say(lang);
        let words = words.split([',', ';']).next().unwrap_or_default().to_owned();
        let (count, said) = reasons.entry(why.code()).or_insert_with(|| (0, words.clone()));
        *count += 1;
        *said = alike(said, &words);
    }
    let mut reasons: Vec<(usize, String)> = reasons.into_values().collect();
    reasons.sort_by(|a, b| b.cmp(a));
    let mut skips: Vec<(Skip, usize)> = Vec::new();
    for skipped in &reading.skipped {
        match skips.iter_mut().find(|(why, _)| *why == skipped.why) {
            Some((_, count)) => *count += 1,
            None => skips.push((skipped.why, 1)),
        }
    }
    let list = |items: Vec<String>| items.join(", ");
    let mut said = Vec::new();
    if !skips.is_empty() {
        let rows = t("{what} {n} 行", "{what} ({n})");
        let items = skips.iter().map(|(why, count)| rows.with("what", why.text().get(lang)).with("n", count).say(lang));
        let items = items.collect();
        said.push(t("不用的行: {list}.", "Rows not used: {list}.").with("list", list(items)).say(lang));
    }
    if reading.lost > 0 {
        let words = t("有 {n} 处字符读不出.", "{n} {n:character|characters} could not be read.");
        said.push(words.with("n", reading.lost).say(lang));
    }
    if !reading.more_sheets.is_empty() {
        let words = t("另有表 {list} 没有读.", "Not read: sheets {list}.");
        said.push(words.with("list", clean::line(&reading.more_sheets.join(", "))).say(lang));
    }
    if reading.cut_columns {
        said.push(t("第 60 列以后没有读.", "Columns after the 60th were not read.").get(lang).to_owned());
    }
    said.extend(reading.ages_left_out().map(|ages| ages.say(lang)));
    if !reasons.is_empty() {
        let cells = t("{what} {n} 处", "{what} ({n})");
        let items = reasons.iter().map(|(count, words)| cells.with("what", words).with("n", count).say(lang)).collect();
        let words = t("待核对 {n} 处: {list}.", "{n} in doubt: {list}.").with("n", preview.doubts.len());
        said.push(words.with("list", list(items)).say(lang));
    }
    said.join(" ")
}

/// Gives what two reasons of one kind have in common, word by word, with `…` for what differs.
fn alike(one: &str, other: &str) -> String {
    if one == other {
        return one.to_owned();
    }
    let (ones, others): (Vec<&str>, Vec<&str>) = (one.split(' ').collect(), other.split(' ').collect());
    let same = |pair: &(&&str, &&str)| pair.0 == pair.1;
    let before = ones.iter().zip(&others).take_while(same).count();
    let left = (ones.len().min(others.len())) - before;
    let behind = ones.iter().rev().zip(others.iter().rev()).take(left).take_while(same).count();
    let kept = ones.iter().take(before).copied().chain(["…"]).chain(ones.iter().skip(ones.len() - behind).copied());
    kept.collect::<Vec<_>>().join(" ")
}

/// Gives a column's letters, as spreadsheets count: A, B … Z, AA.
fn letters(index: u32) -> String {
    let letter = |number: u32| char::from_u32(u32::from('A') + number % 26).unwrap_or('?');
    match index / 26 {
        0 => letter(index).to_string(),
        high => [letter(high - 1), letter(index)].iter().collect(),
    }
}

/// Gives the samples of the column that is asked about.
fn samples_alone(canvas: &Canvas<'_>, column: &ColumnGuess) -> String {
    glance::alone(canvas.desk, Glance::of_column(column.field), || joined(column))
}

fn joined(column: &ColumnGuess) -> String {
    let samples: Vec<String> = column.samples.iter().map(|sample| for_lists(&clean::line(sample))).collect();
    samples.join(" / ")
}

#[cfg(test)]
mod tests {
    use super::{alike, letters};

    #[test]
    fn reasons_that_differ_in_a_word_are_counted_as_one() {
        assert_eq!(alike("和第 158 行完全一样", "和第 203 行完全一样"), "和第 … 行完全一样");
        assert_eq!(alike("和第 … 行完全一样", "和第 7 行完全一样"), "和第 … 行完全一样");
        assert_eq!(alike("这个村在 鲁村镇 / 燕崖镇", "这个村在 石桥镇"), "这个村在 …");
        assert_eq!(alike("没有姓名", "没有姓名"), "没有姓名");
    }

    #[test]
    fn columns_are_named_as_spreadsheets_name_them() {
        assert_eq!([0, 25, 26, 52].map(letters), ["A", "Z", "AA", "BA"]);
    }
}
