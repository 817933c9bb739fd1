//! A file that others gave, opened; or what is wrong with it, for people.

use std::fs::File;
use std::path::Path;

use crate::text::{Trouble, cause, t};

/// Opens an export file. A folder of that name can be opened too on some systems, and seems to be endless.
///
/// # Errors
/// `bundle-not` where it is a folder; `file-unreadable`.
pub(super) fn opened(path: &Path) -> Result<File, Trouble> {
    if path.is_dir() {
        let said = t("这是文件夹, 不是导出包.", "this is a folder, not an export file.");
        return Err(Trouble::new("bundle-not", said)
            .hint(t("要看它里面的, 请选这个文件夹.", "To look inside choose this folder.")));
    }
    File::open(path).map_err(|error| unreadable(path, &error))
}

/// Says that a file cannot be opened.
pub(in crate::app) fn unreadable(path: &Path, error: &std::io::Error) -> Trouble {
    Trouble::new(
        "file-unreadable",
        t("打不开 {file}: {cause}.", "{file} cannot be opened: {cause}.")
            .with("file", path.display())
            .with_words("cause", cause(error)),
    )
    .hint(t("请检查U盘是否还插着.", "Check that the stick is still in."))
}
