//! Every sheet of a workbook brought in one after another, and counted together.

use std::path::Path;

use super::{How, Import, Stage, file_name, people};
use crate::app::{Ask, Correction, Imported, Preview, Told};
use crate::text::{Said, t};
use crate::ui::desk::Desk;
use crate::ui::page::Go;

/// The sheets that are still to come, and what was brought in so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Sheets {
    rest: Vec<String>,
    done: usize,
    total: Imported,
    /// The preview of the first one; its columns stay on the page.
    first: Option<Box<Preview>>,
}

impl Import {
    /// Begins to bring in every sheet, the shown one first.
    pub(super) fn import_all(&mut self, desk: &mut Desk) -> Go {
        let Stage::Understood(preview) = &self.stage else { return Go::Stay };
        if preview.reading.more_sheets.is_empty() {
            return Go::say(t("只有这一个表像名册. Enter 导入.", "Only this sheet is a list. Enter imports it."));
        }
        let rest = preview.reading.more_sheets.iter().rev().cloned().collect();
        self.all = Some(Sheets { rest, first: Some(preview.clone()), ..Sheets::default() });
        self.made.clear();
        self.go_on_with(&preview.clone(), desk)
    }

    /// Brings a sheet in that was read; what is no list, or here already, is passed over.
    pub(super) fn go_on_with(&mut self, preview: &Preview, desk: &mut Desk) -> Go {
        if preview.would.known || !preview.reading.has_names() {
            self.stage = Stage::Understood(Box::new(preview.clone()));
            return self.next_sheet(None, desk);
        }
        self.bring_in(Box::new(preview.clone()), desk);
        Go::Stay
    }

    /// Goes on to the next sheet, or says what came of all of them.
    pub(super) fn next_sheet(&mut self, imported: Option<&Imported>, desk: &mut Desk) -> Go {
        let Some(mut all) = self.all.take() else { return Go::Stay };
        if let Some(imported) = imported {
            all.done += 1;
            all.total.households += imported.households;
            all.total.bound += imported.bound;
            all.total.members += imported.members;
            all.total.doubts += imported.doubts;
        }
        let Some(first) = all.first.clone() else { return Go::Stay };
        let Some(sheet) = all.rest.pop() else {
            self.stage = Stage::Done(all.said(&first.file), first);
            return Go::Stay;
        };
        let said = Told::All(Correction { sheet: Some(sheet), ..Correction::default() });
        let ticket = desk.session.ask(Ask::Preview(first.file.clone(), said));
        self.stage = Stage::Reading(ticket, first.file.clone(), How::default());
        self.all = Some(all);
        Go::Stay
    }

    /// Stops between two sheets; those that are in can be taken back with 2.
    pub(super) fn stop_between(&mut self, file: &Path) -> Go {
        let Some(all) = self.all.take() else { return Go::Stay };
        if let Some(first) = all.first.clone() {
            self.stage = Stage::Done(all.said(file), first);
        }
        Go::say(t("已停下; 前面的表已经导入.", "Stopped; the sheets before are in."))
    }
}

impl Sheets {
    /// Gives the page after some of them; `read` is the one that was read last.
    pub(super) fn so_far(&self, read: Box<Preview>) -> Stage {
        let first = self.first.clone().unwrap_or(read);
        Stage::Done(self.said(&first.file), first)
    }

    fn said(&self, file: &Path) -> Said {
        let doubts = match self.total.doubts {
            0 => Said::from(t("", "")),
            count => t(" 待核对 {n} 处 (按 1).", " {n} in doubt (1).").with("n", count),
        };
        t(
            "{file}: 已导入 {sheets} 个表, 新 {n} 户{people}, {bound} 行并到原有的户.{doubts}",
            "{file}: {sheets} {sheets:sheet|sheets} imported, {n} new {n:household|households}{people}, {bound} {bound:row|rows} {bound:belongs|belong} to households known before.{doubts}",
        )
        .with("file", file_name(file))
        .with("sheets", self.done)
        .with("n", self.total.households)
        .with("bound", self.total.bound)
        .with_words("people", people(&self.total))
        .with_words("doubts", doubts)
    }
}
