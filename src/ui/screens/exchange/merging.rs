//! A merge under way: how many files are done, and what is said of all of them together.

use std::path::Path;

use super::drawn;
use super::left_out::LeftOut;
use crate::app::{Merged, Ticket};
use crate::text::{Said, Trouble, t};

/// A merge under way.
#[derive(Debug, PartialEq)]
pub(super) struct Merging {
    pub ticket: Ticket,
    /// How many files are wanted.
    pub of: usize,
    /// How many are done.
    pub files: usize,
    total: Merged,
    refused: Vec<(String, Trouble)>,
    /// Files that did not come in because a person stopped.
    left: usize,
    /// Files that were not wanted.
    left_out: LeftOut,
}

impl Merging {
    /// Begins with so many files.
    pub fn of(ticket: Ticket, of: usize, left_out: LeftOut) -> Self {
        Self { ticket, of, files: 0, total: Merged::default(), refused: Vec::new(), left: 0, left_out }
    }

    /// Counts what became of one file.
    pub fn count(&mut self, file: &Path, merged: &Result<Merged, Trouble>) {
        self.files += 1;
        match merged {
            Ok(one) => {
                self.total.fresh += one.fresh;
                self.total.repeated += one.repeated;
                self.total.quarantined += one.quarantined;
            }
            Err(trouble) if trouble.kind == "stopped" => self.left += 1,
            Err(trouble) => self.refused.push((drawn::file_name(file), trouble.clone())),
        }
    }

    /// Tells whether every file came in.
    pub fn went_well(&self) -> bool {
        self.refused.is_empty()
    }

    /// Says what came of all files together.
    pub fn said(&self) -> Said {
        let done = self.of - self.refused.len() - self.left;
        let all = if self.left > 0 {
            t(
                "停下了, {left} 个没有动. 已合并 {files} 个导出包: 新 {fresh} 条, 已有 {known} 条.{aside}{refused}{left_out}",
                "Stopped, {left} were left as they were. Merged {files} export {files:file|files}: {fresh} new, {known} known.{aside}{refused}{left_out}",
            )
        } else {
            t(
                "已合并 {files} 个导出包: 新 {fresh} 条, 已有 {known} 条.{aside}{refused}{left_out}",
                "Merged {files} export {files:file|files}: {fresh} new, {known} known.{aside}{refused}{left_out}",
            )
        };
        let all = all.with("left", self.left);
        let aside = match self.total.quarantined {
            0 => Said::from(t("", "")),
            count => t(
                " 有 {n} 条与这里同号而内容不同, 另存在 quarantine, 没有并入.",
                " {n} have the name of a known one but other content: kept apart in “quarantine”, not merged.",
            )
            .with("n", count),
        };
        let refused = match self.refused.first() {
            None => Said::from(t("", "")),
            Some((file, trouble)) => {
                t(" 没有合并的 {n} 个, 如 {file}: {why}", " Not merged: {n}, such as {file}: {why}")
                    .with("n", self.refused.len())
                    .with("file", file)
                    .with_words("why", trouble.told())
            }
        };
        let said = all.with("files", done).with("fresh", self.total.fresh).with("known", self.total.repeated);
        let left_out = self.left_out.said().map_or_else(
            || t("", "").into(),
            |what| Said::from(t(" 没有动: {what}.", " Left alone: {what}.")).with_words("what", what),
        );
        said.with_words("aside", aside).with_words("refused", refused).with_words("left_out", left_out)
    }
}
