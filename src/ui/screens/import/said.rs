//! Said: what an import did, in a sentence.

use std::path::Path;

use crate::app::{Imported, Preview};
use crate::hanzi::clean;
use crate::text::{Said, t};

/// Says how many members of families a list with one person a row has.
pub(super) fn people(imported: &Imported) -> Said {
    match imported.members {
        0 => t("", "").into(),
        count => t(", 家庭成员 {n} 人", ", {n} {n:member|members} of families").with("n", count),
    }
}

/// Gives the name of a file, cleaned.
pub(super) fn file_name(file: &Path) -> String {
    file.file_name().map_or_else(String::new, |name| clean::line(&name.to_string_lossy()))
}

/// Says what an import did in one sentence.
pub(super) fn said(imported: &Imported, preview: &Preview) -> Said {
    let file = file_name(&preview.file);
    if imported.known {
        let words = t(
            "{file}: 这份名册已经导入过, 没有新内容.",
            "{file}: this roster was imported before; there is nothing new.",
        );
        return words.with("file", file);
    }
    let doubts = match imported.doubts {
        0 => Said::from(t("", "")),
        count => t(" 待核对 {n} 处 (按 1).", " {n} in doubt (1).").with("n", count),
    };
    let bound = match imported.bound {
        0 => Said::from(t("", "")),
        count => t(", {n} 行并到原有的户", ", {n} {n:row|rows} {n:belongs|belong} to households known before")
            .with("n", count),
    };
    let compared = match imported.unlisted {
        0 => Said::from(t("", "")),
        count => t(
            " {n} 户没再列, 在 新旧名册对照 里 (按 3).",
            " {n} {n:household|households} {n:is|are} no longer listed; see Rosters compared (3).",
        )
        .with("n", count),
    };
    t(
        "{file}: 已导入, 新 {n} 户{people}{bound}.{doubts}{compared}",
        "{file}: imported, {n} new {n:household|households}{people}{bound}.{doubts}{compared}",
    )
    .with("file", file)
    .with("n", imported.households)
    .with_words("people", people(imported))
    .with_words("bound", bound)
    .with_words("doubts", doubts)
    .with_words("compared", compared)
}
