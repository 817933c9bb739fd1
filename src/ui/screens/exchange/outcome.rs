//! Outcome: what came of a merge, an export, or taking a key, in words that stay on the page.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Exchange;
use crate::app::{Exported, Merged};
use crate::text::{Said, Text, Trouble, t};
use crate::ui::desk::Desk;
use crate::ui::page::Go;

/// What came of a merge or an export. It stands below the list until another file is looked at, or all of them again.
#[derive(Debug, PartialEq)]
pub(super) struct Outcome {
    pub(super) said: Said,
    pub(super) well: bool,
}

/// What came of each file that was merged since the folder was looked at, so that its line goes on telling it.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Came {
    files: BTreeMap<PathBuf, OfOne>,
}

/// What came of one file.
#[derive(Debug, PartialEq)]
pub(super) struct OfOne {
    /// What was merged.
    pub(super) merged: Merged,
    /// How many disagreements have a value from it; none until it is listed.
    pub(super) disputes: Option<usize>,
}

impl Came {
    fn note(&mut self, file: &Path, merged: &Merged) {
        self.files.insert(file.to_owned(), OfOne { merged: merged.clone(), disputes: None });
    }

    /// Gives what came of a file; none where nothing of it was new.
    pub(super) fn of(&self, file: &Path) -> Option<&OfOne> {
        self.files.get(file).filter(|one| one.merged.fresh > 0)
    }

    /// Counts what people disagree about because of each, once all of it is listed. Which file a disagreement comes from is told by
    /// what stands there, so two files that contradict each other both count it.
    pub(super) fn count(&mut self, desk: &Desk) {
        let Some(house) = desk.session.house().filter(|_| !self.files.is_empty() && desk.session.unapplied() == 0)
        else {
            return;
        };
        let lots: Vec<_> = self.files.values().map(|one| &one.merged.names).collect();
        if let Ok(counts) = house.disputed_by(&lots) {
            for (one, count) in self.files.values_mut().zip(counts) {
                one.disputes = Some(count);
            }
        }
    }
}

/// A passphrase guards the laptop, and not the stick.
const CLEAR: Text = t(
    " 口令管不到U盘: 没有活动密钥, 这个文件没有加密.",
    " The passphrase does not guard the stick: without a campaign key this file is in the clear.",
);

impl Exchange {
    fn came_of_it(&mut self, said: Said, well: bool) {
        self.outcome = Some(Outcome { said, well });
    }

    pub(super) fn merged(&mut self, file: &Path, merged: &Result<Merged, Trouble>, desk: &mut Desk) -> Go {
        let Some(merging) = &mut self.merging else { return Go::Stay };
        merging.count(file, merged);
        if let Ok(merged) = merged {
            self.came.note(file, merged);
        }
        self.percent = None;
        if merging.files < merging.of {
            return Go::Stay;
        }
        if let Some(merging) = self.merging.take() {
            self.came_of_it(merging.said(), merging.went_well());
        }
        self.look(desk);
        Go::Stay
    }

    pub(super) fn exported(&mut self, exported: &Result<Exported, Trouble>, desk: &mut Desk) {
        self.exporting = None;
        self.percent = None;
        let lacks = exported.as_ref().ok().and_then(Exported::lacks);
        let (said, well) = match lacks.as_ref().map_or(exported.as_ref(), Err) {
            Ok(done) => {
                let said = t(
                    "已导出 {n} 条, 已读回核对, {can_go}.{for_one}{clear}{signed} 文件: {file}{second}{not_noted}",
                    "Exported {n} {n:record|records}, read back and right; {can_go}.{for_one}{clear}{signed} File: {file}{second}{not_noted}",
                );
                let said = said
                    .with("file", done.path.display())
                    .with("n", done.operations)
                    .with_words("can_go", done.can_go())
                    .with_words("for_one", done.for_one())
                    .with_words("not_noted", done.not_noted());
                let clear = if desk.session.exports_clear() { CLEAR } else { t("", "") };
                let said = said.with_words("clear", clear).with_words("signed", done.signed());
                (said.with_words("second", done.second()), true)
            }
            Err(trouble) => {
                let well = trouble.kind == "nothing-lacking";
                (trouble.told(), well)
            }
        };
        self.came_of_it(said, well);
        self.look(desk);
    }

    pub(super) fn key_taken(&mut self, taken: &Result<u32, Trouble>, desk: &mut Desk) {
        let (said, well) = match taken {
            Ok(number) => {
                let said = t(
                    "活动密钥 {n} 收下了: 以后导出的都加密, 加密的导出包打得开.",
                    "The campaign key {n} is taken: exports are sealed from now on, and sealed ones open.",
                );
                (said.with("n", number), true)
            }
            Err(trouble) => (trouble.told(), false),
        };
        self.came_of_it(said, well);
        self.look(desk);
    }
}

/// The whole sentence stands on the page; a notice has one row only.
pub(super) fn see_above(go: Go) -> Go {
    if go == Go::Stay {
        Go::say(t("没有做成, 原因见上面.", "That did not work; the reason stands above."))
    } else {
        go
    }
}
