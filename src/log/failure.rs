//! A disk's errors in words: what was being done to which file, why it failed, and what helps.

use std::io::{self, ErrorKind};
use std::path::Path;

use crate::text::{Said, Text, Trouble, cause, t};

/// Puts an error into words. `doing` is a verb form such as 写入 / Writing, followed by the file.
pub(crate) fn failure(doing: Text, path: &Path, error: &io::Error) -> Trouble {
    let (kind, why, hint) = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => (
            "disk-full",
            Said::from(t("磁盘已满", "the disk is full")),
            t("请腾出一些空间再试, 已记下的都在.", "Free some space and try again; what was recorded is kept."),
        ),
        ErrorKind::PermissionDenied => (
            "disk-refused",
            Said::from(t("没有写权限", "not permitted")),
            t(
                "请检查文件夹权限, 或换一个 --data 文件夹; 已记下的都在.",
                "Check the folder's permissions, or choose another --data folder; what was recorded is kept.",
            ),
        ),
        ErrorKind::ReadOnlyFilesystem => (
            "disk-refused",
            Said::from(t("磁盘现在只能读", "the disk is read-only")),
            t(
                "多半是磁盘出过错, 或拨了写保护: 已记下的都在, 先导出一份, 再检查磁盘.",
                "Most likely the disk failed or is write-protected: what was recorded is kept; export it first, then check the disk.",
            ),
        ),
        ErrorKind::NotFound => (
            "file-missing",
            Said::from(t("找不到", "not found")),
            t("请检查文件夹是否被移动或拔出.", "Check whether the folder was moved or unplugged."),
        ),
        _ => (
            "disk-failed",
            cause(error),
            t(
                "请再试一次; 反复出现时请先备份, 再检查磁盘.",
                "Try again; if it keeps happening, back up and check the disk.",
            ),
        ),
    };
    let said = t("{doing} {path} 没有成功: {why}.", "{doing} {path} failed: {why}.");
    Trouble::new(kind, said.with("path", path.display()).with_words("doing", doing).with_words("why", why)).hint(hint)
}

/// Tells whether a trouble says that the disk did not take what was to be recorded.
pub fn is_refusal(trouble: &Trouble) -> bool {
    ["disk-full", "disk-refused", "disk-failed"].contains(&trouble.kind)
}

/// Says that a file was written by a newer program, which is no damage and must not be touched.
pub(crate) fn newer(file: &str) -> Trouble {
    let said = t(
        "{file} 是更新版本的程序写的, 这个版本读不了, 没有改动它.",
        "{file} was written by a newer program; this one cannot read it and left it alone.",
    );
    Trouble::new("newer-format", said.with("file", file)).hint(t("请换用新版本程序.", "Use the newer program."))
}

pub(crate) const READING: Text = t("读取", "Reading");
pub(crate) const WRITING: Text = t("写入", "Writing");
pub(crate) const SYNCING: Text = t("保存", "Saving");
pub(crate) const CREATING: Text = t("新建", "Creating");

/// Says that one action is larger than a frame may be.
pub(crate) fn too_large() -> Trouble {
    Trouble::new(
        "too-large",
        t("一次记录超过 64 MB, 没有记下.", "One record is larger than 64 MB and was not written."),
    )
    .hint(t("请分成几次.", "Split it into several."))
}
