//! `zoufang export`: one file for the stick, read back before it is called safe.

use std::path::PathBuf;

use serde_json::json;

use crate::app::{Keeper, folder_missing};
use crate::cli::call::Call;
use crate::cli::{End, Out, Status, opening};
use crate::text::{Trouble, t};

/// Exports.
pub fn run(call: &Call<'_>, out: &mut Out) -> Result<End, Trouble> {
    let mut keeper = opening::open(call.setting, out)?;
    let to = target(call.path("out"), &keeper)?;
    let lacks = call.word("for").filter(|_| !call.flag("full")).map(|word| keeper.find_laptop(word)).transpose()?;
    let exported = keeper.export(&to, lacks);
    let closed = keeper.close();
    let exported = match exported {
        // That is as one wishes it.
        Err(trouble) if trouble.kind == "nothing-lacking" => {
            closed?;
            if call.flag("json") {
                out.json(&json!({ "ok": true, "path": null, "operations": 0, "missing": 0, "bytes": 0, "copy": null, "noted": true }));
            } else {
                out.trouble(&trouble);
            }
            return Ok(Status::Done.into());
        }
        exported => exported?,
    };
    if call.flag("json") {
        out.json(&json!({
            "ok": true,
            "path": exported.path.display().to_string(),
            "operations": exported.operations,
            "missing": exported.missing,
            "bytes": exported.length,
            "copy": exported.copy.as_ref().and_then(|copy| copy.as_ref().ok()).map(|path| path.display().to_string()),
            "noted": exported.unnoted.is_none(),
        }));
    } else if exported.missing == 0 {
        let said = t(
            "已导出 {n} 条到 {file} ({size}), 读回核对无误, {can_go}.{for_one}{second}{not_noted}",
            "{n} {n:record|records} {n:is|are} in {file} ({size}); it was read back whole, {can_go}.{for_one}{second}{not_noted}",
        );
        let (file, size) = (exported.path.display().to_string(), size(exported.length));
        out.say(
            said.with("n", exported.operations)
                .with("file", file)
                .with("size", size)
                .with_words("can_go", exported.can_go())
                .with_words("for_one", exported.for_one())
                .with_words("second", exported.second())
                .with_words("not_noted", exported.not_noted()),
        );
    }
    // Said after what came of the export, which is as good as it is.
    closed?;
    Ok(match exported.lacks() {
        None => Status::Done,
        Some(trouble) => {
            out.trouble(&trouble);
            Status::InPart
        }
    }
    .into())
}

/// Finds where to write: as said, else where it went last, else here. A stick that is not in is asked for.
fn target(out: Option<PathBuf>, keeper: &Keeper) -> Result<PathBuf, Trouble> {
    match (out, &keeper.device().last_folder) {
        (Some(out), _) => Ok(out),
        (None, Some(last)) if last.is_dir() => Ok(last.clone()),
        (None, Some(last)) => Err(folder_missing(last)),
        (None, None) => Ok(PathBuf::from(".")),
    }
}

/// Writes a size as people say it.
fn size(bytes: u64) -> String {
    let tenths = |unit: u64| format!("{}.{}", bytes / unit, bytes % unit * 10 / unit);
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} KB", tenths(1_000)),
        _ => format!("{} MB", tenths(1_000_000)),
    }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_said_with_one_digit_behind_the_point() {
        assert_eq!([999, 1_250, 58_000_000].map(size), ["999 B", "1.2 KB", "58.0 MB"]);
    }
}
