//! `zoufang document`: files for people outside the program.

use std::path::PathBuf;

use serde_json::json;

use super::later::not_yet;
use crate::app::{Progress, RosterBack};
use crate::cli::call::Call;
use crate::cli::{End, Out, Status, opening};
use crate::text::{Said, Text, Trouble, t};

/// One document.
struct Document {
    word: &'static str,
    about: Text,
    run: fn(&Call<'_>, &mut Out) -> Result<End, Trouble>,
}

/// The documents that can be made.
static DOCUMENTS: &[Document] = &[Document {
    word: "roster",
    about: t("核对后的名册, 照镇街原来的列", "the cleaned roster, in the township's own columns"),
    run: roster,
}];

/// Makes a document; without a name it lists them.
pub fn run(call: &Call<'_>, out: &mut Out) -> Result<End, Trouble> {
    let Some(word) = call.word("NAME") else {
        for document in DOCUMENTS {
            out.line(&format!("{}  {}", document.word, document.about.get(out.lang())));
        }
        return Ok(Status::Done.into());
    };
    match DOCUMENTS.iter().find(|document| document.word == word) {
        Some(document) => (document.run)(call, out),
        None => Err(not_yet(t("{word} 这种文件还没有.", "there is no document “{word}” yet."), word).hint(t(
            "zoufang document 列出现有的; zoufang list 看同样的内容.",
            "“zoufang document” lists them; “zoufang list” shows the content.",
        ))),
    }
}

fn roster(call: &Call<'_>, out: &mut Out) -> Result<End, Trouble> {
    let (place, house, ..) = opening::beside(call.setting, out)?;
    let back = RosterBack::of(&house, call.word("roster"), call.setting.clock.now().wall_ms, &Progress::default())?;
    let path = back.write(&place.disk, &call.path("out").unwrap_or_else(|| PathBuf::from(".")))?;
    if call.flag("json") {
        out.json(&json!({
            "ok": true,
            "path": path.display().to_string(),
            "rows": back.rows,
            "added": back.added,
            "doubtful": back.doubtful,
            "empty_columns": back.empty,
        }));
        return Ok(Status::Done.into());
    }
    let words = t(
        "已写好 {file}: 名册 {rows} 行, 走访时登记 {added} 户排在最后, {doubtful} 行还有待核对 (见最后一列).",
        "{file} is written: {rows} {rows:row|rows} of the roster, {added} {added:household|households} met on the way at the end, {doubtful} {doubtful:row|rows} still in doubt (last column).",
    );
    out.say(
        Said::from(words)
            .with("file", path.display())
            .with("rows", back.rows)
            .with("added", back.added)
            .with("doubtful", back.doubtful),
    );
    if !back.empty.is_empty() {
        out.tell(
            t(
                "这些列程序没有保存内容, 留空: {columns}.",
                "Of these columns the program keeps nothing; they stand empty: {columns}.",
            )
            .with("columns", back.empty.join(", ")),
        );
    }
    Ok(Status::Done.into())
}
